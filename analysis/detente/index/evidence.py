"""Monthly means with known noise, and how likely they are under a law of the months behind them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from detente.index.chain import Chain, Law, inverse, log_determinant
from detente.index.sides import Floats

__all__ = ["PRIOR_SD", "Evidence", "Posterior", "Slopes"]

#: Degrees: a side's level is unknown beforehand, but the scale ends at 100.
PRIOR_SD = 100.0

#: Degrees squared, added to the noise so that a month without any is no contradiction.
_LEAST = 1e-9


class Evidence:
    """Monthly means y = X b + x + noise, where x follows a `Law`.

    Parameters
    ----------
    raw : ndarray, shape (m, k)
        Monthly means of one or two sides, degrees, NaN where silent.
    noise : ndarray, shape (m, k, k)
        Covariance of their noise, degrees squared; not used where silent.
    columns : ndarray, shape (m k, p), optional
        X. Default: a level of each side.
    precision : float, optional
        Of what is known of each b beforehand, around 0; 0: nothing. Default: that of the levels.
    integrated : bool, default True
        Whether b is integrated out (the restricted likelihood, where nothing is known of it
        beforehand), or put at its best.
    """

    def __init__(
        self,
        raw: Floats,
        noise: Floats,
        columns: Floats | None = None,
        *,
        precision: float = PRIOR_SD**-2,
        integrated: bool = True,
    ) -> None:
        m, k = raw.shape
        self.shape, self.precision, self.integrated = (m, k), precision, integrated
        self.columns = np.tile(np.eye(k), (m, 1)) if columns is None else columns
        seen = np.isfinite(raw)
        known = noise * (seen[:, :, None] & seen[:, None, :])
        # A silent side has a noise of 1 until the inverse is there, and then no weight.
        known[:, range(k), range(k)] += np.where(seen, _LEAST, 1.0)
        self.weights = inverse(known) * seen[:, :, None]
        self.n_seen = int(seen.sum())
        self.log_noise = float(log_determinant(known).sum())
        self.both = np.column_stack([self.columns, np.where(seen, raw, 0.0).ravel()])
        self.weighed = self.weigh(self.both)
        self.products = self.both.T @ self.weighed

    def weigh(self, columns: Floats) -> Floats:
        """Return the inverse noise times columns of shape (m k, q)."""
        m, k = self.shape
        return np.asfortranarray(
            np.matmul(self.weights, columns.reshape(m, k, -1)).reshape(m * k, -1)
        )

    def under(self, law: Law, scale: float = 1.0) -> Posterior:
        """Return what the months say under a law, their noise covariance times `scale`."""
        return Posterior(self, law, scale)


@dataclass(frozen=True, eq=False)
class Slopes:
    """Slopes of the log likelihood in what a `Law` holds, and in the log of the noise's scale."""

    transition: Floats
    changes: Floats
    first: Floats
    log_scale: float


class Posterior:
    """The months given what was seen, and how likely that was.

    Parameters
    ----------
    evidence : Evidence
        What was seen.
    law : Law
        The law of the months behind it.
    scale : float
        Factor on the covariance of the noise.

    Notes
    -----
    With W the inverse noise, P the inverse covariance of the months, and K = P + W: for columns
    A, B the inverse covariance V^-1 of what was seen gives A'V^-1 B = A'W B - A'W K^-1 W B, and
    log |V| = log |K| - log |P| - log |W|. Slopes are those of the log density of months and
    means together, expected given the means.
    """

    def __init__(self, evidence: Evidence, law: Law, scale: float) -> None:
        self._seen, self.law, self._scale = evidence, law, scale
        m, _ = evidence.shape
        diagonal, below, log_prior = law.blocks(m)
        self._chain = Chain(diagonal + evidence.weights / scale, below)
        self._forward = self._chain.forward(evidence.weighed) / scale
        products = evidence.products / scale - self._forward.T @ self._forward
        p = evidence.columns.shape[1]
        inner = products[:p, :p] + evidence.precision * np.eye(p)
        #: Covariance of b, and its mean.
        self.spread: Floats = np.asarray(np.linalg.inv(inner) if p else inner, dtype="float64")
        self.level: Floats = self.spread @ products[:p, p]
        quadratic = products[p, p] - products[:p, p] @ self.level
        twice = evidence.n_seen * np.log(2 * np.pi * scale) + evidence.log_noise + quadratic
        twice += self._chain.log_determinant - log_prior
        if evidence.integrated and p:
            twice += np.linalg.slogdet(inner)[1]
            twice -= p * np.log(evidence.precision) if evidence.precision else 0.0
        self.loglike = float(-twice / 2)

    @cached_property
    def _solved(self) -> Floats:
        """K^-1 W times the columns and the means, shape (m k, p + 1)."""
        return self._chain.backward(self._forward)

    @cached_property
    def _state(self) -> Floats:
        solved = self._solved
        return np.asarray(solved[:, -1] - solved[:, :-1] @ self.level)

    @cached_property
    def mean(self) -> Floats:
        """Mean of the months, X b included, shape (m, k)."""
        return np.asarray((self._state + self._seen.columns @ self.level).reshape(self._seen.shape))

    @cached_property
    def _apart(self) -> Floats:
        """How far a b that is not known moves the months, shape (m, k, p), for b of variance 1."""
        root = np.linalg.cholesky(self.spread) if len(self.spread) else self.spread
        moved = (self._seen.columns - self._solved[:, :-1]) @ root
        return np.asarray(moved.reshape(*self._seen.shape, len(root)))

    @property
    def covariance(self) -> Floats:
        """Covariance of the sides in each month, X b included, shape (m, k, k)."""
        return np.asarray(self._chain.covariance + self._apart @ self._apart.transpose(0, 2, 1))

    @property
    def joint_covariance(self) -> Floats:
        """Covariance of all months and sides, X b included, shape (m k, m k)."""
        apart = self._apart.reshape(self._solved.shape[0], -1)
        return np.asarray(self._chain.dense() + apart @ apart.T)

    @property
    def filtered(self) -> Floats:
        """Mean of each month given the means up to it, X b included, shape (m, k)."""
        m, k = self._seen.shape
        p = self._seen.columns.shape[1]
        # What a month's block holds of the step to the month after is not known by then.
        later = self.law.transition.T @ inverse(self.law.changes) @ self.law.transition
        known = self._chain.schur.copy()
        known[:-1] -= later
        held = self._chain.information(self._forward)
        state = inverse(known) @ held
        both = self._seen.both.reshape(m, k, -1)
        weighed = self._seen.weighed.reshape(m, k, -1) / self._scale
        front = self._forward.reshape(m, k, -1)
        past = front.transpose(0, 2, 1) @ front
        products = np.cumsum(both.transpose(0, 2, 1) @ weighed - past, axis=0) + past
        products -= held.transpose(0, 2, 1) @ state
        inner = products[:, :p, :p] + self._seen.precision * np.eye(p)
        level = np.linalg.solve(inner, products[:, :p, p:])
        columns = both[:, :, :p] - state[:, :, :p]
        return np.asarray((state[:, :, p:] + columns @ level)[:, :, 0])

    def slopes(self) -> Slopes:
        """Return the slopes of the log likelihood.

        Returns
        -------
        Slopes
            Each of the shape of what it is a slope in.
        """
        seen, law = self._seen, self.law
        m, k = seen.shape
        among, first = inverse(law.changes), inverse(law.first)
        state = self._state
        moved = [state[:, None]]
        left = [(seen.both[:, -1] - seen.columns @ self.level - state)[:, None]]
        if seen.integrated and seen.columns.shape[1]:
            root = np.linalg.cholesky(self.spread)
            moved.append(self._solved[:, :-1] @ root)
            left.append(self._apart.reshape(m * k, -1))
        rest = np.concatenate(left, axis=1)
        squares = float((seen.weights * self._chain.covariance).sum())
        squares += float((rest * seen.weigh(rest)).sum())
        # Second moments of the months around X b, one month apart and within months.
        each = np.concatenate(moved, axis=1).reshape(m, k, -1)
        flat = each.transpose(1, 0, 2)
        before, after = flat[:, :-1].reshape(k, -1), flat[:, 1:].reshape(k, -1)
        own = self._chain.covariance
        start = own[0] + each[0] @ each[0].T
        early = own[:-1].sum(axis=0) + before @ before.T
        late = own[1:].sum(axis=0) + after @ after.T
        across = self._chain.covariance_below.sum(axis=0) + after @ before.T
        kept = law.transition @ across.T
        fresh = late - kept - kept.T + law.transition @ early @ law.transition.T
        return Slopes(
            transition=np.asarray(among @ (across - law.transition @ early)),
            changes=np.asarray((among @ fresh @ among - (m - 1) * among) / 2),
            first=np.asarray((first @ start @ first - first) / 2),
            log_scale=(squares / self._scale - seen.n_seen) / 2,
        )

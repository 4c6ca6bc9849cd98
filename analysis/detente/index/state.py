"""The state-space model of the sides' tone: fit, smoothed and filtered months, draws.

The tone of each side is a state that wanders from month to month; a month's mean is that state
plus the noise of its statements, whose covariance is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from detente.errors import BadArgumentError
from detente.index.evidence import Posterior
from detente.index.likelihood import MAX_RHO, MODELS, Model, Parameters, StateProblem
from detente.index.sides import Floats

__all__ = ["StateFit", "fit_state"]

#: Weight of a prior (sd 2 on the transformed scale) that keeps a flat likelihood in bounds.
_PRIOR_INFORMATION = 0.25

#: Half the 95 % point of chi-squared with one degree of freedom.
_DROP = 1.920729


@dataclass(frozen=True, eq=False)
class StateFit:
    """A fitted state-space model.

    Parameters
    ----------
    model : {"mean_reverting", "local_level"}
        The state's law.
    raw : ndarray, shape (m, k)
        Monthly means of the k sides, degrees, NaN where silent.
    noise : ndarray, shape (m, k, k)
        Their measurement covariance, as the scatter within months gives it.
    noise_df : float
        Degrees of freedom of that scatter.
    theta : ndarray
        Parameters on the scale of the search.
    loglike : float
        Maximum of the log likelihood.

    Notes
    -----
    The covariance of the months has two parts: that of the state given the parameters, and
    what the uncertainty of the parameters adds. The latter is taken over 2p points on the
    contour of the likelihood's curvature (p parameters) [1]_.

    References
    ----------
    .. [1] Hamilton, J. D. (1986). A standard error for the estimated state vector of a
       state-space model. Journal of Econometrics 33(3).
    """

    model: Model
    raw: Floats
    noise: Floats
    noise_df: float
    theta: Floats
    loglike: float

    @property
    def persistence(self) -> float:
        """Share of a side's distance from its level that is left a month later; 1: no level."""
        return self._natural.persistence

    @property
    def sd(self) -> Floats:
        """Standard deviation of a month's change, for each side, degrees."""
        return self._natural.sd

    @property
    def rho(self) -> float:
        """Correlation of the two sides' changes; NaN with one side."""
        return self._natural.rho

    @property
    def noise_scale(self) -> float:
        """Factor on the measurement covariance; near 1 where its degrees of freedom are many."""
        return self._natural.noise_scale

    @property
    def aic(self) -> float:
        """Akaike's criterion; the sides' levels count as parameters, the known noise does not."""
        return float(2 * (len(self.theta) - 1 + self.raw.shape[1]) - 2 * self.loglike)

    @property
    def smoothed(self) -> Floats:
        """Tone of each month given all months, shape (m, k), degrees."""
        return self._found.mean

    @cached_property
    def filtered(self) -> Floats:
        """Tone of each month given the months up to it, shape (m, k), degrees."""
        return self._found.filtered

    @property
    def level(self) -> Floats:
        """Level that each side returns to, degrees; NaN in a local-level model."""
        if self.model == "local_level":
            return np.full(self.raw.shape[1], np.nan)
        return self._found.level

    @cached_property
    def joint_covariance(self) -> Floats:
        """Covariance of all months and sides, shape (m k, m k), month by month."""
        parts = [self._problem.posterior(theta) for theta in self._points]
        apart = np.stack([mean for mean, _ in parts]).reshape(len(parts), -1)
        apart = apart - self.smoothed.ravel()
        inside = np.mean([covariance for _, covariance in parts], axis=0)
        return np.asarray(inside + apart.T @ apart / len(parts))

    @cached_property
    def covariance(self) -> Floats:
        """Covariance of the sides in each month, shape (m, k, k)."""
        parts = [self._problem.smooth(theta) for theta in self._points]
        apart = np.stack([mean for mean, _ in parts]) - self.smoothed
        inside = np.mean([covariance for _, covariance in parts], axis=0)
        return np.asarray(inside + np.einsum("nmi,nmj->mij", apart, apart) / len(parts))

    def draws(self, n: int, seed: int) -> Floats:
        """Draw whole paths of the sides that agree with what was seen.

        Parameters
        ----------
        n : int
            Number of paths.
        seed : int
            Of the random numbers.

        Returns
        -------
        ndarray, shape (n, m, k)
            Degrees; they scatter as `joint_covariance` says.
        """
        normal = np.random.default_rng(seed).standard_normal((n, self.raw.size))
        paths = self.smoothed.ravel() + normal @ _root(self.joint_covariance).T
        return paths.reshape(n, *self.raw.shape)

    @cached_property
    def rho_interval(self) -> tuple[float, float]:
        """Ends of the 95 % profile-likelihood interval of `rho`; NaN with one side."""
        if self.raw.shape[1] < 2:
            return np.nan, np.nan
        grid = np.concatenate([np.linspace(-MAX_RHO, 0.9, 20), [0.93, 0.96, 0.98, MAX_RHO]])
        inside = [self.rho]
        for side in (grid[grid < self.rho][::-1], grid[grid > self.rho]):
            start, last, drop = self.theta, self.rho, 0.0
            for rho in side:
                loglike, start = self._profile(float(rho), start)
                fallen = self.loglike - loglike
                if fallen > _DROP:
                    # Between two points of the grid the profile is taken for a line.
                    share = (_DROP - drop) / max(fallen - drop, 1e-12)
                    inside.append(last + share * (float(rho) - last))
                    break
                inside.append(float(rho))
                last, drop = float(rho), max(fallen, 0.0)
        return min(inside), max(inside)

    @property
    def _natural(self) -> Parameters:
        return Parameters.of(self.theta, self.model, self.raw.shape[1])

    @cached_property
    def _problem(self) -> StateProblem:
        return StateProblem(self.raw, self.noise, self.noise_df, self.model)

    @cached_property
    def _found(self) -> Posterior:
        return self._problem.at(self.theta)

    @cached_property
    def _points(self) -> list[Floats]:
        """Parameters around the estimate, as far apart as they are unknown."""
        root = np.linalg.cholesky(np.linalg.inv(self._information()))
        p = len(self.theta)
        lower, upper = np.asarray(self._problem.bounds).T
        return [
            np.clip(self.theta + sign * np.sqrt(p) * root[:, i], lower, upper)
            for i in range(p)
            for sign in (1, -1)
        ]

    def _information(self) -> Floats:
        """Curvature of the likelihood, never below that of a weak prior."""
        p, step = len(self.theta), 0.05
        loglike = self._problem.loglike
        curvature = np.empty((p, p))
        unit = np.eye(p) * step
        for i in range(p):
            for j in range(i, p):
                a, b = unit[i], unit[j]
                value = (
                    loglike(self.theta + a + b)
                    - loglike(self.theta + a - b)
                    - loglike(self.theta - a + b)
                    + loglike(self.theta - a - b)
                ) / (4 * step**2)
                curvature[i, j] = curvature[j, i] = -value
        size, axes = np.linalg.eigh(curvature)
        return np.asarray((axes * np.maximum(size, 0.0)) @ axes.T + _PRIOR_INFORMATION * np.eye(p))

    def _profile(self, rho: float, start: Floats) -> tuple[float, Floats]:
        """Return the highest log likelihood with a given rho, and where it lies."""
        theta, loglike = self._problem.maximise(start, fixed_rho=float(np.arctanh(rho)))
        return loglike, theta


def fit_state(
    raw: Floats, noise: Floats, model: Model = "mean_reverting", *, noise_df: float = 1e6
) -> StateFit:
    """Fit the state-space model by maximum likelihood.

    Parameters
    ----------
    raw : ndarray, shape (m, k)
        Monthly means of one or two sides, degrees, NaN where silent.
    noise : ndarray, shape (m, k, k)
        Covariance of their noise, degrees squared.
    model : {"mean_reverting", "local_level"}, default "mean_reverting"
        ``m_t = c + persistence (m_{t-1} - c) + change``, or ``m_t = m_{t-1} + change``.
    noise_df : float, default 1e6
        Degrees of freedom from which the noise is known; with few of them its size is
        estimated along, and its uncertainty widens the intervals.

    Returns
    -------
    StateFit
        The fitted model.

    Raises
    ------
    BadArgumentError
        For an unknown model, or arrays that do not fit together.

    Notes
    -----
    The sides share their persistence; their changes correlate by rho. Levels are states with
    a prior of mean 0 and standard deviation 100 degrees, so that their uncertainty is part of
    the intervals. Several starts guard against a local maximum.
    """
    if model not in MODELS:
        raise BadArgumentError(f"Unknown model {model!r}.", remedy=f"Use {' or '.join(MODELS)}.")
    if raw.ndim != 2 or raw.shape[1] not in (1, 2) or noise.shape != (*raw.shape, raw.shape[1]):
        raise BadArgumentError(
            f"Monthly means of shape {raw.shape} and noise of shape {noise.shape} were received."
        )
    k = raw.shape[1]
    problem = StateProblem(raw, noise, noise_df, model)
    scale = np.log(np.maximum(np.nanstd(raw, axis=0), 1.0))
    best: tuple[Floats, float] | None = None
    for persistence, share in ((0.7, 0.4), (0.95, 0.15)):
        start = [*([np.arctanh(persistence)] if model == "mean_reverting" else [])]
        start += [*(scale + np.log(share)), 0.0, *([0.5] if k == 2 else [])]
        found = problem.maximise(np.asarray(start))
        if best is None or found[1] > best[1] + 1e-9:
            best = found
    assert best is not None
    return StateFit(model, raw, noise, noise_df, theta=best[0], loglike=best[1])


def _root(covariance: Floats) -> Floats:
    # Rounding leaves tiny negative variances where months are all but equal.
    lift = 1e-9 * np.trace(covariance) / len(covariance)
    return np.asarray(np.linalg.cholesky(covariance + lift * np.eye(len(covariance))))

"""The two sides' states with cross terms: what one side's month says of the other's next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.index.chain import Law
from detente.index.evidence import Evidence
from detente.inference.series import Floats

__all__ = [
    "CROSS",
    "CrossFit",
    "fit_cross",
    "loglike_slopes",
    "profile_interval",
    "stationary",
]

#: Names of the cross terms: positions in the transition matrix, following side first.
CROSS: tuple[tuple[int, int], ...] = ((0, 1), (1, 0))

#: Largest root of the transition that is tried.
_MAX_ROOT = 0.995

#: Largest cross term that is tried.
_MAX_CROSS = 3.0


@dataclass(frozen=True, eq=False)
class CrossFit:
    """A fitted bivariate state equation.

    Parameters
    ----------
    theta : ndarray, shape (7,)
        Own terms of both sides, cross terms in the order of `CROSS`, logs of the standard
        deviations of a month's changes, and the inverse hyperbolic tangent of their
        correlation.
    loglike : float
        Maximum of the log likelihood.
    """

    theta: Floats
    loglike: float

    @property
    def transition(self) -> Floats:
        """Matrix A of the state equation; row: side a month later, column: side now."""
        return _transition(self.theta)

    @property
    def change_covariance(self) -> Floats:
        """Covariance of the sides' changes, degrees squared."""
        return _changes(self.theta)


def fit_cross(
    raw: Floats,
    noise: Floats,
    free: tuple[bool, bool] = (True, True),
    *,
    starts: list[Floats],
    fixed: tuple[float, float] = (0.0, 0.0),
    gtol: float = 1e-3,
) -> CrossFit:
    """Fit the state equation by maximum likelihood.

    Parameters
    ----------
    raw : ndarray, shape (m, 2)
        Monthly means, degrees, NaN where silent.
    noise : ndarray, shape (m, 2, 2)
        Covariance of their noise.
    free : tuple of bool, default (True, True)
        Whether each cross term is fitted.
    starts : list of ndarray, shape (7,)
        Where to begin.
    fixed : tuple of float, default (0.0, 0.0)
        Value of a cross term that is not fitted.
    gtol : float, default 1e-3
        Slope at which the search ends.

    Returns
    -------
    CrossFit
        The best of the starts.

    Notes
    -----
    ``m_t - c = A (m_{t-1} - c) + change``, seen with the known noise; the levels c are states
    with a prior of standard deviation 100. A transition whose largest root exceeds .995 is
    shrunk to it.
    """
    from scipy.optimize import minimize

    evidence = Evidence(raw, noise)

    def loss(theta: Floats) -> tuple[float, Floats]:
        value, slopes = loglike_slopes(evidence, theta)
        return -value, -slopes

    bounds = [(-0.7, _MAX_ROOT)] * 2
    bounds += [
        (-_MAX_CROSS, _MAX_CROSS) if is_free else (value, value)
        for is_free, value in zip(free, fixed, strict=True)
    ]
    bounds += [(np.log(0.5), np.log(100.0))] * 2 + [(-3.0, 3.0)]
    low, high = np.asarray(bounds).T
    best: CrossFit | None = None
    for start in starts:
        found = minimize(
            loss,
            np.clip(start, low, high),
            jac=True,
            method="L-BFGS-B",
            bounds=bounds,
            options={"gtol": gtol},
        )
        if best is None or -found.fun > best.loglike:
            best = CrossFit(np.asarray(found.x), -float(found.fun))
    assert best is not None
    return best


def profile_interval(
    raw: Floats,
    noise: Floats,
    fit: CrossFit,
    term: int,
    confidence: float,
    others: Sequence[CrossFit] = (),
) -> tuple[float, float]:
    """Return the ends of a cross term's profile-likelihood interval.

    Parameters
    ----------
    raw, noise : ndarray
        As in `fit_cross`.
    fit : CrossFit
        The fit with both cross terms.
    term : int
        0 or 1, position in `CROSS`.
    confidence : float
        Coverage, in (0, 1).
    others : sequence of CrossFit, optional
        Fits without a cross term: the likelihood has several hills, and each value of the term
        is also approached from theirs.

    Returns
    -------
    tuple of float
        Ends; infinite where the likelihood does not fall enough within +-3.
    """
    from scipy import stats

    allowed = float(stats.chi2.ppf(confidence, 1)) / 2
    ends = []
    for sign in (-1.0, 1.0):
        start, inside, outside, step = fit.theta, float(fit.theta[2 + term]), np.nan, 0.1
        drops = {inside: 0.0}
        for _ in range(14):
            at = (
                inside + sign * step
                if np.isnan(outside)
                else _between(drops, inside, outside, allowed)
            )
            if abs(at) > _MAX_CROSS:
                break
            fixed = [0.0, 0.0]
            fixed[term] = at
            found = fit_cross(
                raw,
                noise,
                (term != 0, term != 1),
                starts=[start, *(other.theta for other in others)],
                fixed=(fixed[0], fixed[1]),
                gtol=1e-2,
            )
            drops[at] = max(fit.loglike - found.loglike, 0.0)
            if drops[at] > allowed:
                outside = at
            else:
                inside, start, step = at, found.theta, step * 1.6
            if not np.isnan(outside) and abs(outside - inside) < 0.01:
                break
            if not np.isnan(outside) and abs(drops[at] - allowed) < 0.02:
                inside = outside = at
                break
        ends.append(sign * np.inf if np.isnan(outside) else (inside + outside) / 2)
    return ends[0], ends[1]


def _between(drops: dict[float, float], inside: float, outside: float, allowed: float) -> float:
    """Return where the root of the drop, which is nearly a line, reaches that of `allowed`."""
    near, far = np.sqrt(drops[inside]), np.sqrt(drops[outside])
    share = (np.sqrt(allowed) - near) / max(far - near, 1e-12)
    return inside + float(np.clip(share, 0.1, 0.9)) * (outside - inside)


def _transition(theta: Floats) -> Floats:
    return _matrix(theta) * _shrinking(theta)[0]


def _changes(theta: Floats) -> Floats:
    sd, rho = np.exp(theta[4:6]), float(np.tanh(theta[6]))
    return np.asarray(np.outer(sd, sd) * np.array([[1.0, rho], [rho, 1.0]]))


def stationary(transition: Floats, changes: Floats) -> Floats:
    """Return the covariance S that stays as it is: S = A S A' + changes.

    Parameters
    ----------
    transition : ndarray, shape (2, 2)
        A, its largest root below 1.
    changes : ndarray, shape (2, 2)
        Covariance of the changes.

    Returns
    -------
    ndarray, shape (2, 2)
        S.
    """
    inner = np.eye(4) - np.kron(transition, transition)
    return np.asarray(np.linalg.solve(inner, changes.ravel()).reshape(2, 2), dtype="float64")


def loglike_slopes(evidence: Evidence, theta: Floats) -> tuple[float, Floats]:
    """Return the log likelihood and its slopes in the parameters of `CrossFit`.

    Parameters
    ----------
    evidence : Evidence
        The months of both sides with their noise.
    theta : ndarray, shape (7,)
        The parameters.

    Returns
    -------
    loglike : float
        Log likelihood.
    slopes : ndarray, shape (7,)
        In each of the parameters.
    """
    transition, changes = _transition(theta), _changes(theta)
    found = evidence.under(Law(transition, changes, stationary(transition, changes)))
    slopes = found.slopes()
    # The first month's covariance S solves S = A S A' + Q, so its slope L adds that of
    # K = A'K A + L to the slopes in Q and A.
    first = stationary(transition.T, slopes.first)
    by_transition = slopes.transition + 2 * first @ transition @ found.law.first
    by_changes = slopes.changes + first
    shrunk, by_scale = _shrinking(theta)
    unscaled = _matrix(theta)
    by_matrix = shrunk * by_transition + float((by_transition * unscaled).sum()) * by_scale
    sd, rho = np.exp(theta[4:6]), float(np.tanh(theta[6]))
    by_sd = 2 * (by_changes * changes).sum(axis=1)
    by_rho = 2 * by_changes[0, 1] * float(sd.prod()) * (1 - rho**2)
    return found.loglike, np.array([*by_matrix[[0, 1, 0, 1], [0, 1, 1, 0]], *by_sd, by_rho])


def _matrix(theta: Floats) -> Floats:
    return np.array([[theta[0], theta[2]], [theta[3], theta[1]]])


def _shrinking(theta: Floats) -> tuple[float, Floats]:
    """Return the factor that keeps the largest root in bounds, and its slopes in the matrix."""
    half, product = (theta[0] + theta[1]) / 2, theta[0] * theta[1] - theta[2] * theta[3]
    inner = half**2 - product
    root = float(abs(half) + np.sqrt(inner) if inner >= 0 else np.sqrt(product))
    if root <= _MAX_ROOT:
        return 1.0, np.zeros((2, 2))
    by_half = np.eye(2) / 2
    by_product = np.array([[theta[1], -theta[3]], [-theta[2], theta[0]]])
    if inner >= 0:
        # Where two roots meet the slope is infinite; the search only passes by.
        by_inner = 2 * half * by_half - by_product
        by_root = np.sign(half) * by_half + by_inner / (2 * max(float(np.sqrt(inner)), 1e-9))
    else:
        by_root = by_product / (2 * root)
    return _MAX_ROOT / root, -_MAX_ROOT / root**2 * by_root

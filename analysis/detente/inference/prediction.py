"""Months ahead from a fitted model: the state, and what a month's statements would show."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from detente.index import StateFit
from detente.inference.series import Floats

__all__ = ["KnownAhead", "known_ahead", "state_ahead", "usual_variance"]

#: Degrees, as in the model of the index.
_PRIOR_SD = 100.0

#: Observed months, the last ones, whose noise is taken for usual.
_RECENT = 24


@dataclass(frozen=True, eq=False)
class KnownAhead:
    """Forecasts from each month on, the parameters taken for known.

    Parameters
    ----------
    mean : ndarray, shape (m, h, k)
        Tone 1 to h months after each month, given the months up to it, degrees.
    covariance : ndarray, shape (m, h, k, k)
        Its covariance, degrees squared.
    """

    mean: Floats
    covariance: Floats


def state_ahead(state: StateFit, months: int) -> tuple[Floats, Floats]:
    """Return the tone of the months after the last, the parameters' uncertainty included.

    Parameters
    ----------
    state : StateFit
        The fitted model.
    months : int
        How many months, at least 1.

    Returns
    -------
    mean : ndarray, shape (months, k)
        Degrees.
    covariance : ndarray, shape (months, k, k)
        Degrees squared.

    Notes
    -----
    Months to come are silent months at the end of the series.
    """
    k = state.raw.shape[1]
    longer = replace(
        state,
        raw=np.vstack([state.raw, np.full((months, k), np.nan)]),
        noise=np.concatenate([state.noise, np.zeros((months, k, k))]),
    )
    return longer.smoothed[-months:], longer.covariance[-months:]


def known_ahead(
    state: StateFit, raw: Floats, noise: Floats, months: int, *, since: int = 0
) -> KnownAhead:
    """Return forecasts from every month on, with the parameters of a fitted model.

    Parameters
    ----------
    state : StateFit
        The fitted model; only its parameters are used.
    raw : ndarray, shape (m, k)
        Monthly means, degrees, NaN where silent.
    noise : ndarray, shape (m, k, k)
        Their covariance, which the fitted model scales.
    months : int
        How far ahead, at least 1.
    since : int, default 0
        Position of the first month to forecast from; those of earlier ones are NaN.

    Returns
    -------
    KnownAhead
        The forecasts.

    Notes
    -----
    Kalman's filter with the deviations from the levels and the levels as states, as in the
    model of the index.
    """
    m, k = raw.shape
    correlation = np.eye(k)
    if k == 2:
        correlation[0, 1] = correlation[1, 0] = state.rho
    changes = correlation * np.outer(state.sd, state.sd)
    has_level = state.persistence < 1
    size = 2 * k if has_level else k
    transition, added = np.eye(size), np.zeros((size, size))
    transition[:k, :k] *= state.persistence
    added[:k, :k] = changes
    design, scaled = np.tile(np.eye(k), size // k), noise * state.noise_scale
    at, spread = np.zeros(size), np.eye(size) * _PRIOR_SD**2
    if has_level:
        spread[:k, :k] = changes / (1 - state.persistence**2)
    mean, covariance = np.full((m, months, k), np.nan), np.full((m, months, k, k), np.nan)
    for t in range(m):
        spoke = np.isfinite(raw[t])
        if spoke.any():
            seen = design[spoke]
            among = seen @ spread @ seen.T + scaled[t][np.ix_(spoke, spoke)]
            gain = np.linalg.solve(among, seen @ spread).T
            at = at + gain @ (raw[t, spoke] - seen @ at)
            spread = spread - gain @ seen @ spread
        ahead, wider = at, spread
        at, spread = transition @ at, transition @ spread @ transition.T + added
        for h in range(months if t >= since else 0):
            ahead = transition @ ahead
            wider = transition @ wider @ transition.T + added
            mean[t, h] = design @ ahead
            covariance[t, h] = design @ wider @ design.T
    return KnownAhead(mean, covariance)


def usual_variance(variance: Floats, is_seen: NDArray[np.bool_]) -> float:
    """Return the noise of a month with a usual number of statements.

    Parameters
    ----------
    variance : ndarray, shape (m,)
        Variance of each month's noise, degrees squared.
    is_seen : ndarray of bool, shape (m,)
        Whether the month was observed.

    Returns
    -------
    float
        Median over the last 24 observed months; NaN where there is none.
    """
    recent = variance[is_seen][-_RECENT:]
    return float(np.median(recent)) if len(recent) else float("nan")

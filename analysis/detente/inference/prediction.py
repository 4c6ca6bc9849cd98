"""Months ahead from a fitted model: the state, and what a month's statements would show."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from detente.index import StateFit
from detente.index.likelihood import StateProblem
from detente.inference.series import Floats

__all__ = ["KnownAhead", "known_ahead", "state_ahead", "usual_variance"]

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
    Months to come are silent months at the end of those known.
    """
    m, k = raw.shape
    mean, covariance = np.full((m, months, k), np.nan), np.full((m, months, k, k), np.nan)
    silent, quiet = np.full((months, k), np.nan), np.zeros((months, k, k))
    for t in range(since, m):
        known = StateProblem(
            np.vstack([raw[: t + 1], silent]),
            np.concatenate([noise[: t + 1], quiet]),
            state.noise_df,
            state.model,
        )
        found, spread = known.smooth(state.theta)
        mean[t], covariance[t] = found[-months:], spread[-months:]
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

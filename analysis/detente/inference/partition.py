"""The best ways to cut series into stretches of one level, exactly, many series at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.inference.series import Floats

__all__ = [
    "DriftLaw",
    "best_cuts",
    "critical_penalty",
    "lowest_costs",
    "lowest_totals",
    "stretch_costs",
]

#: Degrees: a stretch's level is unknown beforehand, but the scale ends at 100.
_PRIOR_SD = 100.0

#: A drift without a level of its own (persistence 1) is taken for one this persistent.
_MAX_PERSISTENCE = 0.995


@dataclass(frozen=True, eq=False)
class DriftLaw:
    """How observed months scatter around their level.

    Parameters
    ----------
    seen : ndarray of int, shape (n,)
        Positions of the observed months in the period.
    variance : ndarray, shape (n,)
        Variance of their noise, degrees squared.
    persistence : float
        Share of a drift that is left a month later, in [0, 1].
    sd : float
        Standard deviation of a month's change, degrees.
    """

    seen: NDArray[np.intp]
    variance: Floats
    persistence: float
    sd: float


def stretch_costs(values: Floats, law: DriftLaw, min_length: int) -> Floats:
    """Return what it costs to take months j to i-1 for one stretch.

    Parameters
    ----------
    values : ndarray, shape (s, n)
        s series over the same n observed months, degrees.
    law : DriftLaw
        Drift and noise around the level.
    min_length : int
        Fewest months of a stretch, at least 1.

    Returns
    -------
    ndarray, shape (s, n + 1, n + 1)
        Element [., j, i] is minus twice the log likelihood of the stretch, less a constant for
        each month; infinite where i - j is below `min_length`.

    Notes
    -----
    A stretch is a level with a prior of standard deviation 100 degrees around the series' mean,
    a stationary drift that begins anew, and the noise of each month: squares weighed by the
    inverse of the covariance that drift and noise make. Kalman's filter gives all stretches
    that begin in one month in one pass; only the innovations differ between series.
    """
    count, n = values.shape
    values = values - values.mean(axis=1, keepdims=True)
    kept = min(law.persistence, _MAX_PERSISTENCE)
    wide = law.sd**2 / (1 - kept**2)
    cost = np.full((count, n + 1, n + 1), np.inf)
    drift, level, total = (np.zeros((count, n)) for _ in range(3))
    # Variance of the drift and of the level, and their covariance, per first month.
    of_drift, of_level, of_both = np.full(n, wide), np.full(n, _PRIOR_SD**2), np.zeros(n)
    for i in range(n):
        if i:
            left = kept ** (law.seen[i] - law.seen[i - 1])
            drift[:, :i] *= left
            of_both[:i] *= left
            of_drift[:i] = left**2 * of_drift[:i] + wide * (1 - left**2)
        begun = slice(0, i + 1)
        spread = of_drift[begun] + 2 * of_both[begun] + of_level[begun] + law.variance[i]
        to_drift = (of_drift[begun] + of_both[begun]) / spread
        to_level = (of_both[begun] + of_level[begun]) / spread
        surprise = values[:, i, None] - drift[:, begun] - level[:, begun]
        drift[:, begun] += to_drift * surprise
        level[:, begun] += to_level * surprise
        total[:, begun] += surprise**2 / spread + np.log(spread)
        of_drift[begun] -= to_drift**2 * spread
        of_level[begun] -= to_level**2 * spread
        of_both[begun] -= to_drift * to_level * spread
        enough = slice(0, max(i + 2 - min_length, 0))
        cost[:, enough, i + 1] = total[:, enough]
    return cost


def lowest_costs(cost: Floats, max_breaks: int) -> tuple[Floats, NDArray[np.intp]]:
    """Return the lowest cost of each number of breaks, by dynamic programming.

    Parameters
    ----------
    cost : ndarray, shape (s, n + 1, n + 1)
        As `stretch_costs` gives it.
    max_breaks : int
        Largest number of breaks, at least 0.

    Returns
    -------
    totals : ndarray, shape (s, max_breaks + 1)
        Lowest cost with exactly so many breaks; infinite where they do not fit.
    origins : ndarray of int, shape (max_breaks + 1, s, n + 1)
        Where the last stretch of the best cut of months 0 to i-1 begins.

    Notes
    -----
    Bellman's recursion over the number of stretches [1]_: exact, in n^2 steps for each.

    References
    ----------
    .. [1] Auger, I. E. and Lawrence, C. E. (1989). Algorithms for the optimal identification
       of segment neighborhoods. Bulletin of Mathematical Biology 51(1).
    """
    best = cost[:, 0, :].copy()
    totals, origins = [best[:, -1]], [np.zeros(best.shape, dtype=np.intp)]
    for _ in range(max_breaks):
        through = best[:, :, None] + cost
        origins.append(through.argmin(axis=1))
        best = np.take_along_axis(through, origins[-1][:, None, :], axis=1)[:, 0, :]
        totals.append(best[:, -1])
    return np.stack(totals, axis=1), np.stack(origins)


def lowest_totals(cost: Floats, max_breaks: int) -> Floats:
    """Return the lowest cost of each number of breaks, without the cuts it belongs to.

    Parameters
    ----------
    cost, max_breaks
        As in `lowest_costs`.

    Returns
    -------
    ndarray, shape (s, max_breaks + 1)
        As `lowest_costs` gives it, in a third of the time: a place of a minimum takes longer
        to find than the minimum.
    """
    best = cost[:, 0, :].copy()
    totals = [best[:, -1]]
    for _ in range(max_breaks):
        best = (best[:, :, None] + cost).min(axis=1)
        totals.append(best[:, -1])
    return np.stack(totals, axis=1)


def critical_penalty(totals: Floats) -> Floats:
    """Return the penalty per break below which a series gets a break.

    Parameters
    ----------
    totals : ndarray, shape (s, k + 1)
        Lowest cost with 0 to k breaks.

    Returns
    -------
    ndarray, shape (s,)
        Largest saving per break over the numbers of breaks; 0 where no break fits.
    """
    if totals.shape[1] < 2:
        return np.zeros(len(totals))
    saving = (totals[:, :1] - totals[:, 1:]) / np.arange(1, totals.shape[1])
    return np.asarray(np.maximum(saving.max(axis=1), 0.0))


def best_cuts(origins: NDArray[np.intp], n_breaks: int) -> NDArray[np.intp]:
    """Return where the best cut with a number of breaks starts new stretches.

    Parameters
    ----------
    origins : ndarray of int, shape (k + 1, s, n + 1)
        As `lowest_costs` gives it.
    n_breaks : int
        Number of breaks, at most k.

    Returns
    -------
    ndarray of int, shape (s, n_breaks)
        First observed month of each new stretch, rising.
    """
    s = origins.shape[1]
    cuts = np.empty((s, n_breaks), dtype=np.intp)
    end = np.full(s, origins.shape[2] - 1)
    for number in range(n_breaks, 0, -1):
        end = origins[number, np.arange(s), end]
        cuts[:, number - 1] = end
    return cuts

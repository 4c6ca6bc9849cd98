"""What a break must save before it is believed: the penalty, and the smallest break it lets by."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from detente.index import StateFit
from detente.inference.drift import fit_drift
from detente.inference.partition import DriftLaw, critical_penalty, lowest_totals, stretch_costs
from detente.inference.series import Floats, RawSeries

__all__ = ["critical_of", "detectable_step", "law_of", "no_break_histories", "penalty_at"]

#: Histories that are cut at once; more fill the memory, not the clock.
_BATCH = 100

#: Degrees: steps that `detectable_step` tries lie between 0 and these.
_LARGEST = 160.0

#: Histories in which a step is sought, and those that the drift is fitted anew to.
_N_POWER, _N_REFITS = 100, 7


def law_of(series: RawSeries, state: StateFit) -> DriftLaw:
    """Return how a direction's months scatter around its level without a break.

    Parameters
    ----------
    series : RawSeries
        The direction: its observed months and their noise.
    state : StateFit
        The fitted model of the index.

    Returns
    -------
    DriftLaw
        Drift and noise.

    Notes
    -----
    All sides share their persistence, so a weighted sum of them follows the same law with the
    variance ``w' Q w`` of its changes.
    """
    correlation = np.eye(len(state.sd))
    if len(state.sd) == 2:
        correlation[0, 1] = correlation[1, 0] = state.rho
    load = series.weights * state.sd
    sd = float(np.sqrt(max(float(load @ correlation @ load), 0.0)))
    return DriftLaw(series.seen, series.variance[series.seen], state.persistence, sd)


def no_break_histories(law: DriftLaw, n: int, rng: np.random.Generator) -> Floats:
    """Draw raw months of a direction from the fitted model, which knows no breaks.

    Parameters
    ----------
    law : DriftLaw
        Drift and noise.
    n : int
        Number of histories.
    rng : numpy.random.Generator
        Source of the draws.

    Returns
    -------
    ndarray, shape (n, n_observed)
        Degrees around the level.
    """
    kept = law.persistence
    at = np.zeros(n)
    if kept < 1:
        at = rng.standard_normal(n) * law.sd / np.sqrt(1 - kept**2)
    path = np.empty((int(law.seen[-1]) + 1, n))
    for t in range(len(path)):
        path[t] = at
        at = kept * at + law.sd * rng.standard_normal(n)
    noise = np.sqrt(law.variance)
    return path[law.seen].T + noise * rng.standard_normal((n, len(noise)))


def critical_of(values: Floats, law: DriftLaw, min_length: int, max_breaks: int) -> Floats:
    """Return, for each history, the penalty below which it gets a break.

    Parameters
    ----------
    values : ndarray, shape (s, n)
        Histories over the observed months.
    law : DriftLaw
        Drift and noise.
    min_length : int
        Fewest observed months of a stretch.
    max_breaks : int
        Largest number of breaks.

    Returns
    -------
    ndarray, shape (s,)
        In units of twice the log likelihood.
    """
    parts = [
        critical_penalty(lowest_totals(stretch_costs(part, law, min_length), max_breaks))
        for part in np.array_split(values, max(1, -(-len(values) // _BATCH)))
    ]
    return np.concatenate(parts)


def penalty_at(critical: Floats, size: float) -> float:
    """Return the penalty that lets at most a share of the histories have a break.

    Parameters
    ----------
    critical : ndarray, shape (s,)
        As `critical_of` gives it for histories without breaks.
    size : float
        The share, in (0, 1).

    Returns
    -------
    float
        The smallest of the values that at most ``size (s + 1) - 1`` others exceed, so that
        the observed series, one more of the kind, exceeds it with a chance of at most `size`.
    """
    ordered = np.sort(critical)[::-1]
    allowed = int(np.floor(size * (len(ordered) + 1) + 1e-9)) - 1
    return float(ordered[allowed]) if allowed >= 0 else float("inf")


def detectable_step(
    series: RawSeries,
    law: DriftLaw,
    *,
    size: float,
    min_length: int,
    max_breaks: int,
    seed: int,
    power: float = 0.8,
) -> float:
    """Return the lasting step in the middle of the series that would mostly be found.

    Parameters
    ----------
    series : RawSeries
        The direction.
    law : DriftLaw
        Its drift and noise without a break.
    size : float
        Share of histories without a break that may get one.
    min_length, max_breaks : int
        As in `critical_of`.
    seed : int
        Of the random numbers.
    power : float, default 0.8
        Share of the histories in which the step must lead to a break.

    Returns
    -------
    float
        Degrees, to 10; missing where even 160 do not suffice.

    Notes
    -----
    A step makes the drift that is fitted without one more persistent, and the penalty higher.
    For each step that is tried the drift is therefore fitted anew to a few histories that have
    it, and the penalty is set by the median of those fits.
    """
    histories = no_break_histories(law, _N_POWER, np.random.default_rng(seed))
    step = np.zeros(histories.shape[1])
    step[len(step) // 2 :] = 1.0
    n_null = max(2 * _N_POWER, int(np.ceil(1 / size)))

    def found(degrees: float) -> bool:
        shifted = histories + degrees * step
        fits = []
        for history in shifted[:_N_REFITS]:
            value = np.full(len(series.value), np.nan)
            value[series.seen] = history
            fits.append(fit_drift(replace(series, value=value)))
        refitted = replace(
            law,
            persistence=float(np.median([fit.persistence for fit in fits])),
            sd=float(np.median([fit.sd for fit in fits])),
        )
        null = no_break_histories(refitted, n_null, np.random.default_rng(seed + 1))
        penalty = penalty_at(critical_of(null, refitted, min_length, max_breaks), size)
        critical = critical_of(shifted, refitted, min_length, max_breaks)
        return bool(np.mean(critical > penalty) >= power)

    if not found(_LARGEST):
        return float("nan")
    low, high = 0.0, _LARGEST
    while high - low > 10.0:
        middle = (low + high) / 2
        low, high = (low, middle) if found(middle) else (middle, high)
    return high

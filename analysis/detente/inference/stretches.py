"""Levels between breaks, and how far their dates and levels are known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from detente.inference.drift import fit_drift
from detente.inference.partition import DriftLaw, best_cuts, lowest_costs, stretch_costs
from detente.inference.series import Floats, RawSeries

__all__ = ["Cut", "Resampled", "breaks_table", "levels_table", "resample_cut"]

#: Histories that are cut at once.
_BATCH = 100


@dataclass(frozen=True, eq=False)
class Cut:
    """A series cut into stretches of one level.

    Parameters
    ----------
    series : RawSeries
        The raw months.
    cuts : ndarray of int, shape (b,)
        First observed month of each new stretch, counted among the observed months.
    """

    series: RawSeries
    cuts: NDArray[np.intp]

    @property
    def edges(self) -> NDArray[np.intp]:
        """Where stretches begin and end among the observed months, shape (b + 2,)."""
        return np.concatenate([[0], self.cuts, [self.series.n_observed]]).astype(np.intp)

    @property
    def design(self) -> Floats:
        """A column per stretch, a row per observed month."""
        stretch = np.searchsorted(self.cuts, np.arange(self.series.n_observed), side="right")
        return np.asarray(np.eye(len(self.cuts) + 1)[stretch])

    def levels_of(self, values: Floats) -> Floats:
        """Return the weighted mean of each stretch, shape (b + 1,)."""
        weight = 1 / self.series.variance[self.series.seen]
        sums = np.add.reduceat(np.stack([weight * values, weight]), self.edges[:-1], axis=1)
        return np.asarray(sums[0] / sums[1])

    @property
    def levels(self) -> Floats:
        """Levels of the stretches, degrees."""
        return self.levels_of(self.series.value[self.series.seen])


@dataclass(frozen=True, eq=False)
class Resampled:
    """Cuts of histories that have the breaks which were found.

    Parameters
    ----------
    earliest, latest : ndarray of int, shape (s, b)
        First and last month of the period that each break may have begun with.
    levels : ndarray, shape (s, b + 1)
        Levels of the stretches, degrees.
    """

    earliest: NDArray[np.intp]
    latest: NDArray[np.intp]
    levels: Floats


def resample_cut(
    cut: Cut, law: DriftLaw, n: int, rng: np.random.Generator, *, min_length: int
) -> Resampled:
    """Draw histories with the breaks that were found and cut each anew.

    Parameters
    ----------
    cut : Cut
        What was found.
    law : DriftLaw
        What it was found with.
    n : int
        Number of histories.
    rng : numpy.random.Generator
        Source of the draws.
    min_length : int
        Fewest observed months of a stretch.

    Returns
    -------
    Resampled
        Dates and levels, each history with as many breaks.

    Notes
    -----
    A history is the levels, a mean-reverting drift around them fitted by restricted likelihood,
    and the noise of each month.
    """
    series, seen = cut.series, cut.series.seen
    drift = fit_drift(series, cut.design, restricted=True)
    values = cut.design @ cut.levels + drift.simulate(len(series.value), n, rng)[:, seen]
    values = values + np.sqrt(series.variance[seen]) * rng.standard_normal(values.shape)
    n_breaks = len(cut.cuts)
    parts = []
    for part in np.array_split(values, max(1, -(-n // _BATCH))):
        _, origins = lowest_costs(stretch_costs(part, law, min_length), n_breaks)
        parts.append(best_cuts(origins, n_breaks))
    cuts = np.concatenate(parts)
    levels = [Cut(series, at).levels_of(row) for at, row in zip(cuts, values, strict=True)]
    return Resampled(seen[cuts - 1] + 1, seen[cuts], np.stack(levels))


def breaks_table(cut: Cut, resampled: Resampled, confidence: float) -> pd.DataFrame:
    """Tell the breaks with the levels around them.

    Parameters
    ----------
    cut : Cut
        What was found, with at least one break.
    resampled : Resampled
        Histories with these breaks, cut anew.
    confidence : float
        Coverage of the intervals, in (0, 1).

    Returns
    -------
    DataFrame
        One row per break, as `BreaksResult.table` without the episodes.
    """
    series, levels = cut.series, cut.levels
    counts = np.diff(cut.edges)
    tail = (1 - confidence) / 2
    rows = []
    for i, at in enumerate(cut.cuts):
        first, last = series.seen[at - 1] + 1, series.seen[at]
        lower = np.quantile(resampled.earliest[:, i], tail, method="lower")
        upper = np.quantile(resampled.latest[:, i], 1 - tail, method="higher")
        change = float(levels[i + 1] - levels[i])
        ends = _basic(change, resampled.levels[:, i + 1] - resampled.levels[:, i], tail)
        rows.append(
            {
                "break_date": series.months[last],
                "lower": series.months[min(int(lower), int(first))],
                "upper": series.months[max(int(upper), int(last))],
                "direction": series.direction,
                "level_before": float(levels[i]),
                "level_after": float(levels[i + 1]),
                "level_change": change,
                "change_lower": ends[0],
                "change_upper": ends[1],
                "n_before": int(counts[i]),
                "n_after": int(counts[i + 1]),
            }
        )
    return pd.DataFrame(rows)


def levels_table(cut: Cut, resampled: Resampled | None, confidence: float) -> pd.DataFrame:
    """Tell the stretches with their levels.

    Parameters
    ----------
    cut : Cut
        What was found.
    resampled : Resampled or None
        Histories with its breaks, cut anew; None where there is no break.
    confidence : float
        Coverage of the intervals, in (0, 1).

    Returns
    -------
    DataFrame
        One row per stretch, as `BreaksResult.levels`.
    """
    series, levels, edges = cut.series, cut.levels, cut.edges
    tail = (1 - confidence) / 2
    if resampled is None:
        fit = fit_drift(series)
        half = _normal(1 - tail) * float(np.sqrt(fit.covariance[0, 0]))
        levels = fit.levels
        ends = [(float(levels[0]) - half, float(levels[0]) + half)]
    else:
        ends = [
            _basic(float(level), resampled.levels[:, i], tail) for i, level in enumerate(levels)
        ]
    starts = [0, *(int(series.seen[at]) for at in cut.cuts), len(series.months)]
    return pd.DataFrame(
        {
            "since": [series.months[start] for start in starts[:-1]],
            "until": [series.months[start - 1] for start in starts[1:]],
            "level": levels,
            "lower": np.clip([low for low, _ in ends], -100, 100),
            "upper": np.clip([high for _, high in ends], -100, 100),
            "n_months": np.diff(starts),
            "n_observed": np.diff(edges),
        }
    )


def _basic(estimate: float, resampled: Floats, tail: float) -> tuple[float, float]:
    """Return the ends of the basic bootstrap interval."""
    low, high = np.quantile(resampled, [tail, 1 - tail])
    return 2 * estimate - float(high), 2 * estimate - float(low)


def _normal(p: float) -> float:
    from scipy import stats

    return float(stats.norm.ppf(p))

"""Breaks in the level of a series of months, told from its drift."""

from __future__ import annotations

import numpy as np
import pandas as pd

from detente._checks import needs
from detente.errors import BadArgumentError
from detente.index import BILATERAL, IndexResult
from detente.inference.breaks_result import BREAK_COLUMNS, BreaksResult
from detente.inference.matching import chance_of_matches, months_from, nearest_episodes
from detente.inference.partition import best_cuts, critical_penalty, lowest_costs, stretch_costs
from detente.inference.penalty import (
    critical_of,
    detectable_step,
    law_of,
    no_break_histories,
    penalty_at,
)
from detente.inference.series import RawSeries, raw_series
from detente.inference.stretches import Cut, breaks_table, levels_table, resample_cut

__all__ = ["detect_breaks"]


def detect_breaks(
    result: IndexResult,
    *,
    direction: str = BILATERAL,
    episodes: pd.DataFrame | None = None,
    within_months: int = 2,
    min_length: int = 6,
    max_breaks: int = 8,
    size: float = 0.05,
    n_simulations: int = 999,
    seed: int = 0,
) -> BreaksResult:
    """Look for months in which the level of a series changed for good.

    Parameters
    ----------
    result : IndexResult
        A state-space index; its raw months are cut, its model says what drift looks like.
    direction : str, default "bilateral"
        "A>B", "B>A" or "bilateral".
    episodes : DataFrame, optional
        `episode`, `first_day`, `last_day`, as `episodes_table` gives them, to match breaks to.
    within_months : int, default 2
        A break this many months from an episode or nearer matches it; 0 or more.
    min_length : int, default 6
        Fewest observed months of a stretch, 2 or more.
    max_breaks : int, default 8
        Largest number of breaks, 1 or more.
    size : float, default 0.05
        Share of histories without a break that may get one, in (0, 1).
    n_simulations : int, default 999
        Histories, for the penalty and for the intervals; at least ``1 / size``.
    seed : int, default 0
        Of the random numbers.

    Returns
    -------
    BreaksResult
        Often without a row: a series that drifts is hard to tell from one that breaks.

    Raises
    ------
    BadArgumentError
        For an index by means, an unknown direction, or a number outside its range.

    Notes
    -----
    Estimand: the first months of new levels of the direction's raw monthly means. The n
    observed months are cut so that

        sum over stretches of -2 log L(y of the stretch)  +  penalty x breaks

    is lowest, with L the likelihood of a level of its own, the drift of the fitted model begun
    anew, and the noise that statements and days leave in each month: squares around the level,
    weighed by the inverse of that covariance. The search is exact. The penalty is that which
    lets at most `size` of the histories simulated from the fitted model of the index, on the
    same months, have a break. Weighing by the noise alone, as if months were independent, would
    find breaks in the drift of nearly every such history under an ordinary penalty (BIC), and
    under a calibrated one would overlook even a clean step, because a step makes the fitted
    drift persistent [1]_. A stretch's level is told as its mean weighed by the inverse noise.
    Intervals are by parametric bootstrap: percentiles for the dates, widened over silent months
    before the break; basic for the levels.

    Not shown: why a level changed, and breaks that a persistent drift would make as well.

    References
    ----------
    .. [1] Bai, J. and Perron, P. (2003). Computation and analysis of multiple structural change
       models. Journal of Applied Econometrics 18(1).

    Examples
    --------
    >>> from detente.index import monthly_index
    >>> days = pd.date_range("2010-01-05", periods=96, freq="15D").repeat(2)
    >>> noise = np.random.default_rng(0).normal(0, 0.2, 192).round(3)
    >>> tone = np.where(days < "2012-01-01", 0.5, -0.5) + noise
    >>> scored = pd.DataFrame({"date": days, "source": ["RUS", "TUR"] * 96,
    ...     "target": ["TUR", "RUS"] * 96, "speaker": "A", "tone": tone.clip(-1, 1)})
    >>> found = detect_breaks(monthly_index(scored), n_simulations=99)
    >>> found.table["break_date"].dt.strftime("%Y-%m").to_list()
    ['2012-01']
    """
    needs(result, IndexResult, "result", "detente.monthly_index")
    for name, value, least in (
        ("within_months", within_months, 0),
        ("min_length", min_length, 2),
        ("max_breaks", max_breaks, 1),
    ):
        if value < least:
            raise BadArgumentError(f"{name}={value} was received; it is at least {least}.")
    if not 0 < size < 1 or n_simulations * size < 1:
        raise BadArgumentError(
            f"size={size} and n_simulations={n_simulations} were received; size lies between 0 "
            "and 1, and so many histories must hold one that may have a break."
        )
    series, reason = raw_series(result, direction)
    empty = pd.DataFrame(columns=list(BREAK_COLUMNS))
    options = {
        "within_months": within_months,
        "min_length": min_length,
        "max_breaks": max_breaks,
        "size": size,
        "n_simulations": n_simulations,
        "seed": seed,
        "confidence": result.confidence,
        "n_observed": series.n_observed if series is not None else 0,
    }
    if series is None or result.state is None:
        words = result.direction_name(direction)
        return BreaksResult(direction, words, empty, pd.DataFrame(), reason, options=options)
    most = min(max_breaks, series.n_observed // min_length - 1)
    if most < 1:
        levels = levels_table(Cut(series, np.array([], dtype=np.intp)), None, result.confidence)
        return BreaksResult(direction, series.words, empty, levels, options=options)
    rng = np.random.default_rng(seed)
    law = law_of(series, result.state)
    histories = no_break_histories(law, n_simulations, rng)
    critical = critical_of(histories, law, min_length, most)
    penalty = penalty_at(critical, size)
    observed = series.value[series.seen][None, :]
    totals, origins = lowest_costs(stretch_costs(observed, law, min_length), most)
    saving = float(critical_penalty(totals)[0])
    n_breaks = int(np.argmin(totals[0] + penalty * np.arange(most + 1)))
    per_break = (totals[0, 0] - totals[0, 1:]) / np.arange(1, most + 1)
    best = best_cuts(origins, n_breaks or int(np.argmax(per_break)) + 1)[0]
    cut = Cut(series, best if n_breaks else best[:0])
    resampled = None
    if n_breaks:
        resampled = resample_cut(cut, law, n_simulations, rng, min_length=min_length)
    table = breaks_table(cut, resampled, result.confidence) if resampled else empty
    matched, chance = 0, np.nan
    if n_breaks:
        table, matched, chance = _matched(table, series, episodes, within_months, min_length)
    return BreaksResult(
        direction=direction,
        words=series.words,
        table=table[list(BREAK_COLUMNS)],
        levels=levels_table(cut, resampled, result.confidence),
        candidates=tuple(series.months[series.seen[best]]),
        saving=saving,
        penalty=penalty,
        p=float((1 + np.sum(critical >= saving)) / (1 + len(critical))),
        detectable=detectable_step(
            series, law, size=size, min_length=min_length, max_breaks=most, seed=seed
        ),
        n_matched=matched,
        chance=chance,
        confidence=result.confidence,
        options=options,
    )


def _matched(
    table: pd.DataFrame,
    series: RawSeries,
    episodes: pd.DataFrame | None,
    within: int,
    min_length: int,
) -> tuple[pd.DataFrame, int, float]:
    """Add `episode` and `months_away`; return the matches and how many chance would make."""
    if episodes is None or episodes.empty:
        return table.assign(episode="", months_away=np.nan), 0, np.nan
    nearest = nearest_episodes(months_from(pd.DatetimeIndex(table["break_date"]), episodes))
    matched = [abs(away) <= within for _, away in nearest]
    names = [name if near else "" for (name, _), near in zip(nearest, matched, strict=True)]
    table = table.assign(episode=names, months_away=[away for _, away in nearest])
    # A break begins a stretch and ends one, so the ends of the period cannot hold it.
    possible = series.months[series.seen[min_length : series.n_observed - min_length + 1]]
    near = months_from(possible, episodes).abs().min(axis=1).le(within).to_list()
    return table, sum(matched), chance_of_matches(near, len(table), sum(matched))

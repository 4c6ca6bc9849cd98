"""Estimates with intervals for one or more scorers on the same statements."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from detente import wording
from detente.tone import has_flag
from detente.validation.pairs import Pairs
from detente.validation.resampling import MIN_BLOCKS, Blocks, Floats, Options, interval_of, tail_of
from detente.validation.scores import (
    CLASSES,
    MEASURES,
    confusion,
    quarterly_means,
    quarterly_slopes,
    ratio,
    spreads,
    weighted_measures,
)

__all__ = [
    "COMPARED",
    "DIFFERENCES",
    "MIN_QUARTERS",
    "code_means",
    "confusion_table",
    "estimate_tones",
    "group_bias",
]

#: Measures whose differences between scorers are told.
COMPARED = ("pearson", "macro_f1")
#: Columns of the table of differences.
DIFFERENCES = ("scorer", "baseline", "measure", "difference", "lower", "upper", "n")

#: With codings in fewer quarters no slope of quarterly means is given. In histories made like
#: the Russia-Turkey study its 95% intervals are about 1 wide with 10 quarters, 1.5 with 8, and with
#: 7 they are wider than 2 in most.
MIN_QUARTERS = 8

#: A replicate whose scores vary by less than this share of the variance of all has almost no
#: spread; a slope divides by it.
_LEAST_SPREAD = 0.1

#: Measures that divide by the spread of the scores and have no bounds.
_UNBOUNDED = ("slope", "intercept", "slope_quarterly")

#: Columns that group statements, besides their direction and year.
_COLUMNS = (wording.mark("topic"), wording.mark("channel"), wording.mark("level"))

_MENTIONS = {True: wording.mark("implicit target"), False: wording.mark("named")}

#: Name of the group of statements whose cell is empty.
_EMPTY = wording.mark("not given")


def estimate_tones(
    pairs: Pairs, tones: Mapping[str, Floats], baseline: str | None, options: Options
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Estimate every measure for every scorer, and paired differences to the baseline.

    Parameters
    ----------
    pairs : Pairs
        The statements.
    tones : mapping of str to ndarray
        Name of the scorer -> tone of each statement.
    baseline : str or None
        The scorer that the others are compared with.
    options : Options
        How intervals are made.

    Returns
    -------
    tuple of DataFrame
        A row per scorer and measure: scorer, measure, estimate, lower, upper, n, reason (why
        there is no interval: "too_few_months", "too_few_quarters", "too_little_spread"; else
        empty); and a row per other scorer and compared measure: scorer, baseline, measure,
        difference, lower, upper, n.

    Notes
    -----
    A slope of quarterly means of fewer than `MIN_QUARTERS` quarters is NaN, and so are slope and
    intercept (or the quarterly slope) where as many replicates as an interval leaves out at one
    end have less than a tenth of the variance of the scores: its ends would be the quotients of
    those replicates, which may be anything.
    """
    blocks, quarters = pairs.blocks, pairs.quarters
    counts, counts_of_quarters = (
        np.concatenate([units.whole, units.draws(options)]) for units in (blocks, quarters)
    )
    found = {
        name: np.column_stack(
            [
                weighted_measures(pairs.gold, tone, pairs.weights, blocks, counts),
                quarterly_slopes(pairs.gold, tone, pairs.weights, quarters, counts_of_quarters),
            ]
        )
        for name, tone in tones.items()
    }
    is_quarterly = np.array(MEASURES) == "slope_quarterly"
    n = np.where(is_quarterly, quarters.n_blocks, len(pairs.frame))
    n_blocks = np.where(is_quarterly, quarters.n_blocks, blocks.n_blocks)

    def rows(values: Floats, n_blocks: int | NDArray[np.intp]) -> dict[str, Floats]:
        lower, upper = interval_of(values[1:], n_blocks, options.confidence)
        return {"estimate": values[0], "lower": lower, "upper": upper}

    table = pd.concat(
        [
            _told_or_not(
                pd.DataFrame(
                    {"scorer": name, "measure": MEASURES, **rows(values, n_blocks), "n": n}
                ),
                n_blocks,
                _thin(pairs, tones[name], counts, counts_of_quarters, options),
            )
            for name, values in found.items()
        ],
        ignore_index=True,
    )
    others = [name for name in found if baseline is not None and name != baseline]
    places = [MEASURES.index(measure) for measure in COMPARED]
    frames = [
        pd.DataFrame(
            {
                "scorer": name,
                "baseline": baseline,
                "measure": COMPARED,
                **rows((found[name] - found[str(baseline)])[:, places], blocks.n_blocks),
                "n": len(pairs.frame),
            }
        )
        for name in others
    ]
    differences = (
        pd.concat(frames, ignore_index=True).rename(columns={"estimate": "difference"})
        if frames
        else pd.DataFrame(columns=DIFFERENCES)
    )
    return table, differences


def _thin(
    pairs: Pairs, tone: Floats, counts: Floats, counts_of_quarters: Floats, options: Options
) -> frozenset[str]:
    """Return the measures whose intervals would rest on replicates with almost no spread."""
    if np.ptp(pairs.gold) == 0:
        return frozenset(_UNBOUNDED)  # codes that are all alike rise with nothing
    quarters = pairs.quarters
    means = quarterly_means(tone, pairs.weights, quarters)
    each = Blocks(np.arange(len(means)), len(means))
    thin: set[str] = set()
    for names, spread, n in (
        (_UNBOUNDED[:2], spreads(tone, pairs.weights, pairs.blocks, counts), pairs.blocks.n_blocks),
        (
            _UNBOUNDED[2:],
            spreads(means, np.ones_like(means), each, counts_of_quarters),
            quarters.n_blocks,
        ),
    ):
        share = np.mean(spread[1:] < _LEAST_SPREAD * spread[0])
        if n >= MIN_BLOCKS and share >= tail_of(n, options.confidence):
            thin.update(names)
    return frozenset(thin)


def _told_or_not(
    table: pd.DataFrame, n_blocks: NDArray[np.intp], thin: frozenset[str]
) -> pd.DataFrame:
    """Take out what cannot be told, and say why."""
    measure = table["measure"]
    is_few = measure.eq("slope_quarterly").to_numpy() & (n_blocks < MIN_QUARTERS)
    is_thin = ~is_few & measure.isin(thin).to_numpy()
    figures = ["estimate", "lower", "upper"]
    table.loc[is_few | is_thin, figures] = np.nan
    lacks = table["lower"].isna().to_numpy() | table["upper"].isna().to_numpy()
    reason = np.select(
        [is_few, ~lacks, n_blocks < MIN_BLOCKS],
        ["too_few_quarters", "", "too_few_months"],
        default="too_little_spread",
    )
    return table.assign(reason=pd.Series(reason, index=table.index, dtype="str"))


def confusion_table(pairs: Pairs, tone: Floats) -> pd.DataFrame:
    """Count statements by class.

    Parameters
    ----------
    pairs : Pairs
        The statements.
    tone : ndarray of float, shape (n,)
        Tone by the scorer.

    Returns
    -------
    DataFrame
        Classes of the codings by row, of the scorer by column.
    """
    blocks = pairs.blocks
    cells = confusion(pairs.gold, tone, np.ones(len(tone)), blocks, blocks.whole)[0]
    return pd.DataFrame(
        cells.astype("int64"),
        index=pd.Index(CLASSES, name="codings"),
        columns=pd.Index(CLASSES, name="scorer"),
    )


def group_bias(pairs: Pairs, tone: Floats, options: Options) -> pd.DataFrame:
    """Estimate the bias of the scorer in groups of statements.

    Parameters
    ----------
    pairs : Pairs
        The statements.
    tone : ndarray of float, shape (n,)
        Tone by the scorer.
    options : Options
        How intervals are made.

    Returns
    -------
    DataFrame
        One row per grouping and group: grouping ("all", "direction", "topic", "channel",
        "level", "year", "target_mention"; only those whose column is there and not empty),
        group, bias (mean tone minus mean gold), lower, upper, mean_tone, mean_gold, pearson
        (without interval; NaN under 10 statements), n, n_months.
    """
    frame = pairs.frame
    error = tone - pairs.gold
    blocks = pairs.blocks
    draws = blocks.draws(options)
    parts = []
    for grouping, labels in _groupings(frame).items():
        names, places = np.unique(labels.to_numpy(dtype=object).astype(str), return_inverse=True)
        member = (places.ravel()[:, None] == np.arange(len(names))) * pairs.weights[:, None]
        held, sums = blocks.sums(member), blocks.sums(member * error[:, None])
        n_months = (held > 0).sum(axis=0)
        lower, upper = interval_of(ratio(draws @ sums, draws @ held), n_months, options.confidence)
        total = member.sum(axis=0)
        parts.append(
            pd.DataFrame(
                {
                    "grouping": grouping,
                    "group": names,
                    "bias": sums.sum(axis=0) / total,
                    "lower": lower,
                    "upper": upper,
                    "mean_tone": tone @ member / total,
                    "mean_gold": pairs.gold @ member / total,
                    "pearson": [_pearson(pairs.gold, tone, column) for column in member.T],
                    "n": (member > 0).sum(axis=0),
                    "n_months": n_months,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def _groupings(frame: pd.DataFrame) -> dict[str, pd.Series]:
    direction = frame["source"].astype("str") + ">" + frame["target"].astype("str")
    everything = pd.Series(wording.mark("all statements"), index=frame.index)
    found = {"all": everything, wording.mark("direction"): direction}
    for name in _COLUMNS:
        # A column that nobody filled would make one group of all statements.
        if name in frame and frame[name].notna().any():
            found[name] = frame[name].astype(object).where(frame[name].notna(), _EMPTY)
    found[wording.mark("year")] = frame["month"].dt.year.astype("str")
    flags = frame.get("tone_flag", pd.Series("", index=frame.index))
    is_implicit = has_flag(flags, "implicit_target")
    # Only a scorer that looks for the target can say that it found none.
    if is_implicit.any():
        found[wording.mark("target_mention")] = is_implicit.map(_MENTIONS)
    return found


def _pearson(gold: Floats, tone: Floats, weights: Floats) -> float:
    held = weights > 0
    if held.sum() < 10 or np.ptp(gold[held]) == 0 or np.ptp(tone[held]) == 0:
        return float("nan")
    covariance = np.cov(gold[held], tone[held], aweights=weights[held])
    return float(covariance[0, 1] / np.sqrt(covariance[0, 0] * covariance[1, 1]))


def code_means(pairs: Pairs, tone: Floats, options: Options) -> pd.DataFrame:
    """Estimate the mean tone at each code.

    Parameters
    ----------
    pairs : Pairs
        The statements.
    tone : ndarray of float, shape (n,)
        Tone by the scorer.
    options : Options
        How intervals are made.

    Returns
    -------
    DataFrame
        One row per code that occurs, ascending: code (mean code of the coders, halves
        rounded away from zero), gold (code / 3), mean_tone, lower, upper, n.
    """
    mean_code = pairs.gold * 3
    codes = np.sign(mean_code) * np.floor(np.abs(mean_code) + 0.5 + 1e-9)
    names, places = np.unique(codes, return_inverse=True)
    blocks = pairs.blocks
    member = (places.ravel()[:, None] == np.arange(len(names))) * pairs.weights[:, None]
    held, sums = blocks.sums(member), blocks.sums(member * tone[:, None])
    draws = blocks.draws(options)
    lower, upper = interval_of(
        ratio(draws @ sums, draws @ held), (held > 0).sum(axis=0), options.confidence
    )
    return pd.DataFrame(
        {
            "code": names.astype("int64"),
            "gold": names / 3,
            "mean_tone": sums.sum(axis=0) / held.sum(axis=0),
            "lower": lower,
            "upper": upper,
            "n": (member > 0).sum(axis=0),
        }
    )

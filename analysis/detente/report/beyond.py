"""What the intervals do not cover, in degrees: the scorer's error, the choice of statements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from detente import wording
from detente.index import IndexResult, mean_level
from detente.inference import EpisodesResult, selection_needed
from detente.report.blocks import heading, points, prose, table
from detente.report.codes import code_told
from detente.report.episodes import p_told

__all__ = ["changes_corrected_blocks", "corrected_blocks", "selection_blocks"]

_FOUND = ("cooled", "warmed")


def corrected_blocks(index: IndexResult) -> list[dict[str, Any]]:
    """Return the index corrected by codings beside the one that is not.

    Parameters
    ----------
    index : IndexResult
        The index.

    Returns
    -------
    list of dict
        Blocks; none where no codings correct it.
    """
    corrected = index.corrected
    if corrected is None:
        return []
    pairs = index.direction().assign(corrected=corrected.direction()["index"])
    pairs = pairs.dropna(subset=["index", "corrected"])
    plain, other = (mean_level(one) for one in (index, corrected))
    told = [
        wording.say(
            "Where codings tell the chance that each statement had of being coded, the same index "
            "is made from tones that the codings correct; its interval covers the scorer's error "
            "too, not what coders have in common."
        ),
        wording.say(
            "Mean level: {plain} without the correction, {corrected} with it.",
            plain=wording.estimate(plain.mean, plain.lower, plain.upper, index.confidence),
            corrected=wording.estimate(other.mean, other.lower, other.upper, index.confidence),
        ),
    ]
    if len(pairs) > 2:
        gap = (pairs["corrected"] - pairs["index"]).to_numpy("float64")
        most = pairs.iloc[int(np.abs(gap).argmax())]
        width = [
            (one["upper"] - one["lower"]).mean() / 2
            for one in (index.direction(), corrected.direction())
        ]
        agreement = float(np.corrcoef(pairs["index"], pairs["corrected"])[0, 1])
        told += [
            wording.say(
                "The two curves correlate by {r}; they lie {gap} degrees apart on average and "
                "most in {month} ({plain} without, {corrected} with it).",
                r=wording.number(agreement, 2),
                gap=wording.number(float(np.abs(gap).mean()), 1),
                month=wording.month_name(most["month"]),
                plain=wording.degrees(most["index"]),
                corrected=wording.degrees(most["corrected"]),
            ),
            wording.say(
                "Half an interval measures {plain} degrees without and {corrected} with it.",
                plain=wording.number(width[0]),
                corrected=wording.number(width[1]),
            ),
            wording.say("The months are in {file}.", file="index.csv"),
        ]
    return [heading(wording.say("Corrected by codings")), prose(" ".join(told))]


def changes_corrected_blocks(
    episodes: EpisodesResult, labels: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return the changes at episodes without and with the codings' correction, side by side.

    Parameters
    ----------
    episodes : EpisodesResult
        Changes at episodes, and in `corrected` those of corrected tones.
    labels : mapping of str to str
        Episode -> its name.

    Returns
    -------
    list of dict
        Blocks; none where no codings correct them, or none was tested.
    """
    if episodes.corrected is None:
        return []
    corrected = episodes.corrected.direction()
    if not corrected["level_change"].notna().any():
        return []
    both = episodes.direction().merge(corrected, on="episode", suffixes=("", "_corrected"))
    rows = [
        [
            labels.get(str(row["episode"]), str(row["label"])),
            *(cell for suffix in ("", "_corrected") for cell in _change(row, suffix)),
        ]
        for row in both.to_dict("records")
    ]
    each = [
        (wording.say("Change"), "r"),
        (wording.say("{share} interval", share=wording.share(episodes.confidence)), "r"),
        (wording.say("p, adj."), "r"),
        (wording.say("Verdict"), "l15"),
    ]
    return [
        heading(wording.say("Changes at episodes, corrected by codings")),
        table(
            "tab-corrected-changes",
            wording.say("Changes at episodes without and with the codings' correction"),
            [(wording.say("Episode"), "l*"), *each, *each],
            rows,
            groups=[
                ("", 1),
                (wording.say("Uncorrected"), len(each)),
                (wording.say("Corrected"), len(each)),
            ],
            note=wording.say(
                "Degrees, both sides together, both from the headline's scorer. The corrected "
                "change is right on average whatever errors the scorer makes, as far as the "
                "codings are right and were drawn with the chances they state; its interval takes "
                "in those errors and is mostly wider. Intervals, p adjusted for the number of "
                "episodes, and verdicts are made as in the chapter on episodes."
            ),
            hairlines=True,
            small=True,
        ),
    ]


def _change(row: Mapping[Any, Any], suffix: str) -> list[Any]:
    verdict, value = str(row[f"verdict{suffix}"]), row[f"level_change{suffix}"]
    has_step = pd.notna(value)
    return [
        {"text": wording.degrees(value), "is_bold": verdict in _FOUND} if has_step else "–",
        wording.interval(row[f"lower{suffix}"], row[f"upper{suffix}"]) if has_step else "–",
        p_told(row[f"p_adjusted{suffix}"]),
        code_told(verdict),
    ]


def selection_blocks(episodes: EpisodesResult, labels: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return what the choice of statements would have to do to undo each finding.

    Parameters
    ----------
    episodes : EpisodesResult
        Changes at episodes.
    labels : mapping of str to str
        Episode -> its name.

    Returns
    -------
    list of dict
        Blocks; none where no change stands out.
    """
    rows = episodes.direction()
    told = [
        (
            f"{labels.get(str(row['episode']), str(row['label']))}:",
            selection_needed(row["level_change"], row["lower"], row["upper"]).sentence,
        )
        for row in rows[rows["verdict"].isin(_FOUND)].to_dict("records")
    ]
    if not told:
        return []
    return [heading(wording.say("What the choice of statements would have to do")), points(told)]

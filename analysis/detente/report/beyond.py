"""What the intervals do not cover, in degrees: the scorer's error, the choice of statements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from detente import wording
from detente.index import IndexResult, mean_level
from detente.inference import EpisodesResult, selection_needed
from detente.report.blocks import heading, points, prose

__all__ = ["corrected_blocks", "selection_blocks"]

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
    text = (
        "Where codings tell the chance that each statement had of being coded, the same index is "
        "made from tones that the codings correct; its interval covers the scorer's error too, "
        "not what coders have in common. "
    )
    plain, other = (mean_level(one) for one in (index, corrected))
    text += (
        f"Mean level: {wording.estimate(plain.mean, plain.lower, plain.upper, index.confidence)} "
        f"without the correction, "
        f"{wording.estimate(other.mean, other.lower, other.upper, index.confidence)} with it. "
    )
    if len(pairs) > 2:
        gap = (pairs["corrected"] - pairs["index"]).to_numpy("float64")
        most = pairs.iloc[int(np.abs(gap).argmax())]
        width = [
            (one["upper"] - one["lower"]).mean() / 2
            for one in (index.direction(), corrected.direction())
        ]
        agreement = float(np.corrcoef(pairs["index"], pairs["corrected"])[0, 1])
        text += (
            f"The two curves correlate by {wording.number(agreement, 2)}; they lie "
            f"{wording.number(float(np.abs(gap).mean()), 1)} degrees apart on average and most in "
            f"{wording.month_name(most['month'])} ({wording.degrees(most['index'])} without, "
            f"{wording.degrees(most['corrected'])} with it). Half an interval measures "
            f"{wording.number(width[0])} degrees without and {wording.number(width[1])} with it. "
            "The months are in index.csv."
        )
    return [heading("Corrected by codings"), prose(text.strip())]


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
    return [heading("What the choice of statements would have to do"), points(told)]

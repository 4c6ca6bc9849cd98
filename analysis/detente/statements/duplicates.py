"""Statements that stand in the data twice, in nearly the same words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from rapidfuzz import process
from rapidfuzz.distance import Indel

__all__ = ["SIMILARITY", "Repeat", "find_repeats"]

#: Similarity, in [0, 1], from which two texts count as the same statement.
SIMILARITY = 0.9

# Comparisons grow with the square of a group. No speaker makes so many statements in a day;
# beyond, the rows are compared for equality only.
_LARGEST_GROUP = 3000
_BLOCK = 512


@dataclass(frozen=True, slots=True)
class Repeat:
    """One row that says what an earlier row says.

    Parameters
    ----------
    row : int
        Label of the later row.
    earlier : int
        Label of the earlier row.
    similarity : float
        In [0, 1]; 1 for texts that differ in white space and case only.
    """

    row: int
    earlier: int
    similarity: float


def find_repeats(frame: pd.DataFrame) -> list[Repeat]:
    """Find statements of one speaker on one day with nearly the same text.

    Parameters
    ----------
    frame : DataFrame
        A row per statement with `source`, `speaker`, `date` and `text`, labelled by whole
        numbers.

    Returns
    -------
    list of Repeat
        In the order of the rows; each later row once, with the first row that it repeats.

    Notes
    -----
    Similarity is the normalised Indel similarity: two times the length of the longest
    common subsequence over the sum of both lengths, of texts in lower case with white space
    collapsed. In a group of more than 3,000 different texts only equal ones are found.

    Examples
    --------
    >>> find_repeats(pd.DataFrame({
    ...     "source": "RUS", "speaker": "Vladimir Putin", "date": pd.Timestamp(2015, 11, 24),
    ...     "text": ["It is a stab in the back.", "We shall see.", "It is a stab in the back!"],
    ... }))
    [Repeat(row=2, earlier=0, similarity=0.96)]
    """
    plain = [" ".join(text.lower().split()) for text in frame["text"]]
    group = frame.groupby(["source", "speaker", "date"], sort=False).ngroup()
    table = pd.DataFrame({"group": group, "text": plain, "row": frame.index})
    table = table[table["group"].duplicated(keep=False)]
    table["earlier"] = table.groupby(["group", "text"], sort=False)["row"].transform("first")
    is_same = table["earlier"].ne(table["row"])
    found = [
        Repeat(int(row), int(earlier), 1.0)
        for row, earlier in table.loc[is_same, ["row", "earlier"]].itertuples(index=False)
    ]
    distinct = table[~is_same].sort_values("group", kind="stable")
    rows, texts = distinct["row"].to_numpy(), distinct["text"].tolist()
    starts = np.flatnonzero(np.diff(distinct["group"], prepend=-1))
    for start, end in pairwise([*starts.tolist(), len(rows)]):
        if 1 < end - start <= _LARGEST_GROUP:
            found += _similar(rows[start:end], texts[start:end])
    return sorted(found, key=lambda repeat: repeat.row)


def _similar(rows: np.ndarray, texts: list[str]) -> list[Repeat]:
    found = []
    for start in range(0, len(texts), _BLOCK):
        block = texts[start : start + _BLOCK]
        scores = process.cdist(
            block,
            texts[: start + len(block)],
            scorer=Indel.normalized_similarity,
            score_cutoff=SIMILARITY,
            dtype=np.float32,
        )
        for place, line in enumerate(scores, start):
            hits = np.flatnonzero(line[:place])
            if len(hits):
                first = hits[0]
                found.append(
                    Repeat(int(rows[place]), int(rows[first]), round(float(line[first]), 4))
                )
    return found

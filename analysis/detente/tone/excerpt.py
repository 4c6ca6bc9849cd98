"""What is shown of a long text: the sentences that carry its tone."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from detente import wording
from detente.tone.sentences import sentence_spans

__all__ = ["LONGEST", "Excerpt", "excerpt"]

Ints = NDArray[np.int64]

#: A text of more characters is shown in part, unless all of it is asked for; of it about so many
#: are shown.
LONGEST = 2_000

#: How far before and behind an expression its neighbourhood reaches, in characters at most.
_REACH = 250

#: Where a word ends: lines of a table or a poem have no blank between them.
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True)
class Excerpt:
    """Stretches of a text.

    Attributes
    ----------
    spans : tuple of (int, int)
        First character and the one behind the last of each stretch, in order.
    n_characters, n_sentences : int
        Of the whole text.
    n_left_out : int
        Sentences of which nothing is shown.
    has_places : bool
        Whether expressions decided what is shown; if not, it is the beginning.
    """

    spans: tuple[tuple[int, int], ...]
    n_characters: int
    n_sentences: int
    n_left_out: int
    has_places: bool = True

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return self.spans == ((0, self.n_characters),)

    @property
    def sentence(self) -> str:
        """What is left out; empty where nothing is."""
        if self.is_whole:
            return ""
        n_shown = sum(end - start for start, end in self.spans)
        which = "those around the strongest expressions" if self.has_places else "its first"
        number = wording.number
        told = f"Shown are {number(n_shown)} of {number(self.n_characters)} characters, {which}"
        if self.n_left_out:
            told += (
                f"; {number(self.n_left_out)} of {number(self.n_sentences)} sentences are left out"
            )
        return f"{told}."


def excerpt(text: str, parts: pd.DataFrame, *, is_full: bool = False) -> Excerpt:
    """Choose what to show of a text.

    Parameters
    ----------
    text : str
        Any text.
    parts : DataFrame
        The parts that are shown one by one, with start, end and contribution.
    is_full : bool, default False
        All of it, however long.

    Returns
    -------
    Excerpt
        All of a text of at most `LONGEST` characters. Of a longer one the sentences that hold the
        strongest parts with those before and behind, cut where they are long; its beginning where
        no part has a place.

    Examples
    --------
    >>> parts = pd.DataFrame({"start": [0], "end": [4], "contribution": [0.5]})
    >>> excerpt("They met. " * 10, parts).is_whole, excerpt("They met. " * 1000, parts).spans
    (True, ((0, 19),))
    """
    n = len(text)
    if is_full or n <= LONGEST:
        return Excerpt(((0, n),), n, 0, 0)
    _, first, last = sentence_spans([text])
    if not len(first):
        # White space alone: nothing around the parts that a scorer may see in it.
        return Excerpt(((0, LONGEST // 2),), n, 0, 0, has_places=False)
    placed = parts[parts["start"] < parts["end"]]
    order = np.argsort(-placed["contribution"].abs().to_numpy(dtype=np.float64), kind="stable")
    starts, ends = (placed[name].to_numpy()[order].tolist() for name in ("start", "end"))
    kept: list[tuple[int, int]] = []
    for start, end in zip(starts, ends, strict=True):
        if sum(to - at for at, to in kept) >= LONGEST:
            break
        kept = _merged([*kept, _around(text, start, end, first, last)])
    has_places = bool(kept)
    kept = kept or [(0, _to_the_left(text, LONGEST // 2))]
    is_shown = np.zeros(len(first), dtype=bool)
    for at, to in kept:
        is_shown |= (first < to) & (last > at)
    return Excerpt(tuple(kept), n, len(first), int((~is_shown).sum()), has_places)


def _around(text: str, start: int, end: int, first: Ints, last: Ints) -> tuple[int, int]:
    """Return an expression with its sentence and those beside it, none of it too far off."""
    before = max(int(np.searchsorted(first, start, side="right")) - 2, 0)
    behind = min(int(np.searchsorted(last, end)) + 1, len(last) - 1)
    at, to = min(int(first[before]), start), max(int(last[behind]), end)
    if start - at > _REACH:
        blank = _BLANK.search(text, start - _REACH, start)
        at = start if blank is None else blank.end()
    if to - end > _REACH:
        to = max(_to_the_left(text, end + _REACH), end)
    return at, to


def _to_the_left(text: str, end: int) -> int:
    """Return where the word ends before a place, or the place where there is no blank near."""
    if end >= len(text) or text[end].isspace():
        return end
    blanks = list(_BLANK.finditer(text, max(end - _REACH, 0), end))
    return blanks[-1].start() if blanks and blanks[-1].start() > 0 else end


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join stretches that touch or overlap, or lie a few characters apart."""
    merged: list[tuple[int, int]] = []
    for at, to in sorted(spans):
        if merged and at - merged[-1][1] <= 3:
            merged[-1] = merged[-1][0], max(merged[-1][1], to)
        else:
            merged.append((at, to))
    return merged

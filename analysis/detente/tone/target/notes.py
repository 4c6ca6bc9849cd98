"""Notes of a trace: which words changed a part, in words for a reader."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from detente.tone.target.context import Bools
from detente.tone.target.matching import Hits
from detente.tone.target.tokens import Ints, TokenTable

__all__ = ["Notes"]


class Notes:
    """Collects what the rules did to each hit; only a trace pays for it.

    Parameters
    ----------
    hits : Hits
        The expressions, in the rows that the rules see.
    words : Hits
        Everything that may be named as the cause: expressions and grammar words.
    table : TokenTable
        Their tokens.
    texts : sequence of str
        The texts of the table.
    """

    def __init__(self, hits: Hits, words: Hits, table: TokenTable, texts: Sequence[str]) -> None:
        self._rows: list[dict[str, None]] = [{} for _ in hits.first]
        self._table = table
        self._texts = texts
        self._last = np.arange(len(table))
        self._last[words.first] = words.end

    def add(self, chosen: Bools, note: str, at: Ints | None = None) -> None:
        """Note something at the chosen hits.

        Parameters
        ----------
        chosen : ndarray of bool, one a hit
            The hits that were changed.
        note : str
            What happened.
        at : ndarray of int, one a hit, optional
            First token of the word that did it, which is quoted behind the note.
        """
        for row in np.flatnonzero(chosen).tolist():
            word = "" if at is None else f" '{self._word(int(at[row]))}'"
            self._rows[row][note + word] = None

    def where(self, chosen: Bools) -> None:
        """Keep the rows of the chosen hits, as `Hits.where` does."""
        self._rows = [self._rows[row] for row in np.flatnonzero(chosen).tolist()]

    def of(self, row: int) -> tuple[str, ...]:
        """Return the notes of one hit, each once, in the order of the rules."""
        return tuple(self._rows[row])

    def _word(self, at: int) -> str:
        table, last = self._table, int(self._last[at])
        text = self._texts[int(table.text[at])]
        return " ".join(text[int(table.start[at]) : int(table.end[last])].split())

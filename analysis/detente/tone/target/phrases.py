"""Entries of several words found in a token array, one word further at each step."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from detente.tone.target.tokens import Ints

__all__ = ["PhraseTrie"]


class PhraseTrie:
    """A trie over word ids, walked for all positions of an array at once.

    Parameters
    ----------
    phrases : iterable of (sequence of int, int)
        Word ids of a phrase and the number to report for it. Of equal phrases the last wins.
    """

    def __init__(self, phrases: Iterable[tuple[tuple[int, ...], int]] = ()) -> None:
        self._children: dict[tuple[int, int], int] = {}
        self._value: list[int] = [-1]
        for words, value in phrases:
            self.add(words, value)
        self._freeze()

    def add(self, words: tuple[int, ...], value: int) -> None:
        """Add a phrase; it is found after the next `find`."""
        state = 0
        for word in words:
            following = self._children.get((state, word))
            if following is None:
                following = len(self._value)
                self._children[state, word] = following
                self._value.append(-1)
            state = following
        self._value[state] = value
        self._is_frozen = False

    def _freeze(self) -> None:
        items = np.array([(state << 32) | word for state, word in self._children], dtype=np.int64)
        order = np.argsort(items)
        self._keys: Ints = items[order]
        self._next: Ints = np.fromiter(self._children.values(), np.int64, len(items))[order]
        self._values: Ints = np.array(self._value, dtype=np.int64)
        roots = [word for state, word in self._children if state == 0]
        self._first: Ints = np.full(max(roots, default=-1) + 2, 0, dtype=np.int64)
        for word in roots:
            self._first[word] = self._children[0, word]
        self._is_frozen = True

    def find(self, words: Ints, segment: Ints) -> tuple[Ints, Ints, Ints]:
        """Return the phrases in an array of words, none across a segment's border.

        Parameters
        ----------
        words : ndarray of int, shape (n,)
            Word ids.
        segment : ndarray of int, shape (n,)
            Number of the segment of each word.

        Returns
        -------
        first, length, value : ndarray of int
            Position, number of words and number of each phrase, in order of position;
            none overlaps another. Longer ones win over shorter, then left over right
            among those of several words.
        """
        if not self._is_frozen:
            self._freeze()
        n = len(words)
        state = self._first[np.minimum(words, len(self._first) - 1)]
        at = np.flatnonzero(state)
        state = state[at]
        best = self._values[state]
        size = np.ones(len(at), dtype=np.int64)
        alive, alive_state, step = np.arange(len(at)), state, 0
        while len(alive):
            step += 1
            position = at[alive] + step
            inside = position < n
            alive, alive_state, position = alive[inside], alive_state[inside], position[inside]
            same = segment[position] == segment[at[alive]]
            alive, alive_state, position = alive[same], alive_state[same], position[same]
            keys = (alive_state << 32) | words[position]
            slot = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
            hit = self._keys[slot] == keys
            alive, alive_state = alive[hit], self._next[slot[hit]]
            value = self._values[alive_state]
            ends = value >= 0
            best[alive[ends]] = value[ends]
            size[alive[ends]] = step + 1
        found = best >= 0
        return _without_overlap(at[found], size[found], best[found], n)


def _without_overlap(at: Ints, size: Ints, value: Ints, n: int) -> tuple[Ints, Ints, Ints]:
    is_long: NDArray[np.bool_] = size > 1
    covered = np.zeros(n + 1, dtype=bool)
    chosen: list[int] = []
    last = -1
    long_rows = np.flatnonzero(is_long)
    for row, first, length in zip(
        long_rows.tolist(), at[long_rows].tolist(), size[long_rows].tolist(), strict=True
    ):
        if first > last:
            chosen.append(row)
            last = first + length - 1
    picked = np.array(chosen, dtype=np.int64)
    if len(picked):
        marks = np.zeros(n + 1, dtype=np.int64)
        np.add.at(marks, at[picked], 1)
        np.add.at(marks, at[picked] + size[picked], -1)
        covered = np.cumsum(marks) > 0
    single = np.flatnonzero(~is_long)
    single = single[~covered[at[single]]]
    rows = np.sort(np.concatenate([picked, single]))
    return at[rows], size[rows], value[rows]

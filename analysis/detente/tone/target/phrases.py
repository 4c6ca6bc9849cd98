"""Entries of several words found in a token array, one word further at each step."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import copy

import numpy as np
from numpy.typing import NDArray

from detente.tone.target.gaps import Gaps
from detente.tone.target.tokens import Ints

__all__ = ["PhraseTrie"]

_Counts = Callable[[Ints, Ints], NDArray[np.bool_]]


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
                self._is_frozen = False
            state = following
        if self._value[state] != value:
            self._value[state] = value
            self._is_frozen = False

    def again(self) -> PhraseTrie:
        """Return a trie of the same phrases that grows by itself."""
        other = copy(self)  # what is frozen is made anew, never changed
        other._children, other._value = self._children.copy(), self._value.copy()
        return other

    def _freeze(self) -> None:
        items = np.array([(state << 32) | word for state, word in self._children], dtype=np.int64)
        order = np.argsort(items)
        self._keys: Ints = items[order]
        self._next: Ints = np.fromiter(self._children.values(), np.int64, len(items))[order]
        self._values: Ints = np.array(self._value, dtype=np.int64)
        # Most words end where they begin: no phrase goes on from their state.
        self._goes_on = np.zeros(len(self._values), dtype=bool)
        self._goes_on[self._keys >> 32] = True
        # Few of the words behind a state go on with a phrase, and a small table says which may;
        # a larger one tells the place of the key, if no other has the same slot.
        slots = _slots(self._keys >> 32, self._keys & _WORD)
        self._may = np.zeros(_TABLE, dtype=bool)
        self._may[slots] = True
        self._place = np.zeros(_TABLE, dtype=np.int32)
        self._place[slots] = np.arange(len(slots), dtype=np.int32)
        self._is_hidden = np.zeros(_TABLE, dtype=bool)
        self._is_hidden[slots[self._place[slots] != np.arange(len(slots))]] = True
        roots = [word for state, word in self._children if state == 0]
        self._first: Ints = np.full(max(roots, default=-1) + 2, 0, dtype=np.int64)
        for word in roots:
            self._first[word] = self._children[0, word]
        self._is_frozen = True

    def find(
        self, words: Ints, segment: Ints, counts: _Counts | None = None
    ) -> tuple[Ints, Ints, Ints]:
        """Return the phrases in an array of words, as `find_around` does where no gaps are."""
        first, length, _, value = self.find_around(words, segment, counts=counts)
        return first, length, value

    def find_around(
        self,
        words: Ints,
        segment: Ints,
        gaps: Gaps | None = None,
        counts: _Counts | None = None,
    ) -> tuple[Ints, Ints, Ints, Ints]:
        """Return the phrases in an array of words, none across a segment's border.

        Parameters
        ----------
        words : ndarray of int, shape (n,)
            Word ids.
        segment : ndarray of int, shape (n,)
            Number of the segment of each word.
        gaps : Gaps, optional
            What phrases may stand around.
        counts : callable, optional
            Tells of positions and numbers whether the phrase counts that begins there; left
            out, all do. What does not count hides no shorter one.

        Returns
        -------
        first, length, head, value : ndarray of int
            Position, number of words, number of those before a gap inside (all, where there is
            none) and number of each phrase, in order of position; none overlaps another. Longer
            ones win over shorter, then left over right among those of several words.
        """
        if not self._is_frozen:
            self._freeze()
        n = len(words)
        state = self._first[np.minimum(words, len(self._first) - 1)]
        at = np.flatnonzero(state > 0)
        state = state[at]
        best = self._values[state]
        if counts is not None:
            best[(best >= 0) & ~counts(at, best)] = -1
        size = np.ones(len(at), dtype=np.int64)
        alive, step = np.flatnonzero(self._goes_on[state]), 0
        alive_state = state[alive]
        broken: list[tuple[Ints, Ints, int]] = []
        while len(alive):
            step += 1
            position = at[alive] + step
            if len(position) and position[-1] >= n:
                inside = position < n
                alive, alive_state, position = alive[inside], alive_state[inside], position[inside]
            if gaps is not None:
                enters = np.flatnonzero(gaps.is_entry[position])
                enters = enters[~gaps.is_light[at[alive[enters]]]]
                broken.append((alive[enters], alive_state[enters], step))
            slots = _slots(alive_state, words[position])
            may = np.flatnonzero(self._may[slots])
            alive, alive_state, slots = alive[may], alive_state[may], slots[may]
            keys = (alive_state << 32) | words[position[may]]
            place = self._place[slots]
            hidden = np.flatnonzero(self._is_hidden[slots])
            if len(hidden):
                place[hidden] = np.searchsorted(self._keys[:-1], keys[hidden])
            inside = segment[position[may]] == segment[at[alive]]
            hit = np.flatnonzero((self._keys[place] == keys) & inside)
            alive, alive_state = alive[hit], self._next[place[hit]]
            value = self._values[alive_state]
            ends = value >= 0
            if counts is not None:
                ends &= counts(at[alive], value)
            best[alive[ends]] = value[ends]
            size[alive[ends]] = step + 1
            more = self._goes_on[alive_state]
            alive, alive_state = alive[more], alive_state[more]
        head = size
        if gaps is not None:
            head = self._go_on(at, best, size, broken, words, segment, gaps)
        found = np.flatnonzero(best >= 0)
        chosen = _without_overlap(at[found], size[found], n)
        found = found[chosen]
        return at[found], size[found], head[found], best[found]

    def _go_on(
        self,
        at: Ints,
        best: Ints,
        size: Ints,
        broken: list[tuple[Ints, Ints, int]],
        words: Ints,
        segment: Ints,
        gaps: Gaps,
    ) -> Ints:
        """Follow phrases broken off on behind their gaps; return the words before the gap.

        Where such a phrase has more words than the best without a gap it stands instead of it.
        """
        head = size.copy()
        row = np.concatenate([np.zeros(0, dtype=np.int64), *(rows for rows, _, _ in broken)])
        state = np.concatenate([row[:0], *(states for _, states, _ in broken)])
        before = np.repeat(
            np.arange(1, len(broken) + 1), np.array([len(rows) for rows, _, _ in broken], int)
        )
        behind = gaps.behind[gaps.run[at[row] + before]]
        of, way = np.nonzero(behind < len(words))
        row, state, before, position = row[of], state[of], before[of], behind[of, way]
        alone, found, step = best[row], [(row[:0],) * 5], 0
        while len(row):
            step += 1
            may = position < len(words)
            may[may] = self._may[_slots(state[may], gaps.words[position[may]])]
            row, state, before, alone = row[may], state[may], before[may], alone[may]
            position = position[may]
            keys = (state << 32) | gaps.words[position]
            place = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
            hit = (self._keys[place] == keys) & (segment[position] == segment[at[row]])
            row, before, alone, position = row[hit], before[hit], alone[hit], position[hit]
            state = self._next[place[hit]]
            value = self._values[state]
            ends = gaps.allows(value, alone) & (gaps.words[position] == words[position])
            ends &= before + step > size[row]
            found.append(
                (row[ends], before[ends] + step, before[ends], position[ends], value[ends])
            )
            position = position + 1
        row, n_words, before, position, value = map(np.concatenate, zip(*found, strict=True))
        # Of several from one word on the last stands.
        order = np.argsort(n_words, kind="stable")
        row, before, position = row[order], before[order], position[order]
        best[row], head[row], size[row] = value[order], before, position + 1 - at[row]
        return head


#: Slots of the table of words that may go on; a power of two.
_TABLE = 1 << 20
_WORD = (1 << 32) - 1


def _slots(state: Ints, word: Ints) -> Ints:
    return (state * 40_503 + word) & (_TABLE - 1)


def _without_overlap(at: Ints, size: Ints, n: int) -> Ints:
    is_long: NDArray[np.bool_] = size > 1
    long_rows = np.flatnonzero(is_long)
    if not len(long_rows):
        return np.arange(len(at))
    first, behind = at[long_rows], at[long_rows] + size[long_rows]
    picked = np.ones(len(long_rows), dtype=bool)
    # Only where one begins inside another do they have to be walked from left to right.
    clashes = np.append(False, first[1:] < np.maximum.accumulate(behind)[:-1])
    walked = np.flatnonzero(clashes | np.append(clashes[1:], False))
    free = 0
    for row, begin, end in zip(
        walked.tolist(), first[walked].tolist(), behind[walked].tolist(), strict=True
    ):
        if begin < free:
            picked[row] = False
        else:
            free = end
    marks = np.zeros(n + 1, dtype=np.int8)
    marks[first[picked]] += 1
    marks[behind[picked]] -= 1
    covered = np.cumsum(marks, dtype=np.int8) > 0
    is_chosen = ~is_long & ~covered[at]
    is_chosen[long_rows[picked]] = True
    chosen: Ints = np.flatnonzero(is_chosen)
    return chosen

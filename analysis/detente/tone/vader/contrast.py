"""VADER's rule of "but": what stands before it counts half, what follows one and a half times.

The library looks each value up in its own list (`sentiments.index`), and so changes the first
word that has this value *now*, which need not be the word it has come to. This happens where
a value already changed equals one still to come. Texts without such a pair take the plain
rule, all at once; the others are replayed value by value, in time n log n.
"""

from __future__ import annotations

from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

from detente.tone.vader.valence import Rated

__all__ = ["weigh_contrast"]

_BEFORE, _AFTER = 0.5, 1.5

#: Pairs of values are compared up to this distance; texts with more values are replayed.
_MOST_VALUES = 16


def weigh_contrast(rated: Rated, starts: NDArray[np.int64], buts: NDArray[np.int64]) -> Rated:
    """Halve what stands before the first "but" of a text and raise what follows.

    Parameters
    ----------
    rated : Rated
        The words of the lexicon; not changed.
    starts : array of int, shape (n_texts + 1,)
        Where each text begins among the words.
    buts : array of int
        Where every "but" stands among the words, rising.

    Returns
    -------
    Rated
        The same words with the values that enter the sums.
    """
    first = np.searchsorted(buts, starts)
    # the first "but" at or after each text's beginning, if it is still of this text
    but = np.append(buts, np.iinfo(np.int64).max)[first[:-1]]
    has_but = but < starts[1:]
    touched = np.flatnonzero(has_but[rated.rows] & (rated.valence != 0))
    if touched.size == 0:
        return rated
    rows, old = rated.rows[touched], rated.valence[touched]
    is_before = rated.places[touched] < but[rows]
    new = old * np.where(is_before, _BEFORE, _AFTER)
    whole = None if rated.is_whole is None else rated.is_whole.copy()
    if whole is not None:
        whole[touched] = False
    edges = np.append(np.flatnonzero(np.diff(rows, prepend=-1)), len(rows))
    for i in np.flatnonzero(_needs_replay(rows, old, new, edges)).tolist():
        low, high = edges[i], edges[i + 1]
        values: list[float] = old[low:high].tolist()
        if rated.is_whole is not None:
            flags = rated.is_whole[touched[low:high]].tolist()
            values = [int(x) if is_int else x for x, is_int in zip(values, flags, strict=True)]
        _replay(values, int(is_before[low:high].sum()))
        new[low:high] = values
        if whole is not None:
            whole[touched[low:high]] = [isinstance(x, int) for x in values]
    valence = rated.valence.copy()
    valence[touched] = new
    return Rated(rated.places, rated.rows, valence, whole)


def _needs_replay(
    rows: NDArray[np.int64],
    old: NDArray[np.float64],
    new: NDArray[np.float64],
    edges: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Say of each text (between two edges) whether a changed value equals a later one."""
    sizes = np.diff(edges)
    text = np.repeat(np.arange(len(sizes)), sizes)
    needs: NDArray[np.bool_] = sizes > _MOST_VALUES
    for k in range(1, min(int(sizes.max()), _MOST_VALUES)):
        is_met = (new[:-k] == old[k:]) & (rows[:-k] == rows[k:])
        needs[text[:-k][is_met]] = True
    return needs


def _replay(values: list[float], n_before: int) -> None:
    """Change `values` in place as the library does; the first `n_before` precede "but"."""
    where: dict[float, list[int]] = {}  # places of each value, as heaps that may be outdated
    for k in range(len(values)):
        value = values[k]
        places = where.setdefault(value, [])
        while places and values[places[0]] != value:
            heappop(places)
        place = places[0] if places else k
        if place != k:
            heappush(places, k)  # it keeps its value, and later ones may find it
        changed = value * (_BEFORE if place < n_before else _AFTER)
        values[place] = changed
        heappush(where.setdefault(changed, []), place)

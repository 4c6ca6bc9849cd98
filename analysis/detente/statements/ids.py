"""Ids of a file that is read in batches: which of them stood in an earlier batch."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

__all__ = ["SeenIds"]

#: Ids of one sorted run; longer runs would have to be copied whole when they are merged.
_RUN = 2**20


class SeenIds:
    """What ids have occurred so far, at 16 bytes each.

    Notes
    -----
    Kept are two hashes of an id, of 64 and 32 bits, and its row: among a billion ids the chance
    that any two different ones pass for the same is below one in a hundred billion.

    Examples
    --------
    >>> seen = SeenIds()
    >>> seen.add(["a", "b"], [2, 3]), seen.add(["c", "a"], [4, 5])
    ({}, {5: 2})
    """

    def __init__(self) -> None:
        self._runs: list[tuple[NDArray[np.uint64], NDArray[np.uint32], NDArray[np.uint32]]] = []

    def add(self, ids: list[str], rows: list[int]) -> dict[int, int]:
        """Add the ids of a batch.

        Parameters
        ----------
        ids : list of str, length n
            The ids; none half a surrogate pair.
        rows : list of int, length n
            Their rows, below 2**32.

        Returns
        -------
        dict of int to int
            Row of each id that an earlier batch has, and its row there.
        """
        values = np.array(ids, dtype=object)
        key = pd.util.hash_array(values, categorize=False)
        other = pd.util.hash_array(values, hash_key="detente-check-id", categorize=False)
        check = other.astype(np.uint32)
        places = np.array(rows, dtype=np.uint32)
        found: dict[int, int] = {}
        for keys, checks, earlier in self._runs:
            at = np.minimum(np.searchsorted(keys, key), len(keys) - 1)
            hit = np.flatnonzero((keys[at] == key) & (checks[at] == check))
            found.update(zip(places[hit].tolist(), earlier[at[hit]].tolist(), strict=True))
        if len(key):
            self._merge(key, check, places)
        return found

    def _merge(
        self, key: NDArray[np.uint64], check: NDArray[np.uint32], rows: NDArray[np.uint32]
    ) -> None:
        """Sort ids in, together with runs that are no longer than they are."""
        while self._runs and len(self._runs[-1][0]) <= len(key) < _RUN:
            older = self._runs.pop()
            key = np.concatenate([older[0], key])
            check = np.concatenate([older[1], check])
            rows = np.concatenate([older[2], rows])
        order = np.argsort(key, kind="stable")
        self._runs.append((key[order], check[order], rows[order]))

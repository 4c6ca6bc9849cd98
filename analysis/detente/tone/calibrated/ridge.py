"""Ridge fits of many selections of the same rows: the work they share is done once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from detente.tone.calibrated.design import MIN_BLOCKS, MIN_TOPICS, Design, least_count
from detente.tone.calibrated.fitting import Split
from detente.tone.calibrated.grams import LEAST_LENGTH, count_scale
from detente.tone.calibrated.rules import SHARE, Bools, Floats, Ints

__all__ = ["RidgeFits"]

#: Far below the digits that tones are kept with.
_TOLERANCE, _MAX_STEPS = 1e-8, 2000

#: Fits made side by side; bounds the memory, not the result.
_AT_ONCE = 16


class RidgeFits:
    """Fits as `fit` makes them, for users who want tones and need no weights.

    Parameters
    ----------
    design : Design
        Everything that fits are made of.

    Notes
    -----
    The presences of all rows stay where they are, as ones; what differs between fits is the
    scale of each feature and the length of each row, which stand beside them. So one matrix
    serves to fit and to predict, and one pass over it several fits at once. Rows that are not
    fitted to are masked. The conjugate gradients run over rows, on values with their means
    taken off.
    """

    def __init__(self, design: Design) -> None:
        corpus, presence = design.corpus, design.presence
        self._design = design
        self._n, self._p = presence.shape
        # Passes over the presences wait for memory: the shortest numbers are the quickest.
        self._presence = sparse.csr_array(
            (
                np.ones(presence.nnz),
                presence.indices.astype(np.int32),
                presence.indptr.astype(np.int32),
            ),
            shape=presence.shape,
        )
        self._across = self._presence.T.tocsr()
        groups = [(corpus.block, MIN_BLOCKS)]
        if corpus.has_topics:
            groups.append((corpus.topic, MIN_TOPICS))
        self._cells = [(*self._cells_of(group), least) for group, least in groups]

    def _cells_of(self, group: Ints) -> tuple[Ints, Ints, Ints]:
        """Return rows by feature and group, where each such cell begins, and its feature."""
        # With rows in the order of their groups, so are the entries of each feature.
        by_group = np.argsort(group, kind="stable")
        across = self._presence[by_group].T.tocsr()
        row = by_group[across.indices]
        feature = np.repeat(np.arange(self._p), np.diff(across.indptr))
        of_row = group[row]
        is_first = np.ones(len(row), dtype=bool)
        is_first[1:] = (feature[1:] != feature[:-1]) | (of_row[1:] != of_row[:-1])
        begin = np.flatnonzero(is_first)
        return row, begin, feature[begin]

    def tones(self, splits: Sequence[Split]) -> list[Floats]:
        """Fit some rows and return the linear tones of others, once for each split.

        Parameters
        ----------
        splits : sequence of Split
            Of each, the rows that are fitted to are at least one.

        Returns
        -------
        list of ndarray of float
            Of each split, tones of the rows left out, not scaled.
        """
        given = SHARE * self._design.tone
        tones: list[Floats] = []
        for start in range(0, len(splits), _AT_ONCE):
            part = splits[start : start + _AT_ONCE]
            left = self._fit(part, self._design.corpus.gold - given)
            tones += [left[outside, k] + given[outside] for k, (_, outside, _) in enumerate(part)]
        return tones

    def _scale(self, is_in: Bools) -> Floats:
        """Return the scale of each feature that the rows fitted to support, 0 of others."""
        count = self._across @ is_in.astype(np.float64)
        supported = count >= least_count(self._design.corpus)
        for row, begin, feature, least in self._cells:
            if len(begin):
                seen = np.logical_or.reduceat(is_in[row], begin)
                supported &= np.bincount(feature[seen], minlength=self._p) >= least
        return np.where(supported, count_scale(np.maximum(count, 1).astype(np.int64)), 0.0)

    def _fit(self, splits: Sequence[Split], explained: Floats) -> Floats:
        """Return intercept plus weighted values of all rows, a column for each split."""
        is_in = np.zeros((self._n, len(splits)), dtype=bool)
        for k, (inside, _, _) in enumerate(splits):
            is_in[inside, k] = True
        weigh = is_in.astype(np.float64)
        n_in = weigh.sum(axis=0)
        base = explained @ weigh / n_in
        # Several penalties are tried on the same rows.
        scales: dict[int, Floats] = {}
        for k, (inside, _, _) in enumerate(splits):
            if id(inside) not in scales:
                scales[id(inside)] = self._scale(is_in[:, k])
        scale = np.column_stack([scales[id(inside)] for inside, _, _ in splits])
        length = np.sqrt(np.asarray(self._presence @ (scale * scale)))
        inverse = 1.0 / np.maximum(length, LEAST_LENGTH)
        mean = scale * (self._across @ (inverse * weigh)) / n_in
        penalty = np.array([split[2] for split in splits])

        def weights(row: Floats, k: Ints) -> Floats:
            across = scale[:, k] * (self._across @ (inverse[:, k] * row))
            return np.asarray(across - mean[:, k] * row.sum(axis=0))

        def linear(weight: Floats, k: Ints) -> Floats:
            """Return the weighted values of all rows less their means."""
            values = inverse[:, k] * (self._presence @ (scale[:, k] * weight))
            return np.asarray(values - _dots(mean[:, k], weight))

        dual = np.zeros((self._n, len(splits)))
        rest: Floats = weigh * (explained[:, None] - base)
        enough = _TOLERANCE * np.sqrt(_dots(rest, rest))
        # Conjugate gradients; a column that has come near enough is not touched any more.
        open_: Ints = np.arange(len(splits))
        step: Floats = np.zeros_like(rest)
        before: Floats = np.ones(len(splits))
        for _ in range(_MAX_STEPS):
            square = _dots(rest, rest)
            going = np.sqrt(square) >= np.maximum(enough[open_], np.finfo(np.float64).tiny)
            if not going.all():
                open_, square, before = open_[going], square[going], before[going]
                rest, step = rest[:, going], step[:, going]
            if not len(open_):
                break
            step = rest + square / before * step
            image = weigh[:, open_] * linear(weights(step, open_), open_) + penalty[open_] * step
            far = square / _dots(step, image)
            dual[:, open_] += far * step
            rest = rest - far * image
            before = square
        every: Ints = np.arange(len(splits))
        return np.asarray(linear(weights(dual, every), every) + base)


def _dots(one: Floats, two: Floats) -> Floats:
    """Return the product of each column with its like."""
    return np.asarray(np.einsum("ij,ij->j", one, two))

"""Ridge fits of many selections of the same rows: the work they share is done once."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import LinearOperator, cg

from detente.tone.calibrated.design import MIN_BLOCKS, MIN_TOPICS, Design, least_count
from detente.tone.calibrated.grams import LEAST_LENGTH, count_scale
from detente.tone.calibrated.rules import SHARE, Bools, Floats, Ints

__all__ = ["RidgeFits"]

#: Far below the digits that tones are kept with.
_TOLERANCE, _MAX_STEPS = 1e-8, 2000


class RidgeFits:
    """Fits as `fit` makes them, for users who want tones and need no weights.

    Parameters
    ----------
    design : Design
        Everything that fits are made of.

    Notes
    -----
    The presences of all rows stay where they are; rows that are not fitted to are masked, so
    that one matrix serves to fit and to predict. The conjugate gradients run over rows, of
    which there are fewer than features, on values with their means taken off.
    """

    def __init__(self, design: Design) -> None:
        corpus, presence = design.corpus, design.presence
        self._design = design
        self._n, self._p = presence.shape
        self._start = presence.indptr
        self._column = presence.indices
        self._row = np.repeat(np.arange(self._n), np.diff(presence.indptr))
        groups = [(corpus.block, MIN_BLOCKS)]
        if corpus.has_topics:
            groups.append((corpus.topic, MIN_TOPICS))
        self._cells: list[tuple[Ints, int, int]] = []
        for group, least in groups:
            _, number = np.unique(group, return_inverse=True)
            cell = number[self._row] * self._p + self._column
            self._cells.append((cell, int(number.max(initial=-1)) + 1, least))

    def tones(self, inside: Ints, outside: Ints, penalty: float) -> Floats:
        """Fit some rows and return the linear tones of others.

        Parameters
        ----------
        inside, outside : ndarray of int
            Rows that are fitted to, at least one, and rows that tones are wanted of.
        penalty : float
            Ridge penalty, above 0.

        Returns
        -------
        ndarray of float, of the shape of `outside`
            Not scaled.
        """
        given = SHARE * self._design.tone
        is_in = np.zeros(self._n, dtype=bool)
        is_in[inside] = True
        values = self._values(is_in)
        weigh = is_in.astype(np.float64)
        mean = (values.T @ weigh) / len(inside)
        left = self._fit(values, mean, weigh, self._design.corpus.gold - given, penalty)
        tones: Floats = left[outside] + given[outside]
        return tones

    def _values(self, is_in: Bools) -> sparse.csr_array:
        """Return the values of all rows by the features that the rows fitted to support."""
        entry = is_in[self._row]
        count = np.bincount(self._column[entry], minlength=self._p)
        supported = count >= least_count(self._design.corpus)
        for cell, n_groups, least in self._cells:
            seen = np.zeros(n_groups * self._p, dtype=bool)
            seen[cell[entry]] = True
            supported &= seen.reshape(n_groups, self._p).sum(axis=0) >= least
        scale = np.where(supported, count_scale(np.maximum(count, 1)), 0.0)
        raw = scale[self._column]
        length = np.sqrt(np.bincount(self._row, raw * raw, minlength=self._n))
        value = raw / np.maximum(length, LEAST_LENGTH)[self._row]
        return sparse.csr_array((value, self._column, self._start), shape=(self._n, self._p))

    def _fit(
        self,
        values: sparse.csr_array,
        mean: Floats,
        weigh: Floats,
        explained: Floats,
        penalty: float,
    ) -> Floats:
        """Return intercept plus weighted values of all rows."""
        base = float(explained @ weigh / weigh.sum())
        across = values.T

        def weights(row: Floats) -> Floats:
            return np.asarray(across @ row - mean * row.sum())

        def apply(row: Floats) -> Floats:
            weight = weights(row)
            return np.asarray(weigh * (values @ weight - mean @ weight) + penalty * row)

        wanted = weigh * (explained - base)
        operator = LinearOperator((self._n, self._n), matvec=apply, dtype=np.float64)
        dual, _ = cg(operator, wanted, rtol=_TOLERANCE, atol=0.0, maxiter=_MAX_STEPS)
        weight = weights(dual)
        return np.asarray(values @ weight + (base - mean @ weight))

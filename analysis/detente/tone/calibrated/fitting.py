"""Ridge regression on what the rule scorer leaves over, and the choice of its settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy import sparse
from sklearn.linear_model import Ridge

from detente.tone.calibrated.design import Design, is_supported
from detente.tone.calibrated.grams import LEAST_LENGTH, count_scale
from detente.tone.calibrated.quality import pearson, slope
from detente.tone.calibrated.rules import SHARE, Bools, Floats, Ints
from detente.tone.calibrated.stretch import stretch

__all__ = ["MIN_TRANSFER", "Fit", "Predict", "Split", "choose", "fit", "scale_of"]

#: Penalties that are tried.
_PENALTIES = (1.5, 4.0)
_INNER_FOLDS = 3
#: Between these the factor is sought that undoes the shrinkage.
_SCALES = (0.5, 3.0)
#: Rows fitted to, rows left out, ridge penalty above 0.
Split = tuple[Ints, Ints, float]
#: Makes the linear tones of the rows left out of each split.
Predict = Callable[[Sequence[Split]], list[Floats]]
#: A dyad is a fold of its own where the others leave this many statements.
MIN_TRANSFER = 150


@dataclass(frozen=True, slots=True)
class Fit:
    """A linear rule: intercept + SHARE * tone + values of the kept features times weights.

    Attributes
    ----------
    kept : ndarray of int
        Columns of the design that are features.
    count : ndarray of int
        In how many statements each stands.
    weight : ndarray of float
        Weight of each.
    intercept : float
        The third part.
    """

    kept: Ints
    count: Ints
    weight: Floats
    intercept: float

    def predict(self, design: Design, rows: Ints) -> Floats:
        """Return the linear tone of some rows, not scaled."""
        values = _values(design.presence[rows][:, self.kept], self.count)
        tone: Floats = self.intercept + SHARE * design.tone[rows] + values @ self.weight
        return tone


def _values(presence: sparse.csr_array, count: Ints) -> sparse.csr_array:
    """Return presences as values: rarer n-grams a little larger, each row of length one at most."""
    raw = presence @ sparse.diags_array(count_scale(count))
    length = np.sqrt(np.asarray((raw * raw).sum(axis=1)).ravel())
    inverse = 1.0 / np.maximum(length, LEAST_LENGTH)
    return sparse.csr_array(sparse.diags_array(inverse) @ raw)


def fit(design: Design, rows: Ints, penalty: float) -> Fit:
    """Fit some rows with one penalty.

    Parameters
    ----------
    design : Design
        Everything that fits are made of.
    rows : ndarray of int, shape (n_rows,)
        Positions in the corpus of the statements that are fitted to; at least one.
    penalty : float
        Ridge penalty, above 0.

    Returns
    -------
    Fit
        Its features are those that occur in enough statements, blocks and topics of these rows.
        Where there are none, the intercept is the mean of what the rule scorer's share leaves
        over.
    """
    corpus = design.corpus
    kept = np.flatnonzero(is_supported(design.presence, corpus, rows))
    there = design.presence[rows][:, kept]
    count = np.asarray(there.sum(axis=0)).ravel().astype(np.int64)
    left = corpus.gold[rows] - SHARE * design.tone[rows]
    if not len(kept):
        return Fit(kept, count, np.zeros(0), float(left.mean()))
    # The sparse solver's result does not hang on how many threads do the arithmetic.
    ridge = Ridge(alpha=penalty, solver="sparse_cg", tol=1e-12, max_iter=2000)
    ridge.fit(_values(there, count), left)
    return Fit(kept, count, ridge.coef_, float(ridge.intercept_))


def choose(
    design: Design, rows: Ints, *, predict: Predict | None = None
) -> tuple[float, float, float]:
    """Choose the penalty inside some rows, and how to undo the shrinkage.

    Parameters
    ----------
    design : Design
        Everything that fits are made of.
    rows : ndarray of int, shape (n_rows,)
        Positions in the corpus of the statements that are chosen by; of two blocks at least, as
        each fold of blocks is scored by the others.
    predict : callable, optional
        Makes the linear tones of the rows left out of splits, all of which are asked for at
        once. Default: by `fit`; `RidgeFits.tones` is quicker.

    Returns
    -------
    penalty : float
        The one with the highest mean correlation, over blocks left out in each dated dyad and in
        the constructed statements together, and over dated dyads left out where the others
        suffice.
    slope, intercept : float
        Scale and shift of the tones of left-out blocks under this penalty, after which codings
        rise by 1 with the stretched tone and have its mean, judged on dated statements where
        there are any.
        The scale is sought from 0.5 to 3 and ends at a border where none between them does it.
    """
    corpus = design.corpus
    if predict is None:
        predict = partial(_by_fit, design)
    # The constructed statements are one group, whichever their dyads.
    group = np.where(corpus.is_dated, corpus.dyad, -1)[rows]
    # Blocks are dealt out in turn, so that every fold holds early and late ones.
    fold = np.unique(corpus.block[rows], return_inverse=True)[1] % _INNER_FOLDS
    by_block = [fold == k for k in np.unique(fold)]
    pair = corpus.pair[rows]
    by_dyad: list[tuple[Bools, Bools]] = []
    for k in np.unique(group[group >= 0]):
        # Constructed statements on the two countries are left out with theirs.
        rest = ~np.isin(pair, pair[group == k])
        if np.sum(rest) >= MIN_TRANSFER:
            by_dyad.append((rest, group == k))
    parts = [group == k for k in np.unique(group)]
    folds = [*((~out, out) for out in by_block), *by_dyad]
    taken = [(rows[rest], rows[out]) for rest, out in folds]
    left_out = iter(predict([(*fold, tried) for tried in _PENALTIES for fold in taken]))
    best: tuple[float, float, Floats] | None = None
    for tried in _PENALTIES:
        tone = np.empty(len(rows))
        for out in by_block:
            tone[out] = next(left_out)
        found = [pearson(corpus.gold[rows[part]], tone[part]) for part in parts]
        for _, out in by_dyad:
            found.append(pearson(corpus.gold[rows[out]], next(left_out)))
        merit = float(np.mean(found))
        if best is None or merit > best[0] + 1e-9:
            best = merit, tried, tone
    assert best is not None
    _, chosen, tone = best
    # How far constructed statements go was their writers' choice.
    own = corpus.is_dated[rows] if corpus.is_dated[rows].any() else np.ones(len(rows), dtype=bool)
    gold, tone = corpus.gold[rows][own], tone[own]
    return chosen, *scale_of(gold, tone)


def scale_of(gold: Floats, tone: Floats) -> tuple[float, float]:
    """Return slope and intercept that undo the shrinkage of tones, and keep the mean of the codes.

    Parameters
    ----------
    gold, tone : ndarray of float, shape (n,)
        Codes, and linear tones that were learned from other blocks.

    Returns
    -------
    slope, intercept : float
        As for `choose`.
    """
    low, high = _SCALES
    # The stretched tones are to have the mean of the codes, whatever the step does to theirs.
    level = float(gold.mean())
    for _ in range(40):
        steep = (low + high) / 2
        for _ in range(5):
            given = stretch(level + steep * (tone - tone.mean()))
            level += float(gold.mean() - given.mean())
        low, high = (low, steep) if slope(gold, given) < 1 else (steep, high)
    return steep, level - steep * float(tone.mean())


def _by_fit(design: Design, splits: Sequence[Split]) -> list[Floats]:
    return [
        fit(design, inside, penalty).predict(design, outside) for inside, outside, penalty in splits
    ]

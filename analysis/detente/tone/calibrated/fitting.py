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
from detente.tone.calibrated.rules import Floats, Ints
from detente.tone.calibrated.stretch import stretch

__all__ = ["MIN_TRANSFER", "Fit", "Predict", "Settings", "choose", "fit"]

#: Shares of the rule scorer's tone and penalties that are tried.
_SHARES = (0.4, 0.5, 0.6)
_PENALTIES = (1.5, 4.0)
_INNER_FOLDS = 5
#: Between these the factor is sought that undoes the shrinkage.
_SCALES = (0.5, 3.0)
#: Rows fitted to, rows left out, penalty, shares -> linear tones of the latter for each share.
Predict = Callable[[Ints, Ints, float, Sequence[float]], list[Floats]]
#: A dyad is a fold of its own where the others leave this many statements.
MIN_TRANSFER = 150


@dataclass(frozen=True, slots=True)
class Settings:
    """What is chosen inside the training data.

    Attributes
    ----------
    share : float
        Share of the rule scorer's tone that is taken over before the n-grams are learned. Held
        below 1 and not estimated: the rules were written by readers of many of the codings, so
        a free coefficient would trust them too much.
    penalty : float
        Ridge penalty.
    """

    share: float
    penalty: float


@dataclass(frozen=True, slots=True)
class Fit:
    """A linear rule: intercept + share * tone + values of the kept features times weights.

    Attributes
    ----------
    kept : ndarray of int
        Columns of the design that are features.
    count : ndarray of int
        In how many statements each stands.
    weight : ndarray of float
        Weight of each.
    intercept, share : float
        The other two parts.
    """

    kept: Ints
    count: Ints
    weight: Floats
    intercept: float
    share: float

    def predict(self, design: Design, rows: Ints) -> Floats:
        """Return the linear tone of some rows, not scaled."""
        values = _values(design.presence[rows][:, self.kept], self.count)
        tone: Floats = self.intercept + self.share * design.tone[rows] + values @ self.weight
        return tone


def _values(presence: sparse.csr_array, count: Ints) -> sparse.csr_array:
    """Return presences as values: rarer n-grams a little larger, each row of length one at most."""
    raw = presence @ sparse.diags_array(count_scale(count))
    length = np.sqrt(np.asarray((raw * raw).sum(axis=1)).ravel())
    inverse = 1.0 / np.maximum(length, LEAST_LENGTH)
    return sparse.csr_array(sparse.diags_array(inverse) @ raw)


def fit(design: Design, rows: Ints, penalty: float, shares: Sequence[float]) -> list[Fit]:
    """Fit some rows with one penalty, once for each share of the rule scorer's tone.

    A ridge is linear in what it explains, so one fit to the codings and one to the rule
    scorer's tones serve all shares.

    Parameters
    ----------
    design : Design
        Everything that fits are made of.
    rows : ndarray of int, shape (n_rows,)
        Positions in the corpus of the statements that are fitted to; at least one.
    penalty : float
        Ridge penalty, above 0.
    shares : sequence of float
        Shares of the rule scorer's tone, in [0, 1].

    Returns
    -------
    list of Fit
        One for each share, in the order given. All have the same features: those that occur in
        enough statements, blocks and topics of these rows. Where there are none, the intercept
        is the mean of what the rule scorer's share leaves over.
    """
    corpus = design.corpus
    kept = np.flatnonzero(is_supported(design.presence, corpus, rows))
    there = design.presence[rows][:, kept]
    count = np.asarray(there.sum(axis=0)).ravel().astype(np.int64)
    explained = np.column_stack([corpus.gold[rows], design.tone[rows]])
    if len(kept):
        # The sparse solver's result does not hang on how many threads do the arithmetic.
        ridge = Ridge(alpha=penalty, solver="sparse_cg", tol=1e-12, max_iter=2000)
        ridge.fit(_values(there, count), explained)
        (of_gold, of_tone), (base, base_tone) = ridge.coef_, ridge.intercept_
    else:
        of_gold = of_tone = np.zeros(0)
        base, base_tone = explained.mean(axis=0)
    return [Fit(kept, count, of_gold - s * of_tone, float(base - s * base_tone), s) for s in shares]


def choose(
    design: Design,
    rows: Ints,
    *,
    settings: Settings | None = None,
    predict: Predict | None = None,
) -> tuple[Settings, float, float]:
    """Choose the settings inside some rows, and how to undo the shrinkage.

    Parameters
    ----------
    design : Design
        Everything that fits are made of.
    rows : ndarray of int, shape (n_rows,)
        Positions in the corpus of the statements that are chosen by; of two blocks at least, as
        each fold of blocks is scored by the others.
    settings : Settings, optional
        Settings that are chosen already; what is left is to undo the shrinkage.
    predict : callable, optional
        Makes the tones of left-out rows: rows fitted to, rows left out, penalty and shares ->
        their linear tones, for each share. Default: by `fit`; `RidgeFits.tones` is quicker.

    Returns
    -------
    settings : Settings
        Those with the highest mean correlation, over blocks left out in each dated dyad and in
        the constructed statements together, and over dated dyads left out where the others
        suffice.
    slope, intercept : float
        Scale and shift of the tones of left-out blocks under these settings, after which
        codings rise by 1 with the stretched tone, judged on dated statements where there are any.
        The scale is sought from 0.5 to 3 and ends at a border where none between them does it.
    """
    corpus = design.corpus
    shares: Sequence[float] = _SHARES
    penalties: Sequence[float] = _PENALTIES
    if settings is not None:
        shares, penalties = (settings.share,), (settings.penalty,)
    if predict is None:
        predict = partial(_by_fit, design)
    # The constructed statements are one group, whichever their dyads.
    group = np.where(corpus.is_dated, corpus.dyad, -1)[rows]
    # Blocks are dealt out in turn, so that every fold holds early and late ones.
    fold = np.unique(corpus.block[rows], return_inverse=True)[1] % _INNER_FOLDS
    by_block = [(fold != k, fold == k) for k in np.unique(fold)]
    dyads = [k for k in np.unique(group) if k >= 0 and np.sum(group != k) >= MIN_TRANSFER]
    by_dyad = [] if settings is not None else [(group != k, group == k) for k in dyads]
    best: tuple[float, Settings, Floats] | None = None
    for penalty in penalties:
        tones = np.empty((len(shares), len(rows)))
        moved: list[list[float]] = [[] for _ in shares]
        for groups, is_transfer in ((by_block, False), (by_dyad, True)):
            for inside, outside in groups:
                foretold = predict(rows[inside], rows[outside], penalty, shares)
                for i, given in enumerate(foretold):
                    if is_transfer:
                        moved[i].append(pearson(corpus.gold[rows[outside]], given))
                    else:
                        tones[i, outside] = given
        for i, share in enumerate(shares):
            within = [
                pearson(corpus.gold[rows[group == k]], tones[i, group == k])
                for k in np.unique(group)
            ]
            merit = float(np.mean(within + moved[i]))
            if best is None or merit > best[0] + 1e-9:
                best = merit, Settings(share, penalty), tones[i]
    assert best is not None
    _, chosen, tone = best
    # How far constructed statements go was their writers' choice.
    own = corpus.is_dated[rows] if corpus.is_dated[rows].any() else np.ones(len(rows), dtype=bool)
    gold, tone = corpus.gold[rows][own], tone[own]
    steep = _undone_shrinkage(gold, tone)
    return chosen, steep, float(gold.mean() - steep * tone.mean())


def _by_fit(
    design: Design, inside: Ints, outside: Ints, penalty: float, shares: Sequence[float]
) -> list[Floats]:
    return [one.predict(design, outside) for one in fit(design, inside, penalty, shares)]


def _undone_shrinkage(gold: Floats, tone: Floats) -> float:
    """Return by what to multiply tones so that codings rise by 1 with the stretched tone."""
    low, high = _SCALES
    for _ in range(40):
        middle = (low + high) / 2
        given = stretch(gold.mean() + middle * (tone - tone.mean()))
        low, high = (low, middle) if slope(gold, given) < 1 else (middle, high)
    return (low + high) / 2

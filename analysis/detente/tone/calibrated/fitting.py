"""Ridge regression on what the rule scorer leaves over, and the choice of its settings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.linear_model import Ridge

from detente.tone.calibrated.corpus import Corpus
from detente.tone.calibrated.grams import (
    LEAST_LENGTH,
    GramTable,
    all_grams,
    count_scale,
    presence_values,
)
from detente.tone.calibrated.masking import MASKS, MaskedTexts, Masker, common_words
from detente.tone.calibrated.quality import pearson, slope
from detente.tone.calibrated.rules import Bools, Floats, Ints, RuleReader
from detente.tone.calibrated.stretch import stretch

__all__ = ["MIN_TRANSFER", "Design", "Fit", "Settings", "choose", "fit", "make_design"]

#: A feature must occur in this many statements, blocks and topics of what is learned from.
MIN_N, MIN_BLOCKS, MIN_TOPICS = 5, 3, 2
#: Shares of the rule scorer's tone and penalties that are tried.
_SHARES = (0.4, 0.5, 0.6)
_PENALTIES = (1.5, 4.0)
_INNER_FOLDS = 5
#: Between these the factor is sought that undoes the shrinkage.
_SCALES = (0.5, 3.0)
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
class Design:
    """Everything that fits are made of.

    Attributes
    ----------
    corpus : Corpus
        What is learned from.
    common : tuple of str
        Words written in lower case; see `Masker`.
    features : tuple of str
        Candidate n-grams.
    wording : tuple of str
        The same in the commonest full word of each stem.
    presence : csr_array, shape (n, n_features)
        1 where a statement holds the n-gram.
    tone : ndarray of float, shape (n,)
        The rule scorer's tone in [-1, 1].
    """

    corpus: Corpus
    common: tuple[str, ...]
    features: tuple[str, ...]
    wording: tuple[str, ...]
    presence: sparse.csr_array
    tone: Floats


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


def make_design(corpus: Corpus) -> Design:
    """Read the texts of a corpus and find all n-grams frequent enough to be candidates.

    Parameters
    ----------
    corpus : Corpus
        The coded statements, n of them.

    Returns
    -------
    Design
        Its rows are the corpus's statements in their order; its columns, sorted by n-gram, are
        those of one to three masked words that occur in five statements, three blocks and, where
        topics are given, two topics of the whole corpus. Its tone is clipped to [-1, 1] and 0
        for a text without letters.
    """
    reading = RuleReader().read([named.text for named in corpus.named])
    common = common_words(reading)
    masker = Masker(common)
    masked = masker.mask(reading)
    words = masker.words
    grams = all_grams(masked, np.arange(len(words)), len(words))
    pairs = np.unique(np.stack([grams.feature, grams.text], axis=1), axis=0)
    keys, counts = np.unique(pairs[:, 0], return_counts=True)
    features = sorted(_spelled(key, words) for key in keys[counts >= MIN_N].tolist())
    table = GramTable(features)
    found = table.find(masked, words)
    n, p = len(corpus), len(features)
    text, feature, _ = presence_values(found.text, found.feature, np.ones(p), n)
    presence = sparse.csr_array((np.ones(len(text)), (text, feature)), shape=(n, p))
    every = np.arange(n)
    supported = np.flatnonzero(_is_supported(presence, corpus, every))
    chosen = tuple(features[i] for i in supported.tolist())
    full = _full_words(corpus, masked, words)
    return Design(
        corpus,
        common,
        chosen,
        tuple(" ".join(full[word] for word in feature.split(" ")) for feature in chosen),
        presence[:, supported],
        np.clip(np.nan_to_num(reading.tone), -1.0, 1.0),
    )


def _full_words(corpus: Corpus, masked: MaskedTexts, words: Sequence[str]) -> dict[str, str]:
    """Return for each masked word its commonest wording; a mask stands for itself."""
    seen: dict[str, Counter[str]] = {}
    for number, text, start, end in zip(
        masked.word.tolist(),
        masked.text.tolist(),
        masked.start.tolist(),
        masked.end.tolist(),
        strict=True,
    ):
        wording = corpus.named[text].text[start:end].lower()
        seen.setdefault(words[number], Counter())[wording] += 1
    return {
        word: word if word in MASKS else min(found, key=lambda one: (-found[one], one))
        for word, found in seen.items()
    }


def _spelled(key: int, words: Sequence[str]) -> str:
    spelled: list[str] = []
    while key:
        key, digit = divmod(key, len(words))
        spelled.append(words[digit])
    return " ".join(reversed(spelled))


def _is_supported(presence: sparse.csr_array, corpus: Corpus, rows: Ints) -> Bools:
    """Say which features occur in enough statements, blocks and topics of some rows."""
    there = presence[rows]
    supported: Bools = np.asarray(there.sum(axis=0)).ravel() >= MIN_N
    for group, least in ((corpus.block, MIN_BLOCKS), (corpus.topic, MIN_TOPICS)):
        if group is corpus.topic and not corpus.has_topics:
            continue
        _, number = np.unique(group[rows], return_inverse=True)
        member = sparse.csr_array(
            (np.ones(len(rows)), (number, np.arange(len(rows)))),
            shape=(int(number.max(initial=0)) + 1, len(rows)),
        )
        supported &= np.asarray(((member @ there) > 0).sum(axis=0)).ravel() >= least
    return supported


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
    kept = np.flatnonzero(_is_supported(design.presence, corpus, rows))
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


def choose(design: Design, rows: Ints) -> tuple[Settings, float, float]:
    """Choose the settings inside some rows, and how to undo the shrinkage.

    Parameters
    ----------
    design : Design
        Everything that fits are made of.
    rows : ndarray of int, shape (n_rows,)
        Positions in the corpus of the statements that are chosen by; of two blocks at least, as
        each fold of blocks is scored by the others.

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
    # The constructed statements are one group, whichever their dyads.
    group = np.where(corpus.is_dated, corpus.dyad, -1)[rows]
    # Blocks are dealt out in turn, so that every fold holds early and late ones.
    fold = np.unique(corpus.block[rows], return_inverse=True)[1] % _INNER_FOLDS
    by_block = [(fold != k, fold == k) for k in np.unique(fold)]
    dyads = [k for k in np.unique(group) if k >= 0 and np.sum(group != k) >= MIN_TRANSFER]
    by_dyad = [(group != k, group == k) for k in dyads]
    best: tuple[float, Settings, Floats] | None = None
    for penalty in _PENALTIES:
        tones = np.empty((len(_SHARES), len(rows)))
        moved: list[list[float]] = [[] for _ in _SHARES]
        for groups, is_transfer in ((by_block, False), (by_dyad, True)):
            for inside, outside in groups:
                fits = fit(design, rows[inside], penalty, _SHARES)
                for i, one in enumerate(fits):
                    given = one.predict(design, rows[outside])
                    if is_transfer:
                        moved[i].append(pearson(corpus.gold[rows[outside]], given))
                    else:
                        tones[i, outside] = given
        for i, share in enumerate(_SHARES):
            within = [
                pearson(corpus.gold[rows[group == k]], tones[i, group == k])
                for k in np.unique(group)
            ]
            merit = float(np.mean(within + moved[i]))
            if best is None or merit > best[0] + 1e-9:
                best = merit, Settings(share, penalty), tones[i]
    assert best is not None
    _, settings, tone = best
    # How far constructed statements go was their writers' choice.
    own = corpus.is_dated[rows] if corpus.is_dated[rows].any() else np.ones(len(rows), dtype=bool)
    gold, tone = corpus.gold[rows][own], tone[own]
    steep = _undone_shrinkage(gold, tone)
    return settings, steep, float(gold.mean() - steep * tone.mean())


def _undone_shrinkage(gold: Floats, tone: Floats) -> float:
    """Return by what to multiply tones so that codings rise by 1 with the stretched tone."""
    low, high = _SCALES
    for _ in range(40):
        middle = (low + high) / 2
        given = stretch(gold.mean() + middle * (tone - tone.mean()))
        low, high = (low, middle) if slope(gold, given) < 1 else (middle, high)
    return (low + high) / 2

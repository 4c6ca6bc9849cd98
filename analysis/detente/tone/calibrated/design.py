"""What fits are made of: coded texts as n-grams, and which n-grams have support."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from detente.tone.calibrated.corpus import Corpus
from detente.tone.calibrated.grams import GramTable, all_grams, presence_values
from detente.tone.calibrated.masking import MASKS, MaskedTexts, Masker, common_words
from detente.tone.calibrated.rules import Bools, Floats, Ints, Reading, RuleReader

__all__ = ["MIN_BLOCKS", "MIN_TOPICS", "Design", "is_supported", "least_count", "make_design"]

#: A feature must occur in this many blocks and topics of what is learned from.
MIN_BLOCKS, MIN_TOPICS = 3, 2
#: And in this many of its statements: five, or more where there are more than 10,000.
_MIN_N, _ONE_IN = 5, 2000


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


def make_design(
    corpus: Corpus, reading: Reading | None = None, *, is_worded: bool = True
) -> Design:
    """Read the texts of a corpus and find all n-grams frequent enough to be candidates.

    Parameters
    ----------
    corpus : Corpus
        The coded statements, n of them.
    reading : Reading, optional
        What the rule scorer saw in them, where they were read before.
    is_worded : bool, default True
        Whether to look up the commonest full words; else `wording` repeats `features`.

    Returns
    -------
    Design
        Its rows are the corpus's statements in their order; its columns, sorted by n-gram, are
        those of one to three masked words that occur in `least_count` statements, three blocks
        and, where topics are given, two topics of the whole corpus. Its tone is clipped to
        [-1, 1] and 0 for a text without letters.
    """
    if reading is None:
        reading = RuleReader().read([named.text for named in corpus.named])
    common = common_words(reading)
    masker = Masker(common)
    masked = masker.mask(reading)
    words = masker.words
    grams = all_grams(masked, np.arange(len(words)), len(words))
    # Each text counts once; those of one n-gram come in order.
    order = np.argsort(grams.feature, kind="stable")
    key, text = grams.feature[order], grams.text[order]
    first = np.ones(len(key), dtype=bool)
    first[1:] = (key[1:] != key[:-1]) | (text[1:] != text[:-1])
    key = key[first]
    begin = np.flatnonzero(np.append(True, key[1:] != key[:-1])) if len(key) else key
    often = np.diff(np.append(begin, len(key))) >= least_count(corpus)
    features = sorted(_spelled(one, words) for one in key[begin[often]].tolist())
    table = GramTable(features)
    found = table.find(masked, words)
    n, p = len(corpus), len(features)
    text, feature, _ = presence_values(found.text, found.feature, np.ones(p), n)
    presence = sparse.csr_array((np.ones(len(text)), (text, feature)), shape=(n, p))
    every = np.arange(n)
    supported = np.flatnonzero(is_supported(presence, corpus, every))
    chosen = tuple(features[i] for i in supported.tolist())
    wording = chosen
    if is_worded:
        full = _full_words(corpus, masked, words)
        wording = tuple(" ".join(full[word] for word in feature.split(" ")) for feature in chosen)
    return Design(
        corpus,
        common,
        chosen,
        wording,
        presence[:, supported],
        np.clip(np.nan_to_num(reading.tone), -1.0, 1.0),
    )


def least_count(corpus: Corpus) -> int:
    """Return in how many statements an n-gram must occur to be a feature.

    Parameters
    ----------
    corpus : Corpus
        What is learned from, whole; parts of it that are fitted to have the same bound.

    Returns
    -------
    int
        Five, or one in two thousand statements where that is more: what a large corpus holds five
        times is as rare as ever, and tens of thousands of such n-grams carried no information.
    """
    return max(_MIN_N, -(-len(corpus) // _ONE_IN))


def is_supported(presence: sparse.csr_array, corpus: Corpus, rows: Ints) -> Bools:
    """Say which features occur in enough statements, blocks and topics of some rows.

    Parameters
    ----------
    presence : csr_array, shape (n, n_features)
        1 where a statement holds the n-gram.
    corpus : Corpus
        The n statements.
    rows : ndarray of int
        Positions of the statements that are counted.

    Returns
    -------
    ndarray of bool, shape (n_features,)
        Topics count where the statements carry any.
    """
    there = presence[rows]
    supported: Bools = np.asarray(there.sum(axis=0)).ravel() >= least_count(corpus)
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

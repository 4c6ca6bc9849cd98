"""N-grams of masked words as integer keys, found for all positions of a batch at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.tone.calibrated.masking import MaskedTexts
from detente.tone.calibrated.rules import Bools, Floats, Ints

__all__ = [
    "LEAST_LENGTH",
    "MAX_WORDS",
    "GramTable",
    "Grams",
    "all_grams",
    "count_scale",
    "presence_values",
]

#: Longest n-gram.
MAX_WORDS = 3
#: Length of a text's vector of scales below which it is not brought to one, about that of the
#: shortest tenth of the coded statements: a title of one known word is not a statement.
LEAST_LENGTH = 2.0


@dataclass(frozen=True, slots=True)
class Grams:
    """N-grams found in a batch, a row each.

    Attributes
    ----------
    text : ndarray of int, shape (n,)
        Number of the text.
    feature : ndarray of int
        Key of the n-gram, or its number in a table.
    first, last : ndarray of int
        Positions of its first and last word in the masked texts.
    """

    text: Ints
    feature: Ints
    first: Ints
    last: Ints


def all_grams(masked: MaskedTexts, number: Ints, base: int) -> Grams:
    """Return every n-gram of one to three known words, by key.

    Parameters
    ----------
    masked : MaskedTexts
        The words.
    number : ndarray of int, shape (n_words,)
        For each number of a masked word the digit it gets in keys, 0 for an unknown word.
    base : int
        One more than the largest digit; keys are numbers of one to three digits in it.

    Returns
    -------
    Grams
        Repeats included; single words first, then pairs, then triples, each in order of
        position. `feature` holds keys, the first word as the highest digit. No n-gram runs over
        the border of a segment or over an unknown word.
    """
    digit = number[masked.word] if len(masked.word) else masked.word
    n = len(digit)
    texts: list[Ints] = []
    keys: list[Ints] = []
    firsts: list[Ints] = []
    lasts: list[Ints] = []
    at = np.flatnonzero(digit)
    key = digit[at]
    for size in range(1, MAX_WORDS + 1):
        if size > 1:
            following = at + size - 1
            inside = following < n
            at, key, following = at[inside], key[inside], following[inside]
            good = (masked.segment[following] == masked.segment[at]) & (digit[following] > 0)
            at, key = at[good], key[good] * base + digit[following[good]]
        texts.append(masked.text[at])
        keys.append(key)
        firsts.append(at)
        lasts.append(at + size - 1)
    return Grams(*(np.concatenate(column) for column in (texts, keys, firsts, lasts)))


class GramTable:
    """The n-grams that are features.

    Parameters
    ----------
    features : sequence of str
        Masked words with a space between them, such as "thank TARGET".
    """

    def __init__(self, features: Sequence[str]) -> None:
        self.features = tuple(features)
        words = sorted({word for feature in features for word in feature.split(" ")})
        self._digit = {word: place for place, word in enumerate(words, start=1)}
        self._base = len(words) + 1
        keys = np.fromiter(map(self._key, features), np.int64, len(self.features))
        self._order: Ints = np.argsort(keys)
        self._keys: Ints = keys[self._order]
        self._words: Sequence[str] = ()
        self._number: Ints = np.zeros(0, dtype=np.int64)

    def _key(self, feature: str) -> int:
        key = 0
        for word in feature.split(" "):
            key = key * self._base + self._digit[word]
        return key

    def find(self, masked: MaskedTexts, words: Sequence[str]) -> Grams:
        """Return the features found; `words` are the masker's, by number."""
        if words is not self._words:
            self._words, self._number = words, np.zeros(0, dtype=np.int64)
        fresh = words[len(self._number) :]
        if fresh:
            more = np.fromiter((self._digit.get(w, 0) for w in fresh), np.int64, len(fresh))
            self._number = np.concatenate([self._number, more])
        grams = all_grams(masked, self._number, self._base)
        if not len(self._keys):
            nothing = np.zeros(len(grams.text), dtype=bool)
            return _chosen(grams, grams.feature, nothing)
        slot = np.minimum(np.searchsorted(self._keys, grams.feature), len(self._keys) - 1)
        return _chosen(grams, self._order[slot], self._keys[slot] == grams.feature)


def _chosen(grams: Grams, feature: Ints, keep: Bools) -> Grams:
    return Grams(grams.text[keep], feature[keep], grams.first[keep], grams.last[keep])


def presence_values(
    text: Ints, feature: Ints, scale: Floats, n_texts: int
) -> tuple[Ints, Ints, Floats]:
    """Return each text's features once, and what one presence is worth there.

    Parameters
    ----------
    text, feature : ndarray of int, shape (n,)
        N-grams found, repeats included.
    scale : ndarray of float, shape (n_features,)
        How much the presence of each feature counts.
    n_texts : int
        Number of texts.

    Returns
    -------
    text, feature : ndarray of int
        Each pair once, in order of text, then feature.
    value : ndarray of float
        One divided by the length of the text's vector of scales, or by `LEAST_LENGTH` where it
        is shorter; the same for all features of a text, so that long texts do not weigh more,
        and a few words do not weigh as much as a statement.
    """
    # Sorted as they nearly are; a hash of so many distinct numbers takes many times as long.
    pair = np.sort(text * max(len(scale), 1) + feature, kind="stable")
    pair = pair[np.append(True, pair[1:] != pair[:-1])] if len(pair) else pair
    of, which = np.divmod(pair, max(len(scale), 1))
    length = np.sqrt(np.bincount(of, weights=scale[which] ** 2, minlength=n_texts))
    return of, which, 1.0 / np.maximum(length, LEAST_LENGTH)[of]


def count_scale(count: Ints) -> Floats:
    """Return how much the presence of an n-gram counts: a little less where it is frequent.

    Parameters
    ----------
    count : ndarray of int, shape (n_features,)
        In how many statements each n-gram stands, 1 or more.

    Returns
    -------
    ndarray of float, shape (n_features,)
        One divided by the fourth root of the count, in (0, 1].
    """
    return np.asarray(count.astype(np.float64) ** -0.25)

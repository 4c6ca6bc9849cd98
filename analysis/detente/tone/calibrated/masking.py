"""Texts as masked words: who is named becomes SOURCE, TARGET, THIRD or NAME, digits NUM."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from detente.tone.calibrated.rules import SOURCE, TARGET, THIRD, Ints, Reading
from detente.tone.calibrated.stemming import stem

__all__ = ["EMPTY", "MASKS", "MaskedTexts", "Masker", "common_words"]

#: Words that stand for what they hide.
MASKS = ("SOURCE", "TARGET", "THIRD", "NAME", "NUM")
#: Words that say nothing of a tone by themselves, as stems, and the masks.
EMPTY = frozenset(MASKS) | {
    stem(word)
    for word in (
        "a an the this that these those such same other another each every all any some both no "
        "not nor neither and or but if so as than then there here when where while until once "
        "because since whether though although however who whom whose which what how why i we you "
        "he she it they me us him her them my our your his its their mine ours yours theirs "
        "myself ourselves yourself himself herself itself themselves one two three be am is are "
        "was were been being have has had having do does did doing done will would shall should "
        "can could may might must of to in on at by for from with without into onto over under "
        "above below after before between among through during within about against toward towards "
        "up down out off again also too only just very more most much many few own now yet still "
        "ever never"
    ).split()
}
_BREAK = 0
_SOURCE, _TARGET, _THIRD, _NAME, _NUM = range(1, 6)
#: What is left out without a gap: "'s", brackets.
_NOTHING = -1

#: Titles before a name are part of it.
_TITLES = frozenset(
    {
        *("president", "prime", "minister", "foreign", "ministry", "deputy", "secretary"),
        *("general", "ambassador", "defence", "defense", "spokesman", "spokeswoman"),
        *("spokesperson", "chief", "cabinet", "chancellor", "king", "emperor", "mr", "mrs", "ms"),
        *("dr", "leader", "counterpart", "interior", "energy", "finance", "speaker"),
    }
)

#: In how many texts a word must stand in lower case to count as a common word.
_COMMON_AT = 2


@dataclass(frozen=True, slots=True)
class MaskedTexts:
    """Masked words of a batch, a row each, in order.

    Attributes
    ----------
    word : ndarray of int, shape (n,)
        Number of the word in `Masker.words`; never 0.
    start, end : ndarray of int
        Offsets in the text that was read.
    text : ndarray of int
        Number of the text.
    segment : ndarray of int
        Number of the stretch between two marks; no n-gram runs over its border.
    """

    word: Ints
    start: Ints
    end: Ints
    text: Ints
    segment: Ints


def common_words(reading: Reading) -> tuple[str, ...]:
    """Return the words that stand in lower case in two or more texts, sorted.

    Parameters
    ----------
    reading : Reading
        What the rule scorer saw in all texts that are learned from.

    Returns
    -------
    tuple of str
        Each word once, in lower case; only words that are letters throughout.
    """
    lower = ~reading.is_capital
    n_texts = int(reading.text.max(initial=-1)) + 1
    pair = np.sort(reading.lower[lower] * max(n_texts, 1) + reading.text[lower], kind="stable")
    again = np.zeros(len(pair), dtype=bool)
    again[1:] = pair[1:] == pair[:-1]
    counts = np.bincount(pair[~again] // max(n_texts, 1))
    chosen = (reading.vocabulary[i] for i in np.flatnonzero(counts >= _COMMON_AT).tolist())
    return tuple(sorted(word for word in chosen if word.isalpha()))


class Masker:
    """Turns words that the rule scorer read into masked stems.

    Parameters
    ----------
    common : collection of str
        Words known to be written in lower case. Any other word that begins a sentence with a
        capital is taken for a name, as is every word with a capital inside a sentence.
    """

    def __init__(self, common: Collection[str]) -> None:
        self._common = frozenset(common)
        self._words = ["", *MASKS]
        self._numbers = {word: number for number, word in enumerate(self._words)}
        self._begin([])

    @property
    def words(self) -> list[str]:
        """The masked words by number; grows from batch to batch."""
        return self._words

    def _begin(self, vocabulary: list[str]) -> None:
        self._vocabulary = vocabulary
        self._code: Ints = np.zeros(0, dtype=np.int64)
        self._is_common = np.zeros(0, dtype=bool)
        self._is_title = np.zeros(0, dtype=bool)

    def _learn(self, vocabulary: list[str]) -> None:
        """Look once at each word that came new."""
        if vocabulary is not self._vocabulary:
            self._begin(vocabulary)
        fresh: Sequence[str] = vocabulary[len(self._code) :]
        n = len(fresh)
        if n:
            code = np.fromiter(map(self._code_of, fresh), np.int64, n)
            common = np.fromiter((word in self._common for word in fresh), bool, n)
            title = np.fromiter((word in _TITLES for word in fresh), bool, n)
            self._code = np.concatenate([self._code, code])
            self._is_common = np.concatenate([self._is_common, common])
            self._is_title = np.concatenate([self._is_title, title])

    def _code_of(self, word: str) -> int:
        first = word[:1]
        if first.isdigit():
            return _NUM
        if not first.isalpha():
            return _NOTHING if first in "'’()[]" else _BREAK
        if not word.islower():  # only lower-case ids are asked for
            return _NOTHING
        cut = stem(word)
        number = self._numbers.get(cut)
        if number is None:
            number = self._numbers[cut] = len(self._words)
            self._words.append(cut)
        return number

    def mask(self, reading: Reading) -> MaskedTexts:
        """Return the masked words of what was read."""
        self._learn(reading.vocabulary)
        word = self._code[reading.lower]
        sentence = reading.sentence
        first = np.ones(len(word), dtype=bool)
        first[1:] = sentence[1:] != sentence[:-1]
        name = reading.is_capital & (word > _NUM) & (reading.end - reading.start > 1)
        name &= ~(first & self._is_common[reading.lower])
        title = self._is_title[reading.lower]
        word = np.where(name, np.where(title, _NOTHING, _NAME), word)
        for party, code in ((SOURCE, _SOURCE), (TARGET, _TARGET), (THIRD, _THIRD)):
            word = np.where(reading.who == party, code, word)

        kept = word != _NOTHING
        word, sentence, text = word[kept], sentence[kept], reading.text[kept]
        start, end = reading.start[kept], reading.end[kept]
        # "Russian President Putin" names one party once.
        again = np.zeros(len(word), dtype=bool)
        again[1:] = (word[1:] == word[:-1]) & (sentence[1:] == sentence[:-1])
        again &= (word > _BREAK) & (word <= _NUM)
        opens = np.flatnonzero(~again)
        if len(opens):
            end = end[np.append(opens[1:], len(word)) - 1]
        word, start, sentence, text = word[opens], start[opens], sentence[opens], text[opens]

        border = word == _BREAK
        border[1:] |= sentence[1:] != sentence[:-1]
        here = word != _BREAK
        segment = np.cumsum(border)[here]
        return MaskedTexts(word[here], start[here], end[here], text[here], segment)

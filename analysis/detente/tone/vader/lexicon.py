"""What VADER's rules ask of a word, answered once for each distinct word.

A word's code is an even number, plus one where the word is written in capitals. The tables
indexed by code hold its valence, what it adds as a booster, and its flags. Everything comes
from the installed library.
"""

from __future__ import annotations

import string
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

__all__ = ["Flag", "Lexicon", "load_lexicon"]


class Flag:
    """Bits of a word's flags."""

    LEXICON = 1 << 0
    SHIELD = 1 << 1  # in the lexicon, or no word at all: the rules look past it
    CAPITALS = 1 << 2
    BOOSTER = 1 << 3
    NEGATED = 1 << 4
    NO = 1 << 5
    OR_NOR = 1 << 6
    LEAST = 1 << 7
    AT_VERY = 1 << 8
    NEVER = 1 << 9
    SO_THIS = 1 << 10
    WITHOUT = 1 << 11
    DOUBT = 1 << 12
    KIND = 1 << 13
    OF = 1 << 14
    OPENS = 1 << 15  # an idiom goes on after it ...
    CLOSES = 1 << 16  # ... and with it


#: Words that single rules name. Some rules hold for words outside the lexicon only.
_NAMED = {
    "no": Flag.NO,
    "or": Flag.OR_NOR,
    "nor": Flag.OR_NOR,
    "least": Flag.LEAST,
    "at": Flag.AT_VERY,
    "very": Flag.AT_VERY,
    "never": Flag.NEVER,
    "so": Flag.SO_THIS,
    "this": Flag.SO_THIS,
    "without": Flag.WITHOUT,
    "doubt": Flag.DOUBT,
    "kind": Flag.KIND,
    "of": Flag.OF,
}

_NOTHING, _PLAIN, _NOT = 0, 2, 4  # white space only; any other word; any other word with "n't"

#: What may stand around a word: the marks that VADER strips, and one white space behind.
_AROUND = string.punctuation + "\t\n\v\f\r\x1c\x1d\x1e\x1f "

#: Words remembered of those that Python looks at one by one, and the longest of them.
_REMEMBERED, _LONGEST = 1 << 16, 40


@dataclass(frozen=True)
class Lexicon:
    """VADER's word lists as tables by code.

    Attributes
    ----------
    flags, valence, boost : arrays, shape (n_codes,)
        Bits of `Flag`, the lexicon's valence, what a booster adds.
    first_rated : int
        Codes from here on are rated: in the lexicon and no booster.
    but : int
        Code of "but".
    idioms : dict
        Valence that replaces a word's, by the codes of the idiom's words.
    phrases : dict
        What is added for boosters of several words, by their codes.
    emoji : dict
        The words that stand for a character.
    """

    code_of: dict[str, int]
    flags: NDArray[np.int32]
    valence: NDArray[np.float64]
    boost: NDArray[np.float64]
    first_rated: int
    but: int
    idioms: dict[tuple[int, ...], float]
    phrases: dict[tuple[int, ...], float]
    emoji: dict[str, str]
    listed: Any
    code_at: NDArray[np.int16]
    _known: dict[str, int] = field(default_factory=dict, repr=False)

    def codes(self, words: Any) -> NDArray[np.int16]:
        """Return the code of each word.

        Parameters
        ----------
        words : pyarrow array of large_string
            Distinct words as `split_words` gives them, white space behind some of them.

        Returns
        -------
        array of int
            Codes; 0 for white space only.
        """
        bare = pc.ascii_trim(words, _AROUND)
        found = pc.index_in(pc.ascii_lower(bare), self.listed).fill_null(len(self.listed))
        codes: NDArray[np.int16] = self.code_at[found.to_numpy()]
        codes += pc.ascii_is_upper(bare).to_numpy(zero_copy_only=False)
        odd = _odd(words, bare)
        codes[odd] = [self._code(word) for word in words.take(odd).to_pylist()]
        return codes

    def _code(self, text: str) -> int:
        """Return the code of a word as it stands in a text, white space around it."""
        code = self._known.get(text)
        if code is not None:
            return code
        word = text.strip()
        if not word:
            return _NOTHING
        bare = word.strip(string.punctuation)
        if len(bare) <= 2:  # an emoticon, says the library
            bare = word
        lower = bare.lower()
        code = self.code_of.get(lower)
        if code is None:
            code = _NOT if "n't" in lower else _PLAIN
        code += bare.isupper()
        if len(text) <= _LONGEST:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[text] = code
        return code


def _odd(words: Any, bare: Any) -> NDArray[np.int64]:
    """Find the words that Python has to look at one by one.

    They are few: what consists of marks or two letters, what may be a contraction, and what
    is not ASCII, where pyarrow's lower case is not Python's.
    """
    _, offsets, data = words.buffers()
    ends = np.frombuffer(offsets, np.int64)[1 : len(words) + 1]
    marks = np.frombuffer(data, np.uint8)[: ends[-1]] if len(words) else np.empty(0, np.uint8)
    is_odd = pc.binary_length(bare).to_numpy() <= 2
    places = np.flatnonzero((marks >= 0x80) | (marks == ord("'")))
    is_odd[np.searchsorted(ends, places, side="right")] = True
    return np.flatnonzero(is_odd)


@cache
def load_lexicon() -> Lexicon:
    """Read the installed vaderSentiment.

    Returns
    -------
    Lexicon
        Its word lists; the same object at each call.

    Examples
    --------
    >>> lexicon = load_lexicon()
    >>> [lexicon.valence[lexicon.code_of[word]].item() for word in ("trust", "war", "very")]
    [2.3, -2.9, 0.0]
    """
    # Imported here: the library loads `requests`, and reads its lists from disk.
    from vaderSentiment import vaderSentiment as library

    analyzer = library.SentimentIntensityAnalyzer()
    lexicon: dict[str, float] = analyzer.lexicon
    boosters: dict[str, float] = library.BOOSTER_DICT
    sequences = {tuple(key.split(" ")) for key in (*library.SPECIAL_CASES, *boosters) if " " in key}
    in_sequences = {word for words in sequences for word in words}
    others = [*boosters, *library.NEGATE, *_NAMED, "but", *in_sequences]
    rated = [word for word in lexicon if word not in boosters]
    words = [*dict.fromkeys(word for word in others if word not in rated), *rated]
    code_of = {word: 2 * i for i, word in enumerate(words, start=_NOT // 2 + 1)}

    size = 2 * len(code_of) + _NOT + 2
    flags = np.zeros(size, dtype=np.int32)
    valence, boost = np.zeros(size), np.zeros(size)
    flags[_NOTHING] = Flag.SHIELD
    flags[_NOT] = Flag.NEGATED
    for word, code in code_of.items():
        flags[code] = _flags(word, lexicon, boosters, library.negated, sequences)
        valence[code] = lexicon.get(word, 0.0)
        boost[code] = boosters.get(word, 0.0)
    valence[1::2], boost[1::2] = valence[::2], boost[::2]
    flags[1::2] = flags[::2] | Flag.CAPITALS

    def coded(sequences: dict[str, float]) -> dict[tuple[int, ...], float]:
        return {
            tuple(code_of[word] for word in key.split(" ")): value
            for key, value in sequences.items()
            if " " in key  # compared with two words and more, the others are never met
        }

    return Lexicon(
        code_of=code_of,
        flags=flags,
        valence=valence,
        boost=boost,
        first_rated=code_of[rated[0]],
        but=code_of["but"],
        idioms=coded(library.SPECIAL_CASES),
        phrases=coded(boosters),
        listed=pa.array(list(code_of), pa.large_string()),
        code_at=np.array([*code_of.values(), _PLAIN], dtype=np.int16),
        emoji={key: text for key, text in analyzer.emojis.items() if len(key) == 1},
    )


def _flags(
    word: str,
    lexicon: dict[str, float],
    boosters: dict[str, float],
    negated: Callable[[list[str]], Any],
    sequences: set[tuple[str, ...]],
) -> int:
    """Return the flags of a word of the lists, in small letters."""
    flags = 0
    if word in _NAMED:
        flags |= _NAMED[word]
    if word in lexicon:
        flags |= Flag.LEXICON | Flag.SHIELD
    else:
        # the rules for boosters and negations pass over words of the lexicon
        flags |= Flag.BOOSTER if word in boosters else 0
        flags |= Flag.NEGATED if negated([word]) else 0
    if any(word in words[:-1] for words in sequences):
        flags |= Flag.OPENS
    if any(word in words[1:] for words in sequences):
        flags |= Flag.CLOSES
    return flags

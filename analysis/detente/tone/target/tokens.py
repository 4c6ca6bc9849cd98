"""Texts as one table of tokens: flat arrays of word ids with offsets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from detente.statements.characters import ALPHA, DIGIT, INNER, LETTER, SPACE, Characters, join_texts
from detente.tone.sentences import sentence_borders
from detente.tone.target.quotations import is_behind_digit, quoted_lengths

__all__ = ["Ints", "TokenTable", "Vocabulary", "cut", "tokenize"]

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

#: Every character belongs to one token, so that offsets are sums of lengths. `tokenize` finds
#: the same borders by array steps.
_TOKEN = re.compile(r"[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*|['’]s\b|\d+(?:[.,]\d+)*|\s+|[^\w\s]|_")
#: Counts as a space, for it once stood between texts.
_RECORD_SEPARATOR = "\x1e"
_COLUMNS = ("use", "length", "lower", "name", "group", "sense")
_KEPT_MARKS = frozenset(",;:.!?()[]—–\u2026")
_QUOTES = frozenset('"“”„«»')
_APOSTROPHES = np.array([ord(mark) for mark in "'’"], dtype=np.uint32)


def _fold(word: str) -> str:
    """Return the word without diacritics, its case kept."""
    if word.isascii():
        return word
    bare = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return bare.replace("ı", "i").replace("’", "'").replace("ø", "o").replace("ł", "l")


class Vocabulary(dict[str, int]):
    """Ids of tokens as written; each distinct token is looked at once.

    White space behind a token does not count.

    Parameters
    ----------
    groups, senses : mapping of str to int, optional
        Groups and senses, as bits, of words in lower case and of marks.

    Attributes
    ----------
    lower : list of int
        Id of the lower-case form without diacritics, for each id.
    name : list of int
        Id of the form without diacritics, its case kept.
    is_kept : list of bool
        Whether the token is a word or a mark that matters to syntax.
    group, sense : list of int
        Groups and senses of the token as written.
    """

    def __init__(
        self,
        groups: Mapping[str, int] = MappingProxyType({}),
        senses: Mapping[str, int] = MappingProxyType({}),
    ) -> None:
        super().__init__()
        self._groups, self._senses = groups, senses
        self._table = np.zeros((0, len(_COLUMNS)), dtype=np.int64)
        self._known = 0
        self.group: list[int] = []
        self.sense: list[int] = []
        self.words: list[str] = []
        self.lower: list[int] = []
        self.name: list[int] = []
        self.is_kept: list[bool] = []

    def __missing__(self, token: str) -> int:
        bare = token.rstrip()
        if bare not in (token, ""):
            number = self[token] = self[bare]
            return number
        number = len(self.words)
        self[token] = number
        self.words.append(token)
        self.lower.append(number)
        self.name.append(number)
        self.group.append(self._groups.get(token, 0))
        self.sense.append(self._senses.get(token, 0))
        is_word = token[0].isalnum() or token[0] in "'’"
        self.is_kept.append(token in _KEPT_MARKS or (is_word and len(token) > 1) or token.isalnum())
        if is_word:
            folded = _fold(token)
            if folded != token:
                self.name[number] = self[folded]
            if folded.lower() != token:
                self.lower[number] = self[folded.lower()]
        return number

    def again(self) -> Vocabulary:
        """Return a vocabulary of the same ids that grows by itself."""
        other = Vocabulary(self._groups, self._senses)
        other.update(self)
        other._table, other._known = self._table.copy(), self._known
        for name in ("group", "sense", "words", "lower", "name", "is_kept"):
            setattr(other, name, getattr(self, name).copy())
        return other

    def table(self) -> Ints:
        """Return what is known of each id, a column each: see `_COLUMNS`."""
        known, n = self._known, len(self.words)
        if n > len(self._table):
            grown = np.zeros((2 * n, len(_COLUMNS)), dtype=np.int64)
            grown[:known] = self._table[:known]
            self._table = grown
        if n > known:
            # A token is kept (2), a quotation mark (1) or neither.
            self._table[known:n, 0] = [
                2 * kept or word in _QUOTES
                for kept, word in zip(self.is_kept[known:], self.words[known:], strict=True)
            ]
            self._table[known:n, 1] = list(map(len, self.words[known:]))
            self._table[known:n, 2] = self.lower[known:]
            self._table[known:n, 3] = self.name[known:]
            self._table[known:n, 4] = [self.group[lower] for lower in self.lower[known:]]
            self._table[known:n, 5] = [self.sense[lower] for lower in self.lower[known:]]
            self._known = n
        return self._table


@dataclass(frozen=True)
class TokenTable:
    """Tokens of a batch of texts, a row each, in order.

    Attributes
    ----------
    lower, name : ndarray of int
        Ids of the token in lower case and as a name.
    group, sense : ndarray of int
        Groups and senses of the lower-case form, as bits.
    at, length : ndarray of int
        Where the token begins in the joined texts, and its characters.
    text : ndarray of int
        Number of the text, from 0.
    sentence : ndarray of int
        Number of the sentence over the whole batch, from 0.
    quoted : ndarray of int
        Number of words between the quotation marks around the token; 0 outside of them. Marks
        are paired within a sentence; one that is not closed there quotes nothing.
    origin : ndarray of int, shape (n_texts,)
        Where each text begins in the joined texts.
    has_letter : ndarray of bool, shape (n_texts,)
        Whether each text holds a letter of any script.
    n_texts : int
        Number of texts, those without tokens included.
    """

    lower: Ints
    name: Ints
    group: Ints
    sense: Ints
    at: Ints
    length: Ints
    text: Ints
    sentence: Ints
    quoted: Ints
    origin: Ints
    has_letter: Bools
    n_texts: int

    def __len__(self) -> int:
        return len(self.lower)

    @cached_property
    def start(self) -> Ints:
        """Offsets of the tokens in their own texts, in characters; 0 is the first."""
        return self.at - self.origin[self.text]

    @cached_property
    def end(self) -> Ints:
        """Offsets behind the tokens, as `start`."""
        return self.start + self.length

    def spans(self, first: Ints, last: Ints) -> tuple[Ints, Ints]:
        """Return where stretches of tokens begin and end in their own texts."""
        begin = self.origin[self.text[first]]
        return self.at[first] - begin, self.at[last] + self.length[last] - begin


def cut(text: str) -> list[str]:
    """Return all tokens of a text, white space included; joined they give the text back.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of str
        Empty for an empty text.
    """
    return _TOKEN.findall(text)


def tokenize(texts: Sequence[str], vocabulary: Vocabulary) -> TokenTable:
    """Cut texts into tokens and sentences.

    Parameters
    ----------
    texts : sequence of str
        Any text, empty included.
    vocabulary : Vocabulary
        Grows by the tokens not met before.

    Returns
    -------
    TokenTable
        Words and marks, as `cut` cuts them; white space, quotes and hyphens are left out.
    """
    joined = join_texts(texts)
    if _RECORD_SEPARATOR in joined.text:
        joined = join_texts([text.replace(_RECORD_SEPARATOR, " ") for text in texts])
    start = np.flatnonzero(_begins(joined))
    words, code = _distinct(joined, start)
    number = np.fromiter(map(vocabulary.__getitem__, words), np.int64, len(words))
    use, length, lower, name, group, sense = np.ascontiguousarray(vocabulary.table()[number].T)
    use_of = use[code]
    kept, mark = np.flatnonzero(use_of == 2), np.flatnonzero(use_of == 1)
    at, code, mark_at = start[kept], code[kept], start[mark]
    of, begin, _ = sentence_borders(joined)
    follows = np.append(False, of[1:] == of[:-1]) if len(of) else np.zeros(0, dtype=bool)
    cuts = np.sort(np.concatenate([joined.start, begin[follows]]))
    return TokenTable(
        lower=lower[code],
        name=name[code],
        group=group[code],
        sense=sense[code],
        at=at,
        length=length[code],
        text=_stretches(at, joined.start),
        sentence=_stretches(at, cuts),
        quoted=quoted_lengths(
            np.searchsorted(kept, mark),
            is_behind_digit(joined, mark_at),
            _stretches(mark_at, cuts),
            len(kept),
        ),
        origin=joined.start,
        has_letter=(np.bitwise_or.reduceat(joined.classes, joined.start) & ALPHA) > 0
        if len(texts)
        else np.zeros(0, dtype=bool),
        n_texts=len(texts),
    )


def _begins(joined: Characters) -> Bools:
    """Return at which characters a token other than white space begins."""
    points, classes = joined.points, joined.classes
    kind = classes & (LETTER | DIGIT | SPACE)
    begins = kind == 0
    begins[0] = True
    begins[1:] |= kind[1:] != kind[:-1]
    is_letter = kind == LETTER
    # "don't" is one word, and so is the "'s" of "Turkey's"; the last character is a NUL.
    inner = np.flatnonzero((classes & INNER) > 0)
    is_apostrophe = np.isin(points[inner], _APOSTROPHES)
    at = inner[is_apostrophe]
    if len(at):
        behind = np.minimum(at + 2, len(points) - 1)
        goes_on = ((classes[behind] & (LETTER | DIGIT)) > 0) | (points[behind] == ord("_"))
        is_s = (points[at + 1] == ord("s")) & ~goes_on
        before = np.maximum(at - 1, 0)
        after_s = (at > 1) & (points[before] == ord("s"))
        after_s &= np.isin(points[np.maximum(at - 2, 0)], _APOSTROPHES)
        joins = (at > 0) & is_letter[before] & is_letter[at + 1] & ~is_s & ~after_s
        begins[at[joins]] = False
        begins[at[joins | is_s] + 1] = False
    # "3.5" and "1,000" are one number.
    at = inner[~is_apostrophe]
    at = at[(at > 0) & (kind[at - 1] == DIGIT) & (kind[at + 1] == DIGIT)]
    begins[at] = begins[at + 1] = False
    result: Bools = begins & (kind != SPACE)
    return result


def _distinct(joined: Characters, start: Ints) -> tuple[list[str], Ints]:
    """Return the distinct tokens that begin at `start`, and which of them each one is.

    Each has the white space behind it, so that some tokens stand twice.
    """
    data = joined.text.encode("utf-8", "surrogatepass")
    offset = np.append(start, len(joined.points))
    if len(data) > len(joined.points):  # what takes more than a byte moves the tokens behind it
        wide = np.flatnonzero(joined.points >= 0x80)
        point = joined.points[wide]
        further = 1 + (point >= 0x800).astype(np.int64) + (point >= 0x10000)
        moved = np.bincount(np.searchsorted(start, wide, side="right"), further, len(offset))
        offset += np.cumsum(moved.astype(np.int64))
    tokens = pa.Array.from_buffers(
        pa.large_binary(), len(start), [None, pa.py_buffer(offset), pa.py_buffer(data)]
    ).dictionary_encode()
    _, borders, letters = tokens.dictionary.buffers()
    offset = np.frombuffer(borders, dtype=np.int64)[: len(tokens.dictionary) + 1]
    data = letters.to_pybytes()
    if not data.isascii():  # offsets in bytes become such in characters
        begins = (np.frombuffer(data, dtype=np.uint8) & 0xC0) != 0x80
        offset = np.append(0, np.cumsum(begins))[offset]
    text = data.decode("utf-8", "surrogatepass")
    return [text[a:b] for a, b in pairwise(offset.tolist())], tokens.indices.to_numpy()


def _stretches(at: Ints, borders: Ints) -> Ints:
    """Return for each ascending position in which of the stretches that begin at borders it is."""
    counts = np.diff(np.append(np.searchsorted(at, borders), len(at)))
    stretches: Ints = np.repeat(np.arange(len(borders)), counts)
    return stretches

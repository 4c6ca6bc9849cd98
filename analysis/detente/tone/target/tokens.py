"""Texts as one table of tokens: flat arrays of word ids with offsets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Ints", "TokenTable", "Vocabulary", "cut", "tokenize"]

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

#: Every character belongs to one token, so that offsets are sums of lengths. The texts are
#: joined by the record separator, a token of its own.
_TOKEN = re.compile(
    r"[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*|['’]s\b|\d+(?:[.,]\d+)*|\x1e|[^\S\x1e]+|[^\w\s]|_+|[\w]"
)
#: Stands between texts; it is white space to Python, so white space must not swallow it.
_SEPARATOR = "\x1e"
_KEPT_MARKS = frozenset(",;:.!?()[]—–\u2026")
_QUOTES = ('"', "“", "”", "„", "«", "»")


def _fold(word: str) -> str:
    """Return the word without diacritics, its case kept."""
    if word.isascii():
        return word
    bare = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return bare.replace("ı", "i").replace("’", "'").replace("ø", "o").replace("ł", "l")


class Vocabulary(dict[str, int]):
    """Ids of tokens as written; each distinct token is looked at once.

    Attributes
    ----------
    lower : list of int
        Id of the lower-case form without diacritics, for each id.
    name : list of int
        Id of the form without diacritics, its case kept.
    is_kept : list of bool
        Whether the token is a word or a mark that matters to syntax.
    """

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.lower: list[int] = []
        self.name: list[int] = []
        self.is_kept: list[bool] = []

    def __missing__(self, token: str) -> int:
        number = len(self.words)
        self[token] = number
        self.words.append(token)
        self.lower.append(number)
        self.name.append(number)
        is_word = token[0].isalnum() or token[0] in "'’"
        self.is_kept.append(token in _KEPT_MARKS or (is_word and len(token) > 1) or token.isalnum())
        if is_word:
            folded = _fold(token)
            if folded != token:
                self.name[number] = self[folded]
            if folded.lower() != token:
                self.lower[number] = self[folded.lower()]
        return number


@dataclass(frozen=True, slots=True)
class TokenTable:
    """Tokens of a batch of texts, a row each, in order.

    Attributes
    ----------
    lower, name : ndarray of int
        Ids of the token in lower case and as a name.
    start, end : ndarray of int
        Offsets in the token's own text, in characters; 0 is the first.
    text : ndarray of int
        Number of the text, from 0.
    sentence : ndarray of int
        Number of the sentence over the whole batch, from 0.
    quoted : ndarray of int
        Number of words between the quotation marks around the token; 0 outside of them. Marks
        are paired within a sentence; one that is not closed there quotes nothing.
    n_texts : int
        Number of texts, those without tokens included.
    """

    lower: Ints
    name: Ints
    start: Ints
    end: Ints
    text: Ints
    sentence: Ints
    quoted: Ints
    n_texts: int

    def __len__(self) -> int:
        return len(self.lower)


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


def tokenize(
    texts: Sequence[str],
    vocabulary: Vocabulary,
    split: Callable[[str], list[str]],
) -> TokenTable:
    """Cut texts into tokens and sentences.

    Parameters
    ----------
    texts : sequence of str
        Any text, empty included.
    vocabulary : Vocabulary
        Grows by the tokens not met before.
    split : callable
        Gives a text's sentences in order, each a stretch of the text.

    Returns
    -------
    TokenTable
        Words and marks; white space, quotes and hyphens are left out.
    """
    cleaned = [text.replace(_SEPARATOR, " ") for text in texts]
    tokens = cut(_SEPARATOR.join(cleaned))
    ids = np.fromiter(map(vocabulary.__getitem__, tokens), np.int64, len(tokens))
    ends = np.cumsum(np.fromiter(map(len, tokens), np.int64, len(tokens)))
    starts = ends - np.fromiter(map(len, tokens), np.int64, len(tokens))
    is_separator = ids == vocabulary[_SEPARATOR]
    text_of = np.cumsum(is_separator)
    lengths = np.fromiter(map(len, cleaned), np.int64, len(cleaned))
    text_start = np.concatenate(([0], np.cumsum(lengths + 1)[:-1])) if len(cleaned) else lengths
    kept = np.asarray(vocabulary.is_kept, dtype=bool)[ids] & ~is_separator
    cuts = _sentence_starts(cleaned, text_start, split)
    sentence = np.searchsorted(cuts, starts, side="right") - 1
    is_mark = np.isin(ids, [vocabulary[mark] for mark in _QUOTES])
    after_digit = np.zeros(len(ids), dtype=bool)
    for at in np.flatnonzero(is_mark).tolist():
        after_digit[at] = at > 0 and tokens[at - 1][-1].isdigit()
    quoted = _span_lengths(is_mark, after_digit, kept, sentence)
    ids, starts, ends, text_of = ids[kept], starts[kept], ends[kept], text_of[kept]
    offset = text_start[text_of] if len(text_of) else text_of
    return TokenTable(
        lower=np.asarray(vocabulary.lower, dtype=np.int64)[ids],
        name=np.asarray(vocabulary.name, dtype=np.int64)[ids],
        start=starts - offset,
        end=ends - offset,
        text=text_of,
        sentence=sentence[kept],
        quoted=quoted,
        n_texts=len(texts),
    )


def _span_lengths(is_mark: Bools, after_digit: Bools, kept: Bools, sentence: Ints) -> Ints:
    """Return for each kept token the length of the quotation it stands in, 0 outside of one."""
    if not is_mark.any():
        return np.zeros(int(kept.sum()), dtype=np.int64)
    # Behind a digit a mark closes a quotation or stands for inches; it never opens one.
    plain = is_mark & ~after_digit
    is_mark = plain | (is_mark & (_so_far(plain, sentence) % 2 == 1))
    number, of = _so_far(is_mark, sentence)[kept], sentence[kept]
    begins = np.ones(len(of), dtype=bool)
    begins[1:] = (np.diff(number) != 0) | (np.diff(of) != 0)
    span = np.cumsum(begins) - 1
    is_closed = number < np.bincount(sentence, weights=is_mark)[of]
    lengths: Ints = np.where((number % 2 == 1) & is_closed, np.bincount(span)[span], 0)
    return lengths


def _so_far(chosen: Bools, sentence: Ints) -> Ints:
    """Return how many are chosen in each token's sentence up to it."""
    counts = np.bincount(sentence, weights=chosen).astype(np.int64)
    so_far: Ints = np.cumsum(chosen) - (np.cumsum(counts) - counts)[sentence]
    return so_far


_MAY_SPLIT = re.compile(r"[^\w\s,;:'’\"()-]\S{0,8}\s+\S|\n\s*\n")


def _sentence_starts(
    texts: Sequence[str], text_start: Ints, split: Callable[[str], list[str]]
) -> Ints:
    """Return the offset of every sentence in the joined texts."""
    cuts: list[int] = []
    for text, base in zip(texts, text_start.tolist(), strict=True):
        cuts.append(base)
        if not _MAY_SPLIT.search(text):
            continue
        at = 0
        for number, sentence in enumerate(split(text)):
            found = text.find(sentence, at)
            if found < 0:  # a splitter that rewrites its sentences cannot be placed
                continue
            if number:
                cuts.append(base + found)
            at = found + len(sentence)
    return np.asarray(cuts, dtype=np.int64)

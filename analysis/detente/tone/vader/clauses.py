"""Sentences of too many words, cut where a clause ends."""

from __future__ import annotations

import re

__all__ = ["MAX_WORDS", "cut_sentence"]

#: A sentence of more words is cut: at the last clause mark within the limit, else at the limit.
#: Official sentences stay well below (the longest bundled one has 44 words); beyond it
#: the compound says only "long", because it nears +-1 with the number of words summed.
MAX_WORDS = 200

#: A word as VADER counts it. Signs outside the alphabets count one each, since VADER
#: writes each emoji out in words.
_WORD = re.compile(r"[^\s\u2190-\u2bff\U0001f000-\U0001faff]+|[\u2190-\u2bff\U0001f000-\U0001faff]")

_CLAUSE_MARKS = frozenset(",;:،؛，；：–—")


def cut_sentence(sentence: str, max_words: int = MAX_WORDS) -> list[str]:
    """Cut a sentence of too many words into parts of at most `max_words` words.

    Parameters
    ----------
    sentence : str
        A sentence without white space at its ends.
    max_words : int, default MAX_WORDS
        Largest number of words in a part; at least 2.

    Returns
    -------
    list of str
        The sentence alone where it is short enough; else its parts, each ending at a
        clause mark in the second half of the limit where there is one.

    Examples
    --------
    >>> cut_sentence("one two, three four five six", max_words=4)
    ['one two,', 'three four five six']
    >>> cut_sentence("one two three", max_words=4)
    ['one two three']
    """
    ends = [word.end() for word in _WORD.finditer(sentence)]
    parts: list[str] = []
    start, done = 0, 0
    while len(ends) - done > max_words:
        cut = done + max_words
        for candidate in range(cut, done + max_words // 2 - 1, -1):
            if sentence[ends[candidate - 1] - 1] in _CLAUSE_MARKS:
                cut = candidate
                break
        parts.append(sentence[start : ends[cut - 1]].strip())
        start, done = ends[cut - 1], cut
    parts.append(sentence[start:].strip())
    return [part for part in parts if part]

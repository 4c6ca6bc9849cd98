"""Which words stand between quotation marks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.statements.characters import Characters

__all__ = ["is_behind_digit", "quoted_lengths"]

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def is_behind_digit(joined: Characters, mark: Ints) -> Bools:
    """Return which of the marks at these places stand right behind a digit of their text.

    Parameters
    ----------
    joined : Characters
        Texts as one array of characters.
    mark : ndarray of int
        Where quotation marks stand in it.

    Returns
    -------
    ndarray of bool
        A value a mark.
    """
    before = joined.points[np.maximum(mark - 1, 0)].tolist()
    is_digit = np.fromiter((chr(point).isdigit() for point in before), bool, len(mark))
    return is_digit & (mark > 0)


def quoted_lengths(word: Ints, after_digit: Bools, sentence: Ints, n_words: int) -> Ints:
    """Return for each word the length of the quotation it stands in, 0 outside of one.

    Parameters
    ----------
    word : ndarray of int
        The word behind each quotation mark.
    after_digit, sentence : ndarray
        Whether each mark stands behind a digit; its sentence.
    n_words : int
        Number of words.

    Returns
    -------
    ndarray of int, shape (n_words,)
        Words between the marks around each word.
    """
    lengths = np.zeros(n_words, dtype=np.int64)
    # Behind a digit a mark closes a quotation or stands for inches; it never opens one.
    pairs = ~after_digit | (_so_far(~after_digit, sentence) % 2 == 1)
    word, sentence = word[pairs], sentence[pairs]
    is_open = _so_far(np.ones(len(word), dtype=bool), sentence) % 2 == 1
    is_open &= np.append(sentence[1:] == sentence[:-1], False)[: len(word)]
    opening = np.flatnonzero(is_open)
    first, size = word[opening], word[opening + 1] - word[opening]
    inside = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size - first, size)
    lengths[inside] = np.repeat(size, size)
    return lengths


def _so_far(chosen: Bools, sentence: Ints) -> Ints:
    """Return how many are chosen in each mark's sentence up to it."""
    total: Ints = np.cumsum(chosen)
    begins = np.append(True, sentence[1:] != sentence[:-1])[: len(total)]
    before: Ints = (total - chosen)[begins]
    so_far: Ints = total - np.repeat(before, np.diff(np.append(np.flatnonzero(begins), len(total))))
    return so_far

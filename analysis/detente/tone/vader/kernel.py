"""VADER on columns: many texts at once, each number as vaderSentiment gives it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from detente.tone.vader.contrast import weigh_contrast
from detente.tone.vader.emoji import describe_emoji
from detente.tone.vader.lexicon import load_lexicon
from detente.tone.vader.sums import round_decimals, row_sums
from detente.tone.vader.valence import Rated, rate_words
from detente.tone.words import Block, encode_texts, split_words

__all__ = ["polarity"]

_COLUMNS = ("neg", "neu", "pos", "compound")

#: What the library adds for each of at most four "!", and for two or three, or more, "?".
_EXCLAMATION, _MOST_EXCLAMATIONS = 0.292, 4
_QUESTION, _MANY_QUESTIONS = 0.18, 0.96

#: The library's constant in score / sqrt(score ** 2 + alpha).
_ALPHA = 15

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


def polarity(texts: Sequence[str] | pd.Series[str]) -> pd.DataFrame:
    """Give each text the four numbers of vaderSentiment.

    Parameters
    ----------
    texts : sequence, Series or pyarrow array of str
        Any strings, of any length: empty ones, odd white space, NUL and lone surrogates
        are scored as the library scores them.

    Returns
    -------
    DataFrame
        A row for each text, in order and with the index of a Series: `neg`, `neu` and
        `pos`, shares in [0, 1] to three decimals, and `compound` in [-1, 1] to four. A
        text without any word has zeros.

    Raises
    ------
    BadArgumentError
        If an element is no string.

    Notes
    -----
    The numbers are those of ``SentimentIntensityAnalyzer().polarity_scores`` of
    vaderSentiment 3.3.2 in every digit, on the same interpreter (`sum` of floats differs
    between Python 3.11 and 3.12), its oddities included. Time grows in proportion to the
    length of the texts, where the library's grows with the square of each text's length.
    Memory beside the result is bounded by the longest text and some megabytes.

    References
    ----------
    .. [1] Hutto, C.J., Gilbert, E. (2014). VADER: A parsimonious rule-based model for
       sentiment analysis of social media text. ICWSM-14.

    Examples
    --------
    >>> polarity(["We value our friendship.", "They meet.", "NOT a good day, but fine!"])
         neg    neu    pos  compound
    0  0.000  0.274  0.726    0.6486
    1  0.000  1.000  0.000    0.0000
    2  0.208  0.488  0.304    0.1996
    """
    index = texts.index if isinstance(texts, pd.Series) else None
    return pd.DataFrame(polarity_rows(texts).T, columns=list(_COLUMNS), index=index)


def polarity_rows(texts: Sequence[str] | pd.Series[str]) -> Floats:
    """Return what `polarity` returns, as an array with a row for each of its columns."""
    scores = np.zeros((len(_COLUMNS), len(texts)))
    done = 0
    for block in encode_texts(texts):
        n = len(block.offsets) - 1
        scores[:, done : done + n] = _score(block)
        done += n
    return scores


def _score(block: Block) -> Floats:
    """Return the four numbers of each text of a block."""
    lexicon = load_lexicon()
    block = describe_emoji(block)
    words = split_words(block)
    codes, starts = lexicon.codes(words.distinct)[words.ids], words.starts
    if not codes.all():  # white space only is no word
        is_word = codes != 0
        starts = np.concatenate([[0], np.cumsum(is_word)])[starts]
        codes = codes[is_word]
    rated = rate_words(codes, starts, lexicon)
    buts = np.flatnonzero((codes & ~np.int16(1)) == lexicon.but)
    if buts.size:
        rated = weigh_contrast(rated, starts, buts)
    return _combine(rated, np.diff(starts), _emphasis(block))


def _emphasis(block: Block) -> Floats:
    """Return what each text's "!" and "?" add to its score."""
    exclamations = np.minimum(_count(block, ord("!")), _MOST_EXCLAMATIONS)
    questions = _count(block, ord("?"))
    of_questions = np.where(questions > 3, _MANY_QUESTIONS, questions * _QUESTION)
    return exclamations * _EXCLAMATION + np.where(questions > 1, of_questions, 0.0)


def _count(block: Block, byte: int) -> Counts:
    return np.diff(np.searchsorted(np.flatnonzero(block.data == byte), block.offsets))


def _combine(rated: Rated, n_words: Counts, emphasis: Floats) -> Floats:
    """Sum up each text and set its positive, negative and neutral parts in proportion."""
    n = len(n_words)
    valence, rows = rated.valence, rated.rows
    score = row_sums(valence, rows, n, rated.is_whole)
    score = np.where(score > 0, score + emphasis, np.where(score < 0, score - emphasis, score))
    compound = score / np.sqrt(score * score + _ALPHA)

    warm, cold = np.flatnonzero(valence > 0), np.flatnonzero(valence < 0)
    # a word's own 1 makes it comparable with neutral words, which count 1
    pos = np.bincount(rows[warm], weights=valence[warm] + 1, minlength=n)
    neg = np.abs(np.bincount(rows[cold], weights=valence[cold] - 1, minlength=n))
    n_rated = np.bincount(rows[warm], minlength=n) + np.bincount(rows[cold], minlength=n)
    neutral = n_words - n_rated
    is_warmer, is_colder = pos > neg, pos < neg
    pos = np.where(is_warmer, pos + emphasis, pos)
    neg = np.where(is_colder, neg + emphasis, neg)
    total = pos + neg + neutral
    total[n_words == 0] = 1.0  # no word: every part is 0
    shares = np.stack([neg, neutral, pos]) / total
    return np.concatenate([round_decimals(shares, 3), round_decimals(compound, 4)[None, :]])

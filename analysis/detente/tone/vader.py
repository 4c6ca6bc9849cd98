"""The scorer "vader": a statement's tone is the mean of its sentences' VADER compound."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.tone.scorer import Forms
from detente.tone.sentences import split_sentences

__all__ = ["MAX_WORDS", "VaderScorer"]

#: A sentence of more words is cut: at the last clause mark within the limit, else at the limit.
#: Official sentences stay well below (the longest bundled one has 44 words); beyond it
#: the compound says only "long", because it nears +-1 with the number of words summed.
MAX_WORDS = 200

#: A word as VADER counts it. Signs outside the alphabets count one each, since VADER
#: writes each emoji out in words.
_WORD = re.compile(r"[^\s\u2190-\u2bff\U0001f000-\U0001faff]+|[\u2190-\u2bff\U0001f000-\U0001faff]")

_CLAUSE_MARKS = frozenset(",;:،؛，；：–—")


class VaderScorer:
    """Tone by vaderSentiment, sentence by sentence.

    Notes
    -----
    Each sentence of `split_sentences` gets the compound of vaderSentiment, to its four
    decimals; the tone is their plain mean. VADER was made for social media, judges the text
    as a whole and takes no account of the target: blame laid on a third country counts
    against the addressed one. A sentence of more than `MAX_WORDS` words is cut into parts
    that count as sentences: at the last clause mark (comma, semicolon, colon, dash) in the
    second half of the limit, or at the limit.

    References
    ----------
    .. [1] Hutto, C.J., Gilbert, E. (2014). VADER: A parsimonious rule-based model for
       sentiment analysis of social media text. ICWSM-14.

    Examples
    --------
    >>> VaderScorer().score(["We value our friendship.", "They meet."], [(), ()])
    array([0.6486, 0.    ])
    """

    name = "vader"

    @property
    def parameters(self) -> Mapping[str, object]:
        """Everything that decides the numbers."""
        try:
            release = version("vaderSentiment")
        except PackageNotFoundError:  # a copy on the path without its distribution
            release = "unknown"
        return {
            "name": self.name,
            "library": "vaderSentiment",
            "library_version": release,
            "number": "compound",
            "combination": "mean over the statement's sentences",
            "max_words": MAX_WORDS,
            "is_target_directed": False,
        }

    def score(
        self,
        texts: Sequence[str],
        targets: Forms,  # noqa: ARG002 -- VADER knows no target; the protocol names it
        sources: Forms | None = None,  # noqa: ARG002 -- likewise
    ) -> NDArray[np.float64]:
        """Give each text the mean compound of its sentences; NaN for a text without any."""
        tones = np.full(len(texts), np.nan)
        for i, text in enumerate(texts):
            compounds = [scores["compound"] for scores in self._scores(text)]
            if compounds:
                # + 0.0 turns the library's occasional -0.0 into 0.0
                tones[i] = np.mean(compounds) + 0.0
        return tones

    def has_evidence(self, texts: Sequence[str]) -> NDArray[np.bool_]:
        """Say for each text whether VADER weighed any word of it."""
        return np.array(
            [any(s["pos"] > 0 or s["neg"] > 0 for s in self._scores(text)) for text in texts],
            dtype=np.bool_,
        )

    def _scores(self, text: str) -> list[dict[str, float]]:
        """Return what VADER says of each sentence, long ones in parts."""
        polarity = self._analyzer.polarity_scores
        return [polarity(part) for s in split_sentences(text) for part in cut_sentence(s)]

    def __reduce__(self) -> tuple[type[VaderScorer], tuple[()]]:
        # A worker process loads the lexicon for itself.
        return VaderScorer, ()

    @cached_property
    def _analyzer(self) -> Any:
        # Imported here: vaderSentiment loads `requests` and reads its lexicon from disk.
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

        analyzer = SentimentIntensityAnalyzer()
        # The library lower-cases the whole sentence at each word of the lexicon, although
        # its two checks look at most three words back and two ahead. Handing them that
        # stretch gives the same numbers in time that grows with the words, not their square.
        negation, idioms = analyzer._negation_check, analyzer._special_idioms_check

        def nearby_negation(valence: float, words: list[str], start_i: int, i: int) -> float:
            first = max(0, i - 3)
            result: float = negation(valence, words[first : i + 1], start_i, i - first)
            return result

        def nearby_idioms(valence: float, words: list[str], i: int) -> float:
            first = max(0, i - 3)
            result: float = idioms(valence, words[first : i + 3], i - first)
            return result

        analyzer._negation_check = nearby_negation
        analyzer._special_idioms_check = nearby_idioms
        return analyzer


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

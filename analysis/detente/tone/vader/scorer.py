"""The scorer "vader": a statement's tone is the mean of its sentences' VADER compound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version

import numpy as np
from numpy.typing import NDArray

from detente.tone.protocol import Forms
from detente.tone.sentences import sentence_spans
from detente.tone.vader.clauses import MAX_WORDS, cut_sentence
from detente.tone.vader.kernel import polarity_rows

__all__ = ["VaderScorer"]


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
        return {
            "name": self.name,
            "library": "vaderSentiment",
            "library_version": _release(),
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
        parts, rows = _parts(texts)
        _, _, _, compounds = polarity_rows(parts)
        # + 0.0 turns the library's occasional -0.0 into 0.0
        return _means(compounds, np.bincount(rows, minlength=len(texts))) + 0.0

    def has_evidence(self, texts: Sequence[str]) -> NDArray[np.bool_]:
        """Say for each text whether VADER weighed any word of it."""
        parts, rows = _parts(texts)
        neg, _, pos, _ = polarity_rows(parts)
        is_weighed = (pos > 0) | (neg > 0)
        evidence: NDArray[np.bool_] = np.bincount(rows[is_weighed], minlength=len(texts)) > 0
        return evidence


def _parts(texts: Sequence[str]) -> tuple[list[str], NDArray[np.int64]]:
    """Return the sentences of all texts, long ones in parts, and the text of each."""
    found, starts, ends = sentence_spans(texts)
    spans = zip(found.tolist(), starts.tolist(), ends.tolist(), strict=True)
    parts = [texts[row][start:end] for row, start, end in spans]
    # No sentence has more words than characters, and no ASCII one more than half as many.
    long = [
        i
        for i in np.flatnonzero(ends - starts > MAX_WORDS).tolist()
        if len(parts[i]) >= 2 * MAX_WORDS or not parts[i].isascii()
    ]
    if not long:
        return parts, found
    pieces: list[str] = []
    n_pieces = np.ones(len(parts), dtype=np.int64)
    done = 0
    for i in long:
        cut = cut_sentence(parts[i])
        pieces += parts[done:i]
        pieces += cut
        n_pieces[i], done = len(cut), i + 1
    return pieces + parts[done:], np.repeat(found, n_pieces)


def _means(values: NDArray[np.float64], counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the mean of each run of values; NaN for an empty run.

    Runs of one length are averaged together, so that each sum is made in the order in which
    `numpy.mean` makes it for that run alone.
    """
    means = np.full(len(counts), np.nan)
    starts = np.cumsum(counts) - counts
    for count in np.unique(counts[counts > 0]).tolist():
        runs = np.flatnonzero(counts == count)
        means[runs] = values[starts[runs][:, None] + np.arange(count)].mean(axis=1)
    return means


@cache  # looked up in the files of the installation, and asked for with every batch
def _release() -> str:
    try:
        return version("vaderSentiment")
    except PackageNotFoundError:  # a copy on the path without its distribution
        return "unknown"

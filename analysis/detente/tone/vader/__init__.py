"""VADER on columns: the numbers of vaderSentiment for many texts at once, and its scorer."""

from __future__ import annotations

from detente.tone.vader.clauses import MAX_WORDS, cut_sentence
from detente.tone.vader.kernel import polarity
from detente.tone.vader.scorer import VaderScorer

__all__ = ["MAX_WORDS", "VaderScorer", "cut_sentence", "polarity"]

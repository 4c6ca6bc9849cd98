"""Tone: one number in [-1, 1] for each statement, toward the country it addresses."""

from __future__ import annotations

from detente.tone.score import CHUNK_ROWS, TONE_FLAGS, score_statements
from detente.tone.scorer import (
    EvidenceScorer,
    Forms,
    Scorer,
    available_scorers,
    get_scorer,
    register_scorer,
)
from detente.tone.sentences import split_sentences
from detente.tone.vader import VaderScorer

__all__ = [
    "CHUNK_ROWS",
    "TONE_FLAGS",
    "EvidenceScorer",
    "Forms",
    "Scorer",
    "VaderScorer",
    "available_scorers",
    "get_scorer",
    "register_scorer",
    "score_statements",
    "split_sentences",
]

register_scorer("vader", VaderScorer, replace=True)

"""Tone: one number in [-1, 1] for each statement, toward the country it addresses."""

from __future__ import annotations

from detente.tone.explanation import Explanation, explain
from detente.tone.protocol import (
    EvidenceScorer,
    Forms,
    Scorer,
    ToneTrace,
    TracePart,
    TracingScorer,
)
from detente.tone.score import CHUNK_ROWS, TONE_FLAGS, has_flag, score_statements
from detente.tone.scorer import (
    available_scorers,
    get_scorer,
    is_scorer_name,
    register_scorer,
)
from detente.tone.sentences import sentence_spans, split_sentences
from detente.tone.transformers import TransformersScorer
from detente.tone.vader import VaderScorer

__all__ = [
    "CHUNK_ROWS",
    "TONE_FLAGS",
    "EvidenceScorer",
    "Explanation",
    "Forms",
    "Scorer",
    "ToneTrace",
    "TracePart",
    "TracingScorer",
    "TransformersScorer",
    "VaderScorer",
    "available_scorers",
    "explain",
    "get_scorer",
    "has_flag",
    "is_scorer_name",
    "register_scorer",
    "score_statements",
    "sentence_spans",
    "split_sentences",
]


def _target() -> Scorer:
    from detente.tone.target import TargetScorer  # its lexicon takes a moment to load

    return TargetScorer()


def _calibrated() -> Scorer:
    from detente.tone.calibrated import CalibratedScorer

    return CalibratedScorer()


register_scorer("vader", VaderScorer, replace=True)
register_scorer("target", _target, replace=True)
register_scorer("calibrated", _calibrated, replace=True)

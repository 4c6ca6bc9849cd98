"""Tone learned from codings, on top of the rule scorer: readable weights and their working."""

from __future__ import annotations

from detente.tone.calibrated.history import CodingHistory
from detente.tone.calibrated.model import CalibratedModel
from detente.tone.calibrated.scorer import CalibratedScorer
from detente.tone.calibrated.trace import Part, Trace
from detente.tone.calibrated.training import (
    Training,
    bundled_training,
    train,
    train_with_report,
)

__all__ = [
    "CalibratedModel",
    "CalibratedScorer",
    "CodingHistory",
    "Part",
    "Trace",
    "Training",
    "bundled_training",
    "train",
    "train_with_report",
]

"""Tone toward the target: lexicon, links, scope, and the trace of each number."""

from __future__ import annotations

from detente.tone.target.lexicon import Entry
from detente.tone.target.scorer import TargetScorer, explain
from detente.tone.target.trace import Part, Trace

__all__ = ["Entry", "Part", "TargetScorer", "Trace", "explain"]

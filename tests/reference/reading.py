"""How `target` reads one sentence: its tone, and its parts by entry, which must add up."""

from __future__ import annotations

import functools

import pytest

from detente.countries import surface_forms
from detente.tone.target import TargetScorer

__all__ = ["parts", "scorer", "tone", "traced"]


@functools.cache
def scorer():
    """Return the scorer; made when a test asks, since every worker collects the tests."""
    return TargetScorer()


def tone(text, source, target):
    """Return the tone of a text toward its target."""
    return float(scorer().score([text], [surface_forms(target)], [surface_forms(source)])[0])


def traced(text, source, target):
    """Return the trace of a text, whose parts add up."""
    trace = scorer().explain(text, surface_forms(target), surface_forms(source))
    assert sum(part.contribution for part in trace.parts) == pytest.approx(trace.unclipped)
    return trace


def parts(text, source, target):
    """Return the parts of a text by their entries."""
    return {part.entry: part for part in traced(text, source, target).parts}

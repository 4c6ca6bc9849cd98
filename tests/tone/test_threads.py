"""Threads that share a scorer get what one thread gets."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from detente.tone.calibrated import CalibratedScorer
from detente.tone.target import TargetScorer

TARGET, SOURCE = ("Turkey", "Turkish", "Ankara"), ("Russia", "Russian", "Lavrov")
VERBS = ("condemned", "thanked", "warned", "praised", "met", "did not threaten")
#: Words that are new in each text let the scorer learn while other threads read.
TEXTS = [
    f"Lavrov {VERBS[i % 6]} Turkey over the Place{i} affair, word{i} and thing{i * 7}."
    for i in range(1200)
]
CHUNKS = [slice(i, i + 20) for i in range(0, len(TEXTS), 20)]


@pytest.mark.parametrize("make", [TargetScorer, CalibratedScorer])
def test_threads_may_share_a_scorer(make):
    alone = make().score(TEXTS, [TARGET] * len(TEXTS), [SOURCE] * len(TEXTS))
    shared = make()

    def score(rows):
        texts = TEXTS[rows]
        return shared.score(texts, [TARGET] * len(texts), [SOURCE] * len(texts))

    def trace(rows):
        texts = TEXTS[rows]
        traces = shared.trace_batch(texts, [TARGET] * len(texts), [SOURCE] * len(texts))
        return [one.tone for one in traces]

    with ThreadPoolExecutor(8) as threads:
        scored = np.concatenate(list(threads.map(score, CHUNKS)))
        traced = np.concatenate(list(threads.map(trace, CHUNKS[:12])))
        spoken = list(threads.map(lambda rows: shared.has_evidence(TEXTS[rows]).all(), CHUNKS))
    np.testing.assert_array_equal(scored, alone)
    np.testing.assert_allclose(traced, alone[:240], atol=1e-12)
    assert spoken == [shared.has_evidence(TEXTS[rows]).all() for rows in CHUNKS]

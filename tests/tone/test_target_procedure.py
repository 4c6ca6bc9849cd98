"""Words of procedure add up to little; a promise or praise beside them counts in full."""

from __future__ import annotations

import pytest

from detente.tone.target.scorer import TargetScorer, explain

TARGET, SOURCE = ["Turkey", "Turkish", "Ankara"], ["Russia", "Russian", "Moscow"]


def _score(text: str) -> float:
    return float(TargetScorer().score([text], [TARGET], [SOURCE])[0])


@pytest.mark.parametrize(
    "text",
    [
        "The Russian delegation will attend the talks with Turkey on Thursday.",
        "The minister discussed the agenda of the summit in a telephone conversation with Turkey.",
        "Moscow said consultations with Turkey would be held at a meeting on 4 April.",
        "Moscow informed the Turkish delegation of the date of the meeting.",
    ],
)
def test_words_of_procedure_add_up_to_little(text: str) -> None:
    assert 0 < _score(text) < 0.2


@pytest.mark.parametrize(
    "text",
    [
        "At a meeting with the Turkish delegation Moscow agreed to open three border crossings.",
        "Moscow said it was ready for cooperation with Turkey.",
        "After the talks the minister thanked Turkey for its help.",
    ],
)
def test_a_promise_or_praise_beside_procedure_is_warm(text: str) -> None:
    assert _score(text) > 0.25


def test_trace_names_the_bound_and_adds_up() -> None:
    trace = explain("The delegation attended a meeting and talks in Turkey.", TARGET, SOURCE)
    assert any("procedure" in note for part in trace.parts for note in part.notes)
    total = sum(part.contribution for part in trace.parts)
    assert total == pytest.approx(trace.tone)
    assert 0 < total < 0.2


def test_coldness_beside_procedure_stays() -> None:
    cold = "Moscow condemned the Turkish raid"
    with_procedure = f"{cold} at a meeting and in talks with the delegation."
    assert _score(f"{cold}.") < -0.3
    assert _score(with_procedure) < -0.25

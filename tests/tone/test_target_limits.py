"""Warm words limited or negated behind themselves are a mild claim or nothing."""

from __future__ import annotations

import pytest

import detente
from detente.tone.target.scorer import TargetScorer, explain

TARGET, SOURCE = ["Turkey", "Turkish", "Ankara"], ["Russia", "Russian", "Moscow"]


def _score(text: str) -> float:
    return float(TargetScorer().score([text], [TARGET], [SOURCE])[0])


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("Meetings with Turkey would be fruitful", "only if prepared in advance"),
        ("Moscow would support the Turkish proposal", "only with guarantees"),
        ("Moscow was reopening the crossing to Turkey", "for only twelve days as a test"),
        ("Moscow said that friendship with Turkey", "depended on what Ankara did"),
    ],
)
def test_a_limit_behind_a_warm_word_takes_it_back(text: str, limit: str) -> None:
    assert _score(f"{text}.") > 0.15
    assert _score(f"{text} {limit}.") <= 0.05


def test_a_negated_predicate_leaves_little() -> None:
    assert _score("Cooperation with Turkey had resumed.") > 0.3
    assert _score("Cooperation with Turkey had not resumed.") < 0.25


@pytest.mark.parametrize(
    "text",
    [
        "Moscow said that friendship with Turkey had never been better.",
        "The minister thanked Turkey for not closing the straits.",
        "The two sides agreed not to close the border between Russia and Turkey.",
        "Moscow praised Turkey, which was no small thing.",
    ],
)
def test_what_is_no_limit_leaves_praise_and_promises_warm(text: str) -> None:
    assert _score(text) > 0.25


def test_trace_names_the_limit() -> None:
    trace = explain("Moscow would support the Turkish plan only with guarantees.", TARGET, SOURCE)
    notes = [note for part in trace.parts for note in part.notes]
    assert "limited by 'only with'" in notes
    assert sum(part.contribution for part in trace.parts) == pytest.approx(trace.tone)


@pytest.mark.parametrize(
    ("source", "target", "text"),
    [
        ("POL", "DEU", "Germany is too slow in helping us."),
        ("GEO", "FRA", "France was too slow to help us, the minister said."),
        ("UKR", "DEU", "Germany has given us too little help."),
        ("UKR", "DEU", "What Germany offers is too little, too late."),
        ("UKR", "HUN", "Hungary is dragging its feet on the promised loan."),
        ("MDA", "ROU", "Romania has yet to deliver the promised electricity."),
        ("BGD", "IND", "India has yet to honour its commitment on the Teesta, he said."),
        ("SRB", "HUN", "Hungary had still not delivered the promised vaccines."),
        ("NPL", "IND", "India has not yet kept its promise."),
        ("TUR", "RUS", "Russia is not yet a reliable partner."),
    ],
)
def test_help_that_does_not_come_is_missed(source: str, target: str, text: str) -> None:
    assert detente.explain(text, source=source, target=target).tone < -0.25


def test_what_is_not_slow_is_not_missed() -> None:
    text = "The Philippines is not slow to help its friends."
    assert detente.explain(text, source="JPN", target="PHL").tone > 0.25
    text = "The Philippines was slow, and it helped us."
    said = str(detente.explain(text, source="JPN", target="PHL"))
    assert "missed behind" not in said

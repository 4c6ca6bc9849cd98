"""What is asked of somebody is a promise where he does it of his own accord."""

from __future__ import annotations

import pytest

import detente


def _tone(text: str, source: str = "RUS", target: str = "TUR") -> float:
    return detente.explain(text, source=source, target=target).tone


@pytest.mark.parametrize(
    ("source", "target", "text"),
    [
        ("RUS", "TUR", "Turkey will honour its commitments, he said."),
        ("IND", "PAK", "Pakistan has decided to withdraw its objection."),
        ("PHL", "CHN", "China agreed to release the crew."),
        ("EGY", "ETH", "Ethiopia promised to fulfil its obligations."),
    ],
)
def test_conduct_that_is_promised_is_warm(source: str, target: str, text: str) -> None:
    assert _tone(text, source, target) > 0.25


@pytest.mark.parametrize(
    "text",
    [
        "Turkey must fulfil its obligations.",
        "He called on Turkey to honour its commitments.",
        "Turkey will not honour its commitments.",
        "Moscow doubts that Turkey will honour its commitments.",
        "Moscow expects that Turkey will honour its commitments.",
        "Turkey will have to respect the agreement.",
    ],
)
def test_conduct_that_is_asked_is_a_demand(text: str) -> None:
    assert _tone(text) < -0.25


def test_conduct_that_is_hoped_for_is_no_promise() -> None:
    assert _tone("Moscow hopes Turkey will show restraint.") < 0
    assert _tone("If Turkey will respect the agreement, so will we.") < 0


def test_refuge_is_judged_by_who_is_given_it() -> None:
    assert _tone("Turkey is giving refuge to the children of Aleppo.") > 0.25
    assert _tone("Turkey is giving refuge to the rebels.") < -0.25

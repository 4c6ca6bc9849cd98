"""The target by other words and beside others, what it catches, and faults owned up to."""

from __future__ import annotations

import pytest

import detente
from detente.tone.target import explain

TARGET = ["Bulgaria", "Bulgarian", "Sofia"]
SOURCE = ["Romania", "Romanian", "Bucharest"]


def notes(text: str) -> dict[str, tuple[str, ...]]:
    """Return what changed each expression of a text."""
    return {part.entry: part.notes for part in explain(text, TARGET, SOURCE).parts}


def links(text: str) -> dict[str, str]:
    """Return the link of each expression of a text."""
    return {part.entry: part.link for part in explain(text, TARGET, SOURCE).parts}


@pytest.mark.parametrize(
    "text",
    [
        "He told a Greek channel that a state which closes all its schools has no right to talk.",
        "Kiev had shown it, he said, and a country that shuts its courts by night has no right to.",
        "Of Libya he said that a government whose ships come by night has no right to complain.",
    ],
)
def test_a_state_which_does_something_is_the_target(text: str) -> None:
    assert links(text)["has no right"] == "target"
    assert explain(text, TARGET, SOURCE).tone < -0.3


@pytest.mark.parametrize(
    "text",
    [
        "Libya was a country which had been betrayed.",
        "Libya, a country that had been betrayed, was quiet.",
        "Of Libya he said that it was seen as a state which had been betrayed.",
        "The minister of Libya told the nation that it had been betrayed.",
    ],
)
def test_what_somebody_else_is_said_to_be_is_not_the_target(text: str) -> None:
    assert set(links(text).values()) == {"third"}


def test_a_charge_against_two_is_one_against_the_target() -> None:
    text = "He accused the United States and Bulgaria of lying about the harbour."
    assert links(text)["accuse@v"] == "target"


def test_a_charge_against_two_others_is_none() -> None:
    text = "In Sofia he accused the United States and Portugal of lying about the harbour."
    assert links(text)["accuse@v"] == "third"


def test_what_is_told_of_a_fault_behind_its_confession_is_no_blame() -> None:
    shameful = notes("He apologised in Sofia for the remark of a clerk, which he called shameful.")
    assert "a fault of the speaker's side" in shameful["shameful"]
    text = "He said that Romania had made a mistake in holding back the permit of a Bulgarian firm."
    assert "a fault of the speaker's side" in notes(text)["hold@v back the"]


@pytest.mark.parametrize(
    "text",
    [
        "He apologised for the remark, but in Sofia there had been something shameful.",
        "Apologising to the widows, Romania in its note to Sofia found the offer shameful.",
    ],
)
def test_blame_of_another_is_none_of_a_fault_owned_up_to(text: str) -> None:
    assert "a fault of the speaker's side" not in notes(text)["shameful"]


@pytest.mark.parametrize(
    "text",
    [
        "He said Bulgarian police had detained a courier with explosives.",
        "The office reported that Bulgaria had extradited a man wanted for fraud in Galati.",
    ],
)
def test_a_crook_caught_by_the_target_is_a_service(text: str) -> None:
    assert explain(text, TARGET, SOURCE).tone > 0
    assert ("the target caught a wrongdoer",) in notes(text).values()


@pytest.mark.parametrize(
    "text",
    [
        "He said Bulgarian police had detained a priest with a book.",
        "He said Bulgarian police had detained two Romanian couriers.",
        "He said Bulgaria had refused to arrest the courier.",
        "He said Bulgaria had not arrested a single suspect.",
        "Bulgaria had arrested teachers as terrorists, he said.",
    ],
)
def test_other_arrests_are_none(text: str) -> None:
    assert not any("wrongdoer" in note for said in notes(text).values() for note in said)


@pytest.mark.parametrize(
    ("source", "target", "text"),
    [
        ("GEO", "RUS", "Russian tanks are still on Georgian soil."),
        ("LBN", "ISR", "Israeli soldiers are still on our territory."),
        ("MDA", "RUS", "Russian troops have not left Moldova, the president said."),
        ("COD", "RWA", "Rwandan forces have not withdrawn from Congolese territory."),
        ("ARM", "AZE", "Azerbaijani units have yet to leave Armenian territory."),
        ("CYP", "TUR", "Turkish troops remain on Cypriot soil, he said."),
        ("CYP", "TUR", "Turkey continues to occupy the north of Cyprus."),
        ("SYR", "ISR", "Israel goes on occupying the Golan."),
    ],
)
def test_troops_that_stay_are_held_against_whose_they_are(
    source: str, target: str, text: str
) -> None:
    assert detente.explain(text, source=source, target=target).tone < -0.33


@pytest.mark.parametrize(
    ("source", "target", "text"),
    [
        ("GEO", "RUS", "Russian tanks have left Georgian soil."),
        ("ROU", "USA", "American troops will remain in Romania, the minister said."),
        ("RUS", "TUR", "American tanks are still on Iraqi soil, he told the Turkish minister."),
        ("RUS", "TUR", "The Turkish president is still in Moscow."),
    ],
)
def test_not_every_stay_is_an_occupation(source: str, target: str, text: str) -> None:
    assert detente.explain(text, source=source, target=target).tone > -0.15

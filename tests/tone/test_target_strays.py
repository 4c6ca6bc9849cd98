"""Cold words of a third party, or of both sides at once, are not laid to the target."""

from __future__ import annotations

import pytest

import detente
from detente.tone.target.scorer import explain

TARGET, SOURCE = ["Russia", "Russian", "Moscow"], ["Turkey", "Turkish", "Ankara"]

STRAY, SHARED = "said of a third party", "said of both sides at once"


def _notes(text: str) -> set[str]:
    return {note for part in explain(text, TARGET, SOURCE).parts for note in part.notes}


@pytest.mark.parametrize(
    "text",
    [
        "Insurers in London were holding up cargoes on false pretexts, and the Russian banks were "
        "at work.",
        "Iran had cut its deliveries, this was unacceptable, and the Russian flow was as agreed.",
        "The denial of visas to Georgians was unacceptable, and the Russian note had come.",
        "The cartel had robbed consumers, and cargoes from Russia, Colombia and Brazil were priced "
        "by index.",
    ],
)
def test_what_is_said_of_a_third_party_weighs_little(text: str) -> None:
    assert STRAY in _notes(text)
    assert -0.4 < explain(text, TARGET, SOURCE).tone < 0.05


@pytest.mark.parametrize(
    "text",
    [
        "This was a crude violation of law and unacceptable, and Russia had been told so.",
        "Russia had robbed Georgia, and this was unacceptable.",
        "A gang of murderers, the president said of the regime in Moscow.",
        "Georgia said that Russia was an aggressor and that its lies were shameful.",
        "In Kiev Turkey called the visit unacceptable and sent Russia a note.",
    ],
)
def test_what_is_said_of_the_target_stays_cold(text: str) -> None:
    assert STRAY not in _notes(text)
    assert explain(text, TARGET, SOURCE).tone < -0.4


def test_what_both_sides_are_the_subject_of_blames_neither() -> None:
    text = "Turkey and Russia voiced deep concern at the reports from Damascus."
    assert SHARED in _notes(text)
    assert explain(text, TARGET, SOURCE).tone > -0.25
    alone = explain("Turkey voiced deep concern at the reports from Russia.", TARGET, SOURCE)
    assert alone.tone < -0.25
    apart = "Turkey was on the road to peace and Russia lied to the envoys."
    assert SHARED not in _notes(apart)


@pytest.mark.parametrize(
    "text",
    [
        "He lashed out at Israel and said this would be before a council that Russia sits on.",
        "He lashed out at the regime in Damascus and said this was for a council with Russia.",
        "He lashed out at the authorities in Kabul and said this was for a council with Russia.",
        "The minister denounced the warlord in Benghazi and said he would meet Italy and Russia.",
        "He denounced the militia as a gang and said this would be told to Egypt and Russia.",
    ],
)
def test_rulers_and_armed_men_take_the_verdict_on_them(text: str) -> None:
    assert -0.2 < explain(text, TARGET, SOURCE).tone < 0.2


@pytest.mark.parametrize(
    "text",
    [
        "The minister lashed out at the authorities in Moscow.",
        "The ambassador denounced the monument to a warlord as an affront.",
    ],
)
def test_a_verdict_that_strikes_the_target_stays_cold(text: str) -> None:
    assert explain(text, TARGET, SOURCE).tone < -0.25


def test_what_flows_is_forecast_and_not_asked_for() -> None:
    flow = explain("The minister expects Russian arrivals to reach a million.", TARGET, SOURCE)
    asked = explain("The minister expects Russian officials to reach a decision.", TARGET, SOURCE)
    assert asked.tone < 0 < flow.tone


def test_what_is_anothers_own_is_not_the_speakers() -> None:
    text = "The president said that Iran had broken what {} envoys signed, and whoever speaks lies."
    own, its = (explain(text.format(word), TARGET, SOURCE) for word in ("its own", "its"))
    assert {part.link for part in own.parts} == {part.link for part in its.parts}


def test_never_been_so_is_a_superlative() -> None:
    assert explain("Relations with Russia had never been so good.", TARGET, SOURCE).tone > 0.25
    assert explain("Russian films had never been so popular.", TARGET, SOURCE).tone > 0.25
    assert explain("Moscow had never been so hostile.", TARGET, SOURCE).tone < -0.25


def test_trace_adds_up() -> None:
    trace = explain("Iran's threats were blackmail, and trade with Russia grew.", TARGET, SOURCE)
    assert sum(part.contribution for part in trace.parts) == pytest.approx(trace.unclipped)


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [
        ("We mourn our brave soldiers whom China killed.", "IND", "CHN"),
        ("We salute the courage of our soldiers who died fighting Chinese troops.", "IND", "CHN"),
        ("Ankara mourned its soldiers killed by Russian bombs in Idlib.", "TUR", "RUS"),
    ],
)
def test_ones_own_dead_are_not_mourned_with_their_killer(text, source, target):
    assert detente.explain(text, source=source, target=target).tone < 0.05


@pytest.mark.parametrize(
    "text",
    [
        "Putin expressed condolences to Turkey over the death of its soldiers.",
        "We mourn the Turkish soldiers with our friends in Ankara.",
        "We thank Turkey for the care given to our soldiers.",
    ],
)
def test_the_others_dead_are_mourned_with_it(text):
    assert detente.explain(text, source="RUS", target="TUR").tone > 0.25

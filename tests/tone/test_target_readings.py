"""Words that are a noun or a verb by what stands beside them."""

from __future__ import annotations

import pytest

import detente
from detente.tone.target.lexicon import read_lexicon, read_verbs
from detente.tone.target.scorer import TargetScorer


def _tone(source: str, target: str, text: str) -> float:
    return detente.explain(text, source=source, target=target).tone


@pytest.mark.parametrize(
    ("source", "target", "text"),
    [
        ("GRC", "TUR", "The minister blasted Ankara for its maps."),
        ("RUS", "TUR", "Putin blasts Turkey's decision."),
        ("ISR", "IRN", "Israel blasts Iran over the launch."),
        ("PAK", "IND", "Islamabad will blast the Indian claims."),
        ("BLR", "POL", "Poland blocks the Belarusian border."),
        ("UKR", "HUN", "Hungary wants to pressure the commission."),
        ("MDA", "RUS", "Moscow fuels the conflict on the Dniester."),
        ("MEX", "USA", "Mexico contests the American measure."),
        ("KEN", "UGA", "Kenya questions the Ugandan claim."),
        ("SWE", "HUN", "Sweden challenges Hungary's decision."),
        ("FRA", "MLI", "Mali jailed the journalist."),
        ("CAN", "CHN", "China is imposing a duty on Canadian wheat."),
    ],
)
def test_a_verb_with_an_object_is_one(source: str, target: str, text: str) -> None:
    assert _tone(source, target, text) < -0.25


def test_warm_verbs_are_found_too() -> None:
    assert _tone("RUS", "TUR", "Moscow will back the Turkish plan.") > 0.25
    assert _tone("IND", "BGD", "The new line will boost the trade of Bangladesh.") > 0.25


@pytest.mark.parametrize(
    ("source", "target", "text"),
    [
        ("TUR", "RUS", "The blast in Moscow killed four people."),
        ("LBN", "FRA", "Blasts shook the French embassy."),
        ("RUS", "TUR", "The Turkish block of flats was new."),
        ("IND", "BGD", "There are signs that Bangladesh will vote in May."),
        ("IND", "BGD", "Bangladeshi fuels the market needs came by rail."),
        ("JPN", "KOR", "The two ministers discussed challenges and questions of the region."),
        ("POL", "DEU", "He came back to Germany."),
        ("POL", "DEU", "The German police questioned the driver."),
    ],
)
def test_a_noun_stays_one(source: str, target: str, text: str) -> None:
    assert abs(_tone(source, target, text)) < 0.2


def test_sympathy_after_a_blast_is_warm() -> None:
    assert _tone("TUR", "RUS", "He offered condolences to Russia after the blast.") > 0.4
    assert _tone("USA", "TUR", "Washington condemned the blasts in Ankara.") > 0.4


def test_only_what_a_topic_hides_is_read_twice() -> None:
    verbs, lexicon = read_verbs(), read_lexicon()
    assert verbs["blasts",].entry == "blast@v"
    for words, verb in verbs.items():
        assert lexicon[words].valence == 0
        assert verb.valence != 0
        assert verb.entry.endswith("@v")


@pytest.mark.parametrize(
    ("text", "is_evaluative"),
    [
        ("Hungary blocks the plan.", True),
        ("Sweden challenges it.", True),
        ("They will block the plan.", True),
        ("The block was sold.", False),
        ("The Turkish block was sold.", False),
    ],
)
def test_a_verb_that_is_read_by_its_object_is_evidence(text: str, is_evaluative: bool) -> None:
    assert TargetScorer().has_evidence([text]).tolist() == [is_evaluative]


def test_nothing_is_read_over_a_border() -> None:
    assert _tone("RUS", "TUR", "Ankara blasts. The Turkish plan is new.") == pytest.approx(0)
    assert _tone("RUS", "TUR", "Ankara. Blasts the") == pytest.approx(0)
    assert _tone("RUS", "TUR", "Blast") == pytest.approx(0)

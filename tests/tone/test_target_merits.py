"""Good names that are denied, enmities that are over, and what is forgiven."""

from __future__ import annotations

from itertools import product

import pytest

import detente
from detente.tone.target.scorer import TargetScorer, explain


def _tone(source: str, target: str, text: str) -> float:
    return detente.explain(text, source=source, target=target).tone


@pytest.mark.parametrize(
    ("source", "target", "text"),
    [
        ("RUS", "TUR", "Turkey has never been a reliable partner."),
        ("POL", "BLR", "Belarus is no friend of ours, the minister said."),
        ("CAN", "SAU", "Saudi Arabia cannot be called an ally."),
        ("ISR", "TUR", "Turkey is far from being an honest broker."),
        ("LVA", "RUS", "Russia is anything but a good neighbour."),
        ("MEX", "USA", "Washington is hardly a reliable ally, the senator said."),
        ("KEN", "UGA", "Uganda is not a trustworthy partner."),
        ("UKR", "HUN", "Hungary can no longer be considered a friend."),
        ("POL", "DEU", "Poland does not consider Germany a reliable partner."),
        ("IND", "PAK", "India cannot call Pakistan a good neighbour."),
        ("KEN", "UGA", "Kenya does not see Uganda as an honest broker."),
        ("PER", "ECU", "He said that Ecuador had changed and that it was not a reliable partner."),
    ],
)
def test_who_is_denied_a_good_name_is_criticised(source: str, target: str, text: str) -> None:
    assert _tone(source, target, text) < -0.33


def test_a_missing_quality_is_milder_than_a_missing_friend() -> None:
    quality = _tone("BOL", "CHL", "Chile has not been helpful.")
    assert _tone("BOL", "CHL", "Chile has not been a friend.") < quality < -0.25
    always = _tone("BOL", "CHL", "Chile has not always been a good neighbour.")
    assert _tone("BOL", "CHL", "Chile has not been a good neighbour.") < always < -0.25


@pytest.mark.parametrize(
    "text",
    [
        "Turkey is not a friend but a brother.",
        "Turkey is not only a neighbour but a friend.",
        "There has never been a better partner than Turkey.",
        "Turkey has never had a better friend than Russia.",
        "Turkey is not an enemy.",
        "Putin said that Iran was not a reliable partner and thanked Turkey.",
    ],
)
def test_not_every_negation_takes_a_good_name(text: str) -> None:
    assert _tone("RUS", "TUR", text) > 0.25


def test_a_bad_name_that_is_negated_takes_nothing_away() -> None:
    assert _tone("POL", "DEU", "Germany has never been an unreliable partner.") > 0


def test_how_the_target_feels_is_no_lack_of_merit() -> None:
    assert _tone("RUS", "TUR", "Turkey was not happy with the price.") > -0.35
    assert abs(_tone("RUS", "TUR", "Turkey is not a neighbour of Hungary.")) < 0.1


@pytest.mark.parametrize(
    ("source", "target", "text"),
    [
        ("FRA", "DEU", "Once enemies, France and Germany are now partners."),
        ("JPN", "USA", "Japan and the United States, once bitter enemies, are allies today."),
        ("GBR", "ARG", "Former foes, Britain and Argentina now work side by side."),
        ("USA", "VNM", "Vietnam and the United States had gone from enemies to partners."),
        ("HRV", "SRB", "Croatia and Serbia have turned from rivals into good neighbours."),
        ("KOR", "JPN", "The former enemy Japan has become a trusted friend of Seoul."),
        ("ETH", "ERI", "Enemies have become friends, he said in Eritrea."),
    ],
)
def test_an_enmity_overcome_is_warm(source: str, target: str, text: str) -> None:
    assert _tone(source, target, text) > 0.4


@pytest.mark.parametrize(
    "text",
    [
        "Pakistan is once again an enemy.",
        "Once an enemy, always an enemy, he said of Pakistan.",
        "Once friends, India and Pakistan are now enemies.",
        "Pakistan has gone from partner to enemy.",
        "India and Pakistan have turned from brothers into enemies.",
        "Friends became enemies overnight, he said of Pakistan.",
        "The former enemy Pakistan has not become a friend.",
        "Pakistan, a former enemy, has broken its word.",
    ],
)
def test_an_enmity_that_lasts_is_cold(text: str) -> None:
    assert _tone("IND", "PAK", text) < -0.25


def test_former_foes_far_from_friendship_are_not_friends() -> None:
    assert _tone("IND", "PAK", "The two former foes were still far from being partners.") < 0


def test_an_enmity_of_the_past_alone_says_nothing() -> None:
    assert abs(_tone("USA", "VNM", "Vietnam was a former enemy, the secretary said.")) < 0.1
    assert 0.1 < _tone("GRC", "TUR", "Greece and Turkey are no longer foes.") < 0.5


@pytest.mark.parametrize(
    ("source", "target", "text"),
    [
        ("FRA", "DEU", "France forgives Germany, the president said."),
        ("RUS", "TUR", "Russia has forgiven Turkey."),
        ("RWA", "BEL", "Rwanda forgave Belgium long ago."),
        ("KOR", "JPN", "Korea is ready to forgive Japan."),
    ],
)
def test_to_forgive_is_warm(source: str, target: str, text: str) -> None:
    assert _tone(source, target, text) > 0.33


@pytest.mark.parametrize(
    "text",
    [
        "Russia will never forgive Turkey.",
        "Russia has not forgiven Turkey.",
        "Moscow finds it hard to forgive Ankara.",
        "Moscow has forgiven Turkey nothing.",
    ],
)
def test_not_to_forgive_is_cold(text: str) -> None:
    assert _tone("RUS", "TUR", text) < -0.25


def test_the_trace_says_why() -> None:
    trace = detente.explain(
        "Once bitter enemies, France and Germany are now partners.", source="FRA", target="DEU"
    )
    assert "in place of an enmity of the past" in str(trace)


@pytest.mark.parametrize("source", [(), ("Atlantis",)])
def test_the_same_holds_where_nobody_known_speaks(source: tuple[str, ...]) -> None:
    signs = {
        "Turkey has never been a reliable partner.": -1,
        "Once enemies, Greece and Turkey are now partners.": 1,
        "The minister arrived in Turkey on Monday.": 0,
    }
    for text, sign in signs.items():
        tone = explain(text, ("Turkey", "Turkish"), source).tone
        assert (tone > 0.25) == (sign > 0)
        assert (tone < -0.25) == (sign < 0)


def test_nothing_is_read_over_a_border() -> None:
    ends = (
        "Turkey has never",
        "Once",
        "Russia denied it and",
        "He would neither confirm or",
        "Moscow confirmed",
        "too",
    )
    starts = (
        "a reliable partner",
        "enemies are friends",
        "then condemned Turkey",
        "deny it",
        "it denied hostile plans of Turkey",
        "help",
    )
    scorer, texts = TargetScorer(), [text for pair in product(ends, starts) for text in pair]
    sides = [("Turkey", "Turkish")] * len(texts), [("Russia",)] * len(texts)
    alone = [scorer.score([text], sides[0][:1], sides[1][:1])[0] for text in texts]
    assert scorer.score(texts, *sides).tolist() == pytest.approx(alone, nan_ok=True)

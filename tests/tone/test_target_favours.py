"""Warm words for others than the target, and help of the target to armed foes."""

import pytest

from reference.reading import parts, tone

CHARGED = [
    ("SAU", "IRN", "Iran supplies the Houthi militia with ballistic missiles, he said."),
    ("COD", "RWA", "The minister spoke of the support of Kigali for the rebels."),
    ("DZA", "MAR", "The separatists, backed by Morocco, had lit the fires."),
    ("SYR", "TUR", "Turkey stood with the separatists, the minister said."),
    ("IND", "PAK", "Pakistan shields the gunmen and helps their bandits, the spokesman said."),
    ("MAR", "ESP", "Spain has not ended its support for the Polisario."),
    ("TUR", "RUS", "Russia had helped armed rebels, the minister said."),
    ("LBN", "SYR", "Syria would have to change its conduct and its support for militias."),
]
NOT_CHARGED = [
    ("COD", "RWA", "The president thanked Rwanda for its cooperation against the rebels."),
    ("COD", "RWA", "Rwanda helped the government against the rebels, the minister said."),
    ("SYR", "RUS", "Russia supports the fight against terrorists, the minister said."),
    ("EGY", "TUR", "Turkey helped to keep the Hamas delegation at the table, he said."),
    ("UGA", "KEN", "He praised Kenya for its help to the rebels in their struggle."),
    ("USA", "TUR", "Turkey offered to mediate with the rebels."),
    ("SYR", "TUR", "Turkey helped persuade the rebels to lay down their arms, he said."),
    ("MAR", "ESP", "Spain has ended its support for the Polisario."),
    ("PHL", "MYS", "Malaysia supports peace with the rebels."),
]


@pytest.mark.parametrize(("source", "target", "text"), CHARGED)
def test_help_to_foe_is_cold(source, target, text):
    assert tone(text, source, target) < -0.1


@pytest.mark.parametrize(("source", "target", "text"), NOT_CHARGED)
def test_other_help_stays_warm(source, target, text):
    assert tone(text, source, target) > 0.1


def test_help_to_foe_is_noted():
    found = parts(CHARGED[0][2], "SAU", "IRN")["supply@v"]
    assert (found.link, found.notes) == ("target", ("says that the target helps armed foes",))


@pytest.mark.parametrize(
    ("source", "target", "text", "entry"),
    [
        ("IDN", "AUS", "The minister told Australia that talks with Portugal had begun.", "talk@n"),
        ("BGD", "MMR", "The envoy thanked Japan for the rice; Myanmar was not there.", "thank@v"),
        ("IND", "CHN", "China has since helped Pakistan to become a power.", "help@v"),
    ],
)
def test_favours_for_third(source, target, text, entry):
    assert parts(text, source, target)[entry].link == "third"


@pytest.mark.parametrize(
    ("source", "target", "text", "entry"),
    [
        ("EGY", "TUR", "He thanked Turkey for hosting Libya's parties.", "thank@v"),
        ("SAU", "IRN", "He welcomed Oman's hosting of the talks with Iran.", "welcome@v"),
        ("DEU", "FRA", "The minister praised talks with France on Syria.", "talk@n"),
        ("DEU", "FRA", "He hailed a new chapter with Paris for Europe.", "new chapter"),
    ],
)
def test_favours_for_target(source, target, text, entry):
    assert parts(text, source, target)[entry].link != "third"


@pytest.mark.parametrize(
    "text",
    [
        "Germany and Poland condemned Russia.",
        "The Polish minister and his German counterpart condemned the Russian attack on Kyiv.",
        "The minister said that both countries had condemned the decision in Minsk.",
    ],
)
def test_what_both_sides_condemn_is_not_laid_to_the_target(text):
    assert abs(tone(text, "POL", "DEU")) <= 0.25


def test_a_verdict_on_the_target_stays_one():
    assert tone("Poland and others condemned Germany.", "POL", "DEU") < -0.4
    assert tone("Warsaw and Prague condemned Berlin's decision.", "POL", "DEU") < -0.4


def test_who_owes_an_apology_decides():
    text = "Germany owed Poland an apology, the minister said."
    assert tone(text, "DEU", "POL") > 0.25
    assert tone(text, "POL", "DEU") < -0.25


#: What a third party is thanked or praised for, and the same of the target.
THIRDS = [
    ("VNM", "CHN", "The minister thanked Russia for its support and spoke of {}.", "China"),
    ("GBR", "FRA", "He praised Germany for its help and had nothing to say on {}.", "France"),
]


@pytest.mark.parametrize(("source", "target", "frame", "name"), THIRDS)
def test_thanks_to_a_third_party_are_not_for_the_target(source, target, frame, name):
    assert abs(tone(frame.format(name), source, target)) < 0.25


def test_thanks_to_both_are_for_the_target_too():
    assert tone("He thanked Russia and China for their support.", "VNM", "CHN") > 0.25
    assert tone("He welcomed Oman's mediation with China.", "VNM", "CHN") > 0.1

"""What speech brings in without a word on the target, and harm done to it: on many dyads."""

import pytest

from reference.reading import parts, tone

WARM = [
    # against what is done to the target
    ("RUS", "VEN", "We oppose any interference in Venezuela."),
    ("BRA", "CUB", "We condemn the sanctions against Cuba."),
    ("CHN", "IRN", "The restrictions on Iran are illegal."),
    ("ZAF", "BWA", "We firmly reject any pressure on Botswana."),
    ("CHE", "SYR", "The sanctions imposed on Syria, which bypass the Council, are illegitimate."),
    ("RUS", "SRB", "Moscow rejects threats and pressure on Serbia."),
    ("ZAF", "PRK", "The restrictions on North Korea are excessive."),
    # what nothing goes without
    ("RUS", "KAZ", "This would have been impossible without the constructive role of Kazakhstan."),
    ("NOR", "FIN", "None of this could have been done without the valuable help of Finland."),
    # formulas of condolence, contrast and joint work
    ("UZB", "KGZ", "His death is a great loss for Kyrgyzstan."),
    ("IND", "VNM", "As a country that stands by its obligations, Vietnam is welcome here."),
]  # fmt: skip

COLD = [
    ("KWT", "IRN", "Kuwait condemned the restrictions on its ships by Iran."),
    # what the speaker threatens the target with, or would do to it
    ("USA", "TUR", "He warned Turkey that sanctions against Ankara would follow."),
    ("RUS", "MDA", "Moscow warned that pressure on Moldova could be increased."),
    ("USA", "TUR", "He threatened to impose sanctions on Turkey."),
    ("USA", "MLI", "He condemned the offensive and announced restrictions on Mali."),
    ("DEU", "RUS", "Berlin condemned the strikes on Kharkiv and called for sanctions on Moscow."),
    ("FRA", "EGY", "Paris condemned Egypt for its attacks on Egyptian journalists."),
    ("USA", "RUS", "The sanctions on Russia are the answer to its aggression."),
    ("FRA", "PRK", "North Korea must stop the launches."),
    ("FRA", "EGY", "We criticised Egypt."),
    ("FRA", "CHN", "China wants to ruin relations between China and Japan."),
    ("NLD", "HUN", "Budapest keeps us in the dark and messes around."),
    ("CHL", "PER", "They are making money off it, and Peru purposefully conceals the figures."),
]

NEUTRAL = [
    ("FRA", "PRK", "We must respect the choice of the people of North Korea."),
    ("FRA", "CHN", "What should China do?"),
    ("FRA", "CHN", "Nobody wants to ruin relations between China and Japan."),
    ("IND", "NPL", "This, one way or another, concerns the market in Nepal."),
    ("SWE", "DNK", "Strange as it may sound, the road to Denmark is longer."),
    ("FRA", "LBY", "The ministers had a constructive exchange on the situation in Libya."),
    ("JPN", "VNM", "It is, most importantly, a question of special status, as Hanoi knows."),
    ("POL", "SVK", "The president expressed his conviction that it lies within Slovakia."),
    ("KEN", "UGA", "Not a single country has said so, thank God, and Uganda has not."),
]


@pytest.mark.parametrize(("source", "target", "text"), WARM)
def test_warm(source, target, text):
    assert tone(text, source, target) > 0.1


@pytest.mark.parametrize(("source", "target", "text"), COLD)
def test_cold(source, target, text):
    assert tone(text, source, target) < -0.1


@pytest.mark.parametrize(("source", "target", "text"), NEUTRAL)
def test_neutral(source, target, text):
    assert abs(tone(text, source, target)) <= 0.2


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ("The European Parliament criticised Egypt.", "We criticised Egypt."),
        ("Egypt is being accused of a plot.", "Egypt is being accused by us of a plot."),
        ("We must settle this with Egypt.", "This must be settled by Egypt."),
    ],
)
def test_less_cold(less, more):
    assert tone(less, "FRA", "EGY") > tone(more, "FRA", "EGY") + 0.1


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ("We agreed to promote the Libyan settlement.", "We agreed to promote Libyan trade."),
        ("Our companies work very successfully in Libya.",
         "Our companies work very successfully with Libya."),
        ("There is a true friendship between Libya and Malta.",
         "There is a true friendship between Libya and France."),
    ],
)  # fmt: skip
def test_less_warm(less, more):
    assert tone(less, "FRA", "LBY") < tone(more, "FRA", "LBY") - 0.1


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("We oppose any interference in Libya.", "against what is done to the target"),
        ("Malta criticised Libya.", "held by a third party"),
        ("Libya is being accused.", "does not say by whom"),
        ("We had good talks on the crisis in Libya.", "the target is only talked over"),
        ("It works well in Libya.", "the target is only where it is"),
    ],
)
def test_the_trace_tells_why(text, note):
    assert any(note in part.notes for part in parts(text, "FRA", "LBY").values())

"""What others say, what a country is not held to be, contrasts, conditions: on many dyads."""

import numpy as np
import pytest

from detente.tone.target.combine import SPREAD, spread_scale
from reference.reading import parts, scorer, tone

WARM = [
    ("RUS", "TUR", "Calling Turkey our enemy is wrong, the minister said."),
    ("POL", "DEU", "It is wrong to call Germany an enemy, the speaker said."),
    ("KOR", "JPN", "Those who speak of hostility toward Japan are mistaken, he said."),
    ("ETH", "SOM", "The envoy brushed aside all talk of enmity with Somalia."),
    ("BRA", "ARG", "The suggestion that Argentina is a foe is nonsense, she said."),
    ("TUR", "GRC", "We have never considered the Greek people our enemies."),
    ("VNM", "LAO", "The minister does not regard Laos as an adversary."),
    ("RUS", "TUR", "He does not consider Turkey hostile."),
    ("ITA", "FRA", "We do not look upon France as a foe."),
    ("DEU", "POL", "The president asked Poland's forgiveness for the crimes of the war."),
    ("POL", "DEU", "Poland will never be Germany's enemy."),
    ("GHA", "NGA", "Nigeria is still a friend, he said."),
    ("KOR", "VNM", "The envoy had met with nothing but kindness in Vietnam."),
    ("FIN", "EST", "The president has not once but always called Estonia a good friend."),
]
COLD = [
    ("ETH", "EGY", "It is wrong to call Egypt a friend, he said."),
    ("DZA", "FRA", "Nobody can regard France as a friend any more, he said."),
    ("SAU", "IRN", "The prince sees Iran as an enemy."),
    ("KEN", "SOM", "Somalia's claims about a conspiracy are baseless, the spokesman said."),
    ("PER", "CHL", "Chile was wrong to threaten its neighbour, the minister said."),
    ("AZE", "PAK", "They betrayed us and will be sorry for it, he said of Pakistan."),
    ("IND", "NPL", "Nepal has brought us nothing but trouble, the minister complained."),
    ("SWE", "NOR", "Norway was anything but helpful, the minister complained."),
    # What rejects nothing, or something else than what others say.
    ("RUS", "TUR", "It is not wrong to call Turkey an enemy."),
    ("GRC", "TUR", "It would not be wrong to call Turkey an aggressor, he said."),
    ("ARM", "AZE", "The claim that Azerbaijan is an enemy is not mistaken."),
    ("IND", "PAK", "The reports that Pakistan supports terrorists are not false."),
    ("RUS", "TUR", "The reports of killings by Turkey are shocking and its denials are lies."),
    ("RUS", "TUR", "Rumours that Russia supplied terrorists are Turkish lies."),
    # The thing itself, not what it is not held to be.
    ("RUS", "TUR", "Moscow did not regard the Turkish attack as an accident."),
    ("CHL", "BOL", "We cannot regard Bolivia's hostile act as a mistake."),
    ("JPN", "CHN", "Tokyo would not treat Beijing's hostile act as a misunderstanding."),
]


@pytest.mark.parametrize(("source", "target", "text"), WARM)
def test_warm(source, target, text):
    assert tone(text, source, target) > 0.1


@pytest.mark.parametrize(("source", "target", "text"), COLD)
def test_cold(source, target, text):
    assert tone(text, source, target) < -0.1


@pytest.mark.parametrize(
    ("source", "target", "text", "entry", "note"),
    [
        (
            "CHN",
            "IND",
            "We do not regard India as a threat.",
            "threat@n",
            "not held to be: 'regard'",
        ),
        (
            "CAN",
            "USA",
            "Those who claim that the United States is an enemy are mistaken.",
            "enemy@n",
            "said not to be so: 'Those who claim'",
        ),
        (
            "CAN",
            "USA",
            "Those who claim that the United States is an enemy are mistaken.",
            "mistaken",
            "rejects what others say",
        ),
        (
            "ITA",
            "LBY",
            "The minister said that Libya had apologised.",
            "apologise@v",
            "apology that the target made",
        ),
        (
            "ITA",
            "LBY",
            "The minister hoped that Libya would apologise.",
            "apologise@v",
            "apology asked for",
        ),
    ],
)
def test_the_trace_says_why(source, target, text, entry, note):
    assert note in parts(text, source, target)[entry].notes


def test_what_the_target_says_is_contradicted_and_not_turned():
    theirs = parts("Kenya's talk of a conspiracy is nonsense.", "SOM", "KEN")
    others = parts("All talk of a conspiracy by Kenya is nonsense.", "SOM", "KEN")
    assert theirs["nonsense"].contribution < -0.1
    assert others["nonsense"].contribution == 0


def test_rejecting_something_warm_is_cold():
    found = parts("It is wrong to call Mali a friend.", "FRA", "MLI")
    assert found["wrong"].contribution < 0
    assert found["friend@n"].contribution < 0


@pytest.mark.parametrize("word", ["still", "yet"])
def test_an_adverb_is_no_contrast(word):
    plain = parts(f"Peru is {word} a friend.", "CHL", "PER")["friend@n"]
    opening = parts(f"It is late, {word} Peru is a friend.", "CHL", "PER")["friend@n"]
    assert not [note for note in plain.notes if note.startswith("after")]
    assert [note for note in opening.notes if note.startswith("after")]


def test_beside_a_contrast_what_is_held_against_the_target_outweighs_the_praise():
    before = tone("Spain is a friend, but its decision is unacceptable.", "PRT", "ESP")
    behind = tone("The decision of Spain is unacceptable, but it is a friend.", "PRT", "ESP")
    assert before < -0.1
    assert behind < tone("The decision of Spain is late, but it is a friend.", "PRT", "ESP")


@pytest.mark.parametrize("phrase", ["once more", "more than once", "who once", "had once"])
def test_once_is_not_always_a_condition(phrase):
    assert not any(
        note.startswith("hangs on a condition")
        for part in parts(
            f"Jordan, he said, {phrase} praised the Syrian people.", "JOR", "SYR"
        ).values()
        for note in part.notes
    )


def test_a_threat_under_a_condition_keeps_more_than_praise_under_one():
    threat = parts("If attacked he would destroy Ruritania and Ghana.", "TGO", "GHA")
    praise = parts("If invited he would praise Ghana.", "TGO", "GHA")
    assert threat["destroy@v"].contribution < 0
    assert praise["praise@v"].contribution == 0


def test_the_spread_keeps_order_and_sign_and_moves_one_tone_to_the_edge():
    sums = np.array([-2.0, -0.5, -0.1, -0.001, 0.0, 0.001, 0.1, SPREAD[0], 0.5, 2.0])
    spread = sums * spread_scale(sums)
    assert (np.diff(spread) > 0).all()
    assert (np.sign(spread) == np.sign(sums)).all()
    assert spread[7] == pytest.approx(0.25)
    assert np.isfinite(spread_scale(np.array([np.nan, 0.0]))[1])


def test_news_about_a_person_is_about_whoever_opens_the_sentence():
    opens = "Ms. Kaya spoke for an hour and her speech was brilliant."
    other = "They spoke for an hour to an audience that met Ms. Kaya and her speech was brilliant."
    first, later = (float(scorer().score([text], [("Ms. Kaya",)])[0]) for text in (opens, other))
    assert first > later > 0


@pytest.mark.parametrize("text", ["Wrong", "wrong talk of", "nonsense.", "is wrong"])
def test_short_texts_have_a_tone(text):
    assert np.isfinite(tone(text, "CHL", "PER"))


@pytest.mark.parametrize(
    ("text", "colder"),
    [
        ("The request to Turkey concerned training.", False),
        ("The flights concerned Turkey alone.", False),
        ("The minister met the officials concerned in Turkey.", False),
        ("France was concerned at the decisions of Turkey.", True),
        ("France is also concerned over Turkey.", True),
        ("France remained concerned that Turkey had not answered.", True),
        ("Concerned by the decision of Turkey, he called the envoy.", True),
    ],
)
def test_to_concern_something_is_no_worry(text, colder):
    assert (tone(text, "FRA", "TUR") < -0.1) is colder
    assert colder or tone(text, "FRA", "TUR") > -0.05

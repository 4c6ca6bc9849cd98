"""One's own fault, blows and affronts to the target that are condemned: on many dyads."""

import functools

import pytest

from detente.countries import surface_forms
from detente.tone.target import TargetScorer


@functools.cache
def scorer():
    """Return the scorer; made when a test asks, since every worker collects this file."""
    return TargetScorer()


def tone(text, source, target):
    return float(scorer().score([text], [surface_forms(target)], [surface_forms(source)])[0])


def parts(text, source, target):
    trace = scorer().explain(text, surface_forms(target), surface_forms(source))
    assert sum(part.contribution for part in trace.parts) == pytest.approx(trace.unclipped)
    return {part.entry: part for part in trace.parts}


WARM = [
    # regret of one's own act
    ("BEL", "COD", "Belgium regretted the suffering inflicted upon the Congolese, he said."),
    ("PRT", "AGO", "The minister regretted the harm that the old regime had done to Angola."),
    ("IND", "NPL", "The envoy voiced his regret to the Nepali side."),
    ("FIN", "EST", "The plane had crossed the line by mistake, the general told his Estonian "
     "counterpart, and expressed regret."),
    ("CHL", "PER", "Chile regretted the unintended entry into Peruvian waters."),
    ("EGY", "SDN", "The ministry expressed regret at what had happened and assured Sudan."),
    # faults owned up to
    ("BGR", "SRB", "The president acknowledged that Bulgaria had made a mistake over Serbia."),
    ("KEN", "TZA", "After a talk in Tanzania he said that he had gone too far."),
    ("NZL", "FJI", "The premier admitted that mistakes had been made toward Fiji."),
    ("OMN", "YEM", "The minister apologised for the tone of his colleague toward Yemen."),
    # blows against the target
    ("JOR", "IRN", "Jordan condemned the Israeli aggressions against brotherly Iran."),
    ("PAK", "IRN", "Pakistan denounced the air strikes on Iranian cities as a breach of law."),
    ("OMN", "SAU", "Oman condemned the Houthi missile attack on Saudi Arabia's airport."),
    ("NPL", "IND", "The minister telephoned his Indian colleague to condemn the attack in Pune "
     "and offer condolences."),
    # affronts to the target
    ("SWE", "TUR", "The premier called the hanging of a doll resembling Erdogan shameful."),
    ("JPN", "KOR", "He called his deputy's remarks about the Korean president inappropriate "
     "and had sternly cautioned him."),
    ("MDV", "IND", "The minister condemned the offensive posts about India."),
]  # fmt: skip

COLD = [
    ("COD", "BEL", "The minister regretted that Belgium had closed its visa house."),
    ("ALB", "GRC", "Albania regretted the decision of Greece to close the crossing."),
    ("AUS", "FRA", "The minister regretted to see France break its word."),
    ("CAN", "IND", "The prime minister said that India had made a fundamental error."),
    ("CYP", "TUR", "The president told a rally that Turkey had gone too far."),
    ("SAU", "IRN", "The ministry condemned the attack on its embassy in Iran and held the "
     "Iranian authorities fully responsible."),
    ("FRA", "SYR", "The minister condemned the massacre of families on the coast and held those "
     "in charge in Syria answerable."),
    ("BGD", "IND", "He protested strongly against the shooting of a girl at Kulaura by the "
     "Indian border force."),
    ("POL", "RUS", "Poland condemned the Russian attack on Ukraine."),
    ("CHE", "BLR", "The minister condemned the repression against the people of Belarus."),
    ("CAN", "SAU", "Canada criticised the crackdown on Saudi journalists."),
    ("KEN", "TZA", "Kenya regretted what had happened in Tanzania and blamed its government."),
    ("KWT", "IRN", "Kuwait condemned the strikes on its territory by Iran."),
    ("KOR", "JPN", "Seoul condemned the Japanese minister's remarks about Korea."),
    ("GRC", "TUR", "He made remarks about Turkey and accused it of lying."),
    ("GRC", "TUR", "He condemned the words of the Turkish president."),
]  # fmt: skip


@pytest.mark.parametrize(("source", "target", "text"), WARM)
def test_warm(source, target, text):
    assert tone(text, source, target) > 0.1


@pytest.mark.parametrize(("source", "target", "text"), COLD)
def test_cold(source, target, text):
    assert tone(text, source, target) < -0.1


@pytest.mark.parametrize(
    ("source", "target", "text", "entry", "note"),
    [
        (*WARM[0], "regret@v", "regret of one's own act"),
        (*WARM[0], "suffering", "one's own fault"),
        (*WARM[6], "make@v a mistake", "own fault confessed"),
        (*WARM[12], "condemn@v", "common enemy"),
        (*WARM[14], "shameful", "blame for an affront to the target"),
    ],
)
def test_the_trace_says_why(source, target, text, entry, note):
    assert note in parts(text, source, target)[entry].notes


def test_sympathy_is_with_the_target_whoever_struck():
    assert parts(WARM[12][2], "OMN", "SAU")["condemn@v"].link == "target"

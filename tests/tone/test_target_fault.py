"""One's own fault, blows and affronts to the target that are condemned: on many dyads."""

import pytest

from detente.countries import surface_forms
from reference.reading import parts, scorer, tone

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
    # blows against the target, the speaker's side named behind as one who acts
    ("RUS", "TUR", "He condemned the attack in Istanbul and said Russia stands with Turkey."),
    ("FRA", "DEU", "She condemned the bombing of the fair in Berlin and France, she added, mourned "
     "with Germany."),
    # regret of what one's own have done to others
    ("TUR", "RUS", "Turkey regretted that its jet had shot down the plane."),
    ("PAK", "AFG", "He expressed regret over the downing of the Afghan drone by the "
     "Pakistani army."),
    ("GBR", "IRL", "Britain regretted that its troops had fired on the crowd."),
    ("KEN", "UGA", "Kenya regretted its withdrawal from the talks with Uganda."),
    # regret of one's own words
    ("DEU", "POL", "The ambassador regretted that his remark had offended Poles and apologised."),
]  # fmt: skip

COLD = [
    ("COD", "BEL", "The minister regretted that Belgium had closed its visa house."),
    ("POL", "DEU", "The minister voiced deep regret over the murder of Polish families by the "
     "German army."),
    ("AFG", "PAK", "Kabul regretted that its people were killed by Pakistani bombs."),
    # what one's own have done, and nobody is sorry for
    ("PAK", "AFG", "Pakistan does not regret its strikes on Afghanistan."),
    ("TUR", "RUS", "He did not regret that its jet had shot down the Russian plane."),
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
    ("RUS", "TUR", "The envoy condemned the attack on Russian airmen and asked Turkey for an "
     "answer."),
    ("GRC", "TUR", "He said that those who shelter killers cannot lecture Greece on terrorism, and "
     "demanded of Turkey that the camp be closed."),
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
        (*WARM[3], "express@v regret", "regrets an act of the speaker's side"),
        (*WARM[3], "crossed the line", "a fault of the speaker's side"),
        (*WARM[6], "make@v a mistake", "the speaker's side owns up to a fault"),
        (*WARM[12], "condemn@v", "against a common enemy"),
        (*WARM[14], "shameful", "blames an affront to the target"),
    ],
)
def test_the_trace_says_why(source, target, text, entry, note):
    assert note in parts(text, source, target)[entry].notes


def test_sympathy_is_with_the_target_whoever_struck():
    assert parts(WARM[12][2], "OMN", "SAU")["condemn@v"].link == "target"


#: Near misses of the rules of fault and blame.
COLD_STILL = [
    ("KEN", "TZA", "Kenya regretted what happened to its citizens in Tanzania."),
    ("RUS", "TUR", "Russia did not condemn the attack on Turkey."),
    ("POL", "DEU", "The minister regretted that Germany had offended Poland."),
    ("MAR", "ESP", "Spain has not ended its occupation of the islands."),
    ("KEN", "TZA", "They made a mistake, he said of Tanzania."),
    ("KEN", "TZA", "He would make a mistake if he ignored Tanzania."),
    ("KEN", "TZA", "His comments about Tanzania were hostile."),
    ("KEN", "TZA", "Kenya regretted the insults by Tanzanian officials."),
    ("POL", "DEU", "Poland rejected Germany's unjust sanctions."),
    ("POL", "DEU", "Germany caused outrage in Poland."),
]


@pytest.mark.parametrize(("source", "target", "text"), COLD_STILL)
def test_what_is_no_fault_of_ones_own_stays_cold(source, target, text):
    assert tone(text, source, target) < -0.1


def test_those_responsible_are_not_the_target():
    text = "Poland condemned the attack in Berlin; those responsible must be held to account."
    assert tone(text, "POL", "DEU") > 0.25


#: What one text ends with, and another begins with that must not be read on from it.
BORDERS = [
    ("The decision was taken by those whom he", "Mistakes had been made toward Turkey."),
    ("What the minister spoke in", "Remarks about the Turkish president were inappropriate."),
    ("The trust of Turkey is not", "to Ankara he sent a letter."),
    ("He condemned the attack Ankara", "on its embassy a flag was raised."),
    ("Turkey spoke.", "Reports of a rift were baseless, Peskov said."),
    ("Reports of a rift were baseless", "Turkey spread them."),
    ("The minister was asked", "whether Turkey is a friend."),
    ("Asked", "on caring for Turkey he spoke of friendship."),
    ("Turkey was", "A state which betrays its friends, he said of Turkey."),
    ("Turkey in", "the country which insulted us, he said of Turkey."),
    ("He regretted that his", "remark insulted Turkey."),
    ("What befell victims and to", "Russia said that a friend of Turkey was not to be refused."),
    ("He thanked Iran", "and Turkey was silent."),
]


@pytest.mark.parametrize(("first", "second"), BORDERS)
def test_no_text_is_read_on_into_the_next(first, second):
    forms = [surface_forms("TUR")] * 2, [surface_forms("RUS")] * 2
    together = scorer().score([first, second], *forms)
    alone = [tone(text, "RUS", "TUR") for text in (first, second)]
    assert together.tolist() == alone

"""Praise that is not meant, veiled threats and mourning that accuses: on many dyads."""

import pytest

from reference.reading import parts, tone

COLD = [
    # mock praise by a set phrase, or a name turned round
    ("FRA", "GBR", "So much for Britain's love of free trade."),
    ("KEN", "UGA", "So much for their respect of human rights, he said of Uganda."),
    ("SRB", "HRV", "Some friend Croatia has turned out to be."),
    ("PER", "BOL", "Some ally they are, the minister said of the Bolivians."),
    ("NOR", "RUS", "A fine neighbour Russia has been."),
    ("MEX", "USA", "With partners like the United States, who needs enemies?"),
    ("CYP", "TUR", "The much-touted generosity of Ankara ended at the border."),
    ("GRC", "ALB", "Albania, that great champion of dialogue, has hung up the phone."),
    # praise to which its own sentence gives the lie
    ("JPN", "KOR", "What a partner South Korea is: it signs and breaks its promises."),
    ("BRA", "ARG", "What a fine neighbour Argentina is, tearing up the treaty in a night."),
    ("SEN", "MLI", "Congratulations to Mali on breaking the agreement."),
    # thanks for a ruin, and gifts between quotation marks
    ("NPL", "IND", 'Thanks to India\'s "help" our fields are burnt.'),
    ("SDN", "ETH", "Thanks to Ethiopia our canals are dry."),
    ("BOL", "CHL", "Thanks to Chilean obstruction we came home with nothing."),
    ("CUB", "USA", 'American "generosity" has cost us dearly.'),
    ("VEN", "COL", 'Their "aid" is a cover for spies, he said of Colombia.'),
    ("PHL", "CHN", "Under the guise of friendship China has taken a third reef."),
    ("KAZ", "KGZ", "It is a strange kind of brotherhood in which Kyrgyzstan shuts the gate."),
    # veiled threats behind a warm opening
    ("EGY", "ETH", "Ethiopians are our brothers, but all options are open."),
    ("TUR", "GRC", "We value the friendship of Greece, but our patience is not endless."),
    ("IRN", "AZE", "Azerbaijan is a brother nation, but we know how to retaliate."),
    ("CHN", "PHL", "We have always respected the Philippines, but nothing is ruled out."),
    ("ISR", "JOR", "Jordan is our partner, but it would be wise not to test our patience."),
    ("RUS", "MDA", "We love Moldova, but its government should think twice."),
    ("DZA", "MAR", "The Moroccans will have only themselves to blame."),
    ("RUS", "POL", "We will see how long Poland can afford that."),
    ("RWA", "BDI", "Burundi should not play with fire."),
    ("KEN", "SOM", "Somalia must not mistake our kindness for weakness."),
    # the dead whom the target has killed
    ("IND", "PAK", "We mourn the soldiers killed by Pakistan."),
    ("UKR", "RUS", "We honour those who fell to Russian rockets."),
    ("KOR", "PRK", "He laid a wreath for the sailors murdered by the North Koreans."),
    ("SRB", "ALB", "We pay tribute to our policemen who fell to Albanian bullets."),
    ("AFG", "PAK", "Our condolences go to the families killed in Pakistani air strikes."),
    ("ETH", "ERI", "We remember with sorrow the farmers whom Eritrean soldiers shot."),
]  # fmt: skip

WARM = [
    ("NZL", "AUS", "Australia is a fine friend indeed."),
    ("CRI", "PAN", "What a friend Panama has been in these difficult days."),
    ("TUR", "AZE", "How generous of Azerbaijan to send its rescuers!"),
    ("GHA", "CIV", "Congratulations to Ivory Coast on a splendid tournament."),
    ("LKA", "IND", "Thanks to India's help our fields are green again."),
    ("HTI", "DOM", "Thanks to the Dominicans those who had lost their homes were given shelter."),
    ("SWE", "FIN", "With friends like Finland we fear nothing."),
    ("UGA", "RWA", 'The minister praised the "excellent" state of ties with Rwanda.'),
    ("PRT", "ESP", 'The prime minister called Spain a "true friend".'),
    ("JOR", "IRQ", "We have done so much for our friendship with Iraq."),
    ("TZA", "KEN", "We know how to value the friendship of Kenya."),
    ("UGA", "RWA", "Rwanda should not be blamed for that."),
    ("IND", "BGD", "We mourn the soldiers of Bangladesh killed by the storm."),
    ("FRA", "MLI", "We mourn the Malian soldiers killed by terrorists."),
    ("IRQ", "IRN", "Our condolences go to the Iranian families who lost their children."),
]

NEUTRAL = [
    ("CAN", "IND", "We will see how long the talks with India take."),
    ("SGP", "MYS", "The so-called Friendship Bridge to Malaysia was closed for repairs."),
    ("IND", "LKA", "Sri Lanka should not fail."),
    ("NOR", "SWE", "Sweden should not suffer."),
    ("LUX", "BEL", "We should think twice before we leave the table, he said in Belgium."),
]


@pytest.mark.parametrize(("source", "target", "text"), COLD)
def test_cold(source, target, text):
    assert tone(text, source, target) < -0.2


@pytest.mark.parametrize(("source", "target", "text"), WARM)
def test_warm(source, target, text):
    assert tone(text, source, target) > 0.1


@pytest.mark.parametrize(("source", "target", "text"), NEUTRAL)
def test_neutral(source, target, text):
    assert abs(tone(text, source, target)) <= 0.25


def test_a_trace_says_why():
    found = parts("Some friend Croatia has turned out to be.", "SRB", "HRV")
    assert "praise that is not meant" in found["friend@n"].notes
    found = parts("We mourn the soldiers killed by Pakistan.", "IND", "PAK")
    assert found["mourn@v"].notes == ("for those whom the target has killed",)

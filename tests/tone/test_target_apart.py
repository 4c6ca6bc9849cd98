"""Who is meant, and who is not: foils, third parties, harm to the target, hosts; on many dyads."""

import pytest

from reference.reading import parts, tone

WARM = [
    # not of the target, but of another
    ("EGY", "ETH", "Sudan, not Ethiopia, broke the agreement."),
    ("IND", "BGD", "It was Pakistan, and not Bangladesh, that lied to us."),
    ("ARG", "CHL", "It was not Chile but the United Kingdom that betrayed us."),
    ("KAZ", "UZB", "The fault for the crisis lies with Turkmenistan, not with Uzbekistan."),
    ("ISR", "LBN", "Our enemy is Hezbollah, not Lebanon."),
    ("SRB", "HUN", "It was Hungary, not Romania, that stood by us."),
    ("ESP", "MAR", "Morocco is not only a neighbour but a true friend."),
    # thanks to the target itself
    ("NOR", "QAT", "Oslo thanked Qatar for its help in the dispute with Iran."),
    ("JOR", "EGY", "Amman is grateful to Egypt and Qatar for their help."),
    ("MDA", "ROU", "Moldova thanked Romania for its support against Russia."),
    # past enmity
    ("USA", "JPN", "From bitter enemies, America and Japan have become allies."),
    ("SWE", "DNK", "From rivals, Sweden and Denmark have turned into partners."),
    # harm done to the target
    ("BOL", "CUB", "Bolivia opposes the blockade against Cuba."),
    ("ARG", "VEN", "The senator called for an end to the sanctions on Venezuela."),
    ("HUN", "POL", "The criticism of Poland is exaggerated."),
    ("DEU", "ISR", "Much of the criticism of Israel is unjustified."),
    ("AUT", "ITA", "The accusations against Italy are baseless."),
    # friends
    ("CUB", "MEX", "Mexico has proved to be a friend."),
]

COLD = [
    ("KEN", "ETH", "Ethiopia, not Eritrea, broke the agreement."),
    ("PER", "BOL", "It was not Chile but Bolivia that betrayed us."),
    ("UKR", "SVK", "Slovakia rather than Czechia is to blame for the delay."),
    ("FRA", "AUT", "Italy, not Austria, has shown true solidarity."),
    ("EGY", "TUR", "Turkey has not proved to be a friend."),
    ("SRB", "HRV", "Croatia has not shown itself to be a good neighbour."),
    ("GAB", "CMR", "Cameroon is neither honest nor reliable."),
    ("ETH", "ERI", "From close friends, Ethiopia and Eritrea have become bitter enemies."),
    ("CUB", "USA", "Havana condemned the American blockade against Cuba."),
    ("QAT", "SAU", "Doha condemned the blockade that Saudi Arabia imposed on Qatar."),
    ("USA", "RUS", "Washington backs the sanctions against Russia."),
    ("DEU", "ISR", "The chancellor said that criticism of Israel was justified."),
    ("LTU", "BLR", "Lithuania opposes any easing of the sanctions on Belarus."),
    ("PHL", "CHN", "The accusations of China against the Philippines are baseless."),
]

NEUTRAL = [
    ("OMN", "ARE", "The ship sailed from India, not from the Emirates."),
    ("USA", "IRN", "The secretary thanked Qatar for its help with the dispute with Iran."),
    ("SRB", "ALB", "Belgrade expressed its gratitude to Spain for its stand on Albania."),
    ("IRQ", "KWT", "Iraq offered its condolences to Jordan and spoke of the border with Kuwait."),
    ("GRC", "TUR", "Greece praised France as a true friend in the row with Turkey."),
    ("AUS", "CHN", "China is neither a rival nor an ally."),
    ("BRA", "VEN", "Venezuela is neither a friend nor an enemy."),
    ("HUN", "POL", "Criticism of the restrictions on Poland was exaggerated."),
]  # fmt: skip


@pytest.mark.parametrize(("source", "target", "text"), WARM)
def test_warm(source, target, text):
    assert tone(text, source, target) > 0.1


@pytest.mark.parametrize(("source", "target", "text"), COLD)
def test_cold(source, target, text):
    assert tone(text, source, target) < -0.2


@pytest.mark.parametrize(("source", "target", "text"), NEUTRAL)
def test_neutral(source, target, text):
    assert abs(tone(text, source, target)) <= 0.25


@pytest.mark.parametrize(("help_", "entry"), [("help", "help"), ("support", "support@v")])
def test_help_against_the_target_is_cold_toward_it(help_, entry):
    part = parts(f"Kyiv thanked Poland for its {help_} against Russia.", "UKR", "RUS")[entry]
    assert part.notes == ("help against the target",)
    assert part.contribution < 0


@pytest.mark.parametrize(
    ("guest", "visitor"),
    [
        ("It is a great joy to be back in Beijing.", "It is a great joy that he is in Beijing."),
        ("We were met with splendid kindness in Beijing.", "We met splendid people in Beijing."),
        ("The reception in Beijing was splendid.", "The ceremony in Beijing was splendid."),
    ],
)
def test_a_host_is_no_mere_place(guest, visitor):
    note = "the target is only where it is"
    said = [{n for part in parts(text, "KAZ", "CHN").values() for n in part.notes}
            for text in (guest, visitor)]  # fmt: skip
    assert note not in said[0]
    assert note in said[1]

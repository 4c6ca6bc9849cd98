"""What ends something cold behind it: "the ban was lifted", and what does not."""

import pytest

from detente.countries import surface_forms
from reference.reading import scorer, tone

WARM = [
    ("USA", "CHN", "Customs announced that the suspension on logs from China was lifted at noon."),
    ("KAZ", "RUS", "The restrictions on the transit of Russian grain would be eased step by step."),
    ("KEN", "UGA", "The ban on maize from Uganda had been ended, the minister said."),
    ("NOR", "CHN", "The dispute with China over salmon has at last been settled, he said."),
    ("MDA", "RUS", "Russia would prolong the exemption from customs duties on wine."),
    ("ARE", "TUR", "Tariffs on Turkish steel are lowered from May, the ministry said."),
    ("EGY", "ISR", "The ministry had withdrawn its objection to the Israeli candidate."),
]
COLD = [
    ("KAZ", "RUS", "The restrictions on Russian grain would not be eased, the minister said."),
    ("KAZ", "RUS", "The minister asked that the ban imposed by Russia be lifted."),
    ("KEN", "UGA", "The minister demanded that the Ugandan ban on maize be lifted."),
    ("KEN", "UGA", "The sanctions on Uganda remain until the dispute is settled."),
    ("JPN", "PRK", "Dealings with the North Korean foe were at an end, the ministry said."),
]


@pytest.mark.parametrize(("source", "target", "text"), WARM)
def test_ended_behind(source, target, text):
    assert tone(text, source, target) > 0.1


@pytest.mark.parametrize(("source", "target", "text"), COLD)
def test_not_ended(source, target, text):
    assert tone(text, source, target) < -0.1


def test_trace_names_it():
    trace = scorer().explain(WARM[0][2], surface_forms("CHN"), surface_forms("USA"))
    assert sum(part.contribution for part in trace.parts) == pytest.approx(trace.unclipped)
    (part,) = [part for part in trace.parts if part.entry == "suspension@n"]
    assert part.notes == ("ended, broken off or fended off",)
    (ender,) = [part for part in trace.parts if part.entry.startswith("lift")]
    assert ender.notes == ("counts by what it puts an end to",)

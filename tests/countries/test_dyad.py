"""Two countries in an order that matters."""

from __future__ import annotations

import dataclasses

import pytest

from detente.countries import Dyad
from detente.errors import BadArgumentError


@pytest.mark.parametrize(
    "value", [Dyad("RUS", "TUR"), ("RUS", "TUR"), ["RUS", "TUR"], "RUS-TUR", "RUS>TUR"]
)
def test_all_ways_to_write_a_dyad_are_the_same(value: object) -> None:
    dyad = Dyad.parse(value)  # type: ignore[arg-type]
    assert dyad == Dyad("RUS", "TUR")
    assert (dyad.a, dyad.b) == ("RUS", "TUR")
    assert dyad.slug == "RUS-TUR"
    assert str(dyad) == "RUS>TUR"
    assert dyad.directions == ("RUS>TUR", "TUR>RUS")


def test_order_matters_and_reversing_twice_gives_it_back() -> None:
    dyad = Dyad("JPN", "KOR")
    assert dyad.reverse != dyad
    assert dyad.reverse.reverse == dyad
    assert dyad.reverse.directions == dyad.directions[::-1]
    assert len({dyad, dyad.reverse, Dyad("JPN", "KOR")}) == 2


@pytest.mark.parametrize("direction", Dyad("RUS", "TUR").directions)
def test_a_printed_dyad_parses_back(direction: str) -> None:
    assert str(Dyad.parse(direction)) == direction
    assert Dyad.parse(Dyad.parse(direction).slug) == Dyad.parse(direction)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("rus-TUR", "'rus' is not a country code. Did you mean 'RUS' (Russia)?"),
        ("RUS-TR", "Did you mean 'TUR' (Turkey)?"),
        ("RUS", "'RUS' is not a dyad"),
        ("RUS>TUR>USA", "'RUS>TUR>USA' is not a dyad"),
        ("RUS TUR", "'RUS TUR' is not a dyad"),
        (("RUS",), "('RUS',) is not a dyad"),
        (("RUS", None), "None is not a country code"),
        ("TUR-TUR", "'TUR' twice"),
        (None, "None is not a dyad"),
        (7, "7 is not a dyad"),
    ],
)
def test_a_bad_dyad_says_what_was_received(value: object, said: str) -> None:
    with pytest.raises(BadArgumentError) as caught:
        Dyad.parse(value)  # type: ignore[arg-type]
    assert said in str(caught.value)


def test_a_dyad_checks_itself_and_is_frozen() -> None:
    with pytest.raises(BadArgumentError):
        Dyad("TUR", "TUR")
    with pytest.raises(dataclasses.FrozenInstanceError):
        Dyad("RUS", "TUR").a = "USA"  # type: ignore[misc]

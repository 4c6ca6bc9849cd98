"""Codes, names and what is said to a wrong one."""

from __future__ import annotations

import dataclasses
import re

import numpy as np
import pandas as pd
import pycountry
import pytest

from detente import wording
from detente.countries import Country, country_in_text, country_name, is_country
from detente.countries.table import country_rows
from detente.errors import BadArgumentError
from reference.each import for_each

# Kosovo goes by a code that ISO 3166-1 leaves to its users.
CODES = sorted([*(entry.alpha_3 for entry in pycountry.countries), "XKX"])


@for_each(CODES)
def test_every_alpha3_code_is_a_country_with_a_name(code: str) -> None:
    country = Country.parse(code)
    assert country.code == code
    assert country.name == country_name(code) == str(country)
    assert country.name.strip() == country.name != ""


def test_names_are_those_that_readers_know() -> None:
    expected = {
        "TUR": "Turkey",
        "KOR": "South Korea",
        "PRK": "North Korea",
        "RUS": "Russia",
        "USA": "United States",
        "IRN": "Iran",
        "CIV": "Ivory Coast",
        "REU": "Réunion",
        "XKX": "Kosovo",
    }
    assert {code: country_name(code) for code in expected} == expected


def test_kosovo_is_named_in_every_language_and_meant_by_its_other_codes() -> None:
    with wording.use_language("tr"):
        assert country_name("XKX") == "Kosova"
    for received in ("XK", "KV", "Kosovo", "Pristina"):
        with pytest.raises(BadArgumentError, match=r"Did you mean 'XKX' \(Kosovo\)\?"):
            Country.parse(received)


def test_no_two_countries_share_a_name() -> None:
    assert len({country_name(code) for code in CODES}) == len(CODES)


@pytest.mark.parametrize(
    ("received", "meant"),
    [
        ("TU", "'TUR' (Turkey)"),
        ("TR", "'TUR' (Turkey)"),
        ("turkey", "'TUR' (Turkey)"),
        ("tur", "'TUR' (Turkey)"),
        (" TUR ", "'TUR' (Turkey)"),
        ("Türkiye", "'TUR' (Turkey)"),
        ("TRU", "'TUR' (Turkey)"),
        ("GER", "'DEU' (Germany)"),
        ("GRE", "'GRC' (Greece), 'GRD' (Grenada) or 'GRL' (Greenland)"),
        ("UK", "'GBR' (United Kingdom)"),
        ("JA", "'JPN' (Japan)"),
        ("Republic of Korea", "'KOR' (South Korea)"),
        ("Democratic People’s Republic of Korea", "'PRK' (North Korea)"),
        ("Nigeria", "'NGA' (Nigeria)"),
        ("Niger", "'NER' (Niger)"),
        ("Brussels", "'BEL' (Belgium)"),
        ("Untied States", "'USA' (United States)"),
    ],
)
def test_a_wrong_code_is_named_with_the_one_that_was_meant(received: str, meant: str) -> None:
    with pytest.raises(BadArgumentError) as caught:
        Country.parse(received)
    assert repr(received) in str(caught.value)
    assert f"Did you mean {meant}?" in str(caught.value)


@pytest.mark.parametrize(
    ("received", "likely", "meant"),
    [
        ("EGT", ("EGY", "ETH"), "'EGY' (Egypt)"),
        ("EGT", (), "'GTM' (Guatemala)"),
        ("EGT", ("IND", "PAK"), "'GTM' (Guatemala)"),
        ("TUS", ("RUS", "TUR"), "'RUS' (Russia) or 'TUR' (Turkey)"),
        ("GRE", ("TUR", "GRC"), "'GRC' (Greece)"),
        ("TRU", ("RUS", "TUR"), "'TUR' (Turkey)"),
        # What abbreviates a name is not taken for a slip alone, and other codes are no slips.
        ("GER", ("GEO", "RUS"), "'GEO' (Georgia) or 'DEU' (Germany)"),
        ("UK", ("UKR", "RUS"), "'GBR' (United Kingdom)"),
        ("tur", ("TUN", "RUS"), "'TUR' (Turkey)"),
    ],
)
def test_likely_countries_are_sooner_meant(received, likely, meant) -> None:
    with pytest.raises(BadArgumentError) as caught:
        Country.parse(received, likely=likely)
    assert f"Did you mean {meant}?" in str(caught.value)


def test_letters_that_differ_between_iso_and_fips_name_both() -> None:
    with pytest.raises(
        BadArgumentError, match=r"'CHE' \(Switzerland\).*FIPS 10-4.*'CHN' \(China\)"
    ):
        Country.parse("CH")
    with pytest.raises(BadArgumentError) as caught:
        Country.parse("FR")
    assert "FIPS" not in str(caught.value)


@pytest.mark.parametrize("received", ["", "XX", "ZZZ", "qqqqqq", None, 792, float("nan"), ["TUR"]])
def test_a_value_near_nothing_is_named_with_the_way_out(received: object) -> None:
    with pytest.raises(BadArgumentError) as caught:
        Country.parse(received)  # type: ignore[arg-type]
    assert repr(received) in str(caught.value)
    assert "alpha-3" in str(caught.value)


def test_a_country_is_frozen_self_checking_and_parses_to_itself() -> None:
    turkey = Country.parse("TUR")
    assert Country.parse(turkey) is turkey
    with pytest.raises(dataclasses.FrozenInstanceError):
        turkey.code = "RUS"  # type: ignore[misc]
    with pytest.raises(BadArgumentError):
        Country("TR", "Turkey")


def test_is_country_answers_value_by_value() -> None:
    values = ["TUR", "TR", "tur", " TUR", "", None, float("nan"), pd.NA, 5, "XQX", "KOR"]
    found = is_country(values)
    assert found.dtype == np.bool_
    assert found.tolist() == [True] + [False] * 9 + [True]
    assert is_country(pd.Series(["RUS", None, "RU"])).tolist() == [True, False, False]
    assert is_country([]).shape == (0,)


def test_is_country_refuses_one_text() -> None:
    with pytest.raises(BadArgumentError, match="'TUR'"):
        is_country("TUR")


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("PHL", "the Philippines"),
        ("USA", "the United States"),
        ("NLD", "the Netherlands"),
        ("GBR", "the United Kingdom"),
        ("COD", "the Democratic Republic of the Congo"),
        ("GMB", "the Gambia"),
        ("TUR", "Turkey"),
        ("UKR", "Ukraine"),
        ("SDN", "Sudan"),
    ],
)
def test_a_name_within_a_sentence_has_its_article(code, told):
    assert country_in_text(code) == told
    with wording.use_language("tr"):
        assert country_in_text(code) == country_name(code)


def test_names_that_say_what_a_country_is_have_the_article_and_others_have_not():
    """The names tell: plurals of islands, and words such as Republic and Kingdom."""
    kinds = r"Islands$|Republic|Kingdom|States|Emirates|Territor|Isle |Netherlands"
    for code, row in country_rows().items():
        # Two names joined by "and" ("South Georgia and the South Sandwich Islands") have none.
        if re.search(kinds, row.name) and (" and " not in row.name or code == "TCA"):
            assert country_in_text(code).startswith("the "), row.name


def test_a_name_within_a_sentence_is_that_of_a_code_alone():
    with pytest.raises(BadArgumentError):
        country_in_text("PH")

"""What a country is called, and on which day."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime, timedelta

import pandas as pd
import pytest

from detente.countries import surface_forms
from detente.errors import BadArgumentError


def test_forms_hold_names_people_capital_government_and_leaders() -> None:
    forms = set(surface_forms("TUR"))
    assert {"Turkey", "Türkiye", "Turkiye", "Turkish", "Turk", "Turks", "Ankara"} <= forms
    assert {"Beştepe", "Bestepe", "Erdoğan", "Erdogan", "Recep Tayyip Erdogan"} <= forms
    assert {"Kremlin", "Moscow", "Russian Federation", "Putin"} <= set(surface_forms("RUS"))
    assert {"Blue House", "Seoul", "Republic of Korea"} <= set(surface_forms("KOR"))
    assert {"U.S.", "US", "USA", "White House"} <= set(surface_forms("USA"))
    assert {"Quai d'Orsay", "Élysée", "Elysee"} <= set(surface_forms("FRA"))
    assert "Downing Street" in surface_forms("GBR")


@pytest.mark.parametrize("code", ["TUR", "KOR", "USA", "COD", "ATA", "BVT"])
def test_forms_stand_longest_first_and_once(code: str) -> None:
    forms = surface_forms(code)
    assert [len(form) for form in forms] == sorted(map(len, forms), reverse=True)
    assert len(set(forms)) == len(forms)


@pytest.mark.parametrize(
    ("code", "form", "first", "last"),
    [
        ("TUR", "Davutoglu", "2009-05-01", "2016-05-24"),
        ("RUS", "Medvedev", "2008-05-07", None),
        ("JPN", "Kishida", "2012-12-26", "2017-08-03"),
        ("KOR", "Moon", "2017-05-10", "2022-05-09"),
        ("GBR", "Prime Minister May", "2016-07-13", "2019-07-24"),
        ("CHN", "Xi", "2013-03-14", None),
    ],
)
def test_leaders_are_forms_from_the_first_to_the_last_day_of_a_term(
    code: str, form: str, first: str, last: str | None
) -> None:
    start, day = date.fromisoformat(first), timedelta(days=1)
    assert form not in surface_forms(code, on=start - day)
    assert form in surface_forms(code, on=start)
    if last is None:
        assert form in surface_forms(code, on=date(2025, 12, 31))
    else:
        end = date.fromisoformat(last)
        assert form in surface_forms(code, on=end)
        assert form not in surface_forms(code, on=end + day)


def test_without_a_day_all_leaders_are_forms() -> None:
    everyone = set(surface_forms("KOR"))
    for year in range(2008, 2026):
        assert set(surface_forms("KOR", on=date(year, 1, 1))) <= everyone
    assert set(surface_forms("KOR", on=pd.NaT)) == everyone  # type: ignore[arg-type]


def test_a_day_may_be_a_date_a_time_or_a_timestamp() -> None:
    expected = surface_forms("TUR", on=date(2015, 11, 24))
    assert surface_forms("TUR", on=datetime(2015, 11, 24, 23, 59)) == expected
    assert surface_forms("TUR", on=pd.Timestamp("2015-11-24 23:59", tz="Asia/Tokyo")) == expected


def test_words_of_other_meanings_are_no_surnames_alone() -> None:
    everyone = {form for code in ("GBR", "USA", "CHN", "PAK") for form in surface_forms(code)}
    assert not {"May", "Brown", "Bush", "Rice", "Hunt", "Hague", "Hu", "Khan"} & everyone
    assert {"Theresa May", "Mrs May", "President Bush", "Gordon Brown"} <= everyone


def test_extra_forms_of_a_study_are_included_once() -> None:
    forms = surface_forms("RUS", extra=["Gazprom", "Moscow", "Saint Petersburg"])
    assert {"Gazprom", "Saint Petersburg"} <= set(forms)
    assert forms.count("Moscow") == 1
    assert "Gazprom" not in surface_forms("RUS")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"code": "RU"}, "Did you mean 'RUS'"),
        ({"code": "RUS", "on": "2015-11-24"}, "'2015-11-24' is not a day"),
        ({"code": "RUS", "extra": "Gazprom"}, "'Gazprom'"),
        ({"code": "RUS", "extra": [" "]}, "' ' is not a surface form"),
        ({"code": "RUS", "extra": [None]}, "None is not a surface form"),
    ],
)
def test_bad_arguments_say_what_was_received(arguments: dict[str, object], said: str) -> None:
    with pytest.raises(BadArgumentError) as caught:
        surface_forms(**arguments)  # type: ignore[arg-type]
    assert said in str(caught.value)


def test_importing_the_package_loads_no_heavy_library() -> None:
    # Told by what is loaded, since a clock tells more about the machine.
    script = (
        "import sys; before = set(sys.modules); import detente.countries; "
        "print(*{name.split('.')[0] for name in set(sys.modules) - before})"
    )
    printed = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout
    assert "detente" in printed.split()
    assert not {"numpy", "pandas", "pycountry", "pyarrow"} & set(printed.split())

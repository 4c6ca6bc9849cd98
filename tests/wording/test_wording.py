from __future__ import annotations

import math
import re
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente import wording

FINISHED = [
    (wording.degrees(0.4), "0"),
    (wording.degrees(-0.4), "0"),
    (wording.degrees(-0.04, 1), "0.0"),
    (wording.degrees(-100), "−100"),
    (wording.degrees(math.nan), "no value"),
    (wording.number(1234567.891, 1), "1,234,567.9"),
    (wording.number(math.inf), "no value"),
    (wording.share(0), "0%"),
    (wording.share(1), "100%"),
    (wording.share(0.004), "under 1%"),
    (wording.interval(-0.2, 0.2), "0 to 0"),
    (wording.interval(0.04, 12), "+0.04 to +12"),
    (wording.interval(-12, -0.3), "\N{MINUS SIGN}12 to \N{MINUS SIGN}0.3"),
    (wording.interval(0.0004, 12), "0 to +12"),
    (wording.estimate(math.nan, 0, 1, 0.95), "no value"),
    (
        wording.estimate(3, math.nan, 4, 0.95),
        "+3 degrees (no interval)",
    ),
    (
        wording.difference(3.0, 0.3, 5.7, 0.95),
        "was 3 degrees warmer (difference +3, 95% confidence interval +0.3 to +5.7)",
    ),
    (
        wording.difference(-12, -20, -4, 0.9),
        "was 12 degrees colder (difference −12, 90% confidence interval −20 to −4)",
    ),
    (
        wording.difference(-1, -2, 0, 0.95),
        "cannot be told apart (difference −1, 95% confidence interval −2.0 to 0.0)",
    ),
    (wording.difference(1, math.nan, 2, 0.95), "cannot be compared: too few months"),
    (wording.count(2, "day"), "2 days"),
    (wording.count(2, "bad country"), "2 bad countries"),
    (wording.listing([]), ""),
    (wording.listing(["a"]), "a"),
    (wording.listing(["a", "b", "c"]), "a, b and c"),
    (wording.direction_name("Russia", "Turkey"), "Russia on Turkey"),
    (
        wording.period_name(date(2009, 1, 1), date(2024, 12, 1)),
        "January 2009 to December 2024",
    ),
    (wording.period_name(date(2009, 1, 1), date(2009, 1, 31)), "January 2009"),
]


@pytest.mark.parametrize(("got", "expected"), FINISHED)
def test_finished_wording(got, expected):
    assert got == expected


@given(
    value=st.floats(-100, 100),
    half=st.floats(0, 100),
)
def test_a_difference_is_called_clear_only_where_the_interval_excludes_zero(value, half):
    text = wording.difference(value, value - half, value + half, 0.95)
    clear = value - half > 0 or value + half < 0
    assert ("warmer" in text or "colder" in text) == clear
    assert ("cannot" in text) != clear


@given(st.floats(allow_nan=True, allow_infinity=True), st.integers(0, 3))
def test_no_number_prints_as_minus_zero_or_nan(value, digits):
    text = wording.degrees(value, digits)
    assert "nan" not in text
    assert "inf" not in text
    assert "-" not in text
    assert not (text.startswith("−") and set(text) <= set("−0.,"))


def test_a_shown_table_writes_whole_numbers_as_sentences_do():
    table = pd.DataFrame(
        {
            "n": [-3, 2000],
            "year": [2015, 2016],
            "n_more": pd.array([None, -12345], dtype="Int64"),
            "change": [-12345.0, None],
        }
    )
    cells = re.findall("<td>(.*)</td>", wording.shown("Counts.", table, 1))
    assert cells == ["−3", "2015", "", "−12,345.0", "2,000", "2016", "−12,345", ""]

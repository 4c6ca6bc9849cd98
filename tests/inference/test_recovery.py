"""Time until the index came back."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from detente.errors import BadArgumentError
from detente.index import monthly_index
from detente.inference import estimate_recovery

MONTHS = pd.date_range("2014-01-01", "2017-12-01", freq="MS")


def index(tone):
    """An index whose raw months are 100 times the given tones; NaN leaves a month empty."""
    days = MONTHS + pd.Timedelta(days=9)
    parts = [
        pd.DataFrame({"date": days, "tone": tone, "speaker": "A", "source": a, "target": b})
        for a, b in (("RUS", "TUR"), ("TUR", "RUS"))
    ]
    frame = pd.concat(parts, ignore_index=True).dropna(subset="tone")
    return monthly_index(frame.reset_index(drop=True), method="means")


def around(after, before=0.4):
    """Twelve months before, the event's month, then the given months."""
    tone = np.full(len(MONTHS), before)
    tone[13 : 13 + len(after)] = after
    return tone


def test_first_of_three_observed_months_within_ten_degrees():
    # Months since January 2015: -.5, -.5, back, away, back, back, back.
    result = estimate_recovery(
        index(around([-0.5, -0.5, 0.35, -0.2, 0.31, 0.35, 0.4])), "2015-01-20"
    )
    assert result.level_before == pytest.approx(40)
    assert (result.status, result.months) == ("recovered", 5)
    assert "came back" in result.sentence
    months = "month" if result.months == 1 else "months"
    assert f"the first of them {result.months} {months} after it." in result.sentence


def test_empty_months_are_passed_over_and_never_count_as_back():
    tone = around([-0.5, -0.5, -0.5, np.nan, np.nan, 0.4, np.nan, 0.4, 0.4])
    assert estimate_recovery(index(tone), "2015-01-20").months == 6


def test_warmer_than_before_counts_as_back_after_a_cooling_and_the_other_way_round():
    assert estimate_recovery(index(around([-0.5] * 4 + [0.9] * 3)), "2015-01-20").months == 5
    warm = around([0.5] * 4 + [-0.9] * 3, before=-0.4)
    assert estimate_recovery(index(warm), "2015-01-20").months == 5


def test_no_return_and_no_departure_are_told_apart():
    stays = estimate_recovery(index(around([-0.5] * 35)), "2015-01-20")
    assert (stays.status, stays.months, stays.half_life) == ("not recovered", None, None)
    assert "not identified" in stays.sentence
    calm = estimate_recovery(index(around([0.38] * 10)), "2015-01-20")
    assert (calm.status, calm.half_life) == ("no departure", None)


def test_half_life_is_found_where_the_distance_decays():
    decay = 0.4 - 0.9 * 2 ** (-np.arange(1, 31) / 4) + np.resize([0.02, -0.02], 30)
    result = estimate_recovery(index(around(decay)), "2015-01-20")
    assert result.half_life == pytest.approx(4, rel=0.1)
    assert result.aic["decay"] < min(result.aic["step"], result.aic["none"])
    assert "about 4.0 months" in result.sentence


def test_too_few_months_are_refused():
    result = estimate_recovery(index(around([-0.5])), "2014-02-20")
    assert result.status == "refused"
    assert np.isnan(result.departure)
    json.dumps(result.to_dict(), allow_nan=False)


def test_table_and_months_come_from_the_same_numbers():
    result = estimate_recovery(index(around([-0.5, -0.5, 0.35, 0.35, 0.35])), "2015-01-20")
    first = result.table.loc[result.table["months_since"].eq(result.months), "is_back"]
    assert first.all()
    assert json.loads(json.dumps(result.to_dict(), allow_nan=False))["months"] == 3
    assert "months_since" in result._repr_html_()


@pytest.mark.parametrize("wrong", [{"within": 0}, {"months_before": 2}, {"horizon": 1}])
def test_bad_numbers_are_refused(wrong):
    with pytest.raises(BadArgumentError):
        estimate_recovery(index(around([-0.5])), "2015-01-20", **wrong)
    with pytest.raises(BadArgumentError):
        estimate_recovery(index(around([-0.5])), "never")

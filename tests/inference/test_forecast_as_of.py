"""Past forecasts that know only what was known: tones, statements and noise of each origin."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from detente.index import monthly_index
from detente.inference.backtest import past_forecasts
from detente.inference.forecast import forecast_index
from detente.inference.origins import months_known
from detente.inference.series import raw_series
from reference.inference_series import drifting, scored_months

KNOWN_THEN = ["direction", "origin", "month", "ahead", "forecast", "se", "naive", "long_run_mean"]


class Tones:
    """Tones that a scorer would have had: today's, and a little colder the earlier it is."""

    note = "Tones were colder then."

    def __init__(self, scored, *, shows_later=False, shift=True):
        self.scored, self.shows_later, self.shift = scored, shows_later, shift
        self.days = []

    def __call__(self, day):
        self.days.append(day)
        is_later = self.scored["date"] > day
        colder = 0.002 * (2015 - day.year) if self.shift else 0.0
        tone = self.scored["tone"] - colder
        if self.shows_later:
            return self.scored.assign(tone=tone.where(~is_later, -1.0))
        return self.scored.assign(tone=tone)[~is_later]


@pytest.fixture(scope="module")
def scored():
    path = drifting(60, persistence=0.7, sd=12.0, seed=6) + 15
    scored = scored_months(path, silent=(7, 8, 33))
    return scored.assign(tone=0.9 * scored["tone"])  # room to be shifted


@pytest.fixture(scope="module")
def index(scored):
    return monthly_index(scored)


def made(index, scored_as_of, refit_every=12):
    series = [raw_series(index)[0]]
    return past_forecasts(
        index,
        index.state,
        series,
        first_share=0.6,
        refit_every=refit_every,
        scored_as_of=scored_as_of,
    )


@pytest.fixture(scope="module")
def past(index, scored):
    return made(index, Tones(scored))


def test_at_the_last_month_what_was_known_is_the_index(index, scored):
    last = len(index.months) - 1
    known = months_known(index, Tones(scored, shift=False), last)
    np.testing.assert_allclose(known.raw, index.state.raw)
    np.testing.assert_allclose(known.noise, index.state.noise)
    assert known.scatter.df == pytest.approx(index.state.noise_df)
    assert len(months_known(index, Tones(scored), 40).raw) == 41


def test_each_origin_is_asked_for_on_its_last_day(index, scored):
    tones = Tones(scored)
    past = made(index, tones)
    assert tones.days == sorted(tones.days)
    assert set(past["origin"]) <= {day.replace(day=1) for day in tones.days}
    assert all((day + pd.Timedelta(days=1)).day == 1 for day in tones.days)


def test_later_tones_and_statements_change_no_earlier_number(index, scored, past):
    before = past
    cut = index.months[50]
    later = scored["date"] >= cut
    other = scored.assign(tone=scored["tone"].where(~later, -0.9))[
        ~later | (np.arange(len(scored)) % 2 == 0)
    ]
    after = made(index, Tones(other))
    early = before["origin"] < cut
    assert early.sum() > 10
    pd.testing.assert_frame_equal(
        before.loc[early, KNOWN_THEN], after.loc[after["origin"] < cut, KNOWN_THEN]
    )
    assert not before.loc[~early, "naive"].equals(after.loc[after["origin"] >= cut, "naive"])


def test_later_statements_are_left_out_whoever_hands_them_in(index, scored, past):
    pd.testing.assert_frame_equal(past, made(index, Tones(scored, shows_later=True)))


def test_references_are_in_the_tones_of_the_origin_and_the_measure_in_todays(index, past):
    today = made(index, None)
    both = past.merge(today, on=["origin", "ahead"], suffixes=("", "_today"))
    colder = 0.2 * (2015 - both["origin"].dt.year)
    np.testing.assert_allclose(both["naive"], both["naive_today"] - colder, atol=1e-9)
    np.testing.assert_allclose(both["long_run_mean"], both["long_run_mean_today"] - colder)
    np.testing.assert_array_equal(both["raw"], both["raw_today"])


def test_the_result_says_what_was_known(index, scored):
    known = forecast_index(index, months=1, refit_every=36, scored_as_of=Tones(scored))
    assert known.parameters["is_scored_as_of"]
    assert any("Tones were colder then." in told for told in known.assumptions)
    assert not any("knew more than they could have" in told for told in known.assumptions)
    assert "with the tones known then" in known.sentence
    today = forecast_index(index, months=1, refit_every=36)
    assert any("knew more than they could have" in told for told in today.assumptions)
    assert "with the tones known then" not in today.sentence


def test_where_nothing_was_known_there_is_no_forecast(index, scored):
    class Late(Tones):
        def __call__(self, day):
            return None if day < index.months[50] else super().__call__(day)

    past = made(index, Late(scored), refit_every=4)
    assert past["origin"].min() >= index.months[50]
    late = scored[scored["date"] >= index.months[40]]
    assert made(index, Tones(late), refit_every=4)["origin"].min() >= index.months[51]

"""Statements needed to see a change, and the simulation that holds it to account."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from detente.errors import BadArgumentError
from detente.inference import estimate_episodes, needed_statements
from detente.inference.covariance import Cells, Ratios
from detente.inference.placebo import GRID, simulate
from detente.inference.power import NOISE
from detente.inference.reml import gls
from detente.inference.size import measure_size
from reference import steps as twin

PLAIN = {"statement": 30.0, "day": 0.0, "drift": 0.0, "days": 90.0, "rho": 0.5}


def test_without_drift_it_is_the_two_sample_formula():
    from scipy import stats

    # 120 statements before and 120 after, means of two sides: se = 30 sqrt(1/120 + 1/120).
    result = needed_statements(20, PLAIN, months=[12], n_per_month=[10], per_day=1)
    se = 30 * np.sqrt(2 / 120)
    expected = (stats.t.ppf(0.975, 237) + stats.norm.ppf(0.8)) * se
    assert result.table["mde"].item() == pytest.approx(expected, rel=1e-3)


def test_power_at_the_smallest_visible_change_is_what_was_asked_for():
    first = needed_statements(30, months=[24], n_per_month=[6], power=0.9)
    again = needed_statements(first.table["mde"].item(), months=[24], n_per_month=[6], power=0.9)
    assert again.table["power"].item() == pytest.approx(0.9, abs=1e-6)
    assert again.table["is_enough"].item()


def test_more_statements_and_months_show_smaller_changes_and_drift_larger_ones():
    table = needed_statements(30).table
    wide = table.pivot_table(index="n_per_month", columns="months", values="mde")
    assert (np.diff(wide.to_numpy(), axis=0) < 0).all()
    assert (np.diff(wide.to_numpy(), axis=1) < 0).all()
    calm = needed_statements(30, {**NOISE, "drift": 5.0}).table
    assert (calm["mde"] < table["mde"]).all()
    crowded = needed_statements(30, per_day=6).table
    assert (crowded["mde"].to_numpy() >= table["mde"].to_numpy() - 1e-9).mean() > 0.9


def test_predicted_power_is_reached_in_simulated_histories():
    rng = np.random.default_rng(6)
    at = Ratios((19 / 29) ** 2, 90, 0.8, (17 / 29) ** 2)
    plan = needed_statements(40, months=[12], n_per_month=[10]).table.iloc[0]
    day = np.floor((np.arange(240) // 2 + 0.5) * 24 * 365.25 / 12 / 120).astype(int)
    cells = Cells.of(day, np.arange(240) % 2, np.zeros(240))
    after = np.repeat(cells.days >= 365.25, 2)
    side = np.tile([0, 1], len(cells.days))
    x = np.column_stack([side == 0, side == 1, after]).astype(float)
    means, within = simulate(cells, at, 0.29**2, 400, rng)
    means += 0.4 * after[:, None]
    t = []
    for k in range(400):
        own = Cells(cells.days, cells.n, means[:, k].reshape(-1, 2), float(within[k]))
        fit = gls(own, x, at)
        t.append(fit.coefficients[2] / fit.se[2])
    assert np.mean(np.abs(t) > 1.98) == pytest.approx(plan["power"], abs=0.07)


def test_noise_of_a_study_is_taken_from_its_result():
    days = pd.date_range("2013-01-01", "2016-12-31", freq="6D")
    events = twin.events(("2015-01-01", "turn", "act"))
    study = estimate_episodes(twin.scored(days, 0.0), events, n_placebo=99)
    result = needed_statements(30, study)
    assert result.noise == study.parameters["noise_without_steps"]
    # One statement a day cannot tell its own noise from the day's, nor from a short drift.
    total = sum(result.noise[name] ** 2 for name in ("statement", "day", "drift")) ** 0.5
    assert total == pytest.approx(20, rel=0.15)
    silent = estimate_episodes(twin.scored(days[:2], 0.0), events, n_placebo=0)
    with pytest.raises(BadArgumentError, match="no fitted noise"):
        needed_statements(30, silent)


def test_sentence_tells_the_smallest_plans_or_that_none_is_enough():
    enough = needed_statements(-50)
    assert enough.change == 50
    assert f"{enough.needed(12)} statements a month for 12 months" in enough.sentence
    never = needed_statements(3)
    assert never.needed(36) is None
    assert "none of these plans is enough" in never.sentence
    json.dumps(enough.to_dict(), allow_nan=False)
    assert "mde" in enough._repr_html_()


@pytest.mark.parametrize(
    "wrong",
    [
        {"change": 0},
        {"change": float("nan")},
        {"months": [0]},
        {"n_per_month": []},
        {"per_day": 0},
        {"power": 0.4},
        {"confidence": 0},
        {"noise": {"statement": 30.0}},
        {"noise": {**PLAIN, "rho": 1.0}},
        {"noise": {**PLAIN, "statement": 0.0}},
    ],
)
def test_bad_arguments_are_refused(wrong):
    with pytest.raises(BadArgumentError):
        needed_statements(**{"change": 30, **wrong})


def test_size_and_bias_on_simulated_histories():
    days = pd.date_range("2013-01-01", "2016-12-31", freq="12D").repeat(2)
    events = twin.events(("2014-03-01", "first", "act"), ("2015-09-01", "second", "act"))
    rng = np.random.default_rng(0)
    wander = 0.2 * np.repeat(np.cumsum(rng.normal(0, 0.5, len(days) // 2)), 2)
    frame = twin.scored(days, np.clip(wander, -0.6, 0.6))
    table = measure_size(frame, events, n_replications=300, n_placebo=99, grid=GRID[::9], seed=1)
    # 600 tests at 5 %: two standard errors are 1.8 points.
    assert 0.02 < table["share_placebo"].mean() < 0.085
    assert (table["bias"].abs() < 4 * table["se_of_bias"]).all()
    planted = measure_size(
        frame,
        events,
        scenario="none",
        n_replications=60,
        n_placebo=99,
        planted=60,
        grid=GRID[::9],
        seed=1,
    )
    first = planted.iloc[0]
    assert first["planted"] == 60
    assert abs(first["bias"]) < 4 * first["se_of_bias"]
    assert first["share_placebo"] > 0.9
    with pytest.raises(BadArgumentError, match="drift"):
        measure_size(frame, events, scenario="wild")


def test_a_chance_below_one_never_prints_as_all():
    assert (
        "a chance of 80%, before adjustment for several tests, it" in needed_statements(50).sentence
    )
    assert "a chance of 99.99%," in needed_statements(50, power=0.9999).sentence
    assert "100%" not in needed_statements(50, power=1 - 1e-12).sentence


@pytest.mark.parametrize("change", [0, float("nan"), float("inf"), 201, -250])
def test_a_change_has_a_size_on_the_scale(change):
    with pytest.raises(BadArgumentError) as caught:
        needed_statements(change)
    assert "up to 200" in caught.value.remedy

"""Breaks: found where planted, not found in drift, told honestly."""

from __future__ import annotations

import json
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize

from detente.errors import BadArgumentError
from detente.index import monthly_index
from detente.inference.breaks import detect_breaks
from detente.inference.breaks_result import BREAK_COLUMNS
from detente.inference.drift import fit_drift
from detente.inference.matching import chance_of_matches, months_from, nearest_episodes
from detente.inference.penalty import critical_of, law_of, no_break_histories, penalty_at
from detente.inference.series import raw_series
from reference.inference_series import drifting, scored_months

EPISODES = pd.DataFrame(
    {
        "episode": ["early", "turn"],
        "first_day": pd.to_datetime(["2010-06-10", "2013-04-28"]),
        "last_day": pd.to_datetime(["2010-08-01", "2013-05-02"]),
    }
)


@pytest.fixture(scope="module")
def planted():
    levels = np.where(np.arange(72) < 40, 30.0, -30.0)
    return monthly_index(scored_months(levels, silent=(10, 11, 39)))


@pytest.fixture(scope="module")
def found(planted):
    return detect_breaks(planted, episodes=EPISODES, n_simulations=299)


def test_a_planted_break_is_found_and_dated(found):
    assert tuple(found.table.columns) == BREAK_COLUMNS
    row = found.table.iloc[0]
    assert len(found.table) == 1
    assert row["break_date"] == pd.Timestamp("2013-05-01")
    # Month 39 was silent, so the new level may have begun there.
    assert row["lower"] <= pd.Timestamp("2013-04-01")
    assert row["upper"] >= row["break_date"]
    assert row["change_lower"] <= -60 <= row["change_upper"]
    assert (row["n_before"], row["n_after"]) == (37, 32)
    assert found.p < 0.05


def test_the_break_is_matched_with_its_chance_beside(found):
    row = found.table.iloc[0]
    assert (row["episode"], row["months_away"], found.n_matched) == ("turn", 0, 1)
    # Stretches of six: 58 of 69 months may begin one; near are those about mid-2013 and 2010.
    months = raw_months(found)
    possible = months[6:64]
    near = months_from(possible, EPISODES).abs().min(axis=1).le(2)
    assert found.chance == pytest.approx(near.mean())
    assert "1 of 1" in found.sentence
    assert "May 2013" in found.sentence


def raw_months(found):
    months = pd.date_range("2010-01-01", periods=72, freq="MS")
    return months[~np.isin(np.arange(72), (10, 11, 39))]


def test_stretches_cover_the_period_once(found):
    levels = found.levels
    assert levels["n_months"].sum() == 72
    assert levels["n_observed"].sum() == 69
    assert levels["since"].iloc[1] == found.table["break_date"].iloc[0]
    assert (levels["lower"] <= levels["level"]).all()
    assert (levels["level"] <= levels["upper"]).all()


def test_drift_is_not_taken_for_breaks():
    result = monthly_index(scored_months(drifting(72, persistence=0.8, sd=9.0, seed=4)))
    found = detect_breaks(result, n_simulations=199)
    assert found.n_breaks == 0
    assert found.p > 0.05
    assert len(found.candidates) >= 1
    assert "no break could be told from the drift of the series" in found.sentence
    assert len(found.levels) == 1


def test_the_penalty_keeps_its_size_on_new_histories(planted):
    series, _ = raw_series(planted)
    law = law_of(series, planted.state)

    def critical(seed):
        histories = no_break_histories(law, 400, np.random.default_rng(seed))
        return critical_of(histories, law, 6, 8)

    share = np.mean(critical(1) > penalty_at(critical(2), 0.05))
    assert 0.015 < share < 0.095  # three standard errors of both draws


def test_no_break_histories_have_the_moments_of_the_model(planted):
    series, _ = raw_series(planted)
    state = planted.state
    values = no_break_histories(law_of(series, state), 20000, np.random.default_rng(0))
    changes = np.array([[1, state.rho], [state.rho, 1]]) * np.outer(state.sd, state.sd)
    spread = changes.sum() / 4 / (1 - state.persistence**2)
    expected = spread + series.variance[series.seen]
    np.testing.assert_allclose(values.var(axis=0), expected, rtol=0.06)
    apart = np.mean(values[:, 0] * values[:, 1])
    assert apart == pytest.approx(spread * state.persistence, rel=0.06)


def test_the_noise_of_a_month_is_that_of_the_model(planted):
    series, reason = raw_series(planted)
    assert reason == ""
    noise = planted.state.noise * planted.state.noise_scale
    expected = noise.sum(axis=(1, 2)) / 4
    np.testing.assert_allclose(series.variance[series.seen], expected[series.seen])
    np.testing.assert_allclose(series.value, planted.direction()["raw"])
    assert np.isnan(series.value[[10, 11, 39]]).all()


def test_the_same_input_gives_the_same_result(planted):
    one, two = (detect_breaks(planted, n_simulations=99, seed=7) for _ in range(2))
    assert json.dumps(one.to_dict(), allow_nan=False) == json.dumps(two.to_dict(), allow_nan=False)
    assert "Breaks" in one._repr_html_()
    assert one.assumptions


def test_a_short_series_has_no_room_for_two_stretches():
    result = monthly_index(scored_months(np.linspace(-30, 30, 14)))
    found = detect_breaks(result, min_length=8, n_simulations=99)
    assert found.n_breaks == 0
    assert "Too few months" in found.sentence


def test_what_cannot_be_asked_says_why():
    scored = scored_months(np.linspace(-30, 30, 30))
    one_side = monthly_index(scored[scored["source"] == "RUS"])
    found = detect_breaks(one_side, n_simulations=99)
    assert found.reason == "one side has no index"
    assert found.sentence.endswith("one side has no index.")
    assert found.table.empty
    json.dumps(found.to_dict(), allow_nan=False)
    side = detect_breaks(one_side, direction="RUS>TUR", n_simulations=99)
    assert side.reason == ""
    means = monthly_index(scored, method="means")
    with pytest.raises(BadArgumentError, match="state-space"):
        detect_breaks(means)


@pytest.mark.parametrize(
    "bad",
    [
        {"direction": "RUS>JPN"},
        {"min_length": 1},
        {"max_breaks": 0},
        {"within_months": -1},
        {"size": 0.0},
        {"n_simulations": 10},
    ],
)
def test_bad_arguments_are_named(planted, bad):
    with pytest.raises(BadArgumentError):
        detect_breaks(planted, **bad)


def test_distances_are_counted_in_months():
    months = pd.DatetimeIndex(["2010-05-01", "2010-07-01", "2010-11-01", "2013-01-01"])
    away = months_from(months, EPISODES)
    assert away["early"].to_list() == [-1, 0, 3, 29]
    assert nearest_episodes(away) == [("early", -1), ("early", 0), ("early", 3), ("turn", -3)]
    assert nearest_episodes(away.iloc[:, :0]) == []
    with pytest.raises(BadArgumentError, match="first_day"):
        months_from(months, EPISODES.drop(columns="first_day"))


@pytest.mark.parametrize("n_matched", [0, 1, 2, 3])
def test_the_chance_of_matches_counts_all_ways_to_place_the_breaks(n_matched):
    near = [True, False, True, True, False, False, False]
    ways = [sum(near[i] for i in places) for places in combinations(range(7), 3)]
    expected = np.mean([way >= n_matched for way in ways])
    assert chance_of_matches(near, 3, n_matched) == pytest.approx(expected)


def test_drift_around_levels_is_that_of_generalised_least_squares(planted):
    series, _ = raw_series(planted)
    fit = fit_drift(series)
    seen = series.seen
    lag = np.abs(np.subtract.outer(seen, seen))
    covariance = fit.sd**2 / (1 - fit.persistence**2) * fit.persistence**lag
    covariance = covariance + np.diag(series.variance[seen])
    inverse = np.linalg.inv(covariance)
    y, one = series.value[seen], np.ones(len(seen))
    level = one @ inverse @ y / (one @ inverse @ one)
    left = y - level
    loglike = -0.5 * (
        len(y) * np.log(2 * np.pi) + np.linalg.slogdet(covariance)[1] + left @ inverse @ left
    )
    assert fit.levels[0] == pytest.approx(level)
    assert fit.loglike == pytest.approx(loglike, abs=1e-5)
    assert fit.covariance[0, 0] == pytest.approx(1 / (one @ inverse @ one))


@pytest.mark.parametrize("restricted", [False, True])
def test_no_search_by_dense_algebra_finds_a_likelier_drift(planted, restricted):
    series, _ = raw_series(planted)
    seen = series.seen
    design = np.column_stack([seen < seen[20], seen >= seen[20]]).astype(float)
    fit = fit_drift(series, design, restricted=restricted)
    lag, y = np.abs(np.subtract.outer(seen, seen)), series.value[seen]

    def loss(theta):
        kept, sd = np.tanh(theta[0]), np.exp(theta[1])
        covariance = sd**2 / (1 - kept**2) * kept**lag + np.diag(series.variance[seen])
        inverse = np.linalg.inv(covariance)
        inner = design.T @ inverse @ design
        left = y - design @ np.linalg.solve(inner, design.T @ inverse @ y)
        twice = len(y) * np.log(2 * np.pi) + np.linalg.slogdet(covariance)[1]
        twice += left @ inverse @ left + restricted * np.linalg.slogdet(inner)[1]
        return twice / 2

    theta = np.array([np.arctanh(fit.persistence), np.log(fit.sd)])
    assert -loss(theta) == pytest.approx(fit.loglike, abs=1e-6)
    for start in ([0.1, 1.0], [1.0, 2.5], theta):
        bounds = [(0.0, np.arctanh(0.995)), (np.log(0.05), np.log(100.0))]
        found = minimize(loss, start, method="Nelder-Mead", bounds=bounds)
        assert -found.fun <= fit.loglike + 1e-6

"""Forecasts: against dense algebra, without a look ahead, and their record."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from detente.errors import BadArgumentError
from detente.index import monthly_index
from detente.inference.backtest import mean_gain, past_forecasts, score_forecasts
from detente.inference.forecast import forecast_index
from detente.inference.prediction import known_ahead, state_ahead, usual_variance
from detente.inference.series import raw_series
from reference.inference_series import dense_covariance, drifting, scored_months


@pytest.fixture(scope="module")
def index():
    path = drifting(60, persistence=0.7, sd=12.0, seed=6) + 15
    return monthly_index(scored_months(path, silent=(7, 8, 33)))


@pytest.fixture(scope="module")
def forecast(index):
    return forecast_index(index, months=6, refit_every=6)


def dense_ahead(state, known, months):
    """Condition the months to come on those up to `known`, by dense algebra."""
    k = 2
    changes = np.outer(state.sd, state.sd) * np.array([[1, state.rho], [state.rho, 1]])
    total = known + months
    covariance = dense_covariance(total, state.persistence * np.eye(2), changes)
    error = np.zeros((total * k, total * k))
    for t in range(known):
        error[2 * t : 2 * t + 2, 2 * t : 2 * t + 2] = state.noise[t] * state.noise_scale
    raw = state.raw[:known].ravel()
    seen = np.flatnonzero(np.isfinite(raw))
    future = np.arange(known * k, total * k)
    gain = np.linalg.solve(
        (covariance + error)[np.ix_(seen, seen)], covariance[np.ix_(seen, future)]
    ).T
    spread = covariance[np.ix_(future, future)] - gain @ covariance[np.ix_(seen, future)]
    return (gain @ raw[seen]).reshape(months, k), spread.reshape(months, k, months, k)


def test_forecasts_are_the_conditional_means_of_the_model(index):
    state = index.state
    ahead = known_ahead(state, state.raw, state.noise, 3)
    for known in (20, 34, 60):
        mean, spread = dense_ahead(state, known, 3)
        np.testing.assert_allclose(ahead.mean[known - 1], mean, atol=1e-5)
        for h in range(3):
            np.testing.assert_allclose(
                ahead.covariance[known - 1, h], spread[h, :, h, :], rtol=1e-6, atol=1e-4
            )


def test_the_state_returns_to_its_level(index):
    state = index.state
    mean, covariance = state_ahead(state, 4)
    level, last = state.level, state.smoothed[-1]
    share = state.persistence ** np.arange(1, 5)[:, None]
    np.testing.assert_allclose(mean, level + share * (last - level), atol=1e-4)
    known = known_ahead(state, state.raw, state.noise, 4).covariance[-1]
    # The uncertainty of the parameters comes on top.
    assert (np.einsum("hii->hi", covariance) > 0.98 * np.einsum("hii->hi", known)).all()


def test_the_local_level_stays_where_it_is():
    path = drifting(40, persistence=0.7, sd=12.0, seed=6)
    result = monthly_index(scored_months(path), model="local_level")
    rows = forecast_index(result, backtest=False).table
    for _, part in rows.groupby("direction"):
        np.testing.assert_allclose(part["forecast"], part["forecast"].iloc[0], atol=1e-6)
        assert (part["upper"] - part["lower"]).is_monotonic_increasing


def test_the_table_has_each_month_and_direction(index, forecast):
    table = forecast.table
    assert len(table) == 18
    assert table["month"].min() == pd.Timestamp("2015-01-01")
    both = table[table["direction"] == "bilateral"].set_index("ahead")
    sides = table[table["direction"] != "bilateral"].groupby("ahead")["forecast"].mean()
    np.testing.assert_allclose(both["forecast"], sides)
    assert (table["raw_lower"] < table["lower"]).all()
    assert (table["raw_upper"] > table["upper"]).all()
    assert forecast_index(index, months=1, backtest=False).scores.empty


def test_past_forecasts_do_not_look_ahead(index):
    state = index.state
    changed = state.raw.copy()
    changed[50:] += 60
    other = replace(index, state=replace(state, raw=changed))

    def made(result):
        series = [raw_series(result)[0]]
        past = past_forecasts(result, result.state, series, first_share=0.6, refit_every=8)
        return past[past["origin"] < result.months[50]]

    columns = ["origin", "ahead", "forecast", "se", "naive", "long_run_mean"]
    pd.testing.assert_frame_equal(made(index)[columns], made(other)[columns])


def test_references_are_the_last_raw_month_and_the_mean_so_far(index, forecast):
    raw = index.direction("RUS>TUR").set_index("month")["raw"]
    past = forecast.past[forecast.past["direction"] == "RUS>TUR"]
    assert past["origin"].min() == index.months[35]
    for row in past.sample(10, random_state=1).to_dict("records"):
        known = raw[: row["origin"]].dropna()
        assert row["naive"] == pytest.approx(known.iloc[-1])
        assert row["long_run_mean"] == pytest.approx(known.mean())
        assert row["raw"] == pytest.approx(raw[row["month"]])
        assert row["month"] == row["origin"] + pd.DateOffset(months=row["ahead"])


def tiny(forecasts, naive, mean, raw):
    return pd.DataFrame(
        {
            "direction": "bilateral",
            "origin": pd.date_range("2020-01-01", periods=len(raw), freq="MS"),
            "ahead": 1,
            "forecast": forecasts,
            "se": 1.0,
            "naive": naive,
            "long_run_mean": mean,
            "raw": raw,
            "noise_variance": 4.0,
        }
    )


def test_scores_by_hand():
    scores = score_forecasts(tiny([1.0, 1, 1, 1], [3.0] * 4, [0.0] * 4, [0.0, 2, 0, 4]), 0.95)
    row = scores.iloc[0]
    assert row["rmse"] == pytest.approx(np.sqrt((1 + 1 + 1 + 9) / 4))
    assert row["rmse_naive"] == pytest.approx(np.sqrt((9 + 1 + 9 + 1) / 4))
    assert row["rmse_mean"] == pytest.approx(np.sqrt(20 / 4))
    assert row["skill_naive"] == pytest.approx(1 - 12 / 20)
    assert row["skill_mean"] == pytest.approx(1 - 12 / 20)
    assert row["coverage"] == 0.75
    assert row["noise"] == 2
    assert row["verdict"] == "cannot tell"


def test_verdicts_need_both_intervals_above_zero():
    rng = np.random.default_rng(0)
    raw = rng.normal(size=60)
    good = raw + 0.1 * rng.normal(size=60)
    for naive, mean, expected in (
        (raw + 2, raw - 2, "beats both"),
        (raw + 2, good, "beats naive only"),
        (good, raw - 2, "beats the mean only"),
        (good, good, "beats neither"),
    ):
        assert score_forecasts(tiny(good, naive, mean, raw), 0.95)["verdict"].iloc[0] == expected


def test_the_interval_of_the_gain_is_that_of_newey_and_west():
    from statsmodels.regression.linear_model import OLS

    gain = np.random.default_rng(4).normal(1, 2, size=64)
    mean, lower, upper = mean_gain(gain, 3, 0.95)
    fit = OLS(gain, np.ones(64)).fit(
        cov_type="HAC", cov_kwds={"maxlags": 4, "use_correction": False}, use_t=True
    )
    factor = (64 + 1 - 6 + 6 / 64) / 64
    low, high = fit.conf_int()[0]
    assert mean == pytest.approx(gain.mean())
    assert (upper - lower) == pytest.approx((high - low) / np.sqrt(factor), rel=1e-6)
    assert np.isnan(mean_gain(gain[:5], 1, 0.95)[1])


def test_intervals_cover_what_comes_from_the_model():
    inside = []
    for seed in range(3):
        path = drifting(90, persistence=0.7, sd=12.0, seed=seed)
        result = forecast_index(monthly_index(scored_months(path, seed=seed, n=3)), refit_every=12)
        inside.append(np.average(result.scores["coverage"], weights=result.scores["n"]))
    assert 0.90 < np.mean(inside) < 0.985


def test_the_sentence_says_what_was_beaten(forecast):
    assert "missed by" in forecast.sentence
    verdict = forecast.verdict("bilateral", 1)
    says = "no better than the long-run mean" in forecast.sentence
    assert says == any(
        forecast.verdict("bilateral", h) in ("beats neither", "beats naive only") for h in (1, 3, 6)
    )
    assert verdict.startswith("beats")
    assert forecast.verdict("bilateral", 2) == "cannot tell"
    json.dumps(forecast.to_dict(), allow_nan=False)
    assert "Forecast" in forecast._repr_html_()


def test_usual_noise_is_the_median_of_recent_months():
    variance = np.array([100.0] * 10 + [4.0, 6.0, 8.0] * 8)
    assert usual_variance(variance, np.ones(34, dtype=bool)) == 6
    assert np.isnan(usual_variance(variance, np.zeros(34, dtype=bool)))


def test_one_side_is_forecast_alone():
    scored = scored_months(np.linspace(-30, 30, 30))
    found = forecast_index(monthly_index(scored[scored["source"] == "RUS"]), backtest=False)
    assert set(found.table["direction"]) == {"RUS>TUR"}
    assert "Russia on Turkey" in found.sentence
    assert "was not asked for" in found.sentence
    assert "too short" not in found.sentence
    assert not any("backtest uses" in text for text in found.assumptions)
    nothing = forecast_index(monthly_index(scored.assign(tone=0.1)))
    assert nothing.sentence == "No forecast: neither side has an index."
    json.dumps(nothing.to_dict(), allow_nan=False)


@pytest.mark.parametrize(
    "bad", [{"months": 0}, {"months": 2.5}, {"refit_every": 0}, {"first_share": 1.0}]
)
def test_bad_arguments_are_named(index, bad):
    with pytest.raises(BadArgumentError):
        forecast_index(index, **bad)
    with pytest.raises(BadArgumentError, match="state-space"):
        forecast_index(monthly_index(scored_months(np.arange(20.0)), method="means"))

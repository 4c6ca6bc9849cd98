"""Regimes: the likelihood against its twins, and what is told."""

from __future__ import annotations

import json
from itertools import product

import numpy as np
import pandas as pd
import pytest

from detente.errors import BadArgumentError
from detente.index import monthly_index
from detente.inference.regimes import estimate_regimes
from detente.inference.series import RawSeries
from detente.inference.switching import fit_switching, mixture_loglike, switching_loglike
from reference.inference_series import drifting, scored_months


def series_of(value, variance):
    value = np.asarray(value, dtype="float64")
    months = pd.date_range("2010-01-01", periods=len(value), freq="MS")
    variance = np.broadcast_to(np.asarray(variance, dtype="float64"), value.shape)
    variance = np.where(np.isfinite(value), variance, 0.0)
    return RawSeries("bilateral", "both sides together", months, value, variance, np.ones(1))


def slow_paths(series, levels, spread, transition):
    """Sum over every path of regimes: likelihood and chances of each month."""
    k, m = len(levels), len(series.value)
    values, vectors = np.linalg.eig(transition.T)
    first = np.real(vectors[:, np.argmax(np.real(values))])
    first = first / first.sum()
    total, chances = 0.0, np.zeros((m, k))
    for path in product(range(k), repeat=m):
        weight = first[path[0]]
        for t in range(m):
            weight *= transition[path[t - 1], path[t]] if t else 1.0
            if np.isfinite(series.value[t]):
                sd = np.sqrt(spread**2 + series.variance[t])
                apart = (series.value[t] - levels[path[t]]) / sd
                weight *= np.exp(-0.5 * apart**2) / (sd * np.sqrt(2 * np.pi))
        total += weight
        chances[range(m), path] += weight
    return np.log(total), chances / total


def test_the_likelihood_is_the_sum_over_all_paths_with_silent_months():
    series = series_of([np.nan, 20, np.nan, np.nan, -30, 5], [100.0] * 6)
    transition = np.array([[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.3, 0.3, 0.4]])
    levels, spread = np.array([-20.0, 10.0, 30.0]), 8.0
    expected, _ = slow_paths(series, levels, spread, transition)
    both = switching_loglike(
        series, np.stack([levels, levels + 5]), np.array([spread, 4.0]), np.stack([transition] * 2)
    )
    assert both[0] == pytest.approx(expected)
    other, _ = slow_paths(series, levels + 5, 4.0, transition)
    assert both[1] == pytest.approx(other)


def test_the_chances_of_months_are_those_over_all_paths():
    series = series_of([20, 25, np.nan, -10, -30, -20, np.nan, 22, 30, 18], [60.0] * 10)
    fit = fit_switching(series, 2)
    loglike, chances = slow_paths(series, fit.levels, fit.spread, fit.transition)
    assert fit.loglike == pytest.approx(loglike, abs=1e-6)
    np.testing.assert_allclose(fit.probabilities, chances, atol=1e-8)


def test_statsmodels_agrees_where_nothing_is_missing_and_noise_is_nothing():
    from statsmodels.tsa.regime_switching.markov_regression import MarkovRegression

    rng = np.random.default_rng(2)
    regime = np.repeat([0, 1, 0, 1], 20)
    value = np.where(regime == 0, -20.0, 25.0) + 8 * rng.normal(size=80)
    series = series_of(value, 0.0)
    fit = fit_switching(series, 2)
    twin = MarkovRegression(value, k_regimes=2)
    # statsmodels: chances of staying in and of coming to regime 0, levels, variance.
    params = np.array([*fit.transition[:, 0], *fit.levels, fit.spread**2])
    assert twin.loglike(params) == pytest.approx(fit.loglike, abs=1e-6)
    smoothed = twin.smooth(params).smoothed_marginal_probabilities
    np.testing.assert_allclose(fit.probabilities, smoothed, atol=1e-7)
    best = twin.fit(disp=False)
    assert fit.loglike >= best.llf - 1e-4


def test_the_mixture_is_a_chain_without_memory():
    rng = np.random.default_rng(5)
    value = np.where(rng.random(60) < 0.5, -30.0, 30.0) + rng.normal(size=60)
    series = series_of(value, 25.0)
    best = mixture_loglike(series, 2)
    share = np.mean(value < 0)
    rows = np.array([[[share, 1 - share]] * 2])
    means = np.array([[value[value < 0].mean(), value[value > 0].mean()]])
    near = switching_loglike(series, means, np.array([0.1]), rows)[0]
    assert near - 1e-6 <= best <= near + 3


def test_planted_regimes_are_found_through_silent_months():
    levels = np.where((np.arange(72) // 18) % 2 == 0, 30.0, -30.0)
    result = monthly_index(scored_months(levels, silent=(4, 5, 30)))
    found = estimate_regimes(result)
    assert found.n_regimes == 2
    assert found.levels["level"].to_list() == pytest.approx([-30, 30], abs=8)
    assert (found.levels["lower"] < [-30, 30]).all()
    assert (found.levels["upper"] > [-30, 30]).all()
    assert found.table["regime"].to_list() == [2, 1, 2, 1]
    assert found.table["since"].iloc[1] == pd.Timestamp("2011-07-01")
    assert found.table["n_months"].sum() == 72
    assert found.table["n_observed"].sum() == 69
    chances = found.probabilities.drop(columns="month")
    np.testing.assert_allclose(chances.sum(axis=1), 1)
    assert found.rival in found.models["model"].to_list()
    assert "2 regimes fit best" in found.sentence
    json.dumps(found.to_dict(), allow_nan=False)
    assert "Regimes" in found._repr_html_()


def test_one_regime_is_enough_for_noise():
    found = estimate_regimes(monthly_index(scored_months(np.full(60, 10.0), seed=3)))
    assert found.n_regimes == 1
    assert "one regime is enough" in found.sentence
    assert found.table["n_months"].to_list() == [60]
    assert any("lowest BIC" in text for text in found.assumptions)


def test_one_regime_that_was_asked_for_is_no_finding():
    found = estimate_regimes(monthly_index(scored_months(np.full(40, 10.0), seed=1)), n_regimes=1)
    assert "one regime was asked for" in found.sentence
    assert not any("lowest BIC" in text for text in found.assumptions)


def test_drift_is_named_beside_regimes():
    path = drifting(90, persistence=0.9, sd=10.0, rho=0.9, seed=8)
    found = estimate_regimes(monthly_index(scored_months(path, n=8)), n_regimes=2)
    assert not found.is_chosen
    assert found.rival == "one level with drift"
    assert found.bic_over_rival > 6
    assert "reading aid" in found.sentence


def test_criteria_follow_from_the_likelihoods():
    found = estimate_regimes(monthly_index(scored_months(np.full(40, 10.0), seed=1)))
    models = found.models
    p, loglike = models["n_parameters"], models["loglike"]
    np.testing.assert_allclose(models["aic"], 2 * p - 2 * loglike)
    np.testing.assert_allclose(models["bic"], np.log(40) * p - 2 * loglike)


def test_what_cannot_be_asked_says_why():
    scored = scored_months(np.linspace(-30, 30, 30))
    found = estimate_regimes(monthly_index(scored[scored["source"] == "RUS"]))
    assert "one side has no index" in found.sentence
    assert np.isnan(found.bic_over_rival)
    assert found.rival == ""
    json.dumps(found.to_dict(), allow_nan=False)


@pytest.mark.parametrize(
    "bad",
    [
        {"max_regimes": 9},
        {"n_regimes": 0},
        {"n_regimes": 4},
        {"n_regimes": "a"},
        {"n_regimes": 1.5},
    ],
)
def test_bad_arguments_are_named(bad):
    result = monthly_index(scored_months(np.linspace(-30, 30, 30)))
    with pytest.raises(BadArgumentError):
        estimate_regimes(result, **bad)

"""Lead and lag: the likelihood against dense algebra, planted and absent cross terms."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from detente.errors import BadArgumentError
from detente.index import monthly_index
from detente.index.chain import Law
from detente.index.evidence import Evidence
from detente.inference.crossing import (
    CrossFit,
    fit_cross,
    loglike_slopes,
    profile_interval,
    stationary,
)
from detente.inference.leadlag import estimate_lead_lag, fit_all
from reference.inference_series import dense_covariance, drifting, scored_months
from reference.kalman import differences, kalman


def simulated(cross, *, m=150, seed=0, noise_sd=4.0, persistence=0.5):
    """Raw months of both sides with some silent ones, and their noise."""
    rng = np.random.default_rng(seed)
    path = drifting(m, persistence=persistence, sd=12.0, rho=0.2, cross=cross, seed=seed)
    raw = path + noise_sd * rng.normal(size=(m, 2))
    raw[rng.random((m, 2)) < 0.1] = np.nan
    noise = np.tile(noise_sd**2 * np.eye(2), (m, 1, 1))
    return raw, noise


START = np.array([0.5, 0.5, 0.0, 0.0, np.log(12), np.log(12), 0.2])


def test_the_likelihood_is_that_of_the_dense_covariance():
    raw, noise = simulated((0.3, 0.0), m=25)
    fit = fit_cross(raw, noise, starts=[START])
    covariance = dense_covariance(25, fit.transition, fit.change_covariance)
    full = covariance + np.kron(np.eye(25), noise[0] + 1e-9 * np.eye(2))
    seen = np.flatnonzero(np.isfinite(raw.ravel()))
    dense = stats.multivariate_normal(np.zeros(len(seen)), full[np.ix_(seen, seen)])
    assert fit.loglike == pytest.approx(dense.logpdf(raw.ravel()[seen]), abs=1e-4)


@pytest.mark.parametrize(
    "theta",
    [
        [0.6, 0.5, 0.1, -0.1, 2.0, 2.2, 0.4],
        [0.9, 0.9, 0.8, 0.3, 2.0, 2.2, 0.4],  # shrunk, real roots
        [0.9, 0.9, 0.8, -0.9, 2.0, 2.2, -0.4],  # shrunk, turning
    ],
)
def test_likelihood_and_slopes_are_those_of_statsmodels_and_differences(theta):
    raw, noise = simulated((0.2, 0.1), m=60)
    evidence, theta = Evidence(raw, noise), np.array(theta)

    def loglike(at):
        return loglike_slopes(evidence, at)[0]

    value, slopes = loglike_slopes(evidence, theta)
    np.testing.assert_allclose(slopes, differences(loglike, theta), atol=1e-5)
    fit = CrossFit(theta, value)
    first = stationary(fit.transition, fit.change_covariance)
    theirs = kalman(raw, noise, fit.transition, fit.change_covariance, first)
    assert value == pytest.approx(theirs.ssm.loglike(), abs=1e-8)
    law = Law(fit.transition, fit.change_covariance, first)
    assert value == pytest.approx(evidence.under(law).loglike)


def test_planted_cross_terms_are_found_on_the_right_side():
    raw, noise = simulated((0.4, 0.0), seed=3)
    full = fit_cross(raw, noise, starts=[START])
    without = fit_cross(raw, noise, (False, True), starts=[full.theta])
    other = fit_cross(raw, noise, (True, False), starts=[full.theta])
    assert stats.chi2.sf(2 * (full.loglike - without.loglike), 1) < 0.01
    assert full.transition[0, 1] == pytest.approx(0.4, abs=0.2)
    assert other.transition[1, 0] == 0
    lower, upper = profile_interval(raw, noise, full, 0, 0.95)
    assert 0 < lower < 0.4 < upper


def test_the_interval_ends_where_the_likelihood_has_fallen_by_1_92():
    raw, noise = simulated((0.2, 0.1), seed=5)
    full = fit_cross(raw, noise, starts=[START], gtol=1e-5)
    for end in profile_interval(raw, noise, full, 1, 0.95):
        found = fit_cross(raw, noise, (True, False), starts=[full.theta], fixed=(0.0, end))
        assert full.loglike - found.loglike == pytest.approx(1.92, abs=0.15)


def test_the_transition_is_kept_stationary():
    wild = CrossFit(np.array([0.9, 0.9, 2.0, 2.0, 1.0, 1.0, 0.0]), 0.0)
    assert np.abs(np.linalg.eigvals(wild.transition)).max() == pytest.approx(0.995)
    turning = CrossFit(np.array([0.9, 0.9, 2.0, -2.0, 1.0, 1.0, 0.0]), 0.0)
    assert np.abs(np.linalg.eigvals(turning.transition)).max() == pytest.approx(0.995)
    tame = CrossFit(np.array([0.5, 0.2, 0.1, -0.1, 1.0, 1.0, 0.0]), 0.0)
    np.testing.assert_array_equal(tame.transition, [[0.5, 0.1], [-0.1, 0.2]])


@pytest.fixture(scope="module")
def noisy():
    path = drifting(72, persistence=0.7, sd=12.0, seed=2)
    result = monthly_index(scored_months(path, silent=(3, 20, 21)))
    return result, estimate_lead_lag(result)


def test_models_are_nested(noisy):
    full, reduced, none = fit_all(noisy[0].state)
    for fit in reduced:
        assert none.loglike - 1e-3 <= fit.loglike <= full.loglike + 1e-3


def test_too_little_data_cannot_tell(noisy):
    found = noisy[1]
    assert found.verdict == "cannot tell"
    assert "cannot be told" in found.sentence
    assert "four of five cases" in found.sentence
    assert "A term of 0.20 or less was taken to be as good as none." in found.sentence
    assert found.table["leading"].to_list() == ["TUR>RUS", "RUS>TUR"]
    assert (found.table["lower"] <= found.table["cross_term"]).all()
    assert (found.table["upper"] >= found.table["cross_term"]).all()
    assert (found.table["p_adjusted"] >= found.table["p"]).all()
    json.dumps(found.to_dict(), allow_nan=False)
    assert "Lead" in found._repr_html_()


def test_one_side_has_no_lead():
    scored = scored_months(np.linspace(-30, 30, 30))
    found = estimate_lead_lag(monthly_index(scored[scored["source"] == "RUS"]))
    assert found.reason == "one side has no index"
    assert found.verdict == "cannot tell"
    json.dumps(found.to_dict(), allow_nan=False)


def test_bad_arguments_are_named(noisy):
    with pytest.raises(BadArgumentError):
        estimate_lead_lag(noisy[0], negligible=0)
    with pytest.raises(BadArgumentError, match="below 1"):
        estimate_lead_lag(noisy[0], negligible=1)
    with pytest.raises(BadArgumentError, match="state-space"):
        estimate_lead_lag(monthly_index(scored_months(np.arange(20.0)), method="means"))


def test_the_interval_holds_zero_where_the_test_does_not_reject_it():
    rng = np.random.default_rng(12)
    months = pd.date_range("2012-01-01", periods=90, freq="MS")
    rows = []
    state = np.zeros(2)
    for month in months:
        state = np.array([0.3 * state[0] + 0.5 * state[1], 0.3 * state[1]]) + rng.normal(0, 0.2, 2)
        for k, (source, target) in enumerate((("RUS", "TUR"), ("TUR", "RUS"))):
            for day in rng.choice(27, 2, replace=False):
                tone = float(np.clip(state[k] + rng.normal(0, 0.3), -1, 1))
                rows.append((month + pd.Timedelta(days=int(day)), source, target, source, tone))
    columns = ["date", "source", "target", "speaker", "tone"]
    table = estimate_lead_lag(monthly_index(pd.DataFrame(rows, columns=columns))).table
    excludes = (table["lower"] > 0) | (table["upper"] < 0)
    assert (excludes <= (table["p"] < 0.06)).all()

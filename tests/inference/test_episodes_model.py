"""The band-matrix kernel against dense algebra, statsmodels and hand calculation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.inference.covariance import Cells, Covariance, DayNoise, Ratios
from detente.inference.placebo import GRID, fit_on_grid, placebo_p, simulate
from detente.inference.reml import LOWER, UPPER, fit_reml, gls, restricted_deviance
from detente.inference.restricted import Restricted
from detente.inference.steps import groups_of
from reference import steps as twin
from reference.kalman import differences


def history(seed, n=60, length=400):
    rng = np.random.default_rng(seed)
    day = np.sort(rng.integers(0, length, n))
    side = rng.integers(0, 2, n)
    return day, side, rng.normal(0, 0.3, n) + 0.4 * (day > length / 2)


def columns(cells, cut):
    """Means of both sides and one step, by slot."""
    filled = (cells.n > 0).ravel()
    side = np.tile([0, 1], len(cells.days))
    after = np.repeat(cells.days, 2) >= cut
    return np.column_stack([filled & (side == 0), filled & (side == 1), filled & after]).astype(
        float
    )


ratios = st.builds(
    Ratios,
    drift=st.floats(0.001, 5),
    days=st.floats(2, 2000),
    rho=st.floats(0, 0.97),
    day=st.floats(0.0001, 3),
)


@given(seed=st.integers(0, 10_000), at=ratios)
@settings(max_examples=25)
def test_fit_equals_dense_algebra_on_single_statements(seed, at):
    day, side, tone = history(seed)
    cells = Cells.of(day, side, tone)
    found = gls(cells, columns(cells, 200), at)
    x = np.column_stack([side == 0, side == 1, day >= 200]).astype(float)
    v = twin.covariance(day, side, at.drift, at.days, at.rho, at.day)
    coefficients, covariance, noise, deviance = twin.restricted(tone, x, v)
    np.testing.assert_allclose(found.coefficients, coefficients, atol=1e-7)
    np.testing.assert_allclose(found.covariance, covariance, rtol=1e-5, atol=1e-10)
    assert found.noise == pytest.approx(noise, rel=1e-6)
    assert found.deviance == pytest.approx(deviance, abs=1e-4)


def test_step_by_hand():
    # Side 0 says .2 and .4 on day 0, and -.1 on day 1000. Without drift and day noise the step
    # is -.1 - .3 = -.4. The only scatter is .1^2 + .1^2 = .02, on one degree of freedom; the
    # variance of the step is .02 (1/2 + 1) = .03.
    cells = Cells.of(np.array([0, 0, 1000]), np.array([0, 0, 0]), np.array([0.2, 0.4, -0.1]))
    x = np.column_stack([[1, 0, 1, 0], [0, 0, 1, 0]]).astype(float)
    fit = gls(cells, x, Ratios(drift=1e-9, days=10, rho=0.5, day=0))
    np.testing.assert_allclose(fit.coefficients, [0.3, -0.4], atol=1e-6)
    assert fit.df == 1
    assert fit.noise == pytest.approx(0.02, rel=1e-6)
    assert fit.se[1] == pytest.approx(0.03**0.5, rel=1e-6)


def test_day_noise_by_hand():
    # With a day variance as large as a statement's, a day of two says 1/(1 + 1/2), one of one
    # 1/(1 + 1): the mean of .3 (twice) and 0 is (.3 * 2/3) / (2/3 + 1/2) = 6/35.
    cells = Cells.of(np.array([0, 0, 1000]), np.array([0, 0, 0]), np.array([0.3, 0.3, 0.0]))
    x = np.array([[1.0], [0], [1], [0]])
    fit = gls(cells, x, Ratios(drift=1e-9, days=10, rho=0.5, day=1.0))
    assert fit.coefficients[0] == pytest.approx(6 / 35, abs=1e-8)


def test_restricted_likelihood_equals_mixedlm_where_only_days_are_shared():
    from statsmodels.regression.mixed_linear_model import MixedLM

    rng = np.random.default_rng(3)
    day = np.repeat(np.arange(0, 900, 15), 4)
    side = np.tile([0, 0, 1, 1], 60)
    shared = np.repeat(rng.normal(0, 0.25, 60), 4)
    tone = 0.2 * side - 0.3 * (day >= 450) + shared + rng.normal(0, 0.3, len(day))
    x = np.column_stack([side == 0, side == 1, day >= 450]).astype(float)
    other = MixedLM(tone, x, groups=day).fit(reml=True)
    share = float(other.cov_re.squeeze()) / other.scale
    cells = Cells.of(day, side, tone)
    own = gls(cells, columns(cells, 450), Ratios(1e-9, 30, 0.5, share))
    assert -2 * other.llf == pytest.approx(own.deviance, abs=1e-3)
    assert other.scale == pytest.approx(own.noise, rel=1e-4)
    np.testing.assert_allclose(own.coefficients, other.fe_params, atol=1e-5)
    np.testing.assert_allclose(own.se, other.bse_fe, rtol=1e-4)
    # No other share of the days fits better.
    for wrong in (share * 0.9, share * 1.1):
        worse = restricted_deviance(cells, columns(cells, 450), Ratios(1e-9, 30, 0.5, wrong))
        assert worse > own.deviance


def from_logs(free):
    """Read ratios from the scale of the search."""
    return Ratios(np.exp(free[0]), np.exp(free[1]), np.tanh(free[2]), np.exp(free[3]))


@given(seed=st.integers(0, 10_000), at=ratios)
@settings(max_examples=25, deadline=None, derandomize=True)
def test_slopes_of_the_deviance_are_those_of_differences(seed, at):
    cells = Cells.of(*history(seed))
    x = columns(cells, 200)
    free = np.array([np.log(at.drift), np.log(at.days), np.arctanh(at.rho), np.log(at.day)])

    def deviance(point):
        return restricted_deviance(cells, x, from_logs(point))

    found = Restricted(cells, x, at)
    assert found.deviance == pytest.approx(gls(cells, x, at).deviance)
    np.testing.assert_allclose(found.slopes(), differences(deviance, free, 1e-4), atol=1e-4)


@pytest.mark.parametrize("seed", [5, 11, 23])
def test_no_global_search_finds_a_lower_deviance(seed):
    from scipy.optimize import differential_evolution

    cells = Cells.of(*history(seed, n=120, length=2000))
    x = columns(cells, 1000)
    ends = [
        np.array([np.log(end.drift), np.log(end.days), np.arctanh(end.rho), np.log(end.day)])
        for end in (LOWER, UPPER)
    ]
    wide = differential_evolution(
        lambda free: restricted_deviance(cells, x, from_logs(free)),
        list(zip(*ends, strict=True)),
        maxiter=40,
        popsize=12,
        rng=np.random.default_rng(seed),
    )
    # Ratios are rounded to a thousandth of a log.
    assert fit_reml(cells, x).deviance <= wide.fun + 1e-4


def test_search_finds_what_no_grid_point_beats():
    day, side, tone = history(5, n=150, length=2000)
    cells = Cells.of(day, side, tone)
    x = columns(cells, 1000)
    best = fit_reml(cells, x).deviance
    assert best <= min(restricted_deviance(cells, x, point) for point in GRID) + 0.01


def test_search_recovers_what_was_simulated():
    rng = np.random.default_rng(2)
    cells = Cells.of(np.repeat(np.arange(0, 6000, 8), 2), np.tile([0, 1], 750), np.zeros(1500))
    truth = Ratios(drift=0.6, days=120, rho=0.7, day=0.3)
    means, within = simulate(cells, truth, 0.09, 1, rng)
    own = Cells(cells.days, cells.n, means[:, 0].reshape(-1, 2), float(within[0]))
    found = fit_reml(own, columns(cells, 3000))
    assert found.noise == pytest.approx(0.09, rel=0.2)
    assert found.ratios.drift == pytest.approx(0.6, rel=0.5)
    assert found.ratios.rho == pytest.approx(0.7, abs=0.25)
    assert 50 < found.ratios.days < 300


def test_simulated_histories_have_the_covariance_of_the_model():
    cells = Cells.of(np.array([0, 0, 0, 5, 40]), np.array([0, 0, 1, 1, 0]), np.zeros(5))
    at = Ratios(drift=0.8, days=30, rho=0.6, day=0.4)
    means, within = simulate(cells, at, 0.25, 40_000, np.random.default_rng(1))
    filled = (cells.n > 0).ravel()
    day, side = np.repeat(cells.days, 2)[filled], np.tile([0, 1], 3)[filled]
    expected = twin.covariance(day, side, 0.8, 30, 0.6, 0.4) - np.eye(4)
    expected = 0.25 * (expected + np.diag(1 / cells.n.ravel()[filled]))
    np.testing.assert_allclose(np.cov(means[filled]), expected, atol=0.015)
    assert (means[~filled] == 0).all()
    assert within.mean() == pytest.approx(0.25, rel=0.03)  # one spare statement


def test_histories_on_the_grid_are_fitted_as_one_at_a_time():
    day, side, tone = history(8)
    cells = Cells.of(day, side, tone)
    x = columns(cells, 200)
    few = GRID[::40]
    means, within = simulate(cells, GRID[300], 0.1, 5, np.random.default_rng(0))
    found = fit_on_grid(cells, x, [np.eye(3)[:, :2], np.eye(3)], means, within, few)
    for design, fits in zip((x[:, :2], x), found, strict=True):
        for k in range(5):
            own = Cells(cells.days, cells.n, means[:, k].reshape(-1, 2), float(within[k]))
            every = [gls(own, design, point) for point in few]
            best = min(every, key=lambda fit: fit.deviance)
            np.testing.assert_allclose(fits.coefficients[k], best.coefficients, atol=1e-9)
            np.testing.assert_allclose(fits.se[k], best.se, rtol=1e-6)
            assert few[fits.point[k]] == best.ratios


def test_leaving_far_grid_points_out_changes_next_to_nothing():
    day, side, tone = history(9, n=120, length=1500)
    cells = Cells.of(day, side, tone)
    x, few = columns(cells, 700), GRID[::6]
    means, within = simulate(cells, GRID[400], 0.1, 240, np.random.default_rng(4))
    screened = fit_on_grid(cells, x, [np.eye(3)], means, within, few)[0]
    parts = [
        fit_on_grid(cells, x, [np.eye(3)], means[:, part], within[part], few)[0]
        for part in (slice(0, 80), slice(80, 160), slice(160, 240))
    ]
    whole = np.concatenate([part.t for part in parts])
    assert np.mean(np.isclose(screened.t, whole).all(axis=1)) > 0.97


def test_share_of_histories_counts_the_observed_one():
    placebo = np.array([[1.0], [-3.0], [0.5]])
    assert placebo_p(np.array([2.0]), placebo)[0] == pytest.approx(2 / 4)
    assert placebo_p(np.array([-9.0]), placebo)[0] == pytest.approx(1 / 4)


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        ([100, 200], [(0,), (1,)]),
        ([200, 100], [(1,), (0,)]),
        ([100, 100], [(0, 1)]),  # the same day
        ([100, 101], [(0, 1)]),  # nothing in between
        ([-5, 100], [(1,)]),  # nothing before
        ([100, 500], [(0,)]),  # nothing after
        ([], []),
    ],
)
def test_steps_that_statements_tell_apart(starts, expected):
    assert groups_of(starts, np.arange(0, 300, 10)) == expected


def test_correlation_of_sides_and_days_enters_the_determinant():
    day, side, tone = history(1, n=30)
    cells = Cells.of(day, side, tone)
    at = Ratios(0.7, 40, 0.6, 0.3)
    found = Covariance(cells, at, DayNoise.of(cells, at.day)).log_determinant
    v = twin.covariance(day, side, 0.7, 40, 0.6, 0.3)
    spare = np.log(cells.n[cells.n > 0]).sum()
    assert found + spare == pytest.approx(np.linalg.slogdet(v)[1], abs=1e-8)


def test_nothing_is_gained_by_drift_where_there_is_none():
    rng = np.random.default_rng(7)
    day = np.repeat(np.arange(0, 3000, 10), 2)
    cells = Cells.of(day, np.tile([0, 1], 300), rng.normal(0, 0.3, 600))
    x = columns(cells, 1500)
    none = restricted_deviance(cells, x, Ratios(LOWER.drift, 30, 0.5, LOWER.day))
    # Four parameters more: a gain of 9.5 would come up in one series of twenty.
    assert 0 <= none - fit_reml(cells, x).deviance < 9.5

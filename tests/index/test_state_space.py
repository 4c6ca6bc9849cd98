from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from detente.errors import BadArgumentError
from detente.index import (
    BILATERAL,
    as_day,
    fit_state,
    level_difference,
    mean_level,
    monthly_index,
)
from detente.index.likelihood import Parameters
from detente.statements import read_statements
from detente.study import load_study
from reference.histories import Truth, coverage, history, said
from reference.kalman import kalman


@pytest.fixture(scope="module")
def dated():
    """Return the bundled statements: their days and speakers, without tone."""
    return read_statements(load_study("russia-turkey").folder / "statements.csv")


@pytest.mark.parametrize(
    ("truth", "crises"),
    [(Truth(), False), (Truth(persistence=1.0, sd=(8.0, 9.0)), False), (Truth(), True)],
    ids=["mean reverting", "local level", "more is said in crises"],
)
def test_intervals_cover_and_errors_halve_on_the_real_dates(dated, truth, crises):
    found = coverage(dated, 20151124, 12, truth, crises)
    assert 0.92 < found.covered < 0.975
    assert 0.85 < found.covered_empty < 0.99
    # Twelve histories; `make bench` takes two hundred.
    assert found.known_ratio < found.error_ratio < 0.55


@pytest.mark.parametrize("model", ["mean_reverting", "local_level"])
def test_no_search_by_statsmodels_climbs_higher(model):
    from scipy.optimize import minimize

    rng = np.random.default_rng(3)
    raw = history(rng, 60) + rng.normal(0, 15, (60, 2))
    raw[10:14, 0] = np.nan
    raw[12, 1] = np.nan
    noise = np.tile(np.array([[200.0, 30.0], [30.0, 250.0]]), (60, 1, 1))
    fit = fit_state(raw, noise, model)

    def loss(theta):
        at = Parameters.of(theta, model, 2)
        kept, scale = at.persistence, at.noise_scale
        first = at.changes / (1 - kept**2) if model == "mean_reverting" else None
        within = -5e5 * (np.log(scale) + 1 / scale - 1)
        theirs = kalman(raw, noise * scale, kept * np.eye(2), at.changes, first)
        return -theirs.ssm.loglike() - within

    assert -loss(fit.theta) == pytest.approx(fit.loglike, abs=1e-6)
    for shift in (-0.3, 0.3):
        start = fit.theta + shift * (np.arange(len(fit.theta)) != len(fit.theta) - 2)
        found = minimize(loss, start, method="L-BFGS-B", bounds=fit._problem.bounds)
        assert -found.fun <= fit.loglike + 1e-6
    # What the parameters' uncertainty adds never narrows an interval on average.
    _, own = fit._problem.smooth(fit.theta)
    assert np.einsum("tii->ti", fit.covariance).mean() > np.einsum("tii->ti", own).mean()
    joint = fit.joint_covariance.reshape(60, 2, 60, 2)[np.arange(60), :, np.arange(60), :]
    np.testing.assert_allclose(fit.covariance, joint, atol=1e-8)


def test_agrees_with_unobserved_components_for_equal_numbers():
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    rng = np.random.default_rng(5)
    level = np.cumsum(rng.normal(0, 5, 150))
    raw = (level + rng.normal(0, 12, 150))[:, None]
    fit = fit_state(raw, np.full((150, 1, 1), 144.0), "local_level")
    model = UnobservedComponents(raw[:, 0], level="llevel", use_exact_diffuse=True)
    with model.fix_params({"sigma2.irregular": 144.0}):
        theirs = model.fit(disp=0)
    assert fit.sd[0] ** 2 == pytest.approx(theirs.params[-1], rel=0.03)
    np.testing.assert_allclose(fit.smoothed[:, 0], theirs.level["smoothed"], atol=0.5)


def test_filtered_uses_no_later_month(dated):
    rng = np.random.default_rng(2)
    months = pd.date_range("2009-02-01", "2024-12-01", freq="MS")
    scored = said(rng, dated, history(rng, len(months)), months)
    result = monthly_index(scored)
    raw = result.state.raw.copy()
    cut = 120
    # Another future leaves the filtered past as it is, under the same parameters.
    raw[cut:] += 40
    fit = result.state
    changed = type(fit)(fit.model, raw, fit.noise, fit.noise_df, fit.theta, fit.loglike)
    np.testing.assert_allclose(fit.filtered[:cut], changed.filtered[:cut])
    assert np.abs(fit.smoothed[:cut] - changed.smoothed[:cut]).max() > 1
    last = result.direction(BILATERAL).iloc[-1]
    assert last["filtered"] == pytest.approx(last["index"], abs=1e-3)


def test_rho_has_a_profile_interval_and_a_sentence_that_follows_from_it():
    rng = np.random.default_rng(11)
    noise = np.tile(np.diag([40.0, 40.0]), (160, 1, 1))

    def fitted(rho):
        raw = history(rng, 160, rho=rho) + rng.normal(0, 40**0.5, (160, 2))
        return fit_state(raw, noise)

    low, high = fitted(0.5).rho_interval
    assert -0.2 < low < 0.5 < high < 0.9
    low, high = fitted(0.999).rho_interval
    assert low > 0.7
    assert high > 0.98


def one_side(n_months, tone, side="RUS", other="TUR"):
    days = pd.date_range("2018-01-05", periods=n_months, freq="MS") + pd.Timedelta(days=4)
    days = days.append(days + pd.Timedelta(days=9))
    return pd.DataFrame(
        {
            "date": days,
            "source": side,
            "target": other,
            "speaker": side,
            "channel": "speech",
            "tone": np.broadcast_to(tone, 2 * n_months),
        }
    )


def noisy(n, seed):
    return np.random.default_rng(seed).uniform(-0.5, 0.5, 2 * n)


@pytest.mark.parametrize(
    ("frame", "direction", "reason"),
    [
        (one_side(1, 0.3)[:1], "RUS>TUR", "1 month"),
        (one_side(30, 0.3), "RUS>TUR", "same tone"),
        (one_side(30, noisy(30, 1)), "TUR>RUS", "no statement"),
        (one_side(11, noisy(11, 1)), "RUS>TUR", "12 are needed"),
    ],
    ids=["a single statement", "flat", "an empty side", "eleven months"],
)
def test_what_cannot_be_fitted_has_a_reason_and_no_number(frame, direction, reason):
    result = monthly_index(frame)
    assert reason in result.reasons[direction]
    assert (
        result.direction(direction)[["index", "lower", "upper", "filtered", "se"]]
        .isna()
        .all(axis=None)
    )
    assert result.direction(BILATERAL)["index"].isna().all()
    assert reason in result.sentence
    assert np.isnan(mean_level(result).mean)
    assert np.isnan(level_difference(result).difference)


def test_one_side_alone_is_fitted_where_the_other_is_silent():
    result = monthly_index(one_side(30, noisy(30, 4)))
    assert result.sides == ("RUS>TUR",)
    assert result.direction("RUS>TUR")["index"].notna().all()
    assert result.sides_sentence == ""


@pytest.mark.parametrize("weights", ["occasion", "office", "day", "none"])
def test_weights_give_their_unit_one_vote(weights):
    rows = [
        ("2020-01-03", "A", "minister", "speech", 0.9),
        ("2020-01-03", "A", "minister", "speech", 0.7),
        ("2020-01-03", "B", "minister", "speech", 0.2),
        ("2020-01-20", "C", "spokesperson", "speech", -0.4),
    ]
    frame = pd.DataFrame(rows, columns=["date", "speaker", "level", "channel", "tone"]).assign(
        date=lambda f: pd.to_datetime(f["date"]), source="RUS", target="TUR"
    )
    expected = {
        "occasion": (80 + 20 - 40) / 3,
        "office": (50 - 40) / 2,
        "day": (50 - 40) / 2,
        "none": (90 + 70 + 20 - 40) / 4,
    }
    raw = monthly_index(frame, method="means", weights=weights).direction("RUS>TUR")["raw"]
    assert raw.iloc[0] == pytest.approx(expected[weights])


def test_levels_use_the_joint_covariance_of_months(dated):
    rng = np.random.default_rng(8)
    months = pd.date_range("2009-02-01", "2024-12-01", freq="MS")
    result = monthly_index(said(rng, dated, history(rng, len(months)), months))
    level = mean_level(result, since="2016-01", until="2016-12")
    paths = result.draws(4000).paths[BILATERAL]
    inside = (result.months >= "2016-01-01") & (result.months <= "2016-12-01")
    drawn = paths[:, inside].mean(axis=1)
    assert level.mean == pytest.approx(drawn.mean(), abs=0.15)
    assert (level.upper - level.lower) / 3.92 == pytest.approx(drawn.std(), rel=0.06)
    assert result.probability_colder("2016-01", "2016-06") == pytest.approx(
        np.mean(paths[:, result.months == "2016-01-01"] < paths[:, result.months == "2016-06-01"]),
        abs=0.03,
    )


def test_months_outside_the_period_are_refused():
    result = monthly_index(one_side(30, noisy(30, 4)))
    with pytest.raises(BadArgumentError, match="outside the period"):
        result.probability_colder("2001-01", "2018-03")


def test_as_of_knows_nothing_later(dated):
    rng = np.random.default_rng(8)
    months = pd.date_range("2009-02-01", "2024-12-01", freq="MS")
    scored = said(rng, dated, history(rng, len(months)), months)
    known = monthly_index(scored, as_of="2016-06-28")
    past = monthly_index(scored[scored["date"] <= "2016-06-28"])
    pd.testing.assert_frame_equal(known.table, past.table)
    assert known.parameters["as_of"] == "2016-06-28"
    assert known.months[-1] == pd.Timestamp("2016-06-01")
    assert len(monthly_index(scored, as_of="2016-06").months) == len(known.months)
    with pytest.raises(BadArgumentError, match="must be a day"):
        monthly_index(scored, as_of="soon")


@pytest.mark.parametrize("day", ["05.06.2016", "06/05/2016", "30.06.2016", "2016", "2016-13-01"])
def test_as_of_takes_a_day_in_one_form_alone(day):
    with pytest.raises(BadArgumentError, match="as_of must be a day") as caught:
        as_day(day, "as_of")
    assert "2015-11-24" in caught.value.remedy


@pytest.mark.parametrize(
    "day",
    ["2016-06-30", "2016-06", " 2016-06-30T14:00Z", date(2016, 6, 30), pd.Timestamp("2016-06-30")],
)
def test_as_of_takes_iso_days_dates_and_the_last_day_of_a_month(day):
    assert as_day(day, "as_of") == pd.Timestamp("2016-06-30")

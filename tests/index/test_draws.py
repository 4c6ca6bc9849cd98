from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from detente.errors import BadArgumentError
from detente.index import BILATERAL, monthly_index


@pytest.fixture(scope="module")
def result():
    rng = np.random.default_rng(6)
    months = pd.date_range("2012-01-01", periods=96, freq="MS")
    level = np.empty(96)
    level[0] = 0
    for t in range(1, 96):
        level[t] = 0.8 * level[t - 1] + rng.normal(0, 0.12)
    rows = []
    for month, tone in zip(months, level, strict=True):
        for source, target in (("RUS", "TUR"), ("TUR", "RUS")):
            for day in rng.choice(28, 3, replace=False):
                said = np.clip(0.1 + tone + rng.normal(0, 0.3), -1, 1)
                rows.append((month + pd.Timedelta(days=int(day)), source, target, source, said))
    columns = ["date", "source", "target", "speaker", "tone"]
    return monthly_index(pd.DataFrame(rows, columns=columns), seed=5)


def test_draws_scatter_as_the_interval_says(result):
    draws = result.draws(2000)
    table = draws.table
    assert list(table.columns) == ["draw", "month", "direction", "index"]
    assert len(table) == 2000 * 96 * 3
    drawn = table.groupby(["direction", "month"])["index"].agg(["mean", "std"])
    for name in (*result.dyad.directions, BILATERAL):
        rows = result.direction(name)
        np.testing.assert_allclose(drawn.loc[name, "mean"], rows["index"], atol=1.2)
        np.testing.assert_allclose(drawn.loc[name, "std"], rows["se"], rtol=0.08)


def test_draws_hang_on_the_seed_alone(result, tmp_path):
    one = result.draws(50).write(tmp_path / "one.parquet")
    two = result.draws(50).write(tmp_path / "two.parquet")
    assert one.read_bytes() == two.read_bytes()
    back = pd.read_parquet(one)
    pd.testing.assert_frame_equal(back, result.draws(50).table, check_dtype=False)


def test_regression_pools_draws_and_names_what_pulls_it_to_zero(result):
    rng = np.random.default_rng(9)
    draws = result.draws(40)
    rows = []
    for state in result.draws(1000).paths[BILATERAL][-30:]:  # histories that may be true
        outcome = pd.Series(2.0 * state + rng.normal(0, 3, 96), index=result.months)
        pooled = draws.to_regression(outcome)
        rows.append(pooled.table.iloc[0])
    found = pd.DataFrame(rows)[["coefficient", "smoothed"]].astype("float64").mean()
    assert found["coefficient"] == pytest.approx(2 * pooled.reliability, rel=0.1)
    assert found["smoothed"] == pytest.approx(2, rel=0.1)
    row = rows[0]
    assert row["term"] == "index"
    assert 0 < row["missing_information"] < 1
    assert row["lower"] < row["coefficient"] < row["upper"]
    assert "moves with the index" in pooled.sentence


def test_regression_without_uncertainty_is_least_squares(result):
    from dataclasses import replace

    from statsmodels.regression.linear_model import OLS

    draws = result.draws(4)
    path = np.tile(draws.smoothed[BILATERAL], (4, 1))
    rng = np.random.default_rng(1)
    outcome = pd.Series(rng.normal(0, 1, 96), index=result.months)
    control = pd.DataFrame({"price": rng.normal(0, 1, 96)}, index=result.months)
    same = replace(draws, paths={BILATERAL: path}).to_regression(outcome, controls=control)
    design = np.column_stack([path[0], control["price"], np.ones(96)])
    theirs = OLS(outcome.to_numpy(), design).fit(
        cov_type="HAC", cov_kwds={"maxlags": 4, "use_correction": True}
    )
    np.testing.assert_allclose(same.table["coefficient"], theirs.params, rtol=1e-8)
    np.testing.assert_allclose(same.table["se"], theirs.bse, rtol=1e-6)
    assert same.reliability == pytest.approx(1)


def test_lag_moves_the_index_before_the_outcome(result):
    draws = result.draws(20)
    state = draws.smoothed[BILATERAL]
    outcome = pd.Series(np.r_[np.zeros(3), state[:-3]], index=result.months)
    exact = draws.to_regression(outcome[3:], lag=3)
    assert exact.table["smoothed"].iloc[0] == pytest.approx(1)
    assert exact.n_months == 93


def test_bad_arguments_are_refused(result):
    draws = result.draws(5)
    short = pd.Series(1.0, index=result.months[:10])
    with pytest.raises(BadArgumentError, match="24 are needed"):
        draws.to_regression(short)
    with pytest.raises(BadArgumentError, match="no drawn paths"):
        draws.to_regression(short, direction="USA>RUS")
    twice = pd.Series(1.0, index=result.months.append(result.months[:1]))
    with pytest.raises(BadArgumentError, match="twice"):
        draws.to_regression(twice)
    with pytest.raises(BadArgumentError, match="at least 2"):
        result.draws(1)


def test_each_bad_covariate_is_named(result):
    draws = result.draws(5)
    months = result.months
    y = pd.Series(np.random.default_rng(1).normal(0, 1, 96), index=months)
    two = pd.DataFrame({"a": y**2, "b": 3 * y**2}, index=months)
    index = pd.DataFrame({"tone": 2 * draws.smoothed[BILATERAL]}, index=months)
    for outcome, options, told in (
        (list(y), {}, "not a Series"),
        (y.astype(str), {}, "no numbers"),
        (y.set_axis(range(96)), {}, "holds no days"),
        (y.set_axis(months.strftime("%d.%m.%Y")), {}, "holds no days"),
        (y.set_axis([pd.NaT, *months[1:]]), {}, "missing day"),
        (y.set_axis(pd.period_range("1990Q1", periods=96, freq="Q")), {}, "no months"),
        (y.where(y < y.max(), np.inf), {}, "infinite in"),
        (y * 0 + 0.1, {}, "same in all 96 months"),
        (y, {"lag": 1.5}, "whole number"),
        (y, {"controls": y}, "not a DataFrame"),
        (y, {"controls": two.assign(a=0.3)}, "'a' is the same in all"),
        (y, {"controls": two}, "follows from the others"),
        (y, {"controls": index}, "follows from the others"),
        (y, {"controls": two.rename(columns={"a": "outcome"})}, "'outcome'"),
    ):
        with pytest.raises(BadArgumentError, match=told) as caught:
            draws.to_regression(outcome, **options)
        assert caught.value.remedy


def test_periods_and_iso_text_are_months_too(result):
    draws = result.draws(5)
    y = pd.Series(np.random.default_rng(1).normal(0, 1, 96), index=result.months)
    usual = draws.to_regression(y)
    for months in (y.index.to_period("M"), y.index.strftime("%Y-%m"), y.index.tz_localize("UTC")):
        again = draws.to_regression(y.set_axis(months))
        pd.testing.assert_frame_equal(again.table, usual.table)
    row = usual.table.iloc[0]
    assert f"it is {row['coefficient'] / usual.reliability:.3g}." in usual.sentence


def test_the_number_of_paths_is_whole(result):
    with pytest.raises(BadArgumentError, match="whole number"):
        result.draws(2.5)

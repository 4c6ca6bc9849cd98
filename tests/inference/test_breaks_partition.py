"""The cutting of series, against every possible cut."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.inference.partition import (
    DriftLaw,
    best_cuts,
    critical_penalty,
    lowest_costs,
    lowest_totals,
    stretch_costs,
)
from detente.inference.penalty import critical_of, penalty_at


def slow_cost(values, law, cuts):
    """Minus twice the log likelihood of each stretch by its dense covariance."""
    total, values = 0.0, values - np.mean(values)
    for a, b in zip((0, *cuts), (*cuts, len(values)), strict=True):
        lag = np.abs(np.subtract.outer(law.seen[a:b], law.seen[a:b]))
        covariance = law.sd**2 / (1 - law.persistence**2) * law.persistence**lag + 100.0**2
        covariance = covariance + np.diag(law.variance[a:b])
        y = values[a:b]
        total += y @ np.linalg.solve(covariance, y) + np.linalg.slogdet(covariance)[1]
    return total


def slow_best(values, law, n_breaks, min_length):
    """Try every cut."""
    n = len(values)
    allowed = [
        cuts
        for cuts in combinations(range(1, n), n_breaks)
        if np.diff([0, *cuts, n]).min() >= min_length
    ]
    if not allowed:
        return np.inf, None
    costs = [slow_cost(values, law, cuts) for cuts in allowed]
    return min(costs), allowed[int(np.argmin(costs))]


series = st.integers(4, 11).flatmap(
    lambda n: st.tuples(
        st.lists(st.floats(-100, 100), min_size=n, max_size=n),
        st.lists(st.floats(10, 900), min_size=n, max_size=n),
        st.lists(st.integers(1, 5), min_size=n, max_size=n),
        st.floats(0, 0.95),
        st.floats(0.1, 30),
    )
)


@settings(max_examples=60)
@given(series, st.integers(1, 3))
def test_the_search_finds_what_trying_every_cut_finds(drawn, min_length):
    values, variance, gaps = (np.array(part) for part in drawn[:3])
    law = DriftLaw(np.cumsum(gaps), variance, *drawn[3:])
    totals, origins = lowest_costs(stretch_costs(values[None], law, min_length), 3)
    np.testing.assert_array_equal(
        lowest_totals(stretch_costs(values[None], law, min_length), 3), totals
    )
    for n_breaks in range(4):
        cost, _ = slow_best(values, law, n_breaks, min_length)
        if np.isinf(cost):
            assert np.isinf(totals[0, n_breaks])
            continue
        assert totals[0, n_breaks] == pytest.approx(cost, rel=1e-7, abs=1e-6)
        cuts = best_cuts(origins, n_breaks)[0]
        assert slow_cost(values, law, tuple(cuts)) == pytest.approx(cost, rel=1e-7, abs=1e-6)


def test_many_series_at_once_are_each_cut_alone():
    rng = np.random.default_rng(1)
    values = 20 * rng.normal(size=(5, 20))
    law = DriftLaw(np.arange(20), rng.uniform(50, 500, 20), 0.6, 9.0)
    together, _ = lowest_costs(stretch_costs(values, law, 2), 4)
    for i in range(5):
        alone, _ = lowest_costs(stretch_costs(values[i : i + 1], law, 2), 4)
        np.testing.assert_allclose(together[i], alone[0])


def test_a_series_has_breaks_just_below_its_critical_penalty_and_none_above():
    # Two breaks save more together than one does twice: the middle stretch is apart.
    values = np.repeat([0.0, 60.0, 0.0], 6)[None]
    law = DriftLaw(np.arange(18), np.full(18, 100.0), 0.3, 3.0)
    totals, origins = lowest_costs(stretch_costs(values, law, 2), 3)
    critical = critical_penalty(totals)[0]
    assert critical == pytest.approx((totals[0, 0] - totals[0, 2]) / 2)
    assert best_cuts(origins, 2).tolist() == [[6, 12]]
    for penalty, expected in ((critical - 0.1, 2), (critical + 0.1, 0)):
        assert np.argmin(totals[0] + penalty * np.arange(4)) == expected
    assert critical_penalty(totals[:, :1])[0] == 0


def test_the_penalty_lets_the_share_by_that_was_asked_for():
    critical = np.arange(1.0, 100.0)
    penalty = penalty_at(critical, 0.05)
    # One more of the kind is equally likely in each of the 100 gaps: 4 above of 99, plus its own.
    assert (critical > penalty).sum() == 4
    assert penalty_at(critical, 0.001) == np.inf


def test_a_drift_without_a_level_of_its_own_can_be_cut():
    values = 20 * np.random.default_rng(3).normal(size=(4, 30))
    law = DriftLaw(np.arange(30), np.full(30, 100.0), 1.0, 5.0)
    assert np.isfinite(critical_of(values, law, 4, 3)).all()

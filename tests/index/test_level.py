from __future__ import annotations

from datetime import date
from functools import partial

import numpy as np
import pandas as pd
import pytest

from detente.errors import BadArgumentError
from detente.index import level_difference, mean_level, monthly_index

means = partial(monthly_index, method="means")


def result_of(levels, noise=0.05, seed=1):
    """Build an index whose months have the given levels (tone; NaN = no statements)."""
    rng = np.random.default_rng(seed)
    rows = []
    for month, level in zip(
        pd.period_range("2018-01", periods=len(levels), freq="M"), levels, strict=True
    ):
        if np.isnan(level):
            continue
        for side, other in (("RUS", "TUR"), ("TUR", "RUS")):
            for day in (3, 9, 17, 25):
                tone = float(np.clip(level + rng.normal(0, noise), -1, 1))
                rows.append((pd.Timestamp(f"{month}-{day:02d}"), side, other, side, "x", tone))
    scored = pd.DataFrame(rows, columns=["date", "source", "target", "speaker", "channel", "tone"])
    return means(scored)


def test_mean_level_is_the_mean_of_observed_months():
    result = result_of([0.2, np.nan, 0.4] + [0.3] * 10)
    level = mean_level(result)
    assert level.n_months == 13
    assert level.n_observed == 12
    assert level.mean == pytest.approx(result.direction("bilateral")["index"].mean())
    assert level.lower < level.mean < level.upper
    assert "over 12 of 13 months" in level.sentence


def test_persistent_months_get_a_wider_interval_than_independent_ones():
    rng = np.random.default_rng(7)
    steps = rng.normal(0, 0.1, 120)
    drift = np.zeros(120)
    for i in range(1, 120):
        drift[i] = 0.9 * drift[i - 1] + steps[i]
    shuffled = rng.permutation(drift)
    slow, fast = mean_level(result_of(drift * 0.5)), mean_level(result_of(shuffled * 0.5))
    assert slow.upper - slow.lower > 1.5 * (fast.upper - fast.lower)


def test_too_few_months_give_no_interval_and_say_so():
    level = mean_level(result_of([0.1, 0.2, 0.3]))
    assert level.mean == pytest.approx(20, abs=5)
    assert np.isnan(level.lower)
    assert "(no interval)" in level.sentence
    empty = mean_level(result_of([0.1, np.nan, 0.3]), since="2018-02", until="2018-02")
    assert np.isnan(empty.mean)
    assert empty.sentence.endswith("no month has an index.")


def test_a_clear_difference_is_told_and_a_vague_one_is_not():
    clear = level_difference(result_of([-0.4] * 12 + [0.4] * 12))
    assert clear.lower > 0
    assert "degrees warmer" in clear.sentence
    colder = level_difference(result_of([0.4] * 12 + [-0.4] * 12))
    assert colder.upper < 0
    assert "degrees colder" in colder.sentence
    rng = np.random.default_rng(3)
    vague = level_difference(result_of(rng.normal(0, 0.3, 24)))
    assert vague.lower < 0 < vague.upper
    assert "cannot be told apart" in vague.sentence
    assert "warmer" not in vague.sentence


def test_short_and_one_sided_stretches_cannot_be_compared():
    assert "cannot be compared" in level_difference(result_of([0.1, 0.2])).sentence
    sparse = level_difference(result_of([0.1] * 12 + [np.nan] * 7 + [0.9] * 5))
    assert sparse.difference == pytest.approx(80, abs=5)
    assert np.isnan(sparse.lower)
    assert "cannot be compared" in sparse.sentence
    single = level_difference(result_of([0.3]))
    assert np.isnan(single.difference)
    assert "cannot be compared" in single.sentence
    with pytest.raises(BadArgumentError, match="months=0"):
        level_difference(result_of([0.3]), months=0)


def test_any_day_of_a_month_names_the_month():
    result = result_of([0.1, 0.2, 0.3])
    level = mean_level(result, since="2018-02-17", until=date(2018, 3, 2))
    assert level.n_months == 2
    assert level.mean == pytest.approx(25, abs=5)


@pytest.mark.parametrize(
    ("since", "until", "message"),
    [
        ("foo", None, "since='foo' was received, which names no month"),
        (2018, None, "since=2018"),
        ("2030-01", None, "No month of the index lies from 2030-01 to 2018-03"),
        ("2018-03", "2018-01", "runs from 2018-01 to 2018-03"),
    ],
)
def test_a_bad_stretch_is_named(since, until, message):
    with pytest.raises(BadArgumentError, match=message):
        mean_level(result_of([0.1, 0.2, 0.3]), since=since, until=until)

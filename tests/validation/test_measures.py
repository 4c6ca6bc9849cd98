from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from detente.errors import BadArgumentError
from detente.validation.resampling import Blocks, Options, interval_of
from detente.validation.scores import quarterly_slopes, weighted_measures
from reference.agreement import slow_measures

tones = st.sampled_from([-1, -0.5, -0.25, -0.1, 0, 0.25, 0.26, 0.7, 1])


def measures(gold, tone, weights=None, labels=None, counts=None):
    blocks = Blocks.of(np.arange(len(gold)) if labels is None else labels)
    return weighted_measures(
        np.asarray(gold, dtype=float),
        np.asarray(tone, dtype=float),
        np.ones(len(gold)) if weights is None else np.asarray(weights, dtype=float),
        blocks,
        blocks.whole if counts is None else counts,
    )


def test_figures_computed_by_hand():
    # gold 2/3, -2/3, 1/3, 0 and tone .5, -.6, 0, -.2; sums of squares .6275 and .97222,
    # of products .75833; classes warm, cold, warm, neutral against warm, cold, neutral,
    # neutral: F1 1, 2/3, 2/3.
    found = measures([2 / 3, -2 / 3, 1 / 3, 0], [0.5, -0.6, 0.0, -0.2])[0]
    pearson, spearman, macro_f1, error, slope, intercept = found
    assert pearson == pytest.approx(0.758333 / np.sqrt(0.6275 * 0.972222), abs=1e-5)
    assert spearman == pytest.approx(1)
    assert macro_f1 == pytest.approx(7 / 9)
    assert error == pytest.approx((1 / 6 + 1 / 15 + 1 / 3 + 1 / 5) / 4)
    assert slope == pytest.approx(0.758333 / 0.6275, abs=1e-5)
    assert intercept == pytest.approx(1 / 12 + 0.075 * 0.758333 / 0.6275, abs=1e-5)


def test_figures_are_those_of_scipy():
    rng = np.random.default_rng(0)
    gold = np.round(rng.uniform(-1, 1, 200) * 6) / 6
    tone = np.clip(np.round(gold + rng.normal(0, 0.5, 200), 1), -1, 1)
    found = measures(gold, tone)[0]
    line = stats.linregress(tone, gold)
    assert found[0] == pytest.approx(stats.pearsonr(gold, tone).statistic)
    assert found[1] == pytest.approx(stats.spearmanr(gold, tone).statistic)
    assert found[4:] == pytest.approx([line.slope, line.intercept])


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(tones, tones, st.integers(0, 4)), min_size=1, max_size=15),
    st.data(),
)
def test_a_replicate_is_the_sample_with_its_blocks_repeated(rows, data):
    labels = [label for _, _, label in rows]
    blocks = Blocks.of(labels)
    counts = data.draw(
        st.lists(st.integers(0, 3), min_size=blocks.n_blocks, max_size=blocks.n_blocks)
    )
    counts[0] = max(1, counts[0])
    found = measures(
        [g for g, _, _ in rows],
        [t for _, t, _ in rows],
        labels=labels,
        counts=np.array([counts], dtype=float),
    )[0]
    repeated = [
        row for row, block in zip(rows, blocks.codes, strict=True) for _ in range(counts[block])
    ]
    twin = slow_measures([g for g, _, _ in repeated], [t for _, t, _ in repeated])
    assert found == pytest.approx(twin, abs=1e-7, nan_ok=True)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(tones, tones, st.integers(1, 3)), min_size=1, max_size=10))
def test_a_weight_of_two_counts_twice(rows):
    gold, tone, weights = zip(*rows, strict=True)
    found = measures(gold, tone, weights)[0]
    twin = slow_measures(
        [g for g, _, w in rows for _ in range(w)], [t for _, t, w in rows for _ in range(w)]
    )
    assert found == pytest.approx(twin, abs=1e-7, nan_ok=True)


def test_no_spread_gives_no_figure_rather_than_a_wrong_one():
    found = measures([1 / 3, -1 / 3, 0], [0.1, 0.1, 0.1])[0]
    assert np.isnan(found[[0, 1, 4, 5]]).all()
    assert np.isfinite(found[[2, 3]]).all()


def test_the_slope_of_quarterly_means_by_hand():
    # Quarters with mean tone 0, .5, 1 and mean gold 0, .5, .5: slope .5.
    tone, gold = np.array([-0.1, 0.1, 0.5, 1.0]), np.array([0.2, -0.2, 0.5, 0.5])
    quarters = Blocks.of([0, 0, 1, 2])
    assert quarterly_slopes(gold, tone, np.ones(4), quarters, quarters.whole) == pytest.approx(0.5)
    one = Blocks.of([0, 0, 0, 0])
    assert np.isnan(quarterly_slopes(gold, tone, np.ones(4), one, one.whole))[0]


def test_blocks_are_drawn_whole_and_within_their_strata():
    blocks = Blocks(np.arange(6), 6, np.array([0, 0, 1, 1, 1, 1]))
    draws = blocks.draws(Options(n_boot=200))
    assert draws.shape == (200, 6)
    assert (draws[:, :2].sum(axis=1) == 2).all()
    assert (draws[:, 2:].sum(axis=1) == 4).all()


def test_intervals_cover_at_their_rate_with_few_blocks():
    rng = np.random.default_rng(11)
    options, hits, n = Options(n_boot=400, confidence=0.9), 0, 300
    blocks = Blocks.of(np.arange(8))
    for seed in range(n):
        values = rng.normal(size=(8, 1))
        draws = blocks.draws(Options(seed=seed, n_boot=options.n_boot)) @ values / 8
        lower, upper = interval_of(draws, 8, options.confidence)
        hits += bool(lower[0] <= 0 <= upper[0])
    # Binomial spread of the rate is 1.7 points; plain percentiles reach about 83 %.
    assert 0.86 <= hits / n <= 0.95


def test_there_is_no_interval_where_too_little_is_known():
    draws = np.random.default_rng(0).normal(size=(100, 1))
    assert np.isnan(interval_of(draws, 4, 0.95)).all()
    draws[:20] = np.nan
    assert np.isnan(interval_of(draws, 50, 0.95)).all()


@pytest.mark.parametrize(
    "options", [{"seed": -1}, {"n_boot": 10}, {"n_boot": 1.5}, {"confidence": 95}]
)
def test_bad_options_raise(options):
    with pytest.raises(BadArgumentError, match=next(iter(options))):
        Options(**options)

"""The index from sums that batches add to: the same in every bit, however they are cut."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import BadArgumentError
from detente.index import OccasionSums, index_of_batches, monthly_index, occasion_means

DYAD = ("RUS", "TUR")
tones = st.one_of(st.floats(-1, 1), st.sampled_from([math.nan, 0.0, 1.0, -1.0, 1e-12, 0.1]))


@st.composite
def scored_frames(draw, max_size=40):
    n = draw(st.integers(1, max_size))

    def column(values):
        return draw(st.lists(values, min_size=n, max_size=n))

    source = column(st.sampled_from(["RUS", "TUR"]))
    days = column(st.integers(0, 400))
    return pd.DataFrame(
        {
            "date": pd.Timestamp(2015, 1, 1) + pd.to_timedelta(days, unit="D"),
            "source": source,
            "target": ["TUR" if side == "RUS" else "RUS" for side in source],
            "speaker": column(st.sampled_from(["A", "B", None])),
            "channel": column(st.sampled_from(["interview", "speech", None])),
            "level": column(st.sampled_from(["minister", "ambassador", None])),
            "tone": column(tones),
        }
    )


def pieces(frame, cuts):
    ends = sorted({0, len(frame), *(cut % (len(frame) + 1) for cut in cuts)})
    return [frame.iloc[a:b] for a, b in pairwise(ends)]


def assert_same(one, two, tolerance=0.0):
    numbers = one.table.select_dtypes("number").columns
    assert one.table.columns.tolist() == two.table.columns.tolist()
    for name in numbers:
        np.testing.assert_allclose(one.table[name], two.table[name], rtol=0, atol=tolerance)
    assert one.reasons == two.reasons
    assert (one.spread, one.df) == (two.spread, two.df)


@settings(max_examples=12)
@given(scored_frames(), st.lists(st.integers(0, 1000), max_size=6))
@pytest.mark.parametrize("weights", ["occasion", "office", "day", "none"])
def test_the_means_are_those_in_memory_for_any_cut(weights, frame, cuts):
    whole = monthly_index(frame, DYAD, method="means", weights=weights)
    batches = pieces(frame, cuts)
    assert_same(whole, index_of_batches(batches, DYAD, method="means", weights=weights))


@settings(max_examples=25)
@given(scored_frames(), st.lists(st.integers(0, 1000), max_size=8))
def test_occasions_are_the_same_in_every_bit_for_any_cut(frame, cuts):
    sums = OccasionSums(DYAD)
    for batch in pieces(frame, cuts):
        sums.add(batch)
    pd.testing.assert_frame_equal(
        sums.occasions(), occasion_means(frame, sums.dyad), rtol=0, atol=0
    )


@settings(max_examples=25)
@given(st.lists(st.floats(-1, 1), min_size=1, max_size=30))
def test_sums_agree_with_exact_fractions(values):
    frame = pd.DataFrame(
        {
            "date": pd.Timestamp(2015, 10, 5),
            "source": "RUS",
            "target": "TUR",
            "speaker": "A",
            "tone": values,
        }
    )
    (found,) = occasion_means(frame, OccasionSums(DYAD).dyad).itertuples()
    exact = [Fraction(value) for value in values]
    mean = sum(exact) / len(exact)
    assert found.tone == pytest.approx(float(mean), rel=1e-15, abs=1e-23)
    squares = sum((value - mean) ** 2 for value in exact)
    # Nothing cancels: a scatter far below the tones themselves keeps its digits.
    assert found.squares == pytest.approx(float(squares), rel=1e-12, abs=1e-22)


def test_a_long_history_gives_the_same_state_space_index_in_batches():
    random = np.random.default_rng(5)
    n = 500
    source = random.choice(["RUS", "TUR"], n)
    frame = pd.DataFrame(
        {
            "date": pd.Timestamp(2012, 1, 1) + pd.to_timedelta(random.integers(0, 700, n), "D"),
            "source": source,
            "target": np.where(source == "RUS", "TUR", "RUS"),
            "speaker": random.choice(list("ABCDE"), n),
            "channel": random.choice(["speech", "interview"], n),
            "tone": random.normal(0.1, 0.3, n).clip(-1, 1),
        }
    )
    whole = monthly_index(frame, DYAD)
    assert not whole.reasons
    # Of one size: the occasions are the same in every bit for any, and the rest goes by them.
    found = index_of_batches((frame.iloc[i : i + 97] for i in range(0, n, 97)), DYAD)
    assert_same(whole, found, tolerance=1e-12)
    assert found.noise == whole.noise
    assert found.statements is None
    known = index_of_batches([frame], DYAD, as_of="2013-06-30", method="means")
    assert_same(monthly_index(frame, DYAD, as_of="2013-06-30", method="means"), known)


def test_other_dyads_are_passed_over_and_no_batch_is_an_error():
    with pytest.raises(BadArgumentError, match="No batch"):
        index_of_batches([], DYAD)
    frame = pd.DataFrame(
        {"date": [pd.Timestamp(2015, 1, 1)], "source": "JPN", "target": "KOR", "speaker": "A"}
    ).assign(tone=0.5)
    with pytest.raises(BadArgumentError, match="No dated statement"):
        index_of_batches([frame], DYAD)
    with pytest.raises(BadArgumentError, match="Unknown weights"):
        index_of_batches([frame], DYAD, weights="votes")


def test_the_callers_batch_is_not_changed():
    frame = pd.DataFrame(
        {
            "date": [pd.Timestamp(2015, 1, 1)],
            "source": "RUS",
            "target": "TUR",
            "speaker": "A",
            "tone": 0.5,
        }
    )
    before = frame.copy(deep=True)
    OccasionSums(DYAD).add(frame)
    pd.testing.assert_frame_equal(frame, before)

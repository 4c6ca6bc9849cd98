from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.validation import coder_agreement, read_codings
from reference.agreement import slow_alpha


def frame_of(units, kind="human"):
    rows = [
        (f"s{place}", f"c{coder}", code)
        for place, codes in enumerate(units)
        for coder, code in enumerate(codes)
        if code is not None
    ]
    return pd.DataFrame(rows, columns=["id", "coder", "code"]).assign(coder_type=kind)


def alphas(units, **options):
    return coder_agreement(frame_of(units), **options).table.set_index("metric")["alpha"]


def test_the_textbook_example_of_four_coders_and_missing_codings():
    # Krippendorff's worked example; published: interval .849, ordinal .815. Codes 1 to 5
    # are moved to -2 to 2, which changes neither metric.
    n = None
    coders = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, n, n, n],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, n, 3],
        [n, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, n],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, n],
    ]
    units = [[None if c is None else c - 3 for c in unit] for unit in zip(*coders, strict=True)]
    found = alphas(units)
    assert found["interval"] == pytest.approx(0.849, abs=5e-4)
    assert found["ordinal"] == pytest.approx(0.815, abs=5e-4)
    assert coder_agreement(frame_of(units)).n_single == 1


def test_full_agreement_is_one_and_full_disagreement_is_negative():
    assert alphas([[1, 1], [-2, -2], [3, 3]]).tolist() == [1, 1]
    assert (alphas([[1, -1], [-1, 1]] * 5) < 0).all()


def test_what_cannot_be_told_is_said():
    single = coder_agreement(frame_of([[1], [2]]))
    assert single.table["alpha"].isna().all()
    assert "we cannot tell" in single.sentence
    alike = coder_agreement(frame_of([[1, 1]] * 8))
    assert alike.table["alpha"].isna().all()
    assert "not defined" in alike.sentence
    assert alike.to_dict()["table"][0]["alpha"] is None


def test_the_interval_holds_the_estimate_and_the_seed_decides():
    rng = np.random.default_rng(3)
    truth = rng.integers(-3, 4, 80)
    units = [[int(t), int(np.clip(t + rng.integers(-1, 2), -3, 3))] for t in truth]
    first, again = (coder_agreement(frame_of(units), seed=5) for _ in range(2))
    pd.testing.assert_frame_equal(first.table, again.table)
    assert (first.table["lower"] < first.table["alpha"]).all()
    assert (first.table["alpha"] < first.table["upper"]).all()
    assert not first.table.equals(coder_agreement(frame_of(units), seed=6).table)


def test_the_bundled_machine_codings_agree_and_are_called_machine_codings(repository):
    result = coder_agreement(read_codings(repository / "data/russia-turkey/codings.csv"))
    assert result.table.set_index("metric").loc["interval", "alpha"] == pytest.approx(
        0.975, abs=0.01
    )
    words = f"{result.sentence} {result.assumptions} {result._repr_html_()}".lower()
    assert "two machine codings (no human coding yet)" in words
    assert "share their errors" in words
    for word in ("expert", "ceiling", "ground truth", "truth"):
        assert word not in words


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(-3, 3), min_size=1, max_size=4), min_size=1, max_size=12))
def test_alpha_is_that_of_the_slow_twin(units):
    found = alphas(units, n_boot=50)
    for metric in ("interval", "ordinal"):
        twin = slow_alpha(units, metric)
        assert found[metric] == pytest.approx(twin, abs=1e-9, nan_ok=True)

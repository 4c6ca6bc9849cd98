"""What selection would have to be worth."""

from __future__ import annotations

import json
from math import nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import BadArgumentError
from detente.inference.selection import selection_needed


def test_a_finding_by_hand():
    found = selection_needed(-40, -60, -20, 0.25)
    assert (found.to_zero, found.to_interval) == (160, 80)
    assert found.table["share_unseen"].tolist() == [0.25, 0.5, 0.75, 0.9]
    assert found.sentence == (
        "To undo the change of −40 degrees (95% confidence interval −60 to −20) by selection "
        "alone, statements that were not found, if they are 25% of all, would have to be 160 "
        "degrees warmer than those found; 80 degrees would make it uncertain."
    )


@given(st.floats(1, 100), st.floats(0.05, 0.95), st.floats(0, 1), st.sampled_from([-1, 1]))
def test_the_gap_brings_the_mean_of_all_statements_to_zero(size, unseen, part, sign):
    near = size * part
    ends = sorted((sign * near, sign * (2 * size - near)))
    found = selection_needed(sign * size, *ends, unseen)
    seen = sign * size
    everything = (1 - unseen) * seen + unseen * (seen - sign * found.to_zero)
    assert everything == pytest.approx(0, abs=1e-9)
    assert found.to_interval == pytest.approx(near / unseen, abs=1e-9)
    assert found.table["is_possible"].tolist() == (found.table["to_zero"] <= 200).tolist()


def test_a_gap_wider_than_the_scale_is_said():
    assert selection_needed(80, 50, 110, 0.3).sentence.endswith("no room for the former.")


def test_an_uncertain_finding_needs_no_selection():
    found = selection_needed(10, -5, 25)
    assert found.to_interval == 0
    assert "includes zero" in found.sentence


def test_no_interval_and_no_estimate_are_said():
    alone = selection_needed(30)
    assert np.isnan(alone.to_interval)
    assert "60 degrees colder than those found." in alone.sentence
    assert selection_needed(nan).sentence.startswith("There is no estimate")
    assert json.loads(json.dumps(selection_needed(nan).to_dict()))["parameters"]["estimate"] is None


@pytest.mark.parametrize("values", [(1, 0, 2, 0), (1, 0, 2, 1), (5, 0, 2, 0.5), (-5, 0, 2, 0.5)])
def test_bad_arguments_are_refused(values):
    with pytest.raises(BadArgumentError):
        selection_needed(*values)

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.figures.marks import place_flags, spread_out

ROOM = 450.0
labels = st.lists(
    st.tuples(st.floats(0, ROOM), st.floats(5, 100)), max_size=24, unique_by=lambda pair: pair[0]
)


@settings(max_examples=80, deadline=None)
@given(labels)
def test_no_flag_meets_another_flag_or_its_pole(pairs):
    x, widths = [at for at, _ in pairs], [width for _, width in pairs]
    flags = place_flags(x, widths, ROOM)
    if flags is None:
        assert len(pairs) > 1
        return
    assert len(flags) == len(pairs)
    for at, width, flag in zip(x, widths, flags, strict=True):
        assert 0 <= flag.start < flag.end <= ROOM
        assert flag.end - flag.start == pytest.approx(width)
        assert flag.start > at if flag.side == "right" else flag.end < at
    for (i, a), (j, b) in combinations(enumerate(flags), 2):
        if a.row == b.row:
            assert a.end < b.start or b.end < a.start
        for upper, lower, pole in ((a, b, x[i]), (b, a, x[j])):
            # The pole of the upper label runs through the row of the lower one.
            if upper.row > lower.row:
                assert not lower.start < pole < lower.end


def test_labels_of_one_day_are_stacked():
    flags = place_flags([100.0, 100.0, 100.0], [40.0] * 3, ROOM)
    assert flags is not None
    assert {(flag.row, flag.side) for flag in flags} <= {
        (r, s) for r in range(3) for s in ("left", "right")
    }
    assert len({(flag.row, flag.side) for flag in flags}) == 3


def test_far_labels_share_the_lowest_row():
    flags = place_flags([10.0, 150.0, 300.0], [60.0] * 3, ROOM)
    assert flags is not None
    assert [flag.row for flag in flags] == [0, 0, 0]


def test_nothing_to_place():
    assert place_flags([], [], ROOM) == []
    assert spread_out([], 10, ROOM).tolist() == []


@given(st.lists(st.floats(0, ROOM), min_size=1, max_size=40).map(sorted), st.floats(1, 12))
def test_spread_places_keep_order_distance_and_room(x, apart):
    places = spread_out(x, apart, ROOM)
    if len(x) * apart > ROOM:
        assert places is None
        return
    assert np.all(np.diff(places) >= apart - 1e-6)
    assert places[0] >= apart / 2 - 1e-6
    assert places[-1] <= ROOM - apart / 2 + 1e-6


def test_places_far_enough_apart_stay():
    assert spread_out([100.0, 200.0, 300.0], 10, ROOM) == pytest.approx([100, 200, 300])

"""One event outside the episodes, and what must be told with it."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from detente.errors import BadArgumentError
from detente.inference import estimate_change
from reference.steps import events, scored

DAYS = pd.date_range("2013-01-01", "2017-12-31", freq="6D")
TURN = np.where(DAYS < "2015-11-24", 0.35, -0.25)
EVENTS = events(
    ("2014-06-01", "other-2014", "act"),
    ("2015-11-24", "", "act"),
    ("2016-11-24", "", "contact"),
)


@pytest.fixture(scope="module")
def result():
    return estimate_change(scored(DAYS, TURN), "Event 1", events=EVENTS, n_placebo=99)


def test_the_change_is_estimated_beside_the_episodes_and_tested_alone(result):
    row = result.change()
    assert row["verdict"] == "cooled"
    assert row["lower"] < -60 < row["upper"]
    assert row["p_adjusted"] == row["p_placebo"] == pytest.approx(0.01)
    assert result.joint.episodes == ("other-2014", "this event")
    assert "Event 1 (24 November 2015) coincides with a change" in result.sentence
    assert len(result.table) == 3


@pytest.mark.parametrize(
    ("chosen", "text"),
    [
        (None, "only if the event was chosen before"),
        (True, "chosen after the tone had been seen"),
        (False, "chosen before the tone was seen"),
    ],
)
def test_the_choice_of_the_event_is_a_caveat(chosen, text):
    told = estimate_change(
        scored(DAYS, TURN), "2015-11-24", n_placebo=0, chosen_after_looking=chosen
    )
    assert text in told.sentence
    assert "No other events were given" in told.sentence
    assert any(text in assumption for assumption in told.assumptions)


def test_a_contact_says_that_its_own_statements_are_left_out():
    told = estimate_change(scored(DAYS, TURN), EVENTS.iloc[2], events=EVENTS, n_placebo=0)
    assert "The event is a contact" in told.sentence
    assert told.kind == "contact"
    assert told.change()["verdict"] == "cannot tell"
    assert "is seen in fewer than four of five cases, before adjustment" in told.sentence


def test_day_label_and_row_mean_the_same(result):
    by_row = estimate_change(scored(DAYS, TURN), EVENTS.iloc[1], events=EVENTS, n_placebo=99)
    pd.testing.assert_frame_equal(
        by_row.table.drop(columns="label"), result.table.drop(columns="label")
    )


def test_plain_values_are_json(result):
    told = json.loads(json.dumps(result.to_dict(), allow_nan=False))
    assert told["caveats"]
    assert "this event" in result._repr_html_()


def test_an_event_of_an_episode_a_repeated_label_and_no_day_are_refused():
    frame = scored(DAYS, TURN)
    with pytest.raises(BadArgumentError, match="other-2014"):
        estimate_change(frame, "Event 0", events=EVENTS)
    with pytest.raises(BadArgumentError, match="are called"):
        estimate_change(frame, "same", events=EVENTS.assign(label="same"))
    with pytest.raises(BadArgumentError):
        estimate_change(frame, "no such day", events=EVENTS)
    with pytest.raises(BadArgumentError, match="no date"):
        estimate_change(frame, {"label": "x"}, events=EVENTS)


@pytest.mark.parametrize("known", [EVENTS, EVENTS.assign(id=["a", "b", "c"])])
def test_an_event_is_no_neighbour_of_itself(known):
    frame, row = scored(DAYS, TURN), known.iloc[1]
    another = known.iloc[[1]].assign(label="another")
    if "id" in known:
        another = another.assign(id="x")
    found = estimate_change(frame, row, events=pd.concat([known, another]), n_placebo=0)
    assert found.context["label"].to_list() == ["another"]


def test_a_number_is_no_event():
    with pytest.raises(BadArgumentError, match="a number"):
        estimate_change(scored(DAYS, TURN), 20151124)

"""Headline events of one episode become one row."""

from pathlib import Path

import pandas as pd
import pytest

from detente.errors import BadArgumentError
from detente.events import episodes_table, read_events

DATA = Path(__file__).parents[2] / "data"


def events(*rows: tuple[object, ...]) -> pd.DataFrame:
    names = ["date", "end_date", "label", "kind", "expected", "headline", "episode"]
    table = pd.DataFrame(rows, columns=names)
    return table.assign(
        date=pd.to_datetime(table["date"]), end_date=pd.to_datetime(table["end_date"])
    )


TABLE = events(
    ("2016-06-27", None, "Letter", "contact", "warming", True, "letter"),
    ("2015-11-28", None, "Sanctions", "act", "cooling", True, "shootdown"),
    ("2015-11-24", "2015-12-05", "Jet shot down", "act", "cooling", True, "shootdown"),
    ("2015-11-01", "2016-12-31", "Context", "act", "warming", False, "shootdown"),
    ("2016-06-30", None, "Charter flights", "act", "ambiguous", True, "letter"),
    ("2014-01-01", None, "More context", "act", "warming", False, None),
    ("2016-08-09", "2016-08-10", "Summit", "contact", "warming", True, "summit"),
)


def test_one_row_an_episode_in_order_of_time():
    table = episodes_table(TABLE)
    assert table.columns.tolist() == [
        "episode",
        "first_day",
        "last_day",
        "label",
        "expected",
        "kind",
        "n_events",
    ]
    plain = table.assign(
        first_day=table["first_day"].dt.strftime("%Y-%m-%d"),
        last_day=table["last_day"].dt.strftime("%Y-%m-%d"),
    )
    assert plain.to_numpy().tolist() == [
        ["shootdown", "2015-11-24", "2015-12-05", "Jet shot down", "cooling", "act", 2],
        ["letter", "2016-06-27", "2016-06-30", "Letter", "ambiguous", "act", 2],
        ["summit", "2016-08-09", "2016-08-10", "Summit", "warming", "contact", 1],
    ]


def test_labels_of_the_study_come_first():
    table = episodes_table(TABLE, {"shootdown": "Su-24"})
    assert table["label"].tolist() == ["Su-24", "Letter", "Summit"]
    with pytest.raises(BadArgumentError, match="Did you mean 'shootdown'"):
        episodes_table(TABLE, {"shotdown": "Su-24"})


def test_without_headline_events_there_is_no_row():
    for table in (TABLE[~TABLE["headline"]], TABLE.iloc[:0]):
        empty = episodes_table(table)
        assert len(empty) == 0
        assert empty.columns.tolist() == episodes_table(TABLE).columns.tolist()


def test_a_frame_that_holds_no_events_is_refused():
    with pytest.raises(BadArgumentError, match="episode"):
        episodes_table(TABLE.drop(columns="episode"))


def test_the_callers_frame_is_not_changed():
    before = TABLE.copy(deep=True)
    episodes_table(TABLE)
    pd.testing.assert_frame_equal(TABLE, before)


@pytest.mark.parametrize(("study", "n_episodes"), [("russia-turkey", 15), ("japan-korea", 11)])
def test_bundled_episodes(study, n_episodes):
    read = read_events(DATA / study / "events.csv")
    table = episodes_table(read)
    assert len(table) == n_episodes
    assert table["n_events"].sum() == read["headline"].sum()
    assert table["first_day"].is_monotonic_increasing
    assert (table["last_day"] >= table["first_day"]).all()

"""Events are read from every format, and what is wrong in them is told with its place."""

import hashlib
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from detente.errors import CheckError, ReadError
from detente.events import COLUMNS, check_events, load_events, no_events, read_events

DATA = Path(__file__).parents[2] / "data"
GOOD = {
    "date": "2015-11-24",
    "end_date": "",
    "label": "Jet shot down",
    "kind": "act",
    "expected": "cooling",
    "headline": "true",
    "episode": "shootdown",
}


def frame(*changes: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame([{**GOOD, "id": f"e{k}", **change} for k, change in enumerate(changes)])


def told(table: pd.DataFrame, severity: str = "error") -> pd.DataFrame:
    found = check_events(table, today="2016-12-31").table
    return found[found["severity"] == severity].reset_index(drop=True)


@pytest.mark.parametrize(("study", "n_events"), [("russia-turkey", 137), ("japan-korea", 30)])
def test_bundled_events_have_no_problem(study, n_events):
    path = DATA / study / "events.csv"
    assert len(check_events(path)) == 0
    read = read_events(path)
    assert len(read) == n_events
    assert read.columns.tolist() == [column.name for column in COLUMNS]
    assert read["date"].dtype.kind == read["end_date"].dtype.kind == "M"
    assert read["headline"].dtype == bool
    assert len(check_events(read)) == 0


@pytest.mark.parametrize("suffix", ["csv", "tsv", "jsonl", "parquet"])
def test_every_format_gives_the_same_frame(tmp_path, suffix):
    path = tmp_path / f"events.{suffix}"
    events = read_events(DATA / "russia-turkey" / "events.csv")
    text = events.assign(
        date=events["date"].astype("str"), end_date=events["end_date"].astype("str")
    )
    match suffix:
        case "csv":
            events.to_csv(path, index=False)
        case "tsv":
            events.to_csv(path, index=False, sep="\t")
        case "jsonl":
            text.to_json(path, orient="records", lines=True)
        case "parquet":
            events.to_parquet(path)
    pd.testing.assert_frame_equal(read_events(path), events)


@pytest.mark.parametrize(
    ("change", "column", "value", "problem"),
    [
        ({"date": "2015-02-30"}, "date", "2015-02-30", "no such day"),
        ({"date": "03/04/2015"}, "date", "03/04/2015", "3 April 2015 or as 4 March 2015"),
        ({"date": "2017-01-01"}, "date", "2017-01-01", "future"),
        ({"date": ""}, "date", "", "empty"),
        ({"end_date": "soon"}, "end_date", "soon", "no date"),
        ({"end_date": "2015-11-23"}, "end_date", "2015-11-23", "ends before it starts"),
        ({"label": " \u200b"}, "label", "", "empty"),
        ({"kind": "deed"}, "kind", "deed", "not one of those known"),
        ({"kind": ""}, "kind", "", "empty"),
        ({"expected": "colling"}, "expected", "colling", "not one of those known"),
        ({"headline": "maybe"}, "headline", "maybe", "not one of those known"),
        ({"episode": ""}, "episode", "", "has no episode"),
        ({"id": "e0"}, "id", "e0", "used already in row 2"),
    ],
)
def test_a_bad_cell_is_told(change, column, value, problem):
    found = told(frame({}, change))
    assert len(found) == 1
    assert found.loc[0, ["row", "column"]].tolist() == [3, column]
    assert found["value"][0].strip("\u200b ") == value
    assert problem in found["problem"][0]
    assert found["remedy"][0]


def test_a_near_value_is_proposed():
    assert "Did you mean 'cooling'?" in told(frame({"expected": "colling"}))["remedy"][0]


@pytest.mark.parametrize(
    ("mark", "is_headline"),
    [
        ("true", True),
        ("TRUE", True),
        ("yes", True),
        ("1", True),
        (True, True),
        (1, True),
        (1.0, True),
        ("false", False),
        ("No", False),
        ("0", False),
        ("", False),
        (None, False),
        (False, False),
    ],
)
def test_headline_marks(tmp_path, mark, is_headline):
    table = frame({"headline": mark})
    assert told(table).empty
    table.to_csv(tmp_path / "e.csv", index=False)
    assert read_events(tmp_path / "e.csv")["headline"].tolist() == [is_headline]


def test_fifteen_episodes_are_the_most():
    assert told(frame(*({"episode": f"p{k}"} for k in range(15)))).empty
    found = told(frame(*({"episode": f"p{k}"} for k in range(16))))
    assert found["problem"].tolist() == ["There are 16 episodes, more than 15."]
    context = frame(*({"episode": f"p{k}", "headline": str(k < 15)} for k in range(16)))
    assert told(context).empty


def test_an_episode_without_headline_is_context():
    found = told(frame({}, {"headline": "no"}), "warning")
    assert found[["row", "column", "value"]].to_numpy().tolist() == [[3, "episode", "shootdown"]]


def test_no_events_are_allowed_and_told(tmp_path):
    (tmp_path / "e.csv").write_text(",".join(GOOD) + "\n")
    read = read_events(tmp_path / "e.csv")
    assert len(read) == 0
    assert read["date"].dtype.kind == "M"
    assert read["headline"].dtype == bool
    assert check_events(tmp_path / "e.csv").table["problem"].tolist() == [
        "There is a header, but no event."
    ]


def test_a_file_with_errors_is_refused_with_all_of_them(tmp_path):
    frame({"date": "x"}, {"kind": "y"}, {"label": ""}).to_csv(tmp_path / "e.csv", index=False)
    with pytest.raises(CheckError) as caught:
        read_events(tmp_path / "e.csv")
    assert caught.value.problems.n_errors == 3
    (tmp_path / "e.csv").write_text("date,label\n2015-11-24,Jet\n")
    with pytest.raises(CheckError) as caught:
        read_events(tmp_path / "e.csv")
    assert caught.value.problems.table["column"].tolist() == ["kind", "expected"]
    with pytest.raises(ReadError, match="Did you mean"):
        read_events(tmp_path / "ee.csv")


def test_columns_are_mapped_and_absent_ones_added(tmp_path):
    table = frame({}).drop(columns=["id", "end_date"]).rename(columns={"label": "name"})
    table.to_csv(tmp_path / "e.csv", index=False)
    read = read_events(tmp_path / "e.csv", {"label": "name"})
    assert read.loc[0, ["id", "label"]].tolist() == ["row-000001", "Jet shot down"]
    assert read[["end_date", "title"]].isna().all(axis=None)


def test_the_callers_frame_is_not_changed():
    table = frame({"date": "x"}, {"headline": "YES"})
    before = table.copy(deep=True)
    check_events(table)
    pd.testing.assert_frame_equal(table, before)


def test_the_zone_of_the_machine_does_not_decide_what_is_future(monkeypatch):
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    monkeypatch.setenv("TZ", "Etc/GMT+12")
    time.tzset()
    try:
        found = check_events(frame({"date": tomorrow}, {"date": tomorrow + timedelta(days=1)}))
    finally:
        monkeypatch.undo()
        time.tzset()
    assert [problem.row for problem in found] == [3]


def test_loading_gives_frame_warnings_and_digest(tmp_path):
    path = tmp_path / "e.csv"
    frame({}, {"headline": "no"}).to_csv(path, index=False)
    read = load_events(path)
    pd.testing.assert_frame_equal(read.frame, read_events(path))
    assert read.problems.table.equals(check_events(path).table)
    assert read.problems.n_warnings == 1
    assert read.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    frame({"date": "x"}).to_csv(path, index=False)
    with pytest.raises(CheckError) as caught:
        load_events(path)
    assert caught.value.remedy == ""  # no event can be set aside


def test_no_events_have_the_columns_and_types_of_events_that_were_read(tmp_path):
    path = tmp_path / "e.csv"
    frame({}).drop(columns=["id"]).to_csv(path, index=False)
    read = read_events(path)
    assert no_events().dtypes.to_dict() == read.dtypes.to_dict()

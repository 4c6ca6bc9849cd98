"""Every error and warning that statements can have, with its row, column, value and remedy."""

import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from detente.countries import Dyad
from detente.errors import BadArgumentError, CheckError
from detente.statements import check_statements, is_example, load_statements, read_statements

TODAY = "2016-12-31"
GOOD = {
    "id": "a",
    "date": "2015-11-24",
    "source": "RUS",
    "target": "TUR",
    "speaker": "Vladimir Putin",
    "channel": "interview",
    "text": "He called it a stab in the back by Turkey.",
}
OTHER_TEXTS = (
    "He thanked Turkey for the talks.",
    "Trade with Ankara has doubled since the spring.",
    "The Turkish side has kept its word about the pipeline, he said.",
)


def frame(*changes: dict[str, object]) -> pd.DataFrame:
    """Give one good row for each change, all different, with the changes made."""
    rows = [
        {**GOOD, "id": f"id-{place}", "text": f"{OTHER_TEXTS[place % 3]} Remark {place}.", **change}
        for place, change in enumerate(changes)
    ]
    return pd.DataFrame(rows)


def errors(table: pd.DataFrame, **options: object) -> pd.DataFrame:
    found = check_statements(table, today=TODAY, **options).table
    return found[found["severity"] == "error"].reset_index(drop=True)


def warnings(table: pd.DataFrame, column: str = "", **options: object) -> pd.DataFrame:
    found = check_statements(table, today=TODAY, **options).table
    is_wanted = (found["severity"] == "warning") & (found["column"] == column)
    return found[is_wanted].reset_index(drop=True)


@pytest.mark.parametrize(
    ("column", "value", "problem", "remedy"),
    [
        ("date", "2015-02-30", "There is no such day in the calendar", "2015-11-24"),
        ("date", "31/31/2015", "There is no such day in the calendar", "2015-11-24"),
        ("date", "03/04/2015", "as 3 April 2015 or as 4 March 2015", "2015-04-03 or 2015-03-04"),
        ("date", "3.4.2015", "as 3 April 2015 or as 4 March 2015", "2015-04-03 or 2015-03-04"),
        ("date", "2017-01-01", "lies in the future (after 2016-12-31)", "Correct the date"),
        ("date", "last Tuesday", "This is no date", "2015-11-24"),
        ("date", "24/11/15", "a year of two digits", "2015-11-24"),
        ("date", "2015-11", "names no day", "2015-11-24"),
        ("date", "November 2015", "names no day", "2015-11-24"),
        ("date", "42332", "a number, not a date", "2015-11-24"),
        ("date", "0215-11-24", "The year 215 cannot be meant", "Correct"),
        ("date", "2015-11-24T25:00", "This is no date", "2015-11-24"),
        ("date", "2015/11-24", "This is no date", "2015-11-24"),
        ("date", "24 Kasım 2015", "This is no date", "2015-11-24"),
        ("source", "RU", "This is no country code", "Did you mean 'RUS'"),
        ("target", "TU", "This is no country code", "Did you mean 'TUR'"),
        ("target", "Turkey", "This is no country code", "Did you mean 'TUR'"),
        ("target", "tur", "This is no country code", "Did you mean 'TUR'"),
        ("target", "XQX", "This is no country code", ""),
        ("target", "RUS", "Source and target are the same country", "spoken of"),
    ],
)
def test_a_bad_cell_is_told(column, value, problem, remedy):
    found = errors(frame({}, {column: value}, {}))
    assert len(found) == 1
    assert found.loc[0, ["row", "column", "value"]].tolist() == [3, column, value]
    assert problem in found["problem"][0]
    assert found["remedy"][0]
    assert remedy in found["remedy"][0]


def test_an_unknown_country_asks_for_those_of_the_dyad_first():
    table = frame({"source": "TUS", "target": "RUS"})
    told = [errors(table, dyad=dyad)["remedy"].iloc[0] for dyad in ("RUS-TUR", "RUS-TUN")]
    assert told[0].startswith("Did you mean 'RUS' (Russia) or 'TUR' (Turkey)?")
    assert told[1].startswith("Did you mean 'RUS' (Russia) or 'TUN' (Tunisia)?")


@pytest.mark.parametrize("column", ["date", "source", "target", "speaker", "text"])
@pytest.mark.parametrize("empty", ["", None, " \t", "\u200b\u200d \ufeff", "\u00a0", "\n"])
def test_an_empty_required_cell_is_told(column, empty):
    found = errors(frame({}, {column: empty}))
    assert found[["row", "column", "problem"]].to_numpy().tolist() == [
        [3, column, "The cell is empty."]
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2015-11-24",
        "2015-11-24T10:00:00Z",
        "2015-11-24 23:59:59.5+03:00",
        "2015/11/24",
        "2015.11.24",
        "20151124",
        "24 November 2015",
        "24. November 2015",
        "24 Nov. 2015",
        "24-NOV-2015",
        "24th November, 2015",
        "November 24, 2015",
        "Nov 24 2015",
        "24/11/2015",
        "11/24/2015",
        "24.11.2015",
        " 2015-11-24\u200b",
        date(2015, 11, 24),
        datetime(2015, 11, 24, 10),
        pd.Timestamp("2015-11-24T10:00Z"),
    ],
)
def test_dates_that_can_be_read_in_one_way(text, tmp_path):
    table = frame({"date": text})
    assert errors(table).empty
    table.astype("str").to_csv(tmp_path / "s.csv", index=False)
    assert read_statements(tmp_path / "s.csv")["date"].tolist() == [pd.Timestamp(2015, 11, 24)]


def test_a_day_and_month_that_are_equal_are_not_ambiguous():
    assert errors(frame({"date": "04/04/2015"})).empty


def test_a_repeated_id_names_the_other_row():
    found = errors(frame({"id": "x"}, {"id": "y"}, {"id": "x"}, {"id": "x"}))
    assert found[["row", "column", "value"]].to_numpy().tolist() == [[4, "id", "x"], [5, "id", "x"]]
    assert set(found["problem"]) == {"The id is used already in row 2."}
    made = errors(frame({"id": "row-000002"}, {"id": ""}))
    assert made[["row", "value"]].to_numpy().tolist() == [[3, "row-000002"]]


def test_all_errors_are_told_at_once_with_file_and_own_column_names(tmp_path):
    path = tmp_path / "s.csv"
    table = frame({"date": "x", "text": "", "source": "RU"}, {}, {"date": "y", "speaker": ""})
    table.rename(columns={"date": "day"}).to_csv(path, index=False)
    with pytest.raises(CheckError) as caught:
        load_statements(path, columns={"date": "day"}, today=TODAY)
    found = caught.value.problems.table.query("severity == 'error'")
    places = found[["file", "row", "column"]].to_numpy().tolist()
    assert sorted(places) == sorted(
        [str(path), row, column]
        for row, column in [(2, "day"), (2, "text"), (2, "source"), (4, "day"), (4, "speaker")]
    )
    assert "row 4, column speaker: The cell is empty" in str(caught.value)


def test_bad_rows_are_set_aside_as_they_stand_in_the_file(tmp_path):
    path = tmp_path / "s.csv"
    table = frame({"date": "x", "text": ""}, {}, {"source": " RUS ", "date": " 2015-11-25"})
    table.assign(row="mine").to_csv(path, index=False)
    read = load_statements(path, skip_bad=True, today=TODAY)
    assert read.n_rejected == 1
    assert read.rejected.columns.tolist() == [*table.columns, "row_in_file", "row", "reasons"]
    assert read.rejected.loc[0, ["id", "date", "row_in_file", "row"]].tolist() == [
        "id-0",
        "x",
        "mine",
        2,
    ]
    assert read.rejected["reasons"][0] == "date: This is no date. text: The cell is empty."
    assert read.frame["id"].tolist() == ["id-1", "id-2"]
    assert read.frame["source"].tolist() == ["RUS", "RUS"]
    assert read.frame.index.tolist() == [0, 1]
    assert len(read.digest) == 64


def test_a_file_of_bad_rows_alone_is_refused(tmp_path):
    frame({"date": "x"}).to_csv(tmp_path / "s.csv", index=False)
    with pytest.raises(CheckError, match="no date"):
        load_statements(tmp_path / "s.csv", skip_bad=True)


def test_rows_of_another_dyad_are_set_aside_and_no_problem(tmp_path):
    table = frame(
        {},
        {"source": "TUR", "target": "RUS", "text": "He thanked Russia."},
        {"source": "JPN", "target": "KOR", "date": "nonsense"},
        {"source": "RUS", "target": "USA", "id": "id-0"},
    )
    table.to_csv(tmp_path / "s.csv", index=False)
    for dyad in (Dyad("TUR", "RUS"), "RUS-TUR", ("RUS", "TUR")):
        read = load_statements(tmp_path / "s.csv", dyad=dyad, today=TODAY)
        assert read.problems.n_errors == 0
        assert read.n_set_aside == 2
        assert read.set_aside[["source", "date", "row"]].to_numpy().tolist() == [
            ["JPN", "nonsense", 4],
            ["RUS", "2015-11-24", 5],
        ]
        assert read.frame["source"].tolist() == ["RUS", "TUR"]
    assert len(errors(table)) == 2


def test_a_row_of_no_known_dyad_is_an_error_not_set_aside():
    found = errors(frame({}, {"source": "USA", "target": "US"}), dyad="RUS-TUR")
    assert found[["row", "column", "value"]].to_numpy().tolist() == [[3, "target", "US"]]


def test_no_row_of_the_dyad_is_an_error_that_names_what_is_there(tmp_path):
    table = frame({"source": "JPN", "target": "KOR"})
    found = errors(table, dyad="RUS-TUR")
    assert found["problem"].tolist() == ["No statement is of the dyad RUS-TUR."]
    assert "JPN>KOR" in found["remedy"][0]
    table.to_csv(tmp_path / "s.csv", index=False)
    with pytest.raises(CheckError, match="RUS-TUR"):
        load_statements(tmp_path / "s.csv", dyad="RUS-TUR", skip_bad=True)


def test_nearly_the_same_statement_on_the_same_day_names_the_other_row():
    said = "Putin said that Turkey had stabbed Russia in the back and would regret it soon."
    table = frame(
        {"text": said},
        {"text": "Lavrov cancelled his visit to Turkey."},
        {"text": said.replace("soon", "very soon")},
        {"text": said, "date": "2015-11-25"},
        {"text": said, "speaker": "Sergey Lavrov"},
        {"text": f" {said.upper()}"},
    )
    found = warnings(table, "text")
    assert found["row"].tolist() == [4, 7]
    assert all("in row 2 " in problem for problem in found["problem"])
    assert "97% alike; told from 90%" in found["problem"][0]
    assert "100% alike" in found["problem"][1]


def test_similar_statements_against_the_slow_way():
    from rapidfuzz import fuzz

    base = "Lavrov said that Turkey and Russia would go on with talks about the pipeline"
    texts = [f"{base[: -(k % 5) or None]} {'x' * (k % 7)} {k // 9}" for k in range(60)]
    found = warnings(frame(*({"text": text} for text in texts)), "text")
    expected = [
        (later + 2, next(e for e in range(later) if fuzz.ratio(texts[e], texts[later]) >= 90) + 2)
        for later in range(len(texts))
        if any(fuzz.ratio(texts[e], texts[later]) >= 90 for e in range(later))
    ]
    told = [
        (row, int(problem.split("in row ")[1].split()[0]))
        for row, problem in zip(found["row"], found["problem"], strict=True)
        if "in row" in problem
    ]
    assert told == expected


def test_a_text_that_does_not_mention_the_target():
    text = "He said that the weather in Paris was fine."
    found = warnings(frame({}, {"text": text}), "text")
    assert found[["row", "value"]].to_numpy().tolist() == [[3, text]]
    assert "does not mention Turkey" in found["problem"][0]


def test_a_text_that_is_not_english():
    text = "Rusya Devlet Başkanı, Türkiye ile ilişkilerin geliştiğini söyledi."
    found = warnings(frame({}, {"text": text}), "text")
    assert found["row"].tolist() == [3]
    assert "not English; its language looks like 'tr'" in found["problem"][0]


def test_a_short_text_in_letters_that_are_not_latin():
    found = warnings(frame({}, {"text": "Путин осудил Турцию (Turkey)."}), "text")
    assert found["problem"].tolist() == [
        "The text is not English: most of its letters are not Latin."
    ]


def test_months_are_told_once_a_direction():
    days = ["2015-01-05", "2015-01-06", "2015-01-07", "2015-02-01", "2015-06-30"]
    table = frame(*({"date": day} for day in days), {"date": "2015-02-01"})
    found = warnings(table)
    assert found["problem"].tolist() == [
        "RUS>TUR: 3 of 6 months have no statement: 2015-03 to 2015-05. "
        "2 of 6 months have fewer than 3 occasions: 2015-02, 2015-06."
    ]
    assert found["row"].isna().all()
    found = warnings(table, dyad="RUS-TUR", period=("2014-12", date(2015, 2, 28)))
    assert found["problem"].tolist() == [
        "RUS>TUR: 1 of 3 months have no statement: 2014-12. "
        "1 of 3 months have fewer than 3 occasions: 2015-02.",
        "TUR>RUS: 3 of 3 months have no statement: 2014-12 to 2015-02.",
    ]
    assert warnings(frame(*({"date": day} for day in days[:3]))).empty


def test_a_dominant_speaker_is_told_by_side():
    names = ["A", "A", "B", "C", "D"]
    table = pd.concat(
        [
            frame(*({"speaker": name} for name in names)),
            frame(*({"source": "TUR", "target": "RUS", "speaker": name} for name in "EEFFGG")),
        ]
    )
    found = warnings(table, "speaker")
    assert found["value"].tolist() == ["A"]
    assert "40% of the 5 statements of RUS" in found["problem"][0]


@pytest.mark.parametrize(
    ("column", "value", "near"),
    [
        ("level", "head of state", "head_of_state"),
        ("channel", "interwiev", "interview"),
        ("dating", "guessed", ""),
    ],
)
def test_an_unknown_value_is_told_once(column, value, near):
    table = frame({column: ""}, {column: value}, {column: value})
    found = warnings(table, column)
    assert found[["row", "value"]].to_numpy().tolist() == [[3, value]]
    assert "2 rows have this" in found["problem"][0]
    assert near in found["remedy"][0]
    assert errors(table).empty


def test_damaged_characters_are_told_once_a_column():
    table = frame(
        {},
        {"text": "He thanked TÃ¼rkiye and ErdoÄŸan."},
        {"text": "He met them in TÃ¼rkiye."},
        {"speaker": "Mevl\ufffdt"},
        {"text": "Le café de la Turquie, dit « CAFÉ », a rouvert à Ankara, où Türkiye gagne."},
    )
    found = warnings(table, "text")
    damaged = found[found["problem"].str.contains("Windows-1252")]
    assert damaged[["row", "value"]].to_numpy().tolist() == [
        [3, "He thanked TÃ¼rkiye and ErdoÄŸan."]
    ]
    assert "It probably reads 'He thanked Türkiye and Erdoğan.'" in damaged["remedy"].iloc[0]
    lost = warnings(table, "speaker")
    assert lost.loc[lost["problem"].str.contains("FFFD"), "row"].tolist() == [5]


def test_a_long_value_is_shortened():
    text = "word " * 100
    value = warnings(frame({"text": text}), "text")["value"][0]
    assert len(value) == 80
    assert value.endswith("…")


def test_the_callers_frame_is_not_changed():
    table = frame({"date": "x"}, {"text": ""}, {})
    before = table.copy(deep=True)
    check_statements(table, dyad="RUS-TUR")
    pd.testing.assert_frame_equal(table, before)


def test_a_typed_frame_is_checked_like_its_file():
    path = Path(__file__).parents[2] / "data" / "japan-korea" / "statements.csv"
    from_file = check_statements(path).table.drop(columns="file")
    from_frame = check_statements(read_statements(path)).table.drop(columns="file")
    pd.testing.assert_frame_equal(from_file, from_frame)


@pytest.mark.parametrize(
    "options",
    [
        {"today": "soon"},
        {"today": pd.NaT},
        {"period": ("2015", "2016")},
        {"period": ("2016-01", "2015-01")},
        {"dyad": "RUS-TU"},
        {"columns": {"daet": "date"}},
    ],
)
def test_bad_arguments_are_refused(options):
    with pytest.raises(BadArgumentError):
        check_statements(frame({}), **options)


def test_example_rows():
    table = pd.DataFrame({"speaker": ["Example Minister", "Exampleman", None, "An Example "]})
    assert is_example(table).tolist() == [True, False, False, False]
    assert is_example(table.astype("str")).dtype == bool


@pytest.mark.parametrize("zone", ["Etc/GMT+12", "UTC", "Pacific/Kiritimati"])
def test_the_zone_of_the_machine_does_not_decide_what_is_future(zone, monkeypatch):
    # At the eastern edge of the earth it is tomorrow already while UTC has today.
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        found = check_statements(frame({"date": tomorrow}, {"date": tomorrow + timedelta(days=1)}))
    finally:
        monkeypatch.undo()
        time.tzset()
    assert [problem.row for problem in found if problem.severity == "error"] == [3]


def test_a_period_may_be_open_at_one_end():
    table = frame({"date": "2015-03-02"}, {"date": "2015-06-02"})

    def empty_months(period):
        problems = warnings(table, period=period)["problem"]
        return problems[problems.str.startswith("RUS>TUR")].iloc[0].partition(" months")[0]

    assert empty_months(("2015-01", None)) == "RUS>TUR: 4 of 6"
    assert empty_months((None, "2015-12")) == "RUS>TUR: 8 of 10"
    assert empty_months((None, None)) == empty_months(None) == "RUS>TUR: 2 of 4"


def test_skip_bad_is_offered_only_where_it_helps(tmp_path):
    path = tmp_path / "s.csv"
    frame({}, {"date": "x"}).to_csv(path, index=False)
    with pytest.raises(CheckError) as caught:
        load_statements(path)
    assert "skip_bad=True" in caught.value.remedy
    with pytest.raises(CheckError) as caught:
        read_statements(path)  # it has no such argument
    assert caught.value.remedy == ""
    for bad in (frame({"date": "x"}), frame({}).drop(columns="speaker")):
        bad.to_csv(path, index=False)
        for skip_bad in (False, True):
            with pytest.raises(CheckError) as caught:
                load_statements(path, skip_bad=skip_bad)
            assert "skip_bad" not in caught.value.remedy
            # A file that lacks a column has no bad rows.
            is_told = skip_bad and "speaker" in bad
            assert caught.value.remedy.startswith("No good row is left" if is_told else "")
            assert bool(caught.value.remedy) == is_told

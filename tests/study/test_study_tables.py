"""Tables are read back as they were written, and act as nothing but tables."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.statements import read_statements
from detente.study import tables

# What breaks rows and cells: ends of a line alone and together, NUL, quotes, separators.
CELL = st.text(st.sampled_from("a é\"'\r\n\0,;=\t"), max_size=8)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "speaker": CELL.map(lambda cell: f"A{cell}B"),
            "text": CELL.map(lambda cell: f"Turkey{cell}"),
            "topic": CELL.map(lambda cell: f"x{cell}x"),
            "note, of ours": CELL,
        }
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=40)
@given(rows=ROWS)
def test_statements_come_back_from_csv_as_they_went_in(rows, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "round trip.csv"
    frame = pd.DataFrame(rows, dtype="str").assign(date="2015-11-24", source="RUS", target="TUR")
    path.write_bytes(tables.csv_bytes(frame, digits=6))
    once = read_statements(path)
    for name in ("speaker", "text", "topic"):
        assert once[name].tolist() == frame[name].tolist()
    assert once["note, of ours"].fillna("").tolist() == frame["note, of ours"].tolist()
    path.write_bytes(tables.csv_bytes(once, digits=6))
    pd.testing.assert_frame_equal(read_statements(path), once)


def test_lines_end_in_a_line_feed_and_a_lone_carriage_return_is_quoted():
    table = pd.DataFrame({"a": ["x\ry", "x\r\ny", "x\ny", "x"], "b": ["1", "2", "3", "4"]})
    content = tables.csv_bytes(table, digits=2)
    assert content == b'a,b\n"x\ry",1\n"x\r\ny",2\n"x\ny",3\nx,4\n'


def test_rejected_rows_hold_no_formula():
    cells = ["=1+1", "+cmd", "-x", "@SUM(A1)", "\t=1", "\r\n@x", "-1.5", "+3", "-1e5", "-3%", "a=b"]
    rejected = pd.DataFrame({"=evil()": cells, "row": range(2, 13), "reasons": "date: No day."})
    text = tables.rejected_bytes(rejected).decode()
    assert text.startswith("'=evil(),row,reasons\n")
    for cell in cells[:6]:
        assert f"'{cell}" in text
    for cell in cells[6:]:
        assert f"\n{cell}," in text


def test_scored_texts_stay_to_the_letter():
    content = tables.csv_bytes(pd.DataFrame({"text": ["=1+1", "@x"]}), digits=2)
    assert content == b"text\n=1+1\n@x\n"

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import BadArgumentError, CheckError
from detente.validation import check_codings, describe_coders, gold_tone, read_codings


def codings(**columns):
    base = {"id": ["a", "a", "b"], "coder": ["A", "B", "A"], "code": ["-2", "-3", "1"]}
    base |= {"coder_type": ["machine"] * 3, "pi": ["0.5"] * 3}
    return pd.DataFrame(base | columns)


def found(frame, statements=None):
    table = check_codings(frame, statements).table
    return list(zip(table["row"], table["column"], table["value"], strict=True))


def test_good_codings_have_no_problem_and_are_typed(tmp_path):
    path = tmp_path / "codings.csv"
    codings(note=["x", "", "y"]).to_csv(path, index=False)
    frame = read_codings(path)
    assert frame.dtypes.astype(str).to_dict() == {
        "id": "str",
        "coder": "str",
        "code": "int64",
        "coder_type": "str",
        "pi": "float64",
        "note": "str",
    }
    assert frame["code"].tolist() == [-2, -3, 1]
    assert check_codings(path).ok
    assert check_codings(frame).ok


@pytest.mark.parametrize(
    ("columns", "place"),
    [
        ({"code": ["-2", "-3", "4"]}, (4, "code", "4")),
        ({"code": ["-2", "-3", "1.5"]}, (4, "code", "1.5")),
        ({"code": ["-2", "-3", "warm"]}, (4, "code", "warm")),
        ({"code": ["-2", "-3", ""]}, (4, "code", "")),
        ({"code": ["-2", "-3", "9" * 5000]}, (4, "code", "9" * 79 + "…")),
        ({"coder": ["A", "A", "A"]}, (3, "id", "a")),
        ({"coder": ["A", "", "A"]}, (3, "coder", "")),
        ({"id": ["a", "a", ""]}, (4, "id", "")),
        ({"coder_type": ["machine", "expert", "machine"]}, (3, "coder_type", "expert")),
        ({"coder_type": ["machine", "machine", "human"]}, (4, "coder_type", "human")),
        ({"pi": ["0.5", "0.5", "0"]}, (4, "pi", "0")),
        ({"pi": ["0.5", "0.5", "1.01"]}, (4, "pi", "1.01")),
        ({"pi": ["0.5", "0.5", "nan"]}, (4, "pi", "nan")),
        ({"pi": ["0.5", "0.5", "half"]}, (4, "pi", "half")),
        ({"pi": ["0.5", "0.5", ""]}, (4, "pi", "")),
        ({"pi": ["0.5", "0.4", "0.5"]}, (3, "pi", "0.4")),
    ],
)
def test_each_fault_is_told_with_its_place(columns, place):
    frame = codings(**columns)
    assert found(frame) == [place]
    assert check_codings(frame).table["remedy"].str.len().min() > 10
    with pytest.raises(CheckError):
        gold_tone(frame)


def test_all_faults_are_told_at_once(tmp_path):
    path = tmp_path / "codings.csv"
    codings(code=["5", "x", "1"], pi=["0.5", "0.5", "2"]).to_csv(path, index=False)
    table = check_codings(path).table
    assert table["row"].tolist() == [2, 3, 4]
    assert set(table["file"]) == {str(path)}
    with pytest.raises(CheckError, match="out of range"):
        read_codings(path)


def test_unknown_ids_are_told_with_the_nearest_one():
    statements = pd.DataFrame({"id": ["2015-11-24-rus-putin-1", "b"]})
    frame = codings(id=["2015-11-24-rus-putin-2", "b", "b"], coder=["A", "B", "A"])
    problems = check_codings(frame, statements)
    assert problems.table["row"].tolist() == [2]
    assert "Did you mean '2015-11-24-rus-putin-1'?" in problems.table["remedy"].iloc[0]
    with pytest.raises(BadArgumentError, match="'id'"):
        check_codings(frame, statements.rename(columns={"id": "name"}))


def test_coders_who_differ_by_capitals_or_blanks_alone_are_told():
    frame = pd.DataFrame({"id": list("abcdef"), "code": 1, "coder_type": "human", "pi": 0.5})
    names = ["Tom H", "tom h", "TomH ", "Tim H", "tom h", ""]
    told = [p for p in check_codings(frame.assign(coder=names)) if p.severity == "warning"]
    assert [(p.row, p.column, p.value) for p in told] == [
        (3, "coder", "tom h"),
        (4, "coder", "TomH"),
    ]
    assert "from 'Tom H' of an earlier row" in told[0].problem
    assert not list(check_codings(frame.assign(coder=list("ABCABC"))))


def test_numbers_saved_by_spreadsheets_and_typesetters_are_read():
    frame = codings(code=["-2.0", "−3", "+01"])
    assert gold_tone(frame).tolist() == pytest.approx([-2.5 / 3, 1 / 3])


def test_without_a_column_pi_all_were_coded_and_a_missing_column_is_told(tmp_path):
    path = tmp_path / "codings.csv"
    codings().drop(columns="pi").to_csv(path, index=False)
    assert read_codings(path)["pi"].tolist() == [1.0] * 3
    missing = check_codings(codings().drop(columns="coder_type"))
    assert [p.column for p in missing] == ["coder_type"]
    assert not check_codings(codings().head(0)).ok


def test_columns_can_be_mapped(tmp_path):
    path = tmp_path / "codings.csv"
    codings().rename(columns={"pi": "chance", "code": "score"}).to_csv(path, index=False)
    frame = read_codings(path, {"pi": "chance", "code": "score"})
    assert frame["pi"].tolist() == [0.5] * 3
    assert frame["code"].tolist() == [-2, -3, 1]


@pytest.mark.parametrize(
    ("coders", "types", "words"),
    [
        ("AB", ("machine", "machine"), "two machine codings (no human coding yet)"),
        ("A", ("machine",), "one machine coding (no human coding yet)"),
        ("A", ("human",), "one human coding"),
        ("ABC", ("human", "machine", "human"), "two human codings and one machine coding"),
    ],
)
def test_machine_codings_are_called_machine_codings(coders, types, words):
    frame = pd.DataFrame({"id": "a", "coder": list(coders), "code": 1, "coder_type": types})
    assert describe_coders(frame) == words


def test_the_callers_frame_is_not_changed():
    frame = codings()
    before = frame.copy()
    gold_tone(frame)
    check_codings(frame)
    pd.testing.assert_frame_equal(frame, before)
    with pytest.raises(BadArgumentError, match="str was received"):
        gold_tone("codings.csv")


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=8), st.text(max_size=8))
def test_any_text_as_code_or_chance_is_read_or_told(code, chance):
    frame = codings(code=["1", "1", code], pi=["0.5", "0.5", chance])
    problems = check_codings(frame)
    if problems.ok:
        assert gold_tone(frame).between(-1, 1).all()
    else:
        assert {p.column for p in problems} <= {"code", "pi"}

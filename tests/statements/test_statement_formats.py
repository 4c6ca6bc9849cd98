"""Statements come back from every format as they went in, and damaged files say why not."""

import bz2
import functools
import gzip
import json
import lzma
import re
import sys
import threading
from datetime import date, datetime
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import fsspec
import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.errors import BadArgumentError, CheckError, MissingExtraError, ReadError
from detente.events import read_events
from detente.statements import COLUMNS, check_statements, load_statements, read_statements

HEADER = "date,source,target,speaker,text"
ROW = "2015-11-24,RUS,TUR,Vladimir Putin,He called it a stab in the back by Turkey."
NAMES = [column.name for column in COLUMNS]

# What a cell of text can hold in all formats: no control characters (XML has none), no lone
# surrogates, no white space at the ends (it is stripped from all but the text).
CELL = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=30).map(str.strip)


def is_visible(text: str) -> bool:
    return bool(text.strip("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u180e "))


FILLED = CELL.filter(is_visible).filter(lambda cell: cell == cell.strip("\ufeff\u200b\u00ad"))
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "date": st.dates(date(1990, 1, 1), date(2020, 12, 31)).map(str),
            "source": st.just("RUS"),
            "target": st.just("TUR"),
            "speaker": FILLED,
            "text": st.tuples(FILLED, st.sampled_from(["", "\n", ' "quoted", '])).map(
                lambda parts: f"{parts[0]}{parts[1]}end"
            ),
            "topic": st.one_of(st.just(""), FILLED),
            "note of ours": st.one_of(st.just(""), FILLED),
        }
    ),
    min_size=1,
    max_size=6,
)


def write(frame: pd.DataFrame, path: Path) -> Path:
    match "".join(path.suffixes):
        case ".csv" | ".csv.gz" | ".csv.bz2" | ".csv.xz":
            frame.to_csv(path, index=False)
        case ".tsv":
            frame.to_csv(path, index=False, sep="\t")
        case ".jsonl" | ".ndjson" | ".jsonl.gz":
            frame.to_json(path, orient="records", lines=True, force_ascii=False)
        case ".parquet":
            frame.to_parquet(path)
        case _:
            book = openpyxl.Workbook()
            sheet = book.active
            sheet.append(list(frame.columns))
            for record in frame.itertuples(index=False):
                sheet.append([None] * len(record))
                for cell, value in zip(sheet[sheet.max_row], record, strict=True):
                    cell.value = value
                    cell.data_type = "s"  # or "=1" becomes a formula
            book.save(path)
            book.close()
    return path


@pytest.mark.parametrize(
    "suffix",
    [".csv", ".tsv", ".jsonl", ".ndjson", ".parquet", ".xlsx", ".csv.gz", ".csv.bz2", ".csv.xz"],
)
@given(rows=ROWS)
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_every_format_gives_the_same_frame(rows, suffix, tmp_path):
    raw = pd.DataFrame(rows, dtype="str")
    read = read_statements(write(raw, tmp_path / f"statements{suffix}"))
    assert read.columns.tolist() == [*NAMES, "note of ours"]
    assert read["date"].dt.strftime("%Y-%m-%d").tolist() == raw["date"].tolist()
    for name in ("source", "target", "speaker", "text", "topic", "note of ours"):
        assert read[name].fillna("").tolist() == raw[name].tolist()
    assert read["id"].tolist() == [f"row-{place:06d}" for place in range(1, len(raw) + 1)]
    assert read["role"].isna().all()


@given(rows=ROWS)
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_typed_frame_survives_writing_and_reading(rows, tmp_path):
    once = read_statements(write(pd.DataFrame(rows, dtype="str"), tmp_path / "once.csv"))
    for suffix in (".csv", ".parquet"):
        again = read_statements(write(once, tmp_path / f"again{suffix}"))
        pd.testing.assert_frame_equal(once, again)


@pytest.mark.parametrize("study", ["russia-turkey", "japan-korea"])
def test_bundled_statements_have_no_error(study):
    path = Path(__file__).parents[2] / "data" / study / "statements.csv"
    read = load_statements(path)
    assert read.problems.ok
    assert len(read.frame) == {"russia-turkey": 1062, "japan-korea": 209}[study]
    assert read.frame["date"].dtype.kind == "M"
    assert set(read.problems.table["severity"]) == {"warning"}


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


def csv(tmp_path: Path, content: str | bytes, name: str = "s.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def test_byte_order_mark_and_windows_line_ends(tmp_path):
    text = f'{HEADER}\r\n{ROW}\r\n2015-11-25,RUS,TUR,A,"He praised\r\nTurkey, ""again""."\r\n'
    read = read_statements(csv(tmp_path, b"\xef\xbb\xbf" + text.encode()))
    assert read["text"].tolist()[1] == 'He praised\r\nTurkey, "again".'


def test_rows_are_counted_as_a_spreadsheet_counts_them(tmp_path):
    text = f'{HEADER}\n2015-11-24,RUS,TUR,A,"He praised\nTurkey."\n\n2015-02-30,RUS,TUR,A,Turkey.\n'
    table = check_statements(csv(tmp_path, text)).table
    assert table.loc[0, ["row", "column", "value"]].tolist() == [4, "date", "2015-02-30"]


def test_json_lines_are_counted_as_an_editor_counts_them(tmp_path):
    good = dict(zip(HEADER.split(","), ROW.split(","), strict=True))
    lines = [json.dumps(good), "", json.dumps({**good, "date": "2015-02-30"})]
    table = check_statements(csv(tmp_path, "\n".join(lines), "s.jsonl")).table
    assert table.loc[0, ["row", "value"]].tolist() == [3, "2015-02-30"]


def test_typed_cells_of_other_formats_become_text(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([*HEADER.split(","), "wave", None])
    sheet.append([datetime(2015, 11, 24), "RUS", "TUR", "A", "Turkey is near.", 2, None])
    sheet.append([date(2015, 11, 25), "RUS", "TUR", "A", "Turkey is far.", 2.5])
    sheet.append([None] * 6)
    book.save(tmp_path / "s.xlsx")
    book.close()
    read = read_statements(tmp_path / "s.xlsx")
    assert read["date"].tolist() == [pd.Timestamp(2015, 11, 24), pd.Timestamp(2015, 11, 25)]
    assert read["wave"].tolist() == ["2", "2.5"]
    line = '{"date":"2015-11-24","source":"RUS","target":"TUR","speaker":"A","text":"T","wave":2}'
    assert read_statements(csv(tmp_path, line, "s.jsonl"))["wave"].tolist() == ["2"]
    frame = pd.DataFrame({"date": pd.to_datetime(["2015-11-24 10:00"]), "wave": [2]})
    frame = frame.assign(source="RUS", target="TUR", speaker="A", text="Turkey")
    frame["outlet"] = [b"T\xc3\xbcrkiye"]
    frame.to_parquet(tmp_path / "s.parquet")
    read = read_statements(tmp_path / "s.parquet")
    found = read.loc[0, ["date", "wave", "outlet"]].tolist()
    assert found == [pd.Timestamp(2015, 11, 24), "2", "Türkiye"]


def test_any_place_that_fsspec_knows():
    with fsspec.open("memory://detente/statements.csv.gz", "wb") as file:
        file.write(gzip.compress(f"{HEADER}\n{ROW}\n".encode()))
    assert len(read_statements("memory://detente/statements.csv.gz")) == 1
    with pytest.raises(ReadError, match=r"Did you mean 'statements\.csv\.gz'\?"):
        read_statements("memory://detente/statement.csv.gz")
    with pytest.raises(ReadError, match="cannot be opened"):
        read_statements("nowhere://detente/statements.csv")


def test_network_without_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "aiohttp", None)
    monkeypatch.delitem(sys.modules, "fsspec.implementations.http", raising=False)
    known = sys.modules["fsspec.registry"]._registry
    monkeypatch.delitem(known, "https", raising=False)
    monkeypatch.delitem(known, "http", raising=False)
    with pytest.raises(MissingExtraError, match=r"detente\[http\]"):
        read_statements("https://example.org/statements.csv")


def test_missing_file_names_its_neighbour(tmp_path):
    csv(tmp_path, f"{HEADER}\n{ROW}\n", "statements.csv")
    with pytest.raises(ReadError, match=r"There is no file .* Did you mean 'statements\.csv'\?"):
        read_statements(tmp_path / "statments.csv")
    with pytest.raises(ReadError, match="There is no folder"):
        read_statements(tmp_path / "no" / "folder" / "zzz.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(ReadError, match="is a folder"):
        read_statements(tmp_path / "folder.csv")


@pytest.mark.parametrize("name", ["s.xls", "s.txt", "s", "s.csv.zip", "s.gz"])
def test_unknown_suffix_names_those_accepted(tmp_path, name):
    with pytest.raises(ReadError, match=r"\.csv, \.tsv, \.jsonl, \.ndjson, \.parquet, \.xlsx"):
        read_statements(csv(tmp_path, f"{HEADER}\n{ROW}\n", name))


@pytest.mark.parametrize("name", ["s.csv", "s.tsv", "s.jsonl", "s.parquet", "s.xlsx", "s.csv.gz"])
@pytest.mark.parametrize("content", [b"", b" \n\n", b"\xef\xbb\xbf"])
def test_empty_files(tmp_path, name, content):
    content = gzip.compress(content) if name.endswith(".gz") else content
    with pytest.raises(ReadError, match=r"is empty|is no whole|is no Excel|no JSON"):
        read_statements(csv(tmp_path, content, name))


def test_header_only_is_an_error_that_cannot_be_skipped(tmp_path):
    path = csv(tmp_path, HEADER + "\n")
    assert check_statements(path).table["problem"].tolist() == [
        "There is a header, but no statement."
    ]
    with pytest.raises(CheckError, match="no statement"):
        load_statements(path, skip_bad=True)


def test_uneven_rows_are_named(tmp_path):
    text = (
        f"{HEADER}\n{ROW}\n2015-11-25,RUS,TUR,A,Turkey, and more\n2015-11-26,RUS,TUR,A\n{ROW},,\n"
    )
    table = check_statements(csv(tmp_path, text)).table.query("severity == 'error'")
    uneven = table[table["problem"].str.contains("fields")]
    assert uneven["row"].tolist() == [3, 4]
    assert uneven["problem"].iloc[0] == "The row has 6 fields where the header has 5."
    assert uneven["problem"].iloc[1] == "The row has 4 fields where the header has 5."
    read = load_statements(csv(tmp_path, text), skip_bad=True)
    assert read.rejected["row"].tolist() == [3, 4]


def test_duplicate_column_names(tmp_path):
    with pytest.raises(ReadError, match="more than one column 'text'"):
        read_statements(csv(tmp_path, f"{HEADER},text\n{ROW},again\n"))
    frame = pd.DataFrame([["a", "b"]], columns=["text", "text"])
    with pytest.raises(ReadError, match="The frame has more than one column 'text'"):
        check_statements(frame)


def test_missing_columns_are_told_together_with_a_way_out(tmp_path):
    path = csv(tmp_path, "Date,source,target,spkr,TEXT,x\n2015-11-24,RUS,TUR,A,Turkey,1\n")
    table = check_statements(path).table
    assert table["column"].tolist() == ["date", "speaker", "text"]
    assert set(table["row"]) == {1}
    assert 'date = "Date"' in table["remedy"][0]
    assert 'speaker = "spkr"' in table["remedy"][1]
    assert "Did you mean 'TEXT'?" in table["remedy"][2]
    with pytest.raises(CheckError, match="required and missing"):
        load_statements(path, skip_bad=True)


def test_the_way_out_of_a_missing_column_can_be_taken_as_it_is_told(tmp_path):
    path = csv(tmp_path, "date,source,target,speaker's,text\n2015-11-24,RUS,TUR,A,Turkey\n")
    (remedy,) = check_statements(path).table["remedy"]
    assert 'below [columns.statements]: speaker = "speaker\'s"' in remedy
    assert "--columns speaker=speaker's" in remedy
    with pytest.raises(CheckError, match=r"below \[columns\.events\]"):
        read_events(path)


def test_columns_are_mapped(tmp_path):
    path = csv(tmp_path, "day,date,from,to,who,said\n2015-11-24,x,RUS,TUR,A,Turkey is near.\n")
    columns = {"date": "day", "source": "from", "target": "to", "speaker": "who", "text": "said"}
    read = read_statements(path, columns)
    assert read.loc[0, ["date", "speaker"]].tolist() == [pd.Timestamp(2015, 11, 24), "A"]
    assert read["date_in_file"].tolist() == ["x"]
    problems = check_statements(path, columns={**columns, "text": "siad"}).table
    assert problems["column"].tolist() == ["siad"]
    assert "Did you mean 'said'?" in problems["remedy"][0]
    bad = csv(tmp_path, "day,from,to,who,said\n2015-02-30,RUS,TUR,A,Turkey is near.\n")
    assert check_statements(bad, columns=columns).table["column"][0] == "day"
    with pytest.raises(BadArgumentError, match="Did you mean 'speaker'"):
        read_statements(path, {"speeker": "who"})


@pytest.mark.parametrize(
    ("separator", "name"), [(";", "semicolons"), ("\t", "tabs"), ("|", "upright strokes")]
)
def test_other_separators_are_told(tmp_path, separator, name):
    text = f"{HEADER}\n{ROW}\n".replace(",", separator)
    with pytest.raises(ReadError, match=f"separated by {name}, not by commas"):
        read_statements(csv(tmp_path, text))


def test_other_separators_between_quoted_cells_are_told(tmp_path):
    text = "\n".join('"' + line.replace(",", '";"') + '"' for line in (HEADER, ROW))
    with pytest.raises(ReadError, match="separated by semicolons"):
        read_statements(csv(tmp_path, text))


@pytest.mark.parametrize("path", [None, 3, b"statements.csv", [ROW]])
def test_what_is_no_path_is_refused(path):
    for read in (read_statements, check_statements):
        with pytest.raises(BadArgumentError, match="path"):
            read(path)


def test_a_file_on_the_network(tmp_path):
    pytest.importorskip("aiohttp")
    csv(tmp_path, f"{HEADER}\n{ROW}\n", "statements.csv")
    handler = functools.partial(QuietHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        address = f"http://127.0.0.1:{server.server_port}"
        try:
            assert len(read_statements(f"{address}/statements.csv?version=2")) == 1
            with pytest.raises(ReadError, match="There is no file"):
                read_statements(f"{address}/other.csv")
        finally:
            server.shutdown()
            thread.join()


def test_commas_in_a_tsv_are_told(tmp_path):
    with pytest.raises(ReadError, match=r"separated by commas, not by tabs.*\.csv"):
        read_statements(csv(tmp_path, f"{HEADER}\n{ROW}\n", "s.tsv"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f'{HEADER}\n{ROW}\n2015-11-25,RUS,TUR,A,"never closed\n{ROW}\n', "row 3.*never closed"),
        (f'{HEADER}\n{ROW}\n{ROW}\n2015-11-25,RUS,TUR,A,"a "b" c"\n', "row 4.*being doubled"),
    ],
)
def test_broken_quotes_name_the_row(tmp_path, text, message):
    with pytest.raises(ReadError, match=message) as caught:
        read_statements(csv(tmp_path, text))
    assert caught.value.row == int(message[4])


@pytest.mark.parametrize(
    ("encoding", "text", "name"),
    [
        ("utf-16", "Türkiye", "UTF-16"),
        ("utf-16-le", "Türkiye", "UTF-16"),
        ("utf-32", "Türkiye", "UTF-32"),
        ("cp1254", "Erdoğan said that Türkiye is İstanbul’s", "Turkish"),
        ("cp1252", "Merkel’s café", "Western European"),
        ("cp1251", "Президент Путин: Турция и Россия остаются партнёрами", "Russian"),
        ("cp949", "대통령은 일본과의 관계가 개선되고 있다고 말했다", "Korean"),
        ("cp932", "首相は韓国との関係を改善したいと述べた", "Japanese"),
    ],
)
@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".csv.gz"])
def test_wrong_encodings_are_recognised(tmp_path, encoding, text, name, suffix):
    separator = "\t" if suffix == ".tsv" else ","
    row = f"2015-11-24,RUS,TUR,A,{text}".replace(",", separator)
    content = f"{HEADER.replace(',', separator)}\n{row}\n".encode(encoding)
    if suffix == ".csv.gz":
        content = gzip.compress(content)
    path = csv(tmp_path, content, f"s{suffix}")
    with pytest.raises(ReadError, match=f"is not UTF-8.*looks like.*{name}.*Save it as UTF-8"):
        load_statements(path, skip_bad=True)


def test_one_damaged_byte_is_no_other_encoding(tmp_path):
    content = f"{HEADER}\n{ROW}\n2015-11-24,RUS,TUR,A,Türkiye, Erdoğan ".encode() + b"\xff\n"
    with pytest.raises(ReadError, match="damaged bytes, the first in line 3"):
        read_statements(csv(tmp_path, content))


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".jsonl"])
@pytest.mark.parametrize("text", ["He praised\0 Turkey.", "Turkey." + "\0" * 3000, "Turk\x07ey"])
def test_control_characters_are_told_and_stop_nothing(tmp_path, suffix, text):
    row = dict(zip(HEADER.split(","), [*ROW.split(",")[:4], text], strict=True))
    separator = "\t" if suffix == ".tsv" else ","
    content = "\n".join(separator.join(cells) for cells in (row, row.values()))
    content = json.dumps(row) if suffix == ".jsonl" else content
    read = load_statements(csv(tmp_path, content, f"s{suffix}"))
    assert read.frame["text"].tolist() == [text]
    told = [p for p in read.problems if "control character" in p.problem]
    assert [(p.severity, p.column) for p in told] == [("warning", "text")]


def test_tabs_and_line_ends_are_no_control_characters(tmp_path):
    text = f'{HEADER}\n2015-11-24,RUS,TUR,A,"He\tpraised\r\nTurkey\n."\n'
    found = check_statements(csv(tmp_path, text))
    assert not [p for p in found if "control" in p.problem]


@pytest.mark.parametrize("suffix", [".csv", ".tsv"])
def test_a_cell_may_be_as_long_as_it_likes(tmp_path, suffix):
    import csv as csv_module

    limit = csv_module.field_size_limit()
    long = "He praised Turkey. " * 20_000
    separator = "\t" if suffix == ".tsv" else ","
    lines = (HEADER, f"2015-11-24,RUS,TUR,A,{long}end")
    content = "\n".join(line.replace(",", separator) for line in lines)
    assert read_statements(csv(tmp_path, content, f"s{suffix}"))["text"].tolist() == [f"{long}end"]
    assert csv_module.field_size_limit() == limit
    with pytest.raises(ReadError, match="never closed"):
        read_statements(csv(tmp_path, f'{HEADER}\n2015-11-24,RUS,TUR,A,"{long}\n'))
    assert csv_module.field_size_limit() == limit


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("[1, 2]", "Line 2 of .* is no JSON object but a list"),
        ('"text"', "but a text"),
        ("12", "Line 2"),
        ("{'date': 1}", "Line 2 of .* is no JSON object"),
        ('{"date": "2015-11-24", "date": "2015-11-25"}', "occurs twice"),
    ],
)
def test_json_lines_that_are_no_objects(tmp_path, line, message):
    with pytest.raises(ReadError, match=message) as caught:
        read_statements(csv(tmp_path, f'{{"date": "2015-11-24"}}\n{line}\n', "s.jsonl"))
    assert caught.value.row == 2


def test_half_a_surrogate_pair_becomes_a_replacement_character(tmp_path):
    line = json.dumps(dict(zip(HEADER.split(","), ROW.split(","), strict=True)))
    path = csv(tmp_path, line.replace("stab", "st\\ud83db"), "s.jsonl")
    assert "st\ufffdb" in read_statements(path)["text"][0]
    assert "U+FFFD" in check_statements(path).table["problem"].str.cat()


@pytest.mark.parametrize(
    ("name", "pack"),
    [("s.csv.gz", gzip.compress), ("s.csv.bz2", bz2.compress), ("s.csv.xz", lzma.compress)],
)
def test_truncated_packed_files(tmp_path, name, pack):
    content = pack(f"{HEADER}\n{ROW}\n".encode())
    assert len(read_statements(csv(tmp_path, content, name))) == 1
    for broken in (content[: len(content) // 2], b"not packed at all"):
        with pytest.raises(ReadError, match="damaged or cut off"):
            read_statements(csv(tmp_path, broken, name))


@pytest.mark.parametrize("name", ["s.parquet", "s.xlsx"])
def test_truncated_binary_files(tmp_path, name):
    record = dict(zip(HEADER.split(","), ROW.split(","), strict=True))
    content = write(pd.DataFrame([record]), tmp_path / name).read_bytes()
    assert len(read_statements(tmp_path / name)) == 1
    for broken in (content[: len(content) // 2], content[:-5], b"PK\x03\x04", b"text, not binary"):
        with pytest.raises(ReadError, match="damaged"):
            read_statements(csv(tmp_path, broken, name))


@given(content=st.binary(max_size=300), suffix=st.sampled_from([".csv", ".tsv", ".jsonl", ".gz"]))
@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_bytes_give_a_told_error(content, suffix, tmp_path):
    name = "s.csv.gz" if suffix == ".gz" else f"s{suffix}"
    with pytest.raises((ReadError, CheckError)):
        read_statements(csv(tmp_path, content, name))


@pytest.mark.parametrize(
    ("encoding", "text", "names"),
    [
        ("cp1250", "Aleksandar Vučić met them", ["1252", "1250"]),
        ("cp1250", "Novak Đoković and Vučić", ["1254", "1250"]),
        ("cp1252", "Le président Macron", ["1252"]),
        ("cp1252", "Le Premier ministre s’est tu à Nîmes", ["1252", "1250"]),
        ("cp1254", "Tayyip Erdoğan’ın sözü", ["1254"]),
    ],
)
def test_where_bytes_do_not_tell_the_encoding_all_candidates_are_named(
    tmp_path, encoding, text, names
):
    path = tmp_path / "a.csv"
    path.write_bytes(f"{HEADER}\n2024-01-02,SRB,XKX,{text},Said.\n".encode(encoding))
    with pytest.raises(ReadError) as caught:
        read_statements(path)
    assert re.findall(r"Windows-(\d+)", caught.value.message) == names
    assert re.findall(r"iconv -f CP(\d+)", caught.value.remedy) == names
    assert ("look at names" in caught.value.remedy) == (len(names) > 1)

"""Files read a few rows at a time: the same rows, the same errors, bounded by rows and length."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import os
import tracemalloc
from datetime import date
from unittest import mock

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente._tables import formats
from detente._tables.storage import open_stored
from detente.errors import CheckError, ReadError
from detente.statements import (
    Bounds,
    load_statements,
    read_statements,
    statement_batches,
    stream_statements,
)
from detente.statements.ids import SeenIds

HEADER = "id,date,source,target,speaker,channel,text"
TEXT = '"He called it, twice, a ""stab"" in the\nback of Türkiye."'


def row(place, text=TEXT, day="2015-11-24", name=None):
    return f"{name or f'r{place}'},{day},RUS,TUR,Speaker {place % 3},interview,{text}"


def lines(n, **changed):
    return "\n".join([HEADER, *(row(place, **changed) for place in range(n))]) + "\n"


def zstd(content):
    return pa.compress(content, "zstd", asbytes=True)


def save(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def streamed(path, bounds, **options):
    return list(stream_statements(path, bounds=bounds, **options))


def joined(reads):
    return pd.concat([read.frame for read in reads], ignore_index=True)


def as_format(folder, suffix, frame):
    """Write text cells in a format."""
    path = folder / f"s{suffix}"
    if suffix == ".parquet":
        pq.write_table(pa.Table.from_pandas(frame), path, row_group_size=4)
        return path
    if suffix == ".xlsx":
        frame.to_excel(path, index=False)
        return path
    if ".jsonl" in suffix:
        plain = "".join(json.dumps(one) + "\n" for one in frame.to_dict("records"))
    else:
        plain = frame.to_csv(index=False, sep="\t" if suffix == ".tsv" else ",")
    packing = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress, ".zst": zstd}
    pack = packing.get(path.suffix, bytes)
    path.write_bytes(pack(plain.encode("utf-8")))
    return path


FRAME = pd.DataFrame(
    {
        "id": [f"r{place}" for place in range(11)],
        "date": "2015-11-24",
        "source": "RUS",
        "target": "TUR",
        "speaker": [f"Speaker {place % 3}" for place in range(11)],
        "text": ["He called it\na “stab”, of Türkiye 🦃." for _ in range(11)],
        "note": [str(place) if place % 4 else "" for place in range(11)],
    }
)
SUFFIXES = [
    *(".csv", ".tsv", ".jsonl", ".parquet", ".xlsx"),
    *(".csv.gz", ".csv.bz2", ".csv.xz", ".csv.zst", ".jsonl.gz", ".jsonl.zst"),
]


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("rows", [3, 11])
def test_the_batches_together_are_the_frame_of_the_whole_file(tmp_path, suffix, rows):
    path = as_format(tmp_path, suffix, FRAME)
    reads = streamed(path, Bounds(rows=rows))
    assert [len(read.frame) for read in reads[:-1]] == [rows] * (len(reads) - 1)
    pd.testing.assert_frame_equal(joined(reads), read_statements(path))


@settings(max_examples=15)
@given(
    st.lists(
        st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1)
    ).filter(bool),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.integers(1, 5),
    st.integers(1, 60),
)
def test_any_csv_is_cut_where_its_rows_end(tmp_path_factory, texts, end, rows, size):
    folder = tmp_path_factory.mktemp("csv")
    cells = ['"' + text.replace('"', '""') + '"' for text in texts]
    content = end.join([HEADER, *(row(i, text=cell) for i, cell in enumerate(cells))]) + end
    path = save(folder, "s.csv", content)
    try:
        whole = load_statements(path, skip_bad=True)
    except CheckError:
        return
    bounds = Bounds(rows=rows, size=max(size, max(map(len, cells)) + 200))
    reads = streamed(path, bounds, skip_bad=True)
    pd.testing.assert_frame_equal(joined(reads), whole.frame)
    rejected = pd.concat([read.rejected for read in reads], ignore_index=True)
    assert rejected["row"].tolist() == whole.rejected["row"].tolist()


def test_a_batch_is_closed_by_length_too(tmp_path):
    path = save(tmp_path, "s.csv", lines(100, text="x" * 1000))
    reads = streamed(path, Bounds(rows=10_000, size=10_000))
    assert {len(read.frame) for read in reads[:-1]} == {10}
    parquet = as_format(tmp_path, ".parquet", FRAME.assign(text="x" * 1000))
    sizes = [len(read.frame) for read in streamed(parquet, Bounds(rows=8, size=3000))]
    assert sum(sizes) == 11
    assert max(sizes) <= 4


def test_ids_are_made_from_the_place_in_the_whole_file(tmp_path):
    path = as_format(tmp_path, ".csv", FRAME.drop(columns="id"))
    ids = joined(streamed(path, Bounds(rows=4)))["id"]
    assert ids.tolist() == [f"row-{place:06d}" for place in range(1, 12)]


def test_columns_that_come_late_in_json_lines_are_in_every_batch(tmp_path):
    items = [dict(one) for one in FRAME.drop(columns="note").to_dict("records")]
    items[-1]["late"] = "seen"
    path = save(tmp_path, "s.jsonl", "".join(json.dumps(item) + "\n" for item in items))
    reads = streamed(path, Bounds(rows=4))
    assert all("late" in read.frame for read in reads)
    pd.testing.assert_frame_equal(joined(reads), read_statements(path))


def test_memory_does_not_grow_with_the_file(tmp_path):
    def peak(n):
        path = save(tmp_path, "s.csv", lines(n))
        tracemalloc.start()
        for _ in statement_batches(path, bounds=Bounds(rows=500)):
            pass
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(1000)  # what is loaded once
    assert peak(24_000) < 2 * peak(6000) + 400_000


# ids over batches


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_an_id_of_an_earlier_batch_is_an_error_that_names_both_rows(tmp_path, suffix):
    frame = FRAME.assign(id=[*FRAME["id"][:9], " r2 ", "r10"])
    path = as_format(tmp_path, suffix, frame)
    shift = 1 if suffix == ".jsonl" else 2
    with pytest.raises(CheckError, match=rf"used already in row {2 + shift}\.") as caught:
        streamed(path, Bounds(rows=4))
    (problem,) = caught.value.problems
    assert (problem.row, problem.column, problem.value) == (9 + shift, "id", "r2")
    reads = streamed(path, Bounds(rows=4), skip_bad=True)
    pd.testing.assert_frame_equal(joined(reads), load_statements(path, skip_bad=True).frame)


def test_an_id_may_not_be_one_that_was_made_for_an_earlier_row(tmp_path):
    frame = FRAME.assign(id=["", *FRAME["id"][1:10], "row-000001"])
    path = as_format(tmp_path, ".csv", frame)
    with pytest.raises(CheckError, match="used already in row 2"):
        streamed(path, Bounds(rows=4))


@given(st.lists(st.lists(st.integers(0, 30), max_size=8), max_size=30))
def test_seen_ids_are_those_of_a_set(batches):
    seen, slow, number = SeenIds(), {}, 0
    for batch in batches:
        rows = list(range(number, number + len(batch)))
        number += len(batch)
        found = seen.add([f"id {value}" for value in batch], rows)
        pairs = list(zip(batch, rows, strict=True))
        assert set(found) == {place for value, place in pairs if value in slow}
        assert all(found[place] in slow[value] for value, place in pairs if value in slow)
        for value, place in pairs:
            slow.setdefault(value, set()).add(place)


# bad input


def good_then(tmp_path, name, content, bounds=None, **options):
    """Return the statements read before the error, and the error."""
    path = content if name is None else save(tmp_path, name, content)
    found = []
    with pytest.raises((ReadError, CheckError)) as caught:  # noqa: PT012 -- the yields before it
        for read in stream_statements(path, bounds=bounds or Bounds(rows=100), **options):
            found.append(len(read.frame))
    return sum(found), caught.value


def test_bytes_that_are_not_utf8_are_named_by_line(tmp_path):
    text = lines(30_000, text="plain text")
    assert len(text) > 2**20  # more than is read at once
    content = text.encode().replace(b"r29000,", b"r29\xff000,")
    n_read, error = good_then(tmp_path, "s.csv", content, Bounds(rows=8000))
    assert error.row == 29_002
    assert "not UTF-8" in str(error)
    assert "s.csv" in str(error)
    assert 0 < n_read < 29_000
    damaged = lines(50, text="Türkiye").encode().replace(b"r40,", b"r4\xc3,")
    error = good_then(tmp_path, "d.csv", damaged)[1]
    assert error.row == 42
    assert "(0xC3 after 'r4')" in str(error)
    assert "iconv -c" in error.remedy
    wide = good_then(tmp_path, "w.csv", lines(3).encode("utf-16"))[1]
    assert "looks like UTF-16" in str(wide)


MARK = "a mark"


@pytest.mark.parametrize(
    ("suffix", "bad", "told"),
    [
        (".csv", "a\0b", "NUL character"),
        (".jsonl", "a\0b", "NUL character"),
        (".parquet", "a\0b", "NUL character"),
        (".jsonl", "a\ud800b", "surrogate"),
    ],
)
def test_nul_characters_and_half_surrogates_are_named_by_row(tmp_path, suffix, bad, told):
    texts = [MARK if place == 6 else "He praised Türkiye." for place in range(11)]
    texts = [text.replace(MARK, bad) if bad.isascii() else text for text in texts]
    path = as_format(tmp_path, suffix, FRAME.assign(text=texts))
    path.write_bytes(path.read_bytes().replace(MARK.encode(), rb"a\ud800b"))
    n_read, error = good_then(tmp_path, None, path, Bounds(rows=4))
    (problem,) = error.problems
    assert n_read == 4
    assert told in problem.problem
    assert (problem.row, problem.column) == (7 if suffix == ".jsonl" else 8, "text")
    reads = streamed(path, Bounds(rows=4), skip_bad=True)
    assert sum(read.n_rejected for read in reads) == 1
    assert len(joined(reads)) == 10


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_a_row_without_end_is_refused_before_it_is_held(tmp_path, suffix):
    long = "x" * 50_000
    frame = FRAME.assign(text=["He praised Türkiye."] * 10 + [long])
    path = as_format(tmp_path, suffix, frame)
    error = good_then(tmp_path, None, path, Bounds(rows=4, size=20_000))[1]
    assert isinstance(error, ReadError)
    assert error.row == (11 if suffix == ".jsonl" else 12)
    assert "more than 20,000" in str(error) or "longer than 20,000" in str(error)


def test_a_line_of_fifty_megabytes_is_refused_in_little_memory(tmp_path):
    path = tmp_path / "s.csv"
    with path.open("w") as file:
        file.write(lines(5, text="short"))
        file.write("r9,2015-11-24,RUS,TUR,A,interview,")
        for _ in range(50):
            file.write("x" * 2**20)
    tracemalloc.start()
    n_read, error = good_then(tmp_path, None, path, Bounds(rows=2, size=2**21))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (n_read, error.row) == (4, 7)
    assert peak < 30 * 2**20


def test_a_quotation_mark_that_is_never_closed_is_named(tmp_path):
    content = lines(10, text="short") + row(10, text='"never closed') + "\n" + lines(500, text="x")
    error = good_then(tmp_path, "s.csv", content, Bounds(rows=5, size=2000))[1]
    assert "quotation mark" in error.remedy
    assert "more than 2,000 characters" in str(error)


def test_ragged_rows_are_named_and_can_be_set_aside(tmp_path):
    content = lines(10, text="He praised it") + "r10,2015-11-24,RUS\n" + row(11, "a,b,c") + "\n"
    n_read, error = good_then(tmp_path, "s.csv", content, Bounds(rows=4))
    assert n_read == 8
    assert [problem.row for problem in error.problems if "fields" in problem.problem] == [12, 13]
    reads = streamed(tmp_path / "s.csv", Bounds(rows=4), skip_bad=True)
    assert [read.n_rejected for read in reads] == [0, 0, 2]


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("s.csv.gz", gzip.compress),
        ("s.csv.bz2", bz2.compress),
        ("s.csv.xz", lzma.compress),
        ("s.csv.zst", zstd),
    ],
)
def test_truncated_packed_files_give_what_they_hold_and_name_the_place(tmp_path, name, pack):
    # Random text, so that half of the packed bytes hold about half of the rows.
    texts = [os.urandom(40).hex() for _ in range(15_000)]
    plain = "\n".join([HEADER, *(row(i, text=text) for i, text in enumerate(texts))]).encode()
    packed = pack(plain)
    n_read, error = good_then(tmp_path, name, packed[: len(packed) // 2], Bounds(rows=2000))
    assert "damaged or cut off after line" in str(error)
    assert name in str(error)
    assert 0 < n_read < error.row < 15_000
    error = good_then(tmp_path, name, b"not packed at all")[1]
    assert f"'{tmp_path / name}' is no .{name.rpartition('.')[2]} file, or one that is" in str(
        error
    )
    assert "out of its name" in error.remedy


def test_parquet_that_is_cut_off_or_damaged_is_named(tmp_path):
    path = as_format(tmp_path, ".parquet", FRAME)
    content = path.read_bytes()
    for broken in (content[: len(content) // 2], content[:-5], b"PAR1"):
        n_read, error = good_then(tmp_path, "b.parquet", broken)
        assert n_read == 0
        assert "no whole Parquet file" in str(error)


def test_a_damaged_page_of_parquet_is_named_by_row(tmp_path):
    n = 2000
    texts = [os.urandom(30).hex() for _ in range(n)]
    frame = pd.concat([FRAME.iloc[:1]] * n, ignore_index=True)
    frame = frame.assign(text=texts, id=[str(place) for place in range(n)])
    path = tmp_path / "s.parquet"
    table = pa.Table.from_pandas(frame, preserve_index=False)
    # Not packed: in packed text damage may give other letters, which nobody can tell.
    pq.write_table(table, path, row_group_size=1000, compression="none", use_dictionary=False)
    group = pq.ParquetFile(path).metadata.row_group(1)
    place = group.column(frame.columns.get_loc("text")).data_page_offset
    content = bytearray(path.read_bytes())
    content[place + 200 : place + 2000] = b"\xff" * 1800
    n_read, error = good_then(tmp_path, "d.parquet", bytes(content))
    assert "is damaged after row" in str(error)
    # Without checksums the damage shows where the bytes make no sense.
    assert 1000 <= n_read <= error.row < n


def test_json_lines_are_looked_through_before_the_first_batch(tmp_path):
    items = "".join(json.dumps(one) + "\n" for one in FRAME.to_dict("records"))
    n_read, error = good_then(tmp_path, "s.jsonl", items + "{oops\n", Bounds(rows=2))
    assert (n_read, error.row) == (0, 12)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("none.csv", "There is no file"),
        ("folder.csv", "is a folder"),
        ("https://example.org/s.csv", "read in batches"),
        ("s.doc", "does not read"),
    ],
)
def test_what_cannot_be_opened_is_named(tmp_path, monkeypatch, name, told):
    (tmp_path / "folder.csv").mkdir()
    monkeypatch.chdir(tmp_path)
    assert told in str(good_then(tmp_path, None, name)[1])


def test_a_file_without_permission_is_named(tmp_path, monkeypatch):
    path = save(tmp_path, "s.csv", lines(3))
    path.chmod(0)
    if os.access(path, os.R_OK):  # root may read all files

        def refused(self, *args, **options):
            raise PermissionError(13, "Permission denied", str(self))

        monkeypatch.setattr("pathlib.Path.open", refused)
    error = good_then(tmp_path, None, path)[1]
    assert "cannot be opened: Permission denied" in str(error)
    with pytest.raises(ReadError, match="Permission denied"), open_stored(path):
        pass


def test_a_header_alone_and_an_empty_file_are_errors(tmp_path):
    assert "no statement" in str(good_then(tmp_path, "h.csv", HEADER + "\n", skip_bad=True)[1])
    assert "is empty" in str(good_then(tmp_path, "e.csv", "")[1])
    assert "is empty" in str(good_then(tmp_path, "e.jsonl", "\n\n")[1])


def test_a_missing_column_stops_even_where_bad_rows_are_set_aside(tmp_path):
    path = as_format(tmp_path, ".csv", FRAME.drop(columns="text"))
    assert "required and missing" in str(good_then(tmp_path, None, path, skip_bad=True)[1])


def test_days_after_today_are_errors_by_the_day_that_was_given(tmp_path):
    path = as_format(tmp_path, ".csv", FRAME)
    assert good_then(tmp_path, None, path, today=date(2015, 11, 23))[0] == 0
    assert len(joined(streamed(path, Bounds(), today="2015-11-24"))) == 11


def test_long_numbers_as_ids_keep_their_digits_beside_an_empty_one(tmp_path):
    numbers = pd.array([1234567890123456789, None, 1234567890123456790], dtype="Int64")
    frame = pd.DataFrame({"id": numbers, "date": "2020-01-02", "source": "RUS", "target": "TUR"})
    frame.assign(speaker="A", text="A remark.").to_parquet(tmp_path / "s.parquet")
    ids = read_statements(tmp_path / "s.parquet")["id"].tolist()
    assert (ids[0], ids[2]) == ("1234567890123456789", "1234567890123456790")


@pytest.mark.parametrize("kind", ["category", "large", "view", "number"])
def test_parquet_of_every_kind_of_text_is_read_by_what_a_row_takes(tmp_path, kind):
    # A dictionary is whole in every slice of a column, however few of its values are used.
    texts = [f"He praised Türkiye {place} times. " * 40 for place in range(60)]
    frame = pd.DataFrame(
        {
            "date": "2015-11-24",
            "source": "RUS",
            "target": "TUR",
            "speaker": [f"S{place % 3}" for place in range(60)],
            "outlet": [None if place % 7 == 3 else "TASS" for place in range(60)],
            "text": texts,
            "note": [place // 20 for place in range(60)],
        }
    )
    path = tmp_path / "s.parquet"
    if kind == "category":
        frame.astype(dict.fromkeys(["source", "outlet", "text"], "category")).to_parquet(path)
        assert pa.types.is_dictionary(pq.read_schema(path).field("text").type)
    elif kind == "number":
        note = frame["note"].astype("category")
        frame.assign(note=note).to_parquet(path)
    else:
        text = pa.large_string() if kind == "large" else pa.string_view()
        table = pa.Table.from_pandas(frame)
        place = table.schema.get_field_index("text")
        pq.write_table(table.set_column(place, "text", table["text"].cast(text)), path)
    reads = streamed(path, Bounds(rows=30, size=5000))
    assert joined(reads)["text"].tolist() == texts
    assert max(len(read.frame) for read in reads) <= 7  # two pieces of less than 5,000 each
    pd.testing.assert_frame_equal(joined(reads), read_statements(path))
    error = good_then(tmp_path, None, path, Bounds(rows=4, size=1000))[1]
    assert error.row == 2
    assert "longer than 1,000" in str(error)


@pytest.mark.parametrize(("packing", "how"), [(".gz", "gunzip"), (".zst", "unzstd")])
def test_parquet_inside_a_packed_file_is_told_with_the_way_out(tmp_path, packing, how):
    content = as_format(tmp_path, ".parquet", FRAME).read_bytes()
    packed = gzip.compress(content) if packing == ".gz" else zstd(content)
    error = good_then(tmp_path, f"s.parquet{packing}", packed)[1]
    assert f"Parquet file inside a {packing} file" in str(error)
    assert how in error.remedy


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_a_cell_beyond_any_statement_is_refused_when_all_is_read_at_once_too(tmp_path, suffix):
    frame = FRAME.assign(text=["He praised Türkiye."] * 10 + ["x" * (2**23 + 1)])
    with pytest.raises(ReadError, match="8,388,609 characters in column 'text'") as caught:
        load_statements(as_format(tmp_path, suffix, frame), skip_bad=True)
    assert caught.value.row == (11 if suffix == ".jsonl" else 12)
    assert "Cut that text into statements" in caught.value.remedy


def test_a_cell_too_long_to_be_measured_is_refused_by_its_row(tmp_path, monkeypatch):
    monkeypatch.setattr("detente._tables.formats._PARSED", 200_000)
    path = save(tmp_path, "s.csv", lines(3) + row(4, text="x" * 200_001) + "\n")
    with pytest.raises(ReadError, match="a cell is longer than any statement") as caught:
        load_statements(path)
    assert caught.value.row == 5
    assert "Cut that text into statements" in caught.value.remedy


@given(
    cells=st.lists(st.text('ab,"\n\r\u2028\x85 ', max_size=12), min_size=1, max_size=6),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    piece=st.integers(1, 40),
)
@settings(deadline=None, max_examples=150, derandomize=True)
def test_rows_do_not_depend_on_the_pieces_in_which_lines_are_found(cells, end, piece):
    quoted = ['"' + cell.replace('"', '""') + '"' for cell in cells]
    content = ("n,text" + end + end.join(f"{i},{cell}" for i, cell in enumerate(quoted))).encode()
    whole = formats.rows_from_bytes(content, ".csv", "s.csv")
    with mock.patch.object(formats, "_PIECE", piece):
        assert formats.rows_from_bytes(content, ".csv", "s.csv") == whole
    assert whole.columns[1] == cells

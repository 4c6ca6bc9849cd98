"""Rows of text cells from the bytes of each file format."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

import numpy as np
import pandas as pd

from detente._tables.encoding import decoded
from detente.errors import ReadError

__all__ = ["SUFFIXES", "Rows", "cell_text", "column_text", "rows_from_bytes", "rows_from_frame"]

#: Suffixes that can be read; text formats also with .gz, .bz2 or .xz behind.
SUFFIXES = (".csv", ".tsv", ".jsonl", ".ndjson", ".parquet", ".xlsx")

#: Largest limit that the csv module takes on every machine.
_LONGEST_CELL = 2**31 - 1


@dataclass(frozen=True)
class Rows:
    """Raw cells of a file.

    Parameters
    ----------
    header : list of str
        Column names as they stand in the file.
    columns : list of list of str
        The cells of each column; "" where empty.
    numbers : list of int
        Row of each cell as a spreadsheet shows it; for JSON lines the line.
    uneven : dict of int to int
        Row -> number of fields found, for rows with too many or too few.
    """

    header: list[str]
    columns: list[list[str]]
    numbers: list[int]
    uneven: dict[int, int] = field(default_factory=dict)


def cell_text(value: object) -> str:
    """Return the text of one typed cell.

    Examples
    --------
    >>> cell_text(datetime(2015, 11, 24)), cell_text(3.0), cell_text(None), cell_text(True)
    ('2015-11-24', '3', '', 'true')
    """
    match value:
        case str():
            return value
        case None:
            return ""
        case bool() | np.bool_():
            return "true" if value else "false"
        case datetime():
            if pd.isna(value):
                return ""
            return value.date().isoformat() if value.time() == time() else value.isoformat()
        case date():
            return value.isoformat()
        case float() | np.floating():
            if np.isnan(value):
                return ""
            return str(int(value)) if float(value).is_integer() else str(value)
        case bytes():
            return value.decode("utf-8", "replace")
        case list() | tuple() | dict():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return "" if value is pd.NA or value is pd.NaT else str(value)


def column_text(column: pd.Series) -> list[str]:
    """Return the cells of a typed column as text; a day where a date has no time."""
    if isinstance(column.dtype, pd.StringDtype):
        cells: list[str] = column.fillna("").tolist()
        return cells
    if isinstance(column.dtype, np.dtype) and column.dtype.kind == "M":
        day = column.to_numpy().astype("datetime64[D]")
        if (column.isna() | (column == day)).all():
            return np.where(np.isnat(day), "", np.datetime_as_string(day)).tolist()  # type: ignore[no-any-return]
    return [cell_text(value) for value in column.astype(object)]


def rows_from_frame(frame: pd.DataFrame) -> Rows:
    """Return the cells of a frame; its first row counts as row 2, as if it were saved."""
    return Rows(
        [str(name) for name in frame.columns],
        [column_text(frame.iloc[:, place]) for place in range(frame.shape[1])],
        list(range(2, len(frame) + 2)),
    )


def rows_from_bytes(content: bytes, suffix: str, file: str) -> Rows:
    """Parse the bytes of a file by its suffix.

    Parameters
    ----------
    content : bytes
        The unpacked file.
    suffix : str
        One of `SUFFIXES`.
    file : str
        The file as the user named it, for messages.

    Returns
    -------
    Rows
        The cells as text; rows without any content are left out.

    Raises
    ------
    ReadError
        The file is empty, damaged, of another encoding or format.
    """
    if not content.strip():
        raise _empty(file)
    match suffix:
        case ".csv":
            return _delimited(decoded(content, file), ",", file)
        case ".tsv":
            return _delimited(decoded(content, file), "\t", file)
        case ".jsonl" | ".ndjson":
            return _json_lines(decoded(content, file), file)
        case ".parquet":
            return _parquet(content, file)
        case _:
            return _excel(content, file)


def _empty(file: str) -> ReadError:
    return ReadError(
        f"'{file}' is empty.", file=file, remedy="Give it a header line and a row per item."
    )


def _records(text: str, delimiter: str, file: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    row = 0
    # A cell may be as long as the file; the limit is one for the whole process, and goes back.
    limit = csv.field_size_limit()
    csv.field_size_limit(min(max(limit, len(text)), _LONGEST_CELL))
    try:
        for record in reader:
            row += 1
            yield record
    except csv.Error as error:
        reason, remedy = _way_out(str(error))
        raise ReadError(
            f"'{file}' cannot be read from row {row + 1}: {reason}.",
            file=file,
            row=row + 1,
            remedy=remedy,
        ) from error
    finally:
        csv.field_size_limit(limit)


def _way_out(reason: str) -> tuple[str, str]:
    """Say in a reader's words what the csv module found, and what to do about it."""
    doubled = 'Write a quotation mark inside a quoted cell twice: "He said ""no"".".'
    if "unexpected end" in reason:
        return "a cell opens with a quotation mark that is never closed", doubled
    if "expected after" in reason:
        return "a quotation mark stands inside a quoted cell without being doubled", doubled
    return reason, "Correct that row, or export the file anew."


def _delimited(text: str, delimiter: str, file: str) -> Rows:
    _refuse_other_separator(text, delimiter, file)
    return _grid(_records(text, delimiter, file), file)


def _grid(records: Iterable[list[str]], file: str) -> Rows:
    """Set records below their header; blank ones are passed over but counted."""
    numbered = (
        (row, record) for row, record in enumerate(records, start=1) if "".join(record).strip()
    )
    _, header = next(numbered, (0, []))
    if not header:
        raise _empty(file)
    width = len(header)
    while not header[width - 1].strip():  # empty columns at the right edge
        width -= 1
    names = [name.strip() or f"column {place}" for place, name in enumerate(header[:width], 1)]
    numbers: list[int] = []
    kept: list[list[str]] = []
    uneven: dict[int, int] = {}
    for row, record in numbered:
        if len(record) != width:
            if len(record) < width or "".join(record[width:]).strip():
                uneven[row] = len(record)
            record = (record + [""] * (width - len(record)))[:width]
        numbers.append(row)
        kept.append(record)
    columns = [list(cells) for cells in zip(*kept, strict=True)] or [[] for _ in names]
    return Rows(names, columns, numbers, uneven)


def _refuse_other_separator(text: str, delimiter: str, file: str) -> None:
    header = text.lstrip().partition("\n")[0]
    others = {";": "semicolons", "\t": "tabs", "|": "upright strokes", ",": "commas"}
    for other, name in others.items():
        if header.count(other) > max(1, header.count(delimiter)):
            ways = {"\t": " or name the file .tsv", ",": " or name the file .csv"}.get(other, "")
            raise ReadError(
                f"The columns of '{file}' are separated by {name}, not by {others[delimiter]}.",
                file=file,
                row=1,
                remedy=f"Save it with {others[delimiter]}{ways}, or as an Excel file (.xlsx).",
            )


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    item = dict(pairs)
    if len(item) < len(pairs):
        raise ValueError("a name occurs twice in the object")
    return item


def _json_lines(text: str, file: str) -> Rows:
    # Numbers stay as they are written; a decoder is made once, not for each line.
    decoder = json.JSONDecoder(
        object_pairs_hook=_unique_keys, parse_int=str, parse_float=str, parse_constant=lambda _: ""
    )
    numbers: list[int] = []
    items: list[dict[str, Any]] = []
    for number, line in enumerate(re.split("\r\n|\n|\r", text), start=1):
        if not line.strip():
            continue
        try:
            item = decoder.decode(line.strip())
        except ValueError as error:
            raise ReadError(
                f"Line {number} of '{file}' is no JSON object: {error}.",
                file=file,
                row=number,
                remedy='Write one object a line: {"date": "2015-11-24", ...}.',
            ) from error
        if not isinstance(item, dict):
            raise ReadError(
                f"Line {number} of '{file}' is no JSON object but {_json_kind(item)}.",
                file=file,
                row=number,
                remedy='Write one object a line: {"date": "2015-11-24", ...}.',
            )
        numbers.append(number)
        items.append(item)
    if not items:
        raise _empty(file)
    header = list(dict.fromkeys(name for item in items for name in item))
    columns = [[cell_text(item.get(name)) for item in items] for name in header]
    return Rows([name.strip() for name in header], columns, numbers)


def _json_kind(item: object) -> str:
    return {list: "a list", str: "a text", bool: "true or false"}.get(type(item), "a bare value")


def _parquet(content: bytes, file: str) -> Rows:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(io.BytesIO(content))
        frame = table.to_pandas(ignore_metadata=True)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise ReadError(
            f"'{file}' is no whole Parquet file; it is damaged or cut off.",
            file=file,
            remedy="Copy or write it again.",
        ) from error
    # A frame's own row labels, which pandas stores beside its columns.
    return rows_from_frame(frame.loc[:, ~frame.columns.str.match(r"__index_level_\d+__$")])


def _excel(content: bytes, file: str) -> Rows:
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except Exception as error:  # openpyxl lets zip, XML and key errors through
        raise ReadError(
            f"'{file}' is no Excel workbook (.xlsx); it is damaged, protected or something else.",
            file=file,
            remedy="Open it in a spreadsheet and save it as .xlsx without a password, or as CSV.",
        ) from error
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what a file says of its size may be wrong
        records = [_excel_record(cells) for cells in sheet.iter_rows(values_only=True)]
    finally:
        book.close()
    width = max((len(record) for record in records), default=0)
    return _grid((record + [""] * (width - len(record)) for record in records), file)


def _excel_record(cells: Sequence[object]) -> list[str]:
    return [cell_text(value) for value in cells]

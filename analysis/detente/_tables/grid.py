"""Rows of text cells from records and JSON objects, all at once or in batches."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

import numpy as np
import pandas as pd

from detente.errors import ReadError

__all__ = [
    "Bounds",
    "Rows",
    "cell_text",
    "csv_records",
    "empty_file",
    "grids",
    "json_items",
    "json_rows",
    "refuse_other_separator",
]

#: Largest limit that the csv module takes on every machine.
_LONGEST_CELL = 2**31 - 1

_ONE_A_LINE = 'Write one object a line: {"date": "2015-11-24", ...}.'


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


@dataclass(frozen=True)
class Bounds:
    """How much is held at once.

    Parameters
    ----------
    rows : int, default 32,768
        Rows of a batch, at least 1.
    size : int, default 8,388,608
        Characters (of Parquet: bytes) from which a batch is closed, at least 1; a single row
        may not be longer.
    """

    rows: int = 32_768
    size: int = 2**23


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


def empty_file(file: str) -> ReadError:
    """Return the error of a file without content."""
    return ReadError(
        f"'{file}' is empty.", file=file, remedy="Give it a header line and a row per item."
    )


def csv_records(
    lines: Iterable[str], delimiter: str, file: str, *, longest: int
) -> Iterator[list[str]]:
    """Yield the fields of each row of delimited lines; no cell is longer than `longest`."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    row = 0
    # A cell may be as long as the file; the limit is one for the whole process, and goes back.
    limit = csv.field_size_limit()
    csv.field_size_limit(min(max(limit, longest), _LONGEST_CELL))
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
    if "larger than field limit" in reason:
        return (
            "a cell is longer than any statement",
            "Cut that text into statements; or close a quotation mark that was opened before it "
            "and never closed.",
        )
    return reason, "Correct that row, or export the file anew."


def grids(records: Iterable[list[str]], file: str, bounds: Bounds | None = None) -> Iterator[Rows]:
    """Set records below their header, in batches; blank ones are passed over but counted.

    Parameters
    ----------
    records : iterable of list of str
        The fields of each row, the header first.
    file : str
        The file as the user named it.
    bounds : Bounds, optional
        Rows and characters of a batch; default: all in one.

    Yields
    ------
    Rows
        At least one, which has no row where the file has a header alone.

    Raises
    ------
    ReadError
        There is no header.
    """
    numbered = (
        (row, record) for row, record in enumerate(records, start=1) if "".join(record).strip()
    )
    _, header = next(numbered, (0, []))
    if not header:
        raise empty_file(file)
    width = len(header)
    while not header[width - 1].strip():  # empty columns at the right edge
        width -= 1
    names = [name.strip() or f"column {place}" for place, name in enumerate(header[:width], 1)]

    def rows() -> Rows:
        columns = [list(cells) for cells in zip(*kept, strict=True)] or [[] for _ in names]
        return Rows(names, columns, numbers, uneven)

    numbers: list[int] = []
    kept: list[list[str]] = []
    uneven: dict[int, int] = {}
    size, n_yielded = 0, 0
    for row, record in numbered:
        if len(record) != width:
            if len(record) < width or "".join(record[width:]).strip():
                uneven[row] = len(record)
            record = (record + [""] * (width - len(record)))[:width]
        numbers.append(row)
        kept.append(record)
        if bounds is None:
            continue
        size += sum(map(len, record))
        if len(kept) >= bounds.rows or size >= bounds.size:
            yield rows()
            n_yielded += 1
            numbers, kept, uneven, size = [], [], {}, 0
    if kept or not n_yielded:
        yield rows()


def refuse_other_separator(text: str, delimiter: str, file: str) -> None:
    """Refuse a text whose header is separated by another character."""
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


def json_items(lines: Iterable[tuple[int, str]], file: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the object of each numbered line that is not blank."""
    # Numbers stay as they are written; a decoder is made once, not for each line.
    decoder = json.JSONDecoder(
        object_pairs_hook=_unique_keys, parse_int=str, parse_float=str, parse_constant=lambda _: ""
    )
    for number, line in lines:
        if not line.strip():
            continue
        try:
            item = decoder.decode(line.strip())
        except (ValueError, RecursionError) as error:
            raise _no_object(number, file, f": {error}") from error
        if not isinstance(item, dict):
            raise _no_object(number, file, f" but {_json_kind(item)}")
        yield number, item


def json_rows(items: Sequence[tuple[int, dict[str, Any]]], header: Sequence[str]) -> Rows:
    """Set numbered objects below a header."""
    columns = [[cell_text(item.get(name)) for _, item in items] for name in header]
    return Rows([name.strip() for name in header], columns, [number for number, _ in items])


def _no_object(number: int, file: str, why: str) -> ReadError:
    return ReadError(
        f"Line {number} of '{file}' is no JSON object{why}.",
        file=file,
        row=number,
        remedy=_ONE_A_LINE,
    )


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    item = dict(pairs)
    if len(item) < len(pairs):
        raise ValueError("a name occurs twice in the object")
    return item


def _json_kind(item: object) -> str:
    return {list: "a list", str: "a text", bool: "true or false"}.get(type(item), "a bare value")

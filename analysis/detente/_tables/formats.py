"""Rows of text cells from the bytes of each file format."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pandas as pd

from detente._tables.encoding import decoded
from detente._tables.grid import (
    Bounds,
    Rows,
    cell_text,
    csv_records,
    empty_file,
    grids,
    json_items,
    json_rows,
    refuse_other_separator,
)
from detente.errors import ReadError

__all__ = [
    "SUFFIXES",
    "Rows",
    "column_text",
    "index_columns",
    "rows_from_bytes",
    "rows_from_frame",
]

#: Suffixes that can be read; text formats also with .gz, .bz2, .xz or .zst behind.
SUFFIXES = (".csv", ".tsv", ".jsonl", ".ndjson", ".parquet", ".xlsx")


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
        The file is empty, damaged, of another encoding or format, or has a cell that is longer
        than any statement.
    """
    if not content.strip():
        raise empty_file(file)
    match suffix:
        case ".csv":
            rows = _delimited(decoded(content, file), ",", file)
        case ".tsv":
            rows = _delimited(decoded(content, file), "\t", file)
        case ".jsonl" | ".ndjson":
            rows = _json_lines(decoded(content, file), file)
        case ".parquet":
            rows = _parquet(content, file)
        case _:
            rows = _excel(content, file)
    _refuse_long(rows, file)
    return rows


def _refuse_long(rows: Rows, file: str) -> None:
    """Refuse a cell beyond any statement; scoring one takes a hundred times its length."""
    longest = Bounds().size
    for name, cells in zip(rows.header, rows.columns, strict=True):
        if max(map(len, cells), default=0) <= longest:
            continue
        row, n = next(
            (row, len(cell))
            for row, cell in zip(rows.numbers, cells, strict=True)
            if len(cell) > longest
        )
        raise ReadError(
            f"Row {row} of '{file}' has {n:,} characters in column '{name}'; "
            f"at most {longest:,} are read.",
            file=file,
            row=row,
            remedy="Cut that text into statements; or close a quotation mark that was opened "
            "before it and never closed.",
        )


#: Characters of a cell that are taken in so that it can be refused by its column and length. The
#: csv module takes eight bytes each; of a longer cell the row alone is told.
_PARSED = 4 * Bounds().size - 1

#: Characters that are cut into lines at once.
_PIECE = 2**20


def _delimited(text: str, delimiter: str, file: str) -> Rows:
    refuse_other_separator(text, delimiter, file)
    records = csv_records(_lines(text), delimiter, file, longest=min(len(text), _PARSED))
    return _grid(records, file)


def _lines(text: str) -> Iterator[str]:
    """Yield the lines with their ends, from pieces: a stream takes four bytes a character."""
    begin = 0
    while begin < len(text):
        end = text.rfind("\n", begin, begin + _PIECE) + 1 or text.find("\n", begin) + 1 or len(text)
        piece = text[begin:end]
        if len(piece) > _PIECE:
            yield from re.findall("[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+", piece)
        else:
            yield from io.StringIO(piece, newline="")
        begin = end


def _grid(records: Iterable[list[str]], file: str) -> Rows:
    return next(grids(records, file))


def _json_lines(text: str, file: str) -> Rows:
    items = list(json_items(enumerate(re.split("\r\n|\n|\r", text), start=1), file))
    if not items:
        raise empty_file(file)
    return json_rows(items, list(dict.fromkeys(name for _, item in items for name in item)))


def _parquet(content: bytes, file: str) -> Rows:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(io.BytesIO(content))
        frame = table.to_pandas(ignore_metadata=True, integer_object_nulls=True)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise ReadError(
            f"'{file}' is no whole Parquet file; it is damaged or cut off.",
            file=file,
            remedy="Copy or write it again.",
        ) from error
    return rows_from_frame(frame.loc[:, ~np.array(index_columns(frame.columns), dtype=bool)])


def index_columns(names: Iterable[str]) -> list[bool]:
    """Tell which columns are a frame's own row labels, which pandas stores beside the others."""
    return [re.fullmatch(r"__index_level_\d+__", name) is not None for name in names]


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

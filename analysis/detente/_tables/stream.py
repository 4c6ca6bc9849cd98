"""Rows of a file of any size, a few at a time: bounded by number and by length."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from os import fspath
from typing import Any

from detente._checks import Problem, Problems
from detente._tables.formats import index_columns, rows_from_bytes, rows_from_frame
from detente._tables.grid import (
    Bounds,
    Rows,
    csv_records,
    empty_file,
    grids,
    json_items,
    json_rows,
    refuse_other_separator,
)
from detente._tables.lines import BLOCK, Lines
from detente._tables.storage import FilePath, open_stored, split_suffixes
from detente._tables.table import Table, known_suffixes, table_from_rows
from detente.errors import ReadError

__all__ = ["Batch", "read_batches"]

#: Lines that are looked through for their names between two times that it is told.
_MANY = 4096

#: Rows of Parquet decoded at once, before it is known how long they are.
_FEW = 1024


@dataclass(frozen=True)
class Batch:
    """Some consecutive rows of a file.

    Parameters
    ----------
    file : str
        The file as the user named it.
    number : int
        Of this batch, from 1.
    first : int
        Place of its first row among all rows of the file, from 1.
    rows : Rows
        The cells.
    share_read : float
        How much of the stored file was read when the batch was full, in [0, 1].
    problems : tuple of Problem
        What is known to be wrong with rows before they are looked at as a table.
    """

    file: str
    number: int
    first: int
    rows: Rows
    share_read: float
    problems: tuple[Problem, ...] = ()

    def table(self) -> Table:
        """Return the cells as a table, without a digest."""
        found = table_from_rows(self.rows, self.file, "")
        problems = found.problems + Problems((*self.problems, *self._unwritable()))
        return replace(found, problems=problems, first=self.first)

    def _unwritable(self) -> Iterator[Problem]:
        """Yield the cells that no text file can hold, the first of each row."""
        told: set[int] = set()
        for name, cells in zip(self.rows.header, self.rows.columns, strict=True):
            text = "".join(cells)
            if "\0" not in text and _is_unicode(text):
                continue
            for row, cell in zip(self.rows.numbers, cells, strict=True):
                has_nul = "\0" in cell
                if row in told or not (has_nul or not _is_unicode(cell)):
                    continue
                told.add(row)
                yield Problem(
                    "error",
                    "The cell has a NUL character, as a damaged file has."
                    if has_nul
                    else "The cell has half of a surrogate pair, which is no character.",
                    "Remove it, or take the text from its origin again.",
                    file=self.file,
                    row=row,
                    column=name,
                    value=ascii(cell[:40])[1:-1],
                )


def _is_unicode(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def read_batches(
    path: FilePath, bounds: Bounds | None = None, look: Callable[[float], None] | None = None
) -> Iterator[Batch]:
    """Read a file a few rows at a time.

    Parameters
    ----------
    path : str or path-like
        A file of this machine: CSV, TSV, JSON lines (also with `.gz`, `.bz2`, `.xz` or
        `.zst`) or Parquet; an Excel file is read at once.
    bounds : Bounds, optional
        Largest number of rows and characters of a batch, and length of a row.
    look : callable, optional
        Called with the share of the file, in [0, 1], that was looked through for the names of
        its columns before the first batch.

    Yields
    ------
    Batch
        At least one; where the file is unchanged always the same ones.

    Raises
    ------
    ReadError
        The file cannot be opened, is damaged or cut off, not UTF-8, no table, or has a row
        longer than a batch may be; the place is named. Batches before that were given out.

    Notes
    -----
    JSON lines are read twice: the columns are all names that occur anywhere in the file.
    """
    bounds = bounds or Bounds()
    file = fspath(path)
    suffix, _ = known_suffixes(file)
    match suffix:
        case ".csv" | ".tsv":
            found = _delimited(file, "," if suffix == ".csv" else "\t", bounds)
        case ".jsonl" | ".ndjson":
            found = _json_lines(file, bounds, look)
        case ".parquet":
            found = _parquet(file, bounds)
        case _:
            found = _excel(file, suffix, bounds)
    first = 1
    for number, (rows, share_read) in enumerate(found, start=1):
        yield Batch(file, number, first, rows, share_read)
        first += len(rows.numbers)


def _delimited(file: str, delimiter: str, bounds: Bounds) -> Iterator[tuple[Rows, float]]:
    lines = Lines(file, bounds)
    records = csv_records(_with_header(lines, delimiter), delimiter, file, longest=bounds.size)

    def each() -> Iterator[list[str]]:
        for record in records:
            lines.length = 0
            yield record

    for rows in grids(each(), file, bounds):
        yield rows, lines.share_read


def _with_header(lines: Lines, delimiter: str) -> Iterator[str]:
    """Pass lines on, and look at the first that is not blank."""
    is_seen = False
    for line in lines:
        if not is_seen and line.strip():
            refuse_other_separator(line, delimiter, lines.file)
            is_seen = True
        yield line


def _json_lines(
    file: str, bounds: Bounds, look: Callable[[float], None] | None
) -> Iterator[tuple[Rows, float]]:
    names: dict[str, None] = {}
    lines = Lines(file, bounds)
    for number, item in json_items(_numbered(lines), file):
        names.update(dict.fromkeys(item))
        if look is not None and not number % _MANY:
            look(lines.share_read)
    if not names:
        raise empty_file(file)
    lines = Lines(file, bounds)
    size = 0
    kept = []
    for number, item in json_items(_numbered(lines), file):
        kept.append((number, item))
        size += lines.n_last
        if len(kept) >= bounds.rows or size >= bounds.size:
            yield json_rows(kept, list(names)), lines.share_read
            kept, size = [], 0
    if kept:
        yield json_rows(kept, list(names)), 1.0


def _numbered(lines: Lines) -> Iterator[tuple[int, str]]:
    for line in lines:
        lines.length = 0
        yield lines.line, line


def _parquet(file: str, bounds: Bounds) -> Iterator[tuple[Rows, float]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    damage = (pa.ArrowException, OSError, ValueError)
    _refuse_packed(file)
    n_done = 0
    with open_stored(file) as (_, stored):
        try:
            # Without buffers over whole row groups: these may be as large as the file.
            found = pq.ParquetFile(
                stored, pre_buffer=False, buffer_size=BLOCK, page_checksum_verification=True
            )
        except damage as error:
            raise ReadError(
                f"'{file}' is no whole Parquet file; it is damaged or cut off.",
                file=file,
                remedy="Copy or write it again.",
            ) from error
        n_rows = found.metadata.num_rows
        names = [name for name in found.schema_arrow.names if not index_columns([name])[0]]
        few = found.iter_batches(batch_size=min(_FEW, bounds.rows), columns=names)
        kept: list[Any] = []
        n_kept = size = 0

        def rows() -> tuple[Rows, float]:
            table = pa.Table.from_batches(kept, schema=kept[0].schema if kept else None)
            frame = table.replace_schema_metadata().to_pandas(integer_object_nulls=True)
            numbers = list(range(n_done - n_kept + 2, n_done + 2))
            return replace(rows_from_frame(frame), numbers=numbers), n_done / max(1, n_rows)

        while True:
            try:
                piece = next(few, None)
            except damage as error:
                raise ReadError(
                    f"'{file}' is damaged after row {n_done + 1}: {error}.",
                    file=file,
                    row=n_done + 1,
                    remedy="Copy or write it again.",
                ) from error
            if piece is None:
                break
            for part in map(_spelled_out, _cut(piece, bounds, file, n_done)):
                kept.append(part)
                n_done += part.num_rows
                n_kept += part.num_rows
                size += _length(part)
                if n_kept >= bounds.rows or size >= bounds.size:
                    yield rows()
                    kept, n_kept, size = [], 0, 0
        if kept:
            yield rows()
        elif not n_done:
            yield rows_from_frame(found.schema_arrow.empty_table().select(names).to_pandas()), 1.0


def _refuse_packed(file: str) -> None:
    """Refuse Parquet inside a packed file, which cannot be read from its end."""
    packing = split_suffixes(file)[1]
    if packing:
        how = {".gz": "gunzip", ".bz2": "bunzip2", ".xz": "unxz", ".zst": "unzstd"}[packing]
        raise ReadError(
            f"'{file}' is a Parquet file inside a {packing} file, which cannot be read in batches.",
            file=file,
            remedy=f"Unpack it first ({how}); inside, Parquet is packed already.",
        )


def _length(piece: Any) -> int:
    """Return how many bytes a piece of Parquet takes once its dictionaries are spelled out."""
    return sum(map(_column_length, piece.columns))


def _column_length(column: Any) -> int:
    import pyarrow as pa
    import pyarrow.compute as pc

    if not pa.types.is_dictionary(column.type):
        return int(_viewless(column).nbytes)
    # A slice of it still has every value of the dictionary, used or not.
    values = _viewless(column.dictionary)
    if not _is_text(values.type):  # numbers and days, all of one length
        return int(len(column) * values.nbytes / max(1, len(values)))
    return int(pc.sum(pc.binary_length(values).take(column.indices)).as_py() or 0)


def _is_text(kind: Any) -> bool:
    import pyarrow as pa

    return kind in (pa.string(), pa.large_string(), pa.binary(), pa.large_binary())


def _viewless(column: Any) -> Any:
    """Return text that is kept as views into shared buffers as text of its own."""
    import pyarrow as pa

    plain = {pa.string_view(): pa.large_string(), pa.binary_view(): pa.large_binary()}
    return column.cast(plain[column.type]) if column.type in plain else column


def _spelled_out(piece: Any) -> Any:
    """Put the values of dictionaries, as those of categories, in the place of their numbers."""
    import pyarrow as pa

    for place, field in enumerate(piece.schema):
        column = _viewless(piece.column(place))
        if pa.types.is_dictionary(column.type):
            column = _viewless(column.dictionary_decode())
        if column.type != field.type:
            piece = piece.set_column(place, field.name, column)
    return piece


def _cut(piece: Any, bounds: Bounds, file: str, n_before: int) -> Iterator[Any]:
    """Halve a piece of Parquet until no part is too long, and refuse a row that is."""
    if _length(piece) <= bounds.size:
        yield piece
    elif piece.num_rows > 1:
        half = piece.num_rows // 2
        yield from _cut(piece.slice(0, half), bounds, file, n_before)
        yield from _cut(piece.slice(half), bounds, file, n_before + half)
    else:
        raise ReadError(
            f"Row {n_before + 2} of '{file}' is longer than {bounds.size:,} bytes.",
            file=file,
            row=n_before + 2,
            remedy="Cut its text into statements.",
        )


def _excel(file: str, suffix: str, bounds: Bounds) -> Iterator[tuple[Rows, float]]:
    with open_stored(file) as (content, _):
        found = rows_from_bytes(content.read(), suffix, file)
    n_rows = len(found.numbers)
    for start in range(0, n_rows or 1, bounds.rows):
        part = slice(start, start + bounds.rows)
        numbers = found.numbers[part]
        kept = set(numbers)
        uneven = {row: n for row, n in found.uneven.items() if row in kept}
        columns = [cells[part] for cells in found.columns]
        yield Rows(found.header, columns, numbers, uneven), min(1.0, part.stop / max(1, n_rows))

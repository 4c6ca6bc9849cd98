"""A table of raw text cells, from a file or from a frame."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from os import PathLike, fspath

import pandas as pd

from detente._checks import Problem, Problems
from detente._tables.formats import SUFFIXES, Rows, rows_from_bytes, rows_from_frame
from detente._tables.storage import FilePath, read_bytes, split_suffixes, unpacked
from detente.errors import BadArgumentError, ReadError, did_you_mean

__all__ = [
    "INVISIBLE",
    "Column",
    "Table",
    "as_table",
    "known_suffixes",
    "listed",
    "read_table",
    "sound",
    "table_from_frame",
    "table_from_rows",
]

#: Characters that show nothing: white space, and marks of zero width.
INVISIBLE = (
    "".join(char for char in map(chr, range(0x3001)) if char.isspace())
    + "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
)


@dataclass(frozen=True, slots=True)
class Column:
    """What a schema says of one column.

    Parameters
    ----------
    name : str
        Name in the schema.
    is_required : bool
        Whether a file must have it.
    meaning : str
        What a cell says, as a sentence.
    values : str
        Form, unit or values of a cell.
    example : str
        One good cell.
    vocabulary : tuple of str
        The known values; empty where any text may stand.
    """

    name: str
    is_required: bool
    meaning: str
    values: str
    example: str
    vocabulary: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """Raw cells of one file or frame, all text.

    Parameters
    ----------
    cells : DataFrame
        Columns as named in the file; "" where a cell is empty; the row labels are the rows
        as a spreadsheet shows them (the header is row 1; for JSON lines the line).
    file : str
        The file as the user named it; "" for a frame.
    digest : str
        SHA-256 of the stored bytes, hexadecimal; "" for a frame.
    problems : Problems
        Rows with too many or too few fields.
    first : int, default 1
        Place of the first row among all rows of the file, where the cells are a part of it.
    """

    cells: pd.DataFrame
    file: str
    digest: str
    problems: Problems
    first: int = 1


def read_table(path: FilePath) -> Table:
    """Read a CSV, TSV, JSON lines, Parquet or Excel file as text.

    Parameters
    ----------
    path : str or path-like
        Path or URL; the suffix says the format, `.gz`, `.bz2`, `.xz` and `.zst` are unpacked. Of a
        workbook the first sheet is read.

    Returns
    -------
    Table
        Every cell as it stands in the file.

    Raises
    ------
    ReadError
        The file is missing, empty, damaged, not UTF-8 or of no known format, or names a
        column twice.
    """
    if not isinstance(path, (str, PathLike)):
        raise BadArgumentError(
            f"A path or a frame is needed, but {path!r} was received.",
            remedy="Give the name of a file.",
        )
    file = fspath(path)
    # The suffix is looked at first: what cannot be read need not be fetched.
    suffix, packing = known_suffixes(file)
    stored = read_bytes(path)
    rows = rows_from_bytes(unpacked(stored, packing, file), suffix, file)
    return table_from_rows(rows, file, hashlib.sha256(stored).hexdigest())


def known_suffixes(file: str) -> tuple[str, str]:
    """Return the suffixes of format and packing, and refuse a file of no known format."""
    suffix, packing = split_suffixes(file)
    if suffix not in SUFFIXES:
        accepted = (
            f"Accepted are {', '.join(SUFFIXES)}; text files also with .gz, .bz2, .xz or .zst."
        )
        raise ReadError(
            f"'{file}' has the suffix '{suffix}', which detente does not read."
            if suffix
            else f"'{file}' has no suffix that tells its format.",
            file=file,
            remedy=f"{did_you_mean(suffix, SUFFIXES)} {accepted}".strip(),
        )
    return suffix, packing


def as_table(frame_or_path: pd.DataFrame | FilePath) -> Table:
    """Return the cells of a frame, or of the file that a path names."""
    if isinstance(frame_or_path, pd.DataFrame):
        return table_from_frame(frame_or_path)
    return read_table(frame_or_path)


def table_from_frame(frame: pd.DataFrame) -> Table:
    """Return the cells of a frame, typed or raw, as text.

    Parameters
    ----------
    frame : DataFrame
        One row per item; unchanged.

    Returns
    -------
    Table
        The first row counts as row 2, as if the frame were saved.

    Raises
    ------
    ReadError
        Two columns have the same name.
    """
    return table_from_rows(rows_from_frame(frame), "", "")


def table_from_rows(rows: Rows, file: str, digest: str) -> Table:
    """Return the cells of a file as a table, with what is wrong with their form."""
    header = [name.strip(INVISIBLE) for name in rows.header]
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise ReadError(
            f"{repr(file) if file else 'The frame'} has more than one column {listed(twice)}.",
            file=file,
            row=1,
            remedy="Rename or remove all but one.",
        )
    numbers = pd.Index(rows.numbers, dtype="int64", name="row")
    cells = pd.DataFrame(
        {
            name: pd.Series(sound(column), index=numbers, dtype="str")
            for name, column in zip(header, rows.columns, strict=True)
        },
        index=numbers,
    )
    problems = (
        Problem(
            "error",
            f"The row has {found} fields where the header has {len(header)}.",
            "Put cells that hold a separator or a line break in quotation marks; "
            "leave an empty field where a cell is empty.",
            file=file,
            row=row,
        )
        for row, found in rows.uneven.items()
    )
    return Table(cells, file, digest, Problems(problems))


def sound(cells: list[str]) -> list[str]:
    """Replace halves of surrogate pairs, which no UTF-8 can hold, by U+FFFD."""
    try:
        "".join(cells).encode("utf-8")
    except UnicodeEncodeError:
        return [
            cell.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for cell in cells
        ]
    return cells


def listed(names: Iterable[str]) -> str:
    """Return names in quotation marks with commas between."""
    return ", ".join(f"'{name}'" for name in names)

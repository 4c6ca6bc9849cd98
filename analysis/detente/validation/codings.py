"""Codings: what readers judged of each statement, who they were, and how rows were drawn."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from detente import wording
from detente._checks import Problems
from detente._tables import FilePath, Table, as_table, read_table
from detente.errors import BadArgumentError, CheckError
from detente.validation.codebook import CODER_TYPES, COLUMNS, LARGEST_CODE, assess

__all__ = [
    "CODER_TYPES",
    "COLUMNS",
    "as_codings",
    "check_codings",
    "coder_types",
    "describe_coders",
    "gold_tone",
    "read_codings",
]

#: Small numbers are written out.
_NUMBER_WORDS = (
    *("", wording.mark("one"), wording.mark("two"), wording.mark("three"), wording.mark("four")),
    *(wording.mark("five"), wording.mark("six"), wording.mark("seven"), wording.mark("eight")),
    wording.mark("nine"),
)


def read_codings(path: FilePath, columns: Mapping[str, str] | None = None) -> pd.DataFrame:
    r"""Read codings from a file and refuse a file with errors.

    Parameters
    ----------
    path : str or path-like
        CSV, TSV, JSON lines, Parquet or Excel file (by its suffix; text formats also with
        `.gz`, `.bz2` or `.xz`), on this machine or at a URL. Text must be UTF-8.
    columns : mapping of str to str, optional
        Schema name -> name in the file, where they differ.

    Returns
    -------
    DataFrame
        One row per statement and coder: `id`, `coder`, `code` (integer, -3 to +3),
        `coder_type` ("human" or "machine"), `pi` (in (0, 1]; 1 where the file has no such
        column), then the other columns of the file as text.

    Raises
    ------
    ReadError
        The file cannot be read as a table at all.
    CheckError
        Rows or columns break the schema; the error lists all of them.
    MissingExtraError
        Reading from the network needs an optional part.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp()) / "codings.csv"
    >>> _ = path.write_text("id,coder,code,coder_type,pi\na,A,-2,machine,0.5\n")
    >>> read_codings(path)
      id coder  code coder_type   pi
    0  a     A    -2    machine  0.5
    """
    return _typed(read_table(path), columns)


def check_codings(
    frame_or_path: pd.DataFrame | FilePath,
    statements: pd.DataFrame | None = None,
    *,
    columns: Mapping[str, str] | None = None,
) -> Problems:
    """Check codings against the schema and tell every problem at once.

    Parameters
    ----------
    frame_or_path : DataFrame, str or path-like
        Codings, typed or raw, or the file that holds them. A frame is not changed; its
        first row counts as row 2.
    statements : DataFrame, optional
        The statements with their column `id`; a coding of any other id is an error.
    columns : mapping of str to str, optional
        Schema name -> name in the file, where they differ.

    Returns
    -------
    Problems
        Errors: a code that is no integer or out of range, an unknown id, the same id and
        coder twice, an unknown coder type, a coder of both types, pi outside (0, 1], pi
        that differs between the codings of one id, empty cells, missing columns, no coding
        at all. Warnings: coders whose names differ by capitals or blanks alone, characters
        from a wrong encoding.

    Raises
    ------
    ReadError
        The file cannot be read as a table at all.
    BadArgumentError
        `columns` or `statements` cannot be used.

    Examples
    --------
    >>> found = check_codings(pd.DataFrame({
    ...     "id": ["a", "a"], "coder": ["A", "B"], "code": ["-2", "4"],
    ...     "coder_type": ["machine", "expert"], "pi": 0.5,
    ... }))
    >>> found.table[["row", "column", "value"]]
       row      column   value
    0    3  coder_type  expert
    1    3        code       4
    """
    sheet, _ = assess(as_table(frame_or_path), columns, statements)
    return sheet.problems


def gold_tone(codings: pd.DataFrame) -> pd.Series:
    """Return the tone that the codings give each statement.

    Parameters
    ----------
    codings : DataFrame
        As `read_codings` returns them; not changed.

    Returns
    -------
    Series of float64
        Mean code over the coders, divided by 3, in [-1, 1]; the index is `id`, in order
        of first appearance.

    Raises
    ------
    CheckError
        The codings break the schema.

    Examples
    --------
    >>> codings = pd.DataFrame({"id": ["a", "a", "b"], "coder": ["A", "B", "A"],
    ...     "code": [-3, -2, 3], "coder_type": "machine"})
    >>> gold_tone(codings).round(2).to_dict()
    {'a': -0.83, 'b': 1.0}
    """
    typed = as_codings(codings)
    return typed.groupby("id", sort=False)["code"].mean().div(LARGEST_CODE).rename("gold")


def describe_coders(codings: pd.DataFrame) -> str:
    """Say in words who coded.

    Parameters
    ----------
    codings : DataFrame
        As `read_codings` returns them; not changed.

    Returns
    -------
    str
        "two machine codings (no human coding yet)", "two human codings", "one human coding
        and two machine codings".

    Raises
    ------
    CheckError
        The codings break the schema.

    Examples
    --------
    >>> describe_coders(pd.DataFrame({"id": ["a", "a"], "coder": ["A", "B"],
    ...     "code": [-3, -2], "coder_type": "machine"}))
    'two machine codings (no human coding yet)'
    """
    coders = as_codings(codings).drop_duplicates("coder")["coder_type"]
    parts = []
    for kind in CODER_TYPES:
        n = int((coders == kind).sum())
        if n:
            is_small = n < len(_NUMBER_WORDS)
            number = wording.say(_NUMBER_WORDS[n]) if is_small else wording.number(n)
            parts.append(
                wording.say_count(
                    "{number} human coding", "{number} human codings", n, number=number
                )
                if kind == "human"
                else wording.say_count(
                    "{number} machine coding", "{number} machine codings", n, number=number
                )
            )
    if not (coders == "human").any():
        return wording.say("{codings} (no human coding yet)", codings=wording.listing(parts))
    return wording.listing(parts)


def coder_types(codings: pd.DataFrame) -> tuple[str, ...]:
    """Return who coded.

    Parameters
    ----------
    codings : DataFrame
        As `read_codings` returns them.

    Returns
    -------
    tuple of str
        Some of `CODER_TYPES`, in their order.
    """
    there = set(as_codings(codings)["coder_type"])
    return tuple(kind for kind in CODER_TYPES if kind in there)


def as_codings(codings: pd.DataFrame) -> pd.DataFrame:
    """Return codings typed and sound.

    Parameters
    ----------
    codings : DataFrame
        Codings, typed or raw; not changed.

    Returns
    -------
    DataFrame
        As `read_codings` returns them.

    Raises
    ------
    CheckError
        The codings break the schema; the error lists all problems.
    BadArgumentError
        It is no frame.
    """
    if not isinstance(codings, pd.DataFrame):
        raise BadArgumentError(
            f"Codings are a frame; {type(codings).__name__} was received.",
            remedy="Read the file with detente.validation.read_codings.",
        )
    return _typed(as_table(codings), None)


def _typed(table: Table, columns: Mapping[str, str] | None) -> pd.DataFrame:
    sheet, frame = assess(table, columns, None)
    if not sheet.problems.ok:
        raise CheckError(sheet.problems)
    return frame

"""Statements of a file of any size, checked and typed a few rows at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from detente._checks import Problem
from detente._tables import Batch, Bounds, FilePath, read_batches
from detente._tables.sheet import made_id
from detente._tables.table import INVISIBLE, sound
from detente.errors import CheckError
from detente.statements.check import DayLike, assess
from detente.statements.ids import SeenIds
from detente.statements.read import SET_ASIDE, StatementsRead

__all__ = ["Bounds", "load_batch", "statement_batches", "stream_statements"]


def statement_batches(
    path: FilePath,
    columns: Mapping[str, str] | None = None,
    *,
    bounds: Bounds | None = None,
    look: Callable[[float], None] | None = None,
) -> Iterator[Batch]:
    """Read the raw rows of a file of statements in batches.

    Parameters
    ----------
    path : str or path-like
        A file of this machine, as for `read_statements`.
    columns : mapping of str to str, optional
        Schema name -> name in the file, where they differ.
    bounds : Bounds, optional
        Rows and characters of a batch.
    look : callable, optional
        As for `read_batches`.

    Yields
    ------
    Batch
        Rows as they stand in the file; an id that an earlier batch has is among their
        problems.

    Raises
    ------
    ReadError
        As from `read_batches`.
    """
    name = (columns or {}).get("id", "id")
    seen = SeenIds()
    for batch in read_batches(path, bounds, look):
        header = [own.strip(INVISIBLE) for own in batch.rows.header]
        if name not in header:
            yield batch  # ids are made from the places, each its own
            continue
        cells = sound(batch.rows.columns[header.index(name)])
        ids = [
            cell.strip(INVISIBLE) or made_id(place) for place, cell in enumerate(cells, batch.first)
        ]
        value = dict(zip(batch.rows.numbers, ids, strict=True))
        repeated = seen.add(ids, batch.rows.numbers)
        yield replace(
            batch,
            problems=tuple(
                Problem(
                    "error",
                    f"The id is used already in row {earlier}.",
                    "Give each row an id of its own, or remove the repeated row.",
                    file=batch.file,
                    row=row,
                    column=name,
                    value=value[row][:80],
                )
                for row, earlier in repeated.items()
            ),
        )


def load_batch(
    batch: Batch,
    columns: Mapping[str, str] | None = None,
    *,
    skip_bad: bool = False,
    today: DayLike | None = None,
) -> StatementsRead:
    """Check and type the rows of a batch.

    Parameters
    ----------
    batch : Batch
        As `statement_batches` gives it.
    columns : mapping of str to str, optional
        Schema name -> name in the file, where they differ.
    skip_bad : bool, default False
        True: rows with errors are rejected and the others kept, even if none is left.
    today : date or str, optional
        Last day that a statement can have; default: the day after the clock's day in UTC.

    Returns
    -------
    StatementsRead
        Frame, problems (errors alone), rejected rows; the digest is empty.

    Raises
    ------
    CheckError
        There are errors and `skip_bad` is False, or a column is missing.
    ReadError
        Two columns have the same name.
    """
    assessment = assess(batch.table(), columns=columns, today=today)
    sheet = assessment.sheet
    is_sound = sheet.is_complete and bool(batch.rows.numbers)
    if not sheet.problems.ok and not (skip_bad and is_sound):
        raise CheckError(sheet.problems, remedy=SET_ASIDE if is_sound else "")
    return StatementsRead(
        frame=assessment.frame.reset_index(drop=True),
        problems=sheet.problems,
        digest="",
        rejected=sheet.raw_rows(sheet.cells.index[sheet.is_bad], sheet.reasons()),
        set_aside=assessment.set_aside,
    )


def stream_statements(
    path: FilePath,
    columns: Mapping[str, str] | None = None,
    *,
    skip_bad: bool = False,
    today: DayLike | None = None,
    bounds: Bounds | None = None,
) -> Iterator[StatementsRead]:
    r"""Read statements from a file of any size, a few at a time.

    Parameters
    ----------
    path : str or path-like
        A file of this machine: CSV, TSV, JSON lines (also with `.gz`, `.bz2`, `.xz` or `.zst`)
        or Parquet; an Excel file is read at once.
    columns : mapping of str to str, optional
        Schema name -> name in the file, where they differ.
    skip_bad : bool, default False
        True: rows with errors are rejected and the others kept.
    today : date or str, optional
        Last day that a statement can have; default: the day after the clock's day in UTC.
    bounds : Bounds, optional
        Rows and characters of a batch; default: 32,768 rows or 8 million characters.

    Yields
    ------
    StatementsRead
        Some consecutive statements; their frames, one below the other, are the frame that
        `read_statements` gives.

    Raises
    ------
    ReadError
        The file cannot be read from some place on; the place is named.
    CheckError
        Rows break the schema; the error lists those of the batch.

    Notes
    -----
    Errors are those of `check_statements`, ids that occur in two batches included (which takes
    16 bytes of memory an id, where the file has ids at all), and beyond them NUL characters
    and halves of surrogate pairs. Its warnings, repeated statements among them, are not looked
    for: they need all rows at once.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp()) / "statements.csv"
    >>> _ = path.write_text("date,source,target,speaker,text\n"
    ...     + 5 * "2015-11-24,RUS,TUR,Vladimir Putin,He called it a stab in the back.\n")
    >>> [len(read.frame) for read in stream_statements(path, bounds=Bounds(rows=2))]
    [2, 2, 1]
    """
    for batch in statement_batches(path, columns, bounds=bounds):
        yield load_batch(batch, columns, skip_bad=skip_bad, today=today)

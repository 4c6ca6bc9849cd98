"""Statements from a file: typed, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from detente._tables import FilePath, TableRead, read_table
from detente.errors import CheckError
from detente.statements.check import DayLike, DyadLike, PeriodLike, assess, warn

__all__ = [
    "EXAMPLE_DATA",
    "SET_ASIDE",
    "StatementsRead",
    "is_example",
    "load_statements",
    "read_statements",
]

#: Stands on every output while statements remain of which `is_example` is true.
EXAMPLE_DATA = "EXAMPLE DATA"

#: The way out where all errors are of rows and other rows are sound.
#: The way out where all rows would be set aside.
NONE_LEFT = "No good row is left. Correct at least one."
SET_ASIDE = "Correct these rows, or set them aside with skip_bad=True."


@dataclass(frozen=True, eq=False)
class StatementsRead(TableRead):
    """What was read from a file of statements, and what was not.

    Parameters
    ----------
    frame, problems, digest
        As in every `TableRead`; a row of the frame is a statement.
    rejected : DataFrame
        Rows with errors as they stand in the file, then `row` and `reasons`.
    set_aside : DataFrame
        Rows of other dyads as they stand in the file, then `row`.
    """

    rejected: pd.DataFrame
    set_aside: pd.DataFrame

    @property
    def n_rejected(self) -> int:
        """Number of rows with errors."""
        return len(self.rejected)

    @property
    def n_set_aside(self) -> int:
        """Number of rows of other dyads."""
        return len(self.set_aside)


def read_statements(path: FilePath, columns: Mapping[str, str] | None = None) -> pd.DataFrame:
    r"""Read statements from a file and refuse a file with errors.

    Parameters
    ----------
    path : str or path-like
        CSV, TSV, JSON lines, Parquet or Excel file (by its suffix; text formats also with
        `.gz`, `.bz2`, `.xz` or `.zst`), on this machine or at a URL. Text must be UTF-8.
    columns : mapping of str to str, optional
        Schema name -> name in the file, where they differ.

    Returns
    -------
    DataFrame
        One row per statement: the columns of the schema in their order (`date` is a date,
        the others text; empty cells are missing values; an id is made where there is none),
        then the other columns of the file as text.

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
    >>> path = Path(tempfile.mkdtemp()) / "statements.csv"
    >>> _ = path.write_text("date,source,target,speaker,text\n"
    ...     "2015-11-24,RUS,TUR,Vladimir Putin,He called it a stab in the back by Turkey.\n")
    >>> read_statements(path)[["id", "date", "source"]]
               id       date source
    0  row-000001 2015-11-24    RUS
    """
    assessment = assess(read_table(path), columns=columns)
    if not assessment.sheet.problems.ok:
        raise CheckError(assessment.sheet.problems)
    return assessment.frame.reset_index(drop=True)


def load_statements(
    path: FilePath,
    *,
    columns: Mapping[str, str] | None = None,
    dyad: DyadLike | None = None,
    skip_bad: bool = False,
    today: DayLike | None = None,
    period: PeriodLike | None = None,
) -> StatementsRead:
    r"""Read the statements of a study, with all that was found on the way.

    Parameters
    ----------
    path : str or path-like
        As in `read_statements`.
    columns : mapping of str to str, optional
        Schema name -> name in the file, where they differ.
    dyad : Dyad, str or tuple of str, optional
        The dyad of the study; rows of other dyads are set aside.
    skip_bad : bool, default False
        True: rows with errors are rejected and the others kept, unless none is left.
    today, period : optional
        As in `check_statements`.

    Returns
    -------
    StatementsRead
        Frame, problems, rejected rows, rows set aside, digest.

    Raises
    ------
    ReadError
        The file cannot be read as a table at all.
    CheckError
        There are errors and `skip_bad` is False, or no sound row is left.
    MissingExtraError
        Reading from the network needs an optional part.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp()) / "statements.csv"
    >>> _ = path.write_text("date,source,target,speaker,text\n"
    ...     "2015-11-24,RUS,TUR,Vladimir Putin,He called it a stab in the back by Turkey.\n"
    ...     "2015-02-30,RUS,TUR,Vladimir Putin,He praised Turkey.\n")
    >>> read = load_statements(path, skip_bad=True)
    >>> read.frame["date"].dt.day_name().tolist(), read.n_rejected
    (['Tuesday'], 1)
    >>> read.rejected[["date", "row", "reasons"]].values.tolist()
    [['2015-02-30', 3, 'date: There is no such day in the calendar.']]
    """
    table = read_table(path)
    assessment = assess(table, dyad=dyad, columns=columns, today=today)
    warn(assessment, dyad=dyad, period=period)
    sheet, frame = assessment.sheet, assessment.frame
    if not sheet.problems.ok and (not skip_bad or frame.empty):
        # Setting rows aside helps where rows are left; without one nothing can be kept.
        if not frame.empty:
            raise CheckError(sheet.problems, remedy=SET_ASIDE)
        bad = sheet.raw_rows(sheet.cells.index[sheet.is_bad], sheet.reasons())
        is_told = skip_bad and len(bad) > 0
        raise CheckError(sheet.problems, remedy=NONE_LEFT if is_told else "", rejected=bad)
    return StatementsRead(
        frame=frame.reset_index(drop=True),
        problems=sheet.problems,
        digest=table.digest,
        rejected=sheet.raw_rows(sheet.cells.index[sheet.is_bad], sheet.reasons()),
        set_aside=assessment.set_aside,
    )


def is_example(frame: pd.DataFrame) -> pd.Series:
    """Tell which statements are made up, as those of a new study's template are.

    Parameters
    ----------
    frame : DataFrame
        Statements with their `speaker`.

    Returns
    -------
    Series of bool
        True where the speaker's name begins with "Example ".

    Examples
    --------
    >>> is_example(pd.DataFrame({"speaker": ["Example Minister", "Vladimir Putin"]})).tolist()
    [True, False]
    """
    return frame["speaker"].fillna("").astype("str").str.startswith("Example ")

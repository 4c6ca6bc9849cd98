"""Events: what a row holds, how files are read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from detente import wording
from detente._checks import Problems
from detente._tables import (
    Column,
    FilePath,
    Sheet,
    Table,
    TableRead,
    as_table,
    last_possible_day,
    read_table,
)
from detente.errors import CheckError

__all__ = [
    "COLUMNS",
    "LARGEST_NUMBER_OF_EPISODES",
    "check_events",
    "load_events",
    "no_events",
    "read_events",
]

#: More episodes than this cannot be told apart by monthly data, and invite picking.
LARGEST_NUMBER_OF_EPISODES = 15

_MAPPING = 'in study.toml below [columns.events]: {name} = "{own}"'

_TRUE = ("true", "yes", "1")
_FALSE = ("false", "no", "0")

COLUMNS: tuple[Column, ...] = (
    Column(
        "id",
        False,
        "Name of the row, the same in every version of the data.",
        "any text, each once; made from the place in the file where absent",
        "2015-11-24-su24-shootdown",
    ),
    Column(
        "date",
        True,
        "Day of the event, or its first day.",
        "year-month-day; not in the future",
        "2015-11-24",
    ),
    Column(
        "end_date",
        False,
        "Last day of an event of several days.",
        "year-month-day; not before date",
        "2015-11-26",
    ),
    Column("label", True, "Short name for charts.", "one to four words", "Jet shot down"),
    Column(
        "title",
        False,
        "What happened, as a sentence.",
        "one sentence",
        "A Turkish fighter shoots down a Russian Su-24 at the Syrian border",
    ),
    Column("category", False, "Field of the event.", "one word", "military"),
    Column(
        "kind",
        True,
        "Whether something was done, or said (a meeting, letter or announcement, which is "
        "itself made of statements).",
        "act, contact",
        "act",
        (wording.mark("act"), wording.mark("contact")),
    ),
    Column(
        "expected",
        True,
        "What the event should do to relations, judged from the event alone before any index "
        "is seen.",
        "cooling, warming, ambiguous",
        "cooling",
        (wording.mark("cooling"), wording.mark("warming"), wording.mark("ambiguous")),
    ),
    Column(
        "headline",
        False,
        "Whether the event is tested; the others are context.",
        "true or false (also yes, no, 1, 0); false where empty",
        "true",
        (*_TRUE, *_FALSE),
    ),
    Column(
        "episode",
        False,
        "Headline events that no data can separate have the same episode.",
        f"a short name; at most {LARGEST_NUMBER_OF_EPISODES} different ones",
        "shootdown-2015",
    ),
    Column("outlet", False, "Who reported the event.", "a name", "Reuters"),
    Column("url", False, "Link to a page about it.", "an address", "https://example.org/2015"),
)


def read_events(path: FilePath, columns: Mapping[str, str] | None = None) -> pd.DataFrame:
    r"""Read events from a file and refuse a file with errors.

    Parameters
    ----------
    path : str or path-like
        As in `detente.read_statements`.
    columns : mapping of str to str, optional
        Schema name -> name in the file, where they differ.

    Returns
    -------
    DataFrame
        One row per event: the columns of the schema in their order (`date` and `end_date`
        are dates, `headline` is bool, the others text; empty cells are missing values),
        then the other columns of the file as text. A file with a header alone has no events.

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
    >>> path = Path(tempfile.mkdtemp()) / "events.csv"
    >>> _ = path.write_text("date,label,kind,expected,headline,episode\n"
    ...     "2015-11-24,Jet shot down,act,cooling,yes,shootdown\n")
    >>> read_events(path)[["date", "label", "headline"]]
            date          label  headline
    0 2015-11-24  Jet shot down      True
    """
    return load_events(path, columns=columns).frame


def load_events(
    path: FilePath,
    *,
    columns: Mapping[str, str] | None = None,
    today: date | str | None = None,
    period: tuple[date | None, date | None] = (None, None),
) -> TableRead:
    """Read the events of a study, with all that was found on the way.

    Parameters
    ----------
    path : str or path-like
        As in `read_events`.
    columns : mapping of str to str, optional
        Schema name -> name in the file, where they differ.
    today : date or str, optional
        As in `check_events`.
    period : tuple of (date or None, twice), default (None, None)
        First and last day of the study, both included; an event of which no day lies between
        them is told. None: open at this end.

    Returns
    -------
    TableRead
        Frame as of `read_events`, problems (warnings alone), digest.

    Raises
    ------
    ReadError
        The file cannot be read as a table at all.
    CheckError
        Rows or columns break the schema; no event is set aside.
    MissingExtraError
        Reading from the network needs an optional part.
    """
    table = read_table(path)
    sheet, frame = _assess(table, columns, today, period)
    if not sheet.problems.ok:
        raise CheckError(sheet.problems)
    return TableRead(frame, sheet.problems, table.digest)


def no_events() -> pd.DataFrame:
    """Return a table of events without a row.

    Returns
    -------
    DataFrame
        Columns and types as of `read_events`.

    Examples
    --------
    >>> len(no_events()), no_events()["date"].dtype.kind
    (0, 'M')
    """
    kinds = {"date": "datetime64[us]", "end_date": "datetime64[us]", "headline": "bool"}
    return pd.DataFrame(
        {column.name: pd.Series(dtype=kinds.get(column.name, "str")) for column in COLUMNS}
    )


def check_events(
    frame_or_path: pd.DataFrame | FilePath,
    *,
    columns: Mapping[str, str] | None = None,
    today: date | str | None = None,
) -> Problems:
    """Check events against the schema and tell every problem at once.

    Parameters
    ----------
    frame_or_path : DataFrame, str or path-like
        Events, typed or raw, or the file that holds them. A frame is not changed; its first
        row counts as row 2.
    columns : mapping of str to str, optional
        Schema name -> name in the file, where they differ.
    today : date or str, optional
        Last day that an event can have; default: the day after the clock's day in UTC.

    Returns
    -------
    Problems
        Errors stop a run: dates that are none, ambiguous, impossible or in the future, an
        end before the start, empty labels, an unknown kind, expectation or headline mark,
        repeated ids, a headline event without episode, more than 15 episodes, missing
        columns. Warnings: an episode on an event that is no headline event (it counts as
        context), characters from a wrong encoding, no events at all.

    Raises
    ------
    ReadError
        The file cannot be read as a table at all.
    BadArgumentError
        `columns` or `today` cannot be used.

    Examples
    --------
    >>> found = check_events(pd.DataFrame({
    ...     "date": ["2015-11-24"], "end_date": ["2015-11-20"], "label": "Jet shot down",
    ...     "kind": "act", "expected": "cold",
    ... }))
    >>> found.table[["row", "column", "value"]]
       row    column       value
    0    2  end_date  2015-11-20
    1    2  expected        cold
    """
    sheet, _ = _assess(as_table(frame_or_path), columns, today)
    return sheet.problems


def _assess(
    table: Table,
    columns: Mapping[str, str] | None,
    today: date | str | None,
    period: tuple[date | None, date | None] = (None, None),
) -> tuple[Sheet, pd.DataFrame]:
    last_day = last_possible_day(today)
    sheet = Sheet(table, COLUMNS, columns, mapping=_MAPPING)
    if not sheet.is_complete:
        return sheet, sheet.frame().iloc[:0]
    if sheet.cells.empty:
        sheet.note("warning", "There is a header, but no event.", "Add a row per event.")
    starts = sheet.read_days("date", last_day)
    ends = sheet.read_days("end_date", last_day, is_required=False)
    sheet.note_rows(
        "error",
        ends < starts,
        "end_date",
        "The event ends before it starts.",
        "Correct one of the dates, or leave the end empty for an event of one day.",
    )
    _check_period(sheet, starts, ends, period)
    sheet.check_filled("label", "Give the event a short name for charts.")
    for column in ("kind", "expected"):
        sheet.check_vocabulary("error", column)
        sheet.check_filled(column, f"Write one of {', '.join(sheet.vocabulary(column))}.")
    # A column of 1, 0 and empty cells is often saved as 1.0 and 0.0.
    marks = sheet.cells["headline"].str.lower().str.removesuffix(".0")
    sheet.cells = sheet.cells.assign(headline=marks)
    sheet.check_vocabulary("error", "headline")
    is_headline = marks.isin(_TRUE)
    _check_episodes(sheet, is_headline)
    sheet.check_characters()
    ids = sheet.read_ids()
    frame = sheet.frame(id=ids, date=starts, end_date=ends, headline=is_headline)
    return sheet, frame.reset_index(drop=True)


def _check_period(
    sheet: Sheet, starts: pd.Series, ends: pd.Series, period: tuple[date | None, date | None]
) -> None:
    first, last = period
    remedy = (
        "Compare the date with the period in study.toml (without one: that of the statements); "
        "no month of the index stands beside the event."
    )
    # Of an event of several days each day counts; an end before the start is another problem.
    final = ends.where(ends >= starts, starts)
    if first is not None:
        problem = f"The event is over before the study's period begins ({first})."
        sheet.note_rows("warning", final < pd.Timestamp(first), "date", problem, remedy)
    if last is not None:
        problem = f"The event begins after the study's period ends ({last})."
        is_later = starts >= pd.Timestamp(last) + pd.Timedelta(days=1)
        sheet.note_rows("warning", is_later, "date", problem, remedy)


def _check_episodes(sheet: Sheet, is_headline: pd.Series) -> None:
    episodes = sheet.cells["episode"]
    sheet.note_rows(
        "error",
        is_headline & episodes.eq(""),
        "episode",
        "A headline event has no episode.",
        "Name its episode, or set headline to false.",
    )
    sheet.note_rows(
        "warning",
        ~is_headline & episodes.ne(""),
        "episode",
        "The event names an episode but is no headline event; it counts as context.",
        "Set headline to true, or leave the episode empty.",
    )
    n_episodes = episodes[is_headline & episodes.ne("")].nunique()
    if n_episodes > LARGEST_NUMBER_OF_EPISODES:
        sheet.note(
            "error",
            f"There are {n_episodes} episodes, more than {LARGEST_NUMBER_OF_EPISODES}.",
            "Keep the most important as headline events, or join events that lie close together.",
            column="episode",
        )

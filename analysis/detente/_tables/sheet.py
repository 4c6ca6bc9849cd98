"""A table under the names of a schema, with everything that is wrong in it noted."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from detente._checks import Problem, Problems
from detente._tables.days import read_days
from detente._tables.encoding import MOJIBAKE_SIGNS, mended
from detente._tables.table import INVISIBLE, Column, Table, listed
from detente.errors import BadArgumentError, did_you_mean

__all__ = ["Reason", "Sheet", "made_id"]

#: Why a value is wrong, and the way out.
Reason = tuple[str, str]
Severity = Literal["error", "warning"]

#: Characters of a value that a problem shows.
_SHOWN = 80
# Columns whose cells stay to the letter; in others white space at the ends is a slip.
_VERBATIM = frozenset({"text"})
# All that set no text: the ends of a line and the tab are left out, as texts do have them.
_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"


class Sheet:
    """Cells by schema name, and the problems found in them.

    Parameters
    ----------
    table : Table
        Raw cells.
    schema : sequence of Column
        What the columns should be.
    columns : mapping of str to str, optional
        Schema name -> name in the file, where they differ.
    mapping : str, optional
        How a user maps a column, with fields "name" (in the schema) and "own" (in the file).

    Attributes
    ----------
    file : str
        The file as the user named it; "" for a frame.
    raw : DataFrame
        The cells as they stand in the file.
    cells : DataFrame
        One column per schema column in its order, stripped, "" where empty or absent;
        then the other columns of the file. The row labels are the spreadsheet's rows.
    is_complete : bool
        Whether every required column is there; if not, the cells say nothing.

    Raises
    ------
    BadArgumentError
        `columns` names something that is not in the schema.
    """

    def __init__(
        self,
        table: Table,
        schema: Sequence[Column],
        columns: Mapping[str, str] | None = None,
        *,
        mapping: str = 'with columns={{"{name}": "{own}"}}',
    ) -> None:
        self._mapping = mapping
        self.file = table.file
        self._first = table.first
        self.raw = table.cells
        self._schema = {column.name: column for column in schema}
        self._names = self._find_columns(dict(columns or {}))
        self._problems: list[Problem] = list(table.problems)
        self._note_missing(dict(columns or {}))
        self.is_complete = len(self._problems) == len(table.problems)
        self.cells = self._named_cells()

    def _find_columns(self, columns: Mapping[str, str]) -> dict[str, str]:
        for name in columns:
            if name not in self._schema:
                near = did_you_mean(name, self._schema)
                raise BadArgumentError(
                    f"columns maps '{name}', which is no column of the schema.",
                    remedy=near or f"The columns are {', '.join(self._schema)}.",
                )
        wanted = {name: columns.get(name, name) for name in self._schema}
        return {name: own for name, own in wanted.items() if own in self.raw.columns}

    def _note_missing(self, columns: Mapping[str, str]) -> None:
        used = set(self._names.values())
        free = {name.lower(): name for name in self.raw.columns if name not in used}
        for name, column in self._schema.items():
            if name in self._names or not (column.is_required or name in columns):
                continue
            wanted = columns.get(name, name)
            near = get_close_matches(wanted.lower(), free, n=1)
            own = free[near[0]] if near else "NAME"
            remedy = (
                f"Did you mean '{own}'? If so, map it "
                if near
                else f"The columns are {listed(self.raw.columns)}. Add it, or map the one that "
                "holds it "
            ) + f"{self._mapping.format(name=name, own=own)}."
            problem = (
                f"The column mapped to '{name}' is not there."
                if name in columns
                else "This column is required and missing."
            )
            self._problems.append(
                Problem("error", problem, remedy, file=self.file, row=1, column=wanted)
            )

    def _named_cells(self) -> pd.DataFrame:
        cells: dict[str, pd.Series] = {}
        for name in self._schema:
            if name not in self._names:
                cells[name] = pd.Series("", index=self.raw.index, dtype="str")
                continue
            cells[name] = self.raw[self._names[name]]
            if name not in _VERBATIM:
                cells[name] = cells[name].str.strip(INVISIBLE)
        used = set(self._names.values())
        for own in self.raw.columns:
            if own not in used:
                name = str(own)
                while name in cells:  # another column is mapped to this name of the schema
                    name += "_in_file"
                cells[name] = self.raw[own]
        return pd.DataFrame(cells, index=self.raw.index)

    @property
    def problems(self) -> Problems:
        """Everything noted so far."""
        return Problems(self._problems)

    @property
    def is_bad(self) -> NDArray[np.bool_]:
        """Whether a row has an error, for each row of `cells`."""
        bad = {problem.row for problem in self._problems if problem.severity == "error"}
        return self.cells.index.isin(bad)

    def reasons(self) -> pd.Series:
        """Return, for each row with an error, what is wrong, all errors in one text."""
        found: dict[int, list[str]] = {}
        for problem in self._problems:
            if problem.severity == "error" and problem.row is not None:
                place = f"{problem.column}: " if problem.column else ""
                found.setdefault(problem.row, []).append(f"{place}{problem.problem}")
        return pd.Series({row: " ".join(texts) for row, texts in found.items()}, dtype="str")

    def drop(self, rows: ArrayLike) -> pd.DataFrame:
        """Take rows out of the sheet and return them as they stand in the file.

        Parameters
        ----------
        rows : array of bool
            One for each row of `cells`.

        Returns
        -------
        DataFrame
            The raw rows, with their `row` behind.
        """
        labels = self.cells.index[np.asarray(rows, dtype=bool)]
        self.cells = self.cells.drop(index=labels)
        return self.raw_rows(labels)

    def raw_rows(self, labels: pd.Index, reasons: pd.Series | None = None) -> pd.DataFrame:
        """Return rows as they stand in the file, then `row` and, where given, `reasons`."""
        behind = {"row": labels.to_numpy()}
        if reasons is not None:
            behind["reasons"] = reasons.reindex(labels).to_numpy()
        rows = self.raw.loc[labels].rename(columns={name: f"{name}_in_file" for name in behind})
        return rows.assign(**behind).reset_index(drop=True)

    def note(
        self,
        severity: Severity,
        problem: str,
        remedy: str,
        *,
        row: Hashable = None,
        column: str = "",
        value: object = "",
    ) -> None:
        """Note one problem; `column` is a schema name and is shown as the file names it."""
        shown = str(value)
        shown = shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"
        number = None if row is None else int(str(row))
        own = self._names.get(column, column)
        self._problems.append(Problem(severity, problem, remedy, self.file, number, own, shown))

    def note_rows(
        self, severity: Severity, rows: ArrayLike, column: str, problem: str, remedy: str
    ) -> None:
        """Note the same problem for each of the rows (array of bool)."""
        for row, value in self.cells.loc[np.asarray(rows, dtype=bool), column].items():
            self.note(severity, problem, remedy, row=row, column=column, value=value)

    def note_values(self, severity: Severity, column: str, reasons: Mapping[str, Reason]) -> None:
        """Note each row whose value has a reason."""
        if reasons:
            cells = self.cells[column]
            for row, value in cells[cells.isin(list(reasons))].items():
                self.note(severity, *reasons[value], row=row, column=column, value=value)

    def check_filled(self, column: str, remedy: str) -> None:
        """Note rows in which a required cell is empty or shows nothing."""
        empty = self.cells[column].str.strip(INVISIBLE).eq("")
        self.note_rows("error", empty, column, "The cell is empty.", remedy)

    def vocabulary(self, column: str) -> tuple[str, ...]:
        """Return the known values of a column."""
        return self._schema[column].vocabulary

    def check_vocabulary(self, severity: Severity, column: str) -> None:
        """Note unknown values: an error for each row, a warning once for each value."""
        known = self.vocabulary(column)
        cells = self.cells[column]
        unknown = cells[~cells.isin([*known, ""])]
        reasons = {
            value: (
                "The value is not one of those known.",
                f"{did_you_mean(value, known)} Known are {', '.join(known)}.".strip(),
            )
            for value in unknown.unique()
        }
        if severity == "error":
            self.note_values(severity, column, reasons)
            return
        for value, (problem, remedy) in reasons.items():
            rows = unknown.index[unknown == value]
            self.note(
                severity, problem + _more(rows), remedy, row=rows[0], column=column, value=value
            )

    def read_days(self, column: str, last_day: date, *, is_required: bool = True) -> pd.Series:
        """Return the days of a column (NaT where empty or wrong) and note what is no day."""
        cells = self.cells[column]
        days, wrong = read_days(value for value in cells.unique() if value)
        reasons = {value: (reason.problem, reason.remedy) for value, reason in wrong.items()}
        for value, day in days.items():
            if day > last_day:
                reasons[value] = (
                    f"The date lies in the future (after {last_day}).",
                    "Correct the date.",
                )
        self.note_values("error", column, reasons)
        if is_required:
            self.check_filled(column, "Write the day as 2015-11-24 (year-month-day).")
        return pd.to_datetime(cells.map(days)).astype("datetime64[us]")

    def read_ids(self) -> pd.Series:
        """Return the ids, made from the place in the file where there is none."""
        ids = self.cells["id"]
        places = pd.Series(np.arange(len(self.raw)) + self._first, index=self.raw.index)
        made = pd.Series(map(made_id, places.loc[ids.index]), index=ids.index, dtype="str")
        ids = ids.where(ids.ne(""), made)
        repeated = ids[ids.duplicated()]
        first = {value: row for row, value in ids[ids.isin(repeated)][::-1].items()}
        for row, value in repeated.items():
            self.note(
                "error",
                f"The id is used already in row {first[value]}.",
                "Give each row an id of its own, or remove the repeated row.",
                row=row,
                column="id",
                value=value,
            )
        return ids

    def check_characters(self) -> None:
        """Warn once a column of text that went through a wrong encoding."""
        for name in self._names:
            for rows, problem, remedy in self._damage(self.cells[name]):
                value = rows.iloc[0]
                likely = mended(value)[:_SHOWN]
                reads = f"It probably reads '{likely}'. " if mended(value) != value else ""
                self.note(
                    "warning",
                    problem + _more(rows.index),
                    reads + remedy,
                    row=rows.index[0],
                    column=name,
                    value=value,
                )

    @staticmethod
    def _damage(cells: pd.Series) -> list[tuple[pd.Series, str, str]]:
        # One fast look at single characters first: most columns have none of them.
        found = []
        hit = cells[cells.str.contains(MOJIBAKE_SIGNS)]
        hit = hit[[mended(cell) != cell for cell in hit]]
        found.append(
            (
                hit,
                "UTF-8 text was once read as Windows-1252 and saved so.",
                "Export the file anew as UTF-8.",
            )
        )
        found.append(
            (
                cells[cells.str.contains("\ufffd", regex=False)],
                "The text has U+FFFD, which stands where a character was lost.",
                "Take the text from its origin again.",
            )
        )
        found.append(
            (
                cells[cells.str.contains(_CONTROL)],
                "The text has a control character, which shows nothing.",
                "Remove it, or take the text from its origin again.",
            )
        )
        return [item for item in found if len(item[0])]

    def frame(self, **typed: pd.Series) -> pd.DataFrame:
        """Return the sound rows as a typed frame.

        Parameters
        ----------
        **typed : Series
            Columns that are no text, or not as they stand in the file.

        Returns
        -------
        DataFrame
            One row per sound row of `cells`, with its label; empty cells are missing values.
        """
        sound = self.cells[~self.is_bad]
        frame = sound.mask(sound == "")
        for name, values in typed.items():
            frame[name] = values.loc[sound.index]
        return frame


def made_id(place: int) -> str:
    """Return the id of a row that has none, from its place among all rows of the file."""
    return f"row-{place:06d}"


def _more(rows: pd.Index) -> str:
    return f" ({len(rows)} rows have this; it is told for the first.)" if len(rows) > 1 else ""

"""The one form in which checks report what they found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from numbers import Integral
from typing import Literal

import pandas as pd

from detente.errors import BadArgumentError

__all__ = ["Problem", "Problems", "check_whole", "needs"]

#: Problems printed in the text of an error; the rest is counted.
_SHOWN = 25


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of one value, row or file.

    Parameters
    ----------
    severity : {"error", "warning"}
        An error stops a run, a warning is told and lived with.
    problem : str
        What is wrong, as a sentence without the value.
    remedy : str
        The way out, as an instruction.
    file : str
        The file as the user named it; empty for a frame in memory.
    row : int or None
        Row as a spreadsheet shows it (the header is row 1); None: the whole file.
    column : str
        Column name as it stands in the user's file; empty: no single column.
    value : str
        The value received, shortened to 80 characters.
    """

    severity: Literal["error", "warning"]
    problem: str
    remedy: str
    file: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""

    def text(self) -> str:
        """Return the problem as one line."""
        place = self.file
        if self.row is not None:
            place += f", row {self.row}" if place else f"row {self.row}"
        if self.column:
            place += f", column {self.column}" if place else f"column {self.column}"
        value = f" (received {self.value!r})" if self.value else ""
        head = f"{place}: " if place else ""
        return f"{self.severity}: {head}{self.problem}{value} {self.remedy}".strip()


class Problems:
    """All problems of one check, errors first, each in the order of the rows.

    Parameters
    ----------
    problems : iterable of Problem
        In any order.

    Examples
    --------
    >>> found = Problems([Problem("error", "Not a date.", "Write 2015-11-24.", row=3)])
    >>> found.n_errors, found.n_warnings, found.ok
    (1, 0, False)
    """

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        self._problems = tuple(
            sorted(
                problems,
                key=lambda p: (p.severity != "error", p.file, p.row is None, p.row or 0),
            )
        )

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._problems)

    def __len__(self) -> int:
        return len(self._problems)

    def __add__(self, other: Problems) -> Problems:
        return Problems((*self._problems, *other._problems))

    @property
    def n_errors(self) -> int:
        """Number of errors."""
        return sum(p.severity == "error" for p in self._problems)

    @property
    def n_warnings(self) -> int:
        """Number of warnings."""
        return len(self._problems) - self.n_errors

    @property
    def ok(self) -> bool:
        """True where there is no error (warnings are allowed)."""
        return self.n_errors == 0

    @property
    def table(self) -> pd.DataFrame:
        """One row per problem: severity, file, row, column, value, problem, remedy."""
        return pd.DataFrame(
            {
                "severity": [p.severity for p in self._problems],
                "file": [p.file for p in self._problems],
                "row": pd.array([p.row for p in self._problems], dtype="Int64"),
                "column": [p.column for p in self._problems],
                "value": [p.value for p in self._problems],
                "problem": [p.problem for p in self._problems],
                "remedy": [p.remedy for p in self._problems],
            }
        )

    def text(self) -> str:
        """Return all errors, one a line; a long list is cut and the rest counted."""
        errors = [p.text() for p in self._problems if p.severity == "error"]
        more = [f"... and {len(errors) - _SHOWN} more errors"] if len(errors) > _SHOWN else []
        return "\n".join([*errors[:_SHOWN], *more])

    def __repr__(self) -> str:
        return f"<Problems: {self.n_errors} errors, {self.n_warnings} warnings>"

    def _repr_html_(self) -> str:
        html: str = self.table.to_html(index=False, escape=True, na_rep="")
        return f"<p>{self.n_errors} errors, {self.n_warnings} warnings</p>{html}"


def check_whole(value: object, name: str) -> None:
    """Refuse an argument that is no whole number.

    Parameters
    ----------
    value : object
        The argument.
    name : str
        Its name, for the message.

    Raises
    ------
    BadArgumentError
        It is no whole number.

    Examples
    --------
    >>> check_whole(3, "months")
    """
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise BadArgumentError(
            f"{name}={value!r} was received.", remedy=f"Give a whole number as {name}."
        )


def needs(value: object, kind: type, name: str, maker: str) -> None:
    """Complain of an argument that is not the result that a function asks for.

    Parameters
    ----------
    value : object
        What was received.
    kind : type
        What is needed.
    name : str
        The argument.
    maker : str
        What returns such a result.

    Raises
    ------
    BadArgumentError
        Where `value` is no `kind`.

    Examples
    --------
    >>> needs(3, int, "months", "len")
    """
    if not isinstance(value, kind):
        wanted, given = map(_with_article, (kind.__name__, type(value).__name__))
        raise BadArgumentError(
            f"{name} is {given}; {wanted} is needed.",
            remedy=f"Pass {wanted}, as {maker} gives.",
        )


def _with_article(name: str) -> str:
    return f"{'an' if name[0] in 'AEIOaeio' else 'a'} {name}"

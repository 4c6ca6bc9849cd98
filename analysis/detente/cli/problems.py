"""What a check found, on the screen: each error by itself, like warnings together."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from detente.cli.console import is_terminal, say

if TYPE_CHECKING:
    from detente._checks import Problem, Problems

__all__ = ["Found", "grouped", "tell_problems"]

#: Rows of like warnings that are named; the others are counted.
_NAMED = 5


@dataclass(frozen=True)
class Found:
    """A problem, or like problems of several rows.

    Parameters
    ----------
    problems : tuple of Problem
        At least one, in the order of the rows.
    """

    problems: tuple[Problem, ...]

    @property
    def rows(self) -> str:
        """The rows, the first of them by name; empty where the whole file is meant."""
        named = ", ".join(self._rows[:_NAMED])
        n_more = len(self._rows) - _NAMED
        return f"{named} and {n_more:,} more" if n_more > 0 else named

    @property
    def _rows(self) -> list[str]:
        # A row can be like two others, and is then told twice.
        return list(dict.fromkeys(str(p.row) for p in self.problems if p.row is not None))

    @property
    def what(self) -> str:
        """What is wrong: of like problems that differ in a number, the first."""
        first = self.problems[0]
        is_one = len({problem.problem for problem in self.problems}) == 1
        return first.problem if is_one else f"First: {first.problem}"

    def text(self) -> str:
        """Return one line."""
        first = self.problems[0]
        if len(self.problems) == 1:
            return first.text()
        n_rows = len(self._rows)
        place = f"{n_rows:,} rows ({self.rows})" if n_rows > 1 else f"row {self.rows}"
        if first.column:
            place = f"column {first.column}, {place}"
        if first.file:
            place = f"{first.file}, {place}"
        value = f" (first received {first.value!r})" if first.value else ""
        return f"{first.severity}: {place}: {self.what}{value} {first.remedy}".strip()


def grouped(problems: Iterable[Problem]) -> list[Found]:
    """Put warnings of several rows that say the same together.

    Parameters
    ----------
    problems : iterable of Problem
        In the order in which they are told.

    Returns
    -------
    list of Found
        In the order of the first of each; an error, which has to be mended, and a warning about
        a whole file stand by themselves. Warnings that differ in numbers alone are alike.
    """
    groups: dict[tuple[object, ...], list[Problem]] = {}
    for number, problem in enumerate(problems):
        is_alone = problem.severity == "error" or problem.row is None
        kind = (problem.file, problem.column, re.sub(r"\d+", "0", problem.problem), problem.remedy)
        groups.setdefault((number,) if is_alone else kind, []).append(problem)
    return [Found(tuple(group)) for group in groups.values()]


def tell_problems(problems: Problems, *, quiet: bool = False) -> None:
    """Print all problems of a check, and how many there are.

    Parameters
    ----------
    problems : Problems
        What the check found.
    quiet : bool, default False
        Print errors only, without the count.
    """
    shown = grouped(problem for problem in problems if problem.severity == "error" or not quiet)
    if shown and is_terminal(sys.stdout):
        _draw(shown)
    else:
        for found in shown:
            typer.echo(found.text())
    from detente import wording

    errors = wording.count(problems.n_errors, "error")
    warnings = wording.count(problems.n_warnings, "warning")
    # Like warnings are one line together, so that more are counted than are seen.
    n_kinds = sum(found.problems[0].severity != "error" for found in shown)
    kinds = f" ({wording.count(n_kinds, 'kind')})" if n_kinds < problems.n_warnings else ""
    say(f"{errors}, {warnings}{kinds}.", quiet=quiet)


def _draw(shown: Sequence[Found]) -> None:
    """Draw problems as a table."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("", "file", "rows", "column", "value", "problem", "remedy")
    for found in shown:
        first = found.problems[0]
        is_error = first.severity == "error"
        # Text keeps square brackets of a value from acting as markup.
        table.add_row(
            Text(first.severity, style="bold red" if is_error else "yellow"),
            Text(first.file),
            Text(found.rows),
            Text(first.column),
            Text(first.value),
            Text(found.what),
            Text(first.remedy),
        )
    Console().print(table)

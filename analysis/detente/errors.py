"""Errors that say what was received and the way out.

Every error that detente raises on purpose is a `DetenteError`. The command line prints
its message and its remedy and exits with status 1; a library user can catch one class.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from detente._checks import Problems

__all__ = [
    "BadArgumentError",
    "CheckError",
    "DetenteError",
    "MissingExtraError",
    "ReadError",
    "ReportError",
    "StudyError",
    "did_you_mean",
]


class DetenteError(Exception):
    """Base of all errors raised on purpose.

    Parameters
    ----------
    message : str
        What is wrong, with the value that was received.
    remedy : str, optional
        What to do about it, as an instruction.

    Examples
    --------
    >>> str(DetenteError("The file 'a.csv' is empty.", remedy="Add a header line."))
    "The file 'a.csv' is empty. Add a header line."
    """

    def __init__(self, message: str, *, remedy: str = "") -> None:
        self.message = message
        self.remedy = remedy
        super().__init__(f"{message} {remedy}".strip())

    def __reduce__(self) -> tuple[Any, ...]:
        # An error has to come back whole from a worker process; each class has its own
        # arguments, so it is put together again without asking for them.
        return _restored, (type(self), self.args, self.__dict__)


class BadArgumentError(DetenteError, ValueError):
    """An argument has a value that the function cannot work with."""


class ReadError(DetenteError):
    """A file cannot be read at all.

    Parameters
    ----------
    message : str
        What is wrong.
    file : str
        The file as the user named it.
    row : int or None
        Row as a spreadsheet shows it (the header is row 1), where known.
    remedy : str, optional
        What to do about it.
    """

    def __init__(
        self, message: str, *, file: str = "", row: int | None = None, remedy: str = ""
    ) -> None:
        self.file = file
        self.row = row
        super().__init__(message, remedy=remedy)


class CheckError(DetenteError):
    """Data break the schema; `problems` holds every problem, not only the first.

    Parameters
    ----------
    problems : Problems
        All problems that the check found; each has its own remedy.
    remedy : str, optional
        A way out of all of them together, which only the caller knows.
    rejected : DataFrame, optional
        The bad rows with `row` and `reasons`, where all rows are bad.
    """

    def __init__(
        self, problems: Problems, *, remedy: str = "", rejected: pd.DataFrame | None = None
    ) -> None:
        self.problems = problems
        self.rejected = rejected
        super().__init__(problems.text(), remedy=remedy)


class StudyError(DetenteError):
    """A `study.toml` cannot be used."""


class ReportError(DetenteError):
    """A report or a figure cannot be written."""


class MissingExtraError(DetenteError, ImportError):
    """An optional part is not installed; the remedy is the install line.

    Parameters
    ----------
    extra : str
        Name of the extra that carries the part.
    what : str
        What was asked for and needs it.

    Examples
    --------
    >>> MissingExtraError("http", "Reading over the network").remedy
    "Install it with: pip install 'detente[http]'"
    """

    def __init__(self, extra: str, what: str) -> None:
        self.extra = extra
        super().__init__(
            f"{what} needs a part that is not installed.",
            remedy=f"Install it with: pip install 'detente[{extra}]'",
        )


def _restored(
    kind: type[DetenteError], args: tuple[Any, ...], fields: dict[str, Any]
) -> DetenteError:
    """Put an error together again that another process has sent."""
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(fields)
    return error


def did_you_mean(value: str, choices: Iterable[str]) -> str:
    """Return "Did you mean 'x'?" for the nearest choice, or an empty string.

    Parameters
    ----------
    value : str
        What was received.
    choices : iterable of str
        What would have been accepted.

    Returns
    -------
    str
        A question with the nearest choice; empty where nothing is near.

    Examples
    --------
    >>> did_you_mean("sorcer", ["scorer", "weights"])
    "Did you mean 'scorer'?"
    >>> did_you_mean("zzz", ["scorer", "weights"])
    ''
    """
    near = get_close_matches(value, list(choices), n=1, cutoff=0.6)
    return f"Did you mean '{near[0]}'?" if near else ""

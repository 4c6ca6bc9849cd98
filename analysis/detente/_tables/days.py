"""Days from text: only what can be read in one way."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Final

import pandas as pd

from detente.errors import BadArgumentError

__all__ = ["as_day", "last_possible_day", "read_day"]

_NAMES: Final = "january february march april may june july august september october november"
_MONTHS: Final = (*_NAMES.split(), "december")
_MONTH_NUMBER: Final = {name: place for place, name in enumerate(_MONTHS, 1)}
_MONTH_NUMBER.update({name[:3]: place for place, name in enumerate(_MONTHS, 1)}, sept=9)

_TIME = r"(?:[T ](?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]+)?)?"
_TIME += r" ?(?:Z|UTC|[+-][0-9]{2}:?[0-9]{2})?)?"
_YEAR_FIRST = re.compile(rf"([0-9]{{4}})([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}}){_TIME}")
_PACKED = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_YEAR_LAST = re.compile(rf"([0-9]{{1,2}})([-/.])([0-9]{{1,2}})\2([0-9]{{4}}){_TIME}")
_DAY_MONTH = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?\.?[ -]+([A-Za-z]+)\.?,?[ -]+([0-9]{4})")
_MONTH_DAY = re.compile(r"([A-Za-z]+)\.? +([0-9]{1,2})(?:st|nd|rd|th)?,? +([0-9]{4})")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{2}")
_MONTH_ONLY = re.compile(r"[0-9]{4}(?:[-/.][0-9]{1,2})?|[A-Za-z]+\.? [0-9]{4}")
_SERIAL = re.compile(r"[1-9][0-9]{4}(?:\.[0-9]+)?")

_WRITE: Final = "Write the day as 2015-11-24 (year-month-day)."
#: Officials before this year are no matter of a monthly index; 0201 is a typing error.
_FIRST_YEAR: Final = 1800


class NotADayError(ValueError):
    """Text that gives no single day; `problem` and `remedy` say why."""

    def __init__(self, problem: str, remedy: str = _WRITE) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy


def read_day(text: str) -> date:
    """Return the day that a text gives.

    Parameters
    ----------
    text : str
        "2015-11-24", also with a time behind (the day is taken as written, no time zone is
        applied), "20151124", "2015/11/24", "24 November 2015", "Nov 24, 2015", "24/11/2015".

    Returns
    -------
    date
        The day.

    Raises
    ------
    NotADayError
        The text is no day, an impossible one, or can be read in two ways.

    Examples
    --------
    >>> read_day("24 November 2015").isoformat()
    '2015-11-24'
    >>> read_day("03/04/2015")
    Traceback (most recent call last):
    ...
    detente._tables.days.NotADayError: The date can be read as 3 April 2015 or as 4 March 2015.
    """
    if match := _YEAR_FIRST.fullmatch(text) or _PACKED.fullmatch(text):
        parts = match.groups()
        return _day(int(parts[0]), int(parts[-2]), int(parts[-1]))
    if match := _YEAR_LAST.fullmatch(text):
        return _year_last(int(match[1]), int(match[3]), int(match[4]))
    if (match := _DAY_MONTH.fullmatch(text)) and match[2].lower() in _MONTH_NUMBER:
        return _day(int(match[3]), _MONTH_NUMBER[match[2].lower()], int(match[1]))
    if (match := _MONTH_DAY.fullmatch(text)) and match[1].lower() in _MONTH_NUMBER:
        return _day(int(match[3]), _MONTH_NUMBER[match[1].lower()], int(match[2]))
    if _SHORT_YEAR.fullmatch(text):
        raise NotADayError("The date has a year of two digits.")
    if _MONTH_ONLY.fullmatch(text):
        raise NotADayError("The date names no day.")
    if _SERIAL.fullmatch(text):
        day = date(1899, 12, 30) + timedelta(days=int(float(text)))
        raise NotADayError(
            "This is a number, not a date.",
            f"If it is a day as Excel counts them, it is {day}; format the column as a date.",
        )
    raise NotADayError("This is no date.")


def _day(year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise NotADayError(
            "There is no such day in the calendar.", f"Correct the date. {_WRITE}"
        ) from None
    if year < _FIRST_YEAR:
        raise NotADayError(f"The year {year} cannot be meant.", f"Correct the date. {_WRITE}")
    return found


def _year_last(first: int, second: int, year: int) -> date:
    if first == second or second > 12:  # 11/24/2015: the month stands first
        return _day(year, first, second)
    if first > 12:
        return _day(year, second, first)
    readings = [_day(year, second, first), _day(year, first, second)]
    spoken = " or as ".join(
        f"{day.day} {_MONTHS[day.month - 1].title()} {year}" for day in readings
    )
    raise NotADayError(
        f"The date can be read as {spoken}.", f"Write {readings[0]} or {readings[1]}."
    )


def read_days(texts: Iterable[str]) -> tuple[dict[str, date], dict[str, NotADayError]]:
    """Read distinct texts; return the days, and why the others are none."""
    days: dict[str, date] = {}
    reasons: dict[str, NotADayError] = {}
    for text in texts:
        try:
            days[text] = read_day(text)
        except NotADayError as reason:
            reasons[text] = reason
    return days, reasons


def as_day(value: object, name: str) -> date:
    """Return the day that an argument gives.

    Parameters
    ----------
    value : str, date, datetime, Timestamp or datetime64
        The argument.
    name : str
        Its name, for the message.

    Returns
    -------
    date
        The day.

    Raises
    ------
    BadArgumentError
        It gives no day.

    Examples
    --------
    >>> as_day(pd.Timestamp(2015, 11, 24), "today").isoformat()
    '2015-11-24'
    """
    try:
        if isinstance(value, str):
            return read_day(value.strip())
        stamp = pd.Timestamp(value)  # type: ignore[arg-type]
        if pd.isna(stamp):
            raise ValueError("missing")
    except (ValueError, TypeError) as error:
        raise BadArgumentError(
            f"{name} must be a day, but {value!r} was received.", remedy=_WRITE
        ) from error
    return stamp.date()


def last_possible_day(today: object = None) -> date:
    """Return the last day that something can have happened on.

    Parameters
    ----------
    today : str, date, datetime, Timestamp, datetime64 or None
        That day. None: the day after the clock's day in UTC, since it is tomorrow already
        somewhere on earth; so the time zone of the machine decides nothing.

    Returns
    -------
    date
        The day.

    Raises
    ------
    BadArgumentError
        `today` gives no day.

    Examples
    --------
    >>> last_possible_day("2015-11-24").isoformat()
    '2015-11-24'
    """
    if today is None:
        return datetime.now(UTC).date() + timedelta(days=1)
    return as_day(today, "today")

"""Months as arguments: one way to read them, one way to complain."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd

from detente.errors import BadArgumentError

__all__ = ["Month", "as_day", "as_month"]

#: A day as text, also with a time behind it.
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.]+(Z|[+-][0-9:]+)?)?")

#: What is taken for a month: "2015-11", or any day of it.
Month = str | date | pd.Timestamp


def as_month(value: Month, name: str) -> pd.Timestamp:
    """Return the first day of a month.

    Parameters
    ----------
    value : str, datetime.date or Timestamp
        The month, as "2015-11" or any day of it.
    name : str
        Name of the argument, for the error.

    Returns
    -------
    Timestamp
        First day of the month.

    Raises
    ------
    BadArgumentError
        Where the value names no month.

    Examples
    --------
    >>> as_month("2015-11-24", "since")
    Timestamp('2015-11-01 00:00:00')
    """
    if isinstance(value, pd.Timestamp):  # known already; reading its text takes far longer
        return value.tz_localize(None).to_period("M").to_timestamp()
    # "June" is read as one of the year 1, and 05.06.2016 as May or June.
    is_told = not isinstance(value, str) or _ISO_DAY.fullmatch(value.strip()) or _is_month(value)
    day = _day(value) if is_told else None
    if day is None:
        raise BadArgumentError(
            f"{name}={value!r} was received, which names no month.",
            remedy="Write it as '2015-11'.",
        )
    return day.to_period("M").to_timestamp()


def as_day(value: Month, name: str) -> pd.Timestamp:
    """Return a day.

    Parameters
    ----------
    value : str, datetime.date or Timestamp
        The day, as "2015-11-24"; a month such as "2015-11" stands for its last day.
    name : str
        Name of the argument, for the error.

    Returns
    -------
    Timestamp
        The day at midnight.

    Raises
    ------
    BadArgumentError
        Where the value names no day.

    Examples
    --------
    >>> as_day("2015-11", "as_of")
    Timestamp('2015-11-30 00:00:00')
    """
    # 05.06.2016 is the fifth of June or the sixth of May: text is taken in one form alone.
    is_month = isinstance(value, str) and _is_month(value)
    is_day = not isinstance(value, str) or _ISO_DAY.fullmatch(value.strip())
    day = _day(value) if is_day or is_month else None
    if day is None:
        raise BadArgumentError(
            f"{name} must be a day, but {value!r} was received.",
            remedy="Write the day as 2015-11-24 (year-month-day); a month, 2015-11, stands for "
            "its last day.",
        )
    return day + pd.offsets.MonthEnd(0) if is_month else day


def _is_month(text: str) -> bool:
    return re.fullmatch(r"[0-9]{4}-[0-9]{2}", text.strip()) is not None


def _day(value: object) -> pd.Timestamp | None:
    if isinstance(value, str | date):
        day = pd.to_datetime(str(value), errors="coerce")
        if isinstance(day, pd.Timestamp):
            return day.tz_localize(None).normalize()
    return None

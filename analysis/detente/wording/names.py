"""Counts with their nouns, lists, months, days, periods and directions in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from detente.wording.language import language, locale, say, say_as, say_count

__all__ = [
    "capital",
    "count",
    "day_name",
    "days_name",
    "direction_name",
    "forms_of",
    "listing",
    "month_name",
    "period_name",
]

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_IRREGULAR = {"country": "countries", "analysis": "analyses"}


def capital(text: str) -> str:
    """Begin a text with a capital letter.

    Parameters
    ----------
    text : str
        Words in the reader's language; names of the study may be among them.

    Returns
    -------
    str
        The text; in Turkish the capital of "i" has its dot.

    Examples
    --------
    >>> capital("both sides")
    'Both sides'
    """
    first = "İ" if text[:1] == "i" and language() == "tr" else text[:1].upper()
    return first + text[1:]


def count(n: int, noun: str) -> str:
    """Format a count with its noun in the right number.

    Parameters
    ----------
    n : int
        How many.
    noun : str
        The noun in the singular; its last word is put into the plural.

    Returns
    -------
    str
        Count and noun.

    Examples
    --------
    >>> count(1, "statement"), count(1062, "statement"), count(0, "country")
    ('1 statement', '1,062 statements', '0 countries')
    """
    return say_count(*forms_of(noun), n)


def forms_of(noun: str) -> tuple[str, str]:
    """Return what is said of one and of many.

    Parameters
    ----------
    noun : str
        The noun in the singular.

    Returns
    -------
    tuple of str
        Both with the place ``{n}``.

    Examples
    --------
    >>> forms_of("bad country")
    ('{n} bad country', '{n} bad countries')
    """
    *first, last = noun.split(" ")
    plural = _IRREGULAR.get(last, last + "s")
    return f"{{n}} {noun}", f"{{n}} {' '.join([*first, plural])}"


def listing(items: Sequence[str]) -> str:
    """Join items as in a sentence.

    Parameters
    ----------
    items : sequence of str
        The items.

    Returns
    -------
    str
        "a", "a and b" or "a, b and c".
    """
    if len(items) < 2:
        return "".join(items)
    return say("{first} and {last}", first=", ".join(items[:-1]), last=items[-1])


def month_name(month: date) -> str:
    """Name a month.

    Parameters
    ----------
    month : datetime.date or pandas.Timestamp
        Any day of the month.

    Returns
    -------
    str
        Month and year, whatever the locale.

    Examples
    --------
    >>> month_name(date(2015, 11, 1))
    'November 2015'
    """
    if place := locale():
        return f"{place.months['stand-alone']['wide'][month.month]} {month.year}"
    return f"{_MONTHS[month.month - 1]} {month.year}"


def day_name(day: date) -> str:
    """Name a day.

    Parameters
    ----------
    day : datetime.date or pandas.Timestamp
        The day.

    Returns
    -------
    str
        Day, month and year, whatever the locale.

    Examples
    --------
    >>> day_name(date(2015, 11, 24))
    '24 November 2015'
    """
    if place := locale():
        return f"{day.day} {place.months['format']['wide'][day.month]} {day.year}"
    return f"{day.day} {month_name(day)}"


def days_name(first: date, last: date, *, is_short: bool = False) -> str:
    """Name a day, or the days from one to another.

    Parameters
    ----------
    first, last : datetime.date or pandas.Timestamp
        The first and the last day.
    is_short : bool, default False
        Join the days of one month by a dash, as in a table.

    Returns
    -------
    str
        The days; one day is named once.

    Examples
    --------
    >>> days_name(date(2015, 11, 24), date(2015, 11, 28))
    '24 to 28 November 2015'
    >>> days_name(date(2015, 11, 24), date(2015, 11, 28), is_short=True)
    '24–28 November 2015'
    """
    end = day_name(last)
    if first == last:
        return end
    if (first.year, first.month) != (last.year, last.month):
        return say("{first} to {last}", first=day_name(first), last=end)
    if is_short:
        return say_as("days of one month", "{first}–{last}", first=first.day, last=end)
    return say_as("days of one month", "{first} to {last}", first=first.day, last=end)


def period_name(since: date, until: date) -> str:
    """Name a period by its first and last month.

    Parameters
    ----------
    since, until : datetime.date or pandas.Timestamp
        Any day of the first and of the last month.

    Returns
    -------
    str
        The period; one month is named once.
    """
    first, last = month_name(since), month_name(until)
    return first if first == last else say("{first} to {last}", first=first, last=last)


def direction_name(source: str, target: str) -> str:
    """Name one direction by the names of the countries.

    Parameters
    ----------
    source, target : str
        Readers' names of the speaking and of the addressed country.

    Returns
    -------
    str
        In words.
    """
    return say("{source} on {target}", source=source, target=target)

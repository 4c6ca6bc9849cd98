"""Texts of the data as cells: cut, named, linked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from detente import wording

__all__ = ["clipped", "days_told", "records", "shortened", "text_of", "web_address"]


def web_address(value: object) -> str:
    """Return an address that may be linked, or an empty text.

    Parameters
    ----------
    value : object
        What the data hold.

    Returns
    -------
    str
        The address where it is http or https and of a sane length, otherwise empty.

    Examples
    --------
    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)")
    ('https://example.org/a', '')
    """
    url = text_of(value).strip()
    is_web = url.lower().startswith(("http://", "https://")) and url.isprintable()
    return url if is_web and " " not in url and len(url) <= 2000 else ""


def shortened(text: str, size: int) -> str:
    """Cut a text and say how much is missing.

    Parameters
    ----------
    text : str
        Any text.
    size : int
        Characters to keep, at least 1.

    Returns
    -------
    str
        The text, cut where it is longer.

    Examples
    --------
    >>> shortened("abc", 3), shortened("abcdef", 3)
    ('abc', 'abc … (3 more characters)')
    """
    rest = len(text) - size
    return (
        text if rest <= 0 else f"{text[:size].rstrip()} … ({wording.count(rest, 'more character')})"
    )


def clipped(text: str, size: int) -> str:
    """Cut a text between two words and mark the cut.

    Parameters
    ----------
    text : str
        Any text.
    size : int
        Characters to keep at most, at least 1; a word that fills half of them is cut.

    Returns
    -------
    str
        The text, ending in an ellipsis where it is longer.

    Examples
    --------
    >>> clipped("abc", 3), clipped("abcdef", 3), clipped("Monthly means, shown", 12)
    ('abc', 'abc…', 'Monthly…')
    """
    if len(text) <= size:
        return text
    kept = text[:size]
    whole = kept if text[size].isspace() else kept.rpartition(" ")[0]
    if len(whole) * 2 <= size:
        whole = kept
    # No ellipsis after a comma or an opening bracket.
    return f"{whole.rstrip(' ,;:(') or kept}…"


def days_told(first: date, last: Any) -> str:
    """Name a day, or the days from one to another.

    Parameters
    ----------
    first : datetime.date or Timestamp
        The first day.
    last : datetime.date, Timestamp or None
        The last; missing, or the first again, where there is one day.

    Returns
    -------
    str
        Such as "24–28 November 2015".

    Examples
    --------
    >>> days_told(date(2015, 11, 24), date(2015, 11, 28))
    '24–28 November 2015'
    """
    if last is None or pd.isna(last) or last == first:
        return wording.day_name(first)
    return wording.days_name(first, last, is_short=True)


def text_of(value: object) -> str:
    """Return a cell of the data as text, empty where it holds none.

    Parameters
    ----------
    value : object
        The cell.

    Returns
    -------
    str
        The text.
    """
    return value if isinstance(value, str) else ""


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table.

    Parameters
    ----------
    frame : DataFrame
        The table.

    Returns
    -------
    list of dict
        Column -> value, a row each.
    """
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]

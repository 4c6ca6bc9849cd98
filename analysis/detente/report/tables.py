"""Tables of the report as lists of printed cells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from detente import wording
from detente.index import BILATERAL, IndexResult, is_thin

__all__ = [
    "clipped",
    "days_told",
    "episodes_rows",
    "events_rows",
    "months_table",
    "shortened",
    "statements_rows",
    "web_address",
]

#: Days before and after an episode in which statements are counted.
EPISODE_WINDOW = 30

#: Characters printed of a statement and of an address.
_LONGEST_TEXT = 900
_LONGEST_ADDRESS = 100

#: Stands for a raw mean that does not exist.
_NO_MEAN = "–"


def months_table(index: IndexResult) -> dict[str, Any]:
    """Print all months, the two directions and both together side by side.

    Parameters
    ----------
    index : IndexResult
        The index.

    Returns
    -------
    dict
        `heads` (names of the three groups), `has_raw` (whether the raw means stand beside a
        smoothed index) and `rows`, each with `month`, `is_january` and `groups`: per group
        `index`, `interval`, `raw`, `n`, `is_thin` and `missing`, which says why there is no
        index and is empty where there is one.
    """
    names = [*index.dyad.directions, BILATERAL]
    groups = [_cells(index.direction(name), name, index.method) for name in names]
    return {
        "has_raw": index.method == "state_space",
        "heads": [_capital(index.direction_name(name)) for name in names],
        "rows": [
            {
                "month": wording.month_name(month),
                "is_january": month.month == 1,
                "groups": [group[i] for group in groups],
            }
            for i, month in enumerate(index.months)
        ],
    }


def _cells(rows: pd.DataFrame, name: str, kind: str) -> list[dict[str, Any]]:
    columns = ("index", "lower", "upper", "raw", "n_statements", "n_unscored")
    return [
        {
            "missing": ""
            if pd.notna(value)
            else "no index"
            if kind == "state_space"
            else "one side only"
            if name == BILATERAL and n
            else "no tone"
            if n_unscored
            else "no statements",
            "index": wording.degrees(value),
            "interval": wording.interval(lower, upper),
            "raw": wording.degrees(raw) if pd.notna(raw) else _NO_MEAN,
            "n": wording.number(n),
            "is_thin": bool(few),
        }
        for value, lower, upper, raw, n, n_unscored, few in zip(
            *(rows[column] for column in columns), is_thin(rows), strict=True
        )
    ]


def episodes_rows(episodes: pd.DataFrame, sample: pd.DataFrame) -> list[dict[str, str]]:
    """Print the headline episodes with the statements around them.

    Parameters
    ----------
    episodes : DataFrame
        A row per episode: `first_day`, `last_day`, `label`, `expected`, `kind`, `n_events`.
    sample : DataFrame
        The statements of the dyad and period.

    Returns
    -------
    list of dict
        A row per episode, in the order received.
    """
    window = pd.Timedelta(days=EPISODE_WINDOW)
    days = sample["date"].dt.normalize()
    rows = []
    for episode in _records(episodes):
        first, last = episode["first_day"], episode["last_day"]
        rows.append(
            {
                "days": days_told(first, last),
                "label": _text(episode.get("label")),
                "expected": _text(episode.get("expected")),
                "kind": _text(episode.get("kind")),
                "n_events": wording.number(episode["n_events"]),
                "before": wording.number(int(days.between(first - window, first, "left").sum())),
                "after": wording.number(int(days.between(last, last + window, "right").sum())),
            }
        )
    return rows


def events_rows(events: pd.DataFrame, numbers: Mapping[str, int]) -> list[dict[str, str]]:
    """Print all events in the order of their days.

    Parameters
    ----------
    events : DataFrame
        The events.
    numbers : mapping of str to int
        Number of each episode in the table of episodes, by its key.

    Returns
    -------
    list of dict
        A row per event: days, label, title, expected, kind, episode (its number; empty for
        an event that is no headline event, whatever it names), outlet, url.
    """
    rows = []
    for event in _records(events.sort_values("date", kind="stable")):
        key = _text(event.get("episode")) if event.get("headline") else ""
        rows.append(
            {
                "days": days_told(event["date"], event.get("end_date")),
                "label": _text(event.get("label")),
                "title": _text(event.get("title")),
                "expected": _text(event.get("expected")),
                "kind": _text(event.get("kind")),
                "episode": str(numbers.get(key, "")),
                "outlet": _text(event.get("outlet")),
                "url": web_address(event.get("url")),
            }
        )
    return rows


def statements_rows(sample: pd.DataFrame, index: IndexResult) -> list[dict[str, str]]:
    """Print statements one by one.

    Parameters
    ----------
    sample : DataFrame
        Scored statements, in the order in which they are printed.
    index : IndexResult
        Gives the names of the directions.

    Returns
    -------
    list of dict
        A row per statement: tone, day, speaker, role, side, text, outlet, url, address.
    """
    rows = []
    for row in _records(sample):
        url = web_address(row.get("url"))
        address = url.split("://", 1)[-1].removeprefix("www.").rstrip("/")
        rows.append(
            {
                "tone": wording.tone(row["tone"]),
                "day": wording.day_name(row["date"]),
                "speaker": _text(row["speaker"]),
                "role": _text(row.get("role")),
                "side": index.direction_name(f"{row['source']}>{row['target']}"),
                "text": shortened(_text(row["text"]), _LONGEST_TEXT),
                "outlet": _text(row.get("outlet")),
                "url": url,
                "address": clipped(address, _LONGEST_ADDRESS),
            }
        )
    return rows


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
    url = _text(value).strip()
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
    """Cut a text and mark the cut.

    Parameters
    ----------
    text : str
        Any text.
    size : int
        Characters to keep, at least 1.

    Returns
    -------
    str
        The text, ending in an ellipsis where it is longer.

    Examples
    --------
    >>> clipped("abc", 3), clipped("abcdef", 3)
    ('abc', 'abc…')
    """
    return text if len(text) <= size else f"{text[:size].rstrip()}…"


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
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{wording.day_name(last)}"
    return f"{wording.day_name(first)} to {wording.day_name(last)}"


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]

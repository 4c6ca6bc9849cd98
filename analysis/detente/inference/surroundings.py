"""What else stood around an event, and how many calm months there are to compare with."""

from __future__ import annotations

import pandas as pd

from detente.inference.rows import day_number, days_from, mappings

__all__ = ["AROUND", "calm_months", "events_around"]

#: Days around an episode in which other events are listed.
AROUND = 30


def events_around(events: pd.DataFrame, episodes: pd.DataFrame, days: int = AROUND) -> pd.DataFrame:
    """List the events of others near each episode.

    Parameters
    ----------
    events : DataFrame
        As of `read_events`.
    episodes : DataFrame
        As of `episodes_table`.
    days : int, default 30
        Days before the first day and after the last day that count as near.

    Returns
    -------
    DataFrame
        One row per episode and event that is not part of it: `episode`, `date`, `label`,
        `kind`, `expected`, `days` (from the episode's first day; negative before it),
        `headline`.
    """
    reach = pd.Timedelta(days=days)
    ends = events["end_date"].fillna(events["date"])
    parts = []
    for row in mappings(episodes):
        near = (ends >= row["first_day"] - reach) & (events["date"] <= row["last_day"] + reach)
        own = events["headline"].astype(bool) & events["episode"].eq(row["episode"]).fillna(False)
        found = events.loc[near & ~own, ["date", "label", "kind", "expected", "headline"]]
        since = days_from(found["date"]) - day_number(row["first_day"])
        parts.append(found.assign(episode=row["episode"], days=since))
    columns = ["episode", "date", "label", "kind", "expected", "days", "headline"]
    if not parts:
        return pd.DataFrame(columns=columns)
    table: pd.DataFrame = pd.concat(parts, ignore_index=True)
    return table[columns]


def calm_months(events: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> int:
    """Count months with no event within two months.

    Parameters
    ----------
    events : DataFrame
        As of `read_events`.
    first, last : Timestamp
        Any day of the first and of the last month.

    Returns
    -------
    int
        Months without an event in them or in the two months on either side.
    """
    busy: set[int] = set()
    ends = events["end_date"].fillna(events["date"])
    for start, end in zip(events["date"], ends, strict=True):
        busy.update(range(_number(start) - 2, _number(end) + 3))
    return sum(month not in busy for month in range(_number(first), _number(last) + 1))


def _number(day: pd.Timestamp) -> int:
    return 12 * day.year + day.month

"""How the statements spread over months and speakers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

import pandas as pd

__all__ = ["THIN", "month_counts", "month_ranges", "speaker_shares"]

#: A month with fewer occasions is thin: too little to place the month by itself.
THIN = 3


def month_counts(frame: pd.DataFrame, months: pd.PeriodIndex) -> pd.Series:
    """Count the occasions of each month.

    Parameters
    ----------
    frame : DataFrame
        A row per statement with `date`, `speaker` and `channel`.
    months : PeriodIndex
        The months to count.

    Returns
    -------
    Series of int
        Occasions (speaker x day x channel) for each of the months, 0 where there is none.
    """
    occasions = frame.drop_duplicates(["date", "speaker", "channel"])
    counts: pd.Series = occasions["date"].dt.to_period("M").value_counts()
    return counts.reindex(months, fill_value=0)


def month_ranges(months: Iterable[pd.Period], n_listed: int = 24) -> str:
    """Write months as ranges.

    Parameters
    ----------
    months : iterable of Period
        In order of time.
    n_listed : int, default 24
        Ranges that are written; the months of the rest are counted.

    Returns
    -------
    str
        Ranges with commas between.

    Examples
    --------
    >>> month_ranges(pd.PeriodIndex(["2009-03", "2009-04", "2009-05", "2010-01"], freq="M"))
    '2009-03 to 2009-05, 2010-01'
    """
    # Months that follow each other keep the same distance to their place in the list.
    runs = [
        [month for _, month in run]
        for _, run in groupby(enumerate(months), key=lambda item: item[1].ordinal - item[0])
    ]
    texts = [f"{run[0]} to {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    n_more = sum(map(len, runs[n_listed:]))
    return ", ".join([*texts[:n_listed], *([f"and {n_more} more"] if n_more else [])])


def speaker_shares(frame: pd.DataFrame, sources: Sequence[str]) -> pd.DataFrame:
    """Return how much of a side's statements its most frequent speaker made.

    Parameters
    ----------
    frame : DataFrame
        A row per statement with `source` and `speaker`.
    sources : sequence of str
        The sides.

    Returns
    -------
    DataFrame
        One row per side that has statements: `source`, `speaker`, `share` in (0, 1],
        `n_statements` of the side.
    """
    rows = []
    for source in sources:
        counts = frame.loc[frame["source"].eq(source), "speaker"].value_counts()
        if len(counts):
            n_all = int(counts.sum())
            rows.append((source, str(counts.index[0]), counts.iloc[0] / n_all, n_all))
    return pd.DataFrame(rows, columns=["source", "speaker", "share", "n_statements"])

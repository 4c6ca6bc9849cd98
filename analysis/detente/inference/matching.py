"""Breaks beside episodes: which lie near one, and how many would by chance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from detente.errors import BadArgumentError

__all__ = ["chance_of_matches", "months_from", "nearest_episodes"]


def months_from(months: pd.DatetimeIndex, episodes: pd.DataFrame) -> pd.DataFrame:
    """Return how far months lie from episodes.

    Parameters
    ----------
    months : DatetimeIndex
        First days of months.
    episodes : DataFrame
        `episode`, `first_day`, `last_day`, as `episodes_table` gives them.

    Returns
    -------
    DataFrame
        A row per month, a column per episode: months after its last month (above 0) or before
        its first (below 0); 0 from the first to the last.

    Raises
    ------
    BadArgumentError
        Where a column is missing.
    """
    missing = [name for name in ("episode", "first_day", "last_day") if name not in episodes]
    if missing:
        raise BadArgumentError(
            f"The episodes have no column {', '.join(missing)}.", remedy="Use episodes_table."
        )
    number = _number(months)[:, None]
    first = _number(pd.DatetimeIndex(episodes["first_day"]))[None, :]
    last = _number(pd.DatetimeIndex(episodes["last_day"]))[None, :]
    away = np.maximum(number - last, 0) - np.maximum(first - number, 0)
    return pd.DataFrame(away, index=months, columns=episodes["episode"].to_list())


def nearest_episodes(away: pd.DataFrame) -> list[tuple[str, int]]:
    """Return the nearest episode of each month and its distance.

    Parameters
    ----------
    away : DataFrame
        As `months_from` gives it.

    Returns
    -------
    list of (str, int)
        The earlier of two that are equally near; empty where there is no episode.
    """
    if away.shape[1] == 0:
        return []
    place = away.abs().to_numpy().argmin(axis=1)
    return [
        (str(away.columns[column]), int(away.iloc[row, column])) for row, column in enumerate(place)
    ]


def chance_of_matches(near: Sequence[bool], n_breaks: int, n_matched: int) -> float:
    """Return how often as many of the breaks lie near an episode by chance.

    Parameters
    ----------
    near : sequence of bool
        For each month that a break could have begun with, whether it lies near an episode.
    n_breaks : int
        Number of breaks.
    n_matched : int
        Those of them near an episode.

    Returns
    -------
    float
        Probability in [0, 1] that at least `n_matched` of `n_breaks` different months drawn at
        random are near (hypergeometric; that breaks keep a distance is left out).

    Examples
    --------
    >>> round(chance_of_matches([True, False, False, False], 1, 1), 2)
    0.25
    """
    from scipy import stats

    if n_breaks > len(near):
        return float("nan")
    return float(stats.hypergeom.sf(n_matched - 1, len(near), int(np.sum(near)), n_breaks))


def _number(days: pd.DatetimeIndex) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.asarray(days.year * 12 + days.month, dtype=np.int64)

"""How many statements lie near a listed event."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from detente.index import IndexResult

__all__ = ["NEAR_DAYS", "nearness"]

#: Days after the first day of an event in which a statement counts as near it.
NEAR_DAYS = 3


def nearness(sample: pd.DataFrame, events: pd.DataFrame, index: IndexResult) -> tuple[float, float]:
    """Return which shares of the statements, and of all days, lie shortly after an event.

    Parameters
    ----------
    sample : DataFrame
        The statements of the dyad and period.
    events : DataFrame
        The listed events, with `date`.
    index : IndexResult
        Gives the period.

    Returns
    -------
    tuple of float
        Share of the statements and share of the days of the period, in [0, 1].
    """
    last_month = index.months[-1] + pd.offsets.MonthEnd(0)
    calendar = pd.Series(pd.date_range(index.months[0], last_month, unit="us"))
    event_days = np.unique(events["date"].dropna().to_numpy("datetime64[D]"))
    own, chance = (float(_is_near(days, event_days).mean()) for days in (sample["date"], calendar))
    return own, chance


def _is_near(days: pd.Series[Any], event_days: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Tell which days lie 0 to `NEAR_DAYS` days after the latest event before them."""
    own = days.to_numpy("datetime64[D]")
    if not len(event_days):
        return np.zeros(len(own), dtype=bool)
    position = np.searchsorted(event_days, own, side="right") - 1
    gap = (own - event_days[np.maximum(position, 0)]).astype(np.int64)
    return np.asarray((position >= 0) & (gap <= NEAR_DAYS))

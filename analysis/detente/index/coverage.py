"""How many months say how much, and which say too little."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

__all__ = ["MAX_HALF_WIDTH", "MIN_OCCASIONS", "Coverage", "is_thin"]

#: A month with fewer occasions is drawn hollow and gets no rank.
MIN_OCCASIONS = 3

#: Degrees; a month with a wider half interval is drawn hollow and gets no rank.
MAX_HALF_WIDTH = 30.0


@dataclass(frozen=True)
class Coverage:
    """How many months say how much.

    Parameters
    ----------
    n_months : int
        All months of the period.
    n_both, n_one_side, n_unscored_only, n_empty : int
        Months in which both sides have a tone, one side has, statements are there but none
        has a tone, and no statement is there at all. They add up to `n_months`.
    """

    n_months: int
    n_both: int
    n_one_side: int
    n_unscored_only: int
    n_empty: int


def is_thin(rows: pd.DataFrame) -> pd.Series[bool]:
    """Tell which months rest on too little to be ranked or drawn as solid.

    Parameters
    ----------
    rows : DataFrame
        Rows of `IndexResult.table`.

    Returns
    -------
    Series of bool
        True with fewer than `MIN_OCCASIONS` occasions or an interval whose half-width
        exceeds `MAX_HALF_WIDTH` degrees, and where there is no interval.
    """
    half = (rows["upper"] - rows["lower"]) / 2
    return (rows["n_occasions"] < MIN_OCCASIONS) | ~(half <= MAX_HALF_WIDTH)

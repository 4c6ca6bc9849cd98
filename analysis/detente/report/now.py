"""The level of the last month, and how far it lies from that of months before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from detente import wording
from detente.index import BILATERAL, IndexResult, is_thin

__all__ = ["AHEAD", "Change", "Now", "level_now"]

#: Months over which the change is told.
AHEAD = (1, 6, 12)

#: Degrees that a change cannot lie beyond.
_SCALE = 200.0


@dataclass(frozen=True)
class Change:
    """How far the last month lies from an earlier one.

    Parameters
    ----------
    months : int
        Months between the two.
    earlier : Timestamp or None
        The earlier month; None where the period does not reach back so far.
    value, lower, upper : float
        Later minus earlier, degrees; NaN where one of the two has no index.
    """

    months: int
    earlier: pd.Timestamp | None
    value: float
    lower: float
    upper: float

    @property
    def verdict(self) -> str:
        """Whether the two months can be told apart: "warmer", "colder" or "cannot tell"."""
        if np.isfinite(self.lower) and self.lower > 0:
            return "warmer"
        return "colder" if np.isfinite(self.upper) and self.upper < 0 else "cannot tell"


@dataclass(frozen=True)
class Now:
    """The last month with an index.

    Parameters
    ----------
    month : Timestamp
        The month.
    value, lower, upper : float
        Degrees; NaN where no month has an index.
    n_statements : int
        Statements of the month with a tone, both sides.
    is_last : bool
        Whether it is the last month of the period.
    is_thin : bool
        Whether it has few occasions or a wide interval.
    changes : tuple of Change
        From earlier months.
    """

    month: pd.Timestamp
    value: float
    lower: float
    upper: float
    n_statements: int
    is_last: bool
    is_thin: bool
    changes: tuple[Change, ...]

    @property
    def words(self) -> str:
        """How statements sounded: "warm" or "cold" only where the interval says so."""
        if np.isfinite(self.lower) and self.lower > 0:
            return "warmly"
        if np.isfinite(self.upper) and self.upper < 0:
            return "coldly"
        return ""

    @property
    def interval(self) -> str:
        """The ends of the interval of the level."""
        return wording.interval(self.lower, self.upper)


def level_now(
    index: IndexResult, name: str = BILATERAL, months: Sequence[int] = AHEAD
) -> Now | None:
    """Tell the level of the last month and the change since earlier months.

    Parameters
    ----------
    index : IndexResult
        The index.
    name : str, default "bilateral"
        "A>B", "B>A" or "bilateral".
    months : sequence of int, default (1, 6, 12)
        How many months earlier.

    Returns
    -------
    Now or None
        None where no month has an index.

    Notes
    -----
    Of a smoothed index the interval of a change comes from the joint covariance of the months.
    Means of single months share no statement, so there the two variances add up, with Student's
    t as for a single month. Ends beyond +-200, where no change lies, are clipped.
    """
    rows = index.direction(name)
    known = np.flatnonzero(rows["index"].notna().to_numpy())
    if not len(known):
        return None
    last = int(known[-1])
    row = rows.iloc[last]
    return Now(
        month=row["month"],
        value=float(row["index"]),
        lower=float(row["lower"]),
        upper=float(row["upper"]),
        n_statements=int(row["n_statements"]),
        is_last=last == len(rows) - 1,
        is_thin=bool(is_thin(rows).iloc[last]),
        changes=tuple(_change(index, rows, name, last, back) for back in months),
    )


def _change(index: IndexResult, rows: pd.DataFrame, name: str, last: int, back: int) -> Change:
    from scipy import stats

    first = last - back
    if first < 0:
        return Change(back, None, np.nan, np.nan, np.nan)
    earlier, later = rows.iloc[first], rows.iloc[last]
    if index.state is not None:
        weights = np.zeros((len(rows), len(index.sides)))
        weights[last] += index.side_weights(name)
        weights[first] -= index.side_weights(name)
        value, se = index.combination(weights)
        half = float(stats.norm.ppf((1 + index.confidence) / 2)) * se
    else:
        value = float(later["index"] - earlier["index"])
        se = float(np.hypot(later["se"], earlier["se"]))
        has_spread = index.df > 0 and np.isfinite(se)
        half = float(stats.t.ppf((1 + index.confidence) / 2, index.df)) * se if has_spread else (
            np.nan
        )  # fmt: skip
    lower, upper = np.clip([value - half, value + half], -_SCALE, _SCALE)
    return Change(back, earlier["month"], value, float(lower), float(upper))

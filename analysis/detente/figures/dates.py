"""The time axis: limits, ticks and labels for three months or forty years."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib import dates as mdates
from matplotlib.axes import Axes
from numpy.typing import NDArray

from detente import wording
from detente.figures.theme import GRID, text_width

__all__ = ["TimeAxis", "day_numbers", "middle_of_month", "month_names"]

_LABEL_SIZE = 7.0
_STEPS = (1, 2, 5, 10, 20, 50, 100)


def day_numbers(days: pd.Series[pd.Timestamp] | pd.DatetimeIndex) -> NDArray[np.float64]:
    """Return days as matplotlib counts them.

    Parameters
    ----------
    days : Series of Timestamp or DatetimeIndex
        Days; missing ones are allowed.

    Returns
    -------
    array of float
        Day numbers; NaN where there is no day.
    """
    values = pd.DatetimeIndex(days)
    numbers = np.full(len(values), np.nan)
    known = ~np.asarray(values.isna())
    days_known = values[known].to_numpy("datetime64[us]")
    numbers[known] = mdates.date2num(days_known)  # type: ignore[no-untyped-call] # matplotlib's gap
    return numbers


def middle_of_month(months: pd.Series[pd.Timestamp] | pd.DatetimeIndex) -> NDArray[np.float64]:
    """Return the middle of each month, where its mark stands.

    Parameters
    ----------
    months : Series of Timestamp or DatetimeIndex
        First days of months.

    Returns
    -------
    array of float
        Day numbers.

    Notes
    -----
    A mark on the first day would stand before events that fall into the month.
    """
    starts = pd.DatetimeIndex(months)
    ends = starts + pd.offsets.MonthBegin(1)
    return (day_numbers(starts) + day_numbers(ends)) / 2


def month_names(room: float = np.inf) -> tuple[str, ...]:
    """Return the short names of the twelve months in the reader's language.

    Parameters
    ----------
    room : float, optional
        Points for each in the size of labels; where one is wider, all are single letters.

    Returns
    -------
    tuple of str
        From January on.

    Examples
    --------
    >>> month_names()[:3]
    ('Jan', 'Feb', 'Mar')
    """
    place = wording.locale()
    if place is None:
        return tuple(wording.month_name(pd.Timestamp(2000, n, 1))[:3] for n in range(1, 13))
    names = place.months["stand-alone"]
    short = tuple(str(names["abbreviated"][n]).rstrip(".") for n in range(1, 13))
    if max(text_width(name, _LABEL_SIZE) for name in short) <= room:
        return short
    return tuple(str(names["narrow"][n]) for n in range(1, 13))


@dataclass(frozen=True)
class TimeAxis:
    """A stretch of whole months on an axis of a known width.

    Parameters
    ----------
    first, last : Timestamp
        First days of the first and of the last month shown.
    width : float
        Points.
    """

    first: pd.Timestamp
    last: pd.Timestamp
    width: float

    @property
    def limits(self) -> tuple[float, float]:
        """Ends of the axis in day numbers, with a little air."""
        ends = day_numbers(pd.DatetimeIndex([self.first, self.last + pd.offsets.MonthBegin(1)]))
        air = (ends[1] - ends[0]) * 0.008
        return float(ends[0] - air), float(ends[1] + air)

    def points(self, days: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return points from the left end of the axis."""
        low, high = self.limits
        return (days - low) / (high - low) * self.width

    def holds(self, days: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Tell which days lie on the axis."""
        low, high = self.limits
        return (days >= low) & (days <= high)

    @property
    def month_width(self) -> float:
        """Points of a month of thirty days."""
        low, high = self.limits
        return 30 / (high - low) * self.width

    @property
    def is_monthly(self) -> bool:
        """True where each month has room for its name."""
        return self.month_width >= 19

    @property
    def tick_height(self) -> float:
        """Points below the lowest panel for the labels."""
        return 24.0 if self.is_monthly else 15.0

    def draw(self, ax: Axes, *, labels: bool) -> None:
        """Set limits, ticks and light vertical lines; labels only on the lowest panel.

        Parameters
        ----------
        ax : Axes
            A panel.
        labels : bool
            Whether to write years (and months) below it.
        """
        ax.xaxis.axis_date()
        ax.set_xlim(*self.limits)
        ticks, places, names = self._months() if self.is_monthly else self._years()
        ax.set_xticks(ticks, [""] * len(ticks))
        ax.xaxis.grid(True, color=GRID, linewidth=0.6)
        ax.set_xticks(places, names if labels else [""] * len(places), minor=True)
        ax.tick_params(axis="x", which="minor", length=0, pad=3)
        ax.tick_params(axis="x", which="major", length=3 if labels else 0, width=0.6)

    def _months(self) -> tuple[list[float], list[float], list[str]]:
        months = pd.date_range(self.first, self.last + pd.offsets.MonthBegin(1), freq="MS")
        short = month_names(self.month_width - 1)
        names = [
            short[month.month - 1] + (f"\n{month.year}" if i == 0 or month.month == 1 else "")
            for i, month in enumerate(months[:-1])
        ]
        return list(day_numbers(months)), list(middle_of_month(months[:-1])), names

    def _years(self) -> tuple[list[float], list[float], list[str]]:
        low, high = self.limits
        need = text_width("2000", _LABEL_SIZE) + 5
        year = self.month_width * 365 / 30
        step = next((s for s in _STEPS if s * year >= need), _STEPS[-1])
        numbers = [n for n in range(self.first.year, self.last.year + 2) if n % step == 0]
        starts = day_numbers(pd.DatetimeIndex([pd.Timestamp(n, 1, 1) for n in numbers]))
        ticks, places, names = [], [], []
        for number, start in zip(numbers, starts, strict=True):
            if low <= start <= high:
                ticks.append(float(start))
            # A label stands in the middle of what is shown of its year.
            shown = (max(start, low), min(start + 365, high))
            middle = sum(shown) / 2
            half = need / 2 / self.width * (high - low)
            is_inside = middle - half >= low - half / 3 and middle + half <= high + half / 3
            has_room = step > 1 or (shown[1] - shown[0]) / (high - low) * self.width >= need - 4
            if shown[0] < shown[1] and is_inside and has_room:
                places.append(float(middle))
                names.append(str(number))
        return ticks, places, names

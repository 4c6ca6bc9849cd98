"""One direction as arrays, and what both share: the spread within months, common days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

__all__ = ["Floats", "SharedDays", "Side", "Weights", "pooled_spread"]

Floats = NDArray[np.float64]

#: What has one unit in a month: an occasion, an office, a day, or each statement.
Weights = Literal["occasion", "office", "day", "none"]


@dataclass(frozen=True, eq=False)
class Side:
    """One direction: occasions (o) and months (m) as arrays, tone in degrees.

    Parameters
    ----------
    name : str
        The direction, "A>B".
    tone, weight, n : ndarray, shape (o,)
        Mean tone of each occasion, its weight, and its statements.
    squares_within : ndarray, shape (o,)
        Sum of the squared distances of an occasion's statements from its mean.
    month : ndarray of int, shape (o,)
        Position of the occasion's month in the period.
    day : ndarray of int, shape (o,)
        Day number of the occasion.
    mean, total, squares : ndarray, shape (m,)
        Weighted mean (NaN where empty), sum of the weights, sum of their squares.
    counts : DataFrame, m rows
        `n_statements`, `n_occasions`, `n_speakers`, `n_unscored`.
    """

    name: str
    tone: Floats
    weight: Floats
    n: Floats
    squares_within: Floats
    month: NDArray[np.intp]
    day: NDArray[np.int64]
    mean: Floats
    total: Floats
    squares: Floats
    counts: pd.DataFrame

    @classmethod
    def of(
        cls,
        occasions: pd.DataFrame,
        direction: str,
        months: pd.DatetimeIndex,
        *,
        weights: Weights,
    ) -> Side:
        """Collect the occasions of one direction.

        Parameters
        ----------
        occasions : DataFrame
            As `occasion_means` gives them, all within `months`.
        direction : str
            "A>B".
        months : DatetimeIndex
            All months of the period.
        weights : {"occasion", "office", "day", "none"}
            What has one unit in a month.

        Returns
        -------
        Side
            The direction as arrays.
        """
        rows = occasions[occasions["direction"] == direction]
        spoken = rows[rows["n_statements"] > 0]
        position = months.get_indexer(pd.DatetimeIndex(spoken["month"]))
        tone = spoken["tone"].to_numpy("float64") * 100
        n = spoken["n_statements"].to_numpy("float64")
        weight = _weight(spoken, n, weights)

        def by_month_sum(values: Floats) -> Floats:
            # numpy counts in integers where there is nothing to count
            return np.bincount(position, values, len(months)).astype("float64")

        total = by_month_sum(weight)
        mean = np.full(len(months), np.nan)
        np.divide(by_month_sum(weight * tone), total, out=mean, where=total > 0)
        by_month = spoken.groupby("month")
        counts = pd.DataFrame(
            {
                "n_statements": by_month["n_statements"].sum(),
                "n_occasions": by_month.size(),
                "n_speakers": by_month["speaker"].nunique(),
                "n_unscored": rows.groupby("month")["n_unscored"].sum(),
            }
        )
        return cls(
            name=direction,
            tone=tone,
            weight=weight,
            n=n,
            squares_within=spoken["squares"].to_numpy("float64") * 100**2,
            month=position,
            day=spoken["day"].to_numpy("datetime64[D]").astype(np.int64),
            mean=mean,
            total=total,
            squares=by_month_sum(weight**2),
            counts=counts.reindex(months).fillna(0).astype("int64").reset_index(drop=True),
        )

    @property
    def n_eff(self) -> Floats:
        """Kish's effective number of occasions per month, 0 where empty."""
        return np.divide(
            self.total**2, self.squares, out=np.zeros_like(self.total), where=self.squares > 0
        )

    @property
    def residual(self) -> Floats:
        """Distance of each occasion from its month's mean, degrees."""
        return self.tone - self.mean[self.month]

    def days(self) -> pd.DataFrame:
        """Return, per month and day, its share of the month's weight and mean residual."""
        frame = pd.DataFrame(
            {
                "month": self.month,
                "day": self.day,
                "w": self.weight,
                "wr": self.weight * self.residual,
            }
        )
        sums = frame.groupby(["month", "day"])[["w", "wr"]].sum()
        total = self.total[sums.index.get_level_values("month")]
        return pd.DataFrame({"share": sums["w"] / total, "residual": sums["wr"] / sums["w"]})


def _weight(spoken: pd.DataFrame, n: Floats, weights: Weights) -> Floats:
    """Return the weight of each occasion."""
    if weights == "none":
        return n
    if weights == "occasion":
        return np.ones_like(n)
    unit = {"office": ["month", "office"], "day": ["day"]}[weights]
    sharing = spoken.groupby(unit)["tone"].transform("size").to_numpy("float64")
    return np.asarray(1.0 / sharing)


def pooled_spread(sides: list[Side]) -> tuple[float, float]:
    """Pool the spread of occasions within months over all months and sides.

    Parameters
    ----------
    sides : list of Side
        The directions.

    Returns
    -------
    tuple of float
        Standard deviation in degrees and its degrees of freedom. Where no month has two
        occasions, or all of them agree, the data say nothing about the spread: it is
        infinite, and an interval built on it is the whole scale.
    """
    squares = scale = df = 0.0
    for side in sides:
        some = side.total > 0
        squares += float(np.sum(side.weight * side.residual**2))
        scale += float(np.sum(side.total[some] - side.squares[some] / side.total[some]))
        df += float(np.sum(side.n_eff[some] - 1))
    # What rounding leaves behind (1e-6 degrees) must not pass for information.
    if df < 0.5 or squares < 1e-12 * scale:
        return float("inf"), 0.0
    return float(np.sqrt(squares / scale)), df


@dataclass(frozen=True, eq=False)
class SharedDays:
    """What the two sides have in common because they spoke on the same days.

    Parameters
    ----------
    covariance : float
        Covariance of the sides' noise on shared days, degrees squared, not below zero.
    overlap : ndarray, shape (m,)
        Sum over the month's shared days of the product of their weight shares.
    """

    covariance: float
    overlap: Floats

    @classmethod
    def of(cls, first: Side, second: Side) -> SharedDays:
        """Match the days of two directions.

        Parameters
        ----------
        first, second : Side
            The two directions over the same months.

        Returns
        -------
        SharedDays
            Covariance and overlap; zero where no day is shared.
        """
        one, two = first.days().align(second.days(), join="inner", axis=0)
        position = one.index.get_level_values("month").to_numpy(dtype=np.intp)
        shares = (one["share"] * two["share"]).to_numpy("float64")
        overlap = np.bincount(position, shares, len(first.mean)).astype("float64")
        product = (one["residual"] * two["residual"]).to_numpy("float64")
        # A residual is taken from a mean that holds the day itself, which shrinks the
        # products; `kept` is the part of the covariance that is left in each of them.
        kept = 1 - one["share"].to_numpy() - two["share"].to_numpy() + overlap[position]
        total = float(kept.sum())
        covariance = max(0.0, float(product.sum()) / total) if total > 1e-9 else 0.0
        return cls(covariance, overlap)

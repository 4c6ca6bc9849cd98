"""How much statements scatter around their month, and what a month's mean inherits of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from detente.index.sides import Floats, Side

__all__ = ["Noise", "estimate_noise", "measurement_covariance"]

#: With fewer degrees of freedom than these a variance is not told apart from the other.
_MIN_DF = 8

#: Degrees squared that rounding may leave where all statements agree.
_NOTHING = 1e-9


@dataclass(frozen=True)
class Noise:
    """Variance of a statement around the tone of its month.

    Parameters
    ----------
    statement : float
        Variance that each statement has of its own, degrees squared.
    day : float
        Variance that all statements of one day share, of either side, degrees squared.
    df_statement, df_day : int
        Degrees of freedom within days, and of days within months.
    """

    statement: float
    day: float
    df_statement: int
    df_day: int

    @property
    def df(self) -> float:
        """Degrees of freedom of a month's noise, weighted by what each variance adds to it."""
        parts = ((self.statement, self.df_statement), (self.day, self.df_day))
        total = self.statement + self.day
        if self.day == 0:
            return float(self.df_statement + self.df_day)
        # Satterthwaite's approximation for a sum of mean squares.
        return float(total**2 / sum(part**2 / df for part, df in parts if part > 0))

    @property
    def is_known(self) -> bool:
        """Whether the data show any scatter within months at all."""
        return self.statement + self.day > _NOTHING and self.df_statement + self.df_day >= _MIN_DF


def estimate_noise(sides: list[Side]) -> Noise:
    """Estimate the scatter of statements and of days within months.

    Parameters
    ----------
    sides : list of Side
        The directions over the same months.

    Returns
    -------
    Noise
        Not known (`Noise.is_known`) where fewer than eight degrees of freedom are left.

    Notes
    -----
    A statement is the tone of its side in its month, plus what its day adds to all that is
    said by either side, plus what is its own. Variances come from fitting constants
    (Henderson's method III) [1]_: the scatter left within days gives the statement's, and the
    scatter that days explain beyond the sides' means gives the day's; both are unbiased
    whatever the numbers of statements. A day variance below zero becomes zero, and where days
    cannot be told from statements all scatter counts as the statement's.

    References
    ----------
    .. [1] Henderson, C. R. (1953). Estimation of variance and covariance components.
       Biometrics 9(2).
    """
    cells = _cells(sides)
    if cells.empty:
        return Noise(0.0, 0.0, 0, 0)
    within, df_within = float(cells["squares"].sum()), int(cells["n"].sum() - len(cells))
    between, df_between, weight = 0.0, 0, 0.0
    columns = [cells[name].to_numpy() for name in ("n", "side", "day", "tone")]
    starts = np.flatnonzero(np.diff(cells["month"].to_numpy())) + 1
    for n, side, day, mean in zip(*(np.split(column, starts) for column in columns), strict=True):
        root = np.sqrt(n)[:, None]
        sides_of, days_of = _dummies(side), _dummies(day)
        tone = root[:, 0] * mean
        means, rank_means = _projection(root * sides_of)
        both, rank_both = _projection(root * np.hstack([sides_of, days_of]))
        within += float(tone @ tone - tone @ both @ tone)
        df_within += len(n) - rank_both
        between += float(tone @ (both - means) @ tone)
        df_between += rank_both - rank_means
        scaled = root * days_of
        weight += float(np.trace(scaled.T @ scaled) - np.trace(scaled.T @ means @ scaled))
    df = df_within + df_between
    pooled = max(0.0, within + between) / df if df else 0.0
    if df_within < _MIN_DF or df_between < _MIN_DF or weight <= 0:
        return Noise(pooled, 0.0, df_within, df_between)
    statement = max(0.0, within) / df_within
    day = (between - df_between * statement) / weight
    if day <= 0:
        return Noise(pooled, 0.0, df_within, df_between)
    return Noise(statement, day, df_within, df_between)


def measurement_covariance(sides: list[Side], noise: Noise) -> Floats:
    """Return what the noise of statements leaves in each month's mean.

    Parameters
    ----------
    sides : list of Side
        The k directions over the same m months.
    noise : Noise
        The variances.

    Returns
    -------
    ndarray, shape (m, k, k)
        Covariance of the monthly means, degrees squared; zero where a side was silent.

    Notes
    -----
    With a month's weights summing to one, ``statement * sum(w_i^2) + day * sum(W_day^2)`` on
    the diagonal and ``day * sum(W_day of one side * W_day of the other)`` beside it.
    """
    months = len(sides[0].mean)
    covariance = np.zeros((months, len(sides), len(sides)))
    shares = []
    for i, side in enumerate(sides):
        share = side.weight / side.total[side.month]
        covariance[:, i, i] = noise.statement * np.bincount(
            side.month, share**2 / side.n, minlength=months
        )
        shares.append(
            pd.Series(share).groupby([side.month, side.day]).sum().rename_axis(["month", "day"])
        )
    days = pd.concat(shares, axis=1, keys=range(len(sides))).fillna(0.0)
    month = days.index.get_level_values("month").to_numpy(dtype=np.intp)
    share_of = days.to_numpy("float64")
    np.add.at(covariance, month, noise.day * share_of[:, :, None] * share_of[:, None, :])
    return covariance


def _cells(sides: list[Side]) -> pd.DataFrame:
    """Return a row per month, side and day: statements, mean tone, squares within."""
    frames = [
        pd.DataFrame(
            {
                "side": i,
                "month": side.month,
                "day": side.day,
                "n": side.n,
                "sum": side.n * side.tone,
                "square": side.squares_within + side.n * side.tone**2,
            }
        )
        for i, side in enumerate(sides)
    ]
    sums = pd.concat(frames, ignore_index=True).groupby(["month", "side", "day"]).sum()
    tone = sums["sum"] / sums["n"]
    squares = (sums["square"] - sums["n"] * tone**2).clip(lower=0.0)
    return pd.DataFrame({"n": sums["n"], "tone": tone, "squares": squares}).reset_index()


def _dummies(values: NDArray[np.int64]) -> Floats:
    names, position = np.unique(values, return_inverse=True)
    return np.asarray(np.eye(len(names))[position], dtype="float64")


def _projection(design: Floats) -> tuple[Floats, int]:
    """Return the matrix that projects on a design, and its rank."""
    left, size, _ = np.linalg.svd(design, full_matrices=False)
    basis = left[:, size > size.max() * 1e-10]
    return basis @ basis.T, basis.shape[1]

"""The index over a window of months: its mean, and how it stands out from the rest."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from detente.index import IndexResult

__all__ = ["window_contrast", "window_level"]

#: With fewer observed months (in the window, and beside it) no interval of means is given.
_MIN_MONTHS = 4

Estimate = tuple[float, float, float, int]


def window_level(
    result: IndexResult, direction: str, first: pd.Timestamp, last: pd.Timestamp
) -> Estimate:
    """Average the index over a window.

    Parameters
    ----------
    result : IndexResult
        The index.
    direction : str
        "A>B", "B>A" or "bilateral".
    first, last : Timestamp
        First and last month of the window.

    Returns
    -------
    tuple
        Mean and the ends of its interval in degrees, missing where there are none, and the
        months of the window with a tone.

    Notes
    -----
    Of a state-space index by its joint covariance; of means by that of the months' own
    standard errors, as if they were independent.
    """
    return _combined(result, direction, first, last, is_contrast=False)


def window_contrast(
    result: IndexResult, direction: str, first: pd.Timestamp, last: pd.Timestamp
) -> Estimate:
    """Compare the mean of the index in a window with that of all other months.

    Parameters
    ----------
    result : IndexResult
        The index.
    direction : str
        "A>B", "B>A" or "bilateral".
    first, last : Timestamp
        First and last month of the window.

    Returns
    -------
    tuple
        Mean inside less mean outside and the ends of its interval in degrees, missing where
        there are none, and the months of the window with a tone.

    Notes
    -----
    Of a state-space index by its joint covariance. Of means by least squares on a constant
    and the window, with Newey-West errors over the observed months (Bartlett weights, lag
    4 (T/100)^(2/9) rounded up, normal quantile): neighbouring months resemble each other.
    """
    return _combined(result, direction, first, last, is_contrast=True)


def _combined(
    result: IndexResult,
    direction: str,
    first: pd.Timestamp,
    last: pd.Timestamp,
    *,
    is_contrast: bool,
) -> Estimate:
    rows = result.direction(direction)
    is_inside = rows["month"].between(first, last).to_numpy()
    n = int((is_inside & (rows["n_statements"] > 0)).sum())
    none = (np.nan, np.nan, np.nan, n)
    known = rows["index"].notna().to_numpy()
    inside, outside = known & is_inside, known & ~is_inside
    if not inside.any() or (is_contrast and not outside.any()):
        return none
    weight = inside / inside.sum() - (outside / outside.sum() if is_contrast else 0.0)
    quantile = NormalDist().inv_cdf((1 + result.confidence) / 2)
    if result.state is not None:
        value, se = result.combination(np.outer(weight, result.side_weights(direction)))
        return value, value - quantile * se, value + quantile * se, n
    y = rows["index"].to_numpy("float64")
    value = float(weight[known] @ y[known])
    if not is_contrast:
        variance = float(np.sum((weight[inside] * rows["se"].to_numpy("float64")[inside]) ** 2))
        half = quantile * variance**0.5
        return value, value - half, value + half, n
    if min(inside.sum(), outside.sum()) < _MIN_MONTHS:
        return value, np.nan, np.nan, n
    design = np.column_stack([is_inside[known], np.ones(known.sum())]).astype("float64")
    half = quantile * _newey_west(design, y[known])
    return value, value - half, value + half, n


def _newey_west(design: NDArray[np.float64], y: NDArray[np.float64]) -> float:
    """Return the standard error of the first coefficient of least squares."""
    n, k = design.shape
    bread = np.linalg.inv(design.T @ design)
    scores = design * (y - design @ (bread @ design.T @ y))[:, None]
    meat = scores.T @ scores
    lags = int(np.ceil(4 * (n / 100) ** (2 / 9)))
    for lag in range(1, min(lags, n - 1) + 1):
        product = scores[lag:].T @ scores[:-lag]
        meat += (1 - lag / (lags + 1)) * (product + product.T)
    variance = float((bread @ meat @ bread)[0, 0]) * n / (n - k)
    return float(np.sqrt(max(variance, 0.0)))

"""How far apart two months of the raw index lie by the scatter of statements alone."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pandas as pd

from detente.index import IndexResult

__all__ = ["change_half_width"]


def change_half_width(
    result: IndexResult,
    signed: pd.DataFrame,
    observed: pd.DataFrame,
    at: pd.Timestamp,
    base_month: pd.Timestamp | None,
) -> float:
    """Return half the width of the interval of a change of the raw index.

    Parameters
    ----------
    result : IndexResult
        The index.
    signed : DataFrame
        Its statements with `date` and `signed`, their share in the change.
    observed : DataFrame
        The months of the direction that have a raw value.
    at : Timestamp
        The month.
    base_month : Timestamp or None
        What it is held against; None for the mean of all observed months.

    Returns
    -------
    float
        Degrees; NaN where the noise is not known.
    """
    if result.method == "means":
        return _of_means(result, observed, at, base_month)
    if result.noise is None or not result.noise.is_known:
        return np.nan
    day = signed["date"].dt.tz_localize(None).dt.normalize()
    days = signed["signed"].groupby(day).sum()
    variance = result.noise.statement * float((signed["signed"] ** 2).sum())
    variance += result.noise.day * float((days**2).sum())
    return NormalDist().inv_cdf((1 + result.confidence) / 2) * float(np.sqrt(variance))


def _of_means(
    result: IndexResult,
    observed: pd.DataFrame,
    at: pd.Timestamp,
    base_month: pd.Timestamp | None,
) -> float:
    """Return it by the standard errors of the months, which are independent."""
    from scipy import stats

    if not result.df > 0:
        return np.nan
    months = observed["month"].to_numpy()
    before = (
        np.full(len(months), 1 / len(months))
        if base_month is None
        else (months == base_month.to_datetime64()).astype("float64")
    )
    weight = (months == at.to_datetime64()).astype("float64") - before
    # A month without weight may lack a standard error; it is not asked for one.
    parts = weight[weight != 0] * observed["se"].to_numpy("float64")[weight != 0]
    quantile = float(stats.t.ppf((1 + result.confidence) / 2, result.df))
    return quantile * float(np.sqrt((parts**2).sum()))

"""The difference of the two directions, month by month."""

from __future__ import annotations

import numpy as np
import pandas as pd

from detente.figures.curve import has_curve, months_of
from detente.index import BILATERAL, IndexResult, is_thin

__all__ = ["difference_of_sides", "has_both_curves"]


def difference_of_sides(result: IndexResult) -> pd.DataFrame:
    """Return the difference of the two directions in each month, with its interval.

    Parameters
    ----------
    result : IndexResult
        The index.

    Returns
    -------
    DataFrame
        One row per month: `month`, `difference` (first direction less the second, degrees, of
        the smoothed curves where they can be told apart, else of the months' raw means),
        `raw_difference` (of the raw means), `lower`, `upper`, `is_clear` (whether the interval
        leaves zero out), `n_statements`, `x` (place on a time axis) and `thin`.

    Notes
    -----
    The standard error of the difference of smoothed curves, and of means, follows from those of
    the sides and of their mean, ``4 Var((a + b) / 2) + Var(a - b) = 2 (Var(a) + Var(b))``; that
    of raw months in a state-space index is the noise of their statements.

    Examples
    --------
    >>> from detente.index import monthly_index
    >>> scored = pd.DataFrame({
    ...     "date": pd.to_datetime(["2015-10-05", "2015-10-09", "2015-12-02", "2015-12-03"]),
    ...     "source": ["RUS", "TUR", "RUS", "TUR"], "target": ["TUR", "RUS", "TUR", "RUS"],
    ...     "speaker": ["A", "B", "A", "C"], "tone": [0.5, 0.1, -0.6, -0.2]})
    >>> difference_of_sides(monthly_index(scored, method="means"))["difference"].round().tolist()
    [40.0, nan, -40.0]
    """
    first, second = (months_of(result, name) for name in result.dyad.directions)
    both = months_of(result, BILATERAL)
    column = "index" if has_both_curves(result) or result.method == "means" else "raw"
    difference = first[column] - second[column]
    if column == "raw":
        half = _noise(result)
    else:
        # Ends clipped to the scale would narrow the interval; standard errors are not clipped.
        variance = 2 * (first["se"] ** 2 + second["se"] ** 2) - 4 * both["se"] ** 2
        half = variance.clip(lower=0) ** 0.5 * _quantile(result)
    lower, upper = (difference - half).clip(lower=-200), (difference + half).clip(upper=200)
    table = pd.DataFrame(
        {
            "month": both["month"],
            "difference": difference,
            "raw_difference": first["raw"] - second["raw"],
            "lower": lower,
            "upper": upper,
            "is_clear": (lower > 0) | (upper < 0),
            "n_statements": both["n_statements"],
            "x": both["x"],
        }
    )
    occasions = first["n_occasions"] + second["n_occasions"]
    return table.assign(thin=is_thin(table.assign(n_occasions=occasions)))


def _noise(result: IndexResult) -> pd.Series[float]:
    """Return half the interval of raw differences by the noise of their statements."""
    state = result.state
    if state is None or len(result.sides) < 2:
        return pd.Series(np.nan, range(len(result.months)))
    noise = state.noise * state.noise_scale
    variance = noise[:, 0, 0] + noise[:, 1, 1] - 2 * noise[:, 0, 1]
    return pd.Series(_quantile(result) * np.sqrt(np.maximum(variance, 0.0)))


def _quantile(result: IndexResult) -> float:
    from scipy import stats

    share = (1 + result.confidence) / 2
    if result.method == "means":
        return float(stats.t.ppf(share, result.df)) if result.df > 0 else np.inf
    return float(stats.norm.ppf(share))


def has_both_curves(result: IndexResult) -> bool:
    """Tell whether both directions have smoothed curves that can be told apart.

    Parameters
    ----------
    result : IndexResult
        The index.

    Returns
    -------
    bool
        Whether their difference is to be read.
    """
    return all(has_curve(result, name) for name in result.dyad.directions)

"""The months to come, and whether the model foretells them better than a mean would."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from detente import wording
from detente._checks import check_whole, needs
from detente.errors import BadArgumentError
from detente.index import BILATERAL, IndexResult
from detente.inference.backtest import past_forecasts, score_forecasts
from detente.inference.forecast_result import ForecastResult
from detente.inference.origins import ScoredAsOf
from detente.inference.prediction import state_ahead, usual_variance
from detente.inference.series import RawSeries, raw_series, state_of

__all__ = ["forecast_index"]

#: Most months ahead.
_MAX_MONTHS = 36


def forecast_index(
    result: IndexResult,
    months: int = 6,
    *,
    first_share: float = 0.6,
    refit_every: int = 3,
    backtest: bool = True,
    scored_as_of: ScoredAsOf | None = None,
) -> ForecastResult:
    """Forecast the index, and score forecasts made in the same way at past months.

    Parameters
    ----------
    result : IndexResult
        A state-space index.
    months : int, default 6
        Months after the last, 1 to 36.
    first_share : float, default 0.6
        Share of the months that lie before the first past forecast, in (0, 1).
    refit_every : int, default 3
        Months after which the model is fitted anew in the backtest, at least 1.
    backtest : bool, default True
        Whether past forecasts are made at all.
    scored_as_of : ScoredAsOf, optional
        Gives, for a day, the statements up to it with the tones that they could have had then,
        so that past forecasts know nothing later; its `note` goes into the assumptions.
        Default: the tones of the index, which a scorer may have learned from later codings.

    Returns
    -------
    ForecastResult
        Forecasts per direction and both together, and their record.

    Raises
    ------
    BadArgumentError
        For an index by means, or a number outside its range.

    Notes
    -----
    Estimand: the state of a direction h months after the last, ``c + persistence^h (m - c)``,
    and the raw mean of such a month, which adds the noise of its statements. Past forecasts
    from rolling origins, 1, 3 and 6 months ahead, are held against the raw month that came;
    skill is one less the ratio of mean squared errors, against the last raw month and against
    the mean of all raw months up to the origin, with an interval after Diebold and Mariano
    [1]_. Months that nobody spoke in are not scored. The raw month that came is in the tones of
    `result` whatever a past forecast knew.

    Not shown: what will happen. A model that returns to its level foretells that level.

    References
    ----------
    .. [1] Diebold, F. X. and Mariano, R. S. (1995). Comparing predictive accuracy. Journal of
       Business & Economic Statistics 13(3).

    Examples
    --------
    >>> from detente.index import monthly_index
    >>> days = pd.date_range("2010-01-05", periods=40, freq="15D").repeat(2)
    >>> tone = np.random.default_rng(0).normal(0, 0.3, 80).round(3)
    >>> scored = pd.DataFrame({"date": days, "source": ["RUS", "TUR"] * 40,
    ...     "target": ["TUR", "RUS"] * 40, "speaker": "A", "tone": tone})
    >>> ahead = forecast_index(monthly_index(scored), months=2, backtest=False)
    >>> ahead.table[["month", "direction"]].tail(1).to_string(header=False, index=False)
    '2011-10-01 bilateral'
    """
    needs(result, IndexResult, "result", "detente.monthly_index")
    for name, value, least, most in (
        ("months", months, 1, _MAX_MONTHS),
        ("refit_every", refit_every, 1, 1000),
    ):
        check_whole(value, name)
        if not least <= value <= most:
            raise BadArgumentError(f"{name}={value} was received; it is {least} to {most}.")
    if not 0 < first_share < 1:
        raise BadArgumentError(f"first_share={first_share} was received; it lies in (0, 1).")
    state = state_of(result, wording.say("A forecast"))
    options: dict[str, Any] = {
        "months": months,
        "as_of": None if result.as_of is None else f"{result.as_of:%Y-%m-%d}",
        "confidence": result.confidence,
        "first_share": first_share,
        "refit_every": refit_every,
        "backtest": backtest,
        "is_scored_as_of": scored_as_of is not None,
        "last_month": f"{result.months[-1]:%Y-%m}",
    }
    directions = (*result.dyad.directions, BILATERAL)
    names = {name: result.direction_name(name) for name in (BILATERAL, *result.dyad.directions)}
    found = {name: raw_series(result, name) for name in directions}
    reasons = {name: reason for name, (one, reason) in found.items() if one is None}
    series = [one for one, _ in found.values() if one is not None]
    none = pd.DataFrame()
    if state is None or not series:
        return ForecastResult(none, none, none, names, reasons, options)
    mean, covariance = state_ahead(state, months)
    parts = [_table(result, one, mean, covariance) for one in series]
    past = none
    if backtest:
        past = past_forecasts(
            result,
            state,
            series,
            first_share=first_share,
            refit_every=refit_every,
            scored_as_of=scored_as_of,
        )
    scores = none if past.empty else score_forecasts(past, result.confidence)
    table = pd.concat(parts, ignore_index=True)
    note = "" if past.empty or scored_as_of is None else scored_as_of.note
    return ForecastResult(table, scores, past, names, reasons, options, note)


def _table(
    result: IndexResult,
    series: RawSeries,
    mean: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    covariance: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
) -> pd.DataFrame:
    from scipy import stats

    quantile = float(stats.norm.ppf((1 + result.confidence) / 2))
    ahead = np.arange(1, len(mean) + 1)
    value = mean @ series.weights
    variance = np.einsum("i,hij,j->h", series.weights, covariance, series.weights)
    usual = usual_variance(series.variance, np.isfinite(series.value))
    state, raw = quantile * np.sqrt(variance), quantile * np.sqrt(variance + usual)
    start = result.months[-1] + pd.DateOffset(months=1)
    return pd.DataFrame(
        {
            "month": pd.date_range(start, periods=len(mean), freq="MS", unit="us"),
            "ahead": ahead,
            "direction": series.direction,
            "forecast": np.clip(value, -100, 100),
            "lower": np.clip(value - state, -100, 100),
            "upper": np.clip(value + state, -100, 100),
            "raw_lower": np.clip(value - raw, -100, 100),
            "raw_upper": np.clip(value + raw, -100, 100),
        }
    )

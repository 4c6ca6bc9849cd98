"""Forecasts made anew at past months, and how far they missed."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from detente import wording
from detente.index import MIN_MONTHS, IndexResult, Noise, StateFit, fit_state
from detente.inference.origins import KnownMonths, ScoredAsOf, months_known
from detente.inference.prediction import known_ahead, usual_variance
from detente.inference.series import Floats, RawSeries

__all__ = ["HORIZONS", "MIN_FORECASTS", "mean_gain", "past_forecasts", "score_forecasts"]

#: Months ahead that are scored.
HORIZONS: tuple[int, ...] = (1, 3, 6)

#: With fewer forecasts nothing is said of their gain.
MIN_FORECASTS = 12

_COLUMNS = (
    "direction",
    "origin",
    "month",
    "ahead",
    "forecast",
    "se",
    "naive",
    "long_run_mean",
    "raw",
    "noise_variance",
)


def past_forecasts(
    result: IndexResult,
    state: StateFit,
    series: list[RawSeries],
    *,
    first_share: float,
    refit_every: int,
    scored_as_of: ScoredAsOf | None = None,
) -> pd.DataFrame:
    """Forecast raw months from each of the later months of the period.

    Parameters
    ----------
    result : IndexResult
        The index.
    state : StateFit
        Its model, with the raw months of all sides.
    series : list of RawSeries
        The directions to forecast.
    first_share : float
        Share of the months before the first origin, in (0, 1).
    refit_every : int
        Months after which the model is fitted anew, at least 1.
    scored_as_of : ScoredAsOf, optional
        The statements with the tones that they could have had at each origin. Default: those of
        the index.

    Returns
    -------
    DataFrame
        One row per direction, origin and horizon with an observed month: `direction`, `origin`
        (last month known), `month` (forecast), `ahead`, `forecast` with `se` (of the raw
        month), `naive` (last raw month), `long_run_mean` (of the raw months up to the origin),
        `raw` (what came), `noise_variance` (of its statements), degrees.

    Notes
    -----
    A forecast uses the months up to its origin only, and parameters fitted to months up to the
    origin or up to `refit_every` - 1 months before. A side needs twelve observed months.

    With `scored_as_of`, tones are those known at the end of the origin, variances of statements
    and days those known when the model was fitted, and `forecast`, `se`, `naive` and
    `long_run_mean` come of them; `raw` and `noise_variance` are of the index that was handed in.
    Without it, all tones and variances are those of the whole period.
    """
    m = len(result.months)
    origins = range(max(int(np.ceil(first_share * m)), 2) - 1, m - 1)
    rows = []
    for start in origins[::refit_every]:
        first = _known(result, state, scored_as_of, start)
        fit = None if first is None else _fitted(first, state)
        if first is None or fit is None:
            continue
        for origin in range(start, min(start + refit_every, m - 1)):
            known = first
            if origin > start:
                later = _known(result, state, scored_as_of, origin, first.scatter)
                if later is None:
                    continue
                known = later
            noise = known.noise * fit.noise_scale
            ahead = known_ahead(fit, known.raw, known.noise, max(HORIZONS), since=origin)
            for one in series:
                part = one.weights > 0
                past = known.raw[:, part] @ one.weights[part]
                is_seen = np.isfinite(past)
                if not is_seen.any():
                    continue
                spread = np.einsum("i,mij,j->m", one.weights, noise, one.weights)
                usual = usual_variance(spread, is_seen)
                for h in HORIZONS:
                    if origin + h >= m or not np.isfinite(one.value[origin + h]):
                        continue
                    variance = one.weights @ ahead.covariance[origin, h - 1] @ one.weights + usual
                    rows.append(
                        (
                            one.direction,
                            result.months[origin],
                            result.months[origin + h],
                            h,
                            float(ahead.mean[origin, h - 1] @ one.weights),
                            float(np.sqrt(variance)),
                            float(past[is_seen][-1]),
                            float(past[is_seen].mean()),
                            float(one.value[origin + h]),
                            float(one.variance[origin + h]),
                        )
                    )
    order = {one.direction: place for place, one in enumerate(series)}
    rows.sort(key=lambda row: (order[row[0]], row[3], row[1]))
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def _known(
    result: IndexResult,
    state: StateFit,
    scored_as_of: ScoredAsOf | None,
    origin: int,
    scatter: Noise | None = None,
) -> KnownMonths | None:
    """Return the months up to an origin, as known then or else as the index has them."""
    if scored_as_of is not None:
        return months_known(result, scored_as_of, origin, scatter)
    assert result.noise is not None  # an index with a state has it
    known = slice(0, origin + 1)
    return KnownMonths(state.raw[known], state.noise[known], result.noise)


def _fitted(known: KnownMonths, state: StateFit) -> StateFit | None:
    """Return the model of known months, None where they are too few."""
    enough = (np.isfinite(known.raw).sum(axis=0) >= MIN_MONTHS).all()
    if not (enough and known.scatter.is_known):
        return None
    return fit_state(known.raw, known.noise, state.model, noise_df=known.scatter.df)


def score_forecasts(forecasts: pd.DataFrame, confidence: float) -> pd.DataFrame:
    """Score past forecasts against the last raw month and the long-run mean.

    Parameters
    ----------
    forecasts : DataFrame
        As `past_forecasts` gives them.
    confidence : float
        Of the prediction intervals and of the intervals of the skill, in (0, 1).

    Returns
    -------
    DataFrame
        One row per direction and horizon: `direction`, `ahead`, `n`, `rmse`, `rmse_naive`,
        `rmse_mean`, `noise` (root of the mean variance that the statements of the months leave;
        no forecast can miss by less), `coverage` (of the prediction intervals), `skill_naive`
        and `skill_mean` (share of the mean squared error saved) each with `_lower` and
        `_upper`, `verdict` ("beats both", "beats naive only", "beats the mean only",
        "beats neither", or "cannot tell" with too few forecasts).
    """
    from scipy import stats

    quantile = float(stats.norm.ppf((1 + confidence) / 2))
    rows = []
    for _, part in forecasts.groupby(["direction", "ahead"], sort=False):
        ahead = int(part["ahead"].iloc[0])
        raw = part["raw"].to_numpy("float64")
        own = (raw - part["forecast"].to_numpy("float64")) ** 2
        row = {
            "direction": part["direction"].iloc[0],
            "ahead": ahead,
            "n": len(part),
            "rmse": float(np.sqrt(own.mean())),
        }
        beats = {}
        skills: dict[str, float] = {}
        for name, column in (("naive", "naive"), ("mean", "long_run_mean")):
            other = (raw - part[column].to_numpy("float64")) ** 2
            row[f"rmse_{name}"] = float(np.sqrt(other.mean()))
            gain = mean_gain(other - own, ahead, confidence)
            skill, lower, upper = (
                (value / other.mean() if other.mean() > 0 else np.nan) for value in gain
            )
            skills |= {
                f"skill_{name}": float(skill),
                f"skill_{name}_lower": float(lower),
                f"skill_{name}_upper": float(upper),
            }
            beats[name] = lower > 0
        row["noise"] = float(np.sqrt(part["noise_variance"].mean()))
        row["coverage"] = float((np.sqrt(own) <= quantile * part["se"].to_numpy("float64")).mean())
        verdict = {
            (True, True): wording.mark("beats both"),
            (True, False): wording.mark("beats naive only"),
            (False, True): wording.mark("beats the mean only"),
            (False, False): wording.mark("beats neither"),
        }[bool(beats["naive"]), bool(beats["mean"])]
        if len(part) < MIN_FORECASTS:
            verdict = wording.mark("cannot tell")
        rows.append({**row, **skills, "verdict": verdict})
    return pd.DataFrame(rows)


def mean_gain(gain: Floats, ahead: int, confidence: float) -> tuple[float, float, float]:
    """Return the mean of a series of differences in loss, and its interval.

    Parameters
    ----------
    gain : ndarray, shape (n,)
        Loss of the other forecast less that of the own, in order of time.
    ahead : int
        Months ahead; forecasts that overlap miss together.
    confidence : float
        Coverage, in (0, 1).

    Returns
    -------
    tuple of float
        Mean and ends; NaN ends with fewer than 12 forecasts.

    Notes
    -----
    Diebold and Mariano's comparison: Newey-West variance with Bartlett weights and the lag
    max(ahead - 1, n^(1/3)), the small-sample factor of Harvey, Leybourne and Newbold, and
    Student's t [1]_.

    References
    ----------
    .. [1] Harvey, D., Leybourne, S. and Newbold, P. (1997). Testing the equality of prediction
       mean squared errors. International Journal of Forecasting 13(2).
    """
    from scipy import stats

    n = len(gain)
    mean = float(gain.mean()) if n else float("nan")
    if n < MIN_FORECASTS:
        return mean, np.nan, np.nan
    lags = min(max(ahead - 1, int(np.cbrt(n))), n - 1)
    centred: NDArray[np.float64] = gain - mean
    variance = float(centred @ centred) / n
    for lag in range(1, lags + 1):
        variance += 2 * (1 - lag / (lags + 1)) * float(centred[lag:] @ centred[:-lag]) / n
    factor = max((n + 1 - 2 * ahead + ahead * (ahead - 1) / n) / n, 1 / n)
    se = np.sqrt(max(variance, 0.0) / n / factor)
    half = float(stats.t.ppf((1 + confidence) / 2, n - 1)) * float(se)
    return mean, mean - half, mean + half

"""Mean levels over stretches of months, with intervals that know months resemble each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from detente import wording
from detente.errors import BadArgumentError
from detente.index.months import Month, as_month
from detente.index.result import BILATERAL, IndexResult

__all__ = ["DifferenceResult", "LevelResult", "level_difference", "mean_level"]

#: With fewer observed months no interval is given.
_MIN_MONTHS = 8

#: Likewise for each of two stretches that are compared.
_MIN_STRETCH = 4

#: Degrees that a level, and a difference of two levels, cannot lie beyond.
_LEVEL, _DIFFERENCE = 100.0, 200.0


@dataclass(frozen=True)
class LevelResult:
    """Mean of the observed months of a stretch.

    Parameters
    ----------
    mean, lower, upper : float
        Degrees; NaN ends where months are too few.
    n_months, n_observed : int
        Months of the stretch, and those of them with a raw mean.
    confidence : float
        Coverage of the interval.
    since, until : Timestamp
        First and last month.
    is_smoothed : bool
        Whether the mean is that of all smoothed months, observed or not.
    """

    mean: float
    lower: float
    upper: float
    n_months: int
    n_observed: int
    confidence: float
    since: pd.Timestamp
    until: pd.Timestamp
    is_smoothed: bool = False

    @property
    def sentence(self) -> str:
        """The mean level with its interval, in words."""
        period = wording.period_name(self.since, self.until)
        if not np.isfinite(self.mean):
            return wording.say("{period}: no month has an index.", period=period)
        told = {
            "period": period,
            "level": wording.estimate(self.mean, self.lower, self.upper, self.confidence),
            "months": wording.count(self.n_months, "month"),
            "n": wording.number(self.n_observed),
        }
        if self.is_smoothed:
            return wording.say(
                "{period}: mean level {level}, over {months} ({n} observed).", **told
            )
        return wording.say("{period}: mean level {level}, over {n} of {months}.", **told)


@dataclass(frozen=True)
class DifferenceResult:
    """Difference between the mean levels of two stretches, later minus earlier.

    Parameters
    ----------
    later, earlier : LevelResult
        The two levels.
    difference, lower, upper : float
        Degrees; NaN ends where the months observed are too few.
    confidence : float
        Coverage of the interval.
    """

    later: LevelResult
    earlier: LevelResult
    difference: float
    lower: float
    upper: float
    confidence: float

    @property
    def sentence(self) -> str:
        """The comparison in words; it says where we cannot tell."""
        told = {
            "later": wording.period_name(self.later.since, self.later.until),
            "earlier": wording.period_name(self.earlier.since, self.earlier.until),
            "difference": wording.difference(
                self.difference, self.lower, self.upper, self.confidence
            ),
        }
        if self.is_clear:
            return wording.say("{later} {difference} than {earlier}.", **told)
        return wording.say("{later} and {earlier} {difference}.", **told)

    @property
    def is_clear(self) -> bool:
        """Whether the interval excludes zero, so that one stretch can be called warmer."""
        return bool(np.isfinite(self.difference) and (self.lower > 0 or self.upper < 0))


def mean_level(
    result: IndexResult,
    direction: str = BILATERAL,
    *,
    since: Month | None = None,
    until: Month | None = None,
) -> LevelResult:
    """Average the index over a stretch of months.

    Parameters
    ----------
    result : IndexResult
        The index.
    direction : str, default "bilateral"
        "A>B", "B>A" or "bilateral".
    since, until : str, datetime.date or Timestamp, optional
        First and last month, both included; default: the whole period.

    Returns
    -------
    LevelResult
        Mean of the observed months and its confidence interval.

    Raises
    ------
    BadArgumentError
        Where a month or the direction is unknown, or no month lies in the stretch.

    Notes
    -----
    Of a state-space index, the mean of the smoothed months of the stretch, empty ones
    included, with the standard error that their joint covariance gives.

    Of an index by means, the mean of the observed months. The interval uses the Newey-West
    standard error of a mean with Bartlett weights and
    the lag 4 (T/100)^(2/9), rounded up, and Student's t [1]_. Months resemble their
    neighbours, so the plain standard error would be too small. Observed months are taken
    in their order; a gap counts as no distance.

    Neither interval covers the scorer's error or the choice of statements. Ends beyond +-100,
    where no level lies, are clipped.

    References
    ----------
    .. [1] Newey, W. K. and West, K. D. (1987). A simple, positive semi-definite,
       heteroskedasticity and autocorrelation consistent covariance matrix.
       Econometrica 55(3).
    """
    return _mean_of(result, direction, _stretch(result, direction, since, until))


def _mean_of(result: IndexResult, direction: str, rows: pd.DataFrame) -> LevelResult:
    """Return the mean of the months of some rows."""
    values = rows["index"].dropna().to_numpy("float64")
    if result.method == "state_space":
        mean, lower, upper = _model_mean(result, direction, _share(result, rows))
    else:
        mean, lower, upper = _hac_mean(values, np.ones((len(values), 1)), result.confidence)
    return LevelResult(
        mean=mean,
        lower=max(lower, -_LEVEL),
        upper=min(upper, _LEVEL),
        n_months=len(rows),
        n_observed=int(rows["raw"].notna().sum()),
        is_smoothed=result.method == "state_space",
        confidence=result.confidence,
        since=rows["month"].iloc[0],
        until=rows["month"].iloc[-1],
    )


def level_difference(
    result: IndexResult, direction: str = BILATERAL, *, months: int = 12
) -> DifferenceResult:
    """Compare the last months of the period with as many before them.

    Parameters
    ----------
    result : IndexResult
        The index.
    direction : str, default "bilateral"
        "A>B", "B>A" or "bilateral".
    months : int, default 12
        Length of each stretch, at least 1. A period shorter than two stretches is cut
        in half.

    Returns
    -------
    DifferenceResult
        Later minus earlier mean, in degrees, with a Newey-West interval; no interval where
        a stretch has fewer than four observed months, or fewer than half of its months. Its
        ends are clipped to +-200.

    Raises
    ------
    BadArgumentError
        Where `months` is below 1.
    """
    all_months = result.months
    if months < 1:
        raise BadArgumentError(f"months={months} was received; a stretch has at least 1 month.")
    length = max(1, min(months, len(all_months) // 2))
    before = all_months[:-length] if len(all_months) > 1 else all_months
    months_later = _stretch(result, direction, all_months[-length], None)
    months_earlier = _stretch(result, direction, before[-length], before[-1])
    later = _mean_of(result, direction, months_later)
    earlier = _mean_of(result, direction, months_earlier)
    if len(all_months) < 2:
        return DifferenceResult(later, earlier, np.nan, np.nan, np.nan, result.confidence)
    enough = all(
        level.n_observed >= max(_MIN_STRETCH, level.n_months / 2) for level in (later, earlier)
    )
    if result.method == "state_space":
        weight = _share(result, months_later) - _share(result, months_earlier)
        value, lower, upper = _model_mean(result, direction, weight)
        if not enough:
            lower = upper = np.nan
    else:
        rows = _stretch(result, direction, earlier.since, later.until).dropna(subset="index")
        is_later = (rows["month"] >= later.since).to_numpy("float64")
        design = np.column_stack([is_later, np.ones_like(is_later)]).astype("float64")
        value, lower, upper = (
            _hac_mean(rows["index"].to_numpy("float64"), design, result.confidence)
            if enough
            else (later.mean - earlier.mean, np.nan, np.nan)
        )
    lower, upper = max(lower, -_DIFFERENCE), min(upper, _DIFFERENCE)
    return DifferenceResult(later, earlier, value, lower, upper, result.confidence)


def _stretch(
    result: IndexResult,
    direction: str,
    since: Month | None,
    until: Month | None,
) -> pd.DataFrame:
    rows = result.direction(direction)[["month", "index", "raw"]]
    first = as_month(since, "since") if since is not None else result.months[0]
    last = as_month(until, "until") if until is not None else result.months[-1]
    stretch = rows[rows["month"].between(first, last)]
    if stretch.empty:
        raise BadArgumentError(
            f"No month of the index lies from {first:%Y-%m} to {last:%Y-%m}.",
            remedy=f"The index runs from {result.months[0]:%Y-%m} to {result.months[-1]:%Y-%m}.",
        )
    return stretch


def _share(result: IndexResult, rows: pd.DataFrame) -> NDArray[np.float64]:
    """Return the weight of each month of the period in the mean of some of them."""
    inside = result.months.isin(pd.DatetimeIndex(rows["month"]))
    return np.asarray(inside / inside.sum(), dtype="float64")


def _model_mean(
    result: IndexResult, direction: str, share: NDArray[np.float64]
) -> tuple[float, float, float]:
    """Return a weighted sum of smoothed months and the ends of its interval."""
    from scipy import stats

    value, se = result.combination(np.outer(share, result.side_weights(direction)))
    half = float(stats.norm.ppf((1 + result.confidence) / 2)) * se
    return value, value - half, value + half


def _hac_mean(
    values: NDArray[np.float64], design: NDArray[np.float64], confidence: float
) -> tuple[float, float, float]:
    """Return the first coefficient and the ends of its interval, NaN where too few."""
    # Imported here: statsmodels takes a second to load and most calls need none of it.
    from statsmodels.regression.linear_model import OLS

    n, k = design.shape
    if n < k:
        return np.nan, np.nan, np.nan
    if n < _MIN_MONTHS or np.ptp(values) == 0:
        coefficient = float(np.linalg.lstsq(design, values, rcond=None)[0][0])
        return coefficient, np.nan, np.nan
    lags = int(np.ceil(4 * (n / 100) ** (2 / 9)))
    fit = OLS(values, design).fit(
        cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True}, use_t=True
    )
    lower, upper = fit.conf_int(alpha=1 - confidence)[0]
    return float(fit.params[0]), float(lower), float(upper)

"""Occasions to months: the relations index of each direction and of both together."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, get_args

import numpy as np
import pandas as pd

from detente.countries import Dyad
from detente.errors import BadArgumentError, did_you_mean
from detente.index.corrected import corrected_tones
from detente.index.likelihood import MODELS, Model
from detente.index.months import Month, as_day, as_month
from detente.index.occasions import no_statement, occasion_means
from detente.index.result import BILATERAL, COLUMNS, IndexResult
from detente.index.shares import statement_shares
from detente.index.sides import Floats, SharedDays, Side, Weights, pooled_spread
from detente.index.smooth import smooth_index

__all__ = ["METHODS", "Method", "monthly_index"]

Method = Literal["state_space", "means"]

#: What the index of a month is: the state behind all months, or the month's own mean.
METHODS: tuple[Method, ...] = get_args(Method)


def monthly_index(
    scored: pd.DataFrame,
    dyad: Dyad | tuple[str, str] | str = ("RUS", "TUR"),
    *,
    method: Method = "state_space",
    weights: Weights = "occasion",
    model: Model = "mean_reverting",
    corrected: pd.DataFrame | None = None,
    as_of: Month | None = None,
    seed: int = 0,
    confidence: float = 0.95,
    since: Month | None = None,
    until: Month | None = None,
) -> IndexResult:
    """Aggregate scored statements into the monthly relations index.

    Parameters
    ----------
    scored : DataFrame
        A row per statement with `date`, `source`, `target`, `speaker`, `tone` (in
        [-1, 1], NaN where there is none) and, where known, `channel`. Rows of other
        dyads are passed over. The frame is not changed.
    dyad : Dyad, tuple of str or str, default ("RUS", "TUR")
        The two countries.
    method : {"state_space", "means"}, default "state_space"
        "state_space": the tone of both sides as a state that wanders from month to month, seen
        through noisy statements. "means": each month stands for itself.
    weights : {"occasion", "office", "day", "none"}, default "occasion"
        What has one unit in its month, shared by its statements: an occasion (speaker x day x
        channel), an office (column `level`), a day, or ("none") each statement.
    model : {"mean_reverting", "local_level"}, default "mean_reverting"
        Law of the state: back to a level of its own, or nowhere. Of no use to "means".
    corrected : DataFrame, optional
        Codings of a sample of the statements, with `id`, `code` and `pi` (the chance of being
        coded); the result then has the index corrected by them in `corrected`.
    as_of : str, datetime.date or Timestamp, optional
        Make the index as it was known at the end of this day ("2016-06-30"; a month, "2016-06",
        stands for its last day): statements after it are left out, and the model is fitted
        without them. The tones are taken as they are.
    seed : int, default 0
        Of the paths that `IndexResult.draws` gives.
    confidence : float, default 0.95
        Coverage of the intervals, in (0, 1).
    since, until : str, datetime.date or Timestamp, optional
        First and last month, both included. Default: the first and last month with a
        statement of the dyad.

    Returns
    -------
    IndexResult
        Its `table` has a row per month and direction ("A>B", "B>A", "bilateral"); a
        month without statements is there with a missing index.

    Raises
    ------
    BadArgumentError
        For a missing column, an unknown weighting, a confidence outside (0, 1), a
        period that ends before it starts, or no statement of the dyad at all.

    Notes
    -----
    Estimand of "means": the mean tone of the occasions of a month, in degrees (tone x 100), of
    the statements at hand. With occasion means y_o and weights w_o the month is
    m = sum w_o y_o / sum w_o, n_eff = (sum w_o)^2 / sum w_o^2 and se = s / sqrt(n_eff),
    where s^2 is the spread within months, pooled over all months and both directions:
    s^2 = sum w_o (y_o - m)^2 / sum (sum w_o - sum w_o^2 / sum w_o). Pooling gives a month
    with one occasion an interval as wide as one occasion deserves. Intervals use
    Student's t with sum (n_eff - 1) degrees of freedom and are clipped to +-100. The bilateral
    mean is that of the two directions where both spoke; its variance adds the covariance of
    the two sides on shared days, estimated from the products of their residuals.

    Estimand of "state_space": the tone that a side had in a month, of which its statements are
    a noisy sample. The monthly means m are seen as state plus noise, with the noise of
    statements and of days as the scatter within months shows it (`Noise`); the state's law is
    fitted by maximum likelihood (`fit_state`) [1]_. `index` is the smoothed state: it uses
    later months too, so it turns before and after what happened, and no turn may be dated by
    it. `filtered` uses no later month (the parameters are those of the whole period). Months
    without statements have an index, with a wider interval, and no `raw`. A side that spoke
    in fewer than twelve months, or always in the same tone, has none; `reasons` says so.

    The interval covers the noise of the statements at hand and the uncertainty of the model's
    parameters. It does not cover the scorer's error, nor the choice of statements.

    References
    ----------
    .. [1] Durbin, J. and Koopman, S. J. (2012). Time Series Analysis by State Space Methods.
       Oxford University Press.

    Examples
    --------
    >>> import pandas as pd
    >>> scored = pd.DataFrame({
    ...     "date": pd.to_datetime(["2015-10-05", "2015-10-09", "2015-12-02", "2015-12-03"]),
    ...     "source": ["RUS", "RUS", "RUS", "TUR"], "target": ["TUR", "TUR", "TUR", "RUS"],
    ...     "speaker": ["A", "B", "A", "C"], "tone": [0.5, 0.1, -0.6, -0.2]})
    >>> result = monthly_index(scored, ("RUS", "TUR"), method="means")
    >>> table = result.direction("RUS>TUR")
    >>> [None if pd.isna(x) else round(x) for x in table["index"]]
    [30, None, -60]
    >>> round(result.direction("bilateral")["index"].iloc[-1])
    -40
    """
    dyad = Dyad.parse(dyad)
    check_choices(method, weights, model, confidence)
    known = None if as_of is None else as_day(as_of, "as_of")
    if known is not None:
        scored = known_on(scored, known)
    result = _index(
        scored,
        dyad,
        method=method,
        weights=weights,
        model=model,
        confidence=confidence,
        since=since,
        until=until,
    )
    result = replace(result, as_of=known, seed=seed)
    if corrected is None:
        return result
    tones = corrected_tones(scored, corrected)
    beside = _index(
        tones,
        dyad,
        method=method,
        weights=weights,
        model=model,
        confidence=confidence,
        since=result.months[0],
        until=result.months[-1],
        is_corrected=True,
    )
    return replace(result, corrected=replace(beside, as_of=known, seed=seed))


def check_choices(method: str, weights: str, model: str, confidence: float) -> None:
    """Refuse what `monthly_index` cannot work with."""
    for name, value, choices in (
        ("method", method, METHODS),
        ("weights", weights, get_args(Weights)),
        ("model", model, MODELS),
    ):
        if value not in choices:
            hint = did_you_mean(str(value), choices) or f"Use one of {', '.join(choices)}."
            raise BadArgumentError(f"Unknown {name} {value!r}.", remedy=hint)
    if not 0 < confidence < 1:
        raise BadArgumentError(
            f"confidence={confidence} was received; it lies between 0 and 1, such as 0.95."
        )


def known_on(scored: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Return the statements of a day and all days before it."""
    if "date" not in scored or not pd.api.types.is_datetime64_any_dtype(scored["date"]):
        return scored  # complained of where all columns are checked
    is_known = scored["date"].dt.tz_localize(None).dt.normalize() <= day
    known: pd.DataFrame = scored.loc[is_known]
    return known


def _index(
    scored: pd.DataFrame,
    dyad: Dyad,
    *,
    method: Method,
    weights: Weights,
    model: Model,
    confidence: float,
    since: Month | None,
    until: Month | None,
    is_corrected: bool = False,
) -> IndexResult:
    occasions = occasion_means(scored, dyad, is_corrected=is_corrected)
    if occasions.empty and (since is None or until is None):
        raise no_statement(scored, dyad)
    return index_of_occasions(
        occasions,
        dyad,
        method=method,
        weights=weights,
        model=model,
        confidence=confidence,
        since=since,
        until=until,
        statements=statement_shares(scored, dyad, weights),
    )


def index_of_occasions(
    occasions: pd.DataFrame,
    dyad: Dyad,
    *,
    method: Method,
    weights: Weights,
    model: Model,
    confidence: float,
    since: Month | None,
    until: Month | None,
    statements: pd.DataFrame | None = None,
) -> IndexResult:
    """Aggregate occasions, as `occasion_means` gives them, into the index."""
    months = _months(occasions, dyad, since, until)
    occasions = occasions[occasions["month"].isin(months)]
    first, second = (
        Side.of(occasions, direction, months, weights=weights) for direction in dyad.directions
    )
    spread, df = pooled_spread([first, second])
    shared = SharedDays.of(first, second)
    tables = [
        _direction_table(first, spread, months),
        _direction_table(second, spread, months),
        _bilateral_table(first, second, spread, shared, months),
    ]
    from scipy import stats  # takes a second to load, and reading a study needs none of it

    quantile = float(stats.t.ppf((1 + confidence) / 2, df)) if df > 0 else np.inf
    result = IndexResult(
        dyad=dyad,
        table=_with_interval(pd.concat(tables, ignore_index=True), quantile),
        weights=weights,
        confidence=confidence,
        spread=spread,
        df=df,
        shared_day_covariance=shared.covariance,
        statements=None if statements is None else _within(statements, months),
    )
    return result if method == "means" else smooth_index(result, [first, second], model)


def _months(
    occasions: pd.DataFrame,
    dyad: Dyad,
    since: Month | None,
    until: Month | None,
) -> pd.DatetimeIndex:
    if occasions.empty and (since is None or until is None):
        raise BadArgumentError(
            f"No dated statement of {dyad.directions[0]} or {dyad.directions[1]} was received.",
            remedy="Check the dyad against the columns 'source' and 'target'.",
        )
    first = as_month(since, "since") if since is not None else occasions["month"].min()
    last = as_month(until, "until") if until is not None else occasions["month"].max()
    months = pd.date_range(first, last, freq="MS", unit="us")
    if months.empty:
        raise BadArgumentError(
            f"The period ends ({last:%Y-%m}) before it starts ({first:%Y-%m}).",
            remedy="Exchange since and until.",
        )
    return months


def _within(statements: pd.DataFrame, months: pd.DatetimeIndex) -> pd.DataFrame:
    return statements[statements["month"].isin(months)].reset_index(drop=True)


def _direction_table(side: Side, spread: float, months: pd.DatetimeIndex) -> pd.DataFrame:
    return _table(side.counts, months, side.name, side.mean, side.n_eff, spread**2)


def _bilateral_table(
    first: Side, second: Side, spread: float, shared: SharedDays, months: pd.DatetimeIndex
) -> pd.DataFrame:
    mean = (first.mean + second.mean) / 2
    both = np.isfinite(mean)
    inverse = np.divide(1, first.n_eff, out=np.zeros_like(mean), where=both)
    inverse += np.divide(1, second.n_eff, out=np.zeros_like(mean), where=both)
    n_eff = np.divide(4, inverse, out=np.zeros_like(mean), where=both)
    # On shared days both sides' noise moves together, which the mean does not average out.
    variance = spread**2 + shared.covariance * shared.overlap * n_eff / 2
    return _table(first.counts + second.counts, months, BILATERAL, mean, n_eff, variance)


def _table(
    counts: pd.DataFrame,
    months: pd.DatetimeIndex,
    direction: str,
    mean: Floats,
    n_eff: Floats,
    variance: Floats | float,
) -> pd.DataFrame:
    """Put one direction's months into rows; `variance` is that of one effective occasion."""
    se = np.sqrt(np.divide(variance, n_eff, out=np.full_like(mean, np.nan), where=n_eff > 0))
    return counts.assign(month=months, direction=direction, raw=mean, n_eff=n_eff, se=se)


def _with_interval(table: pd.DataFrame, quantile: float) -> pd.DataFrame:
    """Add `index`, `lower` and `upper`; an unknown spread gives the whole scale."""
    half = quantile * table["se"]
    table = table.assign(
        index=table["raw"],
        filtered=np.nan,
        lower=(table["raw"] - half).clip(-100, 100),
        upper=(table["raw"] + half).clip(-100, 100),
        se=table["se"].where(np.isfinite(table["se"])),
    )
    return table[list(COLUMNS)]

"""How estimates without a unit are put into words."""

from __future__ import annotations

from math import isfinite

import pandas as pd

from detente import wording
from detente.validation.estimates import MIN_QUARTERS
from detente.validation.resampling import MIN_BLOCKS, Options

__all__ = ["MEASURE_NAMES", "dashes_told", "difference", "ends", "figure", "gaps_told"]

#: Readers' names of the measures.
MEASURE_NAMES = {
    "pearson": wording.mark("Pearson's r"),
    "spearman": wording.mark("Spearman's rho"),
    "macro_f1": wording.mark("macro-F1"),
    "accuracy": wording.mark("accuracy"),
    "mean_absolute_error": wording.mark("mean absolute error"),
    "slope": wording.mark("slope of codes on scores"),
    "intercept": wording.mark("intercept"),
    "slope_quarterly": wording.mark("slope of quarterly means"),
}


_NO_INTERVAL = {
    "month": wording.mark("{value} (no interval: too few months)"),
    "statement": wording.mark("{value} (no interval: too few statements)"),
    "sentence": wording.mark("{value} (no interval: too few sentences)"),
    "spread": wording.mark("{value} (no interval: too little spread)"),
}
_NO_VALUE = wording.mark("no value")


#: Why a figure is not told at all, by its reason.
_CANNOT_TELL = {
    "too_few_months": wording.mark("– (too few months)"),
    "too_few_quarters": wording.mark("– (too few quarters)"),
    "too_little_spread": wording.mark("– (too little spread)"),
}


def figure(
    estimate: float, lower: float, upper: float, unit: str = "month", *, reason: str = ""
) -> str:
    """Format an estimate and its interval, two digits.

    Parameters
    ----------
    estimate, lower, upper : float
        A figure without unit; NaN ends where there is no interval.
    unit : str, default "month"
        What is resampled.
    reason : str, default ""
        Why it has no interval, or cannot be told, as a table's column `reason` codes it.

    Returns
    -------
    str
        Estimate with its interval in brackets; a dash and the reason where it cannot be told.

    Examples
    --------
    >>> figure(0.456, 0.38, 0.53)
    '0.46 (0.38 to 0.53)'
    >>> figure(*[float("nan")] * 3, reason="too_few_quarters")
    '– (too few quarters)'
    """
    if not isfinite(estimate):
        return wording.say(_CANNOT_TELL.get(reason, _NO_VALUE))
    if not (isfinite(lower) and isfinite(upper)):
        unit = "spread" if reason == "too_little_spread" else unit
        return wording.say(_NO_INTERVAL[unit], value=wording.number(estimate, 2))
    return f"{wording.number(estimate, 2)} ({ends(lower, upper)})"


def difference(estimate: float, lower: float, upper: float, options: Options) -> str:
    """Say whether a difference can be told from none.

    Parameters
    ----------
    estimate, lower, upper : float
        Difference and the ends of its interval.
    options : Options
        Coverage.

    Returns
    -------
    str
        "higher by 0.21 (...)" only where the interval excludes zero; otherwise that we
        cannot tell.

    Examples
    --------
    >>> difference(0.21, 0.14, 0.28, Options())
    'higher by 0.21 (95% confidence interval +0.14 to +0.28)'
    >>> difference(0.02, -0.05, 0.08, Options())
    'we cannot tell (difference +0.02, 95% confidence interval −0.05 to +0.08)'
    """
    if not (isfinite(estimate) and isfinite(lower) and isfinite(upper)):
        return wording.say("we cannot tell (no interval)")
    told = {
        "words": options.words,
        "interval": ends(lower, upper, signed=True),
        "size": wording.number(abs(estimate), 2),
    }
    if lower <= 0 <= upper:
        return wording.say(
            "we cannot tell (difference {difference}, {words} {interval})",
            difference=wording.degrees(estimate, 2),
            **told,
        )
    if estimate > 0:
        return wording.say("higher by {size} ({words} {interval})", **told)
    return wording.say("lower by {size} ({words} {interval})", **told)


def ends(lower: float, upper: float, *, signed: bool = False) -> str:
    """Format the ends of an interval, two digits.

    Parameters
    ----------
    lower, upper : float
        The ends, no NaN.
    signed : bool, default False
        Whether a plus is written, as for differences.

    Returns
    -------
    str
        With a third digit where an end would seem to touch zero.

    Examples
    --------
    >>> ends(-0.15, -0.002, signed=True), ends(0.1, 0.2)
    ('−0.150 to −0.002', '0.10 to 0.20')
    """
    form = wording.degrees if signed else wording.number
    digits = 3 if 0 in (round(lower, 2), round(upper, 2)) else 2
    return wording.say("{lower} to {upper}", lower=form(lower, digits), upper=form(upper, digits))


def gaps_told(n_without_tone: int, n_unmatched: int) -> str:
    """Say what of the codings is not in the figures.

    Parameters
    ----------
    n_without_tone, n_unmatched : int
        Coded statements without tone, and coded ids that no statement has.

    Returns
    -------
    str
        Empty where nothing was left out.

    Examples
    --------
    >>> gaps_told(2, 0)
    'Left out: 2 coded statements without tone.'
    """
    told = []
    if n_without_tone:
        told.append(
            wording.say_count(
                "{n} coded statement without tone",
                "{n} coded statements without tone",
                n_without_tone,
            )
        )
    if n_unmatched:
        told.append(
            wording.say_count(
                "{n} coded id that no statement has",
                "{n} coded ids that no statement has",
                n_unmatched,
            )
        )
    return wording.say("Left out: {what}.", what=wording.listing(told)) if told else ""


def dashes_told(*tables: pd.DataFrame | None) -> str:
    """Say why figures are not told.

    Parameters
    ----------
    *tables : DataFrame or None
        Estimates with a column `reason`, as `estimate_tones` returns them.

    Returns
    -------
    str
        Sentences; empty where every figure is told.

    Examples
    --------
    >>> table = pd.DataFrame({"estimate": [float("nan")], "reason": ["too_few_quarters"]})
    >>> dashes_told(table)
    'We cannot tell what has a dash: fewer than 8 quarters have codings.'
    """
    reasons = {
        reason
        for table in tables
        if table is not None
        for reason in table.loc[table["estimate"].isna(), "reason"]
    }
    told = []
    if "too_few_months" in reasons:
        told.append(wording.say("fewer than {n} months have codings", n=wording.number(MIN_BLOCKS)))
    if "too_few_quarters" in reasons:
        told.append(
            wording.say("fewer than {n} quarters have codings", n=wording.number(MIN_QUARTERS))
        )
    if "too_little_spread" in reasons:
        told.append(
            wording.say(
                "scores or codings are nearly all alike, if only in some draws of the bootstrap, "
                "so the figure could be anything"
            )
        )
    if not told:
        return ""
    return wording.say("We cannot tell what has a dash: {reasons}.", reasons="; ".join(told))

"""The difference of the two directions, month by month, in numbers and in words."""

from __future__ import annotations

import numpy as np
import pandas as pd

from detente import wording
from detente.countries import country_in_text
from detente.figures.curve import curve_note, has_curve, months_of
from detente.index import BILATERAL, MAX_HALF_WIDTH, MIN_OCCASIONS, IndexResult, is_thin

__all__ = [
    "clear_months",
    "difference_of_sides",
    "has_both_curves",
    "sides_note",
    "sides_subtitle",
    "sides_title",
]


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


def sides_title(result: IndexResult, table: pd.DataFrame) -> str:
    """Say in how many months the sides can be told apart.

    Parameters
    ----------
    result : IndexResult
        The index.
    table : DataFrame
        As `difference_of_sides` gives it.

    Returns
    -------
    str
        A title.
    """
    n, n_above, n_below = _counts(table)
    if n == 0 or table["lower"].isna().all():
        return wording.say("We cannot tell the tone of the two sides apart")
    clear = wording.number(n_above + n_below)
    if not has_both_curves(result):
        if result.method != "means":
            return wording.say("We cannot tell the smoothed curves of the two sides apart")
        if _is_by_chance(result, n, n_above + n_below):
            return wording.say("We cannot tell the tone of the two sides apart, month by month")
        return wording.say_count(
            "The tone of the two sides differs in {clear} of {n} month",
            "The tone of the two sides differs in {clear} of {n} months",
            n,
            clear=clear,
        )
    names = [result.direction_name(name) for name in result.dyad.directions]
    counts = sorted(zip((n_above, n_below), names, strict=True), key=lambda pair: -pair[0])
    (most, warmer), (least, other) = counts
    if most == 0:
        return wording.say_count(
            "In none of {n} month can the tone of the two sides be told apart",
            "In none of {n} months can the tone of the two sides be told apart",
            n,
        )
    parts = {"warmer": warmer, "most": wording.number(most)}
    text = (
        wording.say_count(
            "{warmer} was the warmer in {most} of {n} month, {other} in {least}",
            "{warmer} was the warmer in {most} of {n} months, {other} in {least}",
            n,
            **parts,
            other=other,
            least=wording.number(least),
        )
        if least
        else wording.say_count(
            "{warmer} was the warmer in {most} of {n} month",
            "{warmer} was the warmer in {most} of {n} months",
            n,
            **parts,
        )
    )
    if most + least == n:
        return text
    return wording.say("{told}; in the others we cannot tell", told=text)


def sides_subtitle(result: IndexResult, table: pd.DataFrame) -> str:
    """Say what is drawn of the two sides, and in how many months they differ.

    Parameters
    ----------
    result : IndexResult
        The index.
    table : DataFrame
        As `difference_of_sides` gives it.

    Returns
    -------
    str
        A subtitle.
    """
    parts = {
        "share": wording.share(result.confidence),
        "period": wording.period_name(result.months[0], result.months[-1]),
    }
    what = (
        wording.say(
            "Smoothed index of each side and the difference, degrees, with {share} intervals, "
            "{period}.",
            **parts,
        )
        if has_both_curves(result)
        else wording.say(
            "Means of single months, not smoothed, and the difference, degrees, with {share} "
            "intervals, {period}.",
            **parts,
        )
    )
    return f"{what} {clear_months(result, table)}".strip()


def clear_months(result: IndexResult, table: pd.DataFrame) -> str:
    """Say how many differences are clear of zero, and how many would be by chance.

    Parameters
    ----------
    result : IndexResult
        The index.
    table : DataFrame
        As `difference_of_sides` gives it.

    Returns
    -------
    str
        A sentence; empty where no difference has an interval.
    """
    n, n_above, n_below = _counts(table)
    if n == 0 or table["lower"].isna().all():
        return ""
    clear = wording.number(n_above + n_below)
    if has_both_curves(result):
        return wording.say_count(
            "Clear of zero in {clear} of {n} month.",
            "Clear of zero in {clear} of {n} months.",
            n,
            clear=clear,
        )
    told = wording.say_count(
        "Clear of zero in {clear} of {n} month ({above} above, {below} below);",
        "Clear of zero in {clear} of {n} months ({above} above, {below} below);",
        n,
        clear=clear,
        above=wording.number(n_above),
        below=wording.number(n_below),
    )
    expected = (1 - result.confidence) * n
    by_chance = (
        wording.say("by chance alone about {n} would be.", n=wording.number(expected))
        if expected >= 1
        else wording.say("by chance alone fewer than one would be.")
    )
    return f"{told} {by_chance}"


def sides_note(result: IndexResult) -> str:
    """Say how the marks are read.

    Parameters
    ----------
    result : IndexResult
        The index.

    Returns
    -------
    str
        Sentences for the foot.
    """
    above = wording.say(
        "Difference above zero: {country} spoke the more warmly of the two.",
        country=country_in_text(result.dyad.a),
    )
    if has_both_curves(result):
        thick = wording.say("Thick: its interval leaves zero out.")
        return f"{curve_note(result)} {above} {thick}"
    parts = [
        wording.say(
            "Dots: means of single months, larger with more statements; hollow: fewer than {least} "
            "occasions, or an interval of more than {degrees} degrees to either side.",
            least=wording.number(MIN_OCCASIONS),
            degrees=wording.number(MAX_HALF_WIDTH),
        ),
        above,
        wording.say(
            "Bar: {share} interval of the difference, for the noise of these statements, not for "
            "the scorer's error or the choice of statements; bold where it leaves zero out.",
            share=wording.share(result.confidence),
        ),
    ]
    if result.are_sides_one:
        one = wording.say(
            "The smoothed curves of the two sides cannot be told apart and are not drawn."
        )
        parts.insert(0, one)
    return " ".join(parts)


def _counts(table: pd.DataFrame) -> tuple[int, int, int]:
    """Return the months with a difference, those clear above zero and those clear below."""
    clear = table[table["is_clear"]]
    n_above = int((clear["difference"] > 0).sum())
    return int(table["difference"].notna().sum()), n_above, len(clear) - n_above


def _is_by_chance(result: IndexResult, n: int, n_clear: int) -> bool:
    """Tell whether as many months could be clear of zero if no side were ever the warmer."""
    from scipy import stats

    return n_clear <= int(stats.binom.ppf(0.975, n, 1 - result.confidence))

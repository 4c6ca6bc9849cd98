"""Fitted steps to verdicts: what was seen, what could not be, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from detente import wording
from detente.index import BILATERAL
from detente.inference.rows import mappings
from detente.inference.shortage import Window
from detente.inference.steps import StepFit

__all__ = [
    "BORDERLINE",
    "CLOSE_DAYS",
    "COLUMNS",
    "NOT_SEPARABLE",
    "OVERLAP",
    "SEPARABLE",
    "TESTED",
    "adjust",
    "is_borderline",
    "judge",
    "rarely_seen",
]

#: Said of a verdict that hangs on which histories were simulated.
BORDERLINE = wording.mark("borderline: other simulated histories may decide otherwise")

#: Columns of `EpisodesResult.table`, in their order.
COLUMNS = (
    *("episode", "direction", "first_day", "last_day", "label", "expected"),
    *("level_change", "lower", "upper", "p", "p_placebo", "p_adjusted", "mde"),
    *("n_before", "n_after", "overlaps", "verdict", "reason"),
)

#: Verdicts of steps that were tested.
TESTED = (wording.mark("cooled"), wording.mark("warmed"), wording.mark("cannot tell"))
NOT_SEPARABLE = wording.mark("not separable")
_REFUSED = wording.mark("refused")

#: Two steps whose estimates correlate at least as negatively share most of their information:
#: each is named beside the other.
OVERLAP = -0.7
#: From here on they are not told apart: knowing one would cut the other's variance to a fifth.
SEPARABLE = -0.9
#: Episodes that begin within so many days of each other are named in any case.
CLOSE_DAYS = 30

#: Direction of a row -> the fit it is read from; filled in by the dyad's directions.
_NUMBERS = ("level_change", "lower", "upper", "p", "p_placebo", "p_adjusted", "mde")


def judge(
    episodes: pd.DataFrame,
    direction: str,
    fit: StepFit | None,
    window: Window,
    side: int | None,
    directions: Sequence[str],
) -> list[dict[str, Any]]:
    """Give every episode a row for one direction, without adjusted p and verdict.

    Parameters
    ----------
    episodes : DataFrame
        As of `episodes_table`.
    direction : str
        "A>B", "B>A" or "bilateral".
    fit : StepFit or None
        Its steps; None where there is no fit.
    window : Window
        Counts of statements.
    side : int or None
        The side that speaks, None for both.
    directions : sequence of str
        Names of both directions.

    Returns
    -------
    list of dict
        One per episode, the columns of `COLUMNS`; `verdict` is "" where a test is left to
        `adjust`.
    """
    if side is None:
        needs: tuple[Sequence[int | None], Sequence[str]] = (
            (None, 0, 1),
            ("", *directions),
        )
    else:
        needs = ((side,), (direction,))
    found: list[dict[str, Any]] = []
    for number, episode in enumerate(mappings(episodes)):
        before, after = window.counts(number, side, is_cut=True)
        row: dict[str, Any] = {
            "episode": episode["episode"],
            "direction": direction,
            "first_day": episode["first_day"],
            "last_day": episode["last_day"],
            "label": episode["label"],
            "expected": episode["expected"],
            **dict.fromkeys(_NUMBERS, np.nan),
            "n_before": before,
            "n_after": after,
            "overlaps": "",
            "verdict": _REFUSED,
            "reason": window.shortage(number, *needs),
        }
        found.append(row)
        place = None if fit is None else fit.place(number)
        row["overlaps"] = "; ".join(
            str(episodes["episode"].iloc[other]) for other in _overlaps(window, fit, number)
        )
        if row["reason"]:
            continue
        if fit is None:
            row["reason"] = wording.say(
                "the statements are too few, or too much alike, for the model"
            )
        elif place is None:
            row["reason"] = wording.say("its step cannot be estimated beside the others")
        else:
            row.update(_numbers(episodes["label"], fit, number, place))
    return found


def _numbers(labels: pd.Series, fit: StepFit, number: int, place: int) -> dict[str, Any]:
    step = fit.steps[place]
    bound = [other for other in _tied(fit, place) if other != place]
    if bound or len(step.starts) > 1:
        places = sorted({place, *bound})
        starts = sorted({start for other in places for start in fit.steps[other].starts})
        others = [str(labels.iloc[start]) for start in starts if start != number]
        change, lower, upper = (100 * value for value in fit.together(places))
        told = {
            "others": wording.listing(others),
            "change": wording.degrees(change),
            "interval": wording.interval(lower, upper),
        }
        reason = (
            wording.say(
                "cannot be told apart from {others}; the change over both is {change} degrees "
                "({interval})",
                **told,
            )
            if len(starts) == 2
            else wording.say(
                "cannot be told apart from {others}; the change over all of them is {change} "
                "degrees ({interval})",
                **told,
            )
        )
        return {"verdict": NOT_SEPARABLE, "reason": reason}
    return {
        "level_change": 100 * step.change,
        "lower": 100 * step.lower,
        "upper": 100 * step.upper,
        "p": step.p,
        "p_placebo": step.p_placebo,
        "mde": 100 * step.mde,
        "verdict": "",
    }


def _tied(fit: StepFit, place: int) -> list[int]:
    """Return the neighbours, in a chain, whose estimates mirror each other."""
    first = last = place
    while first > 0 and fit.correlation(first - 1, first) <= SEPARABLE:
        first -= 1
    while last + 1 < len(fit.steps) and fit.correlation(last, last + 1) <= SEPARABLE:
        last += 1
    return list(range(first, last + 1))


def _overlaps(window: Window, fit: StepFit | None, number: int) -> list[int]:
    starts = window.starts
    place = None if fit is None else fit.place(number)
    found: list[int] = []
    for other in range(len(starts)):
        if other == number:
            continue
        is_near = abs(starts[other] - starts[number]) <= CLOSE_DAYS
        if fit is not None and place is not None and not is_near:
            beside = fit.place(other)
            is_near = beside is not None and (
                beside == place or fit.correlation(place, beside) <= OVERLAP
            )
        if is_near:
            found.append(other)
    return found


def adjust(
    rows: Sequence[Mapping[str, Any]], confidence: float, n_placebo: int = 0
) -> pd.DataFrame:
    """Adjust p within each direction, and give verdicts.

    Parameters
    ----------
    rows : sequence of mapping
        As of `judge`.
    confidence : float
        One minus the share of false findings that is accepted.
    n_placebo : int, default 0
        Histories that `p_placebo` was counted in; where others could turn a verdict, `reason`
        says so.

    Returns
    -------
    DataFrame
        The columns of `COLUMNS`, sorted by episode as received, bilateral first.
    """
    from scipy.stats import false_discovery_control

    table = pd.DataFrame(list(rows), columns=list(COLUMNS))
    for direction in table["direction"].unique():
        tested = table.index[table["direction"].eq(direction) & table["verdict"].eq("")]
        if not len(tested):
            continue
        p = table.loc[tested, "p_placebo"].fillna(table.loc[tested, "p"])
        adjusted = false_discovery_control(p.to_numpy("float64"))
        table.loc[tested, "p_adjusted"] = adjusted
        judged = []
        for row, value in zip(table.loc[tested].to_dict("records"), adjusted, strict=True):
            verdict, reason = _verdict(row, value <= 1 - confidence + 1e-9, len(tested))
            if is_borderline({**row, "p_adjusted": value}, confidence, n_placebo):
                reason = "; ".join(part for part in (wording.say(BORDERLINE), reason) if part)
            judged.append([verdict, reason])
        # All at once: setting single cells of a table takes longer than the fits.
        table.loc[tested, ["verdict", "reason"]] = judged
    order = {episode: number for number, episode in enumerate(table["episode"].unique())}
    ranks = table["episode"].map(order) * 3 + table["direction"].ne(BILATERAL)
    return table.loc[ranks.sort_values(kind="stable").index].reset_index(drop=True)


def is_borderline(row: Mapping[Any, Any], confidence: float, n_placebo: int) -> bool:
    """Tell whether the p-value of other histories may lie on the other side of the level.

    Parameters
    ----------
    row : mapping
        `p_placebo` and `p_adjusted`, as of `COLUMNS`.
    confidence : float
        One minus the share of false findings that is accepted.
    n_placebo : int
        Histories that `p_placebo` was counted in.

    Returns
    -------
    bool
        False where nothing was simulated.
    """
    p, adjusted = row["p_placebo"], row["p_adjusted"]
    if not n_placebo or not 0 < p < 1:
        return False
    spread = np.sqrt(p * (1 - p) / n_placebo) * adjusted / p
    return bool(abs(adjusted - (1 - confidence)) <= 2 * spread)


def _verdict(row: Mapping[Any, Any], is_seen: bool, n_tests: int) -> tuple[str, str]:
    excludes = row["lower"] > 0 or row["upper"] < 0
    beside = wording.say("stands in one window with other episodes") if row["overlaps"] else ""
    if is_seen and excludes:
        return ("warmed" if row["level_change"] > 0 else "cooled"), beside
    tests = wording.count(n_tests, "test")
    unseen = (
        wording.say("does not stand out among {tests}", tests=tests)
        if excludes
        else rarely_seen(row["mde"])
    )
    return "cannot tell", "; ".join(part for part in (unseen, beside) if part)


def rarely_seen(mde: float) -> str:
    """Say which changes the statements are too few to show.

    Parameters
    ----------
    mde : float
        Change that is seen with a chance of 80 % in a single test, degrees.

    Returns
    -------
    str
        A clause in lower case, without a full stop.

    Examples
    --------
    >>> rarely_seen(32.4)
    'a change below 32 degrees is seen in fewer than four of five cases, before adjustment'
    """
    return wording.say(
        "a change below {size} degrees is seen in fewer than four of five cases, before adjustment",
        size=wording.number(mde),
    )

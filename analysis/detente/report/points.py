"""Three to five findings for page 1, each with number, interval and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import Any

import numpy as np
import pandas as pd

from detente import wording
from detente.countries import country_name
from detente.index import BILATERAL, IndexResult, level_difference, mean_level
from detente.inference import BreaksResult, EpisodesResult, Findings, RobustnessResult
from detente.report.headline import stretch_name
from detente.report.tables import clipped, days_told

__all__ = ["brief_points", "named_episodes"]

#: Findings on page 1, and how many of them single episodes take.
_MOST, _N_SEEN = 5, 2
#: Episodes named at which nothing stands out, and once corrected; characters of a label.
_N_UNSEEN, _N_CORRECTED, _LONGEST = 6, 3, 40
_SEEN = ("cooled", "warmed")
_NOT_WHY = "It coincides with the episode; the data cannot attribute it to one event."


def brief_points(index: IndexResult, findings: Findings | None) -> list[dict[str, str]]:
    """Choose and word the findings that a reader looks for first.

    Parameters
    ----------
    index : IndexResult
        The index.
    findings : Findings or None
        What was found, where it was asked.

    Returns
    -------
    list of dict
        Three to five, fewer where the data give no more: `number`, `interval`, `text` (what it
        says) and `rests` (what it rests on).
    """
    told: list[dict[str, str] | None] = []
    if findings is not None:
        if findings.episodes is not None and len(findings.episodes.table):
            told += [*_seen(findings.episodes), _unseen(findings.episodes)]
            # Only some studies have codings that correct the scorer's errors.
            corrected = getattr(findings.episodes, "corrected", None)
            told.append(None if corrected is None else _corrected(corrected))
        if findings.robustness is not None:
            told.append(_coldest(findings.robustness))
        if findings.breaks is not None and findings.breaks.n_breaks:
            told.append(_break(findings.breaks))
    told += [_sides(index), _level(index), _late(index)]
    if findings is not None and findings.breaks is not None and not findings.breaks.n_breaks:
        told.insert(-2, _no_break(findings.breaks))
    return [each for each in told if each is not None][:_MOST]


def named_episodes(findings: Findings | None) -> list[str]:
    """Name the episodes that page 1 tells of.

    Parameters
    ----------
    findings : Findings or None
        What was found.

    Returns
    -------
    list of str
        Their keys, those that show a change first; empty where none was tested.
    """
    if findings is None or findings.episodes is None or findings.episodes.table.empty:
        return []
    rows = findings.episodes.direction(BILATERAL)
    return [str(name) for part in (_largest(rows), _unclear(rows)) for name in part["episode"]]


def _largest(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the episodes at which the largest changes stand out."""
    seen = rows[rows["verdict"].isin(_SEEN)]
    size = seen["level_change"].abs()
    order = seen.assign(size=size).sort_values("size", ascending=False, kind="stable")
    return order.head(_N_SEEN)


def _unclear(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the episodes with the most statements at which nothing stands out, in time."""
    unseen = rows[rows["verdict"].eq("cannot tell")]
    chosen = unseen.assign(n=unseen["n_before"] + unseen["n_after"]).nlargest(
        _N_UNSEEN, "n", keep="first"
    )
    return chosen.sort_index()


def _point(number: str, interval: str, text: str, rests: str) -> dict[str, str]:
    return {"number": number, "interval": interval, "text": text, "rests": rests}


def _label(row: Mapping[Any, Any]) -> str:
    return clipped(str(row["label"]), _LONGEST)


def _seen(result: EpisodesResult) -> list[dict[str, str]]:
    rows = result.direction(BILATERAL)
    seen = rows[rows["verdict"].isin(_SEEN)]
    n_tested = int(rows["p_adjusted"].notna().sum())
    told: list[dict[str, str]] = []
    for row in _largest(rows).to_dict("records"):
        day = days_told(row["first_day"], row["last_day"])
        rest = len(seen) - _N_SEEN
        more = (
            f" At {wording.count(rest, 'more episode')} a change stands out too."
            if rest > 0 and len(told) == _N_SEEN - 1
            else ""
        )
        n = [wording.number(row[name]) for name in ("n_before", "n_after")]
        told.append(
            _point(
                wording.degrees(row["level_change"]),
                wording.interval(row["lower"], row["upper"]),
                f"Statements {row['verdict']} at {_label(row)} ({day}){_beside(result, row)}. "
                f"{'' if told else _NOT_WHY}{more}".rstrip(),
                f"{n[0]} statements before and {n[1]} after; adjusted for "
                f"{wording.count(n_tested, 'test')}.",
            )
        )
    return told


def _beside(result: EpisodesResult, row: Mapping[Any, Any]) -> str:
    """Say which episodes stand in the window of one that shows a change."""
    others = [name for name in str(row["overlaps"]).split("; ") if name]
    if not others:
        return ""
    labels = wording.listing([_label(result.change(name)) for name in others[:3]])
    together = result.together([str(row["episode"]), *others])
    over = "" if together is None else (
        f", {wording.degrees(together[0])} ({wording.interval(*together[1:])}) over "
        f"{'both' if len(others) == 1 else 'all'}"
    )  # fmt: skip
    return f", in one window with {labels}{over}"


def _unseen(result: EpisodesResult) -> dict[str, str] | None:
    rows = result.direction(BILATERAL)
    n_tested = int(rows["p_adjusted"].notna().sum())
    n_untested = len(rows) - n_tested
    statements = wording.count(result.n_statements, "statement")
    if not n_tested:
        return _point(
            f"0 of {len(rows):,}",
            "no interval",
            f"None of {wording.count(len(rows), 'episode')} could be tested: too few statements "
            "lie around them, or they cannot be told apart.",
            f"{statements}.",
        )
    unseen = rows[rows["verdict"].eq("cannot tell")]
    if unseen.empty:
        return None
    names = [_label(row) for row in _unclear(rows).to_dict("records")]
    if rest := len(unseen) - len(names):
        names.append(f"{rest:,} more")
    text = (
        f"Episodes at which we cannot tell that tone changed: {wording.listing(names)}. Both "
        "sides together."
    )
    untested = f" {wording.count(n_untested, 'more episode')} could not be tested."
    smallest = unseen["mde"].dropna()
    return _point(
        f"{len(unseen):,} of {n_tested:,}",
        "cannot tell",
        text,
        f"{statements}; a change under {_range(smallest)} degrees, by episode, is easily missed."
        f"{untested * bool(n_untested)}"
        if len(smallest)
        else f"{statements}.{untested * bool(n_untested)}",
    )


def _corrected(result: EpisodesResult) -> dict[str, str] | None:
    """Say which changes stand out once codings have corrected the scorer's errors."""
    rows = result.direction(BILATERAL)
    n_tested = int(rows["p_adjusted"].notna().sum())
    if not n_tested:
        return None
    seen = rows[rows["verdict"].isin(_SEEN)]
    order = seen.assign(size=seen["level_change"].abs()).nlargest(_N_CORRECTED, "size", "first")
    named = [
        f"{_label(row)} {wording.degrees(row['level_change'])} "
        f"({wording.interval(row['lower'], row['upper'])})"
        for row in order.to_dict("records")
    ]
    if rest := len(seen) - len(named):
        named.append(f"{rest:,} more")
    found = (
        f"a change stands out at {wording.listing(named)}"
        if named
        else "no change at an episode stands out"
    )
    return _point(
        f"{len(seen):,} of {n_tested:,}",
        "corrected",
        f"With the scorer's errors corrected by codings, {found}.",
        f"{wording.count(n_tested, 'test')}; these intervals cover the scorer's errors too.",
    )


def _range(values: pd.Series[Any]) -> str:
    low, high = wording.number(values.min()), wording.number(values.max())
    return low if low == high else f"{low} to {high}"


def _coldest(result: RobustnessResult) -> dict[str, str] | None:
    rows = result.summary
    rows = rows[rows["quantity"].eq("contrast") & rows["estimate"].notna()]
    for row in rows.head(1).to_dict("records"):
        own = result.table
        own = own[own["quantity"].eq("contrast") & own["name"].eq(row["name"])]
        n = int(own.loc[own["is_headline"], "n"].max()) if own["is_headline"].any() else 0
        text = (
            f"{stretch_name(row['name'])}, the longest cold stretch, beside all other months. It "
            "was chosen for being cold, so the interval is too narrow."
        )
        rests = f"{wording.count(n, 'month')} with statements" if n else "months with statements"
        if row["n_estimated"]:
            rests += (
                f"; {wording.share(row['share_agree'])} of "
                f"{wording.count(int(row['n_estimated']), 'other specification')} agree in sign"
            )
        return _point(
            wording.degrees(row["estimate"]),
            wording.interval(row["lower"], row["upper"]),
            text,
            f"{rests}.",
        )
    return None


def _break(result: BreaksResult) -> dict[str, str]:
    rows = result.table.assign(size=result.table["level_change"].abs())
    row = rows.sort_values("size", ascending=False, kind="stable").iloc[0]
    rest = result.n_breaks - 1
    more = f" {wording.count(rest, 'more break')} stand{'s' * (rest == 1)} out." if rest else ""
    return _point(
        wording.degrees(row["level_change"]),
        wording.interval(row["change_lower"], row["change_upper"]),
        f"The level changed lastingly from {wording.month_name(row['break_date'])} on "
        f"({wording.share(result.confidence)} interval of the date: "
        f"{wording.period_name(row['lower'], row['upper'])}).{more}",
        f"{wording.count(int(row['n_before'] + row['n_after']), 'observed month')}.",
    )


def _no_break(result: BreaksResult) -> dict[str, str] | None:
    if result.reason:
        return None
    reach = (
        "not even a lasting step of 160 degrees in the middle of the period would be sure to be "
        "told."
        if pd.isna(result.detectable)
        else "a lasting step in the middle of the period would be told in four of five cases from "
        f"about {wording.number(result.detectable)} degrees on."
    )
    n = result.options.get("n_observed")
    return _point(
        "0 breaks",
        "",
        f"No lasting break in the level can be told from its drift; {reach}",
        f"{wording.count(int(n), 'observed month')}." if n else "",
    )


def _sides(index: IndexResult) -> dict[str, str] | None:
    if index.state is None or len(index.sides) < 2:
        return None
    from scipy import stats

    share = np.full(len(index.months), 1 / len(index.months))
    one, other = index.dyad.directions
    weights = index.side_weights(one) - index.side_weights(other)
    value, se = index.combination(np.outer(share, weights))
    half = float(stats.norm.ppf((1 + index.confidence) / 2)) * se
    if not np.isfinite(half):
        return None
    a, b = (country_name(code) for code in (index.dyad.a, index.dyad.b))
    lower, upper = value - half, value + half
    if lower <= 0 <= upper:
        text = f"We cannot tell which side spoke more warmly of the other, {a} or {b}."
    else:
        warm, cold = (a, b) if lower > 0 else (b, a)
        text = f"Over the whole period {warm} spoke more warmly of {cold} than {cold} of {warm}."
    rows = [index.direction(name)["n_statements"].sum() for name in (one, other)]
    return _point(
        wording.degrees(value),
        wording.interval(lower, upper),
        f"{text} The number is {a} on {b} less {b} on {a}.",
        f"{int(rows[0]):,} statements of {a} and {int(rows[1]):,} of {b}; a scorer may err "
        "differently for each.",
    )


def _level(index: IndexResult) -> dict[str, str] | None:
    level = mean_level(index)
    if isnan(level.mean):
        return None
    n = wording.count(level.n_months, "month")
    return _point(
        wording.degrees(level.mean),
        wording.interval(level.lower, level.upper),
        f"The mean level of both sides together, {wording.period_name(level.since, level.until)}.",
        f"{n}; both sides spoke in {level.n_observed:,} of them.",
    )


def _late(index: IndexResult) -> dict[str, str] | None:
    found = level_difference(index)
    if isnan(found.difference) or isnan(found.lower):
        return None
    told = wording.difference(found.difference, found.lower, found.upper, found.confidence)
    when = [wording.period_name(each.since, each.until) for each in (found.later, found.earlier)]
    # The interval stands beside, so the sentence goes without its brackets.
    told = told.split(" (")[0]
    text = (
        f"{when[0]} {told} than {when[1]}." if told.startswith("was") else
        f"{when[0]} and {when[1]} {told}."
    )  # fmt: skip
    n = [each.n_observed for each in (found.later, found.earlier)]
    return _point(
        wording.degrees(found.difference),
        wording.interval(found.lower, found.upper),
        text,
        f"{n[0]:,} and {n[1]:,} months in which both sides spoke.",
    )

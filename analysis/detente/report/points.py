"""Three to five findings for page 1, each with number, interval and what it rests on."""

from __future__ import annotations

from math import isnan

import numpy as np
import pandas as pd

from detente import wording
from detente.countries import country_in_text
from detente.index import IndexResult, level_difference, mean_level
from detente.inference import BreaksResult, Findings, RobustnessResult
from detente.report.changes import change_points, corrected_point, episodes_told, point
from detente.report.headline import stretch_name

__all__ = ["brief_points", "named_episodes"]

#: Findings on page 1.
_MOST = 5
#: Degrees that a difference of two levels cannot lie beyond.
_SCALE = 200.0


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
            told += change_points(findings.episodes)
            # Only some studies have codings that correct the scorer's errors.
            told.append(corrected_point(findings.episodes))
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
    return episodes_told(findings.episodes)


def _coldest(result: RobustnessResult) -> dict[str, str] | None:
    rows = result.summary
    rows = rows[rows["quantity"].eq("contrast") & rows["estimate"].notna()]
    for row in rows.head(1).to_dict("records"):
        own = result.table
        own = own[own["quantity"].eq("contrast") & own["name"].eq(row["name"])]
        n = int(own.loc[own["is_headline"], "n"].max()) if own["is_headline"].any() else 0
        months = wording.count(n, "month")
        rests = (
            wording.say("{months} with statements", months=months)
            if n
            else wording.say("months with statements")
        )
        if row["n_estimated"]:
            rests = wording.say(
                "{months}; {share} of {specifications} agree in sign",
                months=rests,
                share=wording.share(row["share_agree"]),
                specifications=wording.count(int(row["n_estimated"]), "other specification"),
            )
        return point(
            wording.degrees(row["estimate"]),
            wording.interval(row["lower"], row["upper"]),
            wording.say(
                "{stretch}, the longest cold stretch, beside all other months. It was chosen for "
                "being cold, so the interval is too narrow.",
                stretch=stretch_name(row["name"]),
            ),
            f"{rests}.",
        )
    return None


def _break(result: BreaksResult) -> dict[str, str]:
    rows = result.table.assign(size=result.table["level_change"].abs())
    row = rows.sort_values("size", ascending=False, kind="stable").iloc[0]
    rest = result.n_breaks - 1
    text = wording.say(
        "The level changed lastingly from {month} on ({share} interval of the date: {period}).",
        month=wording.month_name(row["break_date"]),
        share=wording.share(result.confidence),
        period=wording.period_name(row["lower"], row["upper"]),
    )
    if rest:
        more = wording.say_count("{n} more break stands out.", "{n} more breaks stand out.", rest)
        text = f"{text} {more}"
    n = int(row["n_before"] + row["n_after"])
    return point(
        wording.degrees(row["level_change"]),
        wording.interval(row["change_lower"], row["change_upper"]),
        text,
        f"{wording.count(n, 'observed month')}.",
    )


def _no_break(result: BreaksResult) -> dict[str, str] | None:
    if result.reason:
        return None
    text = (
        wording.say(
            "No lasting break in the level can be told from its drift; not even a lasting step of "
            "160 degrees in the middle of the period would be sure to be told."
        )
        if pd.isna(result.detectable)
        else wording.say(
            "No lasting break in the level can be told from its drift; a lasting step in the "
            "middle of the period would be told in four of five cases from about {size} degrees "
            "on.",
            size=wording.number(result.detectable),
        )
    )
    n = result.options.get("n_observed")
    rests = f"{wording.count(int(n), 'observed month')}." if n else ""
    return point(wording.say("0 breaks"), "", text, rests)


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
    a, b = (country_in_text(code) for code in (index.dyad.a, index.dyad.b))
    lower, upper = max(value - half, -_SCALE), min(value + half, _SCALE)
    if lower <= 0 <= upper:
        text = wording.say(
            "We cannot tell which side spoke more warmly of the other, {a} or {b}. The number is "
            "{a} on {b} less {b} on {a}.",
            a=a,
            b=b,
        )
    else:
        warm, cold = (a, b) if lower > 0 else (b, a)
        text = wording.say(
            "Over the whole period {warm} spoke more warmly of {cold} than {cold} of {warm}. The "
            "number is {a} on {b} less {b} on {a}.",
            warm=warm,
            cold=cold,
            a=a,
            b=b,
        )
    n_a, n_b = (int(index.direction(name)["n_statements"].sum()) for name in (one, other))
    return point(
        wording.degrees(value),
        wording.interval(lower, upper),
        text,
        wording.say(
            "{n_a} statements of {a} and {n_b} of {b}; a scorer may err differently for each.",
            n_a=wording.number(n_a),
            a=a,
            n_b=wording.number(n_b),
            b=b,
        ),
    )


def _level(index: IndexResult) -> dict[str, str] | None:
    level = mean_level(index)
    if isnan(level.mean):
        return None
    return point(
        wording.degrees(level.mean),
        wording.interval(level.lower, level.upper),
        wording.say(
            "The mean level of both sides together, {period}.",
            period=wording.period_name(level.since, level.until),
        ),
        wording.say(
            "{months}; both sides spoke in {n} of them.",
            months=wording.count(level.n_months, "month"),
            n=wording.number(level.n_observed),
        ),
    )


def _late(index: IndexResult) -> dict[str, str] | None:
    found = level_difference(index)
    if isnan(found.difference) or isnan(found.lower):
        return None
    later, earlier = (
        wording.period_name(each.since, each.until) for each in (found.later, found.earlier)
    )
    size = abs(found.difference)
    # The interval stands beside, so the sentence has none.
    parts = {
        "later": later,
        "earlier": earlier,
        "size": wording.number(size, 0 if size >= 0.5 else 1),
    }
    if found.lower <= 0 <= found.upper:
        text = wording.say("{later} and {earlier} cannot be told apart.", **parts)
    elif found.difference > 0:
        text = wording.say("{later} was {size} degrees warmer than {earlier}.", **parts)
    else:
        text = wording.say("{later} was {size} degrees colder than {earlier}.", **parts)
    return point(
        wording.degrees(found.difference),
        wording.interval(found.lower, found.upper),
        text,
        wording.say(
            "{later} and {earlier} months in which both sides spoke.",
            later=wording.number(found.later.n_observed),
            earlier=wording.number(found.earlier.n_observed),
        ),
    )

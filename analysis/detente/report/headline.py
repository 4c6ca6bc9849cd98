"""Page 1: what was found, in a few sentences with number, interval and what they rest on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from detente import wording
from detente.index import BILATERAL
from detente.inference import BreaksResult, EpisodesResult, Findings, RobustnessResult
from detente.inference.episodes_text import sides_seen
from detente.inference.verdicts import BORDERLINE, NOT_SEPARABLE
from detente.report.episodes import p_told
from detente.report.tables import clipped, days_told

__all__ = ["headline", "stretch_name"]

_SEEN = ("cooled", "warmed")
#: Episodes named of each verdict, windows named that several share, characters of a label.
_N_SEEN, _N_UNSEEN, _N_SHARED, _LONGEST = 4, 15, 2, 40

_WINDOW = re.compile(r"(\d{4})-(\d{2}) to (\d{4})-(\d{2})")


def headline(findings: Findings) -> list[dict[str, str]]:
    """Say the findings that a reader looks for first.

    Parameters
    ----------
    findings : Findings
        The results.

    Returns
    -------
    list of dict
        `head` and `text` of at most five points: changes at episodes, episodes at which nothing
        stands out, the same from tones corrected by codings, breaks, and how much hangs on choices.
    """
    told = []
    if findings.episodes is not None and len(findings.episodes.table):
        told.append(("Changes at events", _seen(findings.episodes)))
        told.append(("Nothing stands out", _unseen(findings.episodes)))
        if findings.episodes.corrected is not None:
            told.append(("Corrected by codings", _corrected(findings.episodes.corrected)))
    if findings.breaks is not None:
        told.append(("Breaks", _breaks(findings.breaks)))
    if findings.robustness is not None:
        told.append(("Other choices", _choices(findings.robustness, findings.episodes)))
    return [{"head": head, "text": text} for head, text in told if text]


def _label(row: Mapping[Any, Any]) -> str:
    return clipped(str(row["label"]), _LONGEST)


def _seen(result: EpisodesResult) -> str:
    rows = result.direction(BILATERAL)
    n_tested = int(rows["p_adjusted"].notna().sum())
    if not n_tested:
        return (
            f"None of {wording.count(len(rows), 'episode')} could be tested: "
            f"{_untested(rows) or 'the statements are too few'}."
        )
    tests = (
        f"{wording.count(n_tested, 'test')} on {wording.count(result.n_statements, 'statement')}"
    )
    seen = rows[rows["verdict"].isin(_SEEN)]
    if seen.empty:
        text = f"At none of the episodes does a change stand out after adjustment for {tests}."
        return f"{text}{_shared(result, rows)}"
    order = seen.assign(size=seen["level_change"].abs()).sort_values(
        "size", ascending=False, kind="stable"
    )
    named = [
        f"statements {row['verdict']} at {_label(row)} "
        f"({days_told(row['first_day'], row['last_day'])}) by "
        + wording.estimate(row["level_change"], row["lower"], row["upper"], result.confidence)
        + f", adjusted p {p_told(row['p_adjusted'])}, {wording.number(row['n_before'])} "
        f"statements before, {wording.number(row['n_after'])} after"
        f"{'; borderline' if BORDERLINE in row['reason'] else ''}{_beside(result, row)}"
        for row in order.head(_N_SEEN).to_dict("records")
    ]
    rest = len(order) - len(named)
    more = f"; and {wording.count(rest, 'more episode')}" if rest else ""
    text = f"After adjustment for {tests}: {'; '.join(named)}{more}."
    return f"{text}{_shared(result, rows)}"


def _corrected(result: EpisodesResult) -> str:
    """Say which episodes stand out once codings have corrected the scorer's errors."""
    rows = result.direction(BILATERAL)
    tests = wording.count(int(rows["p_adjusted"].notna().sum()), "test")
    lead = "With the scorer's errors corrected by the codings, "
    seen = rows[rows["verdict"].isin(_SEEN)]
    if seen.empty:
        return f"{lead}no change stands out after adjustment for {tests}."
    order = seen.assign(size=seen["level_change"].abs()).nlargest(_N_SEEN, "size", keep="first")
    named = [
        f"{_label(row)} {wording.degrees(row['level_change'])} "
        f"({wording.interval(row['lower'], row['upper'])})"
        for row in order.to_dict("records")
    ]
    rest = len(seen) - len(named)
    if rest:
        named.append(wording.count(rest, "more episode"))
    return (
        f"{lead}{len(seen)} of {wording.count(len(rows), 'episode')} "
        f"stand{'s' if len(seen) == 1 else ''} out after adjustment for {tests}: "
        f"{wording.listing(named)}, degrees; these intervals cover the scorer's errors, too."
    )


def _beside(result: EpisodesResult, row: Mapping[Any, Any]) -> str:
    """Say which episodes stand in the window of one that shows a change."""
    others = [name for name in str(row["overlaps"]).split("; ") if name]
    if not others:
        return ""
    labels = wording.listing([_label(result.change(name)) for name in others])
    together = result.together([str(row["episode"]), *others])
    over = "" if together is None else f", over {'both' if len(others) == 1 else 'all'} "
    if together is not None:
        over += f"{wording.degrees(together[0])} ({wording.interval(*together[1:])})"
    return f" (in one window with {labels}{over})"


def _shared(result: EpisodesResult, rows: pd.DataFrame) -> str:
    """Say the change over episodes of one window of which none shows a change alone."""
    by_name = {str(row["episode"]): row for row in rows.to_dict("records")}
    windows: list[tuple[str, ...]] = []
    for name, row in by_name.items():
        others = [other for other in str(row["overlaps"]).split("; ") if other]
        window = tuple(sorted({name, *others}, key=list(by_name).index))
        is_open = all(by_name[each]["verdict"] == "cannot tell" for each in window)
        if others and is_open and window not in windows:
            windows.append(window)
    told = []
    for window in windows:
        together = result.together(window)
        if together is None or together[1] <= 0 <= together[2]:
            continue
        value = wording.estimate(*together, result.confidence)
        named = wording.listing([_label(by_name[each]) for each in window])
        told.append(f" {named} cannot be told apart; over them: {value}, unadjusted.")
    return "".join(told[:_N_SHARED])


def _unseen(result: EpisodesResult) -> str:
    rows = result.direction(BILATERAL)
    unseen = rows[rows["verdict"].eq("cannot tell")]
    parts = []
    if len(unseen):
        chosen = unseen.assign(n=unseen["n_before"] + unseen["n_after"]).nlargest(
            _N_UNSEEN, "n", keep="first"
        )
        named = [
            f"{_label(row)} ({wording.number(row['mde'])})"
            for row in unseen.loc[sorted(chosen.index)].to_dict("records")
        ]
        rest = len(unseen) - len(named)
        if rest:
            named.append(wording.count(rest, "more episode"))
        parts.append(
            f"{wording.listing(named)}; both sides together, in brackets the smallest change, in "
            "degrees, that would have been seen in four of five cases before adjustment."
        )
        parts.append(sides_seen(result))
    untested = _untested(rows)
    if untested and rows["p_adjusted"].notna().any():
        parts.append(f"Not tested: {untested}.")
    return " ".join(filter(None, parts))


def _untested(rows: pd.DataFrame) -> str:
    told = []
    for verdict, why in (
        (NOT_SEPARABLE, "cannot be told apart from others"),
        ("refused", "too few statements"),
    ):
        labels = [_label(row) for row in rows[rows["verdict"].eq(verdict)].to_dict("records")]
        if len(labels) > _N_SEEN:
            labels = [*labels[:_N_SEEN], wording.count(len(labels) - _N_SEEN, "more episode")]
        if labels:
            told.append(f"{wording.listing(labels)} ({why})")
    return "; ".join(told)


def _breaks(result: BreaksResult) -> str:
    if result.reason:
        return f"No break in the level could be looked for: {result.reason}."
    if result.n_breaks:
        told = [
            f"from {wording.month_name(row['break_date'])} "
            f"({wording.share(result.confidence)} confidence interval "
            f"{wording.period_name(row['lower'], row['upper'])}) "
            f"{wording.degrees(row['level_after'])} after {wording.degrees(row['level_before'])} "
            f"degrees, on {wording.count(int(row['n_before'] + row['n_after']), 'month')}"
            for row in result.table.head(_N_SEEN).to_dict("records")
        ]
        rest = result.n_breaks - len(told)
        more = f"; and {rest:,} more" if rest else ""
        return f"The level has {wording.count(result.n_breaks, 'break')}: {'; '.join(told)}{more}."
    reach = (
        "not even a lasting step of 160 degrees in the middle of the period would be sure to be "
        "told"
        if pd.isna(result.detectable)
        else "a lasting step in the middle of the period would be told in four of five cases from "
        f"about {wording.number(result.detectable)} degrees on"
    )
    n = result.options.get("n_observed")
    months = f" of {wording.count(int(n), 'observed month')}" if n else ""
    return f"No break in the level can be told from the drift{months}; {reach}."


def stretch_name(name: str) -> str:
    """Print the name of a stretch of months.

    Parameters
    ----------
    name : str
        Such as "2015-07 to 2016-05", or any other name.

    Returns
    -------
    str
        Months in words; another name as it is.

    Examples
    --------
    >>> stretch_name("2015-07 to 2016-05"), stretch_name("crisis")
    ('July 2015 to May 2016', 'crisis')
    """
    found = _WINDOW.fullmatch(name)
    if found is None:
        return name
    year, month, last_year, last_month = map(int, found.groups())
    return wording.period_name(date(year, month, 1), date(last_year, last_month, 1))


def _choices(result: RobustnessResult, episodes: EpisodesResult | None) -> str:
    rows = result.summary[
        (result.summary["n_estimated"] > 0) & result.summary["share_agree"].notna()
    ]
    parts = []
    for row in rows[rows["quantity"].eq("contrast")].head(1).to_dict("records"):
        value = wording.estimate(
            row["estimate"], row["lower"], row["upper"], result.options["confidence"]
        )
        parts.append(
            f"{stretch_name(row['name'])} against all other months: {value}; "
            f"{wording.share(row['share_agree'])} of "
            f"{wording.count(int(row['n_estimated']), 'other specification')} agree in sign "
            f"({wording.degrees(row['smallest'])} to {wording.degrees(row['largest'])})."
        )
    changes = rows[rows["quantity"].eq("change")]
    if len(changes):
        kept = int((changes["share_agree"] == 1).sum())
        parts.append(
            f"Of {wording.count(len(changes), 'change')} at episodes, {kept:,} "
            f"{'keeps its' if kept == 1 else 'keep their'} sign under every other choice."
        )
    if episodes is not None:
        table = episodes.direction(BILATERAL)
        seen = set(table.loc[table["verdict"].isin(_SEEN), "episode"])
        own = changes[changes["name"].isin(seen)]
        if len(own):
            firm = int((own["share_excludes_zero"] == 1).sum())
            which = (
                ("That which stands out lies" if firm == 1 else "Those that stand out all lie")
                if firm == len(own)
                else f"Of the {len(own):,} that stand out, {firm:,} "
                f"{'lies' if firm == 1 else 'lie'}"
            )
            parts.append(f"{which} beyond zero under all of them.")
    n_failed = len(result.failures)
    if n_failed:
        parts.append(f"{wording.count(n_failed, 'fit')} failed.")
    return " ".join(parts)

"""What changed when things happened: the chapter on the tested episodes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from detente import wording
from detente.countries import country_name
from detente.index import BILATERAL
from detente.inference import EpisodesResult, RecoveryResult
from detente.report.beforehand import how_judged
from detente.report.blocks import heading, must_hold, points, prose, table
from detente.report.codes import code_told
from detente.report.tables import days_told

__all__ = ["episodes_blocks", "p_told", "told_in_full"]

#: Episodes told one by one, and neighbours named for each of them.
_N_TOLD, _N_NEIGHBOURS = 15, 6
_SEEN = ("cooled", "warmed")
_NONE = "–"


def p_told(p: float) -> str:
    """Print a p-value as a cell.

    Parameters
    ----------
    p : float
        In [0, 1]; NaN where there is none.

    Returns
    -------
    str
        Three digits, never zero; a dash where there is none.

    Examples
    --------
    >>> p_told(0.0371), p_told(0.0002), p_told(float("nan"))
    ('0.037', 'under 0.001', '–')
    """
    if pd.isna(p):
        return _NONE
    return (
        wording.say("under {number}", number=wording.number(0.001, 3))
        if p < 0.0005
        else wording.number(p, 3)
    )


def told_in_full(result: EpisodesResult) -> tuple[str, ...]:
    """Choose the episodes that get a paragraph.

    Parameters
    ----------
    result : EpisodesResult
        The result.

    Returns
    -------
    tuple of str
        All, where they are at most 15; else those that show a change, and of the others those
        with the most statements around them; in order of time.
    """
    rows = result.direction(BILATERAL)
    if len(rows) <= _N_TOLD:
        return tuple(rows["episode"])
    order = rows.assign(
        is_seen=rows["verdict"].isin(_SEEN), n=rows["n_before"] + rows["n_after"]
    ).sort_values(["is_seen", "n"], ascending=False, kind="stable")
    n = max(_N_TOLD, int(order["is_seen"].sum()))
    chosen = set(order["episode"].head(n))
    return tuple(name for name in rows["episode"] if name in chosen)


def episodes_blocks(
    result: EpisodesResult,
    recovery: Mapping[str, RecoveryResult],
    numbers: Mapping[str, int],
    kinds: Mapping[str, str],
) -> list[dict[str, Any]]:
    """Return the chapter.

    Parameters
    ----------
    result : EpisodesResult
        The changes at the episodes.
    recovery : mapping of str to RecoveryResult
        Episode -> when the level was back.
    numbers : mapping of str to int
        Number of each episode in this report.
    kinds : mapping of str to str
        Kind of each episode: an act, a contact.

    Returns
    -------
    list of dict
        Blocks.
    """
    rows = result.direction(BILATERAL)
    blocks = [prose(_opening(result)), prose(result.sentence)]
    if rows.empty:
        return blocks
    blocks += [
        table(
            "tab-episodes",
            wording.say("Changes at the headline episodes, both sides together"),
            [
                (wording.say("No."), "r"),
                (wording.say("Episode"), "l*"),
                (wording.say("Expected"), "l15"),
                (wording.say("Change"), "r"),
                (_interval(result), "r"),
                (wording.say("p, placebo"), "r12"),
                (wording.say("p, adjusted"), "r13"),
                (wording.say("Smallest visible"), "r13"),
                (wording.say("Before"), "r"),
                (wording.say("After"), "r"),
                (wording.say("Verdict"), "l16"),
            ],
            [_row(row, numbers, kinds) for row in rows.to_dict("records")],
            note=_legend(result),
            hairlines=True,
            small=True,
        ),
        _by_direction(result, numbers),
    ]
    chosen = told_in_full(result)
    blocks.append(heading(wording.say("Episode by episode")))
    if len(chosen) < len(rows):
        blocks.append(
            prose(
                wording.say(
                    "Told are {n} of {episodes}: those that show a change, and of the others "
                    "those with the most statements around them.",
                    n=wording.number(len(chosen)),
                    episodes=wording.count(len(rows), "episode"),
                )
            )
        )
    told = [
        (f"{numbers.get(episode, '')}", _paragraph(result, recovery, episode)) for episode in chosen
    ]
    return [*blocks, points(told), must_hold(result.assumptions)]


def _interval(result: EpisodesResult) -> str:
    return wording.say("{share} interval", share=wording.share(result.confidence))


def _legend(result: EpisodesResult) -> str:
    change = wording.say(
        "Change: degrees, from the first day of the episode on, beside all other episodes."
    )
    placebo = (
        wording.say(
            "p, placebo: share of {n} histories simulated without any change that show as much; "
            "p, adjusted: the same, adjusted for the number of episodes.",
            n=wording.number(result.n_placebo),
        )
        if result.n_placebo
        else wording.say(
            "p, placebo: not asked for here; p, adjusted: the same, adjusted for the number of "
            "episodes."
        )
    )
    rest = wording.say(
        "Smallest visible: the change, in degrees, that would have been seen in four of five "
        "cases, before that adjustment. Before, After: statements of both sides within {days}, or "
        "up to the next episode. An act is something done; a contact is a meeting, letter or "
        "announcement, which is itself made of statements.",
        days=wording.count(result.window, "day"),
    )
    return f"{change} {placebo} {rest}"


def _opening(result: EpisodesResult) -> str:
    return " ".join(
        [
            wording.say("An episode groups headline events that no data could separate."),
            *how_judged(result.chosen_before_tones, wording.share(1 - result.confidence)),
            wording.say(
                "A change coincides with its episode; what else stands in the same window may be "
                "behind it, and is named."
            ),
        ]
    )


def _row(row: Mapping[Any, Any], numbers: Mapping[str, int], kinds: Mapping[str, str]) -> list[Any]:
    episode = str(row["episode"])
    kind = code_told(kinds.get(episode, ""))
    days = days_told(row["first_day"], row["last_day"])
    has_step = pd.notna(row["level_change"])
    return [
        str(numbers.get(episode, "")),
        {
            "text": str(row["label"]),
            "is_bold": True,
            "below": f"{days} · {kind}" if kind else days,
        },
        code_told(row["expected"]) if isinstance(row["expected"], str) else _NONE,
        {"text": wording.degrees(row["level_change"]), "is_bold": True} if has_step else _NONE,
        wording.interval(row["lower"], row["upper"]) if has_step else _NONE,
        p_told(row["p_placebo"]),
        p_told(row["p_adjusted"]),
        wording.number(row["mde"]) if has_step else _NONE,
        wording.number(row["n_before"]),
        wording.number(row["n_after"]),
        {"text": code_told(str(row["verdict"])), "is_bold": row["verdict"] in _SEEN},
    ]


def _by_direction(result: EpisodesResult, numbers: Mapping[str, int]) -> dict[str, Any]:
    sides = result.dyad.directions
    found = {side: result.direction(side).to_dict("records") for side in sides}
    rows = []
    for one, other in zip(*(found[side] for side in sides), strict=True):
        cells: list[Any] = [str(numbers.get(str(one["episode"]), "")), str(one["label"])]
        for row in (one, other):
            has_step = pd.notna(row["level_change"])
            change = wording.degrees(row["level_change"]) if has_step else _NONE
            cells += [
                {"text": change, "is_bold": row["verdict"] in _SEEN},
                wording.interval(row["lower"], row["upper"]) if has_step else _NONE,
                p_told(row["p_adjusted"]),
                wording.number(row["mde"]) if has_step else _NONE,
                code_told(str(row["verdict"])),
            ]
        rows.append(cells)
    each = [
        (wording.say("Change"), "r"),
        (_interval(result), "r"),
        (wording.say("p, adj."), "r"),
        (wording.say("Visible"), "r"),
        (wording.say("Verdict"), "l15"),
    ]
    names = [
        wording.direction_name(*(country_name(code) for code in side.split(">"))) for side in sides
    ]
    return table(
        "tab-directions",
        wording.say("Changes at the headline episodes, by direction"),
        [(wording.say("No."), "r"), (wording.say("Episode"), "l*"), *each, *each],
        rows,
        groups=[("", 2), *((name, len(each)) for name in names)],
        note=wording.say(
            "From a second fit, in which each direction has a change of its own; p is adjusted "
            "within the direction."
        ),
        hairlines=True,
        small=True,
    )


def _paragraph(result: EpisodesResult, recovery: Mapping[str, RecoveryResult], episode: str) -> str:
    parts = [result.sentence_for(episode), _neighbours(result, episode)]
    if episode in recovery:
        parts.append(recovery[episode].sentence)
    return " ".join(part for part in parts if part)


def _neighbours(result: EpisodesResult, episode: str) -> str:
    """Name the events around an episode: headline events and the nearest ones first."""
    near = result.context[result.context["episode"].eq(episode)]
    if near.empty:
        return ""
    order = near.assign(far=near["days"].abs(), quiet=~near["headline"].astype(bool))
    named = order.sort_values(["quiet", "far"], kind="stable").head(_N_NEIGHBOURS)
    told = [
        f"{row['label']} ({wording.day_name(row['date'])})"
        for row in named.sort_values("date", kind="stable").to_dict("records")
    ]
    rest = len(near) - len(named)
    if rest:
        told.append(wording.count(rest, "other"))
    return wording.say("Around it: {events}.", events=wording.listing(told))

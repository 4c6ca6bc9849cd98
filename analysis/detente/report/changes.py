"""What page 1 says of the episodes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from detente import wording
from detente.index import BILATERAL
from detente.inference import EpisodesResult
from detente.inference.episodes_text import sides_seen
from detente.report.tables import clipped, days_told

__all__ = ["change_points", "corrected_point", "episodes_told", "point"]

#: Episodes with a change that are told.
_N_SEEN = 2
#: Episodes named at which nothing stands out, and once corrected; characters of a label.
_N_UNSEEN, _N_CORRECTED, _LONGEST = 6, 3, 40
_SEEN = ("cooled", "warmed")


def point(number: str, interval: str, text: str, rests: str) -> dict[str, str]:
    """Return a finding.

    Parameters
    ----------
    number, interval : str
        The number that is told, and its interval; the interval may be empty.
    text : str
        What it says.
    rests : str
        What it rests on.

    Returns
    -------
    dict
        The four by their names.
    """
    return {"number": number, "interval": interval, "text": text, "rests": rests}


def change_points(result: EpisodesResult) -> list[dict[str, str]]:
    """Tell the largest changes that stand out, then where none can be told.

    Parameters
    ----------
    result : EpisodesResult
        Changes at episodes, at least one tested or refused.

    Returns
    -------
    list of dict
        What `point` returns.
    """
    unseen = _unseen(result)
    return [*_seen(result), *([] if unseen is None else [unseen])]


def episodes_told(result: EpisodesResult) -> list[str]:
    """Name the episodes that page 1 tells of.

    Parameters
    ----------
    result : EpisodesResult
        Changes at episodes.

    Returns
    -------
    list of str
        Their keys, those that show a change first.
    """
    rows = result.direction(BILATERAL)
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
        _n_named(len(unseen), _N_UNSEEN), "n", keep="first"
    )
    return chosen.sort_index()


def _label(row: Mapping[Any, Any]) -> str:
    return clipped(str(row["label"]), _LONGEST)


def _seen(result: EpisodesResult) -> list[dict[str, str]]:
    rows = result.direction(BILATERAL)
    seen = rows[rows["verdict"].isin(_SEEN)]
    n_tested = int(rows["p_adjusted"].notna().sum())
    told: list[dict[str, str]] = []
    for row in _largest(rows).to_dict("records"):
        rest = len(seen) - _N_SEEN
        texts = [_seen_at(result, row)]
        if not told:
            texts.append(
                wording.say(
                    "It coincides with the episode; the data cannot attribute it to one event."
                )
            )
        if rest > 0 and len(told) == _N_SEEN - 1:
            texts.append(
                wording.say_count(
                    "At {n} more episode a change stands out too.",
                    "At {n} more episodes a change stands out too.",
                    rest,
                )
            )
        told.append(
            point(
                wording.degrees(row["level_change"]),
                wording.interval(row["lower"], row["upper"]),
                " ".join(texts),
                wording.say(
                    "{before} statements before and {after} after; adjusted for {tests}.",
                    before=wording.number(row["n_before"]),
                    after=wording.number(row["n_after"]),
                    tests=wording.count(n_tested, "test"),
                ),
            )
        )
    return told


def _seen_at(result: EpisodesResult, row: Mapping[Any, Any]) -> str:
    """Say what changed at an episode, and which others stand in its window."""
    parts = {"episode": _label(row), "days": days_told(row["first_day"], row["last_day"])}
    text = (
        wording.say("Statements cooled at {episode} ({days})", **parts)
        if row["verdict"] == "cooled"
        else wording.say("Statements warmed at {episode} ({days})", **parts)
    )
    others = [name for name in str(row["overlaps"]).split("; ") if name]
    if not others:
        return f"{text}."
    labels = wording.listing([_label(result.change(name)) for name in others[:3]])
    together = result.together([str(row["episode"]), *others])
    if together is None:
        return wording.say("{text}, in one window with {others}.", text=text, others=labels)
    value, interval = wording.degrees(together[0]), wording.interval(*together[1:])
    if len(others) == 1:
        return wording.say(
            "{text}, in one window with {others}, {value} ({interval}) over both.",
            text=text,
            others=labels,
            value=value,
            interval=interval,
        )
    return wording.say(
        "{text}, in one window with {others}, {value} ({interval}) over all.",
        text=text,
        others=labels,
        value=value,
        interval=interval,
    )


def _of(n: int, whole: int) -> str:
    return wording.say("{n} of {all}", n=wording.number(n), all=wording.number(whole))


def _with_rest(names: list[str], rest: int) -> str:
    """List names, and how many are not named."""
    more = [wording.say("{n} more", n=wording.number(rest))] if rest else []
    return wording.listing([*names, *more])


def _unseen(result: EpisodesResult) -> dict[str, str] | None:
    rows = result.direction(BILATERAL)
    n_tested = int(rows["p_adjusted"].notna().sum())
    n_untested = len(rows) - n_tested
    statements = wording.count(result.n_statements, "statement")
    if not n_tested:
        return point(
            _of(0, len(rows)),
            wording.say("no interval"),
            wording.say_count(
                "None of {n} episode could be tested: too few statements lie around them, or they "
                "cannot be told apart.",
                "None of {n} episodes could be tested: too few statements lie around them, or "
                "they cannot be told apart.",
                len(rows),
            ),
            f"{statements}.",
        )
    unseen = rows[rows["verdict"].eq("cannot tell")]
    if unseen.empty:
        return None
    names = [_label(row) for row in _unclear(rows).to_dict("records")]
    smallest = unseen["mde"].dropna()
    rests = [f"{statements}."]
    if len(smallest):
        rests = [
            wording.say(
                "{statements}; a change under {size} degrees, by episode, is easily missed.",
                statements=statements,
                size=_range(smallest),
            )
        ]
    if n_untested:
        rests.append(
            wording.say_count(
                "{n} more episode could not be tested.",
                "{n} more episodes could not be tested.",
                n_untested,
            )
        )
    text = wording.say(
        "Episodes at which we cannot tell that tone changed: {episodes}. Both sides together.",
        episodes=_with_rest(names, len(unseen) - len(names)),
    )
    return point(
        _of(len(unseen), n_tested),
        wording.say("cannot tell"),
        " ".join(filter(None, [text, sides_seen(result), *_windows_seen(result, rows)])),
        " ".join(rests),
    )


def _windows_seen(result: EpisodesResult, rows: pd.DataFrame) -> list[str]:
    """Say which windows changed as a whole though none of their episodes stands out."""
    verdicts = dict(zip(rows["episode"], rows["verdict"], strict=True))
    told, done = [], set()
    for row in rows[rows["verdict"].eq("cannot tell")].to_dict("records"):
        others = [name for name in str(row["overlaps"]).split("; ") if name]
        names = [name for name in rows["episode"] if name in {str(row["episode"]), *others}]
        if tuple(names) in done or not others or any(verdicts[name] in _SEEN for name in names):
            continue
        done.add(tuple(names))
        together = result.together(names)
        if together is None or together[1] <= 0 <= together[2]:
            continue
        told.append(
            wording.say(
                "{episodes}, which cannot be told apart, changed together by {value} ({interval}), "
                "a sum that is not among the tests.",
                episodes=wording.listing([_label(result.change(name)) for name in names]),
                value=wording.degrees(together[0]),
                interval=wording.interval(*together[1:]),
            )
        )
    return told


def corrected_point(result: EpisodesResult) -> dict[str, str] | None:
    """Say which changes stand out once codings have corrected the scorer's errors.

    Parameters
    ----------
    result : EpisodesResult
        Changes at episodes, and in `corrected` those from tones that codings correct.

    Returns
    -------
    dict or None
        What `point` returns; None where none was tested.
    """
    if result.corrected is None:
        return None
    rows = result.corrected.direction(BILATERAL)
    n_tested = int(rows["p_adjusted"].notna().sum())
    if not n_tested:
        return None
    seen = rows[rows["verdict"].isin(_SEEN)]
    n_named = _n_named(len(seen), _N_CORRECTED)
    order = seen.assign(size=seen["level_change"].abs()).nlargest(n_named, "size", "first")
    named = [
        f"{_label(row)} {wording.degrees(row['level_change'])} "
        f"({wording.interval(row['lower'], row['upper'])})"
        for row in order.to_dict("records")
    ]
    text = (
        wording.say(
            "With the scorer's errors corrected by codings, a change stands out at {episodes}.",
            episodes=_with_rest(named, len(seen) - len(named)),
        )
        if named
        else wording.say(
            "With the scorer's errors corrected by codings, no change at an episode stands out."
        )
    )
    return point(
        _of(len(seen), n_tested),
        wording.say("corrected"),
        " ".join([text, *_differing(result, rows)]),
        wording.say(
            "{tests}; these intervals cover the scorer's errors too.",
            tests=wording.count(n_tested, "test"),
        ),
    )


def _differing(result: EpisodesResult, corrected: pd.DataFrame) -> list[str]:
    """Say at which episodes the uncorrected answer is another, and what each rests on."""
    plain = result.direction(BILATERAL)
    before, after = (
        {
            str(row["episode"]): _label(row)
            for row in rows[rows["verdict"].isin(_SEEN)].to_dict("records")
        }
        for rows in (plain, corrected)
    )
    gained = wording.listing([label for name, label in after.items() if name not in before])
    lost = wording.listing([label for name, label in before.items() if name not in after])
    if not gained and not lost:
        return []
    told = []
    if gained:
        told.append(wording.say("Uncorrected, none stands out at {episodes}.", episodes=gained))
    if lost:
        told.append(wording.say("Uncorrected, one stands out at {episodes} too.", episodes=lost))
    told.append(
        wording.say(
            "The uncorrected answer rests on the scorer alone, the corrected one on codings of a "
            "sample as well."
        )
    )
    return told


def _n_named(n: int, most: int) -> int:
    """Return how many of n are named; a single one left over is named too."""
    return n if n == most + 1 else min(n, most)


def _range(values: pd.Series[Any]) -> str:
    low, high = wording.number(values.min()), wording.number(values.max())
    return low if low == high else wording.say("{low} to {high}", low=low, high=high)

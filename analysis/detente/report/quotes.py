"""Statements printed one by one, with the words that made their score marked."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from detente import wording
from detente.index import IndexResult
from detente.inference import MovesResult, WhyResult
from detente.report.blocks import bullets, heading, part, points, prose, rich, table
from detente.report.sample import extremes
from detente.report.tables import clipped, records, shortened, text_of, web_address

__all__ = ["extremes_blocks", "marked", "moved_blocks"]

#: Characters printed of a statement and of an address, and statements printed of a move.
_LONGEST_TEXT, _LONGEST_ADDRESS, _N_STATEMENTS = 900, 100, 3

#: Expressions marked in a statement, and how strong beside the strongest they are at least.
_MOST, _WEAKEST = 6, 0.25


def marked(text: str, trace: object, size: int = _LONGEST_TEXT) -> dict[str, Any]:
    """Print a statement with the expressions of its trace marked.

    Parameters
    ----------
    text : str
        The statement.
    trace : object
        The cell of its column `trace`; anything that is no such text marks nothing.
    size : int, default 900
        Characters printed, at least 1.

    Returns
    -------
    dict
        A cell; pieces with `mark` "cold" or "warm" took the score down or up.

    Examples
    --------
    >>> trace = '[{"start": 3, "end": 10, "entry": "thank@v", "valence": 3.0, "factor": 0.15}]'
    >>> found = marked("He thanked Ankara.", trace)["parts"]
    >>> [(piece["text"], piece.get("mark")) for piece in found]
    [('He ', None), ('thanked', 'warm'), (' Ankara.', None)]
    """
    shown = shortened(text, size)
    end = min(len(text), size) if len(text) <= size else len(text[:size].rstrip())
    pieces, at = [], 0
    for start, stop, mark in _spans(trace, end):
        if start < at:  # of expressions that overlap, the first is marked
            continue
        pieces += [part(shown[at:start])] * (start > at) + [part(shown[start:stop], mark=mark)]
        at = stop
    if at < len(shown) or not pieces:
        pieces.append(part(shown[at:]))
    return rich(*pieces)


def _spans(trace: object, end: int) -> list[tuple[int, int, str]]:
    """Return start, end and mark of each expression that lies in the printed part."""
    if not isinstance(trace, str):
        return []
    try:
        found = [
            (int(entry["start"]), int(entry["end"]), float(entry["valence"] * entry["factor"]))
            for entry in json.loads(trace)
        ]
    except (ValueError, TypeError, KeyError):
        return []
    # A scorer of many small parts gives every word something: only the strongest are marked.
    least = _WEAKEST * max((abs(value) for *_, value in found), default=0.0)
    strongest = sorted(found, key=lambda item: -abs(item[2]))[:_MOST]
    return sorted(
        (start, stop, "warm" if value > 0 else "cold")
        for start, stop, value in strongest
        if 0 <= start < stop <= end and abs(value) >= least > 0
    )


_LEGEND = wording.mark(
    "In bold and underlined: words that made the score warmer. In italics and underlined with "
    "dashes: words that made it colder. Marked are the strongest, at most six of a statement, "
    "where the scorer shows its working."
)


def moved_blocks(
    result: MovesResult, sample: pd.DataFrame, *, only_clear: bool = False
) -> list[dict[str, Any]]:
    """Return the statements behind the largest moves.

    Parameters
    ----------
    result : MovesResult
        The moves.
    sample : DataFrame
        The statements of the dyad and period, with `trace` where the scorer gave it.
    only_clear : bool, default False
        Only behind moves that exceed the scatter of statements, where one does.

    Returns
    -------
    list of dict
        Blocks.
    """
    moves = [
        (number, move)
        for number, move in enumerate(result.moves, start=1)
        if move.is_clear or not only_clear
    ]
    blocks = [
        prose(
            wording.say(
                "What each statement added to the change of its month is arithmetic, not a test: "
                "its share of the month times its distance from the level before."
            )
        ),
        prose(wording.say(_LEGEND)),
    ]
    traces = _traces(sample)
    if rest := len(result.moves) - len(moves):
        blocks.append(
            prose(
                wording.say_count(
                    "{n} of the largest moves cannot be told from the scatter of statements and "
                    "is left out here.",
                    "{n} of the largest moves cannot be told from the scatter of statements and "
                    "are left out here.",
                    rest,
                )
            )
        )
    for number, move in moves:
        blocks += [
            heading(
                wording.say(
                    "{month}: {change} degrees",
                    month=wording.month_name(move.month),
                    change=wording.degrees(move.change),
                )
            ),
            points([(wording.say("Move {n}", n=wording.number(number)), move.sentence)]),
            _move(move, traces),
        ]
    return blocks


def _key(row: dict[str, Any]) -> tuple[str, ...]:
    if isinstance(row.get("id"), str):
        return (row["id"],)
    return tuple(str(row.get(name)) for name in ("date", "speaker", "text"))


def _traces(sample: pd.DataFrame) -> dict[tuple[str, ...], object]:
    if "trace" not in sample.columns:
        return {}
    names = [n for n in ("id", "date", "speaker", "text", "trace") if n in sample.columns]
    return {_key(row): row["trace"] for row in records(sample[names])}


def _move(move: WhyResult, traces: dict[tuple[str, ...], object]) -> dict[str, Any]:
    rows = [
        [
            {"text": wording.degrees(row["contribution"]), "is_bold": True},
            wording.tone(row["tone"]),
            {"text": text_of(row.get("speaker")), "below": wording.day_name(row["date"])},
            marked(text_of(row.get("text")), traces.get(_key(row))),
        ]
        for row in records(move.statements.head(_N_STATEMENTS))
    ]
    return table(
        "",
        "",
        [
            (wording.say("Degrees"), "r"),
            (wording.say("Tone"), "r"),
            (wording.say("Who and when"), "l40"),
            (wording.say("Statement"), "l*"),
        ],
        rows,
        hairlines=True,
    )


def extremes_blocks(sample: pd.DataFrame, index: IndexResult) -> list[dict[str, Any]]:
    """Return the warmest and the coldest statements.

    Parameters
    ----------
    sample : DataFrame
        The statements of the dyad and period.
    index : IndexResult
        Gives the names of the directions.

    Returns
    -------
    list of dict
        Blocks.
    """
    warmest, coldest = (extremes(sample, warmest=is_warm) for is_warm in (True, False))
    blocks = [
        prose(
            wording.say(
                "The tone is the scorer's own, one statement at a time. A list of extremes shows "
                "where the scorer errs as much as where officials were warm or cold: read the "
                "words, not only the number."
            )
        )
    ]
    if warmest.empty:
        return [*blocks, bullets([wording.say("Too few statements have a tone to list extremes.")])]
    return [
        *blocks,
        prose(wording.say(_LEGEND)),
        _quotes(warmest, index, wording.say("Statements with the highest tone"), "tab-warmest"),
        _quotes(coldest, index, wording.say("Statements with the lowest tone"), "tab-coldest"),
    ]


def _quotes(sample: pd.DataFrame, index: IndexResult, name: str, ref: str) -> dict[str, Any]:
    rows = []
    for row in records(sample):
        who = [part(text_of(row["speaker"]), is_bold=True)]
        if role := text_of(row.get("role")):
            who.append(part(role, is_new_line=True))
        side = index.direction_name(f"{row['source']}>{row['target']}")
        who.append(part(side, is_quiet=True, is_new_line=True))
        who.append(part(wording.day_name(row["date"]), is_quiet=True, is_new_line=True))
        said = marked(text_of(row["text"]), row.get("trace"))["parts"]
        rows.append(
            [
                {"text": wording.tone(row["tone"]), "is_bold": True},
                rich(*who),
                rich(*said, *_origin(row)),
            ]
        )
    return table(
        ref,
        name,
        [
            (wording.say("Tone"), "r"),
            (wording.say("Who and when"), "l47"),
            (wording.say("Statement"), "l*"),
        ],
        rows,
        hairlines=True,
    )


def _origin(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Print who printed a statement, and where."""
    outlet, url = text_of(row.get("outlet")), web_address(row.get("url"))
    shade: dict[str, Any] = {"is_quiet": True, "is_small": True}
    told = [part(outlet, **shade, is_new_line=True)] if outlet else []
    if url:
        address = url.split("://", 1)[-1].removeprefix("www.").rstrip("/")
        if outlet:
            told.append(part(": ", **shade))
        told.append(
            part(clipped(address, _LONGEST_ADDRESS), **shade, url=url, is_new_line=not outlet)
        )
    return told

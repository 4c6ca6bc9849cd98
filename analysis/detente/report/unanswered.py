"""Questions without an answer, told together: what came of each, and what an answer takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from detente import wording
from detente.index import BILATERAL, MIN_MONTHS
from detente.inference import Findings
from detente.inference.backtest import MIN_FORECASTS
from detente.inference.regimes_result import CLEAR_BIC
from detente.inference.steps import MIN_STATEMENTS
from detente.report.blocks import part, prose, rich, table
from detente.report.fixed import SECTION_NAMES
from detente.report.material import Material
from detente.report.validity import uncoded_told

__all__ = ["answered", "unanswered_blocks"]

#: Part of the findings -> what it is called, and the section that has its chapter.
_PARTS = {
    "episodes": (wording.mark("Changes at episodes"), "events"),
    "moves": (wording.mark("Moves of the months"), "course"),
    "breaks": (wording.mark("Breaks"), "course"),
    "regimes": (wording.mark("Regimes"), "course"),
    "voices": (wording.mark("Who spoke and how"), "voices"),
    "lead_lag": (wording.mark("Which side moves first"), "sides"),
    "forecast": (wording.mark("Forecast"), "forecast"),
    "robustness": (wording.mark("Other choices"), "robustness"),
}

#: Parts that need the model of a smoothed index.
_OF_THE_MODEL = ("breaks", "regimes", "lead_lag", "forecast")


@dataclass(frozen=True)
class _Open:
    """A part without an answer.

    Parameters
    ----------
    came : str
        What came of the question.
    takes : str
        What an answer takes; may be empty.
    is_computed : bool
        Whether something was computed.
    takes_months : bool, default False
        Whether an answer takes more months, too.
    """

    came: str
    takes: str
    is_computed: bool
    takes_months: bool = False


def answered(m: Material) -> Material:
    """Return what chapters are written from, without the parts that are told together.

    Parameters
    ----------
    m : Material
        What the report is made from.

    Returns
    -------
    Material
        The same where single sections were asked for: who asks for one gets it whole.

    Notes
    -----
    A part of which nothing could be computed has no chapter in any report. In a small study, one
    that was computed and found no answer has none either: in a larger one its charts and tables
    say how near to an answer the data come.
    """
    if m.findings is None or not _is_whole(m):
        return m
    left_out: dict[str, Any] = dict.fromkeys(_unanswered(m, m.findings))
    return replace(m, findings=replace(m.findings, **left_out))


def unanswered_blocks(m: Material) -> list[dict[str, Any]]:
    """Return the chapter.

    Parameters
    ----------
    m : Material
        What the report is made from.

    Returns
    -------
    list of dict
        Blocks; none where every question has an answer.
    """
    if m.findings is None:
        return []
    found = _unanswered(m, m.findings)
    groups = [
        (
            wording.say("Not computed"),
            [
                *_of_means(m, found),
                *(_row(m, name, one) for name, one in found.items() if not one.is_computed),
                *_uncoded(m),
            ],
        ),
        (
            wording.say("Computed, without an answer"),
            [_row(m, name, one) for name, one in found.items() if one.is_computed],
        ),
    ]
    rows: list[Any] = []
    rules = []
    for head, own in groups:
        if own:
            rules.append(len(rows))
            rows += [[rich(part(head, is_bold=True), span=3)], *own]
    if not rows:
        return []
    sections = {_PARTS[name][1] for name, one in found.items() if one.is_computed}
    if not _is_whole(m):
        sections -= m.chosen  # their chapters stand in this report
    return [
        prose(_opening(m, [name for name in SECTION_NAMES if name in sections])),
        table(
            "tab-open",
            wording.say("Questions without an answer"),
            [
                (wording.say("Question"), "l30"),
                (wording.say("What came of it"), "l*"),
                (wording.say("What an answer takes"), "l44"),
            ],
            rows,
            hairlines=True,
            rules=rules[1:],
        ),
    ]


def _is_whole(m: Material) -> bool:
    return m.chosen >= frozenset(SECTION_NAMES)


def _opening(m: Material, sections: list[str]) -> str:
    """Say why these questions stand here, and where their charts and tables are."""
    n = int(m.sample["tone"].notna().sum())
    told = wording.say(
        "These questions have no answer in this report, which rests on {statements} with a tone.",
        statements=wording.count(n, "statement"),
    )
    if not sections:
        return told
    where = wording.say(
        "Charts, tables and assumptions of those that were computed stand in a report of single "
        "sections: detente report --sections {sections}.",
        sections=",".join(sections),
    )
    return f"{told} {where}"


def _row(m: Material, name: str, one: _Open) -> list[Any]:
    takes = f"{one.takes} {_more_months(m)}" if one.takes_months else one.takes
    return [{"text": wording.say(_PARTS[name][0]), "is_bold": True}, one.came, takes.strip() or "–"]


def _unanswered(m: Material, findings: Findings) -> dict[str, _Open]:
    """Return the parts that found no answer, in the order of the report."""
    found: dict[str, _Open] = {}
    for name in _PARTS:
        if name in findings.reasons:
            found[name] = _Open(_finished(findings.reasons[name]), _missing(m, name), False)
        elif name in _ASKED and getattr(findings, name) is not None:
            one = _ASKED[name](getattr(findings, name))
            if one is not None and (m.is_small or not one.is_computed):
                found[name] = one
    return found


def _missing(m: Material, name: str) -> str:
    if name == "episodes" and m.episodes.empty:
        return wording.say("Events with headline = true in the file of events.")
    return ""


def _of_means(m: Material, found: dict[str, _Open]) -> Iterator[list[Any]]:
    """Tell in one row of all parts that a report of monthly means lacks the model for."""
    if m.index.method != "means":
        return
    names = [name for name in _OF_THE_MODEL if name in found and not found[name].is_computed]
    if not names:
        return
    for name in names:
        del found[name]
    heads = [wording.say(_PARTS[name][0]) for name in names]
    yield [
        {"text": "; ".join(heads), "is_bold": True},
        wording.say("They need a smoothed index; that of this report is by monthly means."),
        wording.say(
            "{months} of each side with statements, and enough months with two statements that "
            "differ.",
            months=wording.count(MIN_MONTHS, "month"),
        ),
    ]


def _uncoded(m: Material) -> Iterator[list[Any]]:
    if m.validation is None and "validity" in m.chosen:
        came, takes = uncoded_told()
        yield [{"text": wording.say("Agreement with readers"), "is_bold": True}, came, takes]


def _episodes(result: Any) -> _Open | None:
    rows = result.direction()
    if result.table["level_change"].notna().any() or rows.empty:
        return None
    each = [f"{row['label']}: {row['reason']}" for row in rows.to_dict("records")]
    return _Open(
        f"{result.sentence} {'; '.join(each)}.",
        wording.say(
            "At least {n} statements in the {days} before each episode and after it, of both "
            "countries, and as many between two episodes.",
            n=wording.number(MIN_STATEMENTS),
            days=wording.count(result.window, "day"),
        ),
        False,
    )


def _moves(result: Any) -> _Open | None:
    if result.table.empty:
        takes = wording.say(
            "Two neighbouring months in which both sides spoke, with {n} occasions or more each.",
            n=wording.number(result.min_occasions),
        )
        return _Open(result.sentence, takes, False)
    if any(move.is_clear for move in result.moves):
        return None
    return _Open(result.sentence, wording.say("More statements in each month."), True)


def _breaks(result: Any) -> _Open | None:
    if result.reason:
        return _Open(result.sentence, "", False)
    return None if result.n_breaks else _Open(result.sentence, "", True, takes_months=True)


def _regimes(result: Any) -> _Open | None:
    if result.reason:
        return _Open(result.sentence, "", False)
    if result.is_clear:
        return None
    takes = wording.say("A difference in BIC of {size} or more.", size=wording.number(CLEAR_BIC))
    return _Open(result.sentence, takes, True, takes_months=True)


def _lead_lag(result: Any) -> _Open | None:
    if result.reason:
        return _Open(result.sentence, "", False)
    if result.verdict != "cannot tell":
        return None
    return _Open(result.sentence, "", True, takes_months=True)


def _forecast(result: Any) -> _Open | None:
    if result.table.empty:
        return _Open(result.sentence, "", False)
    n = 0 if result.scores.empty else int(result.scores["n"].max())
    if n >= MIN_FORECASTS:
        return None
    takes = wording.say(
        "{least} past forecasts for which the month came, to see what such forecasts are worth; "
        "here {n}.",
        least=wording.number(MIN_FORECASTS),
        n=wording.number(n),
    )
    return _Open(result.sentence, takes, True)


def _more_months(m: Material) -> str:
    n = int(m.index.direction(BILATERAL)["raw"].notna().sum())
    return wording.say(
        "More months in which both sides spoke (here {n}), and more statements in each.",
        n=wording.number(n),
    )


#: How a part that was computed is looked at.
_ASKED: dict[str, Callable[[Any], _Open | None]] = {
    "episodes": _episodes,
    "moves": _moves,
    "breaks": _breaks,
    "regimes": _regimes,
    "lead_lag": _lead_lag,
    "forecast": _forecast,
}


def _finished(reason: str) -> str:
    text = reason.strip()
    return f"{wording.capital(text).rstrip('.')}."

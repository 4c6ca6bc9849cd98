"""The chapter on method: the steps in words, with their formulas between them."""

from __future__ import annotations

from typing import Any

from detente import wording
from detente.report.blocks import bullets, formula, heading, prose
from detente.report.material import Material
from detente.report.method import method

__all__ = ["FORMULAS", "method_blocks"]

#: Formulas of formulas.typ as one would read them aloud.
FORMULAS = {
    "month-one": wording.mark(
        "m is one hundred times the sum of w o times y o, divided by the sum of w o, with w o "
        "equal to one"
    ),
    "month-share": wording.mark(
        "m is one hundred times the sum of w o times y o, divided by the sum of w o"
    ),
    "month-statements": wording.mark(
        "m is one hundred times the sum of w o times y o, divided by the sum of w o, with w o the "
        "statements of the occasion"
    ),
    "spread": wording.mark(
        "n of the month is the square of the sum of w o, divided by the sum of the squares of w o;"
        " the standard error is s divided by the square root of n; s squared is the sum over "
        "months and occasions of w o times the squared distance of one hundred y o from m, over "
        "the sum over months of the sum of w o minus the sum of squares divided by the sum of w o"
    ),
    "noise": wording.mark(
        "the variance of e of side d in month t is s e squared times the sum over statements of w "
        "i squared, plus s b squared times the sum over days of W of the day squared; the "
        "covariance of e of both sides is s b squared times the sum over days of W of side A times"
        " W of side B"
    ),
    "law-mean": wording.mark(
        "the raw mean of side d in month t is the index mu plus e; mu of month t is c plus phi "
        "times mu of the month before less c, plus eta; the covariance of eta of both sides is rho"
        " times s A times s B"
    ),
    "law-level": wording.mark(
        "the raw mean of side d in month t is the index mu plus e; mu of month t is mu of the "
        "month before plus eta; the covariance of eta of both sides is rho times s A times s B"
    ),
    "combination": wording.mark(
        "the difference of two months is the sum over months and sides of w times mu; its variance"
        " is w transposed times the joint covariance V times w"
    ),
    "episodes": wording.mark(
        "y of statement i is a of its direction d, plus the sum over episodes k of b k where the "
        "day of i is the first day of k or later, plus u of i; the covariance of u of i and u of j"
        " is s u squared times r times e to the minus distance of their days over l, plus s b "
        "squared where they have the same day, plus s e squared where i is j"
    ),
}


def method_blocks(m: Material) -> list[dict[str, Any]]:
    """Return the chapter.

    Parameters
    ----------
    m : Material
        What the report is made from.

    Returns
    -------
    list of dict
        Blocks.
    """
    told = method(m.index, m.about, m.findings)
    state, tested = told["state"], told["findings"]
    blocks = [
        heading(wording.say("From statement to tone")),
        prose(told["tone"]),
        heading(wording.say("From tone to month")),
        prose(told["month"]),
        _formula(f"month-{told['weight']}"),
    ]
    if state is None:
        blocks += [prose(told["spread"]), _formula("spread")]
    else:
        blocks += [
            heading(wording.say("From month to index")),
            prose(state["noise"]),
            _formula("noise"),
            prose(state["law"]),
            _formula("law-mean" if state["is_mean_reverting"] else "law-level"),
            *([prose(state["found"])] if state["found"] else []),
            prose(state["smoothing"]),
        ]
    blocks += [
        heading(wording.say("Both sides together")),
        prose(told["both"]),
        heading(wording.say("Levels and comparisons")),
        prose(told["level"]),
    ]
    if m.index.state is not None:
        blocks.append(_formula("combination"))
    blocks.append(heading(wording.say("Episodes")))
    if tested is None or not tested["episodes"]:
        blocks.append(prose(told["episodes"]))
    else:
        first, second, third = tested["episodes"]
        blocks += [prose(first), _formula("episodes"), prose(second), prose(third)]
    if tested is not None:
        for part in tested["parts"]:
            blocks += [heading(part["head"]), prose(part["text"])]
    blocks += [heading(wording.say("What must hold")), bullets(told["assumptions"])]
    if tested is not None and tested["references"]:
        blocks += [
            heading(wording.say("References")),
            bullets(tested["references"], is_numbered=True),
        ]
    return blocks


def _formula(name: str) -> dict[str, Any]:
    words = {
        "statements_of": wording.say("statements of"),
        "months": wording.say_as("sum over", "months"),
        "day": wording.say_as("sum over", "day"),
        "first_day_of": wording.say("first day of"),
    }
    return formula(name, wording.say(FORMULAS[name]), words)

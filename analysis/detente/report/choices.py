"""How much hangs on choices: the chapter on other specifications."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from detente import wording
from detente.inference import RobustnessResult
from detente.report.blocks import heading, must_hold, points, prose, table
from detente.report.codes import code_told
from detente.report.headline import stretch_name

__all__ = ["choices_blocks"]

#: Failed fits that are named.
_N_FAILED = 20
_WEIGHTS = {
    "occasion": wording.mark("by occasion"),
    "office": wording.mark("by office"),
    "day": wording.mark("by day"),
    "none": wording.mark("by statement"),
}
_ROWS = {
    "all": wording.mark("all statements"),
    "stated_dates": wording.mark("without inferred dates"),
    "first_search": wording.mark("without the second search"),
    "no_phone_calls": wording.mark("without telephone calls"),
    "no_top_speaker": wording.mark("without the top speaker"),
    "no_first_days": wording.mark("without days 0 to 3 after headline events"),
}


def choices_blocks(
    result: RobustnessResult,
    labels: Mapping[str, str],
    figures: Sequence[dict[str, Any]] = (),
) -> list[dict[str, Any]]:
    """Return the chapter.

    Parameters
    ----------
    result : RobustnessResult
        The same numbers under other choices.
    labels : mapping of str to str
        Episode -> its name.
    figures : sequence of dict, optional
        Blocks that show them.

    Returns
    -------
    list of dict
        Blocks.
    """
    blocks = [prose(_opening(result)), prose(_named(result, labels)), *figures]
    if result.summary.empty:
        return blocks
    confidence = wording.share(result.options["confidence"])
    rows = [
        _row(row, labels)
        for row in result.summary.to_dict("records")
        if pd.notna(row["estimate"]) or row["n_estimated"] or row["quantity"] != "correlation"
    ]
    blocks.append(
        table(
            "tab-choices",
            wording.say("Each quantity in the headline and under other choices"),
            [
                (wording.say("Quantity"), "l*"),
                (wording.say("Headline"), "r"),
                (wording.say("{share} interval", share=confidence), "r"),
                (wording.say("Others"), "r"),
                (wording.say("Lowest to highest"), "r"),
                (wording.say("Same sign"), "r12"),
                (wording.say("Beyond zero"), "r13"),
                (wording.say("Failed"), "r"),
            ],
            rows,
            note=wording.say(
                "Degrees. A stretch has two numbers here: its mean level, and its distance to all "
                "other months (against them); the level of a regime is a third, one for all its "
                "months. Curves: correlation of the monthly index with the headline's. Others: "
                "other specifications with an estimate. Same sign: share of them that agree with "
                "the headline in sign. Beyond zero: share whose interval lies beyond zero on the "
                "headline's side. Intervals of changes are here Student's, in all specifications "
                "alike; they are narrower than those of the chapter on episodes, which come from "
                "simulated histories, and settle no verdict."
            ),
            hairlines=True,
        )
    )
    blocks.append(heading(wording.say("Choices that were varied")))
    blocks.append(points(_varied(result)))
    blocks += _failures(result)
    return [*blocks, must_hold(result.assumptions)]


def _opening(result: RobustnessResult) -> str:
    n = len(_specifications(result.table))
    specifications = wording.count(n, "specification")
    return (
        wording.say(
            "Another analyst could have chosen another scorer, other weights, another model, or "
            "left statements out. The numbers were estimated anew under {specifications}, the "
            "headline's among them, one choice changed at a time. Episodes know neither weights "
            "nor a model of the index, so fewer specifications bear on them.",
            specifications=specifications,
        )
        if result.options.get("cross") == "one"
        else wording.say(
            "Another analyst could have chosen another scorer, other weights, another model, or "
            "left statements out. The numbers were estimated anew under {specifications}, the "
            "headline's among them. Episodes know neither weights nor a model of the index, so "
            "fewer specifications bear on them.",
            specifications=specifications,
        )
    )


def _specifications(table: pd.DataFrame) -> pd.DataFrame:
    return table[["scorer", "corrected", "rows", "weights", "model"]].drop_duplicates()


def _named(result: RobustnessResult, labels: Mapping[str, str]) -> str:
    """Say what holds under other choices, episodes and stretches by the names readers know."""
    return result.told(lambda name: labels.get(name) or stretch_name(name))


def _row(row: Mapping[Any, Any], labels: Mapping[str, str]) -> list[Any]:
    name, quantity = str(row["name"]), row["quantity"]
    told = {
        "level": wording.say("Level, {stretch}", stretch=stretch_name(name)),
        "contrast": wording.say("{stretch}, against all other months", stretch=stretch_name(name)),
        "change": wording.say("Change at {episode}", episode=labels.get(name, name)),
        "correlation": wording.say("Curves"),
    }[quantity]
    is_curve = quantity == "correlation"
    has_value = pd.notna(row["estimate"]) and not is_curve
    n = int(row["n_estimated"])

    def form(value: float) -> str:
        return wording.number(value, 2) if is_curve else wording.degrees(value)

    def share(value: float) -> str:
        return wording.share(value) if pd.notna(value) else "–"

    return [
        told,
        {"text": form(row["estimate"]), "is_bold": True} if has_value else "–",
        wording.interval(row["lower"], row["upper"])
        if has_value and pd.notna(row["lower"])
        else "–",
        wording.number(n),
        wording.say("{low} to {high}", low=form(row["smallest"]), high=form(row["largest"]))
        if n
        else "–",
        share(row["share_agree"]),
        share(row["share_excludes_zero"]),
        wording.number(row["n_failed"]),
    ]


def _varied(result: RobustnessResult) -> list[tuple[str, str]]:
    table, options = result.table, result.options

    def used(column: str) -> list[str]:
        return [str(value) for value in table[column].drop_duplicates() if str(value)]

    scorers = used("scorer")
    found = [
        (wording.say("Scorer:"), wording.listing(scorers) if len(scorers) > 1 else ""),
        (wording.say("Statements:"), wording.listing([_told(_ROWS, x) for x in used("rows")])),
        (wording.say("Weights:"), wording.listing([_told(_WEIGHTS, x) for x in used("weights")])),
        (wording.say("Model:"), wording.listing([_model(x) for x in used("model")])),
    ]
    if bool(table["corrected"].any()):
        changed = table.loc[table["quantity"] == "change", "corrected"]
        found.append(
            (
                wording.say("Correction:"),
                wording.say(
                    "with and without the codings' correction, of the index and of the changes "
                    "at episodes"
                )
                if changed.any()
                else wording.say("with and without the codings' correction"),
            )
        )
    same = [_told(_ROWS, name) for name in options.get("rows_without_difference", ())]
    if same:
        head = wording.say("Passed over, since they leave nothing out:")
        found.append((head, wording.listing(same)))
    return [(head, f"{text}.") for head, text in found if text]


def _told(names: Mapping[str, str], name: str) -> str:
    return wording.say(names[name]) if name in names else name


def _model(name: str) -> str:
    if name == "means":
        return wording.say_as("averages", "means")
    return code_told(name.replace("_", " "))


def _failures(result: RobustnessResult) -> list[dict[str, Any]]:
    failed = result.failures
    if failed.empty:
        return [prose(wording.say("No fit failed."))]
    rows = [
        [
            wording.say("{scorer}, corrected", scorer=row["scorer"])
            if row["corrected"]
            else str(row["scorer"]),
            _told(_ROWS, str(row["rows"])),
            _told(_WEIGHTS, str(row["weights"])) or "–",
            _model(str(row["model"])) or "–",
            str(row["reason"]),
        ]
        for row in failed.head(_N_FAILED).to_dict("records")
    ]
    rest = len(failed) - len(rows)
    note = (
        wording.say(
            "A fit that failed counts in no share. Printed: the first {n} of {all}.",
            n=wording.number(len(rows)),
            all=wording.number(len(failed)),
        )
        if rest
        else wording.say("A fit that failed counts in no share.")
    )
    return [
        table(
            "tab-failed",
            wording.say("Fits that failed"),
            [
                (wording.say("Scorer"), "l24"),
                (wording.say("Statements"), "l34"),
                (wording.say("Weights"), "l"),
                (wording.say("Model"), "l"),
                (wording.say("Reason"), "l*"),
            ],
            rows,
            note=note,
            hairlines=True,
        )
    ]

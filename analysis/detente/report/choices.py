"""How much hangs on choices: the chapter on other specifications."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from detente import wording
from detente.inference import RobustnessResult
from detente.report.blocks import heading, must_hold, points, prose, table
from detente.report.headline import stretch_name

__all__ = ["choices_blocks"]

#: Failed fits that are named.
_N_FAILED = 20
_WEIGHTS = {
    "occasion": "by occasion",
    "office": "by office",
    "day": "by day",
    "none": "by statement",
}
_ROWS = {
    "all": "all statements",
    "stated_dates": "without inferred dates",
    "first_search": "without the second search",
    "no_phone_calls": "without telephone calls",
    "no_top_speaker": "without the top speaker",
    "no_first_days": "without days 0 to 3 after headline events",
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
    blocks = [prose(_opening(result)), prose(_named(result.sentence, labels)), *figures]
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
            "Each quantity in the headline and under other choices",
            [
                ("Quantity", "l*"), ("Headline", "r"), (f"{confidence} interval", "r"),
                ("Others", "r"), ("Lowest to highest", "r"), ("Same sign", "r12"),
                ("Beyond zero", "r13"), ("Failed", "r"),
            ],
            rows,
            note="Degrees; curves: correlation of the monthly index with the headline's. Others: "
            "other specifications with an estimate. Same sign: share of them that agree with the "
            "headline in sign. Beyond zero: share whose interval lies beyond zero on the "
            "headline's side. Intervals of changes are here Student's, in all specifications "
            "alike; they are narrower than those of the chapter on episodes, which come from "
            "simulated histories, and settle no verdict.",
            hairlines=True,
        )
    )  # fmt: skip
    blocks += _corrected(result, labels)
    blocks.append(heading("Choices that were varied"))
    blocks.append(points(_varied(result)))
    blocks += _failures(result)
    return [*blocks, must_hold(result.assumptions)]


def _opening(result: RobustnessResult) -> str:
    n = len(_specifications(result.table))
    is_single = result.options.get("cross") == "one"
    return (
        "Another analyst could have chosen another scorer, other weights, another model, or left "
        f"statements out. The numbers were estimated anew under {wording.count(n, 'specification')}"
        ", the headline's among them"
        f"{', one choice changed at a time' if is_single else ''}. Episodes know neither weights "
        "nor a model of the index, so fewer specifications bear on them."
    )


def _specifications(table: pd.DataFrame) -> pd.DataFrame:
    return table[["scorer", "corrected", "rows", "weights", "model"]].drop_duplicates()


def _named(sentence: str, labels: Mapping[str, str]) -> str:
    """Put the names of episodes and stretches where the sentence has their keys."""
    if labels:
        keys = "|".join(re.escape(key) for key in sorted(labels, key=len, reverse=True))
        found_keys = re.compile(rf"(?<![\w-])(?:{keys})(?![\w-])")
        sentence = found_keys.sub(lambda found: labels[found.group()], sentence)
    first, found, rest = sentence.partition(" against all other months")
    return f"{stretch_name(first)}{found}{rest}"


def _row(row: Mapping[Any, Any], labels: Mapping[str, str]) -> list[Any]:
    name, quantity = str(row["name"]), row["quantity"]
    told = {
        "level": f"Level, {stretch_name(name)}",
        "contrast": f"{stretch_name(name)}, against all other months",
        "change": f"Change at {labels.get(name, name)}",
        "correlation": "Curves",
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
        f"{form(row['smallest'])} to {form(row['largest'])}" if n else "–",
        share(row["share_agree"]),
        share(row["share_excludes_zero"]),
        wording.number(row["n_failed"]),
    ]


def _corrected(result: RobustnessResult, labels: Mapping[str, str]) -> list[dict[str, Any]]:
    """Set the changes at episodes without and with the codings' correction side by side."""
    changes = result.table[result.table["quantity"] == "change"]
    head = changes[changes["is_headline"]]
    other = changes[changes["n_changed"].eq(1)]
    other = other[other["corrected"].ne(bool(head["corrected"].any()))]
    if head.empty or not other["estimate"].notna().any():
        return []
    both = head.merge(other, on="name", suffixes=("", "_other"))
    is_turned = bool(head["corrected"].any())
    rows = []
    for row in both.to_dict("records"):
        pair = [
            (row["estimate"], row["lower"], row["upper"]),
            (row["estimate_other"], row["lower_other"], row["upper_other"]),
        ]
        cells = [
            text
            for value, lower, upper in (reversed(pair) if is_turned else pair)
            for text in (
                wording.degrees(value) if pd.notna(value) else "–",
                wording.interval(lower, upper) if pd.notna(lower) else "–",
            )
        ]
        rows.append([labels.get(str(row["name"]), str(row["name"])), *cells])
    confidence = wording.share(result.options["confidence"])
    return [
        heading("Changes at episodes, corrected by codings"),
        table(
            "tab-corrected-changes",
            "Changes at episodes without and with the codings' correction",
            [
                ("Episode", "l*"), ("Uncorrected", "r"), (f"{confidence} interval", "r"),
                ("Corrected", "r"), (f"{confidence} interval", "r"),
            ],
            rows,
            note="Degrees, both from the headline's scorer. The corrected change is right on "
            "average whatever errors the scorer makes, as far as the codings are right and were "
            "drawn with the chances they state; its interval takes in those errors and is "
            "mostly wider. Intervals are Student's and settle no verdict.",
            hairlines=True,
        ),
    ]  # fmt: skip


def _varied(result: RobustnessResult) -> list[tuple[str, str]]:
    table, options = result.table, result.options

    def used(column: str) -> list[str]:
        return [str(value) for value in table[column].drop_duplicates() if str(value)]

    found = [
        ("Scorer", wording.listing(used("scorer")) if len(used("scorer")) > 1 else ""),
        ("Statements", wording.listing([_ROWS.get(name, name) for name in used("rows")])),
        ("Weights", wording.listing([_WEIGHTS.get(name, name) for name in used("weights")])),
        ("Model", wording.listing([name.replace("_", " ") for name in used("model")])),
    ]
    if bool(table["corrected"].any()):
        changed = table.loc[table["quantity"] == "change", "corrected"]
        whose = ", of the index and of the changes at episodes" if changed.any() else ""
        found.append(("Correction", f"with and without the codings' correction{whose}"))
    same = [_ROWS.get(name, name) for name in options.get("rows_without_difference", ())]
    if same:
        found.append(("Passed over, since they leave nothing out", wording.listing(same)))
    return [(f"{head}:", f"{text}.") for head, text in found if text]


def _failures(result: RobustnessResult) -> list[dict[str, Any]]:
    failed = result.failures
    if failed.empty:
        return [prose("No fit failed.")]
    rows = [
        [
            str(row["scorer"]) + (", corrected" if row["corrected"] else ""),
            _ROWS.get(row["rows"], str(row["rows"])),
            _WEIGHTS.get(row["weights"], str(row["weights"])) or "–",
            str(row["model"]).replace("_", " ") or "–",
            str(row["reason"]),
        ]
        for row in failed.head(_N_FAILED).to_dict("records")
    ]
    rest = len(failed) - len(rows)
    more = f" Printed: the first {len(rows):,} of {len(failed):,}." if rest else ""
    return [
        table(
            "tab-failed",
            "Fits that failed",
            [("Scorer", "l24"), ("Statements", "l34"), ("Weights", "l"), ("Model", "l"),
             ("Reason", "l*")],
            rows,
            note=f"A fit that failed counts in no share.{more}",
            hairlines=True,
        )
    ]  # fmt: skip

"""What codings say of the scorer: the chapter "Validity" and its line on page 1."""

from __future__ import annotations

import json
from typing import Any

from detente import wording
from detente.countries import country_name
from detente.report.tables import shortened
from detente.validation import MEASURES, MIN_GROUP, CoderAgreementResult, ValidationResult
from detente.validation.phrases import MEASURE_NAMES, ends

__all__ = ["strongest_parts", "validity", "validity_note"]

#: Groups with a clear bias, misses, and expressions of a miss that are printed.
_N_GROUPS, _N_MISSES, _N_PARTS = 12, 3, 4
_LONGEST_TEXT, _LONGEST_WORDS = 600, 60


def validity_note(result: ValidationResult) -> str:
    """Say on page 1 how far the scorer agrees with codings.

    Parameters
    ----------
    result : ValidationResult
        What `validate_scorer` found.

    Returns
    -------
    str
        A sentence with Pearson's correlation and its interval.
    """
    has_human, has_machine = "no human" not in result.coders, "machine" in result.coders
    kind = "human and machine" if has_human and has_machine else "human" if has_human else "machine"
    kept = "" if has_human else ", no human coding yet"
    value = result.estimate("pearson")
    if result.is_in_sample:
        return (
            f"In-sample agreement with the {kind} codings to which the scorer was fitted "
            f"r = {value}{kept}; it says nothing about other statements."
        )
    return f"Agreement with {kind} codings r = {value}{kept}."


def validity(
    result: ValidationResult,
    agreement: CoderAgreementResult | None,
    figure: dict[str, str],
    training: str,
) -> dict[str, Any]:
    """Return the chapter as printed texts and cells.

    Parameters
    ----------
    result : ValidationResult
        What `validate_scorer` found.
    agreement : CoderAgreementResult or None
        How far the coders agree.
    figure : dict
        The figure as the template takes it.
    training : str
        How a trained scorer came by its tones of the coded statements; may be empty.

    Returns
    -------
    dict
        `title`, `who`, `sentence`, `coders` (texts), `figure`, `measures`, `bias`, `classes`,
        `misses` (tables) and `assumptions` (list of texts).
    """
    return {
        "title": result.title,
        "who": _who(result, training),
        "sentence": result.sentence,
        "coders": "" if agreement is None else agreement.sentence,
        "figure": figure,
        "measures": _measures(result),
        "bias": _bias(result),
        "classes": _classes(result),
        "misses": _misses(result),
        "assumptions": list(result.assumptions),
    }


def _who(result: ValidationResult, training: str) -> str:
    coded = wording.count(result.n, "statement")
    text = (
        f"{coded} of this study have a tone and were coded: {result.coders}. A code runs from −3 "
        "(hostile) to +3 (cordial); the tone of the codings is the mean code divided by three. "
        "The figures say how far the scorer agrees with these coders, no more."
    )
    if "no human" in result.coders:
        text += (
            " No person has coded yet, so nothing here tells how far the scorer agrees with people."
        )
    return f"{text} {training}".strip()


def _measures(result: ValidationResult) -> dict[str, Any]:
    heads = [_shown(result.scorer_name)]
    has_other = result.baseline_table is not None
    if has_other:
        heads.append(_shown(result.baseline_name))
    rows = []
    for measure in MEASURES:
        cells = [result.estimate(measure)]
        if has_other:
            cells.append(result.estimate(measure, baseline=True))
        name = MEASURE_NAMES[measure]
        rows.append({"name": name[:1].upper() + name[1:], "cells": cells})
    return {"heads": heads, "rows": rows, "confidence": result.options.words}


def _shown(scorer: str) -> str:
    return "Plain VADER" if scorer == "vader" else scorer


def _bias(result: ValidationResult) -> dict[str, Any]:
    groups = result.largest_bias
    clear = groups[(groups["lower"] > 0) | (groups["upper"] < 0)]
    counted = wording.count(len(groups), "group")
    rule = f"of {MIN_GROUP} coded statements or more"
    if groups.empty:
        note = f"No group has {MIN_GROUP} coded statements, so no bias is printed."
    elif clear.empty:
        note = f"In none of {counted} {rule} does the interval of the bias exclude zero."
    else:
        by_chance = (1 - result.options.confidence) * len(groups)
        few = f"about {wording.number(by_chance)}" if by_chance >= 1 else "fewer than one"
        note = (
            f"Of {counted} {rule}, the interval excludes zero in {len(clear):,}, where {few} "
            "would by chance."
        )
        if len(clear) > _N_GROUPS:
            note += f" Printed: the {_N_GROUPS} largest."
    return {
        "rows": [
            {
                "grouping": _plain(row["grouping"]),
                "group": _group(str(row["grouping"]), str(row["group"])),
                "bias": wording.tone(row["bias"]),
                "interval": ends(row["lower"], row["upper"], signed=True),
                "n": wording.number(row["n"]),
            }
            for row in clear.head(_N_GROUPS).to_dict("records")
        ],
        "note": note,
    }


def _plain(name: object) -> str:
    return str(name).replace("_", " ")


def _group(grouping: str, name: str) -> str:
    if grouping != "direction":
        return _plain(name)
    source, _, target = name.partition(">")
    return wording.direction_name(country_name(source), country_name(target))


def _classes(result: ValidationResult) -> dict[str, Any]:
    counts = result.confusion
    return {
        "heads": [str(name) for name in counts.columns],
        "rows": [
            {"name": str(name), "cells": [wording.number(n) for n in row]}
            for name, row in zip(counts.index, counts.to_numpy().tolist(), strict=True)
        ],
    }


def _misses(result: ValidationResult) -> list[dict[str, str]]:
    return [
        {
            "gold": wording.tone(row["gold"]),
            "tone": wording.tone(row["tone"]),
            "day": wording.day_name(row["date"]),
            "side": _group("direction", f"{row['source']}>{row['target']}"),
            "text": shortened(str(row["text"]), _LONGEST_TEXT),
            "parts": strongest_parts(str(row["text"]), row.get("trace")),
        }
        for row in result.misses.head(_N_MISSES).to_dict("records")
    ]


def strongest_parts(text: str, trace: object) -> str:
    """Return the strongest expressions of a trace with what they gave.

    Parameters
    ----------
    text : str
        The statement.
    trace : object
        The cell of its column `trace`; anything but a text is no trace.

    Returns
    -------
    str
        At most four, the strongest first; empty without a trace.

    Examples
    --------
    >>> trace = '[{"start": 3, "end": 10, "entry": "thank@v", "valence": 3.0, "factor": 0.15}]'
    >>> strongest_parts("He thanked Moscow.", trace)
    '“thanked” +0.45'
    """
    if not isinstance(trace, str):
        return ""
    given = [
        (part["valence"] * part["factor"], text[part["start"] : part["end"]], part["entry"])
        for part in json.loads(trace)
    ]
    given.sort(key=lambda part: -abs(part[0]))
    return "; ".join(
        (f"“{_short(words)}”" if words.strip() else f"({entry})") + f" {wording.tone(value)}"
        for value, words, entry in given[:_N_PARTS]
    )


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST_WORDS else f"{line[: _LONGEST_WORDS - 1]}…"

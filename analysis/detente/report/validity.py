"""What codings say of the scorer: the chapter "Validity"."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from detente import wording
from detente.countries import country_name
from detente.report.blocks import heading, must_hold, part, prose, rich, table
from detente.report.quotes import marked
from detente.validation import MEASURES, MIN_GROUP, CoderAgreementResult, ValidationResult
from detente.validation.phrases import MEASURE_NAMES, ends

__all__ = ["strongest_parts", "validity_blocks"]

#: Groups with a clear bias, misses, and expressions of a miss that are printed.
_N_GROUPS, _N_MISSES, _N_PARTS = 12, 3, 4
_LONGEST_TEXT, _LONGEST_WORDS = 600, 60


def validity_blocks(
    result: ValidationResult,
    agreement: CoderAgreementResult | None,
    figures: Sequence[dict[str, Any]],
    training: str,
) -> list[dict[str, Any]]:
    """Return the chapter.

    Parameters
    ----------
    result : ValidationResult
        What `validate_scorer` found.
    agreement : CoderAgreementResult or None
        How far the coders agree.
    figures : sequence of dict
        Blocks that show tone against codings.
    training : str
        How a trained scorer came by its tones of the coded statements; may be empty.

    Returns
    -------
    list of dict
        Blocks.
    """
    blocks = [
        prose(f"{result.title}."),
        heading("Who coded"),
        prose(_who(result, training)),
        heading("Agreement with the codings"),
        prose(result.sentence),
        _measures(result),
        *figures,
        heading("Bias by group"),
        *_bias(result),
        heading("Classes"),
        _classes(result),
        heading("Worst misses"),
        _misses(result),
    ]
    if agreement is not None:
        blocks += [heading("Agreement between coders"), prose(agreement.sentence)]
    return [*blocks, must_hold(result.assumptions)]


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
        rows.append([name[:1].upper() + name[1:], *cells])
    return table(
        "tab-validity",
        "Agreement with the codings",
        [("Measure", "l"), *((head, "r") for head in heads)],
        rows,
        note=f"In brackets: {result.options.words}s from drawing whole months anew. Classes are "
        "cold, neutral and warm; a tone is neutral up to 0.25 either way. A slope of one: codes "
        "and scores rise alike.",
    )


def _shown(scorer: str) -> str:
    return "Plain VADER" if scorer == "vader" else scorer


def _bias(result: ValidationResult) -> list[dict[str, Any]]:
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
    if clear.empty:
        return [prose(note)]
    return [
        prose(note),
        table(
            "tab-bias",
            "Groups with a bias clear of zero",
            [("Grouping", "l"), ("Group", "l"), ("Bias", "r"), ("Interval", "r"),
             ("Statements", "r")],
            [
                [
                    _plain(row["grouping"]),
                    _group(str(row["grouping"]), str(row["group"])),
                    {"text": wording.tone(row["bias"]), "is_bold": True},
                    ends(row["lower"], row["upper"], signed=True),
                    wording.number(row["n"]),
                ]
                for row in clear.head(_N_GROUPS).to_dict("records")
            ],
            note="Bias: mean tone less mean of the codings; above zero the scorer is too warm "
            "there.",
        ),
    ]  # fmt: skip


def _plain(name: object) -> str:
    return str(name).replace("_", " ")


def _group(grouping: str, name: str) -> str:
    if grouping != "direction":
        return _plain(name)
    source, _, target = name.partition(">")
    return wording.direction_name(country_name(source), country_name(target))


def _classes(result: ValidationResult) -> dict[str, Any]:
    counts = result.confusion
    return table(
        "tab-classes",
        "Statements by class of the codings and of the scorer",
        [("Coded", "l"), *((f"Scored {name}", "r") for name in counts.columns)],
        [
            [str(name), *(wording.number(n) for n in row)]
            for name, row in zip(counts.index, counts.to_numpy().tolist(), strict=True)
        ],
    )


def _misses(result: ValidationResult) -> dict[str, Any]:
    rows = []
    for row in result.misses.head(_N_MISSES).to_dict("records"):
        text = str(row["text"])
        said = marked(text, row.get("trace"), _LONGEST_TEXT)["parts"]
        if strongest := strongest_parts(text, row.get("trace")):
            said = [*said, part(strongest, is_small=True, is_quiet=True, is_new_line=True)]
        side = _group("direction", f"{row['source']}>{row['target']}")
        rows.append(
            [
                wording.tone(row["gold"]),
                {"text": wording.tone(row["tone"]), "is_bold": True},
                {"text": side, "below": wording.day_name(row["date"])},
                rich(*said),
            ]
        )
    return table(
        "tab-misses",
        "Statements with the largest error",
        [("Coded", "r"), ("Scored", "r"), ("Who and when", "l34"), ("Statement", "l*")],
        rows,
        note="Below a statement, where the scorer shows its working: its strongest expressions "
        "and what each gave. Marked: bold and underlined, words that made the score warmer; "
        "italic with dashes, colder.",
        hairlines=True,
    )


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

"""What codings say of the scorer: the chapter "Validity"."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from detente import wording
from detente.countries import country_name
from detente.report.blocks import heading, must_hold, part, prose, rich, table
from detente.report.codes import code_told
from detente.report.quotes import marked
from detente.report.sure import who_coded
from detente.validation import MEASURES, MIN_GROUP, CoderAgreementResult, ValidationResult
from detente.validation.phrases import MEASURE_NAMES, ends

__all__ = ["strongest_parts", "uncoded_blocks", "uncoded_told", "validity_blocks"]

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
        heading(wording.say("Who coded")),
        prose(_who(result, training)),
        heading(wording.say("Agreement with the codings")),
        prose(result.sentence),
        _measures(result),
        *figures,
        heading(wording.say("Bias by group")),
        *_bias(result),
        heading(wording.say("Classes")),
        _classes(result),
        heading(wording.say("Worst misses")),
        _misses(result),
    ]
    if agreement is not None:
        blocks += [heading(wording.say("Agreement between coders")), prose(agreement.sentence)]
    return [*blocks, must_hold(result.assumptions)]


def uncoded_blocks() -> list[dict[str, Any]]:
    """Return the chapter of a study without codings.

    Returns
    -------
    list of dict
        Blocks: that nothing was coded, and how it is done.
    """
    return [prose(text) for text in uncoded_told()]


def uncoded_told() -> tuple[str, str]:
    """Say of a study without codings what cannot be told, and how to add some.

    Returns
    -------
    tuple of str
        The two.
    """
    return (
        wording.say(
            "No statement of this study that has a tone was coded, so nothing can be said about "
            "how far the scorer agrees with readers."
        ),
        wording.say(
            "To add codings, let readers judge statements from −3 (hostile) to +3 (cordial) "
            "without knowing the scores, in a table with the columns id, coder, code and "
            "coder_type (human or machine), and name its file in study.toml below [files]: "
            'codings = "codings.csv".'
        ),
    )


def _who(result: ValidationResult, training: str) -> str:
    text = wording.say(
        "{statements} of this study have a tone and were coded: {coders}. A code runs from −3 "
        "(hostile) to +3 (cordial); the tone of the codings is the mean code divided by three. The "
        "figures say how far the scorer agrees with these coders, no more.",
        statements=wording.count(result.n, "statement"),
        coders=result.coders,
    )
    if who_coded(result) == "machine":
        nobody = wording.say(
            "No person has coded yet, so nothing here tells how far the scorer agrees with people."
        )
        text = f"{text} {nobody}"
    return f"{text} {training}".strip()


def _measures(result: ValidationResult) -> dict[str, Any]:
    heads = [_shown(result.scorer_name)]
    if result.standing:
        heads = [f"{heads[0]}, {result.standing}"]
    has_other = result.baseline_table is not None
    if has_other:
        heads.append(_shown(result.baseline_name))
    rows = []
    for measure in MEASURES:
        cells = [result.estimate(measure)]
        if has_other:
            cells.append(result.estimate(measure, baseline=True))
        name = wording.say(MEASURE_NAMES[measure])
        rows.append([wording.capital(name), *cells])
    brackets = wording.say(
        "In brackets: {share} confidence intervals from drawing whole months anew. Classes are "
        "cold, neutral and warm; a tone is neutral up to {limit} either way. A slope of one: "
        "codes and scores rise alike.",
        share=wording.share(result.options.confidence),
        limit=wording.number(0.25, 2),
    )
    return table(
        "tab-validity",
        wording.say("Agreement with the codings"),
        [(wording.say("Measure"), "l"), *((head, "r") for head in heads)],
        rows,
        note=" ".join(text for text in (brackets, result.dashes, result.basis) if text),
    )


def _shown(scorer: str) -> str:
    return wording.say("Plain VADER") if scorer == "vader" else scorer


def _bias(result: ValidationResult) -> list[dict[str, Any]]:
    groups = result.largest_bias
    clear = groups[(groups["lower"] > 0) | (groups["upper"] < 0)]
    least = wording.number(MIN_GROUP)
    if groups.empty:
        note = wording.say(
            "No group has {least} coded statements, so no bias is printed.", least=least
        )
    elif clear.empty:
        note = wording.say_count(
            "In none of {n} group of {least} coded statements or more does the interval of the "
            "bias exclude zero.",
            "In none of {n} groups of {least} coded statements or more does the interval of the "
            "bias exclude zero.",
            len(groups),
            least=least,
        )
    else:
        note = _clear(len(groups), len(clear), (1 - result.options.confidence) * len(groups))
    if clear.empty:
        return [prose(note)]
    return [
        prose(note),
        table(
            "tab-bias",
            wording.say("Groups with a bias clear of zero"),
            [
                (wording.say("Grouping"), "l"),
                (wording.say("Group"), "l"),
                (wording.say("Bias"), "r"),
                (wording.say("Interval"), "r"),
                (wording.say("Statements"), "r"),
            ],
            [
                [
                    _grouping(str(row["grouping"])),
                    _group(str(row["grouping"]), str(row["group"])),
                    {"text": wording.tone(row["bias"]), "is_bold": True},
                    ends(row["lower"], row["upper"], signed=True),
                    wording.number(row["n"]),
                ]
                for row in clear.head(_N_GROUPS).to_dict("records")
            ],
            note=wording.say(
                "Bias: mean tone less mean of the codings; above zero the scorer is too warm there."
            ),
        ),
    ]


def _clear(n_groups: int, n_clear: int, by_chance: float) -> str:
    """Say in how many groups the bias is clear of zero, and in how many it would be by chance."""
    parts = {"least": wording.number(MIN_GROUP), "clear": wording.number(n_clear)}
    note = (
        wording.say_count(
            "Of {n} group of {least} coded statements or more, the interval excludes zero in "
            "{clear}, where about {few} would by chance.",
            "Of {n} groups of {least} coded statements or more, the interval excludes zero in "
            "{clear}, where about {few} would by chance.",
            n_groups,
            few=wording.number(by_chance),
            **parts,
        )
        if by_chance >= 1
        else wording.say_count(
            "Of {n} group of {least} coded statements or more, the interval excludes zero in "
            "{clear}, where fewer than one would by chance.",
            "Of {n} groups of {least} coded statements or more, the interval excludes zero in "
            "{clear}, where fewer than one would by chance.",
            n_groups,
            **parts,
        )
    )
    if n_clear <= _N_GROUPS:
        return note
    printed = wording.say("Printed: the {n} largest.", n=wording.number(_N_GROUPS))
    return f"{note} {printed}"


def _grouping(name: str) -> str:
    if name == "level":
        return wording.say_as("office of a speaker", "level")
    return code_told(_plain(name))


def _plain(name: object) -> str:
    return str(name).replace("_", " ")


def _group(grouping: str, name: str) -> str:
    if grouping in ("channel", "level", "target_mention"):
        return code_told(_plain(name))
    if grouping != "direction":
        return _plain(name)
    source, _, target = name.partition(">")
    return wording.direction_name(country_name(source), country_name(target))


def _classes(result: ValidationResult) -> dict[str, Any]:
    counts = result.confusion
    return table(
        "tab-classes",
        wording.say("Statements by class of the codings and of the scorer"),
        [
            (wording.say("Coded"), "l"),
            *((wording.say("Scored {tone}", tone=code_told(name)), "r") for name in counts.columns),
        ],
        [
            [code_told(str(name)), *(wording.number(n) for n in row)]
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
        wording.say("Statements with the largest error"),
        [
            (wording.say("Coded"), "r"),
            (wording.say("Scored"), "r"),
            (wording.say("Who and when"), "l34"),
            (wording.say("Statement"), "l*"),
        ],
        rows,
        note=wording.say(
            "Below a statement, where the scorer shows its working: its strongest expressions and "
            "what each gave. Marked: bold and underlined, words that made the score warmer; "
            "italic with dashes, colder."
        ),
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
        (f"“{_short(words)}”" if words.strip() else f"({_part(entry)})") + f" {wording.tone(value)}"
        for value, words, entry in given[:_N_PARTS]
    )


def _part(entry: str) -> str:
    """Name a part of a tone that no words of the statement give."""
    return {
        "intercept": wording.say_as("part of a tone", "the model's constant"),
        "limit": wording.say_as("part of a tone", "cut at the end of the scale"),
        "stretch": wording.say_as("part of a tone", "the model's last step"),
        "out of fold": wording.say_as(
            "part of a tone", "learned from: difference to a model that never saw its year"
        ),
    }.get(entry, entry)


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST_WORDS else f"{line[: _LONGEST_WORDS - 1]}…"

"""A validation in plain lines, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from detente import wording
from detente.report.codes import code_told
from detente.report.validity import strongest_parts
from detente.study.validation import StudyValidation
from detente.tone.markup import in_short
from detente.validation import MEASURES, MIN_GROUP, ValidationResult, few_told
from detente.validation.phrases import MEASURE_NAMES, ends
from detente.validation.standing import fitted_told, how_to_state

__all__ = ["told"]

#: Misses shown of each scorer.
_N_MISSES = 3
#: Groups with a clear bias that are shown of each scorer.
_N_GROUPS = 8


def told(validation: StudyValidation) -> str:
    """Put a validation into lines.

    Parameters
    ----------
    validation : StudyValidation
        What `validate_study` found.

    Returns
    -------
    str
        Agreement with intervals, bias, classes, worst misses and the coders' agreement.
    """
    coders = wording.say("Coded by: {coders}.", coders=validation.coders)
    lines = [f"{validation.study.title}. {coders}"]
    notices = (wording.say("Notice: {notice}.", notice=one) for one in validation.notices)
    lines += [*notices, ""]
    for result in validation.results:
        lines += [*_result(result, validation.trained.get(result.scorer_name, "")), ""]
    if validation.differences is not None:
        title = wording.say("The scorers compared, on statements to which both gave a tone")
        lines += [title, *_differences(validation.differences), ""]
    lines += [wording.say("Agreement between coders"), validation.agreement.sentence]
    return "\n".join(lines)


def _result(result: ValidationResult, trained: str) -> Iterator[str]:
    yield result.title
    if trained:
        yield trained
    if result.fitted == "unknown":
        yield f"{fitted_told(result.fitted)} {how_to_state()}"
    yield wording.say(
        "{statements} of {months}; {intervals} from drawing whole months anew.",
        statements=wording.count(result.n, "statement"),
        months=wording.count(result.n_months, "month"),
        intervals=result.options.words_of_many,
    )
    if few := few_told(result.confusion):
        yield few
    yield ""
    name = result.scorer_name
    beside = result.baseline_table is not None
    head = [
        "",
        f"{name}, {result.standing}" if result.standing else name,
        *([wording.say("plain {scorer}", scorer=result.baseline_name)] if beside else []),
    ]
    rows = [
        [
            wording.say(MEASURE_NAMES[measure]),
            result.estimate(measure),
            *([result.estimate(measure, baseline=True)] if beside else []),
        ]
        for measure in MEASURES
    ]
    yield from _lined([head, *rows])
    if dashes := result.dashes:
        yield f"  {dashes}"
    yield from _differences(result.differences)
    if result.known_groups is not None:
        yield ""
        yield result.known_groups.sentence
    yield ""
    yield from _bias(result)
    yield ""
    yield wording.say("Classes, statements (rows: codings; columns: scorer)")
    counts = result.confusion
    yield from _lined(
        [
            ["", *(code_told(str(label)) for label in counts.columns)],
            *(
                [code_told(str(label)), *(wording.number(value) for value in row)]
                for label, row in zip(counts.index, counts.to_numpy().tolist(), strict=True)
            ),
        ]
    )
    yield ""
    yield wording.say("Worst misses")
    for row in result.misses.head(_N_MISSES).to_dict("records"):
        tones = wording.say(
            "codings {coded}, {scorer} {scored}",
            coded=wording.tone(row["gold"]),
            scorer=name,
            scored=wording.tone(row["tone"]),
        )
        yield (
            f"  {row['date']:%Y-%m-%d} {row['source']}>{row['target']}: {tones}. "
            f"{in_short(str(row['text']), 300)}"
        )
        if strongest := strongest_parts(str(row["text"]), row.get("trace")):
            yield f"    {strongest}"


def _differences(table: pd.DataFrame) -> Iterator[str]:
    for row in table.to_dict("records"):
        is_clear = row["lower"] > 0 or row["upper"] < 0
        parts = {
            "measure": wording.say(MEASURE_NAMES[row["measure"]]),
            "scorer": row["scorer"],
            "other": row["baseline"],
            "value": wording.degrees(row["difference"], 2),
            "interval": ends(row["lower"], row["upper"], signed=True),
        }
        yield (
            wording.say("{measure}, {scorer} less {other}: {value} ({interval})", **parts)
            if is_clear
            else wording.say(
                "{measure}, {scorer} less {other}: {value} ({interval}); we cannot tell", **parts
            )
        )


def _bias(result: ValidationResult) -> Iterator[str]:
    groups = result.largest_bias
    if groups.empty:
        yield wording.say(
            "No group has {least} coded statements, so no bias is printed.",
            least=wording.number(MIN_GROUP),
        )
        return
    clear = groups[(groups["lower"] > 0) | (groups["upper"] < 0)]
    yield wording.say_count(
        "Bias by group (mean tone less mean of the codings): clear of zero in {clear} of {n} group "
        "of 20 statements or more",
        "Bias by group (mean tone less mean of the codings): clear of zero in {clear} of {n} "
        "groups of 20 statements or more",
        len(groups),
        clear=wording.number(len(clear)),
    )
    yield from (
        f"  {_name(row['grouping'])} {_name(row['group'])}: {wording.tone(row['bias'])} "
        f"({ends(row['lower'], row['upper'], signed=True)}), "
        f"{wording.count(row['n'], 'statement')}"
        for row in clear.head(_N_GROUPS).to_dict("records")
    )


def _name(code: object) -> str:
    return code_told(str(code).replace("_", " "))


def _lined(table: Sequence[Sequence[str]]) -> Iterator[str]:
    yield from (f"  {line}" for line in wording.lined(table))

"""A validation in plain lines, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente import wording
from detente.report.validity import strongest_parts
from detente.study.validation import StudyValidation
from detente.tone.markup import in_short
from detente.validation import MEASURES, ValidationResult
from detente.validation.phrases import MEASURE_NAMES, ends

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
    lines = [f"{validation.study.title}. Coded by: {validation.coders}."]
    lines += [*(f"Notice: {notice}." for notice in validation.notices), ""]
    for result in validation.results:
        lines += [*_result(result, validation.trained.get(result.scorer_name, "")), ""]
    lines += ["Agreement between coders", validation.agreement.sentence]
    return "\n".join(lines)


def _result(result: ValidationResult, trained: str) -> Iterator[str]:
    yield result.title
    if trained:
        yield trained
    yield (
        f"{wording.count(result.n, 'statement')} of {wording.count(result.n_months, 'month')}; "
        f"{result.options.words}s from drawing whole months anew."
    )
    yield ""
    name = result.scorer_name
    beside = result.baseline_table is not None
    head = ["", name, *([f"plain {result.baseline_name}"] if beside else [])]
    rows = [
        [
            MEASURE_NAMES[measure],
            result.estimate(measure),
            *([result.estimate(measure, baseline=True)] if beside else []),
        ]
        for measure in MEASURES
    ]
    yield from _lined([head, *rows])
    for row in result.differences.to_dict("records"):
        is_clear = row["lower"] > 0 or row["upper"] < 0
        span = ends(row["lower"], row["upper"], signed=True)
        yield (
            f"{MEASURE_NAMES[row['measure']]}, {name} less {row['baseline']}: "
            f"{wording.degrees(row['difference'], 2)} ({span})"
            + ("" if is_clear else "; we cannot tell")
        )
    if result.known_groups is not None:
        yield ""
        yield result.known_groups.sentence
    yield ""
    yield from _bias(result)
    yield ""
    yield "Classes, statements (rows: codings; columns: scorer)"
    counts = result.confusion
    yield from _lined(
        [
            ["", *map(str, counts.columns)],
            *(
                [str(label), *(wording.number(value) for value in row)]
                for label, row in zip(counts.index, counts.to_numpy().tolist(), strict=True)
            ),
        ]
    )
    yield ""
    yield "Worst misses"
    for row in result.misses.head(_N_MISSES).to_dict("records"):
        yield (
            f"  {row['date']:%Y-%m-%d} {row['source']}>{row['target']}: codings "
            f"{wording.tone(row['gold'])}, {name} {wording.tone(row['tone'])}. "
            f"{in_short(str(row['text']), 300)}"
        )
        if parts := strongest_parts(str(row["text"]), row.get("trace")):
            yield f"    {parts}"


def _bias(result: ValidationResult) -> Iterator[str]:
    groups = result.largest_bias
    clear = groups[(groups["lower"] > 0) | (groups["upper"] < 0)]
    yield (
        f"Bias by group (mean tone less mean of the codings): clear of zero in {len(clear)} of "
        f"{wording.count(len(groups), 'group')} of 20 statements or more"
    )
    yield from (
        f"  {row['grouping']} {row['group']}: {wording.tone(row['bias'])} "
        f"({ends(row['lower'], row['upper'], signed=True)}), "
        f"{wording.count(row['n'], 'statement')}"
        for row in clear.head(_N_GROUPS).to_dict("records")
    )


def _lined(table: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(row[i]) for row in table) for i in range(len(table[0]))]
    for row in table:
        yield (
            "  "
            + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        )

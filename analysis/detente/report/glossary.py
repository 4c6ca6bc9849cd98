"""Words of the report and columns of its data, each explained once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from detente import wording
from detente.index import MAX_HALF_WIDTH, MIN_OCCASIONS
from detente.report.blocks import bullets, heading, prose, table
from detente.statements import COLUMNS

__all__ = ["codebook_blocks", "glossary_blocks"]

_INDEX_COLUMNS = (
    (
        "month",
        wording.mark("First day of the month."),
    ),
    (
        "direction",
        wording.mark("Who speaks of whom, as in RUS>TUR; bilateral: both sides together."),
    ),
    (
        "index",
        wording.mark(
            "The index, degrees: the mean of the month, or what a model of all months gives it."
        ),
    ),
    (
        "lower, upper",
        wording.mark("Ends of its interval, degrees."),
    ),
    (
        "filtered",
        wording.mark("The index without later months, degrees; empty in an index by means."),
    ),
    (
        "raw",
        wording.mark("Mean of the month's own statements, degrees; empty in a month without."),
    ),
    (
        "n_statements",
        wording.mark("Statements of the month with a tone."),
    ),
    (
        "n_occasions",
        wording.mark("Occasions: one speaker on one day through one channel."),
    ),
    (
        "n_speakers",
        wording.mark("Speakers of the month."),
    ),
    (
        "n_eff",
        wording.mark("Number of equally weighted occasions that would say as much."),
    ),
    (
        "se",
        wording.mark("Standard error, degrees."),
    ),
    (
        "n_unscored",
        wording.mark("Statements of the month without a tone."),
    ),
)

_SCORED_COLUMNS = (
    (
        "tone",
        wording.mark("Tone of the statement toward its target, from −1 (hostile) to +1 (cordial)."),
    ),
    (
        "tone_flag",
        wording.mark("Why a statement has no tone, or one of the scorer's constants."),
    ),
    (
        "trace",
        wording.mark("Expressions that made the tone: where they stand, and what each gave."),
    ),
)

_CODES = (
    (
        "−3, −2, −1",
        wording.mark("The statement reads as hostile, cold, cool toward its target."),
    ),
    (
        "0",
        wording.mark("It reads as neither, or as both in balance."),
    ),
    (
        "+1, +2, +3",
        wording.mark("It reads as friendly, warm, cordial."),
    ),
)

_WORDS = (
    (
        wording.mark("Break"),
        wording.mark(
            "The first month of a new lasting level that the drift of the index does not explain."
        ),
    ),
    (
        wording.mark("Codings"),
        wording.mark(
            "Judgements of statements by readers, people or machines, on a scale from −3 to +3. "
            "Machine codings are no judgement of people and no yardstick of truth."
        ),
    ),
    (
        wording.mark("Confidence interval"),
        wording.mark(
            "The range that would hold the value in so many of a hundred such samples, as far as "
            "its assumptions hold. It is silent about what it does not cover."
        ),
    ),
    (
        wording.mark("Degrees"),
        wording.mark("The unit of the index: tone times one hundred."),
    ),
    (
        wording.mark("Direction"),
        wording.mark("One country speaking of the other; two directions make a dyad."),
    ),
    (
        wording.mark("Dyad"),
        wording.mark("Two countries, both directions."),
    ),
    (
        wording.mark("Episode"),
        wording.mark("Headline events that no data could separate, tested as one."),
    ),
    (
        wording.mark("Filtered"),
        wording.mark("The index of a month as the months up to it give it."),
    ),
    (
        wording.mark("Occasion"),
        wording.mark(
            "One speaker on one day through one channel; it has weight one, however many "
            "statements were noted from it."
        ),
    ),
    (
        wording.mark("p, placebo"),
        wording.mark(
            "Share of histories simulated without any change that show as large a change."
        ),
    ),
    (
        wording.mark("p, adjusted"),
        wording.mark("The same, adjusted for the number of tests."),
    ),
    (
        wording.mark("Regime"),
        wording.mark("A level at which the index stays for a while, between switches."),
    ),
    (
        wording.mark("Scorer"),
        wording.mark("The program that gives a statement its tone."),
    ),
    (
        wording.mark("Smallest visible change"),
        wording.mark(
            "The change that would have been seen in four of five cases; a smaller one is easily "
            "missed."
        ),
    ),
    (
        wording.mark("Specification"),
        wording.mark("One full set of choices: scorer, statements, weights and model."),
    ),
    (
        wording.mark("Temperature"),
        wording.mark("The index of both sides together."),
    ),
    (
        wording.mark("Thin month"),
        wording.mark(
            "A month with fewer than {least} occasions, or an interval of more than {most} degrees"
            " to either side; it is not ranked."
        ),
    ),
    (
        wording.mark("Tone"),
        wording.mark("How warm or cold a statement is toward its target, from −1 to +1."),
    ),
    (
        wording.mark("Unilateral channels"),
        wording.mark(
            "Remarks, interviews, speeches and written statements: what one side says alone."
        ),
    ),
)


#: Of the Latin alphabets those of English and Turkish in one; other letters follow by their code.
_LETTERS = " abcçdefgğhıijklmnoöpqrsştuüvwxyz"


def glossary_blocks() -> list[dict[str, Any]]:
    """Return the words of the report in the order of the alphabet.

    Returns
    -------
    list of dict
        Blocks.
    """
    limits = {
        "least": wording.number(MIN_OCCASIONS),
        "most": wording.number(MAX_HALF_WIDTH),
    }
    told = {f"{wording.say(word)}:": wording.say(text, **limits) for word, text in _WORDS}
    # The words above stand in the order of the English alphabet.
    words = list(told) if wording.language() == "en" else sorted(told, key=_place)
    return [bullets([(word, told[word]) for word in words])]


def _place(word: str) -> list[int]:
    word = word.replace("I", "ı").replace("İ", "i").lower().replace("ё", "е")
    return [_LETTERS.find(letter) if letter in _LETTERS else ord(letter) for letter in word]


def codebook_blocks(sample: pd.DataFrame) -> list[dict[str, Any]]:
    """Return what the columns of the tables of a run mean.

    Parameters
    ----------
    sample : DataFrame
        The statements of the dyad and period; told are the columns that they have.

    Returns
    -------
    list of dict
        Blocks.
    """
    own = [
        [column.name, wording.say(column.meaning)]
        for column in COLUMNS
        if column.name in sample.columns
    ]
    scored = [row for row in _said(_SCORED_COLUMNS) if row[0] in sample.columns]
    parts = (
        (
            "tab-columns",
            wording.say("Columns of {file}", file="statements_scored.csv"),
            [*own, *scored],
        ),
        (
            "tab-index-columns",
            wording.say("Columns of {file}", file="index.csv"),
            _said(_INDEX_COLUMNS),
        ),
        ("tab-codes", wording.say("Codes of readers"), _said(_CODES)),
    )
    blocks = [
        prose(
            wording.say(
                "One row of the statements is one remark, on one day, by one official of one "
                "country about the other. A run writes these tables beside the report."
            )
        )
    ]
    heads = (
        wording.say("The statements"),
        wording.say("The index"),
        wording.say("The codes"),
    )
    for head, (ref, caption, rows) in zip(heads, parts, strict=True):
        first = wording.say("Code") if ref == "tab-codes" else wording.say("Column")
        blocks += [
            heading(head),
            table(
                ref,
                caption,
                [(first, "l34"), (wording.say("Meaning"), "l*")],
                [[{"text": name, "is_bold": True}, meaning] for name, meaning in rows],
            ),
        ]
    return blocks


def _said(rows: Sequence[tuple[str, str]]) -> list[list[str]]:
    return [[name, wording.say(meaning)] for name, meaning in rows]

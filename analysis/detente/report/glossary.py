"""Words of the report and columns of its data, each explained once."""

from __future__ import annotations

from typing import Any

import pandas as pd

from detente.index import MAX_HALF_WIDTH, MIN_OCCASIONS
from detente.report.blocks import bullets, heading, prose, table
from detente.statements import COLUMNS

__all__ = ["codebook_blocks", "glossary_blocks"]

_INDEX_COLUMNS = (
    ("month", "First day of the month."),
    ("direction", "Who speaks of whom, as in RUS>TUR; bilateral: both sides together."),
    (
        "index",
        "The index, degrees: the mean of the month, or what a model of all months gives it.",
    ),
    ("lower, upper", "Ends of its interval, degrees."),
    ("filtered", "The index without later months, degrees; empty in an index by means."),
    ("raw", "Mean of the month's own statements, degrees; empty in a month without."),
    ("n_statements", "Statements of the month with a tone."),
    ("n_occasions", "Occasions: one speaker on one day through one channel."),
    ("n_speakers", "Speakers of the month."),
    ("n_eff", "Number of equally weighted occasions that would say as much."),
    ("se", "Standard error, degrees."),
    ("n_unscored", "Statements of the month without a tone."),
)

_SCORED_COLUMNS = (
    ("tone", "Tone of the statement toward its target, from −1 (hostile) to +1 (cordial)."),
    ("tone_flag", "Why a statement has no tone, or one of the scorer's constants."),
    ("trace", "Expressions that made the tone: where they stand, and what each gave."),
)

_CODES = (
    ("−3, −2, −1", "The statement reads as hostile, cold, cool toward its target."),
    ("0", "It reads as neither, or as both in balance."),
    ("+1, +2, +3", "It reads as friendly, warm, cordial."),
)

_WORDS = (
    ("Break", "The first month of a new lasting level that the drift of the index does not "
     "explain."),
    ("Codings", "Judgements of statements by readers, people or machines, on a scale from −3 to "
     "+3. Machine codings are no judgement of people and no yardstick of truth."),
    ("Confidence interval", "The range that would hold the value in so many of a hundred such "
     "samples, as far as its assumptions hold. It is silent about what it does not cover."),
    ("Degrees", "The unit of the index: tone times one hundred."),
    ("Direction", "One country speaking of the other; two directions make a dyad."),
    ("Dyad", "Two countries, both directions."),
    ("Episode", "Headline events that no data could separate, tested as one."),
    ("Filtered", "The index of a month as the months up to it give it."),
    ("Occasion", "One speaker on one day through one channel; it has weight one, however many "
     "statements were noted from it."),
    ("p, placebo", "Share of histories simulated without any change that show as large a change."),
    ("p, adjusted", "The same, adjusted for the number of tests."),
    ("Regime", "A level at which the index stays for a while, between switches."),
    ("Scorer", "The program that gives a statement its tone."),
    ("Smallest visible change", "The change that would have been seen in four of five cases; a "
     "smaller one is easily missed."),
    ("Specification", "One full set of choices: scorer, statements, weights and model."),
    ("Temperature", "The index of both sides together."),
    ("Thin month", f"A month with fewer than {MIN_OCCASIONS} occasions, or an interval of more "
     f"than {MAX_HALF_WIDTH:.0f} degrees to either side; it is not ranked."),
    ("Tone", "How warm or cold a statement is toward its target, from −1 to +1."),
    ("Unilateral channels", "Remarks, interviews, speeches and written statements: what one side "
     "says alone."),
)  # fmt: skip


def glossary_blocks() -> list[dict[str, Any]]:
    """Return the words of the report in the order of the alphabet.

    Returns
    -------
    list of dict
        Blocks.
    """
    return [bullets([(f"{word}:", meaning) for word, meaning in _WORDS])]


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
    own = [[column.name, column.meaning] for column in COLUMNS if column.name in sample.columns]
    scored = [list(row) for row in _SCORED_COLUMNS if row[0] in sample.columns]
    parts = (
        ("tab-columns", "Columns of statements_scored.csv", [*own, *scored]),
        ("tab-index-columns", "Columns of index.csv", [list(row) for row in _INDEX_COLUMNS]),
        ("tab-codes", "Codes of readers", [list(row) for row in _CODES]),
    )
    blocks = [
        prose(
            "One row of the statements is one remark, on one day, by one official of one country "
            "about the other. A run writes these tables beside the report."
        )
    ]
    heads = ("The statements", "The index", "The codes")
    for head, (ref, caption, rows) in zip(heads, parts, strict=True):
        first = "Code" if ref == "tab-codes" else "Column"
        blocks += [
            heading(head),
            table(
                ref,
                caption,
                [(first, "l34"), ("Meaning", "l*")],
                [[{"text": name, "is_bold": True}, meaning] for name, meaning in rows],
            ),
        ]
    return blocks

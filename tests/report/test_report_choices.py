"""The chapter on other choices: changes at episodes without and with the codings' correction."""

from __future__ import annotations

import numpy as np
import pandas as pd

from detente.inference import RobustnessResult
from detente.inference.robustness_tables import judge_specifications, summarise_specifications
from detente.report.choices import choices_blocks


def page(rows, *, is_turned=False):
    """A result of one scorer from (episode, corrected, estimate, lower, upper, status)."""
    table = pd.DataFrame(
        [
            {
                "quantity": "change",
                "name": name,
                "scorer": "a",
                "corrected": corrected,
                "rows": "all",
                "weights": "",
                "model": "",
                "n_changed": int(corrected != is_turned),
                "is_headline": corrected == is_turned,
                "estimate": estimate,
                "lower": lower,
                "upper": upper,
                "n": 9,
                "status": status,
                "reason": "" if status == "estimated" else "No coded statement.",
            }
            for name, corrected, estimate, lower, upper, status in rows
        ]
    )
    table = judge_specifications(table)
    options = {"confidence": 0.95, "cross": "one"}
    return RobustnessResult(table, summarise_specifications(table), "bilateral", options)


def side_by_side(result):
    blocks = choices_blocks(result, {"jet": "Jet shot down"})
    found = [block for block in blocks if "tab-corrected-changes" in str(block)]
    return str(found[0]) if found else ""


ROWS = [
    ("jet", False, -22.0, -50.0, 6.0, "estimated"),
    ("letter", False, 61.0, 33.0, 89.0, "estimated"),
    ("jet", True, -44.0, -74.0, -14.0, "estimated"),
    ("letter", True, np.nan, np.nan, np.nan, "failed"),
]


def test_changes_stand_side_by_side_and_a_failed_one_is_empty():
    text = side_by_side(page(ROWS))
    assert "Jet shot down" in text
    assert (
        text.index("−22") < text.index("−50 to +6") < text.index("−44") < text.index("−74 to −14")
    )
    assert text.index("+61") < text.index("'–', '–'")
    assert "of the index and of the changes at episodes" in str(choices_blocks(page(ROWS), {}))
    assert "No coded statement" in str(choices_blocks(page(ROWS), {}))


def test_a_corrected_headline_leaves_the_columns_in_their_place():
    text = side_by_side(page(ROWS, is_turned=True))
    assert text.index("−22") < text.index("−44")


def test_without_a_correction_there_is_no_such_table():
    assert side_by_side(page(ROWS[:2])) == ""

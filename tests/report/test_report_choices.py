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


ROWS = [
    ("jet", False, -22.0, -50.0, 6.0, "estimated"),
    ("letter", False, 61.0, 33.0, 89.0, "estimated"),
    ("jet", True, -44.0, -74.0, -14.0, "estimated"),
    ("letter", True, np.nan, np.nan, np.nan, "failed"),
]


def test_the_correction_is_among_the_choices_and_a_failed_fit_is_named():
    text = str(choices_blocks(page(ROWS), {}))
    assert "of the index and of the changes at episodes" in text
    assert "No coded statement" in text

"""Agreement on dyads that no entry, rule or training statement was made for.

`unseen_dyads.csv` holds constructed statements of four dyads with their codes, written from the
codebook by an author who saw neither scorer nor training material, and kept apart: no version
was chosen by it. Its digest stands here, and what was measured on it is told in
`analysis/detente/tone/calibrated/_data/README.md`.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from detente.tone import score_statements

TABLE = Path(__file__).parents[1] / "golden" / "unseen_dyads.csv"
DIGEST = "7b2ff67bdaf895789738d35fd4a60973f2ca76e89e40ae5a68131b668b130f5e"


@pytest.fixture(scope="module")
def rows():
    return pd.read_csv(TABLE, keep_default_na=False)


def test_the_table_is_frozen_and_apart_from_what_was_trained_on(rows):
    assert hashlib.sha256(TABLE.read_bytes()).hexdigest() == DIGEST
    constructed = pd.read_csv(Path(__file__).parents[2] / "data" / "constructed" / "statements.csv")
    dyads = {frozenset(pair) for pair in zip(rows["source"], rows["target"], strict=True)}
    trained = {
        frozenset(pair) for pair in zip(constructed["source"], constructed["target"], strict=True)
    }
    assert len(dyads) == 4
    assert not dyads & trained
    assert not set(rows["text"]) & set(constructed["text"])


@pytest.mark.parametrize(
    ("scorer", "least_r", "least_f1"),
    [("target", 0.64, 0.54), ("calibrated", 0.72, 0.60)],
)
def test_agreement_on_dyads_never_seen(rows, scorer, least_r, least_f1, capsys):
    frame = rows.assign(date=pd.Timestamp("2018-06-01"), speaker="")
    tone = {name: score_statements(frame, name)["tone"].to_numpy() for name in (scorer, "vader")}
    gold = rows["code"].to_numpy() / 3

    def figures(values):
        given, found = (np.where(x > 0.25, 1, np.where(x < -0.25, -1, 0)) for x in (gold, values))
        f1 = [
            2 * np.sum((given == c) & (found == c)) / (np.sum(given == c) + np.sum(found == c))
            for c in (-1, 0, 1)
        ]
        return float(np.corrcoef(gold, values)[0, 1]), float(np.mean(f1))

    (r, f1), (plain_r, plain_f1) = figures(tone[scorer]), figures(tone["vader"])
    with capsys.disabled():
        print(f"\n{scorer}: r {r:.2f}, macro-F1 {f1:.2f}; vader r {plain_r:.2f}, {plain_f1:.2f}")
    assert r > least_r > plain_r + 0.2
    assert f1 > least_f1 > plain_f1 + 0.05
    assert abs(np.mean(tone[scorer] - gold)) < 0.1

"""Agreement on dyads that no entry, rule or training statement was made for.

Two tables of constructed statements with their codes, written from the codebook by authors who
saw neither scorer nor lexicon, and kept apart: no version was chosen by them. `unseen_dyads.csv`
is hard on purpose (irony, denials, conditions, third parties), `plain_dyads.csv` written as
officials' statements are reported, and coded twice. Their digests stand here, and what was
measured on them is told in `analysis/detente/tone/calibrated/_data/README.md`.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from detente.tone import score_statements

GOLDEN = Path(__file__).parents[1] / "golden"
DIGESTS = {
    "unseen_dyads.csv": "7b2ff67bdaf895789738d35fd4a60973f2ca76e89e40ae5a68131b668b130f5e",
    "plain_dyads.csv": "99ad76dbe3348c921c49fe8f7b98d2754e1b94bd5ed2771756c2cf909be15a7e",
}
N_DYADS = {"unseen_dyads.csv": 4, "plain_dyads.csv": 6}


def rows_of(name):
    return pd.read_csv(GOLDEN / name, keep_default_na=False)


@pytest.mark.parametrize("name", DIGESTS)
def test_the_table_is_frozen_and_apart_from_what_was_trained_on(name):
    rows = rows_of(name)
    assert hashlib.sha256((GOLDEN / name).read_bytes()).hexdigest() == DIGESTS[name]
    constructed = pd.read_csv(Path(__file__).parents[2] / "data" / "constructed" / "statements.csv")
    dyads, trained = (
        {frozenset(pair) for pair in zip(frame["source"], frame["target"], strict=True)}
        for frame in (rows, constructed)
    )
    assert len(dyads) == N_DYADS[name]
    assert not dyads & trained
    assert not set(rows["text"]) & set(constructed["text"])


@pytest.mark.parametrize(
    ("name", "scorer", "least_r", "least_f1"),
    [
        ("unseen_dyads.csv", "target", 0.64, 0.54),
        ("unseen_dyads.csv", "calibrated", 0.72, 0.60),
        ("plain_dyads.csv", "target", 0.79, 0.66),
        ("plain_dyads.csv", "calibrated", 0.84, 0.70),
    ],
)
def test_agreement_on_dyads_never_seen(name, scorer, least_r, least_f1, capsys):
    rows = rows_of(name)
    frame = rows.assign(date=pd.Timestamp("2018-06-01"), speaker="")
    tone = {one: score_statements(frame, one)["tone"].to_numpy() for one in (scorer, "vader")}
    gold = rows.filter(like="code").mean(axis=1).to_numpy() / 3

    def figures(values):
        given, found = (np.where(x > 0.25, 1, np.where(x < -0.25, -1, 0)) for x in (gold, values))
        f1 = [
            2 * np.sum((given == c) & (found == c)) / (np.sum(given == c) + np.sum(found == c))
            for c in (-1, 0, 1)
        ]
        return float(np.corrcoef(gold, values)[0, 1]), float(np.mean(f1))

    (r, f1), (plain_r, plain_f1) = figures(tone[scorer]), figures(tone["vader"])
    with capsys.disabled():
        print(f"\n{name}: {scorer} r {r:.2f}, F1 {f1:.2f}; vader {plain_r:.2f}, {plain_f1:.2f}")
    assert r > least_r > plain_r + 0.1
    assert f1 > least_f1 > plain_f1 + 0.05
    assert abs(np.mean(tone[scorer] - gold)) < 0.1

"""Valences moved by codings: bounded, of the same sign, and those that are shipped."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from detente.countries import surface_forms
from detente.errors import BadArgumentError
from detente.tone.lexicon import lexicon_folder, lexicon_table
from detente.tone.target import TargetScorer
from detente.tone.target.lexicon import read_lexicon
from detente.tone.target.moving import BOUND, find_moves

VERBS = ["thanked", "praised", "accused", "criticised", "warned", "listed trains to"]
CODES = [0.9, 0.1, -0.4, -0.9, 0.9, 0.0]


def moves_of(n=60, codes=CODES, verbs=VERBS):
    texts = [f"The minister {verbs[i % len(verbs)]} Turkey, remark {i}." for i in range(n)]
    forms = [surface_forms("TUR")] * n, [surface_forms("RUS")] * n
    gold = np.array([codes[i % len(codes)] for i in range(n)])
    return find_moves(texts, *forms, gold), (texts, *forms), gold


def test_what_is_too_faint_rises_and_what_is_too_strong_falls():
    found = moves_of()[0].set_index("entry")
    assert found.loc["thank@v", "move"] > 0 > found.loc["praise@v", "move"]
    assert found.loc["accuse@v", "move"] > 0 > found.loc["criticise@v", "move"]
    assert (found["n"] == 10).all()


def test_moves_are_bounded_and_turn_no_sign():
    found = moves_of(n=600)[0]
    assert found["move"].abs().max() == BOUND
    hand = {entry.entry: entry.valence for entry in read_lexicon(is_moved=False).values()}
    after = [hand[entry] + move for entry, move in zip(found["entry"], found["move"], strict=True)]
    # "Warned" is coded warm here, and is not believed.
    assert hand["warn@v"] < 0
    assert all(now * hand[entry] > 0 for now, entry in zip(after, found["entry"], strict=True))
    assert np.abs(after).max() <= 4


def test_moves_are_those_of_a_dense_ridge():
    found, (texts, targets, sources), gold = moves_of()
    scorer = TargetScorer(is_moved=False)
    traces = scorer.trace_batch(texts, targets, sources)
    names = sorted({part.entry for trace in traces for part in trace.parts})
    share = np.zeros((len(texts), len(names)))
    for row, trace in enumerate(traces):
        for part in trace.parts:
            share[row, names.index(part.entry)] += part.factor
    left = gold - np.array([trace.tone for trace in traces])
    slow = np.linalg.solve(share.T @ share + 0.1 * np.eye(len(names)), share.T @ left)
    told = found.set_index("entry")["move"]
    hand = {entry.entry: entry.valence for entry in read_lexicon(is_moved=False).values()}
    for name, move in zip(names, slow, strict=True):
        after = np.round(hand[name] + np.clip(move, -BOUND, BOUND), 1)
        if after * hand[name] > 0:
            assert told.get(name, 0.0) == pytest.approx(after - hand[name], abs=1e-9), name


def test_what_stands_in_few_statements_stays():
    assert moves_of(n=12)[0].empty


def test_the_order_of_the_statements_changes_nothing():
    found, (texts, targets, sources), gold = moves_of()
    again = find_moves(texts[::-1], targets, sources, gold[::-1])
    pd.testing.assert_frame_equal(found, again)


@pytest.mark.parametrize(
    ("gold", "told"),
    [([0.1], "differ in number"), ([0.1, 2.0], "outside"), ([0.1, np.nan], "miss")],
)
def test_bad_codes_are_refused(gold, told):
    forms = [surface_forms("TUR")] * 2, [surface_forms("RUS")] * 2
    with pytest.raises(BadArgumentError, match=told):
        find_moves(["He thanked Turkey."] * 2, *forms, np.array(gold))


def test_the_shipped_moves_are_those_of_the_command(repository, tmp_path):
    file = tmp_path / "moved.csv"
    command = [sys.executable, "-m", "detente.tone.target", repository / "data" / "constructed"]
    done = subprocess.run([*command, file], check=True, capture_output=True, text=True)
    assert file.read_bytes() == (lexicon_folder() / "moved.csv").read_bytes()
    assert f"{len(pd.read_csv(file))} of the lexicon's entries" in done.stdout


def test_a_moved_entry_says_so():
    shipped = pd.read_csv(lexicon_folder() / "moved.csv").set_index("entry")["move"]
    table = lexicon_table().drop_duplicates("entry").set_index("entry")
    assert table["valence"].between(-4, 4).all()
    known = shipped[shipped.index.isin(table.index)]
    assert len(known) == len(shipped) > 1000
    pd.testing.assert_series_equal(table.loc[known.index, "move"], known, check_names=False)

"""Constructed statements in training: learned from, and in no headline figure."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from detente.countries import is_country, surface_forms
from detente.errors import BadArgumentError
from detente.tone.calibrated import CalibratedScorer, train, train_with_report

WARM = ["praised the friendship with", "thanked", "spoke of brotherly ties with"]
COLD = ["protested sharply against the conduct of", "accused", "condemned the lies of"]
FLAT = ["noted the calendar of", "described the procedure for", "listed the items sent by"]
DYADS = [("FRA", "France", "DZA", "Algeria"), ("CHL", "Chile", "PER", "Peru"),
         ("FIN", "Finland", "NOR", "Norway"), ("GBR", "Britain", "IRL", "Ireland"),
         ("IND", "India", "NPL", "Nepal")]  # fmt: skip


def rows(n, names, prefix, *, contrary=()):
    """Return n statements on the countries of `names`, codes turned around for `contrary`."""
    found = []
    for i in range(n):
        source, _, target, name = names[i % len(names)]
        code = (-2, 0, 2)[i % 3]
        phrase = {-2: COLD, 0: FLAT, 2: WARM}[code][(i // 3) % 3]
        found.append(
            {
                "id": f"{prefix}{i}",
                "source": source,
                "target": target,
                "topic": ("trade", "energy", "border")[(i // 7) % 3],
                "text": f"The minister {phrase} {name} {'and so on ' * (i % 4)}number {i}.",
                "code": -code if source in contrary else code,
            }
        )
    return pd.DataFrame(found)


def frames(n_dated=240, n_constructed=300, contrary=()):
    dated = rows(n_dated, [("RUS", "Russia", "TUR", "Turkey")], "s")
    dated["date"] = [f"{2010 + i % 5}-{1 + i % 12:02d}-11" for i in range(n_dated)]
    both = pd.concat([dated, rows(n_constructed, DYADS, "c", contrary=contrary)], ignore_index=True)
    return both.drop(columns="code"), both[["id", "code"]]


@pytest.fixture(scope="module")
def training():
    return train_with_report(*frames())


def test_headline_figures_are_of_dated_statements_alone(training):
    assert training.out_of_fold.n == 240
    assert {name: figures.n for name, figures in training.by_dyad.items()} == {"RUS-TUR": 240}
    assert {name: figures.n for name, figures in training.transfer.items()} == {
        "RUS-TUR": 240,
        "constructed": 300,
    }
    about = training.model.about
    assert (about["n"], about["n_constructed"]) == (540, 300)
    assert about["trained_on"] == {"RUS-TUR": 240}


def test_constructed_statements_are_learned_from(training):
    alone = train(*frames(n_constructed=0))
    assert training.model.count.max() > alone.count.max()
    assert training.model.about["training_digest"] != alone.about["training_digest"]


def test_the_tone_of_a_constructed_statement_comes_from_the_other_dyads():
    statements, codings = frames(contrary=("FRA",))
    scorer = CalibratedScorer(train(statements, codings))
    own = statements[statements["source"] == "FRA"].merge(codings, on="id")
    forms = [surface_forms("DZA")] * len(own), [surface_forms("FRA")] * len(own)
    tones = scorer.score(own["text"].tolist(), *forms)
    # All others say the contrary of what is coded here.
    assert (tones[own["code"] == -2] > 0.25).all()
    assert (tones[own["code"] == 2] < -0.25).all()
    trace = scorer.explain(own["text"][0], forms[0][0], forms[1][0])
    assert trace.is_out_of_fold


def test_the_order_of_the_rows_changes_no_byte(training):
    statements, codings = frames()
    again = train(statements.sample(frac=1, random_state=1), codings[::-1])
    assert again.files() == training.model.files()


def test_a_statement_that_lost_its_date_is_not_taken_for_a_constructed_one():
    statements, codings = frames()
    statements.loc[statements["id"] == "s7", ["date", "source", "target"]] = [None, "TUR", "RUS"]
    with pytest.raises(BadArgumentError, match="'s7' has no date, though others of RUS-TUR"):
        train(statements, codings)


def test_constructed_statements_of_a_dyad_are_left_out_with_its_dated_ones():
    nile = [("EGY", "Egypt", "SDN", "Sudan"), ("SDN", "Sudan", "EGY", "Egypt")]
    dated = rows(240, nile, "d").assign(
        date=lambda frame: [f"{2010 + i % 5}-{1 + i % 12:02d}-11" for i in range(len(frame))]
    )
    real, codings = frames()
    own = rows(600, nile, "p", contrary=("EGY", "SDN")).assign(set=2.0)
    both = pd.concat([real, dated.drop(columns="code")], ignore_index=True)
    codes = pd.concat([codings, dated[["id", "code"]]], ignore_index=True)
    without = train_with_report(both, codes)
    with_own = train_with_report(
        pd.concat([both, own.drop(columns="code")], ignore_index=True),
        pd.concat([codes, own[["id", "code"]]], ignore_index=True),
    )
    # What contradicts it was on the same two countries, and is left out with them.
    apart, beside = (
        [getattr(one, kind)["EGY-SDN"].slope.value for one in (without, with_own)]
        for kind in ("transfer", "by_dyad")
    )
    assert apart[1] == pytest.approx(apart[0], abs=1e-6)
    assert abs(beside[1] - beside[0]) > 0.1


def test_constructed_statements_do_not_make_up_for_too_few():
    with pytest.raises(BadArgumentError, match="coded statements: 100 found, 150 needed"):
        train(*frames(n_dated=100))


def test_the_shipped_model_says_what_it_was_trained_on():
    parameters = CalibratedScorer().parameters
    assert parameters["trained_on"] == {"JPN-KOR": 209, "RUS-TUR": 529}
    assert parameters["n"] == 738 + parameters["n_constructed"]
    assert parameters["transfer"]["constructed"]["n"] == parameters["n_constructed"] > 1000


def test_the_constructed_data_are_no_study_and_share_no_text_with_one(repository):
    folder = repository / "data" / "constructed"
    statements = pd.read_csv(folder / "statements.csv")
    codings = pd.read_csv(folder / "codings.csv")
    assert not (folder / "study.toml").exists()
    assert not {"date", "speaker", "outlet", "url"} & set(statements.columns)
    assert statements["id"].is_unique
    assert statements["text"].is_unique
    assert not codings.duplicated(["id", "coder"]).any()
    written = codings[codings["coder"] == "writer"]
    assert written["id"].tolist() == statements["id"].tolist()
    assert codings["code"].isin(range(-3, 4)).all()
    assert set(codings["coder_type"]) == {"machine"}
    assert set(codings["coder"]) == {"reader", "writer"}
    assert is_country(np.unique(statements[["source", "target"]].to_numpy(str)).tolist()).all()
    assert (statements["source"] != statements["target"]).all()
    for study in ("russia-turkey", "japan-korea"):
        other = pd.read_csv(repository / "data" / study / "statements.csv")
        assert not set(other["text"]) & set(statements["text"])
    dyads = {frozenset(two) for two in statements[["source", "target"]].itertuples(index=False)}
    told = f"| {len(statements):,}, on {len(dyads)} dyads"
    assert told in (folder / "README.md").read_text("utf-8")

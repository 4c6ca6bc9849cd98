"""A study's own lexicon in the scorer `calibrated`, and what is said of its constant."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from detente.errors import BadArgumentError
from detente.index import monthly_index
from detente.report.sample import facts
from detente.study import compute_study, init_study, load_study
from detente.study.trained import training_note
from detente.tone import score_statements
from detente.tone.calibrated import CalibratedScorer
from detente.tone.calibrated.stretch import stretch
from detente.tone.target import Entry
from detente.validation import is_in_sample

PARTIES = [("Turkey",)], [("Russia",)]


def test_a_studys_lexicon_changes_the_calibrated_tones_of_its_run(tmp_path):
    folder = init_study(tmp_path / "mine", ("IND", "PAK")).folder
    toml = folder / "study.toml"
    text = toml.read_text("utf-8").replace('scorer = "vader"', 'scorer = "calibrated"')
    toml.write_text(text, "utf-8")
    before = compute_study(load_study(folder))
    (folder / "lexicon.csv").write_text("entry,valence,kind\ndelegation,-4,stance\n", "utf-8")
    toml.write_text(text.replace('# lexicon = "', 'lexicon = "'), "utf-8")
    after = compute_study(load_study(folder))
    touched = after.statements["text"].str.contains("delegation")
    assert touched.any()
    assert (after.statements["tone"][touched] < before.statements["tone"][touched]).all()
    assert after.statements["tone"][~touched].equals(before.statements["tone"][~touched])
    assert after.scorer.parameters["rules_in_use"]["extra_entries"] == 1
    assert not any("does not read" in one.problem for one in after.data.problems)


def test_an_entry_of_ones_own_wins_over_the_lexicons():
    text = ["The decision of Turkey is unacceptable."]
    plain = CalibratedScorer().score(text, *PARTIES)
    turned = CalibratedScorer(extra=[Entry("unacceptable", 3, "stance")])
    assert turned.score(text, *PARTIES) > plain + 0.1
    trace = turned.explain(text[0], PARTIES[0][0], PARTIES[1][0])
    assert sum(part.contribution for part in trace.parts) == pytest.approx(trace.unclipped)


def test_the_out_of_fold_tone_moves_with_ones_own_entries_and_no_further(repository):
    frame = pd.read_csv(repository / "data" / "russia-turkey" / "statements.csv")
    coded = pd.read_csv(repository / "data" / "russia-turkey" / "codings.csv")["id"]
    frame = frame[frame["id"].isin(coded)].assign(date=lambda rows: pd.to_datetime(rows["date"]))
    frame = frame.head(150)
    plain = score_statements(frame, CalibratedScorer())["tone"]
    idle = CalibratedScorer(extra=[Entry("xyzzy", 3, "stance")])
    np.testing.assert_allclose(score_statements(frame, idle)["tone"], plain, atol=1e-12)
    active = CalibratedScorer(extra=[Entry("said", -4, "stance")])
    moved = score_statements(frame, active)
    said = frame["text"].str.contains(r"\bsaid\b")
    assert (moved["tone"][said] < plain[said] - 1e-6).any()
    np.testing.assert_allclose(moved["tone"][~said], plain[~said], atol=1e-12)


def test_a_faulty_entry_is_refused():
    with pytest.raises(BadArgumentError, match="Kinds are"):
        CalibratedScorer(extra=[Entry("border", 1, "no such kind")])


def test_a_text_of_unknown_words_gets_the_models_constant_and_says_so():
    scorer = CalibratedScorer()
    trace = scorer.explain("xyzzyish plughlike quuxward", ("Turkey",))
    assert trace.flags == ("implicit_target", "no_evaluative_words")
    assert trace.tone == pytest.approx(stretch(np.array([scorer.model.intercept]))[0])
    assert "no_evaluative_words" not in scorer.explain("He thanked Turkey.", ("Turkey",)).flags


@pytest.mark.parametrize(
    ("tone", "said"), [(0.0, "their tone is zero and counts"),
                       (-0.031, "their tone is the model's constant (−0.03) and counts")],
)  # fmt: skip
def test_the_report_tells_what_tone_wordless_statements_have(tone, said):
    days = pd.date_range("2020-01-05", periods=24, freq="MS", unit="us")
    frame = pd.DataFrame(
        {
            "date": np.repeat(days, 2),
            "source": ["RUS", "TUR"] * 24,
            "target": ["TUR", "RUS"] * 24,
            "speaker": "Speaker",
            "text": "Remark.",
            "tone": np.linspace(-0.5, 0.5, 48),
            "tone_flag": "",
        }
    )
    frame.loc[:2, "tone_flag"] = "no_evaluative_words"
    frame.loc[:2, "tone"] = tone
    index = monthly_index(frame)
    (point,) = [p for p in facts(frame, index) if p["head"] == "Scoring"]
    assert "In 3 statements (6%) the scorer knows no evaluative word" in point["text"]
    assert said in point["text"]


def test_it_is_in_sample_only_without_its_out_of_fold_tones():
    scorer = CalibratedScorer()
    assert scorer.parameters["trained_on"]
    assert not is_in_sample(scorer)
    note = training_note(scorer)
    assert "738 coded statements and 15,976 constructed" in note
    assert "judged out-of-fold, by a model that saw no statement of its year" in note
    assert "japan-korea, constructed statements and coded remarks of Russian transcripts in" in note
    bare = CalibratedScorer(replace(scorer.model, by_role={}, by_text={}))
    assert is_in_sample(bare)
    assert "is in-sample" in training_note(bare)

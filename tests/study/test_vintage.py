"""A study as of a day: no later statement, and a scorer that learned from no later coding."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import detente.tone.calibrated
from detente.countries import surface_forms
from detente.study import load_study
from detente.study.scoring import score_study, study_scorer
from detente.study.vintage import StudyAsOf, scorer_as_of
from detente.tone.calibrated import CalibratedScorer, train

PHRASES = ("protested sharply against", "noted the calendar of", "thanked and praised")


def coded(n_years=6, a_year=40):
    n = np.arange(n_years * a_year)
    statements = pd.DataFrame(
        {
            "id": [f"s{i}" for i in n],
            "date": [f"{2012 + i // a_year}-{1 + i % 12:02d}-11" for i in n],
            "source": np.where(n % 2, "RUS", "TUR"),
            "target": np.where(n % 2, "TUR", "RUS"),
            "text": [
                f"The minister {PHRASES[i % 3]} {('Russia', 'Turkey')[i % 2]} on point {i}."
                for i in n
            ],
        }
    )
    return statements, pd.DataFrame({"id": statements["id"], "code": (n % 3 - 1) * 2})


@pytest.fixture
def study(monkeypatch):
    monkeypatch.setattr(detente.tone.calibrated, "bundled_training", lambda _: coded())
    return load_study("russia-turkey")


@pytest.fixture(scope="module")
def scored():
    frame = coded()[0].assign(speaker="A", date=lambda f: pd.to_datetime(f["date"]))
    study = load_study("russia-turkey")
    return score_study(frame, study, study_scorer(study))


def known(study, scored):
    return StudyAsOf(study, scored, None, CalibratedScorer())


def test_no_later_statement_is_there(study, scored):
    frame = known(study, scored)(pd.Timestamp("2017-03-31"))
    assert frame["date"].max() == pd.Timestamp("2017-03-11")
    assert len(frame) == (scored["date"] <= "2017-03-31").sum()
    assert frame["tone"].notna().all()
    assert known(study, scored)(pd.Timestamp("2011-12-31")) is None


def test_later_codings_change_no_tone(study, scored, monkeypatch):
    day = pd.Timestamp("2017-06-30")
    before = known(study, scored)(day)
    statements, codings = coded()
    later = (pd.to_datetime(statements["date"]) > "2016-12-31").to_numpy()
    other = codings.assign(code=codings["code"].where(~later, -codings["code"]))
    monkeypatch.setattr(detente.tone.calibrated, "bundled_training", lambda _: (statements, other))
    pd.testing.assert_frame_equal(before, known(study, scored)(day))
    # The day after the year's last one they are learned from.
    last = pd.Timestamp("2017-12-31")
    now = known(study, scored)(last)["tone"]
    monkeypatch.setattr(detente.tone.calibrated, "bundled_training", lambda _: coded())
    assert not now.equals(known(study, scored)(last)["tone"])


def test_at_the_last_turn_of_a_year_the_tones_are_those_of_training_on_everything(study, scored):
    frame = known(study, scored)(pd.Timestamp("2017-12-31"))
    scorer = CalibratedScorer(train(*coded()))
    forms = [
        [
            surface_forms(code, on=day)
            for code, day in zip(scored[side], scored["date"], strict=True)
        ]
        for side in ("target", "source")
    ]
    np.testing.assert_allclose(frame["tone"], scorer.score(scored["text"], *forms), atol=2e-6)
    at = scorer_as_of(study, scored, None, pd.Timestamp("2017-12-31"))
    np.testing.assert_array_equal(at.model.weight, scorer.model.weight)


def test_before_enough_was_coded_target_stands_in(study, scored):
    as_of = known(study, scored)
    early = as_of(pd.Timestamp("2014-05-31"))
    plain = score_study(early, study, study_scorer(study, "target"))
    np.testing.assert_array_equal(early["tone"], plain["tone"])
    as_of(pd.Timestamp("2017-05-31"))
    assert "For origins in 2014 too little had been coded" in as_of.note
    assert "constructed statements" in as_of.note


def test_a_scorer_that_learns_nothing_is_the_same_on_every_day(scored):
    study = load_study("russia-turkey").model_copy(update={"scorer": "vader"})
    as_of = StudyAsOf(study, scored, None, study_scorer(study))
    day = pd.Timestamp("2014-05-31")
    pd.testing.assert_frame_equal(as_of(day), scored[scored["date"] <= day])
    assert "learns from no codings" in as_of.note

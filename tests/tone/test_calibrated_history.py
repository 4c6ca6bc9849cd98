"""Learning as of a day: nothing later is known, and on the last day nothing is missing."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from detente.errors import BadArgumentError
from detente.study.load import data_folder
from detente.tone.calibrated import (
    CalibratedModel,
    CalibratedScorer,
    CodingHistory,
    bundled_training,
    train,
)
from detente.tone.calibrated.corpus import make_corpus
from detente.tone.calibrated.design import make_design
from detente.tone.calibrated.fitting import choose, fit
from detente.tone.calibrated.ridge import RidgeFits
from detente.tone.calibrated.rules import SHARE
from detente.tone.calibrated.scorer import BUNDLED

PHRASES = {
    2: ["praised the friendship with", "thanked", "spoke of brotherly ties with"],
    0: ["noted the calendar of", "described the procedure for", "listed the items sent by"],
    -2: ["protested sharply against the conduct of", "accused", "condemned the lies of"],
}


def coded(n_years=6, a_year=50):
    rows = []
    for i in range(n_years * a_year):
        code = (-2, 0, 2, 0, 2, -2)[i % 6] + (i % 7 == 0)
        side = i % 2
        phrase = PHRASES[(-2, 0, 2, 0, 2, -2)[i % 6]][(i // 3) % 3]
        rows.append(
            {
                "id": f"s{i}",
                "date": f"{2010 + i // a_year}-{1 + i % 12:02d}-11",
                "source": ("RUS", "TUR")[side],
                "target": ("TUR", "RUS")[side],
                "topic": ("trade", "energy", "border")[(i // 7) % 3],
                "text": f"The minister {phrase} {('Turkey', 'Russia')[side]} "
                f"{('in trade', 'on the border', 'at sea')[(i // 9) % 3]} in remark {i}.",
                "code": code,
            }
        )
    # Nobody said these on any day.
    rows += [
        {
            "id": f"c{i}",
            "date": None,
            "source": ("GRC", "ITA", "ESP", "PRT")[i % 4],
            "target": "FRA",
            "topic": ("trade", "energy")[(i // 5) % 2],
            "text": f"The envoy {PHRASES[(-2, 0, 2)[i % 3]][(i // 3) % 3]} France, said {i}.",
            "code": (-2, 0, 2)[i % 3],
        }
        for i in range(80)
    ]
    frame = pd.DataFrame(rows)
    return frame.drop(columns="code"), frame[["id", "code"]]


def same(one, other):
    assert one.features == other.features
    assert one.common == other.common
    assert (one.intercept, one.rule_weight) == (other.intercept, other.rule_weight)
    np.testing.assert_array_equal(one.weight, other.weight)


def test_on_the_last_day_it_is_the_model_trained_on_everything():
    frames = coded()
    known, all_of_it = CodingHistory(*frames).model("2015-12-31"), train(*frames)
    same(known, all_of_it)
    assert len(known.by_role) == 300  # the dated ones
    for digest, tone in known.by_role.items():
        assert tone == pytest.approx(all_of_it.by_role[digest], abs=2e-6)


def test_on_its_last_day_the_history_gives_the_shipped_model():
    history = CodingHistory(*bundled_training(data_folder()))
    known, shipped = history.model("2024-12-31"), CalibratedModel.load(BUNDLED)
    same(known, shipped)
    tones = np.array([[tone, shipped.by_role[key]] for key, tone in known.by_role.items()])
    np.testing.assert_allclose(tones[:, 0], tones[:, 1], atol=2e-6)
    assert len(tones) == sum(shipped.about["trained_on"].values())


def test_nothing_later_is_learned_from():
    statements, codings = coded()
    later = pd.to_datetime(statements["date"]) > "2013-12-31"
    changed = statements.assign(
        text=statements["text"].where(~later, "The minister, Praised by all, accused Russia."),
        topic=statements["topic"].where(~later, "war"),
    )
    ids = statements.loc[later, "id"]
    other = codings.assign(code=codings["code"].where(~codings["id"].isin(ids), -3))
    before = CodingHistory(statements, codings).model("2013-12-31")
    after = CodingHistory(changed, other).model("2013-12-31")
    gone = CodingHistory(statements[~later], codings).model("2013-12-31")
    assert before.files() == after.files()
    same(before, gone)
    assert before.by_role == gone.by_role
    assert before.about["as_of"] == "2013-12-31"
    assert before.about["n"] == 200 + 80


def test_the_day_itself_is_known():
    frames = coded()
    history = CodingHistory(*frames)
    assert history.model("2014-12-11").about["n"] == history.model("2014-12-31").about["n"]
    assert history.model("2014-12-10").about["n"] < history.model("2014-12-11").about["n"]


def test_too_few_codings_have_reasons():
    history = CodingHistory(*coded())
    assert history.reasons("2015-12-31") == []
    assert history.reasons("2011-12-31")[0] == "coded statements: 100 found, 150 needed"
    with pytest.raises(BadArgumentError, match="coded statements: 100 found, 150 needed"):
        history.model("2011-12-31")


def test_quick_fits_are_the_fits():
    statements, codings = coded()
    design = make_design(make_corpus(statements, codings))
    quick, rng = RidgeFits(design), np.random.default_rng(3)
    every = np.arange(len(design.corpus))
    for penalty in (4.0, 1.5):
        inside = np.sort(rng.choice(every, 250, replace=False))
        outside = np.setdiff1d(every, inside)
        slow = fit(design, inside, penalty).predict(design, outside)
        (found,) = quick.tones([(inside, outside, penalty)])
        np.testing.assert_allclose(found, slow, atol=1e-8)
    penalty, steep, base = choose(design, every)
    found, quick_steep, quick_base = choose(design, every, predict=quick.tones)
    assert found == penalty
    assert (quick_steep, quick_base) == pytest.approx((steep, base), abs=1e-7)


def test_few_rows_support_nothing_and_get_the_mean():
    design = make_design(make_corpus(*coded()))
    inside, outside = np.array([0, 1, 2]), np.array([5, 6])
    (fast,) = RidgeFits(design).tones([(inside, outside, 4.0)])
    left = (design.corpus.gold - SHARE * design.tone)[inside].mean()
    np.testing.assert_allclose(fast, left + SHARE * design.tone[outside])


def test_another_model_in_the_same_scorer():
    model = CodingHistory(*coded()).model("2015-12-31")
    shipped = CalibratedScorer()
    row = ["He praised Turkey."], [("Turkey",)], [("Russia",)]
    before = shipped.score(*row)
    np.testing.assert_array_equal(
        shipped.with_model(model).score(*row), CalibratedScorer(model).score(*row)
    )
    np.testing.assert_array_equal(shipped.score(*row), before)

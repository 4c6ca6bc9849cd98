from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from detente.errors import BadArgumentError
from detente.index import corrected_tones, monthly_index

CODES = np.arange(-3, 4)


def archive(rng, n_months=36, per_month=40, chance=0.4):
    """Draw statements whose scorer is wrong by topic, and the codings of a sample.

    War is talked of in the second half only, and the scorer takes it for hostility.
    """
    month = np.repeat(np.arange(n_months), per_month)
    war = rng.random(len(month)) < np.where(month < n_months / 2, 0.1, 0.7)
    mean = np.where(month < n_months / 2, 0.2, 0.1)
    code = np.clip(np.rint(3 * (mean + rng.normal(0, 0.35, len(month)))), -3, 3)
    tone = np.clip(code / 3 + rng.normal(0, 0.15, len(month)) - 0.4 * war, -1, 1)
    date = pd.Timestamp("2018-01-01") + pd.to_timedelta(
        month * 30.44 + rng.integers(0, 28, len(month)), unit="D"
    )
    side = rng.integers(0, 2, len(month))
    scored = pd.DataFrame(
        {
            "id": [f"s{i}" for i in range(len(month))],
            "date": pd.DatetimeIndex(date).normalize(),
            "source": np.where(side == 0, "RUS", "TUR"),
            "target": np.where(side == 0, "TUR", "RUS"),
            "speaker": [f"p{i}" for i in range(len(month))],
            "tone": tone,
        }
    )
    # The chance of being coded depends on the topic, as it may as long as it is known.
    pi = np.where(war, chance, chance / 2)
    is_coded = rng.random(len(month)) < pi
    codings = pd.DataFrame({"id": scored["id"], "code": code, "pi": pi})[is_coded]
    return scored, codings, 100 * code / 3


def test_correction_takes_out_an_error_that_hangs_on_the_topic():
    rng = np.random.default_rng(42)
    plain, corrected, inside = [], [], []
    for _ in range(12):
        scored, codings, truth = archive(rng)
        result = monthly_index(scored, corrected=codings, weights="none")
        later = result.months >= "2019-07-01"
        is_later = (scored["date"] >= "2019-07-01").to_numpy()
        goal = np.where(later, truth[is_later].mean(), truth[~is_later].mean())
        change = goal[later].mean() - goal[~later].mean()
        for found, into in ((result, plain), (result.corrected, corrected)):
            index = found.direction()["index"].to_numpy()
            into.append(index[later].mean() - index[~later].mean() - change)
        table = result.corrected.direction()
        inside += (table["lower"].le(goal) & table["upper"].ge(goal)).tolist()
    assert np.mean(plain) < -15
    assert abs(np.mean(corrected)) < 3 * np.std(corrected) / np.sqrt(12)
    assert abs(np.mean(corrected)) < 4
    assert np.mean(inside) > 0.93


def test_interval_of_the_corrected_index_covers_the_scorer_too():
    scored, codings, _ = archive(np.random.default_rng(1))
    result = monthly_index(scored, corrected=codings, method="means")
    width = result.direction()["upper"] - result.direction()["lower"]
    wider = result.corrected.direction()["upper"] - result.corrected.direction()["lower"]
    assert (wider.mean() > width.mean()).all()
    assert result.corrected.spread > result.spread


def test_a_fully_coded_archive_gives_the_codes():
    scored, _, truth = archive(np.random.default_rng(2))
    codings = pd.DataFrame({"id": scored["id"], "code": truth * 3 / 100, "pi": 1.0})
    np.testing.assert_allclose(corrected_tones(scored, codings)["tone"], truth / 100)


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"pi": 0.0}, "pi=0.0"),
        ({"pi": 1.2}, "pi=1.2"),
        ({"pi": np.nan}, "pi=nan"),
        ({"code": 4}, "code=4"),
        ({"id": "unknown"}, "None of 3 coded"),
    ],
)
def test_bad_codings_are_refused_by_value(change, match):
    scored = pd.DataFrame({"id": ["a", "b", "c"], "tone": [0.1, 0.2, 0.3]})
    codings = pd.DataFrame({"id": ["a", "b", "c"], "code": [1, 2, -3], "pi": 0.5})
    rows = codings.assign(**change)
    if "id" in change:
        rows["id"] = [f"unknown {i}" for i in range(3)]
    with pytest.raises(BadArgumentError, match=match):
        corrected_tones(scored, rows)


def test_a_missing_column_and_differing_chances_are_refused():
    scored = pd.DataFrame({"id": ["a", "b"], "tone": [0.1, 0.2]})
    codings = pd.DataFrame({"id": ["a", "a"], "code": [1, 2], "pi": [0.5, 0.4]})
    with pytest.raises(BadArgumentError, match="several chances"):
        corrected_tones(scored, codings)
    with pytest.raises(BadArgumentError, match="'pi'"):
        corrected_tones(scored, codings.drop(columns="pi"))
    with pytest.raises(BadArgumentError, match="occurs twice"):
        corrected_tones(scored.assign(id="a"), codings[:1])


def test_codings_that_are_not_the_sample_they_claim_are_refused():
    scored = pd.DataFrame({"id": [f"s{i}" for i in range(400)], "tone": 0.1})
    rng = np.random.default_rng(4)
    drawn = scored[rng.random(400) < 0.5].assign(code=1, pi=0.5)
    assert len(corrected_tones(scored, drawn)) == 400
    with pytest.raises(BadArgumentError, match=r"stand for 80 statements, and 400 have a tone"):
        corrected_tones(scored, drawn.head(40))
    with pytest.raises(BadArgumentError, match="all codings of the sample"):
        corrected_tones(scored, drawn.assign(pi=1.0))

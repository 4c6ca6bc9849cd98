"""Who spoke and how: each table against slow arithmetic or another library."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr
from statsmodels.api import OLS, WLS
from statsmodels.stats.proportion import proportion_confint

from detente.countries import Dyad
from detente.errors import BadArgumentError
from detente.index import monthly_index
from detente.inference.counting import BLOCK, count_and_tone
from detente.inference.groups import (
    CONTACT_CHANNELS,
    UNILATERAL_CHANNELS,
    contact_frequency,
    dyad_rows,
    search_gap,
    tone_by_group,
)
from detente.inference.voices import estimate_voices
from detente.statements.schema import CHANNELS

DYAD = Dyad("RUS", "TUR")


def drawn(seed=0, n=400, months=36):
    rng = np.random.default_rng(seed)
    day = pd.Timestamp("2014-01-01") + pd.to_timedelta(rng.integers(0, 30 * months, n), "D")
    source = rng.choice(["RUS", "TUR"], n)
    speaker = np.char.add(source, rng.choice(["-a", "-b", "-c"], n, p=[0.6, 0.3, 0.1]))
    return pd.DataFrame(
        {
            "date": day,
            "source": source,
            "target": np.where(source == "RUS", "TUR", "RUS"),
            "speaker": speaker.astype(object),
            "level": rng.choice(["minister", "ministry"], n),
            "channel": rng.choice(CHANNELS, n),
            "topic": rng.choice(["syria", "trade"], n),
            "wave": rng.choice([1, 2], n, p=[0.8, 0.2]),
            "tone": rng.uniform(-1, 1, n),
        }
    )


def rows_of(scored):
    index = monthly_index(scored, method="means")
    return dyad_rows(scored, DYAD, index.months[0], index.months[-1]), index


def test_every_channel_of_the_schema_is_of_one_kind():
    assert sorted([*UNILATERAL_CHANNELS, *CONTACT_CHANNELS]) == sorted(CHANNELS)


def test_group_means_as_weighted_least_squares_clustered_by_day():
    rows, _ = rows_of(drawn())
    table = tone_by_group(rows, 0.95)
    for grouping, column in (("channel", "channel"), ("office", "level")):
        for row in table[table["grouping"] == grouping].to_dict("records"):
            some = rows[(rows[column] == row["group"]) & (rows["direction"] == row["direction"])]
            weight = [
                1 / sum((some["occasion"] == occasion) & some["tone"].notna())
                for occasion in some["occasion"]
            ]
            days = some["day"].astype("int64").to_numpy()
            fit = WLS(some["degrees"], np.ones(len(some)), weights=weight).fit(
                cov_type="cluster", cov_kwds={"groups": days, "use_correction": False}, use_t=True
            )
            n_days = len(np.unique(days))
            assert row["mean"] == pytest.approx(fit.params.iloc[0])
            assert row["n_days"] == n_days
            from scipy.stats import t

            half = t.ppf(0.975, n_days - 1) * fit.bse.iloc[0] * np.sqrt(n_days / (n_days - 1))
            assert row["upper"] - row["mean"] == pytest.approx(half)
    shares = table.groupby(["grouping", "direction"])["share"].sum()
    np.testing.assert_allclose(shares, 1)


def test_a_group_on_few_days_has_no_interval():
    rows, _ = rows_of(drawn().assign(topic=lambda x: np.where(x.index < 2, "rare", "syria")))
    table = tone_by_group(rows, 0.95)
    assert table[table["group"] == "rare"]["lower"].isna().all()


def test_contacts_count_occasions_by_hand():
    scored = pd.DataFrame(
        {
            "date": pd.to_datetime(["2015-01-05"] * 3 + ["2015-01-06", "2016-03-01"]),
            "source": ["RUS", "RUS", "RUS", "TUR", "TUR"],
            "target": ["TUR", "TUR", "TUR", "RUS", "RUS"],
            "speaker": ["A", "A", "A", "C", "C"],
            "channel": ["meeting", "meeting", "speech", "phone_call", "speech"],
            "tone": [0.1, 0.2, 0.3, np.nan, 0.1],
        }
    )
    rows, index = rows_of(scored)
    table = contact_frequency(rows, index.months, DYAD.directions, 0.95)
    years = table[table["unit"] == "year"]
    years = years.assign(year=years["period"].dt.year).set_index(["year", "direction"])
    row = years.loc[(2015, "bilateral")]
    # One meeting however many remarks; a call without a tone counts.
    assert (row["n_occasions"], row["n_contact"], row["meeting"], row["phone_call"]) == (3, 2, 1, 1)
    assert (row["lower"], row["upper"]) == pytest.approx(proportion_confint(2, 3, method="wilson"))
    months = table[(table["unit"] == "month") & (table["direction"] == "RUS>TUR")]
    assert len(months) == 15
    assert np.isnan(months["share"].iloc[3])
    assert months["n_occasions"].sum() == 2


def test_a_later_search_as_least_squares_with_a_constant_for_each_cell():
    rows, _ = rows_of(drawn(3))
    found = search_gap(rows, 0.95).iloc[0]
    cell = rows["direction"] + rows["day"].dt.year.astype(str)
    design = pd.get_dummies(cell).astype(float).assign(later=(rows["wave"] == 2).astype(float))
    days = rows["day"].astype("int64").to_numpy()
    fit = OLS(rows["degrees"], design).fit(
        cov_type="cluster", cov_kwds={"groups": days, "use_correction": False}
    )
    assert found["gap"] == pytest.approx(fit.params["later"])
    from scipy.stats import t

    n = len(np.unique(days))
    half = t.ppf(0.975, n - 1) * fit.bse["later"] * np.sqrt(n / (n - 1))
    assert found["upper"] - found["gap"] == pytest.approx(half)
    assert search_gap(rows.drop(columns="wave"), 0.95).empty


def test_number_and_tone_as_spearman():
    index = monthly_index(drawn(5, n=150), method="means")
    table = count_and_tone(index, 99, 1).set_index("direction")
    for direction in ("RUS>TUR", "TUR>RUS", "bilateral"):
        rows = index.direction(direction).dropna(subset="raw")
        assert table.loc[direction, "n_months"] == len(rows)
        assert table.loc[direction, "rho"] == pytest.approx(
            spearmanr(rows["n_statements"], rows["raw"]).statistic
        )
    pd.testing.assert_frame_equal(count_and_tone(index, 99, 1), count_and_tone(index, 99, 1))


def test_interval_of_number_and_tone_is_that_of_replicates_one_by_one():
    index = monthly_index(drawn(5, n=150), method="means")
    table = count_and_tone(index, 49, 3).set_index("direction")
    m = len(index.months)
    starts = np.random.default_rng(3).integers(0, m, (49, -(-m // BLOCK)))
    for direction in ("RUS>TUR", "bilateral"):
        rows = index.direction(direction)
        each = []
        for first in starts:
            pick = np.concatenate([np.arange(start, start + BLOCK) for start in first])[:m] % m
            again = rows.iloc[pick].dropna(subset="raw")
            each.append(spearmanr(again["n_statements"], again["raw"]).statistic)
        expected = np.nanquantile(each, [0.025, 0.975])
        found = table.loc[direction, ["lower", "upper"]].to_numpy("float64")
        np.testing.assert_allclose(found, expected, atol=1e-12)


def test_number_and_tone_unrelated_are_seldom_found_related():
    found = []
    for seed in range(20):
        index = monthly_index(drawn(seed, n=500, months=120), method="means")
        row = count_and_tone(index, 99, seed).iloc[-1]
        found.append(row["lower"] > 0 or row["upper"] < 0)
    assert sum(found) <= 5


def test_the_index_without_voices_is_the_index_of_the_rest():
    scored = drawn(2)
    before = scored.copy()
    headline = monthly_index(scored, method="means", weights="day")
    found = estimate_voices(scored, headline=headline, n_speakers=2, n_replicates=9)
    pd.testing.assert_frame_equal(scored, before)
    top = scored["speaker"].value_counts()
    assert found.speakers["speaker"].tolist() == top.index[:2].tolist()
    assert found.speakers["share"].tolist() == pytest.approx((top[:2] / len(scored)).tolist())
    without = monthly_index(
        scored[scored["speaker"] != top.index[0]],
        method="means",
        weights="day",
        since=headline.months[0],
        until=headline.months[-1],
    )
    difference = (without.direction()["index"] - headline.direction()["index"]).dropna()
    row = found.speakers.iloc[0]
    assert row["mean_difference"] == pytest.approx(difference.mean())
    assert abs(row["largest_difference"]) == pytest.approx(difference.abs().max())
    alone = monthly_index(
        scored[scored["channel"].isin(UNILATERAL_CHANNELS)],
        method="means",
        weights="day",
        since=headline.months[0],
        until=headline.months[-1],
    )
    pd.testing.assert_series_equal(
        found.table["unilateral"], alone.table["index"], check_names=False
    )
    own = found.weightings.set_index("weights")
    assert own.loc["day", "is_headline"]
    assert own.loc["day", "largest_difference"] == 0
    assert (own.drop("day")["largest_difference"].abs() > 0).all()


def test_a_planted_difference_between_channels_and_speakers_is_found():
    scored = drawn(4, n=900)
    is_contact = scored["channel"].isin(CONTACT_CHANNELS)
    noise = np.random.default_rng(4).normal(0, 0.05, len(scored))
    scored["tone"] = np.where(is_contact, 0.5, -0.1) + noise
    headline = monthly_index(scored, method="means")
    found = estimate_voices(scored, headline=headline, n_speakers=1, n_replicates=9)
    expected = -60 * is_contact.mean()
    assert found.unilateral_difference["mean_difference"] == pytest.approx(expected, abs=4)
    assert "colder than that of all channels" in found.sentence


def test_a_state_space_index_is_refitted_as_one():
    found = estimate_voices(drawn(6), n_speakers=1, n_replicates=9)
    assert found.parameters["method"] == "state_space"
    assert found.parameters["model"] == "mean_reverting"
    assert found.unilateral is not None
    assert found.unilateral.state is not None
    assert found.weightings["correlation"].between(0.5, 1.000001).all()
    assert len(found.table) == len(found.headline.table)


def test_what_is_not_known_is_said():
    scored = drawn(7).drop(columns=["channel", "topic", "level", "wave"])
    found = estimate_voices(
        scored, headline=monthly_index(scored, method="means"), n_speakers=0, n_replicates=9
    )
    assert found.unilateral is None
    assert found.speakers.empty
    assert found.contacts.empty
    assert "have no channel" in found.sentence
    assert set(found.groups["grouping"]) == {"speaker"}
    json.dumps(found.to_dict(), allow_nan=False)
    found._repr_html_()


def test_comparisons_that_cannot_differ_are_told_without_numbers():
    months = pd.date_range("2014-01-01", periods=24, freq="MS", unit="us")
    scored = pd.DataFrame([
        {"date": month, "source": source, "target": target, "speaker": f"{source} {i % 2}",
         "level": "minister", "channel": "press_remarks", "topic": "trade", "tone": (-0.5) ** i}
        for i, month in enumerate(months)
        for source, target in (("RUS", "TUR"), ("TUR", "RUS"))
    ])  # fmt: skip
    found = estimate_voices(
        scored, headline=monthly_index(scored, method="means"), n_speakers=1, n_replicates=9
    )
    for text in (found.speakers_sentence, found.unilateral_sentence, found.weightings_sentence):
        assert "by half a degree or more" in text
        assert "0.0" not in text
        assert "by 0 degrees" not in text
    assert "tells nothing where a side has one statement a month" in found.speakers_sentence
    assert (
        "half a degree"
        not in estimate_voices(
            drawn(8), headline=monthly_index(drawn(8), method="means"), n_speakers=1, n_replicates=9
        ).sentence
    )


def test_no_unilateral_statement_is_no_crash():
    scored = drawn(8).assign(channel="phone_call")
    found = estimate_voices(
        scored, headline=monthly_index(scored, method="means"), n_speakers=1, n_replicates=9
    )
    assert found.table["unilateral"].isna().all()
    assert "give no index" in found.sentence
    json.dumps(found.to_dict(), allow_nan=False)


def test_names_are_escaped_where_they_are_shown():
    scored = drawn(9).replace({"speaker": {"RUS-a": "<i>A</i>"}})
    found = estimate_voices(
        scored, headline=monthly_index(scored, method="means"), n_speakers=2, n_replicates=9
    )
    assert "<i>" not in found._repr_html_()


def test_bad_arguments_are_refused():
    scored = drawn(1, n=40)
    with pytest.raises(BadArgumentError, match="n_speakers=-1"):
        estimate_voices(scored, n_speakers=-1)
    with pytest.raises(BadArgumentError, match="n_replicates=0"):
        estimate_voices(scored, n_replicates=0)
    other = monthly_index(scored, method="means")
    with pytest.raises(BadArgumentError, match="not of"):
        estimate_voices(scored, ("JPN", "KOR"), headline=other)

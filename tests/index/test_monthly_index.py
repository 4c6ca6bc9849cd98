from __future__ import annotations

import math
from datetime import date
from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente import wording
from detente.countries import Dyad
from detente.errors import BadArgumentError
from detente.events import no_events
from detente.index import BILATERAL, COLUMNS, is_thin, monthly_index, occasion_means
from detente.index.months import as_month
from detente.inference import (
    describe_interrupted,
    estimate_change,
    estimate_episodes,
    estimate_robustness,
    estimate_voices,
)
from reference.monthly import slow_months

DIRECTIONS = ("RUS>TUR", "TUR>RUS")


means = partial(monthly_index, method="means")


def frame(rows):
    """Build a scored frame from (date, source, speaker, channel, tone)."""
    other = {"RUS": "TUR", "TUR": "RUS"}
    return pd.DataFrame(
        {
            "date": pd.to_datetime([r[0] for r in rows]),
            "source": [r[1] for r in rows],
            "target": [other[r[1]] for r in rows],
            "speaker": [r[2] for r in rows],
            "channel": [r[3] for r in rows],
            "tone": np.array([r[4] for r in rows], dtype="float64"),
        }
    )


def value(result, month, direction, column="index"):
    rows = result.direction(direction)
    return rows.loc[rows["month"] == pd.Timestamp(month), column].iloc[0]


ROWS = [
    ("2015-10-05", "RUS", "A", "speech", 0.4),
    ("2015-10-05", "RUS", "A", "speech", 0.2),
    ("2015-10-09", "RUS", "B", "speech", 0.1),
    ("2015-12-01", "RUS", "A", "speech", -0.6),
    ("2015-12-01", "TUR", "C", "letter", -0.2),
    ("2015-12-07", "TUR", "C", "letter", 0.2),
]


@pytest.mark.parametrize("month", ["June", "2022-13", "05.06.2016", "2016", "2016-6", 2016])
def test_what_names_no_one_month_is_refused(month):
    with pytest.raises(BadArgumentError, match="names no month"):
        as_month(month, "month")


@pytest.mark.parametrize(
    "month",
    ["2016-06", " 2016-06 ", "2016-06-30", pd.Timestamp("2016-06-05 07:00"), date(2016, 6, 1)],
)
def test_a_month_or_a_day_of_it_is_taken(month):
    assert as_month(month, "month") == pd.Timestamp("2016-06-01")


def test_a_notebook_is_told_that_it_shows_the_last_twelve_months():
    told = "The table shows the last twelve months."
    assert told not in means(frame(ROWS))._repr_html_()
    long = means(frame(ROWS), until="2016-10")._repr_html_()
    assert told in long
    assert long.count("<tr>") == 12
    with wording.use_language("tr"):
        assert "son on iki" in means(frame(ROWS), until="2016-10")._repr_html_()


@pytest.mark.parametrize(
    "asked",
    [
        monthly_index,
        lambda scored: estimate_episodes(scored, no_events()),
        lambda scored: estimate_change(scored, "2015-11-24"),
        lambda scored: describe_interrupted(scored, no_events()),
        lambda scored: estimate_voices(scored),
        lambda scored: estimate_robustness(scored, None, models=["means"]),
    ],
)
def test_a_dyad_that_is_not_there_is_named_beside_those_that_are(asked):
    scored = frame(ROWS).assign(source="PHL", target="USA")
    with pytest.raises(BadArgumentError, match="No dated statement of RUS>TUR or TUR>RUS") as told:
        asked(scored)
    assert "The statements are of PHL-USA: name that dyad." in told.value.remedy
    two = pd.concat([scored, scored.assign(target="CHN"), scored.assign(target="CHN")])
    with pytest.raises(BadArgumentError, match="No dated statement") as told:
        asked(two)
    assert "of CHN-PHL, PHL-USA: name one of them" in told.value.remedy


def test_table_has_every_month_and_direction_in_the_published_columns():
    result = means(frame(ROWS))
    assert tuple(result.table.columns) == COLUMNS
    assert len(result.table) == 3 * 3
    assert set(result.table["direction"]) == {*DIRECTIONS, BILATERAL}
    assert list(result.months.strftime("%Y-%m")) == ["2015-10", "2015-11", "2015-12"]


def test_an_occasion_counts_once_and_weights_none_counts_statements():
    by_occasion = means(frame(ROWS))
    by_statement = means(frame(ROWS), weights="none")
    assert value(by_occasion, "2015-10", "RUS>TUR") == pytest.approx(20)
    assert value(by_statement, "2015-10", "RUS>TUR") == pytest.approx(70 / 3)
    assert value(by_occasion, "2015-10", "RUS>TUR", "n_eff") == pytest.approx(2)
    assert value(by_statement, "2015-10", "RUS>TUR", "n_eff") == pytest.approx(9 / 5)
    assert value(by_occasion, "2015-10", "RUS>TUR", "n_statements") == 3
    assert value(by_occasion, "2015-10", "RUS>TUR", "n_occasions") == 2
    assert value(by_occasion, "2015-10", "RUS>TUR", "n_speakers") == 2


def test_a_silent_month_is_missing_and_never_zero():
    table = means(frame(ROWS)).table
    silent = table[table["month"] == pd.Timestamp("2015-11-01")]
    assert len(silent) == 3
    assert silent[["index", "lower", "upper", "raw", "se"]].isna().all(axis=None)
    assert (silent[["n_statements", "n_occasions", "n_speakers", "n_eff"]] == 0).all(axis=None)


def test_bilateral_needs_both_sides():
    result = means(frame(ROWS))
    assert math.isnan(value(result, "2015-10", BILATERAL))
    assert value(result, "2015-10", BILATERAL, "n_statements") == 3
    assert value(result, "2015-10", BILATERAL, "n_eff") == 0
    assert value(result, "2015-12", BILATERAL) == pytest.approx(-30)


def test_a_single_occasion_has_an_interval_wider_than_a_full_month():
    rows = [(f"2020-01-{d:02d}", "RUS", "A", "x", 0.1 * (d % 5)) for d in range(1, 21)]
    rows.append(("2020-02-03", "RUS", "A", "x", 0.3))
    rows.append(("2020-02-03", "TUR", "B", "x", 0.3))
    result = means(frame(rows))
    width = result.table["upper"] - result.table["lower"]
    known = result.table["index"].notna()
    assert (width[known] > 0).all()
    lone = value(result, "2020-02", "RUS>TUR", "upper") - value(
        result, "2020-02", "RUS>TUR", "lower"
    )
    full = value(result, "2020-01", "RUS>TUR", "upper") - value(
        result, "2020-01", "RUS>TUR", "lower"
    )
    assert lone == pytest.approx(full * math.sqrt(20), rel=1e-9)


@pytest.mark.parametrize(
    "rows",
    [
        [("2020-01-01", "RUS", "A", "x", 0.3)],
        [("2020-01-01", "RUS", "A", "x", 0.3), ("2020-01-02", "RUS", "B", "x", 0.3)],
        [("2020-01-01", "RUS", "A", "x", 0.3), ("2020-02-02", "TUR", "B", "x", 0.1)],
    ],
    ids=["one statement", "no disagreement", "one occasion a month"],
)
def test_an_unknown_spread_gives_the_whole_scale_not_a_narrow_interval(rows):
    result = means(frame(rows))
    known = result.table[result.table["index"].notna()]
    assert (known["lower"] == -100).all()
    assert (known["upper"] == 100).all()
    assert result.ranked("RUS>TUR").empty
    assert "whole scale" in " ".join(result.assumptions)
    assert result.to_dict()["parameters"]["spread"] is None


def test_statements_without_tone_are_counted_and_left_out():
    rows = [*ROWS, ("2015-10-20", "RUS", "D", "x", np.nan), ("2015-11-20", "RUS", "D", "x", np.nan)]
    result = means(frame(rows))
    assert result.n_unscored == 2
    assert result.n_statements == 6
    assert value(result, "2015-10", "RUS>TUR") == pytest.approx(20)
    assert math.isnan(value(result, "2015-11", "RUS>TUR"))
    assert value(result, "2015-11", "RUS>TUR", "n_unscored") == 1


def test_period_adds_empty_months_and_leaves_out_what_lies_outside():
    result = means(frame(ROWS), since="2015-11", until="2016-02")
    assert list(result.months.strftime("%Y-%m")) == ["2015-11", "2015-12", "2016-01", "2016-02"]
    assert result.n_statements == 3


def test_rows_of_other_dyads_are_passed_over_and_order_of_the_dyad_only_orders():
    rows = frame(ROWS)
    foreign = rows.assign(target="USA")
    both = means(pd.concat([rows, foreign], ignore_index=True))
    pd.testing.assert_frame_equal(both.table, means(rows).table)
    turned = means(rows, ("TUR", "RUS"))
    pd.testing.assert_frame_equal(turned.direction(BILATERAL), means(rows).direction(BILATERAL))


def test_callers_frame_is_not_changed():
    rows = frame(ROWS)
    before = rows.copy(deep=True)
    means(rows)
    pd.testing.assert_frame_equal(rows, before)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"weights": "occasions"}, "Did you mean 'occasion'"),
        ({"confidence": 95}, "confidence=95"),
        ({"dyad": ("DEU", "FRA")}, "No dated statement of DEU>FRA"),
        ({"since": "2016-01", "until": "2015-01"}, "ends .2015-01. before it starts"),
        ({"since": "soon"}, "since='soon'"),
    ],
)
def test_a_bad_argument_is_named(change, message):
    arguments = {"dyad": ("RUS", "TUR"), **change}
    with pytest.raises(BadArgumentError, match=message):
        means(frame(ROWS), **arguments)


def test_bad_frames_are_named():
    rows = frame(ROWS)
    with pytest.raises(BadArgumentError, match="score_statements"):
        means(rows.drop(columns="tone"))
    with pytest.raises(BadArgumentError, match="not dates"):
        means(rows.assign(date="2015-10-05"))
    with pytest.raises(BadArgumentError, match=r"tone of 1\.5"):
        means(rows.assign(tone=1.5))
    with pytest.raises(BadArgumentError, match="holds str, not numbers"):
        means(rows.assign(tone="0.5"))
    with pytest.raises(BadArgumentError, match="1 statement of 6 without a date"):
        means(rows.assign(date=rows["date"].where(rows.index > 0)))
    with pytest.raises(BadArgumentError, match="Unknown direction"):
        means(rows).direction("bilatral")


def test_result_shows_itself_in_a_notebook():
    html = means(frame(ROWS))._repr_html_()
    assert "RUS-TUR: Relations index by month, degrees" in html
    assert "2015-12-01" in html
    assert "nan" not in html.lower().replace("&nan", "")
    assert "\N{MINUS SIGN}30.0" in html


def test_missing_channel_column_is_one_channel():
    with_one = means(frame(ROWS).assign(channel="x"))
    without = means(frame(ROWS).drop(columns="channel"))
    pd.testing.assert_frame_equal(with_one.table, without.table)


def test_sentence_names_only_months_that_may_be_ranked():
    rows = []
    for month, tone in (("2020-01", -0.5), ("2020-02", 0.5)):
        for day in range(1, 29):
            jitter = 0.1 if day % 2 else -0.1
            rows.append((f"{month}-{day:02d}", "RUS", "A", "x", tone + jitter))
            rows.append((f"{month}-{day:02d}", "TUR", "B", "x", tone - jitter))
    rows.append(("2020-03-01", "RUS", "A", "x", -1.0))
    rows.append(("2020-03-01", "TUR", "B", "x", -1.0))
    result = means(frame(rows))
    assert is_thin(result.direction(BILATERAL)).tolist() == [False, False, True]
    assert "lowest mean is January 2020 at −50 degrees" in result.sentence
    assert "highest February 2020 at +50 degrees" in result.sentence
    assert "March" not in result.sentence.split("Of the")[1]


def test_sentence_names_no_extreme_where_most_months_are_thin():
    rows = [
        (f"2020-{month:02d}-{day:02d}", side, side, "x", 0.1 * (day % 7) - 0.3)
        for month in range(1, 8)
        for day in range(1, 29 if month < 3 else 2)
        for side in ("RUS", "TUR")
    ]
    result = means(frame(rows))
    assert len(result.ranked()) == 2
    assert result.sentence.endswith(
        "We cannot tell which months were coldest or warmest: "
        "2 of 7 months rest on enough statements."
    )


def test_sentence_of_a_single_month_tells_it_and_no_extremes():
    rows = [
        (f"2020-01-{day:02d}", side, side, "x", 0.2 + (0.1 if day % 2 else -0.1))
        for day in range(1, 29)
        for side in ("RUS", "TUR")
    ]
    told = means(frame(rows)).sentence
    assert "1 of 1 month (56 statements). January 2020 at +20 degrees (95%" in told
    assert not any(word in told for word in ("lowest", "highest", "coldest", "rest on"))


def test_shared_days_widen_the_bilateral_interval():
    together, apart = [], []
    for day in range(1, 27, 2):
        tone = 0.4 if day % 4 == 1 else -0.4
        together += [(f"2020-01-{day:02d}", s, s, "x", tone) for s in ("RUS", "TUR")]
        apart.append((f"2020-01-{day:02d}", "RUS", "RUS", "x", tone))
        apart.append((f"2020-01-{day + 1:02d}", "TUR", "TUR", "x", tone))
    joint, separate = means(frame(together)), means(frame(apart))
    assert value(joint, "2020-01", BILATERAL) == pytest.approx(
        value(separate, "2020-01", BILATERAL)
    )
    assert separate.shared_day_covariance == 0
    assert value(joint, "2020-01", BILATERAL, "se") > 1.2 * value(
        separate, "2020-01", BILATERAL, "se"
    )


statements = st.lists(
    st.tuples(
        st.sampled_from(["2019-12-30", "2020-01-02", "2020-01-20", "2020-03-03", "2020-03-04"]),
        st.sampled_from(["RUS", "TUR"]),
        st.sampled_from(["A", "B"]),
        st.sampled_from(["x", "y"]),
        st.one_of(st.none(), st.integers(-20, 20).map(lambda k: k / 20)),
    ),
    min_size=1,
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(rows=statements, weights=st.sampled_from(["occasion", "none"]))
def test_equals_the_slow_twin(rows, weights):
    scored = frame([(*r[:4], np.nan if r[4] is None else r[4]) for r in rows])
    result = means(scored, weights=weights)
    plain = [
        dict(zip(("date", "source", "speaker", "channel", "tone"), r, strict=True))
        | {"target": "TUR" if r[1] == "RUS" else "RUS"}
        for r in rows
    ]
    expected, spread = slow_months(plain, DIRECTIONS, weights)
    if math.isinf(result.spread):
        assert math.isinf(spread) or spread < 1e-4
    else:
        assert result.spread == pytest.approx(spread, abs=1e-9)
    known = result.table[result.table["index"].notna()]
    assert {
        (d, f"{m:%Y-%m}") for d, m in zip(known["direction"], known["month"], strict=True)
    } == set(expected)
    for row in known.rename(columns={"index": "value"}).itertuples():
        mean, se, n_eff = expected[row.direction, f"{row.month:%Y-%m}"]
        assert row.value == pytest.approx(mean, abs=1e-9)
        assert row.n_eff == pytest.approx(n_eff)
        if math.isfinite(result.spread):
            assert row.se == pytest.approx(se, abs=1e-9)
    assert ((known["lower"] >= -100) & (known["upper"] <= 100)).all()
    assert ((known["lower"] <= known["index"]) & (known["index"] <= known["upper"])).all()


def test_intervals_cover_at_their_rate():
    # 600 months of two sides with a known truth: the share of intervals that hold it.
    rng = np.random.default_rng(20151124)
    hits = []
    for _ in range(20):
        rows = []
        truth = {}
        for month in pd.period_range("2020-01", periods=30, freq="M"):
            for side in ("RUS", "TUR"):
                truth[side, month] = rng.uniform(-0.3, 0.3)
                for day in rng.choice(np.arange(1, 29), size=rng.integers(1, 6), replace=False):
                    tone = np.clip(truth[side, month] + rng.normal(0, 0.2), -1, 1)
                    rows.append((f"{month}-{day:02d}", side, "A", "x", tone))
        result = means(frame(rows))
        for side, direction in zip(("RUS", "TUR"), DIRECTIONS, strict=True):
            table = result.direction(direction)
            for row in table.itertuples():
                true = 100 * truth[side, row.month.to_period("M")]
                hits.append(row.lower <= true <= row.upper)
    assert 0.93 < np.mean(hits) < 0.97


def test_bilateral_intervals_cover_where_days_move_both_sides():
    rng = np.random.default_rng(24)
    hits = []
    for _ in range(12):
        rows, truth = [], {}
        for month in pd.period_range("2020-01", periods=40, freq="M"):
            level = rng.uniform(-0.2, 0.2)
            truth[month] = level
            for day in rng.choice(np.arange(1, 29), size=rng.integers(2, 5), replace=False):
                shared = rng.normal(0, 0.2)
                for side in ("RUS", "TUR"):
                    tone = np.clip(level + shared + rng.normal(0, 0.1), -1, 1)
                    rows.append((f"{month}-{day:02d}", side, side, "x", tone))
        table = means(frame(rows)).direction(BILATERAL)
        for row in table.itertuples():
            hits.append(row.lower <= 100 * truth[row.month.to_period("M")] <= row.upper)
    assert 0.93 < np.mean(hits) < 0.97


def test_months_are_counted_by_what_they_rest_on():
    unscored = ("2015-11-20", "RUS", "D", "x", np.nan)
    coverage = means(frame([*ROWS, unscored]), until="2016-02").coverage
    assert coverage.n_months == 5
    assert coverage.n_both == 1
    assert coverage.n_one_side == 1
    assert coverage.n_unscored_only == 1
    assert coverage.n_empty == 2


def test_a_time_with_a_zone_counts_on_its_own_day():
    rows = frame(ROWS)
    late = rows.assign(date=(rows["date"] + pd.Timedelta(hours=23)).dt.tz_localize("Asia/Tokyo"))
    pd.testing.assert_frame_equal(means(late).table, means(rows).table)


def test_occasions_are_speaker_day_channel():
    occasions = occasion_means(frame(ROWS), Dyad("RUS", "TUR"))
    assert len(occasions) == 5
    assert occasions["n_statements"].sum() == 6


def test_a_silent_period_has_no_index():
    silent = means(frame(ROWS).assign(tone=np.nan))
    assert silent.sentence.endswith("No month has an index.")
    one_sided = means(frame(ROWS[:3]))
    assert one_sided.sentence.endswith("No month has an index of both sides together.")

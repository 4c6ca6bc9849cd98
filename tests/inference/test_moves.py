"""What moved a month adds up, whatever the month, and says what a hand would find."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from detente.errors import BadArgumentError
from detente.index import BILATERAL, monthly_index
from detente.index.shares import statement_shares
from detente.inference.moves import largest_moves, why
from detente.inference.shift import shift_share

WEIGHTS = ("occasion", "office", "day", "none")


def remarks(rows, **columns):
    frame = pd.DataFrame(rows, columns=["date", "source", "speaker", "tone", "topic", "channel"])
    frame["date"] = pd.to_datetime(frame["date"])
    frame["target"] = frame["source"].map({"RUS": "TUR", "TUR": "RUS"})
    return frame.assign(**columns)


def tiny():
    return remarks(
        [
            ("2015-10-05", "RUS", "A", 0.5, "trade", "speech"),
            ("2015-10-09", "RUS", "B", 0.1, "syria", "speech"),
            ("2015-10-09", "TUR", "C", 0.2, "syria", "speech"),
            ("2015-12-02", "RUS", "A", -0.6, "syria", "speech"),
            ("2015-12-02", "RUS", "A", -0.2, "syria", "speech"),
            ("2015-12-04", "TUR", "C", -0.4, "syria", "phone_call"),
        ]
    )


def drawn(seed, n=60, months=8):
    rng = np.random.default_rng(seed)
    day = pd.Timestamp("2015-01-01") + pd.to_timedelta(rng.integers(0, 30 * months, n), "D")
    tone = np.where(rng.random(n) < 0.1, np.nan, rng.uniform(-1, 1, n))
    return pd.DataFrame(
        {
            "date": day,
            "source": rng.choice(["RUS", "TUR"], n),
            "speaker": rng.choice(["A", "B", "C"], n),
            "level": rng.choice(["minister", "ministry", None], n),
            "channel": rng.choice(["speech", "meeting"], n),
            "topic": rng.choice(["syria", "trade", "nato", None], n),
            "tone": tone,
        }
    ).assign(target=lambda x: x["source"].map({"RUS": "TUR", "TUR": "RUS"}))


def test_a_tiny_month_by_hand():
    result = monthly_index(tiny(), method="means")
    found = why(result, "2015-12")
    # Russia 30 -> -40, Turkey 20 -> -40: both sides 25 -> -40.
    assert (found.raw_before, found.raw, found.change) == pytest.approx((25, -40, -65))
    assert f"{found.base_month:%Y-%m}" == "2015-10"
    topics = found.table[found.table["grouping"] == "topic"].set_index(["direction", "group"])
    # Trade is gone: its mean 50 stands in, so only composition moves: -.5 (50 - 30) / 2.
    trade = topics.loc[("RUS>TUR", "trade")]
    assert trade["composition"] == pytest.approx(-5)
    assert trade["tone_change"] == pytest.approx(0)
    # Syria, Russia: (1 - .5) ((-40 + 10) / 2 - 30) / 2 and (-40 - 10) (1 + .5) / 2 / 2.
    syria = topics.loc[("RUS>TUR", "syria")]
    assert syria["composition"] == pytest.approx(-11.25)
    assert syria["tone_change"] == pytest.approx(-18.75)
    assert topics.loc[("TUR>RUS", "syria"), "tone_change"] == pytest.approx(-30)
    assert dict(found.largest("speaker")) == pytest.approx({"A": -40, "C": -30, "B": 5})


def test_the_sentence_tells_the_same_numbers():
    found = why(monthly_index(tiny(), method="means"), "2015-12")
    assert found.sentence == (
        "December 2015, both sides together: the raw index fell by 65 degrees (95% confidence "
        "interval of the change −200 to +200) from October 2015, from +25 to −40 degrees; the "
        "change cannot be told from the scatter of statements. Of that, −16 comes with other "
        "topics and −49 with another tone on the same ones; by channel −30 and −35. Where the "
        "change cannot be told, its parts cannot either. The largest contributions by speaker: "
        "A −40, C −30 and B +5."
    )


@pytest.mark.parametrize("direction", ["RUS>TUR", BILATERAL])
@pytest.mark.parametrize("base", ["previous", "long_run"])
def test_the_interval_of_means_is_that_of_their_standard_errors(direction, base):
    result = monthly_index(drawn(3), method="means")
    rows = result.direction(direction).dropna(subset=["raw"]).reset_index(drop=True)
    at = 4
    found = why(result, rows.loc[at, "month"], direction=direction, base=base)
    variance = 0.0
    for i, se in enumerate(rows["se"]):
        before = 1 / len(rows) if base == "long_run" else float(i == at - 1)
        variance += (float(i == at) - before) ** 2 * se**2
    half = stats.t.ppf(0.975, result.df) * variance**0.5
    assert found.lower == pytest.approx(found.change - half)
    assert found.upper == pytest.approx(found.change + half)


def test_no_interval_is_claimed_where_the_scatter_is_not_known():
    rows = [(f"2015-{m:02}-05", s, "A", m / 20, "", "") for m in (1, 2) for s in ("RUS", "TUR")]
    result = monthly_index(remarks(rows), method="means")
    found = why(result, "2015-02")
    assert not found.has_interval
    assert "interval of the change" not in found.sentence
    assert not any("The interval covers" in text for text in found.assumptions)
    moves = largest_moves(result, min_occasions=1)
    assert "whether they exceed the scatter of statements cannot be told" in moves.sentence
    assert "0 of 1" not in moves.sentence


def test_the_remedy_names_the_side_that_spoke():
    result = monthly_index(tiny().drop(index=[2]), method="means")
    with pytest.raises(BadArgumentError, match=r"one side alone: direction='RUS>TUR'\."):
        why(result, "2015-10")
    with pytest.raises(BadArgumentError, match=r"long_run.*one side alone: direction='RUS>TUR'\."):
        why(result, "2015-12")


@settings(max_examples=12)
@given(st.integers(0, 10_000), st.sampled_from(WEIGHTS), st.sampled_from(["previous", "long_run"]))
def test_contributions_add_up_to_the_change_of_the_table(seed, weights, base):
    scored = drawn(seed)
    result = monthly_index(scored, method="means", weights=weights)
    for direction in (*result.dyad.directions, BILATERAL):
        raw = result.direction(direction).set_index("month")["raw"].dropna()
        for month in raw.index[1:3]:
            found = why(result, month, direction=direction, base=base)
            before = raw[raw.index < month].iloc[-1] if base == "previous" else raw.mean()
            assert found.change == pytest.approx(raw[month] - before, abs=1e-9)
            assert found.statements["contribution"].sum() == pytest.approx(found.change, abs=1e-9)
            totals = found.totals
            assert set(totals["grouping"]) == {"topic", "channel", "level", "speaker"}
            np.testing.assert_allclose(totals["change"], found.change, atol=1e-9)
            np.testing.assert_allclose(
                totals["composition"] + totals["tone_change"], found.change, atol=1e-9
            )
            if base == "previous":
                said = found.statements.fillna({"topic": "not stated"})
                mine = said.groupby(["direction", "topic"])["contribution"].sum()
                table = found.table[found.table["grouping"] == "topic"]
                theirs = table.set_index(["direction", "group"])["contribution"]
                assert mine.sort_index().to_dict() == pytest.approx(theirs.to_dict(), abs=1e-9)


@settings(max_examples=20)
@given(st.integers(0, 10_000), st.sampled_from(WEIGHTS))
def test_shares_make_the_raw_mean(seed, weights):
    scored = drawn(seed)
    result = monthly_index(scored, method="means", weights=weights)
    rows = result.statements
    assert rows is not None
    assert len(rows) == scored["tone"].notna().sum()
    by = [rows["direction"], rows["month"]]
    np.testing.assert_allclose(rows["share"].groupby(by).sum(), 1)
    raw = result.table.set_index(["direction", "month"])["raw"].dropna()
    made = (rows["share"] * rows["tone"] * 100).groupby(by).sum()
    np.testing.assert_allclose(made.sort_index(), raw.drop(BILATERAL).sort_index(), atol=1e-9)


def test_the_split_by_loops():
    rng = np.random.default_rng(3)
    names = list("abcd")
    later = pd.DataFrame({"share": [0.2, 0.5, 0.3], "mean": rng.normal(0, 30, 3)}, names[:3])
    earlier = pd.DataFrame({"share": [0.6, 0.4], "mean": rng.normal(0, 30, 2)}, names[2:])
    usual = pd.Series(rng.normal(0, 30, 4), names)
    split = shift_share(later, earlier, usual, 12.0)
    total = 0.0
    for name in names:
        s1, m1 = later.loc[name] if name in later.index else (0.0, usual[name])
        s0, m0 = earlier.loc[name] if name in earlier.index else (0.0, usual[name])
        assert split.loc[name, "tone_change"] == pytest.approx((m1 - m0) * (s1 + s0) / 2)
        contribution = s1 * (m1 - 12) - s0 * (m0 - 12)
        assert split.loc[name, "contribution"] == pytest.approx(contribution)
        total += contribution
    change = (later["share"] * later["mean"]).sum() - (earlier["share"] * earlier["mean"]).sum()
    assert total == pytest.approx(change)


def test_same_mix_is_all_tone_and_same_tone_is_all_composition():
    cells = pd.DataFrame({"share": [0.5, 0.5], "mean": [-20.0, 40.0]}, ["syria", "trade"])
    colder = cells.assign(mean=cells["mean"] - 10)
    split = shift_share(colder, cells, cells["mean"], 10.0)
    assert split["composition"].abs().max() == pytest.approx(0)
    mixed = cells.assign(share=[0.9, 0.1])
    split = shift_share(mixed, cells, cells["mean"], 10.0)
    assert split["tone_change"].abs().max() == pytest.approx(0)
    assert split["composition"].sum() == pytest.approx(-24)


def test_the_interval_by_dense_algebra():
    scored = pd.concat([drawn(1, 200, 20), drawn(2, 200, 20)], ignore_index=True)
    result = monthly_index(scored)
    found = why(result, "2015-06")
    rows = result.statements
    assert rows is not None
    assert result.noise is not None
    sign = np.select(
        [rows["month"] == found.month, rows["month"] == found.base_month], [1.0, -1.0], 0.0
    )
    a = sign * rows["share"].to_numpy() / 2
    day = rows["date"].to_numpy()
    covariance = result.noise.statement * np.eye(len(a)) + result.noise.day * np.equal.outer(
        day, day
    )
    half = 1.959963984540054 * np.sqrt(a @ covariance @ a)
    assert (found.lower, found.upper) == pytest.approx((found.change - half, found.change + half))


def test_statements_carry_what_a_reader_needs_and_the_frame_stays():
    scored = tiny().assign(id=list("uvwxyz"), text="Said <b>so</b>.", extra=1)
    before = scored.copy()
    found = why(monthly_index(scored, method="means"), "2015-12")
    pd.testing.assert_frame_equal(scored, before)
    assert set(found.statements.columns) == {
        *("month", "direction", "id", "date", "speaker", "channel", "topic", "tone", "text"),
        *("share", "contribution"),
    }
    assert "<b>" not in found._repr_html_()
    assert json.loads(json.dumps(found.to_dict()))["change"] == pytest.approx(-65)


def test_a_frame_by_hand_serves_an_index_without_statements():
    from dataclasses import replace

    scored = tiny()
    bare = replace(monthly_index(scored, method="means"), statements=None)
    assert why(bare, "2015-12", scored=scored).change == pytest.approx(-65)
    with pytest.raises(BadArgumentError, match="does not hold its statements"):
        why(bare, "2015-12")
    with pytest.raises(BadArgumentError, match="not those of the index"):
        why(bare, "2015-12", scored=scored.iloc[1:])


@pytest.mark.parametrize(
    ("month", "options", "match"),
    [
        ("2015-11", {}, "no raw value.*nearest month with one is 2015-1"),
        ("2015-10", {}, "first observed month.*long_run"),
        ("2015-12", {"base": "longrun"}, "long_run"),
        ("2015-12", {"direction": "USA>TUR"}, "Unknown direction"),
        ("soon", {}, "names no month"),
    ],
)
def test_what_cannot_be_answered_is_refused(month, options, match):
    result = monthly_index(tiny(), method="means")
    with pytest.raises(BadArgumentError, match=match):
        why(result, month, **options)


def test_the_largest_moves_pass_over_thin_months():
    thin = remarks([("2016-01-05", "RUS", "A", 1.0, "trade", "speech")])
    thin = pd.concat([thin, thin.assign(source="TUR", target="RUS")], ignore_index=True)
    rows = []
    for month, tone in (("2015-11", 0.5), ("2015-12", -0.3), ("2016-02", 0.9), ("2016-03", 0.8)):
        for day in ("03", "09"):
            for source in ("RUS", "TUR"):
                rows.append((f"{month}-{day}", source, "A", tone, "trade", "speech"))
    result = monthly_index(pd.concat([remarks(rows), thin], ignore_index=True), method="means")
    found = largest_moves(result)
    assert [f"{move.month:%Y-%m}" for move in found.moves] == ["2015-12", "2016-03"]
    assert found.table["change"].tolist() == pytest.approx([-80, -10])
    assert found.n_compared == 2
    all_moves = largest_moves(result, 1, min_occasions=1)
    assert f"{all_moves.table['month'].iloc[0]:%Y-%m}" == "2016-01"
    json.dumps(found.to_dict())
    with pytest.raises(BadArgumentError, match="n=0"):
        largest_moves(result, 0)


def test_nothing_to_compare_is_said():
    found = largest_moves(monthly_index(tiny(), method="means"), min_occasions=9)
    assert found.sentence.startswith("No two neighbouring observed months")
    assert found.table.empty
    found._repr_html_()


def test_the_order_of_rows_moves_nothing():
    scored = drawn(7)
    one = why(monthly_index(scored, method="means"), "2015-05")
    two = why(monthly_index(scored.sample(frac=1, random_state=1), method="means"), "2015-05")
    assert one.sentence == two.sentence
    pd.testing.assert_frame_equal(one.table, two.table)


def test_unknown_weights_are_refused():
    with pytest.raises(BadArgumentError, match="occasion"):
        statement_shares(tiny(), ("RUS", "TUR"), "weekly")

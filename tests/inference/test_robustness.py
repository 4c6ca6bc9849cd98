"""Every reasonable choice, counted and compared."""

from __future__ import annotations

import json
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from statsmodels.api import OLS

from detente.errors import BadArgumentError
from detente.index import mean_level, monthly_index
from detente.inference.robustness import estimate_robustness
from detente.inference.specifications import RowChoices, Specification, list_specifications
from detente.inference.windows import window_contrast, window_level

CRISIS = {"crisis": ("2015-11", "2016-06")}


def drawn(seed=0, n=500, months=48, drop=0.6):
    rng = np.random.default_rng(seed)
    day = pd.Timestamp("2014-01-01") + pd.to_timedelta(rng.integers(0, 30 * months, n), "D")
    source = rng.choice(["RUS", "TUR"], n)
    is_cold = (day >= "2015-11-01") & (day < "2016-07-01")
    return pd.DataFrame(
        {
            "date": day,
            "source": source,
            "target": np.where(source == "RUS", "TUR", "RUS"),
            "speaker": rng.choice(["A", "B", "C"], n, p=[0.5, 0.3, 0.2]),
            "channel": rng.choice(["speech", "phone_call"], n),
            "dating": rng.choice(["stated", "inferred"], n),
            "wave": rng.choice([1, 2], n),
            "tone": np.clip(0.3 - drop * is_cold + rng.normal(0, 0.2, n), -1, 1),
        }
    )


def events():
    return pd.DataFrame(
        {
            "date": pd.to_datetime(["2015-11-24", "2016-06-27", "2016-01-01"]),
            "end_date": pd.NaT,
            "label": ["Jet", "Letter", "Other"],
            "kind": "act",
            "expected": "cooling",
            "headline": [True, True, False],
            "episode": ["jet", "letter", ""],
        }
    )


def light(scored, events, dyad, *, confidence, n_placebo):
    """Stand in for the episode model: means before and after, no more."""
    assert n_placebo == 0
    rows = []
    for name, day in (("jet", "2015-11-24"), ("letter", "2016-06-27")):
        after = scored["date"] >= day
        change = 100 * (scored["tone"][after].mean() - scored["tone"][~after].mean())
        rows.append(
            {
                "episode": name,
                "direction": "bilateral",
                "level_change": change,
                "lower": change - 5,
                "upper": change + 5,
                "n_before": int((~after).sum()),
                "n_after": int(after.sum()),
                "reason": "",
            }
        )
    return SimpleNamespace(table=pd.DataFrame(rows))


def test_one_choice_at_a_time_and_all_of_them():
    choices = (["a", "b"], [], ["all", "x"], ["occasion", "day"], ["mean_reverting", "means"])
    one = list_specifications(*choices, cross="one")
    assert len(one) == 1 + 1 + 1 + 1 + 1
    assert len(list_specifications(*choices, cross="full")) == 16
    cheap = list_specifications(*choices, cross="cheap")
    assert len(cheap) == 8 + 4
    assert len(set(cheap)) == len(cheap)
    assert cheap[0] == Specification("a", False, "all", "occasion", "mean_reverting")
    corrected = list_specifications(["a", "b"], ["a"], ["all"], cross="full")
    assert sorted((s.scorer, s.corrected) for s in corrected) == [
        ("a", False),
        ("a", True),
        ("b", False),
    ]
    headline = list_specifications(["a", "b"], ["a"], ["all"], headline_corrected=True)
    assert headline[0].corrected
    assert {s.scorer for s in headline} == {"a", "b"}


def test_each_choice_of_rows_leaves_out_what_it_says():
    scored = drawn()
    from detente.countries import Dyad

    choices = RowChoices(scored, Dyad("RUS", "TUR"), events())
    assert choices.top_speaker == "A"
    kept = {name: choices.keep(scored, name) for name in choices.names}
    assert len(kept["all"]) == len(scored)
    assert set(kept["stated_dates"]["dating"]) == {"stated"}
    assert set(kept["first_search"]["wave"]) == {1}
    assert set(kept["no_phone_calls"]["channel"]) == {"speech"}
    assert set(kept["no_top_speaker"]["speaker"]) == {"B", "C"}
    first = [
        any(0 <= (day - start).days <= 3 for start in pd.to_datetime(["2015-11-24", "2016-06-27"]))
        for day in scored["date"]
    ]
    assert len(kept["no_first_days"]) == len(scored) - sum(first)
    bare = scored[["date", "source", "target", "speaker", "tone"]]
    few = RowChoices(bare, Dyad("RUS", "TUR"), None)
    assert few.names == ("all", "no_top_speaker")
    assert set(few.without_difference) == {
        "stated_dates",
        "first_search",
        "no_phone_calls",
        "no_first_days",
    }


def test_a_window_of_means_as_least_squares_with_newey_west():
    index = monthly_index(drawn(1), method="means")
    rows = index.direction("bilateral").dropna(subset="index")
    first, last = pd.Timestamp("2015-11-01"), pd.Timestamp("2016-06-01")
    inside = rows["month"].between(first, last).astype(float)
    lags = int(np.ceil(4 * (len(rows) / 100) ** (2 / 9)))
    fit = OLS(rows["index"].to_numpy(), np.column_stack([inside, np.ones(len(rows))])).fit(
        cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True}
    )
    estimate, lower, upper, n = window_contrast(index, "bilateral", first, last)
    assert estimate == pytest.approx(fit.params[0])
    assert (upper - lower) / 2 == pytest.approx(1.959963984540054 * fit.bse[0])
    assert n == 8
    level = window_level(index, "bilateral", first, last)
    assert level[0] == pytest.approx(rows["index"][inside > 0].mean())


def test_a_window_of_a_state_space_index_is_its_mean_level():
    index = monthly_index(drawn(1))
    first, last = pd.Timestamp("2015-11-01"), pd.Timestamp("2016-06-01")
    theirs = mean_level(index, "bilateral", since=first, until=last)
    mine = window_level(index, "bilateral", first, last)
    assert mine[:3] == pytest.approx((theirs.mean, theirs.lower, theirs.upper))
    weight = index.direction()["month"].between(first, last).to_numpy()
    smoothed = index.direction()["index"].to_numpy()
    contrast = window_contrast(index, "bilateral", first, last)
    assert contrast[0] == pytest.approx(smoothed[weight].mean() - smoothed[~weight].mean())


def test_a_window_without_months_has_no_number():
    index = monthly_index(drawn(1), method="means")
    far = (pd.Timestamp("1990-01-01"), pd.Timestamp("1990-05-01"))
    assert np.isnan(window_level(index, "bilateral", *far)[0])
    assert np.isnan(window_contrast(index, "bilateral", *far)[0])


def test_a_clear_crisis_holds_everywhere():
    scored = drawn()
    before = scored.copy()
    found = estimate_robustness(
        {"a": scored, "b": scored.assign(tone=scored["tone"] / 2)},
        events(),
        windows=CRISIS,
        models=["means"],
        episodes=light,
    )
    pd.testing.assert_frame_equal(scored, before)
    contrast = found.summary.set_index("quantity").loc["contrast"]
    # 2 scorers x 6 choices of rows x 4 weights, the headline not counted.
    assert contrast["n_specifications"] == 47
    assert contrast["share_agree"] == 1
    assert contrast["share_excludes_zero"] == 1
    assert contrast["largest"] < -15
    head = found.table[found.table["is_headline"]].set_index(["quantity", "name"])
    assert head.loc[("correlation", ""), "estimate"] == pytest.approx(1)
    assert head.loc[("change", "jet"), "estimate"] == pytest.approx(
        light(scored, None, None, confidence=0.95, n_placebo=0).table["level_change"][0]
    )
    changes = found.table[found.table["quantity"] == "change"]
    assert set(changes["weights"]) == {""}
    # One at a time: the headline, another scorer, five choices of rows; two episodes.
    assert len(changes) == 2 * 7
    assert found.sentence.endswith("No fit failed.")
    json.dumps(found.to_dict(), allow_nan=False)
    found._repr_html_()


def test_shares_are_counted_as_by_hand():
    values = {"a": (-20, -30, -10), "b": (-5, -15, 5), "c": (8, 2, 14), "d": (np.nan,) * 3}

    def planted(scored, events, dyad, **options):
        estimate, lower, upper = values[scored["name"].iloc[0]]
        row = {"episode": "jet", "direction": "bilateral", "n_before": 3, "n_after": 4}
        ends = {"level_change": estimate, "lower": lower, "upper": upper, "reason": "few"}
        return SimpleNamespace(table=pd.DataFrame([row | ends]))

    frames = {name: drawn(n=60).assign(name=name, wave=1, dating="stated") for name in values}
    frames = {name: frame.assign(channel="speech") for name, frame in frames.items()}
    found = estimate_robustness(
        frames, events().iloc[:0], models=["means"], weights=["occasion"], episodes=planted
    )
    row = found.summary.set_index("quantity").loc["change"]
    # b, c and d are other scorers; without the top speaker a says the same again.
    assert row["n_specifications"] == 4
    assert row["n_estimated"] == 3
    assert row["n_failed"] == 0
    assert row["share_agree"] == pytest.approx(2 / 3)
    # c is beyond zero on the other side, which does not speak for the headline.
    assert row["share_excludes_zero"] == pytest.approx(1 / 3)
    assert "in part of them only: jet (67%)" in found.sentence
    none = found.table[(found.table["scorer"] == "d") & (found.table["quantity"] == "change")]
    assert none["status"].item() == "no estimate"
    assert none["reason"].item() == "few"


def test_failed_fits_are_named():
    def fails_without_calls(scored, events, dyad, **options):
        if "phone_call" not in set(scored["channel"]):
            raise np.linalg.LinAlgError("Singular matrix")
        if "tone" not in scored:
            raise BadArgumentError("Nothing to fit.")
        return light(scored, events, dyad, **options)

    scored = drawn()
    found = estimate_robustness(
        {"a": scored, "broken": scored.drop(columns="tone")},
        events(),
        windows=CRISIS,
        models=["means"],
        weights=["occasion"],
        cross="one",
        episodes=fails_without_calls,
    )
    assert set(found.failures["scorer"]) == {"a", "broken"}
    assert "without telephone calls (Singular matrix)" in found.sentence
    assert "lack the column 'tone'" in found.sentence
    change = found.summary.set_index("quantity").loc["change"]
    assert change["n_failed"].tolist() == [2, 2]


def test_state_space_models_and_a_correction_are_choices():
    scored = drawn(2).assign(id=lambda x: x.index.astype(str))
    scored["tone"] = scored["tone"].clip(-0.85, 0.85)
    found = estimate_robustness(
        {"a": scored},
        None,
        windows=CRISIS,
        corrected=pd.DataFrame({"id": scored["id"], "code": 3 * scored["tone"] - 0.3, "pi": 1.0}),
        weights=["occasion"],
        cross="one",
    )
    levels = found.table[found.table["quantity"] == "level"]
    assert set(levels["model"]) == {"mean_reverting", "local_level", "means"}
    corrected = levels[levels["corrected"]]["estimate"].item()
    assert corrected == pytest.approx(levels["estimate"].iloc[0] - 10, abs=2)
    assert (found.summary["share_agree"].dropna() == 1).all()


def test_episodes_are_corrected_too():
    seen = []

    def noted(scored, events, dyad, *, corrected=None, **options):
        seen.append((len(scored), corrected is not None))
        result = light(scored, events, dyad, **options)
        if corrected is not None:
            if "phone_call" not in set(scored["channel"]):
                raise BadArgumentError("None of them is coded.")
            table = result.table.assign(level_change=-99.0, lower=-110.0, upper=-80.0)
            result.corrected = SimpleNamespace(table=table)
        return result

    scored = drawn(2).assign(id=lambda x: x.index.astype(str))
    codings = pd.DataFrame({"id": scored["id"], "code": 0.0, "pi": 0.5})[::2]
    options = {"corrected": codings, "weights": ["occasion"], "models": ["means"]}
    found = estimate_robustness({"a": scored}, events(), cross="full", episodes=noted, **options)
    rows = found.table[(found.table["quantity"] == "change") & (found.table["name"] == "jet")]
    corrected = rows[rows["corrected"].astype(bool)].set_index("rows")
    assert len(corrected) == len(rows) / 2 == 6
    assert corrected.loc["all", "estimate"] == -99
    assert corrected.loc["all", "n_changed"] == 1
    assert corrected.loc["no_phone_calls", "status"] == "failed"
    assert "a, corrected, without telephone calls (None of them is coded)" in found.sentence
    assert found.summary.set_index(["quantity", "name"]).loc[("change", "jet"), "n_failed"] == 1
    assert (len(scored), True) in seen
    # One at a time, and with a corrected headline.
    turned = estimate_robustness(
        {"a": scored}, events(), cross="one", episodes=noted, headline_corrected=True, **options
    )
    heads = turned.table[turned.table["is_headline"] & (turned.table["quantity"] == "change")]
    assert heads["corrected"].all()
    assert heads["estimate"].tolist() == [-99, -99]


def test_the_model_of_episodes_is_estimated_from_corrected_tones():
    scored = drawn(4, n=120).assign(id=lambda x: x.index.astype(str), wave=1, dating="stated")
    scored = scored.assign(channel="speech", speaker=None)
    # Readers find twice the change that the scorer sees.
    codings = pd.DataFrame({"id": scored["id"], "code": 3 * (2 * scored["tone"] - 0.3), "pi": 1.0})
    codings["code"] = codings["code"].clip(-3, 3)
    found = estimate_robustness(
        {"a": scored},
        events().iloc[:1],
        corrected=codings,
        weights=["occasion"],
        models=["means"],
        cross="one",
    )
    rows = found.table[found.table["quantity"] == "change"].set_index("corrected")
    assert rows.index.tolist() == [False, True]
    assert rows.loc[True, "estimate"] < rows.loc[False, "estimate"] - 8
    assert rows["status"].eq("estimated").all()


def test_a_side_without_an_index_gives_its_reason():
    scored = drawn(3)
    few = scored[(scored["source"] == "RUS") | (scored["date"] < "2014-06-01")]
    found = estimate_robustness(few, None, windows=CRISIS, weights=["occasion"], cross="one")
    rows = found.table[(found.table["quantity"] == "level") & (found.table["model"] != "means")]
    assert set(rows["status"]) == {"no estimate"}
    assert set(rows["reason"]) == {"one side has no index"}


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"weights": ["ocasion"]}, "occasion"),
        ({"models": ["local"]}, "local_level"),
        ({"models": []}, "No model"),
        ({"cross": "all"}, "Unknown cross"),
        ({"headline_corrected": True}, "needs codings"),
        ({"windows": {"w": ("2016-01", "2015-01")}}, "ends before it starts"),
    ],
)
def test_bad_arguments_are_refused(options, match):
    with pytest.raises(BadArgumentError, match=match):
        estimate_robustness({"a": drawn(n=50)}, None, **options)


def test_no_frame_is_refused():
    with pytest.raises(BadArgumentError, match="No scored statements"):
        estimate_robustness({}, None)

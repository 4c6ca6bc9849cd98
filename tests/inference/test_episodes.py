"""What a user gets from `estimate_episodes`."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from scipy.stats import false_discovery_control

from detente import wording
from detente.countries import Dyad
from detente.errors import BadArgumentError
from detente.inference import describe_interrupted, estimate_episodes
from detente.inference.episodes import estimate_changes
from detente.inference.verdicts import BORDERLINE, COLUMNS, TESTED, adjust
from reference.steps import events, scored

DAYS = pd.date_range("2013-01-01", "2018-12-31", freq="6D")
TURN = np.where(DAYS < "2015-11-24", 0.35, -0.25)
EVENTS = events(
    ("2014-06-01", "quiet-2014", "act"),
    ("2015-11-24", "turn-2015", "act"),
    ("2015-12-05", "", "act"),
    ("2017-06-10", "quiet-2017", "contact"),
)
FORBIDDEN = ("effect", "impact", "cause", "jump", "shock", "nan")


@pytest.fixture(scope="module")
def result():
    return estimate_episodes(scored(DAYS, TURN), EVENTS, n_placebo=99)


def test_table_has_the_published_columns_and_a_row_per_episode_and_direction(result):
    assert tuple(result.table.columns) == COLUMNS
    assert list(result.table["direction"])[:3] == ["bilateral", "RUS>TUR", "TUR>RUS"]
    assert result.episodes == ("quiet-2014", "turn-2015", "quiet-2017")
    assert len(result.table) == 9


def test_a_planted_step_is_found_and_quiet_episodes_are_not(result):
    turn = result.change("turn-2015")
    assert turn["verdict"] == "cooled"
    assert turn["lower"] < -60 < turn["upper"]
    assert turn["p_placebo"] == pytest.approx(1 / 100)
    for quiet in ("quiet-2014", "quiet-2017"):
        row = result.change(quiet)
        assert row["verdict"] == "cannot tell"
        assert abs(row["level_change"]) < row["mde"]
        assert "is seen in fewer than four of five cases, before adjustment" in result.sentence_for(
            quiet
        )


def test_adjusted_p_is_benjamini_and_hochbergs_within_a_direction(result):
    for direction in ("bilateral", "RUS>TUR", "TUR>RUS"):
        rows = result.direction(direction)
        expected = false_discovery_control(rows["p_placebo"])
        np.testing.assert_allclose(rows["p_adjusted"], expected)


def test_verdict_interval_and_p_agree(result):
    for row in result.table.to_dict("records"):
        assert row["lower"] < row["level_change"] < row["upper"]
        if row["verdict"] in ("cooled", "warmed"):
            assert row["p_adjusted"] <= 0.05
            assert (row["level_change"] > 0) == (row["verdict"] == "warmed")
            assert row["lower"] > 0 or row["upper"] < 0


def test_same_seed_same_numbers_in_any_order_of_rows(result):
    frame = scored(DAYS, TURN)
    shuffled = frame.sample(frac=1, random_state=1)
    before = shuffled.copy()
    again = estimate_episodes(shuffled, EVENTS, n_placebo=99)
    pd.testing.assert_frame_equal(again.table, result.table)
    pd.testing.assert_frame_equal(shuffled, before)


def test_other_events_and_calm_months_are_told(result):
    near = result.context[result.context["episode"].eq("turn-2015")]
    assert near["label"].tolist() == ["Event 2"]
    assert near["days"].tolist() == [11]
    # 72 months; 5 around each event, two events in neighbouring months: 5 + 6 + 5.
    assert result.n_calm_months == 72 - 16
    assert "1 other listed event stands within 30 days" in result.sentence_for("turn-2015")


def test_sentences_say_when_and_not_why(result):
    texts = [result.sentence, *map(result.sentence_for, result.episodes), *result.assumptions]
    for text in texts:
        assert not any(word in text.lower() for word in FORBIDDEN), text
    assert "coincides with a change" in result.sentence_for("turn-2015")
    assert "Statements cooled at Event 1 (24 November 2015)" in result.sentence


def test_plain_values_are_json(result):
    told = json.loads(json.dumps(result.to_dict(), allow_nan=False))
    assert told["table"][0]["first_day"] == "2014-06-01"
    assert set(told["parameters"]["noise"]) == {"statement", "day", "drift", "days", "rho"}
    assert "turn-2015" in result._repr_html_()


def test_statements_of_the_day_of_a_contact_are_left_out_unless_asked_for():
    frame = pd.concat([scored(DAYS, 0.0), scored(pd.to_datetime(["2015-06-10"] * 6), 1.0, noise=0)])
    own = events(("2015-06-10", "visit", "contact"))
    without = estimate_episodes(frame, own, n_placebo=0)
    kept = estimate_episodes(frame, own, n_placebo=0, include_contacts=True)
    assert (without.n_left_out, kept.n_left_out) == (6, 0)
    assert kept.n_statements == without.n_statements + 6
    assert kept.change("visit")["level_change"] > without.change("visit")["level_change"]
    act = estimate_episodes(frame, own.assign(kind="act"), n_placebo=0)
    assert act.n_left_out == 0
    assert any("6 statements of the day" in text for text in without.assumptions)
    assert not any("statements of the day" in text for text in act.assumptions)


def test_results_without_the_first_days_stand_beside():
    burst = pd.date_range("2015-06-10", "2015-06-13", freq="12h").normalize()
    frame = pd.concat([scored(DAYS, 0.0), scored(burst, -0.9, noise=0.05)])
    own = estimate_episodes(frame, events(("2015-06-10", "burst", "act")), n_placebo=0)
    beside = own.without_first_days.iloc[0]
    assert own.change("burst")["n_after"] == beside["n_after"] + len(burst) + len(
        DAYS[(DAYS >= "2015-06-10") & (DAYS <= "2015-06-13")]
    )
    assert abs(beside["level_change"]) < 15
    # It has no histories of its own: Student's interval would pass for a verdict.
    told = wording.degrees(beside["level_change"])
    assert f"Without days 0 to 3 the change is {told} degrees, without a verdict." in (
        own.sentence_for("burst")
    )


def test_changes_alone_are_those_of_the_whole_estimate():
    frame = scored(DAYS, TURN).assign(id=[f"s{i}" for i in range(len(DAYS))])
    dyad = Dyad.parse(("RUS", "TUR"))
    whole = estimate_episodes(frame, EVENTS, dyad, n_placebo=0, confidence=0.9)
    alone = estimate_changes(frame, EVENTS, dyad, confidence=0.9)
    pd.testing.assert_frame_equal(alone.table, whole.table)
    assert alone.corrected is None
    codings = frame.iloc[::3][["id"]].assign(code=1, pi=1 / 3)
    whole = estimate_episodes(frame, EVENTS, dyad, n_placebo=0, corrected=codings)
    alone = estimate_changes(frame, EVENTS, dyad, corrected=codings)
    pd.testing.assert_frame_equal(alone.corrected.table, whole.corrected.table)


def test_episodes_without_statements_between_them_are_not_separable():
    own = events(("2015-11-20", "first", "act"), ("2015-11-24", "second", "act"))
    result = estimate_episodes(scored(DAYS, TURN), own, n_placebo=0)
    for name, other in (("first", "Event 1"), ("second", "Event 0")):
        row = result.change(name)
        assert row["verdict"] == "not separable"
        assert np.isnan(row["level_change"])
        assert np.isnan(row["p_adjusted"])
        assert f"cannot be told apart from {other}" in row["reason"]
        assert row["overlaps"] == {"first": "second", "second": "first"}[name]
    total, lower, upper = result.together(["first", "second"])
    assert lower < -60 < upper
    assert total == pytest.approx(-60, abs=15)
    assert "Not separable" in result.sentence


def test_close_episodes_name_each_other_and_the_data_attribute_nothing():
    dense = pd.date_range("2015-01-01", "2016-12-31", freq="2D")
    own = events(("2015-11-24", "first", "act"), ("2015-12-20", "second", "act"))
    result = estimate_episodes(scored(dense, 0.0), own, n_placebo=0)
    assert result.change("first")["overlaps"] == "second"
    if result.change("first")["verdict"] in TESTED:
        assert "cannot attribute a change to one event" in result.sentence_for("first")


def test_episodes_without_statements_around_are_refused_with_the_reason():
    own = events(("2012-06-01", "early", "act"), ("2015-11-24", "turn", "act"))
    result = estimate_episodes(scored(DAYS, TURN), own, n_placebo=0)
    row = result.change("early")
    assert row["verdict"] == "refused"
    assert row["reason"] == "no statement in the 180 days before"
    assert "was not tested" in result.sentence_for("early")
    assert result.change("turn")["verdict"] == "cooled"


def test_one_silent_side_is_said_and_the_other_still_estimated():
    frame = scored(DAYS, TURN, sources=("RUS",))
    result = estimate_episodes(frame, EVENTS, n_placebo=0)
    assert result.change("turn-2015", "RUS>TUR")["verdict"] == "cooled"
    assert result.change("turn-2015", "TUR>RUS")["verdict"] == "refused"
    assert "TUR>RUS" in result.change("turn-2015")["reason"]


@pytest.mark.parametrize("n", [0, 1, 5])
def test_hardly_any_statements_give_a_reason_not_a_number(n):
    # Of no statement at all nothing can be asked; of one without a tone the answer is a reason.
    frame = scored(DAYS, TURN).iloc[:n] if n else scored(DAYS[:1], 0.1).assign(tone=float("nan"))
    frame = pd.concat([frame, scored(DAYS[:3], 0.1).assign(source="USA", target="CHN")])
    result = estimate_episodes(frame, EVENTS, n_placebo=99)
    assert result.table["verdict"].eq("refused").all()
    assert result.table["reason"].ne("").all()
    json.dumps(result.to_dict(), allow_nan=False)


def test_tones_without_scatter_are_refused():
    result = estimate_episodes(scored(DAYS, 0.2, noise=0), EVENTS, n_placebo=0)
    assert result.table["verdict"].eq("refused").all()
    assert "too much alike" in result.change("turn-2015")["reason"]


def test_no_headline_event_is_no_error():
    result = estimate_episodes(scored(DAYS, TURN), EVENTS.assign(headline=False), n_placebo=99)
    assert result.table.empty
    assert tuple(result.table.columns) == COLUMNS
    assert "nothing was tested" in result.sentence
    json.dumps(result.to_dict(), allow_nan=False)


@pytest.mark.parametrize(
    "wrong",
    [
        {"confidence": 1.0},
        {"n_placebo": 20},
        {"n_placebo": -1},
        {"seed": -1},
        {"window": 0},
        {"labels": {"nothing": "x"}},
    ],
)
def test_bad_arguments_are_refused(wrong):
    with pytest.raises(BadArgumentError):
        estimate_episodes(scored(DAYS, TURN), EVENTS, **wrong)


def test_unknown_names_say_what_is_there(result):
    with pytest.raises(BadArgumentError, match="turn-2015"):
        result.change("turn-2016")
    with pytest.raises(BadArgumentError, match="bilateral"):
        result.change("turn-2015", "bilatral")


def test_bilateral_step_lies_between_the_two_directions():
    gone = np.where(DAYS < "2015-11-24", 0.3, np.resize([-0.3, 0.1], len(DAYS)))
    own = events(("2015-11-24", "turn", "act"))
    result = estimate_episodes(scored(DAYS, gone), own, n_placebo=0)
    both, first, second = (
        result.change("turn", d)["level_change"] for d in ("bilateral", "RUS>TUR", "TUR>RUS")
    )
    assert first < both < second
    assert both == pytest.approx((first + second) / 2, abs=5)


def test_interrupted_series_describes_without_p(result):
    told = describe_interrupted(scored(DAYS, TURN), EVENTS)
    assert not [name for name in told.table.columns if name.startswith("p")]
    turn = told.table.set_index("episode").loc["turn-2015"]
    assert turn["lower"] < -60 < turn["upper"]
    assert "*" not in told._repr_html_().replace("<!--", "")
    assert "test nothing" in told.sentence
    json.dumps(told.to_dict(), allow_nan=False)
    early = describe_interrupted(scored(DAYS, TURN), events(("2012-01-01", "early", "act")))
    assert early.table["level_change"].isna().all()
    assert early.table["reason"].ne("").all()
    with pytest.raises(BadArgumentError):
        describe_interrupted(scored(DAYS, TURN), EVENTS, window=5)


def test_a_verdict_that_hangs_on_the_simulated_histories_is_called_borderline(result):
    row = result.table.iloc[0].to_dict()
    rows = [
        row | {"episode": name, "verdict": "", "reason": "", "overlaps": "", "p_placebo": p}
        for name, p in (("edge", 0.047), ("clear", 0.001), ("nothing", 0.5))
    ]
    table = adjust(rows[:1], 0.95, n_placebo=999).set_index("episode")
    assert BORDERLINE in table.loc["edge", "reason"]
    assert table.loc["edge", "p_adjusted"] == 0.047
    all_of_them = adjust(rows, 0.95, n_placebo=999).set_index("episode")
    assert BORDERLINE not in all_of_them.loc["clear", "reason"]
    assert BORDERLINE not in all_of_them.loc["nothing", "reason"]
    assert BORDERLINE not in adjust(rows[:1], 0.95, n_placebo=10**6).loc[0, "reason"]

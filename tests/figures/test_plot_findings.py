"""What each chart of the findings draws: artists and texts against the tables."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from matplotlib import dates as mdates
from matplotlib.colors import to_hex

from detente import wording
from detente.errors import BadArgumentError
from detente.figures import (
    new_axes,
    plot_breaks,
    plot_forecast,
    plot_lead_lag,
    plot_moves,
    plot_regimes,
    plot_robustness,
    plot_sides,
    plot_voices,
)
from detente.figures.channels import shares_by_year
from detente.figures.differences import difference_of_sides
from detente.figures.moves import contributions
from detente.figures.page import COLUMN_WIDTH, wide
from detente.figures.theme import PAPER
from detente.index import BILATERAL, monthly_index


@pytest.fixture(scope="module")
def index(make_scored):
    return monthly_index(make_scored(), ("RUS", "TUR"), method="means")


@pytest.fixture(scope="module")
def found(index, make_findings):
    return make_findings(index)


def page():
    return new_axes(7.2, 9)


def artists(ax, gid):
    return ax.findobj(lambda artist: artist.get_gid() == gid)


def told(ax, gid=None):
    return [text.get_text() for text in ax.findobj(lambda a: hasattr(a, "get_text"))
            if text.get_text() and (gid is None or text.get_gid() == gid)]  # fmt: skip


# Two sides


def test_the_difference_of_means_is_that_of_the_table(index):
    table = difference_of_sides(index)
    first, second = (index.direction(name) for name in index.dyad.directions)
    assert table["difference"].equals(first["index"] - second["index"])
    ax = plot_sides(index, ax=page())
    marks = [mark for kind in ("hollow", "solid") for group in ("clear", "difference")
             for mark in artists(ax, f"{group} {kind}")]  # fmt: skip
    drawn = np.concatenate([np.asarray(mark.get_offsets())[:, 1] for mark in marks])
    assert np.sort(drawn) == pytest.approx(np.sort(table["difference"].dropna()))
    n_clear = int(table["is_clear"].sum())
    clear = artists(ax, "clear interval")
    assert sum(len(bars.get_segments()) for bars in clear) == n_clear
    n = int(table["difference"].notna().sum())
    assert f"Clear of zero in {n_clear} of {n} months" in " ".join(told(ax))


@pytest.mark.usefixtures("sides_apart")
def test_the_interval_of_smoothed_curves_is_that_of_their_joint_covariance(make_scored):
    scored = make_scored(apart=True)
    index = monthly_index(scored, ("RUS", "TUR"))
    table = difference_of_sides(index)
    for at in (0, len(table) // 2):
        weights = np.zeros((len(index.months), 2))
        weights[at] = [1, -1]
        value, se = index.combination(weights)
        assert table["difference"][at] == pytest.approx(value)
        assert (table["upper"] - table["lower"])[at] / 2 == pytest.approx(1.959964 * se, rel=1e-4)
    ax = plot_sides(index, ax=page())
    thick = [line for gid in ("clear", "clear bridged", "clear month") for line in artists(ax, gid)]
    places = {
        x
        for line in thick
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
        if np.isfinite(y)
    }
    assert places == set(table.loc[table["is_clear"], "x"])
    n_above = int((table["is_clear"] & (table["difference"] > 0)).sum())
    n_below = int(table["is_clear"].sum()) - n_above
    names = ("Russia on Turkey", "Turkey on Russia")
    (n, more), (k, less) = sorted(zip((n_above, n_below), names, strict=True), reverse=True)
    words = f"{more} was the warmer in {n} of {len(table)} months, {less} in {k}; in the others"
    assert words in " ".join(told(ax))
    # Raw months stand behind the curve, which is dashed where there is none.
    dots = [d for kind in ("hollow", "solid") for d in artists(ax, f"difference {kind}")]
    assert sum(len(d.get_offsets()) for d in dots) == table["raw_difference"].notna().sum()
    bridged, clear = artists(ax, "difference bridged")[0], artists(ax, "clear bridged")[0]
    assert bridged.get_linestyle() == clear.get_linestyle() == "--"


@pytest.mark.usefixtures("sides_one")
def test_sides_that_are_one_have_dots_alone(make_scored):
    index = monthly_index(make_scored(), ("RUS", "TUR"))
    table, sides = difference_of_sides(index), index.dyad.directions
    raw = index.direction(sides[0])["raw"] - index.direction(sides[1])["raw"]
    assert table["difference"].equals(raw)
    state = index.state
    noise = state.noise * state.noise_scale
    at = int(table["difference"].first_valid_index())
    se = np.sqrt(noise[at, 0, 0] + noise[at, 1, 1] - 2 * noise[at, 0, 1])
    assert table["upper"][at] - table["difference"][at] == pytest.approx(1.959964 * se, rel=1e-4)
    ax = plot_sides(index, ax=page())
    assert not [artist for side in sides for artist in artists(ax, side)]
    assert "We cannot tell the smoothed curves of the two sides apart" in told(ax)


def test_one_side_alone_has_no_difference(make_scored):
    index = monthly_index(make_scored(90, one_side=True), ("RUS", "TUR"), method="means")
    ax = plot_sides(index, ax=page())
    assert told(ax, "nothing") == ["No month with a value", "In no month did both sides speak"]
    assert "We cannot tell the tone of the two sides apart" in told(ax)


def test_long_names_of_countries_leave_the_difference_named_in_a_column(make_scored):
    scored = make_scored(60).replace({"RUS": "JPN", "TUR": "KOR"})
    index = monthly_index(scored, ("JPN", "KOR"), method="means")
    assert "Difference: Japan less South Korea" in told(plot_sides(index, ax=new_axes(3.5, 6)))
    assert "Difference: Japan on South Korea less South Korea on Japan" in told(plot_sides(index))


# Breaks and regimes


def test_breaks_stand_where_the_table_has_them(index, found):
    result = found.breaks
    ax = plot_breaks(result, index, ax=page())
    poles = [line.get_xdata()[0] for line in artists(ax, "break")]
    assert poles == mdates.date2num(result.table["break_date"].to_numpy()).tolist()
    levels = [line.get_ydata()[0] for line in artists(ax, "level")]
    assert levels == result.levels["level"].tolist()
    labels = " ".join(told(ax, "episode label"))
    for row in result.table.to_dict("records"):
        assert wording.degrees(row["level_change"]) in labels
        assert f"({wording.interval(row['change_lower'], row['change_upper'])})" in labels
    assert told(ax, "level name") == [wording.degrees(result.levels["level"].iloc[-1])]
    assert any(text.startswith("2 breaks in the level: ") for text in told(ax))
    dots = [d for kind in ("hollow", "solid") for d in artists(ax, f"month {kind}")]
    shown = sum(len(d.get_offsets()) for d in dots)
    assert shown == index.direction(BILATERAL)["raw"].notna().sum()


def test_without_a_break_the_nearest_is_dashed_and_said_not_to_be_one(index, make_findings):
    result = make_findings(index, n_breaks=0).breaks
    ax = plot_breaks(result, index, ax=page())
    assert not artists(ax, "break")
    assert len(artists(ax, "candidate")) == 1
    assert "No lasting break in the level can be told from its drift" in told(ax)
    assert "matched by 12% of histories" in " ".join(told(ax))
    asked = replace(result, reason="one side has no index", levels=pd.DataFrame())
    assert told(plot_breaks(asked, index, ax=page()), "nothing")


@pytest.mark.parametrize("n", [1, 2])
@pytest.mark.parametrize("over", [-20.0, -6.0, -4.4, 0.0, 6.0, 9.0])
def test_titles_of_regimes_do_not_contradict_their_sentence(index, make_findings, n, over):
    result = make_findings(index, n_regimes=n).regimes
    result = replace(result, models=result.models.assign(bic=[100.0 + over, 100.0]))
    ax = plot_regimes(result, index, ax=page())
    words = " ".join(told(ax))
    assert ("We cannot tell" in words) == ("cannot be told" in result.sentence)
    better = "One level with drift describes the months better"
    assert (better in words) == ("describes the months better (BIC lower" in result.sentence)
    lines = artists(ax, "level")
    assert {line.get_ydata()[0] for line in lines} == set(result.levels["level"])
    assert len(lines) == len(result.table)
    assert told(ax, "level name") == [wording.degrees(x) for x in result.levels["level"]]
    assert len(artists(ax, "chance")) == n - 1


# Lead and lag


def test_cross_terms_with_their_ends(found):
    result = found.lead_lag
    ax = plot_lead_lag(result, ax=new_axes(7.2, 4))
    assert [line.get_xdata()[0] for line in artists(ax, "term")] == [0.1, -0.08]
    assert [line.get_xdata()[0] for line in artists(ax, "term interval")] == [-0.33, -0.5]
    (arrow,) = artists(ax, "term arrow")
    assert arrow.get_xdata()[0] == ax.get_xlim()[1]
    figures = told(ax, "term figures")
    assert figures[0] == "+0.10 (−0.33 to +1.47), p 0.664, adjusted for two terms 1.000"
    assert "unbounded" in figures[1]
    assert "p under 0.001" in figures[1]


def test_a_term_that_could_have_any_value_is_not_drawn_as_an_estimate(found):
    table = found.lead_lag.table.assign(verdict="cannot tell")
    result = replace(found.lead_lag, table=table)
    ax = plot_lead_lag(result, ax=new_axes(7.2, 4))
    # The first has both ends: it cannot be told, but its estimate is one.
    assert [line.get_xdata()[0] for line in artists(ax, "term")] == [0.1]
    assert len(artists(ax, "term interval")) == 2
    figures = " ".join(told(ax, "term figures")[1:])
    assert "no estimate: an interval without end (−0.50 to unbounded)" in figures
    assert "−0.08" not in figures


@pytest.mark.parametrize(
    ("verdicts", "words"),
    [
        (("cannot tell", "does not"), "We cannot tell whether one side's tone moves earlier"),
        (("does not", "does not"), "Neither side's tone moves a month earlier"),
        (("Granger-predicts", "does not"), "Turkey on Russia moves a month earlier than Russia"),
        (("cannot tell", "Granger-predicts"), "Russia on Turkey moves a month earlier"),
        (("Granger-predicts", "Granger-predicts"), "Each side's tone Granger-predicts the other"),
    ],
)
def test_the_title_is_the_verdict(found, verdicts, words):
    result = replace(found.lead_lag, table=found.lead_lag.table.assign(verdict=list(verdicts)))
    assert words in " ".join(told(plot_lead_lag(result, ax=new_axes(7.2, 4))))


def test_a_question_that_cannot_be_asked_says_why(found):
    result = replace(found.lead_lag, table=pd.DataFrame(), reason="one side has no index")
    ax = plot_lead_lag(result, ax=new_axes(7.2, 4))
    assert told(ax, "nothing") == ["This cannot be asked for: one side has no index"]


# Forecast


def test_the_fan_is_the_table(index, found):
    result = found.forecast
    ax = plot_forecast(result, index, ax=page())
    (line,) = artists(ax, "forecast")
    assert line.get_ydata()[1:].tolist() == result.table["forecast"].tolist()
    for gid, low, high in (
        ("prediction interval", "lower", "upper"),
        ("raw interval", "raw_lower", "raw_upper"),
    ):
        (area,) = artists(ax, gid)
        y = area.get_paths()[0].vertices[:, 1]
        assert (y.min(), y.max()) == (result.table[low].min(), result.table[high].max())
    row = result.table.iloc[-1]
    assert wording.interval(row["raw_lower"], row["raw_upper"]) in told(ax, "end")


def test_past_forecasts_are_counted_as_in_the_scores(index, found):
    result = found.forecast
    ax = plot_forecast(result, index, ax=page())
    (inside,), (outside,) = (artists(ax, f"came {where}") for where in ("inside", "outside"))
    n_in, n_out = len(inside.get_xdata()), len(outside.get_xdata())
    assert n_in + n_out == (result.past["ahead"] == 1).sum()
    assert n_in / (n_in + n_out) == pytest.approx(result.scores["coverage"][0])
    assert f"{wording.share(result.scores['coverage'][0])} of months inside" in " ".join(told(ax))
    for name in ("rmse", "rmse_naive", "rmse_mean"):
        drawn = [line.get_xdata()[0] for line in artists(ax, name)]
        assert drawn == result.scores[name].tolist()
    assert told(ax, "verdict") == ["beats last month", "beats neither", "cannot tell"]
    assert "We cannot foretell the tone better than its long-run mean does" in told(ax)


@pytest.mark.parametrize(
    ("verdicts", "words"),
    [
        (["beats both"] * 3, "better than its long-run mean 1, 3 and 6 months ahead"),
        (
            ["beats the mean only", "beats neither", "cannot tell"],
            "better than its long-run mean 1 month ahead, not at other distances",
        ),
        (["cannot tell"] * 3, "We cannot tell how well the tone can be foretold"),
    ],
)
def test_titles_of_forecasts(index, found, verdicts, words):
    result = replace(found.forecast, scores=found.forecast.scores.assign(verdict=verdicts))
    assert words in " ".join(told(plot_forecast(result, index, ax=page())))


def test_a_direction_without_a_forecast_and_an_unknown_one(index, found):
    none = pd.DataFrame()
    result = replace(found.forecast, table=none, past=none, scores=none,
                     reasons={BILATERAL: "one side has no index"})  # fmt: skip
    ax = plot_forecast(result, index, ax=page())
    assert told(ax, "nothing") == ["No forecast: one side has no index"]
    with pytest.raises(BadArgumentError, match="Did you mean 'RUS>TUR'"):
        plot_forecast(result, index, direction="RUS>TUK")


# Voices


def test_means_and_counts_are_those_of_the_groups(found):
    result = found.voices
    ax = plot_voices(result, n_groups=4, ax=new_axes(7.2, 10))
    groups = result.groups
    shown = groups.groupby(["grouping", "direction"], sort=False).head(4)
    drawn = sorted(float(line.get_xdata()[0]) for line in artists(ax, "mean"))
    assert drawn == pytest.approx(sorted(shown["mean"]))
    assert sorted(told(ax, "count")) == sorted(f"{n}" for n in shown["n_statements"])
    assert "Not drawn: 16 speakers, 4 topics and 1 channel with fewer." in " ".join(told(ax))
    assert len(told(ax, "group")) == 2 * 4 + 4 + 4


def test_a_mean_without_an_interval_is_hollow(found):
    result = found.voices
    ax = plot_voices(result, n_groups=12, ax=new_axes(7.2, 12))
    bare = result.groups[result.groups["lower"].isna()]
    hollow = [line for line in artists(ax, "mean")
              if to_hex(line.get_markerfacecolor()) == PAPER]  # fmt: skip
    assert len(hollow) == len(bare) > 0
    assert len(artists(ax, "mean interval")) == len(result.groups) - len(bare)


def test_shares_of_contacts_by_year(found):
    table = shares_by_year(found.voices.contacts)
    ax = plot_voices(found.voices, ax=new_axes(7.2, 10))
    bars = artists(ax, "phone_call")
    assert [bar.get_height() for bar in bars] == pytest.approx((100 * table["phone_call"]).tolist())
    total = table[["phone_call", "meeting", "letter", "joint_statement"]].sum(axis=1)
    rows = found.voices.contacts
    assert total.tolist() == pytest.approx((rows["n_contact"] / rows["n_occasions"]).tolist())
    silent = replace(found.voices, contacts=pd.DataFrame())
    assert not artists(plot_voices(silent, ax=new_axes(7.2, 10)), "phone_call")


def test_nobody_spoke(found):
    result = replace(found.voices, groups=found.voices.groups.iloc[:0], contacts=pd.DataFrame())
    ax = plot_voices(result, ax=new_axes(7.2, 5))
    assert told(ax, "nothing") == ["No statement with a tone"]
    with pytest.raises(BadArgumentError, match="at least 1"):
        plot_voices(found.voices, n_groups=0)


# Robustness


def test_specifications_are_sorted_and_counted(found):
    result = found.robustness
    ax = plot_robustness(result, ax=page())
    (dots,), (headline,) = artists(ax, "estimate"), artists(ax, "headline")
    y = dots.get_ydata()
    assert (np.diff(y) >= 0).all()
    own = result.table[result.table["is_headline"]]
    assert headline.get_ydata()[0] == own["estimate"].iloc[0]
    assert len(y) == len(result.table) - 1
    others = result.table[~result.table["is_headline"]]
    n_agree = int(others["agrees"].sum())
    assert f"{n_agree} agree in sign" in " ".join(told(ax))
    # Each column has one dot for each choice that differs somewhere: scorer, rows, model.
    panel = ax.child_axes[0]
    places = np.concatenate([line.get_xdata() for line in panel.lines
                             if str(line.get_gid()).startswith("choice")])  # fmt: skip
    assert np.bincount(places.astype(int)).tolist() == [3] * len(result.table)


def test_a_headline_around_zero_is_not_said_to_have_a_sign(found):
    table = found.robustness.table
    table = table.assign(
        lower=np.where(table["is_headline"], -90.0, table["lower"]),
        upper=np.where(table["is_headline"], 5.0, table["upper"]),
        excludes_zero=table["excludes_zero"] & ~table["is_headline"],
    )
    ax = plot_robustness(replace(found.robustness, table=table), ax=page())
    assert "July 2015 to May 2016 against all other months: we cannot tell its sign" in told(ax)


def test_names_quantities_and_what_is_missing(found):
    result = found.robustness
    renamed = result.table.assign(quantity="change", name="letter")
    labels = {"letter": "Erdoğan's letter"}
    both = replace(result, table=pd.concat([result.table, renamed], ignore_index=True))
    ax = plot_robustness(both, "change", labels=labels, ax=page())
    assert any(text.startswith("The change at Erdoğan's letter: ") for text in told(ax))
    with pytest.raises(BadArgumentError, match="Did you mean 'letter'"):
        plot_robustness(both, "change", "lettre")
    with pytest.raises(BadArgumentError, match="no quantity 'levels'"):
        plot_robustness(both, "levels")
    missing = result.table.assign(estimate=np.nan, lower=np.nan, upper=np.nan)
    ax = plot_robustness(replace(result, table=missing), ax=page())
    assert told(ax, "nothing") == ["No specification gives an estimate"]


# What moved a month


def test_each_bar_begins_where_the_last_one_ends(found):
    move = found.moves.moves[0]
    ax = plot_moves(move, n_groups=5, ax=new_axes(7.2, 4))
    bars = artists(ax, "contribution")
    table = contributions(move, n=5)
    assert len(bars) == len(table) == 6
    assert table["group"].iloc[-1] == "7 other speakers"
    assert table["contribution"].sum() == pytest.approx(move.change)
    at = move.raw_before
    for bar, size in zip(bars, table["contribution"], strict=True):
        assert bar.get_x() == pytest.approx(at)
        assert bar.get_width() == pytest.approx(size)
        at += size
    assert at == pytest.approx(move.raw)
    values = [move.raw_before, *table["contribution"], move.raw]
    assert told(ax, "value") == [wording.degrees(value) for value in values]
    hollow = [to_hex(line.get_markerfacecolor()) == PAPER for line in artists(ax, "month")]
    assert hollow == [True, False]


def test_a_move_within_the_scatter_is_said_to_be(found):
    move = found.moves.moves[0]
    for lower, upper, words in (
        (move.change - 300, move.change + 300, "which we cannot tell from the scatter"),
        (np.nan, np.nan, "we cannot tell how surely"),
    ):
        ax = plot_moves(replace(move, lower=lower, upper=upper), ax=new_axes(7.2, 4))
        assert words in " ".join(told(ax))
        assert bool(artists(ax, "interval")) == np.isfinite(lower)
    with pytest.raises(BadArgumentError, match="Use one of speaker"):
        plot_moves(move, "weather")


@pytest.mark.parametrize("language", ["en", "tr", "ru"])
def test_a_column_cuts_no_number_and_no_name_of_a_mark(index, found, language):
    with wording.use_language(language), wide(COLUMN_WIDTH):
        lead_lag = plot_lead_lag(found.lead_lag)
        forecast = plot_forecast(found.forecast, index)
        table = found.lead_lag.table.assign(verdict="cannot tell", lower=-np.inf, upper=np.inf)
        nothing = plot_lead_lag(replace(found.lead_lag, table=table))
    numbers = " ".join(told(lead_lag, "term figures"))
    assert numbers.count("1.000" if language == "en" else "1,000") == 1
    assert "…" not in numbers + " ".join(told(nothing, "term figures"))
    shown = [*told(lead_lag, "scale"), *told(forecast, "key")]
    assert len(shown) >= 4
    assert not [text for text in shown if text.endswith("…")]

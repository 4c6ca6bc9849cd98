from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib import dates as mdates
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Text

from detente.errors import BadArgumentError
from detente.figures import (
    new_axes,
    plot_calendar,
    plot_index,
    plot_regimes,
    plot_sides,
    plot_statements,
)
from detente.index import BILATERAL, is_thin, monthly_index
from detente.inference import (
    detect_breaks,
    estimate_findings,
    estimate_lead_lag,
    estimate_recovery,
    estimate_regimes,
    forecast_index,
    largest_moves,
    why,
)
from detente.report import write_report


def lines(ax: Axes, gid: str) -> list[Line2D]:
    return [line for line in ax.lines if line.get_gid() == gid]


@pytest.fixture(scope="module")
def result(make_scored):
    """An index by means; test_curve.py has what is drawn of a smoothed one."""
    return monthly_index(make_scored(), ("RUS", "TUR"), method="means")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (plot_index, "result is a DataFrame; an IndexResult is needed"),
        (plot_calendar, "an IndexResult"),
        (plot_sides, "an IndexResult"),
        (lambda scored: plot_statements(scored, ("RUS", "TUR"), result=scored), "an IndexResult"),
        (plot_regimes, "result is a DataFrame; a RegimesResult is needed"),
        (lambda scored: why(scored, "2015-11"), "an IndexResult"),
        (largest_moves, "an IndexResult"),
        (detect_breaks, "an IndexResult"),
        (estimate_regimes, "an IndexResult"),
        (estimate_lead_lag, "an IndexResult"),
        (forecast_index, "an IndexResult"),
        (lambda scored: estimate_recovery(scored, "2015-11"), "an IndexResult"),
        (lambda scored: estimate_findings(scored, scored, scored), "an IndexResult"),
        (lambda scored: write_report("r.pdf", index=scored, statements=scored), "index is a"),
    ],
)
def test_a_table_in_place_of_a_result_is_named(asked, told, make_scored):
    with pytest.raises(BadArgumentError, match=told) as error:
        asked(*[make_scored()] * (2 if asked is plot_regimes else 1))
    assert error.value.remedy.startswith("Pass a")
    assert error.value.remedy.endswith(" gives.")


def test_panels(result):
    ax = plot_index(result)
    assert len(ax.child_axes) == 3
    assert all(child.get_xlim() == ax.get_xlim() for child in ax.child_axes)
    assert tuple(ax.get_ylim()) == (-100, 100)


def test_gaps_stay_gaps(result):
    rows = result.direction(BILATERAL)
    assert rows["index"].isna().any()
    (line,) = lines(plot_index(result), BILATERAL)
    assert np.array_equal(line.get_ydata(), rows["index"], equal_nan=True)


def test_marks_stand_in_the_middle_of_their_months(result):
    (line,) = lines(plot_index(result), BILATERAL)
    days = [mdates.num2date(x) for x in line.get_xdata()]
    assert {day.day for day in days} <= {15, 16}
    assert [day.month for day in days] == list(result.months.month)


def test_thin_months_are_hollow_and_the_others_solid(result):
    ax = plot_index(result)
    known = result.direction(BILATERAL).dropna(subset="index")
    thin = is_thin(known)
    assert thin.any()
    assert not thin.all()
    for kind, rows, is_filled in (("hollow", known[thin], False), ("solid", known[~thin], True)):
        (marks,) = lines(ax, f"{BILATERAL} {kind}")
        assert np.array_equal(marks.get_ydata(), rows["index"])
        assert (marks.get_markerfacecolor() == marks.get_markeredgecolor()) is is_filled


def test_intervals_are_those_of_the_table(result):
    ax = plot_index(result)
    (bars,) = [c for c in ax.collections if c.get_gid() == "interval"]
    ends = np.array([segment[:, 1] for segment in bars.get_segments()])
    known = result.direction(BILATERAL).dropna(subset="index")
    assert np.allclose(ends, known[["lower", "upper"]])


def test_sides_differ_by_panel_mark_and_name(result, texts_of):
    ax = plot_index(result)
    marks = [
        {line.get_marker() for line in child.lines if "hollow" in str(line.get_gid())}
        for child in ax.child_axes[:2]
    ]
    assert marks == [{"o"}, {"s"}]
    assert [t.get_text() for t in texts_of(ax, "side")] == ["Russia on Turkey", "Turkey on Russia"]


def test_counts_of_both_sides_and_empty_months(result):
    counts = plot_index(result).child_axes[2]
    drawn = [c.get_segments() for c in counts.collections if c.get_gid() == "count"]
    first, second = (result.direction(name)["n_statements"] for name in result.dyad.directions)
    assert [s[1][1] for s in drawn[0]] == first[first > 0].tolist()
    assert [-s[1][1] for s in drawn[1]] == second[second > 0].tolist()
    (empty,) = lines(counts, "empty")
    assert len(empty.get_xdata()) == int(((first == 0) & (second == 0)).sum()) > 0


def test_yearly_means(result):
    rows = result.direction(BILATERAL)
    by_year = rows.groupby(rows["month"].dt.year)["index"].agg(["mean", "count"])
    expected = by_year.loc[by_year["count"] >= 6, "mean"].tolist()
    drawn = [float(line.get_ydata()[0]) for line in lines(plot_index(result), "year")]
    assert drawn == pytest.approx(expected)
    assert len(drawn) > 0


def test_words_that_every_chart_needs(result, texts_of):
    ax = plot_index(result, source="the files", notices=("2 bad rows set aside",))
    words = " | ".join(text.get_text() for text in texts_of(ax))
    for needed in (
        "Russia and Turkey",
        "degrees",
        "95% confidence interval",
        "February 2009",
        "all cordial",
        "all hostile",
        "+100",
        "−100",
        "Statements per month",
        "Hollow mark",
        "Source: the files",
        "2 bad rows set aside",
    ):
        assert needed in words, needed
    assert not texts_of(ax, "watermark")


@pytest.mark.parametrize("method", ["means", "state_space"])
def test_no_mark_of_the_bilateral_index_where_one_side_spoke(method, make_scored, texts_of):
    scored = make_scored(90, one_side=True)
    ax = plot_index(monthly_index(scored, ("RUS", "TUR"), method=method))
    assert not lines(ax, BILATERAL)
    told = [text.get_text() for text in texts_of(ax, "nothing")]
    assert told == [
        "In no month did both sides speak; each side is shown below.",
        "No month with a value",
    ]


def test_episodes_outside_the_period_are_passed_over(result, make_episodes, texts_of):
    episodes = pd.concat(
        [make_episodes(2), make_episodes(2).assign(first_day=pd.Timestamp("1999-01-01"))]
    )
    before = episodes.copy()
    ax = plot_index(result, episodes=episodes)
    assert len(lines(ax, "pole")) == 2
    pd.testing.assert_frame_equal(episodes, before)


def test_poles_stand_on_the_first_days(result, make_episodes):
    episodes = make_episodes(3)
    ax = plot_index(result, episodes=episodes)
    drawn = sorted(float(line.get_xdata()[0]) for line in lines(ax, "pole"))
    assert drawn == mdates.date2num(episodes["first_day"].to_numpy()).tolist()


def test_title_of_ones_own(result, texts_of):
    ax = plot_index(result, title="My $title$")
    assert "My $title$" in [text.get_text() for text in texts_of(ax)]


def test_a_given_axes_is_used_and_returned(result):
    ax = new_axes(7, 6)
    assert plot_index(result, ax=ax) is ax


def test_without_a_curve_no_word_speaks_of_one():
    days = pd.date_range("2023-01-02", "2023-03-28", freq="3D")
    scored = pd.DataFrame({"date": days, "tone": 0.2, "speaker": "A"})
    scored["source"] = np.resize(["RUS", "TUR"], len(days))
    scored["target"] = np.resize(["TUR", "RUS"], len(days))
    ax = plot_index(monthly_index(scored, dyad=("RUS", "TUR"), method="state_space"))
    told = " ".join(text.get_text() for text in ax.get_figure().findobj(Text))
    assert "Means of single months, both sides together" in told
    assert "Smoothed relations index" not in told
    assert "Line: index" not in told
    assert "Band:" not in told

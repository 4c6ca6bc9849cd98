"""Forest plot, and what was said around each episode: what is drawn is what was estimated."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text

from detente.errors import BadArgumentError
from detente.figures import (
    draw_in_style,
    finding_figures,
    new_axes,
    plot_episodes,
    plot_forest,
)
from detente.figures.expected import expected_level
from detente.figures.page import COLUMN_WIDTH, wide
from detente.figures.window import Window, events_of
from detente.index import monthly_index
from detente.inference import Findings, estimate_episodes
from detente.inference.rows import Rows, day_number


@pytest.fixture(scope="module")
def scored():
    chance = np.random.default_rng(5)
    days = pd.date_range("2014-01-03", "2017-12-28", freq="11D")
    level = np.where(days < "2015-11-24", 0.4, -0.3) + np.where(days < "2016-12-01", 0, 0.1)
    return pd.DataFrame(
        {
            "date": days,
            "tone": np.clip(level + chance.normal(0, 0.2, len(days)), -1, 1),
            "speaker": "A",
            "source": np.resize(["RUS", "TUR"], len(days)),
            "target": np.resize(["TUR", "RUS"], len(days)),
        }
    )


@pytest.fixture(scope="module")
def events():
    return pd.DataFrame(
        {
            "date": pd.to_datetime(["2015-11-24", "2015-12-05", "2016-12-01", "2018-03-01"]),
            "end_date": pd.NaT,
            "label": ["Jet shot down", "A ship in the straits", "A visit", "Too late"],
            "kind": "act",
            "expected": "cooling",
            "headline": [True, False, True, True],
            "episode": ["jet", None, "visit", "late"],
        }
    )


@pytest.fixture(scope="module")
def result(scored, events):
    return estimate_episodes(scored, events, n_placebo=99)


@pytest.fixture(scope="module")
def index(scored):
    return monthly_index(scored, method="means")


def told(ax, gid):
    return [text.get_text() for text in ax.figure.findobj(Text) if text.get_gid() == gid]


def lines(ax, gid):
    return [line for line in ax.lines if line.get_gid() == gid]


def test_the_level_steps_by_the_change(result, scored):
    level = expected_level(result, Rows.of(scored, result.dyad), "jet")
    row = result.change("jet")
    before, after = level[level["day"].eq(day_number(row["first_day"]))].to_dict("records")
    assert after["level"] - before["level"] == pytest.approx(row["level_change"])
    assert np.isnan(before["without"])
    assert after["without"] == pytest.approx(before["level"])
    assert (level["lower"] < level["level"]).all()
    assert (level["level"] < level["upper"]).all()


def test_the_level_is_that_of_an_obvious_twin(result, scored):
    """Universal kriging with one row per statement, in one system of equations."""
    fit = result.fits.get("common")
    ratios, rows = fit.reml.ratios, Rows.of(scored, result.dyad)
    starts = [day_number(result.table["first_day"][3 * i]) for i in (0, 1)]

    def drift(day, side, other, beside):
        across = np.where(np.equal.outer(side, beside), 1.0, ratios.rho)
        return ratios.drift * across * np.exp(-np.abs(np.subtract.outer(day, other)) / ratios.days)

    design = np.column_stack(
        [rows.side == 0, rows.side == 1, *(rows.day >= start for start in starts)]
    ).astype(float)
    n, p = design.shape
    same = np.equal.outer(rows.day, rows.day)
    v = drift(rows.day, rows.side, rows.day, rows.side) + ratios.day * same + np.eye(n)
    level = expected_level(result, rows, "jet")
    for row in level.iloc[[2, 30, 90]].to_dict("records"):
        day = int(row["day"])
        wanted = np.array([0.5, 0.5, *(float(day >= start) for start in starts)])
        k = np.mean(
            [drift(np.array([day]), np.array([s]), rows.day, rows.side)[0] for s in (0, 1)], axis=0
        )
        system = np.block([[v, design], [design.T, np.zeros((p, p))]])
        weights = np.linalg.solve(system, np.concatenate([k, wanted]))
        assert row["level"] == pytest.approx(100 * weights[:n] @ rows.tone, abs=1e-6)
        own = ratios.drift * (1 + ratios.rho) / 2
        variance = fit.reml.noise * (own - weights @ np.concatenate([k, wanted]))
        half = (row["upper"] - row["lower"]) / 2
        assert half == pytest.approx(100 * 1.959964 * np.sqrt(variance), rel=1e-5)


def test_forest_marks_are_the_estimates(result):
    ax = plot_forest(result, ax=new_axes(7.2, 4))
    rows = result.direction()
    tested = rows[rows["level_change"].notna()]
    drawn = [float(line.get_xdata()[0]) for line in lines(ax, "change")]
    assert drawn == pytest.approx(tested["level_change"].tolist())
    for gid, reach in (
        ("unseen", tested["mde"]),
        ("placebo", (tested["upper"] - tested["lower"]) / 2),
    ):
        zones = [zone for zone in ax.collections if zone.get_gid() == gid]
        ends = [zone.get_paths()[0].vertices[:, 0].max() for zone in zones]
        assert ends == pytest.approx(reach.tolist())
    assert told(ax, "verdict") == rows["verdict"].tolist()
    assert told(ax, "verdict")[0] == "cooled"
    assert told(ax, "reason") == ["no statement in the 180 days after"]
    assert (
        "2 of 2 tested episodes stand out: cooled at Jet shot down and warmed at A visit"
        in told(ax, None)
    )


def test_forest_by_size_and_of_one_side(result):
    labels = told(plot_forest(result, order="size", ax=new_axes(7.2, 4)), "episode")
    assert labels == ["A visit", "Jet shot down", "Too late"]
    ax = plot_forest(result, direction="RUS>TUR", ax=new_axes(7.2, 4))
    assert any("Russia on Turkey" in text for text in told(ax, None))
    with pytest.raises(BadArgumentError, match="Did you mean 'size'"):
        plot_forest(result, order="sise")
    with pytest.raises(BadArgumentError, match="Unknown direction"):
        plot_forest(result, direction="RUS>TUK")


def test_forest_without_histories_or_episodes(result):
    ax = plot_forest(replace(result, n_placebo=0), ax=new_axes(7.2, 4))
    assert any("by Student's t" in text for text in told(ax, None))
    none = replace(result, table=result.table.iloc[:0], context=result.context.iloc[:0])
    assert told(plot_forest(none, ax=new_axes(7.2, 4)), "nothing") == ["No episode"]


def test_panels_show_statements_months_and_levels(result, index, scored, events):
    ax = plot_episodes(result, index, scored, events, ax=new_axes(7.2, 4))
    jet, (visit, late) = ax, ax.child_axes
    row = result.change("jet")
    days = (scored["date"] - row["first_day"]).dt.days
    near = scored[days.abs() <= 180]
    drawn = np.concatenate([line.get_ydata() for line in lines(jet, "statement")])
    assert sorted(drawn) == pytest.approx(sorted(100 * near["tone"]))
    assert len(lines(jet, "level")) == 2
    assert len(lines(jet, "without")) == len(lines(visit, "without")) == 1
    assert not lines(late, "level")
    assert told(ax, "episode") == ["Jet shot down", "A visit", "Too late"]
    assert told(ax, "others") == ["a A ship in the straits"]
    assert [line.get_xdata()[0] for line in lines(jet, "other")] == [11]


def test_chosen_episodes_and_other_statements(result, index, scored, events):
    ax = plot_episodes(result, index, scored, events, episodes=["visit"], ax=new_axes(7.2, 3))
    assert told(ax, "episode") == ["A visit"]
    with pytest.raises(BadArgumentError, match="Did you mean 'visit'"):
        plot_episodes(result, index, scored, events, episodes=["visits"])
    with pytest.raises(BadArgumentError, match="give 5"):
        plot_episodes(result, index, scored.head(5), events)


def test_no_room_for_all(result, index, scored, events):
    ax = plot_episodes(result, index, scored, events, ax=new_axes(3.5, 4.6))
    assert told(ax, "episode") == ["Jet shot down", "A visit"]
    assert "Not all episodes are drawn" in " ".join(told(ax, None))


def test_other_episodes_are_named_before_nearer_events(result):
    row = result.change("jet")
    events = events_of(result, row).assign(days=[11], label=["A ship in the straits"])
    far = pd.DataFrame({"days": [-150, 170], "label": ["An early visit", "A late visit"]})
    near = pd.DataFrame({"days": range(-20, 10, 3), "label": "A meeting of the two ministers"})
    rows = [events, far.assign(is_episode=True), near.assign(is_episode=False)]
    whole = pd.concat(rows, ignore_index=True).sort_values("days", ignore_index=True)
    window = Window({}, 180, pd.DataFrame(), pd.DataFrame(), pd.DataFrame(), whole)
    n, lines = window.told_events(170.0)
    assert 2 <= n < len(whole)
    assert lines[0].startswith("a An early visit")
    assert f"{'abcdefghij'[n - 1]} A late visit" in " ".join(lines)
    assert lines[-1].endswith(f"{len(whole) - n} more")


def test_a_slide_and_a_column_show_fewer_panels_rather_than_be_higher(index, scored):
    days = pd.date_range("2015-02-01", periods=14, freq="60D")
    names = [f"visit {i}" for i in range(len(days))]
    many = pd.DataFrame(
        {
            "date": days,
            "end_date": pd.NaT,
            "label": names,
            "kind": "act",
            "expected": "cooling",
            "headline": True,
            "episode": names,
        }
    )
    found = estimate_episodes(scored, many, n_placebo=0)
    draw = partial(plot_episodes, found, index, scored, many)
    charts = finding_figures(index, Findings(episodes=found), scored=scored, events=many)
    figure = charts["episodes"]
    whole = draw()
    assert whole.figure.get_figheight() > 8
    assert figure.caption_of(whole) == figure.caption
    slide = draw_in_style(draw, "slide")
    assert slide.figure.get_size_inches().tolist() == [8, 6]
    shown = told(slide, "episode")
    assert 3 < len(shown) < 14
    caption = figure.caption_of(slide)
    assert "Not all episodes are drawn" in caption.caption
    assert [name for name in names if f"{name} (" in caption.alt] == shown
    column = draw_in_style(draw, size="column")
    assert column.figure.get_figheight() <= 9.5
    assert "Not all episodes are drawn" in " ".join(told(column, None))


def test_a_reason_without_room_loses_a_clause_and_not_its_end(result):
    reason = (
        "cannot be told apart from the visit to the straits and the talks of the ministers; the "
        "change over all of them is +13 degrees (−25 to +51)"
    )
    table = result.table.assign(reason=reason, verdict="not separable", level_change=np.nan)
    wordy = replace(result, table=table)
    assert " ".join(told(plot_forest(wordy), "reason")) == " ".join([reason] * 3)
    with wide(COLUMN_WIDTH):
        cut = told(plot_forest(wordy), "reason")
    assert " ".join(cut) == " ".join([reason.split(";")[0]] * 3)


def test_a_semicolon_of_a_name_is_no_end_of_a_clause(result):
    clause = "cannot be told apart from the talks in the straits; second round, and the visit"
    reason = f"{clause}; the change over all of them is +13 degrees (−25 to +51)"
    table = result.table.assign(reason=reason, verdict="not separable", level_change=np.nan)
    with wide(COLUMN_WIDTH):
        cut = told(plot_forest(replace(result, table=table)), "reason")
    assert " ".join(cut) == " ".join([clause] * 3)

"""A smoothed index: line, band and dots, and what is not drawn."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex

from detente import wording
from detente.figures import plot_calendar, plot_index
from detente.figures.theme import PAPER
from detente.index import BILATERAL, IndexResult, is_thin, monthly_index


@pytest.fixture(scope="module")
def result(make_scored):
    return monthly_index(make_scored(apart=True), ("RUS", "TUR"))


@pytest.fixture(scope="module")
def one_curve(make_scored):
    return monthly_index(make_scored(), ("RUS", "TUR"))


def values(ax: Axes, gid: str) -> np.ndarray:
    (line,) = [line for line in ax.lines if line.get_gid() == gid]
    return np.asarray(line.get_ydata(), dtype="float64")


def dots(ax: Axes, gid: str) -> dict[str, object]:
    return {
        kind: found[0]
        for kind in ("solid", "hollow")
        if (found := [c for c in ax.collections if c.get_gid() == f"{gid} {kind}"])
    }


def steps(drawn: np.ndarray) -> set[tuple[float, float]]:
    """Neighbouring values that a line joins."""
    pairs = zip(drawn[:-1].tolist(), drawn[1:].tolist(), strict=True)
    return {pair for pair in pairs if np.isfinite(pair).all()}


def panels(ax: Axes, result: IndexResult) -> list[tuple[Axes, str]]:
    return [(ax, BILATERAL), *zip(ax.child_axes[:2], result.dyad.directions, strict=True)]


@pytest.mark.usefixtures("sides_apart")
def test_the_line_is_solid_between_observed_months_and_dashed_over_the_others(result):
    ax = plot_index(result)
    for panel, name in panels(ax, result):
        rows = result.direction(name)
        y, has = rows["index"].tolist(), rows["raw"].notna().tolist()
        joined = [(y[i], y[i + 1], has[i] and has[i + 1]) for i in range(len(y) - 1)]
        assert steps(values(panel, name)) == {(a, b) for a, b, is_solid in joined if is_solid}
        bridged = {(a, b) for a, b, is_solid in joined if not is_solid}
        assert steps(values(panel, f"{name} bridged")) == bridged
        assert bridged
        (dashed,) = [line for line in panel.lines if line.get_gid() == f"{name} bridged"]
        assert dashed.is_dashed()


def test_dots_are_the_raw_means_and_grow_with_the_statements(result):
    ax = plot_index(result)
    for panel, name in panels(ax, result):
        known = result.direction(name).dropna(subset="raw")
        for kind, rows in (("hollow", known[is_thin(known)]), ("solid", known[~is_thin(known)])):
            if rows.empty:
                continue
            drawn = dots(panel, name)[kind]
            assert np.allclose(drawn.get_offsets()[:, 1], rows["raw"])
            n, area = rows["n_statements"].to_numpy(), drawn.get_sizes()
            assert np.allclose(area / area.max(), n.clip(max=16) / n.clip(max=16).max())
            is_paper = {to_hex(colour) for colour in drawn.get_facecolor()} == {PAPER}
            assert is_paper is (kind == "hollow")


def test_the_band_is_the_interval_of_every_month(result):
    (band,) = [c for c in plot_index(result).collections if c.get_gid() == "interval"]
    (path,) = band.get_paths()
    drawn = {round(float(y), 6) for y in path.vertices[:, 1]}
    rows = result.direction(BILATERAL)
    assert {round(y, 6) for y in (*rows["lower"], *rows["upper"])} <= drawn


def test_there_are_no_yearly_means_beside_a_smoothed_line(result):
    ax = plot_index(result)
    assert not [line for line in ax.lines if line.get_gid() == "year"]


def test_the_note_tells_what_is_what(result, texts_of):
    words = " ".join(text.get_text() for text in texts_of(plot_index(result))).replace("\n", " ")
    for told in (
        "Smoothed relations index",
        "later ones too, so that no turn is dated from it",
        "dashed where a month has no dot",
        "not for the scorer's error or the choice of statements",
        "larger with more statements; hollow: fewer than 3 occasions",
    ):
        assert told in words, told


@pytest.mark.usefixtures("sides_one")
def test_sides_that_cannot_be_told_apart_have_dots_and_no_line(one_curve, texts_of):
    ax = plot_index(one_curve)
    assert len(values(ax, BILATERAL))
    for panel, name in panels(ax, one_curve)[1:]:
        assert not [line for line in panel.lines if line.get_gid() == name]
        drawn = dots(panel, name).values()
        assert sum(len(some.get_offsets()) for some in drawn) == int(
            one_curve.direction(name)["raw"].notna().sum()
        )
    words = " ".join(text.get_text() for text in texts_of(ax)).replace("\n", " ")
    assert "cannot be told apart and are not drawn" in words


def test_without_a_model_the_raw_means_are_shown_with_the_reason(make_scored, texts_of):
    few = monthly_index(make_scored(60, days=150), ("RUS", "TUR"))
    assert few.reasons
    ax = plot_index(few)
    assert not [line for line in ax.lines if line.get_gid() == BILATERAL]
    assert dots(ax, BILATERAL)
    words = " ".join(text.get_text() for text in texts_of(ax)).replace("\n", " ")
    assert few.reasons["RUS>TUR"] in words


def test_the_calendar_has_raw_means_and_hatches_months_without(result, texts_of):
    ax = plot_calendar(result)
    rows = result.direction(BILATERAL)
    assert rows["index"].notna().all()
    known = rows.dropna(subset="raw")
    told = [text.get_text() for text in texts_of(ax, "index")]
    assert told == [wording.degrees(value) for value in known["raw"]]
    empty = [patch for patch in ax.patches if patch.get_gid() == "empty"]
    assert len(empty) == len(rows) - len(known) > 0
    words = " ".join(text.get_text() for text in texts_of(ax)).replace("\n", " ")
    assert "not smoothed" in words

"""What holds for every chart of the findings, and that they are wired together."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import combinations

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from detente.errors import BadArgumentError
from detente.figures import (
    finding_figures,
    new_axes,
    plot_breaks,
    plot_episodes,
    plot_forecast,
    plot_forest,
    plot_lead_lag,
    plot_moves,
    plot_regimes,
    plot_robustness,
    plot_sides,
    plot_voices,
    save_figure,
    write_caption,
)
from detente.index import monthly_index

CHARTS = (
    *("sides", "forest", "episodes", "breaks", "regimes", "lead_lag", "forecast", "voices"),
    *("robustness", "moves"),
)
#: Inches of a single column, of each chart, and of a slide.
COLUMN = dict(zip(CHARTS, (6.4, 5, 5, 5, 5.4, 3.8, 6.8, 8.2, 4.6, 5), strict=True))
SLIDE = (10.0, 7.5)
NOTICES = ("EXAMPLE DATA", "3 bad rows set aside")
NO_EVENTS = pd.DataFrame(
    {
        "date": pd.Series(dtype="datetime64[us]"),
        "end_date": pd.Series(dtype="datetime64[us]"),
        "label": pd.Series(dtype=str),
        "kind": pd.Series(dtype=str),
        "headline": pd.Series(dtype=bool),
        "episode": pd.Series(dtype=str),
    }
)
LONG = "Şahıs Дмитрий Медведев, министерство {} with a name that is far too long"


def charts_of(scored, make_findings, **options):
    """All charts of a study whose statements and findings are made by hand."""
    index = monthly_index(scored, ("RUS", "TUR"), method="means")
    findings = make_findings(index, n_statements=int(scored["tone"].notna().sum()), **options)
    return finding_figures(index, findings, None, scored, NO_EVENTS)


@pytest.fixture(scope="module")
def scored(make_scored):
    return make_scored(80, days=400)


@pytest.fixture(scope="module")
def index(scored):
    return monthly_index(scored, ("RUS", "TUR"), method="means")


@pytest.fixture(scope="module")
def figures(scored, make_findings):
    """A small study: what holds of every chart needs no more marks than that."""
    return charts_of(
        scored, make_findings, n_speakers=4, n_specifications=5, n_episodes=4, n_ahead=3
    )


def overlapping(texts: list[Text], boxes) -> list[tuple[str, str]]:
    """Pairs of texts that touch; a box holds a fifth of its height in air around letters."""
    return [
        (a.get_text(), b.get_text())
        for (a, box_a), (b, box_b) in combinations(zip(texts, boxes, strict=True), 2)
        if min(box_a.x1, box_b.x1) - max(box_a.x0, box_b.x0) > 0.5
        and min(box_a.y1, box_b.y1) - max(box_a.y0, box_b.y0)
        > 0.2 * min(box_a.height, box_b.height)
    ]


def check(ax, texts_of, boxes_of):
    """Nothing overlaps, nothing leaves the figure, nothing is too small to read."""
    FigureCanvasAgg(ax.get_figure(root=True))
    texts = [text for text in texts_of(ax) if text.get_gid() != "watermark"]
    boxes = boxes_of(texts)
    assert not overlapping(texts, boxes)
    whole = ax.figure.bbox
    for text, box in zip(texts, boxes, strict=True):
        assert whole.x0 <= box.x0 <= box.x1 <= whole.x1, text
        assert whole.y0 <= box.y0 <= box.y1 <= whole.y1, text
    assert min(text.get_fontsize() for text in texts) >= 6.5
    return texts


def words(ax) -> str:
    return " ".join(text.get_text() for text in ax.figure.findobj(Text))


def test_all_charts_are_there_and_those_without_a_result_are_not(index, figures, make_findings):
    assert tuple(figures) == CHARTS
    assert tuple(finding_figures(index)) == ("sides",)
    some = replace(make_findings(index), breaks=None, voices=None)
    assert {"breaks", "voices", "episodes"}.isdisjoint(finding_figures(index, some))
    for figure in figures.values():
        said = figure.caption
        assert said.title
        assert said.caption.endswith(".")
        assert said.alt.endswith(".")
        for text in (said.title, said.caption, said.alt):
            assert "nan" not in text.lower().split()
            for word in ("effect", "impact", "cause", "shock"):
                assert word not in text.lower()


SCALES = {
    "forty years": (
        1200,
        14_600,
        {"n_breaks": 60, "n_regimes": 3, "n_speakers": 60, "n_specifications": 160}
        | {"n_ahead": 36, "n_episodes": 60, "name": LONG},
    ),
    "three months": (
        20,
        70,
        {"n_breaks": 0, "n_regimes": 1, "n_speakers": 1, "n_specifications": 1, "n_ahead": 1}
        | {"n_episodes": 1},
    ),
}


@pytest.fixture(scope="module")
def scaled(make_scored, make_findings):
    """The charts of studies of any length, with few and with many of everything."""
    return {
        scale: charts_of(make_scored(n, days=days), make_findings, **options)
        for scale, (n, days, options) in SCALES.items()
    }


#: Charts whose height or labels on a page depend on how much there is to show.
GROWING = ("forest", "episodes", "breaks", "voices")


@pytest.mark.parametrize(
    ("name", "scale"),
    [*((name, "three months") for name in CHARTS), *((name, "forty years") for name in GROWING)],
)
def test_any_length_and_number_on_a_page(name, scale, scaled, texts_of, boxes_of):
    check(scaled[scale][name].draw(source="files", notices=NOTICES), texts_of, boxes_of)


@pytest.mark.parametrize("name", CHARTS)
def test_a_slide(name, figures, texts_of, boxes_of):
    ax = figures[name].draw(ax=new_axes(*SLIDE), source="files")
    check(ax, texts_of, boxes_of)
    assert not texts_of(ax, "watermark")
    # Intervals say what they cover.
    text = " ".join(words(ax).split())
    if name not in ("robustness", "episodes"):
        assert "scorer's error" in text
        assert "choice of statements" in text


@pytest.mark.parametrize("name", CHARTS)
def test_many_of_everything_in_a_column(name, scaled, texts_of, boxes_of):
    ax = new_axes(3.5, 1.4 * COLUMN[name])
    assert scaled["forty years"][name].draw(ax=ax, source="files", notices=NOTICES) is ax
    texts = check(ax, texts_of, boxes_of)
    # The notes are said in full, however narrow the column.
    notes = [text for text in texts if text.get_gid() is None]
    assert not any(text.get_text().endswith("…") for text in notes)


@pytest.mark.parametrize("name", ["sides", *GROWING])
def test_one_of_several_axes_keeps_to_its_place(name, figures, texts_of, boxes_of):
    figure, (upper, lower) = pyplot.subplots(2, 1, figsize=(8, 18))
    place, before = lower.get_position().bounds, set(lower.findobj(Text))
    figures[name].draw(ax=upper, notices=NOTICES)
    assert lower.get_position().bounds == place
    drawn = [text for text in texts_of(upper) if text not in before]
    ceiling = figure.bbox.height * lower.get_position().y1
    assert all(box.y0 > ceiling for box in boxes_of(drawn))


@pytest.mark.parametrize("name", CHARTS)
def test_equal_bytes_own_title_and_settings_left_alone(name, figures, texts_of, tmp_path):
    before, found = dict(mpl.rcParams), []
    for k in range(2):
        ax = figures[name].draw(title="$x^2$ \\frac{", notices=NOTICES)
        paths = save_figure(ax, tmp_path / f"{name}{k}", ["svg"])
        path = write_caption(figures[name].caption, tmp_path / f"{name}{k}", notices=NOTICES)
        found.append([hashlib.sha256(file.read_bytes()).hexdigest() for file in (*paths, path)])
        assert dict(mpl.rcParams) == before
        assert len(pyplot.get_fignums()) == k + 1
    assert found[0] == found[1]
    assert len(texts_of(ax, "watermark")) == 1
    assert "$x^2$ \\frac{" in words(ax)
    assert not any(text.get_parse_math() for text in texts_of(ax))


@pytest.mark.parametrize("name", CHARTS)
def test_what_cannot_be_drawn_is_refused(name, figures, index):
    with pytest.raises(BadArgumentError, match="too small"):
        figures[name].draw(ax=new_axes(1.6, 1.2))
    with pytest.raises(BadArgumentError, match="plain matplotlib Axes"):
        figures[name].draw(ax=Figure().add_subplot(projection="polar"))
    plot = {
        "sides": plot_sides,
        "forest": plot_forest,
        "episodes": lambda bad: plot_episodes(bad, index, bad, NO_EVENTS),
        "breaks": lambda bad: plot_breaks(bad, index),
        "regimes": lambda bad: plot_regimes(bad, index),
        "lead_lag": plot_lead_lag,
        "forecast": lambda bad: plot_forecast(bad, index),
        "voices": plot_voices,
        "robustness": plot_robustness,
        "moves": plot_moves,
    }[name]
    with pytest.raises(BadArgumentError, match="Result is needed"):
        plot(pd.DataFrame())


def test_a_lone_surrogate_in_a_caption_does_not_stop_a_run(figures, tmp_path):
    caption = replace(figures["moves"].caption, title="name \ud800")
    path = write_caption(caption, tmp_path / "new" / "a.b", source="Ours", notices=NOTICES)
    text = path.read_text(encoding="utf-8")
    assert path.name == "a.b.txt"
    assert text.startswith("name \\ud800\n")
    assert "Note: EXAMPLE DATA. 3 bad rows set aside. Source: Ours\n" in text
    assert text.endswith(f"Alternative text: {caption.alt}\n")


def test_nothing_that_is_passed_in_is_changed(index, make_findings):
    findings = make_findings(index)
    copies = {
        "breaks": findings.breaks.table.copy(),
        "robustness": findings.robustness.table.copy(),
        "voices": findings.voices.groups.copy(),
        "contacts": findings.voices.contacts.copy(),
        "moves": findings.moves.moves[0].table.copy(),
    }
    for figure in finding_figures(index, findings).values():
        figure.draw(ax=new_axes(7.2, 9))
    pd.testing.assert_frame_equal(findings.breaks.table, copies["breaks"])
    pd.testing.assert_frame_equal(findings.robustness.table, copies["robustness"])
    pd.testing.assert_frame_equal(findings.voices.groups, copies["voices"])
    pd.testing.assert_frame_equal(findings.voices.contacts, copies["contacts"])
    pd.testing.assert_frame_equal(findings.moves.moves[0].table, copies["moves"])
    assert np.isfinite(findings.moves.moves[0].change)

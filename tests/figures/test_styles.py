"""Styles and sizes of every chart, and colours for every eye."""

from __future__ import annotations

from contextlib import nullcontext
from functools import partial
from itertools import combinations

import numpy as np
import pytest
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from detente.errors import BadArgumentError
from detente.figures import (
    SIZES,
    STYLES,
    check_style,
    draw_in_style,
    finding_figures,
    new_axes,
    on_dark,
    plot_calendar,
    plot_index,
    plot_statements,
    save_figure,
)
from detente.figures.calendar import luminance
from detente.figures.changes import UNTOLD
from detente.figures.page import footless, has_foot
from detente.figures.styles import DARK_COLOURS, dark_of
from detente.figures.theme import COLD, FIRST, INK, PAPER, SECOND, WARM
from detente.index import monthly_index

CHARTS = (
    *("index", "statements", "calendar", "sides", "forest", "breaks", "regimes", "lead_lag"),
    *("forecast", "voices", "robustness", "moves"),
)

#: What a colour without alpha becomes for an eye without one kind of cone, in linear light:
#: Machado, Oliveira and Fernandes (2009), IEEE TVCG 15(6), severity 1.
SIMULATED = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}


@pytest.fixture(scope="module")
def charts(make_scored, make_episodes, make_findings):
    scored = make_scored(80, days=400)
    index = monthly_index(scored, ("RUS", "TUR"), method="means")
    findings = make_findings(
        index, n_speakers=4, n_specifications=5, n_ahead=3, n_episodes=4, n_breaks=1
    )
    marked = make_episodes(4, days=300)
    drawn = {
        "index": partial(plot_index, index, episodes=marked, regimes=findings.regimes),
        "statements": partial(plot_statements, scored, "RUS-TUR", result=index, episodes=marked),
        "calendar": partial(plot_calendar, index),
    }
    return drawn | {name: one.draw for name, one in finding_figures(index, findings).items()}


def contrast(one, other) -> float:
    """Contrast of two colours (WCAG 2), 1 to 21."""
    low, high = sorted((luminance(to_rgb(one)), luminance(to_rgb(other))))
    return (high + 0.05) / (low + 0.05)


#: A slide is drawn twice, to find its shape; test_finding_figures.py has every chart on one.
SLIDES = ("index", "forest", "regimes", "voices")


@pytest.mark.parametrize(
    ("name", "style"),
    [*((name, "column") for name in CHARTS), *((name, "slide") for name in SLIDES)],
)
def test_nothing_overlaps_or_is_cut(name, style, charts, texts_of, boxes_of):
    if style == "column":
        ax = draw_in_style(charts[name], size="column", source="files", notices=("A",))
    else:
        ax = draw_in_style(charts[name], style, source="files", notices=("A",))
    whole, texts = ax.figure.bbox, texts_of(ax)
    boxes = boxes_of(texts)
    for text, box in zip(texts, boxes, strict=True):
        assert whole.x0 <= box.x0 <= box.x1 <= whole.x1, text
        assert whole.y0 <= box.y0 <= box.y1 <= whole.y1, text
    for (a, box_a), (b, box_b) in combinations(zip(texts, boxes, strict=True), 2):
        across = min(box_a.x1, box_b.x1) - max(box_a.x0, box_b.x0)
        along = min(box_a.y1, box_b.y1) - max(box_a.y0, box_b.y0)
        assert across <= 0.5 or along <= 0.2 * min(box_a.height, box_b.height), (a, b)
    width = {"slide": 8.0, "column": 89 / 25.4}[style]
    assert ax.figure.get_size_inches()[0] == pytest.approx(width)


@pytest.mark.parametrize("name", CHARTS)
def test_all_letters_can_be_read_on_dark(name, charts, texts_of):
    ax = draw_in_style(charts[name], "dark", source="files")
    background = ax.figure.get_facecolor()
    assert luminance(to_rgb(background)) < 0.02
    has_cells = any(patch.get_gid() == "cell" for patch in ax.figure.findobj(Patch))
    for text in texts_of(ax):
        # Letters on the scale of tone keep the colour that can be read there.
        if not (has_cells and text.get_gid() in ("index", "n", "count")):
            assert contrast(text.get_color(), background) > 4.5, text


def test_dark_is_kept_by_a_file_and_turned_once(charts, tmp_path):
    ax = draw_in_style(charts["calendar"], "dark")
    colours = [line.get_color() for line in ax.figure.findobj(Line2D)]
    assert on_dark(ax) is ax
    assert [line.get_color() for line in ax.figure.findobj(Line2D)] == colours
    from matplotlib.image import imread

    for n, style in enumerate(("dark", "paper")):
        ax = draw_in_style(charts["lead_lag"], style)
        (path,) = save_figure(ax, tmp_path / style, ["png"])
        corner = imread(path)[2, 2, :3]
        assert np.allclose(corner, to_rgb(ax.figure.get_facecolor()), atol=0.01)
        assert bool(corner.mean() > 0.9) is bool(n)


def test_equal_bytes_on_dark(charts, tmp_path):
    found = [
        save_figure(draw_in_style(charts["moves"], "dark"), tmp_path / k, ["svg"])[0].read_bytes()
        for k in "ab"
    ]
    assert found[0] == found[1]


def test_a_width_holds_for_one_chart_only(charts):
    draw_in_style(charts["moves"], size="column")
    assert charts["moves"]().figure.get_size_inches()[0] == pytest.approx(7.2)
    with pytest.raises(RuntimeError):
        draw_in_style(broken, size="column")
    assert charts["moves"]().figure.get_size_inches()[0] == pytest.approx(7.2)


def broken(**_) -> Axes:
    raise RuntimeError


def test_what_is_unknown_is_refused():
    with pytest.raises(BadArgumentError, match="Did you mean 'slide'"):
        check_style("slid")
    with pytest.raises(BadArgumentError, match="Use page and column"):
        check_style("paper", "b5")
    with pytest.raises(BadArgumentError, match="size of its own"):
        check_style("slide", "column")
    for style in STYLES:
        check_style(style)
    assert SIZES["column"] * 25.4 / 72 == pytest.approx(89)


def test_regimes_behind_the_index(charts):
    tinted = charts["index"](ax=new_axes(7.2, 7))
    assert len([patch for patch in tinted.patches if patch.get_gid() == "regime"]) == 2
    plain = charts["index"](ax=new_axes(7.2, 7), regimes=None)
    assert not [patch for patch in plain.patches if patch.get_gid() == "regime"]
    notes = [
        " ".join(text.get_text() for text in ax.texts if text.get_fontsize() == 6.5)
        for ax in (tinted, plain)
    ]
    assert "Tinted: months of the regime around −40 degrees, though we cannot tell" in notes[0]
    assert "Tinted" not in notes[1]


def seen(colour, eye: str) -> np.ndarray:
    """CIE L*a*b* of a colour as an eye sees it."""
    rgb = np.array(to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    linear = np.clip(SIMULATED[eye] @ linear, 0, 1)
    to_xyz = np.array(
        [
            [0.4124564, 0.3575761, 0.1804375],
            [0.2126729, 0.7151522, 0.0721750],
            [0.0193339, 0.1191920, 0.9503041],
        ]
    )
    xyz = to_xyz @ linear / (to_xyz @ np.ones(3))
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


#: Colours that must not be taken for one another: sides, cold and warm, and the verdicts, which
#: are cold, warm and the grey of what cannot be told.
PAIRS = ((FIRST, SECOND), (COLD, WARM), (COLD, UNTOLD), (WARM, UNTOLD))


@pytest.mark.parametrize("eye", SIMULATED)
@pytest.mark.parametrize("is_dark", [False, True])
def test_colours_stay_apart_for_every_eye(eye, is_dark):
    for one, other in PAIRS:
        if is_dark:
            one, other = (dark_of(colour) for colour in (one, other))
        assert np.linalg.norm(seen(one, eye) - seen(other, eye)) > 25, (one, other)


@pytest.mark.parametrize("pair", [(FIRST, SECOND), (COLD, WARM)])
def test_the_same_in_grey(pair):
    for pages in (pair, tuple(DARK_COLOURS[colour] for colour in pair)):
        light = [seen(colour, "usual")[0] for colour in pages]
        assert abs(light[0] - light[1]) > 12


def test_marks_stand_out_from_their_background():
    for paper, dark in DARK_COLOURS.items():
        assert contrast(paper, PAPER) > 2.5
        assert contrast(dark, "#14181c") > 4
    assert contrast(INK, PAPER) > 12


@pytest.mark.parametrize("name", CHARTS)
def test_without_a_foot_a_chart_is_lower_by_it_and_the_same(name, charts, texts_of):
    heights, said = [], []
    for around in (nullcontext(), footless()):
        with around:
            ax = charts[name](source="files", notices=("EXAMPLE DATA",), title="")
        assert has_foot()
        heights.append(ax.figure.get_size_inches()[1])
        said.append([text.get_text() for text in texts_of(ax)])
        pyplot.close(ax.figure)
    assert heights[1] < heights[0] - 0.1
    assert "Source: files" in said[0]
    assert not [text for text in said[1] if text.startswith(("Source: ", "Note: "))]
    # What is written across example data is no foot.
    assert "EXAMPLE DATA" in said[1]
    assert set(said[1]) < set(said[0])

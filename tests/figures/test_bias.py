from __future__ import annotations

from functools import partial

import matplotlib
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from detente.errors import BadArgumentError
from detente.figures import draw_in_style, new_axes, plot_bias
from detente.figures.bias import bias_caption
from detente.figures.theme import COLD, INK, WARM
from detente.validation import MIN_GROUP, validate_scorer


def made(topics=("trade", "syria", "tourism"), n=240):
    """A scorer that is far too warm on the first topic, and too cold on the second."""
    rng = np.random.default_rng(5)
    codes = rng.integers(-2, 3, n)
    topic = np.array([topics[i % len(topics)] for i in range(n)])
    bias = np.select([topic == topics[0], topic == topics[1]], [0.4, -0.4], 0.0)
    scored = pd.DataFrame(
        {
            "id": [f"s{i:03d}" for i in range(n)],
            "date": pd.Timestamp("2015-01-15") + pd.to_timedelta(rng.integers(0, 900, n), "D"),
            "source": np.where(np.arange(n) % 2, "RUS", "TUR"),
            "target": np.where(np.arange(n) % 2, "TUR", "RUS"),
            "topic": topic,
            "text": [f"We welcome matter {i} in Ankara." for i in range(n)],
            "tone": np.clip(codes / 3 + bias + rng.normal(0, 0.05, n), -1, 1),
        }
    )
    codings = pd.DataFrame({"id": scored["id"], "coder": "A", "code": codes, "coder_type": "human"})
    return validate_scorer(scored, codings, scorer_name="target", n_boot=200)


def words(ax, gid):
    return [text.get_text() for text in ax.findobj(matplotlib.text.Text) if text.get_gid() == gid]


def marks(ax):
    return [line for line in ax.lines if line.get_gid() == "bias"]


def test_each_group_stands_in_a_row_with_its_numbers_and_its_colour():
    result = made()
    ax = plot_bias(result)
    rows = result.by_group[result.by_group["n"] >= MIN_GROUP]
    rows = rows[rows["grouping"] != "all"]
    assert len(marks(ax)) == len(rows) >= 7
    assert sorted(line.get_xdata()[0] for line in marks(ax)) == pytest.approx(sorted(rows["bias"]))
    colours = {
        name: to_hex(line.get_markeredgecolor())
        for name, line in zip(
            [word for word in words(ax, "group") if word not in {"Direction", "Topic", "Year"}],
            marks(ax),
            strict=True,
        )
    }
    assert (colours["Trade"], colours["Syria"]) == (WARM, COLD)
    assert colours["Tourism"] == INK
    assert "Russia on Turkey" in colours
    (trade,) = [text for text in words(ax, "figures") if text.startswith("+0.3") and "n 80" in text]
    assert " to +" in trade


@pytest.mark.parametrize("size", [{"size": "column"}, {"style": "slide"}])
def test_it_keeps_inside_its_figure_and_its_caption_tells_what_it_shows(size):
    topics = tuple(f"a topic with a rather long name {i}" for i in range(40))
    result = made(topics, n=1600)
    ax = draw_in_style(partial(plot_bias, result), **size)
    figure = ax.figure
    figure.canvas.draw()
    width, height = figure.get_size_inches() * figure.dpi
    for text in figure.findobj(matplotlib.text.Text):
        if text.get_text() and text.get_visible():
            box = text.get_window_extent()
            assert -1 <= box.x0 <= box.x1 <= width + 1, text.get_text()
            assert -1 <= box.y0 <= box.y1 <= height + 1, text.get_text()
    alt = bias_caption(result, ax).alt
    assert alt.count("statements)") == len(marks(ax))
    if "style" in size:
        assert len(marks(ax)) < bias_caption(result).alt.count("statements)")


def test_without_a_large_group_it_says_so():
    ax = plot_bias(made(n=12), ax=new_axes())
    assert not marks(ax)
    assert any("no bias is printed" in text.get_text() for text in ax.texts)


def test_what_is_no_result_is_refused():
    with pytest.raises(BadArgumentError, match="ValidationResult"):
        plot_bias(pd.DataFrame())
    with pytest.raises(BadArgumentError, match="too small"):
        plot_bias(made(), ax=new_axes(2.0, 1.0))

from __future__ import annotations

from functools import partial
from itertools import combinations, pairwise

import matplotlib
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from detente.errors import BadArgumentError
from detente.figures import draw_in_style, new_axes, save_figure
from detente.figures.validity import plot_validity, validity_caption
from detente.validation import validate_scorer


def made(name="target", n=120, trace="", **options):
    rng = np.random.default_rng(2)
    codes = rng.integers(-3, 4, n)
    scored = pd.DataFrame(
        {
            "id": [f"s{i:03d}" for i in range(n)],
            "date": pd.Timestamp("2015-01-15") + pd.to_timedelta(rng.integers(0, 900, n), "D"),
            "source": "RUS",
            "target": "TUR",
            "text": [f"We welcome matter {i} in Ankara." for i in range(n)],
            "tone": np.clip(codes / 3 + rng.normal(0, 0.3, n), -1, 1),
        }
    )
    if trace:
        scored["trace"] = trace
    codings = pd.DataFrame({"id": scored["id"], "coder": "A", "code": codes, "coder_type": "human"})
    return validate_scorer(scored, codings, scorer_name=name, n_boot=60, **options)


def artists(ax, gid):
    return ax.findobj(lambda artist: artist.get_gid() == gid)


def words(ax):
    return [text.get_text() for text in ax.figure.findobj(matplotlib.text.Text)]


def test_the_baseline_stands_beside_and_the_classes_behind():
    result = made()
    ax = plot_validity(result, ax=new_axes())
    beside, classes = ax.child_axes
    (dots,) = [a for a in ax.collections if a.get_gid() == "statements"]
    places = np.asarray(dots.get_offsets())
    assert places[:, 1] == pytest.approx(result.pairs["tone"].to_numpy())
    spread = places[:, 0] - 3 * result.pairs["gold"].to_numpy()
    assert np.abs(spread).max() < 0.5
    assert len([a for a in beside.collections if a.get_gid() == "statements"]) == 1
    (means,) = [line for line in ax.lines if line.get_gid() == "means"]
    assert means.get_ydata() == pytest.approx(result.by_code["mean_tone"].to_numpy())
    counts = [text.get_text().split("\n")[0] for text in classes.texts]
    assert [int(text) for text in counts] == result.confusion.to_numpy().ravel().tolist()
    assert "Tone by plain VADER" in words(ax)


def test_a_baseline_alone_has_one_panel_of_dots():
    ax = plot_validity(made("vader"), ax=new_axes())
    assert len(ax.child_axes) == 1


def test_fitted_scorers_are_not_said_to_be_validated():
    shown = " ".join(words(plot_validity(made(in_sample=True), ax=new_axes()))).lower()
    assert "in-sample" in shown
    assert "valid" not in shown
    assert "Validation of 'target'" in " ".join(words(plot_validity(made(), ax=new_axes())))


def test_what_was_seen_of_the_codings_can_be_read_in_the_chart():
    result = made(trace='[{"entry":"out of fold"}]', written_with="codings of the study y")
    shown = words(plot_validity(result, title="Ours", ax=new_axes()))
    assert any("by code and tone; out-of-fold; one human coding" in text for text in shown)
    note = " ".join(" ".join(shown).split())
    assert "Out-of-fold: judged by a model that saw no statement of the same year." in note
    assert "written with the codings of the study y in view" in note
    caption = validity_caption(result)
    assert "out-of-fold" in caption.title
    assert ", out-of-fold." in caption.alt
    plain = " ".join(words(plot_validity(made(trace="[]"), ax=new_axes())))
    assert "fold" not in plain
    assert "in view" not in plain
    unknown = " ".join(" ".join(words(plot_validity(made(), ax=new_axes()))).split())
    assert "by code and tone; not known whether out-of-fold; one human coding" in unknown


def test_notices_are_printed_and_example_data_is_marked():
    ax = plot_validity(made(), notices=("EXAMPLE DATA",), source="Ours", ax=new_axes())
    assert artists(ax, "watermark")
    assert "Source: Ours" in words(ax)
    with pytest.raises(BadArgumentError, match="sequence"):
        plot_validity(made(), notices="EXAMPLE DATA", ax=new_axes())


def test_nothing_runs_out_of_the_figure_and_panels_do_not_meet(tmp_path):
    ax = plot_validity(made("a scorer with a name that is far too long for any panel"))
    figure = ax.figure
    figure.canvas.draw()
    width, height = figure.canvas.get_width_height()
    for text in figure.findobj(matplotlib.text.Text):
        if text.get_text() and text.get_visible() and text.axes is not None:
            box = text.get_window_extent()
            assert box.x0 >= -1, text
            assert box.x1 <= width + 1, text
            assert box.y0 >= -1, text
            assert box.y1 <= height + 1, text
            assert text.get_fontsize() >= 6.5
    places = [panel.get_tightbbox() for panel in ax.child_axes]
    assert places[0].x1 < places[1].x0
    matplotlib.pyplot.close(figure)
    files = [
        save_figure(plot_validity(made(), ax=new_axes()), tmp_path / name, ["svg"])[0]
        for name in "ab"
    ]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(BadArgumentError, match="ValidationResult"):
        plot_validity(pd.DataFrame(), ax=new_axes())
    with pytest.raises(BadArgumentError, match="too small"):
        plot_validity(made(), ax=new_axes(2.0, 2.0))
    before = dict(matplotlib.rcParams)
    plot_validity(made(), ax=Figure(figsize=(7, 4)).add_subplot())
    assert dict(matplotlib.rcParams) == before


def test_in_a_column_the_panels_stand_one_below_the_other(texts_of, boxes_of):
    ax = draw_in_style(partial(plot_validity, made()), size="column", source="files")
    figure = ax.figure
    assert figure.get_size_inches()[0] == pytest.approx(89 / 25.4)
    places = [panel.get_window_extent() for panel in (ax, *ax.child_axes)]
    for upper, lower in pairwise(places):
        assert upper.y0 > lower.y1
    whole = figure.bbox
    # The panels of dots take the width, so that their marks can be told apart.
    assert all(place.width > 0.75 * whole.width for place in places[:-1])
    texts = texts_of(ax)
    boxes = boxes_of(texts)
    for text, box in zip(texts, boxes, strict=True):
        assert text.get_fontsize() >= 6.5
        assert whole.x0 <= box.x0 <= box.x1 <= whole.x1, text
        assert whole.y0 <= box.y0 <= box.y1 <= whole.y1, text
    for (a, box_a), (b, box_b) in combinations(zip(texts, boxes, strict=True), 2):
        across = min(box_a.x1, box_b.x1) - max(box_a.x0, box_b.x0)
        along = min(box_a.y1, box_b.y1) - max(box_a.y0, box_b.y0)
        assert across <= 0.5 or along <= 0.2 * min(box_a.height, box_b.height), (a, b)
    matplotlib.pyplot.close(figure)


def test_the_caption_says_how_to_read_the_marks():
    result = made()
    caption = validity_caption(result)
    assert caption.title == result.title
    assert "Large mark with bar" in caption.caption
    assert result.estimate("pearson") in caption.alt

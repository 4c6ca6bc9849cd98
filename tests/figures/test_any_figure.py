"""What holds for every chart: nothing overlaps, nothing is cut, nothing is left behind."""

from __future__ import annotations

from itertools import combinations

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib import pyplot
from matplotlib.text import Text

from detente.errors import BadArgumentError
from detente.figures import new_axes, plot_calendar, plot_index, plot_statements
from detente.index import IndexResult, monthly_index

CHARTS = ("index", "statements", "calendar")
NOTICES = ("EXAMPLE DATA", "3 bad rows set aside")


INDEXES: dict[bytes, IndexResult] = {}


def index_of(scored):
    """The index of these statements, fitted once: a chart leaves it as it is."""
    key = pd.util.hash_pandas_object(scored).to_numpy().tobytes()
    if key not in INDEXES:
        INDEXES[key] = monthly_index(scored, ("RUS", "TUR"))
    return INDEXES[key]


def draw(chart, scored, episodes=None, **options):
    result = index_of(scored)
    if chart == "index":
        return plot_index(result, episodes=episodes, **options)
    if chart == "calendar":
        return plot_calendar(result, **options)
    return plot_statements(scored, "RUS-TUR", result=result, episodes=episodes, **options)


def overlapping(texts: list[Text], boxes) -> list[tuple[str, str]]:
    """Pairs of texts that touch; a box holds a fifth of its height in air around letters."""
    return [
        (a.get_text(), b.get_text())
        for (a, box_a), (b, box_b) in combinations(zip(texts, boxes, strict=True), 2)
        if min(box_a.x1, box_b.x1) - max(box_a.x0, box_b.x0) > 0.5
        and min(box_a.y1, box_b.y1) - max(box_a.y0, box_b.y0)
        > 0.2 * min(box_a.height, box_b.height)
    ]


@pytest.mark.parametrize("chart", ["index", "statements"])
@pytest.mark.parametrize(
    ("n", "first", "days"),
    [
        (0, "2009-06-01", 2600),
        (1, "2012-06-01", 1),
        (6, "2009-02-02", 30),
        (15, "2009-06-01", 2600),
        (15, "2013-01-01", 300),
        (60, "2009-06-01", 2600),
        (60, "2012-06-01", 20),
        (200, "2009-06-01", 2600),
    ],
)
def test_labels_neither_overlap_nor_leave_the_figure(
    chart, n, first, days, make_scored, make_episodes, texts_of, boxes_of
):
    ax = draw(chart, make_scored(), make_episodes(n, first, days), source="files", notices=NOTICES)
    texts = [text for text in texts_of(ax) if text.get_gid() != "watermark"]
    boxes = boxes_of(texts)
    assert not overlapping(texts, boxes)
    whole = ax.figure.bbox
    for text, box in zip(texts, boxes, strict=True):
        assert whole.x0 <= box.x0, text
        assert box.x1 <= whole.x1, text
        assert whole.y0 <= box.y0, text
        assert box.y1 <= whole.y1, text
    n_marked = len(texts_of(ax, "episode number")) or len(
        {line.get_xdata()[0] for line in ax.lines if line.get_gid() == "leader"}
    )
    if n == 15 or n == 60:
        assert n_marked > 0
    if n == 200:
        assert n_marked == 0
        assert "200 episodes" in " ".join(text.get_text() for text in texts)


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize(("n", "days"), [(3, 5), (60, 80), (300, 700), (3000, 14_600)])
def test_any_length_of_time(chart, n, days, make_scored, texts_of, boxes_of):
    ax = draw(chart, make_scored(n, days=days), notices=NOTICES)
    texts = [text for text in texts_of(ax) if text.get_gid() != "watermark"]
    assert not overlapping(texts, boxes_of(texts))
    assert min(text.get_fontsize() for text in texts) >= 6.5
    assert ax.figure.get_size_inches()[0] == pytest.approx(7.2)


@pytest.mark.parametrize("chart", CHARTS)
def test_watermark_only_with_the_notice(chart, make_scored, texts_of):
    scored = make_scored(100)
    (mark,) = texts_of(draw(chart, scored, notices=NOTICES), "watermark")
    assert mark.get_text() == "EXAMPLE DATA"
    assert not texts_of(draw(chart, scored, notices=NOTICES[1:]), "watermark")


@pytest.mark.parametrize("chart", CHARTS)
def test_global_settings_and_pyplot_are_left_alone(chart, make_scored):
    before = dict(mpl.rcParams)
    ax = draw(chart, make_scored(100))
    assert dict(mpl.rcParams) == before
    # A figure made here is open for the notebook; one that was passed in is not pyplot's.
    assert len(pyplot.get_fignums()) == 1
    draw(chart, make_scored(100), ax=new_axes(7.2, 7))
    assert len(pyplot.get_fignums()) == 1
    assert ax.figure.number in pyplot.get_fignums()


@pytest.mark.parametrize("chart", CHARTS)
def test_users_settings_do_not_change_the_figure(chart, make_scored, texts_of):
    scored = make_scored(100)
    plain = [(t.get_text(), t.get_fontsize()) for t in texts_of(draw(chart, scored))]
    with mpl.rc_context({"font.size": 20, "xtick.labelsize": 19, "axes.spines.top": True}):
        other = [(t.get_text(), t.get_fontsize()) for t in texts_of(draw(chart, scored))]
        own, given = pyplot.subplots(figsize=(7.2, 8))
        ax = draw(chart, scored, ax=given)
    assert plain == other
    assert max(t.get_fontsize() for t in texts_of(ax)) <= 11
    assert own is ax.figure
    assert not ax.spines["top"].get_visible()


@pytest.mark.parametrize("chart", ["index", "statements"])
def test_hostile_text_is_drawn_literally(chart, make_scored, make_episodes, texts_of, boxes_of):
    episodes = make_episodes(6).assign(
        label=[
            r"$\frac{a}{b}$ costs 5$",
            "<b>bold</b> & #set",
            "Grin 😀",
            "\u202eשלום",
            "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenhersteller " * 3,
            "",
        ]
    )
    ax = draw(
        chart,
        make_scored(),
        episodes,
        title="$x^2$ \0 _{unclosed \\frac{",
        source="50 % of $ources\n\tand \ud800 more",
        notices=("100 $ & <i>",),
    )
    texts = texts_of(ax)
    assert not any(text.get_parse_math() for text in texts)
    assert not any(text.get_usetex() for text in texts)
    words = " ".join(text.get_text() for text in texts)
    for needed in (
        "costs 5$",
        "<b>bold</b>",
        "[U+1F600]",
        "[U+202E]",
        "$x^2$ [U+0000]",
        "[U+D800]",
    ):
        assert needed in words, needed
    assert not overlapping(texts, boxes_of(texts))
    assert max(box.x1 for box in boxes_of(texts)) <= ax.figure.bbox.x1


@pytest.mark.parametrize("chart", CHARTS)
def test_one_of_several_axes_keeps_to_its_place(
    chart, make_scored, make_episodes, boxes_of, texts_of
):
    figure, (upper, lower) = pyplot.subplots(2, 1, figsize=(8, 14))
    place = lower.get_position()
    lower_texts = set(lower.findobj(Text))
    draw(chart, make_scored(), make_episodes(15), ax=upper, notices=NOTICES)
    assert lower.get_position().bounds == place.bounds
    drawn = [t for t in texts_of(upper) if t not in lower_texts]
    ceiling = figure.bbox.height * place.y1
    assert all(box.y0 > ceiling for box in boxes_of(drawn))


@pytest.mark.parametrize("chart", CHARTS)
def test_an_axes_that_cannot_be_used_is_refused(chart, make_scored):
    scored = make_scored(60)
    with pytest.raises(BadArgumentError, match="too small"):
        draw(chart, scored, ax=new_axes(1.5, 1))
    with pytest.raises(BadArgumentError, match="plain matplotlib Axes"):
        draw(chart, scored, ax="axes")
    figure = pyplot.figure()
    with pytest.raises(BadArgumentError, match="plain matplotlib Axes"):
        draw(chart, scored, ax=figure.add_subplot(projection="polar"))


def test_a_lower_axes_keeps_the_poles_and_drops_the_labels(make_scored, make_episodes, texts_of):
    episodes = make_episodes(15)
    ax = draw("index", make_scored(), episodes, ax=new_axes(7.2, 3.6))
    assert not texts_of(ax, "episode label")
    assert len([line for line in ax.lines if line.get_gid() == "pole"]) == 15
    assert "15 episodes" in " ".join(text.get_text() for text in texts_of(ax))


@pytest.mark.parametrize("chart", CHARTS)
def test_nothing_the_caller_passed_is_changed(chart, make_scored, make_episodes):
    scored, episodes = make_scored(), make_episodes(8)
    copies = scored.copy(), episodes.copy()
    draw(chart, scored, episodes)
    pd.testing.assert_frame_equal(scored, copies[0])
    pd.testing.assert_frame_equal(episodes, copies[1])

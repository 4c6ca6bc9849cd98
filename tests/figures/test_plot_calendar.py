from __future__ import annotations

import pytest

from detente import wording
from detente.figures import figure_captions, new_axes, plot_calendar
from detente.figures.captions import calendar_caption
from detente.figures.differences import sides_note
from detente.figures.page import COLUMN_WIDTH, wide
from detente.index import BILATERAL, MAX_HALF_WIDTH, MIN_OCCASIONS, is_thin, monthly_index


@pytest.fixture(scope="module")
def result(make_scored):
    return monthly_index(make_scored(), ("RUS", "TUR"), method="means")


def test_cells_tell_index_and_count(result, texts_of):
    ax = plot_calendar(result)
    known = result.direction(BILATERAL).dropna(subset="index")
    assert [t.get_text() for t in texts_of(ax, "index")] == [
        wording.degrees(value) for value in known["index"]
    ]
    assert [t.get_text() for t in texts_of(ax, "n")] == [str(n) for n in known["n_statements"]]
    assert len([p for p in ax.patches if p.get_gid() == "cell"]) == len(known)


def test_months_without_an_index_are_hatched(result, texts_of):
    ax = plot_calendar(result)
    rows = result.direction(BILATERAL)
    empty = [patch for patch in ax.patches if patch.get_gid() == "empty"]
    assert len(empty) == int(rows["index"].isna().sum()) > 0
    assert all(patch.get_hatch() for patch in empty)
    alone = rows[rows["index"].isna() & (rows["n_statements"] > 0)]
    told = [text.get_text() for text in texts_of(ax, "one side")]
    assert len(told) == len(alone) > 0
    first = result.direction("RUS>TUR")["n_statements"]
    assert told == [f"{'RUS' if first[i] else 'TUR'} {n}" for i, n in alone["n_statements"].items()]


def test_the_note_has_the_limits_of_the_index(result, texts_of, monkeypatch):
    from detente.figures import calendar

    def note():
        return " ".join(t.get_text() for t in plot_calendar(result).texts).replace("\n", " ")

    occasions, half_width = wording.count(MIN_OCCASIONS, "occasion"), MAX_HALF_WIDTH
    assert f"at least {occasions} and an interval of at most {half_width:.0f} degrees" in note()
    monkeypatch.setattr(calendar, "MIN_OCCASIONS", 7)
    monkeypatch.setattr(calendar, "MAX_HALF_WIDTH", 41.0)
    assert "at least 7 occasions and an interval of at most 41 degrees" in note()


def test_cells_stand_in_their_month_and_year(result):
    ax = plot_calendar(result)
    places = {p.get_xy() for p in ax.patches if p.get_gid() in ("cell", "empty")}
    assert places == {(month.month - 1, month.year) for month in result.months}
    # The first year is the upper row.
    assert ax.get_ylim()[0] > ax.get_ylim()[1]


def test_scale_has_named_ends_and_hatching_is_explained(result, texts_of):
    words = " | ".join(text.get_text() for text in texts_of(plot_calendar(result)))
    for needed in (
        "all hostile",
        "all cordial",
        "−100",
        "+100",
        "Hatched",
        "only Russia",
        "degrees",
    ):
        assert needed in words, needed


@pytest.mark.parametrize(("n", "days"), [(60, 80), (3000, 14_000)])
def test_three_months_or_forty_years(make_scored, texts_of, boxes_of, n, days):
    ax = plot_calendar(monthly_index(make_scored(n, days=days), ("RUS", "TUR")))
    texts = [*texts_of(ax, "index"), *texts_of(ax, "n"), *texts_of(ax, "one side")]
    assert min(text.get_fontsize() for text in texts) >= 6.5
    boxes = boxes_of(texts)
    whole = ax.figure.bbox
    assert all(whole.x0 <= box.x0 and box.x1 <= whole.x1 for box in boxes)
    assert all(whole.y0 <= box.y0 and box.y1 <= whole.y1 for box in boxes)
    for index, n_text in zip(texts_of(ax, "index"), texts_of(ax, "n"), strict=True):
        assert index.get_window_extent().x1 < n_text.get_window_extent().x0


def test_small_cells_have_no_numbers_rather_than_illegible_ones(make_scored, texts_of):
    result = monthly_index(make_scored(3000, days=14_000), ("RUS", "TUR"))
    ax = plot_calendar(result, ax=new_axes(7, 3.5))
    assert not texts_of(ax, "index")
    assert [p for p in ax.patches if p.get_gid() == "cell"]


def test_a_column_speaks_of_no_numbers_that_it_does_not_show(make_scored, texts_of):
    result = monthly_index(make_scored(), ("RUS", "TUR"))
    with wide(COLUMN_WIDTH):
        ax = plot_calendar(result)
    words = " ".join(text.get_text() for text in texts_of(ax))
    assert not texts_of(ax, "index")
    for word in ("number of statements", "Bold", "and a number"):
        assert word not in words
    assert "Small square: fewer than 3 occasions" in words
    rows = result.direction(BILATERAL)
    cells = [p for p in ax.patches if p.get_gid() == "cell"]
    thin = is_thin(rows)[rows["raw"].notna()]
    assert [cell.get_width() < 1 for cell in cells] == thin.to_list()
    assert 0 < thin.sum() < len(thin)
    told = calendar_caption(result, ax)
    assert told.caption.endswith("of more than 30 degrees to either side.")
    for word in ("number of statements", "Bold", "with its code"):
        assert word not in told.caption
    page = calendar_caption(result, plot_calendar(result))
    assert page == figure_captions(result)["calendar"]


def test_cells_with_room_for_one_number_say_what_is_bold(result, texts_of):
    with wide(340.0):
        ax = plot_calendar(result)
    words = " ".join(text.get_text() for text in texts_of(ax))
    assert texts_of(ax, "index")
    assert not texts_of(ax, "n")
    assert "Bold: at least 3 occasions and an interval of the index" in words
    assert "number of statements" not in words
    assert {p.get_width() for p in ax.patches if p.get_gid() == "cell"} == {1}


def test_countries_have_their_article_in_sentences(make_scored):
    codes = {"RUS": "PHL", "TUR": "USA"}
    scored = make_scored().replace({"source": codes, "target": codes})
    index = monthly_index(scored, ("PHL", "USA"), method="means")
    words = " ".join(text.get_text() for text in plot_calendar(index).texts).replace("\n", " ")
    assert "only the Philippines or only the United States spoke" in words
    assert "Difference above zero: the Philippines spoke the more warmly" in sides_note(index)


def test_where_no_month_is_hatched_the_caption_counts_none(make_scored, result):
    full = make_scored(n=600, days=58)
    tones = monthly_index(full[full["tone"].notna()], ("RUS", "TUR"), method="means")
    assert not tones.coverage.n_one_side
    told = figure_captions(tones)["calendar"].caption
    assert "No month is hatched" in told
    assert "0 months" not in told
    assert "No month is hatched" not in figure_captions(result)["calendar"].caption

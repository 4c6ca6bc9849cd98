from __future__ import annotations

import pytest

from detente.figures import figure_captions
from detente.index import BILATERAL, is_thin, monthly_index


@pytest.fixture(scope="module")
def scored(make_scored):
    return make_scored()


def test_one_caption_for_each_figure(scored):
    result = monthly_index(scored, ("RUS", "TUR"))
    assert set(figure_captions(result)) == {"index", "calendar"}
    captions = figure_captions(result, scored=scored)
    assert set(captions) == {"index", "calendar", "statements"}
    for caption in captions.values():
        assert caption.title
        assert caption.caption.endswith(".")
        assert "Russia and Turkey" in caption.alt


def test_numbers_are_those_of_the_result(scored):
    result = monthly_index(scored, ("RUS", "TUR"), method="means")
    captions = figure_captions(result, scored=scored)
    known = result.direction(BILATERAL).dropna(subset="index")
    told = f"{int(is_thin(known).sum())} of {len(known)} months with a value are hollow"
    assert told in captions["index"].caption
    assert result.sentence in captions["index"].alt
    rows = result.direction(BILATERAL)
    n_empty = int((rows["n_statements"] == 0).sum())
    assert f"{n_empty} month" in captions["calendar"].caption
    n_without = int(scored["tone"].isna().sum())
    assert f"{n_without} statements without a tone" in captions["statements"].caption


@pytest.mark.usefixtures("sides_apart")
def test_captions_of_a_smoothed_index_tell_line_dots_and_what_the_line_cannot_show(make_scored):
    scored = make_scored(apart=True)
    result = monthly_index(scored, ("RUS", "TUR"))
    captions = figure_captions(result, scored=scored)
    rows = result.direction(BILATERAL)
    dots = rows.dropna(subset="raw")
    text = captions["index"].caption
    assert f"{int(is_thin(dots).sum())} of {len(dots)} months with a mean of both sides" in text
    assert f"In {len(rows) - len(dots)} months not both sides spoke: no dot" in text
    assert "no turn should be dated from it" in text
    assert "not for the scorer's error or the choice of statements" in text
    assert captions["index"].alt.count(result.sentence) == 1
    calendar = captions["calendar"]
    assert "not smoothed" in calendar.caption
    # The extremes of the smoothed index are not those of the cells.
    assert result.sentence not in calendar.alt
    assert f"{len(dots)} of {len(rows)} months have a mean of both sides" in calendar.alt
    assert "smoothed index of the side" in captions["statements"].caption


@pytest.mark.usefixtures("sides_one")
def test_sides_that_are_one_curve_are_said_to_be(scored):
    result = monthly_index(scored, ("RUS", "TUR"))
    captions = figure_captions(result, scored=scored)
    assert "cannot be told apart and are not drawn" in captions["index"].caption
    assert "short grey lines are the means" in captions["statements"].caption


def test_episodes_are_listed_or_counted(scored, make_episodes):
    result = monthly_index(scored, ("RUS", "TUR"))
    alt = figure_captions(result, episodes=make_episodes(3))["index"].alt
    assert "Marked episodes: Event 0 with a name (" in alt
    assert (
        "60 episodes are marked" in figure_captions(result, episodes=make_episodes(60))["index"].alt
    )
    assert "pisode" not in figure_captions(result, episodes=make_episodes(0))["index"].alt


def test_no_word_of_the_statistics_goes_missing_as_nan(make_scored):
    one = make_scored(30, one_side=True)
    captions = figure_captions(monthly_index(one, ("RUS", "TUR")), scored=one)
    words = " ".join(f"{c.title} {c.caption} {c.alt}" for c in captions.values())
    assert "nan" not in words
    assert "None" not in words

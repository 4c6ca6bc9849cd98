from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from detente.errors import BadArgumentError
from detente.figures import new_axes, plot_statements
from detente.index import monthly_index


@pytest.fixture(scope="module")
def scored(make_scored):
    return make_scored()


def dots(ax):
    (found,) = [c for c in ax.collections if c.get_gid() == "statements"]
    return found


def test_every_statement_is_a_mark_at_its_tone(scored):
    before = scored.copy()
    ax = plot_statements(scored, "RUS-TUR")
    for panel, source in ((ax, "RUS"), (ax.child_axes[0], "TUR")):
        tone = scored.loc[scored["source"] == source, "tone"]
        assert np.allclose(dots(panel).get_offsets()[:, 1], tone.dropna() * 100)
        assert np.allclose(dots(panel).get_array(), tone.dropna() * 100)
        (strokes,) = [c for c in panel.collections if c.get_gid() == "no tone"]
        assert len(strokes.get_segments()) == int(tone.isna().sum()) > 0
    pd.testing.assert_frame_equal(scored, before)


def test_sides_have_different_marks(scored):
    ax = plot_statements(scored, "RUS-TUR")
    paths = [dots(panel).get_paths()[0].vertices.shape for panel in (ax, ax.child_axes[0])]
    assert paths[0] != paths[1]


def test_counts_stand_in_the_headings(scored, texts_of):
    names = [text.get_text() for text in texts_of(plot_statements(scored, "RUS-TUR"), "side")]
    n = int((scored["source"] == "RUS").sum())
    assert names == [
        f"Russia on Turkey, {n} statements",
        f"Turkey on Russia, {len(scored) - n} statements",
    ]


def test_reverse_dyad_has_the_other_side_above(scored, texts_of):
    names = [text.get_text() for text in texts_of(plot_statements(scored, "TUR>RUS"), "side")]
    assert names[0].startswith("Turkey on Russia")


def test_months_behind_are_those_of_the_result(scored):
    result = monthly_index(scored, "RUS-TUR", method="means", since="2010-01", until="2012-12")
    ax = plot_statements(scored, "RUS-TUR", result=result)
    (months,) = [c for c in ax.collections if c.get_gid() == "month"]
    known = result.direction("RUS>TUR")["index"].dropna()
    assert [segment[0][1] for segment in months.get_segments()] == pytest.approx(known.tolist())
    shown = scored["date"].between("2010-01-01", "2012-12-31")
    n = len(dots(ax).get_offsets()) + len(dots(ax.child_axes[0]).get_offsets())
    assert n == int(scored.loc[shown, "tone"].notna().sum())


@pytest.mark.usefixtures("sides_apart")
def test_a_smoothed_index_is_a_line_behind_each_side(make_scored, texts_of):
    scored = make_scored(apart=True)
    result = monthly_index(scored, "RUS-TUR")
    ax = plot_statements(scored, "RUS-TUR", result=result)
    for panel, name in ((ax, "RUS>TUR"), (ax.child_axes[0], "TUR>RUS")):
        drawn = [line for line in panel.lines if str(line.get_gid()).startswith("month")]
        shown = np.concatenate([np.asarray(line.get_ydata()) for line in drawn])
        rows = result.direction(name)
        assert set(shown[np.isfinite(shown)]) == set(rows["index"])
    words = " ".join(text.get_text() for text in texts_of(ax)).replace("\n", " ")
    assert "no turn is dated from it" in words


def test_rows_of_other_dyads_and_without_a_day_are_passed_over(scored):
    more = pd.concat(
        [scored, scored.head(3).assign(target="USA"), scored.head(2).assign(date=pd.NaT)]
    )
    ax, plain = (plot_statements(f, "RUS-TUR", ax=new_axes()) for f in (more, scored))
    assert len(dots(ax).get_offsets()) == len(dots(plain).get_offsets())


def test_one_silent_side_is_told(make_scored, texts_of):
    ax = plot_statements(make_scored(50, one_side=True), "RUS-TUR")
    assert [text.get_text() for text in texts_of(ax, "nothing")] == ["No statement"]


def test_bad_arguments(scored):
    with pytest.raises(BadArgumentError, match="'tone'"):
        plot_statements(scored.drop(columns="tone"), "RUS-TUR")
    with pytest.raises(BadArgumentError, match="No dated statement"):
        plot_statements(scored, "JPN-KOR")
    with pytest.raises(BadArgumentError, match="same dyad"):
        plot_statements(scored, "JPN-KOR", result=monthly_index(scored, "RUS-TUR"))
    with pytest.raises(BadArgumentError, match="first_day"):
        plot_statements(scored, "RUS-TUR", episodes=pd.DataFrame({"label": ["a"]}))

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from io import BytesIO

import matplotlib as mpl
import pytest
from fontTools import subset
from fontTools.ttLib import TTFont
from matplotlib import pyplot
from pypdf import PdfReader

from detente.errors import BadArgumentError, DetenteError
from detente.figures import FORMATS, new_axes, plot_index, save_figure
from detente.index import monthly_index

#: The same figure, drawn and saved in a process of its own.
PROGRAM = """
import sys
import pandas as pd
from detente.figures import new_axes, plot_index, save_figure
from detente.index import monthly_index
scored = pd.read_csv(sys.argv[1], parse_dates=["date"])
episodes = pd.read_csv(sys.argv[2], parse_dates=["first_day"])
result = monthly_index(scored, ("RUS", "TUR"))
notices = ("EXAMPLE DATA",)
ax = plot_index(result, episodes=episodes, notices=notices, ax=new_axes(7.2, 7))
save_figure(ax, sys.argv[3])
"""


def digests(paths):
    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]


def test_equal_bytes_in_two_saves_and_in_another_process(tmp_path, make_scored, make_episodes):
    make_scored().to_csv(tmp_path / "scored.csv", index=False)
    make_episodes(12).to_csv(tmp_path / "episodes.csv", index=False)
    result = monthly_index(make_scored(), ("RUS", "TUR"))
    ax = plot_index(
        result, episodes=make_episodes(12), notices=("EXAMPLE DATA",), ax=new_axes(7.2, 7)
    )
    first = save_figure(ax, tmp_path / "first")
    time.sleep(1.1)  # PDF and font tables count seconds
    again = save_figure(ax.figure, tmp_path / "again")
    # The seed is neither that of this process nor zero, which would turn chance off.
    seed = "1" if os.environ.get("PYTHONHASHSEED") == "2" else "2"
    subprocess.run(
        [sys.executable, "-c", PROGRAM, *(tmp_path / n for n in ("scored.csv", "episodes.csv")),
         tmp_path / "other"],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo"},
    )  # fmt: skip
    other = [tmp_path / f"other.{name}" for name in FORMATS]
    assert digests(first) == digests(again) == digests(other)


def test_formats_and_contents(tmp_path):
    ax = new_axes()
    ax.set_title("Ankara")
    paths = save_figure(ax, tmp_path / "new" / "a.b")
    assert [path.name for path in paths] == ["a.b.svg", "a.b.png", "a.b.pdf"]
    svg, png, pdf = (path.read_bytes() for path in paths)
    # Text as outlines: no reader's font is asked for.
    assert b"<svg" in svg
    assert b"<text" not in svg
    assert b"<dc:date>" not in svg
    assert png.startswith(b"\x89PNG")
    # Whole TrueType fonts inside (Type 42), no dates.
    assert b"/CIDFontType2" in pdf or b"/TrueType" in pdf
    assert b"CreationDate" not in pdf
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == sorted(
        path.name for path in paths
    )


def test_fonts_inside_a_pdf_have_no_tables_that_set_text(tmp_path):
    before = subset.Options
    ax = new_axes()
    ax.set_title("Ankara, office of the AV")  # with letters that are kerned and joined
    (path,) = save_figure(ax, tmp_path / "a", ["pdf"])
    (page,) = PdfReader(path).pages
    for font in page["/Resources"]["/Font"].values():
        descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        inside = TTFont(BytesIO(descriptor["/FontFile2"].get_data()))
        assert "glyf" in inside
        assert not {"GDEF", "GPOS", "GSUB"} & set(inside.keys())
    assert "Ankara, office of the AV" in page.extract_text()
    assert subset.Options is before


def test_an_older_file_survives_a_failed_save(tmp_path, monkeypatch):
    (path,) = save_figure(new_axes(), tmp_path / "a", ["svg"])
    before = path.read_bytes()
    ax = new_axes()
    monkeypatch.setattr(ax, "draw", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        save_figure(ax, tmp_path / "a", ["svg"])
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == ["a.svg"]


def test_settings_and_figures_stay(tmp_path):
    before = dict(mpl.rcParams)
    figure, ax = pyplot.subplots()
    save_figure(ax, tmp_path / "a", ("png",))
    assert dict(mpl.rcParams) == before
    assert pyplot.fignum_exists(figure.number)


def test_axes_of_a_subfigure_saves_the_whole_figure(tmp_path):
    figure = pyplot.figure()
    ax = figure.subfigures(1, 2)[0].subplots()
    assert save_figure(ax, tmp_path / "a", "svg")[0].stat().st_size > 0


def test_bad_arguments(tmp_path):
    with pytest.raises(BadArgumentError, match="Did you mean 'svg'"):
        save_figure(new_axes(), tmp_path / "a", ["svgz"])
    with pytest.raises(BadArgumentError, match="a Figure or an Axes"):
        save_figure("figure", tmp_path / "a")
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(DetenteError, match="Cannot write"):
        save_figure(new_axes(), tmp_path / "file" / "a")
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]

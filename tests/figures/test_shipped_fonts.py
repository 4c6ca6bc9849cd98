from __future__ import annotations

import shutil
import unicodedata
from pathlib import Path

import pandas as pd
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from detente._fonts import (
    FONT_FAMILY,
    FONT_FILES,
    covers,
    font_folder,
    missing_characters,
    segments,
    visible,
)
from detente.errors import BadArgumentError
from detente.figures import new_axes, save_figure, theme
from detente.figures.theme import text_width
from detente.index import monthly_index
from detente.report import write_report

anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=40)


def test_folder_holds_fonts_licence_and_origin():
    names = {path.name for path in font_folder().iterdir()}
    assert {*FONT_FILES, "OFL.txt", "README.md"} <= names
    licence = (font_folder() / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert (
        "AUTHORS OR COPYRIGHT HOLDERS" in licence.upper() or "COPYRIGHT HOLDER BE LIABLE" in licence
    )


@pytest.mark.parametrize("name", FONT_FILES)
def test_each_file_is_a_static_face_of_the_family(name):
    with TTFont(font_folder() / name) as font:
        assert font["name"].getDebugName(1) == FONT_FAMILY
        # Variable fonts are read by neither Typst nor matplotlib.
        assert "fvar" not in font
        # 0: the licence allows embedding in any document.
        assert font["OS/2"].fsType == 0


@pytest.mark.parametrize("char", [*"−–…·×°’„“”₽₺€ğĞşŞıİçÇöÖüÜâîűőřłđĐЖщЯёїўґΑΩάệ", "\u00a0"])
def test_what_a_report_needs_is_covered(char):
    assert covers(char)


@pytest.mark.parametrize(
    "char", ["\0", "\u202e", "\u200b", "\ufeff", "\ud800", "😀", "中", "ש", "ع"]
)
def test_unseen_and_foreign_characters_are_not_covered(char):
    assert not covers(char)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Erdoğan & Путин: −5 %", "Erdoğan & Путин: −5 %"),
        ("a\tb\nc\r\nd\u2028e", "a b c d e"),
        ("wide\u3000space", "wide space"),
        ("\u202eabc\u202c", "[U+202E]abc[U+202C]"),
        ("zero\u200bwidth\ufeff", "zero[U+200B]width[U+FEFF]"),
        ("e\u0301", "é"),
        ("z\u0351\u036b", "z\u0351[U+036B]"),
        ("\u0301x", "[U+0301]x"),
        ("\ud83d", "[U+D83D]"),
        ("👍🏽", "[U+1F44D][U+1F3FD]"),
        ("\U000e0041", "[U+E0041]"),
        ("$x$ <b> #let [a]", "$x$ <b> #let [a]"),
        ("", ""),
    ],
)
def test_visible(text, printed):
    assert visible(text) == printed


@given(anything)
def test_visible_prints_only_what_the_fonts_have(text):
    printed = visible(text)
    assert all(covers(char) for char in printed)
    assert visible(printed) == printed


@given(anything)
def test_segments_and_counts_tell_the_same(text):
    runs = segments(text)
    assert "".join(f"[{run}]" if missing else run for run, missing in runs) == visible(text)
    counted = missing_characters(text)
    assert sum(counted.values()) == sum(missing for _, missing in runs)
    assert set(counted) == {run for run, missing in runs if missing}
    assert all(run for run, _ in runs)


@given(st.text(st.characters(categories=["L", "N"], max_codepoint=0x24F), max_size=30))
def test_latin_letters_pass_unchanged(text):
    assert visible(text) == unicodedata.normalize("NFC", text)


@pytest.fixture
def further(tmp_path, monkeypatch):
    """A folder with a font that has Georgian letters and smiles, and with others of no use."""
    import matplotlib

    folder = tmp_path / "fonts"
    folder.mkdir()
    shipped = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    shutil.copy(shipped, folder)
    (folder / "broken.ttf").write_bytes(b"no font")
    (folder / "README.txt").write_text("no font")
    monkeypatch.setenv("DETENTE_FONTS", str(folder))
    text_width.cache_clear()
    yield folder
    text_width.cache_clear()


def test_a_folder_of_fonts_prints_what_the_shipped_ones_lack(further, monkeypatch, tmp_path):
    text = "საქართველო 😀"
    assert visible(text) == text
    # Letters that join or run from right to left would be set wrongly.
    assert visible("س") == "[U+0633]"
    assert visible("中") == "[U+4E2D]"
    with theme():
        ax = new_axes()
        ax.text(0.1, 0.5, text)
        (wide,) = save_figure(ax, tmp_path / "a", ["svg"])
    assert "#DejaVuSans-" in wide.read_text("utf-8")  # an outline of that font
    assert text_width(text, 10) > 50
    monkeypatch.delenv("DETENTE_FONTS")
    assert not covers("😀")
    monkeypatch.setenv("DETENTE_FONTS", str(further / "broken.ttf"))
    with pytest.raises(BadArgumentError, match=r"no folder.*Name a folder"):
        covers("😀")


def test_bold_letters_of_a_font_without_a_bold_face_are_no_warning(further, caplog, tmp_path):
    with theme():
        ax = new_axes()
        ax.text(0.1, 0.5, "საქართველო 😀", fontweight="bold")
        save_figure(ax, tmp_path / "a", ["svg"])
    assert not [record for record in caplog.records if "font weight" in record.getMessage()]


def test_a_folder_without_a_usable_font_is_told(tmp_path, monkeypatch):
    (tmp_path / "NotoSansCJK-Regular.ttc").write_bytes(b"a collection")
    monkeypatch.setenv("DETENTE_FONTS", str(tmp_path))
    with pytest.raises(BadArgumentError, match=r"holds no font that can be used.*\.ttc"):
        covers("한")


def test_a_report_prints_with_a_folder_of_fonts(further, tmp_path):
    days = pd.to_datetime(["2015-10-05", "2015-10-09", "2015-12-02", "2015-12-03"])
    scored = pd.DataFrame(
        {"date": days, "source": "RUS", "target": "TUR", "speaker": list("ABCD"), "tone": 0.5}
        | {"text": ["საქართველო 😀 한국", "Fair.", "Bad.", "Poor."]}
    )
    made = write_report(
        tmp_path / "a.pdf",
        index=monthly_index(scored, ("RUS", "TUR")),
        statements=scored,
        figures=[],
    )
    told = "".join(page.extract_text() for page in PdfReader(made.path).pages)
    assert "საქართველო 😀" in told
    assert made.n_boxed == 2 * told.count("საქართველო 😀")
    assert "U+D55C" in told

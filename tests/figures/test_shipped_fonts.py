from __future__ import annotations

import unicodedata

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from detente._fonts import (
    FONT_FAMILY,
    FONT_FILES,
    covers,
    font_folder,
    missing_characters,
    segments,
    visible,
)

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

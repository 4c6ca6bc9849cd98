from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import BadArgumentError
from detente.figures.theme import text_width
from detente.figures.typography import balance, header, is_example, shorten, source_line, wrap

words = st.lists(st.text("abcdefghij", min_size=1, max_size=25), max_size=12).map(" ".join)


@settings(deadline=None)
@given(words, st.floats(60, 300), st.integers(1, 4))
def test_wrapped_lines_fit_and_lose_nothing_unless_told(text, width, n):
    lines = wrap(text, width, 7, max_lines=n)
    assert len(lines) <= n
    assert all(text_width(line, 7) <= width for line in lines)
    if not any(line.endswith("…") for line in lines):
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@settings(deadline=None)
@given(words, st.floats(60, 300), st.sampled_from([6.5, 9]), st.sampled_from(["normal", "bold"]))
def test_lines_take_as_many_words_as_fit(text, width, size, weight):
    lines = wrap(text, width, size, weight, max_lines=99)
    for line, following in pairwise(lines):
        longer = f"{line} {following.split(' ')[0]}"
        is_broken_word = longer not in text
        assert is_broken_word or text_width(longer, size, weight) > width


@settings(deadline=None)
@given(words, st.floats(60, 300), st.integers(1, 3))
def test_balanced_lines_fit(text, width, n):
    lines = balance(text, width, 7, n)
    assert 1 <= len(lines) <= n
    assert all(text_width(line, 7) <= width for line in lines)


def test_shortened_text_is_as_long_as_it_can_be():
    text = "A label that is far too long for its place"
    short = shorten(text, 80, 7)
    assert text.startswith(short[:-1].rstrip())
    assert text_width(short, 7) <= 80 < text_width(text[: len(short) + 1] + "…", 7)


def test_footer_carries_note_notices_and_source():
    block = source_line("our files", ("EXAMPLE DATA", "3 bad rows set aside."), 500, "How to read.")
    assert block.lines == (
        "How to read.",
        "Note: EXAMPLE DATA. 3 bad rows set aside.",
        "Source: our files",
    )


def test_footer_without_anything_has_no_height():
    assert source_line("", (), 500).height == 0


def test_a_single_text_for_notices_is_refused():
    with pytest.raises(BadArgumentError, match=r"Pass \('EXAMPLE DATA',\)"):
        source_line("", "EXAMPLE DATA", 500)


@pytest.mark.parametrize(
    ("notices", "told"), [((), False), (("EXAMPLE DATA",), True), (("2 bad rows",), False)]
)
def test_example_notice(notices, told):
    assert is_example(notices) is told


@pytest.mark.parametrize("width", [518.4, 252.3])
def test_no_heading_ends_in_a_lonely_word(width):
    title = (
        "November 2018 to July 2020 against all other months: all 12 other specifications agree "
        "in sign"
    )
    subtitle = (
        "Both sides together: from +49 in May 2022 (3 statements) to −34 in July 2022 (4 "
        "statements), degrees; change −83, 95% interval −141 to −24, and so on"
    )
    blocks = header(title, subtitle, width)
    for block, text in zip(blocks, (title, subtitle), strict=True):
        plain = wrap(text, width - 12, block.size, block.weight, max_lines=9)
        assert " ".join(block.lines) == text
        assert len(block.lines) == len(plain) > 1
        last = text_width(block.lines[-1], block.size, block.weight)
        assert last >= (width - 12) / 3
        assert all(text_width(line, block.size, block.weight) <= width for line in block.lines)


def test_a_heading_that_fits_stays_as_it_is():
    (title, _) = header("How they spoke", "Degrees", 518.4)
    assert title.lines == ("How they spoke",)
    # A word that can go nowhere else stays where it is.
    (title, _) = header("x" * 90 + " of", "", 518.4)
    assert "".join(title.lines).replace(" ", "") == "x" * 90 + "of"

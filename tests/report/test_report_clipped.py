"""A text that is cut ends after a word."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.report.tables import clipped


@pytest.mark.parametrize(
    ("text", "size", "told"),
    [
        (
            "State-space index refused (both sides: too few)",
            46,
            "State-space index refused (both sides: too…",
        ),
        ("State-space index refused (both sides: too few)", 29, "State-space index refused…"),
        ("State-space index refused", 25, "State-space index refused"),
        ("monthly means shown", 13, "monthly means…"),
        ("Russia, Turkey, Armenia", 16, "Russia, Turkey…"),
        ("https://example.org/a/long/address", 12, "https://exam…"),
        ("a Donaudampfschifffahrtsgesellschaft", 12, "a Donaudampf…"),
        ("日本と韓国の関係", 4, "日本と韓…"),
    ],
)
def test_the_cut_stands_between_words_unless_one_fills_half_the_room(text, size, told):
    assert clipped(text, size) == told


@settings(deadline=None, derandomize=True)
@given(text=st.text(max_size=60), size=st.integers(1, 30))
def test_what_is_cut_begins_as_the_text_and_fits(text, size):
    told = clipped(text, size)
    if len(text) <= size:
        assert told == text
    else:
        assert told.endswith("…")
        assert text.startswith(told[:-1])
        assert 1 <= len(told) <= size + 1

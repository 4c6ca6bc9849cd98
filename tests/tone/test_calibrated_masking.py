from __future__ import annotations

from functools import cache

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from detente.tone.calibrated.grams import GramTable, all_grams, presence_values
from detente.tone.calibrated.masking import Masker
from detente.tone.calibrated.naming import SOURCE_NAMES, TARGET_NAMES, name_parties, text_digest
from detente.tone.calibrated.rules import RuleReader
from detente.tone.calibrated.stemming import stem
from detente.tone.calibrated.stretch import stretch

COMMON = ("the", "he", "thanked", "talks", "were", "good", "on", "and")


@cache
def reader():
    """The rule scorer of all tests here: its lexicon takes longer to load than a text to read."""
    return RuleReader()


def masked_words(text: str, target=("Turkey", "Turkish"), source=("Russia", "Putin")) -> str:
    reading = reader().read([name_parties(text, target, source).text])
    masker = Masker(COMMON)
    masked = masker.mask(reading)
    return " ".join(masker.words[i] for i in masked.word)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Putin thanked Turkey.", "SOURCE thank TARGET"),
        ("Russian President Putin thanked Turkey.", "THIRD SOURCE thank TARGET"),
        ("He thanked President Oxlip Smithers on 24 May.", "he thank NAME on NUM NAME"),
        ("Oxlip thanked Turkey.", "NAME thank TARGET"),
        ("The talks were good.", "the talk be good"),
        ("He thanked Turkey and France.", "he thank TARGET and THIRD"),
        ("Turkey's talks", "TARGET talk"),
        ("", ""),
        ("?! 🙂", ""),
    ],
)
def test_names_and_digits_are_masked(text, expected):
    assert masked_words(text) == expected


def test_no_gram_runs_over_a_mark():
    reading = reader().read(["the talks, good"])
    masker = Masker(COMMON)
    table = GramTable(["the talk", "talk good", "good"])
    found = table.find(masker.mask(reading), masker.words)
    assert [table.features[i] for i in found.feature] == ["good", "the talk"]


def test_renamed_offsets_lead_back_to_the_text():
    text = "In Ankara Putin met the Turkish side; Turkey agreed."
    named = name_parties(text, ["Turkey", "Turkish", "Ankara"], ["Putin"])
    for name, originals in (
        (TARGET_NAMES[0], {"Turkey", "Turkish", "Ankara"}),
        (SOURCE_NAMES[0], {"Putin"}),
    ):
        at = named.text.find(name)
        while at >= 0:
            start, end = named.origin(at, at + len(name))
            assert text[start:end] in originals
            at = named.text.find(name, at + 1)
    for word in ("In", "met", "side", "agreed"):
        at = named.text.index(word)
        start, end = named.origin(at, at + len(word))
        assert text[start:end] == word


def test_the_longer_mention_counts():
    named = name_parties("South Korea and Korea", ["Korea"], ["South Korea"])
    assert named.text == f"{SOURCE_NAMES[0]} and {TARGET_NAMES[0]}"


def test_digest_ignores_case_and_space():
    assert text_digest("A  b\n") == text_digest("a B")
    assert text_digest("a b") != text_digest("ab")


@given(st.text(alphabet="abcdefghinst", min_size=1, max_size=12))
def test_a_stem_is_never_longer_nor_empty(word):
    assert 0 < len(stem(word)) <= max(len(word), 6)


@pytest.mark.parametrize(
    "family",
    [
        ("condemn", "condemned", "condemns", "condemning"),
        ("tie", "ties"),
        ("stop", "stopped"),
        ("agreement", "agreements"),
        ("say", "said", "says"),
    ],
)
def test_forms_of_a_word_share_a_stem(family):
    assert len({stem(word) for word in family}) == 1


@given(st.lists(st.floats(-2, 2), min_size=2, max_size=20))
def test_stretch_rises_and_keeps_the_sign(values):
    given_ = np.sort(np.array(values))
    result = stretch(given_)
    assert np.all(np.diff(result) >= 0)
    np.testing.assert_array_equal(np.sign(result), np.sign(given_))
    assert np.all(np.abs(result) >= np.abs(given_))


def test_stretch_leads_a_missing_tone_through():
    assert np.isnan(stretch(np.array([np.nan, 0.5]))).tolist() == [True, False]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(alphabet="tgo .,", max_size=25), min_size=1, max_size=5))
def test_found_grams_equal_a_slow_search(texts):
    reading = reader().read(texts)
    masker = Masker(())
    masked = masker.mask(reading)
    words = masker.words
    fast = all_grams(masked, np.arange(len(words)), len(words))
    found = sorted(
        (int(t), " ".join(words[w] for w in masked.word[a : b + 1]))
        for t, a, b in zip(fast.text, fast.first, fast.last, strict=True)
    )
    slow = []
    for i in range(len(masked.word)):
        for size in (1, 2, 3):
            run = slice(i, i + size)
            if i + size <= len(masked.word) and len(set(masked.segment[run])) == 1:
                slow.append((int(masked.text[i]), " ".join(words[w] for w in masked.word[run])))
    assert found == sorted(slow)
    table = GramTable(sorted({gram for _, gram in slow}))
    again = table.find(masked, words)
    assert len(again.text) == len(slow)


def test_presence_counts_a_repeat_once_and_a_short_text_less():
    of, which, value = presence_values(
        np.array([0, 0, 0, 1]), np.array([2, 2, 1, 0]), np.array([1.0, 2.0, 1.0]), 3
    )
    assert of.tolist() == [0, 0, 1]
    assert which.tolist() == [1, 2, 0]
    np.testing.assert_allclose(value, [5**-0.5, 5**-0.5, 0.5])

"""Languages of many texts against the library and the rule, text by text."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from detente.statements import language_of
from detente.statements.classifier import load_classifier
from detente.statements.language import _ENGLISH, _is_english, _other_share

WORDS = (
    "the of and that said they were Turkey Erdoğan met Putin Moscow . , ? bir ve bu için değil "
    "не и в на что это la que los para con der die und mit für 中文 報導 شراكة του και \x00 \u2003 "
    "THE However ABOUT because 2015 Kremlin's Ankara-Moscow https://a.b/c thethe"
).split(" ")
TEXTS = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
LANGUAGES = ("de", "el", "en", "es", "fr", "ru", "sr", "tr", "uk", "zh")


def settled() -> settings:
    return settings(max_examples=40, deadline=None, derandomize=True)


@cache
def the_library() -> LanguageIdentifier:
    library = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    library.set_languages(list(LANGUAGES))
    return library


@settled()
@given(st.lists(TEXTS | st.text(max_size=20), min_size=1, max_size=12))
def test_classes_are_those_of_the_library(texts: list[str]) -> None:
    library = the_library()
    found = load_classifier(LANGUAGES, 0.7).classify(texts)
    for text, (label, is_likely) in zip(texts, found, strict=True):
        expected, probability = library.classify(text)
        assert (label, is_likely) == (expected, probability >= 0.7)


def test_many_texts_are_classed_as_each_alone() -> None:
    rng = np.random.default_rng(5)
    texts = [" ".join(rng.choice(WORDS, rng.integers(0, 60))) for _ in range(300)]
    assert language_of(texts).tolist() == [language_of([text])[0] for text in texts]


@settled()
@given(st.lists(TEXTS | st.text(max_size=30), max_size=8))
def test_function_words_are_counted_as_by_splitting(texts: list[str]) -> None:
    def rule(text: str) -> bool:
        words = text.lower().split()
        known = [word for word in words if word in _ENGLISH]
        return len(words) >= 3 and len(known) >= 0.15 * len(words) and len(set(known)) >= 2

    assert _is_english(texts).tolist() == [rule(text) for text in texts]


@settled()
@given(st.lists(TEXTS | st.text(max_size=30), max_size=8))
def test_letters_that_are_not_latin_are_counted_as_one_by_one(texts: list[str]) -> None:
    def rule(text: str) -> float:
        letters = re.findall(r"[^\W\d_]", text)
        far = [unicodedata.normalize("NFKC", letter)[0] for letter in letters if letter >= "Ͱ"]
        other = [letter for letter in far if "LATIN" not in unicodedata.name(letter, "")]
        return len(other) / max(len(letters), 1)

    assert _other_share(texts).tolist() == [rule(text) for text in texts]


def test_function_words_are_short_and_of_letters_that_only_ascii_lowers_to() -> None:
    # The Kelvin sign is the one other character whose lower case is an ASCII letter.
    assert all(re.fullmatch("[a-jl-z]{2,8}", word) for word in _ENGLISH)

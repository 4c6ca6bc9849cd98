"""The scorer "vader" gives the library's own numbers."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from detente.tone import VaderScorer, get_scorer, split_sentences
from detente.tone.vader import MAX_WORDS, cut_sentence

LIBRARY = SentimentIntensityAnalyzer()
SCORER = VaderScorer()


def tones(texts: list[str]) -> list[float]:
    return SCORER.score(texts, [()] * len(texts)).tolist()


def compound(sentence: str) -> float:
    return float(LIBRARY.polarity_scores(sentence)["compound"])


def test_bundled_statements_get_the_library_mean(repository: Path) -> None:
    texts = pd.read_csv(repository / "data/russia-turkey/statements.csv")["text"].tolist()
    expected = [np.mean([compound(s) for s in split_sentences(text)]) for text in texts]
    assert tones(texts) == expected
    assert len(set(expected)) > 100


@pytest.mark.parametrize(
    "sentence",
    [
        "Turkey is a very reliable friend!!!",
        "Turkey is not a friend, but it is never so bad.",
        "No friend stabs a friend without doubt.",
        "This is the LEAST helpful betrayal of our great trust.",
        "It was kind of good 😂 and it was the kiss of death.",
    ],
)
def test_one_sentence_gets_the_library_number(sentence: str) -> None:
    assert tones([sentence]) == [compound(sentence)]


def test_tone_is_the_mean_over_sentences() -> None:
    good, bad = "We value our great friends.", "Mr. Putin condemned the terrible crime."
    assert tones([f"{good} {bad}"]) == [pytest.approx((compound(good) + compound(bad)) / 2)]
    assert compound(good) > 0.5 > -0.5 > compound(bad)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(counts=st.lists(st.integers(0, 150), max_size=8))
def test_each_tone_is_numpys_mean_of_its_sentences_whatever_their_number(counts: list[int]) -> None:
    sentences = ["We trust them.", "They lied!", "It is kind of good.", "They met.", "War?"]
    numbers = [compound(sentence) for sentence in sentences]
    drawn = [[(7 * i + k * k) % 5 for i in range(count)] for k, count in enumerate(counts)]
    found = tones([" ".join(sentences[i] for i in row) for row in drawn])
    for tone, row in zip(found, drawn, strict=True):
        assert tone == np.mean([numbers[i] for i in row]) if row else np.isnan(tone)


def test_text_without_sentences_has_no_tone() -> None:
    assert np.isnan(tones([" "])).all()
    assert SCORER.score([], []).shape == (0,)


def test_evidence_tells_balance_from_ignorance() -> None:
    found = SCORER.has_evidence(["They met in Ankara.", "Good. Not good.", "We are friends."])
    assert found.tolist() == [False, True, True]


def test_parameters_name_library_and_rule() -> None:
    parameters = SCORER.parameters
    assert parameters["library_version"] == "3.3.2"
    assert parameters["name"] == "vader"
    assert "mean" in str(parameters["combination"])
    assert parameters["max_words"] == MAX_WORDS


def test_scorer_survives_pickling() -> None:
    tones(["We are friends."])  # the lexicon is loaded now
    copy = pickle.loads(pickle.dumps(SCORER))
    assert copy.score(["We are friends."], [()]).tolist() == tones(["We are friends."])


@settings(max_examples=200, deadline=None)
@given(
    sentence=st.lists(st.sampled_from(["ab", "c,", "d;", "😀", "e–", "\x00"]), max_size=60).map(
        " ".join
    ),
    max_words=st.integers(2, 12),
)
def test_cut_parts_are_short_and_whole(sentence: str, max_words: int) -> None:
    parts = cut_sentence(sentence, max_words)
    assert " ".join(parts).split() == sentence.split()
    assert all(1 <= len(part.split()) <= max_words for part in parts)
    if len(sentence.split()) <= max_words:
        assert parts == ([sentence] if sentence else [])


def test_cut_prefers_the_last_clause_mark_within_the_limit() -> None:
    sentence = "a b c, d e; f g h i j"
    assert cut_sentence(sentence, 6) == ["a b c, d e;", "f g h i j"]
    assert cut_sentence(sentence.replace(";", ""), 6) == ["a b c,", "d e f g h i", "j"]
    # a mark in the first half would leave crumbs
    assert cut_sentence("a, b c d e f g", 6) == ["a, b c d e f", "g"]


@pytest.mark.parametrize(
    "text",
    [
        "friendly terrible but " * 4_545,
        "a" * 100_000,
        "a " + "😂💘" * 50_000,
        "a " + "!?" * 50_000,
        "дружба " * 14_285,
        ":) " * 33_333,
        "We trust Turkey, " * 5_882,
    ],
    ids=["words", "one word", "emoji", "marks", "Cyrillic", "emoticons", "clauses"],
)
def test_a_sentence_of_100_000_characters_ends(text: str) -> None:
    (tone,) = tones([text])
    assert -1 <= tone <= 1


def test_import_is_light() -> None:
    code = (
        "import sys, detente.tone; from detente.tone import get_scorer; get_scorer('vader').name;"
        "print([m for m in ('matplotlib', 'vaderSentiment', 'requests', 'py3langid', 'dask')"
        " if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert isinstance(get_scorer("vader"), VaderScorer)

"""Columnar VADER gives the numbers of the installed vaderSentiment, to the last bit."""

from __future__ import annotations

import json
import math
import pickle
import string
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from vaderSentiment import vaderSentiment as library

from detente.errors import BadArgumentError
from detente.tone.vader import polarity, sums
from detente.tone.words import encode_texts, split_words

NUMBERS = ["neg", "neu", "pos", "compound"]
LIBRARY = library.SentimentIntensityAnalyzer()
CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "golden" / "vader_cases.jsonl")
    .read_text("utf-8")
    .splitlines()
]


def plain_sum(values: Iterable[float]) -> float:
    """Add as Python 3.11 does."""
    total: float = 0
    for value in values:
        total = total + value
    return total


def compensated_sum(values: Iterable[float]) -> float:
    """Add as Python 3.12 does: whole numbers among floats are added without a correction."""
    total: float = 0
    error = 0.0
    for value in values:
        if isinstance(total, int):
            total = total + value
        elif isinstance(value, int):
            total += float(value)
        else:
            after = total + value
            if abs(total) >= abs(value):
                error += (total - after) + value
            else:
                error += (value - after) + total
            total = after
    return total + error if error else total


SUMS = {"plain": plain_sum, "compensated": compensated_sum}


@pytest.fixture(params=["this Python", "the other"])
def how_python_sums(request, monkeypatch):
    """Let library and kernel sum as this Python does; then as 3.11 for 3.12, and vice versa."""
    if request.param == "the other":
        is_compensated = not sums.IS_COMPENSATED
        twin = compensated_sum if is_compensated else plain_sum
        monkeypatch.setattr(library, "sum", twin, raising=False)
        monkeypatch.setattr(sums, "sum", twin, raising=False)
        monkeypatch.setattr(sums, "IS_COMPENSATED", is_compensated)


def assert_same(texts: list[str]) -> None:
    """Compare bit by bit, so that 0.0 and -0.0 differ."""
    scores = polarity(texts)
    assert list(scores.columns) == NUMBERS
    found = np.ascontiguousarray(scores.to_numpy())
    expected = np.array([list(LIBRARY.polarity_scores(text).values()) for text in texts])
    expected = expected.reshape(len(texts), len(NUMBERS))
    wrong = np.flatnonzero((found.view(np.int64) != expected.view(np.int64)).any(axis=1))
    assert not wrong.size, [(texts[i], expected[i], found[i]) for i in wrong[:3]]


# --- golden cases


def scores_of(case: dict[str, object], key: str) -> str:
    numbers = case.get(key, case)
    return repr([numbers[name] for name in NUMBERS])


def test_this_python_sums_in_one_of_the_two_ways():
    is_new = sys.version_info >= (3, 12)
    assert is_new == sums.IS_COMPENSATED


def test_nasty_cases_at_once(how_python_sums):
    key = "compensated" if sums.IS_COMPENSATED else "scores"
    scores = polarity([case["text"] for case in CASES])
    for case, row in zip(CASES, scores.to_numpy().tolist(), strict=True):
        assert repr(row) == scores_of(case, key), case["case"]
        assert repr(list(LIBRARY.polarity_scores(case["text"]).values())) == scores_of(case, key)


def test_cases_tell_the_two_sums_apart():
    names = [case["case"] for case in CASES]
    assert len(set(names)) == len(names) > 100
    assert sum("compensated" in case for case in CASES) >= 3


def test_a_text_scores_the_same_alone_and_among_others():
    texts = [case["text"] for case in CASES]
    together = polarity(texts).to_numpy()
    alone = np.concatenate([polarity([text]).to_numpy() for text in texts])
    assert together.tobytes() == alone.tobytes()


def test_whole_numbers_of_idioms_enter_compensated_sums_as_python_lets_them(how_python_sums):
    texts = [
        f"they go to die for {first} the the the {second} the the the they go yeah right "
        f"the the the {third}!!"
        for first, second, third in [
            ("freeing", "pricks", "pukka"),
            ("overwhelmingly", "adventurists", "fearlessness"),
            ("glorifier", "bittern", "cheers"),
            ("gorgeous", "admires", "but admires"),
            ("but gorgeous", "admires", "gorgeous to die for war"),
        ]
    ]
    assert_same(texts)


# --- any string

LEXICON = [word for word in LIBRARY.lexicon if " " not in word]
RULES = (
    "but But BUT least at very no or nor so this doubt never without kind of sort just enough "
    "the shit bomb bad ass badass bus stop yeah right kiss death to die for beating heart"
).split()
PAIRED = {0.5, 0.7, 1.0, 1.4, 1.5, 2.0, 2.8, 3.0}  # halves of each other, or two thirds
BY_VALENCE = [word for word in LEXICON if abs(LIBRARY.lexicon[word]) in PAIRED]
ODD = (
    "İ ı ß ẞ ſ K ﬀ Σ ς ǅ ᾳ Ⓐ ⓐ Ⅷ 𝐀 𐐀 中 ا ’ “ ” — É ŉ ª n’t n't N'T shouldn't've \u200d \ufe0f "
    "\U0001f3fb \ue000 \U0010ffff \ud800 \udfff \x00"
).split(" ")
SPACES = [
    *[" "] * 12,
    *["", "  ", "\r\n", "\u200b", "\x00"],
    *"\t\n\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2003\u2028\u2029\u202f\u205f\u3000",
]
MARKS = ["", "", "", "", *"!?.,:)'\"-#", "!!", "???", "!?!?", "..."]

words = st.one_of(
    st.sampled_from(LEXICON),
    st.sampled_from(RULES),
    st.sampled_from(RULES),
    st.sampled_from([word for key in library.BOOSTER_DICT for word in key.split()]),
    st.sampled_from(library.NEGATE),
    st.sampled_from(BY_VALENCE),
    st.sampled_from(list(LIBRARY.emojis)),
    st.sampled_from(ODD),
    st.sampled_from(["Turkey", "RUSSIA", "We", "I", "2015", ":)", ":D", string.punctuation]),
    st.builds("".join, st.tuples(st.sampled_from(LEXICON), st.sampled_from(ODD))),
    st.text(st.characters(), min_size=1, max_size=4),
)
cases = st.sampled_from([str, str, str, str.upper, str.capitalize, str.swapcase])
pieces = st.builds(
    lambda case, before, word, after, space: before + case(word) + after + space,
    cases,
    st.sampled_from(["", "", "", "(", '"', "'", "-"]),
    words,
    st.sampled_from(MARKS),
    st.sampled_from(SPACES),
)
any_texts = st.lists(pieces, max_size=40).map("".join)
thorough = settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@thorough
@given(texts=st.lists(any_texts, max_size=8))
def test_any_strings_get_the_numbers_of_the_library(how_python_sums, texts):
    assert_same(texts)


@thorough
@given(
    texts=st.lists(
        st.lists(st.sampled_from([*BY_VALENCE, "but", "the"]), max_size=24).map(
            lambda words: " ".join(["but", *words][:: -1 if len(words) % 2 else 1])
        ),
        min_size=1,
        max_size=12,
    )
)
def test_the_rule_of_but_changes_the_word_the_library_changes(texts):
    assert_same(texts)


@thorough
@given(texts=st.lists(st.text(st.characters(), max_size=30), max_size=6))
def test_words_are_those_of_str_split(texts):
    found = []
    for block in encode_texts(texts, max_rows=2, max_bytes=16):
        cut = split_words(block)
        listed = cut.distinct.to_pylist()
        read = [listed[i].strip() for i in cut.ids.tolist()]
        for start, end in zip(cut.starts[:-1].tolist(), cut.starts[1:].tolist(), strict=True):
            found.append([word for word in read[start:end] if word])
    sound = ["".join("\ue000" if "\ud800" <= c <= "\udfff" else c for c in t) for t in texts]
    assert found == [text.split() for text in sound]


def test_every_character_is_white_space_exactly_where_python_says():
    every = [f"a{chr(i)}b" for i in range(sys.maxunicode + 1) if not 0xD800 <= i <= 0xDFFF]
    sizes = np.concatenate([np.diff(split_words(b).starts) for b in encode_texts(every)])
    assert sizes.tolist() == [len(text.split()) for text in every]


def test_every_character_has_the_case_and_the_words_python_and_library_give_it():
    # a lexicon word of which one letter is exchanged, next to words in capitals and not
    points = [i for i in range(sys.maxunicode + 1) if chr(i).lower() != chr(i) or chr(i).isupper()]
    points += [ord(key) for key in LIBRARY.emojis if len(key) == 1]
    assert_same([f"{chr(i)}ind WAR {chr(i)}GOOD the fine{chr(i)}x" for i in points])


# --- texts of the world


def test_texts_of_the_bundled_studies(repository):
    texts = [
        text
        for study in ("russia-turkey", "japan-korea")
        for text in pd.read_csv(repository / "data" / study / "statements.csv")["text"]
    ]
    assert len(texts) > 1_000
    assert_same(texts)


@pytest.mark.parametrize("name", ["newsmtsc/dev_rw", "newsmtsc/train"])
def test_news_sentences(shared_data, name):
    lines = (shared_data / f"{name}.jsonl").read_text("utf-8").splitlines()
    assert_same([json.loads(line)["sentence_normalized"] for line in lines[::5]])


def test_transcripts_turn_by_turn(shared_data):
    lines = (shared_data / "kremlin-en" / "articles.jsonl").read_text("utf-8").splitlines()
    turns = [turn["text"] for line in lines for turn in json.loads(line)["turns"]]
    assert_same([text for text in turns[::7] if len(text) < 2_000])


def test_a_long_document_with_every_rule():
    assert_same([" ".join(case["text"] for case in CASES)])


# --- sums and decimals


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    groups=st.lists(
        st.lists(st.tuples(st.integers(-40, 40), st.booleans(), st.booleans()), max_size=40),
        min_size=1,
        max_size=5,
    )
)
@pytest.mark.parametrize("name", SUMS)
def test_sums_of_rows_are_pythons(name, groups):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sums, "sum", SUMS[name], raising=False)
        terms = [
            [x if whole else x / 10 * (0.5 if half else 1.25) for x, whole, half in group]
            for group in groups
        ]
        flat = [x for group in terms for x in group]
        found = sums.row_sums(
            np.array(flat, dtype=float),
            np.repeat(np.arange(len(terms)), [len(group) for group in terms]),
            len(terms),
            np.array([isinstance(x, int) for x in flat], dtype=bool),
            is_compensated=name == "compensated",
        )
    assert found.tolist() == [float(SUMS[name](group)) for group in terms]


def test_the_running_sum_is_one_of_the_two_twins():
    values = [0.1] * 10
    twin = compensated_sum if sums.IS_COMPENSATED else plain_sum
    assert sum(values) == twin(values)
    assert plain_sum(values) != compensated_sum(values)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    values=st.lists(
        st.one_of(
            st.floats(-1, 1),
            st.integers(-32_000, 32_000).map(lambda k: k / 32_000),
            st.integers(-10_000, 10_000).map(lambda k: math.nextafter((k + 0.5) / 1e4, 2.0) % 1),
            st.integers(-4_096, 4_096).map(lambda k: k / 4_096),
        )
    ),
    n_decimals=st.sampled_from([3, 4]),
)
def test_decimals_are_those_of_round(values, n_decimals):
    found = sums.round_decimals(np.array(values, dtype=float), n_decimals)
    assert repr(found.tolist()) == repr([round(value, n_decimals) for value in values])


# --- what may be handed in


def test_a_series_keeps_its_index_and_stays_as_it_was():
    texts = pd.Series(["We are friends.", "They lied!"], index=["b", "a"])
    before = texts.copy()
    for column in (texts, texts.astype(object), texts.astype(pd.ArrowDtype(pa.string()))):
        scores = polarity(column)
        assert scores.index.tolist() == ["b", "a"]
        assert scores.to_numpy().tolist() == polarity(texts.tolist()).to_numpy().tolist()
    pd.testing.assert_series_equal(texts, before)
    last = polarity(texts.iloc[1:])
    assert last.to_numpy().tolist() == polarity(["They lied!"]).to_numpy().tolist()


def test_no_texts_give_no_rows():
    for nothing in ([], (), pd.Series([], dtype=str)):
        scores = polarity(nothing)
        assert scores.shape == (0, 4)
        assert list(scores.columns) == NUMBERS


def test_other_sequences():
    texts = ("good", "bad")
    expected = polarity(list(texts)).to_numpy().tolist()
    assert polarity(texts).to_numpy().tolist() == expected
    assert polarity(np.array(texts, dtype=object)).to_numpy().tolist() == expected
    assert polarity(np.array(texts)).to_numpy().tolist() == expected
    column = pa.array(["not good", *texts, "x"]).slice(1, 2)
    assert polarity(column).to_numpy().tolist() == expected
    assert polarity(pa.chunked_array([column, column])).to_numpy().tolist() == expected * 2
    assert polarity(column.dictionary_encode()).to_numpy().tolist() == expected


@pytest.mark.parametrize("bad", [None, 5, b"good", float("nan"), ["good"]])
def test_what_is_no_string_is_named_by_its_place(bad):
    with pytest.raises(BadArgumentError, match=r"element 20001 of the texts is .*not a string"):
        polarity([*["good"] * 20_001, bad, "bad"])


def test_a_missing_value_in_a_series_is_named_by_its_place():
    with pytest.raises(BadArgumentError, match="element 1 of the texts"):
        polarity(pd.Series(["good", None, "bad"], dtype=str))


def test_one_string_is_not_taken_for_a_sequence_of_letters():
    with pytest.raises(BadArgumentError, match="one string"):
        polarity("We are friends.")


def test_blocks_of_any_size_give_the_same(monkeypatch):
    texts = [case["text"] for case in CASES]
    expected = polarity(texts).to_numpy().tobytes()
    for limits in ((1, 1), (7, 50), (1_000, 300)):
        monkeypatch.setattr(encode_texts, "__defaults__", limits)
        assert polarity(texts).to_numpy().tobytes() == expected
        assert polarity(pd.Series(texts, dtype=object)).to_numpy().tobytes() == expected


def test_blocks_are_bounded():
    texts = ["a" * 10] * 100 + ["b" * 1_000] + ["ü" * 10] * 100
    for given_ in (texts, pd.Series(texts, dtype="str")):
        blocks = list(encode_texts(given_, max_rows=64, max_bytes=200))
        assert sum(len(block.offsets) - 1 for block in blocks) == len(texts)
        assert max(len(block.offsets) - 1 for block in blocks) <= 64
        sizes = [len(block.data) for block in blocks]
        assert sorted(sizes)[-2] <= 400  # characters are counted where bytes are not known yet


def test_the_function_can_be_sent_to_another_process():
    assert pickle.loads(pickle.dumps(polarity)) is polarity

"""Array steps of the scorers against their slow, obvious twins."""

from __future__ import annotations

import json
import re
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from detente.countries import surface_forms
from detente.countries.matcher import matcher_of
from detente.tone import get_scorer, score_statements, sentence_spans, split_sentences
from detente.tone.calibrated.naming import name_all, name_parties, origins
from detente.tone.columns import TraceColumns, sums_of, trace_json
from detente.tone.forms import DatedForms, distinct_forms
from detente.tone.stops import LISTED
from detente.tone.target.around import FAR, Around
from detente.tone.target.matching import Hits
from detente.tone.target.phrases import PhraseTrie
from detente.tone.target.tokens import Vocabulary, cut, tokenize
from detente.tone.target.trace import Part, Trace

PIECES = (
    "Mr. |U.S. |U.K.|e.g. |etc. |No. 5|p.m. |5 p.m. GMT |Gen. |IV. |1. |Turkey|Turkish |Ankara |"
    "Russia |Putin |Lavrov |North Korea|Korea |President Moon |thanked |condemned the attack |not |"
    "never |\"|“|”|„|'|’|’s |'s|s |(|) |[1] |[...] |]|[|. |.|! |? |?! |... |… |. . |。 |\n|\n\n|"
    "\r\n\r\n|\r|\x0b|\x1e|\x85|\u2028\u2028|\u00a0| |  |\t|\x00|é|e\u0301|ı|İ|½|²|٣|3.5 |1,000 |_|"
    "-|— |, |; |al-Assad |the |The |It |and |but |if |of |by |war |good |bad |friend |sanctions |"
    "regret |condolences |very |than |😀|文。|Это |г. |ul. |Doç. |\ud800|y'z|it's5|x's'y|don't |"
    'we |they |hopes |must |apologise |killed |terror |quote |asked. |Under Secretary |.” The |?" '
    "He asked. |.[12] |.))))))))))) "
).split("|")
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=25).map("".join)
SIDES = [("Turkey", "Turkish", "Ankara"), ("Russia", "Putin", "Lavrov")]


def quick(n: int) -> settings:
    return settings(max_examples=n, deadline=None, derandomize=True)


@quick(150)
@given(st.lists(TEXTS, max_size=5))
@example(["\n" + " " * 40 + "1. One. Two.", "a.\n\nb. C", ""])
@example(["He asked approx. Ten men. Messrs. Ten. It is a co-op. Yes."])
def test_spans_are_those_of_split_sentences(texts: list[str]) -> None:
    found: list[list[str]] = [[] for _ in texts]
    for row, start, end in zip(*(a.tolist() for a in sentence_spans(texts)), strict=True):
        found[row].append(texts[row][start:end])
    assert found == [split_sentences(text) for text in texts]


def test_no_listed_word_is_too_long_to_be_told_apart() -> None:
    # A word of seven letters or digits in ASCII is taken for unlisted without a look.
    assert all(re.search(r"[A-Za-z0-9]{7}\Z", word) is None for word in LISTED)
    words = sorted(word for word in LISTED if word.isascii() and len(word) > 1)
    for text in (f"They met {word}. The end came." for word in words):
        assert len(sentence_spans([text])[0]) == len(split_sentences(text)), text


@quick(150)
@given(st.lists(TEXTS, max_size=4))
def test_tokens_are_those_of_the_pattern(texts: list[str]) -> None:
    vocabulary = Vocabulary()
    table = tokenize(texts, vocabulary)
    expected: list[tuple[int, int, str]] = []
    for row, text in enumerate(texts):
        at = 0
        for token in cut(text.replace("\x1e", " ")):
            if vocabulary.is_kept[vocabulary[token]]:
                expected.append((row, at, token))
            at += len(token)
    found = [
        (row, start, texts[row][start:end].replace("\x1e", " "))
        for row, start, end in zip(
            table.text.tolist(), table.start.tolist(), table.end.tolist(), strict=True
        )
    ]
    assert found == expected
    assert [vocabulary.words[i] for i in table.lower] == [
        vocabulary.words[vocabulary.lower[vocabulary[token]]] for _, _, token in expected
    ]
    assert table.has_letter.tolist() == [any(map(str.isalpha, text)) for text in texts]


@quick(100)
@given(
    st.lists(st.booleans(), min_size=1, max_size=30),
    st.lists(st.integers(0, 2), min_size=30),
    st.lists(st.integers(1, 4), max_size=10),
)
def test_marks_around_are_found_as_by_walking(
    mask: list[bool], steps: list[int], sizes: list[int]
) -> None:
    n = len(mask)
    segment = np.cumsum([step == 0 for step in steps[:n]])
    border = np.append(0, np.cumsum(np.bincount(segment)))
    behind = np.cumsum(sizes, dtype=np.int64)  # expressions of these sizes, with gaps of one
    first = (behind - sizes + np.arange(len(sizes))).astype(np.int64)
    last = behind + np.arange(len(sizes)) - 1
    first, last = first[last < n], last[last < n]
    nothing = np.zeros(len(first), dtype=np.int64)
    hits = Hits(first, last, nothing, nothing, nothing.astype(float), nothing > 0, last)
    context = SimpleNamespace(
        table=mask, sides={"named": np.flatnonzero(mask)}, segments=lambda _: (segment, border)
    )
    around = Around(hits, context)  # type: ignore[arg-type]

    def walked(begin: int, by: int) -> int:
        there = begin + by
        while 0 <= there < n and not mask[there]:
            there += by
        inside = 0 <= there < n and segment[there] == segment[begin]
        return abs(there - begin) if inside else FAR

    for mark in ("named", np.flatnonzero(mask)):
        assert around.left(mark).tolist() == [walked(i, -1) for i in first.tolist()]
        assert around.right(mark).tolist() == [walked(i, 1) for i in last.tolist()]


@quick(150)
@given(
    st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=4).map(tuple), max_size=8),
    st.lists(st.integers(0, 4), max_size=25),
)
def test_phrases_are_found_as_by_walking(phrases: list[tuple[int, ...]], words: list[int]) -> None:
    number = {phrase: place for place, phrase in enumerate(phrases)}
    longest = []
    for at in range(len(words)):
        sizes = [n for n in range(1, 5) if tuple(words[at : at + n]) in number]
        sizes = [n for n in sizes if at + n <= len(words)]
        longest += [(at, max(sizes))] if sizes else []
    kept, free = [], 0
    for at, size in longest:  # longer ones from left to right, then single words beside them
        if size > 1 and at >= free:
            kept.append((at, size))
            free = at + size
    covered = {place for at, size in kept for place in range(at, at + size)}
    kept += [(at, size) for at, size in longest if size == 1 and at not in covered]
    trie = PhraseTrie((phrase, place) for phrase, place in number.items())
    found = trie.find(np.array(words, dtype=np.int64), np.zeros(len(words), dtype=np.int64))
    expected = [(at, n, number[tuple(words[at : at + n])]) for at, n in sorted(kept)]
    assert list(zip(*(a.tolist() for a in found), strict=True)) == expected


@pytest.mark.parametrize("name", ["target", "calibrated"])
@quick(25)
@given(texts=st.lists(TEXTS, min_size=1, max_size=6), shift=st.integers(0, 1))
def test_columns_are_the_traces(name: str, texts: list[str], shift: int) -> None:
    scorer = get_scorer(name)
    targets = [SIDES[(row + shift) % 2] for row in range(len(texts))]
    sources = [SIDES[(row + 1 + shift) % 2] if row % 3 else () for row in range(len(texts))]
    columns = scorer.trace_columns(texts, targets, sources)
    traces = scorer.trace_batch(texts, targets, sources)
    assert columns.json() == [trace_json(trace) for trace in traces]
    np.testing.assert_array_equal(columns.tone, [trace.tone for trace in traces])
    np.testing.assert_allclose(
        columns.tone, scorer.score(texts, targets, sources), rtol=0, atol=1e-12
    )
    letters = [any(map(str.isalpha, text)) for text in texts]
    for row in np.flatnonzero(letters):
        flags = set(traces[row].flags)
        assert columns.is_implicit[row] == ("implicit_target" in flags)
        assert columns.is_silent[row] == ("no_evaluative_words" in flags)
    alone = [
        scorer.trace_columns([text], [target], [source]).json()[0]
        for text, target, source in zip(texts, targets, sources, strict=True)
    ]
    assert columns.json() == alone


@quick(60)
@given(st.lists(TEXTS, max_size=5))
def test_names_and_their_origins_are_those_of_each_text(texts: list[str]) -> None:
    forms = [surface_forms(code) for code in ("KOR", "RUS", "PRK")]
    targets = [forms[row % 3] for row in range(len(texts))]
    sources = [forms[(row + 1) % 3] if row % 2 else () for row in range(len(texts))]
    named = name_all(texts, targets, sources)
    assert named == [name_parties(*row) for row in zip(texts, targets, sources, strict=True)]
    for one in (forms[0], forms[1]):
        matcher = matcher_of(one)
        assert matcher.all_spans(texts) == [matcher.spans(text) for text in texts]
    rows = [(row, at) for row, one in enumerate(named) for at in range(len(one.text) + 1)]
    if rows:
        text, at = np.array(rows).T
        start, end = origins(named, text, at, at)
        expected = [named[row].origin(place, place) for row, place in rows]
        assert list(zip(start.tolist(), end.tolist(), strict=True)) == expected


def test_dated_forms_are_those_of_the_day() -> None:
    codes = ["TUR", "RUS", "TUR", "USA", "TUR", "NRU"] * 4
    days = pd.to_datetime(
        ["2009-01-01", "2012-05-07", None, "2021-01-20", "2014-08-28", "2000-01-01"] * 4
    )
    days = days.where(np.arange(24) != 9, pd.Timestamp("2021-01-19 23:59"))
    expected = [
        surface_forms(code, on=None if pd.isna(day) else day)
        for code, day in zip(codes, days, strict=True)
    ]
    for dates in (
        days,
        list(days),
        pd.Series(days),
        [None if pd.isna(d) else str(d) for d in days],
    ):
        forms = DatedForms(codes, dates)
        assert list(forms) == expected
        distinct, of = distinct_forms(forms[3:])
        assert [distinct[one] for one in of] == expected[3:]
        assert len(distinct) == len(set(expected[3:]))


@given(st.lists(st.tuples(st.integers(0, 4), st.floats(-1e9, 1e9)), max_size=30))
@quick(60)
def test_sums_are_rounded_once(parts: list[tuple[int, float]]) -> None:
    import math

    parts.sort(key=lambda part: part[0])
    text = np.array([row for row, _ in parts], dtype=np.int64)
    sums = sums_of(text, np.array([value for _, value in parts]), 5)
    assert sums.tolist() == [math.fsum(v for row, v in parts if row == i) for i in range(5)]


ODD_NUMBERS = (
    0.0, -0.0, 1.0, -2.0, 1e-4, 9.9e-5, -1e-12, 4e-13, 5e-13, 0.5 + 5e-13, 4096.5, 1e15, 1e16, 1e22,
)  # fmt: skip
NUMBERS = st.floats(-4.1, 4.1) | st.floats(-1e9, 1e9) | st.sampled_from(ODD_NUMBERS)


@given(
    st.lists(
        st.tuples(st.integers(0, 3), NUMBERS, NUMBERS, st.sampled_from(["a", '"\ud800ü', ""])),
        max_size=20,
    )
)
@example([(0, round(n / 7, 12) + 5e-13, n / 3, "a") for n in range(50)])
@quick(200)
def test_json_of_columns_is_that_of_traces(parts: list[tuple[int, float, float, str]]) -> None:
    parts.sort(key=lambda part: part[0])
    text, valence, factor, entry = ([part[i] for part in parts] for i in range(4))
    place = np.arange(len(parts))
    columns = TraceColumns(
        *(np.zeros(4) for _ in range(2)),
        *(np.zeros(4, dtype=bool) for _ in range(2)),
        np.array(text, dtype=np.int64),
        place,
        place + 7,
        entry,
        ["target"] * len(parts),
        np.array(valence, dtype=np.float64),
        np.array(factor, dtype=np.float64),
    )
    expected = [
        Trace(
            tuple(
                Part(i, i + 7, one[3], one[1], one[2], "target")
                for i, one in enumerate(parts)
                if one[0] == row
            ),
            0.0,
            0.0,
            (),
        )
        for row in range(4)
    ]
    assert columns.json() == [trace_json(trace) for trace in expected]


def test_a_long_text_has_a_trace_and_is_one_of_many() -> None:
    text = "Ankara thanked Russia, a friend. It is bad! " * 2500
    frame = pd.DataFrame(
        {"text": [text, "Putin thanked Turkey."], "source": "RUS", "target": "TUR"}
    )
    scored = score_statements(frame.assign(date=pd.Timestamp("2015-11-24")), "target")
    parts = json.loads(scored["trace"].iloc[0])
    assert len(text) == 110_000
    assert len(parts) >= 5000
    assert parts[-1]["end"] <= len(text)
    assert scored["tone"].between(-1, 1).all()

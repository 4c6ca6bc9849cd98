"""The report's own words are all said, so that no other language keeps English in between."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest

from detente import wording
from detente.index import IndexResult
from detente.report import method
from detente.report.about import About
from detente.report.codes import code_told
from detente.report.fixed import SECTION_NAMES, fixed_sentences, words
from detente.report.glossary import codebook_blocks, glossary_blocks
from detente.report.links import linking
from detente.report.months import months_block

OPEN, SHUT = "⟦", "⟧"


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put all that is said between brackets, as a language that changes every sentence."""

    def say(text: str, /, **parts: object) -> str:
        return f"{OPEN}{text.format(**parts) if parts else text}{SHUT}"

    def say_count(one: str, many: str, n: int, /, **parts: object) -> str:
        return say(one if n == 1 else many, n=n, **parts)

    monkeypatch.setattr(wording, "say", say)
    monkeypatch.setattr(wording, "say_count", say_count)


def texts(value: Any) -> Iterator[str]:
    """All heads and texts of a tree."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key in ("head", "text", "caption", "note") and isinstance(item, str):
                yield item
            else:
                yield from texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts(item)


def unsaid(value: Any) -> list[str]:
    """What stands outside brackets and has letters."""
    found = []
    for text in texts(value):
        depth, rest = 0, ""
        for letter in text:
            depth += (letter == OPEN) - (letter == SHUT)
            rest += letter if depth == 0 and letter not in OPEN + SHUT else ""
        if any(letter.isalpha() for letter in rest):
            found.append(text)
    return found


@pytest.mark.usefixtures("said")
def test_what_stands_in_every_report_is_said(
    index: IndexResult, scored: pd.DataFrame, events: pd.DataFrame
) -> None:
    told = [
        fixed_sentences(index, scored, events),
        method.reading(index),
        method.limits(About(), has_findings=True),
        glossary_blocks(),
    ]
    assert len(list(texts(told))) > 60
    assert unsaid(told) == []


@pytest.mark.usefixtures("said")
def test_tables_keep_only_symbols_and_names_of_columns(
    index: IndexResult, scored: pd.DataFrame
) -> None:
    own = months_block(index)
    shown = {key: own[key] for key in ("caption", "note", "columns")}
    assert unsaid(shown) == ["n", "n", "n"]
    blocks = [block for block in codebook_blocks(scored) if block["kind"] == "table"]
    named = {name for block in blocks for row in block["rows"] for name in [row[0]["text"]]}
    assert set(unsaid(blocks)) <= named


@pytest.mark.parametrize(("code", "region"), [("en", "GB"), ("tr", "TR"), ("ru", "RU")])
def test_the_typesetter_is_told_the_language(code: str, region: str) -> None:
    with wording.use_language(code):
        told = words()
    assert (told["language"], told["region"]) == (code, region)
    assert told["brand"] == "DETENTE"


def test_names_of_sections_are_english_where_no_language_was_chosen() -> None:
    assert wording.say(SECTION_NAMES["course"]) == "The course of relations"


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("All are in {place}.", ["All are in ", {"ref": "x"}, "."]),
        ("{place}: all of them.", [{"ref": "x"}, ": all of them."]),
        ("All: {place}", ["All: ", {"ref": "x"}]),
    ],
)
def test_a_reference_stands_where_the_language_has_it(
    sentence: str, parts: list[str | dict[str, str]]
) -> None:
    assert linking(sentence, "x") == parts


@pytest.mark.parametrize("code", ["tr", "ru"])
def test_words_of_the_glossary_follow_the_alphabet(code: str) -> None:
    with wording.use_language(code):
        heads = [item["head"] for item in glossary_blocks()[0]["items"]]
    letters = [head[0].lower() for head in heads if head[0] not in "çğıöşüÇĞIİÖŞÜёЁ"]
    assert len(letters) > 5
    assert letters == sorted(letters)


@pytest.mark.usefixtures("said")
def test_codes_are_said_and_data_are_not() -> None:
    assert code_told("press remarks") == f"{OPEN}press remarks{SHUT}"
    assert code_told("black sea") == "black sea"

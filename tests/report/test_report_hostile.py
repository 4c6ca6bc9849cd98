"""Texts that try to act, or that no font can print."""

from __future__ import annotations

import json
import re
from collections import Counter
from importlib import resources
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from detente import _fonts
from detente.report import About
from detente.report.blocks import table
from detente.report.boxes import boxed

MARKUP = [
    "#panic(1) and $x$ and *bold* and @ref and <b> and `raw` and _it_",
    "= Heading",
    '#import "content.json" #read("/etc/passwd")',
    "- item // comment /* more */ \\ backslash ~ tie",
    '"quoted" {{braces}} [brackets] \\u{1F600}',
]


def first_texts(statements: pd.DataFrame, *texts: str) -> pd.DataFrame:
    """Make the first statements the warmest, so that the appendix prints them."""
    changed = statements.copy()
    for i, text in enumerate(texts):
        changed.loc[i, "tone"] = 1.0
        changed.loc[i, "text"] = text
    return changed


def test_markup_prints_as_it_is(report, read, scored):
    result = report(statements=first_texts(scored, *MARKUP))
    told = read(result.path)
    for text in MARKUP:
        assert text in told
    assert result.n_boxed == 0


def test_what_no_font_has_is_boxed_and_counted(report, read, scored):
    texts = {
        "A smile \N{GRINNING FACE}\N{GRINNING FACE}": ["U+1F600"] * 2,
        "한국": ["U+D55C", "U+AD6D"],
        "سلام": ["U+0633", "U+0644", "U+0627", "U+0645"],
        "a\0b": ["U+0000"],
        "left \N{RIGHT-TO-LEFT OVERRIDE}right": ["U+202E"],
    }
    result = report(statements=first_texts(scored, *texts))
    told = read(result.path)
    points = [point for some in texts.values() for point in some]
    assert result.n_boxed == len(points)
    assert f"{len(points)} characters of the texts in this report have no glyph" in told
    assert "U+1F600 (2), U+0000 (1)" in told
    for point in points:
        # Once where it stands, once in the list of the appendix.
        assert told.count(point) == points.count(point) + 1


def test_other_scripts_that_the_fonts_have_are_plain_text(report, read, scored):
    text = "Путин и Эрдоган, Ελλάδα, Cumhurbaşkanı Erdoğan, Łódź"
    result = report(statements=first_texts(scored, text))
    assert text in read(result.path)
    assert result.n_boxed == 0


def test_hostile_texts_everywhere_neither_stop_it_nor_act(report, read, scored, events):
    hostile = "#a $b$ *c* \N{GRINNING FACE}\0\u202e <d> @e"
    columns = ["speaker", "role", "level", "channel", "topic", "text", "outlet"]
    scored[columns] = hostile
    events[["label", "title", "kind", "expected", "outlet"]] = hostile
    about = About(
        title=hostile, subtitle=hostile, scorer=hostile, scorer_note=hostile, sources=(hostile,),
        licence=hostile, limits=(hostile,), versions={hostile: hostile}, how_to_cite=hostile,
    )  # fmt: skip
    result = report(statements=scored, events=events, about=about, notices=(hostile,))
    assert read(result.path).count("#a $b$ *c*") > 50
    assert result.n_boxed > 150
    title = PdfReader(result.path).metadata
    assert title is not None
    assert title.title is not None
    assert title.title.startswith("#a $b$ *c* [U+1F600][U+0000][U+202E]")


def test_long_texts_are_cut_and_the_rest_is_counted(report, read, scored):
    text = "word " * 1000
    told = read(report(statements=first_texts(scored, text.strip())).path)
    assert "word … (4,100 more characters)" in told or "word … (4,099 more characters)" in told


def test_long_words_are_broken_into_lines(report, read_pages, scored):
    result = report(statements=first_texts(scored, "x" * 5000))
    lines = [
        line
        for page in read_pages(result.path, lines=True)
        for line in page.splitlines()
        if "xxxx" in line
    ]
    assert len(lines) > 5
    assert max(map(len, lines)) < 130
    assert "".join(lines).count("x") >= 900


def test_lone_surrogate_is_boxed(report, read):
    result = report(about=About(limits=("lone \ud83d surrogate",), title="T\ud83d"))
    assert "U+D83D" in read(result.path)


def links_of(path: Path) -> set[str]:
    actions = [
        annotation.get_object().get("/A", {})
        for page in PdfReader(path).pages
        for annotation in page.get("/Annots", [])
    ]
    return {str(action["/URI"]) for action in actions if "/URI" in action}


def test_only_web_addresses_are_linked(report, scored):
    addresses = ["javascript:alert(1)", "", "no address", "https://a.b/ c", "file:///etc/passwd"]
    for i, address in enumerate(addresses):
        scored.loc[i::5, "url"] = address
    assert links_of(report(statements=scored, events=None).path) == set()


def test_web_address_is_linked_whole(report, scored):
    address = "https://example.org/" + "long-path/" * 30
    changed = first_texts(scored, "Look here.")
    changed.loc[0, "url"] = address
    assert address in links_of(report(statements=changed).path)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=120))
def test_boxing_keeps_every_character(text):
    counts: Counter[str] = Counter()
    found = boxed({"text": text, "url": text}, counts)
    assert found["url"] == text
    runs = found["text"]["runs"] if isinstance(found["text"], dict) else [found["text"]]
    printed = "".join(
        f"[{run['box']}]" if isinstance(run, dict) else run for run in runs if run is not None
    )
    assert printed == re.sub(" {2,}", " ", printed)
    assert printed.replace(" ", "") == _fonts.visible(text).replace(" ", "")
    assert counts == _fonts.missing_characters(text)


def test_places_to_break_are_given_in_long_stretches_only():
    assert boxed("plain words only", Counter()) == "plain words only"
    runs = boxed(f"see {'y' * 100} there", Counter())["runs"]
    assert None in runs
    assert all(len(max(run.split(), key=len)) <= 24 for run in runs if run)
    assert "".join(run for run in runs if run) == f"see {'y' * 100} there"


def test_long_texts_in_few_rows_stay_on_their_pages(report, scored):
    scored["text"] = "A long text of many words. " * 200
    result = report(statements=scored)
    for page in PdfReader(result.path).pages:
        low: list[float] = []

        def seen(text, page_matrix, matrix, *rest, low=low):
            if text.strip():
                low.append(matrix[5] * page_matrix[3] + page_matrix[5])

        page.extract_text(visitor_text=seen)
        # Nothing is set over the edge, nor below the foot of the page.
        assert min(low) > 20


@pytest.mark.parametrize("cell", ["Ankara 한국", {"text": "Ankara 한국", "is_bold": True}])
def test_a_column_of_a_given_width_takes_what_no_font_has(tmp_path, cell):
    columns = [("한국", "l34"), ("Meaning", "l*")]
    block = boxed(table("tab-x", "", columns, [[cell, "A"]]), Counter())
    for name in ("blocks.typ", "formulas.typ"):
        source = resources.files("detente.report").joinpath(name).read_bytes()
        (tmp_path / name).write_bytes(source)
    page = '#import "blocks.typ": sheet\n#sheet(json(bytes(sys.inputs.table)))'
    (tmp_path / "page.typ").write_text(page)
    told = typst.compile(str(tmp_path / "page.typ"), sys_inputs={"table": json.dumps(block)})
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(told)).pages).split()
    assert words.count("U+D55C") == words.count("U+AD6D") == 2
    assert "Ankara" in words

"""A part of the report, its logo, and words of statements that made their score."""

from __future__ import annotations

import json
import re
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from detente.errors import BadArgumentError
from detente.report import SECTIONS, check_sections
from detente.report.logo import read_logo
from detente.report.quotes import marked

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0H10"/></svg>'


def png(width: int = 2, height: int = 2) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\x80" * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def titles(path) -> list[str]:
    return [item.title for item in PdfReader(path).outline if not isinstance(item, list)]


def test_sections_are_printed_alone_and_in_their_order(report, read):
    path = report(sections=["data", "events"]).path
    names = [re.sub(r"^[\dA-Z]+\s+", "", title) for title in titles(path)]
    assert names == ["How to read this report", "Events", "Data, coverage and limits"]
    text = read(path)
    assert "How sure are we?" not in text
    # The table of all events is not printed, so nothing refers to it.
    assert "All events are in" not in text
    assert "All events are in Table" in read(report().path)


def test_sections_may_be_one_text():
    assert check_sections("brief, events") == {"brief", "events"}
    assert check_sections(None) == set(SECTIONS)


@pytest.mark.parametrize(("names", "told"), [(["brif"], "brief"), ([], "No section"), ([""], "No")])
def test_an_unknown_section_is_refused_with_a_hint(names, told):
    with pytest.raises(BadArgumentError, match=told):
        check_sections(names)


@pytest.mark.parametrize(("content", "name"), [(SVG, "logo.svg"), (png(), "logo.png")])
def test_a_logo_stands_on_page_one(report, tmp_path, content, name):
    # What the file holds counts, not what it is called.
    place = tmp_path / "mark.dat"
    place.write_bytes(content)
    assert read_logo(place) == (name, content)
    path = report(logo=place, sections=["brief"]).path
    alts = re.findall(rb"Logo of the publisher", path.read_bytes())
    assert alts or "Logo of the publisher" in str(_alts(path))


def _alts(path) -> list[str]:
    found, queue = [], [PdfReader(path).trailer["/Root"]["/StructTreeRoot"]]
    while queue:
        element = queue.pop()
        if hasattr(element, "get"):
            found += [str(element["/Alt"])] if "/Alt" in element else []
            kids = element.get("/K", [])
            queue += [
                kid.get_object()
                for kid in (kids if isinstance(kids, list) else [kids])
                if not isinstance(kid, int)
            ]
    return found


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "cannot be read"),
        (b"", "neither a PNG nor"),
        (b"GIF89a", "neither a PNG nor"),
        (b"<html/>", "not svg"),
        (b"<svg/>", "without a size"),
        (png()[:-8], "ends early"),
        (png(0, 2), "no size"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><svg>&b;</svg>', "entities"),
        (b" " * 5_000_001, "bytes"),
    ],
)
def test_a_logo_that_is_none_is_refused_by_name(tmp_path, report, content, told):
    place = tmp_path / "logo.svg"
    if content is not None:
        place.write_bytes(content)
    with pytest.raises(BadArgumentError, match=told) as refused:
        read_logo(place)
    assert "logo.svg" in str(refused.value)


def test_words_that_made_a_score_are_marked_by_their_sign():
    text = "He praised trade but condemned the raid."
    trace = json.dumps(
        [
            {"start": 3, "end": 10, "entry": "praise", "valence": 2.0, "factor": 0.2},
            {"start": 21, "end": 30, "entry": "condemn", "valence": 3.0, "factor": -0.2},
            {"start": 35, "end": 39, "entry": "raid", "valence": -0.1, "factor": 0.2},
        ]
    )
    pieces = [(p["text"], p.get("mark")) for p in marked(text, trace)["parts"]]
    assert pieces == [
        ("He ", None), ("praised", "warm"), (" trade but ", None), ("condemned", "cold"),
        (" the raid.", None),
    ]  # fmt: skip


entries = st.fixed_dictionaries(
    {
        "start": st.integers(-3, 60),
        "end": st.integers(-3, 60),
        "valence": st.floats(-4, 4),
        "factor": st.floats(-1, 1),
    }
)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=50), st.lists(entries, max_size=8), st.integers(1, 60))
def test_marking_neither_loses_nor_adds_a_character(text, trace, size):
    parts = marked(text, json.dumps(trace), size)["parts"]
    told = "".join(part["text"] for part in parts)
    assert told == text if len(text) <= size else told.startswith(text[:size].rstrip())
    assert len([part for part in parts if part.get("mark")]) <= 6


@pytest.mark.parametrize("trace", [None, "", "no json", "[1]", '[{"start": 1}]', "{}"])
def test_what_is_no_trace_marks_nothing(trace):
    assert [p["text"] for p in marked("A text.", trace)["parts"]] == ["A text."]


def test_statements_behind_a_move_have_their_words_marked(report, read, scored, findings):
    trace = '[{"start": 0, "end": 6, "entry": "remark", "valence": 3.0, "factor": 0.2}]'
    text = read(report(statements=scored.assign(trace=trace), findings=findings).path)
    assert "Statements behind the largest moves" in text
    assert "words that made the score warmer" in text

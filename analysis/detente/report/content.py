"""The whole report as plain Python values: what page and web page print, in its order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from detente import _fonts, wording
from detente.report.blocks import points
from detente.report.boxes import boxed
from detente.report.brief import brief
from detente.report.chapters import chapters
from detente.report.fixed import fixed_sentences, words
from detente.report.making import BOXES
from detente.report.material import Material
from detente.report.method import reading
from detente.report.tables import clipped
from detente.statements import EXAMPLE_DATA

__all__ = ["files_of", "page_content", "report_content"]

#: Characters that a line of the running head holds.
_HEAD_LENGTH = 100

#: Parts of a block that are the report's own words; all else is data, which keeps its typing.
_OWN = {
    "prose": ("text",),
    "see": ("parts",),
    "heading": ("text",),
    "points": ("items",),
    "bullets": ("items",),
    "assumptions": ("items",),
    "figure": ("title", "caption"),
    "table": ("caption", "note"),
}


def report_content(m: Material, notices: Sequence[str], logo: str = "") -> dict[str, Any]:
    """Build all texts and cells.

    Parameters
    ----------
    m : Material
        What the report is made from.
    notices : sequence of str
        What every page must carry; of one with an attribute `short` the running head has that.
    logo : str, optional
        File of the logo.

    Returns
    -------
    dict
        Plain values, ready for JSON.
    """
    first = m.figure("temperature") if "temperature" in m.figures else None
    has_brief = "brief" in m.chosen
    told = [_curled(chapter) for chapter in chapters(m)]
    said = words()
    # Nobody should take the day of the last statement for that on which the report was made.
    said["report_of"] = said["data_to"] if m.is_day_of_data else said["report_of"]
    content: dict[str, Any] = {
        "words": said,
        "title": m.title,
        "short_title": clipped(m.title, _HEAD_LENGTH // 2),
        "subtitle": m.about.subtitle or words()["subtitle"],
        "period": m.period,
        "day": wording.day_name(m.day),
        "logo": {"file": logo, "alt": words()["logo"]} if logo else None,
        "notices": [
            {
                "text": _noticed(text),
                "short": clipped(
                    _noticed(getattr(text, "short", text)), _HEAD_LENGTH // max(1, len(notices))
                ),
                "is_example": text.startswith(EXAMPLE_DATA),
            }
            for text in notices
        ],
        "fixed": _typographic(
            fixed_sentences(m.index, m.sample, m.events, rows_found=m.about.rows_found)
        ),
        "brief": _typographic(brief(m.index, m.sample, m.findings, m.validation, first))
        if has_brief
        else None,
        "reading": _curled(
            {
                "title": wording.say("How to read this report"),
                "ref": "sec-reading",
                "blocks": [points([(p["head"], p["text"]) for p in reading(m.index)])],
            }
        ),
        "chapters": told,
    }
    targets = {chapter["ref"] for chapter in told} | {
        block["ref"] for block in _blocks(content) if block.get("ref")
    }
    if content["brief"] and first:
        targets.add(first["ref"])
    for chapter in told:
        chapter["blocks"] = [block for block in chapter["blocks"] if _leads(block, targets)]
    kinds = {block["kind"] for block in _blocks(content) if block.get("ref")}
    # Of a small study the lists are longer than what they help to find.
    content["has_figures"] = not m.is_small and (
        "figure" in kinds or bool(content["brief"] and first)
    )
    content["has_tables"] = not m.is_small and "table" in kinds
    content["document"] = {
        # Metadata is not set in any font, so it takes the written-out form.
        "title": _fonts.visible(f"{m.title}, {m.period}"),
        "date": [m.day.year, m.day.month, m.day.day],
    }
    return content


def page_content(content: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """Return the content with what the fonts lack as boxes.

    Parameters
    ----------
    content : dict
        What `report_content` returns; left as it is.

    Returns
    -------
    dict
        Texts as `boxed` leaves them.
    int
        Characters that are printed as a box.
    """
    counts: Counter[str] = Counter()
    page: dict[str, Any] = boxed({k: v for k, v in content.items() if k != "document"}, counts)
    page["document"] = content["document"]
    for block in _blocks(page):
        if block.get("name") == BOXES:
            block["text"] = _boxes(counts)
    return page, sum(counts.values())


def files_of(content: Mapping[str, Any]) -> list[str]:
    """Name the figures that are printed, each once.

    Parameters
    ----------
    content : mapping
        What `report_content` returns.

    Returns
    -------
    list of str
        File names.
    """
    named = [block["file"] for block in _blocks(content) if block["kind"] == "figure"]
    own = content["brief"]
    if own and own["figure"]:
        named.insert(0, own["figure"]["file"])
    return list(dict.fromkeys(named))


def _blocks(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for chapter in (content["reading"], *content["chapters"]):
        yield from chapter["blocks"]


def _leads(block: Mapping[str, Any], targets: set[str]) -> bool:
    """Say whether all that a block refers to is printed."""
    parts = block.get("parts", ()) if block["kind"] == "see" else ()
    return all(part["ref"] in targets for part in parts if isinstance(part, dict))


def _typographic(value: Any) -> Any:
    """Replace quotes around words, and apostrophes inside and after them, in a content tree."""
    if isinstance(value, str):
        return re.sub(r"(?<=\w)'", "’", re.sub(r"(?<!\w)'([^']{1,60})'(?!\w)", "‘\\1’", value))
    if isinstance(value, dict):
        return {
            key: item if key in ("alt", "file", "ref") else _typographic(item)
            for key, item in value.items()
        }
    return [_typographic(item) for item in value] if isinstance(value, list) else value


def _curled(chapter: dict[str, Any]) -> dict[str, Any]:
    """Set the report's own words of a chapter with typographic apostrophes."""
    blocks = [
        block
        if block.get("is_data")
        else block | {key: _typographic(block[key]) for key in _OWN.get(block["kind"], ())}
        for block in chapter["blocks"]
    ]
    return chapter | {"blocks": blocks}


def _noticed(text: str) -> str:
    """Return a notice for a reader; that of example data is kept in English, to be found."""
    return text.replace(EXAMPLE_DATA, wording.say("EXAMPLE DATA"))


def _boxes(counts: Counter[str]) -> str:
    if not counts:
        return wording.say("Every character of this report has a glyph in the fonts used.")
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    told = ", ".join(f"{point} ({wording.number(n)})" for point, n in ranked[:12])
    if (rest := len(ranked) - 12) > 0:
        points = wording.count(rest, "other code point")
        told = wording.say("{first} and {last}", first=told, last=points)
    return wording.say_count(
        "{n} character of the texts in this report has no glyph in the fonts used and is printed "
        "as a box with the code point: {points}.",
        "{n} characters of the texts in this report have no glyph in the fonts used and are "
        "printed as a box with the code point: {points}.",
        counts.total(),
        points=told,
    )

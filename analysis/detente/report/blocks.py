"""What a chapter is made of: the page and the web page print each kind of block in one way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

__all__ = [
    "bullets",
    "figure",
    "formula",
    "heading",
    "linked",
    "must_hold",
    "part",
    "points",
    "prose",
    "rich",
    "see",
    "table",
]

#: Tables of so many rows stay on one page.
_KEPT_WHOLE = 10


def prose(text: str, *, is_data: bool = False) -> dict[str, Any]:
    """Return a paragraph.

    Parameters
    ----------
    text : str
        What it says.
    is_data : bool, default False
        Whether the words are those of the data, which keep their typing; the report's own words
        get typographic apostrophes.

    Returns
    -------
    dict
        Of kind "prose".
    """
    return {"kind": "prose", "text": text, "is_data": is_data}


def see(*parts: str | dict[str, Any]) -> dict[str, Any]:
    """Return a paragraph that refers to other places; it goes where one of them is not printed.

    Parameters
    ----------
    *parts : str or dict
        Texts, and what `linked` returns.

    Returns
    -------
    dict
        Of kind "see".
    """
    return {"kind": "see", "parts": list(parts)}


def linked(ref: str) -> dict[str, Any]:
    """Return a reference to a chapter, figure or table, for `see`.

    Parameters
    ----------
    ref : str
        Its name, such as "tab-months".

    Returns
    -------
    dict
        A part of a sentence.
    """
    return {"ref": ref}


def heading(text: str) -> dict[str, Any]:
    """Return a heading below the chapter's.

    Parameters
    ----------
    text : str
        The heading.

    Returns
    -------
    dict
        Of kind "heading".
    """
    return {"kind": "heading", "text": text}


def points(items: Sequence[tuple[str, str]], *, is_data: bool = False) -> dict[str, Any]:
    """Return paragraphs that each begin with a word or number in bold.

    Parameters
    ----------
    items : sequence of tuple of str
        Beginning and text of each.
    is_data : bool, default False
        As in `prose`.

    Returns
    -------
    dict
        Of kind "points".
    """
    told = [{"head": head, "text": text} for head, text in items]
    return {"kind": "points", "items": told, "is_data": is_data}


def bullets(
    items: Sequence[str | tuple[str, str]], *, is_data: bool = False, is_numbered: bool = False
) -> dict[str, Any]:
    """Return a list.

    Parameters
    ----------
    items : sequence of str or tuple of str
        Texts, or beginning in bold and text.
    is_data : bool, default False
        As in `prose`.
    is_numbered : bool, default False
        Whether the items have the numbers [1], [2] ... of references.

    Returns
    -------
    dict
        Of kind "bullets".
    """
    told = [("", item) if isinstance(item, str) else item for item in items]
    return {
        "kind": "bullets",
        "items": [{"head": head, "text": text} for head, text in told],
        "is_data": is_data,
        "is_numbered": is_numbered,
    }


def must_hold(assumptions: Sequence[str]) -> dict[str, Any]:
    """Return what must hold for a result to mean what it says.

    Parameters
    ----------
    assumptions : sequence of str
        The result's assumptions.

    Returns
    -------
    dict
        Of kind "assumptions".
    """
    return {"kind": "assumptions", "items": list(assumptions)}


def figure(content: dict[str, str]) -> dict[str, Any]:
    """Return a figure.

    Parameters
    ----------
    content : dict
        `file`, `ref`, `title`, `caption` and `alt`.

    Returns
    -------
    dict
        Of kind "figure".
    """
    return {"kind": "figure", **content}


def formula(name: str, alt: str, words: Mapping[str, str]) -> dict[str, Any]:
    """Return a formula.

    Parameters
    ----------
    name : str
        Its name in formulas.typ.
    alt : str
        The formula as one would read it aloud.
    words : mapping of str to str
        The words in it.

    Returns
    -------
    dict
        Of kind "formula".
    """
    return {"kind": "formula", "name": name, "alt": alt, "words": dict(words)}


def part(text: str, **marks: Any) -> dict[str, Any]:
    """Return a piece of a cell.

    Parameters
    ----------
    text : str
        What it says.
    **marks
        `is_bold`, `is_quiet`, `is_small`, `is_italic`, `is_new_line` (bool), `url` (an address),
        `mark` ("cold" or "warm": words that made a score).

    Returns
    -------
    dict
        A piece, for `rich`.
    """
    return {"text": text, **marks}


def rich(*parts: dict[str, Any], span: int = 1) -> dict[str, Any]:
    """Return a cell of several pieces.

    Parameters
    ----------
    *parts : dict
        What `part` returns.
    span : int, default 1
        Columns that it takes.

    Returns
    -------
    dict
        A cell.
    """
    return {"parts": list(parts), "span": span}


def table(
    ref: str,
    caption: str,
    columns: Sequence[tuple[str, str]],
    rows: Sequence[Sequence[Any]],
    *,
    groups: Sequence[tuple[str, int]] = (),
    note: str = "",
    hairlines: bool = False,
    small: bool = False,
    rules: Sequence[int] = (),
    is_narrow: bool = False,
) -> dict[str, Any]:
    """Return a table with a caption above and a note below.

    Parameters
    ----------
    ref : str
        Name by which the text refers to it.
    caption : str
        Its title; empty for a table that belongs to the paragraph above and has no number.
    columns : sequence of tuple of str
        Head and form of each column; the form is "l" or "r" for the side on which its cells
        stand, followed by "" (as wide as its cells), "*" (what the others leave) or a width in
        millimetres, such as "l34".
    rows : sequence of sequence
        A cell is a text, or a dict with `text` and, as wanted, `is_bold` and `below`, a line in
        small print, or what `rich` returns.
    groups : sequence of tuple, optional
        Texts that stand above so many columns each.
    note : str, optional
        How to read it.
    hairlines : bool, default False
        Whether rows are kept apart by lines, as rows of several lines need.
    small : bool, default False
        Whether it is set smaller, as tables of many columns need.
    rules : sequence of int, optional
        Rows above which a line stands.
    is_narrow : bool, default False
        Whether its columns stand close, as where three groups stand side by side.

    Returns
    -------
    dict
        Of kind "table".

    Examples
    --------
    >>> table("tab-x", "Sums", [("Of", "l*"), ("Sum", "r")], [["a", "1"]])["columns"]
    [{'head': 'Of', 'align': 'l', 'width': '*'}, {'head': 'Sum', 'align': 'r', 'width': ''}]
    """
    return {
        "kind": "table",
        "ref": ref,
        "caption": caption,
        "columns": [
            {
                "head": head,
                "align": form[0],
                "width": int(form[1:]) if form[1:].isdigit() else form[1:],
            }
            for head, form in columns
        ],
        "groups": [{"text": text, "span": span} for text, span in groups],
        "rows": [list(row) for row in rows],
        "note": note,
        "hairlines": hairlines,
        "is_small": small,
        "is_narrow": is_narrow,
        "rules": list(rules),
        "is_whole": len(rows) <= _KEPT_WHOLE,
    }

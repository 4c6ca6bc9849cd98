"""What a chapter of the findings is made of: the template prints each kind of block in one way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

__all__ = ["heading", "must_hold", "points", "prose", "table"]

#: Tables of so many rows stay on one page.
_KEPT_WHOLE = 16


def prose(text: str) -> dict[str, Any]:
    """Return a paragraph.

    Parameters
    ----------
    text : str
        The report's own words.

    Returns
    -------
    dict
        Of kind "prose".
    """
    return {"kind": "prose", "text": text}


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


def points(items: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return paragraphs that each begin with a word or number in bold.

    Parameters
    ----------
    items : sequence of tuple of str
        Beginning and text of each.

    Returns
    -------
    dict
        Of kind "points".
    """
    return {"kind": "points", "items": [{"head": head, "text": text} for head, text in items]}


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
        small print.
    groups : sequence of tuple, optional
        Texts that stand above so many columns each.
    note : str, optional
        How to read it.
    hairlines : bool, default False
        Whether rows are kept apart by lines, as rows of several lines need.
    small : bool, default False
        Whether it is set smaller, as tables of many columns need.

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
        "is_whole": len(rows) <= _KEPT_WHOLE,
    }

"""A text with its expressions marked: as HTML for notebooks, as plain lines for terminals.

Colour never stands alone: each expression carries its contribution with its sign, and a
warm one is underlined with a solid line, a cold one with a dashed line.
"""

from __future__ import annotations

import html as _html
import unicodedata
from itertools import pairwise

import pandas as pd

from detente import wording

__all__ = ["html", "in_short", "plain"]

#: Dark letters on light grounds whatever the notebook's theme; the two grounds also differ
#: in lightness, so that they stay apart in grey.
_STYLES = {
    "warm": "background:#fbe3c4;color:#1a1a1a;text-decoration:underline solid 2px",
    "cold": "background:#a9c7e8;color:#1a1a1a;text-decoration:underline dashed 2px",
    "even": "background:#e8e8e8;color:#1a1a1a;text-decoration:underline dotted 2px",
}

_LINKS = {
    "target": "the target",
    "relation": "the relation of both",
    "carried": "the target, carried over from an earlier clause",
    "distant": "the target, named further off",
    "implicit": "the target, which is not named",
    "source": "the speaker's own side",
    "third": "a third party",
    "none": "nobody in particular",
    "ngram": "not linked, learned from codings",
    "model": "the model as a whole",
}

#: A contribution below this prints as 0.00 or 0.01.
_FAINT = 0.015

_HEADS = ("Expression", "Entry", "Valence", "Factor", "Gives", "About", "Changed by")


def html(text: str, parts: pd.DataFrame, sentence: str, total: str) -> str:
    """Return the marked text, the sentence and the table of parts as HTML.

    Parameters
    ----------
    text : str
        Any text; it is escaped.
    parts : DataFrame
        As `Explanation.parts`.
    sentence, total : str
        The result in words, and how the parts add up; `total` may be empty.

    Returns
    -------
    str
        Self-contained HTML, with styles in place and no script.

    Examples
    --------
    >>> import pandas as pd
    >>> html("a < b", pd.DataFrame(), "No tone.", "")
    '<div><p style="white-space:pre-wrap">a &lt; b</p><p><strong>No tone.</strong></p></div>'
    """
    marked = []
    for piece, values, ending in _pieces(text, parts):
        if not values:
            marked.append(_escaped(piece))
            continue
        balance = sum(values)
        side = "warm" if balance > 0 else "cold" if balance < 0 else "even"
        signs = f"<sup>{' '.join(wording.tone(value) for value in ending)}</sup>" if ending else ""
        marked.append(f'<mark style="{_STYLES[side]}">{_escaped(piece)}{signs}</mark>')
    body = f'<p style="white-space:pre-wrap">{"".join(marked)}</p>'
    body += f"<p><strong>{_escaped(sentence)}</strong></p>"
    if len(parts):
        head = "".join(f"<th scope='col'>{head}</th>" for head in _HEADS)
        rows = "".join(
            "<tr>" + "".join(f"<td>{_escaped(cell)}</td>" for cell in row) + "</tr>"
            for row in _cells(parts)
        )
        body += f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        body += f"<p>Valence × factor, added up: {_escaped(total)}</p>"
    return f"<div>{body}</div>"


def plain(text: str, parts: pd.DataFrame, sentence: str, total: str) -> str:
    """Return the marked text, the sentence and the parts as plain lines.

    Parameters
    ----------
    text : str
        Any text; control characters, which could move a terminal's cursor, become U+FFFD.
    parts : DataFrame
        As `Explanation.parts`.
    sentence, total : str
        The result in words, and how the parts add up; `total` may be empty.

    Returns
    -------
    str
        Lines; each expression in brackets with its contribution.

    Examples
    --------
    >>> import pandas as pd
    >>> print(plain("They met.", pd.DataFrame(), "No tone.", ""))
    They met.
    <BLANKLINE>
    No tone.
    """
    marked = []
    is_open = False
    for piece, values, ending in _pieces(text, parts):
        opens = "[" if values and not is_open else ""
        signs = " " + " ".join(wording.tone(value) for value in ending) + "]" if ending else ""
        is_open = bool(values) and not ending
        marked.append(opens + _visible(piece) + signs)
    lines = ["".join(marked), "", _visible(sentence)]
    if len(parts):
        table = [_HEADS, *_cells(parts)]
        widths = [max(len(row[i]) for row in table) for i in range(len(_HEADS))]
        lines += [""]
        lines += [
            "  ".join(
                cell.rjust(width) if head in ("Valence", "Factor", "Gives") else cell.ljust(width)
                for cell, width, head in zip(row, widths, _HEADS, strict=True)
            ).rstrip()
            for row in table
        ]
        lines += ["", f"Valence × factor, added up: {total}"]
    return "\n".join(lines)


def in_short(words: str, limit: int = 60) -> str:
    r"""Return words on one line, the middle left out where they are too long.

    Parameters
    ----------
    words : str
        Any text.
    limit : int, default 60
        Largest length in characters, at least 3.

    Returns
    -------
    str
        Visible characters with single spaces.

    Examples
    --------
    >>> in_short("a stab in\n the back"), in_short("abcdefghij", 5)
    ('a stab in the back', 'ab…ij')
    """
    line = " ".join(_visible(words).split())
    half = (limit - 1) // 2
    return line if len(line) <= limit else f"{line[:half]}…{line[-half:]}"


def _pieces(text: str, parts: pd.DataFrame) -> list[tuple[str, list[float], list[float]]]:
    """Cut a text where parts begin and end.

    Each piece comes with the contributions of the parts that cover it, and of those that
    end with it. Parts without a place are left to the table, and so are a model's words that
    give next to nothing, since nearly every word is one.
    """
    if not len(parts):
        return [(text, [], [])]
    begins: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    given = parts["contribution"].tolist()
    is_faint = ((parts["link"] == "ngram") & (parts["contribution"].abs() < _FAINT)).tolist()
    for i, (start, end) in enumerate(zip(parts["start"], parts["end"], strict=True)):
        if start < end and not is_faint[i]:
            begins.setdefault(start, []).append(i)
            ends.setdefault(end, []).append(i)
    cuts = sorted({0, len(text), *begins, *ends})
    pieces = []
    active: dict[int, float] = {}
    for first, last in pairwise(cuts):
        active.update((i, given[i]) for i in begins.get(first, ()))
        closing = ends.get(last, ())
        pieces.append((text[first:last], list(active.values()), [given[i] for i in closing]))
        for i in closing:
            del active[i]
    return pieces


def _cells(parts: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return the rows of the table as a reader sees them."""
    return [
        (
            in_short(row["expression"]) or "(the whole text)",
            row["entry"],
            wording.tone(row["valence"]),
            wording.number(row["factor"], 3),
            wording.tone(row["contribution"]),
            _LINKS.get(row["link"], row["link"]),
            row["notes"] or ("turned over" if row["factor"] < 0 else ""),
        )
        for row in parts.to_dict("records")
    ]


def _escaped(text: str) -> str:
    return _html.escape(text.encode("utf-8", "replace").decode())


def _visible(text: str) -> str:
    """Replace control characters but for line ends and tabs, and lone surrogates."""
    return "".join(
        c
        if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs")
        else "\N{REPLACEMENT CHARACTER}"
        for c in text
    )

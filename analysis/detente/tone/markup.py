"""A text with its expressions marked: as HTML for notebooks, as plain lines for terminals.

Colour never stands alone: each expression carries its contribution with its sign, and a
warm one is underlined with a solid line, a cold one with a dashed line.
"""

from __future__ import annotations

import html as _html
import unicodedata
from collections.abc import Hashable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from detente import wording
from detente.tone.digest import Digest
from detente.tone.excerpt import Excerpt, excerpt

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
    "carried": "the target, named in another clause",
    "distant": "the target, named further off",
    "implicit": "the target, which is not named",
    "source": "the speaker's own side",
    "third": "a third party",
    "none": "nobody in particular",
    "ngram": "wording learned from codings",
    "model": "the model as a whole",
}

#: What a model adds that no words of the text give.
_WHOLE = {
    "intercept": "the model's tone of a text without any of these words",
    "limit": "what is cut off where the lexicon's parts go beyond the scale",
    "stretch": "the model's last step, which spreads small tones",
    "out of fold": "learned from: difference between the model that never saw its year, which "
    "counts, and the one in use",
}

_HEADS = ("Expression", "Entry", "Valence", "Factor", "Gives", "About", "Changed by")
_SHORT_HEADS = ("Expression", "Valence", "Gives", "About whom; what changed it")
#: Columns whose cells end in line.
_RIGHT = ("Valence", "Factor", "Gives")
#: Longest expression of the short table, in characters.
_LONGEST = 30


def html(text: str, lead: Sequence[str], shown: Digest, total: str) -> str:
    """Return the marked text, what is said of it, and the table of parts as HTML.

    Parameters
    ----------
    text : str
        Any text; it is escaped.
    lead : sequence of str
        The result in words, then what else is said.
    shown : Digest
        The parts; where some were summed, all of them follow, folded up. So does the whole of a
        text that is too long to be shown.
    total : str
        How the parts add up; may be empty.

    Returns
    -------
    str
        Self-contained HTML, with styles in place and no script.

    Examples
    --------
    >>> from detente.tone.digest import digest
    >>> none = pd.DataFrame({"contribution": [], "link": [], "start": [], "end": []})
    >>> html("a < b", ["No tone."], digest(none), "")
    '<div><p style="white-space:pre-wrap">a &lt; b</p><p><strong>No tone.</strong></p></div>'
    """
    sentence, *more = lead
    part = excerpt(text, shown.parts)
    body = f'<p style="white-space:pre-wrap">{_marked_html(text, shown.parts, part)}</p>'
    if not part.is_whole:
        whole = _marked_html(text, shown.parts, excerpt(text, shown.parts, is_full=True))
        body += f"<p>{part.sentence}</p><details><summary>The whole text</summary>"
        body += f'<p style="white-space:pre-wrap">{whole}</p></details>'
    body += f"<p><strong>{_escaped(sentence)}</strong></p>"
    body += "".join(f"<p>{_escaped(line)}</p>" for line in more)
    if len(shown.every):
        body += _table_html(_table(shown)) + f"<p>Added up: {_escaped(total)}</p>"
    if shown.n_summed:
        body += f"<details><summary>All {wording.number(len(shown.every))} parts</summary>"
        body += f"{_table_html(_full_table(shown.every))}</details>"
    return f"<div>{body}</div>"


def plain(
    text: str, lead: Sequence[str], shown: Digest, total: str, width: int = 80, how_full: str = ""
) -> str:
    """Return the marked text, what is said of it, and the parts as plain lines.

    Parameters
    ----------
    text : str
        Any text; control characters, which could move a terminal's cursor, become U+FFFD.
    lead : sequence of str
        The result in words, then what else is said.
    shown : Digest
        The parts; where none were summed for want of room, the full table is printed.
    total : str
        How the parts add up; may be empty.
    width : int, default 80
        Characters in a line of the table; the full table takes what it needs.
    how_full : str, optional
        How to see all of a text that is shown in part.

    Returns
    -------
    str
        Lines; each expression in brackets with its contribution. Of a long text, unless the full
        table is asked for, the sentences around the strongest; nothing of one of white space.

    Examples
    --------
    >>> from detente.tone.digest import digest
    >>> none = pd.DataFrame({"contribution": [], "link": [], "start": [], "end": []})
    >>> print(plain("They met.", ["No tone."], digest(none), ""))
    They met.
    <BLANKLINE>
    No tone.
    """
    part = excerpt(text, shown.parts, is_full=shown.is_full)
    lines = [_marked(text, shown.parts, part), ""] if text.strip() else []
    if not part.is_whole:
        lines += [part.sentence + (f" All of it: {how_full}." if how_full else ""), ""]
    lines += map(_visible, lead)
    if len(shown.every):
        table = _full_table(shown.every) if shown.is_full else _table(shown)
        lines += ["", *wording.lined(table, right=_RIGHT, width=None if shown.is_full else width)]
        lines += ["", f"{'Valence × factor, a' if shown.is_full else 'A'}dded up: {total}"]
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


def _marked(text: str, parts: pd.DataFrame, part: Excerpt) -> str:
    """Return what is shown of a text, its expressions in brackets."""
    stretches = []
    for start, end in part.spans:
        marked = []
        is_open = False
        for piece, values, ending in _pieces(text[start:end], _within(parts, start, end)):
            opens = "[" if values and not is_open else ""
            signs = " " + " ".join(wording.tone(value) for value in ending) + "]" if ending else ""
            is_open = bool(values) and not ending
            marked.append(opens + _visible(piece) + signs)
        stretches.append("".join(marked))
    return _with_gaps(stretches, part)


def _marked_html(text: str, parts: pd.DataFrame, part: Excerpt) -> str:
    """Return what is shown of a text, its expressions marked."""
    stretches = []
    for start, end in part.spans:
        marked = []
        for piece, values, ending in _pieces(text[start:end], _within(parts, start, end)):
            if not values:
                marked.append(_escaped(piece))
                continue
            balance = sum(values)
            side = "warm" if balance > 0 else "cold" if balance < 0 else "even"
            given = " ".join(wording.tone(value) for value in ending)
            signs = f"<sup>{given}</sup>" if ending else ""
            marked.append(f'<mark style="{_STYLES[side]}">{_escaped(piece)}{signs}</mark>')
        stretches.append("".join(marked))
    return _with_gaps(stretches, part)


def _with_gaps(stretches: Sequence[str], part: Excerpt) -> str:
    """Join what is shown of a text, with the lengths of what is left out between."""
    at, shown = 0, []
    for stretch, (start, end) in zip(stretches, part.spans, strict=True):
        shown += [_gap(start - at), stretch]
        at = end
    return "\n".join(line for line in [*shown, _gap(part.n_characters - at)] if line)


def _gap(n: int) -> str:
    return f"(… {wording.count(n, 'character')} …)" if n > 0 else ""


def _within(parts: pd.DataFrame, start: int, end: int) -> pd.DataFrame:
    """Return the parts that lie in a stretch, counted from its beginning."""
    chosen = parts[(parts["start"] >= start) & (parts["end"] <= end)]
    return chosen.assign(start=chosen["start"] - start, end=chosen["end"] - start)


def _pieces(text: str, parts: pd.DataFrame) -> list[tuple[str, list[float], list[float]]]:
    """Cut a text where parts begin and end.

    Each piece comes with the contributions of the parts that cover it, and of those that
    end with it. Parts without a place are left to the table.
    """
    begins: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    given = parts["contribution"].tolist()
    for i, (start, end) in enumerate(zip(parts["start"], parts["end"], strict=True)):
        if start < end:
            begins.setdefault(start, []).append(i)
            ends.setdefault(end, []).append(i)
    if not begins:
        return [(text, [], [])]
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


def _full_table(parts: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return every row with every number, below the head."""
    rows = [
        (
            in_short(row["expression"]) or "(the whole text)",
            row["entry"],
            wording.tone(row["valence"]),
            wording.number(row["factor"], 3),
            wording.tone(row["contribution"]),
            _LINKS.get(row["link"], row["link"]),
            _changes(row),
        )
        for row in parts.to_dict("records")
    ]
    return [_HEADS, *rows]


def _table(shown: Digest) -> list[tuple[str, ...]]:
    """Return the rows that weigh, and what the others give together, below the head."""
    rows = []
    for row in shown.parts.to_dict("records"):
        is_learned = row["link"] in ("ngram", "model")
        about = _LINKS.get(row["link"], row["link"])
        if row["link"] == "model":
            about = _WHOLE.get(row["entry"], row["entry"])
        changes = "" if is_learned else _changes(row)
        rows.append(
            (
                in_short(row["expression"], _LONGEST) or "(the whole text)",
                # A weight that was learned is no valence of the lexicon's scale.
                "" if is_learned else wording.tone(row["valence"]),
                wording.tone(row["contribution"]),
                f"{about}; {changes}" if changes else about,
            )
        )
    if shown.n_summed:
        name = f"({wording.number(shown.n_summed)} smaller parts)"
        rows.append((name, "", wording.tone(shown.rest), "together"))
    return [_SHORT_HEADS, *rows]


def _changes(row: Mapping[Hashable, Any]) -> str:
    return str(row["notes"]) or ("turned over" if row["factor"] < 0 else "")


def _table_html(table: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th scope='col'>{head}</th>" for head in table[0])
    rows = "".join(
        "<tr>" + "".join(f"<td>{_escaped(cell)}</td>" for cell in row) + "</tr>"
        for row in table[1:]
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


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

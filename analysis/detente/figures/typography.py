"""Text of a known width: cut, broken into lines, gathered into headers and footers.

All lengths are points (1/72 inch).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from detente import wording
from detente._fonts import visible
from detente.errors import BadArgumentError
from detente.figures.theme import INK, MUTED, SMALLEST, text_width
from detente.statements import EXAMPLE_DATA

__all__ = [
    "PAD",
    "Block",
    "balance",
    "header",
    "is_example",
    "shorten",
    "source_line",
    "told_notices",
    "wrap",
]

#: Points kept free along the edges of a figure.
PAD = 6.0

#: Points; a narrower figure gets as many more lines as it takes to say the same.
_WIDE = 500.0

#: Share of the width that the last line of a heading should have, and widths tried for that.
_LAST = 1 / 3
_NARROWER = tuple(share / 100 for share in range(100, 49, -5))

_LEADING = 1.32
#: Width of a letter of running text over its size, about.
_LETTER = 0.52
_ELLIPSIS = "…"


def shorten(text: str, width: float, size: float, weight: str = "normal") -> str:
    """Cut text to a width, with an ellipsis where something was cut.

    Parameters
    ----------
    text : str
        One line, already made visible.
    width, size : float
        Points.
    weight : {"normal", "bold"}, default "normal"
        Face.

    Returns
    -------
    str
        The text, or as much of its beginning as fits.

    Examples
    --------
    >>> shorten("Ankara", 500, 7), shorten("Ankara and Moscow", 40, 7)
    ('Ankara', 'Ankara an…')
    """
    if text_width(text, size, weight) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if text_width(text[:middle].rstrip() + _ELLIPSIS, size, weight) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + _ELLIPSIS


def wrap(
    text: str, width: float, size: float, weight: str = "normal", max_lines: int = 3
) -> list[str]:
    """Break text into lines of at most a width.

    Parameters
    ----------
    text : str
        Any text; it is made visible here.
    width, size : float
        Points.
    weight : {"normal", "bold"}, default "normal"
        Face.
    max_lines : int, default 3
        What does not fit into so many lines is cut, with an ellipsis.

    Returns
    -------
    list of str
        Lines; none for empty text.

    Examples
    --------
    >>> wrap("Russia on Turkey", 40, 7)
    ['Russia on', 'Turkey']
    """
    lines: list[str] = []
    # Not at spaces that keep a number with its sign.
    words = re.findall(r"[^ \n]+", visible(text))
    while words:
        if len(lines) == max_lines - 1:
            lines.append(shorten(" ".join(words), width, size, weight))
            break
        n = _n_fitting(words, width, size, weight)
        line = " ".join(words[:n])
        rest = words[n:]
        if n == 1 and text_width(line, size, weight) > width:
            # A word longer than the line is broken inside, never left to run out of it.
            cut = max(1, len(shorten(line, width, size, weight)) - 1)
            line, rest = line[:cut], [line[cut:], *rest]
        lines.append(line)
        words = rest
    return lines


def _n_fitting(words: Sequence[str], width: float, size: float, weight: str) -> int:
    """Return how many of the words stand on one line, one at least."""
    # Text is measured letter by letter, so a line is guessed and mended by a word or two.
    n, letters = 1, len(words[0])
    while n < len(words) and (letters + 1 + len(words[n])) * size * _LETTER <= width:
        letters += 1 + len(words[n])
        n += 1
    while n < len(words) and text_width(" ".join(words[: n + 1]), size, weight) <= width:
        n += 1
    while n > 1 and text_width(" ".join(words[:n]), size, weight) > width:
        n -= 1
    return n


def _evened(text: str, width: float, size: float, weight: str, max_lines: int) -> list[str]:
    """Break a heading into lines, none of which is left with a word or two at the end."""
    lines = wrap(text, width, size, weight, max_lines)
    for share in _NARROWER if len(lines) > 1 else ():
        tried = wrap(text, share * width, size, weight, max_lines)
        if len(tried) > len(lines) or " ".join(tried) != " ".join(lines):
            break
        if text_width(tried[-1], size, weight) >= _LAST * width:
            return tried
    return lines


def balance(text: str, width: float, size: float, n_lines: int) -> tuple[str, ...]:
    """Break a label into at most so many lines of about the same length.

    Parameters
    ----------
    text : str
        One line, already made visible.
    width, size : float
        Points; no line is wider than `width`, longer ones are cut.
    n_lines : int
        At least 1.

    Returns
    -------
    tuple of str
        Lines.

    Examples
    --------
    >>> balance("First losses in Idlib", 100, 7, 2)
    ('First losses', 'in Idlib')
    """
    words = re.findall(r"[^ \n]+", shorten(text, width * n_lines, size)) or [""]

    def split(first: int, n: int) -> list[str]:
        whole = " ".join(words[first:])
        options = [[whole]]
        if n > 1:
            options += [
                [" ".join(words[first:cut]), *split(cut, n - 1)]
                for cut in range(first + 1, len(words))
            ]
        return min(options, key=lambda lines: max(text_width(line, size) for line in lines))

    return tuple(shorten(line, width, size) for line in split(0, n_lines))


@dataclass(frozen=True)
class Block:
    """Lines of one size, with their height.

    Parameters
    ----------
    lines : tuple of str
        Text as it is printed.
    size : float
        Points.
    weight : {"normal", "bold"}
        Face.
    colour : str
        Text colour.
    after : float
        Points of free space below.
    """

    lines: tuple[str, ...]
    size: float
    weight: str = "normal"
    colour: str = INK
    after: float = 0.0

    @property
    def leading(self) -> float:
        """Points from line to line."""
        return self.size * _LEADING

    @property
    def height(self) -> float:
        """Points, with the space below; 0 without lines."""
        return len(self.lines) * self.leading + self.after if self.lines else 0.0


def is_example(notices: Sequence[str]) -> bool:
    """Tell whether the notices say that example rows remain.

    Parameters
    ----------
    notices : sequence of str
        What every output has to carry.

    Returns
    -------
    bool
        True where one of them holds `EXAMPLE_DATA`, which is also written across the figure.
    """
    return any(EXAMPLE_DATA in notice.upper() for notice in notices)


def told_notices(notices: Sequence[str]) -> str:
    """Return what every output has to carry as a sentence, in the reader's language.

    Parameters
    ----------
    notices : sequence of str
        Notices; `EXAMPLE_DATA` stands in them in English, so that it is found.

    Returns
    -------
    str
        Empty without notices.
    """
    told = ". ".join(notice.strip().rstrip(".") for notice in notices if notice.strip())
    told = told.replace(EXAMPLE_DATA, wording.say("EXAMPLE DATA"))
    return wording.say("Note: {notices}.", notices=told) if told else ""


def source_line(source: str, notices: Sequence[str], width: float, note: str = "") -> Block:
    """Return the footer: how to read the marks, the notices, the source.

    Parameters
    ----------
    source : str
        Where the statements come from; empty prints none.
    notices : sequence of str
        What every output has to carry.
    width : float
        Points; the whole box.
    note : str, optional
        How to read the marks.

    Returns
    -------
    Block
        The footer's lines.
    """
    if isinstance(notices, str):
        raise BadArgumentError(
            f"notices={notices!r} was received; it is a sequence of texts.",
            remedy=f"Pass ({notices!r},).",
        )
    more = (max(1.0, 1.25 * _WIDE / width) if width < _WIDE else 1.0) * _length()
    width -= 2 * PAD
    lines = wrap(note, width, SMALLEST, max_lines=round(6 * more))
    lines += wrap(told_notices(notices), width, SMALLEST, max_lines=round(4 * more))
    told = wording.say("Source: {source}", source=source) if source.strip() else ""
    lines += wrap(told, width, SMALLEST, max_lines=round(3 * more))
    return Block(tuple(lines), SMALLEST, colour=MUTED)


def _length() -> float:
    """Return how much longer sentences may be than in English, in which lines were counted."""
    return 1.0 if wording.locale() is None else 1.5


def header(title: str, subtitle: str, width: float) -> tuple[Block, ...]:
    """Return a figure's title and subtitle.

    Parameters
    ----------
    title, subtitle : str
        Any text; it is made visible here.
    width : float
        Points; the whole box.

    Returns
    -------
    tuple of Block
        From top to bottom.
    """
    is_wide = width >= _WIDE
    width -= 2 * PAD
    # A column is too narrow for large letters.
    size = 11.0 if is_wide else 9.5
    return (
        Block(
            tuple(_evened(title, width, size, "bold", round((2 if is_wide else 4) * _length()))),
            size,
            "bold",
            after=1.5,
        ),
        Block(
            tuple(
                _evened(subtitle, width, 7.5, "normal", round((3 if is_wide else 5) * _length()))
            ),
            7.5,
            colour=MUTED,
            after=8,
        ),
    )

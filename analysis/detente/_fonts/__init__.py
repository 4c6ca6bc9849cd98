"""The fonts: where they lie and which characters they can print.

Figures and report share these functions, so that a character without a glyph is told as
the same code point in both, and is never dropped or drawn as an empty box. Fonts of the machine are
never taken by themselves, since equal input would give other bytes elsewhere; a folder of further
ones can be named, see `detente._fonts.further`.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

from detente._fonts.further import further_points, is_simple

__all__ = [
    "FONT_FAMILY",
    "FONT_FILES",
    "covers",
    "font_folder",
    "missing_characters",
    "segments",
    "visible",
]

#: Family name of the shipped fonts, as Typst finds them.
FONT_FAMILY = "Noto Sans"

#: File names in `font_folder()`.
FONT_FILES = ("NotoSans-Bold.ttf", "NotoSans-Italic.ttf", "NotoSans-Regular.ttf")

#: White space that starts a new line or a new column; it is told as a plain space.
_BREAKS = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029")

#: Categories that a reader cannot see: controls, format marks (bidi overrides, zero-width
#: joiners, byte-order marks), surrogates, private use, unassigned.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def font_folder() -> Path:
    """Return the folder with the shipped fonts.

    Returns
    -------
    Path
        A folder with the files named in `FONT_FILES`.

    Examples
    --------
    >>> sorted(path.name for path in font_folder().glob("*.ttf")) == list(FONT_FILES)
    True
    """
    return Path(__file__).parent


@cache
def _code_points() -> frozenset[int]:
    """Return the code points that all shipped faces cover."""
    # The import is put off: reading a table of fonts should cost nothing to those who
    # only import the package.
    from fontTools.ttLib import TTFont

    shared: frozenset[int] | None = None
    for name in FONT_FILES:
        with TTFont(font_folder() / name, lazy=True) as font:
            own = frozenset(font.getBestCmap())
        shared = own if shared is None else shared & own
    return shared or frozenset()


def covers(char: str) -> bool:
    """Tell whether there is a visible glyph for a character.

    Parameters
    ----------
    char : str
        One character.

    Returns
    -------
    bool
        Whether every shipped face has one, or one of the further fonts; False for controls and
        format marks too, even where a font maps them.

    Examples
    --------
    >>> covers("ş"), covers("Ж"), covers("\N{MINUS SIGN}"), covers("\N{GRINNING FACE}")
    (True, True, True, False)
    """
    if unicodedata.category(char) in _UNSEEN:
        return False
    return ord(char) in _code_points() or (is_simple(char) and ord(char) in further_points())


def segments(text: str) -> list[tuple[str, bool]]:
    """Split text into runs that the fonts print and characters that they do not.

    Parameters
    ----------
    text : str
        Any text, however hostile: lone surrogates, controls and bidi overrides too.

    Returns
    -------
    list of tuple of (str, bool)
        Runs in order. False: text to print as it is. True: one missing character, given
        as "U+1F600".

    Notes
    -----
    Text is brought to normal form C first, so that a letter and its accent become one
    character. One further combining mark on a letter is printed; a mark without a letter,
    or one more on a pile, is given as its code point, because it would be drawn over the
    neighbouring lines. Tabs, line ends and spaces without a glyph become plain spaces.

    Examples
    --------
    >>> segments("Oh \N{GRINNING FACE}!")
    [('Oh ', False), ('U+1F600', True), ('!', False)]
    """
    runs: list[tuple[str, bool]] = []
    for is_missing, pieces in groupby(_pieces(text), key=lambda piece: piece[1]):
        if is_missing:
            runs += pieces
        else:
            runs.append(("".join(piece for piece, _ in pieces), False))
    return runs


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Yield (printed, False) or (code point, True), character by character."""
    before = ""
    for char in unicodedata.normalize("NFC", text.replace("\r\n", "\n")):
        category = unicodedata.category(char)
        if char in _BREAKS or (category == "Zs" and not covers(char)):
            yield " ", False
        elif not covers(char) or (category in {"Mn", "Me"} and not _carries_mark(before)):
            yield f"U+{ord(char):04X}", True
        else:
            yield char, False
        before = char


def _carries_mark(before: str) -> bool:
    """Tell whether a mark may stand on the character before it."""
    return before != "" and unicodedata.category(before)[0] == "L" and covers(before)


def missing_characters(text: str) -> Counter[str]:
    """Count the characters that `visible` writes out as code points.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    Counter
        Code point such as "U+1F600" to the number of times it occurs.

    Examples
    --------
    >>> missing_characters("a\N{GRINNING FACE}b\N{GRINNING FACE}")
    Counter({'U+1F600': 2})
    """
    return Counter(piece for piece, is_missing in _pieces(text) if is_missing)


def visible(text: str) -> str:
    r"""Write out what the shipped fonts cannot show.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        The text with every missing or unseen character as "[U+1F600]", and with line ends
        and tabs as spaces.

    Examples
    --------
    >>> visible("Ankara\N{GRINNING FACE}\nMoscow\0")
    'Ankara[U+1F600] Moscow[U+0000]'
    """
    return "".join(f"[{piece}]" if missing else piece for piece, missing in _pieces(text))

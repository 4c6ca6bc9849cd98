"""Fonts beyond the shipped ones, from a folder that the reader names."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from detente.errors import BadArgumentError

__all__ = ["FOLDER", "Face", "further_faces", "further_folder", "further_points", "is_simple"]

#: Environment variable that names the folder.
FOLDER = "DETENTE_FONTS"

_ENDINGS = frozenset({".ttf", ".otf"})
#: One of these tables holds outlines; a font of coloured pictures has none.
_OUTLINES = ("glyf", "CFF ")
#: Scripts whose letters change their shape or place beside others, which charts cannot do.
_SHAPED = (range(0x0900, 0x10A0), range(0x1700, 0x1CD0), range(0xA800, 0xAC00))


@dataclass(frozen=True)
class Face:
    """A font file.

    Parameters
    ----------
    path : Path
        The file.
    family : str
        Its family, as Typst finds it.
    points : frozenset of int
        Code points with a glyph.
    """

    path: Path
    family: str
    points: frozenset[int]


def further_folder() -> Path | None:
    """Return the folder of further fonts, where one is named.

    Returns
    -------
    Path or None
        What the environment variable DETENTE_FONTS says.

    Raises
    ------
    BadArgumentError
        It names no folder.
    """
    named = os.environ.get(FOLDER, "")
    if not named:
        return None
    folder = Path(named).expanduser()
    if not folder.is_dir():
        raise BadArgumentError(
            f"{FOLDER} is {named!r}, which is no folder.",
            remedy="Name a folder with .ttf or .otf files, or remove it.",
        )
    return folder


def further_faces() -> tuple[Face, ...]:
    """Return the further fonts.

    Returns
    -------
    tuple of Face
        By file name: static fonts with outlines; others in the folder are passed over.

    Raises
    ------
    BadArgumentError
        DETENTE_FONTS names no folder, or one without a font that can be used.
    """
    folder = further_folder()
    if folder is None:
        return ()
    faces = _faces(folder.absolute())
    if not faces:
        raise BadArgumentError(
            f"{FOLDER} is {str(folder)!r}, which holds no font that can be used.",
            remedy="Put static .ttf or .otf files with outlines there; collections (.ttc), "
            "variable fonts and fonts of coloured pictures are passed over.",
        )
    return faces


def further_points() -> frozenset[int]:
    """Return the code points that a further font has.

    Returns
    -------
    frozenset of int
        Empty without further fonts.
    """
    return _points(further_faces())


@cache
def _points(faces: tuple[Face, ...]) -> frozenset[int]:
    return frozenset().union(*(face.points for face in faces))


def is_simple(char: str) -> bool:
    """Tell whether a character looks the same whatever stands beside it.

    Parameters
    ----------
    char : str
        One character.

    Returns
    -------
    bool
        False for marks, scripts from right to left, and those whose letters join or move: charts
        set one glyph after the other, and would print them wrongly.

    Examples
    --------
    >>> [is_simple(char) for char in ("\ud55c", "\u65e5", "\U0001f600", "\u0633", "\u0e33")]
    [True, True, True, False, False]
    """
    if unicodedata.category(char)[0] == "M" or unicodedata.bidirectional(char) in ("R", "AL", "AN"):
        return False
    return not any(ord(char) in block for block in _SHAPED)


@cache
def _faces(folder: Path) -> tuple[Face, ...]:
    # Put off as in `detente._fonts`.
    from fontTools.ttLib import TTFont

    faces = []
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in _ENDINGS:
            continue
        try:
            # Opened here: fontTools leaves a file that is no font open.
            with path.open("rb") as file, TTFont(file, lazy=True) as font:
                # Variable fonts are read by neither Typst nor matplotlib.
                if "fvar" in font or not any(table in font for table in _OUTLINES):
                    continue
                names = font["name"]
                family = names.getDebugName(16) or names.getDebugName(1)
                points = frozenset(font.getBestCmap() or ())
        # What stands in a damaged file is anybody's guess.
        except Exception:
            continue
        if family:
            faces.append(Face(path, str(family), points))
    return tuple(faces)

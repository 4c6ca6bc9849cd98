"""Spellings of one form: marks, quotes, dashes and spaces that differ between printers."""

from __future__ import annotations

import unicodedata

__all__ = ["APOSTROPHES", "HYPHENS", "canonical", "capitals_of", "fold_marks"]

#: Characters printed for an apostrophe; the first one is the canonical one.
APOSTROPHES = "'\u2019\u2018\u02bc\u02bb`"

#: Characters printed for a hyphen within a name; the first one is the canonical one.
HYPHENS = "-\u2010\u2011\u2012\u2013"

_CANONICAL = str.maketrans(dict.fromkeys(APOSTROPHES[1:], "'") | dict.fromkeys(HYPHENS[1:], "-"))

# Letters that are no letter plus mark in Unicode, so that taking the marks off leaves them.
_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae"}
)

#: Shorter forms are not looked for in capitals: "LAO" and "XI" stand for other things too.
_SHORTEST_IN_CAPITALS = 4


def fold_marks(form: str) -> str:
    """Return the form without marks on its letters.

    Parameters
    ----------
    form : str
        Any text.

    Returns
    -------
    str
        The same text in plain letters, as agencies print it.

    Examples
    --------
    >>> fold_marks("Mevlüt Çavuşoğlu"), fold_marks("Yıldırım"), fold_marks("Kaczyński")
    ('Mevlut Cavusoglu', 'Yildirim', 'Kaczynski')
    """
    parts = unicodedata.normalize("NFD", form)
    plain = "".join(char for char in parts if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", plain).translate(_LETTERS)


def canonical(form: str) -> str:
    """Return the form with composed letters, plain quotes and hyphens, and single spaces.

    Parameters
    ----------
    form : str
        Any text.

    Returns
    -------
    str
        Two spellings of one form give the same text.

    Examples
    --------
    >>> canonical("Quai d’Orsay") == canonical("Quai  d'Orsay")
    True
    """
    return " ".join(unicodedata.normalize("NFC", form).translate(_CANONICAL).split())


def capitals_of(form: str) -> str:
    """Return the form as a headline in capitals prints it, or the form itself.

    Parameters
    ----------
    form : str
        Any text.

    Returns
    -------
    str
        All capitals; unchanged where the form has fewer than four characters or no small
        letter.

    Examples
    --------
    >>> capitals_of("Turkey"), capitals_of("Xi"), capitals_of("U.S.")
    ('TURKEY', 'Xi', 'U.S.')
    """
    return form.upper() if len(form) >= _SHORTEST_IN_CAPITALS else form

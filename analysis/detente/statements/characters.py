"""Many texts as one array of code points, each character with its classes.

Regular expressions ask every character in turn; here a table answers for all of them at once,
and it is Python itself that fills the table, so that both agree on every character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "ALPHA",
    "CHUNK_CHARACTERS",
    "CLOSER",
    "DIGIT",
    "INNER",
    "LETTER",
    "LINE",
    "SPACE",
    "STOP",
    "Characters",
    "chunks",
    "join_texts",
]

#: Classes, one bit each. LETTER is what patterns call a word character, digits and the
#: underscore left out; ALPHA is `str.isalpha`; LINE ends a line for `str.splitlines`.
#: INNER may stand inside a word or a number.
LETTER, DIGIT, SPACE, LINE, STOP, CLOSER, ALPHA, INNER = (1 << bit for bit in range(8))

#: Characters worked on at once, but for a single text that is longer: the arrays of a chunk
#: take some 30 megabytes.
CHUNK_CHARACTERS = 1_000_000

#: No character is both a letter and white space, so all bits together mean "not asked yet".
_UNKNOWN = 255
_STOPS = frozenset(".!?…؟۔։।。！？")
_CLOSERS = frozenset("\"'”’“»›)]}")  # the opening “ closes in German and in mistyped text
_INNER = frozenset("'’.,")
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")

#: Stands between texts: no letter, no white space, no stop.
_SEPARATOR = "\x00"

_table = np.full(0x110000, _UNKNOWN, dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class Characters:
    """Texts joined, a NUL behind each.

    Attributes
    ----------
    text : str
        The joined texts.
    points : ndarray of uint32, shape (n_characters,)
        Code points of `text`.
    classes : ndarray of uint8, shape (n_characters,)
        Classes of each, as bits.
    start, end : ndarray of int, shape (n_texts,)
        Where each text begins and ends in `text`; at its end stands its NUL.
    """

    text: str
    points: NDArray[np.uint32]
    classes: NDArray[np.uint8]
    start: NDArray[np.int64]
    end: NDArray[np.int64]


def join_texts(texts: Sequence[str]) -> Characters:
    r"""Return texts as one array of characters.

    Parameters
    ----------
    texts : sequence of str, length n
        Any texts, empty ones and lone surrogates included.

    Returns
    -------
    Characters
        Of all texts.

    Examples
    --------
    >>> joined = join_texts(["Hi!", "", "5"])
    >>> joined.text, joined.start.tolist(), joined.end.tolist()
    ('Hi!\x00\x005\x00', [0, 4, 5], [3, 4, 6])
    >>> [int(bits) for bits in joined.classes[:3]] == [LETTER | ALPHA, LETTER | ALPHA, STOP]
    True
    """
    text = _SEPARATOR.join(texts) + _SEPARATOR
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.dtype("<u4"))
    classes = _table.take(points)
    unknown = classes == _UNKNOWN
    if unknown.any():
        fresh = np.unique(points[unknown])
        _table[fresh] = [_classes(chr(point)) for point in fresh.tolist()]
        classes = _table.take(points)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    end = np.cumsum(lengths + 1) - 1
    return Characters(text, points, classes, end - lengths, end)


def chunks(texts: Sequence[str], most_rows: int | None = None) -> Iterator[slice]:
    """Return slices of texts that together have `CHUNK_CHARACTERS` at most, or one text.

    Parameters
    ----------
    texts : sequence of str
        Any texts.
    most_rows : int, optional
        Largest number of texts of a slice, 1 or more.

    Yields
    ------
    slice
        One behind the other; together all texts.

    Examples
    --------
    >>> list(chunks(["a" * 600_000] * 2 + [""]))
    [slice(0, 1, None), slice(1, 3, None)]
    """
    size = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)))
    first = done = 0
    while first < len(texts):
        last = int(np.searchsorted(size, done + CHUNK_CHARACTERS, side="right"))
        last = max(last, first + 1)
        if most_rows is not None:
            last = min(last, first + most_rows)
        yield slice(first, last)
        first, done = last, int(size[last - 1])


def _classes(character: str) -> int:
    """Ask Python for the classes of one character."""
    return (
        LETTER * bool(_LETTER.match(character))
        + DIGIT * bool(_DIGIT.match(character))
        + SPACE * character.isspace()
        + LINE * (len(f"a{character}a".splitlines()) > 1)
        + STOP * (character in _STOPS)
        + CLOSER * (character in _CLOSERS)
        + ALPHA * character.isalpha()
        + INNER * (character in _INNER)
    )

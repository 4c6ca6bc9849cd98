"""Texts in which the two countries bear the same two names, whichever countries they are.

The model must not know which countries speak: every mention of the target is replaced by one
made-up name and every mention of the source by another, before anything else reads the text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from detente.countries.aliases import checked_forms
from detente.countries.matcher import matcher_of
from detente.tone.forms import distinct_forms
from detente.tone.protocol import Forms
from detente.tone.target.lexicon import read_demonyms

__all__ = [
    "SOURCE_NAMES",
    "TARGET_NAMES",
    "NamedText",
    "name_all",
    "name_parties",
    "origins",
    "role_digest",
    "text_digest",
]

Ints = NDArray[np.int64]

#: Name and demonym of each: one word, with a capital, in no lexicon. The grammar of "Turkish
#: soldiers" is not that of "Turkey", so a demonym stays one.
TARGET_NAMES = TARGET_NAME, TARGET_DEMONYM = "Targetland", "Targetlandish"
SOURCE_NAMES = SOURCE_NAME, SOURCE_DEMONYM = "Sourceland", "Sourcelandish"


@dataclass(frozen=True, slots=True)
class NamedText:
    """A text with both countries renamed, and where its parts came from.

    Attributes
    ----------
    text : str
        The renamed text.
    borders : tuple of (int, int, int, int)
        For each name put in: its start and end here, and those of what it replaced.
    """

    text: str
    borders: tuple[tuple[int, int, int, int], ...]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return a stretch of the renamed text as offsets in the text as given."""
        return self._origin(start, at_end=False), self._origin(end, at_end=True)

    def _origin(self, offset: int, *, at_end: bool) -> int:
        shift = 0
        for here_start, here_end, there_start, there_end in self.borders:
            if offset < here_start or (at_end and offset == here_start):
                break
            if offset < here_end or (at_end and offset == here_end):
                return there_end if at_end else there_start
            shift = there_end - here_end
        return offset + shift


def name_parties(text: str, target: Sequence[str], source: Sequence[str] = ()) -> NamedText:
    """Return the text with its mentions of target and source renamed.

    Parameters
    ----------
    text : str
        Any text.
    target, source : sequence of str
        Surface forms of the addressed and of the speaking country.

    Returns
    -------
    NamedText
        Where mentions overlap, the longer one counts, then the target's.

    Examples
    --------
    >>> named = name_parties("Moscow thanked Turkey.", ["Turkey"], ["Moscow"])
    >>> named.text, named.origin(0, 10), named.origin(19, 29)
    ('Sourceland thanked Targetland.', (0, 6), (15, 21))
    >>> name_parties("Turkish soldiers", ["Turkey", "Turkish"]).text
    'Targetlandish soldiers'
    """
    return name_all([text], [target], [source])[0]


def name_all(texts: Sequence[str], targets: Forms, sources: Forms) -> list[NamedText]:
    """Return what `name_parties` gives for each text.

    Parameters
    ----------
    texts : sequence of str, length n
        Any texts.
    targets, sources : sequence of sequences of str, length n
        Surface forms of the addressed and of the speaking country of each text.

    Returns
    -------
    list of NamedText, length n
        In the order of the texts.
    """
    found: list[list[tuple[int, int, str]]] = [[] for _ in texts]
    _find(found, texts, targets, TARGET_NAMES)
    _find(found, texts, sources, SOURCE_NAMES)
    return [_named(text, spans) for text, spans in zip(texts, found, strict=True)]


def _find(
    found: list[list[tuple[int, int, str]]],
    texts: Sequence[str],
    forms: Forms,
    names: tuple[str, str],
) -> None:
    """Add the mentions of each text with the name that takes their place."""
    name, demonym = names
    demonyms = read_demonyms()
    distinct, of = distinct_forms(forms)
    order = np.argsort(of, kind="stable")
    borders = np.searchsorted(of[order], np.arange(len(distinct) + 1)).tolist()
    for one, first, last in zip(distinct, borders[:-1], borders[1:], strict=True):
        if not one:
            continue
        rows = order[first:last].tolist()
        spans = matcher_of(checked_forms(one)).all_spans([texts[row] for row in rows])
        for row, mentions in zip(rows, spans, strict=True):
            for start, end, _ in mentions:
                word = texts[row][start:end].split()[-1].lower()
                found[row].append((start, end, demonym if word in demonyms else name))


def _named(text: str, found: list[tuple[int, int, str]]) -> NamedText:
    if not found:
        return NamedText(text, ())
    found.sort(key=lambda span: (span[0], -span[1], span[2] not in TARGET_NAMES))
    pieces: list[str] = []
    borders: list[tuple[int, int, int, int]] = []
    length = done = 0
    for start, end, name in found:
        if start < done:
            continue
        pieces += [text[done:start], name]
        length += start - done + len(name)
        borders.append((length - len(name), length, start, end))
        done = end
    pieces.append(text[done:])
    return NamedText("".join(pieces), tuple(borders))


def origins(named: Sequence[NamedText], text: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Return stretches of renamed texts as offsets in the texts as given.

    Parameters
    ----------
    named : sequence of NamedText
        The texts.
    text, start, end : ndarray of int, shape (n,)
        Number of the text of each stretch, and its offsets there.

    Returns
    -------
    start, end : ndarray of int, shape (n,)
        What `NamedText.origin` gives for each.
    """
    borders = [(row, *border) for row, one in enumerate(named) for border in one.borders]
    if not borders:
        return start, end
    of, here, here_end, there, there_end = np.array(borders, dtype=np.int64).T
    keys = (of << 32) | here

    def moved(offset: Ints, side: Literal["left", "right"], inside: Ints) -> Ints:
        last = np.searchsorted(keys, (text << 32) | offset, side=side) - 1
        at = np.maximum(last, 0)
        has_border = (last >= 0) & (of[at] == text)
        is_within = (offset < here_end[at]) | ((side == "left") & (offset == here_end[at]))
        beyond = offset + there_end[at] - here_end[at]
        return np.where(has_border, np.where(is_within, inside[at], beyond), offset)

    return moved(start, "right", there), moved(end, "left", there_end)


def text_digest(text: str) -> str:
    """Return the digest by which a text is known again: case and white space do not count.

    Parameters
    ----------
    text : str
        Any text, empty too.

    Returns
    -------
    str
        SHA-256 of the text with case folded and each run of white space as one space, none at
        the ends; 64 hexadecimal digits.
    """
    plain = " ".join(text.split()).casefold()
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def role_digest(named: NamedText) -> str:
    """Return the digest of a text together with who speaks in it about whom.

    Parameters
    ----------
    named : NamedText
        A text as `name_parties` leaves it.

    Returns
    -------
    str
        The `text_digest` of the renamed text: 64 hexadecimal digits.
    """
    return text_digest(named.text)

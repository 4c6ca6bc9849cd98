"""Texts in which the two countries bear the same two names, whichever countries they are.

The model must not know which countries speak: every mention of the target is replaced by one
made-up name and every mention of the source by another, before anything else reads the text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from detente.countries import mention_spans
from detente.tone.target.lexicon import read_demonyms

__all__ = [
    "SOURCE_NAMES",
    "TARGET_NAMES",
    "NamedText",
    "name_parties",
    "role_digest",
    "text_digest",
]

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
    found: list[tuple[int, int, str]] = []
    if len(target):
        found += _renamed(text, target, TARGET_NAMES)
    if len(source):
        found += _renamed(text, source, SOURCE_NAMES)
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


def _renamed(text: str, forms: Sequence[str], names: tuple[str, str]) -> list[tuple[int, int, str]]:
    """Return each mention with the name that takes its place."""
    name, demonym = names
    demonyms = read_demonyms()
    return [
        (start, end, demonym if text[start:end].split()[-1].lower() in demonyms else name)
        for start, end, _ in mention_spans(text, forms)
    ]


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
    return hashlib.sha256(" ".join(text.split()).casefold().encode()).hexdigest()


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

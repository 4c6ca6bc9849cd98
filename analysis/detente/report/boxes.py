"""Texts to runs that the shipped fonts can print; the rest becomes boxed code points."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from detente import _fonts

__all__ = ["boxed"]

#: Keys whose values are set in no font: addresses to follow, files, labels, alt texts.
_RAW = frozenset({"url", "file", "ref", "alt"})

#: Longer runs without a space get places where a line may end.
_LONGEST = 24
_UNBROKEN = re.compile(rf"\S{{{_LONGEST + 1},}}")
_BREAK_AFTER = re.compile(rf"[^/.\-_?&=,;:]{{0,{_LONGEST - 1}}}[/.\-_?&=,;:]?|.", re.DOTALL)


def boxed(value: Any, counts: Counter[str]) -> Any:
    """Replace every printed text of a content tree by what the template can print.

    Parameters
    ----------
    value : dict, list, str, int, bool or None
        Content as plain Python values.
    counts : Counter
        Gets the code points that no shipped font has; changed in place.

    Returns
    -------
    dict, list, str, int, bool or None
        The same tree. A text stays a str where it prints as it is; otherwise it is
        ``{"runs": [...]}`` of str (printed), None (a line may end here) and
        ``{"box": "U+1F600"}``.

    Examples
    --------
    >>> counts = Counter()
    >>> boxed({"text": "Good \N{GRINNING FACE}"}, counts)
    {'text': {'runs': ['Good ', {'box': 'U+1F600'}]}}
    >>> counts
    Counter({'U+1F600': 1})
    """
    if isinstance(value, str):
        return _runs(value, counts)
    if isinstance(value, dict):
        return {key: item if key in _RAW else boxed(item, counts) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [boxed(item, counts) for item in value]
    return value


def _runs(text: str, counts: Counter[str]) -> Any:
    runs: list[Any] = []
    for piece, is_missing in _fonts.segments(text):
        if is_missing:
            counts[piece] += 1
            runs.append({"box": piece})
        else:
            runs += _with_breaks(re.sub(" {2,}", " ", piece))
    if not runs:
        return ""
    return runs[0] if len(runs) == 1 and isinstance(runs[0], str) else {"runs": runs}


def _with_breaks(text: str) -> list[str | None]:
    """Cut long unbroken stretches; None stands where a line may end."""
    parts: list[str | None] = []
    position = 0
    for found in _UNBROKEN.finditer(text):
        pieces = [piece for piece in _BREAK_AFTER.findall(found.group()) if piece]
        parts.append(text[position : found.start()] + pieces[0])
        for piece in pieces[1:]:
            parts += [None, piece]
        position = found.end()
    rest = text[position:]
    if parts and rest:
        parts[-1] = f"{parts[-1]}{rest}"
    return parts or [text]

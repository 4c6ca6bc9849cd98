"""The working of one tone: its parts, which add up."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

__all__ = ["Part", "Trace", "trace_of"]


@dataclass(frozen=True, slots=True)
class Part:
    """One expression and what it gave.

    Attributes
    ----------
    start, end : int
        Offsets in the text, in characters; `end` is the first character after it.
    entry : str
        The entry of the lexicon.
    valence : float
        Its valence as the rules settled it, -4 to +4.
    factor : float
        All that multiplied it: link, scope, and its share of the sentence and the text.
    link : str
        Whom it was linked to: "target", "relation", "carried" (from another clause),
        "source", "third", "implicit", "distant" or "none".
    notes : tuple of str
        What turned, weakened or strengthened it, with the word that did: "negated by 'not'".
    """

    start: int
    end: int
    entry: str
    valence: float
    factor: float
    link: str
    notes: tuple[str, ...] = ()

    @property
    def contribution(self) -> float:
        """What the part adds to the tone."""
        return self.valence * self.factor


@dataclass(frozen=True, slots=True)
class Trace:
    """How a text came by its tone.

    Attributes
    ----------
    parts : tuple of Part
        In order of the text; their contributions add up to `unclipped`.
    unclipped, tone : float
        The sum, and the sum clipped to [-1, 1]; NaN for a text without letters.
    flags : tuple of str
        "implicit_target" (the target is not named), "no_evaluative_words", "no_letters".
    """

    parts: tuple[Part, ...]
    unclipped: float
    tone: float
    flags: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """Return the trace in values that JSON can hold (NaN as None)."""
        return {
            "tone": None if self.tone != self.tone else self.tone,
            "flags": list(self.flags),
            "parts": [asdict(part) | {"notes": list(part.notes)} for part in self.parts],
        }


def trace_of(parts: tuple[Part, ...], *, is_scored: bool, has_target: bool) -> Trace:
    """Return the trace of a text from its parts.

    Parameters
    ----------
    parts : tuple of Part
        In order of the text.
    is_scored, has_target : bool
        Whether the text has letters, and whether it names its target.

    Returns
    -------
    Trace
        With the sum, the tone and flags.

    Examples
    --------
    >>> trace_of((), is_scored=True, has_target=False).flags
    ('implicit_target', 'no_evaluative_words')
    """
    if not is_scored:
        return Trace((), math.nan, math.nan, ("no_letters",))
    flags = () if has_target else ("implicit_target",)
    total = math.fsum(part.contribution for part in parts)
    return Trace(
        parts,
        total,
        min(1.0, max(-1.0, total)),
        flags if parts else (*flags, "no_evaluative_words"),
    )

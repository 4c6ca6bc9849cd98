"""The working of one tone: its parts, which add up."""

from __future__ import annotations

from dataclasses import asdict, dataclass

__all__ = ["Part", "Trace"]


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
        Whom it was linked to: "target", "relation", "carried" (from an earlier clause),
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

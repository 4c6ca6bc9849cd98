"""The working of one calibrated tone: parts that add up."""

from __future__ import annotations

from dataclasses import asdict, dataclass

__all__ = ["Part", "Trace"]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that moved the tone.

    Attributes
    ----------
    start, end : int
        Offsets of its first occurrence in the text, in characters, the end excluded; both 0
        where it has no place.
    entry : str
        The lexicon's entry, the masked n-gram, or the name of a part without a place.
    valence, factor : float
        Their product is what the part adds. For an expression that the rule scorer knows its
        valence, and the rule scorer's factor times the model's weight of its tone; for an
        n-gram its weight, and what one presence is worth in a text of this length.
    link : str
        Of an expression, whom the rule scorer linked it to; of an n-gram "ngram"; else "model":
        the intercept, "limit" (what cutting the rule scorer's tone at 1 takes away), "stretch"
        (the last step, see `stretch`) and "out of fold" (for a statement that was trained on,
        the difference to what the model says without that statement's year).
    """

    start: int
    end: int
    entry: str
    valence: float
    factor: float
    link: str

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
        Their contributions add up to `unclipped`.
    unclipped, tone : float
        The sum, and the sum clipped to [-1, 1]; NaN for a text without letters.
    flags : tuple of str
        "implicit_target" (the target is not named), "no_letters".
    is_out_of_fold : bool
        Whether the statement was trained on, so that the tone is its out-of-fold one.
    """

    parts: tuple[Part, ...]
    unclipped: float
    tone: float
    flags: tuple[str, ...]
    is_out_of_fold: bool = False

    def to_dict(self) -> dict[str, object]:
        """Return the trace in values that JSON can hold (NaN as None)."""
        return {
            "tone": None if self.tone != self.tone else self.tone,
            "flags": list(self.flags),
            "is_out_of_fold": self.is_out_of_fold,
            "parts": [asdict(part) for part in self.parts],
        }

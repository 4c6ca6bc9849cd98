"""The working of one calibrated tone: the rule scorer's parts, n-grams and the model's own."""

from __future__ import annotations

from dataclasses import dataclass

from detente.tone.target.trace import Part
from detente.tone.target.trace import Trace as RuleTrace

__all__ = ["Part", "Trace"]


@dataclass(frozen=True, slots=True)
class Trace(RuleTrace):
    """How a text came by its calibrated tone.

    Attributes
    ----------
    parts : tuple of Part
        Their contributions add up to `unclipped`. Of an expression that the rule scorer knows,
        `factor` is the rule scorer's times the model's weight of its tone. Of an n-gram the
        link is "ngram", the valence its weight and the factor what one presence is worth in a
        text of this length. Parts with the link "model" have no place, `start` and `end` are 0:
        the intercept, "limit" (what cutting the rule scorer's tone at 1 takes away), "stretch"
        (the last step, see `stretch`) and "out of fold" (for a statement that was trained on,
        the difference to what the model says without that statement's block).
    unclipped, tone, flags
        As for the scorer "target".
    is_out_of_fold : bool
        Whether the statement was trained on, so that the tone is its out-of-fold one.
    """

    is_out_of_fold: bool = False

    def to_dict(self) -> dict[str, object]:
        """Return the trace in values that JSON can hold (NaN as None)."""
        return {**RuleTrace.to_dict(self), "is_out_of_fold": self.is_out_of_fold}

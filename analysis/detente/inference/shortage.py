"""Statements around the start of a step: how many there are, and where they are too few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente import wording
from detente.inference.rows import Rows
from detente.inference.steps import MIN_STATEMENTS

__all__ = ["Window"]


@dataclass(frozen=True, eq=False)
class Window:
    """Statements that stand before and after each start.

    Parameters
    ----------
    rows : Rows
        The statements that are used.
    starts : tuple of int
        Day from which each step holds.
    days : int
        Days on either side that count.
    """

    rows: Rows
    starts: tuple[int, ...]
    days: int

    def counts(self, number: int, side: int | None, *, is_cut: bool) -> tuple[int, int]:
        """Count statements before and after a start.

        Parameters
        ----------
        number : int
            Number of the step.
        side : int or None
            0 or 1 for one side, None for both.
        is_cut : bool
            Whether the window ends at the neighbouring starts.

        Returns
        -------
        tuple of int
            Statements before the day of the start, and from that day on.
        """
        start = self.starts[number]
        since, until = start - self.days, start + self.days
        if is_cut:
            since = max([since, *(s for s in self.starts if s < start)])
            until = min([until, *(s for s in self.starts if s > start)])
        day = self.rows.day if side is None else self.rows.day[self.rows.side == side]
        before = int(((day >= since) & (day < start)).sum())
        return before, int(((day >= start) & (day < until)).sum())

    def shortage(self, number: int, sides: Sequence[int | None], names: Sequence[str]) -> str:
        """Say which side lacks statements; empty where none does.

        Parameters
        ----------
        number : int
            Number of the step.
        sides : sequence of int or None
            Which sides need statements; None for both together.
        names : sequence of str
            Their names in the text; "" for both together.

        Returns
        -------
        str
            A reason.
        """
        for side, name in zip(sides, names, strict=True):
            before, after = self.counts(number, side, is_cut=False)
            least = MIN_STATEMENTS if side is None or len(sides) == 1 else 1
            days = wording.number(self.days)
            if before < least:
                return _too_few(before, name, wording.say("in the {days} days before", days=days))
            if after < least:
                return _too_few(after, name, wording.say("in the {days} days after", days=days))
        return ""


def _too_few(n: int, name: str, when: str) -> str:
    """Say how few statements there are, of one direction where it is named."""
    if n:
        told = wording.count(n, "statement")
        if name:
            return wording.say(
                "only {statements} of {direction} {when}",
                statements=told,
                direction=name,
                when=when,
            )
        return wording.say("only {statements} {when}", statements=told, when=when)
    if name:
        return wording.say("no statement of {direction} {when}", direction=name, when=when)
    return wording.say("no statement {when}", when=when)

"""What `largest_moves` returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from detente import wording
from detente._tables.records import records
from detente.index import BILATERAL
from detente.inference.why_result import WhyResult

__all__ = ["MovesResult"]


@dataclass(frozen=True, eq=False)
class MovesResult:
    """The largest moves of the raw index between neighbouring observed months.

    Parameters
    ----------
    table : DataFrame
        One row per move, largest first: `month`, `base_month`, `raw`, `raw_before`, `change`,
        `lower`, `upper` (degrees), `n_statements`, `n_statements_before`, `speaker` with
        `speaker_contribution`, `topic` with `topic_contribution` (those that moved most),
        `topic_composition`, `topic_tone` and `channel_composition`, `channel_tone` (degrees;
        each pair adds up to `change`).
    moves : tuple of WhyResult
        The moves in full, in the same order.
    direction, direction_name : str
        "A>B", "B>A" or "bilateral", and the same in words.
    n_compared : int
        Moves between neighbouring observed months among which these are the largest.
    min_occasions : int
        Months with fewer occasions are not compared.
    """

    table: pd.DataFrame
    moves: tuple[WhyResult, ...]
    direction: str
    direction_name: str
    n_compared: int
    min_occasions: int

    @property
    def sentence(self) -> str:
        """The largest moves in words."""
        if self.table.empty:
            return wording.say(
                "No two neighbouring observed months with {n} occasions or more can be compared.",
                n=wording.number(self.min_occasions),
            )
        told = [
            f"{wording.month_name(move.month)} ({wording.degrees(move.change)})"
            for move in self.moves
        ]
        clear = sum(move.is_clear for move in self.moves)
        beyond = (
            wording.say(
                "{n} of {all} exceed the scatter of statements, taken singly.",
                n=wording.number(clear),
                all=wording.number(len(self.moves)),
            )
            if any(move.has_interval for move in self.moves)
            else wording.say("whether they exceed the scatter of statements cannot be told.")
        )
        return wording.say_count(
            "The largest moves of the raw index, {direction}, among {n} pair of neighbouring "
            "observed months: {moves} degrees; {beyond}",
            "The largest moves of the raw index, {direction}, among {n} pairs of neighbouring "
            "observed months: {moves} degrees; {beyond}",
            self.n_compared,
            direction=self.direction_name,
            moves=wording.listing(told),
            beyond=beyond,
        )

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What the numbers mean and what they do not."""
        n = wording.number(self.min_occasions)
        compared = (
            wording.say(
                "Only months with statements of both sides and {n} occasions or more are compared, "
                "each with the one before it, whatever lies between.",
                n=n,
            )
            if self.direction == BILATERAL
            else wording.say(
                "Only months with statements and {n} occasions or more are compared, each with the "
                "one before it, whatever lies between.",
                n=n,
            )
        )
        return (
            compared,
            wording.say(
                "The largest of many moves are partly the noisiest: each is expected to be smaller "
                "with more statements, and no interval allows for the choice."
            ),
            *(self.moves[0].assumptions if self.moves else ()),
        )

    @property
    def parameters(self) -> dict[str, Any]:
        """What was asked for."""
        return {
            "n": len(self.moves),
            "direction": self.direction,
            "min_occasions": self.min_occasions,
            "n_compared": self.n_compared,
        }

    def to_dict(self) -> dict[str, Any]:
        """Return parameters, sentence, table and the moves as plain Python values.

        Returns
        -------
        dict
            Ready for JSON.
        """
        return {
            "parameters": self.parameters,
            "sentence": self.sentence,
            "assumptions": list(self.assumptions),
            "table": records(self.table),
            "moves": [move.to_dict() for move in self.moves],
        }

    def __repr__(self) -> str:
        return f"<MovesResult: {self.sentence}>"

    def _repr_html_(self) -> str:
        return wording.shown(self.sentence, self.table, 1)

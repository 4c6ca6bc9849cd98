"""What `why` and `largest_moves` return."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from detente import wording
from detente._tables.records import records
from detente.index import BILATERAL

__all__ = ["GROUPINGS", "MovesResult", "WhyResult"]

#: By what a month is split, where the statements have the column.
GROUPINGS = ("topic", "channel", "level", "speaker")

#: Groups and speakers that a sentence names, and characters of a statement that it quotes.
_TOLD, _EXCERPT = 3, 120


@dataclass(frozen=True, eq=False)
class WhyResult:
    """What moved a month of the raw index.

    Parameters
    ----------
    table : DataFrame
        One row per grouping ("topic", "channel", "level", "speaker"), group and direction:
        `grouping`, `group`, `direction`, `share` and `share_before` (of the direction's month, 0
        to 1), `mean` and `mean_before` (degrees, NaN where the group is absent), `composition`,
        `tone_change`, `contribution` (degrees). The contributions of one grouping add up to
        `change`. Largest first within a grouping.
    statements : DataFrame
        One row per statement of the month and, with the base "previous", of the month before:
        `month`, `direction`, what the statements have of `id`, `date`, `speaker`, `level`,
        `channel`, `topic`, `tone` ([-1, 1]) and `text`, `share`, `contribution` (degrees).
        The contributions add up to `change`. Largest first.
    month : Timestamp
        The month.
    base : {"previous", "long_run"}
        What it is held against.
    base_month : Timestamp or None
        The observed month before; None with the base "long_run".
    direction, direction_name : str
        "A>B", "B>A" or "bilateral", and the same in words.
    raw, raw_before, change : float
        Degrees.
    lower, upper : float
        Ends of the interval of `change` by the noise of statements, degrees; NaN where the
        noise is not known.
    confidence : float
        Its coverage.
    weights : str
        The weighting of the index.
    """

    table: pd.DataFrame
    statements: pd.DataFrame
    month: pd.Timestamp
    base: str
    base_month: pd.Timestamp | None
    direction: str
    direction_name: str
    raw: float
    raw_before: float
    change: float
    lower: float
    upper: float
    confidence: float
    weights: str

    @property
    def has_interval(self) -> bool:
        """Whether the noise of statements is known, so that the change has an interval."""
        return bool(self.lower <= self.upper)

    @property
    def totals(self) -> pd.DataFrame:
        """One row per grouping: `grouping`, `composition`, `tone_change`, `change`, degrees."""
        sums = self.table.groupby("grouping", sort=False)[
            ["composition", "tone_change", "contribution"]
        ].sum()
        return sums.rename(columns={"contribution": "change"}).reset_index()

    def largest(self, grouping: str, n: int = _TOLD) -> list[tuple[str, float]]:
        """Return the groups that moved the month most, both directions taken together.

        Parameters
        ----------
        grouping : str
            "topic", "channel", "level" or "speaker".
        n : int, default 3
            How many at most.

        Returns
        -------
        list of tuple
            Group and contribution in degrees, the largest in size first.
        """
        rows = self.table[self.table["grouping"] == grouping]
        sums = rows.groupby("group")["contribution"].sum()
        order = sums.abs().round(9).sort_values(ascending=False, kind="stable").index[:n]
        return [(str(group), float(sums[group])) for group in order]

    @property
    def sentence(self) -> str:
        """What moved, by how much, and what it is made of, in words."""
        against = (
            f"from {wording.month_name(self.base_month)}"
            if self.base_month is not None
            else "from the mean of all observed months"
        )
        moved, is_open = _moved(self.change), False
        if self.has_interval:
            ends = wording.interval(self.lower, self.upper)
            share = wording.share(self.confidence)
            moved += f" ({share} confidence interval of the change {ends})"
            is_open = self.lower <= 0 <= self.upper
        text = (
            f"{wording.month_name(self.month)}, {self.direction_name}: the raw index "
            f"{moved} {against}, from {wording.degrees(self.raw_before)} to "
            f"{wording.degrees(self.raw)} degrees"
        )
        if is_open:
            text += "; the change cannot be told from the scatter of statements"
        parts = [
            f"{composition} comes with other topics and {tone} with another tone on the same ones"
            if grouping == "topic"
            else f"by channel {composition} and {tone}"
            for grouping, composition, tone in self._split("topic", "channel")
        ]
        if parts:
            text += f". Of that, {'; '.join(parts)}"
        if is_open:
            text += ". Where the change cannot be told, its parts cannot either"
        named = [f"{name} {wording.degrees(value)}" for name, value in self.largest("speaker")]
        return f"{text}. The largest contributions by speaker: {wording.listing(named)}."

    def _split(self, *groupings: str) -> list[tuple[str, str, str]]:
        """Return composition and tone of some groupings as they are printed."""
        return [
            (
                row["grouping"],
                wording.degrees(row["composition"]),
                wording.degrees(row["tone_change"]),
            )
            for row in self.totals.to_dict("records")
            if row["grouping"] in groupings
        ]

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What the numbers mean and what they do not."""
        return (
            "Contributions are arithmetic: they say which statements make up the change of the "
            "raw mean, not why officials spoke so.",
            "A contribution is counted from the level before: a statement as warm as that level "
            "moves nothing.",
            "A group that one of the two months lacks stands there with its mean over the whole "
            "period.",
            "The interval covers the noise of statements, taken as alike in all months; not the "
            "scorer's error, nor the choice of statements."
            if self.has_interval
            else "How statements scatter within a month is not known, so the change has no "
            "interval, and we cannot tell it from that scatter.",
        )

    @property
    def parameters(self) -> dict[str, Any]:
        """What was asked for."""
        return {
            "month": f"{self.month:%Y-%m}",
            "base": self.base,
            "base_month": None if self.base_month is None else f"{self.base_month:%Y-%m}",
            "direction": self.direction,
            "weights": self.weights,
            "confidence": self.confidence,
        }

    def to_dict(self) -> dict[str, Any]:
        """Return parameters, change, sentence and tables as plain Python values.

        Returns
        -------
        dict
            Ready for JSON.
        """
        numbers = pd.DataFrame(
            [[self.raw, self.raw_before, self.change, self.lower, self.upper]],
            columns=["raw", "raw_before", "change", "lower", "upper"],
        )
        return {
            "parameters": self.parameters,
            **records(numbers)[0],
            "sentence": self.sentence,
            "assumptions": list(self.assumptions),
            "table": records(self.table),
            "statements": records(self.statements),
        }

    def __repr__(self) -> str:
        return f"<WhyResult: {self.sentence}>"

    def _repr_html_(self) -> str:
        rows = self.statements.head(10)
        if "text" in rows.columns:
            rows = rows.assign(text=[_excerpt(text) for text in rows["text"].fillna("")])
        return f"<p>{escape(self.sentence)}</p>" + str(
            rows.to_html(index=False, na_rep="", border=0, float_format="{:.2f}".format)
        )


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
            return (
                f"No two neighbouring observed months with {self.min_occasions} occasions or "
                "more can be compared."
            )
        told = [
            f"{wording.month_name(move.month)} ({wording.degrees(move.change)})"
            for move in self.moves
        ]
        clear = sum(move.lower > 0 or move.upper < 0 for move in self.moves)
        beyond = (
            f"{clear} of {len(self.moves)} exceed the scatter of statements, taken singly."
            if any(move.has_interval for move in self.moves)
            else "whether they exceed the scatter of statements cannot be told."
        )
        return (
            f"The largest moves of the raw index, {self.direction_name}, among "
            f"{wording.count(self.n_compared, 'pair')} of neighbouring observed months: "
            f"{wording.listing(told)} degrees; {beyond}"
        )

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What the numbers mean and what they do not."""
        known = "" if self.direction != BILATERAL else " of both sides"
        return (
            f"Only months with statements{known} and {self.min_occasions} occasions or more are "
            "compared, each with the one before it, whatever lies between.",
            "The largest of many moves are partly the noisiest: each is expected to be smaller "
            "with more statements, and no interval allows for the choice.",
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
        return f"<p>{escape(self.sentence)}</p>" + str(
            self.table.to_html(index=False, na_rep="", border=0, float_format="{:.1f}".format)
        )


def _moved(change: float) -> str:
    if not round(change):
        return "stood still"
    return f"{'rose' if change > 0 else 'fell'} by {wording.number(abs(change))} degrees"


def _excerpt(text: str) -> str:
    return text if len(text) <= _EXCERPT else text[: _EXCERPT - 1].rstrip() + "…"

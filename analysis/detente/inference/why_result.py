"""What `why` returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from detente import wording
from detente._tables.records import records
from detente.inference.groups import NOT_STATED

__all__ = ["GROUPINGS", "WhyResult"]

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
    def is_clear(self) -> bool:
        """Whether the change exceeds the scatter of statements."""
        return bool(self.lower > 0 or self.upper < 0)

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
        is_open = self.has_interval and self.lower <= 0 <= self.upper
        told = {
            "month": wording.month_name(self.month),
            "direction": self.direction_name,
            "moved": self._moved,
            "against": wording.say("from {month}", month=wording.month_name(self.base_month))
            if self.base_month is not None
            else wording.say("from the mean of all observed months"),
            "before": wording.degrees(self.raw_before),
            "after": wording.degrees(self.raw),
        }
        sentences = [
            wording.say(
                "{month}, {direction}: the raw index {moved} {against}, from {before} to {after} "
                "degrees; the change cannot be told from the scatter of statements.",
                **told,
            )
            if is_open
            else wording.say(
                "{month}, {direction}: the raw index {moved} {against}, from {before} to {after} "
                "degrees.",
                **told,
            )
        ]
        if parts := "; ".join(self._parts):
            sentences.append(wording.say("Of that, {parts}.", parts=parts))
        if is_open:
            sentences.append(
                wording.say("Where the change cannot be told, its parts cannot either.")
            )
        named = [
            f"{wording.say(name) if name == NOT_STATED else name} {wording.degrees(value)}"
            for name, value in self.largest("speaker")
        ]
        sentences.append(
            wording.say(
                "The largest contributions by speaker: {speakers}.",
                speakers=wording.listing(named),
            )
        )
        return " ".join(sentences)

    @property
    def _moved(self) -> str:
        size = wording.number(abs(self.change))
        if not round(self.change):
            moved = wording.say("stood still")
        elif self.change > 0:
            moved = wording.say("rose by {size} degrees", size=size)
        else:
            moved = wording.say("fell by {size} degrees", size=size)
        if not self.has_interval:
            return moved
        return wording.say(
            "{moved} ({share} confidence interval of the change {interval})",
            moved=moved,
            share=wording.share(self.confidence),
            interval=wording.interval(self.lower, self.upper),
        )

    @property
    def _parts(self) -> list[str]:
        """What comes with other groups, and with another tone of the same ones."""
        return [
            wording.say(
                "{composition} comes with other topics and {tone} with another tone on the same "
                "ones",
                composition=composition,
                tone=tone,
            )
            if grouping == "topic"
            else wording.say(
                "by channel {composition} and {tone}", composition=composition, tone=tone
            )
            for grouping, composition, tone in self._split("topic", "channel")
        ]

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
            wording.say(
                "Contributions are arithmetic: they say which statements make up the change of the "
                "raw mean, not why officials spoke so."
            ),
            wording.say(
                "A contribution is counted from the level before: a statement as warm as that "
                "level moves nothing."
            ),
            wording.say(
                "A group that one of the two months lacks stands there with its mean over the "
                "whole period."
            ),
            wording.say(
                "The interval covers the noise of statements, taken as alike in all months; not "
                "the scorer's error, nor the choice of statements."
            )
            if self.has_interval
            else wording.say(
                "How statements scatter within a month is not known, so the change has no "
                "interval, and we cannot tell it from that scatter."
            ),
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
        return wording.shown(self.sentence, rows)


def _excerpt(text: str) -> str:
    return text if len(text) <= _EXCERPT else text[: _EXCERPT - 1].rstrip() + "…"

"""What `detect_breaks` returns, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from detente import wording
from detente._tables.records import records

__all__ = ["BREAK_COLUMNS", "BreaksResult"]

#: Columns of `BreaksResult.table`, in their order.
BREAK_COLUMNS = (
    "break_date",
    "lower",
    "upper",
    "direction",
    "level_before",
    "level_after",
    "level_change",
    "change_lower",
    "change_upper",
    "n_before",
    "n_after",
    "episode",
    "months_away",
)


@dataclass(frozen=True, eq=False)
class BreaksResult:
    """Breaks in the level of one direction.

    Parameters
    ----------
    direction, words : str
        "A>B", "B>A" or "bilateral", and the same in words.
    table : DataFrame
        One row per break: `break_date` (first observed month of the new level), `lower` and
        `upper` (first and last month of its interval), `direction`, `level_before`,
        `level_after`, `level_change` with `change_lower` and `change_upper` (degrees),
        `n_before`, `n_after` (observed months of the two stretches), `episode` (the nearest,
        where it lies within `within_months`; else "") and `months_away` (months from the
        nearest episode to the break, below 0 where the break comes first).
    levels : DataFrame
        One row per stretch: `since`, `until`, `level`, `lower`, `upper` (degrees), `n_months`,
        `n_observed`.
    reason : str
        Why nothing could be asked; "" where it could.
    candidates : tuple of Timestamp
        Where the breaks would be that come nearest to being told; the breaks themselves where
        there are some.
    saving, penalty : float
        What they save each in twice the log likelihood, and what a break must save.
    p : float
        Chance with which histories without a break save as much.
    detectable : float
        Degrees from which on a lasting step in the middle of the series is found in at least
        four of five cases, cautiously reckoned; missing where 160 do not suffice.
    n_matched : int
        Breaks within `within_months` of an episode.
    chance : float
        Chance that as many of as many breaks placed at random are; missing without breaks or
        episodes.
    confidence : float
        Coverage of the intervals.
    options : dict
        What was asked for.
    """

    direction: str
    words: str
    table: pd.DataFrame
    levels: pd.DataFrame
    reason: str = ""
    candidates: tuple[pd.Timestamp, ...] = ()
    saving: float = np.nan
    penalty: float = np.nan
    p: float = np.nan
    detectable: float = np.nan
    n_matched: int = 0
    chance: float = np.nan
    confidence: float = 0.95
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def n_breaks(self) -> int:
        """Number of breaks."""
        return len(self.table)

    @property
    def parameters(self) -> dict[str, Any]:
        """What was asked for and what was estimated on the way."""
        numbers = {
            name: value if np.isfinite(value) else None
            for name in ("saving", "penalty", "p", "detectable", "chance")
            for value in (float(getattr(self, name)),)
        }
        return {"direction": self.direction, **self.options, **numbers}

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What must hold for the breaks to mean what they say."""
        size = wording.share(self.options.get("size", np.nan))
        return (
            wording.say(
                "Without a break the raw months follow the fitted model of the index on the months "
                "that were observed; the penalty gives such histories a break in at most {size} of "
                "cases, the parameters taken for known. A break that is there also makes that "
                "model more persistent, which makes breaks harder to tell.",
                size=size,
            ),
            wording.say(
                "Levels are constant between breaks, with a mean-reverting drift that begins anew "
                "at each, and the noise of statements around them; silent months stay missing."
            ),
            wording.say(
                "The intervals cover that drift and noise, with the number of breaks taken for "
                "known; they cover neither the scorer's error nor the choice of statements."
            ),
            wording.say(
                "A break near an episode coincides with it; nothing more is said of the two."
            ),
        )

    @property
    def sentence(self) -> str:
        """What was found, in words, from the numbers of the table."""
        words = wording.capital(self.words)
        if self.reason:
            return wording.say(
                "{direction}: breaks cannot be asked for: {reason}.",
                direction=words,
                reason=self.reason,
            )
        if self.n_breaks == 0:
            near = wording.listing([wording.month_name(month) for month in self.candidates])
            close = (
                wording.say(
                    "The nearest to one ({months}) is matched by {share} of histories simulated "
                    "without a break",
                    months=near,
                    share=wording.share(self.p),
                )
                if near
                else wording.say("Too few months were observed for two stretches")
            )
            return wording.say(
                "{direction}: no break could be told from the drift of the series. {nearest}; "
                "{power}.",
                direction=words,
                nearest=close,
                power=self._power,
            )
        told = [
            wording.say(
                "from {month} ({share} interval {period}) the level is {after} degrees after "
                "{before} (change {interval})",
                month=wording.month_name(row["break_date"]),
                share=wording.share(self.confidence),
                period=wording.period_name(row["lower"], row["upper"]),
                after=wording.degrees(row["level_after"]),
                before=wording.degrees(row["level_before"]),
                interval=wording.interval(row["change_lower"], row["change_upper"]),
            )
            for row in self.table.to_dict("records")
        ]
        text = wording.say(
            "{direction}: {breaks} in the level (p = {p}): {list}.",
            direction=words,
            breaks=wording.count(self.n_breaks, "break"),
            p=_p(self.p),
            list="; ".join(told),
        )
        if np.isfinite(self.chance):
            near = wording.say(
                "Within {months} of an episode: {n} of {all}; of as many breaks placed at random, "
                "as many or more would be in {share} of cases.",
                months=wording.count(self.options["within_months"], "month"),
                n=wording.number(self.n_matched),
                all=wording.number(self.n_breaks),
                share=wording.share(self.chance),
            )
            text += f" {near}"
        return text

    @property
    def _power(self) -> str:
        if np.isnan(self.detectable):
            return wording.say(
                "of lasting steps in the middle of the series not even one of 160 degrees would be "
                "sure to be found in four of five cases"
            )
        return wording.say(
            "lasting steps in the middle of the series would be found in at least four of five "
            "cases from about {size} degrees on",
            size=wording.number(self.detectable),
        )

    def to_dict(self) -> dict[str, Any]:
        """Return parameters, sentence and tables as plain Python values.

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
            "levels": records(self.levels),
            "candidates": [f"{month:%Y-%m-%d}" for month in self.candidates],
        }

    def __repr__(self) -> str:
        return f"<BreaksResult {self.sentence}>"

    def _repr_html_(self) -> str:
        return wording.shown(self.sentence, self.levels, 1, title=wording.say("Breaks"))


def _p(value: float) -> str:
    if value < 0.001:
        return wording.say("under {p}", p=wording.number(0.001, 3))
    return wording.number(value, 3)

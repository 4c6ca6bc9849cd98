"""What `forecast_index` returns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from detente import wording
from detente._tables.records import records
from detente.index import BILATERAL

__all__ = ["ForecastResult"]

#: Verdicts as a sentence tells them.
_VERDICTS = {
    "beats both": wording.mark("better than both"),
    "beats naive only": wording.mark(
        "better than the last raw month, but no better than the long-run mean"
    ),
    "beats the mean only": wording.mark(
        "better than the long-run mean, but no better than the last raw month"
    ),
    "beats neither": wording.mark("no better than the long-run mean, nor than the last raw month"),
    "cannot tell": wording.mark("too few to compare"),
}


@dataclass(frozen=True, eq=False)
class ForecastResult:
    """Forecasts of the index and how past ones did.

    Parameters
    ----------
    table : DataFrame
        One row per month to come and direction: `month`, `ahead` (months after the last),
        `direction`, `forecast` (of the state, degrees) with the prediction interval `lower` to
        `upper`, and `raw_lower` to `raw_upper` (prediction interval of a month's raw mean with
        a usual number of statements).
    scores : DataFrame
        One row per direction and horizon of the backtest, as `score_forecasts` gives it.
    past : DataFrame
        One row per past forecast, as `past_forecasts` gives it.
    names : dict of str to str
        Directions in words.
    reasons : dict of str to str
        Why a direction has no forecast.
    options : dict
        What was asked for.
    tones_note : str
        How the tones of the past forecasts came about, where they are as of each origin.
    """

    table: pd.DataFrame
    scores: pd.DataFrame
    past: pd.DataFrame
    names: dict[str, str]
    reasons: dict[str, str] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    tones_note: str = ""

    @property
    def parameters(self) -> dict[str, Any]:
        """What was asked for."""
        return dict(self.options)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What must hold for the forecasts to mean what they say."""
        every = wording.count(self.options.get("refit_every", 1), "month")
        fitted = wording.say(
            "The backtest uses, for each forecast, the months up to its origin, and a model fitted "
            "anew every {months}; its intervals take the parameters for known, so they are a "
            "little narrower than those of the forecast.",
            months=every,
        )
        if self.tones_note:
            known = wording.say(
                "Statements, tones, noise, naive forecast and long-run mean are those that could "
                "have been known at the end of the origin."
            )
            tones = f"{known} {self.tones_note}"
            measure = wording.say(
                "The measure is the raw mean of the month that came, in the tones of the index, "
                "with the noise of its own statements."
            )
        else:
            tones = wording.say(
                "Statements, scorer and noise are those of the index that was handed in: where it "
                "was not made as of each origin, past forecasts knew more than they could have."
            )
            measure = wording.say(
                "The measure is the raw mean of the month that came, with the noise of its own "
                "statements."
            )
        return (
            wording.say(
                "The months to come follow the fitted model: the tone drifts as it did, and "
                "nothing is known of what will happen."
            ),
            wording.say(
                "The interval of the index covers that drift and the uncertainty of the "
                "parameters; that of a raw month adds the noise of a usual number of statements "
                "(median of the last 24 observed months)."
            ),
            *((f"{fitted} {tones}", measure) if self.options.get("backtest", True) else ()),
        )

    def verdict(self, direction: str = BILATERAL, ahead: int = 1) -> str:
        """Return how past forecasts of a direction compare.

        Parameters
        ----------
        direction : str, default "bilateral"
            "A>B", "B>A" or "bilateral".
        ahead : int, default 1
            Months ahead: 1, 3 or 6.

        Returns
        -------
        str
            "beats both", "beats naive only", "beats the mean only", "beats neither" or
            "cannot tell".
        """
        row = self._score(direction, ahead)
        return "cannot tell" if row is None else str(row["verdict"])

    def _score(self, direction: str, ahead: int) -> dict[str, Any] | None:
        if self.scores.empty:
            return None
        part = self.scores[self.scores["direction"].eq(direction) & self.scores["ahead"].eq(ahead)]
        return None if part.empty else {str(k): v for k, v in part.iloc[0].items()}

    @property
    def sentence(self) -> str:
        """Forecast of both sides together and how such forecasts did, in words."""
        confidence = wording.share(self.options["confidence"])
        direction = (
            BILATERAL
            if BILATERAL not in self.reasons
            else next((name for name in self.names if name not in self.reasons), "")
        )
        if not direction:
            return wording.say("No forecast: {reason}.", reason=self.reasons[BILATERAL])
        words = self.names[direction]
        rows = self.table[self.table["direction"] == direction].iloc[[0, -1]].drop_duplicates()
        told = [
            wording.say(
                "{value} degrees for {month} ({share} prediction interval {interval}; of a month's "
                "raw mean {raw})",
                value=wording.degrees(row["forecast"]),
                month=wording.month_name(row["month"]),
                share=confidence,
                interval=wording.interval(row["lower"], row["upper"]),
                raw=wording.interval(row["raw_lower"], row["raw_upper"]),
            )
            for row in rows.to_dict("records")
        ]
        text = wording.say(
            "{direction}: the model expects {values}.",
            direction=wording.capital(words),
            values=wording.listing(told),
        )
        return f"{text} {self._record(direction)}"

    def _record(self, direction: str) -> str:
        """Say how such forecasts did."""
        if not self.options.get("backtest", True):
            return wording.say("How such forecasts did was not asked for (backtest=False).")
        scored = "; ".join(
            wording.say(
                "{months} ahead it missed by {error} degrees (the last raw month by {naive}, the "
                "long-run mean by {mean}): {verdict}",
                months=wording.count(int(row["ahead"]), "month"),
                error=wording.number(row["rmse"]),
                naive=wording.number(row["rmse_naive"]),
                mean=wording.number(row["rmse_mean"]),
                verdict=wording.say(_VERDICTS[row["verdict"]]),
            )
            for row in self.scores.to_dict("records")
            if row["direction"] == direction
        )
        if not scored:
            return wording.say("The period is too short to see how such forecasts did.")
        if self.tones_note:
            return wording.say(
                "In forecasts made anew from past months, with the tones known then (root mean "
                "squared error), {errors}.",
                errors=scored,
            )
        return wording.say(
            "In forecasts made anew from past months (root mean squared error), {errors}.",
            errors=scored,
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
            "reasons": dict(self.reasons),
            "table": records(self.table),
            "scores": records(self.scores),
        }

    def __repr__(self) -> str:
        return f"<ForecastResult {self.sentence}>"

    def _repr_html_(self) -> str:
        return wording.shown(self.sentence, self.table, 1, title=wording.say("Forecast"))

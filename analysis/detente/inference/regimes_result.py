"""What `estimate_regimes` returns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from detente import wording
from detente._tables.records import records

__all__ = ["CLEAR_BIC", "DRIFT", "MIXTURE", "MODEL_COLUMNS", "RegimesResult", "model_name"]

#: Names of the models without regimes that the regimes are held against.
DRIFT = wording.mark("one level with drift")
MIXTURE = wording.mark("two levels drawn anew each month")

#: Names of the models with regimes, by their number.
_REGIMES = {
    1: wording.mark("1 regime"),
    2: wording.mark("2 regimes"),
    3: wording.mark("3 regimes"),
    4: wording.mark("4 regimes"),
}

#: A smaller difference in BIC is not taken for an answer (Kass and Raftery's "strong").
CLEAR_BIC = 6.0

#: Stretches that a sentence names.
_N_NAMED = 3

#: Columns of `RegimesResult.models`, in their order.
MODEL_COLUMNS = ("model", "is_regimes", "loglike", "n_parameters", "aic", "bic")


@dataclass(frozen=True, eq=False)
class RegimesResult:
    """Regimes of one direction.

    Parameters
    ----------
    direction, words : str
        "A>B", "B>A" or "bilateral", and the same in words.
    table : DataFrame
        One row per stretch of months with the same most probable regime: `regime` (1 is the
        coldest), `since`, `until`, `n_months`, `n_observed`, `probability` (mean chance of the
        regime in its months), `level` (of the regime, degrees).
    levels : DataFrame
        One row per regime: `regime`, `level`, `lower`, `upper` (degrees), `duration` (expected
        months of a stay; missing with one regime), `share` (mean chance over the months).
    probabilities : DataFrame
        One row per month: `month`, and `regime_1` ... with the chance of each given all months.
    models : DataFrame
        What was compared: `model`, `is_regimes`, `loglike`, `n_parameters`, `aic`, `bic`.
    reason : str
        Why nothing could be asked; "" where it could.
    is_chosen : bool
        Whether the number of regimes was chosen by BIC, not given.
    options : dict
        What was asked for.
    """

    direction: str
    words: str
    table: pd.DataFrame
    levels: pd.DataFrame
    probabilities: pd.DataFrame
    models: pd.DataFrame
    reason: str = ""
    is_chosen: bool = True
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def n_regimes(self) -> int:
        """Number of regimes."""
        return len(self.levels)

    @property
    def rival(self) -> str:
        """The model without regimes that has the lowest BIC; "" where nothing was fitted."""
        if self.models.empty:
            return ""
        others = self.models[~self.models["is_regimes"]].set_index("model")["bic"]
        return str(others.idxmin())

    @property
    def bic_over_rival(self) -> float:
        """BIC of the regimes less that of `rival`; above 0 speaks for the rival."""
        if self.models.empty:
            return np.nan
        bic = self.models.set_index("model")["bic"]
        return float(bic[model_name(self.n_regimes)] - bic[self.rival])

    @property
    def is_clear(self) -> bool:
        """Whether the regimes can be told from `rival`, for better or for worse."""
        return bool(abs(self.bic_over_rival) > CLEAR_BIC)

    @property
    def parameters(self) -> dict[str, Any]:
        """What was asked for."""
        return {"direction": self.direction, "n_regimes": self.n_regimes, **self.options}

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What must hold for the regimes to mean what they say."""
        return (
            wording.say(
                "A month's tone scatters around the level of its regime, alike in all regimes, "
                "beyond the noise of its statements; months of one regime are independent."
            ),
            wording.say(
                "Regimes follow each other by fixed chances, whatever the time spent in one; in a "
                "silent month the chain moves on unseen."
            ),
            wording.say(
                "The number of regimes has the lowest BIC; a tone that drifts slowly also looks "
                "like regimes, and so do tones that come in two kinds, so both are compared."
            )
            if self.is_chosen
            else wording.say(
                "The number of regimes was given; a tone that drifts slowly also looks like "
                "regimes, and so do tones that come in two kinds, so both are compared."
            ),
            wording.say(
                "Intervals take the curvature of the likelihood; they cover neither the scorer's "
                "error nor the choice of statements."
            ),
        )

    @property
    def sentence(self) -> str:
        """What was found, in words, from the numbers of the tables."""
        words = wording.capital(self.words)
        if self.reason:
            return wording.say(
                "{direction}: regimes cannot be asked for: {reason}.",
                direction=words,
                reason=self.reason,
            )
        levels = self.levels.to_dict("records")
        confidence = self.options["confidence"]
        if self.n_regimes == 1:
            row = levels[0]
            level = wording.estimate(row["level"], row["lower"], row["upper"], confidence)
            text = (
                wording.say(
                    "{direction}: one regime is enough, around {level}.",
                    direction=words,
                    level=level,
                )
                if self.is_chosen
                else wording.say(
                    "{direction}: one regime was asked for, around {level}.",
                    direction=words,
                    level=level,
                )
            )
            return f"{text} {self._beside_rival}"
        told = {
            "direction": words,
            "regimes": wording.count(self.n_regimes, "regime"),
            "levels": wording.listing(
                [
                    wording.say(
                        "around {level} in {share} of the months",
                        level=wording.estimate(
                            row["level"], row["lower"], row["upper"], confidence
                        ),
                        share=wording.share(row["share"]),
                    )
                    for row in levels
                ]
            ),
        }
        text = (
            wording.say("{direction}: {regimes} fit best, {levels}.", **told)
            if self.is_chosen
            else wording.say("{direction}: {regimes} were asked for, {levels}.", **told)
        )
        return f"{text} {self._coldest} {self._beside_rival}"

    @property
    def _coldest(self) -> str:
        cold = self.table[self.table["regime"] == 1]
        if cold.empty:
            return wording.say("No month was most probably in the coldest.")
        longest = cold.nlargest(_N_NAMED, "n_months", keep="first").sort_values("since")
        named = wording.listing(
            [
                wording.period_name(since, until)
                for since, until in zip(longest["since"], longest["until"], strict=True)
            ]
        )
        if len(cold) <= _N_NAMED:
            return wording.say("The coldest was {periods}.", periods=named)
        return wording.say(
            "The coldest came {n} times, longest in {periods}.",
            n=wording.number(len(cold)),
            periods=named,
        )

    @property
    def _beside_rival(self) -> str:
        over, rival = self.bic_over_rival, wording.say(self.rival)
        if over > CLEAR_BIC:
            return wording.say(
                "But {model} describes the months better (BIC lower by {bic}): the regimes are a "
                "reading aid, not a finding.",
                model=rival,
                bic=wording.number(over),
            )
        if over < -CLEAR_BIC:
            return wording.say(
                "That describes the months better than {model} (BIC lower by {bic}).",
                model=rival,
                bic=wording.number(-over),
            )
        size = wording.number(abs(over), 1)
        bic = (
            wording.say("BIC {size} higher", size=size)
            if over > 0
            else wording.say("BIC {size} lower", size=size)
        )
        if self.n_regimes == 1:
            return wording.say(
                "Whether there is one level without drift or {model} cannot be told ({bic}).",
                model=rival,
                bic=bic,
            )
        return wording.say(
            "Whether these are regimes or {model} cannot be told ({bic}).", model=rival, bic=bic
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
            "probabilities": records(self.probabilities),
            "models": records(self.models),
        }

    def __repr__(self) -> str:
        return f"<RegimesResult {self.sentence}>"

    def _repr_html_(self) -> str:
        return wording.shown(self.sentence, self.table, 2, title=wording.say("Regimes"))


def model_name(k: int) -> str:
    """Return the name of a model with regimes, as it stands in `RegimesResult.models`.

    Parameters
    ----------
    k : int
        Number of regimes, 1 to 4.

    Returns
    -------
    str
        In English whatever the language; readers are told `wording.say` of it.
    """
    return _REGIMES[k]

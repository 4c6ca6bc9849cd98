"""Stretches of warm and cold months as regimes that switch by chance."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from detente import wording
from detente._checks import check_whole
from detente._tables.records import records
from detente.errors import BadArgumentError
from detente.index import BILATERAL, IndexResult
from detente.inference.drift import fit_drift
from detente.inference.series import RawSeries, raw_series
from detente.inference.switching import (
    Switching,
    fit_switching,
    mixture_loglike,
    regime_stretches,
)

__all__ = ["RegimesResult", "estimate_regimes"]

#: Names of the models without regimes that the regimes are held against.
_DRIFT = "one level with drift"
_MIXTURE = "two levels drawn anew each month"

#: A smaller difference in BIC is not taken for an answer (Kass and Raftery's "strong").
_CLEAR = 6.0

#: Stretches that a sentence names.
_N_NAMED = 3

_MODEL_COLUMNS = ("model", "is_regimes", "loglike", "n_parameters", "aic", "bic")


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
        return float(bic[_name(self.n_regimes)] - bic[self.rival])

    @property
    def parameters(self) -> dict[str, Any]:
        """What was asked for."""
        return {"direction": self.direction, "n_regimes": self.n_regimes, **self.options}

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What must hold for the regimes to mean what they say."""
        return (
            "A month's tone scatters around the level of its regime, alike in all regimes, "
            "beyond the noise of its statements; months of one regime are independent.",
            "Regimes follow each other by fixed chances, whatever the time spent in one; in a "
            "silent month the chain moves on unseen.",
            f"The number of regimes {'has the lowest BIC' if self.is_chosen else 'was given'}; "
            "a tone that drifts slowly also looks like regimes, and so do tones that come in two "
            "kinds, so both are compared.",
            "Intervals take the curvature of the likelihood; they cover neither the scorer's "
            "error nor the choice of statements.",
        )

    @property
    def sentence(self) -> str:
        """What was found, in words, from the numbers of the tables."""
        words = self.words[:1].upper() + self.words[1:]
        if self.reason:
            return f"{words}: regimes cannot be asked for: {self.reason}."
        levels = self.levels.to_dict("records")
        confidence = self.options["confidence"]
        if self.n_regimes == 1:
            row = levels[0]
            level = wording.estimate(row["level"], row["lower"], row["upper"], confidence)
            so = "is enough" if self.is_chosen else "was asked for"
            return f"{words}: one regime {so}, around {level}. {self._beside_rival}"
        named = wording.listing(
            [
                f"around {wording.estimate(row['level'], row['lower'], row['upper'], confidence)} "
                f"in {wording.share(row['share'])} of the months"
                for row in levels
            ]
        )
        fitting = "fit best" if self.is_chosen else "were asked for"
        return (
            f"{words}: {wording.count(self.n_regimes, 'regime')} {fitting}, {named}. "
            f"{self._coldest} {self._beside_rival}"
        )

    @property
    def _coldest(self) -> str:
        cold = self.table[self.table["regime"] == 1]
        if cold.empty:
            return "No month was most probably in the coldest."
        longest = cold.nlargest(_N_NAMED, "n_months", keep="first").sort_values("since")
        named = wording.listing(
            [
                wording.period_name(since, until)
                for since, until in zip(longest["since"], longest["until"], strict=True)
            ]
        )
        if len(cold) <= _N_NAMED:
            return f"The coldest was {named}."
        return f"The coldest came {len(cold)} times, longest in {named}."

    @property
    def _beside_rival(self) -> str:
        over, rival = self.bic_over_rival, self.rival
        if over > _CLEAR:
            return (
                f"But {rival} describes the months better (BIC lower by {wording.number(over)}): "
                "the regimes are a reading aid, not a finding."
            )
        if over < -_CLEAR:
            return f"That describes the months better than {rival} (BIC lower by " + (
                f"{wording.number(-over)})."
            )
        these = "there is one level without drift" if self.n_regimes == 1 else "these are regimes"
        return (
            f"Whether {these} or {rival} cannot be told (BIC "
            f"{wording.number(abs(over), 1)} {'higher' if over > 0 else 'lower'})."
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
        return f"<p><strong>Regimes</strong>: {self.sentence}</p>" + str(
            self.table.to_html(index=False, na_rep="", border=0, float_format="{:.2f}".format)
        )


def estimate_regimes(
    result: IndexResult,
    *,
    direction: str = BILATERAL,
    n_regimes: int | None = None,
    max_regimes: int = 3,
) -> RegimesResult:
    """Describe the months by regimes that switch by chance.

    Parameters
    ----------
    result : IndexResult
        A state-space index; its raw months and their noise are used.
    direction : str, default "bilateral"
        "A>B", "B>A" or "bilateral".
    n_regimes : int, optional
        Number of regimes, 1 to `max_regimes`; default: that with the lowest BIC.
    max_regimes : int, default 3
        Largest number that is tried, 1 to 4.

    Returns
    -------
    RegimesResult
        Stretches, levels, chances per month and the models compared.

    Raises
    ------
    BadArgumentError
        For an index by means, an unknown direction, or a number outside its range.

    Notes
    -----
    y_t = m_{s_t} + e_t with s_t a Markov chain and Var(e_t) = spread^2 + v_t, v_t the known
    variance of the month's noise; maximum likelihood by Hamilton's filter, which a silent month
    passes without an observation [1]_. AIC and BIC (n = observed months) compare the numbers of
    regimes with each other, with one level and a mean-reverting drift around it, and with
    levels that each month draws anew; a difference below 6 is not taken for an answer [2]_. No
    test is made of the number: under fewer regimes the chances of switching are not identified.

    References
    ----------
    .. [1] Hamilton, J. D. (1989). A new approach to the economic analysis of nonstationary time
       series and the business cycle. Econometrica 57(2).
    .. [2] Kass, R. E. and Raftery, A. E. (1995). Bayes factors. Journal of the American
       Statistical Association 90(430).

    Examples
    --------
    >>> from detente.index import monthly_index
    >>> days = pd.date_range("2010-01-05", periods=96, freq="15D").repeat(2)
    >>> tone = np.where(days < "2012-01-01", 0.5, -0.5) + np.tile([0.1, -0.1, -0.2, 0.2], 48)
    >>> scored = pd.DataFrame({"date": days, "source": ["RUS", "TUR"] * 96,
    ...     "target": ["TUR", "RUS"] * 96, "speaker": "A", "tone": tone})
    >>> regimes = estimate_regimes(monthly_index(scored), n_regimes=2)
    >>> regimes.levels["level"].round().to_list()
    [-50.0, 50.0]
    """
    for name, value in (("max_regimes", max_regimes), ("n_regimes", n_regimes)):
        if value is not None:
            check_whole(value, name)
    if not 1 <= max_regimes <= 4:
        raise BadArgumentError(f"max_regimes={max_regimes} was received; it is 1 to 4.")
    if n_regimes is not None and not 1 <= n_regimes <= max_regimes:
        raise BadArgumentError(
            f"n_regimes={n_regimes} was received; it is 1 to max_regimes={max_regimes}."
        )
    series, reason = raw_series(result, direction)
    options = {"max_regimes": max_regimes, "confidence": result.confidence}
    if series is None:
        none = pd.DataFrame()
        return RegimesResult(
            direction,
            result.direction_name(direction),
            none,
            none,
            none,
            none,
            reason,
            True,
            options,
        )
    # With n observed months no more parameters than half of them are spent.
    numbers = [
        k for k in range(1, max_regimes + 1) if 2 * (k + 1 + k * (k - 1)) <= series.n_observed
    ]
    if n_regimes is not None:
        numbers = sorted({*numbers, n_regimes})
    fits = {k: fit_switching(series, k, result.confidence) for k in numbers or [1]}
    models = _models(series, fits)
    bic = models.set_index("model")["bic"]
    chosen = n_regimes or min(fits, key=lambda k: float(bic[_name(k)]))
    fit = fits[chosen]
    return RegimesResult(
        direction=direction,
        words=series.words,
        table=regime_stretches(series, fit),
        levels=pd.DataFrame(
            {
                "regime": np.arange(1, chosen + 1),
                "level": fit.levels,
                "lower": np.clip(fit.lower, -100, 100),
                "upper": np.clip(fit.upper, -100, 100),
                "duration": fit.durations if chosen > 1 else np.nan,
                "share": fit.probabilities.mean(axis=0),
            }
        ),
        probabilities=pd.DataFrame(
            {"month": series.months}
            | {f"regime_{i + 1}": fit.probabilities[:, i] for i in range(chosen)}
        ),
        models=models,
        is_chosen=n_regimes is None,
        options={**options, "n_observed": series.n_observed, "spread": fit.spread},
    )


def _name(k: int) -> str:
    return wording.count(k, "regime")


def _models(series: RawSeries, fits: dict[int, Switching]) -> pd.DataFrame:
    drift = fit_drift(series)
    rows = [(_name(k), True, fit.loglike, fit.n_parameters) for k, fit in fits.items()]
    rows.append((_DRIFT, False, drift.loglike, drift.n_parameters))
    if max(fits) > 1:
        rows.append((_MIXTURE, False, mixture_loglike(series, 2), 4))
    return pd.DataFrame(
        [
            (
                name,
                is_regimes,
                value,
                p,
                2 * p - 2 * value,
                np.log(series.n_observed) * p - 2 * value,
            )
            for name, is_regimes, value, p in rows
        ],
        columns=list(_MODEL_COLUMNS),
    )

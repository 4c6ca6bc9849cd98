"""Before data are gathered: how many statements it takes to see a change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from detente import wording
from detente._tables.records import records
from detente.errors import BadArgumentError
from detente.inference.covariance import Cells, Floats, Ratios
from detente.inference.episodes_result import EpisodesResult
from detente.inference.reml import gls

__all__ = ["NOISE", "PowerResult", "needed_statements"]

#: Noise of a study where none is given: that of the Russia-Turkey study, rounded.
NOISE: Mapping[str, float] = {
    "statement": 29.0,
    "day": 17.0,
    "drift": 19.0,
    "days": 90.0,
    "rho": 0.8,
}

_DAYS_A_MONTH = 365.25 / 12

#: Degrees from the coldest to the warmest index that there can be.
_WHOLE_SCALE = 200


@dataclass(frozen=True, eq=False)
class PowerResult:
    """How small a change can be seen with how many statements.

    Parameters
    ----------
    table : DataFrame
        One row per number of statements a month and number of months: n_per_month
        (statements of both sides together), months (observed before the event, and as many
        after it), n_statements, mde (degrees; the change seen with the chance asked for),
        power (chance in [0, 1] of seeing the change asked for), is_enough.
    change : float
        The change asked for, degrees.
    noise : mapping of str to float
        Noise it was computed with.
    power, confidence : float
        Chance asked for, and confidence of the test.
    per_day : int
        Statements of a day on which there are any.
    """

    table: pd.DataFrame
    change: float
    noise: Mapping[str, float]
    power: float
    confidence: float
    per_day: int

    def needed(self, months: int) -> int | None:
        """Return how many statements a month suffice.

        Parameters
        ----------
        months : int
            Months before the event, and after it; one of the table's.

        Returns
        -------
        int or None
            The smallest number of the table; None where none suffices.
        """
        rows = self.table[self.table["months"].eq(months) & self.table["is_enough"]]
        return None if rows.empty else int(rows["n_per_month"].min())

    @property
    def sentence(self) -> str:
        """What is needed, or that nothing suffices, in words."""
        aim = {"size": wording.number(self.change), "chance": _chance(self.power)}
        told = ""
        for months in self.table["months"].unique():
            n = self.needed(int(months))
            if n is not None:
                plan = wording.say(
                    "{statements} a month for {months} before the event and as long after it",
                    statements=wording.count(n, "statement"),
                    months=wording.count(int(months), "month"),
                )
                told = wording.say("{first} or {last}", first=told, last=plan) if told else plan
        if told:
            return wording.say(
                "To see a change of {size} degrees with a chance of {chance}, before adjustment "
                "for several tests, it takes {plans}.",
                **aim,
                plans=told,
            )
        best = self.table.sort_values("mde", kind="stable").iloc[0]
        return wording.say(
            "To see a change of {size} degrees with a chance of {chance}, before adjustment for "
            "several tests, none of these plans is enough; with {statements} a month for {months} "
            "before and after the event, a change of {seen} degrees can be seen.",
            **aim,
            statements=wording.count(int(best["n_per_month"]), "statement"),
            months=wording.count(int(best["months"]), "month"),
            seen=wording.number(best["mde"]),
        )

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What must hold for the figures to mean what they say."""
        return (
            wording.say("The noise is known, and is that of the study it was taken from."),
            wording.say(
                "Statements are spread evenly over the months and over both sides, {n} on a day "
                "with any.",
                n=wording.number(self.per_day),
            ),
            wording.say(
                "There is one event, and both directions change alike; other episodes nearby make "
                "a change harder to see."
            ),
        )

    @property
    def parameters(self) -> dict[str, Any]:
        """What was asked for."""
        return {
            "change": self.change,
            "power": self.power,
            "confidence": self.confidence,
            "per_day": self.per_day,
            "noise": dict(self.noise),
        }

    def to_dict(self) -> dict[str, Any]:
        """Return parameters, sentence and table as plain Python values, ready for JSON."""
        return {
            "parameters": self.parameters,
            "sentence": self.sentence,
            "assumptions": list(self.assumptions),
            "table": records(self.table),
        }

    def __repr__(self) -> str:
        return f"<PowerResult: {self.sentence}>"

    def _repr_html_(self) -> str:
        return wording.shown(self.sentence, self.table, 3)


def needed_statements(
    change: float,
    noise: EpisodesResult | Mapping[str, float] | None = None,
    *,
    months: Sequence[int] = (6, 12, 24, 36),
    n_per_month: Sequence[int] = (2, 4, 6, 10, 15, 20, 30, 50),
    per_day: int = 2,
    power: float = 0.8,
    confidence: float = 0.95,
) -> PowerResult:
    """Tell how many statements a month, for how long, show a change of a given size.

    Parameters
    ----------
    change : float
        Change in degrees, either sign, above 0 and up to 200 in size.
    noise : EpisodesResult or mapping of str to float, optional
        A study's result, whose noise without steps is taken, or standard deviations in
        degrees `statement` (above 0), `day`, `drift`, with `days` (above 0, time in which the
        drift's correlation falls to 1/e) and `rho` (0 to .98, between the sides). Default:
        `NOISE`.
    months : sequence of int
        Months before the event, and as many after it, at least 1.
    n_per_month : sequence of int
        Statements a month of both sides together, at least 1.
    per_day : int, default 2
        Statements on a day with any, at least 1; more on a day say less.
    power : float, default 0.8
        Chance of seeing the change, in (0.5, 1).
    confidence : float, default 0.95
        Confidence of the test, in (0, 1).

    Returns
    -------
    PowerResult
        Its `table` has a row per plan.

    Raises
    ------
    BadArgumentError
        For a number outside its range, or a noise without one of its names.

    Notes
    -----
    The plan's days and sides are laid out, and the standard error of a step common to both
    sides follows from the covariance of `estimate_episodes`: no simulation is needed. A
    change is seen where |t| exceeds Student's quantile for as many days as there are, less
    three; mde = (t + z_power) se.

    Examples
    --------
    >>> result = needed_statements(40, months=[12], n_per_month=[5, 20])
    >>> result.table[["n_per_month", "mde"]].round(0)
       n_per_month   mde
    0            5  41.0
    1           20  33.0
    >>> result.needed(12)
    20
    """
    from scipy import stats

    if not 0 < abs(change) <= _WHOLE_SCALE:
        raise BadArgumentError(
            f"A change of {change} degrees was received.",
            remedy=f"Give its size in degrees, above 0 and up to {_WHOLE_SCALE} (the whole scale), "
            "such as 30.",
        )
    for name, values in (("months", months), ("n_per_month", n_per_month), ("per_day", [per_day])):
        if not len(values) or min(values) < 1:
            raise BadArgumentError(f"{name}={values!r} was received; it is at least 1.")
    if not 0.5 < power < 1 or not 0 < confidence < 1:
        raise BadArgumentError(
            f"power={power} and confidence={confidence} were received.",
            remedy="Power lies between 0.5 and 1, confidence between 0 and 1.",
        )
    known = _noise(noise)
    size, rows = abs(change), []
    for length in months:
        for n in n_per_month:
            cells, columns = _plan(n, length, per_day)
            fit = gls(cells, columns, _ratios(known))
            # The tones of a plan are unknown: only the shape of the covariance is used.
            se = float(np.sqrt(fit.covariance[2, 2] / fit.noise)) * known["statement"]
            critical = float(stats.t.ppf(0.5 + confidence / 2, max(len(cells.days) - 3, 1)))
            mde = (critical + float(stats.norm.ppf(power))) * se
            chance = float(
                stats.norm.sf(critical - size / se) + stats.norm.cdf(-critical - size / se)
            )
            rows.append((n, length, cells.n_statements, mde, chance, mde <= size))
    names = ["n_per_month", "months", "n_statements", "mde", "power", "is_enough"]
    return PowerResult(pd.DataFrame(rows, columns=names), size, known, power, confidence, per_day)


def _chance(power: float) -> str:
    """Return a chance as per cent; below one it never prints as all."""
    digits = next((n for n in range(6) if round(power * 100, n) < 100), None)
    if digits is None:
        return wording.say("over {share}", share=wording.share(0.99999, 3))
    return wording.share(power, digits)


def _noise(noise: EpisodesResult | Mapping[str, float] | None) -> dict[str, float]:
    if isinstance(noise, EpisodesResult):
        fitted = noise.parameters["noise_without_steps"] or noise.parameters["noise"]
        if fitted is None:
            raise BadArgumentError(
                "The result has no fitted noise.", remedy="Give the noise as numbers."
            )
        given: dict[str, float] = fitted
    else:
        given = dict(NOISE if noise is None else noise)
    if missing := [name for name in NOISE if name not in given]:
        raise BadArgumentError(
            f"The noise lacks {wording.listing(missing)}.",
            remedy=f"Give {wording.listing(list(NOISE))}.",
        )
    known = {name: float(given[name]) for name in NOISE}
    is_good = (
        known["statement"] > 0
        and known["days"] > 0
        and min(known["day"], known["drift"]) >= 0
        and 0 <= known["rho"] <= 0.98
        and all(np.isfinite(value) for value in known.values())
    )
    if not is_good:
        raise BadArgumentError(
            f"The noise {known} was received.",
            remedy="Standard deviations are not below 0, `statement` and `days` above it, and "
            "`rho` lies between 0 and 0.98.",
        )
    return known


def _ratios(noise: Mapping[str, float]) -> Ratios:
    own = noise["statement"]
    return Ratios(
        drift=max((noise["drift"] / own) ** 2, 1e-6),
        days=noise["days"],
        rho=noise["rho"],
        day=(noise["day"] / own) ** 2,
    )


def _plan(n: int, months: int, per_day: int) -> tuple[Cells, Floats]:
    """Lay out statements evenly, sides in turn, and return them with means and step."""
    n_statements = 2 * months * n
    number = np.arange(n_statements)
    length = 2 * months * _DAYS_A_MONTH
    n_days = -(-n_statements // per_day)
    day = np.floor((number // per_day + 0.5) * length / n_days).astype("int64")
    side = number % 2
    # Any tones will do, as long as they differ.
    cells = Cells.of(day, side, np.where(number % 3 == 0, 1.0, -0.5))
    filled = cells.n > 0
    after = np.repeat((cells.days >= length / 2)[:, None], 2, axis=1) & filled
    sides = [filled & (np.arange(2) == which) for which in (0, 1)]
    return cells, np.column_stack([c.ravel() for c in (*sides, after)]).astype("float64")

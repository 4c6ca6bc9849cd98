"""What `monthly_index` returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from detente import wording
from detente.countries import Dyad, country_name
from detente.errors import BadArgumentError, did_you_mean

__all__ = [
    "BILATERAL",
    "COLUMNS",
    "MAX_HALF_WIDTH",
    "MIN_OCCASIONS",
    "Coverage",
    "IndexResult",
    "is_thin",
]

#: Name of both directions together.
BILATERAL = "bilateral"

#: A month with fewer occasions is drawn hollow and gets no rank.
MIN_OCCASIONS = 3

#: Degrees; a month with a wider half interval is drawn hollow and gets no rank.
MAX_HALF_WIDTH = 30.0

#: Columns of `IndexResult.table`, in their order.
COLUMNS = (
    "month",
    "direction",
    "index",
    "lower",
    "upper",
    "raw",
    "n_statements",
    "n_occasions",
    "n_speakers",
    "n_eff",
    "se",
    "n_unscored",
)


@dataclass(frozen=True)
class Coverage:
    """How many months say how much.

    Parameters
    ----------
    n_months : int
        All months of the period.
    n_both, n_one_side, n_unscored_only, n_empty : int
        Months in which both sides have a tone, one side has, statements are there but none
        has a tone, and no statement is there at all. They add up to `n_months`.
    """

    n_months: int
    n_both: int
    n_one_side: int
    n_unscored_only: int
    n_empty: int


@dataclass(frozen=True, eq=False)
class IndexResult:
    """The monthly relations index of a dyad.

    Parameters
    ----------
    dyad : Dyad
        The two countries.
    table : DataFrame
        One row per month and direction, all months of the period: `month` (first day),
        `direction` ("A>B", "B>A", "bilateral"), `index`, `lower`, `upper`, `raw`, `se`
        (degrees, missing in a month without statements), `n_statements` (with a tone),
        `n_occasions`, `n_speakers`, `n_eff`, `n_unscored`.
    weights : str
        The weighting.
    confidence : float
        Coverage of the intervals.
    spread : float
        Pooled standard deviation of occasions within months, degrees; infinite where
        the data do not show it.
    df : float
        Degrees of freedom of the spread.
    shared_day_covariance : float
        Covariance of the two sides on days that both spoke, degrees squared.
    """

    dyad: Dyad
    table: pd.DataFrame
    weights: str
    confidence: float
    spread: float
    df: float
    shared_day_covariance: float

    @property
    def months(self) -> pd.DatetimeIndex:
        """All months of the period, with or without statements."""
        return pd.DatetimeIndex(self.table["month"].drop_duplicates())

    @property
    def n_statements(self) -> int:
        """Statements with a tone, both directions."""
        return int(self.direction(BILATERAL)["n_statements"].sum())

    @property
    def n_unscored(self) -> int:
        """Statements without a tone, both directions."""
        return int(self.direction(BILATERAL)["n_unscored"].sum())

    def direction(self, name: str = BILATERAL) -> pd.DataFrame:
        """Return the rows of one direction.

        Parameters
        ----------
        name : str, default "bilateral"
            "A>B", "B>A" or "bilateral".

        Returns
        -------
        DataFrame
            A row per month, in order, with a fresh index.

        Raises
        ------
        BadArgumentError
            Where the dyad has no such direction.
        """
        names = (*self.dyad.directions, BILATERAL)
        if name not in names:
            raise BadArgumentError(
                f"Unknown direction {name!r}.",
                remedy=did_you_mean(name, names) or f"Use one of {', '.join(names)}.",
            )
        return self.table[self.table["direction"] == name].reset_index(drop=True)

    def direction_name(self, name: str) -> str:
        """Return a direction in words, such as "Russia on Turkey".

        Parameters
        ----------
        name : str
            "A>B", "B>A" or "bilateral".

        Returns
        -------
        str
            The direction in words.
        """
        if name == BILATERAL:
            return "both sides together"
        source, target = name.split(">")
        return wording.direction_name(country_name(source), country_name(target))

    def ranked(self, name: str = BILATERAL) -> pd.DataFrame:
        """Return the months that may be ranked, coldest first.

        Parameters
        ----------
        name : str, default "bilateral"
            "A>B", "B>A" or "bilateral".

        Returns
        -------
        DataFrame
            Rows of the direction with at least `MIN_OCCASIONS` occasions and an interval
            half-width of at most `MAX_HALF_WIDTH` degrees, sorted by index.
        """
        rows = self.direction(name)
        return rows[~is_thin(rows) & rows["index"].notna()].sort_values(
            ["index", "month"], ignore_index=True
        )

    @property
    def can_rank(self) -> bool:
        """Whether the coldest and warmest months of the period may be named.

        Only where at least half of the months with a bilateral index may be ranked: months
        with many statements are mostly those of a crisis, and the ends of a small part of
        the months would pass for the ends of the whole period.
        """
        return len(self.ranked()) >= max(2, self.coverage.n_both / 2)

    @property
    def coverage(self) -> Coverage:
        """Count the months by what they rest on."""
        rows = self.direction(BILATERAL)
        is_both = rows["index"].notna()
        has_tone = rows["n_statements"] > 0
        has_any = has_tone | (rows["n_unscored"] > 0)
        return Coverage(
            n_months=len(rows),
            n_both=int(is_both.sum()),
            n_one_side=int((has_tone & ~is_both).sum()),
            n_unscored_only=int((has_any & ~has_tone).sum()),
            n_empty=int((~has_any).sum()),
        )

    @property
    def parameters(self) -> dict[str, Any]:
        """What was asked for and what was estimated on the way."""
        return {
            "dyad": self.dyad.slug,
            "weights": self.weights,
            "confidence": self.confidence,
            "since": f"{self.months[0]:%Y-%m}",
            "until": f"{self.months[-1]:%Y-%m}",
            "spread": _number(self.spread),
            "df": _number(self.df),
            "shared_day_covariance": _number(self.shared_day_covariance),
        }

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What must hold for the intervals to mean what they say."""
        unit = "occasion (speaker, day and channel)" if self.weights == "occasion" else "statement"
        spread = (
            f"Occasions of a month spread alike in all months and on both sides "
            f"(pooled standard deviation {wording.number(self.spread)} degrees)."
            if np.isfinite(self.spread)
            else "No month has two occasions that differ, so the spread within a month is not "
            "known and each interval is the whole scale."
        )
        return (
            f"Each {unit} counts once in its month.",
            spread,
            "Occasions of one side are independent within a month; the two sides may move "
            "together on days that both spoke.",
            "The interval covers the noise of these statements. It covers neither the "
            "scorer's error nor the choice of statements.",
        )

    @property
    def sentence(self) -> str:
        """The period, the coverage and the extremes that may be named, in words."""
        coverage = self.coverage
        names = wording.listing([country_name(code) for code in (self.dyad.a, self.dyad.b)])
        text = (
            f"{wording.period_name(self.months[0], self.months[-1])}, {names}: both sides spoke "
            f"in {coverage.n_both:,} of {wording.count(coverage.n_months, 'month')} "
            f"({wording.count(self.n_statements, 'statement')})."
        )
        ranked = self.ranked()
        if not self.can_rank:
            return (
                f"{text} We cannot tell which months were coldest or warmest: {len(ranked):,} of "
                f"{wording.count(coverage.n_both, 'month')} rest on enough statements."
            )
        ends = ranked.iloc[[0, -1]]
        coldest, warmest = (
            f"{wording.month_name(month)} at "
            + wording.estimate(value, lower, upper, self.confidence)
            for month, value, lower, upper in zip(
                ends["month"], ends["index"], ends["lower"], ends["upper"], strict=True
            )
        )
        return (
            f"{text} Of the {wording.count(len(ranked), 'month')} with enough statements to be "
            f"ranked, the lowest mean is {coldest}, the highest {warmest}."
        )

    def to_dict(self) -> dict[str, Any]:
        """Return parameters, counts, sentence and table as plain Python values.

        Returns
        -------
        dict
            Ready for JSON: missing numbers are None, months are "YYYY-MM-DD".
        """
        table = self.table.assign(month=self.table["month"].dt.strftime("%Y-%m-%d"))
        table = table.astype(object).where(table.notna(), None)
        return {
            "parameters": self.parameters,
            "n_statements": self.n_statements,
            "n_unscored": self.n_unscored,
            "sentence": self.sentence,
            "assumptions": list(self.assumptions),
            "table": table.to_dict("records"),
        }

    def __repr__(self) -> str:
        return f"<IndexResult {self.dyad.slug}: {self.sentence}>"

    def _repr_html_(self) -> str:
        rows = self.direction(BILATERAL).tail(12)
        return (
            f"<p><strong>Relations index {self.dyad.slug}</strong>, degrees. {self.sentence}</p>"
            f"<p>The last twelve months, both sides together:</p>"
            + str(rows.to_html(index=False, na_rep="", border=0, float_format="{:.1f}".format))
        )


def is_thin(rows: pd.DataFrame) -> pd.Series[bool]:
    """Tell which months rest on too little to be ranked or drawn as solid.

    Parameters
    ----------
    rows : DataFrame
        Rows of `IndexResult.table`.

    Returns
    -------
    Series of bool
        True with fewer than `MIN_OCCASIONS` occasions or an interval whose half-width
        exceeds `MAX_HALF_WIDTH` degrees, and where there is no interval.
    """
    half = (rows["upper"] - rows["lower"]) / 2
    return (rows["n_occasions"] < MIN_OCCASIONS) | ~(half <= MAX_HALF_WIDTH)


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None

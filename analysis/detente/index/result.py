"""What `monthly_index` returns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from detente import wording
from detente.countries import Dyad, country_name
from detente.errors import BadArgumentError, did_you_mean
from detente.index.coverage import Coverage, is_thin
from detente.index.joint import BILATERAL, JointMonths
from detente.index.noise import Noise
from detente.index.prose import (
    are_sides_one,
    assumptions_of,
    parameters_of,
    sentence_of,
    sides_sentence,
)
from detente.index.state import StateFit

__all__ = ["BILATERAL", "COLUMNS", "IndexResult"]

#: Columns of `IndexResult.table`, in their order.
COLUMNS = (
    "month",
    "direction",
    "index",
    "lower",
    "upper",
    "filtered",
    "raw",
    "n_statements",
    "n_occasions",
    "n_speakers",
    "n_eff",
    "se",
    "n_unscored",
)

#: Months that a notebook shows.
_SHOWN = 12


#: With fewer degrees of freedom the spread of monthly means is hardly known.
_MIN_DF = 5


@dataclass(frozen=True, eq=False)
class IndexResult(JointMonths):
    """The monthly relations index of a dyad.

    Parameters
    ----------
    dyad : Dyad
        The two countries.
    table : DataFrame
        One row per month and direction, all months of the period: `month` (first day),
        `direction` ("A>B", "B>A", "bilateral"), `index` with `lower`, `upper` and `se`,
        `filtered` (index without later months), `raw` (mean of the month's statements, missing
        in a month without), all in degrees, `n_statements` (with a tone), `n_occasions`,
        `n_speakers`, `n_eff`, `n_unscored`.
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
    method : {"means", "state_space"}
        What `index` is: the month's mean, or the smoothed state behind the months.
    state : StateFit or None
        The fitted model, of the directions in `sides`; None where there is none.
    noise : Noise or None
        Scatter of statements and of days, in a state-space index.
    sides : tuple of str
        Directions that the model was fitted to.
    reasons : dict of str to str
        Why a direction has no state-space index.
    corrected : IndexResult or None
        The same index made from tones that codings correct.
    as_of : Timestamp or None
        Day after which nothing was known.
    seed : int
        Of the paths that `draws` gives.
    statements : DataFrame or None
        One row per statement with its share in its month, as `statement_shares` gives it.
    """

    dyad: Dyad
    table: pd.DataFrame
    weights: str
    confidence: float
    spread: float
    df: float
    shared_day_covariance: float
    method: str = "means"
    state: StateFit | None = None
    noise: Noise | None = None
    sides: tuple[str, ...] = ()
    reasons: dict[str, str] = field(default_factory=dict)
    corrected: IndexResult | None = None
    as_of: pd.Timestamp | None = None
    seed: int = 0
    statements: pd.DataFrame | None = None

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
            return wording.say("both sides together")
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
        return rows[~is_thin(rows) & rows["index"].notna() & rows["raw"].notna()].sort_values(
            ["index", "month"], ignore_index=True
        )

    @property
    def is_scatter_known(self) -> bool:
        """Whether the spread behind monthly means rests on five degrees of freedom or more.

        A smoothed index takes its scatter from the model of all months.
        """
        return self.state is not None or self.df >= _MIN_DF

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
        is_both = rows["raw"].notna()
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
        return parameters_of(self)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What must hold for the intervals to mean what they say."""
        return assumptions_of(self)

    @property
    def are_sides_one(self) -> bool:
        """Whether the smoothed curves of the two sides cannot be told apart."""
        return are_sides_one(self)

    @property
    def sides_sentence(self) -> str:
        """Whether the two sides can be told apart, in words; "" without a model of both."""
        return sides_sentence(self)

    @property
    def sentence(self) -> str:
        """The period, the coverage and the extremes that may be named, in words."""
        return sentence_of(self)

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
        rows = self.direction(BILATERAL)
        is_cut = len(rows) > _SHOWN
        cut = wording.say("The table shows the last twelve months.") if is_cut else ""
        return wording.shown(
            f"{self.sentence} {cut}".strip(),
            rows.tail(_SHOWN),
            1,
            title=f"{self.dyad.slug}: {wording.say('Relations index by month, degrees')}",
        )

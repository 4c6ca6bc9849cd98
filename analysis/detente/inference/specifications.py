"""The choices that could have been made otherwise, and the statements that each keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

import numpy as np
import pandas as pd

from detente.countries import Dyad

__all__ = ["ALL_ROWS", "FIRST_DAYS", "Cross", "RowChoices", "Specification", "list_specifications"]

#: How many choices are changed at a time: one, one but all where no state is fitted, or any.
Cross = Literal["one", "cheap", "full"]

#: Name of the choice that leaves no statement out.
ALL_ROWS = "all"

#: Days 0 to 3 after a headline event are left out in one of the choices.
FIRST_DAYS = 3


@dataclass(frozen=True)
class Specification:
    """One way to come from statements to numbers.

    Parameters
    ----------
    scorer : str
        Name of the scorer.
    corrected : bool
        Whether its error is corrected by codings.
    rows : str
        Which statements are used, as in `RowChoices`.
    weights : str
        What has one unit in a month; "" where it does not matter.
    model : str
        "mean_reverting", "local_level" or "means"; "" where it does not matter.
    """

    scorer: str
    corrected: bool
    rows: str
    weights: str = ""
    model: str = ""

    def n_changed(self, other: Specification) -> int:
        """Count the choices in which two specifications differ.

        Parameters
        ----------
        other : Specification
            The other.

        Returns
        -------
        int
            0 to 5.
        """
        pairs = zip(self.values, other.values, strict=True)
        return sum(mine != theirs for mine, theirs in pairs)

    @property
    def values(self) -> tuple[str, bool, str, str, str]:
        """The choices in the order of the columns of a specification table."""
        return self.scorer, self.corrected, self.rows, self.weights, self.model


def list_specifications(
    scorers: Sequence[str],
    corrected: Sequence[str],
    rows: Sequence[str],
    weights: Sequence[str] = ("",),
    models: Sequence[str] = ("",),
    *,
    headline_corrected: bool = False,
    cross: Cross = "cheap",
) -> list[Specification]:
    """List the specifications, the headline first; the first of each choice is its own.

    Parameters
    ----------
    scorers : sequence of str
        Names of the scorers.
    corrected : sequence of str
        Those of them that are there corrected, too.
    rows, weights, models : sequence of str
        The choices.
    headline_corrected : bool, default False
        Whether the headline is corrected.
    cross : {"one", "cheap", "full"}, default "cheap"
        "one": change one choice at a time. "full": all combinations. "cheap": all
        combinations with the model "means", one choice at a time with the others.

    Returns
    -------
    list of Specification
        Each once.

    Examples
    --------
    >>> found = list_specifications(["a", "b"], [], ["all", "first_search"], cross="one")
    >>> [(one.scorer, one.rows) for one in found]
    [('a', 'all'), ('a', 'first_search'), ('b', 'all')]
    """
    headline = Specification(scorers[0], headline_corrected, rows[0], weights[0], models[0])
    correction = [headline_corrected, not headline_corrected]
    every = [
        Specification(scorer, is_corrected, kept, weight, model)
        for scorer, is_corrected, kept, weight, model in product(
            scorers, correction, rows, weights, models
        )
        if scorer in corrected or not is_corrected
    ]

    def is_wanted(one: Specification) -> bool:
        if cross == "full" or one.n_changed(headline) <= 1:
            return True
        return cross == "cheap" and one.model == "means"

    wanted = [one for one in every if is_wanted(one)]
    # Where the headline is corrected, another scorer may be there without correction only.
    reached = {one.scorer for one in wanted}
    wanted += [
        Specification(name, False, rows[0], weights[0], models[0])
        for name in scorers
        if name not in reached
    ]
    return [headline, *[one for one in wanted if one != headline]]


class RowChoices:
    """Which statements a specification uses.

    Parameters
    ----------
    scored : DataFrame
        Statements of the headline.
    dyad : Dyad
        The two countries.
    events : DataFrame or None
        Events, whose headline events have first days; None: they are not left out.
    """

    def __init__(self, scored: pd.DataFrame, dyad: Dyad, events: pd.DataFrame | None) -> None:
        direction = scored["source"].astype(str) + ">" + scored["target"].astype(str)
        own = scored[direction.isin(dyad.directions)]
        self._top = _top_speaker(own)
        self._days = _first_days(events)
        self._rules: Mapping[str, Callable[[pd.DataFrame], pd.Series[bool]]] = {
            "stated_dates": lambda rows: ~_equals(rows, "dating", "inferred"),
            "first_search": lambda rows: ~_equals(rows, "wave", "2"),
            "no_phone_calls": lambda rows: ~_equals(rows, "channel", "phone_call"),
            "no_top_speaker": lambda rows: ~_equals(rows, "speaker", self._top),
            "no_first_days": lambda rows: ~_day(rows).isin(self._days),
        }
        self.names = (
            ALL_ROWS,
            *[name for name, rule in self._rules.items() if not rule(own).all()],
        )
        self.without_difference = tuple(name for name in self._rules if name not in self.names)

    @property
    def top_speaker(self) -> str:
        """Who makes most statements."""
        return self._top

    def keep(self, scored: pd.DataFrame, name: str) -> pd.DataFrame:
        """Return the statements of a choice.

        Parameters
        ----------
        scored : DataFrame
            Statements.
        name : str
            One of `names`.

        Returns
        -------
        DataFrame
            Those that are kept; all of them for "all".
        """
        return scored if name == ALL_ROWS else scored[self._rules[name](scored)]


def _equals(rows: pd.DataFrame, column: str, value: str) -> pd.Series[bool]:
    if column not in rows.columns:
        return pd.Series(False, rows.index)
    # A wave may be read as 2, 2.0 or "2".
    text = rows[column].astype(str).str.removesuffix(".0")
    return text.eq(value) & rows[column].notna()


def _day(rows: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    day: pd.Series[pd.Timestamp] = rows["date"].dt.tz_localize(None).dt.normalize()
    return day


def _top_speaker(rows: pd.DataFrame) -> str:
    said = rows["speaker"].dropna().value_counts()
    return "" if said.empty else min(said[said == said.max()].index)


def _first_days(events: pd.DataFrame | None) -> pd.DatetimeIndex:
    if events is None or events.empty:
        return pd.DatetimeIndex([])
    first = events.loc[events["headline"].astype(bool), "date"]
    shifts = np.arange(FIRST_DAYS + 1)
    days = {day + pd.Timedelta(days=int(n)) for day in first.dropna() for n in shifts}
    return pd.DatetimeIndex(sorted(days))

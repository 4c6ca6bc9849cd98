"""Statements to occasions: the unit that a month counts.

An occasion is one speaker on one day through one channel. A press conference from which
four remarks were noted is one occasion, not four: its statements share one unit.
"""

from __future__ import annotations

from collections import Counter

import pandas as pd

from detente.countries import Dyad
from detente.errors import BadArgumentError
from detente.index.sums import OccasionSums

__all__ = ["no_statement", "occasion_means"]


#: Dyads that an error names, those with the most statements.
_NAMED = 5


def occasion_means(scored: pd.DataFrame, dyad: Dyad, *, is_corrected: bool = False) -> pd.DataFrame:
    """Average the tone of each occasion of a dyad.

    Parameters
    ----------
    scored : DataFrame
        A row per statement with `date`, `source`, `target`, `speaker`, `tone` and,
        where known, `channel`.
    dyad : Dyad
        The two countries; rows of others are passed over.
    is_corrected : bool, default False
        Whether tones were corrected by codings, and may lie outside [-1, 1].

    Returns
    -------
    DataFrame
        One row per occasion: `direction`, `month` (first day), `day`, `speaker`,
        `office` (of its first statement), `tone` (mean in [-1, 1], NaN where no statement has
        one), `squares` (sum of the squared distances from it), `n_statements` (with a tone),
        `n_unscored` (without).

    Raises
    ------
    BadArgumentError
        Where a needed column is absent, a date is missing or no date, or a tone is no number
        in [-1, 1].
    """
    sums = OccasionSums(dyad, is_corrected=is_corrected)
    sums.add(scored)
    return sums.occasions()


def no_statement(scored: pd.DataFrame, dyad: Dyad) -> BadArgumentError:
    """Return the error that nothing is said within a dyad; it names the dyads that are there.

    Parameters
    ----------
    scored : DataFrame
        A row per statement, as `occasion_means` takes it.
    dyad : Dyad
        The two countries.

    Returns
    -------
    BadArgumentError
        To be raised.
    """
    pairs = scored[["source", "target"]].dropna().itertuples(index=False)
    there = Counter("-".join(sorted(map(str, pair))) for pair in pairs)
    named = ", ".join(name for name, _ in there.most_common(_NAMED))
    return BadArgumentError(
        f"No dated statement of {dyad.directions[0]} or {dyad.directions[1]} was received.",
        remedy=f"The statements are of {named}: name that dyad."
        if len(there) == 1
        else f"The statements are of {named}: name one of them as the dyad."
        if there
        else "Check the dyad against the columns 'source' and 'target'.",
    )

"""Statements to occasions: the unit that a month counts.

An occasion is one speaker on one day through one channel. A press conference from which
four remarks were noted is one occasion, not four: its statements share one unit.
"""

from __future__ import annotations

import pandas as pd

from detente.countries import Dyad
from detente.index.sums import OccasionSums

__all__ = ["occasion_means"]


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

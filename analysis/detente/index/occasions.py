"""Statements to occasions: the unit that a month counts.

An occasion is one speaker on one day through one channel. A press conference from which
four remarks were noted is one occasion, not four: its statements share one unit.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from detente import wording
from detente.countries import Dyad
from detente.errors import BadArgumentError

__all__ = ["occasion_means"]

_NEEDED = ("date", "source", "target", "speaker", "tone")


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
    absent = [column for column in _NEEDED if column not in scored.columns]
    if absent:
        remedy = "Score the statements first: score_statements(frame)." if "tone" in absent else ""
        raise BadArgumentError(
            f"The scored statements lack the column {', '.join(map(repr, absent))}.", remedy=remedy
        )
    if not pd.api.types.is_datetime64_any_dtype(scored["date"]):
        raise BadArgumentError(
            f"The column 'date' holds {scored['date'].dtype}, not dates.",
            remedy="Read the statements with read_statements, or use pandas.to_datetime.",
        )
    if scored["date"].isna().any():
        n = int(scored["date"].isna().sum())
        raise BadArgumentError(
            f"{wording.count(n, 'statement')} of {len(scored):,} without a date received.",
            remedy="Date them, or leave them out: frame.dropna(subset='date').",
        )
    if not pd.api.types.is_numeric_dtype(scored["tone"]):
        raise BadArgumentError(
            f"The column 'tone' holds {scored['tone'].dtype}, not numbers.",
            remedy="Score the statements with score_statements, or use pandas.to_numeric.",
        )
    outside = scored["tone"].abs().gt(1)
    if outside.any() and not is_corrected:
        value = scored.loc[outside, "tone"].iloc[0]
        raise BadArgumentError(f"A tone of {value} was received; tone lies in [-1, 1].")
    direction = scored["source"].astype(str) + ">" + scored["target"].astype(str)
    rows = direction.isin(dyad.directions)
    # The day is that of the speaker's clock, whatever the zone of the time.
    day = scored.loc[rows, "date"].dt.tz_localize(None).dt.normalize()
    channel, office = (
        scored[name] if name in scored.columns else pd.Series("", scored.index)
        for name in ("channel", "level")
    )
    frame = pd.DataFrame(
        {
            "direction": direction[rows],
            "month": day.dt.to_period("M").dt.to_timestamp(),
            "day": day,
            "speaker": scored.loc[rows, "speaker"].fillna(""),
            "channel": channel[rows].fillna(""),
            "office": office[rows].fillna(""),
            "tone": scored.loc[rows, "tone"].astype("float64"),
        }
    )
    keys = ["direction", "month", "day", "speaker", "channel"]
    grouped = frame.groupby(keys, sort=True, observed=True)
    distance = frame["tone"] - grouped["tone"].transform("mean")
    occasions = (
        frame.assign(square=distance**2)
        .groupby(keys, sort=True, observed=True)
        .agg(
            office=("office", "first"),
            tone=("tone", "mean"),
            squares=("square", "sum"),
            n_statements=("tone", "count"),
            n_rows=("tone", "size"),
        )
        .reset_index()
    )
    occasions["n_unscored"] = (occasions["n_rows"] - occasions["n_statements"]).astype(np.int64)
    return occasions.drop(columns=["channel", "n_rows"])

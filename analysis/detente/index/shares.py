"""Statements with their share in the mean of their month."""

from __future__ import annotations

from typing import get_args

import pandas as pd

from detente.countries import Dyad
from detente.errors import BadArgumentError
from detente.index.sides import Weights

__all__ = ["statement_shares"]

#: What is carried along where the frame has it, in this order.
_CARRIED = ("id", "date", "speaker", "level", "channel", "topic", "tone", "text")


def statement_shares(
    scored: pd.DataFrame, dyad: Dyad | tuple[str, str] | str, weights: Weights = "occasion"
) -> pd.DataFrame:
    """Return the statements of a dyad with their share in the raw mean of their month.

    Parameters
    ----------
    scored : DataFrame
        As for `monthly_index`. The frame is not changed.
    dyad : Dyad, tuple of str or str
        The two countries; rows of others are passed over.
    weights : {"occasion", "office", "day", "none"}, default "occasion"
        What has one unit in its month.

    Returns
    -------
    DataFrame
        One row per statement that has a tone, in order of month, direction and row: `month`
        (first day), `direction`, of `id`, `date`, `speaker`, `level`, `channel`, `topic`, `tone`
        ([-1, 1]) and `text` those that `scored` has, and `share` (0 to 1; the shares of a month
        and direction sum to 1, and the sum of share x tone x 100 is its raw mean in degrees).

    Raises
    ------
    BadArgumentError
        For an unknown weighting.

    Examples
    --------
    >>> scored = pd.DataFrame({
    ...     "date": pd.to_datetime(["2015-10-05", "2015-10-05", "2015-10-09"]),
    ...     "source": "RUS", "target": "TUR", "speaker": ["A", "A", "B"],
    ...     "tone": [0.5, 0.1, -0.6]})
    >>> statement_shares(scored, ("RUS", "TUR"))["share"].tolist()
    [0.25, 0.25, 0.5]
    """
    if weights not in get_args(Weights):
        raise BadArgumentError(
            f"Unknown weights {weights!r}.", remedy=f"Use one of {', '.join(get_args(Weights))}."
        )
    dyad = Dyad.parse(dyad)
    scored = scored.reset_index(drop=True)
    direction = scored["source"].astype(str) + ">" + scored["target"].astype(str)
    rows = scored[direction.isin(dyad.directions)]
    day = rows["date"].dt.tz_localize(None).dt.normalize()
    keys = pd.DataFrame(
        {
            "direction": direction[rows.index],
            "month": day.dt.to_period("M").dt.to_timestamp(),
            "day": day,
            "speaker": rows["speaker"].fillna(""),
            "channel": rows["channel"].fillna("") if "channel" in rows else "",
            "office": rows["level"].fillna("") if "level" in rows else "",
        }
    )
    occasion = ["direction", "day", "speaker", "channel"]
    keys["office"] = keys.groupby(occasion, observed=True)["office"].transform("first")
    keys = keys[rows["tone"].notna()]
    statement = 1.0 / keys.groupby(occasion, observed=True)["month"].transform("size")
    weight = statement * _unit(keys, statement, weights)
    total = weight.groupby([keys["month"], keys["direction"]]).transform("sum")
    carried = rows.loc[keys.index, [name for name in _CARRIED if name in rows.columns]]
    table = carried.assign(share=weight / total)
    table.insert(0, "direction", keys["direction"])
    table.insert(0, "month", keys["month"])
    return table.sort_values(["month", "direction"], kind="stable", ignore_index=True)


def _unit(
    keys: pd.DataFrame, statement: pd.Series[float], weights: Weights
) -> pd.Series[float] | float:
    """Return the weight of each statement's occasion."""
    if weights == "none":
        return 1.0 / statement
    if weights == "occasion":
        return 1.0
    unit = {"office": ["direction", "month", "office"], "day": ["direction", "day"]}[weights]
    # Each occasion counts once, so its statements sum to one.
    sharing = statement.groupby([keys[name] for name in unit], observed=True).transform("sum")
    return 1.0 / sharing

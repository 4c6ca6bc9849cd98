"""Specifications side by side: which agree with the headline, and how many."""

from __future__ import annotations

import numpy as np
import pandas as pd

from detente.inference.robustness_result import COLUMNS

__all__ = ["judge_specifications", "summarise_specifications"]

_ENDS = ("estimate", "lower", "upper")


def judge_specifications(table: pd.DataFrame) -> pd.DataFrame:
    """Add whether each estimate agrees with its headline, and sort by quantity.

    Parameters
    ----------
    table : DataFrame
        One row per quantity and specification, without `agrees` and `excludes_zero`.

    Returns
    -------
    DataFrame
        The columns of `RobustnessResult.table`.
    """
    keys = ["quantity", "name"]
    headline = table[table["is_headline"]].set_index(keys)["estimate"]
    its = headline.reindex(pd.MultiIndex.from_frame(table[keys])).to_numpy("float64")
    mine = table["estimate"].to_numpy("float64")
    agrees = pd.Series(np.sign(mine) == np.sign(its), table.index, dtype="boolean")
    is_judged = np.isfinite(mine) & np.isfinite(its) & table["quantity"].ne("correlation")
    agrees = agrees.mask(~is_judged)
    excludes = ((table["lower"] > 0) | (table["upper"] < 0)).astype("boolean")
    excludes = excludes.mask(table["lower"].isna() | table["upper"].isna())
    order = ["level", "contrast", "change", "correlation"]
    table = table.assign(agrees=agrees, excludes_zero=excludes)
    rank = table["quantity"].map(order.index)
    place = table.groupby(keys, sort=False).ngroup()
    table = table.assign(rank=rank, place=place).sort_values(["rank", "place"], kind="stable")
    return table[list(COLUMNS)].reset_index(drop=True)


def summarise_specifications(table: pd.DataFrame) -> pd.DataFrame:
    """Count, for each quantity, the specifications that say what the headline says.

    Parameters
    ----------
    table : DataFrame
        As `judge_specifications` gives it.

    Returns
    -------
    DataFrame
        As `RobustnessResult.summary`.
    """
    rows = []
    for (quantity, name), some in table.groupby(["quantity", "name"], sort=False):
        own, others = some[some["is_headline"]], some[~some["is_headline"]]
        known = others[others["status"] == "estimated"]
        values = known["estimate"]
        judged = known[known["agrees"].notna()]
        firm = judged[judged["excludes_zero"].notna()]
        beyond = firm["excludes_zero"].astype(bool) & firm["agrees"].astype(bool)
        rows.append(
            {
                "quantity": quantity,
                "name": name,
                **{end: own[end].iloc[0] if len(own) else np.nan for end in _ENDS},
                "n_specifications": len(others),
                "n_estimated": len(known),
                "n_failed": int((others["status"] == "failed").sum()),
                "share_agree": float(judged["agrees"].mean()) if len(judged) else np.nan,
                "share_excludes_zero": float(beyond.mean()) if len(firm) else np.nan,
                "smallest": values.min(),
                "median": values.median(),
                "largest": values.max(),
            }
        )
    return pd.DataFrame(rows)

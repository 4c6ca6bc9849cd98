"""A change of a weighted mean, split by groups into composition and tone."""

from __future__ import annotations

import pandas as pd

__all__ = ["shift_share"]


def shift_share(
    later: pd.DataFrame,
    earlier: pd.DataFrame,
    usual: pd.Series[float],
    reference: float,
) -> pd.DataFrame:
    """Split a change between two weighted means by group.

    Parameters
    ----------
    later, earlier : DataFrame
        A row per group, the group as index: `share` (sums to one) and `mean` (degrees) of
        those groups that are there.
    usual : Series of float
        Mean of each group over all months, degrees: stands for a group in a month without it.
    reference : float
        Degrees from which a group's distance is counted; changes no total.

    Returns
    -------
    DataFrame
        A row per group, the group as index, in the order of the names: `share`,
        `share_before`, `mean`, `mean_before` (NaN where the group is absent), `composition`,
        `tone_change` and their sum `contribution`, degrees.

    Notes
    -----
    Kitagawa's decomposition [1]_: with shares s and means m of a group, r the reference,
    ``composition = (s1 - s0) ((m1 + m0) / 2 - r)`` and
    ``tone_change = (m1 - m0) (s1 + s0) / 2``. Their sum is ``s1 (m1 - r) - s0 (m0 - r)``; as
    shares sum to one, these add up to the change of the mean, whatever r is. A group that one
    month lacks stands there with its usual mean: what it said otherwise than usual is
    tone, that it came or left is composition.

    References
    ----------
    .. [1] Kitagawa, E. M. (1955). Components of a difference between two rates. Journal of
       the American Statistical Association 50(272).

    Examples
    --------
    >>> later = pd.DataFrame({"share": [1.0], "mean": [-40.0]}, index=["syria"])
    >>> earlier = pd.DataFrame({"share": [0.5, 0.5], "mean": [-20.0, 40.0]}, ["syria", "trade"])
    >>> usual = pd.Series({"syria": -30.0, "trade": 30.0})
    >>> split = shift_share(later, earlier, usual, 10.0)
    >>> split[["composition", "tone_change"]].round(1).to_dict("index")
    {'syria': {'composition': -20.0, 'tone_change': -15.0}, \
'trade': {'composition': -12.5, 'tone_change': -2.5}}
    """
    groups = later.index.union(earlier.index)
    one, two = later.reindex(groups), earlier.reindex(groups)
    s1, s0 = one["share"].fillna(0.0), two["share"].fillna(0.0)
    m1 = one["mean"].fillna(usual.reindex(groups))
    m0 = two["mean"].fillna(usual.reindex(groups))
    composition = (s1 - s0) * ((m1 + m0) / 2 - reference)
    tone_change = (m1 - m0) * (s1 + s0) / 2
    return pd.DataFrame(
        {
            "share": s1,
            "share_before": s0,
            "mean": one["mean"],
            "mean_before": two["mean"],
            "composition": composition,
            "tone_change": tone_change,
            "contribution": composition + tone_change,
        }
    )

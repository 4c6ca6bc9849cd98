"""Whether months with many statements are colder or warmer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from detente import wording
from detente.index import IndexResult
from detente.index.sides import Floats

__all__ = ["BLOCK", "MIN_MONTHS", "count_and_tone", "counts_told"]

#: Months that are drawn together.
BLOCK = 12

#: With fewer observed months no interval is given.
MIN_MONTHS = 24


def count_and_tone(result: IndexResult, n_replicates: int, seed: int) -> pd.DataFrame:
    """Correlate the number of a month's statements with its raw tone.

    Parameters
    ----------
    result : IndexResult
        The index.
    n_replicates : int
        Bootstrap replicates.
    seed : int
        Of the random numbers.

    Returns
    -------
    DataFrame
        One row per direction (also "bilateral"): `direction`, `rho` (Spearman), `lower`,
        `upper`, `n_months` (with a raw value).

    Notes
    -----
    Months resemble their neighbours, so the interval resamples blocks of twelve months, which
    wrap around the end of the period, and takes percentiles [1]_. Months without a raw
    value stay in their block and count in no correlation.

    References
    ----------
    .. [1] Politis, D. N. and Romano, J. P. (1992). A circular block-resampling procedure for
       stationary data. In: Exploring the Limits of Bootstrap. Wiley.
    """
    rng = np.random.default_rng(seed)
    m = len(result.months)
    starts = rng.integers(0, m, (n_replicates, -(-m // BLOCK)))
    drawn = (starts[:, :, None] + np.arange(BLOCK)).reshape(n_replicates, -1)[:, :m] % m
    tail = (1 - result.confidence) / 2
    table = []
    for direction, rows in result.table.groupby("direction", sort=False):
        n = rows["n_statements"].to_numpy("float64")
        raw = rows["raw"].to_numpy("float64")
        lower = upper = np.nan
        n_months = int(np.isfinite(raw).sum())
        if n_months >= MIN_MONTHS:
            found = _spearman(n[drawn], raw[drawn])
            if np.isfinite(found).any():
                lower, upper = np.nanquantile(found, [tail, 1 - tail])
        rho = float(_spearman(n[None], raw[None])[0])
        table.append([direction, rho, float(lower), float(upper), n_months])
    return pd.DataFrame(table, columns=["direction", "rho", "lower", "upper", "n_months"])


def _spearman(x: Floats, y: Floats) -> Floats:
    """Return the rank correlation of each row's known pairs, NaN where one is constant."""
    from scipy.stats import rankdata

    known = np.isfinite(x) & np.isfinite(y)
    n = known.sum(axis=1)
    # What is not known ranks last, and moves the rank of nothing else.
    a, b = (
        np.where(known, rankdata(np.where(known, values, np.inf), axis=1), 0.0) for values in (x, y)
    )
    middle = np.where(known, (n[:, None] + 1) / 2, 0.0)
    a, b = a - middle, b - middle
    size = np.sqrt((a**2).sum(axis=1) * (b**2).sum(axis=1))
    enough = (n >= 3) & (size > 0)
    rho: Floats = np.divide((a * b).sum(axis=1), size, out=np.full(len(n), np.nan), where=enough)
    return rho


def counts_told(row: Mapping[str, Any], confidence: float) -> str:
    """Say whether months with many statements were colder or warmer.

    Parameters
    ----------
    row : mapping
        `rho`, `lower` and `upper` of a direction.
    confidence : float
        Coverage of the interval.

    Returns
    -------
    str
        One sentence.
    """
    if not np.isfinite(row["rho"]):
        return wording.say("Whether busy months are colder cannot be told: too few months.")
    rho = wording.number(row["rho"], 2)
    if not np.isfinite(row["lower"]):
        return wording.say(
            "Whether busy months are colder cannot be told (rank correlation {rho}, no interval).",
            rho=rho,
        )
    told = wording.say(
        "rank correlation {rho}, {share} confidence interval {lower} to {upper}",
        rho=rho,
        share=wording.share(confidence),
        lower=wording.number(row["lower"], 2),
        upper=wording.number(row["upper"], 2),
    )
    if row["lower"] > 0:
        return wording.say(
            "Months with more statements were warmer ({correlation}).", correlation=told
        )
    if row["upper"] < 0:
        return wording.say(
            "Months with more statements were colder ({correlation}).", correlation=told
        )
    return wording.say(
        "Whether months with more statements are colder or warmer cannot be told ({correlation}).",
        correlation=told,
    )

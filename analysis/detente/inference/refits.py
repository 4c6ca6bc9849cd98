"""The index once more with one thing changed, and how far it moves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

import numpy as np
import pandas as pd

from detente.index import BILATERAL, IndexResult, Weights, monthly_index

__all__ = ["compare", "leave_out_speakers", "refit", "reweight"]


def refit(scored: pd.DataFrame, headline: IndexResult, **changes: Any) -> IndexResult:
    """Estimate an index over the same months in the same way, but for what is changed.

    Parameters
    ----------
    scored : DataFrame
        Statements, all or some of those of the index.
    headline : IndexResult
        The index whose choices are taken over.
    **changes : object
        Other choices of `monthly_index`, by name.

    Returns
    -------
    IndexResult
        The index of these statements.
    """
    choices: dict[str, Any] = {
        "method": headline.method,
        "weights": headline.weights,
        "confidence": headline.confidence,
        "since": headline.months[0],
        "until": headline.months[-1],
    }
    if headline.state is not None:
        choices["model"] = headline.state.model
    return monthly_index(scored, headline.dyad, **(choices | changes))


def compare(
    other: IndexResult, headline: IndexResult, direction: str = BILATERAL
) -> dict[str, Any]:
    """Say how far an index lies from another over the same months.

    Parameters
    ----------
    other, headline : IndexResult
        The two; the difference is the first less the second.
    direction : str, default "bilateral"
        "A>B", "B>A" or "bilateral".

    Returns
    -------
    dict
        `correlation` over the months that have both, `mean_difference` and
        `largest_difference` (degrees, signed) with its `month`, `n_months` compared; missing
        where there is nothing to compare.
    """
    one = other.direction(direction).set_index("month")["index"]
    two = headline.direction(direction).set_index("month")["index"]
    known = one.notna() & two.notna()
    if not known.any():
        return {
            "correlation": np.nan,
            "mean_difference": np.nan,
            "largest_difference": np.nan,
            "month": pd.NaT,
            "n_months": 0,
        }
    one, two = one[known], two[known]
    difference = one - two
    # Rounded, so that a tie goes to the earlier month on every machine.
    largest = int(difference.abs().round(9).argmax())
    is_flat = len(one) < 3 or float(np.ptp(one)) < 1e-9 or float(np.ptp(two)) < 1e-9
    return {
        "correlation": np.nan if is_flat else float(np.corrcoef(one, two)[0, 1]),
        "mean_difference": float(difference.mean()),
        "largest_difference": float(difference.iloc[largest]),
        "month": difference.index[largest],
        "n_months": int(known.sum()),
    }


def leave_out_speakers(
    scored: pd.DataFrame, rows: pd.DataFrame, headline: IndexResult, n_speakers: int
) -> pd.DataFrame:
    """Estimate the index without each of those who speak most.

    Parameters
    ----------
    scored : DataFrame
        Statements.
    rows : DataFrame
        Those of the dyad in the period, as `dyad_rows` gives them.
    headline : IndexResult
        The index with everybody.
    n_speakers : int
        How many speakers are left out, one at a time.

    Returns
    -------
    DataFrame
        One row per speaker, most statements first: `speaker`, `direction`, `n_statements`,
        `share` (of all statements with a tone), `share_direction`, `months_lost` (in which both
        sides no longer speak), and what `compare` gives for the bilateral index.
    """
    spoken = rows[rows["degrees"].notna()]
    total = spoken.groupby("direction").size()
    said = spoken.groupby(["direction", "speaker"]).size().rename("n").reset_index()
    said = said.sort_values(["n", "speaker"], ascending=[False, True])
    table: list[dict[str, Any]] = []
    direction_of = scored["source"].astype(str) + ">" + scored["target"].astype(str)
    for direction, speaker, n in said.head(n_speakers).itertuples(index=False, name=None):
        is_theirs = scored["speaker"].eq(speaker) & (direction_of == direction)
        without = refit(scored[~is_theirs.fillna(False).astype(bool)], headline)
        table.append(
            {
                "speaker": speaker,
                "direction": direction,
                "n_statements": n,
                "share": n / len(spoken),
                "share_direction": n / total[direction],
                "months_lost": headline.coverage.n_both - without.coverage.n_both,
                **compare(without, headline),
            }
        )
    return pd.DataFrame(table)


def reweight(
    scored: pd.DataFrame, headline: IndexResult, weights: Sequence[str] = get_args(Weights)
) -> pd.DataFrame:
    """Estimate the index under each weighting.

    Parameters
    ----------
    scored : DataFrame
        Statements.
    headline : IndexResult
        The index as it is published.
    weights : sequence of str, default all
        The weightings.

    Returns
    -------
    DataFrame
        One row per weighting: `weights`, `is_headline`, and what `compare` gives for the
        bilateral index.
    """
    table = []
    for name in weights:
        is_headline = name == headline.weights
        other = headline if is_headline else refit(scored, headline, weights=name)
        table.append({"weights": name, "is_headline": is_headline, **compare(other, headline)})
    return pd.DataFrame(table)

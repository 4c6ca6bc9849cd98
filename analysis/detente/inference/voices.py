"""Who spoke and how: what the choice of voices does to the index."""

from __future__ import annotations

from typing import Any

import pandas as pd

from detente.countries import Dyad
from detente.errors import BadArgumentError
from detente.index import BILATERAL, IndexResult, monthly_index
from detente.inference.counting import BLOCK, count_and_tone
from detente.inference.groups import (
    CONTACT_CHANNELS,
    UNILATERAL_CHANNELS,
    contact_frequency,
    dyad_rows,
    search_gap,
    tone_by_group,
)
from detente.inference.refits import compare, leave_out_speakers, refit, reweight
from detente.inference.voices_result import VoicesResult

__all__ = ["CONTACT_CHANNELS", "UNILATERAL_CHANNELS", "estimate_voices"]


def estimate_voices(
    scored: pd.DataFrame,
    dyad: Dyad | tuple[str, str] | str = ("RUS", "TUR"),
    *,
    headline: IndexResult | None = None,
    n_speakers: int = 5,
    n_replicates: int = 999,
    seed: int = 0,
) -> VoicesResult:
    """Describe who spoke and how, and estimate the index without some of the voices.

    Parameters
    ----------
    scored : DataFrame
        A row per statement, as for `monthly_index`; `channel`, `level`, `topic` and `wave`
        are used where they are there. The frame is not changed.
    dyad : Dyad, tuple of str or str, default ("RUS", "TUR")
        The two countries.
    headline : IndexResult, optional
        The index of these statements; its method, weights, model, period and confidence are
        taken over. Default: `monthly_index(scored, dyad)`.
    n_speakers : int, default 5
        How many of those who speak most are left out, one at a time; 0 or more.
    n_replicates : int, default 999
        Bootstrap replicates of the correlation of number and tone; at least 1.
    seed : int, default 0
        Of the random numbers.

    Returns
    -------
    VoicesResult
        The index of the unilateral channels beside the headline, contacts, mean tones, the
        index without each top speaker and under each weighting, number of statements and tone.

    Raises
    ------
    BadArgumentError
        Where a number is too small, the headline is that of another dyad, or the statements
        cannot make an index.

    Notes
    -----
    Each of the index's refits takes about as long as the index itself; there are
    ``n_speakers + 4`` of them.

    Examples
    --------
    >>> scored = pd.DataFrame({
    ...     "date": pd.to_datetime(["2015-10-05", "2015-10-09", "2015-12-02", "2015-12-03"]),
    ...     "source": ["RUS", "RUS", "RUS", "TUR"], "target": ["TUR", "TUR", "TUR", "RUS"],
    ...     "speaker": ["A", "B", "A", "C"], "tone": [0.5, 0.1, -0.6, -0.2],
    ...     "channel": ["phone_call", "speech", "speech", "interview"]})
    >>> index = monthly_index(scored, method="means")
    >>> found = estimate_voices(scored, headline=index, n_speakers=1, n_replicates=9)
    >>> found.contacts_sentence
    'Calls, meetings, letters and joint statements are 1 occasion of 4 (25%).'
    """
    dyad = Dyad.parse(dyad)
    for name, value, least in (
        ("n_speakers", n_speakers, 0),
        ("n_replicates", n_replicates, 1),
    ):
        if value < least:
            raise BadArgumentError(f"{name}={value} was received; it is at least {least}.")
    index = monthly_index(scored, dyad) if headline is None else headline
    if index.dyad.directions != dyad.directions:
        raise BadArgumentError(
            f"The headline is the index of {index.dyad.slug}, not of {dyad.slug}."
        )
    rows = dyad_rows(scored, dyad, index.months[0], index.months[-1])
    unilateral = None
    contacts = pd.DataFrame()
    if "channel" in scored.columns:
        is_unilateral = scored["channel"].isin(UNILATERAL_CHANNELS)
        unilateral = refit(scored[is_unilateral], index)
        contacts = contact_frequency(rows, index.months, dyad.directions, index.confidence)
    return VoicesResult(
        table=_beside(index, unilateral),
        groups=tone_by_group(rows, index.confidence),
        contacts=contacts,
        speakers=leave_out_speakers(scored, rows, index, n_speakers),
        weightings=reweight(scored, index),
        counts=count_and_tone(index, n_replicates, seed),
        searches=search_gap(rows, index.confidence),
        headline=index,
        unilateral=unilateral,
        unilateral_difference=compare(unilateral or index, index, BILATERAL),
        options=_options(index, n_speakers, n_replicates, seed),
    )


def _beside(index: IndexResult, unilateral: IndexResult | None) -> pd.DataFrame:
    """Put the unilateral index beside the headline."""
    keys = ["month", "direction"]
    table = index.table[[*keys, "index", "lower", "upper", "n_statements"]]
    names = {
        "index": "unilateral",
        "lower": "unilateral_lower",
        "upper": "unilateral_upper",
        "raw": "unilateral_raw",
        "n_statements": "n_unilateral",
    }
    if unilateral is None:
        return table.assign(**{name: float("nan") for name in names.values()})
    other = unilateral.table[[*keys, *names]].rename(columns=names)
    return table.merge(other, on=keys, how="left", validate="one_to_one")


def _options(index: IndexResult, n_speakers: int, n_replicates: int, seed: int) -> dict[str, Any]:
    return {
        "method": index.method,
        "model": None if index.state is None else index.state.model,
        "weights": index.weights,
        "confidence": index.confidence,
        "since": f"{index.months[0]:%Y-%m}",
        "until": f"{index.months[-1]:%Y-%m}",
        "n_speakers": n_speakers,
        "n_replicates": n_replicates,
        "block_months": BLOCK,
        "seed": seed,
    }

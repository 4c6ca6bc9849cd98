"""The index of statements that come in batches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from detente.countries import Dyad
from detente.index.likelihood import Model
from detente.index.monthly import Method, check_choices, index_of_occasions, known_on
from detente.index.months import Month, as_day
from detente.index.result import IndexResult
from detente.index.sides import Weights
from detente.index.sums import OccasionSums

__all__ = ["index_of_batches"]


def index_of_batches(
    batches: Iterable[pd.DataFrame],
    dyad: Dyad | tuple[str, str] | str = ("RUS", "TUR"),
    *,
    method: Method = "state_space",
    weights: Weights = "occasion",
    model: Model = "mean_reverting",
    as_of: Month | None = None,
    seed: int = 0,
    confidence: float = 0.95,
    since: Month | None = None,
    until: Month | None = None,
) -> IndexResult:
    """Aggregate scored statements that come in batches into the monthly relations index.

    Parameters
    ----------
    batches : iterable of DataFrame
        Scored statements, as for `monthly_index`, cut anywhere; one batch is held at a time.
    dyad : Dyad, tuple of str or str, default ("RUS", "TUR")
        The two countries.
    method : {"state_space", "means"}, default "state_space"
        As for `monthly_index`, as are all that follow.
    weights : {"occasion", "office", "day", "none"}, default "occasion"
        What has one unit in its month.
    model : {"mean_reverting", "local_level"}, default "mean_reverting"
        Law of the state.
    as_of : str, datetime.date or Timestamp, optional
        Day after which nothing was known.
    seed : int, default 0
        Of the paths that `IndexResult.draws` gives.
    confidence : float, default 0.95
        Coverage of the intervals, in (0, 1).
    since, until : str, datetime.date or Timestamp, optional
        First and last month, both included.

    Returns
    -------
    IndexResult
        That of `monthly_index` for all batches below each other, without `statements`, and
        the same in every bit however they are cut.

    Raises
    ------
    BadArgumentError
        As from `monthly_index`.

    Notes
    -----
    See `OccasionSums` for what is summed. Codings cannot correct this index: that needs the
    single statements.

    Examples
    --------
    >>> scored = pd.DataFrame({
    ...     "date": pd.to_datetime(["2015-10-05", "2015-10-09", "2015-12-02"]),
    ...     "source": "RUS", "target": "TUR", "speaker": "A", "tone": [0.5, 0.1, -0.6]})
    >>> batches = (scored.iloc[i : i + 2] for i in (0, 2))
    >>> index_of_batches(batches, method="means").direction("RUS>TUR")["index"].tolist()
    [30.0, nan, -60.0]
    """
    sums = OccasionSums(dyad)
    check_choices(method, weights, model, confidence)
    known = None if as_of is None else as_day(as_of, "as_of")
    for batch in batches:
        sums.add(batch if known is None else known_on(batch, known))
    result = index_of_occasions(
        sums.occasions(),
        sums.dyad,
        method=method,
        weights=weights,
        model=model,
        confidence=confidence,
        since=since,
        until=until,
    )
    return replace(result, as_of=known, seed=seed)

"""Every two of several scorers, paired over the same statements."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import numpy as np
import pandas as pd

from detente.errors import BadArgumentError
from detente.validation.estimates import DIFFERENCES, estimate_tones
from detente.validation.pairs import pair_codings
from detente.validation.resampling import Options

__all__ = ["paired_differences"]


def paired_differences(
    scored: Mapping[str, pd.DataFrame], codings: pd.DataFrame, options: Options | None = None
) -> pd.DataFrame:
    """Estimate how far each scorer agrees better with codings than each one before it.

    Parameters
    ----------
    scored : mapping of str to DataFrame
        Name of the scorer -> the same statements scored by it, as `validate_scorer` takes them.
    codings : DataFrame
        As `read_codings` returns them.
    options : Options, optional
        How intervals are made.

    Returns
    -------
    DataFrame
        One row per two scorers and compared measure: scorer, baseline (the earlier of the two),
        measure ("pearson", "macro_f1"), difference, lower, upper, n (statements that both gave a
        tone). Both stand in each replicate of the bootstrap.

    Raises
    ------
    BadArgumentError
        As `validate_scorer`; also for an id that stands twice among the statements of any scorer.

    Examples
    --------
    >>> frame = pd.DataFrame({
    ...     "id": list("abcd"), "date": pd.to_datetime(["2015-10-05", "2015-11-26"] * 2),
    ...     "source": "RUS", "target": "TUR", "text": "...", "tone": [0.5, -0.6, 0.0, -0.2]})
    >>> codings = pd.DataFrame({"id": list("abcd"), "coder": "A", "code": [2, -2, 1, 0],
    ...     "coder_type": "human"})
    >>> both = {"first": frame, "second": frame.assign(tone=[0.6, -0.6, 0.3, 0.0])}
    >>> found = paired_differences(both, codings)
    >>> found[["scorer", "baseline", "measure"]].iloc[0].tolist(), bool(found["difference"][0] > 0)
    (['second', 'first', 'pearson'], True)
    """
    for name, frame in scored.items():
        _check(name, frame)
    found = [
        _difference(one, scored[one], other, scored[other], codings, options or Options())
        for one, other in combinations(scored, 2)
    ]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=DIFFERENCES)


def _check(name: str, frame: pd.DataFrame) -> None:
    """Raise where tones could not be looked up by id; `pair_codings` sees one frame alone."""
    missing = [column for column in ("id", "tone") if column not in frame]
    if missing:
        raise BadArgumentError(
            f"The statements scored by '{name}' have no column '{missing[0]}'.",
            remedy="Read them with read_statements and score them with score_statements.",
        )
    ids = frame["id"].astype("str")
    twice = ids[ids.duplicated()]
    if len(twice):
        raise BadArgumentError(
            f"The id {twice.iloc[0]!r} stands twice in the statements scored by '{name}'.",
            remedy="Give each statement an id of its own.",
        )


def _difference(
    one: str,
    by_one: pd.DataFrame,
    other: str,
    by_other: pd.DataFrame,
    codings: pd.DataFrame,
    options: Options,
) -> pd.DataFrame:
    needs = {"tone by one": by_one, "tone by other": by_other}
    tones = {
        column: by_one["id"].astype("str").map(frame.set_index(frame["id"].astype("str"))["tone"])
        for column, frame in needs.items()
    }
    pairs = pair_codings(by_one.assign(**tones), codings, needs=tuple(needs))
    values = {
        name: pairs.frame[column].to_numpy(np.float64)
        for name, column in zip((one, other), needs, strict=True)
    }
    return estimate_tones(pairs, values, one, options)[1]

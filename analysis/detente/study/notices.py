"""What every output of a run must carry, said once."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from detente import wording
from detente.index import IndexResult
from detente.statements import EXAMPLE_DATA

__all__ = [
    "GRAVE",
    "REFUSED",
    "n_example_events",
    "noticed",
    "refusal",
    "study_notices",
]

#: How the notice begins where the index shows monthly means for want of a model.
REFUSED = "State-space index refused"

#: Notices that go into the rows: they forbid a use, the others are in results.json.
GRAVE = (EXAMPLE_DATA, "bad row")


def study_notices(
    *,
    n_example: int = 0,
    refused: str = "",
    n_rejected: int = 0,
    n_unscored: int = 0,
    n_set_aside: int = 0,
    n_outside: int = 0,
) -> tuple[str, ...]:
    """Say what a reader of any output has to know about the rows behind it.

    Parameters
    ----------
    n_example : int
        Statements of a placeholder speaker ("Example Minister"), and invented events.
    refused : str
        Why there is no state-space index; empty where it was made or not asked for.
    n_rejected : int
        Bad rows that were set aside.
    n_unscored : int
        Statements without a tone.
    n_set_aside : int
        Rows of another dyad.
    n_outside : int
        Statements outside the study's period.

    Returns
    -------
    tuple of str
        One notice per reason and count that is not zero, the gravest first.

    Examples
    --------
    >>> study_notices(n_unscored=2, n_rejected=1)
    ('1 bad row set aside', '2 statements without tone')
    >>> study_notices()
    ()
    """
    told = [
        (n_example, EXAMPLE_DATA),
        (refused, f"{REFUSED} ({refused}); monthly means shown"),
        (n_rejected, f"{wording.count(n_rejected, 'bad row')} set aside"),
        (n_unscored, f"{wording.count(n_unscored, 'statement')} without tone"),
        (n_set_aside, f"{wording.count(n_set_aside, 'row')} of another dyad set aside"),
        (n_outside, f"{wording.count(n_outside, 'statement')} outside the period set aside"),
    ]
    return tuple(text for is_so, text in told if is_so)


def n_example_events(events: pd.DataFrame) -> int:
    """Count the invented events that `detente init` wrote and nobody has replaced yet.

    Parameters
    ----------
    events : DataFrame
        The events.

    Returns
    -------
    int
        Rows whose outlet begins with "Example ".
    """
    return int(events["outlet"].fillna("").str.startswith("Example ").sum())


def refusal(index: IndexResult) -> str:
    """Say why an index has no state-space model of both sides.

    Parameters
    ----------
    index : IndexResult
        The index.

    Returns
    -------
    str
        The reasons; empty where there are none.
    """
    reasons = {side: index.reasons[side] for side in index.dyad.directions if side in index.reasons}
    told = sorted(set(reasons.values()))
    if len(reasons) == 2 and len(told) == 1:
        return f"both sides: {told[0]}"
    return "; ".join(f"{index.direction_name(side)}: {why}" for side, why in reasons.items())


def noticed(
    table: pd.DataFrame, notices: Sequence[str], *, marks: Sequence[str] = GRAVE
) -> pd.DataFrame:
    """Return a table whose rows carry the grave notices.

    Parameters
    ----------
    table : DataFrame
        Any table; unchanged.
    notices : sequence of str
        As `study_notices` gives them.
    marks : sequence of str, default `GRAVE`
        A notice that holds one of them is grave.

    Returns
    -------
    DataFrame
        The table, with a last column `notice` while there is a grave notice.

    Examples
    --------
    >>> noticed(pd.DataFrame({"x": [1]}), ["1 bad row set aside"])["notice"].tolist()
    ['1 bad row set aside']
    """
    grave = [notice for notice in notices if any(mark in notice for mark in marks)]
    # A column of that name in the user's file makes way, so that the notice stays the last.
    rest = table.drop(columns="notice", errors="ignore")
    return rest.assign(notice="; ".join(grave)) if grave else table

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
    "Notice",
    "n_example_events",
    "noticed",
    "refusal",
    "study_notices",
]

#: Code of the notice that the index shows monthly means for want of a model.
REFUSED = "refused"

#: Codes of notices that go into the rows: they forbid a use, the others are in results.json.
GRAVE = ("example", "rejected")


class Notice(str):
    """What a reader has to know, in words, with a code that is the same in every language.

    Parameters
    ----------
    text : str
        The words.
    code : str
        What it is about: "example", "refused", "rejected", "unscored", "set aside" or "outside".
    short : str, optional
        What a running head carries, where the words are too many for it.

    Examples
    --------
    >>> notice = Notice("1 bad row set aside", "rejected")
    >>> notice, notice.code
    ('1 bad row set aside', 'rejected')
    """

    code: str
    short: str

    def __new__(cls, text: str, code: str, short: str = "") -> Notice:
        """Make a notice."""
        notice = super().__new__(cls, text)
        notice.code = code
        notice.short = short or text
        return notice

    def __reduce__(self) -> tuple[type[Notice], tuple[str, str, str]]:
        return Notice, (str(self), self.code, self.short)


def study_notices(
    *,
    n_example: int = 0,
    refused: str = "",
    n_rejected: int = 0,
    n_unscored: int = 0,
    n_set_aside: int = 0,
    n_outside: int = 0,
) -> tuple[Notice, ...]:
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
    tuple of Notice
        One per reason and count that is not zero, the gravest first; `EXAMPLE_DATA` stands in
        English, as charts and reports look for it and say it themselves.

    Examples
    --------
    >>> study_notices(n_unscored=2, n_rejected=1)
    ('1 bad row set aside', '2 statements without tone')
    >>> study_notices()
    ()
    """
    told = [
        (n_example, "example", EXAMPLE_DATA),
        (
            refused,
            REFUSED,
            wording.say(
                "State-space index refused ({reason}); monthly means shown", reason=refused
            ),
        ),
        (
            n_rejected,
            "rejected",
            wording.say_count("{n} bad row set aside", "{n} bad rows set aside", n_rejected),
        ),
        (
            n_unscored,
            "unscored",
            wording.say_count(
                "{n} statement without tone", "{n} statements without tone", n_unscored
            ),
        ),
        (
            n_set_aside,
            "set aside",
            wording.say_count(
                "{n} row of another dyad set aside",
                "{n} rows of another dyad set aside",
                n_set_aside,
            ),
        ),
        (
            n_outside,
            "outside",
            wording.say_count(
                "{n} statement outside the period set aside",
                "{n} statements outside the period set aside",
                n_outside,
            ),
        ),
    ]
    short = {REFUSED: wording.say("Index by monthly means")} if refused else {}
    return tuple(Notice(text, code, short.get(code, "")) for is_so, code, text in told if is_so)


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
        return wording.say("both sides: {reason}", reason=told[0])
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
        Codes of notices that are grave.

    Returns
    -------
    DataFrame
        The table, with a last column `notice` while there is a grave notice.

    Examples
    --------
    >>> noticed(pd.DataFrame({"x": [1]}), study_notices(n_rejected=1))["notice"].tolist()
    ['1 bad row set aside']
    """
    grave = [notice for notice in notices if getattr(notice, "code", "") in marks]
    # A column of that name in the user's file makes way, so that the notice stays the last.
    rest = table.drop(columns="notice", errors="ignore")
    return rest.assign(notice="; ".join(grave)) if grave else table

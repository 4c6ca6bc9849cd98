"""Readers' names of the values that tables and files keep in English."""

from __future__ import annotations

from detente import wording

__all__ = ["code_told"]

_KNOWN = frozenset(
    (
        # Offices and channels of statements.
        wording.mark("head of state"),
        wording.mark("head of government"),
        wording.mark("foreign minister"),
        wording.mark("minister"),
        wording.mark("ministry"),
        wording.mark("ambassador"),
        wording.mark("spokesperson"),
        wording.mark("parliament"),
        wording.mark("military"),
        wording.mark("other official"),
        wording.mark("press remarks"),
        wording.mark("press conference"),
        wording.mark("interview"),
        wording.mark("speech"),
        wording.mark("written statement"),
        wording.mark("joint statement"),
        wording.mark("social media"),
        wording.mark("letter"),
        wording.mark("phone call"),
        wording.mark("meeting"),
        # Kinds of events, and what is expected of them.
        wording.mark("act"),
        wording.mark("contact"),
        wording.mark("cooling"),
        wording.mark("warming"),
        wording.mark("ambiguous"),
        # Verdicts.
        wording.mark("cooled"),
        wording.mark("warmed"),
        wording.mark("cannot tell"),
        wording.mark("not separable"),
        wording.mark("refused"),
        wording.mark("warmer"),
        wording.mark("colder"),
        wording.mark("Granger-predicts"),
        # Models.
        wording.mark("mean reverting"),
        wording.mark("local level"),
        wording.mark("one level with drift"),
        wording.mark("two levels drawn anew each month"),
        # Classes of tone.
        wording.mark("cold"),
        wording.mark("neutral"),
        wording.mark("warm"),
        # What statements are grouped by.
        wording.mark("direction"),
        wording.mark("topic"),
        wording.mark("channel"),
        wording.mark("year"),
        wording.mark("target mention"),
        wording.mark("implicit target"),
        wording.mark("named"),
        # Why a statement has no tone.
        wording.mark("no reason noted"),
        wording.mark("empty"),
        wording.mark("no letters"),
        wording.mark("not english"),
        wording.mark("unknown country"),
        wording.mark("no tone"),
        # Where a cell is empty.
        wording.mark("not stated"),
    )
)


def code_told(value: str) -> str:
    """Say a value in the reader's language where it is one of the known codes.

    Parameters
    ----------
    value : str
        As a table keeps it, with spaces for underscores.

    Returns
    -------
    str
        Its name; any other value is data and stays as it is.

    Examples
    --------
    >>> code_told("cannot tell"), code_told("airspace")
    ('cannot tell', 'airspace')
    """
    return wording.say(value) if value in _KNOWN else value

"""Names of groups of statements: the package's own words are said, the study's own are kept."""

from __future__ import annotations

from detente import wording
from detente.inference.groups import own_words

__all__ = ["NOT_STATED", "count_groups", "group_words"]

#: Group of the statements that do not tell theirs.
NOT_STATED = wording.mark("not stated")

#: Groupings whose groups have names of the package's own.
_CODED = ("channel", "level")


def group_words(group: object, grouping: str) -> str:
    """Name a group for a row of a chart.

    Parameters
    ----------
    group : object
        As in tables, such as "phone_call".
    grouping : str
        "topic", "channel", "level" or "speaker".

    Returns
    -------
    str
        Channels and offices in the reader's language; topics and speakers as the study has them.

    Examples
    --------
    >>> group_words("phone_call", "channel")
    'Phone call'
    """
    text = str(group).replace("_", " ")
    if grouping in _CODED or text == NOT_STATED:
        return wording.capital(wording.say(text))
    return own_words(text)


def count_groups(n: int, grouping: str) -> str:
    """Count groups of a kind.

    Parameters
    ----------
    n : int
        How many.
    grouping : str
        "topic", "channel", "level" or "speaker".

    Returns
    -------
    str
        Count and noun.
    """
    return {
        "topic": wording.count(n, "topic"),
        "channel": wording.count(n, "channel"),
        "level": wording.count(n, "office"),
        "speaker": wording.count(n, "speaker"),
    }[grouping]

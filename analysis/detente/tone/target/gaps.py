"""Names of parties inside an entry of several words: "owed Turkey an apology"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.tone.target.groups import DETERMINER, HEAD, PLACE, POSSESSIVE
from detente.tone.target.lexicon import KINDS, Entry
from detente.tone.target.tokens import Ints, TokenTable

__all__ = ["Gaps", "grades", "name_gaps"]

#: How an entry stands to a name inside: never around one; only where what it stands instead of
#: is no verdict; always; and always, as a verdict.
_NEVER, _FAINT, _ALWAYS, _FIRM = range(4)


@dataclass(frozen=True, slots=True)
class Gaps:
    """Runs of tokens that a phrase may stand around, one run a phrase.

    Attributes
    ----------
    is_entry : ndarray of bool, shape (n,)
        Tokens before which a phrase may break off.
    run : ndarray of int, shape (n,)
        Number of the run that begins at such a token; 0 elsewhere.
    is_light : ndarray of bool, shape (n,)
        Tokens with which no such phrase begins.
    behind : ndarray of int, shape (n_runs + 1, n_ways)
        Where a phrase may go on; n where there is no such way.
    words : ndarray of int, shape (n,)
        Word ids as they are read behind a gap; no phrase ends on one that is read otherwise.
    grade : ndarray of int
        For each phrase by its number, and for none (-1), what `grades` gives it.
    """

    is_entry: NDArray[np.bool_]
    run: Ints
    is_light: NDArray[np.bool_]
    behind: Ints
    words: Ints
    grade: Ints

    def allows(self, value: Ints, alone: Ints) -> NDArray[np.bool_]:
        """Tell which phrases may stand around a gap in place of what is found without one."""
        grade = self.grade[value]
        result: NDArray[np.bool_] = (value >= 0) & (grade > _NEVER)
        return result & ((grade > _FAINT) | (self.grade[alone] < _FIRM))


def grades(entries: Sequence[Entry]) -> Ints:
    """Return how each entry stands to a name inside, and last how no entry does.

    Parameters
    ----------
    entries : sequence of Entry
        Entries and grammar words.

    Returns
    -------
    ndarray of int, shape (n + 1,)
        Grammar words, topics and denials are not read around names: to reject the claim of
        somebody named is a verdict on him. "Accused of" is a state, "accused Turkey of" is the
        verdict "accused".
    """
    by_kind = dict.fromkeys((*KINDS, "deem"), _ALWAYS)
    by_kind |= {"topic": _NEVER, "denial": _NEVER, "stance": _FAINT, "verdict": _FIRM}
    return np.array([*(by_kind.get(e.kind, _NEVER) for e in entries), _NEVER], dtype=np.int64)


def name_gaps(table: TokenTable, who: Ints, the: int, grade: Ints) -> Gaps:
    """Return the names of parties that an entry may stand around.

    Parameters
    ----------
    table : TokenTable
        The tokens.
    who : ndarray of int, shape (n,)
        Side named at each token, as `Matcher.parties` gives it.
    the : int
        Id of the article.
    grade : ndarray of int
        What `grades` gives the entries.

    Returns
    -------
    Gaps
        A name with its possessive, and with the word for a government or people behind it. An
        article before it goes with it or is the entry's own ("owed the Turks an apology",
        "rejected the Turkish claim"), and a possessive may stand for one ("rejected Turkey's
        claim"). Behind an article or a preposition alone a name belongs to the words that
        follow: "on the Turkish side of" says nothing of taking sides.
    """
    n = len(table)
    group = np.append(table.group, (0, 0))
    is_named = who != 0
    edges = np.flatnonzero(np.append(is_named, False)[1:] != is_named) + 1
    # A run that begins the table stands inside nothing.
    edges = edges[int(is_named[:1].any()) :]
    begin, end = edges[::2], edges[1::2]
    end_owns = (group[end] & POSSESSIVE) > 0
    head = end + end_owns
    has_head = (group[head] & HEAD) > 0
    past = np.where(has_head, head + 1, n)
    past_owns = has_head & ((group[past] & POSSESSIVE) > 0)
    behind = np.full((len(begin) + 1, 4), n)
    behind[1:, 0], behind[1:, 1] = head, np.where(end_owns, end, n)
    behind[1:, 2], behind[1:, 3] = past + past_owns, np.where(past_owns, past, n)
    words = table.lower.copy()
    words[end[end_owns]] = words[past[past_owns]] = the
    number = np.arange(1, len(begin) + 1)
    run = np.zeros(n, dtype=np.int64)
    run[begin] = number
    has_article = table.lower[begin - 1] == the
    run[begin[has_article] - 1] = number[has_article]
    is_light = (table.group & (PLACE | DETERMINER)) > 0
    return Gaps(run > 0, run, is_light, behind, words, grade)

"""Warm words that something behind them limits: a condition, a test, a negated predicate."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from detente.tone.target.around import FAR, Around, group_near, token_at
from detente.tone.target.context import Bools, Floats
from detente.tone.target.groups import AND, TOO, TOWARD, YET
from detente.tone.target.tokens import Ints

__all__ = ["limit_warmth"]

#: Up to how many words behind a warm word its limit begins, and the negation of its predicate;
#: what the latter leaves of it.
_LIMITS, _DENIES, UNDONE = 8, 4, 0.3
#: Up to how many words behind "yet to" and the like stands what is missed, and what it counts.
_OWED, MISSED = 6, -0.3


def limit_warmth(around: Around, valence: Floats, calm: Bools, change: Callable[..., None]) -> None:
    """Weaken warm words that are limited or negated behind themselves.

    "Talks would be fruitful only if they were prepared" is a mild claim; "the visit had not taken
    place" tells of no visit. Negations before a word are not looked at here.

    Parameters
    ----------
    around : Around
        The surroundings of the expressions that carry tone.
    valence : ndarray of float
        Valence of each hit as settled.
    calm : ndarray of bool
        Hits that are left alone.
    change : callable
        Takes the hits to change, the share they keep, a note and the distance to its word.
    """
    hits, roles = around.hits, around.context.roles
    warm = (valence > 0) & ~calm
    span = hits.first - hits.last

    limits = roles.where(roles.are("condition", "limit") & (roles.valence < 1))
    if len(limits.first):
        right = around.right(limits.first, "sentence")
        # A friendship of only thirty years is none on trial.
        trial = ~hits.are("bond", "stance") | (around.right("condition", "sentence") == right)
        limited = warm & (right <= _LIMITS) & trial
        share = np.ones(len(warm))
        at = np.searchsorted(limits.first, (hits.last + right)[limited])
        share[limited] = limits.valence[at]
        change(limited, share, "limited by", span - right)

    owed, gap = _owed(around, valence)
    change(owed & warm, MISSED, "missed behind", gap)

    right = around.right("negator")
    undone = warm & (right <= _DENIES) & (around.left("negator") == FAR)
    undone &= ~hits.are("verdict", "sorrow")
    # "Had never been better" heightens; "is ready not to" promises; "is loved for never" praises.
    undone &= around.right("comparative") > right + _DENIES
    undone &= around.right("for") > right
    table, behind = around.context.table, hits.last + right + 1
    goes_on = token_at(table.sentence, behind) == table.sentence[hits.last]
    to = np.zeros(len(table), dtype=bool)
    to[around.context.role("to").first] = True
    undone &= ~goes_on | ~token_at(to, behind)
    change(undone, UNDONE, "taken back by", span - right)


def _owed(around: Around, valence: Floats) -> tuple[Bools, Ints]:
    """Tell what somebody has yet to do, or is too slow or does too little to do, and how far.

    "Has yet to deliver the promised help", "too slow in helping": the help is missed.
    """
    hits, group = around.hits, around.context.table.group
    last, before = token_at(group, hits.last), group_near(around.context, hits.last, -1)
    cold = (valence < 0) & (hits.last > hits.first) & ~hits.are("demand")
    cold &= around.left("negator") > _DENIES
    slow = cold & ((token_at(group, hits.first) & TOO) > 0)
    cold &= ((last & YET) > 0) | (((last & TOWARD) > 0) & ((before & YET) > 0)) | slow
    at = np.flatnonzero(cold)
    gap = around.left(hits.last[at])
    beside = (group_near(around.context, hits.first, -1) & AND) > 0
    return (gap <= _OWED) & ~beside, gap

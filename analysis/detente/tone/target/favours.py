"""Warm words for others: help to a third party, and help to an armed foe."""

from __future__ import annotations

import numpy as np

from detente.tone.target.around import FAR, Around, group_near, token_at
from detente.tone.target.context import Bools, Floats
from detente.tone.target.groups import (
    ABOUT,
    AND,
    AS,
    DEMONYM,
    DETERMINER,
    FOE,
    HELP,
    LINK,
    ONTO,
    OWN,
    PLACE,
    TOWARD,
    WITH,
)
from detente.tone.target.matching import NOBODY, TARGET, THIRD
from detente.tone.target.tokens import Ints

__all__ = ["favours_third", "helps_against", "helps_foe"]

#: Up to how many words behind a warm word the one whom it favours stands; within how many words
#: more the target must not be named, for then he has to do with it.
_REACH, _REST = 4, 12
#: Up to how many words behind praise stands "its help", and what else it is for; how far behind
#: that the target is no longer near.
_ITS, _FOR, _APART = 6, 12, 3
#: From which valence on a warm word may be help, and a judgement gratitude.
_HELP, _THANKS = 0.9, 2.2
#: Up to how many words behind help a foe stands, and where the helper is named between.
_NEAR, _PAST = 4, 8


def favours_third(around: Around) -> Bools:
    """Return which warm words are for a third party: "thanked Oman", "talks with Portugal".

    Parameters
    ----------
    around : Around
        The surroundings of expressions.

    Returns
    -------
    ndarray of bool, shape of hits
        Where the next one named is a third party, as an object or behind "to", "for" or "with".
    """
    hits, context = around.hits, around.context
    gap = around.right("third")
    rival = np.minimum(around.right("source"), around.right("relation"))
    near = (hits.valence > 0) & ~hits.are("bond", "stance") & (gap <= _REACH) & (gap < rival)
    target = around.right("target")
    at = hits.last + gap
    free = token_at(context.is_free, at)
    # "Thanked Russia for its support and spoke of China", but not "thanked Russia and China".
    named = hits.are("verdict") & (gap <= 2) & free & ~token_at(context.is_adjective, at)
    named &= ~token_at(context.is_possessive, at)
    named &= near & (target > gap) & ((group_near(context, np.where(near, at, 0), 1) & LINK) == 0)
    near &= gap + _REST < target
    result: Bools = named | (near & (free | _is_toward(around, at, near, TOWARD | WITH)))
    named |= (hits.valence > 0) & (gap < rival) & _is_given(around, gap, target)
    # "Praised Germany for its help"
    inside = (hits.valence > 0) & (hits.end > hits.last) & hits.are("verdict")
    named |= inside & (token_at(context.party, hits.last + 1) == THIRD)
    # "For its help" is theirs, too.
    its = (hits.valence > 0) & ((group_near(context, hits.first, -1) & OWN) > 0)
    result |= named | (its & (around.left(hits.first[named]) <= _ITS))
    return result | _goes_on(around, hits.first[named], target)


def _is_given(around: Around, gap: Ints, target: Ints) -> Bools:
    """Tell which warm words are given to the third party named next: "grateful to Poland".

    "Its gratitude to Spain for", "condolences to the Jordanians", whoever is named behind.
    """
    hits, group = around.hits, around.context.table.group
    thanks = hits.are("verdict", "sorrow") | (hits.are("stance") & (hits.valence >= _THANKS))
    result: Bools = thanks & (gap <= 3) & (target > gap) & (around.doer != TARGET)
    if result.any():
        last, gap = hits.last[result], gap[result]
        behind = token_at(group, last + 1)
        ends = (token_at(group, last) & TOWARD) > 0
        article = token_at(group, last + gap - 1) & DETERMINER > 0
        given = (~ends & (behind & TOWARD > 0) & ((gap == 2) | ((gap == 3) & article))) | (
            ends & ((gap == 1) | ((gap == 2) & article))
        )
        # "Thanks to China and to Turkey".
        joined = (token_at(group, last + gap + 1) & (AND | WITH)) > 0
        joined &= target[result] <= gap + _APART + 1
        result[result] = given & ~joined
    return result


def _goes_on(around: Around, named: Ints, target: Ints) -> Bools:
    """Tell what else a third party is thanked for: "praised France as a true friend in the row".

    Up to "and", a contrast or the target; what stands right before the target is its own.
    """
    hits, context = around.hits, around.context
    result = np.zeros(len(hits.first), dtype=bool)
    if not len(named):
        return result
    gap = around.left(named, "stretch")
    rows = np.flatnonzero((hits.valence > 0) & (gap <= _FOR) & (target > _APART))
    first, gap = hits.first[rows], gap[rows]
    joins, as_ = np.zeros((2, len(rows)), dtype=bool)
    for step in range(1, _FOR):
        before = group_near(context, first, -step)
        joins |= (step < gap) & ((before & AND) > 0)
        as_ |= (step <= 2) & ((before & AS) > 0)
    result[rows] = ~joins & (~hits.are("bond", "contact")[rows] | as_)
    return result


def helps_against(around: Around, valence: Floats) -> Bools:
    """Return which warm words are for help against the target: "its support against Baku".

    Parameters
    ----------
    around : Around
        The surroundings of expressions.
    valence : ndarray of float
        Valence of each hit as settled.

    Returns
    -------
    ndarray of bool, shape of hits
        Where the target is the next one named, right behind "against".
    """
    context, hits = around.context, around.hits
    rows = np.flatnonzero((valence >= _HELP) & hits.are("verdict", "stance", "bond", "general"))
    behind = token_at(context.table.group, hits.last[rows] + 1)
    rows = rows[((behind & ONTO) > 0) & ((behind & ABOUT) > 0)]
    gap = 2 + ((token_at(context.table.group, hits.last[rows] + 2) & DETERMINER) > 0)
    rows = rows[token_at(context.party, hits.last[rows] + gap) == TARGET]
    rows = rows[token_at(context.table.sentence, hits.last[rows] + 2) == _sentence(around, rows)]
    result = np.zeros(len(hits.first), dtype=bool)
    result[rows] = around.doer[rows] != TARGET
    return result


def _sentence(around: Around, rows: Ints) -> Ints:
    result: Ints = around.context.table.sentence[around.hits.last[rows]]
    return result


def helps_foe(around: Around) -> Bools:
    """Return which warm words charge the target with help to armed foes of somebody.

    "Supplies the militia with missiles", "its support for the rebels", "rebels backed by it".
    Help for which the speaker thanks is none.

    Parameters
    ----------
    around : Around
        The surroundings of expressions.

    Returns
    -------
    ndarray of bool, shape of hits
        Of the kinds that can be help.
    """
    hits, context = around.hits, around.context
    foes = np.flatnonzero(context.table.group & FOE)
    result = np.zeros(len(hits.first), dtype=bool)
    if not len(foes):
        return result
    # All of it takes place in sentences with such a foe.
    sentence = context.table.sentence
    armed = np.zeros(len(context.sentence_has_target), dtype=bool)
    armed[sentence[foes]] = True
    rows = armed[sentence[hits.first]]
    some = around.where(rows)
    helped = _helped(some, foes)
    # Of what the speaker thanks for he does not accuse.
    kindly = some.hits.are("verdict", "bond") & (some.hits.valence > 0) & ~helped
    result[rows] = helped & (some.left(some.hits.first[kindly], "stretch") == FAR)
    return result


def _helped(around: Around, foes: Ints) -> Bools:
    """Return which of these hits are help of the target to one of the foes."""
    hits, context = around.hits, around.context
    gap, target = around.right(foes), around.right("target")
    at = hits.last + gap
    warm = (hits.valence > 0) & hits.are("verdict", "deed", "stance")
    warm |= hits.are("ender") & (hits.valence > 1)
    near = warm & (gap <= _NEAR) & (gap < around.right("source"))
    # "Helped persuade the rebels to lay down their arms" helped somebody else.
    group, behind = context.table.group, hits.last + 1
    plain = (token_at(group, behind) & (DETERMINER | DEMONYM | FOE | PLACE | TOWARD)) > 0
    near &= ((token_at(group, hits.last) & HELP) == 0) | plain | (gap <= 2)
    is_object = near & ~_has_preposition(around, at)
    is_object |= near & _is_toward(around, at, near)
    ours = (around.doer == NOBODY) & (around.side_before("sentence") == TARGET)
    result: Bools = is_object & (gap < target) & ((around.doer == TARGET) | ours)
    # "The support of Kigali for the rebels"; "the rebels, backed by Kigali".
    past = warm & (around.owner == TARGET) & (target < gap) & (gap <= _PAST)
    result |= past & _is_toward(around, at, past)
    by = token_at(context.is_agent, hits.last + target) & (target <= 3)
    by |= (target == 1) & (around.right("by") < FAR)
    result |= warm & by & (around.left(foes, "sentence") <= _NEAR)
    return result


def _is_toward(around: Around, at: Ints, near: Bools, of: int = TOWARD) -> Bools:
    """Return for the hits near to a place whether a word of the groups stands before it.

    By default "with" is none of them: to mediate with rebels is no help to them.
    """
    group, party = around.context.table.group, around.context.party
    where, last = at[near], around.hits.last[near]
    found, goes_on = np.zeros(len(where), dtype=bool), np.ones(len(where), dtype=bool)
    for step in (1, 2, 3):
        before = np.maximum(where - step, 0)
        goes_on &= where - step > last
        found |= goes_on & ((group[before] & of) > 0)
        # "To keep the rebels" is not to them.
        goes_on &= ((group[before] & (DETERMINER | DEMONYM)) > 0) | (party[before] > 0)
    result = np.zeros(len(at), dtype=bool)
    result[near] = found
    return result


def _has_preposition(around: Around, at: Ints) -> Bools:
    """Return which hits have a preposition between them and a place near behind them."""
    group, last = around.context.table.group, around.hits.last
    result = np.zeros(len(at), dtype=bool)
    for step in range(1, _NEAR):
        result |= (last + step < at) & ((token_at(group, last + step) & PLACE) > 0)
    return result

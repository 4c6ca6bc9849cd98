"""Enmity that is past: "once enemies, the two are now partners"."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from detente.tone.target.around import FAR, Around, group_near, sense_near, token_at
from detente.tone.target.context import Bools, Context
from detente.tone.target.groups import FROM, INTO, THEN, TOWARD
from detente.tone.target.senses import BROKER, ENEMY, FORMER, PROVE
from detente.tone.target.tokens import Ints

__all__ = ["OVERCOME", "past_enmity"]

#: What a bond gains that has taken the place of an enmity, and from which valence it is one.
OVERCOME, _BOND = 1.6, 0.5
#: Up to how many words before "enemies" stands "once" or "former", and behind it "became".
_BEFORE, _BEHIND = 3, 3
#: Up to how many words before a bond a cold word denies it.
_SPOILT = 4


def past_enmity(around: Around) -> tuple[Bools, Bools]:
    """Find words for a foe of the past, and for the bond that came after.

    That two were enemies is told of old times, and where they are said to be friends or to work
    together now, it makes their friendship the greater. Where nothing of the kind follows, an
    enmity of the past is no word about today's.

    Parameters
    ----------
    around : Around
        The surroundings of all expressions.

    Returns
    -------
    past, bond : ndarray of bool
        Hits that name the foe, those that say how bitter the enmity was included, or a friend
        who has become one; and the one that says what old foes are now.
    """
    hits, context = around.hits, around.context
    bond = np.zeros(len(hits.first), dtype=bool)
    foes, past = _past(around, ENEMY), _friends_no_more(around)
    if not len(foes):
        return past, bond
    is_foe = np.zeros(len(context.table), dtype=bool)
    is_foe[foes] = True
    cold = token_at(is_foe, hits.last)
    cold |= (around.right(foes) <= 2) & hits.are("stance", "general", "situation")
    past |= cold & (hits.valence < 0)

    warm = (hits.valence >= _BOND) & hits.are("bond", "contact", "stance")
    warm &= (around.left("negator") == FAR) & (around.left("condition") == FAR)
    # "Still far from being partners".
    warm &= around.left(hits.first[(hits.valence < 0) & ~past]) > _SPOILT
    rows = np.flatnonzero(warm)
    if len(rows):
        sentence, at = context.table.sentence, hits.first[rows]
        behind = np.searchsorted(at, foes)
        after, before = (step.clip(0, len(rows) - 1) for step in (behind, behind - 1))
        is_after = sentence[at[after]] == sentence[foes]
        nearest = np.where(is_after, after, before)
        bond[rows[nearest[sentence[at[nearest]] == sentence[foes]]]] = True
    return past, bond


def _friends_no_more(around: Around) -> Bools:
    """Tell which hits name friends who are enemies now: "once friends", "from allies to"."""
    friends = _past(around, BROKER)
    foes = np.flatnonzero((around.context.table.sense & ENEMY) > 0)
    result = np.zeros(len(around.hits.first), dtype=bool)
    if len(friends) and len(foes):
        is_friend = np.zeros(len(around.context.table), dtype=bool)
        is_friend[friends] = True
        result = token_at(is_friend, around.hits.last) & (around.hits.valence > 0)
        result &= around.right(foes, "sentence") < FAR
    return result


def _past(around: Around, sort: int) -> Ints:
    """Return where words for foes or friends stand that somebody was once, or has ceased to be."""
    context = around.context
    foes = np.flatnonzero((context.table.sense & sort) > 0)

    def near(look: Callable[[Context, Ints, int], Ints], *steps: int) -> Ints:
        found = np.zeros(len(foes), dtype=np.int64)
        for step in steps:
            found |= look(context, foes, step)
        return found

    before = range(-_BEFORE, 0)
    past = (near(sense_near, *before) & FORMER) > 0
    past &= (near(group_near, *before) & THEN) == 0
    # "From rivals to allies", "enemies turned friends", "friends became enemies".
    from_ = (near(group_near, -1, -2) & FROM) > 0
    past |= from_ & ((near(group_near, 1, 2) & (TOWARD | INTO)) > 0)
    # "From bitter enemies, the two have become allies".
    if from_.any():
        past[from_] |= _turned(context, foes[from_], BROKER ^ ENEMY ^ sort)
    turned = (near(sense_near, *range(1, _BEHIND + 1)) & PROVE) > 0
    past |= turned & ((near(sense_near, *range(2, _BEHIND + 3)) & (BROKER ^ ENEMY ^ sort)) > 0)
    result: Ints = foes[past]
    return result


def _turned(context: Context, foes: Ints, into: int) -> Bools:
    """Tell behind which words the sentence tells what has become of whom they name."""
    sense = context.table.sense
    _, border = context.segments("sentence")
    until = border[context.table.sentence[foes] + 1]
    at = foes
    for sort in (PROVE, into):
        marks = np.append(np.flatnonzero((sense & sort) > 0), len(sense))
        at = marks[np.searchsorted(marks, at).clip(0, len(marks) - 1)]
    result: Bools = at < until
    return result

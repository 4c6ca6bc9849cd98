"""A good name that the target is said not to deserve: "has never been a reliable partner"."""

from __future__ import annotations

import numpy as np

from detente.tone.target.around import FAR, Around, sense_near, token_at
from detente.tone.target.context import Bools, Floats
from detente.tone.target.groups import BE, CALL, NOT_WHOLLY
from detente.tone.target.matching import NOBODY, TARGET
from detente.tone.target.senses import BROKER, CONTENT, ENEMY, NEITHER, PROVE
from detente.tone.target.tokens import Ints

__all__ = ["is_disproved", "is_set_aside", "unmerited", "unseen_in"]

#: Share of a warm word that the target is said not to be: of one for a friend, which then counts
#: for this valence at least, and of one for a quality; and what is left of them if it is said not
#: to be so always or wholly.
NO_FRIEND, LEAST, NO_VIRTUE, NOT_ALWAYS = -1.0, 1.6, -0.7, 0.65
#: The valence from which a word for a friend is more than a place on the map ("neighbour"), and
#: another one a judgement.
_FRIEND, _VIRTUE = 0.5, 1.0
#: Up to how many words before the judgement "is" or "called" stands, and behind it what it is set
#: against: "not an ally but a brother".
_COPULA, _RATHER = 6, 3
#: Up to how many words behind "has not proved" stands what somebody is not, and before that "be".
_DISPROVED, _TO_BE = 8, 3
#: Up to how many words behind "neither" a friend and a foe stand.
_BOTH = 8


def unmerited(around: Around, valence: Floats, turn: Floats, reach: Ints) -> Floats:
    """Return what a negation makes of each hit, harder where it denies the target a good name.

    A negated warm word as a rule says little: no thanks, no progress. To say that the target is
    no friend or not honest is criticism of it, though, and as plain as a cold word would be.

    Parameters
    ----------
    around : Around
        The surroundings of the expressions that carry tone.
    valence : ndarray of float
        Valence of each hit as settled.
    turn : ndarray of float
        What a negation makes of each hit by its kind.
    reach : ndarray of int
        How many words before each hit the negation ends.

    Returns
    -------
    ndarray of float
        One a hit.
    """
    group, sense = around.context.table.group, around.context.table.sense
    chosen, share = _denied(around, valence)
    chosen &= reach < FAR
    if not chosen.any():
        return turn
    some, begin = around.where(chosen), reach[chosen]
    gap = some.left(np.flatnonzero(((group & (BE | CALL)) > 0) | ((sense & PROVE) > 0)))
    it = (some.left("pronoun") < FAR) & (some.doer == NOBODY)
    subject = np.where(it, some.side_before("stretch"), some.doer) == TARGET
    subject &= some.left("actor", "stretch") > begin
    # "Cannot call Turkey an ally"; there it follows the word.
    calls = some.left(np.flatnonzero((group & CALL) > 0))
    named = (some.left("target") < calls) & (calls < FAR) & (calls <= begin)
    right = ((gap <= _COPULA) & subject) | named
    # "Not an ally but a brother" takes nothing away.
    but = some.right("contrast", "sentence")
    warm = around.hits.first[valence > 0]
    right &= (but > _RATHER) | (some.right(warm, "sentence") > but + _RATHER)
    # Nor does "never an unreliable partner".
    cold = around.hits.first[valence < 0]
    right &= some.left(cold, "stretch") >= begin
    limited = some.left(np.flatnonzero((group & NOT_WHOLLY) > 0)) <= begin
    part = share[chosen] * np.where(limited, NOT_ALWAYS, 1.0)
    result = turn.copy()
    result[chosen] = np.where(right, part, turn[chosen])
    return result


def is_disproved(around: Around, reach: Ints) -> Bools:
    """Tell which hits somebody has not proved to be: "has not shown itself to be a good friend".

    Parameters
    ----------
    around : Around
        The surroundings of the expressions that carry tone.
    reach : ndarray of int
        How many words before each hit the negation ends.

    Returns
    -------
    ndarray of bool
        Hits that the negation reaches over the words that stand between.
    """
    result: Bools = (reach > 1) & (reach <= _DISPROVED)
    result &= around.hits.are("bond", "stance")
    if result.any():
        sense, at = around.context.table.sense, around.hits.first[result]
        negator = at - reach[result]
        proves = (token_at(sense, negator + 1) | token_at(sense, negator + 2)) & PROVE
        # "Has not shown interest in being a friend" is another matter.
        to_be = np.zeros(len(at), dtype=bool)
        be = (around.context.table.group & BE) > 0
        for step in range(1, _TO_BE + 1):
            to_be |= (at - step > negator) & token_at(be, at - step)
        result[result] = (proves > 0) & to_be
    return result


def is_set_aside(around: Around) -> Bools:
    """Tell which hits are one of friend and foe where both are denied: "neither rival nor ally".

    Parameters
    ----------
    around : Around
        The surroundings of the expressions that carry tone.

    Returns
    -------
    ndarray of bool
        One a hit.
    """
    table, hits = around.context.table, around.hits
    result = np.zeros(len(hits.first), dtype=bool)
    at = around.context.role("negator").first
    at = at[(table.sense[at] & NEITHER) > 0]
    both = np.zeros(len(at), dtype=np.int64)
    for step in range(1, _BOTH + 1):
        inside = token_at(table.sentence, at + step) == table.sentence[at]
        both |= np.where(inside, token_at(table.sense, at + step), 0)
    at = at[((both & BROKER) > 0) & ((both & ENEMY) > 0)]
    if len(at):
        result = around.left(at) <= _BOTH
    return result


def unseen_in(around: Around, valence: Floats, behind: Ints, plain: float) -> Floats:
    """Return what is left of each hit that somebody is not held to be.

    Parameters
    ----------
    around : Around
        The surroundings of the expressions that carry tone.
    valence : ndarray of float
        Valence of each hit as settled.
    behind : ndarray of int
        How many words behind the word for holding each hit stands.
    plain : float
        What is left where it is not the target that is held to be no friend.

    Returns
    -------
    ndarray of float
        One a hit.
    """
    chosen, share = _denied(around, valence)
    chosen &= around.left("target", "stretch") < behind
    return np.where(chosen, share, plain)


def _denied(around: Around, valence: Floats) -> tuple[Bools, Floats]:
    """Tell which hits are a good name or quality, and what is left of each that is denied."""
    hits = around.hits
    last = token_at(around.context.table.sense, hits.last)
    is_name = ((last | sense_near(around.context, hits.last, 1)) & BROKER) > 0
    chosen = valence >= np.where(is_name, _FRIEND, _VIRTUE)
    chosen &= hits.are("bond", "stance", "general")
    # That somebody is not happy says nothing of his worth.
    chosen &= (last & CONTENT) == 0
    least = np.maximum(LEAST / np.maximum(valence, _FRIEND), 1.0)
    return chosen, np.where(is_name, NO_FRIEND * least, NO_VIRTUE)

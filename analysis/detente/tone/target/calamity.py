"""Attacks and disasters: what is said of them is not said of the country they befell."""

from __future__ import annotations

import numpy as np

from detente.tone.target.around import FAR, Around, group_near, token_at
from detente.tone.target.context import Bools, Context, Floats
from detente.tone.target.groups import (
    BE,
    BLOW,
    CALL,
    CONDEMN,
    FOE,
    HOLD,
    LIABLE,
    ONTO,
    OUR,
    OWN,
    TOWARD,
)
from detente.tone.target.matching import TARGET
from detente.tone.target.senses import PEOPLE
from detente.tone.target.tokens import Ints

__all__ = ["settle_calamity"]

#: Valence of condemning what befell the target, and of not condemning it; share that mild cold
#: words keep beside an attack or a disaster that is not mourned (beside one that is they keep
#: nothing).
SYMPATHY, WITHHELD, BESIDE = 2.0, -0.8, 0.45
#: Share of other cold speech acts whose object is a calamity.
ASIDE = 0.4
#: Up to how many words a speech act reaches its calamity, and a blow whom it strikes.
_REACH, _STRIKES = 10, 5
#: Up to how many words behind a deed its doer is named.
_BY = 12
#: Up to how many words stand between "our" and whom it owns, and before it what is said of them.
_OURS, _OF_OURS = 3, 4


def settle_calamity(around: Around) -> tuple[Floats, Bools]:
    """Return valences after this rule, and which hits became sympathy.

    Parameters
    ----------
    around : Around
        The surroundings of all expressions, those without tone (topics, terror) included.

    Returns
    -------
    valence : ndarray of float
        Condemning an attack or a disaster that is not laid to the target's charge is warm,
        unless it befell a third party or the speaker's side; cold words beside it fall away.
    sympathy : ndarray of bool
        Speech acts that were turned.
    """
    hits, context = around.hits, around.context
    sentence = context.table.sentence
    valence, sympathy = hits.valence.copy(), np.zeros(len(hits.first), dtype=bool)
    # All of it takes place in sentences with a word of force.
    is_forceful = np.zeros(len(context.sentence_has_target), dtype=bool)
    struck = _struck(around)
    is_forceful[sentence[hits.first[struck | hits.are("terror", "violence")]]] = True
    rows = is_forceful[sentence[hits.first]]
    if rows.any():
        valence[rows], sympathy[rows] = _settle(around.where(rows), struck[rows])
    valence[_of_our_own(around)] = 0.0
    return valence, sympathy


def _settle(around: Around, struck: Bools) -> tuple[Floats, Bools]:
    hits, context = around.hits, around.context
    valence, of = hits.valence, context.table.sentence[hits.first]
    calamity = hits.are("terror")
    # A blow against the target is a calamity like any other.
    comforted = np.zeros(len(context.sentence_has_target), dtype=bool)
    comforts = hits.are("sorrow", "verdict") & (hits.valence >= 1.8)
    comforted[of[comforts]] = True
    comforted &= context.sentence_has_target
    at_all = hits.are("violence") & comforted[of]
    blows = hits.first[calamity | struck | at_all]
    right, left = around.right(blows, "sentence"), around.left(blows, "sentence")
    target_right = around.right("target", "sentence")
    doer = around.doer
    speech = hits.are("verdict", "demand")

    force = calamity | hits.are("violence")
    laid = force & (valence < 0) & (_agent(around) | _acting(around))
    valence = np.where(force & ~laid, 0.0, valence)
    # Where the target is charged with the deed there is no sympathy.
    charge = speech & (valence < -0.8) & (target_right <= 3) & (target_right < right)
    guilty = (doer == TARGET) & (valence <= -2)
    # "Telephoned his Turkish colleague to condemn" is no act of the colleague's.
    guilty &= (around.left("actor") <= 3) & (around.left("to") > 1)
    accused = np.zeros(len(context.sentence_has_target), dtype=bool)
    accused[of[laid | charge | guilty | (force & _by_target(around))]] = True
    accused[_held_liable(around)] = True
    free = ~accused[of]

    third_right = around.right("third", "stretch")
    elsewhere = (third_right < target_right) & (third_right <= right + 4) & (third_right > right)
    # What befell the speaker's own side is no ground for sympathy with the other; in "the attack,
    # and said Russia stands" nothing befell it.
    ours = _near(around.right("source", "stretch"), right, target_right, behind=0)
    ours |= _near(around.right(_suffering(context), "stretch"), right, target_right, behind=6)
    group = context.table.group
    condemns = ((group[hits.first] | group[hits.last]) & CONDEMN) > 0
    verdict = hits.are("verdict") & (valence <= -1.2)
    of_it = verdict & free & ~ours & (right <= _REACH) & (right < target_right)
    # A foe is no blow: "denounced the warlord" is no sympathy with whom nobody names beside him,
    # and "denounced the monument to a warlord" is about whoever put it up.
    foe = (token_at(group, hits.last + right) & FOE) > 0
    elsewhere |= foe & (around.right("target", "stretch") == FAR)
    honoured = [(token_at(group, hits.last + right - step) & TOWARD) > 0 for step in (1, 2)]
    of_it &= ~(foe & np.any(honoured, 0))
    sympathy = of_it & condemns
    # "Blamed the rebels for the ambush" is said of others, too, but no sympathy.
    valence = np.where(of_it & ~condemns, ASIDE * valence, valence)
    valence = np.where(sympathy, np.where(elsewhere, 0.2, SYMPATHY), valence)
    # "Did not condemn the attack" withholds what was due, if nobody is told to have done more.
    withheld = sympathy & ~elsewhere & (around.left("negator") <= 3)
    valence = np.where(withheld, WITHHELD, valence)

    # The target's own deed stays its own.
    own = (doer == TARGET) | (around.owner == TARGET)
    near = np.minimum(left, right)
    aside = free & ~own & (valence < 0) & ~speech
    mourned = np.zeros(len(accused), dtype=bool)
    kindly = (sympathy & ~elsewhere & ~withheld) | (hits.are("sorrow") & (valence > 0))
    kindly &= ~_of_our_own(around)
    mourned[of[kindly]] = True
    # "Called the murder an obvious provocation" says what the murder is.
    called = around.left(np.flatnonzero(group & CALL), "stretch")
    is_it = (
        aside
        & ~context.sentence_has_target[of]
        & (called < FAR)
        & (around.left(blows, "stretch") < called)
    )
    valence = np.where(is_it, 0.0, valence)
    grieved = aside & (near < FAR) & mourned[of]
    mild = aside & (near <= 5) & (valence > -2.8)
    valence = np.where(grieved, 0.0, np.where(mild, BESIDE * valence, valence))
    return valence, sympathy


def _near(side: Ints, calamity: Ints, target: Ints, *, behind: int) -> Bools:
    """Return where a side is named near the calamity and before the target."""
    result: Bools = (side < target) & (side - calamity >= -6) & (side - calamity <= behind)
    return result


def _suffering(context: Context) -> Ints:
    """Return where the speaker's side is named otherwise than as one who acts."""
    source = context.sides["source"]
    acts = context.is_free & ~context.is_adjective & ~context.is_possessive
    result: Ints = source[~acts[source]]
    return result


def _struck(around: Around) -> Bools:
    """Return which blows fall on the target: "aggression on Turkey"."""
    context, hits = around.context, around.hits
    group = context.table.group
    ahead = around.right("named", "stretch")
    at = hits.last + ahead
    on = (group[hits.last] | token_at(group, hits.last + 1)) & ONTO
    result: Bools = (hits.valence < 0) & (on > 0) & (ahead <= _STRIKES)
    result &= hits.are("terror", "violence") | ((group[hits.last] & BLOW) > 0)
    result &= (token_at(context.party, at) == TARGET) & ~token_at(context.is_agent, at)
    return result


def _of_our_own(around: Around) -> Bools:
    """Tell what is said of the speaker's own people: "we mourn our brave soldiers"."""
    hits, context = around.hits, around.context
    people = np.flatnonzero(context.table.sense & PEOPLE)
    if not len(people):
        return np.zeros(len(hits.first), dtype=bool)
    inside = np.zeros(len(context.table), dtype=bool)
    begins: list[Ints] = []
    for group, named in (
        (OUR, np.zeros(len(people), dtype=bool)),
        (OWN, _after_target(around, people)),
    ):
        own = np.full(len(people), FAR)
        for step in range(1, _OURS + 1):
            own = np.where((group_near(context, people, -step) & group) > 0, step, own)
        chosen = (own < FAR) & ~named
        begins.append((people - own)[chosen])
        for step in range(1, _OURS + 1):
            inside[(people - step)[chosen & (step < own)]] = True
    ours, theirs = begins
    warm = hits.are("sorrow", "verdict", "stance", "general") & (hits.valence > 0)
    near = (around.right(ours) <= _OF_OURS) | (around.right(theirs) == 1)
    result: Bools = warm & (near | inside[hits.first])
    return result


def _after_target(around: Around, at: Ints) -> Bools:
    """Tell which tokens the target is named before, in the same sentence."""
    table, target = around.context.table, around.context.sides["target"]
    if not len(target):
        return np.zeros(len(at), dtype=bool)
    before = target[np.maximum(np.searchsorted(target, at) - 1, 0)]
    result: Bools = (before < at) & (table.sentence[before] == table.sentence[at])
    return result


def _by_target(around: Around) -> Bools:
    """Return which deeds are said to be the target's: "the shooting of a girl at Kulaura by"."""
    context = around.context
    by = context.role("by")
    gap = Around(by, context).right("named")
    theirs = (gap <= 4) & (token_at(context.party, by.last + gap) == TARGET)
    result: Bools = around.right(by.first[theirs]) <= _BY
    return result


def _held_liable(around: Around) -> Ints:
    """Return the sentences in which somebody is held responsible who is no third party."""
    context = around.context
    group, sentence = context.table.group, context.table.sentence
    hold, liable = np.flatnonzero(group & HOLD), np.flatnonzero(group & LIABLE)
    if not len(hold):
        return hold
    begin = hold[np.maximum(np.searchsorted(hold, liable) - 1, 0)]
    gap = liable - begin
    held = (gap >= 2) & (gap <= _REACH) & (sentence[begin] == sentence[liable])
    # "Those responsible must be held to account" names nobody.
    passive = [np.maximum(begin - step, 0) for step in (1, 2)]
    held &= ~np.any([(group[at] & BE > 0) & (sentence[at] == sentence[begin]) for at in passive], 0)
    third = context.sides["third"]
    held &= np.searchsorted(third, liable) == np.searchsorted(third, begin)
    result: Ints = sentence[liable[held]]
    return result


def _agent(around: Around) -> Bools:
    """Return which violent words are the target's by grammar: "Turkish shelling", "raids by"."""
    context, hits = around.context, around.hits
    gap, ahead = around.left("target"), around.right("target")
    owns = token_at(context.is_adjective | context.is_possessive, hits.first - gap)
    # "Turkish soldiers killed by" somebody are his victims.
    owns &= around.right("by") > 1
    by = token_at(context.is_agent, hits.last + ahead)
    result: Bools = ((gap <= 3) & owns) | ((ahead <= 4) & by)
    return result


def _acting(around: Around) -> Bools:
    """Return which violent verbs have the target as their subject: "Kiev had fired on"."""
    context = around.context
    gap = around.left("named")
    at = around.hits.first - gap
    subject = token_at(context.is_free | context.is_owner, at)
    subject &= token_at(context.party, at) == TARGET
    active = around.left("perfect")
    result: Bools = subject & (gap <= 8) & ((gap == 1) | ((active <= 4) & (active < gap)))
    return result

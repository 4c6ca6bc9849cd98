"""What is denied: a bad state of relations, a deed of one's own, or something else."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from detente.tone.target.around import FAR, Around, group_near, sense_near, token_at
from detente.tone.target.context import Bools, Floats
from detente.tone.target.groups import AND, BE, DENIAL, MEANWHILE, OWN, THEN, TIES, WHICH, WITH
from detente.tone.target.matching import NOBODY, SOURCE, TARGET
from detente.tone.target.senses import CONFIRM, DENY, EITHER
from detente.tone.target.tokens import Ints

__all__ = ["denies_nothing", "turn_denied"]

#: Up to how many words a denial reaches, behind or before a word stands whom it is between, and
#: before a denial stands what negates it.
_REACH, _NEAR, _NEGATES = 10, 4, 4
#: Up to how many words may stand between "and" and a verb beside a denial: "and then in turn".
_THEN = 3
#: Shares of what is denied of the target or of relations with it, cold and warm, and of the rest;
#: the valence up to which a warm word only names what is spoken of.
ABOUT, ELSE, _NAMES = (-1.0, -0.8), -0.5, 0.5


def turn_denied(around: Around, valence: Floats, calm: Bools, change: Callable[..., None]) -> Bools:
    """Turn what is denied over, and take what denies it as what it is.

    To deny that relations are bad is warm, and to deny that they are good is cold. Who denies a
    deed of his own says nothing of the other by it: "denied that Russian planes had bombed"; nor
    does the speaker by what the other denies. What nobody can deny is said.

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

    Returns
    -------
    ndarray of bool
        Hits that are denied.
    """
    hits, nothing = around.hits, around.once(denies_nothing)
    aside = _stands_aside(around)
    open_, gap = _left_open(around, aside)
    change(open_ & ~calm, 0.0, "neither confirmed nor denied:", gap)
    nothing = nothing & ~open_
    change(nothing, 0.0, "denies nothing")
    denials = hits.are("denial") & ~nothing & ~open_
    gap = around.left(hits.first[denials], "stretch")
    denied = (gap <= _REACH) & ~hits.are("denial", "demand") & ~calm & ~aside
    # Nor does it reach over what it does not hold.
    denied &= around.left(hits.first[aside | nothing], "stretch") > gap
    if not denied.any():
        return denied
    some, begin, cold = around.where(denied), gap[denied], valence[denied] < 0
    at = np.searchsorted(hits.first, (hits.first - gap)[denied])
    about, own = _denied_matter(some, begin, cold, hits.last[at])
    fault = _own_fault(some, begin, cold, hits.first[aside])
    about, own = about & ~fault, own | fault
    theirs = about & (around.side_before("clause")[at] == TARGET)
    share = np.where(about, np.where(cold, *ABOUT), np.where(own, 0.0, ELSE))
    share[theirs | (about & (np.abs(valence[denied]) < _NAMES))] = 0.0
    factor = np.ones(len(denied))
    factor[denied] = share
    change(denied, factor, "denied by", gap)
    # Then the denial itself is no coldness either.
    warm = np.zeros(len(denied), dtype=bool)
    warm[at[about & cold]] = True
    change(warm, 0.0, "denies something cold")
    return denied


def denies_nothing(around: Around) -> Bools:
    """Tell which hits are denials that turn nothing over.

    They are negated, "nobody can deny that", "no denying that", or spoken of themselves: "its
    denials were as thin as its excuses".

    Parameters
    ----------
    around : Around
        The surroundings of the expressions that carry tone.

    Returns
    -------
    ndarray of bool
        One a hit.
    """
    result: Bools = around.hits.are("denial")
    if result.any():
        some = around.where(result)
        gap = some.left(around.context.role("negator").last)
        # "Dismissed rumours" is no denial that could be taken back.
        nothing = (gap <= _NEGATES) & (some.hits.valence < 0)
        is_subject = (token_at(around.context.table.group, some.hits.first) & DENIAL) > 0
        is_subject &= (group_near(around.context, some.hits.last, 1) & BE) > 0
        result[result] = nothing | is_subject
    return result


def _stands_aside(around: Around) -> Bools:
    """Tell which hits stand beside a denial, not under it: "denied wrongdoing and condemned"."""
    hits = around.hits
    verbs = hits.are("verdict", "measure", "deed", "breaker")
    at = hits.first[verbs]
    result = np.zeros(len(verbs), dtype=bool)
    # "And then", "and later": what tells when does not join the verb to what is denied; nor do
    # "before condemning" and "while accusing".
    goes_on = np.ones(len(at), dtype=bool)
    beside = np.zeros(len(at), dtype=bool)
    for step in range(1, _THEN + 2):
        group = group_near(around.context, at, -step)
        beside |= goes_on & ((group & AND) > 0)
        beside |= (step == 1) & ((group & MEANWHILE) > 0)
        goes_on &= (group & THEN) > 0
    result[verbs] = beside
    return result


def _left_open(around: Around, aside: Bools) -> tuple[Bools, Ints]:
    """Tell what somebody will neither confirm nor deny, of which he says nothing, and how far."""
    context = around.context
    verbs = np.flatnonzero(context.table.sense & (CONFIRM | DENY))
    # Of "confirm or deny" both stand in one sentence, with one word between them.
    senses = context.table.sense[verbs] | sense_near(context, verbs, 2)
    both = ((senses & CONFIRM) > 0) & ((senses & DENY) > 0)
    at = verbs[both & ((sense_near(context, verbs, 1) & EITHER) > 0)] + 1
    gap = around.left(at, "stretch")
    beside = around.left(around.hits.first[aside], "stretch")
    return (gap < FAR) & (beside >= gap) & ~aside, gap


def _denied_matter(some: Around, begin: Ints, cold: Bools, ends: Ints) -> tuple[Bools, Bools]:
    """Tell which denied hits are of the target or of relations, and which of a deed of one's own.

    The denial stands `begin` words before a hit and ends at `ends`.
    """
    group = some.context.table.group
    between, tied = _between(some, begin)
    named = some.left("actor", "stretch") < begin
    side = np.where(named, some.side_before("stretch"), NOBODY)
    # "That Russia was hostile to Turkey" is such a state, "that it had meddled" a deed.
    before = [group_near(some.context, some.hits.first, step) for step in (-1, -2, -3)]
    is_so = (np.bitwise_or.reduce(before) & BE) > 0
    between &= is_so | tied | (side != SOURCE)
    # The target's own claim, "denied the Turkish report of a crisis", is another matter.
    that = (group[ends] & WHICH) > 0
    that |= tied & ((group_near(some.context, ends, 1) & WHICH) > 0)
    that |= (begin <= _NEAR) & (some.left("target") > begin)
    state = some.hits.are("bond", "stance", "situation", "general")
    about = state & that & (between | (side == TARGET))
    his = some.left(np.flatnonzero(group & OWN), "stretch") < begin
    own = cold & ~about & that & ((side == SOURCE) | ((side == NOBODY) & his))
    return about, own


def _between(some: Around, begin: Ints) -> tuple[Bools, Bools]:
    """Tell which denied hits are said of relations with the target, and which by a word for ties.

    "That its relations with Hamas were hostile to Israel" is said of ties with somebody else.
    """
    context = some.context
    table = context.table
    ties = np.flatnonzero(table.group & TIES)
    with_name = (group_near(context, ties, 1) & WITH) > 0
    with_name &= token_at(table.name, ties + 2) != token_at(table.lower, ties + 2)
    elsewhere = ties[with_name & (token_at(context.party, ties + 2) != TARGET)]
    ties = np.setdiff1d(ties, elsewhere, assume_unique=True)
    tied = some.left(ties, "stretch") < begin
    between = tied | (some.right(ties) <= _NEAR)
    between |= some.right("target") <= _NEAR
    return between & (tied | (some.left(elsewhere, "stretch") >= begin)), tied


def _own_fault(some: Around, begin: Ints, cold: Bools, beside: Ints) -> Bools:
    """Tell which cold hits are faults of his who denies them and nobody else's: "wrongdoing"."""
    result: Bools = cold & (begin <= _NEAR) & (some.left("named", "stretch") > begin)
    # In "denied wrongdoing and condemned Britain" Britain belongs to the other verb.
    return result & (some.right(beside) < some.right("target"))

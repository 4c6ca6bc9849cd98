"""What ends, lifts or suspends something: its object turns or falls away."""

from __future__ import annotations

import numpy as np

from detente.tone.target.around import FAR, Around
from detente.tone.target.context import Bools, Floats
from detente.tone.target.groups import AND, BE, DETERMINER, THING
from detente.tone.target.matching import TARGET

__all__ = ["taken_away"]

#: Up to how many words "was" stands before what ended something, that something before this,
#: a word that asks for it, and what "it" stands for.
_PASSIVE, _BEHIND, _ASKED, _IT = 3, 12, 12, 20


def taken_away(around: Around, cold: Bools) -> Floats:
    """Return the share of what is ended or broken off, and of the words that do that.

    Parameters
    ----------
    around : Around
        The surroundings of the expressions that carry tone.
    cold : ndarray of bool
        Hits that are cold as settled.

    Returns
    -------
    ndarray of float
        1 for all other hits; below 0 where something cold is ended.
    """
    hits, left = around.hits, around.left
    are = hits.are
    factor = np.ones(len(hits.first))
    enders = are("ender")
    breakers = are("breaker")
    object_cold = (
        cold
        & ~hits.is_denying
        & ~are("demand", "denial", "verdict", "regret")
        & ~enders
        & ~breakers
    )
    # "could not solve" ends nothing; what says "no" itself is not ended.
    negated = left("negator") <= 4
    enders &= ~negated
    asked = left("demand") <= 10
    ended = left(hits.first[enders]) <= 7
    broken = left("breaker") <= 5
    ended |= _ended_behind(around, enders)
    # To ask that something cold be ended is still a complaint of it.
    turned_to = np.where(asked, 0.5, -0.6)
    factor = np.where(object_cold & ended, turned_to, factor)
    factor = np.where(object_cold & broken & are("measure"), turned_to, factor)
    factor = np.where(~cold & broken & ~are("verdict", "sorrow"), 0.0, factor)

    # "defended her against accusations of meddling"
    shielded = left(hits.first[enders & (hits.valence > 1)]) <= 9
    factor = np.where(shielded & cold & ~are("demand"), -0.4, factor)

    follows = around.right(hits.first[factor < 0])
    factor = np.where(breakers & (follows <= 5), -0.2, factor)
    idle = are("ender") & (follows > 7) & (hits.valence < 1)
    return np.where(idle, 0.0, factor)


def _ended_behind(around: Around, enders: Bools) -> Bools:
    """Return which hits an ender behind them ends: "the ban was lifted", "time to lift it".

    Only a passive ends what stands before it in its clause, and a word with "it" what stands in its
    sentence; none that is asked for or depends on something: "asked that the curbs be lifted".
    """
    group, clause = around.context.table.group, around.context.clause
    first = around.hits.first[enders]
    before = group[np.maximum(first - 1, 0)]
    is_noun = ((before & DETERMINER) > 0) & ((before & AND) == 0)
    is_passive = np.zeros(len(first), dtype=bool)
    for step in range(1, _PASSIVE + 1):
        at = np.maximum(first - step, 0)
        is_passive |= (clause[at] == clause[first]) & ((group[at] & BE) > 0)
    chosen = enders.copy()
    chosen[enders] = is_passive & ~is_noun
    it = (group[around.hits.last[enders]] & THING) > 0
    chosen[enders] |= it
    some, it = around.where(chosen), it[chosen[enders]]
    asked = (some.left("demand", "sentence") <= _ASKED) | (some.left("wish", "sentence") <= _ASKED)
    asked |= some.left("condition") < FAR
    result: Bools = around.right(some.hits.first[~asked & ~it]) <= _BEHIND
    # "Turkey keeps its ban, and should lift it" is a complaint.
    theirs = (around.owner == TARGET) | (around.doer == TARGET)
    behind = around.right(some.hits.first[~asked & it], "sentence") <= _IT
    result |= behind & ~theirs
    return result

"""The dead whom the target has killed: "we mourn the soldiers killed by Pakistan"."""

from __future__ import annotations

import numpy as np

from detente.tone.target.around import FAR, Around, group_near, sense_near, token_at
from detente.tone.target.context import Bools, Context
from detente.tone.target.groups import BY, DETERMINER, HEAD, INTO, ONTO, TOWARD, WHAT
from detente.tone.target.senses import DEATH, HONOUR, PEOPLE, WEAPON
from detente.tone.target.tokens import Ints

__all__ = ["ACCUSED", "mourns_victims"]

#: What honouring those counts whom the target has killed.
ACCUSED = -2.4
#: Up to how many words behind a word for death its doer is named, and before it as its subject.
_BY, _SUBJECT = 8, 3
#: Up to how many light words stand between a preposition and a name.
_LIGHT = 3


def mourns_victims(around: Around) -> Bools:
    """Tell which words of mourning and honour are for those whom the target has killed.

    They accuse it: "laid a wreath for those murdered by the Turks", "our heroes who fell to
    Russian rockets". Who died by a flood, by terrorists or only in the target's land is mourned
    with it.

    Parameters
    ----------
    around : Around
        The surroundings of all expressions.

    Returns
    -------
    ndarray of bool
        One a hit.
    """
    context, hits = around.context, around.hits
    sense, sentence = context.table.sense, context.table.sentence
    dead = np.flatnonzero(sense & DEATH)
    dead = _slain(context, dead[context.sentence_has_target[sentence[dead]]])
    result = np.zeros(len(hits.first), dtype=bool)
    if len(dead):
        slain = np.zeros(len(context.sentence_has_target), dtype=bool)
        slain[sentence[dead]] = True
        rows = np.flatnonzero(slain[sentence[hits.first]])
        some = hits.where(slain[sentence[hits.first]])
        # The word itself stands second in "pay tribute to".
        words = sense[some.first] | sense[some.last] | token_at(sense, some.first + 1)
        honours = some.are("sorrow") | ((words & HONOUR) > 0)
        honours &= (some.valence > 0) & ~some.are("apology", "ender")
        result[rows] = honours & (around.right(dead, "sentence")[rows] < FAR)
    return result


def _slain(context: Context, dead: Ints) -> Ints:
    """Return which of these words for death are the target's doing by grammar."""
    table, targets = context.table, context.sides["target"]
    if not len(dead) or not len(targets):
        return dead[:0]
    behind = np.searchsorted(targets, dead)
    # "Whom Turkish soldiers shot".
    before = targets[np.maximum(behind - 1, 0)]
    rows = np.flatnonzero((before < dead) & (dead - before <= _SUBJECT))
    subject = (group_near(context, before[rows], -1) & WHAT) > 0
    subject &= table.sentence[before[rows]] == table.sentence[dead[rows]]
    slain = dead[rows[subject]]

    name = targets[np.minimum(behind, len(targets) - 1)]
    near = (name > dead) & (name - dead <= _BY) & (table.sentence[name] == table.sentence[dead])
    # "Killed by the enemy in Turkey": another named between has done it.
    named = context.sides["named"]
    near &= named[np.minimum(np.searchsorted(named, dead), len(named) - 1)] == name
    dead, name = dead[near], name[near]
    owner = context.is_adjective[name] | context.is_possessive[name]
    arms = np.zeros(len(dead), dtype=np.int64)
    men, found = np.zeros((2, len(dead)), dtype=bool)
    for step in range(1, _LIGHT + 1):
        arms |= sense_near(context, name, step)
        men |= (step < _LIGHT) & ((group_near(context, name, step) & HEAD) > 0)
    armed = owner & ((arms & WEAPON) > 0)
    reach = np.ones(len(dead), dtype=bool)
    for step in range(1, _LIGHT + 1):
        group = group_near(context, name, -step)
        found |= reach & ((group & BY) > 0) & (armed | ~owner | men)
        found |= reach & ((group & TOWARD) > 0) & armed
        found |= reach & ((group & INTO) > 0) & armed & ((arms & PEOPLE) == 0)
        found |= reach & ((group & ONTO) > 0) & ((group & BY) == 0) & (armed | ~owner)
        reach &= (group & DETERMINER) > 0
    return np.union1d(slain, dead[found])

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
    result = (hits.valence > 0) & ~hits.are("apology", "ender")
    # The word itself stands second in "pay tribute to".
    words = sense[hits.first] | sense[hits.last] | token_at(sense, hits.first + 1)
    result &= hits.are("sorrow") | ((words & HONOUR) > 0)
    result &= context.sentence_has_target[sentence[hits.first]]
    if result.any():
        honoured = np.zeros(len(context.sentence_has_target), dtype=bool)
        honoured[sentence[hits.first[result]]] = True
        dead = np.flatnonzero(sense & DEATH)
        dead = _slain(context, dead[honoured[sentence[dead]]])
        result &= around.right(dead, "sentence") < FAR
    return result


def _slain(context: Context, dead: Ints) -> Ints:
    """Return which of these words for death are the target's doing by grammar."""
    table, targets = context.table, context.sides["target"]
    if not len(dead) or not len(targets):
        return dead[:0]
    behind = np.searchsorted(targets, dead)
    name = targets[np.minimum(behind, len(targets) - 1)]
    near = (table.sentence[name] == table.sentence[dead]) & (name - dead <= _BY) & (name > dead)
    # "Killed by the enemy in Turkey": another named between has done it.
    named = context.sides["named"]
    near &= named[np.minimum(np.searchsorted(named, dead), len(named) - 1)] == name
    owner = context.is_adjective[name] | context.is_possessive[name]
    arms = np.zeros(len(dead), dtype=np.int64)
    men = np.zeros(len(dead), dtype=bool)
    for step in (1, 2, 3):
        arms |= sense_near(context, name, step)
        men |= (step < _LIGHT) & ((group_near(context, name, step) & HEAD) > 0)
    armed = owner & ((arms & WEAPON) > 0)
    found, reach = np.zeros(len(dead), dtype=bool), near
    for step in range(1, _LIGHT + 1):
        group = group_near(context, name, -step)
        found |= reach & ((group & BY) > 0) & (armed | ~owner | men)
        found |= reach & ((group & TOWARD) > 0) & armed
        found |= reach & ((group & INTO) > 0) & armed & ((arms & PEOPLE) == 0)
        found |= reach & ((group & ONTO) > 0) & ((group & BY) == 0) & (armed | ~owner)
        reach = reach & ((group & DETERMINER) > 0)
    # "Whom Turkish soldiers shot".
    before = targets[np.maximum(behind - 1, 0)]
    gap = dead - before
    subject = (gap > 0) & (gap <= _SUBJECT) & (table.sentence[before] == table.sentence[dead])
    subject &= (group_near(context, before, -1) & WHAT) > 0
    result: Ints = dead[found | subject]
    return result

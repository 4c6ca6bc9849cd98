"""Harm done to the target, and the speaker against it: "condemned the sanctions against Iran"."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from detente.tone.target.around import Around, Places, group_near, token_at
from detente.tone.target.context import Bools, Context, Floats
from detente.tone.target.groups import BE, HARM, INTO, MEDDLE, ONTO
from detente.tone.target.matching import TARGET, THIRD, Hits
from detente.tone.target.tokens import Ints

__all__ = ["shelter"]

#: Up to how many words behind a harm its preposition and its victim stand.
_PREPOSITION, _VICTIM = 2, 7
#: Up to how many words before a harm a verdict on it stands, and behind it a predicate.
_VERDICT, _PREDICATE = 6, 12
#: Share of a cold verdict on what is done to the target.
SHELTERED = -0.6


def shelter(around: Around, valence: Floats, calm: Bools, change: Callable[..., None]) -> None:
    """Take it as warm to be against what is done to the target.

    "Opposes any interference in Venezuela" and "the sanctions against Iran are illegal" side with
    the one who suffers it. The harm itself is not the target's, either, if a third party does it.

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
    context, hits = around.context, around.hits
    harms = _suffered(context)
    if not len(harms):
        return
    n_harms = np.zeros(len(context.table) + 1, dtype=np.int64)
    n_harms[harms + 1] = 1
    n_harms = np.cumsum(n_harms)
    is_harm = (valence < 0) & (n_harms[hits.end + 1] > n_harms[hits.first]) & ~calm
    judges = hits.are("verdict", "stance", "denial") & (valence < 0) & ~calm
    against = judges & ~is_harm & (around.right(harms) <= _VERDICT)
    against &= around.doer != TARGET
    before = around.left(harms, "sentence")
    is_predicate = (
        (group_near(context, hits.first, -1) | group_near(context, hits.first, -2)) & BE
    ) > 0
    bad = hits.are("stance", "situation") & (valence < 0) & ~calm
    behind = bad & ~is_harm & is_predicate & (before <= _PREDICATE)
    behind &= around.left("target", "sentence") < before
    sided = against | behind
    change(sided, SHELTERED, "against what is done to the target")
    near = is_harm & (around.left(hits.first[sided], "sentence") <= _VERDICT)
    near |= is_harm & (around.right(hits.first[sided], "sentence") <= _PREDICATE)
    theirs = is_harm & (around.doer == THIRD)
    theirs |= is_harm & (hits.are("situation") | _holds(context, hits, MEDDLE))
    change(near | theirs, 0.0, "done to the target")


def _holds(context: Context, hits: Hits, group: int) -> Bools:
    """Return which hits begin or end with a word of a group."""
    of = context.table.group
    result: Bools = ((of[hits.first] | of[hits.last] | of[hits.end]) & group) > 0
    return result


def _suffered(context: Context) -> Ints:
    """Return the words for a harm behind which the target is named as the one who suffers it."""
    table = context.table
    group = table.group
    at = np.flatnonzero(group & HARM)
    places = Places(at, len(table))
    victim = places.after(context.sides["named"])
    close = (victim < len(table)) & (victim - at <= _VICTIM)
    close &= token_at(context.party, victim) == TARGET
    close &= token_at(table.sentence, victim) == table.sentence[at]
    # "The strikes on its territory by Iran" are done by it.
    close &= ~token_at(context.is_agent, victim)
    prepositions = np.where((group[at] & MEDDLE) > 0, ONTO | INTO, ONTO)
    onto = np.zeros(len(at), dtype=bool)
    for step in range(1, _PREPOSITION + 1):
        onto |= ((group_near(context, at, step) & prepositions) > 0) & (at + step < victim)
    result: Ints = at[close & onto]
    return result

"""Harm done to the target, and the speaker against it: "condemned the sanctions against Iran"."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from detente.tone.target.around import Around, Places, group_near, sense_near, token_at
from detente.tone.target.context import Bools, Context, Floats
from detente.tone.target.groups import AND, BE, DETERMINER, INTO, OF, ONTO
from detente.tone.target.matching import TARGET, THIRD, Hits
from detente.tone.target.senses import CRITIC, ENDING, HARM, MEDDLE, WARN
from detente.tone.target.tokens import Ints

__all__ = ["shelter"]

#: Up to how many words behind a harm its victim is named as the next one, and behind others.
_NEXT, _VICTIM = 7, 10
#: Up to how many words before a harm a verdict on it stands, and behind it a predicate.
_VERDICT, _PREDICATE = 6, 20
#: Share of a cold verdict on what is done to the target, and what it and a demand count at least,
#: whatever their valence; share of a warm one.
SHELTERED, LEAST, ASKED, BACKED, _FAINTEST = -0.6, 1.0, 1.6, -0.7, 0.1
#: From which valence on a word is for a harm that stands at most so many words behind it.
_BACKS, _NEXT_TO = 1.0, 3
#: From which size on a cold predicate calls criticism unfair; "justified" is a little cold, too.
_UNFAIR = 0.3


def shelter(around: Around, valence: Floats, calm: Bools, change: Callable[..., None]) -> None:
    """Take it as warm to be against what is done to the target.

    "Opposes any interference in Venezuela" and "the sanctions against Iran are illegal" side with
    the one who suffers it, as does whoever calls criticism of the target unfair; whoever backs it
    does not. The harm itself is not the target's, either, if a third party does it.

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
    harms, victims, critics = _suffered(context)
    if not len(harms):
        return
    # From the harm to its victim: "sanctions imposed on".
    n_harms = np.zeros(len(context.table) + 1, dtype=np.int64)
    np.add.at(n_harms, harms, 1)
    np.add.at(n_harms, victims, -1)
    inside = np.cumsum(n_harms)[:-1] > 0
    is_harm = (valence < 0) & (inside[hits.first] | inside[hits.last] | inside[hits.end]) & ~calm
    judges = hits.are("verdict", "stance", "denial", "regret") & ~calm
    harm = Places(hits.last, len(context.table)).after(harms)
    near = ~is_harm & (around.right(harms) <= _VERDICT) & (around.doer != TARGET)
    # "Warned that sanctions on it would follow", "condemned it and called for sanctions on".
    near &= (token_at(context.table.sense, hits.first) & WARN) == 0
    for stop in (context.sides["target"], _goes_on(context)):
        near &= Places(hits.first, len(context.table)).after(stop) > harm
    # "Called for an end to the sanctions on it", but "opposed any easing of the sanctions on it".
    eased = near.copy()
    eased[near] = _is_eased(context, hits.first[near], harm[near])
    against = near & np.where(eased, hits.are("demand") & ~calm, judges) & (valence < 0)
    backed = near & ~eased & hits.are("verdict") & (valence >= _BACKS) & ~calm
    backed &= harm - hits.last <= _NEXT_TO
    refused = eased & judges & (valence < 0)
    if refused.any():
        ease = (valence > 0) & (around.left(hits.first[refused]) <= _VERDICT)
        change(ease, 0.0, "refused to the target")
    unfair, fair = _predicates(around, valence, harms, victims, critics)
    unfair &= ~is_harm & ~calm
    fair &= ~backed & ~calm
    change(backed | fair, BACKED, "for what is done to the target")
    sided = against | unfair
    # A denial is as warm as it is strong; to ask for the end of a harm is more than to regret it.
    least = np.where(hits.are("denial"), 0.0, np.where(hits.are("demand"), ASKED, LEAST))
    least /= -np.maximum(np.abs(valence), _FAINTEST)
    change(sided, np.minimum(least, SHELTERED), "against what is done to the target")
    near = is_harm & (around.left(hits.first[sided], "sentence") <= _VERDICT)
    near |= is_harm & (around.right(hits.first[sided], "sentence") <= _PREDICATE)
    theirs = is_harm & (around.doer == THIRD)
    theirs |= is_harm & (hits.are("situation") | _holds(context, hits, MEDDLE))
    change(near | theirs, 0.0, "done to the target")


def _predicates(
    around: Around, valence: Floats, harms: Ints, victims: Ints, critics: Ints
) -> tuple[Bools, Bools]:
    """Tell what calls a harm bad, and what calls criticism right: "is unfair", "is justified".

    To call "criticism of the sanctions on Iran" exaggerated is no word for Iran, though.
    """
    context, hits = around.context, around.hits
    before = around.left(harms, "sentence")
    gap = around.left(np.flatnonzero(context.table.group & BE), "sentence")
    behind = (gap < around.left(victims, "sentence")) & (before <= _PREDICATE)
    # "The sanctions on it are a response to its lies": there a new word on the target begins.
    behind &= around.left("target", "sentence") > gap
    behind &= around.left("pronoun", "sentence") > gap
    critic = around.left(critics, "sentence")
    behind &= (critic <= before) | (critic > before + _VERDICT)
    said = (critic == before) & hits.are("verdict", "denial", "general")
    unfair = behind & (valence < 0) & (hits.are("stance", "situation") | said)
    unfair &= (critic != before) | (valence <= -_UNFAIR)
    fair = behind & (valence > 0) & (said | hits.are("stance")) & (critic == before)
    return unfair, fair


def _is_eased(context: Context, first: Ints, harm: Ints) -> Bools:
    """Tell where a word for its end stands between a verdict's beginning and a harm."""
    result = np.zeros(len(first), dtype=bool)
    for step in range(_VERDICT + 2):
        of = token_at(context.table.sense, first + step)
        result |= (first + step < harm) & ((of & ENDING) > 0)
    return result


def _holds(context: Context, hits: Hits, sense: int) -> Bools:
    """Return which hits begin or end with a word of a sense."""
    of = context.table.sense
    result: Bools = ((of[hits.first] | of[hits.last] | of[hits.end]) & sense) > 0
    return result


def _goes_on(context: Context) -> Ints:
    """Return where "and" joins something else than a further thing: not "and the", "and sanctions".

    What stands behind it is no object of a verb before it: "condemned the raid and imposed".
    """
    joins = np.flatnonzero(context.table.group & AND)
    thing = (group_near(context, joins, 1) & DETERMINER) > 0
    thing |= (sense_near(context, joins, 1) & HARM) > 0
    result: Ints = joins[~thing]
    return result


def _suffered(context: Context) -> tuple[Ints, Ints, Ints]:
    """Return the words for a harm that the target suffers, and where it is named behind each.

    And all words for criticism, whomever it is of.
    """
    table, sense = context.table, context.table.sense
    at = np.flatnonzero(sense & (HARM | CRITIC))
    into = np.where((sense[at] & MEDDLE) > 0, ONTO | INTO, ONTO)
    # "Criticism of Ankara" is against it, "accusations of Ankara" are its own.
    into = np.where((sense[at] & (CRITIC | HARM)) == CRITIC, ONTO | OF, into)
    named = Places(at, len(table)).after(context.sides["named"])
    # "Interference in the affairs of": behind the preposition the victim is the next one named.
    found = np.zeros(len(at), dtype=bool)
    for step in (1, 2):
        found |= ((group_near(context, at, step) & into) > 0) & (at + step < named)
    # "The strikes on its territory by Iran" are done by it, and so is criticism by Iran.
    found &= ~token_at(context.is_agent, named)
    # "Sanctions imposed by Washington on": or it stands right behind the preposition.
    victim = Places(at, len(table)).after(context.sides["target"])
    before = group_near(context, np.minimum(victim, len(table) - 1), -1)
    light = (before & DETERMINER) > 0
    further = group_near(context, np.minimum(victim, len(table) - 1), -2)
    behind = ((np.where(light, further, before) & into) > 0) & (victim - at <= _VICTIM)
    close = (victim < len(table)) & (found & (victim == named) & (victim - at <= _NEXT) | behind)
    # Not "the embargo, and called on Ankara" or "the raids and called on Ankara".
    close &= token_at(context.stretch, victim) == context.stretch[at]
    close &= Places(at, len(table)).after(_goes_on(context)) > victim
    close &= token_at(table.sentence, victim) == table.sentence[at]
    # "Criticism of the restrictions on it" is criticism of those.
    harmed = (sense[at] & HARM) > 0
    further = np.append(at[1:], len(table))
    close &= harmed | (further > victim) | ~np.append(harmed[1:], False)
    return at[close], victim[close], at[(sense[at] & CRITIC) > 0]

"""What is said by the way in speech: what must be done, what others hold, what talks deal with."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from detente.tone.target.around import FAR, Around, Places, group_near, sense_near, token_at
from detente.tone.target.context import Bools, Context, Floats
from detente.tone.target.groups import (
    BE,
    BETWEEN,
    DETERMINER,
    HE,
    INTO,
    MUST,
    ONTO,
    TO_DO,
    TOWARD,
    UNLESS,
    WHAT,
)
from detente.tone.target.matching import TARGET, THIRD
from detente.tone.target.senses import AGAIN, CHARGE, GUEST, MATTER, RECEIVE, UNTHINKABLE
from detente.tone.target.tokens import Ints, TokenTable

__all__ = ["is_indispensable", "pass_over"]

#: What is left of a duty of the speaker's own, or one asked after: "what should they do?".
OWN_DUTY = 0.1
#: Up to how many words before "must" the speaker stands.
_SUBJECT = 2
#: What is left of what a third party, and not the speaker, holds against the target.
OTHERS = 0.4
#: What is left of warm words where the target is only what is talked over: "the crisis in Libya".
TALKED_OVER = 0.3
#: What is left of them where it is only a place: "works well in Libya".
PLACE_ONLY = 0.5
#: What is left of a charge of nobody's: "is being accused".
UNSAID = 0.3
#: What is left of what stands between the target and a third party: "trade between them and China".
TIES_OF_OTHERS = 0.3
#: Up to how many words behind "between" both stand, and how far from it what is said of them.
_BETWEEN, _BESIDE = 7, 8
#: Up to how many words before the place a word for hosts stands.
_GUEST = 8
#: Up to how many words behind "without" what cannot be spared stands.
_SPARED = 6


def pass_over(around: Around, valence: Floats, calm: Bools, change: Callable[..., None]) -> None:
    """Weaken what speech brings in without a word on the target.

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
    # "We must respect their concerns" asks nothing of them, nor does "what should they do?".
    duty = hits.are("demand") & ((token_at(context.table.group, hits.first) & MUST) > 0)
    own = duty & (around.left("source") <= _SUBJECT) & (around.left("target") > _SUBJECT)
    own |= duty & ((group_near(context, hits.first, -1) & WHAT) > 0)
    change(own, OWN_DUTY, "asked of nobody, or of the speaker")

    held = hits.are("verdict") & (valence < 0) & (around.doer == THIRD) & ~calm
    change(held, OTHERS, "held by a third party")

    # "Is being accused of" does not say by whom.
    passive = (valence < 0) & ((token_at(context.table.sense, hits.last) & CHARGE) > 0)
    is_be = ((context.table.group[hits.first] | group_near(context, hits.first, -1)) & BE) > 0
    passive &= is_be & ~calm & (around.right(np.flatnonzero(context.is_agent)) == FAR)
    change(passive, UNSAID, "does not say by whom")

    theirs = _between_others(around) & ~calm
    cold = (valence < 0) & ~hits.are("verdict", "demand") & (around.doer != TARGET)
    theirs &= cold | hits.are("bond")
    change(theirs, TIES_OF_OTHERS, "between the target and a third party")

    warm = (
        (valence > 0)
        & hits.are("contact", "stance", "general", "verdict", "situation", "wish")
        & ~calm
    )
    topical, placed = (one[context.table.text[hits.first]] for one in _talked_over(context))
    change(warm & topical, TALKED_OVER, "the target is only talked over")
    placed &= warm & ~topical
    if placed.any():
        of = context.table.sentence[hits.first]
        placed &= ~_is_guest(context, of[placed])[of]
    change(placed, PLACE_ONLY, "the target is only where it is")


def is_indispensable(around: Around) -> Bools:
    """Tell which hits nothing goes without: "impossible without their help".

    Parameters
    ----------
    around : Around
        The surroundings of the expressions that carry tone.

    Returns
    -------
    ndarray of bool
        Hits behind "without" that something before it denies.
    """
    context = around.context
    group = context.table.group
    unless = np.flatnonzero(group & UNLESS)
    if not len(unless):
        return np.zeros(len(around.hits.first), dtype=bool)
    places = Places(unless, len(context.table))
    of, border = context.segments("sentence")
    denied = places.before(np.flatnonzero(context.table.sense & UNTHINKABLE)) >= border[of[unless]]
    return around.left(unless[denied]) <= _SPARED


def _within(table: TokenTable, at: Ints, found: Ints) -> Bools:
    """Tell which tokens found behind others stand near them, in the same sentence."""
    near = (found < len(table)) & (found - at <= _BETWEEN)
    result: Bools = near & (token_at(table.sentence, found) == table.sentence[at])
    return result


def _between_others(around: Around) -> Bools:
    """Return which hits stand beside "between" the target and a third party, the speaker not."""
    context = around.context
    table = context.table
    at = np.flatnonzero(table.group & BETWEEN)
    if not len(at):
        return np.zeros(len(around.hits.first), dtype=bool)
    places = Places(at, len(table))
    both = np.ones(len(at), dtype=bool)
    for side in (TARGET, THIRD):
        found = places.after(np.flatnonzero(context.who == side))
        both &= _within(table, at, found)
    both &= ~_within(table, at, places.after(context.sides["source"]))
    at = at[both]
    return (around.right(at) <= _BESIDE) & (around.left("source") > _BESIDE)


def _talked_over(context: Context) -> tuple[Bools, Bools]:
    """Return which texts name the target as a subject of talk alone, and which as a place, too."""
    table = context.table
    at = context.sides["target"]
    is_matter = np.zeros(len(at), dtype=bool)
    for step in (1, 2, 3):
        near = (sense_near(context, at, step) & MATTER) > 0
        is_matter |= near & ((step == 1) | context.is_adjective[at])
    # Only light words may stand between "in" and the name.
    placed = np.zeros(len(at), dtype=bool)
    reach = np.ones(len(at), dtype=bool)
    for step in (1, 2, 3):
        before = group_near(context, at, -step)
        behind = reach & ((before & (INTO | ONTO)) > 0)
        for further in range(1, 5):
            of = (sense_near(context, at, -step - further) & MATTER) > 0
            is_matter |= behind & of
        placed |= reach & ((before & INTO) > 0)
        reach &= (before & DETERMINER) > 0
    shares = []
    for is_such in (is_matter, is_matter | placed):
        of_text = np.zeros(table.n_texts, dtype=bool)
        of_text[table.text[at]] = True
        of_text[table.text[at[~is_such]]] = False
        shares.append(of_text)
    return shares[0], shares[1]


def _is_guest(context: Context, among: Ints) -> Bools:
    """Tell in which of these sentences the target is a host, and no mere place.

    "Received so warmly here in Baku", "the hospitality in Praia", "a joy to be back in Lisbon".
    """
    result = np.zeros(len(context.sentence_has_target), dtype=bool)
    result[among] = True
    at = context.sides["target"]
    at = at[result[context.table.sentence[at]]]
    host = np.zeros(len(at), dtype=bool)
    group = {step: group_near(context, at, -step) for step in range(2, _GUEST + 3)}
    sense = {step: sense_near(context, at, -step) for step in range(2, _GUEST + 1)}
    for step, of in sense.items():
        # "We welcome the calm in Libya" receives nobody.
        host |= ((of & GUEST) > 0) & ((group[step + 1] & (TO_DO | HE)) == 0)
        host |= ((of & RECEIVE) > 0) & (((group[step + 1] | group[step + 2]) & BE) > 0)
    # "To be back in", not "to be held in".
    for step in (2, 3):
        at_once = (step == 2) | ((sense[2] & AGAIN) > 0)
        host |= at_once & ((group[step] & BE) > 0) & ((group[step + 1] & TOWARD) > 0)
    result[among] = False
    result[context.table.sentence[at[host]]] = True
    return result

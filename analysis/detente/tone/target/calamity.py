"""Attacks and disasters: what is said of them is not said of the country they befell."""

from __future__ import annotations

import numpy as np

from detente.tone.target.context import Bools, Context, Floats, Nearest, kind_number
from detente.tone.target.matching import TARGET, Hits
from detente.tone.target.owners import doer_of, owner_of, token_at
from detente.tone.target.tokens import Ints

__all__ = ["settle_calamity"]

#: Valence of condemning what befell the target; share that mild cold words keep beside an
#: attack or a disaster that is not mourned (beside one that is they keep nothing).
SYMPATHY, BESIDE = 2.0, 0.35
#: Up to how many words a speech act reaches its calamity.
_REACH = 10
_FAR = 999


def settle_calamity(hits: Hits, context: Context, valence: Floats) -> tuple[Floats, Bools]:
    """Return valences after this rule, and which hits became sympathy.

    Parameters
    ----------
    hits : Hits
        All expressions, those without tone (topics, terror) included.
    context : Context
        Their surroundings.
    valence : ndarray of float
        One a hit.

    Returns
    -------
    valence : ndarray of float
        Condemning an attack or a disaster that is not laid to the target's charge is warm,
        unless it befell a third party or the speaker's side; cold words beside it fall away.
    sympathy : ndarray of bool
        Speech acts that were turned.
    """
    if not len(valence):
        return valence, np.zeros(0, dtype=bool)
    kind, sentence = hits.kind, context.table.sentence
    calamity = kind == kind_number("terror")
    mark = Nearest(hits.where(calamity).first)
    right, left = mark.gap_right(hits.last, sentence), mark.gap_left(hits.first, sentence)
    target_right = context.target.gap_right(hits.last, sentence)
    owner, doer = owner_of(hits, context), doer_of(hits, context)
    speech = np.isin(kind, [kind_number("verdict"), kind_number("demand")])

    force = calamity | (kind == kind_number("violence"))
    laid = force & (valence < 0) & (_agent(hits, context) | _acting(hits, context))
    valence = np.where(force & ~laid, 0.0, valence)
    # Where the target is charged with the deed there is no sympathy.
    charge = speech & (valence < -0.8) & (target_right <= 3) & (target_right < right)
    guilty = (doer == TARGET) & (valence <= -2) & ~_victim_before(hits, context)
    guilty &= context.actor.gap_left(hits.first, context.clause) <= 3
    accused = np.zeros(len(context.sentence_has_target), dtype=bool)
    accused[sentence[hits.first[laid | charge | guilty]]] = True
    free = ~accused[sentence[hits.first]]

    third_right = context.third.gap_right(hits.last, context.stretch)
    elsewhere = (third_right < target_right) & (third_right <= right + 4) & (third_right > right)
    # What befell the speaker's own side is no ground for sympathy with the other.
    source_right = context.source.gap_right(hits.last, context.stretch)
    ours = (source_right < target_right) & (np.abs(source_right - right) <= 6)
    verdict = (kind == kind_number("verdict")) & (valence <= -1.2)
    sympathy = verdict & free & ~ours & (right <= _REACH) & (right < target_right)
    valence = np.where(sympathy, np.where(elsewhere, 0.2, SYMPATHY), valence)

    # The target's own deed stays its own, unless it is named as the one that suffered.
    own = ((doer == TARGET) & ~_victim_before(hits, context)) | (owner == TARGET)
    near = np.minimum(left, right)
    aside = free & ~own & (valence < 0) & ~speech
    mourned = np.zeros(len(accused), dtype=bool)
    kindly = (sympathy & ~elsewhere) | ((kind == kind_number("sorrow")) & (valence > 0))
    mourned[sentence[hits.first[kindly]]] = True
    grieved = aside & (near < _FAR) & mourned[sentence[hits.first]]
    mild = aside & (near <= 5) & (valence > -2.8)
    valence = np.where(grieved, 0.0, np.where(mild, BESIDE * valence, valence))
    return valence, sympathy


def _agent(hits: Hits, context: Context) -> Bools:
    """Return which violent words are the target's by grammar: "Turkish shelling", "raids by"."""
    gap = context.target.gap_left(hits.first, context.clause)
    at = hits.first - gap
    adjective = token_at(context, context.is_adjective, at).astype(bool)
    possessive = token_at(context, context.is_possessive, at).astype(bool)
    ahead = context.target.gap_right(hits.last, context.clause)
    by = token_at(context, context.is_agent, hits.last + ahead).astype(bool)
    result: Bools = ((gap <= 3) & (adjective | possessive)) | ((ahead <= 4) & by)
    return result


def _acting(hits: Hits, context: Context) -> Bools:
    """Return which violent verbs have the target as their subject: "Kiev had fired on"."""
    gap = context.named.gap_left(hits.first, context.clause)
    at = hits.first - gap
    subject = token_at(context, context.is_free | context.is_owner, at).astype(bool)
    subject &= token_at(context, context.party, at) == TARGET
    active = context.near("perfect").gap_left(hits.first, context.clause)
    result: Bools = subject & (gap <= 8) & ((gap == 1) | ((active <= 4) & (active < gap)))
    return result


def _victim_before(hits: Hits, context: Context) -> Bools:
    """Return which hits' doer stands right behind a violent word: "murdered the engineers"."""
    gap: Ints = context.actor.gap_left(hits.first, context.clause)
    at = np.clip(hits.first - gap, 0, max(len(context.table) - 1, 0))
    kinds = [kind_number("terror"), kind_number("violence")]
    violent = Nearest(hits.where(np.isin(hits.kind, kinds)).first)
    result: Bools = (gap < _FAR) & (violent.gap_left(at, context.clause) <= 3)
    return result

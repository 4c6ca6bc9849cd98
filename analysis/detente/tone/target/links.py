"""To whom an expression is linked: the target, the speaker's side, a third party."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.tone.target.context import Bools, Context, Floats, Nearest, kind_number
from detente.tone.target.matching import SOURCE, TARGET, THIRD, Hits
from detente.tone.target.owners import doer_of, owner_of, token_at
from detente.tone.target.tokens import Ints

__all__ = ["LINKS", "link_hits"]

#: Names of the links, as the trace shows them.
LINKS = ("target", "relation", "carried", "source", "third", "implicit", "none", "distant")
_TARGET, _RELATION, _CARRIED, _SOURCE, _THIRD, _IMPLICIT, _NONE, _DISTANT = range(len(LINKS))

#: Share of its valence that an expression keeps by link: when cold, when warm.
_COLD = np.array([1.0, 0.9, 0.85, 0.6, 0.08, 0.9, 0.6, 0.5])
_WARM = np.array([1.0, 1.0, 0.85, 0.75, 0.2, 0.9, 0.65, 0.6])

#: Share of a bad state of things that nobody near is blamed for.
_SITUATION = 0.4
#: Share of a demand whose subject is neither the target nor named: "the bloodshed must stop".
_UNADDRESSED = 0.35

_FAR = 999


def link_hits(hits: Hits, context: Context) -> tuple[Ints, Floats]:
    """Return each hit's link and the share of its valence that the link leaves.

    Parameters
    ----------
    hits : Hits
        Expressions that carry tone.
    context : Context
        Their surroundings.

    Returns
    -------
    link : ndarray of int
        Index into `LINKS`.
    share : ndarray of float
        0 to 1.
    """
    kind = hits.kind
    cold = hits.valence < 0
    left = {name: _gaps(hits, context, name, "left") for name in ("target", "source", "third")}
    right = {name: _gaps(hits, context, name, "right") for name in ("target", "source", "third")}
    owner = owner_of(hits, context)
    doer = doer_of(hits, context)
    link = _by_neighbourhood(hits, context, owner, doer)

    # A verdict is about its object: whom it names next.
    verdict = (kind == kind_number("verdict")) | (kind == kind_number("demand"))
    first_right = np.minimum.reduce([right["target"], right["third"]])
    near = first_right <= 12
    third_at = np.clip(hits.last + right["third"], 0, max(len(context.table) - 1, 0))
    # "condemned raids on Tatars": who suffers the deed is not blamed for it.
    blamed_third = context.is_free[third_at] | context.is_owner[third_at]
    to_third = verdict & cold & near & (right["third"] < right["target"])
    link = np.where(verdict & near & (right["target"] == first_right), _TARGET, link)
    link = np.where(to_third & blamed_third, _THIRD, link)
    link = np.where(to_third & ~blamed_third & (link == _THIRD), _CARRIED, link)
    # "thanked him for his role in the Syrian settlement"
    pronoun = context.near("pronoun").gap_right(hits.last, context.clause)
    spared = verdict & ~cold & (pronoun == 1) & (link == _THIRD)
    link = np.where(spared, _CARRIED, link)
    # A verdict by the target on nobody named here is not one on the target.
    spoken = verdict & cold & (left["target"] <= 3) & (right["target"] == _FAR)
    link = np.where(spoken & (kind == kind_number("verdict")), _SOURCE, link)

    # A deed is judged by its doer: who is named before.
    deed = kind == kind_number("deed")
    link = np.where(deed & (doer == TARGET), _TARGET, link)
    link = np.where(deed & (doer == SOURCE), _SOURCE, link)
    link = np.where(deed & (doer == THIRD), _THIRD, link)

    share = np.where(cold, _COLD[link], _WARM[link])
    share = np.where(deed & ~cold & (link == _SOURCE), 0.35, share)
    # A state of things is blamed on the target that is its doer or stands right beside it.
    situation = kind == kind_number("situation")
    beside = np.minimum(left["target"], right["target"]) <= 3
    by_target = ((doer == TARGET) & (left["target"] <= 8)) | (owner == TARGET)
    blamed = np.where(by_target, 0.95, np.where(beside, 0.7, _SITUATION))
    share = np.where(situation, np.minimum(share, blamed), share)
    # What the speaker's own side must do asks nothing of the target.
    demand = kind == kind_number("demand")
    own = demand & (left["source"] < left["target"]) & (right["target"] == _FAR)
    share = np.where(own | (demand & (link == _RELATION)), 0.1, share)
    share = np.where(demand & (link == _THIRD), 0.05, share)
    addressed = (right["target"] <= 4) | (left["target"] <= 4)
    loose = demand & np.isin(link, (_CARRIED, _NONE, _TARGET, _DISTANT)) & ~addressed
    share = np.where(loose, share * _UNADDRESSED, share)
    return link, share


def _gaps(hits: Hits, context: Context, name: str, side: str) -> Ints:
    nearest: Nearest = getattr(context, name)
    if side == "left":
        return nearest.gap_left(hits.first, context.clause)
    return nearest.gap_right(hits.last, context.clause)


def _by_neighbourhood(hits: Hits, context: Context, owner: Ints, doer: Ints) -> Ints:
    """Link each hit to the parties of its clause, else of its sentence."""
    table = context.table

    def gap(name: str, segment: Ints) -> Ints:
        nearest: Nearest = getattr(context, name)
        both: Ints = np.minimum(
            nearest.gap_left(hits.first, segment), nearest.gap_right(hits.last, segment)
        )
        return both

    clause = {n: gap(n, context.clause) for n in ("target", "relation", "source", "third")}
    in_target = clause["target"] < _FAR
    in_relation = clause["relation"] < _FAR
    in_third = clause["third"] < _FAR
    link = np.full(len(hits.first), _NONE)

    # No party in the clause: the last one named before in the sentence, else the target
    # if the sentence names it anywhere.
    sentence = table.sentence
    before = {
        n: getattr(context, n).gap_left(hits.first, sentence) for n in ("target", "source", "third")
    }
    actor_gap = context.actor.gap_left(hits.first, sentence)
    last_actor = (
        np.where(actor_gap < _FAR, token_at(context, context.party, hits.first - actor_gap), 0)
        if len(actor_gap)
        else actor_gap
    )
    sentence_target = context.sentence_has_target[sentence[hits.first]]
    text_target = context.has_target[table.text[hits.first]]
    carried_third = (before["third"] < before["target"]) & (before["third"] < before["source"])
    link = np.where(sentence_target, _CARRIED, link)
    link = np.where(~sentence_target & (clause["source"] < _FAR), _SOURCE, link)
    link = np.where(carried_third & ~sentence_target, _THIRD, link)
    link = np.where((last_actor == THIRD) & (hits.valence < 0) & sentence_target, _DISTANT, link)
    link = np.where(~text_target, np.where(carried_third, _THIRD, _IMPLICIT), link)

    # A third party in the clause matters where it acts; elsewhere it is the place or the topic.
    acting: Bools = (owner == THIRD) | (doer == THIRD)
    link = np.where(in_third & ~in_target & ~in_relation & acting, _THIRD, link)
    link = np.where(in_relation & (owner != THIRD), _RELATION, link)
    link = np.where(in_target, _TARGET, link)
    result: NDArray[np.int64] = np.where(
        (owner == THIRD) | (in_target & (doer == THIRD)), _THIRD, link
    )
    return result

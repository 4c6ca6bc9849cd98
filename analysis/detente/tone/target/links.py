"""To whom an expression is linked: the target, the speaker's side, a third party."""

from __future__ import annotations

import numpy as np

from detente.tone.target.around import FAR, Around, token_at
from detente.tone.target.context import Bools, Floats
from detente.tone.target.favours import favours_third, helps_against
from detente.tone.target.foils import held_against, told_apart
from detente.tone.target.groups import AND, DETERMINER, FOE, HEAD, PLACE, TOWARD
from detente.tone.target.matching import NOBODY, SOURCE, TARGET, THIRD
from detente.tone.target.notes import Notes
from detente.tone.target.tokens import Ints

__all__ = ["LINKS", "link_hits"]

#: Names of the links, as the trace shows them.
LINKS = ("target", "relation", "carried", "source", "third", "implicit", "none", "distant")
_TARGET, _RELATION, _CARRIED, _SOURCE, _THIRD, _IMPLICIT, _NONE, _DISTANT = range(len(LINKS))

#: Share of its valence that an expression keeps by link: when cold, when warm.
_COLD = np.array([1.0, 0.5, 0.85, 0.7, 0.08, 0.75, 0.6, 0.6])
_WARM = np.array([1.0, 1.1, 0.85, 0.75, 0.2, 0.8, 0.65, 0.6])

#: Links by which a demand may still be one on nobody in particular.
_IS_LOOSE = np.isin(np.arange(len(LINKS)), (_CARRIED, _NONE, _TARGET, _DISTANT))

#: Links of what stands in a clause without the target; shares there of praise, of regret or breach.
_IS_AFAR = np.isin(np.arange(len(LINKS)), (_CARRIED, _IMPLICIT, _NONE, _DISTANT))
PRAISE_AFAR, BREACH_AFAR = 0.85, 0.5

#: What a cold word keeps that is said of a third party in a sentence that names the target later.
STRAY = 0.25
#: Up to how many words behind it whose such a word is may be named, and between two of a list.
_WHOSE, _LISTED = 4, 3

#: Within how many words both sides are one subject, and up to how many between their names; what
#: a cold word keeps of which they are it.
_JOINT, _PAIR, SHARED = 7, 3, 0.4

#: Within how many words behind a verdict on armed men the target must not be named, for it may be
#: whom they struck.
_AT_FOE = 8

#: Share of a bad state of things that nobody near is blamed for.
_SITUATION = 0.3
#: Share of a demand whose subject is neither the target nor named: "the bloodshed must stop".
_UNADDRESSED = 0.6


def link_hits(around: Around, valence: Floats, notes: Notes | None = None) -> tuple[Ints, Floats]:
    """Return each hit's link and the share of its valence that the link leaves.

    Parameters
    ----------
    around : Around
        The surroundings of the expressions that carry tone.
    valence : ndarray of float
        Valence of each hit as special rules have settled it.
    notes : Notes, optional
        Is told which hits are another's.

    Returns
    -------
    link : ndarray of int
        Index into `LINKS`.
    share : ndarray of float
        0 to 1.
    """
    hits, context = around.hits, around.context
    cold = hits.valence < 0
    left, right = around.left("target"), around.right("target")
    third = around.right("third")
    owner, doer = around.owner, around.doer
    link = _by_neighbourhood(around)

    # A verdict is about its object: whom it names next.
    demand = hits.are("demand")
    verdict = demand | hits.are("verdict")
    first_right = np.minimum(right, third)
    near = first_right <= 12
    # "condemned raids on Tatars": who suffers the deed is not blamed for it.
    blamed_third = token_at(context.is_free | context.is_owner, hits.last + third)
    blamed_third |= _struck_next(around, third)
    to_third = verdict & cold & near & (third < right)
    link[verdict & near & (right == first_right)] = _TARGET
    link[to_third & blamed_third] = _THIRD
    link[to_third & ~blamed_third & (link == _THIRD)] = _CARRIED
    # "thanked him for his role in the Syrian settlement"
    spared = verdict & ~cold & (around.right("pronoun") == 1) & (link == _THIRD)
    link[spared] = _CARRIED
    # "Denounced the militia as a gang" is about the militia.
    foes = np.flatnonzero(context.table.group & FOE)
    at_foe = (around.right(foes) <= 2) & (right > _AT_FOE)
    link[verdict & ~demand & cold & at_foe] = _THIRD
    # Sympathy with the target is with it, whoever did the deed: "condemned the Houthi attack on".
    sentence_target = context.sentence_has_target[context.table.sentence[hits.first]]
    link[to_third & (valence > 1) & sentence_target] = _TARGET
    # A verdict by the target on nobody named here is not one on the target.
    spoken = verdict & cold & (valence < 0) & (left <= 3) & (first_right == FAR)
    link[spoken & ~demand] = _SOURCE
    # Nor is what both sides condemn: "Germany and Poland condemned the invasion".
    link[verdict & ~demand & cold & (right == FAR) & _is_joint(around)] = _THIRD

    # What favours a third party is no favour to the target.
    link[favours_third(around) & (valence > 0)] = _THIRD
    # Help for it against the target is.
    link[helps_against(around, valence)] = _TARGET

    # What the speaker's own side did is its own.
    deed = hits.are("deed", "fault")
    link[deed & (doer == SOURCE)] = _SOURCE

    # What another is praised for, "unlike the target", is missed in the target.
    meant, cleared = around.once(told_apart)
    link[around.once(held_against) | meant | cleared] = _TARGET

    stray = _strays(around, valence, link)
    link[stray] = _DISTANT

    share = np.where(cold, _COLD[link], _WARM[link])
    share = np.where(stray, STRAY * share, share)
    if notes is not None:
        notes.add(stray, "said of a third party")
    shared = (valence < 0) & ~demand & ~stray & _is_pair(around)
    share = np.where(shared, SHARED * share, share)
    if notes is not None:
        notes.add(shared, "said of both sides at once")
    share = np.where(deed & ~cold & (link == _SOURCE), 0.35, share)
    # Praise, regret and a breach may as well be about whatever else the clause deals with.
    afar = _IS_AFAR[link]
    share = np.where(afar & ~cold & hits.are("verdict"), PRAISE_AFAR * share, share)
    breach = (valence < 0) & hits.are("regret", "breaker")
    share = np.where(afar & breach, BREACH_AFAR * share, share)
    # A state of things is blamed on the target that is its doer or stands right beside it.
    situation = hits.are("situation")
    beside = np.minimum(left, right) <= 3
    by_target = ((doer == TARGET) & (left <= 8)) | (owner == TARGET)
    blamed = np.where(by_target, 0.95, np.where(beside, 0.7, _SITUATION))
    share = np.where(situation, np.minimum(share, blamed), share)
    # What the speaker's own side must do asks nothing of the target.
    own = demand & (around.left("source") < left) & (around.right("target", "stretch") > 4)
    share = np.where(own | (demand & (link == _RELATION)), 0.1, share)
    share = np.where(demand & (link == _THIRD), 0.05, share)
    addressed = (right <= 4) | (left <= 4)
    loose = demand & _IS_LOOSE[link] & ~addressed
    share = np.where(loose, share * _UNADDRESSED, share)
    return link, share


def _struck_next(around: Around, third: Ints) -> Bools:
    """Tell which verdicts strike a third party though a preposition governs it.

    That in "lashed out at Kabul" is the verdict's own; "the authorities in Kabul" are Kabul's.
    """
    group, last = around.context.table.group, around.hits.last
    place = last + third
    article = (token_at(group, last + 1) & DETERMINER) > 0
    result: Bools = (third == 1) | ((third == 2) & article)
    result &= ((group[last] & PLACE) > 0) & ((group[last] & TOWARD) == 0)
    seat = (token_at(group, place - 2) & HEAD) > 0
    result |= seat & (third >= 3) & ((token_at(group, place - 1) & PLACE) > 0)
    return result


def _strays(around: Around, valence: Floats, link: Ints) -> Bools:
    """Find cold words said of a third party before the target is named at all.

    "The insurers in London were holding up cargoes on false pretexts, and the Turkish complaint
    was justified." A preposition may govern who is meant, as long as nobody else is named in
    between. A sentence that says something cold of the target itself names the third party as the
    place or the victim: "condemned the raid on Damascus and demanded that Russia put an end to it".
    Nor is of the target what stands far from a list in which it is only one of several.
    """
    hits, context = around.hits, around.context
    sentence = context.table.sentence[hits.first]
    charged = np.zeros(len(context.sentence_has_target), dtype=bool)
    charged[sentence[(valence < 0) & np.isin(link, (_TARGET, _RELATION))]] = True
    result = (valence < 0) & np.isin(link, (_CARRIED, _DISTANT)) & ~charged[sentence]
    some = around.where(result)
    before, after = some.left("third", "sentence"), some.right("third", "sentence")
    target = some.right("target", "sentence")
    named = before < some.left("source", "sentence")
    # "A war crime of the army of Kiev", but not "the murderous regime in Moscow".
    is_name = token_at(context.who, some.hits.last + after) == THIRD
    named |= (before == FAR) & (after <= _WHOSE) & (after < target) & is_name
    # Names taken out as coordinated with a side are no party any more.
    listed = np.flatnonzero((context.who == THIRD) & (context.party == NOBODY))
    named |= np.abs(some.right(listed, "sentence") - target) <= _LISTED
    result[result] = named & (some.left("target", "sentence") == FAR) & (target < FAR)
    return result


def _is_joint(around: Around) -> Bools:
    """Tell before which hits both sides stand as one subject: "A and B", "both countries"."""
    result: Bools = _is_pair(around, _JOINT) | (around.left("relation") <= 3)
    return result


def _is_pair(around: Around, apart: int = _PAIR) -> Bools:
    """Tell before which hits both sides are named in one breath: "A and B had lost ground"."""
    group = around.context.table.group
    n_and = np.concatenate([[0], np.cumsum((group & AND) > 0)])
    target, source = around.left("target"), around.left("source")
    near, far = np.minimum(target, source), np.maximum(target, source)
    first = around.hits.first
    named = far <= _JOINT
    between = n_and[first - np.where(named, near, 0)] - n_and[first - np.where(named, far, 0)]
    result: Bools = named & (between > 0) & (far - near <= apart)
    return result


def _by_neighbourhood(around: Around) -> Ints:
    """Link each hit to the parties of its clause, else of its sentence."""
    hits, context = around.hits, around.context
    owner, doer = around.owner, around.doer
    in_target, in_relation = around.holds("target"), around.holds("relation")

    # No party in the clause: the last one named before in the sentence, else the target
    # if the sentence names it anywhere.
    last_actor = around.side_before("sentence")
    sentence_target = context.sentence_has_target[context.table.sentence[hits.first]]
    text_target = context.has_target[context.table.text[hits.first]]
    third = around.left("third", "sentence")
    carried_third = third < around.left("target", "sentence")
    carried_third &= third < around.left("source", "sentence")
    link = np.full(len(hits.first), _NONE)
    link[sentence_target] = _CARRIED
    link[~sentence_target & around.holds("source")] = _SOURCE
    link[carried_third & ~sentence_target] = _THIRD
    link[(last_actor == THIRD) & (hits.valence < 0) & sentence_target] = _DISTANT
    link = np.where(~text_target, np.where(carried_third, _THIRD, _IMPLICIT), link)

    # A third party in the clause matters where it acts; elsewhere it is the place or the topic.
    acting = (owner == THIRD) | (doer == THIRD)
    link[around.holds("third") & ~in_target & ~in_relation & acting] = _THIRD
    link[in_relation & (owner != THIRD)] = _RELATION
    link[in_target] = _TARGET
    return np.where((owner == THIRD) | (in_target & (doer == THIRD)), _THIRD, link)

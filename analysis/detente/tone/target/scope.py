"""What changes an expression's weight: negation, denial, condition, concession and the like."""

from __future__ import annotations

import numpy as np

from detente.tone.target.context import Bools, Context, Floats, Nearest, kind_number
from detente.tone.target.matching import Hits
from detente.tone.target.tokens import Ints

__all__ = ["scope_factors"]

#: Share of a warm word that is asked of the target as a condition.
CLAIM = -0.4

#: Shares of a warm word inside a cold speech act, and of a cold word inside a warm one.
FRAMED_WARM, FRAMED_COLD = 0.6, 0.7

_FAR = 999


def _is(hits: Hits, *names: str) -> Bools:
    return np.isin(hits.kind, [kind_number(name) for name in names])


def _reach(hits: Hits, by: Hits, context: Context, segment: Ints) -> Ints:
    """Return the distance from each hit back to the nearest of `by` in its segment."""
    return Nearest(context.mark(by)).gap_left(hits.first, segment)


def scope_factors(hits: Hits, context: Context, valence: Floats, calm: Bools) -> Floats:
    """Return the factor by which its surroundings change each hit.

    Parameters
    ----------
    hits : Hits
        Expressions that carry tone.
    context : Context
        Their surroundings.
    valence : ndarray of float
        Valence of each hit as linked.
    calm : ndarray of bool
        Hits that special rules have settled, which scope leaves alone but for hedges.

    Returns
    -------
    ndarray of float
        Negative where the surroundings turn the hit over.
    """
    clause, sentence = context.clause, context.table.sentence
    cold = valence < 0
    factor = np.ones(len(hits.first))

    factor *= _taken_away(hits, context, cold)

    demands = hits.where((_is(hits, "demand") & (valence < -0.3)) | (_is(hits, "wish") & cold))
    gap = _reach(hits, context.role("negator"), context, clause)
    negated = (gap <= 6) | (_is(hits, "measure") & (gap <= 9))
    negated &= ~calm
    turn = np.where(cold, -0.35, -0.7)
    turn = np.where(_is(hits, "demand"), 0.8, turn)
    turn = np.where(_is(hits, "measure", "breaker"), -0.5, turn)
    turn = np.where(_is(hits, "denial", "regret"), 0.5, turn)
    # To ask someone not to do an ill deed presumes that he would.
    turn = np.where(cold & (_reach(hits, demands, context, clause) <= 10), 0.7, turn)
    turn = np.where(_praised_by_negation(hits, context, cold), 1.2, turn)
    factor *= np.where(negated, turn, 1.0)

    denials = hits.where(_is(hits, "denial"))
    denied = _reach(hits, denials, context, context.stretch) <= 10
    denied &= ~_is(hits, "denial", "demand") & ~calm
    factor *= np.where(denied, np.where(cold, -0.5, -0.5), 1.0)

    conditions = context.role("condition")
    conditional = _reach(hits, conditions, context, clause) < _FAR
    # What the other must first do is a claim on it, however warm the word.
    claimed = conditional & ~cold & (context.target.gap_left(hits.first, clause) <= 6)
    softened = np.where(cold, 0.5, np.where(claimed, CLAIM, 0.3))
    factor *= np.where(conditional & ~calm, softened, 1.0)

    asked = (_reach(hits, demands, context, clause) <= 10) & ~cold & ~_is(hits, "sorrow")
    factor *= np.where(asked & ~calm, 0.25, 1.0)

    reported = _reach(hits, context.role("report"), context, sentence) <= 10
    factor *= np.where(reported & ~denied & ~calm & ~_is(hits, "denial"), 0.4, 1.0)

    concession = context.role("concession")
    conceded = _reach(hits, concession, context, clause) < _FAR
    factor *= np.where(conceded, 0.3, 1.0)
    factor *= _framed(hits, context, valence)
    contrast = context.role("contrast")
    after = _reach(hits, contrast, context, sentence) < _FAR
    before = Nearest(context.mark(contrast)).gap_right(hits.last, sentence) < _FAR
    factor *= np.where(after, 1.15, np.where(before, 0.75, 1.0))

    for name, distance in (("hedge", 3), ("booster", 2), ("comparative", 2)):
        words = context.role(name)
        if len(words.first):
            strength = np.ones(len(context.table))
            strength[words.first] = words.valence
            gap = _reach(hits, words, context, clause)
            near = gap <= distance
            at = np.maximum(hits.first - np.where(near, gap, 0), 0)
            factor *= np.where(near, strength[at], 1.0)
    return factor


def _framed(hits: Hits, context: Context, valence: Floats) -> Floats:
    """Weaken what stands inside a speech act of the other sign, up to a contrast.

    In "warned that the move cast doubt on the wish for lasting friendship" friendship is missed;
    in "thanked him for his concern" concern is praised.
    """
    sentence = context.table.sentence
    acts = _is(hits, "verdict", "demand", "regret", "sorrow") & (np.abs(valence) >= 0.8)
    contrast = _reach(hits, context.role("contrast"), context, sentence)
    factor = np.ones(len(hits.first))
    for act, inside, share in (
        (acts & (valence < 0), valence > 0, FRAMED_WARM),
        (acts & (valence > 0), valence < 0, FRAMED_COLD),
    ):
        gap = _reach(hits, hits.where(act), context, sentence)
        inside &= ~_is(hits, "verdict", "sorrow", "apology") & (gap < _FAR) & (contrast > gap)
        factor = np.where(inside, share, factor)
    return factor


def _praised_by_negation(hits: Hits, context: Context, cold: Bools) -> Bools:
    """Find warm comparatives that a negation makes superlatives: "never a better friend"."""
    more = _reach(hits, context.role("comparative"), context, context.clause) <= 3
    than = Nearest(context.mark(context.role("than"))).gap_right(hits.last, context.clause) <= 8
    result: Bools = ~cold & (more | than)
    return result


def _taken_away(hits: Hits, context: Context, cold: Bools) -> Floats:
    """Handle what ends, lifts or suspends something: its object turns or falls away."""
    factor = np.ones(len(hits.first))
    enders = _is(hits, "ender")
    breakers = _is(hits, "breaker")
    object_cold = (
        cold
        & ~hits.is_denying
        & ~_is(hits, "demand", "denial", "verdict", "regret")
        & ~enders
        & ~breakers
    )
    # "could not solve" ends nothing; what says "no" itself is not ended.
    negated = _reach(hits, context.role("negator"), context, context.clause) <= 4
    enders &= ~negated
    demands = hits.where(_is(hits, "demand"))
    asked = _reach(hits, demands, context, context.clause) <= 10
    ended = _reach(hits, hits.where(enders), context, context.clause) <= 7
    broken = _reach(hits, hits.where(breakers), context, context.clause) <= 5
    # To ask that something cold be ended is still a complaint of it.
    turned_to = np.where(asked, 0.5, -0.6)
    factor = np.where(object_cold & ended, turned_to, factor)
    factor = np.where(object_cold & broken & _is(hits, "measure"), turned_to, factor)
    factor = np.where(~cold & broken & ~_is(hits, "verdict", "sorrow"), 0.0, factor)

    # "defended her against accusations of meddling"
    shields = hits.where(enders & (hits.valence > 1))
    shielded = _reach(hits, shields, context, context.clause) <= 9
    factor = np.where(shielded & cold & ~_is(hits, "demand"), -0.4, factor)

    turned = hits.where(factor < 0)
    follows = Nearest(context.mark(turned)).gap_right(hits.last, context.clause)
    factor = np.where(breakers & (follows <= 5), -0.2, factor)
    idle = _is(hits, "ender") & (follows > 7) & (hits.valence < 1)
    return np.where(idle, 0.0, factor)

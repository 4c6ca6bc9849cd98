"""What changes an expression's weight: negation, denial, condition, concession and the like."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from detente.tone.target.context import Bools, Context, Floats, Nearest, kind_number
from detente.tone.target.matching import TARGET, Hits
from detente.tone.target.notes import Notes
from detente.tone.target.owners import doer_of
from detente.tone.target.tokens import Ints

__all__ = ["scope_factors"]

#: Share of a warm word that is asked of the target as a condition.
CLAIM = -0.4

#: Shares of a warm word inside a cold speech act, and of a cold word inside a warm one.
FRAMED_WARM, FRAMED_COLD = 0.6, 0.7

#: Share of a warm word in quotation marks that the target is said to have claimed; of one that is
#: the target's without a word of saying, or stands in marks alone or with one word beside it; and
#: how many words a quotation of the target has at most.
CLAIMED, QUOTED, _SHORT = -0.3, 0.5, 6

#: Up to how many words a negation reaches, and what it leaves of a cold and of a warm word.
NEGATES, UNCOLD, UNWARM = 4, -0.3, -0.5

_FAR = 999


def _is(hits: Hits, *names: str) -> Bools:
    return np.isin(hits.kind, [kind_number(name) for name in names])


def _reach(hits: Hits, by: Hits, segment: Ints) -> Ints:
    """Return the distance from each hit back to the nearest of `by` in its segment."""
    return Nearest(by.first).gap_left(hits.first, segment)


def scope_factors(
    hits: Hits, context: Context, valence: Floats, calm: Bools, notes: Notes | None = None
) -> Floats:
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
    notes : Notes, optional
        Is told what changed which hit.

    Returns
    -------
    ndarray of float
        Negative where the surroundings turn the hit over.
    """
    clause, sentence = context.clause, context.table.sentence
    cold = valence < 0
    factor = np.ones(len(hits.first))

    def change(chosen: Bools, by: Floats | float, note: str, gap: Ints | None = None) -> None:
        nonlocal factor
        factor = factor * np.where(chosen, by, 1.0)
        if notes is not None:
            notes.add(chosen, note, None if gap is None else hits.first - gap)

    taken = _taken_away(hits, context, cold)
    change(taken != 1, taken, "ended or broken off, or what does that")

    demands = hits.where((_is(hits, "demand") & (valence < -0.3)) | (_is(hits, "wish") & cold))
    demand_gap = _reach(hits, demands, clause)
    gap = _reach(hits, context.role("negator"), clause)
    negated = (gap <= NEGATES) | (_is(hits, "measure") & (gap <= 9))
    negated &= ~calm
    turn = np.where(cold, UNCOLD, UNWARM)
    turn = np.where(_is(hits, "demand"), 0.8, turn)
    turn = np.where(_is(hits, "measure", "breaker"), -0.5, turn)
    turn = np.where(_is(hits, "denial", "regret"), 0.5, turn)
    # To ask someone not to do an ill deed presumes that he would.
    turn = np.where(cold & (demand_gap <= 10), 0.7, turn)
    praised = _praised_by_negation(hits, context, cold)
    turn = np.where(praised, 1.2, turn)
    change(negated & ~praised, turn, "negated by", gap)
    change(negated & praised, turn, "heightened by", gap)

    denials = hits.where(_is(hits, "denial"))
    gap = _reach(hits, denials, context.stretch)
    denied = (gap <= 10) & ~_is(hits, "denial", "demand") & ~calm
    change(denied, -0.5, "denial", gap)

    gap = _reach(hits, context.role("condition"), clause)
    # What the other must first do is a claim on it, however warm the word.
    claimed = ~cold & (context.target.gap_left(hits.first, clause) <= 6)
    softened = np.where(cold, 0.5, np.where(claimed, CLAIM, 0.3))
    change((gap < _FAR) & ~calm, softened, "condition", gap)

    asked = (demand_gap <= 10) & ~cold & ~_is(hits, "sorrow") & ~calm
    change(asked, 0.25, "asked for by", demand_gap)

    gap = _reach(hits, context.role("report"), sentence)
    change((gap <= 10) & ~denied & ~calm & ~_is(hits, "denial"), 0.4, "reported:", gap)

    gap = _reach(hits, context.role("concession"), clause)
    change(gap < _FAR, 0.3, "conceded by", gap)
    claimed, quoted = _quoted(hits, context)
    plain = ~cold & ~calm & ~negated
    change(claimed & plain, CLAIMED, "only claimed by the target")
    change(quoted & plain & ~claimed, QUOTED, "in quotation marks")
    _frame(hits, context, valence, change)

    contrast = context.role("contrast")
    gap = _reach(hits, contrast, sentence)
    right = Nearest(contrast.first).gap_right(hits.last, sentence)
    change(gap < _FAR, 1.15, "after", gap)
    to_come = (gap == _FAR) & (right < _FAR)
    change(to_come, 0.75, "before", hits.first - hits.last - right)

    for name, distance, note in (
        ("hedge", 3, "damped by"), ("booster", 2, "boosted by"), ("comparative", 2, "boosted by"),
    ):  # fmt: skip
        words = context.role(name)
        if len(words.first):
            strength = np.ones(len(context.table))
            strength[words.first] = words.valence
            gap = _reach(hits, words, clause)
            near = gap <= distance
            at = np.maximum(hits.first - np.where(near, gap, 0), 0)
            change(near, strength[at], note, gap)
    return factor


def _quoted(hits: Hits, context: Context) -> tuple[Bools, Bools]:
    """Find what is quoted from the target as its claim, and all that is only quoted.

    'Turkey says it "wants peace"' is a claim of Turkey's; 'called the talks with Turkey
    "productive"' is praise, though fainter than without the marks.
    """
    length = context.table.quoted[hits.first]
    kind = ~_is(hits, "bond", "sorrow")
    alone = (length == hits.last - hits.first + 1) & (length <= 2)
    theirs = (length > 0) & (length <= _SHORT) & (doer_of(hits, context) == TARGET)
    theirs &= ~_is(hits, "apology")
    speaker = context.actor.gap_left(hits.first, context.clause)
    said = _reach(hits, context.role("saying"), context.clause) < speaker
    return kind & theirs & said, kind & (alone | theirs)


def _frame(hits: Hits, context: Context, valence: Floats, change: Callable[..., None]) -> None:
    """Weaken what stands inside a speech act of the other sign, up to a contrast.

    In "warned that the move cast doubt on the wish for lasting friendship" friendship is missed;
    in "thanked him for his concern" concern is praised.
    """
    sentence = context.table.sentence
    acts = _is(hits, "verdict", "demand", "regret", "sorrow") & (np.abs(valence) >= 0.8)
    contrast = _reach(hits, context.role("contrast"), sentence)
    for act, inside, share in (
        (acts & (valence < 0), valence > 0, FRAMED_WARM),
        (acts & (valence > 0), valence < 0, FRAMED_COLD),
    ):
        gap = _reach(hits, hits.where(act), sentence)
        inside &= ~_is(hits, "verdict", "sorrow", "apology") & (gap < _FAR) & (contrast > gap)
        change(inside, share, "weakened behind", gap)


def _praised_by_negation(hits: Hits, context: Context, cold: Bools) -> Bools:
    """Find warm comparatives that a negation makes superlatives: "never a better friend"."""
    more = _reach(hits, context.role("comparative"), context.clause) <= 3
    than = context.near("than").gap_right(hits.last, context.clause) <= 8
    such = _reach(hits, context.role("such"), context.clause) <= 2
    result: Bools = ~cold & (more | than | such)
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
    negated = _reach(hits, context.role("negator"), context.clause) <= 4
    enders &= ~negated
    demands = hits.where(_is(hits, "demand"))
    asked = _reach(hits, demands, context.clause) <= 10
    ended = _reach(hits, hits.where(enders), context.clause) <= 7
    broken = _reach(hits, hits.where(breakers), context.clause) <= 5
    # To ask that something cold be ended is still a complaint of it.
    turned_to = np.where(asked, 0.5, -0.6)
    factor = np.where(object_cold & ended, turned_to, factor)
    factor = np.where(object_cold & broken & _is(hits, "measure"), turned_to, factor)
    factor = np.where(~cold & broken & ~_is(hits, "verdict", "sorrow"), 0.0, factor)

    # "defended her against accusations of meddling"
    shields = hits.where(enders & (hits.valence > 1))
    shielded = _reach(hits, shields, context.clause) <= 9
    factor = np.where(shielded & cold & ~_is(hits, "demand"), -0.4, factor)

    turned = hits.where(factor < 0)
    follows = Nearest(turned.first).gap_right(hits.last, context.clause)
    factor = np.where(breakers & (follows <= 5), -0.2, factor)
    idle = _is(hits, "ender") & (follows > 7) & (hits.valence < 1)
    return np.where(idle, 0.0, factor)

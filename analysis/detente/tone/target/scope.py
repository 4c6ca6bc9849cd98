"""What changes an expression's weight: negation, denial, condition, concession and the like."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from detente.tone.target.around import FAR, Around, group_near, token_at
from detente.tone.target.asked import (
    CONTENT,
    KINDLY,
    asks_kindly,
    denies_rumour,
    forbids,
    pass_over_questions,
)
from detente.tone.target.context import Bools, Floats
from detente.tone.target.denials import denies_nothing, turn_denied
from detente.tone.target.ends import taken_away
from detente.tone.target.favours import helps_against
from detente.tone.target.foils import set_against, told_apart
from detente.tone.target.groups import AND, AS, BE, BETTER, DETERMINER, NEVER, PLACE, SO
from detente.tone.target.irony import see_through
from detente.tone.target.limits import limit_warmth
from detente.tone.target.matching import TARGET
from detente.tone.target.merits import is_disproved, is_set_aside, unmerited, unseen_in
from detente.tone.target.notes import Notes
from detente.tone.target.senses import ENEMY
from detente.tone.target.spoken import is_indispensable, pass_over
from detente.tone.target.tokens import Ints
from detente.tone.target.victims import shelter

__all__ = ["scope_factors"]

#: Share of a warm word that is asked of the target as a condition.
CLAIM = -0.2

#: What a warm word for help to others against the target counts, if not half of its valence.
AGAINST = -1.2

#: Shares of a warm word inside a cold speech act, and of a cold word inside a warm one.
FRAMED_WARM, FRAMED_COLD = 0.7, 0.7

#: Share of a warm word in quotation marks that the target is said to have claimed; of one that is
#: the target's without a word of saying, or stands in marks alone or with one word beside it; and
#: how many words a quotation of the target has at most.
CLAIMED, QUOTED, _SHORT = -0.3, 0.5, 6

#: What is left of a cold word that the target is not held to deserve, of one in what others are
#: wrong to say, and of the word that says that they are.
UNDEEMED, UNTRUE, ASIDE = -0.6, -0.6, 0.0

#: Shares of a cold and of a warm word behind and before a contrast: what is held against somebody
#: is what such a sentence is about, on whichever side it stands.
AFTER, BEFORE = (1.1, 0.75), (0.8, 0.3)

#: Up to how many words a negation reaches, and what it leaves of a cold and of a warm word.
NEGATES, UNCOLD, UNWARM = 4, -0.25, -0.3


def scope_factors(
    around: Around,
    valence: Floats,
    calm: Bools,
    rejects: Bools,
    mocks: Bools,
    notes: Notes | None = None,
) -> Floats:
    """Return the factor by which its surroundings change each hit.

    Parameters
    ----------
    around : Around
        The surroundings of the expressions that carry tone.
    valence : ndarray of float
        Valence of each hit as linked.
    calm : ndarray of bool
        Hits that special rules have settled, which scope leaves alone but for hedges.
    rejects, mocks : ndarray of bool
        Hits that say of a remark that it is not so; that mock what follows.
    notes : Notes, optional
        Is told what changed which hit.

    Returns
    -------
    ndarray of float
        Negative where the surroundings turn the hit over.
    """
    hits, left = around.hits, around.left
    are = hits.are
    cold = valence < 0
    factor = np.ones(len(hits.first))

    def change(chosen: Bools, by: Floats | float, note: str, gap: Ints | None = None) -> None:
        rows = np.flatnonzero(chosen)
        factor[rows] *= by[rows] if isinstance(by, np.ndarray) else by
        if notes is not None:
            notes.add(chosen, note, None if gap is None else hits.first - gap)

    taken = taken_away(around, cold)
    ends = are("ender", "breaker")
    change((taken != 1) & ~ends, taken, "ended, broken off or fended off")
    # "Shared" is an ender that ends nothing here: it gives 0 without a note.
    gone = hits.first[(taken != 1) & ~ends]
    is_end = np.minimum(left(gone, "sentence"), around.right(gone, "sentence")) < FAR
    factor[ends & ~is_end] *= taken[ends & ~is_end]
    change((taken != 1) & ends & is_end, taken, "counts by what it puts an end to")

    demands = (are("demand") & (valence < -0.3)) | (are("wish") & cold)
    demand_gap = left(hits.first[demands])
    gap = left("negator")
    # Its reach is counted from its last word: "will never be Germany's enemy".
    reach = left(around.context.role("negator").last)
    negated = (reach <= NEGATES) | (are("measure") & (reach <= 9))
    negated |= is_disproved(around, reach)
    # "Has not ended the blockade": what is negated is the end of it.
    negated &= ~cold | (left("ender") > reach)
    # "Nobody can deny that": there the denial is negated, and nothing behind it.
    negated &= left(hits.first[around.once(denies_nothing)]) > reach
    negated &= ~is_indispensable(around)
    meant, cleared = around.once(told_apart)
    negated &= ~(meant | cleared)
    held, judged, behind = _held(around)
    negated &= ~calm & ~judged
    turn = np.where(cold, UNCOLD, UNWARM)
    turn = np.where(are("demand"), 0.8, turn)
    turn = np.where(cold & are("measure", "breaker"), -0.1, turn)
    turn = np.where(cold & are("verdict"), 0.15, turn)
    foe = cold & ((token_at(around.context.table.sense, hits.last) & ENEMY) > 0)
    turn = np.where(foe, UNDEEMED, turn)
    turn = np.where(are("denial", "regret"), 0.5, turn)
    turn = unmerited(around, valence, turn, reach)
    # To ask someone not to do an ill deed presumes that he would.
    turn = np.where(cold & ~foe & ((demand_gap <= 10) | forbids(around, reach)), 0.7, turn)
    praised = _praised_by_negation(around, cold)
    turn = np.where(praised, 1.2, turn)
    neither = negated & is_set_aside(around)
    change(neither, 0.0, "neither friend nor foe")
    negated &= ~neither
    change(negated & ~praised, turn, "negated by", gap)
    change(negated & praised, turn, "heightened by", gap)

    denied = turn_denied(around, valence, calm, change)

    gap = left("condition")
    # What the other must first do is a claim on it, however warm the word.
    claimed = ~cold & (left("target") <= 6)
    softened = np.where(cold, 0.75, np.where(claimed, CLAIM, 0.0))
    change((gap < FAR) & ~calm, softened, "hangs on a condition:", gap)

    limit_warmth(around, valence, calm, change)
    shelter(around, valence, calm, change)
    share = np.minimum(AGAINST / np.maximum(valence, 1.0), -0.5)
    change(helps_against(around, valence) & ~calm, share, "help against the target")
    pass_over(around, valence, calm, change)
    set_against(around, valence, calm, change)
    see_through(around, valence, calm, mocks, change)
    questioned = pass_over_questions(around, valence, change)

    kindly, content = asks_kindly(around, valence)
    change(kindly, KINDLY, "asks for help, or for thanks to be conveyed")
    # "Demanded that Turkey lift the embargo" asks for it, too.
    that = demands & (around.right("clause", "stretch") == 1)
    demand_gap = np.minimum(demand_gap, left(hits.first[that], "stretch"))
    asked = (demand_gap <= 10) & ~cold & ~are("sorrow") & ~calm
    change(asked, np.where(content, CONTENT, 0.25), "asked for by", demand_gap)

    unseen = ~negated & ~calm & are("bond", "stance", "verdict", "situation", "general")
    unwarm = unseen_in(around, valence, behind, UNWARM)
    change(unseen & held, np.where(cold, UNDEEMED, unwarm), "not held to be:", behind)

    told = _told(around, rejects)
    gap = _behind(around, told)
    untrue = (gap <= 12) & ~rejects & ~denied & ~negated & ~calm & ~are("denial")
    change(untrue, np.where(cold, UNTRUE, UNWARM), "said not to be so:", gap)
    aside = _aside(around, told, rejects, untrue & cold) | denies_rumour(around, rejects)
    change(aside, ASIDE, "rejects what others say")

    gap = left("report", "sentence")
    reported = (gap <= 10) & ~denied & ~untrue & ~aside & ~calm & ~are("denial")
    change(reported, 0.4, "only reported:", gap)

    gap = left("concession")
    change(gap < FAR, 0.3, "conceded behind", gap)
    claimed, quoted = _quoted(around)
    plain = ~cold & ~calm & ~negated
    change(claimed & plain, CLAIMED, "only claimed by the target")
    change(quoted & plain & ~claimed, QUOTED, "in quotation marks")
    _frame(around, valence, questioned, change)

    gap, right = left("contrast", "sentence"), around.right("contrast", "sentence")
    change(gap < FAR, np.where(cold, *AFTER), "after", gap)
    to_come = (gap == FAR) & (right < FAR)
    change(to_come, np.where(cold, *BEFORE), "before", hits.first - hits.last - right)

    for name, distance, note in (
        ("hedge", 3, "damped by"), ("booster", 2, "boosted by"), ("comparative", 2, "boosted by"),
    ):  # fmt: skip
        words = around.context.role(name)
        if len(words.first):
            gap = left(name)
            near = gap <= distance
            at = np.searchsorted(words.first, (hits.first - gap)[near])
            strength = np.ones(len(near))
            strength[near] = words.valence[at]
            change(near, strength, note, gap)
    return factor


def _behind(around: Around, marked: Ints) -> Ints:
    """Return how far each hit stands behind rare marks, within a stretch."""
    gap = np.full(len(around.hits.first), FAR)
    rows = _beside(around, marked)
    gap[rows] = around.where(rows).left(marked, "stretch")
    return gap


def _beside(around: Around, marked: Ints) -> Bools:
    """Return which hits' sentences hold a mark."""
    sentence = around.context.table.sentence
    holds = np.zeros(len(around.context.sentence_has_target), dtype=bool)
    holds[sentence[marked]] = True
    result: Bools = holds[sentence[around.hits.first]]
    return result


def _held(around: Around) -> tuple[Bools, Bools, Ints]:
    """Return which hits are what something is not held to be, which are the something, and a gap.

    "Does not regard the Turkish attack as an accident": the accident is what it is not held to
    be, the attack is the something. Without "as" the former has an article of its own, or follows
    the name: "Turkey an enemy". The gap is how far each hit stands behind the word for holding.
    """
    context = around.context
    deem = context.role("deem")
    gap = _behind(around, deem.first[Around(deem, context).left("negator") <= 3])
    held = gap <= 9
    some, group = around.where(held), context.table.group
    as_, article = np.flatnonzero(group & AS), np.flatnonzero(group & DETERMINER)
    begin = gap[held]
    is_behind = some.left(as_, "stretch") < begin
    is_before = ~is_behind & (some.right(as_, "stretch") < FAR)
    name, own = some.left("target"), some.left(article)
    is_named = (name == 1) & ~token_at(context.is_adjective, some.hits.first - name)
    judged = held.copy()
    judged[held] = is_before
    held[held] = is_behind | (~is_before & (((own < name) & (own < begin)) | is_named))
    return held, judged, gap


def _told(around: Around, rejects: Bools) -> Ints:
    """Return where words for what others say stand whose content is rejected.

    "Those who speak of a rift are mistaken"; "brushed aside all talk of a rift". What the target
    itself says is left alone: to reject that is to contradict it.
    """
    context = around.context
    words = context.roles.where(context.roles.are("hearsay", "report"))
    places = Around(words, context)
    # "Not wrong to call it an enemy" rejects nothing.
    plain = rejects & (around.left("negator") > NEGATES)
    rejecting = around.hits.first[plain]
    group = context.table.group
    before = group[np.maximum(rejecting - 2, 0)] | group[np.maximum(rejecting - 1, 0)]
    # "Are Turkish lies" says whose they are, and of what else "... and his excuses are lies".
    is_predicate = ((before & BE) > 0) & (around.left("target")[plain] > 1)
    gap = places.right(rejecting[is_predicate], "stretch")
    n_and = np.concatenate([[0], np.cumsum((group & AND) > 0)])
    until = np.minimum(words.last + gap, len(group))
    joined = n_and[until] > n_and[words.last + 1]
    rejected = places.left(rejecting, "stretch") <= 6
    rejected |= (gap <= 16) & ~joined
    negator = places.left("negator")
    nearer = negator < places.left(around.hits.first[rejects], "stretch")
    rejected |= words.are("hearsay") & (negator <= 3) & nearer
    result: Ints = words.first[rejected & (places.left("target") > 3)]
    return result


def _aside(around: Around, told: Ints, rejects: Bools, untrue: Bools) -> Bools:
    """Return which hits reject something cold that others say, and so are not cold themselves."""
    result = rejects & _beside(around, told) & _beside(around, around.hits.first[untrue])
    some = around.where(result)
    near = (some.right(told, "stretch") <= 6) | (some.left(told, "stretch") <= 16)
    result[result] = near
    return result


def _quoted(around: Around) -> tuple[Bools, Bools]:
    """Find what is quoted from the target as its claim, and all that is only quoted.

    'Turkey says it "wants peace"' is a claim of Turkey's; 'called the talks with Turkey
    "productive"' is praise, though fainter than without the marks.
    """
    hits = around.hits
    length = around.context.table.quoted[hits.first]
    kind = ~hits.are("bond", "sorrow")
    alone = (length == hits.end - hits.first + 1) & (length <= 2)
    theirs = (length > 0) & (length <= _SHORT) & (around.doer == TARGET)
    theirs &= ~hits.are("apology")
    said = around.left("saying") < around.left("actor")
    return kind & theirs & said, kind & (alone | theirs)


def _frame(around: Around, valence: Floats, asked: Bools, change: Callable[..., None]) -> None:
    """Weaken what stands inside a speech act of the other sign, up to a contrast.

    In "warned that the move cast doubt on the wish for lasting friendship" friendship is missed;
    in "thanked him for his concern" concern is praised. What the speaker was asked frames nothing.
    """
    hits = around.hits
    acts = hits.are("verdict", "demand", "regret", "sorrow") & (np.abs(valence) >= 0.8) & ~asked
    contrast = around.left("contrast", "sentence")
    for act, inside, share in (
        (acts & (valence < 0), valence > 0, FRAMED_WARM),
        (acts & (valence > 0), valence < 0, FRAMED_COLD),
    ):
        gap = around.left(hits.first[act], "sentence")
        inside &= ~hits.are("verdict", "sorrow", "apology") & (gap < FAR) & (contrast > gap)
        change(inside, share, "weakened behind", gap)


def _praised_by_negation(around: Around, cold: Bools) -> Bools:
    """Find warm words that a negation makes superlatives.

    "Never a better friend", "nobody had helped so selflessly"; not "no happier about it than",
    which compares two of whom neither is happy.
    """
    context, hits = around.context, around.hits
    group = context.table.group
    more = around.left("comparative") <= 3
    than = around.right("than") <= 8
    level = (around.left("negator") == 1) & (token_at(group, hits.first) & BETTER > 0)
    level &= (around.right("than") == 1) | ((group_near(context, hits.last, 1) & PLACE) > 0)
    such = around.left("such") <= 2
    so, better = np.flatnonzero(group & SO), np.flatnonzero(group & BETTER)
    peak = (around.left(so) <= 2) | (around.right(so) == 1) | (around.left(better) <= 2)
    peak |= (token_at(group, hits.first) & BETTER) > 0
    peak &= around.left(np.flatnonzero(group & NEVER)) <= NEGATES
    result: Bools = ~cold & (more | (than & ~level) | such | peak)
    return result

"""The speaker's own fault: what it regrets having done, or done by accident, and confesses."""

from __future__ import annotations

import numpy as np

from detente.tone.target.around import FAR, Around, group_near, token_at
from detente.tone.target.context import Bools, Context
from detente.tone.target.groups import (
    ABOUT,
    AFFRONT,
    AS,
    BE,
    CALL,
    CONFESS,
    DETERMINER,
    HE,
    OWN,
    PLACE,
    POSSESSIVE,
)
from detente.tone.target.matching import NOBODY, SOURCE, TARGET
from detente.tone.target.tokens import Ints

__all__ = [
    "befalls",
    "by_accident",
    "doers",
    "is_confessed",
    "is_disowned",
    "is_own_act",
    "is_own_regret",
]

#: Up to how many words behind "regret to" or "the harm done to" the target stands.
_NEAR = 6
#: Up to how many words before a fault its doer stands: "the Bulgarian services had made".
_SUBJECT = 3
#: Up to how many words behind regret "its" stands, and behind that what was done, by what kinds.
_OWN, _DOER, _ACTS = 3, 5, ("violence", "measure", "breaker", "deed", "fault", "terror")
#: Up to how many words an affront stands from the blame for it.
_BLAME = 14


def is_own_regret(around: Around) -> Bools:
    """Tell which regrets are of what the speaker's side did to the target.

    Parameters
    ----------
    around : Around
        The surroundings of the words of regret.

    Returns
    -------
    ndarray of bool
        "Voiced his regret to the Turkish side", "regretted the suffering inflicted upon Turks",
        "regretted what had happened", "expressed regret and said the pilot had erred".
    """
    context, hits = around.context, around.hits
    ahead = around.right("target", "stretch")
    # Not "regretted to see Turkey leave".
    listener = hits.last + 2
    spoken_to = (token_at(context.table.group, listener) & DETERMINER) > 0
    spoken_to |= token_at(context.party, listener) == TARGET
    spoken_to &= (around.right("to") == 1) & (ahead <= _NEAR + 2)

    harms = context.role("suffered")
    near = Around(harms, context)
    gap = near.right("named")
    theirs = (gap <= _NEAR) & (token_at(context.party, harms.last + gap) == TARGET)
    harm = around.right(harms.first[theirs], "stretch")
    # "Regretted the harm that Turkey had done to its own traders" is none of one's own.
    harmed = (harm < FAR) & (ahead > harm)

    # Not "what had happened in Turkey", nor "to its citizens".
    mishap = context.role("mishap")
    ours = Around(mishap, context).right("target") > 2
    ours &= (group_near(context, mishap.last, 2) & OWN) == 0
    # What befell the speaker's own people is no fault of his.
    befell = befalls(around, SOURCE)
    ours &= ~np.isin(mishap.first, befell)
    happened = around.right(mishap.first[ours])
    result: Bools = spoken_to | harmed | ((happened <= 4) & (happened < ahead))
    # "Regretted that his remark", and "the remark of his deputy" about the target.
    that = (group_near(context, hits.last, 2) & OWN) > 0
    result |= that & ((group_near(context, hits.last, 3) & AFFRONT) > 0)
    result |= by_accident(around) | is_own_act(around)
    return result


def is_own_act(around: Around) -> Bools:
    """Tell which regrets are of a cold act of one's own: "that its jets had shot at the boats".

    Nor need the speaker's side stand first: "regretted the arrest of Turks by the Russian
    police". Not of what was done to its own: "that its jets had been shot at".

    Parameters
    ----------
    around : Around
        The surroundings of the words of regret.

    Returns
    -------
    ndarray of bool
        One a word.
    """
    context = around.context
    hits, group = around.among, context.table.group
    acts = hits.where((hits.valence < 0) & hits.are(*_ACTS))
    owns = np.flatnonzero(group & OWN)
    near = Around(acts, context)
    suffered = np.flatnonzero(group & BE)
    mine = (near.left(owns) <= _DOER) & (near.left(owns) <= near.left("target"))
    mine &= near.left(suffered) > near.left(owns)
    done = around.right(acts.first[mine], "sentence") <= _OWN + _DOER
    done &= around.right(owns, "sentence") <= _OWN
    speaker = around.side_before("stretch")
    done &= (speaker == SOURCE) | (speaker == NOBODY)
    # "The downing of the Russian jet by the Turkish air force", said by Turkey.
    agent = around.right(doers(context, SOURCE))
    result: Bools = done | ((agent < FAR) & (agent < around.right(doers(context, TARGET))))
    return result


def doers(context: Context, side: int) -> Ints:
    """Return where a side is named as the one who did it: "by the German army".

    Parameters
    ----------
    context : Context
        The batch.
    side : int
        TARGET, SOURCE or THIRD.

    Returns
    -------
    ndarray of int
        Tokens that name it, ascending.
    """
    at = np.flatnonzero(context.is_agent & (context.party == side))
    by = context.role("by").first
    before = np.append(-1, by)[np.searchsorted(by, at)]
    result: Ints = at[(before >= 0) & (at - before <= _SUBJECT)]
    return result


def befalls(around: Around, side: int) -> Ints:
    """Return where it is told what happened to somebody: "what had happened to its sailors".

    Parameters
    ----------
    around : Around
        The surroundings of any expressions.
    side : int
        Who it happened to: TARGET or SOURCE.

    Returns
    -------
    ndarray of int
        First tokens of the words for it, ascending.
    """
    context = around.context
    mishap = context.role("mishap")
    near = Around(mishap, context)
    gap = near.right("named")
    to = (gap <= _NEAR) & (near.right("to") == 1)
    # "To its citizens in Turkey" is to its own.
    to &= (group_near(context, mishap.last, 2) & OWN) == 0
    result: Ints = mishap.first[to & (token_at(context.party, mishap.last + gap) == side)]
    return result


def by_accident(around: Around) -> Bools:
    """Tell which regrets are of what happened by accident, as the sentence says.

    Parameters
    ----------
    around : Around
        The surroundings of the words of regret.

    Returns
    -------
    ndarray of bool
        "The plane had passed the line by mistake; he expressed regret".
    """
    result: Bools = around.left("accident", "sentence") < FAR
    result |= around.right("accident", "sentence") < FAR
    return result


def is_confessed(around: Around) -> Bools:
    """Tell which faults the speaker's side is said to have committed.

    Parameters
    ----------
    around : Around
        The surroundings of the words of fault.

    Returns
    -------
    ndarray of bool
        "Sofia had made a mistake", "he had gone too far", "admitted that mistakes had been made";
        not where another is named as the one at fault.
    """
    group = around.context.table.group
    side, gap = around.side_before("stretch"), around.left("actor", "stretch")
    free = (side == SOURCE) | (side == NOBODY)
    he = around.left(np.flatnonzero(group & HE), "sentence") <= _SUBJECT
    confessing = around.left(np.flatnonzero(group & CONFESS), "stretch") < FAR
    result: Bools = free & (he | confessing | ((side == SOURCE) & (gap <= _SUBJECT)))
    result &= ~around.holds("condition")
    return result


def is_disowned(around: Around) -> Bools:
    """Tell which cold words blame an affront to the target that is none of the target's own.

    Parameters
    ----------
    around : Around
        The surroundings of all expressions.

    Returns
    -------
    ndarray of bool
        "Called his deputy's remarks about the Korean president inappropriate"; not "told in
        remarks about Korea", nor what stands behind a comma.
    """
    context = around.context
    marks = _affronts(context)
    hits, group = around.hits, context.table.group
    gap, ahead = around.left(marks, "stretch"), around.right(marks, "stretch")
    judges = hits.are("verdict", "regret")
    ahead = np.where(np.isin(hits.last, marks), 0, ahead)
    before = (ahead <= _BLAME) & (judges | (around.left(hits.first[judges], "stretch") <= _BLAME))
    # What stands behind is about the affront if it is told of it: "were crude", "called ... crude".
    called = around.left(np.flatnonzero(group & CALL), "stretch")
    is_so = around.left(np.flatnonzero(group & BE), "stretch") < gap
    # "His words about Turkey were harsh" tells how he spoke, and blames nobody; nor do "Putin's".
    before_it = group_near(context, marks, -1)
    theirs = (before_it & POSSESSIVE) > 0
    theirs &= context.party[np.maximum(marks - 2, 0)] == SOURCE
    his = marks[((before_it & OWN) > 0) | theirs]
    is_so &= around.left(his, "stretch") > gap
    behind = (gap <= _BLAME) & (is_so | ((called > gap) & (called < FAR))) & ~judges
    as_ = around.left(np.flatnonzero(group & AS), "stretch") < gap
    behind |= (gap <= _BLAME) & as_
    cold = (hits.valence < 0) & ~hits.are("demand", "denial", "apology")
    result: Bools = cold & (before | behind)
    # "... and had sternly cautioned him"
    more = cold & judges & (gap < FAR) & (around.right("target", "stretch") == FAR)
    result |= more & (around.left(hits.first[result], "stretch") < FAR)
    return result


def _affronts(context: Context) -> Ints:
    """Return where the target is spoken of by others: "remarks about the Turkish president"."""
    group = context.table.group
    at = np.flatnonzero(group[:-1] & AFFRONT)
    at = at[(group[at + 1] & ABOUT) > 0]
    # Not "said in remarks about Turkey", nor remarks of the target's own.
    before = np.maximum(at - 1, 0)
    sentence = context.table.sentence
    at = at[((group[before] & PLACE) == 0) | (sentence[before] != sentence[at])]
    target = context.sides["target"]
    named = context.sides["named"]
    after = np.append(named, len(group))[np.searchsorted(named, at)]
    near = (after - at <= _NEAR) & (token_at(context.party, after) == TARGET)
    near &= token_at(context.stretch, after) == context.stretch[at]
    before = np.append(-1, target)[np.searchsorted(target, at)]
    near &= (before < 0) | (context.stretch[before] != context.stretch[at])
    result: Ints = at[near]
    return result

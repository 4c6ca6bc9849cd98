"""Questions put to the speaker, charges he answers, and what he asks for."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from detente.tone.target.around import FAR, Around, Places, group_near, token_at
from detente.tone.target.context import Bools, Context, Floats
from detente.tone.target.groups import (
    ASK,
    BE,
    CLAUSE_MARK,
    HELP,
    MUST,
    PLACE,
    QUERY,
    REPLY,
    RUMOUR,
    SEND,
    TOWARD,
    WHAT,
    WHENCE,
)
from detente.tone.target.matching import NOBODY, TARGET
from detente.tone.target.senses import THEY
from detente.tone.target.tokens import Ints

__all__ = ["CONTENT", "KINDLY", "asks_kindly", "denies_rumour", "forbids", "pass_over_questions"]

#: Shares of a cold and of a warm word of a question: what is asked about may be a cold matter, but
#: whether somebody is a friend is not said by him who is asked.
COLD, WARM = 0.3, 0.0

#: Shares of a mild demand for help or for thanks to be conveyed, and of its content; valence down
#: to which a demand is mild and from which its content is; and up to how many words are between.
KINDLY, CONTENT, _MILD, _WARM, _NEXT = 0.1, 0.35, -1.0, 1.8, 7

#: Up to how many words "question" stands behind the head of its sentence: "in answer to a
#: journalist's question".
_HEAD = 6

#: Up to how many words before a rumour its owner stands, and behind it who spreads it; up to how
#: many words behind a rumour stands that it is untrue, and before it that it is denied.
_OWNS, _SPREADS, _PREDICATE, _OBJECT = 3, 5, 14, 4

#: Up to how many words behind "should not" what is forbidden stands.
_FORBIDDEN = 4
#: From which valence on it is a deed; \"it should not worry\" wishes it well.
_DEED = -2.0


def pass_over_questions(around: Around, valence: Floats, change: Callable[..., None]) -> Bools:
    """Weaken the words of questions that the speaker was asked.

    "Asked whether Turkey remained a partner, he said that things were complicated": only the
    answer is the speaker's. What he asks himself ("he asked how Turkey could do this") is his.

    Parameters
    ----------
    around : Around
        The surroundings of the expressions that carry tone.
    valence : ndarray of float
        Valence of each hit as settled.
    change : callable
        Takes the hits to change, the share they keep, a note and the distance to its word.

    Returns
    -------
    ndarray of bool
        Hits that are words of a question.
    """
    answers = np.flatnonzero((around.context.table.group & REPLY) > 0)
    asked = _questions(around.context, answers)
    gap = around.left(asked, "stretch")
    inside = gap < around.left("saying", "stretch")
    # "Answering the question" opens one.
    inside &= gap < around.left(answers, "stretch")
    change(inside, np.where(valence < 0, COLD, WARM), "asked of the speaker:", gap)
    # To ask how something could be done is a charge, unless the speaker is asked it.
    opens = np.isin(around.hits.first, asked)
    change(opens, 0.0, "opens a question to the speaker")
    return inside | opens


def asks_kindly(around: Around, valence: Floats) -> tuple[Bools, Bools]:
    """Find requests that are no reproach: "asked Ankara to convey his thanks", "to send doctors".

    Parameters
    ----------
    around : Around
        The surroundings of the expressions that carry tone.
    valence : ndarray of float
        Valence of each hit as settled.

    Returns
    -------
    requests : ndarray of bool
        The words that ask.
    content : ndarray of bool
        The words behind them that say what for.
    """
    hits = around.hits
    group = token_at(around.context.table.group, hits.first)
    content = hits.are("verdict", "sorrow") & (valence >= _WARM)
    content |= (valence > 0) & ((group & (HELP | SEND)) > 0)
    mild = hits.are("demand") & (valence > _MILD) & ((group & ASK) > 0)
    gap = around.right(hits.first[content])
    kindly = mild & (gap <= _NEXT)
    # "To help or face tariffs" is a threat, "to help with what it has blocked" a reproach.
    kindly &= around.right(hits.first[valence < 0], "stretch") == FAR
    return kindly, content & (around.left(hits.first[kindly]) <= _NEXT)


def denies_rumour(around: Around, rejects: Bools) -> Bools:
    """Tell which hits say that a rumour is untrue, which is held against nobody.

    "Reports of a quarrel were untrue", "brushed aside the talk of a rift"; not "the reports in
    the Turkish press were invented", which somebody is blamed for.

    Parameters
    ----------
    around : Around
        The surroundings of the expressions that carry tone.
    rejects : ndarray of bool
        Hits that say of a remark that it is not so.

    Returns
    -------
    ndarray of bool
        One a hit.
    """
    context = around.context
    table = context.table
    rumours = np.flatnonzero((table.group & RUMOUR) > 0)
    if not len(rumours):
        return np.zeros(len(rejects), dtype=bool)
    places, named = Places(rumours, len(table)), context.sides["target"]
    before, after = places.before(named), places.after(named)
    sentence = table.sentence[rumours]
    theirs = (before >= 0) & (rumours - before <= _OWNS)
    theirs &= token_at(table.sentence, before) == sentence
    spread = (group_near(context, rumours, 1) & WHENCE) > 0
    spread &= (after < len(table)) & (after - rumours <= _SPREADS)
    theirs |= spread & (token_at(table.sentence, after) == sentence)
    rumours = rumours[~theirs]
    some = around.where(rejects)
    at = some.hits.first
    is_predicate = ((group_near(context, at, -1) | group_near(context, at, -2)) & BE) > 0
    denies = is_predicate & (some.left(rumours, "stretch") <= _PREDICATE)
    denies |= some.right(rumours, "stretch") <= _OBJECT
    result = rejects.copy()
    result[rejects] = denies
    return result


def _questions(context: Context, answers: Ints) -> Ints:
    """Return where questions put to the speaker begin."""
    group = context.table.group
    at = np.flatnonzero((group & (ASK | QUERY)) > 0)
    of, border = context.segments("sentence")
    begin = border[of[at]]
    before, after = group_near(context, at, -1), group_near(context, at, 1)
    # "Asked if", "when asked if", "the minister, asked about", "was asked whether".
    heads = (at == begin) | ((at == begin + 1) & ((before & WHAT) > 0))
    told = ((before & (CLAUSE_MARK | BE)) > 0) & ((after & TOWARD) == 0)
    opens = (heads | told) & ((after & WHAT) > 0)
    # "To a question on", "in reply to the remark that".
    of_them = (at - begin <= _HEAD) & ((group[begin] & (PLACE | TOWARD | REPLY)) > 0)
    # "On this question Turkey is a friend" is asked by nobody: nobody answers it.
    says = np.sort(np.concatenate([context.role("saying").first, answers]))
    n_says = np.searchsorted(says, border[of[at] + 1]) - np.searchsorted(says, at)
    of_them &= n_says > 0
    result: Ints = at[np.where((group[at] & QUERY) > 0, of_them, opens)]
    return result


def forbids(around: Around, reach: Ints) -> Bools:
    """Tell which deeds the target is told not to do: "it should not play with fire".

    Not "it should not be blamed", which asks others to do it no wrong, nor "it should not fail",
    which wishes it well.

    Parameters
    ----------
    around : Around
        The surroundings of the expressions that carry tone.
    reach : ndarray of int
        How many words before each hit a negation ends.

    Returns
    -------
    ndarray of bool
        One a hit.
    """
    table, first = around.context.table, around.hits.first
    result: Bools = (reach <= _FORBIDDEN) & (around.hits.valence <= _DEED)
    result &= ~around.hits.are("situation")
    rows = np.flatnonzero(result)
    at = first[rows] - reach[rows] - 1
    told = (token_at(table.group, at) & MUST) > 0
    told &= token_at(table.sentence, at) == table.sentence[first[rows]]
    subject = (token_at(table.sense, at - 1) & THEY) > 0
    told &= (around.doer[rows] == TARGET) | ((around.doer[rows] == NOBODY) & subject)
    for step in range(1, _FORBIDDEN):
        told &= (step >= reach[rows]) | ((token_at(table.group, first[rows] - step) & BE) == 0)
    result[rows] = told
    return result

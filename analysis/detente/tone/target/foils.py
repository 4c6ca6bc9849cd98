"""Who is told apart from somebody else: "unlike the Europeans", "Turkey, not Greece"."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from detente.tone.target.around import FAR, Around, token_at
from detente.tone.target.context import Bools, Context, Floats
from detente.tone.target.groups import AND, CLAUSE_MARK, DETERMINER, INTO, PLACE
from detente.tone.target.matching import NOBODY, SOURCE, TARGET, THIRD
from detente.tone.target.senses import INSTEAD
from detente.tone.target.tokens import Ints

__all__ = ["held_against", "set_against", "told_apart"]

#: Up to how many words behind "unlike" the one named stands.
_NAMED = 3
#: Share of what is said of others whom the target is not like, and where it is named once more.
OTHERS, _AGAIN = -0.6, -0.2
#: Up to how many words from what is said stands a word for both sides, which is of the target.
_BOTH = 5
#: Share of a cold and of a warm word that is said of another, "and not" of the target; what the
#: former counts at least.
CLEARED, PASSED_OVER, LEAST = -0.45, -0.4, 0.9
#: Up to how many words a name has, and before "not" or behind "but" the one who is meant stands.
_NAME, _MEANT = 4, 4


def set_against(around: Around, valence: Floats, calm: Bools, change: Callable[..., None]) -> None:
    """Take what is said of somebody else as what it says of the target.

    "Unlike Ankara, Berlin had kept its word" is cold toward Ankara; in "unlike Berlin, which had
    broken its word, Ankara ..." the breach is Berlin's.

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
    _, cleared = around.once(told_apart)
    least = np.minimum(CLEARED, -LEAST / np.maximum(np.abs(valence), LEAST))
    change(cleared & ~calm, np.where(valence < 0, least, PASSED_OVER), "not said of the target")
    marks = context.role("foil")
    if not len(marks.first):
        return
    near = Around(marks, context)
    gap = near.right("named")
    is_target = (gap <= _NAMED) & (token_at(context.party, marks.last + gap) == TARGET)

    target = around.left("target", "sentence")
    left = around.left(marks.first[~is_target], "sentence")
    theirs = (left < FAR) & (target == FAR) & (around.right("target", "sentence") < FAR)
    theirs |= around.left(marks.last[~is_target]) <= _NAMED
    theirs &= valence < 0
    theirs &= ~hits.are("verdict", "demand", "regret", "denial")
    change(theirs, 0.0, "said of another than the target:", left)

    against = around.once(held_against) & ~calm
    again = around.left("foil", "sentence") < FAR
    again &= around.right("target", "sentence") < FAR
    change(against, np.where(again, _AGAIN, OTHERS), "said of others, unlike the target")


def held_against(around: Around) -> Bools:
    """Tell what is said of others whom the target is not like, and so of the target.

    Parameters
    ----------
    around : Around
        The surroundings of the expressions that carry tone.

    Returns
    -------
    ndarray of bool
        One a hit.
    """
    context, hits = around.context, around.hits
    marks = context.role("foil")
    if not len(marks.first):
        return np.zeros(len(hits.first), dtype=bool)
    gap = Around(marks, context).right("named")
    is_target = (gap <= _NAMED) & (token_at(context.party, marks.last + gap) == TARGET)
    foil = (marks.last + gap)[is_target]
    target = around.left("target", "sentence")
    side = around.side_before("sentence")
    left, right = around.left(foil, "sentence"), around.right(foil, "sentence")
    spoken = (side == SOURCE) | (side == THIRD)
    # Where the target is named anew it is no longer only the foil: "unlike Tokyo, Seoul wants good
    # relations with Japan".
    anew = (around.right("target", "stretch") < FAR) | (around.right("relation") <= _BOTH)
    again = around.right("target", "sentence")
    nearest = np.where(left < FAR, (target == left) & ~anew, again == right)
    against = spoken & nearest & ((left < FAR) | (right < FAR))
    cold_act = hits.are("verdict") & (hits.valence < 0)
    kinds = ("demand", "regret", "denial", "sorrow", "contact", "apology")
    result: Bools = against & ~cold_act & ~hits.are(*kinds)
    return result


def told_apart(around: Around) -> tuple[Bools, Bools]:
    """Tell what is said of the target, and not of another, and what of another, and not of it.

    "Turkey, not Ethiopia, broke the agreement" charges Turkey alone; so do "not Ethiopia but
    Turkey", "it was Turkey, and not Ethiopia, that", "Turkey rather than Ethiopia". The negation
    turns none of it over. At the end of a sentence such a pair is told of what stands before it:
    "the fault lies with Turkey, not with Ethiopia".

    Parameters
    ----------
    around : Around
        The surroundings of the expressions that carry tone.

    Returns
    -------
    meant, cleared : ndarray of bool
        One a hit.
    """
    context, hits = around.context, around.hits
    result = np.zeros((2, len(hits.first)), dtype=bool)
    begin, end, is_target = _pairs(context)
    if not len(begin):
        return result[0], result[1]
    # What follows, up to the next one named; at the end what stands before.
    closes = _closes(context, end)
    named_left, named_right = (look("named", "sentence") for look in (around.left, around.right))
    for row, chosen in zip(result, (is_target, ~is_target), strict=True):
        left = around.left(end[chosen & ~closes], "sentence")
        right = around.right(begin[chosen & closes], "sentence")
        row |= (left < FAR) & (named_left >= left)
        row |= (right < FAR) & (named_right >= right - _MEANT)
    return result[0], result[1]


def _pairs(context: Context) -> tuple[Ints, Ints, Bools]:
    """Return where pairs of one meant and one not begin and end, and whether the target is meant.

    Only such pairs of which one is the target; a pair begins with its "not".
    """
    table, party = context.table, context.party
    marks = context.role("negator")
    marks = marks.where((table.sense[marks.first] & INSTEAD) > 0)
    begin, at = marks.first, _named_behind(context, marks.last + 1)
    is_named = at < len(table)
    begin, at = begin[is_named], at[is_named]
    not_meant, end = party[at], _end_of_name(context, at)
    # "Turkey, and not Greece"; "rather than" needs no mark.
    before = np.maximum(begin - 1, 0)
    group, same = table.group, table.sentence[before] == table.sentence[begin]
    apart = same & ((group[before] & (CLAUSE_MARK | AND)) > 0)
    apart |= same & (end > begin + 1) & (party[before] != NOBODY)
    for _ in range(2):
        light = (group[before] & (CLAUSE_MARK | AND)) > 0
        before = np.where(light, np.maximum(before - 1, 0), before)
    meant = np.where(apart & (table.sentence[before] == table.sentence[begin]), party[before], 0)
    # "Not Greece but Turkey".
    contrast = np.zeros(len(table) + 1, dtype=bool)
    contrast[context.role("contrast").first] = True
    but = end + 1
    but = np.where(token_at(group, but) & CLAUSE_MARK > 0, but + 1, but)
    is_but = contrast[np.minimum(but, len(table))]
    is_but &= token_at(table.sentence, but) == table.sentence[begin]
    other = _named_behind(context, but + 1)
    is_other = is_but & (other < len(table))
    meant = np.where(is_but, np.where(is_other, token_at(party, other), NOBODY), meant)
    other = np.minimum(other, len(table) - 1)
    end = np.where(is_other, _end_of_name(context, other), np.where(is_but, but, end))
    is_target = meant == TARGET
    chosen = (apart | is_but) & (is_target ^ (not_meant == TARGET))
    return begin[chosen], end[chosen], is_target[chosen]


def _named_behind(context: Context, at: Ints) -> Ints:
    """Return where one is named at these places, behind a preposition and an article at most."""
    table, n = context.table, len(context.table)
    start = at
    for group, but in ((PLACE, INTO), (DETERMINER, 0)):
        of = token_at(table.group, at)
        # "Not we" is a name itself, though "our" owns what follows.
        light = ((of & group) > 0) & ((of & but) == 0) & (token_at(context.party, at) == NOBODY)
        at = np.where(light, at + 1, at)
    is_named = (at < n) & (token_at(context.party, at) != NOBODY)
    is_named &= token_at(table.sentence, at) == token_at(table.sentence, start - 1)
    result: Ints = np.where(is_named, at, n)
    return result


def _end_of_name(context: Context, at: Ints) -> Ints:
    """Return the last words of the names that begin at these places."""
    end = at
    for _ in range(_NAME - 1):
        further = np.minimum(end + 1, len(context.table) - 1)
        goes_on = context.party[further] == context.party[at]
        goes_on &= context.clause[further] == context.clause[at]
        end = np.where(goes_on, further, end)
    return end


def _closes(context: Context, end: Ints) -> Bools:
    """Tell which places are the last of their sentences, a mark aside."""
    sentence = context.table.sentence
    result: Bools = end + 2 >= len(sentence)
    result |= token_at(sentence, end + 2) != sentence[end]
    return result

"""Praise that is not meant: "so much for its love of peace", "thanks to its 'help' we starve"."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from detente.tone.target.around import FAR, Around, token_at
from detente.tone.target.context import Bools, Context, Floats
from detente.tone.target.groups import (
    BE,
    CLAUSE_MARK,
    FOE,
    MUST,
    ONE,
    ONTO,
    OUR,
    OWN,
    POSSESSIVE,
    SO,
    TOWARD,
    WHICH,
    WITH,
)
from detente.tone.target.matching import NOBODY, TARGET
from detente.tone.target.senses import (
    BROKER,
    ENEMY,
    EXCLAIM,
    FINE,
    GIFT,
    LIKE,
    PROVE,
    RUIN,
    SOME,
    THANKS,
    THEY,
)
from detente.tone.target.tokens import Ints

__all__ = ["see_through"]

#: What mock praise counts, and the share of praise that is only named mockingly.
MOCKED, SHAM = -2.0, -0.3
#: Up to how many words behind a word that mocks it praise stands, and behind mock praise what gives
#: it the lie.
_NAMED, _BELIES = 6, 14
#: Up to how many words behind the beginning of a sentence mock praise begins, behind it the name
#: and its verb stand, and behind thanks whom they are owed to.
_OPENS, _VERB, _OWED = 2, 4, 4
#: Up to how many words behind thanks what has come of it is told.
_TOLD = 20
#: The valence up to which a judgement gives the lie: behind a mark, and of what is thanked for.
_HARSH, _SPOILT = -1.8, -1.5
#: From which valence on a warm word is praise.
_PRAISE = 0.5
#: From which valence on a word behind mock praise shows that it is meant: "and we are grateful".
_THANKS = 1.5
#: Up to how many words before what has come of it "are" or "have" stands, and what negates it.
_COPULA, _NEGATES = 2, 4


def see_through(
    around: Around, valence: Floats, calm: Bools, mocks: Bools, change: Callable[..., None]
) -> None:
    """Turn praise over that its own sentence gives the lie.

    Mock praise is worded as praise. What tells it is a set phrase ("so much for"), a name turned
    round ("some friend Turkey is"), marks around a gift ("their 'aid'"), or what the sentence goes
    on to tell ("what a friend, tearing up the treaty").

    Parameters
    ----------
    around : Around
        The surroundings of the expressions that carry tone.
    valence : ndarray of float
        Valence of each hit as settled.
    calm : ndarray of bool
        Hits that are left alone.
    mocks : ndarray of bool
        Hits that mock what follows.
    change : callable
        Takes the hits to change, the share they keep, a note and the distance to its word.
    """
    hits, table = around.hits, around.context.table
    warm = (valence > 0) & ~calm
    if not len(warm):
        return
    if mocks.any():
        # "We have done so much for their freedom" mocks nobody.
        rows = np.flatnonzero(mocks)
        first = hits.first[rows]
        idle = ((table.group[first] & SO) > 0) & (hits.last[rows] > first + 1)
        idle &= (first > _begin(around, rows) + 1) & (
            (token_at(table.group, first - 1) & CLAUSE_MARK) == 0
        )
        plain = np.zeros(len(warm), dtype=bool)
        plain[rows[idle]] = True
        change(plain, 0.0, "mocks nobody")
        gap = around.left(hits.last[rows[~idle]])
        change(warm & (gap <= _NAMED), SHAM, "named mockingly")

    turned = np.zeros(len(warm), dtype=bool)
    turned[_between_marks(around, warm)] = True
    friends = np.flatnonzero(warm & ((table.sense[hits.end] & BROKER) > 0))
    turned[_turned_round(around, friends, warm)] = True
    turned[_belied(around, valence, warm, friends)] = True
    thanks = _no_thanks(around, valence, warm)
    spared = _as_good_as_foes(around, friends)
    turned[thanks] = turned[spared] = True
    if not turned.any():
        return
    change(turned, MOCKED / np.maximum(valence, _PRAISE), "praise that is not meant")
    idle = warm & (around.left(hits.first[thanks], "sentence") <= _OWED + 1)
    foes = (table.sense[hits.end] & ENEMY) > 0
    idle |= foes & (around.left(hits.first[spared], "sentence") < FAR)
    change(idle & ~turned, 0.0, "part of praise that is not meant")


def _begin(around: Around, rows: Ints) -> Ints:
    """Return where the sentences of these hits begin."""
    of, border = around.context.segments("sentence")
    result: Ints = border[of[around.hits.first[rows]]]
    return result


def _between_marks(around: Around, warm: Bools) -> Ints:
    """Return the gifts of the target that stand alone in quotation marks: "American 'aid'"."""
    context, hits = around.context, around.hits
    table = context.table
    rows = np.flatnonzero(warm & (table.quoted[hits.first] > 0))
    if not len(rows):
        return rows
    rows = rows[table.quoted[hits.first[rows]] == hits.end[rows] - hits.first[rows] + 1]
    rows = rows[(table.sense[hits.end[rows]] & (GIFT | BROKER)) > 0]
    before = hits.first[rows] - 1
    theirs = (token_at(context.party, before) == TARGET) & token_at(context.is_adjective, before)
    owns = (token_at(table.group, before) & POSSESSIVE) > 0
    theirs |= owns & (token_at(context.party, before - 1) == TARGET)
    theirs |= (token_at(table.group, before) & (OWN | OUR)) == OWN
    # "Praised its 'aid'" gives somebody's words.
    praised = hits.first[warm & hits.are("verdict") & (hits.last == hits.first)]
    result: Ints = rows[theirs & (around.left(praised, "stretch")[rows] == FAR)]
    return result


def _turned_round(around: Around, rows: Ints, warm: Bools) -> Ints:
    """Return the friends told before who they are: "some friend Turkey is".

    Not where thanks follow: "a fine friend Denmark has been, and we are grateful".
    """
    context, hits = around.context, around.hits
    group, sense = context.table.group, context.table.sense
    opener = _begin(around, rows)
    is_early = hits.first[rows] - opener <= _OPENS
    rows, opener = rows[is_early], opener[is_early]
    end = hits.end[rows]
    fine = np.zeros(len(rows), dtype=bool)
    for step in range(1, _OPENS + 1):
        fine |= (opener + step < end) & ((token_at(sense, opener + step) & FINE) > 0)
    fine &= (group[opener] & ONE) > 0
    thanks = np.flatnonzero(warm & (hits.valence >= _THANKS))
    fine &= around.right(hits.first[thanks], "sentence")[rows] == FAR
    fine |= (sense[opener] & SOME) > 0
    named = (token_at(context.party, end + 1) != NOBODY) | (token_at(sense, end + 1) & THEY > 0)
    verb = np.zeros(len(rows), dtype=bool)
    for step in range(2, _VERB + 1):
        inside = token_at(context.clause, end + step) == context.clause[end]
        is_verb = (token_at(group, end + step) & BE > 0) | (token_at(sense, end + step) & PROVE > 0)
        verb |= inside & is_verb
    result: Ints = rows[fine & named & verb]
    return result


def _belied(around: Around, valence: Floats, warm: Bools, friends: Ints) -> Ints:
    """Return the praise called out loud that the rest of its sentence gives the lie."""
    hits, table = around.hits, around.context.table
    of, border = around.context.segments("sentence")
    is_loud = (token_at(table.sense, border) & EXCLAIM) > 0
    chosen = warm & (valence >= _PRAISE) & is_loud[of[hits.first]]
    # "A fine neighbour indeed, spying on us".
    near = table.sense[hits.first[friends]] | token_at(table.sense, hits.first[friends] - 1)
    chosen[friends] |= (near & FINE) > 0
    rows = np.flatnonzero(chosen)
    if not len(rows):
        return rows
    cold = (valence < 0) & ((token_at(table.group, hits.last) & FOE) == 0)
    cold &= (around.left("negator") > _NEGATES) & (
        (around.doer == TARGET) | (around.doer == NOBODY)
    )
    act = cold & hits.are("breaker", "deed", "measure", "fault")
    harsh = cold & (valence <= _HARSH) & hits.are("stance", "verdict", "situation", "general")
    until = np.full(len(rows), _BELIES)
    for end in ("contrast", "concession"):
        until = np.minimum(until, around.right(end, "sentence")[rows])
    lie = around.right(hits.first[act], "sentence")[rows] <= until
    # "Congratulations on breaking your word".
    on = harsh & ((token_at(table.group, hits.first - 1) & (ONTO | TOWARD)) > 0)
    lie |= around.right(hits.first[on])[rows] <= until
    gap = around.right(hits.first[harsh], "sentence")[rows]
    for step in range(1, _BELIES):
        mark = (token_at(table.group, hits.last[rows] + step) & CLAUSE_MARK) > 0
        lie |= mark & (step < gap) & (gap <= until)
    result: Ints = rows[lie]
    return result


def _no_thanks(around: Around, valence: Floats, warm: Bools) -> Ints:
    """Return the thanks that are for a ruin.

    "Thanks to Turkey our wells are dry", "thanks to Turkish obstruction nothing was agreed".
    """
    context, hits = around.context, around.hits
    group, sense = context.table.group, context.table.sense
    rows = np.flatnonzero(warm & ((sense[hits.first] & THANKS) > 0))
    rows = rows[(group[hits.last[rows]] & TOWARD) > 0]
    if not len(rows):
        return rows
    spoilt = (valence <= _SPOILT) & (around.owner == TARGET)
    told = around.right(hits.first[spoilt])[rows] <= _OWED
    told |= _is_ruin(context, hits.last[rows])
    result: Ints = rows[told & (around.right("target")[rows] <= _OWED)]
    return result


def _is_ruin(context: Context, last: Ints) -> Bools:
    """Tell behind which words the sentence tells of a ruin: "our wells are dry".

    Nobody's whom a relative clause tells of ("those who had lost their homes"), nor one averted.
    """
    table = context.table
    negates = np.zeros(len(table), dtype=bool)
    negates[context.role("negator").last] = True
    told, goes_on = np.zeros(len(last), dtype=bool), np.ones(len(last), dtype=bool)
    is_so, safe = np.full((2, len(last)), -FAR)
    for step in range(1, _TOLD + 1):
        at = last + step
        group, sense = token_at(table.group, at), token_at(table.sense, at)
        goes_on &= (token_at(table.sentence, at) == table.sentence[last]) & ((group & WHICH) == 0)
        near = (step - is_so <= _COPULA) & (step - safe > _NEGATES)
        told |= goes_on & near & ((sense & RUIN) > 0)
        is_so[((group & (BE | MUST)) > 0) | ((sense & PROVE) > 0)] = step
        safe[token_at(negates, at)] = step
    return told


def _as_good_as_foes(around: Around, rows: Ints) -> Ints:
    """Return the friends that spare one foes: "with friends like Turkey, who needs enemies"."""
    context, hits = around.context, around.hits
    group, sense = context.table.group, context.table.sense
    rows = rows[(token_at(sense, hits.end[rows] + 1) & LIKE) > 0]
    begin = _begin(around, rows)
    rows = rows[((group[begin] & WITH) > 0) & (hits.first[rows] - begin <= _OPENS)]
    if not len(rows):
        return rows
    foe = around.right(np.flatnonzero(sense & ENEMY), "sentence")[rows]
    need = around.right(np.flatnonzero(group & MUST), "sentence")[rows]
    result: Ints = rows[(foe < FAR) & (need < foe)]
    return result

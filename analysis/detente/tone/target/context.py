"""The surroundings of every token: its clause, and who is named before and after it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from detente.tone.target.groups import (
    AND,
    AS,
    BE,
    BY,
    CLAUSE_MARK,
    DEMONYM,
    DETERMINER,
    FOIL,
    LINK,
    OF,
    ONE,
    OPENER,
    PLACE,
    POSSESSIVE,
    STATE,
    THE_THAT,
    WHICH,
)
from detente.tone.target.matching import SOURCE, TARGET, THIRD, Hits
from detente.tone.target.tokens import Ints, TokenTable

__all__ = ["Bools", "Context", "Floats", "make_context"]

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Context:
    """Everything that links and scopes ask of a batch.

    Attributes
    ----------
    table : TokenTable
        The tokens.
    clause, stretch : ndarray of int
        Number of each token's clause over the whole batch; of the longer stretch between marks
        and contrasts, over which a verb of saying reaches.
    sides : dict of str to ndarray of int
        Positions of "target", "source" (the speaker's side), "third" parties, of "named"
        parties of any side and of "actor"s, those that no preposition governs; and of words
        for the "relation" of the two sides.
    party : ndarray of int
        Side of each token, `who` and the grammar words for sides taken together.
    is_free, is_owner, is_agent, is_adjective, is_possessive : ndarray of bool
        Whether a party's token is governed by no preposition; by one of ownership; by "by" or
        "from"; whether the name is a demonym; whether "'s" follows it.
    roles : Hits
        Grammar words.
    has_target : ndarray of bool, shape (n_texts,)
        Whether the text names its target.
    sentence_has_target : ndarray of bool
        Whether each sentence does.
    """

    table: TokenTable
    who: Ints
    clause: Ints
    stretch: Ints
    sides: dict[str, Ints]
    party: Ints
    is_free: Bools
    is_owner: Bools
    is_agent: Bools
    is_adjective: Bools
    is_possessive: Bools
    roles: Hits
    has_target: Bools
    sentence_has_target: Bools
    _of_role: dict[str, Hits] = field(default_factory=dict)
    _borders: dict[str, Ints] = field(default_factory=dict)

    def role(self, name: str) -> Hits:
        """Return the grammar words of one role."""
        found = self._of_role.get(name)
        if found is None:
            found = self._of_role[name] = self.roles.where(self.roles.are(name))
        return found

    def segments(self, within: str) -> tuple[Ints, Ints]:
        """Return the number of each token's "clause", "stretch" or "sentence", and their borders.

        Number i begins at ``border[i]`` and ends before ``border[i + 1]``.
        """
        of: Ints = self.table.sentence if within == "sentence" else getattr(self, within)
        border = self._borders.get(within)
        if border is None:
            border = self._borders[within] = np.append(0, np.cumsum(np.bincount(of)))
        return of, border


def make_context(table: TokenTable, who: Ints, roles: Hits) -> Context:
    """Cut clauses and find the nearest parties of every token.

    Parameters
    ----------
    table : TokenTable
        The tokens.
    who : ndarray of int, shape (n,)
        Side named at each token, as `Matcher.parties` gives it.
    roles : Hits
        Grammar words.

    Returns
    -------
    Context
        Of the whole batch.
    """
    n = len(table)
    roles = roles.where(~_is_adverb(table, roles))
    role = {
        name: roles.first[roles.are(name)]
        for name in (
            "clause", "condition", "concession", "contrast", "relation", "you", "we", "other",
        )
    }  # fmt: skip
    long_starts: Bools = (table.group & CLAUSE_MARK) > 0
    long_starts[1:] |= table.sentence[1:] != table.sentence[:-1]
    long_starts[role["contrast"]] = True
    starts = long_starts.copy()
    for name in ("clause", "condition", "concession"):
        starts[role[name]] = True

    has_target = np.zeros(table.n_texts, dtype=bool)
    is_target = np.flatnonzero(who == TARGET)
    has_target[table.text[is_target]] = True
    n_sentences = int(table.sentence.max(initial=-1)) + 1
    in_sentence = np.zeros(n_sentences, dtype=bool)
    in_sentence[table.sentence[is_target]] = True
    relation = np.sort(np.concatenate([role["relation"], role["you"]]))
    party = who.copy()
    role["we"] = role["we"][~_of_another(roles.where(roles.are("we")), table, who)]
    for name, side in (("we", SOURCE), ("other", THIRD)):
        party[role[name][who[role[name]] == 0]] = side
    _join_coordinated(party, table)
    alias = _aliases(table)
    alias = alias[party[alias] == 0]
    party[alias] = TARGET
    clause: Ints = np.cumsum(starts)
    named: Ints = np.flatnonzero(party != 0)
    is_free, is_owner, is_agent = _government(table, party, named, clause)
    is_adjective, is_possessive = np.zeros(n, dtype=bool), np.zeros(n, dtype=bool)
    is_adjective[named] = (table.group[named] & DEMONYM) > 0
    after = np.minimum(named + 1, n - 1)
    is_possessive[named] = ((table.group[after] & POSSESSIVE) > 0) & (named + 1 < n)
    return Context(
        table=table,
        who=who,
        clause=clause,
        stretch=np.cumsum(long_starts),
        sides={
            "target": named[party[named] == TARGET],
            "source": named[party[named] == SOURCE],
            "third": named[party[named] == THIRD],
            "relation": relation[who[relation] == 0],
            "named": named,
            "actor": named[is_free[named]],
        },
        party=party,
        is_free=is_free,
        is_owner=is_owner,
        is_agent=is_agent,
        is_adjective=is_adjective,
        is_possessive=is_possessive,
        roles=roles,
        has_target=has_target,
        sentence_has_target=in_sentence,
    )


def _of_another(we: Hits, table: TokenTable, who: Ints) -> Bools:
    """Tell which words for "its own" follow another's name: "Kiev tore up its own draft"."""
    named = np.flatnonzero(who)
    if not len(named):
        return np.zeros(len(we.first), dtype=bool)
    last = named[np.maximum(np.searchsorted(named, we.first) - 1, 0)]
    result: Bools = (we.last > we.first) & (last < we.first) & (who[last] != SOURCE)
    result &= table.sentence[last] == table.sentence[we.first]
    return result


def _is_adverb(table: TokenTable, roles: Hits) -> Bools:
    """Return which grammar words are no contrast, for they do not open a clause: "is still"."""
    first = roles.first
    inside = (table.group[first] & OPENER) > 0
    at = first[inside]
    before = np.maximum(at - 1, 0)
    opens = ((table.group[before] & (CLAUSE_MARK | AND)) > 0) | (at == 0)
    opens |= table.sentence[before] != table.sentence[at]
    result: Bools = inside
    result[inside] = ~opens
    return result


def _aliases(table: TokenTable) -> Ints:
    """Return the words by which the target is spoken of without its name: "a state which"."""
    group, sentence = table.group, table.sentence
    at = np.flatnonzero(group[1:-1] & STATE) + 1
    at = at[((group[at - 1] & ONE) > 0) & ((group[at + 1] & WHICH) > 0)]
    at = at[(sentence[at - 1] == sentence[at]) & (sentence[at + 1] == sentence[at])]
    # Not "Sofia was a country which" nor "Sofia, a country which", which say what something is.
    earlier = np.maximum(at - 2, 0)
    before = np.where(sentence[earlier] == sentence[at], group[earlier], 0)
    at = at[(before & (BE | AS | PLACE) == 0) & (before & (LINK | AND) != LINK)]
    # Nor "told the nation that".
    at = at[(group[at - 1] & group[at + 1] & THE_THAT) == 0]
    return np.sort(np.concatenate([at, at + 1]))


def _join_coordinated(party: Ints, table: TokenTable) -> None:
    """Take third parties named in one breath with a side out: "Turkey, Russia and Qatar"."""
    n = len(party)
    for _ in range(2):
        for shift, link in ((2, LINK), (-2, AND)):
            # "United States and Turkey"; there the comma would end another clause.
            at = np.flatnonzero(party == THIRD)
            at = at[(at >= shift) & (at - shift < n)]
            near, between = at - shift, at - shift // 2
            side = (party[near] == TARGET) | (party[near] == SOURCE) | (party[near] == -1)
            same = table.sentence[near] == table.sentence[at]
            # "Unlike Turkey, Germany" sets one against the other.
            for step in (1, 2, 3):
                before = np.maximum(near - step, 0)
                is_foil = (table.group[before] & FOIL) > 0
                same &= ~is_foil | (table.sentence[before] != table.sentence[at])
            party[at[((table.group[between] & link) > 0) & side & same]] = -1
    # "The United States and Turkey": the whole name goes.
    for _ in range(2):
        before = np.maximum(np.flatnonzero(party == -1) - 1, 0)
        party[before[party[before] == THIRD]] = -1
    party[party == -1] = 0


def _government(
    table: TokenTable, party: Ints, named: Ints, clause: Ints
) -> tuple[Bools, Bools, Bools]:
    """Return which tokens of parties follow no preposition, an owner's one, and a doer's one."""
    n = len(table)
    before = named - 1
    begins = np.ones(len(named), dtype=bool)
    begins[1:] = before[1:] != named[:-1]
    begins |= (party[before] != party[named]) | (clause[before] != clause[named])
    first, run = named[begins], np.cumsum(begins) - 1
    governed = {group: np.zeros(len(first), dtype=bool) for group in (PLACE, OF, BY)}
    reach = np.ones(len(first), dtype=bool)
    for step in (1, 2, 3):
        at = np.maximum(first - step, 0)
        reach &= (first >= step) & (clause[at] == clause[first])
        for group, found in governed.items():
            found |= reach & ((table.group[at] & group) > 0)
        # One word of any sort, then only light ones, may stand before the name.
        if step > 1:
            reach &= ((table.group[at] & DETERMINER) > 0) | (party[at] > 0)
    place, owner, agent = (np.zeros(n, dtype=bool) for _ in governed)
    for mask, found in zip((place, owner, agent), governed.values(), strict=True):
        mask[named] = found[run]
    place[named] ^= True
    return place, owner, agent

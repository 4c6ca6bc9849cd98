"""The surroundings of every token: its clause, and who is named before and after it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.tone.target.lexicon import KINDS, ROLES, read_demonyms
from detente.tone.target.matching import SOURCE, TARGET, THIRD, Hits
from detente.tone.target.tokens import Ints, TokenTable, Vocabulary

__all__ = ["Bools", "Context", "Floats", "Nearest", "kind_number", "make_context"]

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

_NAMES = (*KINDS, *ROLES)
_CLAUSE_MARKS = (",", ";", ":", "—", "–", "(", ")", "[", "]", ".", "!", "?", "…")
#: A party behind these is where something is or what it deals with, not who does it.
_PLACES = tuple(
    (
        "in at near into inside outside around across along over on above within throughout amid "
        "towards toward about regarding concerning via through to between among off beyond onto "
        "for with against of by from"
    ).split()
)
#: Behind these a party owns what stands before: "the refusal of Kiev", "pressure from the West".
_OWNERS = ("of", "by", "from")
_DOERS = ("by", "from")
_DETERMINERS = tuple(
    (
        "the a an and or its their his her our your this that all both other some several any "
        "many northern southern eastern western central neighbouring post whole"
    ).split()
)


def kind_number(name: str) -> int:
    """Return the number under which `Hits.kind` holds a kind or role.

    Parameters
    ----------
    name : str
        One of `KINDS` or `ROLES`.

    Returns
    -------
    int
        Its place in the kinds followed by the roles, from 0.
    """
    return _NAMES.index(name)


class Nearest:
    """For each token the nearest marked token at or before it, and at or after it.

    Parameters
    ----------
    mask : ndarray of bool, shape (n,)
        The marked tokens.
    """

    def __init__(self, mask: Bools) -> None:
        n = len(mask)
        index = np.arange(n)
        self.before: Ints = np.maximum.accumulate(np.where(mask, index, -1)) if n else index
        self.after: Ints = (
            np.minimum.accumulate(np.where(mask, index, n)[::-1])[::-1] if n else index
        )

    def gap_left(self, at: Ints, segment: Ints) -> Ints:
        """Return the distance to the nearest one before `at` in its segment, or 999."""
        if not len(at):
            return at
        position = np.where(at > 0, self.before[np.maximum(at - 1, 0)], -1)
        ok = (position >= 0) & (segment[np.maximum(position, 0)] == segment[at])
        return np.where(ok, at - position, 999)

    def gap_right(self, at: Ints, segment: Ints) -> Ints:
        """Return the distance to the nearest one after `at` in its segment, or 999."""
        if not len(at):
            return at
        n = len(segment)
        position = np.where(at + 1 < n, self.after[np.minimum(at + 1, n - 1)], n)
        ok = (position < n) & (segment[np.minimum(position, n - 1)] == segment[at])
        return np.where(ok, position - at, 999)


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
    target, source, third, relation : Nearest
        The target, the speaker's side, third parties, and words for the two together.
    actor : Nearest
        Parties of any side that no preposition governs: who does things.
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
    target: Nearest
    source: Nearest
    third: Nearest
    relation: Nearest
    actor: Nearest
    party: Ints
    is_free: Bools
    is_owner: Bools
    is_agent: Bools
    is_adjective: Bools
    is_possessive: Bools
    roles: Hits
    has_target: Bools
    sentence_has_target: Bools

    def role(self, name: str) -> Hits:
        """Return the grammar words of one role."""
        return self.roles.where(self.roles.kind == kind_number(name))

    def mark(self, hits: Hits) -> Bools:
        """Return a mask of the tokens that the hits cover first."""
        mask = np.zeros(len(self.table), dtype=bool)
        mask[hits.first] = True
        return mask


def make_context(table: TokenTable, who: Ints, roles: Hits, vocabulary: Vocabulary) -> Context:
    """Cut clauses and find the nearest parties of every token.

    Parameters
    ----------
    table : TokenTable
        The tokens.
    who : ndarray of int, shape (n,)
        Side named at each token, as `Matcher.parties` gives it.
    roles : Hits
        Grammar words.
    vocabulary : Vocabulary
        The one that the table was made with.

    Returns
    -------
    Context
        Of the whole batch.
    """
    n = len(table)
    starts = np.zeros(n, dtype=bool)
    marks = np.array([vocabulary[mark] for mark in _CLAUSE_MARKS], dtype=np.int64)
    starts |= np.isin(table.lower, marks)
    long_starts = starts.copy()
    for name in ("clause", "condition", "concession", "contrast"):
        starts[roles.first[roles.kind == kind_number(name)]] = True
    if n:
        long_starts[np.flatnonzero(np.diff(table.sentence)) + 1] = True
        long_starts[roles.first[roles.kind == kind_number("contrast")]] = True
        starts |= long_starts

    def role_mask(*names: str) -> Bools:
        mask = np.zeros(n, dtype=bool)
        for name in names:
            mask[roles.first[roles.kind == kind_number(name)]] = True
        return mask

    has_target = np.zeros(table.n_texts, dtype=bool)
    has_target[table.text[who == TARGET]] = True
    n_sentences = int(table.sentence.max(initial=-1)) + 1
    in_sentence = np.zeros(n_sentences, dtype=bool)
    in_sentence[table.sentence[who == TARGET]] = True
    relation = role_mask("relation", "you") & (who == 0)
    party = who.copy()
    party[role_mask("we") & (who == 0)] = SOURCE
    party[role_mask("other") & (who == 0)] = THIRD
    _join_coordinated(party, table, vocabulary)
    clause = np.cumsum(starts)
    is_free, is_owner, is_agent = _government(table, party, clause, vocabulary)
    is_adjective = _adjectives(table, party, vocabulary)
    is_possessive = np.zeros(n, dtype=bool)
    is_possessive[:-1] = (party[:-1] > 0) & (table.lower[1:] == vocabulary["'s"])
    return Context(
        table=table,
        who=who,
        clause=clause,
        stretch=np.cumsum(long_starts),
        target=Nearest(party == TARGET),
        source=Nearest(party == SOURCE),
        third=Nearest(party == THIRD),
        relation=Nearest(relation),
        actor=Nearest(is_free),
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


def _join_coordinated(party: Ints, table: TokenTable, vocabulary: Vocabulary) -> None:
    """Take third parties named in one breath with a side out: "Turkey, Russia and Qatar"."""
    n = len(party)
    links = np.isin(table.lower, [vocabulary["and"], vocabulary[","], vocabulary["with"]])
    for _ in range(2):
        for shift in (2, -2):
            at = np.arange(max(0, shift), n + min(0, shift))
            near, between = at - shift, at - shift // 2
            side = (party[near] == TARGET) | (party[near] == SOURCE) | (party[near] == -1)
            same = table.sentence[near] == table.sentence[at]
            joined = (party[at] == THIRD) & links[between] & side & same
            if shift < 0:  # "United States and Turkey", the comma would end another clause
                joined &= table.lower[between] == vocabulary["and"]
            party[at[joined]] = -1
    party[party == -1] = 0


def _government(
    table: TokenTable, party: Ints, clause: Ints, vocabulary: Vocabulary
) -> tuple[Bools, Bools, Bools]:
    """Return which tokens of parties follow no preposition, an owner's one, and a doer's one."""
    n = len(table)
    named = party > 0
    begins = named.copy()
    if n > 1:
        begins[1:] &= ~(named[:-1] & (party[1:] == party[:-1]) & (clause[1:] == clause[:-1]))

    def among(words: tuple[str, ...]) -> Bools:
        return np.isin(table.lower, [vocabulary[word] for word in words])

    is_light = among(_DETERMINERS) | named
    start = np.maximum.accumulate(np.where(begins, np.arange(n), 0))
    after: list[Bools] = []
    for words in (_PLACES, _OWNERS, _DOERS):
        is_prep = among(words)
        governed = np.zeros(n, dtype=bool)
        reach = begins.copy()
        for step in (1, 2, 3):
            at = np.arange(step, n)
            same = clause[at - step] == clause[at]
            governed[at] |= reach[at] & is_prep[at - step] & same
            # One word of any sort, then only light ones, may stand before the name.
            reach[at] &= same & (is_light[at - step] | (step == 1))
        after.append(named & governed[start])
    place, owner, agent = after
    return named & ~place, owner, agent


def _adjectives(table: TokenTable, party: Ints, vocabulary: Vocabulary) -> Bools:
    """Return which tokens of parties are adjectives: "American", "Turkish", "Western"."""
    words = [vocabulary[word] for word in sorted(read_demonyms())]
    result: Bools = (party > 0) & np.isin(table.lower, words)
    return result

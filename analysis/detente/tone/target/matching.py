"""What stands where: lexicon entries, grammar words and parties found in a token table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from detente.tone.forms import distinct_forms
from detente.tone.target.gaps import grades, name_gaps
from detente.tone.target.groups import DEMONYM, NO_NAME, read_groups
from detente.tone.target.inflection import expand_entry
from detente.tone.target.lexicon import (
    KINDS,
    MOCKS,
    PROCEDURE,
    REJECTS,
    ROLES,
    Entry,
    read_grammar,
    read_lexicon,
    read_parties,
    read_verbs,
)
from detente.tone.target.phrases import PhraseTrie
from detente.tone.target.readings import form_of, is_verb
from detente.tone.target.senses import read_senses
from detente.tone.target.tokens import Ints, TokenTable, Vocabulary, cut

__all__ = ["NOBODY", "SOURCE", "TARGET", "THIRD", "Hits", "Matcher"]

NOBODY, TARGET, SOURCE, THIRD = 0, 1, 2, 3

#: What an entry can be, by its number.
_NAMES = (*KINDS, *ROLES)


@dataclass(frozen=True, slots=True)
class Hits:
    """Entries found in a table, a row each, in order.

    Attributes
    ----------
    first, last : ndarray of int
        Positions of the first and the last word in the table. Of an entry with a name inside
        ("owed Turkey an apology") the last is the word before the name, so that the name stands
        behind it as it does behind "owed".
    entry : ndarray of int
        Number of the entry, an index into `Matcher.entries`.
    kind : ndarray of int
        Index into `KINDS`, then `ROLES`.
    valence : ndarray of float
        Valence, or the factor of a grammar word.
    is_denying : ndarray of bool
        Whether the entry itself begins with a negation ("no progress").
    end : ndarray of int
        Position of the last word of all.
    """

    first: Ints
    last: Ints
    entry: Ints
    kind: Ints
    valence: NDArray[np.float64]
    is_denying: NDArray[np.bool_]
    end: Ints

    def where(self, chosen: NDArray[np.bool_]) -> Hits:
        """Return the chosen rows."""
        rows = np.flatnonzero(chosen)
        return Hits(
            self.first[rows],
            self.last[rows],
            self.entry[rows],
            self.kind[rows],
            self.valence[rows],
            self.is_denying[rows],
            self.end[rows],
        )

    def are(self, *names: str) -> NDArray[np.bool_]:
        """Tell which rows are of one of these kinds or roles."""
        return _among(names)[self.kind]


@cache
def _among(names: tuple[str, ...]) -> NDArray[np.bool_]:
    return np.isin(_NAMES, names)


class Matcher:
    """Finds entries and parties; keeps the vocabulary that turns words into ids.

    Parameters
    ----------
    extra : sequence of Entry, optional
        Entries that stand beside the lexicon's, or instead of them where the wording is the
        same.
    is_moved : bool, default True
        As for `read_lexicon`.
    """

    def __init__(self, extra: Sequence[Entry] = (), *, is_moved: bool = True) -> None:
        self.extra, self.is_moved = tuple(extra), is_moved
        lexicon = read_lexicon(is_moved=is_moved)
        self.vocabulary = Vocabulary(read_groups(), read_senses())
        merged = {**read_grammar(), **lexicon}
        for words, entry in read_grammar().items():
            if words not in lexicon or entry.kind in ("negator", "condition", "deem"):
                merged[words] = entry
        for entry in self.extra:
            merged.update(dict.fromkeys(expand_entry(entry.entry), entry))
        numbers = {words: number for number, words in enumerate(merged)}
        verbs = {
            words: verb
            for words, verb in read_verbs(is_moved=is_moved).items()
            if merged[words] is lexicon[words]  # a study's own entry stands for itself
        }
        self.entries: list[Entry] = [*merged.values(), *verbs.values()]
        # Which entry each is where it is read as a verb, and as which form of it.
        self._verb = np.arange(len(self.entries))
        self._verb[[numbers[words] for words in verbs]] = np.arange(len(merged), len(self.entries))
        self._form = np.zeros(len(self.entries), dtype=np.int64)
        for words, verb in verbs.items():
            self._form[numbers[words]] = form_of(words[0], verb.entry)
        self.wordings = np.array([entry.entry for entry in self.entries], dtype=object)
        self._trie = PhraseTrie(
            (tuple(self.vocabulary[word] for word in words), number)
            for number, words in enumerate(merged)
        )
        self._kind = np.array([_NAMES.index(e.kind) for e in self.entries], dtype=np.int64)
        self._valence = np.array([e.valence for e in self.entries], dtype=np.float64)
        self._grade = grades(self.entries)
        everyday = ("general", "stance", "situation")
        self._is_everyday = np.array([e.kind in everyday for e in self.entries], dtype=bool)
        self._is_denying = np.array(
            [e.entry.startswith(("no ", "not ", "never ", "without ")) for e in self.entries]
        )
        #: Whether each entry says of a remark that it is not so ("nonsense").
        self.rejects = np.array([e.note == REJECTS for e in self.entries], dtype=bool)
        #: Whether each entry mocks what follows ("so-called").
        self.mocks = np.array([e.note == MOCKS for e in self.entries], dtype=bool)
        #: Whether each entry is a word of procedure ("delegation").
        self.procedure = np.array([e.note == PROCEDURE for e in self.entries], dtype=bool)
        self._the = self.vocabulary["the"]
        self._names = PhraseTrie()
        self._name_number: dict[str, int] = {}
        self._sets: dict[tuple[str, ...], Ints] = {}
        places, persons = read_parties()
        self._third = self._numbers((*places, *persons))
        self._persons = self._numbers(persons)

    @classmethod
    def of(cls, extra: Sequence[Entry] = (), *, is_moved: bool = True) -> Matcher:
        """Return a matcher built before, as it was when it had read no text.

        What is built is shared; what grows with the texts is the matcher's own.
        """
        built = _built(tuple(extra), is_moved)
        own = copy(built)
        own.vocabulary, own._names = built.vocabulary.again(), built._names.again()
        own._name_number, own._sets = built._name_number.copy(), built._sets.copy()
        return own

    def hits(self, table: TokenTable, who: Ints | None = None) -> Hits:
        """Return the entries and grammar words of a table, also around the names of parties."""
        gaps = None if who is None else name_gaps(table, who, self._the, self._grade)
        first, size, head, number = self._trie.find_around(table.lower, table.sentence, gaps)
        # "Nice" and "Gallant" inside a sentence are names, not words of praise.
        begins = (first == 0) | (table.sentence[first] != table.sentence[first - 1])
        named = (size == 1) & (table.name[first] != table.lower[first]) & ~begins
        named &= self._is_everyday[number]
        kept = np.flatnonzero(~named)
        first, size, head, number = first[kept], size[kept], head[kept], number[kept]
        if who is not None:
            doubtful = np.flatnonzero(self._form[number])
            at, form = first[doubtful], self._form[number[doubtful]]
            verbs = doubtful[is_verb(table, who, at, form)]
            number[verbs] = self._verb[number[verbs]]
        return Hits(
            first,
            first + head - 1,
            number,
            self._kind[number],
            self._valence[number],
            self._is_denying[number],
            first + size - 1,
        )

    def _numbers(self, forms: tuple[str, ...]) -> Ints:
        known = self._sets.get(forms)
        if known is None:
            numbers: list[int] = []
            for form in forms:
                words = form.replace("-", " ").replace("'s", " 's").replace("’s", " 's").split()
                tokens = [t for w in words for t in self._words(w)]
                if not tokens:
                    continue
                number = self._name_number.setdefault(
                    "\x1f".join(str(token) for token in tokens), len(self._name_number)
                )
                self._names.add(tuple(tokens), number)
                numbers.append(number)
            known = self._sets[forms] = np.unique(np.array(numbers, dtype=np.int64))
        return known

    def _words(self, text: str) -> list[int]:
        found = [self.vocabulary[token] for token in cut(text)]
        return [self.vocabulary.name[i] for i in found if self.vocabulary.is_kept[i]]

    def parties(
        self,
        table: TokenTable,
        targets: Sequence[Sequence[str]],
        sources: Sequence[Sequence[str]] | None,
    ) -> Ints:
        """Return who is named at each token: TARGET, SOURCE, THIRD or NOBODY."""
        spoken_of, target_of = distinct_forms(targets)
        speaking, source_of = distinct_forms([()] * table.n_texts if sources is None else sources)
        bare = np.array([not forms for forms in speaking], dtype=bool)[source_of]
        target_sets, source_sets = map(self._numbers, spoken_of), map(self._numbers, speaking)
        target_keys, source_keys = _keys(target_sets), _keys(source_sets)
        is_third, is_person = self._are(self._third), self._are(self._persons)

        def counts(at: Ints, number: Ints) -> NDArray[np.bool_]:
            # The trie knows the parties of all texts; whoever is none of a text's own hides no
            # shorter name in it.
            key, text = number, table.text[at]
            result: NDArray[np.bool_] = is_third[key] & ~(is_person[key] & bare[text])
            result |= _is_among((target_of[text] << _BITS) | key, target_keys)
            result |= _is_among((source_of[text] << _BITS) | key, source_keys)
            return result

        first, size, number = self._names.find(table.name, table.sentence, counts)
        text = table.text[first]
        role = np.where(is_third[number], THIRD, NOBODY)
        # A person named first is who speaks, though another country has a leader of that name.
        opens = (first < 2) | (table.text[np.maximum(first - 2, 0)] != text)
        role[opens & is_person[number] & ~bare[text]] = SOURCE
        role[_is_among((source_of[text] << _BITS) | number, source_keys)] = SOURCE
        role[_is_among((target_of[text] << _BITS) | number, target_keys)] = TARGET
        who = np.zeros(len(table), dtype=np.int64)
        # In prose of nobody's side other proper names are third parties; in a statement an
        # unknown name is as a rule the speaker.
        others = _other_names(table) & bare[table.text] if bare.any() else None
        if others is not None:
            who[others] = THIRD
        for step in range(int(size.max(initial=0))):
            inside = np.flatnonzero(size > step)
            at = first[inside] + step
            who[at] = role[inside]
            if others is not None:
                others[at] = False
        if others is not None:
            _join_names(who, others, table)
        return who

    def _are(self, numbers: Ints) -> NDArray[np.bool_]:
        """Return for each name whether its number is among these."""
        result = np.zeros(len(self._name_number), dtype=bool)
        result[numbers] = True
        return result


@lru_cache(maxsize=2)
def _built(extra: tuple[Entry, ...], is_moved: bool) -> Matcher:
    return Matcher(extra, is_moved=is_moved)


#: Up to how many words more a name has on either side of the target's.
_NAMES_MORE = 2

#: Bits of a name's number in a key; the number of the set of forms stands above them.
_BITS = 32


def _keys(sets: Iterable[Ints]) -> Ints:
    """Return the keys of the members of each set, ascending."""
    parts = [(number << _BITS) | members for number, members in enumerate(sets)]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)


def _is_among(keys: Ints, known: Ints) -> NDArray[np.bool_]:
    """Return which keys are known; those known are ascending."""
    of, distinct = pd.factorize(keys)
    slot = np.minimum(np.searchsorted(known, distinct), len(known) - 1)
    is_known = known[slot] == distinct if len(known) else np.zeros(len(distinct), dtype=bool)
    result: NDArray[np.bool_] = is_known[of]
    return result


def _other_names(table: TokenTable) -> NDArray[np.bool_]:
    """Return which tokens are capitalised inside a sentence and no title or day."""
    is_name = table.name != table.lower
    if len(table):
        is_name &= np.append(False, table.sentence[1:] == table.sentence[:-1])
    result: NDArray[np.bool_] = is_name & ((table.group & NO_NAME) == 0)
    return result


def _join_names(who: Ints, others: NDArray[np.bool_], table: TokenTable) -> None:
    """Take words of a name that stand beside the target's into it: "Kris Kobach"."""
    # "The Chinese Huawei" is a name of its own, which a demonym only says the origin of.
    is_name = (table.group & DEMONYM) == 0
    for shift in (1, -1):
        for _ in range(_NAMES_MORE):
            at = np.flatnonzero(others & (who == THIRD))
            at = at[(at + shift >= 0) & (at + shift < len(who))]
            joins = (who[at + shift] == TARGET) & is_name[at + shift]
            joins &= table.sentence[at + shift] == table.sentence[at]
            if not joins.any():
                break
            who[at[joins]] = TARGET

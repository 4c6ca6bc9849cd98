"""What stands where: lexicon entries, grammar words and parties found in a token table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.tone.target.inflection import expand_entry
from detente.tone.target.lexicon import (
    KINDS,
    ROLES,
    Entry,
    read_grammar,
    read_lexicon,
    read_parties,
)
from detente.tone.target.phrases import PhraseTrie
from detente.tone.target.tokens import Ints, TokenTable, Vocabulary, cut

__all__ = ["NOBODY", "SOURCE", "TARGET", "THIRD", "Hits", "Matcher"]

NOBODY, TARGET, SOURCE, THIRD = 0, 1, 2, 3

#: Capitalised words that name nobody.
_NO_NAMES = frozenset(
    """
    i president presidential vice secretary minister prime senator sen rep gov governor mr mrs
    ms dr sir lord king queen prince house senate congress white state department justice
    court supreme party parliament government committee council commission university school
    street monday tuesday wednesday thursday friday saturday sunday january february march
    april may june july august september october november december tv twitter facebook news
    times post the a an in on of and but republican democratic federal national attorney
    general chief director leader foreign interior defense defence treasury day deal act bill
    new north south
    """.split()
)


@dataclass(frozen=True, slots=True)
class Hits:
    """Entries found in a table, a row each, in order.

    Attributes
    ----------
    first, last : ndarray of int
        Positions of the first and the last word in the table.
    entry : ndarray of int
        Number of the entry, an index into `Matcher.entries`.
    kind : ndarray of int
        Index into `KINDS`, then `ROLES`.
    valence : ndarray of float
        Valence, or the factor of a grammar word.
    is_denying : ndarray of bool
        Whether the entry itself begins with a negation ("no progress").
    """

    first: Ints
    last: Ints
    entry: Ints
    kind: Ints
    valence: NDArray[np.float64]
    is_denying: NDArray[np.bool_]

    def where(self, chosen: NDArray[np.bool_]) -> Hits:
        """Return the chosen rows."""
        return Hits(
            self.first[chosen],
            self.last[chosen],
            self.entry[chosen],
            self.kind[chosen],
            self.valence[chosen],
            self.is_denying[chosen],
        )


class Matcher:
    """Finds entries and parties; keeps the vocabulary that turns words into ids.

    Parameters
    ----------
    extra : sequence of Entry, optional
        Entries that stand beside the lexicon's, or instead of them where the wording is the
        same.
    """

    def __init__(self, extra: Sequence[Entry] = ()) -> None:
        self.extra = tuple(extra)
        self.vocabulary = Vocabulary()
        merged = {**read_grammar(), **read_lexicon()}
        for words, entry in read_grammar().items():
            if words not in read_lexicon() or entry.kind in ("negator", "condition"):
                merged[words] = entry
        for entry in self.extra:
            merged.update(dict.fromkeys(expand_entry(entry.entry), entry))
        self.entries: list[Entry] = list(merged.values())
        self._trie = PhraseTrie(
            (tuple(self.vocabulary[word] for word in words), number)
            for number, words in enumerate(merged)
        )
        kinds = (*KINDS, *ROLES)
        self._kind = np.array([kinds.index(e.kind) for e in self.entries], dtype=np.int64)
        self._valence = np.array([e.valence for e in self.entries], dtype=np.float64)
        self._everyday = [kinds.index(name) for name in ("general", "stance", "situation")]
        self._is_denying = np.array(
            [e.entry.startswith(("no ", "not ", "never ", "without ")) for e in self.entries]
        )
        self._names = PhraseTrie()
        self._name_number: dict[str, int] = {}
        self._sets: dict[tuple[str, ...], Ints] = {}
        self._no_names = np.array(
            [self.vocabulary[word] for word in sorted(_NO_NAMES)], dtype=np.int64
        )
        places, persons = read_parties()
        self._third = self._numbers((*places, *persons))
        self._persons = self._numbers(persons)

    def hits(self, table: TokenTable) -> Hits:
        """Return the entries and grammar words of a table."""
        first, size, number = self._trie.find(table.lower, table.sentence)
        # "Nice" and "Gallant" inside a sentence are names, not words of praise.
        begins = np.ones(len(table), dtype=bool)
        begins[1:] = np.diff(table.sentence) > 0
        named = (size == 1) & (table.name[first] != table.lower[first]) & ~begins[first]
        named &= np.isin(self._kind[number], self._everyday)
        first, size, number = first[~named], size[~named], number[~named]
        return Hits(
            first,
            first + size - 1,
            number,
            self._kind[number],
            self._valence[number],
            self._is_denying[number],
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
        target_sets, target_of = self._sets_of(targets)
        source_sets, source_of = self._sets_of(sources or [()] * table.n_texts)
        first, size, number = self._names.find(table.name, table.sentence)
        n_names = len(self._name_number) + 1
        text = table.text[first]
        role = np.full(len(first), NOBODY, dtype=np.int64)
        role[np.isin(number, self._third)] = THIRD
        # A person named first is who speaks, though another country has a leader of that name.
        bare = np.fromiter((not f for f in sources or [()] * table.n_texts), bool, table.n_texts)
        opens = np.ones(len(first), dtype=bool)
        opens[first > 1] = table.text[np.maximum(first - 2, 0)][first > 1] != text[first > 1]
        role[opens & np.isin(number, self._persons) & ~bare[text]] = SOURCE
        role[np.isin(source_of[text] * n_names + number, _keys(source_sets, n_names))] = SOURCE
        role[np.isin(target_of[text] * n_names + number, _keys(target_sets, n_names))] = TARGET
        who = np.zeros(len(table), dtype=np.int64)
        # In prose of nobody's side other proper names are third parties; in a statement an
        # unknown name is as a rule the speaker.
        who[self._other_names(table) & bare[table.text]] = THIRD
        for step in range(int(size.max(initial=0))):
            inside = size > step
            who[first[inside] + step] = role[inside]
        return who

    def _other_names(self, table: TokenTable) -> NDArray[np.bool_]:
        """Return which tokens are capitalised inside a sentence and no title or day."""
        is_name = table.name != table.lower
        if len(table):
            begins = np.concatenate(([True], np.diff(table.sentence) > 0))
            is_name &= ~begins
        result: NDArray[np.bool_] = is_name & ~np.isin(table.lower, self._no_names)
        return result

    def _sets_of(self, forms: Sequence[Sequence[str]]) -> tuple[list[Ints], Ints]:
        seen: dict[tuple[str, ...], int] = {}
        of = np.fromiter(
            (seen.setdefault(tuple(item), len(seen)) for item in forms), np.int64, len(forms)
        )
        return [self._numbers(item) for item in seen], of


def _keys(sets: list[Ints], n_names: int) -> Ints:
    parts = [number * n_names + members for number, members in enumerate(sets)]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)

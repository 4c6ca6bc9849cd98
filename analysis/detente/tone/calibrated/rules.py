"""The one place that touches the rule scorer `target`: its words, its parties, its parts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from detente.tone.calibrated.naming import SOURCE_NAMES, TARGET_NAMES
from detente.tone.target.lexicon import Entry
from detente.tone.target.links import LINKS
from detente.tone.target.matching import SOURCE, TARGET, THIRD
from detente.tone.target.scorer import TargetScorer

__all__ = ["SHARE", "SOURCE", "TARGET", "THIRD", "Bools", "Floats", "Ints", "Reading", "RuleReader"]

#: Share of the rule scorer's tone that is taken over before the n-grams are learned. It is set,
#: not estimated: entries, rules and moves come from most of what is learned from, so that the
#: codings would trust them too much. Of .4, .5 and .6 none did clearly better on the years of the
#: Russia-Turkey study whose errors nobody had read.
SHARE = 0.5

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rule scorer saw in a batch of renamed texts.

    Attributes
    ----------
    lower : ndarray of int, shape (n_words,)
        Id of each word in lower case, an index into `vocabulary`.
    is_capital : ndarray of bool, shape (n_words,)
        Whether it is written with a capital.
    start, end, text, sentence, who : ndarray of int, shape (n_words,)
        Offsets, number of the text and of the sentence, and the party named.
    vocabulary : list of str
        The words by id; grows from batch to batch, and is another list after it was begun anew.
    tone : ndarray of float, shape (n_texts,)
        The rule scorer's tone before clipping; NaN for a text without letters.
    part_text, part_start, part_end : ndarray of int, shape (n_parts,)
        Where each expression stands that carries tone.
    part_entry : list of str
        Its entry in the lexicon.
    part_link : list of str
        Whom the rule scorer linked it to.
    part_notes : list of tuple of str
        What changed it, as `target` tells it.
    part_valence, part_factor : ndarray of float
        Their product is what it adds to the rule scorer's tone.
    """

    lower: Ints
    is_capital: Bools
    start: Ints
    end: Ints
    text: Ints
    sentence: Ints
    who: Ints
    vocabulary: list[str]
    tone: Floats
    part_text: Ints
    part_start: Ints
    part_end: Ints
    part_entry: list[str]
    part_link: list[str]
    part_notes: list[tuple[str, ...]]
    part_valence: Floats
    part_factor: Floats


@cache
def _tables_digest() -> str:
    """Return the digest of the rule scorer's tables: after a change the model is out of date."""
    digest = hashlib.sha256()
    folder = files("detente.tone.target") / "_data"
    for table in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if table.name.endswith(".csv"):
            digest.update(table.read_bytes())
    return digest.hexdigest()


class RuleReader:
    """Reads renamed texts with the rule scorer.

    Parameters
    ----------
    extra : sequence of Entry, optional
        A study's own entries of the lexicon, as `TargetScorer` takes them.
    """

    def __init__(self, extra: Sequence[Entry] = ()) -> None:
        self._extra = tuple(extra)
        if extra:
            self._scorer  # noqa: B018 -- an entry that cannot be used is told at once
        self._words: list[str] = []
        self._is_capital = np.zeros(0, dtype=bool)

    @cached_property
    def _scorer(self) -> TargetScorer:
        """The rule scorer; read when first needed, as many a process scores nothing."""
        return TargetScorer(self._extra)

    @property
    def parameters(self) -> dict[str, object]:
        """What decides the rule scorer's numbers, with a digest of its tables."""
        return {**self._scorer.parameters, "tables": _tables_digest()}

    def has_evidence(self, texts: Sequence[str]) -> Bools:
        """Say for each text whether the rule scorer knows any of its expressions."""
        return np.asarray(self._scorer.has_evidence(texts), dtype=bool)

    def read(
        self, texts: Sequence[str], *, with_entries: bool = False, with_notes: bool = False
    ) -> Reading:
        """Return words, parties, tone and parts of renamed texts.

        Parameters
        ----------
        texts : sequence of str, length n
            Texts as `name_parties` leaves them.
        with_entries : bool, default False
            Whether to name entries and links; a trace needs them, a score does not.
        with_notes : bool, default False
            Whether to tell what changed each part.
        """
        n = len(texts)
        targets, sources = [TARGET_NAMES] * n, [SOURCE_NAMES] * n
        scored = self._scorer._batch(texts, targets, sources, has_notes=with_notes)
        matcher, table, hits = self._scorer._matcher, scored.table, scored.hits
        words = matcher.vocabulary.words
        capital = self._capitals(words)
        notes = scored.notes
        return Reading(
            lower=table.lower,
            is_capital=capital[table.name],
            start=table.start,
            end=table.end,
            text=table.text,
            sentence=table.sentence,
            who=scored.who,
            vocabulary=words,
            tone=np.asarray(scored.unclipped, dtype=np.float64),
            part_text=table.text[hits.first],
            part_start=table.start[hits.first],
            part_end=table.end[hits.end],
            part_entry=[matcher.entries[i].entry for i in hits.entry] if with_entries else [],
            part_link=[LINKS[i] for i in scored.link] if with_entries else [],
            part_notes=[] if notes is None else [notes.of(i) for i in range(len(hits.first))],
            part_valence=scored.valence,
            part_factor=scored.factor,
        )

    def _capitals(self, words: list[str]) -> Bools:
        """Return which words begin with a capital, looking once at each."""
        if words is not self._words:
            self._words, self._is_capital = words, np.zeros(0, dtype=bool)
        fresh = words[len(self._is_capital) :]
        if fresh:
            more = np.fromiter((word[:1].isupper() for word in fresh), bool, len(fresh))
            self._is_capital = np.concatenate([self._is_capital, more])
        return self._is_capital

"""The scorer "target": the tone of a statement toward the country it addresses."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import partial
from threading import RLock
from types import MappingProxyType

import numpy as np

from detente import wording
from detente.errors import BadArgumentError
from detente.statements.characters import chunks
from detente.tone.columns import TraceColumns, joined_columns
from detente.tone.forms import distinct_forms
from detente.tone.target.around import Around
from detente.tone.target.combine import (
    POWER,
    PROCEDURAL,
    SCALE,
    SHRINK,
    SPREAD,
    UNSOURCED,
    UNSOURCED_COLD,
    contribution_scale,
    procedure_scale,
    spread_scale,
    unsourced_scale,
)
from detente.tone.target.context import Bools, Floats, make_context
from detente.tone.target.lexicon import FALLBACK_WEIGHT, KINDS, Entry
from detente.tone.target.links import LINKS, link_hits
from detente.tone.target.matching import Matcher
from detente.tone.target.notes import Notes
from detente.tone.target.scope import scope_factors
from detente.tone.target.scored import Scored, columns_of
from detente.tone.target.special import settle
from detente.tone.target.tokens import tokenize
from detente.tone.target.trace import Part, Trace, trace_of
from detente.tone.turns import taking_turns

__all__ = ["TargetScorer", "explain"]

#: What the authors of lexicon and rules had in view, so that agreement with it flatters the
#: scorer.
_WRITTEN_WITH = wording.mark(
    "codings of the studies russia-turkey and japan-korea, constructed statements and coded "
    "remarks of Russian transcripts"
)
#: Texts worked on at once; bounds the memory, not the result.
_BATCH = 8192
#: Distinct tokens after which the vocabulary is begun anew.
_MAX_WORDS = 400_000


class TargetScorer:
    """Tone toward the target, by a diplomatic lexicon and rules of linking.

    Parameters
    ----------
    extra : sequence of Entry, optional
        A study's own entries, which win over the lexicon's of the same wording.
    is_moved : bool, default True
        Whether valences hold the moves that codings of constructed statements gave them, or
        are those set by hand.

    Raises
    ------
    BadArgumentError
        If an entry's kind is unknown or its valence outside -4 to 4.

    Notes
    -----
    Expressions are found, linked to the target, the speaker's own side or a third party, turned
    or weakened by their surroundings, and added up sentence by sentence. The tone is that of
    the wording toward the target; it says nothing of who is right or of what is done. Threads may
    share a scorer; it learns the words it meets, so they take turns.

    Examples
    --------
    >>> scorer = TargetScorer()
    >>> tones = scorer.score(
    ...     ["Putin condemned the attack in Istanbul and offered Turkey condolences.",
    ...      "Lavrov called the decision of Turkey unacceptable."],
    ...     [("Turkey", "Turkish", "Ankara")] * 2, [("Russia", "Putin", "Lavrov")] * 2)
    >>> [bool(tone > 0.25) for tone in tones], bool(tones[1] < -0.25)
    ([True, False], True)
    """

    name = "target"

    def __init__(self, extra: Sequence[Entry] = (), *, is_moved: bool = True) -> None:
        for entry in extra:
            if entry.kind not in KINDS or not -4 <= entry.valence <= 4:
                raise BadArgumentError(
                    f"The entry {entry.entry!r} has kind {entry.kind!r} and valence "
                    f"{entry.valence}.",
                    remedy=f"Kinds are {', '.join(KINDS)}; a valence lies between -4 and 4.",
                )
        self._matcher = Matcher.of(extra, is_moved=is_moved)
        self._turn = RLock()

    def __reduce__(self) -> tuple[partial[TargetScorer], tuple[Sequence[Entry]]]:
        # A worker process reads the lexicon for itself.
        again = partial(TargetScorer, is_moved=self._matcher.is_moved)
        return again, (tuple(self._matcher.extra),)

    @property
    def parameters(self) -> Mapping[str, object]:
        """Everything that decides the numbers."""
        return MappingProxyType(
            {
                "name": self.name,
                "is_target_directed": True,
                "written_with": _WRITTEN_WITH,
                "entries": len(self._matcher.entries),
                "extra_entries": len(self._matcher.extra),
                "fallback_weight": FALLBACK_WEIGHT,
                "scale": SCALE,
                "scale_unsourced": SCALE * UNSOURCED,
                "scale_unsourced_cold": SCALE * UNSOURCED_COLD,
                "shrink": SHRINK,
                "power": POWER,
                "procedural": PROCEDURAL,
                "spread_from": SPREAD[0],
                "spread_power": SPREAD[1],
            }
        )

    def score(
        self,
        texts: Sequence[str],
        targets: Sequence[Sequence[str]],
        sources: Sequence[Sequence[str]] | None = None,
    ) -> Floats:
        """Give each text its tone toward its target.

        Parameters
        ----------
        texts : sequence of str, length n
            Texts in English.
        targets, sources : sequence of sequences of str, length n
            Surface forms of the addressed and of the speaking side.

        Returns
        -------
        ndarray of float64, shape (n,)
            Tone in [-1, 1]; NaN where a text holds no letter.
        """
        tones = np.empty(len(texts))
        for rows in chunks(texts, _BATCH):
            scored = self._batch(
                texts[rows], targets[rows], None if sources is None else sources[rows]
            )
            tones[rows] = np.clip(scored.unclipped, -1.0, 1.0)
        return tones

    @taking_turns
    def has_evidence(self, texts: Sequence[str]) -> Bools:
        """Say for each text whether it holds any expression that carries tone."""
        found = np.zeros(len(texts), dtype=bool)
        for rows in chunks(texts, _BATCH):
            table = tokenize(texts[rows], self._matcher.vocabulary)
            # Names tell verbs from nouns ("Ankara blasts the decision"), whosever they are.
            nobody: list[tuple[str, ...]] = [()] * table.n_texts
            hits = self._matcher.hits(table, self._matcher.parties(table, nobody, None))
            speaks = hits.first[(hits.valence != 0) & (hits.kind < len(KINDS))]
            found[table.text[speaks] + rows.start] = True
        return found

    def explain(self, text: str, target: Sequence[str], source: Sequence[str] = ()) -> Trace:
        """Return the working of one text's tone.

        Parameters
        ----------
        text : str
            The statement.
        target, source : sequence of str
            Surface forms of the addressed and of the speaking side.

        Returns
        -------
        Trace
            The parts, which add up to the tone before clipping, and flags.
        """
        return self.trace_batch([text], [target], [source])[0]

    def trace_batch(
        self,
        texts: Sequence[str],
        targets: Sequence[Sequence[str]],
        sources: Sequence[Sequence[str]] | None = None,
    ) -> list[Trace]:
        """Return for each text the trace of the tone that `score` gives it.

        Parameters
        ----------
        texts : sequence of str, length n
            As for `score`.
        targets, sources : sequence of sequences of str, length n
            As for `score`.

        Returns
        -------
        list of Trace, length n
            In the order of the texts.
        """
        traces: list[Trace] = []
        for rows in chunks(texts, _BATCH):
            batch = texts[rows]
            scored = self._batch(
                batch,
                targets[rows],
                None if sources is None else sources[rows],
                has_notes=True,
            )
            table, hits = scored.table, scored.hits
            parts: list[list[Part]] = [[] for _ in batch]
            notes = scored.notes
            for row, (text, start, end, entry, valence, factor, link) in enumerate(
                zip(
                    table.text[hits.first].tolist(),
                    table.start[hits.first].tolist(),
                    table.end[hits.end].tolist(),
                    hits.entry.tolist(),
                    scored.valence.tolist(),
                    scored.factor.tolist(),
                    scored.link.tolist(),
                    strict=True,
                )
            ):
                name = self._matcher.entries[entry].entry
                said = notes.of(row) if notes is not None else ()
                parts[text].append(Part(start, end, name, valence, factor, LINKS[link], said))
            traces += [
                trace_of(tuple(found), is_scored=not math.isnan(unclipped), has_target=has_target)
                for found, unclipped, has_target in zip(
                    parts, scored.unclipped.tolist(), scored.has_target.tolist(), strict=True
                )
            ]
        return traces

    def trace_columns(
        self,
        texts: Sequence[str],
        targets: Sequence[Sequence[str]],
        sources: Sequence[Sequence[str]] | None = None,
    ) -> TraceColumns:
        """Return the traces of `trace_batch` in columns, their notes left out.

        Parameters
        ----------
        texts : sequence of str, length n
            As for `score`.
        targets, sources : sequence of sequences of str, length n
            As for `score`.

        Returns
        -------
        TraceColumns
            Of all texts.
        """
        return joined_columns(
            columns_of(
                self._batch(texts[rows], targets[rows], None if sources is None else sources[rows]),
                self._matcher,
            )
            for rows in chunks(texts, _BATCH)
        )

    @taking_turns
    def _batch(
        self,
        texts: Sequence[str],
        targets: Sequence[Sequence[str]],
        sources: Sequence[Sequence[str]] | None,
        *,
        has_notes: bool = False,
    ) -> Scored:
        matcher = self._matcher
        if len(matcher.vocabulary) > _MAX_WORDS:
            matcher = self._matcher = Matcher.of(matcher.extra, is_moved=matcher.is_moved)
        table = tokenize(texts, matcher.vocabulary)
        who = matcher.parties(table, targets, sources)
        found = matcher.hits(table, who)
        named = who[found.first] > 0  # "Turkey" or "United States" is a name, whatever else
        is_role = found.kind >= len(KINDS)
        context = make_context(table, who, found.where(is_role & ~named))
        hits = found.where(~is_role & ~named)
        notes = Notes(hits, found, table, texts) if has_notes else None
        valence, calm = settle(Around(hits, context), notes)
        carries = valence != 0
        if notes is not None:
            notes.where(carries)
        hits, valence, calm = hits.where(carries), valence[carries], calm[carries]
        around = Around(hits, context)
        link, share = link_hits(around, valence, notes)
        marks = matcher.rejects[hits.entry], matcher.mocks[hits.entry]
        factor = share * scope_factors(around, valence, calm, *marks, notes)
        factor = factor * contribution_scale(hits, valence, factor, context)
        bare = np.ones(len(texts), dtype=bool)
        if sources is not None:
            forms, of = distinct_forms(sources)
            bare = np.array([not one for one in forms], dtype=bool)[of]
        factor = factor * unsourced_scale(around, valence * factor, link, bare, notes)
        signed, procedure = valence * factor, matcher.procedure[hits.entry]
        factor = factor * procedure_scale(hits, signed, procedure, table, notes)
        text = table.text[hits.first]
        total = np.bincount(text, valence * factor, len(texts)).astype(np.float64)
        factor = factor * spread_scale(total)[text]
        unclipped = np.bincount(text, valence * factor, len(texts)).astype(np.float64)
        unclipped[~table.has_letter] = np.nan
        return Scored(table, who, hits, valence, factor, link, context.has_target, unclipped, notes)


def explain(text: str, target: Sequence[str], source: Sequence[str] = ()) -> Trace:
    """Return the working of one text's tone; see `TargetScorer.explain`.

    Parameters
    ----------
    text : str
        The statement.
    target, source : sequence of str
        Surface forms of the addressed and of the speaking side.

    Returns
    -------
    Trace
        The parts, which add up to the tone before clipping, and flags.

    Examples
    --------
    >>> trace = explain("He thanked Turkey.", ["Turkey"])
    >>> [(part.entry, part.link) for part in trace.parts]
    [('thank@v', 'target')]
    """
    global _SHARED
    if _SHARED is None:
        _SHARED = TargetScorer()
    return _SHARED.explain(text, target, source)


_SHARED: TargetScorer | None = None

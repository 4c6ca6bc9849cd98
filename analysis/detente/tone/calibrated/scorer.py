"""The scorer "calibrated": the rule scorer's tone and masked n-grams, weighed by codings."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from threading import RLock
from types import MappingProxyType

import numpy as np

from detente.statements.characters import chunks
from detente.tone.calibrated.grams import GramTable, count_scale, presence_values
from detente.tone.calibrated.masking import EMPTY, Masker
from detente.tone.calibrated.model import CalibratedModel
from detente.tone.calibrated.naming import (
    TARGET_NAMES,
    NamedText,
    name_all,
    role_digest,
    text_digest,
)
from detente.tone.calibrated.rules import Bools, Floats, RuleReader
from detente.tone.calibrated.scored import Scored, columns_of
from detente.tone.calibrated.stretch import stretch
from detente.tone.calibrated.trace import Part, Trace
from detente.tone.columns import TraceColumns, joined_columns
from detente.tone.protocol import Forms
from detente.tone.target.lexicon import Entry
from detente.tone.turns import taking_turns

__all__ = ["BUNDLED", "CalibratedScorer"]

#: The model that is shipped.
BUNDLED = Path(__file__).parent / "_data"

#: Texts worked on at once; bounds the memory, not the result.
_BATCH = 8192


class CalibratedScorer:
    """Tone toward the target, learned from codings on top of the rule scorer.

    Parameters
    ----------
    model : CalibratedModel or path, optional
        A trained model or the folder of one; left out, the one that is shipped.
    extra : sequence of Entry, optional
        A study's own entries of the lexicon; they win over those of the same wording.

    Raises
    ------
    BadArgumentError
        If an entry's kind is unknown or its valence outside -4 to 4.
    ReadError
        If the folder holds no model.

    Notes
    -----
    The tone is what coders gave to statements worded like this one. A statement that the model
    was trained on always gets its out-of-fold tone: that of a model which never saw its year
    (of a constructed one, its dyad). Neither country's name enters: both are renamed before
    anything is read.

    Own entries change the rule scorer's share of the tone and nothing else: the weights were
    trained without them. An out-of-fold tone moves by as much as the tone of the whole model
    moves with the entries.

    Examples
    --------
    >>> scorer = CalibratedScorer()
    >>> tones = scorer.score(
    ...     ["Putin thanked Turkey for its help.", "Lavrov warned Turkey of grave consequences."],
    ...     [("Turkey", "Turkish", "Ankara")] * 2, [("Russia", "Putin", "Lavrov")] * 2)
    >>> bool(tones[0] > 0.25), bool(tones[1] < -0.25)
    (True, True)
    """

    name = "calibrated"

    def __init__(
        self, model: CalibratedModel | str | Path | None = None, extra: Sequence[Entry] = ()
    ) -> None:
        if not isinstance(model, CalibratedModel):
            model = CalibratedModel.load(BUNDLED if model is None else model)
        self._extra = tuple(extra)
        self._rules = RuleReader(extra)
        self._trained_rules = RuleReader() if extra else None
        self._turn = RLock()
        self._use(model)

    def __reduce__(
        self,
    ) -> tuple[type[CalibratedScorer], tuple[CalibratedModel, tuple[Entry, ...]]]:
        # A worker process reads the lexicon for itself.
        return CalibratedScorer, (self._model, self._extra)

    def _use(self, model: CalibratedModel) -> None:
        self._model = model
        self._masker = Masker(model.common)
        self._table = GramTable(model.features)
        self._scale = count_scale(model.count)
        says = (not EMPTY.issuperset(feature.split(" ")) for feature in model.features)
        self._is_evidence = np.fromiter(says, bool, len(model.features))

    @property
    def model(self) -> CalibratedModel:
        """The model in use."""
        return self._model

    def with_model(self, model: CalibratedModel) -> CalibratedScorer:
        """Return a scorer with another model, without reading the lexicon anew."""
        # copy() would go through __reduce__, as if the scorer were sent to another process.
        other = object.__new__(CalibratedScorer)
        other.__dict__.update(self.__dict__)
        other._use(model)
        return other

    @property
    def parameters(self) -> Mapping[str, object]:
        """Everything that decides the numbers, in values that JSON can hold.

        `trained_on` counts the coded statements learned from by dyad; `out_of_fold`, how the
        model did on them, is left out where it lacks their out-of-fold tones, so that they get
        fitted ones.
        """
        about = dict(self._model.about)
        if not self._model.by_role:
            about.pop("out_of_fold", None)
        return MappingProxyType(
            {
                **about,
                "intercept": self._model.intercept,
                "rule_weight": self._model.rule_weight,
                "n_features": len(self._model.features),
                "rules_in_use": self._rules.parameters,
            }
        )

    def score(
        self,
        texts: Sequence[str],
        targets: Forms,
        sources: Forms | None = None,
    ) -> Floats:
        """Give each text its tone toward its target; see `Scorer.score`.

        Returns
        -------
        ndarray of float64, shape (n,)
            Tone in [-1, 1]; NaN where a text holds no letter.
        """
        tones = [np.clip(scored.tone, -1, 1) for scored in self._batches(texts, targets, sources)]
        return np.concatenate(tones) if tones else np.empty(0)

    @taking_turns
    def has_evidence(self, texts: Sequence[str]) -> Bools:
        """Say for each text whether it holds any expression or n-gram that can speak of a tone.

        An n-gram of names, numbers and small words alone is none: it is style, and weighs only
        where something is said. "Turkey and Russia" is no statement.
        """
        found = self._rules.has_evidence(texts)
        for rows in chunks(texts, _BATCH):
            masked = self._masker.mask(self._rules.read(list(texts[rows])))
            grams = self._table.find(masked, self._masker.words)
            found[grams.text[self._is_evidence[grams.feature]] + rows.start] = True
        return found

    def explain(self, text: str, target: Sequence[str], source: Sequence[str] = ()) -> Trace:
        """Return the working of one text's tone, by the surface forms of both countries."""
        return self.trace_batch([text], [target], [source])[0]

    def trace_batch(
        self,
        texts: Sequence[str],
        targets: Forms,
        sources: Forms | None = None,
    ) -> list[Trace]:
        """Return for each text the trace of the tone that `score` gives it.

        Returns
        -------
        list of Trace, length n
            Parts in order of the text, those without a place first and last.
        """
        traces: list[Trace] = []
        for scored in self._batches(texts, targets, sources, with_entries=True):
            places: list[list[Part]] = [[] for _ in scored.named]
            self._add_rule_parts(scored, places)
            self._add_gram_parts(scored, places)
            drawn = stretch(scored.linear)
            traces += [self._trace(scored, i, found, drawn) for i, found in enumerate(places)]
        return traces

    def trace_columns(
        self,
        texts: Sequence[str],
        targets: Forms,
        sources: Forms | None = None,
    ) -> TraceColumns:
        """Return the traces of `trace_batch` in columns, their notes left out.

        Returns
        -------
        TraceColumns
            Of all texts.
        """
        batches = self._batches(texts, targets, sources, with_entries=True, with_notes=False)
        return joined_columns(columns_of(scored, self._model) for scored in batches)

    def _batches(
        self,
        texts: Sequence[str],
        targets: Forms,
        sources: Forms | None,
        *,
        with_entries: bool = False,
        with_notes: bool | None = None,
    ) -> Iterator[Scored]:
        for rows in chunks(texts, _BATCH):
            batch = texts[rows]
            yield self._batch(
                batch,
                targets[rows],
                [()] * len(batch) if sources is None else sources[rows],
                with_entries=with_entries,
                with_notes=with_entries if with_notes is None else with_notes,
            )

    def _trace(self, scored: Scored, i: int, found: list[Part], drawn: Floats) -> Trace:
        if math.isnan(float(scored.tone[i])):
            return Trace((), math.nan, math.nan, ("no_letters",))
        found.sort(key=lambda part: (part.start, part.end, part.link == "ngram"))
        limit = float(scored.rule_tone[i] - scored.reading.tone[i])
        known = bool(scored.is_known[i])
        added = [
            ("limit", limit, self._model.rule_weight),
            ("stretch", float(drawn[i] - scored.linear[i]), 1.0),
            ("out of fold", float(scored.tone[i] - drawn[i]), 1.0),
        ]
        parts = (
            Part(0, 0, "intercept", self._model.intercept, 1.0, "model"),
            *found,
            *(Part(0, 0, name, given, weight, "model") for name, given, weight in added if given),
        )
        total = math.fsum(part.contribution for part in parts)
        flags = () if TARGET_NAMES[0] in scored.named[i].text else ("implicit_target",)
        if not (found or known):
            flags = (*flags, "no_evaluative_words")
        return Trace(parts, total, min(1.0, max(-1.0, total)), flags, known)

    def _add_rule_parts(self, scored: Scored, places: list[list[Part]]) -> None:
        reading = scored.reading
        for text, start, end, entry, valence, factor, link, notes in zip(
            reading.part_text.tolist(),
            reading.part_start.tolist(),
            reading.part_end.tolist(),
            reading.part_entry,
            reading.part_valence.tolist(),
            reading.part_factor.tolist(),
            reading.part_link,
            reading.part_notes,
            strict=True,
        ):
            at, to = scored.named[text].origin(start, end)
            weighed = factor * self._model.rule_weight
            places[text].append(Part(at, to, entry, valence, weighed, link, notes))

    def _add_gram_parts(self, scored: Scored, places: list[list[Part]]) -> None:
        masked, grams = scored.masked, scored.grams
        first: dict[tuple[int, int], int] = {}
        for row, pair in enumerate(zip(grams.text.tolist(), grams.feature.tolist(), strict=True)):
            first.setdefault(pair, row)
        for text, feature, value in zip(
            scored.text.tolist(), scored.feature.tolist(), scored.value.tolist(), strict=True
        ):
            row = first[text, feature]
            start, end = masked.start[grams.first[row]], masked.end[grams.last[row]]
            at, to = scored.named[text].origin(int(start), int(end))
            weight = float(self._model.weight[feature])
            places[text].append(Part(at, to, self._model.features[feature], weight, value, "ngram"))

    @taking_turns
    def _batch(
        self,
        texts: Sequence[str],
        targets: Forms,
        sources: Forms,
        *,
        with_entries: bool = False,
        with_notes: bool = False,
    ) -> Scored:
        model, n = self._model, len(texts)
        named = name_all(texts, targets, sources)
        reading = self._rules.read(
            [one.text for one in named], with_entries=with_entries, with_notes=with_notes
        )
        masked = self._masker.mask(reading)
        grams = self._table.find(masked, self._masker.words)
        text, feature, value = presence_values(grams.text, grams.feature, self._scale, n)
        says = np.zeros(n, dtype=bool)
        says[text[self._is_evidence[feature]]] = says[reading.part_text] = True
        kept = says[text]
        text, feature, value = text[kept], feature[kept], value[kept]
        rule_tone = np.clip(reading.tone, -1.0, 1.0)
        rest = model.intercept + np.bincount(text, model.weight[feature] * value, minlength=n)
        linear = rest + model.rule_weight * rule_tone
        tone = stretch(linear)
        known = np.array([self._out_of_fold(*pair) for pair in zip(named, texts, strict=True)])
        is_known = np.isfinite(known) & np.isfinite(tone)
        if is_known.any():
            trained = linear
            if self._trained_rules is not None:
                plain = self._trained_rules.read([one.text for one in named]).tone
                trained = rest + model.rule_weight * np.clip(plain, -1.0, 1.0)
            tone = np.where(is_known, known + (tone - stretch(trained)), tone)
        return Scored(
            named, reading, masked, grams, text, feature, value, rule_tone, linear, tone, is_known
        )

    def _out_of_fold(self, named: NamedText, text: str) -> float:
        """Return the tone of a statement that was trained on, NaN for another."""
        model = self._model
        if not model.by_role:
            return math.nan
        known = model.by_role.get(role_digest(named))
        return model.by_text.get(text_digest(text), math.nan) if known is None else known

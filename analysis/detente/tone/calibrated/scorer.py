"""The scorer "calibrated": the rule scorer's tone and masked n-grams, weighed by codings."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np

from detente.tone.calibrated.grams import Grams, GramTable, count_scale, presence_values
from detente.tone.calibrated.masking import MaskedTexts, Masker
from detente.tone.calibrated.model import CalibratedModel
from detente.tone.calibrated.naming import (
    TARGET_NAME,
    NamedText,
    name_parties,
    role_digest,
    text_digest,
)
from detente.tone.calibrated.rules import Bools, Floats, Ints, Reading, RuleReader
from detente.tone.calibrated.stretch import stretch
from detente.tone.calibrated.trace import Part, Trace

__all__ = ["BUNDLED", "CalibratedScorer"]

#: The model that is shipped.
BUNDLED = Path(__file__).parent / "_data"

#: Texts worked on at once; bounds the memory, not the result.
_BATCH = 2000


@dataclass(frozen=True, slots=True)
class _Scored:
    """A batch with all that its tones are made of."""

    named: list[NamedText]
    reading: Reading
    masked: MaskedTexts
    grams: Grams
    text: Ints
    feature: Ints
    value: Floats
    rule_tone: Floats
    linear: Floats
    tone: Floats
    is_known: Bools


class CalibratedScorer:
    """Tone toward the target, learned from codings on top of the rule scorer.

    Parameters
    ----------
    model : CalibratedModel or path, optional
        A trained model or the folder of one; left out, the one that is shipped.

    Notes
    -----
    The tone is what coders gave to statements worded like this one. A statement that the model
    was trained on always gets its out-of-fold tone: that of a model which never saw its year.
    Neither country's name enters: both are renamed before anything is read.

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

    def __init__(self, model: CalibratedModel | str | Path | None = None) -> None:
        if not isinstance(model, CalibratedModel):
            model = CalibratedModel.load(BUNDLED if model is None else model)
        self._model = model
        self._rules = RuleReader()
        self._masker = Masker(model.common)
        self._table = GramTable(model.features)
        self._scale = count_scale(model.count)

    @property
    def model(self) -> CalibratedModel:
        """The model in use."""
        return self._model

    @property
    def parameters(self) -> Mapping[str, object]:
        """Everything that decides the numbers, in values that JSON can hold."""
        return MappingProxyType(
            {
                **self._model.about,
                "intercept": self._model.intercept,
                "rule_weight": self._model.rule_weight,
                "n_features": len(self._model.features),
                "rules_in_use": self._rules.parameters,
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
            Surface forms of the addressed and of the speaking country.

        Returns
        -------
        ndarray of float64, shape (n,)
            Tone in [-1, 1]; NaN where a text holds no letter.
        """
        tones = np.empty(len(texts))
        for first in range(0, len(texts), _BATCH):
            rows = range(first, min(first + _BATCH, len(texts)))
            scored = self._batch(
                [texts[i] for i in rows],
                [targets[i] for i in rows],
                [() if sources is None else sources[i] for i in rows],
            )
            tones[rows.start : rows.stop] = np.clip(scored.tone, -1.0, 1.0)
        return tones

    def has_evidence(self, texts: Sequence[str]) -> Bools:
        """Say for each text whether any expression or n-gram in it weighs on its tone."""
        found = self._rules.has_evidence(texts)
        masked = self._masker.mask(self._rules.read(list(texts)))
        found[self._table.find(masked, self._masker.words).text] = True
        return found

    def explain(self, text: str, target: Sequence[str], source: Sequence[str] = ()) -> Trace:
        """Return the working of one text's tone.

        Parameters
        ----------
        text : str
            The statement.
        target, source : sequence of str
            Surface forms of the addressed and of the speaking country.

        Returns
        -------
        Trace
            Parts in order of the text, those without a place first and last; they add up to the
            tone before clipping.
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
        texts, targets, sources
            As for `score`.

        Returns
        -------
        list of Trace, length n
        """
        traces: list[Trace] = []
        for first in range(0, len(texts), _BATCH):
            rows = range(first, min(first + _BATCH, len(texts)))
            scored = self._batch(
                [texts[i] for i in rows],
                [targets[i] for i in rows],
                [() if sources is None else sources[i] for i in rows],
                with_entries=True,
            )
            places: list[list[Part]] = [[] for _ in rows]
            self._add_rule_parts(scored, places)
            self._add_gram_parts(scored, places)
            drawn = stretch(scored.linear)
            traces += [self._trace(scored, i, found, drawn) for i, found in enumerate(places)]
        return traces

    def _trace(self, scored: _Scored, i: int, found: list[Part], drawn: Floats) -> Trace:
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
        flags = () if TARGET_NAME in scored.named[i].text else ("implicit_target",)
        return Trace(parts, total, min(1.0, max(-1.0, total)), flags, known)

    def _add_rule_parts(self, scored: _Scored, places: list[list[Part]]) -> None:
        reading = scored.reading
        for text, start, end, entry, valence, factor, link in zip(
            reading.part_text.tolist(),
            reading.part_start.tolist(),
            reading.part_end.tolist(),
            reading.part_entry,
            reading.part_valence.tolist(),
            reading.part_factor.tolist(),
            reading.part_link,
            strict=True,
        ):
            at, to = scored.named[text].origin(start, end)
            weighed = factor * self._model.rule_weight
            places[text].append(Part(at, to, entry, valence, weighed, link))

    def _add_gram_parts(self, scored: _Scored, places: list[list[Part]]) -> None:
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

    def _batch(
        self,
        texts: Sequence[str],
        targets: Sequence[Sequence[str]],
        sources: Sequence[Sequence[str]],
        *,
        with_entries: bool = False,
    ) -> _Scored:
        model, n = self._model, len(texts)
        named = [name_parties(*row) for row in zip(texts, targets, sources, strict=True)]
        reading = self._rules.read([one.text for one in named], with_entries=with_entries)
        masked = self._masker.mask(reading)
        grams = self._table.find(masked, self._masker.words)
        text, feature, value = presence_values(grams.text, grams.feature, self._scale, n)
        rule_tone = np.clip(reading.tone, -1.0, 1.0)
        linear = model.intercept + model.rule_weight * rule_tone
        linear += np.bincount(text, weights=model.weight[feature] * value, minlength=n)
        tone = stretch(linear)
        is_known = np.zeros(n, dtype=bool)
        if model.by_role:
            for i, one in enumerate(named):
                known = model.by_role.get(role_digest(one))
                if known is None:
                    known = model.by_text.get(text_digest(texts[i]))
                if known is not None and not math.isnan(tone[i]):
                    tone[i], is_known[i] = known, True
        return _Scored(
            named, reading, masked, grams, text, feature, value, rule_tone, linear, tone, is_known
        )

"""A scored batch: what its calibrated tones are made of, and its traces in columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.tone.calibrated.grams import Grams
from detente.tone.calibrated.masking import MaskedTexts
from detente.tone.calibrated.model import CalibratedModel
from detente.tone.calibrated.naming import TARGET_NAMES, NamedText, origins
from detente.tone.calibrated.rules import Bools, Floats, Ints, Reading
from detente.tone.calibrated.stretch import stretch
from detente.tone.columns import TraceColumns, sums_of

__all__ = ["Scored", "columns_of"]


@dataclass(frozen=True, slots=True)
class Scored:
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


def columns_of(scored: Scored, model: CalibratedModel) -> TraceColumns:
    """Return the traces of a batch in columns.

    Parameters
    ----------
    scored : Scored
        The batch, read with its entries.
    model : CalibratedModel
        What scored it.

    Returns
    -------
    TraceColumns
        Parts in order of the text, those without a place first and last.
    """
    reading, masked, grams = scored.reading, scored.masked, scored.grams
    n = len(scored.tone)
    has_tone = ~np.isnan(scored.tone)
    # Of an n-gram that stands twice the first place is told.
    base = max(len(model.features), 1)
    pair, row = np.unique(grams.text * base + grams.feature, return_index=True)
    row = row[np.searchsorted(pair, scored.text * base + scored.feature)]
    text = np.concatenate([reading.part_text, scored.text])
    start, end = origins(
        scored.named,
        text,
        np.concatenate([reading.part_start, masked.start[grams.first[row]]]),
        np.concatenate([reading.part_end, masked.end[grams.last[row]]]),
    )
    drawn = stretch(scored.linear)
    added = (
        ("limit", scored.rule_tone - reading.tone, model.rule_weight),
        ("stretch", drawn - scored.linear, 1.0),
        ("out of fold", scored.tone - drawn, 1.0),
    )
    # One column after the other: the constant, what has a place, what the model adds.
    every = np.arange(n)
    gives = [np.flatnonzero(given) for _, given, _ in added]
    texts = [every, text, *gives]
    sizes = [len(one) for one in texts]
    nowhere = [np.zeros(size, dtype=np.int64) for size in sizes]
    n_rules = len(reading.part_text)
    order_of = np.repeat(np.arange(len(sizes)), sizes)
    is_gram = np.zeros(sum(sizes), dtype=bool)
    is_gram[n + n_rules : n + sizes[1]] = True
    texts_, starts, ends = (
        np.concatenate(column)
        for column in (
            texts,
            [nowhere[0], start, *nowhere[2:]],
            [nowhere[0], end, *nowhere[2:]],
        )
    )
    valence = np.concatenate(
        [
            np.full(n, model.intercept),
            reading.part_valence,
            model.weight[scored.feature],
            *(given[rows] for (_, given, _), rows in zip(added, gives, strict=True)),
        ]
    )
    factor = np.concatenate(
        [
            np.ones(n),
            reading.part_factor * model.rule_weight,
            scored.value,
            *(np.full(len(rows), by) for (_, _, by), rows in zip(added, gives, strict=True)),
        ]
    )
    entry = ["intercept"] * n + reading.part_entry
    entry += [model.features[number] for number in scored.feature.tolist()]
    link = ["model"] * n + reading.part_link + ["ngram"] * len(scored.feature)
    for (name, _, _), rows in zip(added, gives, strict=True):
        entry += [name] * len(rows)
        link += ["model"] * len(rows)
    order = np.lexsort((is_gram, ends, starts, order_of, texts_))
    order = order[has_tone[texts_[order]]]
    chosen = order.tolist()
    valence, factor, texts_ = valence[order], factor[order], texts_[order]
    total = sums_of(texts_, valence * factor, n)
    total[~has_tone] = np.nan
    found = np.bincount(text, minlength=n) > 0
    return TraceColumns(
        tone=np.clip(total, -1.0, 1.0),
        unclipped=total,
        is_implicit=np.array([TARGET_NAMES[0] not in one.text for one in scored.named], dtype=bool),
        is_silent=~(found | scored.is_known),
        text=texts_,
        start=starts[order],
        end=ends[order],
        entry=[entry[row] for row in chosen],
        link=[link[row] for row in chosen],
        valence=valence,
        factor=factor,
    )

"""A scored batch: what its tones are made of, and its traces in columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.tone.columns import Labels, TraceColumns, sums_of
from detente.tone.target.context import Bools, Floats
from detente.tone.target.links import LINKS
from detente.tone.target.matching import Hits, Matcher
from detente.tone.target.notes import Notes
from detente.tone.target.tokens import Ints, TokenTable

__all__ = ["Scored", "columns_of"]


@dataclass(frozen=True, slots=True)
class Scored:
    """A batch with all its parts.

    Attributes
    ----------
    table : TokenTable
        Its tokens.
    who : ndarray of int, one a token
        The party named.
    hits : Hits
        Expressions that carry tone, in order.
    valence, factor : ndarray of float, one a hit
        Their product is what the hit adds to its text's tone.
    link : ndarray of int, one a hit
        Index into `LINKS`.
    has_target : ndarray of bool, one a text
        Whether it names its target.
    unclipped : ndarray of float, one a text
        The sum; NaN without letters.
    notes : Notes or None
        What changed which hit, for a trace.
    """

    table: TokenTable
    who: Ints
    hits: Hits
    valence: Floats
    factor: Floats
    link: Ints
    has_target: Bools
    unclipped: Floats
    notes: Notes | None


_LINKS = np.array(LINKS, dtype=object)


def columns_of(scored: Scored, matcher: Matcher) -> TraceColumns:
    """Return the traces of a batch in columns.

    Parameters
    ----------
    scored : Scored
        The batch.
    matcher : Matcher
        The one that found its entries.

    Returns
    -------
    TraceColumns
        Notes left out.
    """
    table, hits = scored.table, scored.hits
    text = table.text[hits.first]
    start, end = table.spans(hits.first, hits.end)
    total = sums_of(text, scored.valence * scored.factor, table.n_texts)
    total[~table.has_letter] = np.nan
    return TraceColumns(
        tone=np.clip(total, -1.0, 1.0),
        unclipped=total,
        is_implicit=~scored.has_target,
        is_silent=np.bincount(text, minlength=table.n_texts) == 0,
        text=text,
        start=start,
        end=end,
        entry=Labels(matcher.wordings, hits.entry),
        link=Labels(_LINKS, scored.link),
        valence=scored.valence,
        factor=scored.factor,
    )

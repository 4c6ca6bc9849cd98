"""Traces of many texts, their parts as columns: what a fast scorer gives in place of objects."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, overload, runtime_checkable

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from detente.tone.protocol import Forms, Scorer, ToneTrace

__all__ = [
    "ColumnScorer",
    "Labels",
    "TraceColumns",
    "joined_columns",
    "sums_of",
    "trace_json",
]

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_NONE = np.zeros(0, dtype=np.int64)

#: Digits of valence and factor in the column `trace`: parts add up to the tone within 1e-9,
#: and the last bits of the arithmetic, which differ between machines, are left out.
_DIGITS = 12


class Labels(Sequence[str]):
    """A column of texts of which few are distinct.

    Parameters
    ----------
    names : ndarray of str
        The distinct texts; one may stand twice.
    code : ndarray of int, shape (n,)
        Place of each text in `names`.

    Examples
    --------
    >>> list(Labels(np.array(["source", "target"], dtype=object), np.array([1, 1, 0])))
    ['target', 'target', 'source']
    """

    def __init__(self, names: NDArray[np.object_], code: Ints) -> None:
        self.names = names
        self.code = code

    def __len__(self) -> int:
        return len(self.code)

    @overload
    def __getitem__(self, row: int) -> str: ...
    @overload
    def __getitem__(self, row: slice) -> Labels: ...
    def __getitem__(self, row: int | slice) -> str | Labels:
        if isinstance(row, slice):
            return Labels(self.names, self.code[row])
        name: str = self.names[self.code[row]]
        return name

    def __iter__(self) -> Iterator[str]:
        return iter(self.names[self.code].tolist())

    @classmethod
    def of(cls, texts: Sequence[str]) -> Labels:
        """Return any column of texts in this form."""
        if isinstance(texts, Labels):
            return texts
        column = np.empty(len(texts), dtype=object)
        column[:] = texts
        code, names = pd.factorize(column)
        return cls(names, code)

    @classmethod
    def joined(cls, columns: Sequence[Sequence[str]]) -> Labels:
        """Return columns one behind the other."""
        each = [cls.of(column) for column in columns]
        if all(one.names is each[0].names for one in each):  # as a scorer's own entries are
            names = each[0].names if each else np.zeros(0, dtype=object)
            return cls(names, np.concatenate([_NONE, *(one.code for one in each)]))
        return cls.of([text for one in each for text in one])

    def written(self, write: Callable[[str], str]) -> pa.Array:
        """Return what is written of each text, asked once of every distinct one."""
        is_used = np.zeros(len(self.names), dtype=bool)
        is_used[self.code] = True
        place = np.cumsum(is_used) - 1
        pieces = pa.array(map(write, self.names[is_used]), pa.large_string())
        return pieces.take(pa.array(place[self.code]))


@dataclass(frozen=True, slots=True)
class TraceColumns:
    """How n texts came by their tones.

    Attributes
    ----------
    tone, unclipped : ndarray of float, shape (n,)
        As in `ToneTrace`.
    is_implicit, is_silent : ndarray of bool, shape (n,)
        Whether the flags "implicit_target" and "no_evaluative_words" hold.
    text : ndarray of int, shape (n_parts,)
        Number of the text of each part, ascending.
    start, end : ndarray of int, shape (n_parts,)
        As in `TracePart`.
    entry, link : sequence of str, length n_parts
        As in `TracePart`; quickest as `Labels`.
    valence, factor : ndarray of float, shape (n_parts,)
        As in `TracePart`.
    """

    tone: Floats
    unclipped: Floats
    is_implicit: Bools
    is_silent: Bools
    text: Ints
    start: Ints
    end: Ints
    entry: Sequence[str]
    link: Sequence[str]
    valence: Floats
    factor: Floats

    def json(self) -> list[str]:
        """Return for each text what `trace_json` gives for its trace."""
        found: list[str] = self.json_array().to_pylist()
        return found

    def json_array(self) -> pa.Array:
        """Return what `json` returns, as a pyarrow array of large strings."""
        parts = _joined(
            '{"start":',
            pc.cast(pa.array(self.start), pa.large_string()),
            ',"end":',
            pc.cast(pa.array(self.end), pa.large_string()),
            Labels.of(self.entry).written(_head),
            _numbers(self.valence),
            ',"factor":',
            _numbers(self.factor),
            Labels.of(self.link).written(_tail),
        )
        borders = np.searchsorted(self.text, np.arange(len(self.tone) + 1))
        lists = pa.LargeListArray.from_arrays(pa.array(borders), parts)
        return _joined("[", pc.binary_join(lists, _text(",")), "]")


@runtime_checkable
class ColumnScorer(Scorer, Protocol):
    """A scorer that shows its working for many texts at little cost."""

    def trace_columns(
        self, texts: Sequence[str], targets: Forms, sources: Forms | None = None
    ) -> TraceColumns:
        """Return in columns what `TracingScorer.trace_batch` gives, notes left out."""
        ...


def joined_columns(batches: Iterable[TraceColumns]) -> TraceColumns:
    """Return the columns of batches of texts as those of all texts.

    Parameters
    ----------
    batches : iterable of TraceColumns
        One behind the other.

    Returns
    -------
    TraceColumns
        Of all texts; empty without batches.
    """
    each = list(batches)
    first = np.cumsum([0, *(len(one.tone) for one in each[:-1])])
    texts = [one.text + at for one, at in zip(each, first, strict=bool(each))]
    no_float, no_bool = np.zeros(0), np.zeros(0, dtype=bool)
    return TraceColumns(
        tone=np.concatenate([no_float, *(one.tone for one in each)]),
        unclipped=np.concatenate([no_float, *(one.unclipped for one in each)]),
        is_implicit=np.concatenate([no_bool, *(one.is_implicit for one in each)]),
        is_silent=np.concatenate([no_bool, *(one.is_silent for one in each)]),
        text=np.concatenate([_NONE, *texts]),
        start=np.concatenate([_NONE, *(one.start for one in each)]),
        end=np.concatenate([_NONE, *(one.end for one in each)]),
        entry=Labels.joined([one.entry for one in each]),
        link=Labels.joined([one.link for one in each]),
        valence=np.concatenate([no_float, *(one.valence for one in each)]),
        factor=np.concatenate([no_float, *(one.factor for one in each)]),
    )


def sums_of(text: Ints, given: Floats, n_texts: int) -> Floats:
    """Return the sum of the contributions of each text, rounded once.

    Parameters
    ----------
    text : ndarray of int, shape (n_parts,)
        Number of the text of each part, ascending.
    given : ndarray of float, shape (n_parts,)
        Their contributions.
    n_texts : int
        Number of texts.

    Returns
    -------
    ndarray of float, shape (n_texts,)
        What `math.fsum` gives, so that no order of summing shows; 0 without parts.

    Examples
    --------
    >>> sums_of(np.array([0, 0, 0, 2]), np.array([1e16, 1.0, -1e16, 0.5]), 3).tolist()
    [1.0, 0.0, 0.5]
    """
    borders = np.searchsorted(text, np.arange(n_texts + 1))
    # A sum of two is rounded once anyhow.
    sums = np.bincount(text, given, minlength=n_texts).astype(np.float64)
    values = given.tolist()
    rows = np.flatnonzero(np.diff(borders) > 2)
    stretches = zip(borders[rows].tolist(), borders[rows + 1].tolist(), strict=True)
    sums[rows] = [math.fsum(values[first:last]) for first, last in stretches]
    return sums


def trace_json(trace: ToneTrace) -> str:
    """Return the parts of a trace as compact JSON.

    Parameters
    ----------
    trace : ToneTrace
        Any trace.

    Returns
    -------
    str
        The same bytes for the same parts on any machine.
    """
    return json.dumps(
        [
            {
                "start": int(part.start),
                "end": int(part.end),
                "entry": part.entry,
                "valence": _rounded(float(part.valence)),
                "factor": _rounded(float(part.factor)),
                "link": part.link,
            }
            for part in trace.parts
        ],
        separators=(",", ":"),
    )


def _rounded(value: float) -> float:
    return round(value, _DIGITS) + 0.0  # which turns -0.0 into 0.0


def _joined(*pieces: str | pa.Array) -> pa.Array:
    """Return pieces of text row by row one behind the other."""
    columns = [_text(piece) if isinstance(piece, str) else piece for piece in pieces]
    return pc.binary_join_element_wise(*columns, _text(""))


def _text(piece: str) -> pa.Scalar:
    return pa.scalar(piece, pa.large_string())


def _numbers(values: Floats) -> pa.Array:
    """Return finite numbers as JSON writes them, each distinct one written once."""
    scaled = values * 10.0**_DIGITS
    rounded = np.rint(scaled) / 10.0**_DIGITS
    # Near a half, and where the product is no longer exact, the digits themselves must tell.
    is_close = np.abs(scaled - np.floor(scaled) - 0.5) < 0.01
    unsure = np.flatnonzero(is_close | (np.abs(values) > _LARGE))
    rounded[unsure] = [round(value, _DIGITS) for value in values[unsure].tolist()]
    coded = pa.array(rounded + 0.0).dictionary_encode()  # + 0.0 turns -0.0 into 0.0
    distinct = coded.dictionary.to_numpy()
    # Whole numbers, very small and very large ones are written in another way by pyarrow.
    size = np.abs(distinct)
    is_other = (distinct == np.rint(distinct)) | (size < 1e-4) | (size > _LARGE)
    others = [repr(value) for value in distinct[is_other].tolist()]
    written = pc.replace_with_mask(
        pc.cast(coded.dictionary, pa.large_string()),
        pa.array(is_other),
        pa.array(others, pa.large_string()),
    )
    return written.take(coded.indices)


#: Up to here 12 digits behind the point are exact in a float.
_LARGE = 4096.0


@lru_cache(maxsize=100_000)
def _head(entry: str) -> str:
    return f',"entry":{json.dumps(entry)},"valence":'


@lru_cache(maxsize=1000)
def _tail(link: str) -> str:
    return f',"link":{json.dumps(link)}}}'

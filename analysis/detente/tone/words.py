"""Words of many texts at once: one array of bytes, cut at white space, distinct words named once.

A block of texts is kept as UTF-8 bytes and offsets. Its words are stretches of these bytes,
so nothing is copied; pyarrow finds the distinct ones, and what has to be known of a word is
asked once for each of them, in plain Python.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from detente.errors import BadArgumentError

__all__ = ["Block", "Words", "encode_texts", "split_words"]

#: Blocks of this size keep their arrays in the processor's caches; larger ones are slower.
MAX_ROWS = 1 << 14
MAX_BYTES = 1 << 21

#: A lone surrogate has no UTF-8. A private character stands in for it: both are without case,
#: no white space and no punctuation, and neither is in any lexicon.
_SURROGATE = re.compile("[\ud800-\udfff]")
_STAND_IN = "\ue000"

#: Bytes and payload bits of a UTF-8 character by its first byte.
_SIZE = np.repeat(np.array([1, 2, 3, 4], dtype=np.int64), [0xC0, 0x20, 0x10, 0x10])
_PAYLOAD = np.repeat(np.array([0x7F, 0x1F, 0x0F, 0x07], dtype=np.int64), [0xC0, 0x20, 0x10, 0x10])

#: First bytes of U+0080-00BF, U+1000-3FFF and U+10000-3FFFF: all other scripts are passed over.
_IS_SYMBOL = np.zeros(256, dtype=np.bool_)
_IS_SYMBOL[[0xC2, 0xE1, 0xE2, 0xE3, 0xF0]] = True

Bytes = NDArray[np.uint8]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Block:
    """Some texts as bytes: text i is `data[offsets[i]:offsets[i + 1]]`, in UTF-8."""

    data: Bytes
    offsets: Places

    @cached_property
    def symbols(self) -> tuple[Places, Places]:
        """Places and code points of the characters that may be white space or emoji."""
        return _symbols(self.data)


@dataclass(frozen=True)
class Words:
    """The words of a block.

    Attributes
    ----------
    distinct : array of bytes, shape (n_distinct,)
        UTF-8 of each distinct word, with the one white-space character behind it if there
        is one: the same word may stand here twice. A word of white space only is none.
    ids : array of int, shape (n_words,)
        Each word in reading order, as a place in `distinct`.
    starts : array of int, shape (n_texts + 1,)
        Where each text's words begin in `ids`.
    """

    distinct: Any
    ids: NDArray[np.int32]
    starts: Places


def encode_texts(
    texts: Sequence[str] | pd.Series[str], max_rows: int = MAX_ROWS, max_bytes: int = MAX_BYTES
) -> Iterator[Block]:
    """Give texts as blocks of UTF-8 bytes, in order.

    Parameters
    ----------
    texts : sequence, Series or pyarrow array of str
        Any strings; lone surrogates are replaced by a private character, U+E000.
    max_rows, max_bytes : int
        A block holds at most so many texts and about so many bytes; a longer text is a
        block of its own.

    Yields
    ------
    Block
        The next texts.

    Raises
    ------
    BadArgumentError
        If an element is no string; it is named by its place, counted from 0.

    Examples
    --------
    >>> [block.offsets.tolist() for block in encode_texts(["We met.", "", "Ankara"])]
    [[0, 7, 7, 13]]
    """
    done = 0
    for piece in _pieces(texts, max_rows, max_bytes):
        column = piece if isinstance(piece, pa.Array) else _column(piece, done)
        if column.null_count:
            row = column.is_null().index(True).as_py()
            raise _no_text(done + row, None)
        done += len(column)
        _, offsets, data = column.buffers()
        first = column.offset
        places = np.frombuffer(offsets, np.int64)[first : first + len(column) + 1]
        full = np.frombuffer(data, np.uint8) if data is not None else np.empty(0, np.uint8)
        yield Block(full[places[0] : places[-1]], places - places[0])


def _pieces(texts: Any, max_rows: int, max_bytes: int) -> Iterator[Any]:
    """Cut into lists or pyarrow arrays that are small enough for a block."""
    if isinstance(texts, str):
        raise BadArgumentError(
            "the texts are one string", remedy="Put a single text into a list: [text]."
        )
    texts = _unwrap(texts)
    if isinstance(texts, pa.ChunkedArray):
        for chunk in texts.chunks:
            for start in range(0, len(chunk), max_rows):
                rows = chunk.slice(start, max_rows)
                offsets = np.frombuffer(rows.buffers()[1], np.int64)[rows.offset :]
                lengths = np.diff(offsets[: len(rows) + 1]).tolist()
                for low, high in _runs(lengths, max_bytes):
                    yield rows.slice(low, high - low)
        return
    for start in range(0, len(texts), max_rows):
        rows = texts[start : start + max_rows]
        try:
            sizes = list(map(len, rows))
        except TypeError:
            sizes = []  # something is no text: the conversion says what
        if sum(sizes) <= max_bytes:
            yield rows
        else:
            for low, high in _runs(sizes, max_bytes):
                yield rows[low:high]


def _unwrap(texts: Any) -> Any:
    """Return a column's strings as pyarrow keeps them; a list where it does not."""
    column = texts
    if isinstance(texts, pd.Series):
        # any other kind of column goes through Python, as a list does
        is_arrow = isinstance(texts.dtype, pd.ArrowDtype)
        if not is_arrow and getattr(texts.dtype, "storage", "") != "pyarrow":
            return texts.tolist()
        column = pa.array(texts.array)
    if not isinstance(column, pa.Array | pa.ChunkedArray):
        return texts
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return column.to_pylist()
    chunks = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
    return pa.chunked_array(chunks, column.type).cast(pa.large_string())


def _runs(sizes: list[int], most: int) -> Iterator[tuple[int, int]]:
    """Cut rows of these sizes into runs of about `most`; each takes at least one row."""
    low, before = 0, 0
    for high, total in enumerate(accumulate(sizes)):
        if total - before > most and high > low:
            yield low, high
            low, before = high, total - sizes[high]
    if low < len(sizes):
        yield low, len(sizes)


def _column(texts: Sequence[Any], done: int) -> Any:
    """Convert strings; `done` counts those before them, for messages."""
    if not set(map(type, texts)) <= {str}:  # pyarrow would take bytes for strings
        for i, text in enumerate(texts):
            if not isinstance(text, str):
                raise _no_text(done + i, text)
    try:
        return pa.array(texts, pa.large_string())
    except UnicodeEncodeError:
        return pa.array([_SURROGATE.sub(_STAND_IN, text) for text in texts], pa.large_string())


def _no_text(place: int, value: object) -> BadArgumentError:
    return BadArgumentError(
        f"element {place} of the texts is {value!r}, not a string",
        remedy="Leave such elements out, or put an empty string in their place.",
    )


def split_words(block: Block) -> Words:
    """Cut texts at white space, as `str.split` does.

    Parameters
    ----------
    block : Block
        The texts.

    Returns
    -------
    Words
        Every word of every text. Where two white-space characters meet there is a "word"
        of white space only, to be left out.

    Examples
    --------
    >>> (block,) = encode_texts(["We met and we left", "", "We met"])
    >>> words = split_words(block)
    >>> words.distinct.to_pylist()
    ['We ', 'met ', 'and ', 'we ', 'left', 'met']
    >>> words.ids.tolist(), words.starts.tolist()
    ([0, 1, 2, 3, 4, 0, 5], [0, 5, 5, 7])
    """
    data, offsets = block.data, block.offsets
    is_last = data == 32
    if data.size and data.min() < 32:
        # tab to carriage return, and the four separators; the difference wraps below zero
        is_last |= (data - np.uint8(9)) < 5
        is_last |= (data - np.uint8(28)) < 4
    places, characters = block.symbols
    if places.size:
        places = places[np.isin(characters, _wide_spaces())]
        is_last[places + _SIZE[data[places]] - 1] = True
    is_last[offsets[1:][offsets[1:] > offsets[:-1]] - 1] = True
    ends = np.flatnonzero(is_last)
    bounds = np.zeros(len(ends) + 1, dtype=np.int64)
    np.add(ends, 1, out=bounds[1:])
    words = pa.Array.from_buffers(
        pa.large_string(), len(ends), [None, pa.py_buffer(bounds), pa.py_buffer(data)]
    ).dictionary_encode()
    return Words(
        distinct=words.dictionary,
        ids=words.indices.to_numpy(),
        starts=np.searchsorted(bounds[:-1], offsets),
    )


@cache
def _wide_spaces() -> Places:
    """Return the white space beyond ASCII."""
    return np.array([i for i in range(0x80, 0x10000) if chr(i).isspace()])


def _symbols(data: Bytes) -> tuple[Places, Places]:
    """Find the characters of UTF-8 whose first byte occurs in white space or emoji."""
    places = np.flatnonzero(data >= 0xC2)  # no first byte is below
    if places.size == 0:
        return places, places
    places = places[_IS_SYMBOL[data[places]]]
    first = data[places]
    characters = first & _PAYLOAD[first]
    sizes = _SIZE[first]
    for k in (1, 2, 3):
        longer = np.flatnonzero(sizes > k)
        if longer.size == 0:
            break
        following = data[places[longer] + k] & np.int64(0x3F)
        characters[longer] = characters[longer] << 6 | following
    return places, characters

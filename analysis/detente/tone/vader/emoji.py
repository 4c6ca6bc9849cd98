"""Emoji written out in words, for a whole block at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from detente.tone.vader.lexicon import load_lexicon
from detente.tone.words import Block, Bytes, Places

__all__ = ["describe_emoji"]


@dataclass(frozen=True)
class _Descriptions:
    """The descriptions, joined; `number` gives a code point's, -1 where it has none."""

    number: NDArray[np.int16]
    data: Bytes
    offsets: Places


@cache
def _descriptions() -> _Descriptions:
    emoji = load_lexicon().emoji
    # The library puts a space before a description unless one is there. A second space
    # changes nothing: the text is split at white space, and only "!" and "?" are counted.
    texts = [f" {text}".encode() for text in emoji.values()]
    number = np.full(max(map(ord, emoji)) + 2, -1, dtype=np.int16)
    number[[ord(character) for character in emoji]] = np.arange(len(emoji))
    return _Descriptions(
        number=number,
        data=np.frombuffer(b"".join(texts), np.uint8),
        offsets=np.concatenate([[0], np.cumsum([len(text) for text in texts])]),
    )


def describe_emoji(block: Block) -> Block:
    """Replace each emoji by VADER's words for it.

    Parameters
    ----------
    block : Block
        Texts.

    Returns
    -------
    Block
        The same texts, a space and the description in the place of each character that
        VADER has one for; the very block where there is no such character.

    Examples
    --------
    >>> from detente.tone.words import encode_texts
    >>> (block,) = encode_texts(["fine😂🔥now", "fine"])
    >>> described = describe_emoji(block)
    >>> described.data.tobytes().decode(), described.offsets.tolist()
    ('fine face with tears of joy firenowfine', [0, 35, 39])
    """
    emoji = _descriptions()
    places, characters = block.symbols
    if places.size == 0:
        return block
    numbers = emoji.number[np.minimum(characters, len(emoji.number) - 1)]
    is_emoji = numbers >= 0
    if not is_emoji.any():
        return block
    places, numbers, characters = places[is_emoji], numbers[is_emoji], characters[is_emoji]
    sizes = 2 + (characters >= 0x800) + (characters >= 0x10000)
    lengths = emoji.offsets[numbers + 1] - emoji.offsets[numbers]
    # how far everything behind the first k emoji moves
    moved = np.concatenate([[0], np.cumsum(lengths - sizes)])
    out = np.empty(len(block.data) + moved[-1], dtype=np.uint8)
    is_kept = np.ones(len(block.data), dtype=np.bool_)
    for k in range(4):
        is_kept[(places + k)[sizes > k]] = False
    is_new = np.zeros(len(out), dtype=np.bool_)
    within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    is_new[np.repeat(places + moved[:-1], lengths) + within] = True
    out[is_new] = emoji.data[np.repeat(emoji.offsets[numbers], lengths) + within]
    out[~is_new] = block.data[is_kept]
    return Block(out, block.offsets + moved[np.searchsorted(places, block.offsets)])

"""Sentences of official prose, of one text or of many at once.

`split_sentences` walks from stop to stop and asks the rules of `stops`. `sentence_spans`
gives the same for many texts: nearly all stops are settled by the letters around them, in
array steps over all texts, and the rules are asked for what is left.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from detente.statements.characters import CLOSER, LINE, SPACE, STOP, Characters, chunks, join_texts
from detente.tone.stops import END, LISTED, is_end

__all__ = ["sentence_borders", "sentence_spans", "split_sentences"]

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Points = NDArray[np.uint32]

#: No listed word is of so many letters and digits.
_LONG = 7


def split_sentences(text: str) -> list[str]:
    """Split official prose into its sentences.

    Parameters
    ----------
    text : str
        Text of any length, in any script; rules for abbreviations are those of English
        with the commonest of Russian and Turkish.

    Returns
    -------
    list of str
        The sentences in order, each a stretch of `text` without white space at its ends;
        none is empty. Empty for a text of white space only.

    Notes
    -----
    A sentence ends at ``. ! ? …`` (or another script's full stop) plus the quotes and
    brackets that close there, where white space follows and the next word can begin a
    sentence: it begins with no lower-case letter. A single full stop does not end one after
    a title ("Gen."), an initial, a numbering, or before a number ("No. 5"); after "U.S.",
    "p.m." or "Inc." the next word decides. A blank line always ends a sentence, a single
    line break does not. Joined by spaces the sentences give the text back up to white space.

    Examples
    --------
    >>> split_sentences("Mr. Putin met R. T. Erdogan at 5 p.m. in the U.S. They spoke briefly.")
    ['Mr. Putin met R. T. Erdogan at 5 p.m. in the U.S.', 'They spoke briefly.']
    >>> split_sentences('He said: "It is a stab in the back." Trade fell by 4.5 percent.')
    ['He said: "It is a stab in the back."', 'Trade fell by 4.5 percent.']
    """
    sentences: list[str] = []
    for paragraph in _paragraphs(text):
        start = 0
        for end in END.finditer(paragraph):
            if is_end(paragraph, start, end):
                sentences.append(paragraph[start : end.end("close")].strip())
                start = end.end()
        sentences.append(paragraph[start:].strip())
    return [sentence for sentence in sentences if sentence]


def _paragraphs(text: str) -> list[str]:
    """Cut at blank lines; the pieces keep their line ends."""
    paragraphs: list[list[str]] = [[]]
    for line in text.splitlines(keepends=True):
        if line.isspace():
            paragraphs.append([])
        else:
            paragraphs[-1].append(line)
    return ["".join(lines) for lines in paragraphs]


def sentence_spans(texts: Sequence[str]) -> tuple[Ints, Ints, Ints]:
    """Return the sentences of many texts as flat arrays, those of `split_sentences`.

    Parameters
    ----------
    texts : sequence of str, length n
        Texts of any length, in any script, empty ones included.

    Returns
    -------
    text : ndarray of int, shape (n_sentences,)
        Number of the text of each sentence, from 0, ascending; a text of white space only has
        none.
    start, end : ndarray of int, shape (n_sentences,)
        Where the sentence begins and ends in its text, in characters; the end is excluded, and
        neither character is white space.

    Notes
    -----
    Memory is that of the result and of one chunk of texts, whatever their number; of a single
    text longer than a chunk, some 30 bytes a character.

    Examples
    --------
    >>> text, start, end = sentence_spans(["He left. She stayed.", "", "Dr. No"])
    >>> text.tolist(), start.tolist(), end.tolist()
    ([0, 0, 2], [0, 9, 0], [8, 20, 6])
    """
    found: list[tuple[Ints, Ints, Ints]] = [(_NONE, _NONE, _NONE)]
    for rows in chunks(texts):
        joined = join_texts(texts[rows])
        of, start, end = sentence_borders(joined)
        begin = joined.start[of]
        found.append((of + rows.start, start - begin, end - begin))
    of, start, end = (np.concatenate(column) for column in zip(*found, strict=True))
    return of, start, end


_NONE = np.zeros(0, dtype=np.int64)


def sentence_borders(joined: Characters) -> tuple[Ints, Ints, Ints]:
    """Return the sentences of joined texts.

    Parameters
    ----------
    joined : Characters
        Texts as `join_texts` gives them.

    Returns
    -------
    text, start, end : ndarray of int
        As for `sentence_spans`, but for the offsets, which count from the beginning of the
        first text.
    """
    opening, closing = _paragraphs_of(joined)
    last, following = _ends(joined, opening, closing)
    # A paragraph's last sentence runs to its end, each other one to its closing mark. No end
    # is behind the next start, so that both in order belong together.
    start, end = np.sort(np.concatenate([opening, following])), np.concatenate([last, closing])
    end.sort()
    text = np.searchsorted(joined.end, start)
    is_loose = (joined.classes[start] & SPACE) > 0
    is_loose |= (joined.classes[np.maximum(end - 1, 0)] & SPACE) > 0
    if is_loose.any():
        # The last NUL is solid, so that something solid always follows.
        solid = np.flatnonzero((joined.classes & SPACE) == 0)
        before = np.searchsorted(solid, end[is_loose]) - 1
        end[is_loose] = np.where(before >= 0, solid[np.maximum(before, 0)] + 1, 0)
        start[is_loose] = solid[np.searchsorted(solid, start[is_loose])]
    kept = start < end
    return text[kept], start[kept], end[kept]


def _paragraphs_of(joined: Characters) -> tuple[Ints, Ints]:
    """Return where the paragraphs of all texts begin and end, those of `_paragraphs`."""
    line = np.flatnonzero((joined.classes & LINE) > 0)
    if not len(line):
        return joined.start, joined.end
    # "\r\n" is one break; its second half ends the line.
    line = line[(joined.points[line] != ord("\r")) | (joined.points[line + 1] != ord("\n"))] + 1
    begin = np.maximum(np.append(0, line[:-1]), joined.start[np.searchsorted(joined.end, line - 1)])
    solid = np.flatnonzero((joined.classes & SPACE) == 0)
    is_blank = np.searchsorted(solid, begin) == np.searchsorted(solid, line)
    opening = np.sort(np.concatenate([joined.start, line[is_blank]]))
    closing = np.sort(np.concatenate([joined.end, begin[is_blank]]))
    return opening, closing


def _ends(joined: Characters, opening: Ints, closing: Ints) -> tuple[Ints, Ints]:
    """Return where sentences end inside paragraphs, and where the next ones begin."""
    points, classes = joined.points, joined.classes
    stop = np.flatnonzero((classes & STOP) > 0)
    if not len(stop):
        return stop, stop
    is_first = np.append(True, np.diff(stop) > 1)
    first, behind = stop[is_first], stop[np.append(is_first[1:], True)] + 1
    # The texts end with a NUL, so that something stands behind every stop.
    is_space, is_closer = (classes[behind] & SPACE) > 0, _may_close(joined, behind)
    after = np.minimum(behind + 1, len(points) - 1)
    goes = ((classes[after] & SPACE) > 0) | _may_close(joined, after)
    asked = is_space | (is_closer & (goes | (points[behind] == ord("["))))
    first, behind = first[asked], behind[asked]

    second = points[behind + 1]
    is_plain = points[behind] == ord(" ")
    ends = is_plain & (second >= ord("A")) & (second <= ord("Z"))
    # Small letters go on with a sentence, but for those that may begin "al-Assad".
    goes_on = is_plain & (second > ord("a")) & (second <= ord("z")) & (second != ord("e"))
    full_stop = (behind - first == 1) & (points[first] == ord("."))
    check = np.flatnonzero(ends & full_stop)
    ends[check] = _is_plain_word(points, first[check])
    settled = behind[ends]
    unsure = np.flatnonzero(~ends & ~goes_on)
    more = _walk(joined.text, first[unsure], opening, closing, settled)
    return np.concatenate([settled, more[0]]), np.concatenate([settled + 1, more[1]])


def _may_close(joined: Characters, at: Ints) -> Bools:
    """Return where a quote or bracket closes, or the mark of a footnote may begin."""
    result: Bools = ((joined.classes[at] & CLOSER) > 0) | (joined.points[at] == ord("["))
    return result


def _walk(text: str, stops: Ints, opening: Ints, closing: Ints, settled: Ints) -> tuple[Ints, Ints]:
    """Ask the rules of the stops that letters alone do not settle, from left to right."""
    paragraph = np.searchsorted(closing, stops, side="right")
    start = opening[paragraph]
    if len(settled):
        earlier = np.searchsorted(settled, stops) - 1
        start = np.maximum(start, np.where(earlier >= 0, settled[np.maximum(earlier, 0)] + 1, 0))
    found: list[tuple[int, int]] = []
    begun = 0
    for at, since, limit in zip(
        stops.tolist(), start.tolist(), closing[paragraph].tolist(), strict=True
    ):
        end = END.match(text, at, limit)
        if end and is_end(text, max(since, begun), end, limit):
            begun = end.end()
            found.append((end.end("close"), begun))
    close, following = np.array(found, dtype=np.int64).reshape(-1, 2).T
    return close, following


def _is_plain_word(points: Points, stop: Ints) -> Bools:
    """Tell before which full stops stands a word that no rule excepts.

    It is one of seven letters and digits or more, whatever stands before it; or a shorter one
    behind a space that is not listed and neither an initial nor a numbering.
    """
    result = np.zeros(len(stop), dtype=bool)
    packed = np.zeros(len(stop), dtype=np.int64)
    alive = np.ones(len(stop), dtype=bool)
    has_digit, is_roman = np.zeros(len(stop), dtype=bool), np.ones(len(stop), dtype=bool)
    for length in range(_LONG + 1):
        at = stop - 1 - length
        point = np.where(at >= 0, points[np.maximum(at, 0)], 0).astype(np.int64)
        if length >= 2:
            numbered = (length <= 3) & has_digit | (length <= 5) & is_roman
            whole = alive & (point == ord(" ")) & ~numbered
            at = np.minimum(np.searchsorted(_PACKED, packed), len(_PACKED) - 1)
            result |= whole & (_PACKED[at] != packed)
        if length == _LONG:
            return result | alive
        alive &= (point < 128) & _IS_WORD[np.minimum(point, 127)]
        has_digit |= point <= ord("9")
        is_roman &= _IS_ROMAN[np.minimum(point, 127)]
        packed = (packed << 8) | point
    return result


_IS_ROMAN = np.array([chr(point) in "IVX" for point in range(128)])
_IS_WORD = np.array([chr(point).isalnum() for point in range(128)])
_PACKED = np.array(
    sorted(
        sum(ord(letter) << 8 * place for place, letter in enumerate(word))
        for word in LISTED
        if word.isascii() and len(word) < _LONG
    ),
    dtype=np.int64,
)

"""VADER's rules on single words, as array steps on the words of its lexicon.

Each step changes the valences as the library's loop does, in its order, so that every sum
and product rounds alike. Most steps touch few words and are done on those alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from detente.tone.vader.lexicon import Flag, Lexicon

__all__ = ["Rated", "rate_words"]

# The library's constants, from its source: emphasis by capitals, negation, distance.
_CAPITALS, _NEGATION, _NEVER_SO = 0.733, -0.74, 1.25
_DISTANCE = (1.0, 0.95, 0.9)

#: Stretches around a word that may be an idiom instead of it, the first that fits wins ...
_BEHIND = ((-1, 0), (-2, -1, 0), (-2, -1), (-3, -2, -1), (-3, -2))
#: ... unless one of these fits.
_AHEAD = ((0, 1), (0, 1, 2))
#: Stretches that may be a booster of several words.
_PHRASES = ((-3, -2, -1), (-3, -2), (-2, -1))

Places = NDArray[np.int64]
Codes = NDArray[np.int16]
Flags = NDArray[np.int32]


@dataclass(frozen=True)
class Rated:
    """The words of the lexicon in a block, in reading order.

    Attributes
    ----------
    places : array of int
        Where each stands among the block's words.
    rows : array of int
        Its text.
    valence : array of float
        What it adds before the rule of "but"; 0 where it counts as neutral.
    is_whole : array of bool or None
        Which valences are of type int in the library; None where none is.
    """

    places: Places
    rows: Places
    valence: NDArray[np.float64]
    is_whole: NDArray[np.bool_] | None


def rate_words(codes: Codes, starts: Places, lexicon: Lexicon) -> Rated:
    """Give each word of the lexicon its valence.

    Parameters
    ----------
    codes : array of int, shape (n_words,)
        Codes of all words of some texts, none of white space only.
    starts : array of int, shape (n_texts + 1,)
        Where each text begins among them.
    lexicon : Lexicon
        The tables behind the codes.

    Returns
    -------
    Rated
        Words with their valences.
    """
    places = np.flatnonzero(codes >= lexicon.first_rated)
    bounds = np.searchsorted(places, starts)
    rows = np.repeat(np.arange(len(starts) - 1), np.diff(bounds))
    around = _Around(codes, places, places - starts[rows], starts[rows + 1] - places - 1)
    here, one, two, three, ahead = (lexicon.flags[around.codes_at(k)] for k in (0, -1, -2, -3, 1))
    has_emphasis = _capitals_differ(codes, starts)[rows]

    valence = lexicon.valence[codes[places]]
    _negate_by_no(valence, here, one, two, three, ahead)
    capitals = np.flatnonzero(((here & Flag.CAPITALS) != 0) & has_emphasis)
    valence[capitals] += np.where(valence[capitals] > 0, _CAPITALS, -_CAPITALS)

    is_whole = None
    for distance, (flags, k) in enumerate(((one, -1), (two, -2), (three, -3))):
        _boost(valence, around, k, flags, has_emphasis, lexicon, _DISTANCE[distance])
        if k == -1:
            valence[np.flatnonzero(flags & Flag.NEGATED)] *= _NEGATION
        elif k == -2:
            _negate_by_second(valence, one, two)
        else:
            _negate_by_third(valence, one, two, three)
            behind = (here, one, two, three)
            is_whole = _replace_idioms(valence, around, behind, ahead, lexicon)

    least = np.flatnonzero(one & Flag.LEAST)
    least = least[(two[least] & Flag.AT_VERY) == 0]
    valence[least] *= _NEGATION
    if is_whole is not None:
        is_whole[least] = False

    kind = np.flatnonzero(here & Flag.KIND)
    kind = kind[(ahead[kind] & Flag.OF) != 0]
    valence[kind] = 0.0
    return Rated(places, rows, valence, is_whole)


@dataclass(frozen=True)
class _Around:
    """The words around those of the lexicon."""

    codes: Codes
    places: Places
    n_before: Places
    n_after: Places

    def codes_at(self, k: int, chosen: Places | None = None) -> Codes:
        """Return the codes k words on; 0, which is no word, beyond the ends of the text."""
        places, before, after = self.places, self.n_before, self.n_after
        if chosen is not None:
            places, before, after = places[chosen], before[chosen], after[chosen]
        found: Codes = self.codes.take(places + k, mode="clip") if k else self.codes[places]
        if k:
            found *= (before >= -k) if k < 0 else (after >= k)
        return found


def _capitals_differ(codes: Codes, starts: Places) -> NDArray[np.bool_]:
    """Say of each text whether some of its words, but not all, are in capitals."""
    upper = np.flatnonzero((codes & 1) != 0)
    n_upper = np.diff(np.searchsorted(upper, starts))
    differ: NDArray[np.bool_] = (n_upper > 0) & (n_upper < np.diff(starts))
    return differ


def _negate_by_no(
    valence: NDArray[np.float64], here: Flags, one: Flags, two: Flags, three: Flags, ahead: Flags
) -> None:
    """Let "no" negate what follows instead of counting itself."""
    near = one | two | three
    affected = np.flatnonzero((near | here) & Flag.NO)
    if affected.size == 0:
        return
    here, one, two, three, ahead = (f[affected] for f in (here, one, two, three, ahead))
    base = valence[affected]
    is_prefix = ((here & Flag.NO) != 0) & ((ahead & Flag.LEXICON) != 0)
    is_negated = ((one | two) & Flag.NO) != 0
    is_negated |= ((three & Flag.NO) != 0) & ((one & Flag.OR_NOR) != 0)
    # negation comes last in the library and starts from the lexicon's valence again
    valence[affected] = np.where(is_negated, base * _NEGATION, np.where(is_prefix, 0.0, base))


def _boost(
    valence: NDArray[np.float64],
    around: _Around,
    k: int,
    flags: Flags,
    has_emphasis: NDArray[np.bool_],
    lexicon: Lexicon,
    distance: float,
) -> None:
    """Add what a booster k words before adds."""
    boosted = np.flatnonzero(flags & Flag.BOOSTER)
    before = valence[boosted]
    added = lexicon.boost[around.codes_at(k, boosted)]
    added = np.where(before < 0, -added, added)
    is_loud = ((flags[boosted] & Flag.CAPITALS) != 0) & has_emphasis[boosted]
    added += np.where(is_loud, np.where(before > 0, _CAPITALS, -_CAPITALS), 0.0)
    valence[boosted] = before + added * distance


def _negate_by_second(valence: NDArray[np.float64], one: Flags, two: Flags) -> None:
    """Negate by the word before last, unless it says "never so" or "without doubt"."""
    affected = np.flatnonzero(two & (Flag.NEVER | Flag.WITHOUT | Flag.NEGATED))
    one, two = one[affected], two[affected]
    never = ((two & Flag.NEVER) != 0) & ((one & Flag.SO_THIS) != 0)
    doubtless = ((two & Flag.WITHOUT) != 0) & ((one & Flag.DOUBT) != 0)
    valence[affected] *= _factor(never, doubtless, two)


def _negate_by_third(valence: NDArray[np.float64], one: Flags, two: Flags, three: Flags) -> None:
    """Negate by the third word before; "so" and "this" just before always strengthen."""
    concerned = (three & (Flag.NEVER | Flag.WITHOUT | Flag.NEGATED)) | (one & Flag.SO_THIS)
    affected = np.flatnonzero(concerned)
    affected = affected[(three[affected] & Flag.SHIELD) == 0]
    one, two, three = one[affected], two[affected], three[affected]
    never = ((three & Flag.NEVER) != 0) & ((two & Flag.SO_THIS) != 0)
    never |= (one & Flag.SO_THIS) != 0
    doubtless = ((three & Flag.WITHOUT) != 0) & (((one | two) & Flag.DOUBT) != 0)
    valence[affected] *= _factor(never, doubtless, three)


def _factor(
    never: NDArray[np.bool_], doubtless: NDArray[np.bool_], flags: Flags
) -> NDArray[np.float64]:
    negated = np.where((flags & Flag.NEGATED) != 0, _NEGATION, 1.0)
    return np.where(never, _NEVER_SO, np.where(doubtless, 1.0, negated))


def _replace_idioms(
    valence: NDArray[np.float64],
    around: _Around,
    behind: tuple[Flags, Flags, Flags, Flags],
    ahead: Flags,
    lexicon: Lexicon,
) -> NDArray[np.bool_] | None:
    """Give a word in or beside an idiom the idiom's valence; add boosters of several words.

    Returns which valences are of type int now, None where no idiom was found.
    """
    # few words stand near two that can follow each other in an idiom: look at those alone
    here, one, two, three = behind
    near = (three, two, one, here, ahead)
    is_near = np.zeros(len(valence), dtype=np.bool_)
    for first, second in pairwise(near):
        is_near |= ((first & Flag.OPENS) != 0) & ((second & Flag.CLOSES) != 0)
    is_near &= (three & Flag.SHIELD) == 0
    chosen = np.flatnonzero(is_near)
    if chosen.size == 0:
        return None
    # without the bit of capitals
    codes = {k: around.codes_at(k, chosen) & ~np.int16(1) for k in range(-3, 3)}

    def matches(stretch: tuple[int, ...], words: tuple[int, ...]) -> NDArray[np.bool_]:
        fits = np.ones(len(chosen), dtype=np.bool_)
        for k, word in zip(stretch, words, strict=True):
            fits &= codes[k] == word
        return fits

    def listed(
        stretch: tuple[int, ...], sequences: dict[tuple[int, ...], float]
    ) -> list[tuple[NDArray[np.bool_], float]]:
        return [
            (matches(stretch, words), value)
            for words, value in sequences.items()
            if len(words) == len(stretch)
        ]

    found = valence[chosen]
    whole = np.zeros(len(chosen), dtype=np.bool_)
    is_open = np.ones(len(chosen), dtype=np.bool_)
    for stretch in _BEHIND:
        for fits, value in listed(stretch, lexicon.idioms):
            fits &= is_open
            found[fits], whole[fits] = value, isinstance(value, int)
            is_open &= ~fits
    for stretch in _AHEAD:
        for fits, value in listed(stretch, lexicon.idioms):
            found[fits], whole[fits] = value, isinstance(value, int)
    for stretch in _PHRASES:
        for fits, value in listed(stretch, lexicon.phrases):
            found[fits] += value
            whole[fits] = False
    valence[chosen] = found
    if not whole.any():
        return None
    is_whole = np.zeros(len(valence), dtype=np.bool_)
    is_whole[chosen] = whole
    return is_whole

"""What is denied: a bad state of relations, a deed of one's own, or something else."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from detente.tone.target.around import Around, group_near
from detente.tone.target.context import Bools, Floats
from detente.tone.target.groups import BE, OWN, TIES, WHICH
from detente.tone.target.matching import NOBODY, SOURCE, TARGET

__all__ = ["turn_denied"]

#: Up to how many words a denial reaches, and behind or before a word stands whom it is between.
_REACH, _NEAR = 10, 4
#: Shares of what is denied of the target or of relations with it, cold and warm, and of the rest;
#: the valence up to which a warm word only names what is spoken of.
ABOUT, ELSE, _NAMES = (-1.0, -0.8), -0.5, 0.5


def turn_denied(around: Around, valence: Floats, calm: Bools, change: Callable[..., None]) -> Bools:
    """Turn what is denied over, and take what denies it as what it is.

    To deny that relations are bad is warm, and to deny that they are good is cold. Who denies a
    deed of his own says nothing of the other by it: "denied that Russian planes had bombed".

    Parameters
    ----------
    around : Around
        The surroundings of the expressions that carry tone.
    valence : ndarray of float
        Valence of each hit as settled.
    calm : ndarray of bool
        Hits that are left alone.
    change : callable
        Takes the hits to change, the share they keep, a note and the distance to its word.

    Returns
    -------
    ndarray of bool
        Hits that are denied.
    """
    hits = around.hits
    gap = around.left("denial", "stretch")
    denied = (gap <= _REACH) & ~hits.are("denial", "demand") & ~calm
    if not denied.any():
        return denied
    some, begin, cold = around.where(denied), gap[denied], valence[denied] < 0
    ties = np.flatnonzero(around.context.table.group & TIES)
    between = (some.left(ties, "stretch") < begin) | (some.right(ties) <= _NEAR)
    between |= (some.left("relation", "stretch") < begin) | (some.right("relation") <= _NEAR)
    between |= some.right("target") <= _NEAR
    named = some.left("actor", "stretch") < begin
    side = np.where(named, some.side_before("stretch"), NOBODY)
    state = some.hits.are("bond", "stance", "situation", "general")
    # "That Russia was hostile to Turkey" is such a state, "that it had meddled" a deed.
    group = [group_near(around.context, some.hits.first, step) for step in (-1, -2, -3)]
    is_so = (np.bitwise_or.reduce(group) & BE) > 0
    tied = some.left(ties, "stretch") < begin
    between &= is_so | tied | (side != SOURCE)
    # The target's own claim, "denied the Turkish report of a crisis", is another matter.
    denial = (hits.first - gap)[denied]
    ends = hits.last[np.searchsorted(hits.first, denial)]
    that = (around.context.table.group[ends] & WHICH) > 0
    that |= tied & ((group_near(around.context, ends, 1) & WHICH) > 0)
    that |= (begin <= _NEAR) & (some.left("target") > begin)
    about = state & that & (between | (side == TARGET))
    his = np.flatnonzero(around.context.table.group & OWN)
    own = cold & ~about & that
    own &= (side == SOURCE) | ((side == NOBODY) & (some.left(his, "stretch") < begin))
    share = np.where(about, np.where(cold, *ABOUT), np.where(own, 0.0, ELSE))
    share[about & (np.abs(valence[denied]) < _NAMES)] = 0.0
    factor = np.ones(len(denied))
    factor[denied] = share
    change(denied, factor, "denied by", gap)
    # Then the denial itself is no coldness either.
    warm = np.zeros(len(denied), dtype=bool)
    warm[denied] = about & cold
    change(np.isin(hits.first, (hits.first - gap)[warm]), 0.0, "denies something cold")
    return denied

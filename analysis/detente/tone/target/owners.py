"""Whose an expression is by its grammar, and who does what it says."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.tone.target.context import Context
from detente.tone.target.matching import Hits
from detente.tone.target.tokens import Ints

__all__ = ["doer_of", "owner_of", "token_at"]

_FAR = 999


def token_at(context: Context, mask: NDArray[np.generic], where: Ints) -> NDArray[np.generic]:
    """Return what an array over tokens holds at some positions.

    Parameters
    ----------
    context : Context
        Its table says how many tokens there are.
    mask : ndarray, shape (n_tokens,)
        One value a token.
    where : ndarray of int
        Positions; those outside the table are moved to its ends.

    Returns
    -------
    ndarray, shape of where
        The values.
    """
    return mask[np.clip(where, 0, max(len(context.table) - 1, 0))]


def owner_of(hits: Hits, context: Context) -> Ints:
    """Return whose an expression is by its grammar: "American threats", "threats by Kiev".

    Parameters
    ----------
    hits : Hits
        Expressions.
    context : Context
        Their surroundings.

    Returns
    -------
    ndarray of int, shape of hits
        TARGET, SOURCE, THIRD or NOBODY.
    """
    owner = np.zeros(len(hits.first), dtype=np.int64)
    if not len(owner):
        return owner
    party = context.named
    gap = party.gap_left(hits.first, context.clause)
    at = hits.first - gap
    free = token_at(context, context.is_free, at).astype(bool)
    possessive = token_at(context, context.is_possessive, at).astype(bool)
    adjective = token_at(context, context.is_adjective, at).astype(bool)
    holds = ((gap <= 2) & (free | adjective)) | ((gap <= 4) & possessive)
    owner = np.where(holds, token_at(context, context.party, at), 0)
    gap = party.gap_right(hits.last, context.clause)
    at = hits.last + gap
    # "annexation of", "killing of": whom a cold noun owns by "of" is its victim.
    by = np.where(
        hits.valence < 0,
        token_at(context, context.is_agent, at),
        token_at(context, context.is_owner, at),
    ).astype(bool)
    holds = (owner == 0) & (gap <= 4) & by
    return np.where(holds, token_at(context, context.party, at), owner).astype(np.int64)


def doer_of(hits: Hits, context: Context) -> Ints:
    """Return the side of the last party before each hit that no preposition governs.

    Parameters
    ----------
    hits : Hits
        Expressions.
    context : Context
        Their surroundings.

    Returns
    -------
    ndarray of int, shape of hits
        TARGET, SOURCE, THIRD or NOBODY.
    """
    gap = context.actor.gap_left(hits.first, context.clause)
    if not len(gap):
        return gap
    return np.where(gap < _FAR, token_at(context, context.party, hits.first - gap), 0).astype(
        np.int64
    )

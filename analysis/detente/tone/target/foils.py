"""Who is held up against somebody else: "unlike the Europeans, Turkey kept its word"."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from detente.tone.target.around import FAR, Around, token_at
from detente.tone.target.context import Bools, Floats
from detente.tone.target.matching import SOURCE, TARGET, THIRD

__all__ = ["held_against", "set_against"]

#: Up to how many words behind "unlike" the one named stands.
_NAMED = 3
#: Share of what is said of others whom the target is not like, and where it is named once more.
OTHERS, _AGAIN = -0.6, -0.2
#: Up to how many words from what is said stands a word for both sides, which is of the target.
_BOTH = 5


def set_against(around: Around, valence: Floats, calm: Bools, change: Callable[..., None]) -> None:
    """Take what is said of somebody else as what it says of the target.

    "Unlike Ankara, Berlin had kept its word" is cold toward Ankara; in "unlike Berlin, which had
    broken its word, Ankara ..." the breach is Berlin's.

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
    """
    context, hits = around.context, around.hits
    marks = context.role("foil")
    if not len(marks.first):
        return
    near = Around(marks, context)
    gap = near.right("named")
    is_target = (gap <= _NAMED) & (token_at(context.party, marks.last + gap) == TARGET)

    target = around.left("target", "sentence")
    left = around.left(marks.first[~is_target], "sentence")
    theirs = (left < FAR) & (target == FAR) & (around.right("target", "sentence") < FAR)
    theirs |= around.left(marks.last[~is_target]) <= _NAMED
    theirs &= valence < 0
    theirs &= ~hits.are("verdict", "demand", "regret", "denial")
    change(theirs, 0.0, "said of another than the target:", left)

    against = held_against(around) & ~calm
    again = around.left("foil", "sentence") < FAR
    again &= around.right("target", "sentence") < FAR
    change(against, np.where(again, _AGAIN, OTHERS), "said of others, unlike the target")


def held_against(around: Around) -> Bools:
    """Tell what is said of others whom the target is not like, and so of the target.

    Parameters
    ----------
    around : Around
        The surroundings of the expressions that carry tone.

    Returns
    -------
    ndarray of bool
        One a hit.
    """
    context, hits = around.context, around.hits
    marks = context.role("foil")
    if not len(marks.first):
        return np.zeros(len(hits.first), dtype=bool)
    gap = Around(marks, context).right("named")
    is_target = (gap <= _NAMED) & (token_at(context.party, marks.last + gap) == TARGET)
    foil = (marks.last + gap)[is_target]
    target = around.left("target", "sentence")
    side = around.side_before("sentence")
    left, right = around.left(foil, "sentence"), around.right(foil, "sentence")
    spoken = (side == SOURCE) | (side == THIRD)
    # Where the target is named anew it is no longer only the foil: "unlike Tokyo, Seoul wants good
    # relations with Japan".
    anew = (around.right("target", "stretch") < FAR) | (around.right("relation") <= _BOTH)
    again = around.right("target", "sentence")
    nearest = np.where(left < FAR, (target == left) & ~anew, again == right)
    against = spoken & nearest & ((left < FAR) | (right < FAR))
    cold_act = hits.are("verdict") & (hits.valence < 0)
    kinds = ("demand", "regret", "denial", "sorrow", "contact", "apology")
    result: Bools = against & ~cold_act & ~hits.are(*kinds)
    return result

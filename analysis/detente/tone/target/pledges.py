"""What is asked of somebody, but he does it unasked: "Turkey will honour its commitments"."""

from __future__ import annotations

import numpy as np

from detente.tone.target.around import FAR, Around, group_near, sense_near, token_at
from detente.tone.target.context import Bools
from detente.tone.target.groups import TOWARD
from detente.tone.target.matching import SOURCE, TARGET
from detente.tone.target.senses import CONDUCT, HOPE, PLEDGE

__all__ = ["PLEDGED", "pledged"]

#: What conduct is worth that the target has promised.
PLEDGED = 1.2
#: Up to how many words before it stands what negates the promise.
_NEGATES = 5


def pledged(around: Around) -> Bools:
    """Find demands that are none, since one of the two is said to have promised what they ask.

    "Respect the agreement" is asked behind "must" or "called on"; behind "will" or "agreed to",
    with one of the two sides as who does it, the same words tell of its good will. Not where it
    is hoped for, hangs on a condition or is negated.

    Parameters
    ----------
    around : Around
        The surroundings of all expressions.

    Returns
    -------
    ndarray of bool
        One a hit.
    """
    hits, context = around.hits, around.context
    result: Bools = hits.are("demand") & (hits.valence < 0)
    result &= (token_at(context.table.sense, hits.first) & CONDUCT) > 0
    if not result.any():
        return result
    some = around.where(result)
    at = some.hits.first
    earlier = sense_near(context, at, -2) | sense_near(context, at, -3)
    told = (sense_near(context, at, -1) & PLEDGE) > 0
    told |= ((group_near(context, at, -1) & TOWARD) > 0) & ((earlier & PLEDGE) > 0)
    told &= ((some.doer == TARGET) | (some.doer == SOURCE)) & (some.left("negator") > _NEGATES)
    for kind in ("demand", "wish"):
        told &= some.left(kind, "sentence") == FAR
    told &= some.left(np.flatnonzero((context.table.sense & HOPE) > 0), "sentence") == FAR
    told &= (some.left("condition", "sentence") == FAR) & (some.right("condition") == FAR)
    result[result] = told
    return result

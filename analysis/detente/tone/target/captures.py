"""Crooks whom the target catches or hands over: a service, whatever they are called."""

from __future__ import annotations

import numpy as np

from detente.tone.target.around import Around, token_at
from detente.tone.target.context import Bools
from detente.tone.target.matching import TARGET
from detente.tone.target.senses import CATCH, CROOK

__all__ = ["captures"]

#: Up to how many words before a catch the catcher stands, and behind it the one who is caught;
#: up to how many words behind it what he is wanted for.
_CATCHER, _CAUGHT, _CRIME = 6, 6, 12
#: Up to how many words before a catch "not" denies it.
_DENIED = 4


def captures(around: Around) -> tuple[Bools, Bools]:
    """Find what the target is said to have caught.

    Parameters
    ----------
    around : Around
        The surroundings of all expressions, those without tone included.

    Returns
    -------
    catch : ndarray of bool
        "Turkish police had detained a courier", "Turkey extradited a man wanted for fraud"; not
        "refused to arrest", nor the arrest of somebody who is not called a crook.
    crime : ndarray of bool
        Cold words behind it that tell who was caught and for what.
    """
    hits, context = around.hits, around.context
    sense = context.table.sense
    catch: Bools = (token_at(sense, hits.first) & CATCH) > 0
    if not catch.any():
        return catch, catch
    some = around.where(catch)
    crook = some.right(np.flatnonzero(sense & CROOK))
    # The speaker's own people are no crooks to him.
    done = (crook <= _CAUGHT) & (some.right("source") > crook)
    done &= (some.doer == TARGET) & (some.left("actor") <= _CATCHER)
    # What was not done, or should be, is no service.
    done &= (some.left("negator") > _DENIED) & (some.left("to") > 1)
    done &= ~some.holds("condition") & (some.left("modal") > _DENIED)
    catch[catch] = done
    crime: Bools = (hits.valence < 0) & ~catch & ~hits.are("verdict", "demand", "denial")
    return catch, crime & (around.left(hits.first[catch]) <= _CRIME)

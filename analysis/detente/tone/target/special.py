"""Expressions whose sign hangs on who and what: condolence, common enemy, regret, apology."""

from __future__ import annotations

import numpy as np

from detente.tone.target.around import FAR, Around
from detente.tone.target.calamity import settle_calamity
from detente.tone.target.context import Bools, Floats
from detente.tone.target.notes import Notes

__all__ = ["settle"]

#: What the target is hoped to do, it is missed in.
HOPED = -0.6


def settle(around: Around, notes: Notes | None = None) -> tuple[Floats, Bools]:
    """Return the valences after these rules, and which hits they settled.

    Parameters
    ----------
    around : Around
        The surroundings of all expressions, those without tone (topics, terror) included.
    notes : Notes, optional
        Is told what was settled.

    Returns
    -------
    valence : ndarray of float
        One a hit.
    calm : ndarray of bool
        Hits settled here, so that negation and conditions do not turn them again.
    """
    hits, left, right = around.hits, around.left, around.right
    misfortune = right("terror", "sentence")
    target_right = right("target", "sentence")

    # Condemning an attack or a disaster that is not laid to the target's charge is warm.
    valence, enemy = settle_calamity(around)

    # Regret of a misfortune or of one's own act is warm, of the other's act cold.
    regret = hits.are("regret")
    source_right = right("source", "sentence")
    grieving = regret & (misfortune <= 8) & (target_right > misfortune)
    excuse = right("for", "sentence") == 1
    own = regret & (source_right < target_right) & (source_right <= 6)
    own |= regret & excuse & (target_right > 3)
    theirs = regret & (target_right <= 4) & (target_right < source_right) & ~grieving
    valence = np.where(theirs, -2.2, valence)
    valence = np.where(grieving, 1.5, np.where(own, 1.4, valence))

    # An apology asked of the target is a claim on it.
    apology = hits.are("apology")
    target_left = left("target")
    claimed = apology & (
        (left("demand") < FAR)
        | (left("wish") <= 8)
        | (left("condition") < FAR)
        | (
            (target_left < left("source"))
            & (target_left <= 6)
            & (left("pronoun") > 3)
            & (left("to") > 8)
        )
        | ((right("from") <= 2) & (target_right <= 5))
    )
    refused = apology & ~claimed & (left("negator") <= 4)
    valence = np.where(claimed | refused, -1.8, valence)
    third_left = left("third")
    valence = np.where(apology & (third_left < target_left) & (third_left < 4), 0.0, valence)

    # What follows the regret of one's own act, or an apology for it, is one's own fault.
    sorry = hits.first[apology & (valence > 0)]
    confessed = left(hits.first[own], "sentence") < FAR
    confessed |= left(sorry, "stretch") < FAR
    confessed |= right(sorry, "sentence") < FAR
    valence = np.where(confessed & (valence < 0), 0.2 * valence, valence)
    calm = enemy | grieving | own | claimed | refused

    # "expected Russia to respect its sensitivities" is a claim.
    to_right = right("to")
    wish = hits.are("wish")
    wanted = wish & (target_right <= 2) & (to_right <= target_right + 3)
    valence = np.where(wanted, -1.0, valence)
    # "hoped that Russia would keep its word" is a milder one.
    modal = right("modal", "sentence")
    hoped = wish & (target_right <= 4) & (modal > target_right) & (modal <= target_right + 3)
    valence = np.where(hoped & ~wanted, HOPED, valence)

    # A denial is cold as far as it denies what the target claims.
    denial = hits.are("denial")
    valence = np.where(denial & (target_right > 4), 0.3 * valence, valence)

    # Beside condolence a cold word is about the misfortune.
    sorrow = hits.first[hits.are("sorrow") & (valence > 0)]
    grief = (left(sorrow, "sentence") < FAR) | (right(sorrow, "sentence") < FAR)
    valence = np.where(grief & (valence < 0) & ~claimed, 0.3 * valence, valence)
    if notes is not None:
        for chosen, note in (
            (enemy, "common enemy"),
            (grieving, "regret of a misfortune"),
            (own, "regret of one's own act"),
            (theirs, "regret of the other's act"),
            (claimed, "apology asked for"),
            (refused, "apology refused"),
            (confessed & (hits.valence < 0), "one's own fault"),
            (wanted, "wanted of the other"),
            (hoped & ~wanted, "hoped of the other"),
            (grief & (hits.valence < 0) & ~claimed & ~enemy, "beside condolence"),
            ((hits.valence < 0) & (valence == 0), "about a calamity"),
        ):
            notes.add(chosen & (valence != hits.valence), note)
    return valence, calm

"""Expressions whose sign hangs on who and what: condolence, common enemy, regret, apology."""

from __future__ import annotations

import numpy as np

from detente.tone.target.calamity import settle_calamity
from detente.tone.target.context import Bools, Context, Floats, Nearest, kind_number
from detente.tone.target.matching import Hits
from detente.tone.target.notes import Notes

__all__ = ["settle"]

_FAR = 999
#: What the target is hoped to do, it is missed in.
HOPED = -0.6


def settle(hits: Hits, context: Context, notes: Notes | None = None) -> tuple[Floats, Bools]:
    """Return the valences after these rules, and which hits they settled.

    Parameters
    ----------
    hits : Hits
        All expressions, those without tone (topics, terror) included.
    context : Context
        Their surroundings.
    notes : Notes, optional
        Is told what was settled.

    Returns
    -------
    valence : ndarray of float
        One a hit.
    calm : ndarray of bool
        Hits settled here, so that negation and conditions do not turn them again.
    """
    valence = hits.valence.copy()
    calm = np.zeros(len(valence), dtype=bool)
    sentence, clause = context.table.sentence, context.clause
    kind = hits.kind
    first, last = hits.first, hits.last

    def nearest(name: str) -> Nearest:
        return Nearest(hits.where(kind == kind_number(name)).first)

    terror = nearest("terror")
    misfortune = terror.gap_right(last, sentence)
    target_right = context.target.gap_right(last, sentence)

    # Condemning an attack or a disaster that is not laid to the target's charge is warm.
    valence, enemy = settle_calamity(hits, context, valence)

    # Regret of a misfortune or of one's own act is warm, of the other's act cold.
    regret = kind == kind_number("regret")
    source_right = context.source.gap_right(last, sentence)
    grieving = regret & (misfortune <= 8) & (target_right > misfortune)
    excuse = context.near("for").gap_right(last, sentence) == 1
    own = regret & (source_right < target_right) & (source_right <= 6)
    own |= regret & excuse & (target_right > 3)
    theirs = regret & (target_right <= 4) & (target_right < source_right) & ~grieving
    valence = np.where(theirs, -2.2, valence)
    valence = np.where(grieving, 1.5, np.where(own, 1.4, valence))

    # An apology asked of the target is a claim on it.
    apology = kind == kind_number("apology")
    demand = nearest("demand").gap_left(first, clause)
    condition = context.near("condition").gap_left(first, clause)
    target_left = context.target.gap_left(first, clause)
    source_left = context.source.gap_left(first, clause)
    third_left = context.third.gap_left(first, clause)
    negator = context.near("negator").gap_left(first, clause)
    possessive = context.near("pronoun").gap_left(first, clause)
    to_left = context.near("to").gap_left(first, clause)
    from_right = context.near("from").gap_right(last, clause)
    claimed = apology & (
        (demand < _FAR)
        | (nearest("wish").gap_left(first, clause) <= 8)
        | (condition < _FAR)
        | ((target_left < source_left) & (target_left <= 6) & (possessive > 3) & (to_left > 8))
        | ((from_right <= 2) & (target_right <= 5))
    )
    refused = apology & ~claimed & (negator <= 4)
    valence = np.where(claimed | refused, -1.8, valence)
    valence = np.where(apology & (third_left < target_left) & (third_left < 4), 0.0, valence)

    # What follows the regret of one's own act, or an apology for it, is one's own fault.
    sorry = Nearest(hits.where(apology & (valence > 0)).first)
    confessed = Nearest(hits.where(own).first).gap_left(first, sentence) < _FAR
    confessed |= sorry.gap_left(first, context.stretch) < _FAR
    confessed |= sorry.gap_right(last, sentence) < _FAR
    valence = np.where(confessed & (valence < 0), 0.2 * valence, valence)
    calm |= enemy | grieving | own | claimed | refused

    # "expected Russia to respect its sensitivities" is a claim.
    to_right = context.near("to").gap_right(last, clause)
    wish = kind == kind_number("wish")
    wanted = wish & (target_right <= 2) & (to_right <= target_right + 3)
    valence = np.where(wanted, -1.0, valence)
    # "hoped that Russia would keep its word" is a milder one.
    modal = context.near("modal").gap_right(last, sentence)
    hoped = wish & (target_right <= 4) & (modal > target_right) & (modal <= target_right + 3)
    valence = np.where(hoped & ~wanted, HOPED, valence)

    # A denial is cold as far as it denies what the target claims.
    denial = kind == kind_number("denial")
    valence = np.where(denial & (target_right > 4), 0.3 * valence, valence)

    # Beside condolence a cold word is about the misfortune.
    sorrow = Nearest(hits.where((kind == kind_number("sorrow")) & (valence > 0)).first)
    grief = np.minimum(sorrow.gap_left(first, sentence), sorrow.gap_right(last, sentence)) < _FAR
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

"""Expressions whose sign hangs on who and what: condolence, common enemy, regret, apology."""

from __future__ import annotations

import numpy as np

from detente.tone.target.around import FAR, Around, token_at
from detente.tone.target.calamity import settle_calamity
from detente.tone.target.captures import captures
from detente.tone.target.context import Bools, Floats
from detente.tone.target.enmity import OVERCOME, past_enmity
from detente.tone.target.fault import (
    befalls,
    by_accident,
    doers,
    is_confessed,
    is_disowned,
    is_own_act,
    is_own_regret,
)
from detente.tone.target.favours import helps_foe
from detente.tone.target.matching import SOURCE, TARGET
from detente.tone.target.mourning import ACCUSED, mourns_victims
from detente.tone.target.notes import Notes
from detente.tone.target.pledges import PLEDGED, pledged
from detente.tone.target.senses import ENEMY, FLOW
from detente.tone.target.tokens import Ints

__all__ = ["settle"]

#: Up to how many words behind a common enemy it is named.
FACED = 3
#: Regret of what the speaker's side has done.
OWN_ACT = 2.0
#: Up to how many words before regret stands that there is none.
_UNSORRY = 3
#: An apology that the target has made.
GIVEN = 0.6
#: Blame for an affront to the target.
DISOWNED = 1.0
#: What the target is hoped to do, it is missed in.
HOPED = -0.6
#: A crook whom the target has caught or handed over.
CAUGHT = 0.6
#: Help of the target to armed foes, and the end of it.
CHARGED, STOPPED = -2.4, 1.2


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
    hits = around.hits
    # Condemning an attack or a disaster that is not laid to the target's charge is warm.
    valence, enemy = settle_calamity(around)

    # To mourn whom the target has killed accuses it.
    accused = mourns_victims(around)
    valence[accused] = ACCUSED
    enemy |= accused

    # Both face the hunger in "a common enemy in hunger".
    foe = (token_at(around.context.table.sense, hits.last) & ENEMY) > 0
    faced = (valence < 0) & (around.left(hits.last[foe & (hits.valence > 0)]) <= FACED)
    valence[faced] = 0.0

    # Of those who "once enemies, are now partners" the enmity is over, and the bond the warmer.
    past, bond = past_enmity(around)
    valence[past] = 0.0
    valence[bond] = np.minimum(valence[bond] + OVERCOME, 4.0)

    promised = pledged(around)
    valence[promised] = PLEDGED

    charged = helps_foe(around)
    # What has been stopped is no charge any more.
    stopped = charged & _is_stopped(around)
    charged &= ~stopped
    valence[charged], valence[stopped] = CHARGED, STOPPED

    is_regret, is_apology = hits.are("regret"), hits.are("apology")
    regrets = around.where(is_regret)
    grieving, own, theirs, unsorry = _regret(regrets, is_regret)
    valence[theirs | unsorry], valence[own], valence[grieving] = -2.2, OWN_ACT, 1.5
    is_fault = hits.are("fault")
    owned = _spread(is_confessed(around.where(is_fault)), is_fault)
    valence[owned] = 1.6
    claimed, refused, alien, given = _apology(around.where(is_apology), is_apology)
    valence[claimed | refused], valence[alien], valence[given] = -1.8, 0.0, GIVEN

    # What follows the regret of one's own act, or an apology for it, is one's own fault.
    sorry = hits.first[is_apology & (valence > 0) & ~given]
    confessed = around.left(hits.first[own], "sentence") < FAR
    # An accident that is regretted may be told first.
    mishaps = hits.first[_spread(by_accident(regrets), is_regret)]
    confessed |= around.right(mishaps, "sentence") < FAR
    confessed |= around.left(sorry, "stretch") < FAR
    confessed |= around.right(sorry, "sentence") < FAR
    confessed |= _goes_on(around, sorry) | _goes_on(around, hits.first[owned])
    valence[confessed & (valence < 0)] *= 0.2
    calm = enemy | stopped | grieving | own | unsorry | owned | claimed | refused

    # To blame one's own people for an affront to the target is a courtesy to it.
    disowned = is_disowned(around) & ~calm
    valence[disowned] = np.where(hits.are("verdict", "stance", "regret")[disowned], DISOWNED, 0.0)

    # Whoever catches a crook does a service, whatever the crook has done.
    caught, crime = captures(around)
    caught &= ~calm & (valence < CAUGHT)
    valence[caught], valence[crime & ~calm] = CAUGHT, 0.0
    calm |= caught

    is_wish, is_denial = hits.are("wish"), hits.are("denial")
    wanted, hoped = _wish(around.where(is_wish), is_wish)
    valence[hoped], valence[wanted] = HOPED, -1.0
    # A denial is cold as far as it denies what the target claims.
    far = around.where(is_denial).right("target", "sentence") > 4
    valence[_spread(far, is_denial)] *= 0.3

    # Beside condolence a cold word is about the misfortune.
    sorrow = hits.first[hits.are("sorrow") & (valence > 0)]
    grief = (around.left(sorrow, "sentence") < FAR) | (around.right(sorrow, "sentence") < FAR)
    valence[grief & (valence < 0) & ~claimed] *= 0.3
    if notes is not None:
        for chosen, note in (
            (accused, "for those whom the target has killed"),
            (enemy & ~accused, "against a common enemy"),
            (faced, "the common enemy"),
            (promised, "promised and not asked for"),
            (past, "told of the past"),
            (bond, "in place of an enmity of the past"),
            (charged, "says that the target helps armed foes"),
            (stopped, "says that the target has ended its help to armed foes"),
            (grieving, "regrets a misfortune"),
            (own, "regrets an act of the speaker's side"),
            (theirs, "regrets what the target did"),
            (unsorry, "stands by an act of the speaker's side"),
            (owned, "the speaker's side owns up to a fault"),
            (claimed, "apology asked for"),
            (refused, "apology refused"),
            (given, "apology that the target made"),
            (confessed & (hits.valence < 0), "a fault of the speaker's side"),
            (disowned, "blames an affront to the target"),
            (caught, "the target caught a wrongdoer"),
            (crime, "deed of a wrongdoer whom the target caught"),
            (wanted, "wanted of the target"),
            (hoped & ~wanted, "hoped of the target"),
            (grief & (hits.valence < 0) & ~claimed & ~enemy, "beside words of condolence"),
            ((hits.valence < 0) & (valence == 0), "about an attack or a disaster"),
        ):
            notes.add(chosen & (valence != hits.valence), note)
    return valence, calm


def _goes_on(around: Around, told: Ints) -> Bools:
    """Tell which hits go on about a fault owned up to: "apologised for it, which was shameful".

    Not behind "but" or "if", nor where another is named who does something.
    """
    gap = around.left(told, "sentence")
    nearer = np.minimum(around.left("contrast", "sentence"), around.left("actor", "sentence"))
    nearer = np.minimum(nearer, around.left("condition", "sentence"))
    result: Bools = (gap < FAR) & (gap < nearer)
    return result


def _is_stopped(around: Around) -> Bools:
    """Tell before which hits something is ended: "has ended its support for the rebels"."""
    ends = around.hits.are("ender")
    ends &= (around.left("negator") > 4) & (around.left("demand") == FAR)
    ends &= (around.left("wish") == FAR) & (around.left("condition") == FAR)
    result: Bools = around.left(around.hits.first[ends]) <= 3
    return result


def _regret(around: Around, of: Bools) -> tuple[Bools, Bools, Bools, Bools]:
    """Tell regret of a misfortune and of one's own act, which is warm, from that of the other's.

    And last what is none: "does not regret its strikes".
    """
    misfortune, target = around.right("terror", "sentence"), around.right("target", "sentence")
    source = around.right("source", "sentence")
    # Of "the murder of Poles by the German army" the victims' side bears a grudge.
    agent = around.right(doers(around.context, TARGET))
    grieving = (misfortune <= 8) & (target > misfortune) & (agent == FAR)
    # "Regretted what had happened to Turkish sailors" is sympathy, too.
    grieving |= around.right(befalls(around, TARGET)) <= 4
    own = (source < target) & (source <= 6) & (agent == FAR)
    own |= (around.right("for", "sentence") == 1) & (target > 3)
    own &= ~grieving & (around.right(befalls(around, SOURCE)) > 4)
    own |= ~grieving & is_own_regret(around)
    theirs = (target <= 4) & (target < source) & ~grieving & ~own
    theirs |= (agent < FAR) & ~own & ~grieving
    # "Does not regret its strikes on" stands by them.
    unsorry = own & is_own_act(around) & (around.left("negator") <= _UNSORRY)
    own &= ~unsorry
    return _spread(grieving, of), _spread(own, of), _spread(theirs, of), _spread(unsorry, of)


def _apology(around: Around, of: Bools) -> tuple[Bools, Bools, Bools, Bools]:
    """Find apologies asked of the target, which are a claim on it, refused, others' and made."""
    left = around.left
    target, third = left("target"), left("third")
    claimed = (left("demand") < FAR) | (left("wish") <= 8) | (left("condition") < FAR)
    theirs = (target < left("source")) & (target <= 6) & (left("pronoun") > 3) & (left("to") > 8)
    theirs |= (around.right("from") <= 2) & (around.right("target", "sentence") <= 5)
    missing = (left("negator") <= 6) | (left("modal") <= 6) | (left("to") <= 2)
    missing |= (left("demand", "sentence") <= 10) | (left("wish", "sentence") <= 10)
    claimed |= theirs & missing
    refused = ~claimed & (left("negator") <= 4)
    alien = (third < target) & (third < 4)
    given = theirs & ~claimed & ~alien
    return _spread(claimed, of), _spread(refused, of), _spread(alien, of), _spread(given, of)


def _wish(around: Around, of: Bools) -> tuple[Bools, Bools]:
    """Find wishes that are claims, and milder ones.

    "Expected Russia to respect its sensitivities"; "hoped that Russia would keep its word".
    """
    target, modal = around.right("target", "sentence"), around.right("modal", "sentence")
    wanted = (target <= 2) & (around.right("to") <= target + 3)
    # "Expected Turkish arrivals to double" is a forecast.
    wanted &= (token_at(around.context.table.sense, around.hits.last + target + 1) & FLOW) == 0
    hoped = (target <= 4) & (modal > target) & (modal <= target + 3)
    return _spread(wanted, of), _spread(hoped, of)


def _spread(chosen: Bools, of: Bools) -> Bools:
    """Return a choice among some rows as one among all."""
    result = np.zeros(len(of), dtype=bool)
    result[of] = chosen
    return result

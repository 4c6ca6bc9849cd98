"""Words that a rule knows by what they mean: foes, promises, what talks deal with."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

__all__ = [
    "AGAIN",
    "BROKER",
    "CATCH",
    "CHARGE",
    "CONDUCT",
    "CONFIRM",
    "CONTENT",
    "CRITIC",
    "CROOK",
    "DEATH",
    "DENY",
    "EITHER",
    "ENDING",
    "ENEMY",
    "EXCLAIM",
    "FINE",
    "FLOW",
    "FORMER",
    "GIFT",
    "GUEST",
    "HARM",
    "HONOUR",
    "HOPE",
    "INSTEAD",
    "LIKE",
    "MATTER",
    "MEDDLE",
    "NEITHER",
    "PEOPLE",
    "PLEDGE",
    "PROVE",
    "RECEIVE",
    "RUIN",
    "SOME",
    "THANKS",
    "THEY",
    "UNTHINKABLE",
    "WARN",
    "WEAPON",
    "read_senses",
]

#: Senses, one bit each; a word may have several. They have a column of their own beside the
#: groups, as 64 bits do not hold both: no mask joins a group with a sense.
(
    ENEMY, BROKER, FORMER, PROVE, CONTENT, CATCH, CROOK, FLOW, HARM, MEDDLE, MATTER, CHARGE,
    UNTHINKABLE, CONFIRM, DENY, CONDUCT, HOPE, PLEDGE, PEOPLE, WARN, EITHER,
    INSTEAD, CRITIC, ENDING, DEATH, WEAPON, GUEST, NEITHER, RUIN,
    EXCLAIM, SOME, FINE, THANKS, LIKE, THEY, GIFT, HONOUR, RECEIVE, AGAIN,
) = (1 << bit for bit in range(39))  # fmt: skip

_WORDS = {
    # Whoever is said not to be one is as good as a friend.
    ENEMY: "enemy enemies foe foes adversary adversaries rival rivals",
    # Whoever is called so is trusted; these tell how somebody feels, and not what he is worth.
    BROKER: """
        friend friends ally allies partner partners neighbour neighbours neighbor neighbors
        brother brothers broker mediator guarantor companion
    """,
    # Whoever was an enemy then is none now: "once enemies", "from rivals to allies".
    FORMER: "once former formerly erstwhile onetime",
    # What somebody shows himself to be.
    PROVE: """
        prove proves proved proven proving become becomes became becoming remain remains remained
        show shows showed shown act acts acted acting behave behaves behaved behaving
        turn turns turned turning
    """,
    CONTENT: """
        satisfied happy glad pleased content delighted optimistic confident grateful thankful
        enthusiastic proud interested
    """,
    # It is a service to hand over or catch a crook, and no blame that he is one.
    CATCH: """
        catch catches caught catching arrest arrests arrested arresting detain detains detained
        detaining extradite extradites extradited extraditing handed capture captured seize seized
        intercept intercepted foil foiled thwart thwarted uncover uncovered unmasked rounded
        dismantled
    """,
    CROOK: """
        suspect suspects suspected killer killers murderer murderers bomber bombers saboteur
        saboteurs smuggler smugglers courier couriers gang gangs attacker attackers gunman gunmen
        culprit culprits assassin assassins fugitive fugitives fraudster fraudsters trafficker
        traffickers terrorist terrorists wanted sought explosives heroin cocaine plotters plotter
        accomplice accomplices
    """,
    # What comes and goes between countries is forecast; nothing is asked of it.
    FLOW: """
        arrivals exports imports sales deliveries supplies shipments consignments tourists visitors
        holidaymakers guests travellers students buyers demand trade turnover investment
        investments traffic purchases bookings flights goods production output economy market
        inflation growth prices
    """,
    # As "ours" they are the speaker's own, and mourned or hailed for their own sake.
    PEOPLE: """
        soldiers soldier troops servicemen serviceman pilots pilot officers officer martyrs martyr
        heroes fallen dead citizens nationals compatriots countrymen sailors crew policemen guards
        army forces men women children
    """,
    # Done to whoever stands behind "on" or "against"; the second sort behind "in", too.
    HARM: """
        sanctions sanction blockade embargo embargoes boycott pressure threat threats blackmail
        coercion aggression campaign campaigns attacks accusation accusations allegations
        provocation provocations restrictions strikes interference intervention interventions
        meddling invasion incursion interfere interferes interfered interfering meddle meddles
        meddled intervene
    """,
    MEDDLE: """
        interference intervention interventions meddling invasion incursion interfere interferes
        interfered interfering meddle meddles meddled intervene
    """,
    # Whoever they are told of, as in "the crisis in Syria", is what is talked over.
    MATTER: """
        situation conflict conflicts crisis crises war settlement reconciliation terrorism
        terrorists militants problem problems issue issues question file dossier track process
        ceasefire truce hostilities dialogue developments events peace
    """,
    # Who is so may be so by anybody.
    CHARGE: "accused blamed criticised criticized condemned threatened denounced suspected",
    UNTHINKABLE: """
        impossible unthinkable inconceivable unimaginable unattainable imagine hardly cannot not
        couldn't wouldn't can't never nothing none no
    """,
    # "Would neither confirm nor deny": nothing is said of what stands behind.
    CONFIRM: "confirm confirms confirmed confirming",
    DENY: "deny denies denied denying",
    EITHER: "or nor and",
    # What is asked of somebody begins with these; behind those he does it of his own accord.
    CONDUCT: """
        abide apologise apologize cease clarify comply correct desist ease end explain extradite
        fulfil fulfill halt honor honour investigate keep lift refrain rein release remove rescind
        respect return revoke show stick stop withdraw
    """,
    # And behind these it is only hoped for, or doubted.
    HOPE: """
        hope hopes hoped hoping expect expects expected expecting wish wishes wished want wants
        wanted doubt doubts doubted doubting doubtful unlikely
    """,
    PLEDGE: """
        will promise promises promised agree agrees agreed decide decides decided vow vows vowed
        pledge pledges pledged undertake undertakes undertook undertaken ready willing prepared
        begun began started
    """,
    # What stands behind is what the speaker would do, and not what he is against.
    WARN: """
        warn warns warned warning threaten threatens threatened threatening caution cautions
        cautioned cautioning
    """,
    # They set one who is meant against one who is not: "Turkey, not Greece", "X rather than Y".
    INSTEAD: "not rather instead",
    # Said against somebody; whoever calls it unfair sides with him.
    CRITIC: """
        criticism criticisms critique critiques accusation accusations allegations
    """,
    # What is done with a harm that is taken back.
    ENDING: """
        end ends ended ending lift lifts lifted lifting ease eases eased easing stop stops stopped
        stopping remove removes removed removing removal abolish abolished abolition repeal
        repealed relief cessation revoke revoked suspension suspend relaxation
    """,
    # Whoever did so is mourned, and whoever brought it about is not thanked.
    DEATH: """
        killed murdered slain slaughtered massacred shot fell fallen died perished wounded maimed
        butchered
    """,
    WEAPON: """
        rocket rockets missile missiles shell shells shelling bullet bullets bomb bombs bombing
        bombings bombardment strike strikes raid raids airstrike airstrikes fire drone drones gun
        guns gunfire artillery mine mines sniper snipers attack attacks aggression troops soldiers
        army forces tanks planes jets gunboats invaders occupiers
    """,
    # Beside these a place is spoken of as a host: what he does, and what he gives.
    RECEIVE: "received greeted welcomed hosted treated met",
    GUEST: "hospitality guest guests reception welcome",
    AGAIN: "here back again",
    # Who is mourned and honoured fell for the speaker's side, if the target has killed him.
    HONOUR: """
        honour honours honoured honouring honor honors honored honoring tribute wreath wreaths
        homage salute saluted salutes glory heads head remember remembers remembered commemorate
        commemorates commemorated bow bows bowed heroes memory
    """,
    NEITHER: "neither",
    # With these praise begins that what follows may give the lie: called out loud, some friends,
    # fine ones, thanks.
    EXCLAIM: "what how bravo congratulations",
    SOME: "some",
    FINE: "fine nice lovely pretty",
    THANKS: "thanks",
    LIKE: "like",
    THEY: "they he she it that this those these you",
    # Between quotation marks nobody holds them to be what they are called.
    GIFT: """
        aid help assistance support friendship protection concern generosity solidarity
        hospitality gift gifts kindness goodwill brotherhood democrats democracy peacekeepers
        freedom liberators liberation care advice partnership charity gesture gestures
    """,
    # Nobody gives thanks that it has come to this.
    RUIN: """
        burnt burned dry hungry homeless ruined destroyed ruin starving starve bankrupt jobless
        unemployed empty dead flooded poorer worse lost lose losing suffer suffering crying weep
        weeping bury burying refugees displaced stranded
    """,
}


@cache
def read_senses() -> Mapping[str, int]:
    """Return the senses of every word that has one.

    Returns
    -------
    mapping of str to int
        Words in lower case to their senses as bits.
    """
    found: dict[str, int] = {}
    for sense, words in _WORDS.items():
        for word in words.split():
            found[word] = found.get(word, 0) | sense
    return MappingProxyType(found)

"""Groups of small words and marks, so that each distinct word is looked up once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from detente.tone.target.lexicon import read_armed, read_demonyms

__all__ = [
    "ABOUT",
    "AFFRONT",
    "AND",
    "AS",
    "ASK",
    "BE",
    "BETTER",
    "BETWEEN",
    "BLOW",
    "BY",
    "CALL",
    "CLAUSE_MARK",
    "CONDEMN",
    "CONFESS",
    "DEMONYM",
    "DENIAL",
    "DETERMINER",
    "FOE",
    "FOIL",
    "FROM",
    "HE",
    "HEAD",
    "HELP",
    "HOLD",
    "INTO",
    "LIABLE",
    "LINK",
    "MEANWHILE",
    "MUST",
    "NEVER",
    "NOT_WHOLLY",
    "NO_NAME",
    "OF",
    "ONE",
    "ONTO",
    "OPENER",
    "OUR",
    "OWN",
    "PLACE",
    "POSSESSIVE",
    "QUERY",
    "REPLY",
    "RUMOUR",
    "SEND",
    "SO",
    "STATE",
    "THEN",
    "THE_THAT",
    "THING",
    "TIES",
    "TOO",
    "TOWARD",
    "TO_DO",
    "UNLESS",
    "WHAT",
    "WHENCE",
    "WHICH",
    "WITH",
    "YET",
    "read_groups",
]

#: Groups, one bit each; a word may be of several.
(
    CLAUSE_MARK, LINK, AND, PLACE, OF, BY, DETERMINER, DEMONYM, POSSESSIVE, NO_NAME, OPENER, BE,
    AS, TOWARD, FOE, HEAD, ONTO, OWN, HOLD, LIABLE, CONFESS, HE, CALL, ABOUT, AFFRONT, BLOW,
    WITH, HELP, CONDEMN, ASK, QUERY, REPLY, WHAT, RUMOUR, WHENCE, STATE, WHICH, ONE, THE_THAT,
    TIES, THING, FOIL, SEND, NEVER, SO, BETTER, DENIAL, INTO, MUST, UNLESS, BETWEEN, THEN,
    MEANWHILE, NOT_WHOLLY, FROM, TOO, YET, TO_DO, OUR,
) = (1 << bit for bit in range(59))  # fmt: skip

_WORDS = {
    # Behind these another clause begins.
    CLAUSE_MARK: ", ; : — – ( ) [ ] . ! ? …",
    # These join parties named in one breath.
    LINK: "and , with",
    AND: "and",
    # A party behind these is where something is or what it deals with, not who does it.
    PLACE: """
        in at near into inside outside around across along over on above within throughout amid
        towards toward about regarding concerning via through to between among off beyond onto
        for with against of by from unlike
    """,
    # Behind these a party owns what stands before: "the refusal of Kiev", "a note from it".
    OF: "of by from",
    # Behind these it does it.
    BY: "by from",
    DETERMINER: """
        the a an and or its their his her our your this that all both other some several any
        many northern southern eastern western central neighbouring post whole
    """,
    POSSESSIVE: "'s",
    # Whoever stands behind these and an act of force has suffered it.
    ONTO: "on upon against",
    # A country suffers these from abroad; a crackdown on its people it does itself.
    BLOW: """
        aggression aggressions invasion invasions intrusion intrusions offensive bombing bombings
        bombardment war
    """,
    # Before what is the speaker's own: "its embassy".
    OWN: "its our their his her",
    OUR: "our",
    # "Held the authorities there responsible".
    HOLD: "hold holds held holding",
    LIABLE: "responsible answerable accountable account",
    # An attack is condemned; to lay the blame for it, or to claim something of it, is no sympathy.
    CONDEMN: """
        condemn condemns condemned condemning condemnation denounce denounces denounced
        denouncing denunciation deplore deplores deplored deploring decry decries decried
        decrying abhor abhors abhorred reject rejects rejected rejecting rejection curse
        cursed castigate castigated repudiate repudiated outrage outraged indignation anger
        horror horrified shock shocked appalled disgust revulsion abhorrence
    """,
    # Behind these, and as theirs, a fault is confessed.
    CONFESS: """
        admit admits admitted admitting acknowledge acknowledges acknowledged acknowledging
        concede concedes conceded conceding confess confesses confessed confessing
    """,
    HE: "he she i we",
    # These say what somebody holds a thing to be, which is told behind it.
    CALL: """
        call calls called calling describe describes described describing term terms termed
        brand branded label labelled labeled deem deemed consider considered found
    """,
    # "Remarks about", "a doll resembling": an affront, if it is blamed, to whom is named next.
    AFFRONT: """
        remark remarks comment comments language words posts post jokes joke tweet tweets insults
        slurs chants slogans slanders doll effigy caricature cartoon
    """,
    ABOUT: "about against toward towards aimed directed resembling depicting mocking",
    # Behind this stands what somebody is held to be.
    AS: "as",
    BE: "is are was were be been being isn't aren't wasn't weren't",
    # They contrast only where they open a clause: "still, ..."; not in "is still a friend".
    OPENER: "still yet",
    # Behind these stands whom something is meant for.
    TOWARD: "to for",
    WITH: "with",
    # They open a question put to the speaker, these name it or what else he is told, these tell
    # that he answers, and these what he was asked.
    ASK: "asked questioned pressed quizzed",
    QUERY: "question questions query queries remark suggestion charge reproach objection",
    REPLY: "answering replying responding answer reply response answered replied",
    WHAT: "about on over by if whether why how what who whom where when which for to",
    # Nobody's word, unless who spreads it is named, behind these.
    RUMOUR: """
        report reports rumour rumours rumor rumors speculation talk story stories gossip
    """,
    WHENCE: "in by from",
    # "A state which closes newspapers" is the target in other words.
    STATE: """
        state country power government nation neighbour capital partner ally guarantor mediator
    """,
    WHICH: "which that whose who",
    ONE: "a an the",
    # What is between two countries.
    TIES: """
        relations relationship relationships ties friendship alliance partnership cooperation
    """,
    FROM: "from",
    # Behind these stands somebody whom another is not like.
    FOIL: "unlike contrast opposed",
    # Nobody and nothing at any time: "never so warm", "nobody had been a better friend".
    NEVER: "never nobody nowhere none",
    SO: "so",
    BETTER: """
        better closer warmer kinder finer truer greater stronger dearer nicer braver readier
        happier friendlier
    """,
    # As subjects they deny nothing, but are spoken of: "the denials were thin".
    DENIAL: "denial denials refutation refutations",
    # Between "and" and a verb they tell when or how, and join it to nothing else.
    THEN: """
        then later also afterwards thereafter subsequently immediately promptly instead in turn
        even now again more today further finally itself himself herself
        themselves strongly sharply harshly firmly
    """,
    MEANWHILE: "before while after",
    # They leave of a negation only a part: "not always", "not wholly".
    NOT_WHOLLY: "always entirely wholly fully quite exactly perfectly completely everywhere",
    # "Too slow to", "has yet to", "still not": what stands behind is not done.
    TOO: "too slow slower",
    YET: "yet not",
    # Before a verb in its bare form.
    TO_DO: """
        to will would shall should can could may might must cannot not don't doesn't didn't won't
        wouldn't do does did we they you i helped helps never
    """,
    # They stand for a thing named before.
    THING: "it them",
    # "Told the nation that" speaks of no nation.
    THE_THAT: "the that",
    # Behind these may stand what somebody helps do.
    HELP: "help helps helped helping",
    # Whoever is asked to do so is asked for help.
    SEND: "send lend",
    INTO: "in into",
    MUST: "must should have has ought need needs",
    # "Impossible without her help" praises the help.
    UNLESS: "without",
    BETWEEN: "between among",
    # They bear arms against somebody: to help them is held against the helper.
    FOE: """
        rebel rebels militia militias militiamen separatist separatists gunman gunmen insurgent
        insurgents terrorist terrorists militant militants extremist extremists jihadist jihadists
        mercenary mercenaries guerrilla guerrillas paramilitary paramilitaries secessionist
        secessionists putschist putschists warlord warlords bandit bandits mutineers
    """,
    # Behind a demonym or a possessive they are the country by other words.
    HEAD: """
        government governments authorities side people peoples leadership leaders leader
        president minister ministers premier ambassador officials regime state nation
        public citizens army military forces embassy ministry delegation parliament
    """,
    # Capitalised, they name nobody.
    NO_NAME: """
        i president presidential vice secretary minister prime senator sen rep gov governor mr
        mrs ms dr sir lord king queen prince house senate congress white state department justice
        court supreme party parliament government committee council commission university school
        street monday tuesday wednesday thursday friday saturday sunday january february march
        april may june july august september october november december tv twitter facebook news
        times post the a an in on of and but republican democratic federal national attorney
        general chief director leader foreign interior defense defence treasury day deal act bill
        new north south
    """,
}


@cache
def read_groups() -> Mapping[str, int]:
    """Return the groups of every word that is in one.

    Returns
    -------
    mapping of str to int
        Words in lower case without diacritics, and marks, to their groups as bits.
    """
    found = dict.fromkeys(read_demonyms(), DEMONYM) | dict.fromkeys(read_armed(), FOE)
    for group, words in _WORDS.items():
        for word in words.split():
            found[word] = found.get(word, 0) | group
    return MappingProxyType(found)

"""Forms of an entry's words: verbs, nouns, and both spellings of English."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import product

__all__ = ["expand_entry", "spellings", "wordings"]

_VOWELS = "aeiou"

_IRREGULAR: dict[str, tuple[str, ...]] = {
    base: (base, *forms.split())
    for base, forms in {
        "bear": "bears bore borne bearing",
        "beg": "begs begged begging",
        "bite": "bites bit bitten biting",
        "break": "breaks broke broken breaking",
        "bring": "brings brought bringing",
        "build": "builds built building",
        "buy": "buys bought buying",
        "cast": "casts casting",
        "come": "comes came coming",
        "cut": "cuts cutting",
        "do": "does did done doing",
        "draw": "draws drew drawn drawing",
        "fall": "falls fell fallen falling",
        "feed": "feeds fed feeding",
        "feel": "feels felt feeling",
        "fight": "fights fought fighting",
        "find": "finds found finding",
        "forgive": "forgives forgave forgiven forgiving",
        "freeze": "freezes froze frozen freezing",
        "get": "gets got gotten getting",
        "give": "gives gave given giving",
        "go": "goes went gone going",
        "grow": "grows grew grown growing",
        "hear": "hears heard hearing",
        "hide": "hides hid hidden hiding",
        "hit": "hits hitting",
        "hold": "holds held holding",
        "hurt": "hurts hurting",
        "keep": "keeps kept keeping",
        "lead": "leads led leading",
        "leave": "leaves left leaving",
        "lend": "lends lent lending",
        "lose": "loses lost losing",
        "make": "makes made making",
        "mean": "means meant meaning",
        "meet": "meets met meeting",
        "mislead": "misleads misled misleading",
        "overcome": "overcomes overcame overcoming",
        "oversee": "oversees oversaw overseen overseeing",
        "overthrow": "overthrows overthrew overthrown overthrowing",
        "pay": "pays paid paying",
        "put": "puts putting",
        "quit": "quits quitting",
        "rebuild": "rebuilds rebuilt rebuilding",
        "rise": "rises rose risen rising",
        "run": "runs ran running",
        "see": "sees saw seen seeing",
        "seek": "seeks sought seeking",
        "send": "sends sent sending",
        "set": "sets setting",
        "shake": "shakes shook shaken shaking",
        "shoot": "shoots shot shooting",
        "shrink": "shrinks shrank shrunk shrinking",
        "sink": "sinks sank sunk sinking",
        "speak": "speaks spoke spoken speaking",
        "stand": "stands stood standing",
        "steal": "steals stole stolen stealing",
        "stick": "sticks stuck sticking",
        "strike": "strikes struck striking",
        "strive": "strives strove striven striving",
        "take": "takes took taken taking",
        "teach": "teaches taught teaching",
        "tear": "tears tore torn tearing",
        "think": "thinks thought thinking",
        "throw": "throws threw thrown throwing",
        "understand": "understands understood understanding",
        "undo": "undoes undid undone undoing",
        "weave": "weaves wove woven weaving",
        "win": "wins won winning",
        "wind": "winds wound winding",
        "withdraw": "withdraws withdrew withdrawn withdrawing",
        "withstand": "withstands withstood withstanding",
        "bid": "bids bidding",
        "owe": "owes owed owing",
        "lie": "lies lied lying",
        "die": "dies died dying",
    }.items()
}

#: Verbs of two syllables and more whose last consonant doubles.
_DOUBLING = frozenset(
    """
    abet admit annul ban bar beg cancel chat commit compel control counsel cut defer deter drag
    drop dub equip expel fob grab hug incur label lag level model nag occur omit permit pin plan
    prefer quarrel ram rebut refer regret repel rip rival rob sag shun signal slam slap spur
    stab step stir stop strip submit tip transfer trap travel tug whip wrap
    """.split()
)

_OTHER_SPELLING = (
    (re.compile(r"is(e|es|ed|ing|ation|ations)$"), r"iz\1"),
    (re.compile(r"our(s|ed|ing|able|ably|ly|hood|liness|)$"), r"or\1"),
    (re.compile(r"([^l])ence(s?|less)$"), r"\1ense\2"),
    (re.compile(r"programme"), "program"),
    (re.compile(r"centre"), "center"),
    (re.compile(r"ll(ed|ing)$"), r"l\1"),
    (re.compile(r"sceptic"), "skeptic"),
)
_NEVER_ISE = frozenset("praise promise raise rise advise exercise compromise surprise wise".split())
_OUR_WORDS = re.compile(
    r"^(neighbour|behaviour|favour|honour|endeavour|harbour|labour|rumour|savour)"
)


def _verb(base: str) -> tuple[str, ...]:
    if base in _IRREGULAR:
        return _IRREGULAR[base]
    if base.endswith("e"):
        stem = base[:-1]
        gerund = base + "ing" if base.endswith(("ee", "oe", "ye")) else stem + "ing"
        return base, base + "s", base + "d", gerund
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base, base[:-1] + "ies", base[:-1] + "ied", base + "ing"
    third = base + ("es" if base.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
    if base in _DOUBLING:
        return base, third, base + base[-1] + "ed", base + base[-1] + "ing"
    return base, third, base + "ed", base + "ing"


def _noun(base: str) -> tuple[str, ...]:
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base, base[:-1] + "ies"
    return base, base + ("es" if base.endswith(("s", "sh", "ch", "x", "z")) else "s")


def spellings(word: str) -> tuple[str, ...]:
    """Return a word in British and, where it differs, American spelling.

    Parameters
    ----------
    word : str
        A lower-case word in British spelling.

    Returns
    -------
    tuple of str
        The word, then its other spelling if there is one.

    Examples
    --------
    >>> spellings("neighbourly"), spellings("normalised"), spellings("praise")
    (('neighbourly', 'neighborly'), ('normalised', 'normalized'), ('praise',))
    """
    for pattern, other in _OTHER_SPELLING:
        if not pattern.search(word):
            continue
        if other.startswith("or") and not _OUR_WORDS.match(word):
            continue
        if other.startswith("iz") and any(word.startswith(w[:-1]) for w in _NEVER_ISE):
            continue
        if "ense" in other and not word.startswith(("defence", "offence", "pretence")):
            continue
        return word, pattern.sub(other, word)
    return (word,)


def _negators(base: str) -> tuple[str, ...]:
    return base, *_NEGATORS


_NEGATORS = (
    "never cannot can't won't don't doesn't didn't wouldn't couldn't shouldn't isn't aren't "
    "wasn't weren't hasn't haven't hadn't"
).split()
_MARKS: dict[str, Callable[[str], tuple[str, ...]]] = {
    "": lambda word: (word,),
    "v": _verb,
    "n": _noun,
    "x": _negators,
}


def expand_entry(entry: str) -> list[tuple[str, ...]]:
    """Return every form of an entry as a tuple of words.

    Parameters
    ----------
    entry : str
        Lower-case words. ``(a/b)`` stands for either wording; ``@v`` after a word or after the
        bracket asks for verb forms (of the first word), ``@n`` for plurals (of the last),
        ``not@x`` for the other negators of one word ("never", "cannot", "won't"). Hyphens
        separate words.

    Returns
    -------
    list of tuple of str
        Each form once, the entry's own wording first.

    Examples
    --------
    >>> expand_entry("lodge@v a protest@n")[:3]
    [('lodge', 'a', 'protest'), ('lodge', 'a', 'protests'), ('lodges', 'a', 'protest')]
    >>> expand_entry("(strong/firm) no")
    [('strong', 'no'), ('firm', 'no')]
    """
    forms: dict[tuple[str, ...], None] = {}
    for wording in wordings(entry):
        forms.update(dict.fromkeys(_inflected(wording)))
    return list(forms)


def wordings(entry: str) -> list[str]:
    """Return an entry's alternatives written out, their marks of inflection kept.

    Parameters
    ----------
    entry : str
        As for `expand_entry`.

    Returns
    -------
    list of str
        In the order of the entry.

    Examples
    --------
    >>> wordings("(send/give away)@v help")
    ['send@v help', 'give@v away help']
    """
    if "(" not in entry and ")" not in entry:
        return [" ".join(entry.split())]
    choices: list[list[str]] = []
    for plain, options, mark in _BRACKET.findall(entry):
        if plain:
            choices.append([plain])
            continue
        marked: list[str] = []
        for option in options.split("/"):
            words = option.split()
            if mark:
                at = 0 if mark == "@v" else -1
                words[at] += mark
            marked.append(" ".join(words))
        choices.append(marked)
    return [" ".join("".join(choice).split()) for choice in product(*choices)]


def _inflected(wording: str) -> list[tuple[str, ...]]:
    choices: list[tuple[str, ...]] = []
    for marked in wording.lower().replace("’", "'").replace("-", " ").replace("'s", " 's").split():
        choices.append(_forms(marked))
    return list(dict.fromkeys(product(*choices)))


@cache
def _forms(marked: str) -> tuple[str, ...]:
    """Return the forms of one word with its mark, which many wordings share."""
    word, _, mark = marked.partition("@")
    return tuple(dict.fromkeys(s for form in _MARKS[mark](word) for s in spellings(form)))


_BRACKET = re.compile(r"([^()]+)|\(([^()]*)\)(@[vn])?")

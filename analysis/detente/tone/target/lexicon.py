"""The diplomatic lexicon, the grammar words, and VADER's lexicon behind them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from detente.countries import surface_forms
from detente.countries.table import country_rows
from detente.tone.target.inflection import expand_entry, wordings

__all__ = [
    "FALLBACK_WEIGHT",
    "KINDS",
    "MOCKS",
    "PROCEDURE",
    "REJECTS",
    "ROLES",
    "Entry",
    "n_rows",
    "read_armed",
    "read_demonyms",
    "read_grammar",
    "read_lexicon",
    "read_parties",
    "read_verbs",
]

#: What an entry is, and so how it finds what it is about; see _data/README.md.
KINDS = (
    "bond", "stance", "verdict", "sorrow", "contact", "measure", "deed", "apology", "regret",
    "demand", "ender", "breaker", "denial", "topic", "terror", "general", "situation", "wish",
    "violence", "fault",
)  # fmt: skip

#: What a grammar word does to its surroundings.
ROLES = (
    "negator", "condition", "concession", "contrast", "hedge", "booster", "clause", "relation",
    "you", "we", "other", "by", "report", "pronoun", "to", "from",
    "for", "comparative", "than", "modal", "perfect", "such", "saying", "deem", "hearsay",
    "limit", "suffered", "mishap", "accident", "foil",
)  # fmt: skip

#: Note of entries that say of a remark that it is not so.
REJECTS = "rejects what is said"

#: Note of entries that mock what follows ("so-called").
MOCKS = "mocks what follows"

#: Note of entries that tell how things are done ("delegation"), not how somebody is disposed.
PROCEDURE = "procedure"

#: Share of its valence that a word of VADER's lexicon keeps where ours is silent.
FALLBACK_WEIGHT = 0.6

_Forms = Mapping[tuple[str, ...], "Entry"]

#: Digits of a valence behind the point.
_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the lexicon.

    Attributes
    ----------
    entry : str
        The wording, with its marks for inflection.
    valence : float
        -4 (hostile) to +4 (cordial); for a grammar word its factor.
    kind : str
        One of `KINDS` or `ROLES`.
    note, origin : str
        What the kind means here; where the entry comes from.
    move : float
        Share of the valence that comes from codings, -1 to 1; the rest was set by hand.
    """

    entry: str
    valence: float
    kind: str
    note: str = ""
    origin: str = "detente"
    move: float = 0.0


def _rows(name: str) -> list[dict[str, str]]:
    path = files(__package__) / "_data" / name
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def n_rows() -> int:
    """Return the number of rows of diplomatic.csv.

    Returns
    -------
    int
        A row gives an entry for each of its wordings.
    """
    return len(_rows("diplomatic.csv"))


def read_lexicon(*, is_moved: bool = True) -> Mapping[tuple[str, ...], Entry]:
    """Return every wording that carries tone or is known not to, as word tuples.

    Parameters
    ----------
    is_moved : bool, default True
        Whether valences are those set by hand with the moves of moved.csv, or by hand alone.

    Returns
    -------
    mapping of tuple of str to Entry
        One item a wording; VADER's words of letters stand where no entry of ours does, with
        `FALLBACK_WEIGHT` of their valence, kind "general" and origin "vaderSentiment".
    """
    return _lexicon(is_moved)


@cache
def _lexicon(is_moved: bool) -> Mapping[tuple[str, ...], Entry]:
    plain, marked = _own(is_moved)
    found = {**marked, **plain}
    for word, valence in SentimentIntensityAnalyzer().lexicon.items():
        if word.isalpha() and (word,) not in found:
            found[word,] = Entry(
                word, FALLBACK_WEIGHT * valence, "general", "general mood", "vaderSentiment"
            )
    return MappingProxyType(found)


@cache
def _own(is_moved: bool) -> tuple[_Forms, _Forms]:
    """Return our own entries by their forms: those without marks of inflection, those with."""
    moves = _moves() if is_moved else {}
    plain: dict[tuple[str, ...], Entry] = {}
    marked: dict[tuple[str, ...], Entry] = {}
    # A form stands in one row of either sort; the wording without marks says what is meant by it
    # where one with marks would give it, too ("close" is near, "close@v" is to shut).
    for row in _rows("diplomatic.csv"):
        for wording in wordings(row["entry"]):
            valence, move = float(row["valence"]), moves.get(wording, 0.0)
            valence = round(valence + move, _DIGITS)
            entry = Entry(wording, valence, row["kind"], row["note"], row["origin"], move)
            forms = marked if "@" in wording else plain
            for words in expand_entry(wording):
                forms.setdefault(words, entry)
    return MappingProxyType(plain), MappingProxyType(marked)


def read_verbs(*, is_moved: bool = True) -> Mapping[tuple[str, ...], Entry]:
    """Return the verbs that share a form of one word with a topic or a disaster, by that form.

    Parameters
    ----------
    is_moved : bool, default True
        As for `read_lexicon`.

    Returns
    -------
    mapping of tuple of str to Entry
        "Blasts" is an explosion's, but "blasts the decision" blames; the former stands in
        `read_lexicon`. Verbs that ask for something, wish or end are left out: how a sentence is
        read hangs on them, so that their form alone must tell them.
    """
    plain, marked = _own(is_moved)
    return MappingProxyType(
        {
            words: marked[words]
            for words, entry in plain.items()
            if len(words) == 1
            and entry.kind in ("topic", "terror")
            and entry.valence == 0
            and words in marked
            and marked[words].entry.endswith("@v")
            and marked[words].valence != 0
            # A shooting and a bombing are disasters, whoever is their object.
            and not (entry.kind == "terror" and words[0].endswith("ing"))
            and marked[words].kind not in ("demand", "wish", "ender", "terror", "denial")
        }
    )


def _moves() -> dict[str, float]:
    return {row["entry"]: float(row["move"]) for row in _rows("moved.csv")}


@cache
def read_grammar() -> Mapping[tuple[str, ...], Entry]:
    """Return the grammar words, as `read_lexicon` does for the others."""
    return MappingProxyType(
        {
            expand_entry(row["entry"])[0]: Entry(
                row["entry"], float(row["factor"]), row["role"], "", "detente"
            )
            for row in _rows("grammar.csv")
        }
    )


@cache
def read_parties() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the forms by which third parties are known: what is no person, and persons.

    Returns
    -------
    places, persons : tuple of str
        Names, demonyms, capitals and seats of government of every country with the
        organisations, groups and regions of the table; leaders of every country. Disputed
        places are in neither: what is done there is laid to whoever does it, not to the place.
    """
    places: dict[str, None] = {}
    everyone: dict[str, None] = {}
    for code, row in country_rows().items():
        places.update(dict.fromkeys((*row.strong, *row.weak)))
        everyone.update(dict.fromkeys(surface_forms(code)))
    places.update(dict.fromkeys(row["form"] for row in _rows("organisations.csv")))
    return tuple(places), tuple(form for form in everyone if form not in places)


#: Demonyms of the made-up names by which `calibrated` has texts read.
MADE_UP_DEMONYMS = frozenset({"targetlandish", "sourcelandish"})


@cache
def read_demonyms() -> frozenset[str]:
    """Return the last words of all demonyms, in lower case: names that stand as adjectives."""
    words = {form.split()[-1].lower() for row in country_rows().values() for form in row.demonyms}
    more = {"western", "european", "african", "arab", "kurdish", "palestinian"}
    return frozenset(words | more | MADE_UP_DEMONYMS)


@cache
def read_armed() -> frozenset[str]:
    """Return the groups of the table that are named in one word, in lower case."""
    forms = (row["form"].lower() for row in _rows("organisations.csv") if row["kind"] == "group")
    return frozenset(form for form in forms if form.isalpha())

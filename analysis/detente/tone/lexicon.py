"""The lexicon of the scorer "target" for readers: entries found, and VADER's valence beside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

import pandas as pd
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from detente import wording
from detente.tone.target.inflection import expand_entry
from detente.tone.target.lexicon import KINDS, Entry, read_lexicon

__all__ = [
    "KIND_MEANINGS",
    "VADER_ORIGIN",
    "compare_with_vader",
    "lexicon_folder",
    "lexicon_table",
    "own_forms",
    "summarise_lexicon",
    "table_of",
]

#: Origin of the words that stand in the lexicon because VADER has them and no entry of ours.
VADER_ORIGIN = "vaderSentiment"

#: What an entry of each kind is.
KIND_MEANINGS: Mapping[str, str] = MappingProxyType(
    {
        "bond": "names a tie of the two sides: friend, ally, partner",
        "stance": "says how the speaker stands to somebody: trust, disappointed",
        "verdict": "judges what it names next: condemn, praise, thank",
        "sorrow": "shares in a misfortune: condolences",
        "contact": "meeting, talking, agreeing",
        "measure": "a hostile step that a state takes: sanction, expel, recall",
        "deed": "something done, blamed on whoever does it",
        "apology": "warm where offered, a claim where asked for",
        "regret": "warm of one's own act, cold of the other's",
        "demand": "asks the other side to do or stop something",
        "ender": "ends what follows: an ended quarrel is warm, an ended friendship cold",
        "breaker": "stops what follows: a suspended visit is cold",
        "denial": "denies what the other side says",
        "topic": "what is spoken of, without tone: war, missile, crisis",
        "terror": "an attack or disaster: condemning it together is warm",
        "violence": "violent acts, blamed on whoever does them",
        "fault": "mistakes made, judged by who made them; warm if one's own and owned up to",
        "general": "a word of general mood",
        "situation": "a bad state of things, blamed only on who stands beside it",
        "wish": "a hope: warm, unless it is for the other side to behave",
    }
)


def lexicon_folder() -> Path:
    """Return the folder that holds the lexicon's tables.

    Returns
    -------
    Path
        A folder with diplomatic.csv.

    Examples
    --------
    >>> (lexicon_folder() / "diplomatic.csv").is_file()
    True
    """
    return Path(str(files("detente.tone.target"))) / "_data"


def lexicon_table(extra: Sequence[Entry] = ()) -> pd.DataFrame:
    """Return every entry that is in force.

    Parameters
    ----------
    extra : sequence of Entry, optional
        A study's own entries, which win over those of the same wording.

    Returns
    -------
    DataFrame
        One row per entry, a study's first, then ours, then VADER's words that we have no
        entry for: entry (with marks: ``@v`` all forms of a verb, ``@n`` also the plural),
        valence (-4 to +4), kind, note, origin, vader (the valence of the same word in VADER's
        lexicon; missing where it has none, and for entries of several words), vader_words
        (of several words, those that VADER has, with their valence), overrides (entries
        whose place a study's entry takes, with their valence) and move (what of the valence
        comes from codings of constructed statements, -1 to 1; the rest was set by hand).

    Examples
    --------
    >>> table = lexicon_table([Entry("grain deal", 1.5, "contact", origin="study")])
    >>> table["entry"].iloc[0], bool((table["origin"] == "detente").any())
    ('grain deal', True)
    """
    own = own_forms(extra)
    merged = {**read_lexicon(), **own}
    # Of Entry objects each once, in the order of their first wording.
    entries = dict.fromkeys([*own.values(), *merged.values()])
    order = {"detente": 1, VADER_ORIGIN: 2}
    return table_of(sorted(entries, key=lambda entry: order.get(entry.origin, 0)), extra)


def table_of(entries: Iterable[Entry], extra: Sequence[Entry] = ()) -> pd.DataFrame:
    """Return some entries as `lexicon_table` gives them.

    Parameters
    ----------
    entries : iterable of Entry
        The entries, in the order of the rows.
    extra : sequence of Entry, optional
        A study's own entries.

    Returns
    -------
    DataFrame
        One row per entry.

    Examples
    --------
    >>> table_of([Entry("grain deal", 1.5, "contact")])["valence"].tolist()
    [1.5]
    """
    replaced = _overridden(extra)
    rows = [_row(entry, replaced.get(entry.entry, "")) for entry in entries]
    return pd.DataFrame(rows, columns=_COLUMNS).astype(_DTYPES)


def compare_with_vader(entry: str) -> tuple[float | None, str]:
    """Return what VADER's lexicon has for an entry.

    Parameters
    ----------
    entry : str
        As the lexicon writes it, with marks or without.

    Returns
    -------
    tuple of float or None, and str
        The valence of the entry's own wording; None where VADER has none, as for all entries
        of several words. Then, of several words, those that VADER has, with their valence.

    Examples
    --------
    >>> compare_with_vader("thank@v")[0] > 0, compare_with_vader("summon@v")
    (True, (None, ''))
    >>> compare_with_vader("stab in the back")
    (None, 'stab −2.8')
    """
    lexicon = _vader()
    words = expand_entry(entry)[0]
    if len(words) == 1:
        return lexicon.get(words[0]), ""
    told = [f"{word} {wording.degrees(lexicon[word], 1)}" for word in words if word in lexicon]
    return None, ", ".join(told)


def summarise_lexicon(extra: Sequence[Entry] = ()) -> pd.DataFrame:
    """Count the entries in force by kind.

    Parameters
    ----------
    extra : sequence of Entry, optional
        A study's own entries.

    Returns
    -------
    DataFrame
        One row per kind, and where VADER's words stand in for ours one row more of the kind
        "general": kind, origin, n (entries), n_phrases (of several words), lowest, highest
        (valence), n_in_vader (words that VADER has too) and meaning.

    Examples
    --------
    >>> summary = summarise_lexicon()
    >>> int(summary["n"].sum()) == len(lexicon_table())
    True
    """
    table = lexicon_table(extra)
    table = table.assign(
        is_phrase=table["entry"].str.contains("[ -]", regex=True),
        is_in_vader=table["vader"].notna(),
        place=table["kind"].map({kind: place for place, kind in enumerate(KINDS)}),
        origin=table["origin"].where(table["origin"].isin(["detente", VADER_ORIGIN]), "study"),
    )
    summary = (
        table.groupby(["place", "kind", "origin"], sort=True)
        .agg(
            n=("entry", "size"),
            n_phrases=("is_phrase", "sum"),
            lowest=("valence", "min"),
            highest=("valence", "max"),
            n_in_vader=("is_in_vader", "sum"),
        )
        .reset_index()
    )
    return summary.drop(columns="place").assign(
        meaning=summary["kind"].map(lambda kind: KIND_MEANINGS.get(kind, ""))
    )


_DTYPES = {
    "entry": "str",
    "valence": "float64",
    "kind": "str",
    "note": "str",
    "origin": "str",
    "vader": "float64",
    "vader_words": "str",
    "overrides": "str",
    "move": "float64",
}
_COLUMNS = tuple(_DTYPES)


def _row(entry: Entry, overrides: str) -> dict[str, object]:
    vader, words = compare_with_vader(entry.entry)
    return {
        "entry": entry.entry,
        "valence": entry.valence,
        "kind": entry.kind,
        "note": entry.note,
        "origin": entry.origin,
        "vader": vader,
        "vader_words": words,
        "overrides": overrides,
        "move": entry.move,
    }


def own_forms(extra: Sequence[Entry]) -> dict[tuple[str, ...], Entry]:
    """Return a study's own entries by each of their forms.

    Parameters
    ----------
    extra : sequence of Entry
        The entries.

    Returns
    -------
    dict of tuple of str to Entry
        As `read_lexicon` does for the others.

    Examples
    --------
    >>> sorted(own_forms([Entry("grain deal@n", 1.5, "contact")]))
    [('grain', 'deal'), ('grain', 'deals')]
    """
    return {form: entry for entry in extra for form in expand_entry(entry.entry)}


def _overridden(extra: Sequence[Entry]) -> dict[str, str]:
    """Return for each of a study's entries whose place it takes, in words."""
    lexicon = read_lexicon()
    told: dict[str, str] = {}
    for entry in extra:
        before = dict.fromkeys(
            lexicon[form] for form in expand_entry(entry.entry) if form in lexicon
        )
        told[entry.entry] = ", ".join(
            f"{old.entry} {wording.degrees(old.valence, 1)} ({old.kind})" for old in before
        )
    return told


@cache
def _vader() -> Mapping[str, float]:
    lexicon: dict[str, float] = SentimentIntensityAnalyzer().lexicon
    return MappingProxyType(lexicon)

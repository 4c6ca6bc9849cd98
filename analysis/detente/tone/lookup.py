"""Words looked up in the lexicon of the scorer "target"."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher, get_close_matches
from itertools import takewhile

import pandas as pd

from detente.errors import BadArgumentError
from detente.tone.lexicon import own_forms, table_of
from detente.tone.target.inflection import expand_entry
from detente.tone.target.lexicon import Entry, read_grammar, read_lexicon, read_parties

__all__ = ["entries_within", "find_entries", "near_entries", "no_entry_since"]

#: Phrases offered where nothing matches.
_N_NEAR = 5

#: Letters that words of one stem begin with, and the likeness of a word and its misspelling: of
#: those that begin so, and of others.
_STEM, _SLIP, _FAR_SLIP = 4, 0.85, 0.9


def find_entries(text: str, extra: Sequence[Entry] = ()) -> pd.DataFrame:
    """Find the entries that a word or phrase meets.

    Parameters
    ----------
    text : str
        A word or phrase as it may stand in a statement, in any case and form ("summoned"), or
        an entry as the lexicon writes it ("summon@v").
    extra : sequence of Entry, optional
        A study's own entries.

    Returns
    -------
    DataFrame
        As `lexicon_table` gives them, with a first column `match`: "entry" (the one that counts:
        the wording or one of its forms), "form" (another entry of which the words are a form,
        which gives way to it), "begins" (a longer entry that begins with these words) or
        "contains" (one that has them side by side behind its first word); in this order, and
        empty where nothing is found.

    Raises
    ------
    BadArgumentError
        The text has no word.

    Examples
    --------
    >>> found = find_entries("thanked")
    >>> found["match"].iloc[0], bool(found["valence"].iloc[0] > 0)
    ('entry', True)
    """
    words = _words(text)
    merged = {**read_lexicon(), **own_forms(extra)}
    exact = merged.get(words)
    n = len(words)
    # An entry stands for several forms; one that begins with the words counts as such.
    longer: dict[Entry, bool] = {}
    for form, entry in merged.items():
        if len(form) > n and words[0] in form:
            begins = form[:n] == words
            if begins or any(form[i : i + n] == words for i in range(1, len(form) - n + 1)):
                longer[entry] = longer.get(entry, False) or begins
    found = [("entry", exact)] if exact else []
    found += [
        ("form", entry)
        for entry in dict.fromkeys(merged.values())
        if entry is not exact
        and len(entry.entry.replace("-", " ").split()) == n
        and words in expand_entry(entry.entry)
    ]
    for match, is_first in (("begins", True), ("contains", False)):
        found += [
            (match, e) for e, begins in longer.items() if begins == is_first and e is not exact
        ]
    table = table_of((entry for _, entry in found), extra)
    table.insert(0, "match", pd.Series([match for match, _ in found], dtype="str"))
    return table


def entries_within(text: str, extra: Sequence[Entry] = ()) -> dict[str, Entry]:
    """Return the entries that stand within a phrase, as a text is read: the longest first.

    Parameters
    ----------
    text : str
        A phrase.
    extra : sequence of Entry, optional
        A study's own entries.

    Returns
    -------
    dict of str to Entry
        The words of the phrase, in its order, and the entry that they meet.

    Examples
    --------
    >>> {words: entry.entry for words, entry in entries_within("was summoned by").items()}
    {'summoned': 'summon@v'}
    """
    words = _words(text)
    merged = {**read_lexicon(), **own_forms(extra)}
    found: dict[str, Entry] = {}
    first = 0
    while first < len(words):
        ends = (end for end in range(len(words), first, -1) if words[first:end] in merged)
        end = next(ends, None)
        if end is not None:
            found[" ".join(words[first:end])] = merged[words[first:end]]
        first = first + 1 if end is None else end
    return found


def no_entry_since(text: str) -> str:
    """Say why some words are no entry although texts are read by them.

    Parameters
    ----------
    text : str
        A word or phrase.

    Returns
    -------
    str
        That it is a grammar word, or a name of a party; empty for other words.

    Examples
    --------
    >>> no_entry_since("not")
    "'not' is a grammar word (negator): it changes what stands beside it and has no valence."
    """
    words = _words(text)
    grammar = read_grammar().get(words)
    if grammar is not None:
        return (
            f"{text!r} is a grammar word ({grammar.kind}): it changes what stands beside it and "
            "has no valence."
        )
    names = {tuple(form.lower().split()) for forms in read_parties() for form in forms}
    if words in names:
        return f"{text!r} is a name: it says who is spoken of and has no valence."
    return ""


def near_entries(text: str, extra: Sequence[Entry] = ()) -> list[str]:
    """Return wordings of the lexicon that resemble a word or phrase, the nearest first.

    A single word is offered words of the same stem and slips of the pen, not words that look alike
    and mean something else, such as "killing" for "filling".

    Parameters
    ----------
    text : str
        A word or phrase.
    extra : sequence of Entry, optional
        A study's own entries.

    Returns
    -------
    list of str
        At most five; empty where nothing is near.

    Examples
    --------
    >>> "unacceptable" in near_entries("unaceptable")
    True
    """
    words = _words(text)
    known = [
        " ".join(form)
        for form in {**read_lexicon(), **own_forms(extra)}
        if len(form) == len(words) and (len(words) == 1 or set(form) & set(words))
    ]
    wanted = " ".join(words)
    if len(words) == 1:
        known = [word for word in known if _is_kin(wanted, word)]
    return get_close_matches(wanted, known, n=_N_NEAR, cutoff=0.75)


def _is_kin(word: str, other: str) -> bool:
    """Tell whether two words have a stem in common or differ by a slip in a long word."""
    pairs = zip(word, other, strict=False)
    n_shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    if n_shared >= max(_STEM, len(word) - 1):
        return True
    slip = _SLIP if n_shared >= _STEM else _FAR_SLIP
    return word[0] == other[0] and SequenceMatcher(None, word, other).ratio() >= slip


def _words(text: str) -> tuple[str, ...]:
    try:
        forms = expand_entry(" ".join(str(text).split()))
    except (KeyError, IndexError) as error:
        raise BadArgumentError(
            f"{text!r} has a mark that the lexicon does not know.",
            remedy="Marks are @v (a verb's forms), @n (the plural) and not@x.",
        ) from error
    if not forms[0]:
        raise BadArgumentError(f"{text!r} has no word.", remedy='Give one, such as "protest".')
    return forms[0]

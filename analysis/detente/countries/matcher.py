"""One compiled pattern for a set of forms and everything that only looks like them.

The pattern is a trie of characters, so its cost hardly grows with the number of forms. It
also holds the phrases that must win over a form (decoys: "North Korea" for "Korea") and, for
weak forms, the names of the rivals; what was matched is then looked up in a table.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from functools import cache, lru_cache
from typing import Any, Final

from detente.countries.aliases import form_owners
from detente.countries.guards import is_person
from detente.countries.leaders import guarded_surnames
from detente.countries.spelling import APOSTROPHES, HYPHENS, canonical, capitals_of
from detente.countries.table import country_rows, decoy_phrases

__all__ = ["Matcher", "matcher_of"]


class _Kind(Enum):
    FORM = 1
    GUARDED = 2
    WEAK = 3
    RIVAL = 4
    DECOY = 5


_END: Final = ""
_SEPARATOR: Final = "\x00"
#: What goes on with a word: a letter, a digit, or a mark on the letter before.
_WORD: Final = r"[\w\u0300-\u036f]"
_BOUND: Final = f"(?!{_WORD})"
_TOKENS: Final = re.compile(r"\w+")


class Matcher:
    """Finds the forms of one set in texts.

    Parameters
    ----------
    forms : tuple of str
        Surface forms; where two are spellings of one, the first is reported.

    Examples
    --------
    >>> Matcher(("Korea", "Seoul")).spans("Seoul and North Korea")
    [(0, 5, 'Seoul')]
    """

    def __init__(self, forms: tuple[str, ...]) -> None:
        self._kinds: dict[str, tuple[_Kind, str]] = {}
        weak = _weak_forms()
        for form in forms:
            kind = _Kind.FORM
            if form in guarded_surnames():
                kind = _Kind.GUARDED
            elif form in weak:
                kind = _Kind.WEAK
            self._add(form, kind)
        self._has_weak = any(kind is _Kind.WEAK for kind, _ in self._kinds.values())
        for form in _rival_forms(forms):
            self._add(form, _Kind.RIVAL)
        for phrase in _decoys(forms):
            self._add(phrase, _Kind.DECOY)
        # A pattern of nothing would match everywhere; this one matches nowhere.
        self._pattern = re.compile(_trie_pattern(self._kinds) if self._kinds else r"(?!)", re.S)

    def spans(self, text: str) -> list[tuple[int, int, str]]:
        """Return start, end and form of each mention, from left to right."""
        return _kept(list(self._matches(text)))

    def all_spans(self, texts: Sequence[str]) -> list[list[tuple[int, int, str]]]:
        """Return for each text what `spans` gives for it."""
        found: list[list[tuple[int, int, _Kind, str]]] = [[] for _ in texts]
        # No form goes on over a NUL, and none begins or ends otherwise beside one.
        joined = _SEPARATOR.join(texts)
        row = begin = 0
        end = len(texts[0]) if texts else 0
        for match in self._pattern.finditer(joined):
            start, stop = match.span()
            while start > end:
                row, begin = row + 1, end + 1
                end = begin + len(texts[row])
            raw = match.group()
            kind, form = self._kinds.get(raw) or self._kinds[canonical(raw)]
            if kind is _Kind.GUARDED:
                if not is_person(texts[row], start - begin, stop - begin):
                    continue
                kind = _Kind.FORM
            found[row].append((start - begin, stop - begin, kind, form))
        return [_kept(one) if one else [] for one in found]

    def names(self, text: str) -> bool:
        """Tell whether there is a mention; stops at the first sure one."""
        is_weak = is_rival = False
        for _, _, kind, _ in self._matches(text):
            if kind is _Kind.FORM:
                return True
            is_weak |= kind is _Kind.WEAK
            is_rival |= kind is _Kind.RIVAL
        return is_weak and not is_rival

    def _add(self, form: str, kind: _Kind) -> None:
        spelling = canonical(form)
        self._kinds.setdefault(spelling, (kind, form))
        # A guarded surname is known by its neighbours' small letters; capitals hide them.
        if kind is not _Kind.GUARDED:
            self._kinds.setdefault(canonical(capitals_of(spelling)), (kind, form))

    def _matches(self, text: str) -> Iterator[tuple[int, int, _Kind, str]]:
        for match in self._pattern.finditer(text):
            raw = match.group()
            kind, form = self._kinds.get(raw) or self._kinds[canonical(raw)]
            if kind is _Kind.GUARDED:
                if not is_person(text, *match.span()):
                    continue
                kind = _Kind.FORM
            yield *match.span(), kind, form


def _kept(found: list[tuple[int, int, _Kind, str]]) -> list[tuple[int, int, str]]:
    """Return the mentions among what was found in one text."""
    is_named = any(kind is _Kind.RIVAL for _, _, kind, _ in found)
    kept = (_Kind.FORM,) if is_named else (_Kind.FORM, _Kind.WEAK)
    return [(start, end, form) for start, end, kind, form in found if kind in kept]


# Every country with every change of its leaders gives some 2,400 sets, a few ms each.
@lru_cache(maxsize=4096)
def matcher_of(forms: tuple[str, ...]) -> Matcher:
    """Return the matcher of these forms, compiled once.

    Parameters
    ----------
    forms : tuple of str
        Surface forms.

    Returns
    -------
    Matcher
        Kept for the next call with the same forms.
    """
    return Matcher(forms)


def _trie_pattern(spellings: Iterable[str]) -> str:
    trie: dict[str, Any] = {}
    for spelling in spellings:
        for variant in {spelling, unicodedata.normalize("NFD", spelling)}:
            node = trie
            for char in variant:
                node = node.setdefault(char, {})
            node[_END] = _is_word(variant[-1])
    # The bound on the left stands behind the first character: a pattern that begins with
    # plain characters lets the regex engine skip to the next one of them.
    return "|".join(
        _piece(char) + (f"(?<!{_WORD}.)" if _is_word(char) else "") + _branches(trie[char])
        for char in sorted(trie)
    )


def _branches(node: dict[str, Any]) -> str:
    stem = ""
    # Most of a form is a single road; walking it in a loop spares a call for each character.
    while len(node) == 1 and _END not in node:
        ((char, node),) = node.items()
        stem += _piece(char)
    ends = [_piece(char) + _branches(node[char]) for char in sorted(node) if char != _END]
    # The end comes last, so that the longest form wins.
    if _END in node:
        ends.append(_BOUND if node[_END] else "")
    return stem + (ends[0] if len(ends) == 1 else f"(?:{'|'.join(ends)})")


def _piece(char: str) -> str:
    if char == " ":
        return r"\s+"
    if char == "'":
        return f"[{APOSTROPHES}]"
    if char == "-":
        return f"[{re.escape(HYPHENS)}]"
    return re.escape(char)


def _is_word(char: str) -> bool:
    return re.match(_WORD, char) is not None


@cache
def _weak_forms() -> dict[str, frozenset[str]]:
    """Weak forms, to the countries that share them or are their rivals."""
    shared: dict[str, set[str]] = {}
    for row in country_rows().values():
        for form in row.weak:
            shared.setdefault(form, set()).update(row.rivals)
    return {form: frozenset(codes) for form, codes in shared.items()}


def _rival_forms(forms: tuple[str, ...]) -> list[str]:
    """Return the sure forms of the rivals of the weak ones among `forms`."""
    weak, given = _weak_forms(), set(forms)
    codes = sorted({code for form in forms for code in weak.get(form, ())})
    return [form for code in codes for form in country_rows()[code].strong if form not in given]


@cache
def _phrases() -> dict[str, list[tuple[str, str]]]:
    """All known phrases of several words by each of their words, with their words in a row."""
    by_word: dict[str, list[tuple[str, str]]] = {}
    for phrase in dict.fromkeys((*decoy_phrases(), *form_owners())):
        words = _TOKENS.findall(phrase)
        if len(words) > 1:
            for word in set(words):
                by_word.setdefault(word, []).append((phrase, f" {' '.join(words)} "))
    return by_word


def _decoys(forms: tuple[str, ...]) -> list[str]:
    """Return the known phrases that hold a known form and mean something else."""
    owners, phrases, given = form_owners(), _phrases(), set(forms)
    found: dict[str, None] = {}
    for form in forms:
        words = _TOKENS.findall(form)
        if form not in owners or not words:
            continue
        wanted = f" {' '.join(words)} "
        for phrase, row in phrases.get(words[0], ()):
            if (
                wanted in row
                and phrase not in given
                and not owners[form] & owners.get(phrase, set())
            ):
                found[phrase] = None
    return list(found)

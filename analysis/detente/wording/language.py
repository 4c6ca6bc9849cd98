"""The language of what a reader sees: sentences are written in English and looked up here.

A sentence stands in the code as it reads in English, with named places for its parts::

    wording.say("{n} of {days} have no statement", n=3, days=wording.count(9, "day"))

In another language the same call gives the sentence of ``_data/LANGUAGE.po``. What a file keeps
for machines (verdicts, column names, identifiers) stays English; what a study's owner wrote
(labels, titles, statements) stays as it was written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from detente.errors import BadArgumentError, did_you_mean

if TYPE_CHECKING:
    from babel import Locale

__all__ = [
    "LANGUAGES",
    "figures",
    "language",
    "locale",
    "mark",
    "say",
    "say_as",
    "say_count",
    "use_language",
]

#: Languages by their ISO 639-1 codes, each with the locale of its numbers and dates.
LANGUAGES: Mapping[str, str] = {"en": "en_GB", "tr": "tr_TR", "ru": "ru_RU"}

#: Place of a noun's form in a catalogue, by the categories of the Unicode CLDR; a Turkish noun
#: has one form beside any number.
_FORMS: Mapping[str, Mapping[str, int]] = {"tr": {}, "ru": {"one": 0, "few": 1, "many": 2}}

_ENGLISH = "en"
_current: ContextVar[str] = ContextVar("language", default=_ENGLISH)


@dataclass(frozen=True)
class _Catalogue:
    """Sentences of one language by context and English text."""

    texts: Mapping[tuple[str, str], str | tuple[str, ...]]
    form: Callable[[int], int]

    def one(self, context: str, text: str) -> str:
        found = self.texts.get((context, text), text)
        return found if isinstance(found, str) else found[0]

    def many(self, one: str, many: str, n: int) -> str:
        found = self.texts.get(("", one))
        if isinstance(found, tuple):
            return found[self.form(n)]
        return one if n == 1 else many


@cache
def _catalogue(code: str) -> _Catalogue:
    # Imported here: who reads English needs no catalogue.
    from babel.messages.pofile import read_po

    source = resources.files("detente.wording") / "_data" / f"{code}.po"
    with source.open("rb") as file:
        read = read_po(file, locale=LANGUAGES[code])
    texts: dict[tuple[str, str], str | tuple[str, ...]] = {}
    for message in read:
        if not message.id or message.fuzzy:
            continue
        english = message.id if isinstance(message.id, str) else message.id[0]
        told = message.string
        forms = (told,) if isinstance(told, str) else tuple(told or ())
        if forms and all(forms):
            texts[message.context or "", english] = forms[0] if isinstance(told, str) else forms
    category = _locale(code).plural_form
    return _Catalogue(texts, lambda n: _FORMS[code].get(category(n), 0))


def language() -> str:
    """Return the language in which sentences are made now.

    Returns
    -------
    str
        Its ISO 639-1 code, one of `LANGUAGES`; "en" unless `use_language` says otherwise.
    """
    return _current.get()


@contextmanager
def use_language(code: str) -> Iterator[None]:
    """Make sentences, numbers, dates and names of countries in a language, within a block.

    Parameters
    ----------
    code : str
        One of `LANGUAGES`.

    Yields
    ------
    None

    Raises
    ------
    BadArgumentError
        There is no such language.

    Examples
    --------
    >>> from detente import wording
    >>> with use_language("tr"):
    ...     wording.number(1062.5, 1)
    '1.062,5'
    """
    if code not in LANGUAGES:
        raise BadArgumentError(
            f"There is no language {code!r}.",
            remedy=f"{did_you_mean(code, LANGUAGES)} Known are: {', '.join(LANGUAGES)}.".strip(),
        )
    token = _current.set(code)
    try:
        yield
    finally:
        _current.reset(token)


def locale() -> Locale | None:
    """Return how the language writes dates and names; None for English, which needs no table.

    Returns
    -------
    babel.Locale or None
    """
    code = _current.get()
    return None if code == _ENGLISH else _locale(code)


@cache
def _locale(code: str) -> Locale:
    from babel import Locale

    return Locale.parse(LANGUAGES[code])


def figures(text: str) -> str:
    """Return a number's figures with the separators of the language.

    Parameters
    ----------
    text : str
        Figures with commas between thousands and a decimal point.

    Returns
    -------
    str
        The same figures.
    """
    place = locale()
    if place is None:
        return text
    symbols = place.number_symbols["latn"]
    return text.translate({ord(","): symbols["group"], ord("."): symbols["decimal"]})


def mark(text: str) -> str:
    """Mark a text that is kept in a constant, to be said later by `say`.

    Parameters
    ----------
    text : str
        The text in English.

    Returns
    -------
    str
        The same text.
    """
    return text


def say(text: str, /, **parts: object) -> str:
    """Return a sentence, or a part of one, in the reader's language.

    Parameters
    ----------
    text : str
        English, written out in the call (or marked by `mark`), with places such as ``{month}``.
    **parts : object
        What stands in the places. Without parts, braces are braces.

    Returns
    -------
    str
        The text with its parts; English where the language lacks it.

    Examples
    --------
    >>> say("Level in {month}", month="May 2016")
    'Level in May 2016'
    """
    return say_as("", text, **parts)


def say_as(context: str, text: str, /, **parts: object) -> str:
    """Return a text that means two things in English and not in other languages.

    Parameters
    ----------
    context : str
        Which meaning, for translators.
    text : str
        As of `say`.
    **parts : object
        As of `say`.

    Returns
    -------
    str
        The text with its parts.

    Examples
    --------
    >>> say_as("of a statement", "warm")
    'warm'
    """
    code = _current.get()
    if code != _ENGLISH:
        text = _catalogue(code).one(context, text)
    return text.format(**parts) if parts else text


def say_count(one: str, many: str, n: int, /, **parts: object) -> str:
    """Return a sentence whose words hang on a count.

    Parameters
    ----------
    one, many : str
        English for one and for any other number, with the place ``{n}``.
    n : int
        How many; printed with separators of thousands.
    **parts : object
        What stands in other places.

    Returns
    -------
    str
        The sentence in the form that the language has for this number.

    Examples
    --------
    >>> say_count("{n} day is missing", "{n} days are missing", 2)
    '2 days are missing'
    """
    code = _current.get()
    text = one if n == 1 else many
    if code != _ENGLISH:
        text = _catalogue(code).many(one, many, n)
    return text.format(n=figures(f"{n:,}"), **parts)

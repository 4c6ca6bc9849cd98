"""In which language a text is written: only English can be scored, so foreign text is told.

The rule is made to be careful with English. Prose about two foreign countries is full of
foreign names, and a statistical classifier alone takes "Recep Tayyip Erdogan telephoned
Vladimir Putin" for Indonesian. So function words, which names never are, decide first, and
a text is called foreign only if it is so without its names too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from detente.statements.characters import LETTER, SPACE, chunks, join_texts
from detente.statements.classifier import load_classifier

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["OTHER_SCRIPT", "language_of"]

#: What a text mostly in letters that are not Latin is called where its language cannot be told:
#: the code of ISO 639-2 for a language without a code.
OTHER_SCRIPT = "mis"

#: A text of fewer words is called undetermined.
_MIN_WORDS = 3
#: Share of English function words from which a text is English without further asking.
_ENGLISH_SHARE = 0.15
#: Classifier probability from which a text is called foreign.
_FOREIGN_PROBABILITY = 0.7
#: Share of letters that are not Latin above which a text is never English.
_OTHER_SHARE = 0.5
#: Below this code point there are no other letters than Latin ones: Greek begins here.
_FIRST_OTHER = 0x370
#: Characters looked at; the first sentences tell the language of a long text.
_LOOKED_AT = 800

# Words that carry English grammar and are no frequent word of another language in Latin
# script (so not "in", "a", "is", "on", "was", "to", "for", "are", "he", "by", "it").
_ENGLISH_WORDS = """
    the of and that with his has had have from which would were their they this been not said
    says will but could should its than there when what who where into about these those
    because while before after between against must can our your you we she him them did does
    being more both other over under through during however also
"""
_ENGLISH = frozenset(_ENGLISH_WORDS.split())

# Written languages with official standing in a state. Creoles, dialects and regional
# languages of the model are left out: they attract English headlines and lists of names.
_LANGUAGES = """
    af am ar az be bg bn bs ca cs cy da de dz el en es et fa fi fr ga he hi hr hu hy id is it
    ja ka kk km ko ku ky lo lt lv mk mn mt my ne nl no pl ps pt ro ru si sk sl so sq sr sv sw
    ta tg th tk tl tr uk ur uz vi zh
"""

# Scripts written without spaces: Thai, Lao, Burmese, Khmer, kana, Han. A character counts
# as half a word there.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_NOT_PROSE = re.compile(r"https?://\S+|www\.\S+|[!-~]*[0-9@#_][!-~]*")
# What may be such a letter: neither below Greek nor a dash or quotation mark.
_FAR = re.compile(r"[^\x00-\u036f\u2000-\u206f]")
_WORD = re.compile(r"[^\W\d_]+")
_CAPITALISED = re.compile(r"\b[A-Z\u00c0-\u00de\u0110\u0130\u015e\u0160\u017d\u0410-\u042f]\S*")


def _languages(texts: Sequence[str]) -> list[str]:
    """Return the language of each text."""
    heads = [text[:_LOOKED_AT] for text in texts]
    found: list[str] = np.where(_is_english(heads), "en", "und").tolist()
    for row in _in_other_scripts(heads):
        found[row] = OTHER_SCRIPT
    rows: list[int] = []
    prose: list[str] = []
    for row in [row for row, language in enumerate(found) if language != "en"]:
        words = _NOT_PROSE.sub(" ", heads[row])
        unspaced = 0 if words.isascii() else len(_UNSPACED.findall(words))
        if len(_WORD.findall(words)) >= _MIN_WORDS or unspaced >= 2 * _MIN_WORDS:
            rows.append(row)
            prose.append(words)
    if not rows:
        return found
    # Loading the model takes most of a second, and English prose never needs it.
    classifier = load_classifier(tuple(_LANGUAGES.split()), _FOREIGN_PROBABILITY)
    doubtful: list[tuple[int, str, str]] = []
    for row, words, (label, is_likely) in zip(rows, prose, classifier.classify(prose), strict=True):
        if label == "en":
            found[row] = "en" if found[row] == "und" else found[row]
        elif is_likely:
            # Names may have decided. What is left without words in capitals must say the same.
            plain = words.lower() if words.isupper() else words
            doubtful.append((row, label, _CAPITALISED.sub(" ", plain)))
    again = classifier.classify([nameless for _, _, nameless in doubtful])
    for (row, label, _), (other, _) in zip(doubtful, again, strict=True):
        found[row] = label if other == label else found[row]
    return found


def _in_other_scripts(heads: Sequence[str]) -> list[int]:
    """Return which texts are mostly in letters that are not Latin, links and names of pages out."""
    rows = [row for row, head in enumerate(heads) if not head.isascii() and _FAR.search(head)]
    some = np.flatnonzero(_other_share([heads[row] for row in rows]) > 0)
    rows = [rows[place] for place in some.tolist()]
    share = _other_share([_NOT_PROSE.sub(" ", heads[row]) for row in rows])
    return [rows[place] for place in np.flatnonzero(share > _OTHER_SHARE).tolist()]


def _other_share(texts: Sequence[str]) -> npt.NDArray[np.float64]:
    """Return the share of letters that are not Latin among the letters of each text."""
    joined = join_texts(texts)
    is_letter = (joined.classes & LETTER) != 0
    far = np.flatnonzero(is_letter & (joined.points >= _FIRST_OTHER))
    points, which = np.unique(joined.points[far], return_inverse=True)
    is_other = np.array([not _is_latin(chr(point)) for point in points.tolist()], dtype=bool)
    before = np.append(0, np.cumsum(is_letter))
    text = np.searchsorted(joined.start, far[is_other[which]], side="right") - 1
    n_other = np.bincount(text, minlength=len(texts))
    share: npt.NDArray[np.float64] = n_other / np.maximum(
        before[joined.end] - before[joined.start], 1
    )
    return share


def _is_latin(letter: str) -> bool:
    # Compatibility forms (full width, mathematical alphabets) are the letters they stand for.
    plain = unicodedata.normalize("NFKC", letter)[0]
    return "LATIN" in unicodedata.name(plain, "")


def _is_english(heads: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Tell which texts function words alone show to be English."""
    joined = join_texts(heads)
    is_word = (joined.classes & SPACE) == 0
    is_word[joined.end] = False
    begins = is_word.copy()
    begins[1:] &= ~is_word[:-1]
    start = np.flatnonzero(begins)
    text = np.repeat(
        np.arange(len(heads)), np.diff(np.searchsorted(start, joined.start), append=len(start))
    )
    n_words = np.bincount(text, minlength=len(heads))
    # Function words are short: their letters fit into one number.
    packed = np.zeros(len(start), dtype=np.int64)
    alive = np.ones(len(start), dtype=bool)
    for place in range(_LONGEST + 1):
        at = np.minimum(start + place, len(is_word) - 1)
        alive &= is_word[at]
        if place == _LONGEST:
            break
        letter = joined.points[at].astype(np.int64)
        is_capital = (letter >= ord("A")) & (letter <= ord("Z"))
        letter = np.where(is_capital, letter + 32, letter)
        packed += np.where(alive, np.minimum(letter, 127), 0) << (8 * place)
    packed[alive] = 0  # longer words
    which = np.minimum(np.searchsorted(_PACKED, packed), len(_PACKED) - 1)
    known = np.flatnonzero(_PACKED[which] == packed)
    n_known = np.bincount(text[known], minlength=len(heads))
    result = (n_words >= _MIN_WORDS) & (n_known >= _ENGLISH_SHARE * n_words)
    # Two different ones: not every known word of a text is its first.
    is_first = np.append(True, text[known][1:] != text[known][:-1])[: len(known)]
    head = which[known][np.maximum.accumulate(np.where(is_first, np.arange(len(known)), 0))]
    differs = np.bincount(text[known][which[known] != head], minlength=len(heads)) > 0
    english: npt.NDArray[np.bool_] = result & differs
    return english


_LONGEST = max(map(len, _ENGLISH))
_PACKED = np.sort(
    [sum(ord(letter) << 8 * place for place, letter in enumerate(word)) for word in _ENGLISH]
).astype(np.int64)


def language_of(texts: Iterable[object]) -> npt.NDArray[np.str_]:
    """Return the language of each text.

    Parameters
    ----------
    texts : iterable of str, shape (n,)
        Texts of any length; the first 800 characters are looked at. A missing value counts
        as an empty text.

    Returns
    -------
    ndarray of str, shape (n,)
        ISO 639-1 code ("en", "tr", "ru", ...), or where the language cannot be told, as of
        fewer than 3 words (in scripts without spaces, fewer than 6 characters) or where none
        is likely enough: "mis" (`OTHER_SCRIPT`) of a text mostly in letters that are not
        Latin, else "und".

    Notes
    -----
    A text of any length with more letters that are not Latin than Latin ones, links left out,
    is never English. Another is English where at least 15 % of its words, and two different
    ones, are English function words that no other language in Latin script uses often. The rest
    goes to the naive Bayes classifier of py3langid [1]_ over languages with official standing
    in a state: English where that is the likeliest; another language where its probability is
    at least 0.7 and the text without its capitalised words is of that language too; else it
    cannot be told. Malay is reported as Indonesian; other close relatives (Bosnian, Croatian
    and Serbian) may be taken for each other. A text in two languages gets one.

    References
    ----------
    .. [1] M. Lui, T. Baldwin, "langid.py: an off-the-shelf language identification tool",
       ACL System Demonstrations, 2012.

    Examples
    --------
    >>> print(language_of(["Putin thanked Erdogan and said that he would visit Ankara.",
    ...                    "Rusya bizim komşumuz ve dostumuzdur.", "Thank you", "Спасибо"]))
    ['en' 'tr' 'und' 'mis']
    """
    series = pd.Series(list(texts), dtype="str").fillna("")
    codes, uniques = pd.factorize(series.to_numpy(object))
    distinct = uniques.tolist()
    found = [language for rows in chunks(distinct) for language in _languages(distinct[rows])]
    languages = np.array(found or ["und"], dtype=np.str_)
    return languages[codes] if len(codes) else languages[:0]

"""In which language a text is written: only English can be scored, so foreign text is told.

The rule is made to be careful with English. Prose about two foreign countries is full of
foreign names, and a statistical classifier alone takes "Recep Tayyip Erdogan telephoned
Vladimir Putin" for Indonesian. So function words, which names never are, decide first, and
a text is called foreign only if it is so without its names too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["language_of"]

#: A text of fewer words is called undetermined.
_MIN_WORDS = 3
#: Share of English function words from which a text is English without further asking.
_ENGLISH_SHARE = 0.15
#: Classifier probability from which a text is called foreign.
_FOREIGN_PROBABILITY = 0.7
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
_WORD = re.compile(r"[^\W\d_]+")
_CAPITALISED = re.compile(r"\b[A-Z\u00c0-\u00de\u0110\u0130\u015e\u0160\u017d\u0410-\u042f]\S*")


@cache
def _classifier() -> Any:
    # Loading the model takes most of a second, and English prose never needs it.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    classifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    classifier.set_languages(_LANGUAGES.split())
    return classifier


def _language(text: str) -> str:
    head = text[:_LOOKED_AT]
    words = head.lower().split()
    if len(words) >= _MIN_WORDS:
        english = [word for word in words if word in _ENGLISH]
        if len(english) >= _ENGLISH_SHARE * len(words) and len(set(english)) >= 2:
            return "en"
    prose = _NOT_PROSE.sub(" ", head)
    if len(_WORD.findall(prose)) < _MIN_WORDS and len(_UNSPACED.findall(prose)) < 2 * _MIN_WORDS:
        return "und"
    label, probability = _classifier().classify(prose)
    if label == "en":
        return "en"
    if probability < _FOREIGN_PROBABILITY:
        return "und"
    # Names may have decided. What is left without words in capitals must say the same.
    nameless = _CAPITALISED.sub(" ", prose.lower() if prose.isupper() else prose)
    return str(label) if _classifier().classify(nameless)[0] == label else "und"


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
        ISO 639-1 code ("en", "tr", "ru", ...), or "und" where the language cannot be told:
        fewer than 3 words (in scripts without spaces, fewer than 6 characters), or no
        language that is likely enough.

    Notes
    -----
    A text is English where at least 15 % of its words, and two different ones, are English
    function words that no other language in Latin script uses often. Other texts go to the
    naive Bayes classifier of py3langid [1]_ over languages with official standing in a
    state: English where that is the likeliest; another language where its probability is at
    least 0.7 and the text without its capitalised words is of that language too; else
    "und". Malay is reported as Indonesian; other close relatives (Bosnian, Croatian and
    Serbian) may be taken for each other. A text in two languages gets one.

    References
    ----------
    .. [1] M. Lui, T. Baldwin, "langid.py: an off-the-shelf language identification tool",
       ACL System Demonstrations, 2012.

    Examples
    --------
    >>> print(language_of(["Putin thanked Erdogan and said that he would visit Ankara.",
    ...                    "Rusya bizim komşumuz ve dostumuzdur.", "Thank you"]))
    ['en' 'tr' 'und']
    """
    series = pd.Series(list(texts), dtype="str").fillna("")
    codes, uniques = pd.factorize(series)
    languages = np.array([_language(text) for text in uniques] or ["und"], dtype=np.str_)
    return languages[codes] if len(codes) else languages[:0]

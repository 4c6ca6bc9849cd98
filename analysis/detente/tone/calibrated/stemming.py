"""Words cut to a common stem, so that "condemned" and "condemns" are one feature."""

from __future__ import annotations

from functools import cache

__all__ = ["stem"]

_VOWELS = frozenset("aeiouy")


@cache
def stem(word: str) -> str:
    """Return the stem of a lower-case word.

    Only plural, past, -ing, -ly and the silent e fall; what bears meaning (un-, -less, -able)
    stays. A stem need be no word; the table of weights gives a wording beside it.

    Parameters
    ----------
    word : str
        One word in lower case. A word with a mark or digit in it is returned as it is.

    Returns
    -------
    str
        The stem; irregular forms such as "told" give the stem of their base form.

    Examples
    --------
    >>> stem("condemned") == stem("condemns") == stem("condemning")
    True
    >>> stem("unacceptable"), stem("news"), stem("ties"), stem("strongly")
    ('unacceptabl', 'news', 'tie', 'strong')
    """
    if len(word) < 4 or not word.isalpha() or word in _IRREGULAR:
        return _IRREGULAR.get(word, word)
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ed", "ing"):
        base = word[: -len(ending)]
        if word.endswith(ending) and len(base) > 2 and any(c in _VOWELS for c in base):
            return _tidied(base)
    if word.endswith("ly") and len(word) > 5:
        word = word[:-2]
    return _tidied(word)


def _tidied(base: str) -> str:
    """Undo doubled consonants and drop a silent e."""
    if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "aeiouls":
        return base[:-1]
    if len(base) > 3 and base.endswith("e"):
        return base[:-1]
    return base


_IRREGULAR = {
    "ties": "tie", "news": "news", "said": "say", "says": "say", "told": "tell", "made": "make",
    "does": "do", "did": "do", "has": "have", "had": "have", "was": "be", "were": "be",
    "is": "be", "are": "be", "been": "be", "gave": "give", "given": "give", "took": "take",
    "taken": "take", "met": "meet", "stood": "stand", "spoke": "speak", "saw": "see",
    "seen": "see", "held": "hold", "shot": "shoot", "broke": "break", "broken": "break",
    "this": "this", "his": "his", "its": "its", "went": "go", "came": "come", "felt": "feel",
    "kept": "keep", "left": "leave", "led": "lead", "found": "find", "thought": "think",
    "bring": "bring", "thing": "thing", "during": "during", "need": "need", "indeed": "indeed",
    "always": "always", "perhaps": "perhaps", "towards": "toward", "crimes": "crime",
    "united": "united", "evening": "evening", "morning": "morning", "anything": "anything",
    "nothing": "nothing", "something": "something", "everything": "everything",
    "only": "only", "early": "early", "family": "family", "ally": "ally", "rely": "rely",
    "reply": "reply", "supply": "supply", "apply": "apply", "species": "species",
}  # fmt: skip

"""When a surname that is also a common word, or very common, may stand alone.

"Abe told Moon" names a president; "a Moon landing", "Gezi Park" and "Park Avenue" do not.
The rule, for surnames marked `inside` in the table of leaders, in this order:

1. after a title ("President Moon", "Mr. Park") it is the person;
2. before another capitalised word it is somebody or something else ("Park Jin", "Moon Palace");
3. after an article it is the person only before a word such as "administration";
4. at the start of a sentence it is not read, since every word is capitalised there;
5. right after a capitalised word it belongs to that one ("Gezi Park"), unless that word is
   one of those that open a sentence or a clause ("After Moon took office"), or a participle
   that opens one ("Meeting Park");
6. everywhere else it is the person.
"""

from __future__ import annotations

import re

__all__ = ["is_person"]

_TITLE = re.compile(
    r"(?:\b(?:[Pp]resident|[Pp]remier|[Mm]inister|[Ss]ecretary|[Cc]hairman|[Cc]hancellor|PM|FM"
    r"|[Ss]pokes(?:man|woman|person)|[Ll]eader|Mr|Mrs|Ms)|(?:Mr|Mrs|Ms)\.)\s+\Z"
)
_BEFORE = re.compile(r"(\w+)\s+\Z")
_SENTENCE_START = re.compile(r"(?:\A|[.!?:;\n\u2026])[\s\"'\u2018\u2019\u201c\u201d()\[\]*-]*\Z")
_NEXT_CAPITAL = re.compile(r"[ \t]+([^\W\d_])")
_GOVERNMENT = re.compile(r"\s+(?:administration|government|presidency|cabinet|era)\b")
_ARTICLES = frozenset({"a", "an", "the", "A", "An", "The"})
_OPENERS = frozenset(
    re.findall(
        r"\w+",
        """After Also Although And As At Before Beside Both But By During For From If In Like On
        Since Than That Then Though To Under Unlike Until When Whether While With Yet
        Monday Tuesday Wednesday Thursday Friday Saturday Sunday""",
    )
)
#: A title and its spaces are never longer than this.
_LOOK_BACK = 40


def is_person(text: str, start: int, end: int) -> bool:
    """Tell whether ``text[start:end]``, a guarded surname, stands for its bearer.

    Parameters
    ----------
    text : str
        The whole text.
    start, end : int
        Where the surname stands, 0 <= start < end <= len(text).

    Returns
    -------
    bool
        By the rule at the head of this module.

    Examples
    --------
    >>> text = "In Gezi Park, Abe told Park so."
    >>> is_person(text, 8, 12), is_person(text, 23, 27)
    (False, True)
    """
    # A letter stands for what was cut off, so that the cut is not taken for the text's start.
    before = text[:start] if start <= _LOOK_BACK else "x" + text[start - _LOOK_BACK : start]
    following = _NEXT_CAPITAL.match(text, end)
    if following and following[1].isupper():
        return False
    if _TITLE.search(before):
        return True
    word = _BEFORE.search(before)
    if word and word[1] in _ARTICLES:
        return _GOVERNMENT.match(text, end) is not None
    if _starts_sentence(before):
        return False
    if word and word[1][0].isupper():
        opens = word[1].endswith("ing") and _starts_sentence(before[: word.start()])
        return opens or word[1] in _OPENERS
    return True


def _starts_sentence(before: str) -> bool:
    return _SENTENCE_START.search(before) is not None

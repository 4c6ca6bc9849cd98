"""Sentences of official prose: where one ends and the next begins.

A full stop ends a sentence only if what stands before it is no abbreviation and what
follows can begin a sentence. Both questions are asked of a bounded stretch around the
stop, so the time grows in proportion to the length of the text.
"""

from __future__ import annotations

import re

__all__ = ["split_sentences"]

_STOPS = ".!?…؟۔։।。！？"
_CLOSERS = "\"'”’“»›)\\]}"  # the opening “ closes in German and where quotes are mistyped
_OPENERS = "\"'“‘«„‹({\\[¿¡—–•-"

#: A run of stops, the quotes, brackets and footnote marks that close after it, white space.
#: Possessive, and never begun inside a run: a row of 100,000 dots is read once.
_END = re.compile(
    rf"(?<![{_STOPS}])(?P<stop>[{_STOPS}]++)"
    rf"(?P<close>(?:[{_CLOSERS}]|\[\d{{1,3}}\]|\s(?=[)\]]))*+)\s++"
)

#: What may stand before the first letter of a sentence: quotes, brackets, a dialogue dash.
_LEAD = re.compile(rf"(?:[{_OPENERS}]\s{{0,3}}){{0,4}}")

#: The last word before a stop, free of opening quotes and of what is joined by a hyphen.
_LAST_WORD = re.compile(rf"[^\s/{_OPENERS}]*\Z")

#: How far the two questions look, in characters.
_LOOK_BACK, _LOOK_AHEAD = 32, 80


def _words(listing: str) -> frozenset[str]:
    return frozenset(listing.split())


#: Words that stand before a name or a number and so never end a sentence.
_TITLES = _words(
    """
    Mr Mrs Ms Mx Messrs Dr Drs Prof Gen Lt Col Maj Capt Cmdr Cdr Adm Brig Sgt Cpl Pvt
    Amb Hon Rev Fr Msgr Sen Rep Gov Pres Dep Asst Atty Supt Insp Mt Ft Art Arts Sec Fig Figs
    Doç Yrd Sn Av Alb Org Korg Tümg
    Yu Ya Ye Zh Kh Sh Ch Ts Dm
    vs cf viz ca approx e.g i.e resp
    гг стр им ул тов т.н
    """
)

#: Words before a number; without a number behind them their stop ends the sentence.
_BEFORE_NUMBERS = _words(
    """
    No Nos no nos Nr p pp para paras vol Vol ch art arts sec fig Res c
    Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec
    """
)

#: Abbreviations that may also stand at a sentence's end; the next word decides.
_EITHER = _words(
    """
    Inc Ltd Co Corp Bros Jr Sr St etc al Dept Govt Min Univ Intl Assn est Ph.D
    Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec
    т.д т.п др г
    """
)

#: Letters with stops between them: U.S, p.m, R.T
_ACRONYM = re.compile(r"(?:[^\W\d_]\.){1,6}[^\W\d_]\Z")

_HALF_DAY = frozenset({"a.m", "p.m", "A.M", "P.M"})

#: After "5 p.m." these go on with the time of day.
_TIME_GOES_ON = re.compile(
    r"(?:GMT|UTC|CET|CEST|EET|EEST|EST|EDT|MSK|TRT|JST|KST"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|\w{1,20}(?: standard)? time)\b"
)

#: Words that begin sentences and hardly ever follow an abbreviation inside one.
_STARTERS = _words(
    """
    The This That These Those He She It They We I You There Here His Her Its Their Our My Your
    In On At By For From With As Under To During But And Or Yet So If When While After Before
    Since Until Although Though However Moreover Meanwhile Despite Because According
    Earlier Later Now Then Thus Therefore Today Yesterday Tomorrow Once Instead Also Nevertheless
    Still What Who Why How Where Which Both Such Nor Not Only Some Many Most All Any Let No Yes
    Asked Speaking
    Он Она Они Оно Мы Вы Это Эти Но Если Когда После Как По На Так Также
    Bu Biz Ama Ancak Ve Onlar Şu
    """
)

#: The next word, with what a contraction adds ("It's"); neither "No." nor "So-called".
_NEXT_WORD = re.compile(r"([^\W\d_]{1,20})(?:['’][^\W\d_]{1,4})?(?![\w.'’-])")

#: An office of the State Department: the U.S. Under Secretary
_UNDER_SECRETARY = re.compile(r"Under[ -]?[Ss]ecretary")

#: "Why?" Putin asked. -- the quotation belongs to the sentence that reports it.
_ATTRIBUTION = re.compile(
    r"(?:[^\W\d_][\w.'’-]{0,30} ){1,4}?"
    r"(?:asked|said|added|replied|told|wondered|wrote|exclaimed|stated|insisted)[.,;:]"
)

#: A name that begins with a lower-case article.
_ARTICLED_NAME = re.compile(r"(?:al|el|as|ash|an|ar)-[A-Z]")

#: "1." or "IV." at the head of a sentence numbers it.
_NUMBERING = re.compile(r"(?:\d{1,3}|[IVX]{1,5})\Z")


def split_sentences(text: str) -> list[str]:
    """Split official prose into its sentences.

    Parameters
    ----------
    text : str
        Text of any length, in any script; rules for abbreviations are those of English
        with the commonest of Russian and Turkish.

    Returns
    -------
    list of str
        The sentences in order, each a stretch of `text` without white space at its ends;
        none is empty. Empty for a text of white space only.

    Notes
    -----
    A sentence ends at ``. ! ? …`` (or another script's full stop) plus the quotes and
    brackets that close there, where white space follows and the next word can begin a
    sentence: it begins with no lower-case letter. A single full stop does not end one after
    a title ("Gen."), an initial, a numbering, or before a number ("No. 5"); after "U.S.",
    "p.m." or "Inc." the next word decides. A blank line always ends a sentence, a single
    line break does not. Joined by spaces the sentences give the text back up to white space.

    Examples
    --------
    >>> split_sentences("Mr. Putin met R. T. Erdogan at 5 p.m. in the U.S. They spoke briefly.")
    ['Mr. Putin met R. T. Erdogan at 5 p.m. in the U.S.', 'They spoke briefly.']
    >>> split_sentences('He said: "It is a stab in the back." Trade fell by 4.5 percent.')
    ['He said: "It is a stab in the back."', 'Trade fell by 4.5 percent.']
    """
    sentences: list[str] = []
    for paragraph in _paragraphs(text):
        start = 0
        for end in _END.finditer(paragraph):
            if _is_end(paragraph, start, end):
                sentences.append(paragraph[start : end.end("close")].strip())
                start = end.end()
        sentences.append(paragraph[start:].strip())
    return [sentence for sentence in sentences if sentence]


def _paragraphs(text: str) -> list[str]:
    """Cut at blank lines; the pieces keep their line ends."""
    paragraphs: list[list[str]] = [[]]
    for line in text.splitlines(keepends=True):
        if line.isspace():
            paragraphs.append([])
        else:
            paragraphs[-1].append(line)
    return ["".join(lines) for lines in paragraphs]


def _is_end(text: str, start: int, end: re.Match[str]) -> bool:
    """Say whether the sentence begun at `start` ends at the stop `end`."""
    after = text[end.end() : end.end() + _LOOK_AHEAD]
    lead = _LEAD.match(after)
    following = after[lead.end() :] if lead else after
    first = following[:1]
    if not first:  # the text ends here, or goes on with quotes only
        return False
    if first in _STOPS:  # spaced dots: ". . ."
        return False
    if first.islower() and not _ARTICLED_NAME.match(following):
        return False

    stop, close, at = end["stop"], end["close"], end.start()
    is_bracketed = bool(close) and close[0] in ")]" and text[at - 1 : at] in {"(", "["}
    if is_bracketed:  # "(!)" and "[...]" stand inside a sentence
        return False
    if stop != ".":
        is_quotation = "?" in stop or "!" in stop
        return not (is_quotation and close and _ATTRIBUTION.match(following))

    before = text[max(start, at - _LOOK_BACK) : at]
    found = _LAST_WORD.search(before)
    word = found.group() if found else ""
    is_head = at - start <= _LOOK_BACK and before.strip() == word
    return _ends_after(word, following, is_head=is_head)


def _ends_after(word: str, following: str, *, is_head: bool) -> bool:
    """Say whether the full stop after `word` ends a sentence, `following` being what follows.

    `is_head` tells that the sentence so far consists of `word` alone.
    """
    if is_head and _NUMBERING.match(word):
        return False
    if word in _TITLES:
        return False
    if word in _BEFORE_NUMBERS and following[0].isdigit():
        return False
    if word in _HALF_DAY:
        return not _TIME_GOES_ON.match(following) and not following[0].isdigit()
    is_initial = len(word) == 1 and word.isupper()
    if is_initial or word in _EITHER or _ACRONYM.match(word):
        next_word = _NEXT_WORD.match(following)
        is_starter = next_word is not None and next_word[1] in _STARTERS
        return is_starter and not _UNDER_SECRETARY.match(following)
    return True

"""One stop at a time: whether a sentence ends there.

A full stop ends a sentence only if what stands before it is no abbreviation and what
follows can begin a sentence. Both questions are asked of a bounded stretch around the
stop, so the time grows in proportion to the length of the text.
"""

from __future__ import annotations

import re

__all__ = ["END", "LISTED", "is_end"]

_STOPS = ".!?…؟۔։।。！？"
_CLOSERS = "\"'”’“»›)\\]}"  # the opening “ closes in German and where quotes are mistyped
_OPENERS = "\"'“‘«„‹({\\[¿¡—–•-"

#: A run of stops, the quotes, brackets and footnote marks that close after it, white space.
#: Possessive, and never begun inside a run: a row of 100,000 dots is read once.
END = re.compile(
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

#: Every word that a plain look at its letters does not settle.
LISTED = _TITLES | _BEFORE_NUMBERS | _EITHER


def is_end(text: str, start: int, end: re.Match[str], limit: int | None = None) -> bool:
    """Say whether a sentence ends at a stop.

    Parameters
    ----------
    text : str
        What holds the sentence.
    start : int
        Where it begins.
    end : re.Match
        Of `END`, in `text`.
    limit : int, optional
        Where the paragraph ends; nothing behind it is looked at. Left out, the text's end.

    Returns
    -------
    bool
        Whether what follows the match is another sentence.
    """
    until = end.end() + _LOOK_AHEAD
    after = text[end.end() : until if limit is None else min(until, limit)]
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

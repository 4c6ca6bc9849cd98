"""Sentences in other languages: catalogues that lack nothing, numbers and dates as read there."""

from __future__ import annotations

import re
import string
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import detente
from detente import wording
from detente.countries import country_name
from detente.errors import BadArgumentError
from detente.wording.sentences import sentences

PACKAGE = Path(detente.__file__).parent
OTHERS = sorted(set(wording.LANGUAGES) - {"en"})


def _catalogue(code):
    with (PACKAGE / "wording" / "_data" / f"{code}.po").open("rb") as file:
        return read_po(file, locale=wording.LANGUAGES[code], abort_invalid=True)


def _places(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("code", OTHERS)
def test_a_catalogue_has_every_sentence_and_no_other(code):
    catalogue = _catalogue(code)
    kept = {
        (message.context or "", message.id if isinstance(message.id, str) else message.id[0])
        for message in catalogue
        if message.id
    }
    said = {(sentence.context, sentence.text) for sentence in sentences(PACKAGE)}
    assert kept == said, "run  python -m detente.wording"
    empty = [
        message.id
        for message in catalogue
        if message.id
        and not all([message.string] if isinstance(message.string, str) else message.string)
    ]
    assert not empty
    assert not [message.id for message in catalogue if message.id and message.fuzzy]


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_has_the_places_of_its_sentence(code):
    wrong = []
    for message in _catalogue(code):
        if not message.id:
            continue
        is_count = not isinstance(message.id, str)
        wanted = _places(message.id[-1] if is_count else message.id)
        for text in message.string if is_count else [message.string]:
            # A form for one may leave the number out: "a day".
            missing = wanted - _places(text) - ({"n"} if is_count else set())
            if missing or _places(text) - wanted:
                wrong.append((message.id, text))
    assert not wrong


def test_a_sentence_put_together_on_the_spot_is_refused(tmp_path):
    (tmp_path / "module.py").write_text('wording.say(f"on {day}")\n')
    with pytest.raises(ValueError, match=r"module\.py, line 1"):
        sentences(tmp_path)


def test_sentences_are_found_with_their_counts_and_meanings(tmp_path):
    (tmp_path / "module.py").write_text(
        'wording.say("on {day}", day=1)\nwording.say_as("tone", "warm")\n'
        'wording.say_count("{n} is", "{n} are", 2)\nwording.count(2, "day")\n'
        'KEPT = wording.mark("kept")\nwording.say(KEPT)\n"no".count("x")\nother.say("not ours")\n'
    )
    found = [(said.context, said.text, said.many) for said in sentences(tmp_path)]
    assert found == [
        ("", "on {day}", ""),
        ("tone", "warm", ""),
        ("", "{n} is", "{n} are"),
        ("", "{n} day", "{n} days"),
        ("", "kept", ""),
    ]


@pytest.mark.parametrize(
    ("code", "number", "day", "month", "country"),
    [
        ("en", "−1,062.5", "24 November 2015", "November 2015", "Turkey"),
        ("tr", "−1.062,5", "24 Kasım 2015", "Kasım 2015", "Türkiye"),
        ("ru", "−1\N{NO-BREAK SPACE}062,5", "24 ноября 2015", "ноябрь 2015", "Турция"),
    ],
)
def test_numbers_dates_and_countries_are_written_as_the_language_does(
    code, number, day, month, country
):
    with wording.use_language(code):
        assert wording.number(-1062.5, 1) == number
        assert wording.day_name(date(2015, 11, 24)) == day
        assert wording.month_name(date(2015, 11, 1)) == month
        assert country_name("TUR") == country
    assert wording.language() == "en"


@pytest.mark.parametrize(
    ("code", "short", "long", "far"),
    [
        (
            "en",
            "24–28 November 2015",
            "24 to 28 November 2015",
            "24 November 2015 to 3 December 2015",
        ),
        ("tr", *["24–28 Kasım 2015"] * 2, "24 Kasım 2015\N{NO-BREAK SPACE}– 3 Aralık 2015"),
        ("ru", *["24–28 ноября 2015"] * 2, "24 ноября 2015\N{NO-BREAK SPACE}– 3 декабря 2015"),
    ],
)
def test_days_are_joined_in_one_way_wherever_they_stand(code, short, long, far):
    first, last = date(2015, 11, 24), date(2015, 11, 28)
    with wording.use_language(code):
        assert wording.days_name(first, last, is_short=True) == short
        assert wording.days_name(first, last) == long
        for is_short in (False, True):
            assert wording.days_name(first, date(2015, 12, 3), is_short=is_short) == far
        assert wording.days_name(first, first) == wording.day_name(first)


def test_no_line_ends_within_a_russian_interval():
    narrow = "\N{NARROW NO-BREAK SPACE}"
    with wording.use_language("ru"):
        # After an ellipsis a line may end, unless a no-break space stands there.
        assert wording.interval(-12, 26) == f"\N{MINUS SIGN}12{narrow}…{narrow}+26"
    for message in _catalogue("ru"):
        for text in [message.string] if isinstance(message.string, str) else message.string:
            assert "}…{" not in text


@pytest.mark.parametrize(
    ("n", "text"), [(1, "1 день"), (2, "2 дня"), (5, "5 дней"), (11, "11 дней"), (21, "21 день")]
)
def test_nouns_follow_their_count(n, text):
    with wording.use_language("ru"):
        assert wording.count(n, "day") == text


def test_an_unknown_language_is_named_with_the_way_out():
    with pytest.raises(BadArgumentError, match=r"'tk'.*en, tr, ru"), wording.use_language("tk"):
        pass


def test_the_language_ends_with_its_block_even_where_that_fails():
    with pytest.raises(RuntimeError), wording.use_language("tr"):
        raise RuntimeError
    assert wording.language() == "en"


#: A term of statistics or of this package, and the stems that its translation has.
TERMS = [
    (r"confidence interval", "güven aralı", "доверительн"),
    (r"prediction interval", "öngörü aralı", "интервал[аы]? прогноза"),
    (r"profile interval", "profil aralı", "профильный интервал"),
    (r"\bplacebo\b", "plasebo", "плацебо"),
    (r"\bdrift", "sürüklen", "дрейф"),
    (r"\blikelihood\b", "olabilirli", "правдоподоби"),
    (r"out-of-fold", "kat dışı", "вне обучающей части"),
    (r"\bin-sample\b", "örneklem içi", "внутри выборки"),
    (r"\bspecification", "spesifikasyon", "спецификаци"),
    (r"\bepisode", "olay dönem", "эпизод"),
    (r"\bregime", "rejim", "режим"),
    (r"\bbreaks?\b", "kırılma", "перелом"),
    (r"\bscatter", "saçıl", "разброс|рассеян"),
    (r"\bvariance", "varyans", "дисперси"),
    (r"degrees of freedom", "serbestlik derecesi", "степен(и|ей) свободы"),
    (r"standard error", "standart hata", "стандартн(ая|ую|ой) ошибк"),
    (r"\bdyad", "ülke çift", r"пар\w* стран"),
    (r"\bscorers?\b(?! whose name)", "puanlayıcı", "оценщик"),
    (r"\bcodings?\b", "kodlama", "кодиров"),
    (r"(?<!weekday and )\boccasions?\b", "vesile", "выступлени"),
]


@pytest.mark.parametrize(("english", "turkish", "russian"), TERMS)
def test_a_term_has_one_translation(english, turkish, russian):
    others = []
    for code, stem in (("tr", turkish), ("ru", russian)):
        for message in _catalogue(code):
            is_count = not isinstance(message.id, str)
            text = message.id[0] if is_count else message.id
            # What stands in braces is a place, and no word of the sentence.
            if not re.search(english, re.sub(r"\{\w+\}", "", text), re.IGNORECASE):
                continue
            told = message.string[-1] if is_count else message.string
            if not re.search(stem, told, re.IGNORECASE):
                others.append((code, text, told))
    assert not others

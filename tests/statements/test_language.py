"""English is never taken for another language, and other languages are told."""

from pathlib import Path

import pandas as pd
import pytest

from detente.statements import language_of
from detente.tone.score import reasons_against

DATA = Path(__file__).parents[2] / "data"

FOREIGN = {
    "tr": [
        "Türkiye ile Rusya arasındaki ilişkiler son yıllarda önemli ölçüde gelişti.",
        "Cumhurbaşkanı Erdoğan, Rusya Devlet Başkanı Putin ile telefonda görüştü.",
        "Bu saldırıyı kınıyoruz ve Türk halkına başsağlığı diliyoruz.",
        "Cumhurbaskani Erdogan Rusya ile ticaret hacmini artirmak istediklerini soyledi.",
        "Rusya'dan özür dilemeyeceğiz.",
    ],
    "ru": [
        "Россия и Турция договорились о сотрудничестве в области энергетики.",
        "Это удар в спину, нанесённый пособниками террористов.",
        "Мы ждём извинений от Анкары.",
    ],
    "id": [
        "Presiden Rusia Vladimir Putin mengatakan bahwa hubungan dengan Turki telah membaik.",
        "Kedua negara sepakat untuk meningkatkan kerja sama ekonomi.",
        "Turki akan menyesal untuk ini.",
    ],
    "de": [
        "Die Beziehungen zwischen Russland und der Türkei haben sich verbessert.",
        "In Ankara hat der Minister am Dienstag die Presse informiert.",
        "Das war ein Stich in den Rücken.",
    ],
    "fr": [
        "Les relations entre la Russie et la Turquie se sont améliorées ces dernières années.",
        "C'est un coup de poignard dans le dos.",
    ],
    "es": ["El presidente ruso dijo que las relaciones con Turquía han mejorado."],
    "nl": ["Wij veroordelen de aanval op onze troepen of hun bondgenoten."],
    "pl": ["To jest cios w plecy zadany przez wspólników terrorystów."],
    "ar": ["قال الرئيس الروسي إن العلاقات مع تركيا تحسنت كثيرا."],
    "ko": ["대통령은 일본과의 관계가 개선되고 있다고 말했다."],
    "ja": ["首相は韓国との関係を改善したいと述べた。", "両国は2015年に協力を強化した。"],
    "zh": ["俄罗斯总统表示，与土耳其的关系有所改善。"],
}

ENGLISH = [
    "Recep Tayyip Erdoğan said that Mevlüt Çavuşoğlu had received Dmitry Peskov.",
    "THE PRESIDENT OF TURKEY SAID THAT HE WAS GLAD.",
    "Lavrov: Ankara has not answered; see https://www.mid.ru/tv/uploads/kanal-zvezda.",
    "“Moskva ve Ankara”, the daily said, “will not be parted by NATO.”",
]

OTHER_SCRIPTS = [
    "Путин осудил Турцию.",
    "Президент Маркос осудил США и отверг обвинения Вашингтона.",
    "Lavrov: Турция предала нас",
    "Спасибо. https://www.mid.ru/tv/uploads/kanal-zvezda",
    "The head of the state said: «Турция предала нас, и мы этого никогда не забудем».",
    "日本",
    "شكرا",
]

ENGLISH_WITH_OTHER_LETTERS = [
    "Lavrov (Лавров) said that the talks with Ankara were useful.",
    "The ministry said that Турция and its partners had been told.",
    "\U0001d413\U0001d421\U0001d41e talks in Ankara",
    "Ｔｈｅ ｔａｌｋｓ",
]

UNDETERMINED = [
    "",
    "   ",
    "Thank you",
    "12 345 678",
    "???",
    "https://x.org/a/b/c",
]


@pytest.mark.parametrize("study", ["russia-turkey", "japan-korea"])
def test_every_bundled_statement_is_english(study):
    texts = pd.read_csv(DATA / study / "statements.csv")["text"]
    assert set(language_of(texts)) == {"en"}


@pytest.mark.parametrize("language", FOREIGN)
def test_foreign_sentences_are_told(language):
    assert language_of(FOREIGN[language]).tolist() == [language] * len(FOREIGN[language])


def test_english_full_of_names_is_english():
    assert language_of(ENGLISH).tolist() == ["en"] * len(ENGLISH)


@pytest.mark.parametrize(
    "text",
    [
        "Recep Tayyip Erdoğan and Mevlüt Çavuşoğlu received Dmitry Peskov and Sergey Ryabkov.",
        "Şükrü Elekdağ met İbrahim Kalın, Fuat Oktay, Hulusi Akar in Yalova, Çankırı, Iğdır.",
        "Recep Tayyip Erdogan telephoned Vladimir Putin.",
        "Lavrov, Cavusoglu, Sergey Ryabkov, Ibrahim Kalin",
        "Mevlut Cavusoglu praised Sergei Lavrov.",
        "Yoon Suk-yeol congratulated Fumio Kishida.",
    ],
)
def test_names_alone_are_never_called_foreign(text):
    assert language_of([text])[0] in {"en", "und"}


def test_what_cannot_be_told_is_undetermined():
    assert language_of(UNDETERMINED).tolist() == ["und"] * len(UNDETERMINED)
    assert language_of([None, float("nan")]).tolist() == ["und", "und"]


@pytest.mark.parametrize("text", OTHER_SCRIPTS)
def test_texts_mostly_in_letters_that_are_not_latin_are_never_english(text):
    assert language_of([text])[0] not in {"en", "und"}
    assert reasons_against([text]) == ["not_english"]


@pytest.mark.parametrize("text", ENGLISH_WITH_OTHER_LETTERS)
def test_some_other_letters_do_not_make_a_text_foreign(text):
    assert language_of([text])[0] in {"en", "und"}


def test_order_and_length_are_kept():
    texts = [ENGLISH[0], FOREIGN["tr"][0], "", ENGLISH[0]]
    assert language_of(texts).tolist() == ["en", "tr", "und", "en"]
    assert language_of(pd.Series(texts)).tolist() == ["en", "tr", "und", "en"]
    assert language_of([]).shape == (0,)

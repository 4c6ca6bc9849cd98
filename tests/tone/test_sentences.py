"""Where sentences of official prose end."""

from __future__ import annotations

import time
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.tone import split_sentences

# One line a sentence; the text is the lines joined by spaces.
GOLDEN = {
    "titles": ["Mr. Putin met Mrs. Ciller and Dr. Davutoglu.", "Gen. Akar was present."],
    "joined titles": ["Lt.-Gen. Rudskoy showed Col. Yilmaz the route.", "It was on a map."],
    "initials": ["R. T. Erdogan wrote to V. V. Putin.", "The letter was short."],
    "joined initials": ["R.T. Erdogan spoke after A.B. Karlov.", "He was calm."],
    "transliterated initials": ["Yu. Ushakov answered Ye. Primakov.", "Both laughed."],
    "country between": ["The U.S. Secretary of State called Ankara.", "Moscow waited."],
    "country at the end": ["Turkey is a partner of the U.S.", "The alliance stands."],
    "country before it's": ["We know the U.S.", "It’s no secret."],
    "under secretary": ["The U.S. Under Secretary of State spoke.", "Nobody answered."],
    "resolution number": ["They cited Resolution No. 2254 and Art. 51.", "It binds all."],
    "no as an answer": ["Was Turkey warned?", "No.", "The answer was no.", "He was firm."],
    "half day between": ["At 9 a.m. Moscow time they met.", "At 5 p.m. on Friday they left."],
    "half day, weekday": ["They spoke at 5 p.m. Friday.", "Nothing was agreed."],
    "half day at the end": ["They spoke until 5 p.m.", "Erdogan then flew home."],
    "months": ["On Nov. 24 a jet fell.", "By Dec. the visa regime was back.", "It hurt."],
    "company": ["Gazprom Inc. Chairman Miller came.", "He met Botas Co.", "They signed."],
    "decimals": ["Trade fell by 4.5 percent to 23.9 bn.", "It was 31.5 before."],
    "year at the end": ["It began in 2015.", "24 people were held.", "Then it ended."],
    "numbering": ["1. Turkey regrets.", "2. Russia accepts.", "IV. Trade resumes."],
    "ellipsis goes on": ["We waited... and waited… and nothing came.", "We left."],
    "ellipsis ends": ["We waited...", "Nothing came."],
    "spaced dots": ["We waited . . . and nothing came.", "We left."],
    "left out in brackets": ["Turkey [...] Has been warned.", "It knows."],
    "quote closes, straight": ['He said: "It is a stab in the back."', "Then he left."],
    "quote closes, curly": ["“We are friends.”", "“We are neighbours.”"],
    "quote closes, guillemets": ["«Мы друзья.»", "«Мы соседи.»"],
    "sentences within a quote": ["“We are friends.", "We trade,” he said."],
    "brackets around a sentence": ["He smiled.", "(The hall laughed.)", "They sat down."],
    "spaced bracket": ["( Applause. )", "Thank you."],
    "footnote": ["The jet was Russian.[12]", "Turkey shot it down.[13][14]", "So it was."],
    "question and exclamation": ["Is this a friend?!", "Never!", "Why?"],
    "exclamation in brackets": ["They called it help (!) Turkey had asked for.", "So it goes."],
    "question reported": ['"Who needs this?" Putin asked.', "No one replied."],
    "question goes on": ["“Why?” he asked in Ankara.", "There was silence."],
    "abbreviations": ["Some goods, e.g. Turkish tomatoes, were banned, i.e. stopped.", "All knew."],
    "and so on": ["They ban fruit, meat, etc. from Turkey.", "They ban poultry etc.", "We know."],
    "versus": ["It was Russia vs. Turkey.", "No one won."],
    "saint": ["They met in St. Petersburg.", "The road led from Wall St.", "It ended there."],
    "doctorate": ["Ibrahim Kalin, Ph.D. Georgetown, spoke.", "He was brief."],
    "article before a name": ["He was in Syria.", "al-Assad must go."],
    "Cyrillic": ["В. Путин позвонил Р. Эрдогану в 2016 г. Москва ждала.", "Он был спокоен."],
    "Cyrillic name of a street": ["Посольство стоит на ул. Чайковского.", "Там тихо."],
    "Turkish capitals": ["Sn. Putin geldi.", "İstanbul onu bekledi.", "Şimdi döndü.", "Çok iyi."],
    "Turkish titles": ["Prof. Dr. Kalın konuştu.", "Ülkeler dosttur."],
    "dash opens": ["Do you agree?", "– I do.", "- So do I."],
    "no stop at the end": ["Ankara is a partner.", "Moscow knows"],
    "stops only": ["..."],
    "dot within a word": ["See kremlin.ru for the text.", "It is long."],
}


@pytest.mark.parametrize("name", GOLDEN)
def test_golden_splits(name: str) -> None:
    assert split_sentences(" ".join(GOLDEN[name])) == GOLDEN[name]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        (" \n\t ", []),
        (
            "Title without stop\n\nThe president spoke.",
            ["Title without stop", "The president spoke."],
        ),
        ("Mr.\r\n\r\nPutin", ["Mr.", "Putin"]),
        ("A line\nbroken in two. Next.", ["A line\nbroken in two.", "Next."]),
        ("One.\nTwo.", ["One.", "Two."]),
        ("a\x00b. C\ud800d. 🙂 E.", ["a\x00b.", "C\ud800d.", "🙂 E."]),
        ("One.Two", ["One.Two"]),
        ('He left. "', ['He left. "']),
    ],
)
def test_white_space_and_odd_characters(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


@pytest.mark.xfail(strict=True, reason="'He' may be a Chinese name or begin a sentence")
def test_known_failure_name_after_an_initial() -> None:
    assert split_sentences("They met J. He of Beijing.") == ["They met J. He of Beijing."]


@pytest.mark.xfail(strict=True, reason="a capital after 'U.S.' is taken as a name going on")
def test_known_failure_country_after_an_acronym() -> None:
    assert len(split_sentences("We left the U.S. Turkey stayed.")) == 2


_PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            [*'.!?…"”’)]([“«– \n\t', "\n\n", "...", "Mr.", "U.S.", "p.m.", "No.", "5", "R.", "The"]
        ),
        st.text(max_size=6),
        st.characters(exclude_categories=()),  # lone surrogates too
    ),
    max_size=40,
).map("".join)


@settings(max_examples=400, deadline=None)
@given(text=_PIECES)
def test_nothing_is_lost_added_or_empty(text: str) -> None:
    sentences = split_sentences(text)
    assert " ".join(" ".join(sentences).split()) == " ".join(text.split())
    assert all(sentence and sentence == sentence.strip() for sentence in sentences)
    assert all(sentence in text for sentence in sentences)
    assert split_sentences(text) == sentences


@pytest.mark.parametrize(
    "unit",
    [
        ".",
        ". ",
        ".) ",
        "a",
        "A.",
        "a. B ",
        "\n",
        " \n",
        '."',
        "(",
        "Mr. ",
        "?! ",
        "[1]",
        ".[1",
        "« ",
    ],
)
def test_time_is_linear_in_length(unit: str) -> None:
    # A square law would take minutes at this length.
    start = time.perf_counter()
    split_sentences(unit * (200_000 // len(unit)))
    assert time.perf_counter() - start < 5


def test_agrees_with_pysbd_on_bundled_statements(repository: Path) -> None:
    pysbd = pytest.importorskip("pysbd")
    texts = [
        text
        for study in ("russia-turkey", "japan-korea")
        for text in pd.read_csv(repository / "data" / study / "statements.csv")["text"]
    ]
    splitter = pysbd.Segmenter(language="en", clean=False)
    same = [[s.strip() for s in splitter.segment(t)] == split_sentences(t) for t in texts]
    assert sum(same) / len(same) > 0.98

"""Names of parties between the words of an entry: "owed Turkey an apology"."""

import numpy as np
import pytest

from detente.countries import surface_forms
from detente.tone.target.gaps import Gaps
from detente.tone.target.phrases import PhraseTrie
from reference.reading import scorer, traced

FOUND = [
    ("FRA", "TUR", "He said that Turkey owed France an apology.", "owe@v an apology",
     "owed France an apology"),
    ("FRA", "TUR", "He said that Turkey owed the French an apology.", "owe@v an apology",
     "owed the French an apology"),
    ("HUN", "UKR", "The minister disputed the Ukrainian claim.", "dispute@v the claim",
     "disputed the Ukrainian claim"),
    ("HUN", "UKR", "The minister disputed Ukraine's claim.", "dispute@v the claim",
     "disputed Ukraine's claim"),
    ("SYR", "JOR", "He held the Jordanian authorities to account for it.", "held to account",
     "held the Jordanian authorities to account"),
    ("KWT", "IRN", "The crown prince bore Iran no grudge.", "bore no grudge",
     "bore Iran no grudge"),
    ("DEU", "RUS", "He called the raid an act of Russian aggression.", "act of aggression",
     "act of Russian aggression"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "target", "text", "entry", "span"), FOUND)
def test_an_entry_stands_around_a_name(source, target, text, entry, span):
    spans = {p.entry: text[p.start : p.end] for p in traced(text, source, target).parts}
    assert spans[entry] == span


@pytest.mark.parametrize(
    ("text", "colder"),
    [
        ("He said that Turkey owed France an apology.", -0.25),
        ("He asked Turkey to stop the flights.", -0.1),
        ("He held Turkey responsible for the delay.", -0.25),
    ],
)
def test_the_name_inside_is_whom_it_is_about(text, colder):
    assert traced(text, "FRA", "TUR").tone < colder


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        # Two names are two things.
        ("He owed Turkey and in Turkey an apology.", {"owe@v an apology"}),
        # A mark parts the words, and so does any word that names nobody.
        ("France owed Turkey, an apology being cheap, a visit.", {"owe@v an apology"}),
        # The name belongs to what follows: the bank of a river, a press, a moment.
        ("It lay on the Turkish side of the river.", {"on the side of"}),
        ("They met at Turkey once.", {"at once"}),
        # "'s" stands for an article, but an entry does not end on it.
        ("He would heed Turkey's word.", {"heed the"}),
        # Who rejects what the other claims does not deny it as a rumour.
        ("He rejected the Turkish claim of shelling.", {"reject@v the claim"}),
        # "Accused of" is a state; "accused Turkey of" is the verdict.
        ("He accused Turkey of delay.", {"accused of"}),
        # Grammar words are not read around names.
        ("He spoke of far Turkey from here.", {"far from"}),
    ],
)
def test_what_is_not_read_around_a_name(text, entries):
    assert not entries & {part.entry for part in traced(text, "FRA", "TUR").parts}


def test_names_at_the_ends_of_texts_reach_into_no_other():
    texts = ["He owed Turkey", "an apology", "Turkey", "Turkey's", "the Turkish", "", "owed the"]
    both = scorer().score(texts, [surface_forms("TUR")] * 7, [surface_forms("FRA")] * 7)
    alone = [
        scorer().score([text], [surface_forms("TUR")], [surface_forms("FRA")])[0] for text in texts
    ]
    np.testing.assert_allclose(both, alone, rtol=0, atol=1e-12)


def test_phrases_around_gaps_are_in_order_and_overlap_nowhere():
    rng = np.random.default_rng(7)
    phrases = {tuple(rng.integers(0, 4, rng.integers(1, 5)).tolist()) for _ in range(25)}
    number = {phrase: place for place, phrase in enumerate(sorted(phrases))}
    trie = PhraseTrie(number.items())
    wording = {place: phrase for phrase, place in number.items()}
    for _ in range(60):
        words = rng.integers(0, 4, 40)
        is_name = rng.random(40) < 0.2
        words[is_name] = 9
        edges = np.diff(np.concatenate([[0], is_name, [0]]))
        begin, end = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
        run, behind = np.zeros(40, dtype=np.int64), np.append(40, end)[:, None]
        run[begin] = np.arange(1, len(begin) + 1)
        grade = np.full(len(number) + 1, 2)
        gaps = Gaps(run > 0, run, np.zeros(40, dtype=bool), behind, words, grade)
        segment = np.arange(40) // 20
        first, size, head, value = trie.find_around(words, segment, gaps)
        assert (first[1:] >= (first + size)[:-1]).all()
        for at, n, before, found in zip(first, size, head, value, strict=True):
            held = np.arange(at, at + n)
            assert tuple(words[held[~is_name[held]]]) == wording[found]
            assert len(set(segment[held])) == 1
            runs = np.flatnonzero(np.isin(held, begin))
            assert len(runs) <= 1
            assert before == (runs[0] if len(runs) else n)

"""The lexicon as data: every entry is well formed, expands, and VADER's fallback stands behind."""

import csv
from importlib.resources import files

import pytest

from detente.tone.target.inflection import expand_entry, spellings, wordings
from detente.tone.target.lexicon import KINDS, ROLES, read_grammar, read_lexicon, read_parties

FORCE = ("terror", "violence")


def rows(name):
    text = (files("detente.tone.target") / "_data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_every_entry_is_well_formed():
    entries = rows("diplomatic.csv")
    assert list(entries[0]) == ["entry", "valence", "kind", "note", "origin"]
    assert len({row["entry"] for row in entries}) == len(entries) > 800
    for row in entries:
        assert row["kind"] in KINDS
        assert -4 <= float(row["valence"]) <= 4
        assert row["origin"]
        assert row["entry"] == row["entry"].lower().strip()


def test_a_wording_stands_in_one_row():
    # A wording without marks may take a form from one with marks, and from no other.
    first, twice = {}, set()
    for row in rows("diplomatic.csv"):
        for wording in wordings(row["entry"]):
            for form in expand_entry(wording):
                other = first.setdefault((form, "@" in wording), row["entry"])
                if other != row["entry"]:
                    twice.add(f"{' '.join(form)!r} stands under {other!r} and {row['entry']!r}")
    assert not twice, "Take it out of one:\n" + "\n".join(sorted(twice))


def test_topics_carry_nothing():
    assert {float(r["valence"]) for r in rows("diplomatic.csv") if r["kind"] == "topic"} == {0.0}


def test_attacks_weigh_only_against_their_doer():
    force = [float(r["valence"]) for r in rows("diplomatic.csv") if r["kind"] in FORCE]
    assert force
    assert max(force) <= 0


def test_roles_are_known():
    assert {row["role"] for row in rows("grammar.csv")} <= set(ROLES)


@pytest.mark.parametrize(
    ("entry", "form"),
    [
        ("condemn@v", "condemned"),
        ("normalise@v", "normalizing"),
        ("deny@v", "denies"),
        ("regret@v", "regretted"),
        ("drag@v on", "dragged on"),
        ("take@v part", "took part"),
        ("neighbour@n", "neighbors"),
        ("good-neighbourly", "good neighbourly"),
        ("ally@n", "allies"),
        ("(strong/firm)@v no", "firmed no"),
        ("(send/give away)@v aid", "gave away aid"),
        ("(act/hostile move)@n", "hostile moves"),
        ("not@x accept", "cannot accept"),
    ],
)
def test_inflection(entry, form):
    assert tuple(form.split()) in expand_entry(entry)


def test_alternatives_are_written_out():
    assert wordings("(a/b c) d@n (e/f)") == ["a d@n e", "a d@n f", "b c d@n e", "b c d@n f"]
    assert wordings("plain entry@n") == ["plain entry@n"]


def test_the_plain_wording_wins():
    lexicon = read_lexicon()
    assert lexicon["close",].valence > 0
    assert lexicon["question",].valence == 0


def test_spelling_leaves_other_words_alone():
    assert spellings("promise") == ("promise",)
    assert spellings("hour") == ("hour",)
    assert spellings("independence") == ("independence",)


def test_our_word_beats_vaders():
    lexicon = read_lexicon()
    assert lexicon["war",].valence == 0
    assert lexicon["war",].origin == "detente"
    assert lexicon["awesome",].origin == "vaderSentiment"


def test_grammar_does_not_hide_entries():
    assert ("not", "acceptable") in read_lexicon()
    assert read_grammar()["not",].kind == "negator"


def test_third_parties_come_from_the_table_of_countries():
    places, persons = read_parties()
    assert {"Bangladesh", "Peruvian", "NATO", "Islamic State"} <= set(places)
    assert not set(places) & set(persons)
    assert "Crimea" not in places  # a disputed place does nothing


def test_organisations_are_well_formed():
    table = rows("organisations.csv")
    assert {row["kind"] for row in table} == {"organisation", "region", "group", "party"}
    assert len({row["form"] for row in table}) == len(table)

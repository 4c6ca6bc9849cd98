"""What the report says of when episodes and rows were chosen: only what the study states."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detente.errors import BadArgumentError
from detente.report import About

FIXED = "judged from the event alone"
BEFORE = "The episodes were chosen before any tone was known"


@pytest.mark.parametrize(
    ("stated", "is_said", "is_not_said"),
    [
        (True, (FIXED, f"{BEFORE}.", "at most 5% are expected to be wrong."), ("does not state",)),
        (
            None,
            ("known is not stated; p means", "does not state whether they were"),
            (FIXED, f"{BEFORE}."),
        ),
        (False, ("with tones known", "Here they were not"), (FIXED, BEFORE)),
    ],
)
def test_episodes_are_said_to_be_fixed_first_only_where_a_study_states_it(
    report, read, findings, stated, is_said, is_not_said
):
    episodes = replace(findings.episodes, chosen_before_tones=stated)
    found = replace(findings, episodes=episodes)
    about = About(chosen_before_tones=stated)
    text = read(report(findings=found, about=about, sections=["events", "method"]).path)
    for words in is_said:
        assert words in text
    for words in is_not_said:
        assert words not in text


@pytest.mark.parametrize("stated", [True, None])
def test_so_are_listed_episodes_that_nothing_was_asked_of(report, read, stated):
    about = About(chosen_before_tones=stated)
    text = read(report(about=about, sections=["events", "method"]).path)
    assert (FIXED in text) is bool(stated)
    assert ("own judgement" in text) is not stated


@pytest.mark.parametrize("is_stated", [True, False])
def test_rows_are_said_to_be_found_only_where_a_study_states_it(report, read, is_stated):
    text = read(report(about=About(rows_found=is_stated), sections=["data"]).path)
    assert ("Rows were found, not sampled." in text) is is_stated
    assert ("How the rows were chosen is not stated." in text) is not is_stated
    assert ("No list has all statements that were made" in text) is is_stated


@pytest.mark.parametrize("given", [{"chosen_before_tones": "yes"}, {"rows_found": None}])
def test_what_is_neither_yes_nor_no_is_refused(given):
    with pytest.raises(BadArgumentError, match=next(iter(given))):
        About(**given)

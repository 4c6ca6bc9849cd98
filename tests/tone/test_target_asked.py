"""What others say to the speaker, or of what he denies, is not said by him."""

from __future__ import annotations

import pytest

from detente.tone.target.scorer import TargetScorer, explain

TARGET, SOURCE = ["Turkey", "Turkish", "Ankara"], ["Russia", "Russian", "Moscow"]
ANSWER = "Lavrov said that he would be in Sochi on Friday."


def _score(text: str) -> float:
    return float(TargetScorer().score([text], [TARGET], [SOURCE])[0])


@pytest.mark.parametrize(
    "question",
    [
        "Asked whether Turkey was a reliable partner,",
        "When asked if Turkey was a reliable partner,",
        "To a question on friendship with Turkey,",
        "Answering the question whether Turkey was a reliable partner,",
        "To the remark that Turkey was a reliable partner,",
    ],
)
def test_warm_words_of_a_question_are_not_the_speakers(question: str) -> None:
    assert abs(_score(f"{question} {ANSWER}")) < 0.1


@pytest.mark.parametrize(
    "text",
    [
        "Asked whether Turkey had betrayed Russia, {}",
        "The minister, asked about the Turkish betrayal, said that he would be in Sochi on Friday.",
        "The minister was asked if Turkey had betrayed Russia; he said he would be in Sochi.",
    ],
)
def test_cold_words_of_a_question_count_little(text: str) -> None:
    assert -0.35 < _score(text.format(ANSWER)) <= 0
    assert _score("The minister said that Turkey had betrayed Russia.") < -0.5


def test_the_answer_counts() -> None:
    asked = "Asked whether the pipeline would be late, Lavrov said that Turkey was"
    assert _score(f"{asked} a reliable partner and a close friend.") > 0.3
    assert _score(f"{asked} an enemy that had betrayed Russia.") < -0.3
    short = "To the question whether Turkey was late Lavrov answered that it was a close friend."
    assert _score(short) > 0.2


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("The ministry asked how Turkey could betray its neighbour.", -0.3),
        ("Moscow asked them to pass on its deep gratitude to the Turkish president.", 0.3),
        ("On all questions Turkey is a reliable partner and a close friend.", 0.3),
    ],
)
def test_what_the_speaker_asks_or_says_himself_stays(text: str, same: float) -> None:
    score = _score(text)
    assert score > same if same > 0 else score < same


def test_trace_names_the_question() -> None:
    trace = explain(f"Asked about the Turkish betrayal, {ANSWER}", TARGET, SOURCE)
    notes = [note for part in trace.parts for note in part.notes]
    assert any(note.startswith("asked of the speaker: 'Asked") for note in notes)
    assert sum(part.contribution for part in trace.parts) == pytest.approx(trace.tone)


@pytest.mark.parametrize(
    "text",
    [
        "The spokesman said that reports on a Turkish pipeline were not true.",
        "The minister said that the story of a Turkish protocol was an invention.",
        "The president brushed aside the talk of Turkish colonisation.",
    ],
)
def test_a_denied_rumour_is_held_against_nobody(text: str) -> None:
    assert _score(text) > -0.1


@pytest.mark.parametrize(
    "text",
    [
        "The spokesman said that reports in the Turkish press on the talks were not true.",
        "The minister said that the Turkish story of a warning was an invention.",
        "The spokesman said that Turkish story about the talks was false.",
    ],
)
def test_a_rumour_of_the_targets_is(text: str) -> None:
    assert _score(text) < -0.2


def test_what_the_speaker_does_not_agree_to_falls_away() -> None:
    assert _score("The minister would not agree that the Turkish plan was a land grab.") > -0.1
    assert _score("The minister said that the Turkish plan was a land grab.") < -0.3
    assert _score("The minister did not share the tone of the post on Turkey.") > -0.1
    assert _score("The minister did not share the assessment of Turkey.") < -0.2


def test_for_as_long_as_is_no_condition() -> None:
    text = "Moscow said that its pilots would stay for as long as its Turkish friends needed help."
    assert _score(text) > 0.1
    assert _score("Moscow would help as long as Turkey kept its word.") < 0.25


def test_what_others_wanted_is_not_the_speakers() -> None:
    text = "There were those who wanted Moscow to slam the door on Turkey, but interests decide."
    assert _score(text) > -0.1
    assert _score("The president wanted Moscow to slam the door on Turkey.") < -0.2

"""What the target scorer says of sentences, and that its numbers add up."""

import functools
import math
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import BadArgumentError
from detente.tone.target import Entry, TargetScorer, explain

TURKEY = ("Turkish", "Turkey", "Ankara", "Erdogan", "Turks")
RUSSIA = ("Russian", "Russia", "Moscow", "Putin", "Lavrov", "Kremlin")


@functools.cache
def scorer():
    """The scorer, made by the first test: every worker collects this file."""
    return TargetScorer()


def tone(text, target=TURKEY, source=RUSSIA):
    return float(scorer().score([text], [target], [source])[0])


WARM = [
    "Putin condemned the terrorist attack in Istanbul and offered condolences to Turkey.",
    "Putin thanked Turkey for its help.",
    "Lavrov called Turkey a friend and a reliable partner.",
    "Russia apologised to Turkey for the incident.",
    "Putin announced the lifting of sanctions on Turkey.",
    "Russia stands with Turkey after the earthquake.",
    "Moscow and Ankara agreed to deepen cooperation.",
    "Relations between the two countries have never been better.",
]
COLD = [
    "Lavrov accused Turkey of treachery.",
    "Moscow summoned the Turkish ambassador and lodged a strong protest.",
    "Putin called the decision of Ankara unacceptable.",
    "Russia suspended its cooperation with Turkey and imposed sanctions.",
    "Putin said that Turkey must apologise.",
    "The Kremlin said that relations with Turkey could not be restored unless Ankara apologised.",
    "Lavrov regretted that Turkey had broken the agreement.",
    "Lavrov said that Turkey had not fulfilled its obligations.",
]
NEUTRAL = [
    "Putin will be in Ankara on Tuesday.",
    "The Kremlin said that the war in Syria had entered its fifth year.",
    "Putin condemned the United States for its aggression; he will see Erdogan on Monday.",
    "Peskov said the nuclear energy ministers of Russia and Turkey would sit down in May.",
]


@pytest.mark.parametrize("text", WARM)
def test_warm(text):
    assert tone(text) > 0.15


@pytest.mark.parametrize("text", COLD)
def test_cold(text):
    assert tone(text) < -0.15


@pytest.mark.parametrize("text", NEUTRAL)
def test_neutral(text):
    assert abs(tone(text)) <= 0.25


@pytest.mark.parametrize(
    ("warmer", "colder"),
    [
        (
            "Putin denied that relations with Turkey are bad.",
            "Putin said that relations with Turkey are bad.",
        ),
        (
            "Lavrov called the talks with Turkey constructive.",
            "Lavrov said the talks with Turkey were not constructive.",
        ),
        ("Putin said Turkey was a friend.", "Putin said Turkey was not a friend."),
        ("Putin criticised the United States, not Turkey.", "Putin criticised Turkey."),
        ("Russia lifted its sanctions on Turkey.", "Russia tightened its sanctions on Turkey."),
        ("Despite disagreements Putin praised Turkey.", "Putin criticised Turkey."),
        ("Russia apologised to Turkey.", "Russia demanded that Turkey apologise."),
        (
            "Putin regretted that Russia had offended Turkey.",
            "Putin regretted that Turkey had offended Russia.",
        ),
    ],
)
def test_order(warmer, colder):
    assert tone(warmer) > tone(colder) + 0.1


def test_side_matters():
    text = "Japan regretted the harm it had done."
    own = tone(text, ("Korea",), ("Japan",))
    assert own != tone(text, ("Japan",), ("Korea",))


def test_empty_and_odd_input():
    texts = [
        "",
        "   ",
        "123 !!",
        "😀😀",
        "Τουρκία и Türkiye 土耳其",
        "\x1e",
        "a\x1eb",
        "\ud800 Turkey is a friend",
    ]
    tones = scorer().score(texts, [TURKEY] * len(texts), [RUSSIA] * len(texts))
    assert np.isnan(tones[[0, 1, 2, 3, 5]]).all()
    assert np.isfinite(tones[[4, 6, 7]]).all()
    assert len(scorer().score([], [], [])) == 0


def test_flags():
    assert explain("They are friends.", ["Turkey"]).flags == ("implicit_target",)
    assert explain("123", ["Turkey"]).flags == ("no_letters",)
    assert "no_evaluative_words" in explain("Turkey has a coast.", ["Turkey"]).flags
    assert explain("A friend.", []).flags == ("implicit_target",)


def test_long_text_is_linear_and_does_not_saturate():
    sentence = "Putin thanked Turkey for its help. "
    short, long = sentence * 30, sentence * 3000
    assert tone(long) == pytest.approx(tone(short), abs=1e-9)
    began = time.perf_counter()
    tone(long)
    assert time.perf_counter() - began < 5
    assert abs(tone("." * 100_000 + " Turkey is a friend")) <= 1


words = st.sampled_from(
    [
        "Turkey",
        "Russia",
        "Ankara",
        "Putin",
        "the",
        "not",
        "thanked",
        "condemned",
        "attack",
        "friend",
        "must",
        "apologise",
        "if",
        "but",
        "despite",
        "regret",
        "sanctions",
        "lifted",
        "suspended",
        "very",
        "denied",
        "that",
        "and",
        ",",
        ".",
        ";",
        ":",
        "(",
        ")",
        "—",
        "USA",
        "'s",
        "we",
        "both",
        "unacceptable",
        "cooperation",
        "hope",
        "it",
        "him",
        "by",
        "no",
        "one",
        "dear",
        "friends",
        "stab",
        "in",
        "the",
        "back",
        "😀",
        "x1",
        "é",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(words, max_size=40).map(" ".join))
def test_parts_add_up(text):
    trace = explain(text, TURKEY, RUSSIA)
    if math.isnan(trace.tone):
        assert not trace.parts
        return
    assert math.fsum(part.valence * part.factor for part in trace.parts) == trace.unclipped
    assert trace.tone == max(-1.0, min(1.0, trace.unclipped))
    assert tone(text) == pytest.approx(trace.tone, abs=1e-12)
    for part in trace.parts:
        assert 0 <= part.start < part.end <= len(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_defined(text):
    value = tone(text)
    assert math.isnan(value) == (not any(map(str.isalpha, text)))
    assert math.isnan(value) or -1 <= value <= 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(words, max_size=15).map(" ".join), min_size=1, max_size=8))
def test_a_text_scores_alike_alone_and_in_company(texts):
    together = scorer().score(texts, [TURKEY] * len(texts), [RUSSIA] * len(texts))
    alone = np.array([tone(text) for text in texts])
    np.testing.assert_allclose(together, alone, atol=1e-12)


def test_swapping_both_names_changes_nothing():
    text = (
        "Putin thanked Ankara; Russia and Turkey are friends, "
        "but Moscow regrets that Turkey failed."
    )
    other = text.replace("Putin", "Kishida").replace("Ankara", "Seoul").replace("Russia", "Japan")
    other = other.replace("Turkey", "Korea").replace("Moscow", "Tokyo")
    japan, korea = ("Japan", "Tokyo", "Kishida"), ("Korea", "Seoul")
    assert tone(other, korea, japan) == pytest.approx(tone(text), abs=1e-12)


def test_bytes_of_the_trace_are_json():
    import json

    record = explain("Putin thanked Turkey.", TURKEY, RUSSIA).to_dict()
    assert json.loads(json.dumps(record)) == record


@pytest.mark.parametrize(
    ("text", "entry", "note"),
    [
        ("Putin said Turkey was not a friend.", "friend@n", "negated by 'not'"),
        ("Putin said Turkey was somewhat hostile.", "hostile", "damped by 'somewhat'"),
        ("Putin called Turkey deeply hostile.", "hostile", "boosted by 'deeply'"),
        ("If Turkey is honest, Putin will see it.", "honest", "hangs on a condition: 'If'"),
        ("Putin denied that Turkey was hostile.", "hostile", "denied by 'denied that'"),
        ("Despite hostility Putin praised Turkey.", "hostility", "conceded behind 'Despite'"),
        ("Putin condemned the attack in Istanbul.", "condemn@v", "against a common enemy"),
        ("Putin demanded that Turkey apologise.", "apologise@v", "apology asked for"),
    ],
)
def test_the_trace_says_which_word_did_it(text, entry, note):
    parts = {part.entry: part.notes for part in explain(text, (*TURKEY, "Istanbul"), RUSSIA).parts}
    assert note in parts[entry]


def test_what_nothing_changed_has_no_note():
    assert explain("Putin thanked Turkey.", TURKEY, RUSSIA).parts[0].notes == ()


def test_notes_change_no_number():
    text = "Putin thanked Turkey. He did not thank it. He denied that it was somewhat hostile."
    assert explain(text, TURKEY, RUSSIA).unclipped == pytest.approx(tone(text), abs=1e-12)


@pytest.mark.parametrize(
    ("warmer", "colder"),
    [
        ("Turkey wants peace, Putin said.", 'Turkey says it "wants peace", Putin said.'),
        ("Putin spoke of the solidarity of Turkey.", 'Putin spoke of the "solidarity" of Turkey.'),
    ],
)
def test_warm_words_only_quoted(warmer, colder):
    assert tone(warmer) > tone(colder) + 0.1


@pytest.mark.parametrize(
    "text",
    [
        'Putin called the talks with Turkey "productive".',
        "Putin called the talks with Turkey “productive”.",
        'Putin said that Turkey had been "helpful".',
        'Lavrov told Turkey that its mediation was "very useful".',
        'Putin praised Turkey\'s "generous" offer.',
    ],
)
def test_praise_in_quotation_marks_is_praise_though_fainter(text):
    plain = text.translate(dict.fromkeys(map(ord, '"“”')))
    assert 0.15 < tone(text) <= tone(plain)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        # An inch mark, and a mark that is never closed, quote nothing.
        (
            'The 5" gun is old, but Turkey is a true friend, Putin said, calling it "fair".',
            'The 5 gun is old, but Turkey is a true friend, Putin said, calling it "fair".',
        ),
        (
            'He spoke of "Turkey. Turkey says it wants peace, Putin said.',
            "He spoke of Turkey. Turkey says it wants peace, Putin said.",
        ),
        (
            'He read out "one. Turkey says it "wants peace", Putin said.',
            'He read out one. Turkey says it "wants peace", Putin said.',
        ),
        # Behind a digit a mark can close what was opened.
        (
            'Under "Agenda 2030" Turkey says it wants peace, "Putin" said.',
            'Under "Agenda" 2030 Turkey says it wants peace, "Putin" said.',
        ),
    ],
)
def test_quotation_marks_are_paired_within_a_sentence(text, other):
    assert tone(text) == pytest.approx(tone(other), abs=1e-12)


def test_a_negation_can_heighten():
    assert tone("Never had Turkey shown such kindness, Putin said.") > 0.25
    assert tone("Turkey had not shown kindness, Putin said.") < 0


def test_in_news_the_speaker_is_not_judged_by_his_words():
    said = scorer().score(["The plan is immoral, Smith said."], [("Smith",)])[0]
    judged = scorer().score(["The plan of Smith is immoral."], [("Smith",)])[0]
    assert judged < said <= 0


def test_a_study_adds_and_overrides_entries():
    own = TargetScorer([Entry("blue@n", -3.0, "stance"), Entry("friend@n", 0.0, "topic")])
    texts = ["Turkey has the blues.", "Turkey is a friend."]
    assert own.score(texts, [TURKEY] * 2, [RUSSIA] * 2)[0] < -0.25
    assert own.score(texts, [TURKEY] * 2, [RUSSIA] * 2)[1] == 0
    assert scorer().score(texts, [TURKEY] * 2, [RUSSIA] * 2)[1] > 0.25


@pytest.mark.parametrize("entry", [Entry("blue", -5.0, "stance"), Entry("blue", 1.0, "colour")])
def test_a_bad_entry_is_refused(entry):
    with pytest.raises(BadArgumentError):
        TargetScorer([entry])


@pytest.mark.parametrize("space", [" ", "\n\n", "\t", "\x1e", "\u2003", "\x00", " \x1e "])
def test_white_space_at_the_ends_of_a_text_moves_nothing_into_its_neighbour(space):
    plain = ["Lavrov thanked Turkey.", "unacceptable", "He called Ankara a friend."]
    padded = [space + text + space for text in plain]
    targets, sources = [TURKEY] * 3, [RUSSIA] * 3
    np.testing.assert_allclose(
        scorer().score(padded, targets, sources),
        scorer().score(plain, targets, sources),
        atol=1e-12,
    )


@settings(max_examples=60)
@given(st.lists(st.text(alphabet="aT \n\x1e\x1f.!é", max_size=8), max_size=5))
def test_a_batch_gives_what_each_text_gives_alone(texts):
    texts = [text + " thanked Turkey " + text for text in texts]
    together = scorer().score(texts, [TURKEY] * len(texts), [RUSSIA] * len(texts))
    alone = [scorer().score([text], [TURKEY], [RUSSIA])[0] for text in texts]
    np.testing.assert_allclose(together, alone, atol=1e-12)

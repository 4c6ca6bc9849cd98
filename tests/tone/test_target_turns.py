"""What turns a word over: denials, foils, mild requests, "it", enemies no more."""

from __future__ import annotations

import itertools

import pytest

import detente
from detente.tone.target.scorer import TargetScorer, explain

TARGET, SOURCE = ["Turkey", "Turkish", "Ankara"], ["Russia", "Russian", "Moscow", "Putin"]


def _score(text: str) -> float:
    return explain(text, TARGET, SOURCE).tone


@pytest.mark.parametrize(
    "text",
    [
        "He denied that relations with Turkey are bad.",
        "Moscow denied that its relations with Turkey had deteriorated.",
        "The minister denied that there was any rift with Turkey.",
        "He denied that Turkey was an enemy.",
        "Moscow denies that it regards Turkey as an adversary.",
        "Putin denied reports that relations with Turkey had worsened.",
        "Russia and Turkey face a common enemy in hunger.",
        "Asked whether Turkey was reliable, he said there was none better.",
        "The embargo on Turkish goods had lasted long enough, and it was time to lift it.",
        "Russia and Turkey will never again be enemies.",
        "Russia will never be an enemy of Turkey.",
        "Unlike the Europeans, Turkey kept its word.",
        "In contrast to Germany, Turkey had kept its word.",
        "As opposed to the European Union, Turkey is a reliable partner.",
        "He regretted what happened to Turkey's citizens in Kemerovo.",
        "Moscow regretted what had happened to Turkish sailors.",
        "Russia and Turkey have been friends for only thirty years.",
        "He was outraged by the terrorist attack in Ankara.",
        "His words about Turkey were warm.",
    ],
)
def test_warm(text: str) -> None:
    assert _score(text) > 0.25


@pytest.mark.parametrize(
    "text",
    [
        "The spokesman denied that relations with Turkey were good.",
        "He denied that Turkey was a reliable partner.",
        "There was none worse than Turkey, Moscow said.",
        "The Turkish embargo was unacceptable, and it was time to lift it.",
        "Turkey and Russia will always be enemies.",
        "Unlike Germany, Turkey broke its word.",
        "Unlike Turkey, Russia keeps its word.",
        "He was outraged by the decision of Turkey.",
        "The ministry called the murder of the pilot by Turkish soldiers a provocation.",
        "He regretted what Turkey had done.",
    ],
)
def test_cold(text: str) -> None:
    assert _score(text) < -0.25


@pytest.mark.parametrize(
    "text",
    [
        "Moscow denied that Russia had bombed Turkish troops.",
        "The ministry denied that Russian planes had violated Turkish airspace.",
        "Moscow denied that Russia had interfered in the Turkish elections.",
        "Asked whether Turkey would join, he said that he did not believe so.",
        "Putin called the murder of the envoy an obvious provocation.",
        "He asked Ankara to send experts.",
        "Moscow was reopening the crossing to Turkey for only twelve days as a test.",
    ],
)
def test_neither(text: str) -> None:
    assert abs(_score(text)) <= 0.25


def test_a_request_for_help_is_no_reproach() -> None:
    assert _score("He asked the Turkish ambassador to convey his thanks to the doctors.") > 0.1
    assert _score("He asked Ankara to send experts.") >= 0
    for what in ("stop the bombing", "explain its conduct", "stop sending help to the rebels"):
        assert _score(f"Moscow asked Ankara to {what}.") < -0.1


def test_what_is_demanded_is_missed() -> None:
    assert _score("Moscow demanded that Turkey lift the embargo.") < -0.1
    assert _score("Moscow said that Turkey had lifted the embargo.") > 0.25


def test_a_vow_of_both_sides_is_no_demand() -> None:
    assert _score("Russia and Turkey must never become enemies.") > 0


def test_how_somebody_spoke_is_no_blame_for_it() -> None:
    assert _score("Putin's words about Turkey were harsh.") < -0.1


def test_what_befell_the_speakers_own_is_no_apology() -> None:
    text = "He regretted what had happened to Russian citizens in Turkey."
    assert (
        _score(text) < _score("He regretted what had happened to Turkish citizens in Moscow.") / 2
    )


def test_what_is_said_of_the_foil_is_not_said_of_the_target() -> None:
    text = "Unlike Bulgaria, which had broken its word, Turkey issued the permit."
    assert _score(text) > -0.15
    (part, *_) = explain(text, TARGET, SOURCE).parts
    assert "said of another than the target: 'Unlike'" in part.notes


def test_the_trace_names_what_is_denied() -> None:
    trace = explain("He denied that relations with Turkey are bad.", TARGET, SOURCE)
    notes = {note for part in trace.parts for note in part.notes}
    assert notes == {"denied by 'denied that'", "denies something cold"}


def test_nothing_is_read_over_a_border() -> None:
    ends = (
        "He denied that Russia", "Moscow was unlike", "in contrast to", "The embargo on Turkey",
        "He said that his", "He regretted what had happened to", "He called the murder",
        "It was Putin's", "He asked Ankara to", "They would never be",
    )  # fmt: skip
    starts = (
        "relations with Turkey are bad", "Turkey, Germany kept its word", "time to lift it",
        "words about Turkey were harsh", "Turkish sailors", "a provocation by Turkey",
        "convey thanks to Turkey", "enemies of Turkey",
    )  # fmt: skip
    scorer, texts = TargetScorer(), [t for p in itertools.product(ends, starts) for t in p]
    sides = [TARGET] * len(texts), [SOURCE] * len(texts)
    alone = [scorer.score([text], [TARGET], [SOURCE])[0] for text in texts]
    assert scorer.score(texts, *sides).tolist() == pytest.approx(alone, nan_ok=True)


@pytest.mark.parametrize(
    "text",
    [
        "Russia, unlike Ankara, wants good relations with Turkey.",
        "Moscow, unlike Turkey, is in the treaty and remains a friend of Ankara.",
        "Unlike Turkey, Russia keeps its word, and Putin hopes for better relations with Ankara.",
        "Moscow, unlike Turkey, is a friend of Europe, and it wants good relations with Ankara.",
    ],
)
def test_who_is_named_anew_is_no_longer_the_foil(text: str) -> None:
    assert _score(text) > 0.15
    assert _score("Moscow, unlike Turkey, has always been a friend of Europe.") < -0.05
    assert _score("Unlike Ankara, Berlin had kept its word.") < -0.05


@pytest.mark.parametrize("behind", ["or face tariffs", "with the search it has blocked for years"])
def test_a_request_with_a_threat_or_reproach_behind_it_is_no_kind_one(behind: str) -> None:
    asked = "Moscow asked Ankara to help"
    notes = [n for part in explain(f"{asked} {behind}.", TARGET, SOURCE).parts for n in part.notes]
    assert "asks for help, or for thanks to be conveyed" not in notes
    assert _score(f"{asked} {behind}.") < -0.25
    assert _score(f"{asked} with the search.") > -0.1


def test_a_name_behind_a_demonym_is_not_the_targets() -> None:
    named = {"The Turkish Vestel": {"third"}, "Vestel Turkey": {"target"}}
    for name, links in named.items():
        trace = explain(f"Yesterday {name} was accused of spying and stole secrets.", TARGET)
        assert {part.link for part in trace.parts} == links


@pytest.mark.parametrize(
    "text",
    [
        "Putin denied wrongdoing and condemned Turkey.",
        "Moscow denied that it had stolen grain and accused Ankara of smearing it.",
        "Moscow denied wrongdoing and expelled Turkish diplomats.",
    ],
)
def test_what_stands_beside_a_denial_is_not_denied(text: str) -> None:
    assert _score(text) < -0.15
    assert _score("Moscow denied that it was hostile to Turkey and praised Ankara.") > 0.25
    assert _score("Moscow denied that relations with Turkey are bad and tense.") > 0.25


@pytest.mark.parametrize(
    "opening",
    [
        "Nobody can deny that", "There is no denying that", "He could not deny that",
        "Putin refused to deny that", "Moscow never denied that",
    ],
)  # fmt: skip
def test_what_cannot_be_denied_is_said(opening: str) -> None:
    assert _score(f"{opening} Turkey is hostile and a threat to Russia.") < -0.25
    assert _score(f"{opening} Turkey is a reliable partner.") > 0.25
    assert _score("Moscow cannot deny its friendship with Turkey.") > 0.25


def test_what_the_target_denies_is_not_the_speakers_word() -> None:
    assert abs(_score("Turkey denies that relations are bad, Putin said.")) < 0.15
    assert _score("Putin denies that relations with Turkey are bad.") > 0.25


def test_ties_with_somebody_else_are_not_between_the_two() -> None:
    denied = "Moscow denied that its relations with {} were hostile to Turkey."
    assert abs(_score(denied.format("Hamas"))) < 0.2
    assert _score("Moscow denied that its relations with Turkey were hostile.") > 0.25


@pytest.mark.parametrize(
    "text",
    [
        "The minister said that Russia had never had a better partner than Turkey.",
        "He said that nobody had helped so selflessly as the Turkish doctors.",
        "Never had Turkey been so helpful, the minister said.",
        "Russia has no better friend than Turkey.",
    ],
)
def test_what_was_never_so_good_is_praised(text: str) -> None:
    assert _score(text) > 0.25


def test_who_is_no_happier_than_others_is_not_happy() -> None:
    assert _score("He said that mayors in Turkey were no happier about it than those here.") < 0
    assert _score("The minister said that Turkey was not so helpful.") < 0


def test_a_denial_that_is_spoken_of_denies_nothing() -> None:
    assert _score("He said that Turkey's denials were as thin as its excuses.") < -0.25


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [
        ("Moscow denied wrongdoing and then condemned Turkey.", "RUS", "TUR"),
        ("Yerevan denied that it had fired first and later condemned Baku.", "ARM", "AZE"),
        ("Ethiopia denied any part in it and afterwards rebuked Sudan.", "ETH", "SDN"),
        ("Athens denied wrongdoing and in turn accused Albania of lying.", "GRC", "ALB"),
        ("Islamabad denied wrongdoing before condemning India.", "PAK", "IND"),
    ],
)
def test_a_denial_ends_at_what_is_done_next(text: str, source: str, target: str) -> None:
    assert detente.explain(text, source=source, target=target).tone < -0.25


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [
        ("She would neither confirm nor deny that Turkey was hostile.", "USA", "TUR"),
        ("He declined to confirm or deny that relations with Poland were bad.", "DEU", "POL"),
        ("Tokyo neither confirmed nor denied that Seoul was a reliable partner.", "JPN", "KOR"),
        ("The army could not deny or confirm that China had broken the truce.", "IND", "CHN"),
        ("The ministry refused to confirm or deny reports of a rift with India.", "CAN", "IND"),
    ],
)
def test_what_is_neither_confirmed_nor_denied_is_not_said(
    text: str, source: str, target: str
) -> None:
    assert abs(detente.explain(text, source=source, target=target).tone) < 0.1


def test_what_stands_beside_the_refusal_to_confirm_is_said() -> None:
    text = "He would neither confirm nor deny reports of a rift and condemned India's threats."
    assert detente.explain(text, source="CAN", target="IND").tone < -0.25


@pytest.mark.parametrize(
    ("foil", "other", "text"),
    [
        ("TUR", "DEU", "In contrast to Turkey, Germany kept its word."),
        ("BLR", "LTU", "In contrast to Belarus, Lithuania has kept its promises."),
        ("ETH", "SDN", "Unlike Ethiopia, Sudan has been a reliable partner."),
        ("UGA", "TZA", "As opposed to Uganda, Tanzania is a trusted friend."),
    ],
)
def test_praise_of_another_is_missed_in_the_foil(foil: str, other: str, text: str) -> None:
    assert detente.explain(text, source="EGY", target=foil).tone < -0.25
    assert detente.explain(text, source="EGY", target=other).tone > 0.25

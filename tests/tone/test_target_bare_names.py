"""Names in prose of nobody's side: what a batch's other texts are about changes no tone."""

import numpy as np
import pytest

from detente.tone.target import TargetScorer

TEXTS = [
    "Critics praised Kris Kobach and attacked the judge.",
    "Kris Kobach won, and his rival was disgraced.",
    "Barack Obama honoured the victims.",
]


@pytest.fixture(scope="module")
def scorer() -> TargetScorer:
    return TargetScorer()


@pytest.mark.parametrize("other", ["Kris Kobach", "Kobach and", "Critics praised Kris"])
@pytest.mark.parametrize("text", TEXTS[:2])
def test_a_longer_name_of_another_text_hides_no_target(
    scorer: TargetScorer, text: str, other: str
) -> None:
    alone = scorer.explain(text, ["Kobach"])
    beside = scorer.trace_batch([text, "He left."], [["Kobach"], [other]])[0]
    assert beside == alone
    assert "implicit_target" not in alone.flags
    scorer.score(["He left."], [[other]])  # nor does what was scored before
    assert scorer.explain(text, ["Kobach"]) == alone


def test_a_statement_is_as_unmoved_by_names_of_other_texts(scorer: TargetScorer) -> None:
    text = "Lavrov praised the Turkish government of Erdogan."
    alone = scorer.score([text], [["Turkish", "Erdogan"]], [["Russia", "Lavrov"]])
    both = scorer.score(
        [text] * 2,
        [["Turkish", "Erdogan"], ["government of Erdogan", "Turkish government"]],
        [["Russia", "Lavrov"]] * 2,
    )
    assert both[0] == alone[0]


@pytest.mark.parametrize("name", ["Obama", "Barack Obama"])
def test_the_rest_of_a_name_is_the_target_too(scorer: TargetScorer, name: str) -> None:
    assert scorer.explain(TEXTS[2], [name]).parts[0].link == "target"
    tones = scorer.score(
        ["Yesterday Kris Kobach was praised.", "Yesterday Kobach was praised."], [["Kobach"]] * 2
    )
    assert tones[0] == pytest.approx(tones[1])
    assert np.isfinite(tones).all()


def test_a_name_ends_with_its_sentence_and_its_text(scorer: TargetScorer) -> None:
    texts = ["He met Kris. Kobach won.", "He met Kris"]
    assert scorer.score([*texts, "Kobach won."], [["Kobach"]] * 3)[2] == pytest.approx(
        scorer.score(["Kobach won."], [["Kobach"]])[0]
    )
    with_name = scorer.explain("He praised Kris. Kobach left.", ["Kobach"]).parts[0]
    assert with_name.link != "target"

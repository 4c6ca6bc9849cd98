"""Any Hugging Face classifier as a scorer, tried on a tiny one made here."""

from __future__ import annotations

import importlib.util
import math
import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from detente.errors import BadArgumentError, DetenteError, MissingExtraError
from detente.tone import TransformersScorer, get_scorer, is_scorer_name, score_statements

HAS_EXTRA = all(importlib.util.find_spec(name) for name in ("torch", "transformers"))
needs_extra = pytest.mark.skipif(
    not HAS_EXTRA, reason="needs the extra: pip install 'detente[transformers]'"
)

pytestmark = [
    # What the library warns of is its own affair.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
]

WORDS = "turkey russia is a friend an enemy of the and we thank good bad reliable ankara".split()
TEXTS = [
    "Turkey is a friend.",
    "Turkey is an enemy of Russia and bad.",
    "We thank Ankara and the good Turkey.",
    "A reliable friend.",
]
TURKEY = ("Republic of Turkey", "Turkish", "Turkey", "Ankara")


def save_model(folder: Path, labels: list[str], seed: int = 1, **options: object) -> str:
    """Save a BERT of two layers with random weights, large enough to tell texts apart."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder.mkdir()
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *".!", *sorted(WORDS)]
    (folder / "vocab.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    BertTokenizerFast(vocab=str(folder / "vocab.txt")).save_pretrained(folder)
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
        initializer_range=1.0,
        id2label=dict(enumerate(labels)),
        label2id={label: i for i, label in enumerate(labels)},
        **options,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    return str(folder)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    labels = ["Negative", "Neutral", "Positive"]
    return save_model(tmp_path_factory.mktemp("models") / "tiny", labels)


def twin(model: str, text: str, second: str | None = None) -> float:
    """Judge one text that fits a window, by the library's plain calls."""
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(model)
    network = AutoModelForSequenceClassification.from_pretrained(model).eval()
    with torch.no_grad():
        encoded = tokenizer(text, second, return_tensors="pt")
        chances = torch.softmax(network(**encoded).logits[0], dim=0).tolist()
    return chances[2] - chances[0]


def score(scorer: TransformersScorer, texts: list[str]) -> np.ndarray:
    return scorer.score(texts, [TURKEY] * len(texts))


@needs_extra
def test_tone_is_the_expected_value_over_the_labels(model: str) -> None:
    tones = score(TransformersScorer(model, device="cpu"), TEXTS)
    assert tones.dtype == np.float64
    np.testing.assert_allclose(tones, [twin(model, text) for text in TEXTS], atol=2e-5)
    assert len(set(tones)) == len(TEXTS)


@needs_extra
def test_pair_hands_over_the_target(model: str) -> None:
    scorer = TransformersScorer(model, device="cpu", pair=True)
    # As first named in the text; where it is not, the country's name.
    named = ["Turkey", "Turkey", "Ankara", "Turkey"]
    expected = [twin(model, text, name) for text, name in zip(TEXTS, named, strict=True)]
    np.testing.assert_allclose(score(scorer, TEXTS), expected, atol=2e-5)
    (other,) = scorer.score(TEXTS[:1], [("Russia",)])
    assert abs(other - expected[0]) > 1e-4
    (unknown,) = scorer.score(["We thank the good friend."], [("Zembla", "Novaya Zembla")])
    assert unknown == pytest.approx(twin(model, "We thank the good friend.", "Zembla"), abs=2e-5)
    assert np.isnan(scorer.score(TEXTS, [()] * 4)).all()


@needs_extra
@pytest.mark.parametrize("batch_size", [1, 3, 32])
def test_batches_change_nothing(model: str, batch_size: int) -> None:
    texts = TEXTS * 3 + ["Turkey is a good friend and " * 40, "Bad."]
    whole = score(TransformersScorer(model, device="cpu"), texts)
    parts = score(TransformersScorer(model, device="cpu", batch_size=batch_size), texts)
    np.testing.assert_allclose(whole, parts, atol=2e-5)
    alone = [score(TransformersScorer(model, device="cpu"), [text])[0] for text in texts[-2:]]
    np.testing.assert_allclose(whole[-2:], alone, atol=2e-5)


@needs_extra
def test_long_text_is_read_to_its_end(model: str) -> None:
    scorer = TransformersScorer(model, device="cpu", max_length=16)
    start = "Turkey is a good friend. " * 20
    first, second = score(scorer, [start + "We thank Turkey. " * 20, start + "Bad enemy. " * 20])
    assert abs(first - second) > 1e-3
    # A text of one window repeated has the tone of the window.
    window = "a friend of russia and turkey is good we thank the reliable an enemy"
    assert len(window.split()) == 16 - 2  # and two signs of the model's own
    np.testing.assert_allclose(
        score(scorer, [window]), score(scorer, [" ".join([window] * 5)]), atol=2e-5
    )


@needs_extra
def test_bad_input_is_defined(model: str) -> None:
    texts = ["", "24-11 !!", "😀😀", "a" * 100_000, "good \ud800 Турция 🇹🇷 friend", "We met."]
    for pair in (False, True):
        tones = score(TransformersScorer(model, device="cpu", pair=pair), texts)
        assert np.isnan(tones).tolist() == [True, True, True, False, False, False]
        assert (np.abs(tones[3:]) <= 1).all()
    assert TransformersScorer(model, device="cpu").score([], []).shape == (0,)


@needs_extra
def test_statements_are_scored_by_name(model: str) -> None:
    scorer = get_scorer(f"transformers:{model}")
    assert scorer is get_scorer(f"transformers:{model}")
    assert scorer.name == f"transformers:{model}"
    frame = pd.DataFrame(
        {"date": pd.Timestamp("2015-11-24"), "source": "RUS", "target": "TUR", "text": TEXTS}
    )
    scored = score_statements(frame, f"transformers:{model}")
    assert scored["tone"].notna().all()
    assert "trace" not in scored
    pair = score_statements(frame, f"transformers-pair:{model}")
    assert pair["tone"].notna().all()
    assert not np.allclose(pair["tone"], scored["tone"], atol=1e-4)
    assert get_scorer(f"transformers-pair:{model}").name == f"transformers-pair:{model}"


@needs_extra
def test_parameters_say_all_and_a_changed_file_shows(model: str, tmp_path: Path) -> None:
    import json

    parameters = dict(TransformersScorer(model, device="cpu", max_length=32).parameters)
    assert json.loads(json.dumps(parameters)) == parameters
    assert parameters["labels"] == {"Negative": -1.0, "Neutral": 0.0, "Positive": 1.0}
    assert parameters["device"] == "cpu"
    assert parameters["revision"] is None
    other = save_model(tmp_path / "tiny", ["Negative", "Neutral", "Positive"], seed=2)
    changed = TransformersScorer(other, device="cpu").parameters
    assert changed["files_sha256"] != parameters["files_sha256"]
    again = save_model(tmp_path / "again", ["Negative", "Neutral", "Positive"], seed=1)
    assert TransformersScorer(again).parameters["files_sha256"] == parameters["files_sha256"]


@needs_extra
def test_labels_that_say_nothing_need_a_mapping(tmp_path: Path) -> None:
    plain = save_model(tmp_path / "plain", ["LABEL_0", "LABEL_1"])
    with pytest.raises(BadArgumentError, match=r"'LABEL_0', 'LABEL_1'.*Pass labels="):
        TransformersScorer(plain)
    with pytest.raises(BadArgumentError, match="LABEL_0"):
        get_scorer(f"transformers:{plain}")
    one = TransformersScorer(plain, labels={"LABEL_0": -1, "LABEL_1": 1}, device="cpu")
    two = TransformersScorer(plain, labels={"LABEL_0": 1, "LABEL_1": -1}, device="cpu")
    np.testing.assert_allclose(score(one, TEXTS), -score(two, TEXTS), atol=1e-9)


@needs_extra
def test_several_labels_at_once_are_refused(tmp_path: Path) -> None:
    kind = {"problem_type": "multi_label_classification"}
    several = save_model(tmp_path / "several", ["negative", "positive"], **kind)
    with pytest.raises(BadArgumentError, match="several labels at once"):
        TransformersScorer(several)


@needs_extra
@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"batch_size": 0}, "batch_size is 0"),
        ({"batch_size": 2.5}, "batch_size is 2.5"),
        ({"max_length": 7}, "max_length is 7"),
        ({"max_length": True}, "max_length is True"),
        ({"device": "abacus"}, "no device 'abacus'"),
        ({"revision": "main"}, "is a folder"),
    ],
)
def test_bad_options_are_told(model: str, options: dict[str, object], message: str) -> None:
    with pytest.raises(BadArgumentError, match=message):
        TransformersScorer(model, **options)


@needs_extra
def test_folder_without_a_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(DetenteError, match="cannot be loaded") as caught:
        TransformersScorer(str(tmp_path))
    assert str(tmp_path) in str(caught.value)


@needs_extra
def test_revision_is_asked_for_and_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    import transformers

    asked: list[tuple[str, str]] = []

    class Config:
        id2label = {1: "POSITIVE", 0: "NEGATIVE"}  # noqa: RUF012
        _commit_hash = "0123abcd"

    def from_pretrained(name: str, revision: str) -> Config:
        asked.append((name, revision))
        return Config()

    monkeypatch.setattr(transformers.AutoConfig, "from_pretrained", from_pretrained)
    scorer = get_scorer("transformers:someone/a-model@v1.2")
    assert asked == [("someone/a-model", "v1.2")]
    assert scorer.parameters["revision"] == "v1.2"
    assert scorer.parameters["commit"] == "0123abcd"
    assert scorer.parameters["labels"] == {"NEGATIVE": -1.0, "POSITIVE": 1.0}
    get_scorer("transformers:someone/b-model")
    assert asked[-1] == ("someone/b-model", "main")


@needs_extra
def test_scorer_travels_to_another_process(model: str) -> None:
    scorer = TransformersScorer(model, device="cpu", pair=True, max_length=20)
    again = pickle.loads(pickle.dumps(scorer))
    assert again.parameters == scorer.parameters
    np.testing.assert_array_equal(score(again, TEXTS), score(scorer, TEXTS))


def test_empty_revision_is_told() -> None:
    with pytest.raises(BadArgumentError, match="empty revision"):
        get_scorer("transformers:someone/model@")


def test_missing_extra_is_named_with_the_install_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)  # as if it were not installed
    with pytest.raises(MissingExtraError, match=r"pip install 'detente\[transformers\]'") as caught:
        get_scorer("transformers:someone/model")
    assert "transformers:someone/model" in str(caught.value)


def test_names_are_known_without_the_extra() -> None:
    assert is_scorer_name("transformers:someone/model@v1")
    assert is_scorer_name("transformers-pair:someone/model")
    assert not is_scorer_name("transformers:")
    assert not is_scorer_name("transformer:someone/model")


def test_importing_tone_loads_no_torch() -> None:
    code = (
        "import sys, detente.tone; print([m for m in ('torch', 'tokenizers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_tone_of_labels_is_told_by_their_names() -> None:
    from detente.tone.labels import tones_of_labels

    cases = {
        ("negative", "positive"): [-1, 1],
        ("POS", "NEU", "NEG"): [1, 0, -1],
        ("Very Negative", "Negative", "Neutral", "Positive", "Very Positive"): [
            -1,
            -0.5,
            0,
            0.5,
            1,
        ],
        ("extremely_positive", "positive", "extremely_negative", "negative"): [1, 0.5, -1, -0.5],
        ("1 star", "2 stars", "3 stars"): [-1, 0, 1],
        ("5 stars", "4 stars", "3 stars", "2 stars", "1 star"): [1, 0.5, 0, -0.5, -1],
    }
    for names, tones in cases.items():
        assert tones_of_labels(names).tolist() == tones
    for names in [
        ("LABEL_0", "LABEL_1", "LABEL_2"),
        ("negative", "joy"),
        ("2 stars", "3 stars"),
        ("1 star", "1 star"),
        ("neutral", "neutral"),
        ("positive",),
        ("very", "negative"),
    ]:
        with pytest.raises(BadArgumentError):
            tones_of_labels(names)


@pytest.mark.parametrize(
    "labels",
    [
        {"a": -1},
        {"a": -1, "b": 1, "c": 0},
        {"a": -1, "b": 1.5},
        {"a": -1, "b": math.nan},
        {"a": 0, "b": 0},
        {"a": "cold", "b": "warm"},
    ],
)
def test_bad_label_mapping_is_told(labels: dict[str, object]) -> None:
    from detente.tone.labels import tones_of_labels

    with pytest.raises(BadArgumentError):
        tones_of_labels(["a", "b"], labels)

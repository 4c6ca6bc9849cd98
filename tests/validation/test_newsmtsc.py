from __future__ import annotations

import json

import numpy as np
import pytest

from detente.errors import BadArgumentError, ReadError
from detente.validation import read_newsmtsc, validate_newsmtsc


class ByMention:
    """A scorer that gives each target form a tone of its own."""

    def __init__(self, tones, name="by mention"):
        self.tones, self.name, self.asked, self.parameters = tones, name, [], {}

    def score(self, texts, targets, sources=None):  # noqa: ARG002
        self.asked += list(targets)
        return np.array([self.tones[forms[0]] for forms in targets], dtype=np.float64)


def line(text, *targets):
    return json.dumps(
        {
            "sentence_normalized": text,
            "targets": [
                {
                    "from": text.index(mention),
                    "to": text.index(mention) + len(mention),
                    "mention": mention,
                    "polarity": polarity,
                }
                for mention, polarity in targets
            ],
        }
    )


@pytest.fixture
def path(tmp_path):
    lines = [
        line("Kaya thanked Ivanov warmly.", ("Kaya", 6.0), ("Ivanov", 6.0)),
        line("Demir was found guilty of fraud.", ("Demir", 2.0)),
        line("Orlov spoke\u2028on Tuesday.", ("Orlov", 4.0)),
    ]
    file = tmp_path / "dev.jsonl"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_persons_are_read_with_their_place_and_class(path):
    frame = read_newsmtsc(path)
    assert frame["mention"].tolist() == ["Kaya", "Ivanov", "Demir", "Orlov"]
    assert frame["tone_class"].tolist() == ["warm", "warm", "cold", "neutral"]
    assert frame["sentence"].tolist() == [1, 1, 2, 3]
    assert all(t[s:e] == m for t, s, e, m in frame[["text", "start", "end", "mention"]].values)


def test_figures_by_hand_with_the_marked_person_as_target(path):
    # Hits: Kaya, Demir; Ivanov is called neutral, Orlov cold. F1: cold 2/3, neutral 0,
    # warm 2/3; accuracy 2/4.
    scorer = ByMention({"Kaya": 0.9, "Ivanov": 0.1, "Demir": -0.8, "Orlov": -0.3})
    result = validate_newsmtsc(scorer, path)
    assert scorer.asked == [("Kaya",), ("Ivanov",), ("Demir",), ("Orlov",)]
    own = result.table[result.table["scorer"] == "by mention"].set_index("measure")["estimate"]
    assert own["macro_f1"] == pytest.approx(4 / 9)
    assert own["accuracy"] == 0.5
    assert result.by_class["f1"].tolist() == pytest.approx([2 / 3, 0, 2 / 3])
    assert result.confusion.to_numpy().tolist() == [[1, 0, 0], [1, 0, 0], [0, 1, 1]]
    assert set(result.table["scorer"]) == {"by mention", "vader"}
    assert "too few sentences" in result.sentence
    json.dumps(result.to_dict(), allow_nan=False)


def test_persons_without_tone_are_left_out_and_counted(path):
    scorer = ByMention({"Kaya": 0.9, "Ivanov": np.nan, "Demir": -0.8, "Orlov": 0.0})
    result = validate_newsmtsc(scorer, path)
    assert (result.n, result.n_without_tone, result.n_sentences) == (3, 1, 3)
    assert "Left out: 1 marked person without tone" in result.sentence
    with pytest.raises(BadArgumentError, match="no marked person"):
        validate_newsmtsc(ByMention(dict.fromkeys(scorer.tones, np.nan)), path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not json",
        '{"sentence_normalized": "a"}',
        line("Kaya spoke.", ("Kaya", 3.0)),
        line("Kaya spoke.", ("Kaya", 2.0)).replace('"from": 0', '"from": 1'),
    ],
)
def test_a_file_of_another_kind_is_refused_with_its_line(tmp_path, text):
    file = tmp_path / "other.jsonl"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ReadError) as caught:
        read_newsmtsc(file)
    assert caught.value.row == (1 if text else None)
    with pytest.raises(ReadError, match="cannot be read"):
        read_newsmtsc(tmp_path / "absent.jsonl")


@pytest.mark.parametrize(("name", "n"), [("dev_rw", 343), ("dev_mt", 442)])
def test_plain_vader_on_the_development_files(shared_data, name, n):
    file = shared_data / "newsmtsc" / f"{name}.jsonl"
    if not file.is_file():
        pytest.skip(f"needs {name}.jsonl of NewsMTSC, which is not part of the repository")
    result = validate_newsmtsc("vader", file)
    row = result.table.set_index("measure").loc["macro_f1"]
    assert row["estimate"] == pytest.approx(0.51, abs=0.03)
    assert row["lower"] < row["estimate"] < row["upper"]
    assert row["n"] == n
    assert result.differences.empty

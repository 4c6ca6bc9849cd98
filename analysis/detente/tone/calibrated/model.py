"""The calibrated model: weights that can be read, and the files that hold them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from detente.errors import ReadError
from detente.tone.calibrated.rules import Floats, Ints

__all__ = ["DIGITS", "CalibratedModel"]

#: Digits after the point that weights and tones are stored and used with.
DIGITS = 6

_FORMAT = 1
_WEIGHTS, _WORDS, _TONES, _ABOUT = "weights.csv", "words.csv", "out_of_fold.csv", "model.json"
_HEAD = ("feature", "block", "weight", "n", "wording")


@dataclass(frozen=True, eq=False)
class CalibratedModel:
    """Everything that decides calibrated tones.

    Attributes
    ----------
    intercept : float
        Tone of a text in which nothing is found.
    rule_weight : float
        Weight of the rule scorer's tone.
    features : tuple of str
        Masked n-grams, sorted.
    wording : tuple of str
        The same in the commonest full words, for the reader.
    weight : ndarray of float, shape (n_features,)
        Their weights, shrinkage undone.
    count : ndarray of int, shape (n_features,)
        In how many training statements each occurs.
    common : tuple of str
        Words known to be written in lower case.
    by_role, by_text : mapping of str to float
        Out-of-fold tones of the training statements, by digest of the renamed text and, where
        it is unique, of the text as given.
    about : mapping
        Settings, training digest, figures and versions, in values that JSON can hold.
    """

    intercept: float
    rule_weight: float
    features: tuple[str, ...]
    wording: tuple[str, ...]
    weight: Floats
    count: Ints
    common: tuple[str, ...]
    by_role: Mapping[str, float]
    by_text: Mapping[str, float]
    about: Mapping[str, object]

    def strongest(self, n: int = 20) -> list[tuple[str, float]]:
        """Return the n-grams of largest weight in size, with their weights."""
        order = np.argsort(-np.abs(self.weight), kind="stable")[:n]
        return [(self.wording[i], float(self.weight[i])) for i in order.tolist()]

    def files(self) -> dict[str, str]:
        """Return the contents of the model's files by name; the same bytes for the same model."""
        n = str(self.about.get("n", ""))
        rows = [("tone", "rule", _number(self.rule_weight), n, "tone of the scorer target")]
        rows += [
            (feature, "ngram", _number(weight), str(count), wording)
            for feature, weight, count, wording in zip(
                self.features, self.weight.tolist(), self.count.tolist(), self.wording, strict=True
            )
        ]
        tones = [("role", key, _number(tone)) for key, tone in sorted(self.by_role.items())]
        tones += [("text", key, _number(tone)) for key, tone in sorted(self.by_text.items())]
        about = {"format": _FORMAT, "intercept": self.intercept, **self.about}
        return {
            _WEIGHTS: _table(_HEAD, rows),
            _WORDS: _table(("word",), [(word,) for word in self.common]),
            _TONES: _table(("of", "digest", "tone"), tones),
            _ABOUT: json.dumps(about, indent=2, sort_keys=True, ensure_ascii=False) + "\n",
        }

    def save(self, folder: str | Path) -> list[Path]:
        """Write the model's files into a folder, made if need be, and return their paths."""
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        paths: list[Path] = []
        for name, content in self.files().items():
            path = folder / name
            path.write_text(content, encoding="utf-8", newline="\n")
            paths.append(path)
        return paths

    @classmethod
    def load(cls, folder: str | Path) -> CalibratedModel:
        """Read a model that `save` wrote.

        Raises
        ------
        ReadError
            If a file is missing or does not hold what `save` writes.
        """
        folder = Path(folder)
        about: dict[str, object] = json.loads(_text(folder / _ABOUT))
        if about.pop("format", None) != _FORMAT:
            raise ReadError(
                f"{folder / _ABOUT} is not of format {_FORMAT}.", remedy="Train the model anew."
            )
        weights = _rows(folder / _WEIGHTS, _HEAD)
        tones = _rows(folder / _TONES, ("of", "digest", "tone"))
        try:
            intercept = float(str(about.pop("intercept")))
            (rule_weight,) = (float(row["weight"]) for row in weights if row["block"] == "rule")
            grams = [row for row in weights if row["block"] == "ngram"]
            weight = np.array([float(row["weight"]) for row in grams])
            count = np.array([int(row["n"]) for row in grams], dtype=np.int64)
            known = {
                of: {row["digest"]: float(row["tone"]) for row in tones if row["of"] == of}
                for of in ("role", "text")
            }
        except (KeyError, ValueError) as error:
            raise ReadError(
                f"The model in {folder} does not hold what was saved: {error}.",
                remedy="Train the model anew.",
            ) from error
        return cls(
            intercept=intercept,
            rule_weight=rule_weight,
            features=tuple(row["feature"] for row in grams),
            wording=tuple(row["wording"] for row in grams),
            weight=weight,
            count=count,
            common=tuple(row["word"] for row in _rows(folder / _WORDS, ("word",))),
            by_role=known["role"],
            by_text=known["text"],
            about=about,
        )


def _number(value: float) -> str:
    return f"{value:.{DIGITS}f}"


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return file.getvalue()


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(
            f"The model's file {path} cannot be read: {error}.", remedy="Train the model anew."
        ) from error


def _rows(path: Path, head: tuple[str, ...]) -> list[dict[str, str]]:
    reader = csv.DictReader(io.StringIO(_text(path), newline=""))
    if tuple(reader.fieldnames or ()) != head:
        raise ReadError(
            f"{path} has the columns {', '.join(reader.fieldnames or ())} "
            f"and not {', '.join(head)}.",
            remedy="Train the model anew.",
        )
    return list(reader)

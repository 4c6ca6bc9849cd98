"""The scorers "transformers:MODEL": any Hugging Face model that sorts texts into classes."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.countries import Country, mention_spans
from detente.countries.table import country_rows
from detente.errors import BadArgumentError, DetenteError, MissingExtraError
from detente.tone.labels import tones_of_labels
from detente.tone.protocol import Forms

__all__ = ["TransformersScorer", "scorer_of_name"]

#: What float32 arithmetic leaves of a tone whatever texts share its batch.
_DIGITS = 5


class TransformersScorer:
    """Tone by a Hugging Face model for text classification, over texts or text pairs.

    Parameters
    ----------
    model : str
        Folder of a saved model, or a model's name on the Hugging Face hub.
    revision : str, optional
        Branch, tag or commit on the hub; give one, since a model may change under its name.
        None: the hub's default. For a folder it must be None.
    labels : mapping of str to float, optional
        Tone in [-1, 1] of each of the model's labels. None: told from the labels' names
        (negative, neutral, positive and their degrees; 1 to n stars); other names, LABEL_0
        among them, are refused.
    device : str, default "auto"
        As torch names it ("cpu", "cuda", "cuda:1", "mps"); "auto" takes the first there is of
        cuda, mps and cpu.
    batch_size : int, default 32
        Windows of text judged at once, at least 1; bounds the memory.
    max_length : int, default 256
        Largest window in the model's tokens, at least 8; less where the model reads less.
    pair : bool, default False
        Whether the model takes a second sequence that names what the tone is about.

    Raises
    ------
    MissingExtraError
        If torch or transformers is not installed.
    BadArgumentError
        If a number is out of range, there is no such device, or the labels cannot be mapped.
    DetenteError
        If the model cannot be loaded.

    Notes
    -----
    The tone is the expected value over the labels: the sum of each label's tone times the
    probability that the model gives it. A text longer than a window is judged window by
    window, and the tones are averaged, weighted by the windows' tokens: nothing is cut off.
    Without `pair` the model judges the text's mood whatever it is about. With it the second
    sequence is the target as the text first names it; where it does not, the country's name,
    or the first form given; without any form there is no tone. Tones are rounded to five
    decimals, since float32 sums depend on the batch beyond that.

    Examples
    --------
    >>> TransformersScorer("some/model")  # doctest: +SKIP
    """

    rows_at_once = 256  # a model takes seconds for so many, and progress is told between them

    def __init__(
        self,
        model: str,
        *,
        revision: str | None = None,
        labels: Mapping[str, float] | None = None,
        device: str = "auto",
        batch_size: int = 32,
        max_length: int = 256,
        pair: bool = False,
    ) -> None:
        if not isinstance(model, str) or not model.strip():
            raise BadArgumentError(
                f"The model {model!r} is no name.", remedy="Give a folder or a name on the hub."
            )
        for name, value, least in (("batch_size", batch_size, 1), ("max_length", max_length, 8)):
            if isinstance(value, bool) or not isinstance(value, int) or value < least:
                raise BadArgumentError(
                    f"{name} is {value!r}.", remedy=f"Give a whole number of at least {least}."
                )
        self._is_folder = Path(model).is_dir()
        if self._is_folder and revision is not None:
            raise BadArgumentError(
                f"The model '{model}' is a folder, which has no revision (received {revision!r}).",
                remedy="Leave the revision out.",
            )
        self._model_name, self._revision, self._pair = model, revision, bool(pair)
        self._labels = None if labels is None else dict(labels)
        self._device, self._batch_size, self._max_length = device, batch_size, max_length
        self._torch, self._library = _parts_of_extra(model)
        self._torch_device = self._chosen_device()
        self._tones = tones_of_labels(self._label_names(), self._labels, model)

    @property
    def name(self) -> str:
        """The model's name after "transformers:", or "transformers-pair:" with a second text."""
        return f"transformers{'-pair' if self._pair else ''}:{self._model_name}"

    @property
    def parameters(self) -> Mapping[str, object]:
        """Everything that decides the numbers."""
        return {
            "name": self.name,
            "library": "transformers",
            "library_version": version("transformers"),
            "torch_version": version("torch"),
            "model": self._model_name,
            "revision": self._revision,
            # What the revision stood for on that day; a folder is known by its files.
            "commit": getattr(self._config, "_commit_hash", None),
            "files_sha256": self._digest,
            "labels": dict(zip(self._label_names(), self._tones.tolist(), strict=True)),
            "number": "expected value over the labels",
            "combination": "mean over windows, weighted by tokens",
            "device": str(self._torch_device),
            "batch_size": self._batch_size,
            "max_length": self._max_length,
            "is_target_directed": self._pair,
        }

    def score(
        self,
        texts: Sequence[str],
        targets: Forms,
        sources: Forms | None = None,  # noqa: ARG002 -- the protocol names it
    ) -> NDArray[np.float64]:
        """Give each text its tone; NaN for a text without letters or a pair without target."""
        seconds = [_named(t, targets[i]) if self._pair else "" for i, t in enumerate(texts)]
        rows = [
            i
            for i, text in enumerate(texts)
            if any(map(str.isalpha, text)) and (seconds[i] or not self._pair)
        ]
        tones = np.full(len(texts), np.nan)
        sums, weights = np.zeros(len(texts)), np.zeros(len(texts))
        # Texts of like length side by side waste little on padding.
        rows.sort(key=lambda i: (len(texts[i]), i))
        for first in range(0, len(rows), self._batch_size):
            batch = rows[first : first + self._batch_size]
            firsts = [texts[i].encode("utf-8", "replace").decode() for i in batch]
            owner, weight, values = self._windows(firsts, [seconds[i] for i in batch])
            at = np.asarray(batch)[owner]
            np.add.at(sums, at, weight * values)
            np.add.at(weights, at, weight)
        tones[rows] = np.round(np.clip(sums[rows] / weights[rows], -1, 1), _DIGITS) + 0.0
        return tones

    def _windows(
        self, firsts: list[str], seconds: list[str]
    ) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
        """Return for each window of a few texts whose it is, its weight and its tone."""
        encoded = self._tokenizer(
            firsts,
            *([seconds] if self._pair else []),
            truncation="only_first",
            max_length=self._limit,
            return_overflowing_tokens=True,
        )
        owner = np.asarray(encoded.pop("overflow_to_sample_mapping"), dtype=np.int64)
        weight = np.asarray([len(ids) for ids in encoded["input_ids"]], dtype=np.float64)
        values = np.empty(len(owner))
        for start in range(0, len(owner), self._batch_size):
            part = slice(start, start + self._batch_size)
            padded = self._tokenizer.pad(
                {name: column[part] for name, column in encoded.items()}, return_tensors="pt"
            ).to(self._torch_device)
            with self._torch.inference_mode():
                logits = self._network(**padded).logits.float().cpu().double().numpy()
            chances = np.exp(logits - logits.max(axis=1, keepdims=True))
            values[part] = chances @ self._tones / chances.sum(axis=1)
        return owner, weight, values

    def __reduce__(self) -> tuple[Any, ...]:
        # A worker process loads the model for itself.
        options = {
            "revision": self._revision,
            "labels": self._labels,
            "device": self._device,
            "batch_size": self._batch_size,
            "max_length": self._max_length,
            "pair": self._pair,
        }
        return _remade, (self._model_name, options)

    def _label_names(self) -> list[str]:
        if getattr(self._config, "problem_type", None) == "multi_label_classification":
            raise BadArgumentError(
                f"The model '{self._model_name}' gives several labels at once.",
                remedy="Choose a model whose labels exclude each other.",
            )
        names: dict[int, str] = self._config.id2label
        return [str(names[i]) for i in sorted(names)]

    def _chosen_device(self) -> Any:
        torch = self._torch
        if self._device != "auto":
            try:
                device = torch.device(self._device)
                torch.empty(1, device=device)
            # torch tells an unknown device and a missing one by errors of several kinds.
            except Exception as error:
                raise BadArgumentError(
                    f"There is no device {self._device!r} on this machine ({error}).",
                    remedy="Use 'auto' or 'cpu'.",
                ) from error
            return device
        if torch.cuda.is_available():
            return torch.device("cuda")
        return torch.device("mps" if torch.backends.mps.is_available() else "cpu")

    def _loaded(self, kind: str) -> Any:
        """Load a part of the model, with an error that names it."""
        try:
            return getattr(self._library, kind).from_pretrained(
                self._model_name, revision=self._revision or "main"
            )
        # The hub, the disk and foreign files may fail in any way.
        except Exception as error:
            where = "" if self._revision is None else f" at revision '{self._revision}'"
            raise DetenteError(
                f"The model '{self._model_name}'{where} cannot be loaded: "
                f"{type(error).__name__}: {str(error).strip().partition(chr(10))[0]}",
                remedy="Check the folder, or the name and the revision on the hub and the network.",
            ) from error

    @cached_property
    def _config(self) -> Any:
        return self._loaded("AutoConfig")

    @cached_property
    def _tokenizer(self) -> Any:
        tokenizer = self._loaded("AutoTokenizer")
        if not tokenizer.is_fast:
            raise BadArgumentError(
                f"The tokenizer of '{self._model_name}' cannot cut long texts into windows.",
                remedy="Choose a model with a tokenizer.json.",
            )
        return tokenizer

    @cached_property
    def _network(self) -> Any:
        network = self._loaded("AutoModelForSequenceClassification")
        return network.eval().to(self._torch_device)

    @cached_property
    def _limit(self) -> int:
        """Tokens in a window: what was asked for, or the most that the model reads."""
        positions = getattr(self._config, "max_position_embeddings", None) or math.inf
        return int(min(self._max_length, self._tokenizer.model_max_length, positions))

    @cached_property
    def _digest(self) -> str | None:
        """Digest of a folder's files, by which its contents are known; None on the hub."""
        if not self._is_folder:
            return None
        digest = hashlib.sha256()
        for path in sorted(p for p in Path(self._model_name).iterdir() if p.is_file()):
            with path.open("rb") as file:
                content = hashlib.file_digest(file, "sha256").hexdigest()
            digest.update(f"{path.name}:{content}\n".encode())
        return digest.hexdigest()


def scorer_of_name(name: str) -> TransformersScorer:
    """Return the scorer of a name such as "transformers:MODEL@REVISION".

    Parameters
    ----------
    name : str
        "transformers:" (texts alone) or "transformers-pair:" (the target as second text), a
        model's name or folder, and perhaps "@" with a revision. A folder whose own name
        holds "@" is taken as it stands.

    Returns
    -------
    TransformersScorer
        With every option at its default but these.

    Raises
    ------
    MissingExtraError
        If torch or transformers is not installed.
    BadArgumentError
        If no model or an empty revision is named, or its labels cannot be mapped.

    Examples
    --------
    >>> scorer_of_name("transformers:")
    Traceback (most recent call last):
        ...
    detente.errors.BadArgumentError: The model '' is no name. Give a folder or a name on the hub.
    """
    family, _, rest = name.partition(":")
    model, at, revision = (rest, "", "") if Path(rest).is_dir() else _split(rest)
    if at and not revision:
        raise BadArgumentError(
            f"The scorer '{name}' names an empty revision.",
            remedy="Write a branch, tag or commit after '@', or leave '@' out.",
        )
    return TransformersScorer(model, revision=revision or None, pair=family.endswith("-pair"))


def _split(rest: str) -> tuple[str, str, str]:
    match = re.fullmatch(r"(.*?)(?:(@)([^@]*))?", rest, re.DOTALL)
    return (match[1], match[2] or "", match[3] or "") if match else (rest, "", "")


def _remade(model: str, options: dict[str, Any]) -> TransformersScorer:
    return TransformersScorer(model, **options)


def _parts_of_extra(model: str) -> tuple[Any, Any]:
    try:
        # By name, so that type checking does not need the extra.
        return import_module("torch"), import_module("transformers")
    except ImportError as error:
        raise MissingExtraError("transformers", f"The scorer 'transformers:{model}'") from error


def _named(text: str, forms: Sequence[str]) -> str:
    """Return the target as a text names it first, else by its plainest form."""
    if spans := mention_spans(text, forms):
        start, end, _ = spans[0]
        return text[start:end]
    names = _country_names()
    return next((form for form in forms if form in names), forms[0] if forms else "")


@cache
def _country_names() -> frozenset[str]:
    return frozenset(Country.parse(code).name for code in country_rows())

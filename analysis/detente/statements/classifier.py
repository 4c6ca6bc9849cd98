"""The language classifier of py3langid for many texts at once.

The library walks its automaton byte by byte through one text; here all texts take each step
together. Sums are taken in another order, so that their last digits differ: where a decision
could hang on those, the library itself is asked.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["Classifier", "load_classifier"]

#: How near a probability may come to the bound or to the next best before the library is
#: asked; single precision leaves far less undecided.
_MARGIN = 0.02
#: What is read of the library's model.
_TABLES = ("nb_classes", "nb_pc", "nb_ptc", "tk_nextmove", "tk_output", "tk_row")
#: Texts that walk together; bounds the memory.
_TEXTS_AT_ONCE = 2000


class Classifier:
    """Languages and whether they are likely enough.

    Parameters
    ----------
    languages : sequence of str
        ISO 639-1 codes to choose from.
    bound : float
        Probability from which a language counts as likely, 0 to 1.
    """

    def __init__(self, languages: Sequence[str], bound: float) -> None:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier

        self._library: Any = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
        self._library.set_languages(list(languages))
        self._bound = bound
        library = self._library
        # A version that keeps its tables elsewhere is asked for each text.
        self._is_known = all(hasattr(library, table) for table in _TABLES)
        if not self._is_known:
            return
        self._labels = list(library.nb_classes)
        self._next = np.asarray(library.tk_nextmove)
        self._row = np.asarray(library.tk_row).astype(np.int64) << 8
        self._feature = np.asarray(library.tk_output, dtype=np.int64)
        self._weight = np.asarray(library.nb_ptc, dtype=np.float32)
        self._prior = np.asarray(library.nb_pc, dtype=np.float32)
        # Some languages have two columns; the first stands for both.
        label = [self._labels.index(name) for name in self._labels]
        self._label = np.array(label, dtype=np.int64)

    def classify(self, texts: Sequence[str]) -> list[tuple[str, bool]]:
        """Return each text's likeliest language, and whether it is likely.

        Parameters
        ----------
        texts : sequence of str
            Any texts that can be encoded.

        Returns
        -------
        list of (str, bool)
            As `LanguageIdentifier.classify` of py3langid has it, its probability held against
            the bound.
        """
        if not self._is_known:
            return [self._asked(text) for text in texts]
        found: list[tuple[str, bool]] = []
        for first in range(0, len(texts), _TEXTS_AT_ONCE):
            found += self._classified(texts[first : first + _TEXTS_AT_ONCE])
        return found

    def _classified(self, texts: Sequence[str]) -> list[tuple[str, bool]]:
        data = [_encoded(text) for text in texts]
        text, feature = self._walk(data)
        key, count = np.unique(text * (len(self._weight) + 1) + feature, return_counts=True)
        of, which = np.divmod(key, len(self._weight) + 1)
        is_found = np.bincount(of, minlength=len(texts)) > 0
        score = np.zeros((len(texts), len(self._labels)))
        # Some hundred thousand values at a time.
        for rows in np.array_split(np.arange(len(of)), max(1, len(of) // 5000)):
            if len(rows):
                begins = np.append(0, np.flatnonzero(np.diff(of[rows])) + 1)
                part = self._weight[which[rows]] * np.log1p(count[rows]).astype(np.float32)[:, None]
                score[of[rows][begins]] += np.add.reduceat(part, begins, axis=0)
        lengths = np.fromiter(map(len, data), np.int64, len(data))
        score = (score + self._prior) / np.sqrt(np.maximum(lengths, 1))[:, None]
        chance = np.exp(score - score.max(axis=1, keepdims=True))
        chance /= chance.sum(axis=1, keepdims=True)
        merged = np.zeros_like(chance)
        for column, label in enumerate(self._label.tolist()):
            merged[:, label] += chance[:, column]
        best = merged.argmax(axis=1)
        top = np.partition(merged, -2, axis=1)[:, -2:]
        is_sure = is_found & (top[:, 1] - top[:, 0] > _MARGIN)
        is_sure &= np.abs(top[:, 1] - self._bound) > _MARGIN
        return [
            (self._labels[label], probability >= self._bound) if sure else self._asked(texts[row])
            for row, (label, probability, sure) in enumerate(
                zip(best.tolist(), top[:, 1].tolist(), is_sure.tolist(), strict=True)
            )
        ]

    def _asked(self, text: str) -> tuple[str, bool]:
        label, probability = self._library.classify(text)
        return str(label), bool(probability >= self._bound)

    def _walk(self, data: Sequence[bytes]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Return the features met, repeats included, with the number of the text of each."""
        lengths = np.fromiter(map(len, data), np.int64, len(data))
        order = np.argsort(-lengths, kind="stable")
        letters = np.frombuffer(b"".join(data), dtype=np.uint8)
        begin = (np.cumsum(lengths) - lengths)[order]
        # How many texts, the longest first, still have a letter at each step.
        alive = len(data) - np.cumsum(np.bincount(lengths, minlength=1))
        state = np.zeros(len(data), dtype=np.int64)
        visited = np.zeros(len(letters), dtype=np.int64)
        for step, n in enumerate(alive[:-1].tolist()):
            place = begin[:n] + step
            state = self._next[self._row[state[:n]] + letters[place]]
            visited[place] = state
        feature = self._feature[visited]
        found = feature >= 0
        return np.repeat(np.arange(len(data)), lengths)[found], feature[found]


def _encoded(text: str) -> bytes:
    """Return a text's bytes as py3langid takes them."""
    text = text.lower() if text.isupper() else text
    return unicodedata.normalize("NFC", text).encode("utf-8", "surrogatepass")


@cache
def load_classifier(languages: tuple[str, ...], bound: float) -> Classifier:
    """Return the classifier, loaded once: that takes most of a second.

    Parameters
    ----------
    languages : tuple of str
        As for `Classifier`.
    bound : float
        As for `Classifier`.

    Returns
    -------
    Classifier
        Kept for the next call.
    """
    return Classifier(languages, bound)

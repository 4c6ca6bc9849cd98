"""The tone that a classifier's labels stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from detente.errors import BadArgumentError

__all__ = ["tones_of_labels"]

_SIDES = {"negative": -1.0, "neg": -1.0, "neutral": 0.0, "neu": 0.0, "positive": 1.0, "pos": 1.0}
_STARS = re.compile(r"([1-9]) ?stars?")


def tones_of_labels(
    names: Sequence[str], labels: Mapping[str, float] | None = None, model: str = ""
) -> NDArray[np.float64]:
    """Return the tone of each of a model's labels.

    Parameters
    ----------
    names : sequence of str, length n
        The model's labels in its order; at least two.
    labels : mapping of str to float, optional
        Tone in [-1, 1] by label, for all of them and no others. None: told from the names.
    model : str, optional
        The model's name, for the error.

    Returns
    -------
    ndarray of float64, shape (n,)
        Tone in [-1, 1].

    Raises
    ------
    BadArgumentError
        If a name says nothing of tone and `labels` is None; if `labels` lacks a label, has
        one that the model does not, or a value outside [-1, 1]; if all tones are equal.

    Notes
    -----
    Known names, in any case: negative, neutral, positive (neg, neu, pos); with "very" or
    "extremely" among them the plain ones count half. "1 star" to "n stars" lie evenly
    between -1 and 1.

    Examples
    --------
    >>> tones_of_labels(["NEG", "NEU", "POS"]).tolist()
    [-1.0, 0.0, 1.0]
    >>> tones_of_labels(["1 star", "2 stars", "3 stars", "4 stars", "5 stars"]).tolist()
    [-1.0, -0.5, 0.0, 0.5, 1.0]
    """
    of = f" of the model '{model}'" if model else ""
    given = ", ".join(repr(name) for name in names)
    if labels is not None:
        wrong = sorted({*names} ^ {*map(str, labels)})
        if wrong:
            raise BadArgumentError(
                f"The labels{of} are {given}; `labels` differs in {', '.join(map(repr, wrong))}.",
                remedy="Give each of the model's labels a tone.",
            )
        values = [labels[name] for name in names]
        if not all(isinstance(v, (int, float)) and -1 <= v <= 1 for v in values):
            raise BadArgumentError(
                f"A tone in `labels` is no number in [-1, 1] (received {dict(labels)!r}).",
                remedy="-1 is the coldest, 1 the warmest.",
            )
        tones = np.asarray(values, dtype=np.float64)
    else:
        told = _told_by_names([" ".join(re.split(r"[\W_]+", name.lower())) for name in names])
        if told is None:
            raise BadArgumentError(
                f"The labels{of} do not say which tone they stand for: {given}.",
                remedy="Pass labels={label: tone}, with a tone in [-1, 1] for each.",
            )
        tones = np.asarray(told, dtype=np.float64)
    if len(set(tones.tolist())) < 2:
        raise BadArgumentError(
            f"The labels{of} ({given}) all stand for one tone.",
            remedy="Choose a model that sorts texts into cold and warm ones.",
        )
    return tones


def _told_by_names(names: Sequence[str]) -> list[float] | None:
    """Return the tones that lower-case names stand for; None where one says nothing."""
    stars = [_STARS.fullmatch(name) for name in names]
    if all(stars):
        values = [int(match[1]) for match in stars if match]
        top = len(values)
        if sorted(values) != list(range(1, top + 1)) or top < 2:
            return None
        return [2 * (value - 1) / (top - 1) - 1 for value in values]
    words = [name.split() for name in names]
    has_degrees = any(w[:1] in (["very"], ["extremely"]) for w in words)
    tones = []
    for parts in words:
        is_strong = parts[:1] in (["very"], ["extremely"])
        side = _SIDES.get(" ".join(parts[1:] if is_strong else parts))
        if side is None:
            return None
        tones.append(side if is_strong or not has_degrees else side / 2)
    return tones

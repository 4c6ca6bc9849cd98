"""Agreement of tones with codings: Pearson, macro-F1, slope, with month-block intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.tone.calibrated.rules import Floats, Ints

__all__ = ["NEUTRAL", "Figure", "Figures", "agreement", "classes", "macro_f1", "pearson", "slope"]

#: A tone is neutral up to this size, for codings and scores alike.
NEUTRAL = 0.25
_DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its bootstrap interval.

    Attributes
    ----------
    value, lower, upper : float
        The number and the ends of its interval.
    """

    value: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Figures:
    """How tones agree with codings.

    Attributes
    ----------
    n : int
        Number of statements.
    pearson, macro_f1, slope : Figure
        Correlation, mean F1 of the classes that occur, slope of codings on tones.
    """

    n: int
    pearson: Figure
    macro_f1: Figure
    slope: Figure

    def to_dict(self) -> dict[str, object]:
        """Return the figures rounded to four digits, in values that JSON can hold."""
        rows: dict[str, object] = {"n": self.n}
        for name in ("pearson", "macro_f1", "slope"):
            figure: Figure = getattr(self, name)
            rows[name] = [round(x, 4) for x in (figure.value, figure.lower, figure.upper)]
        return rows


def classes(tone: Floats) -> Ints:
    """Return -1 cold, 0 neutral, 1 warm.

    Parameters
    ----------
    tone : ndarray of float, shape (n,)
        Tones or codings on the scale from -1 to 1.

    Returns
    -------
    ndarray of int, shape (n,)
        -1 below -0.25, 1 above 0.25, else 0: both borders are neutral, and so is NaN.
    """
    return np.where(tone > NEUTRAL, 1, np.where(tone < -NEUTRAL, -1, 0))


def pearson(gold: Floats, tone: Floats) -> float:
    """Return the correlation, 0 where one of the two does not vary.

    Parameters
    ----------
    gold, tone : ndarray of float, shape (n,)
        Codings and tones of the same statements, on the scale from -1 to 1; none NaN.

    Returns
    -------
    float
        Pearson's correlation, in [-1, 1]; 0 also for fewer than two statements.
    """
    if len(gold) < 2 or np.ptp(gold) == 0 or np.ptp(tone) == 0:
        return 0.0
    return float(np.corrcoef(gold, tone)[0, 1])


def slope(gold: Floats, tone: Floats) -> float:
    """Return the slope of codings on tones, 0 where the tones do not vary.

    Parameters
    ----------
    gold, tone : ndarray of float, shape (n,)
        Codings and tones of the same statements, on the scale from -1 to 1; none NaN.

    Returns
    -------
    float
        By how much the coding rises with a tone higher by 1, by least squares; any real
        number. 0 also for fewer than two statements.
    """
    if len(gold) < 2 or np.ptp(tone) == 0:
        return 0.0
    return float(np.cov(gold, tone)[0, 1] / np.var(tone, ddof=1))


def macro_f1(gold: Floats, tone: Floats) -> float:
    """Return the mean F1 over the classes that the codings hold.

    Parameters
    ----------
    gold, tone : ndarray of float, shape (n,)
        Codings and tones of the same statements, on the scale from -1 to 1; n at least 1.

    Returns
    -------
    float
        Mean over cold, neutral and warm, as far as codings fall into them, in [0, 1]; each
        class counts the same. 1 where every tone falls into the class of its coding.
    """
    truth, given = classes(gold), classes(tone)
    scores = [
        2 * np.sum((truth == k) & (given == k)) / (np.sum(truth == k) + np.sum(given == k))
        for k in np.unique(truth)
    ]
    return float(np.mean(scores))


def agreement(gold: Floats, tone: Floats, month: Ints, *, seed: int) -> Figures:
    """Return the figures with intervals from drawing whole months anew.

    Parameters
    ----------
    gold, tone : ndarray of float, shape (n,)
        Codings and tones in [-1, 1], none NaN; n at least 1.
    month : ndarray of int, shape (n,)
        Month of each statement; statements of one month are drawn together.
    seed : int
        Of the draws, 0 or more.

    Returns
    -------
    Figures
        Of all n statements; each interval runs from the 2.5 % to the 97.5 % quantile of 1000
        draws of as many months as there are, with replacement.
    """
    _, block = np.unique(month, return_inverse=True)
    members = [np.flatnonzero(block == b) for b in range(int(block.max()) + 1)]
    draw = np.random.default_rng(seed)
    kinds = (pearson, macro_f1, slope)
    drawn = np.empty((_DRAWS, len(kinds)))
    for i in range(_DRAWS):
        rows = np.concatenate([members[b] for b in draw.integers(0, len(members), len(members))])
        drawn[i] = [kind(gold[rows], tone[rows]) for kind in kinds]
    lower, upper = np.quantile(drawn, [0.025, 0.975], axis=0)
    figures = [
        Figure(kind(gold, tone), float(low), float(high))
        for kind, low, high in zip(kinds, lower, upper, strict=True)
    ]
    return Figures(len(gold), *figures)

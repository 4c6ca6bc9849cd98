"""Figures of agreement between tone and codings, for many weightings at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente import wording
from detente.validation.resampling import Blocks, Floats

__all__ = [
    "CLASSES",
    "CLASS_EDGE",
    "MEASURES",
    "confusion",
    "confusion_f1",
    "quarterly_means",
    "quarterly_slopes",
    "ratio",
    "spreads",
    "tone_classes",
    "weighted_measures",
]

#: Classes of tone, from cold to warm.
CLASSES = (wording.mark("cold"), wording.mark("neutral"), wording.mark("warm"))

#: A tone is neutral up to this size, the edge included; codings and scores alike.
CLASS_EDGE = 0.25

#: What is measured, in the order of the tables.
MEASURES = (
    "pearson",
    "spearman",
    "macro_f1",
    "mean_absolute_error",
    "slope",
    "intercept",
    "slope_quarterly",
)

#: Weights held at once while ranks are made.
_CELLS = 4_000_000


def tone_classes(tone: ArrayLike) -> NDArray[np.intp]:
    """Return the class of each tone as its place in `CLASSES`.

    Parameters
    ----------
    tone : array-like of float
        In [-1, 1], without missing values.

    Returns
    -------
    ndarray of int
        0 cold (below -0.25), 1 neutral, 2 warm (above 0.25).

    Examples
    --------
    >>> tone_classes([-0.26, -0.25, 0.25, 0.26])
    array([0, 1, 1, 2])
    """
    values = np.asarray(tone, dtype=np.float64)
    return (1 + (values > CLASS_EDGE) - (values < -CLASS_EDGE)).astype(np.intp)


def weighted_measures(
    gold: Floats,
    tone: Floats,
    weights: Floats,
    blocks: Blocks,
    counts: Floats,
) -> Floats:
    """Return every measure of statements for every replicate.

    Parameters
    ----------
    gold, tone : ndarray of float, shape (n,)
        Tone of the codings and of the scorer.
    weights : ndarray of float, shape (n,)
        Weight of each statement, above 0.
    blocks : Blocks
        Months.
    counts : ndarray of float, shape (n_boot, n_blocks)
        How often each block stands in each replicate.

    Returns
    -------
    ndarray of float, shape (n_boot, 6)
        The `MEASURES` but the last; NaN where a measure is not defined: no spread in gold or tone.

    Notes
    -----
    All but Spearman's correlation are functions of sums, added up by block once.
    """
    x, y = tone - np.mean(tone), gold - np.mean(gold)
    columns = np.stack([np.ones_like(x), x, y, x * x, y * y, x * y, np.abs(gold - tone)], axis=1)
    sums = counts @ blocks.sums(columns * weights[:, None])
    total, sx, sy, sxx, syy, sxy, absolute = sums.T
    var_x, var_y = sxx - ratio(sx * sx, total), syy - ratio(sy * sy, total)
    cov = sxy - ratio(sx * sy, total)
    # Rounding leaves a trace of variance where all values are alike.
    var_x = np.where(var_x > 1e-12 * np.maximum(total, 1), var_x, 0.0)
    var_y = np.where(var_y > 1e-12 * np.maximum(total, 1), var_y, 0.0)
    slope = ratio(cov, var_x)
    intercept = ratio(sy - slope * sx, total) + np.mean(gold) - slope * np.mean(tone)
    table = confusion(gold, tone, weights, blocks, counts)
    return np.stack(
        [
            np.clip(ratio(cov, np.sqrt(var_x * var_y)), -1, 1),
            _spearman(gold, tone, weights, blocks, counts),
            np.nanmean(confusion_f1(table), axis=1),
            ratio(absolute, total),
            slope,
            intercept,
        ],
        axis=1,
    )


def ratio(numerator: Floats, denominator: Floats) -> Floats:
    """Divide; NaN where the denominator is 0.

    Parameters
    ----------
    numerator, denominator : ndarray of float
        Of shapes that fit each other.

    Returns
    -------
    ndarray of float
        The quotient, without a warning.
    """
    found = np.full(np.broadcast_shapes(numerator.shape, denominator.shape), np.nan)
    np.divide(numerator, denominator, out=found, where=denominator != 0)
    return found


def confusion(
    gold: Floats, tone: Floats, weights: Floats, blocks: Blocks, counts: Floats
) -> Floats:
    """Return for each replicate the weight in each cell of the table of classes.

    Parameters
    ----------
    gold, tone, weights : ndarray of float, shape (n,)
        Tone of the codings and of the scorer, and the weight of each statement.
    blocks : Blocks
        What is resampled.
    counts : ndarray of float, shape (n_boot, n_blocks)
        How often each block stands in each replicate.

    Returns
    -------
    ndarray of float, shape (n_boot, 3, 3)
        Classes of the codings by row, of the scorer by column.
    """
    n = len(CLASSES)
    cells = n * tone_classes(gold) + tone_classes(tone)
    held = (cells[:, None] == np.arange(n * n)) * weights[:, None]
    return np.reshape(counts @ blocks.sums(held), (-1, n, n))


def confusion_f1(table: Floats) -> Floats:
    """Return F1 of each class from confusion tables.

    Parameters
    ----------
    table : ndarray of float, shape (..., k, k)
        Weights; rows are the classes of the codings, columns those of the scorer.

    Returns
    -------
    ndarray of float, shape (..., k)
        2 hits / (row sum + column sum); NaN for a class that neither has. The mean over
        the others is macro-F1.

    Examples
    --------
    >>> confusion_f1(np.array([[2.0, 0.0], [1.0, 1.0]])).round(3)
    array([0.8  , 0.667])
    """
    hits = np.diagonal(table, axis1=-2, axis2=-1)
    return ratio(2 * hits, table.sum(axis=-1) + table.sum(axis=-2))


def _spearman(
    gold: Floats, tone: Floats, weights: Floats, blocks: Blocks, counts: Floats
) -> Floats:
    """Return the correlation of weighted mid-ranks, replicate by replicate."""
    found = np.empty(len(counts))
    orders = [_order(values) for values in (gold, tone)]
    step = max(1, _CELLS // max(1, len(gold)))
    for first in range(0, len(counts), step):
        held = counts[first : first + step, blocks.codes] * weights
        total = held.sum(axis=1, keepdims=True)
        a, b = (_ranks(held, *order) for order in orders)
        a, b = ((r - (held * r).sum(axis=1, keepdims=True) / total) / total for r in (a, b))
        spread = (held * a * a).sum(axis=1) * (held * b * b).sum(axis=1)
        spread = np.where(spread > 1e-20, spread, 0.0)
        found[first : first + step] = ratio((held * a * b).sum(axis=1), np.sqrt(spread))
    return np.clip(found, -1, 1)


def _order(values: Floats) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Return rows in ascending order, where each value starts in it, and each row's value."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    inverse = np.empty(len(values), dtype=np.intp)
    inverse[order] = np.cumsum(np.r_[False, ordered[1:] != ordered[:-1]])
    return order, starts, inverse


def _ranks(
    held: Floats, order: NDArray[np.intp], starts: NDArray[np.intp], inverse: NDArray[np.intp]
) -> Floats:
    """Return mid-ranks: the weight below a value, and half of the weight at it."""
    at = np.add.reduceat(held[:, order], starts, axis=1)
    return (np.cumsum(at, axis=1) - at / 2)[:, inverse]


def spreads(values: Floats, weights: Floats, blocks: Blocks, counts: Floats) -> Floats:
    """Return the variance of values for every replicate.

    Parameters
    ----------
    values, weights : ndarray of float, shape (n,)
        What varies, and the weight of each, above 0.
    blocks : Blocks
        What is resampled.
    counts : ndarray of float, shape (n_boot, n_blocks)
        How often each block stands in each replicate.

    Returns
    -------
    ndarray of float, shape (n_boot,)
        Weighted, at least 0.

    Examples
    --------
    >>> two = Blocks.of([0, 1])
    >>> spreads(np.array([0.0, 1.0]), np.ones(2), two, np.array([[1.0, 1.0], [2.0, 0.0]]))
    array([0.25, 0.  ])
    """
    x = values - np.mean(values)
    sums = counts @ blocks.sums(np.stack([np.ones_like(x), x, x * x], axis=1) * weights[:, None])
    mean = sums[:, 1:] / sums[:, :1]
    return np.maximum(mean[:, 1] - mean[:, 0] ** 2, 0.0)


def quarterly_means(values: Floats, weights: Floats, quarters: Blocks) -> Floats:
    """Return the mean of each quarter.

    Parameters
    ----------
    values, weights : ndarray of float, shape (n,)
        Tone and weight of each statement.
    quarters : Blocks
        Calendar quarters.

    Returns
    -------
    ndarray of float, shape (n_quarters,)
        In order of the quarters.
    """
    sums = quarters.sums(np.stack([weights, weights * values], axis=1))
    return np.asarray(sums[:, 1] / sums[:, 0])


def quarterly_slopes(
    gold: Floats, tone: Floats, weights: Floats, quarters: Blocks, counts: Floats
) -> Floats:
    """Return the slope of quarterly means of gold on those of tone.

    Parameters
    ----------
    gold, tone : ndarray of float, shape (n,)
        Tone of the codings and of the scorer.
    weights : ndarray of float, shape (n,)
        Weight of each statement, above 0.
    quarters : Blocks
        Calendar quarters.
    counts : ndarray of float, shape (n_boot, n_quarters)
        How often each quarter stands in each replicate.

    Returns
    -------
    ndarray of float, shape (n_boot,)
        Each quarter counts once, however many statements it has; NaN where the quarterly
        means of tone do not differ.
    """
    x, y = (quarterly_means(values, weights, quarters) for values in (tone, gold))
    x, y = x - x.mean(), y - y.mean()
    n, sx, sy, sxx, sxy = (counts @ np.stack([np.ones_like(x), x, y, x * x, x * y], axis=1)).T
    spread = sxx - sx * sx / n
    return ratio(sxy - sx * sy / n, np.where(spread > 1e-12, spread, 0.0))

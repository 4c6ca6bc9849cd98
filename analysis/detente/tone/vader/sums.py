"""Sums and decimals as the interpreter makes them, for many rows at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["IS_COMPENSATED", "round_decimals", "row_sums"]

Floats = NDArray[np.float64]

#: Whether `sum` carries the rounding errors of floats along, as it does from Python 3.12 on.
IS_COMPENSATED = sum([1.0, 1e100, 1.0, -1e100]) != 0.0

#: Rows with more values are summed by `sum` itself; the steps below take all rows at once.
_MOST_STEPS = 24


def row_sums(
    values: Floats,
    rows: NDArray[np.int64],
    n_rows: int,
    is_whole: NDArray[np.bool_] | None = None,
    *,
    is_compensated: bool | None = None,
) -> Floats:
    """Sum each row's values from left to right, to the last bit of the built-in `sum`.

    Parameters
    ----------
    values : array of float, shape (n,)
        Finite values, row by row.
    rows : array of int, shape (n,)
        The row of each value, rising.
    n_rows : int
        Number of rows; one without values sums to 0.
    is_whole : array of bool, shape (n,), optional
        Which values are of type int to Python: a compensated `sum` may treat them
        differently, from release to release.
    is_compensated : bool, optional
        Whether to sum as Python 3.12 does, or as 3.11; as the running one by default.

    Returns
    -------
    array of float, shape (n_rows,)
        The sums.

    Examples
    --------
    >>> row_sums(np.array([0.1, 0.2, 0.3, 5.0]), np.array([0, 0, 0, 2]), 3, is_compensated=False)
    array([0.6..., 0. , 5. ])
    """
    if is_compensated is None:
        is_compensated = IS_COMPENSATED
    plain = np.zeros(n_rows)
    plain[:] = np.bincount(rows, weights=values, minlength=n_rows)  # adds in order
    if not is_compensated or values.size == 0:
        return plain
    counts = np.bincount(rows, minlength=n_rows)
    starts = np.cumsum(counts) - counts
    is_special = counts > _MOST_STEPS
    if is_whole is not None:
        is_special[rows[is_whole]] = True
    for row in np.flatnonzero(is_special).tolist():
        stretch = slice(starts[row], starts[row] + counts[row])
        terms: list[float] = values[stretch].tolist()
        if is_whole is not None:
            terms = [
                int(x) if whole else x
                for x, whole in zip(terms, is_whole[stretch].tolist(), strict=True)
            ]
        plain[row] = sum(terms)
    many = np.flatnonzero((counts > 2) & ~is_special)  # two values: nothing to carry to
    plain[many] = _neumaier(values, starts[many], counts[many])
    return plain


def _neumaier(values: Floats, starts: NDArray[np.int64], counts: NDArray[np.int64]) -> Floats:
    """Add the k-th values of all rows in step k, and their rounding errors beside."""
    order = np.argsort(-counts, kind="stable")  # rows still running are always the first ones
    starts, counts = starts[order], counts[order]
    total, error = np.zeros(len(order)), np.zeros(len(order))
    n = len(order)
    for k in range(int(counts.max(initial=0))):
        n = int(np.searchsorted(-counts[:n], -k))  # rows of more than k values
        x, before = values[starts[:n] + k], total[:n].copy()
        after = before + x
        is_larger = np.abs(before) >= np.abs(x)
        error[:n] += np.where(is_larger, (before - after) + x, (x - after) + before)
        total[:n] = after
    out = np.empty(len(order))
    out[order] = total + error
    return out


def round_decimals(values: Floats, n_decimals: int) -> Floats:
    """Round as the built-in `round` does: to the nearest decimal, of the exact binary value.

    Parameters
    ----------
    values : array of float
        Values within [-1, 1].
    n_decimals : int
        Decimals to keep; at most 6.

    Returns
    -------
    array of float
        The floats next to the decimals; -0.0 stays.

    Examples
    --------
    >>> round_decimals(np.array([0.0625, 0.0635, -0.00001]), 3)
    array([ 0.062,  0.064, -0.   ])
    """
    scale = 10.0**n_decimals
    scaled = values * scale
    out = np.rint(scaled) / scale
    # The product is off by less than 1e-9: only near a half the decision is Python's.
    near = np.abs(np.abs(scaled - np.trunc(scaled)) - 0.5) < 1e-6
    if near.any():
        distinct, place = np.unique(values[near], return_inverse=True)
        out[near] = np.array([round(x, n_decimals) for x in distinct.tolist()])[place]
    return out

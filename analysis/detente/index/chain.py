"""Normal states tied to the one before and the one after: what data say of them, in linear time.

The inverse covariance of such states, seen or not, is a band matrix. Its Cholesky factor from
the front and the one from the back together give the blocks of the covariance that slopes of
the likelihood need, without a loop.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from detente.index.sides import Floats

__all__ = ["Chain", "Law", "inverse", "log_determinant"]


class Chain:
    """An inverse covariance of T states of k sides, k 1 or 2, ready to solve.

    Parameters
    ----------
    diagonal : ndarray, shape (T, k, k)
        Blocks on the diagonal.
    below : ndarray, shape (T - 1, k, k)
        Blocks below it: rows of a state, columns of the one before.

    Raises
    ------
    LinAlgError
        Where the matrix is not positive definite.
    """

    def __init__(self, diagonal: Floats, below: Floats) -> None:
        self._diagonal, self._below = diagonal, below
        self._band = _band(diagonal, below)
        self._factor = _factor(self._band)

    @property
    def log_determinant(self) -> float:
        """Log determinant of the inverse covariance."""
        return 2 * float(np.log(self._factor[0]).sum())

    def forward(self, columns: Floats) -> Floats:
        """Return L^-1 times columns of shape (T k, q), where L L' is the matrix."""
        from scipy.linalg.lapack import dtbtrs

        done, _ = dtbtrs(self._factor, columns, uplo="L")
        return done  # type: ignore[no-any-return]

    def backward(self, columns: Floats) -> Floats:
        """Return L'^-1 times columns of shape (T k, q)."""
        from scipy.linalg.lapack import dtbtrs

        done, _ = dtbtrs(self._factor, columns, uplo="L", trans="T")
        return done  # type: ignore[no-any-return]

    @cached_property
    def schur(self) -> Floats:
        """What is known of each state from those up to it, shape (T, k, k)."""
        return _squares(self._factor, self._diagonal.shape[1])

    def information(self, forwarded: Floats) -> Floats:
        """Return the columns as the states up to each leave them, shape (T, k, q).

        Parameters
        ----------
        forwarded : ndarray, shape (T k, q)
            As `forward` gives them.
        """
        k = self._diagonal.shape[1]
        split = forwarded.reshape(-1, k, forwarded.shape[1])
        left = split * self._factor[0].reshape(-1, k)[:, :, None]
        if k == 2:
            left[:, 1] += split[:, 0] * self._factor[1, ::2, None]
        return np.asarray(left)

    @cached_property
    def covariance(self) -> Floats:
        """Covariance of each state, shape (T, k, k).

        Notes
        -----
        The inverse of a state's block is what eliminating all states before it leaves, plus
        what eliminating all after it leaves, less the block itself, which is in both.
        """
        k = self._diagonal.shape[1]
        size = self._band.shape[1]
        turned = np.zeros_like(self._band)
        for offset, row in enumerate(self._band):
            turned[offset, : size - offset] = row[: size - offset][::-1]
        back = _squares(_factor(turned), k)[::-1, ::-1, ::-1]
        return inverse(self.schur + back - self._diagonal)

    @cached_property
    def covariance_below(self) -> Floats:
        """Covariance of each state but the first with the one before, shape (T - 1, k, k)."""
        return np.asarray(-self.covariance[1:] @ (self._below @ inverse(self.schur[:-1])))

    def dense(self) -> Floats:
        """Return the whole covariance, shape (T k, T k)."""
        from scipy.linalg.lapack import dpbtrs

        whole, _ = dpbtrs(self._factor, np.eye(self._band.shape[1], order="F"), lower=1)
        return np.asarray((whole + whole.T) / 2)


@dataclass(frozen=True, eq=False)
class Law:
    """States that follow one another: x_t = A x_{t-1} + change, the first from its own law.

    Parameters
    ----------
    transition : ndarray, shape (k, k)
        A.
    changes, first : ndarray, shape (k, k)
        Covariance of a change, and of the first state.
    """

    transition: Floats
    changes: Floats
    first: Floats

    def blocks(self, n: int) -> tuple[Floats, Floats, float]:
        """Return the inverse covariance of n states as blocks, and its log determinant."""
        k = len(self.changes)
        among, first = inverse(self.changes), inverse(self.first)
        through = among @ self.transition
        kept = self.transition.T @ through
        diagonal = np.empty((n, k, k))
        diagonal[:] = among + kept
        diagonal[0] = first + kept
        if n > 1:
            diagonal[-1] = among
        else:
            diagonal[0] = first
        below = np.empty((n - 1, k, k))
        below[:] = -through
        whole = -float(log_determinant(self.first) + (n - 1) * log_determinant(self.changes))
        return diagonal, below, whole


def inverse(blocks: Floats) -> Floats:
    """Return the inverses of symmetric blocks.

    Parameters
    ----------
    blocks : ndarray, shape (..., k, k)
        One or many, k 1 or 2.

    Returns
    -------
    ndarray, shape (..., k, k)
        Their inverses.
    """
    if blocks.shape[-1] == 1:
        return np.asarray(1 / blocks)
    turned = np.empty_like(blocks)
    turned[..., 0, 0], turned[..., 1, 1] = blocks[..., 1, 1], blocks[..., 0, 0]
    turned[..., 0, 1] = turned[..., 1, 0] = -blocks[..., 1, 0]
    return np.asarray(turned / _determinant(blocks)[..., None, None])


def log_determinant(blocks: Floats) -> Floats:
    """Return the log determinants of symmetric blocks.

    Parameters
    ----------
    blocks : ndarray, shape (..., k, k)
        One or many, k 1 or 2; positive definite.

    Returns
    -------
    ndarray, shape (...)
        Their log determinants.
    """
    return np.asarray(np.log(_determinant(blocks)))


def _determinant(blocks: Floats) -> Floats:
    if blocks.shape[-1] == 1:
        return np.asarray(blocks[..., 0, 0])
    return np.asarray(blocks[..., 0, 0] * blocks[..., 1, 1] - blocks[..., 1, 0] ** 2)


def _band(diagonal: Floats, below: Floats) -> Floats:
    """Return the lower band of the matrix, a row per distance from the diagonal."""
    n, k, _ = diagonal.shape
    band = np.zeros((2 * k, n * k), order="F")
    if k == 1:
        band[0], band[1, :-1] = diagonal[:, 0, 0], below[:, 0, 0]
        return band
    band[0, ::2], band[0, 1::2] = diagonal[:, 0, 0], diagonal[:, 1, 1]
    band[1, ::2], band[1, 1:-1:2] = diagonal[:, 1, 0], below[:, 0, 1]
    band[2, :-2:2], band[2, 1:-2:2] = below[:, 0, 0], below[:, 1, 1]
    band[3, :-2:2] = below[:, 1, 0]
    return band


def _factor(band: Floats) -> Floats:
    from scipy.linalg.lapack import dpbtrf

    factor, fault = dpbtrf(band, lower=1)
    if fault:
        raise np.linalg.LinAlgError("The inverse covariance is not positive definite.")
    return factor  # type: ignore[no-any-return]


def _squares(factor: Floats, k: int) -> Floats:
    """Return the diagonal blocks of a factor times their transposes."""
    if k == 1:
        return np.asarray(factor[0, :, None, None] ** 2)
    one, across, two = factor[0, ::2], factor[1, ::2], factor[0, 1::2]
    blocks = np.empty((len(one), 2, 2))
    blocks[:, 0, 0] = one**2
    blocks[:, 0, 1] = blocks[:, 1, 0] = one * across
    blocks[:, 1, 1] = across**2 + two**2
    return blocks

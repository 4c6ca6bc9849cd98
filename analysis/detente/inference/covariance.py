"""How the tones of statements hang together over days and sides.

Statements of one side on one day share everything but their own noise, so their mean and
their scatter say all that the model can use. What is left has one slot per day and side,
and the drift between days is a Markov chain: its inverse covariance is a band matrix, and
all that is needed costs time in proportion to the number of days.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from detente.index.chain import Chain, inverse

__all__ = ["Cells", "Covariance", "DayNoise", "Ratios"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Ratios:
    """Variances and scales of the model, relative to the noise of one statement.

    Parameters
    ----------
    drift : float
        Variance of the slow drift of a side, over that of a statement's noise; above 0.
    days : float
        Time in which the drift's correlation falls to 1/e, days; above 0.
    rho : float
        Correlation of the two sides' drifts, in (-1, 1).
    day : float
        Variance that statements of one day share, whoever speaks, over that of a
        statement's noise; not below 0.
    """

    drift: float
    days: float
    rho: float
    day: float


@dataclass(frozen=True, eq=False)
class Cells:
    """Statements gathered by day and side, without loss for the model.

    Parameters
    ----------
    days : ndarray of int, shape (T,)
        Distinct days with a statement, ascending, counted in days.
    n : ndarray, shape (T, 2)
        Statements of each side on each day.
    mean : ndarray, shape (T, 2)
        Their mean tone; 0 where there are none.
    within : float
        Sum of squares of statements around the mean of their day and side.
    """

    days: npt.NDArray[np.int64]
    n: Floats
    mean: Floats
    within: float

    @classmethod
    def of(cls, day: npt.NDArray[np.int64], side: npt.NDArray[np.int64], tone: Floats) -> Cells:
        """Gather statements.

        Parameters
        ----------
        day, side : ndarray of int, shape (N,)
            Day and side (0 or 1) of each statement.
        tone : ndarray, shape (N,)
            Tone, in [-1, 1].

        Returns
        -------
        Cells
            One slot per day and side.
        """
        days, position = np.unique(day, return_inverse=True)
        slot = 2 * position + side
        n = np.bincount(slot, minlength=2 * len(days)).astype("float64")
        total = np.bincount(slot, tone, 2 * len(days))
        mean = np.divide(total, n, out=np.zeros_like(total), where=n > 0)
        within = float(((tone - mean[slot]) ** 2).sum())
        return cls(days, n.reshape(-1, 2), mean.reshape(-1, 2), within)

    @cached_property
    def n_statements(self) -> int:
        """Number of statements."""
        return int(self.n.sum())

    @property
    def n_filled(self) -> int:
        """Number of slots with a statement."""
        return int((self.n > 0).sum())

    @cached_property
    def log_counts(self) -> float:
        """Sum of the logs of the numbers of statements in filled slots."""
        return float(np.log(self.n[self.n > 0]).sum())

    @cached_property
    def gaps(self) -> Floats:
        """Days between a day and the one before it, shape (T - 1,)."""
        return np.diff(self.days).astype("float64")

    def kept(self, days: float) -> tuple[Floats, Floats]:
        """Return what is left of a day's drift on the next, and the share of variance fresh then.

        Parameters
        ----------
        days : float
            Time in which the drift's correlation falls to 1/e, days.

        Returns
        -------
        tuple of ndarray, shape (T - 1,)
            Correlations, and one less their squares.
        """
        past = self.gaps / days
        return np.exp(-past), -np.expm1(-2 * past)


@dataclass(frozen=True, eq=False)
class DayNoise:
    """Inverse of what the two slots of a day have as noise, own and shared.

    Parameters
    ----------
    diagonal : ndarray, shape (T, 2)
        Diagonal of each day's inverse; 0 in empty slots.
    across : ndarray, shape (T,)
        What stands beside it where both sides spoke.
    log_determinant : float
        Log determinant of the noise (not of its inverse).
    """

    diagonal: Floats
    across: Floats
    log_determinant: float

    @classmethod
    def of(cls, cells: Cells, day: float) -> DayNoise:
        """Invert the noise of each day.

        Parameters
        ----------
        cells : Cells
            Where statements are.
        day : float
            Variance shared within a day, over that of a statement's noise.

        Returns
        -------
        DayNoise
            Relative to a statement's noise.
        """
        has = cells.n > 0
        both = has.all(axis=1)
        own = np.where(has, day + 1 / np.maximum(cells.n, 1), 1.0)
        determinant = own.prod(axis=1) - np.where(both, day**2, 0.0)
        diagonal = np.where(has, own[:, ::-1] / determinant[:, None], 0.0)
        # A day on which one side spoke has a 1 in the empty slot.
        across = np.where(both, -day / determinant, 0.0)
        return cls(diagonal, across, float(np.log(determinant).sum()))

    def inverse_times(self, columns: Floats) -> Floats:
        """Return the inverse times columns of shape (2 T, k)."""
        shaped = columns.reshape(len(self.across), 2, -1)
        result = shaped * self.diagonal[:, :, None]
        result += shaped[:, ::-1] * self.across[:, None, None]
        flat: Floats = np.asfortranarray(result.reshape(columns.shape))
        return flat


class Covariance:
    """Covariance V of the slots, ready to weigh columns.

    The covariance of slots i and j, relative to a statement's noise, is
    drift * (1 or rho) * exp(-|t_i - t_j| / days) + day [same day] + [i = j] / n_i.
    For columns A and B, with D the day noise, A' V^-1 B = A' D^-1 B - taken(D^-1 A)'
    taken(D^-1 B): what the noise alone would give, less what the drift explains.

    Parameters
    ----------
    cells : Cells
        Where statements are.
    ratios : Ratios
        The parameters.
    noise : DayNoise
        That of `ratios.day`.
    """

    def __init__(self, cells: Cells, ratios: Ratios, noise: DayNoise) -> None:
        self.noise = noise
        diagonal, below, log_determinant = _drift_precision(cells, ratios)
        diagonal[:, [0, 1], [0, 1]] += noise.diagonal
        diagonal[:, [0, 1], [1, 0]] += noise.across[:, None]
        #: Inverse covariance of the drift, given the statements.
        self.chain = Chain(diagonal, below)
        self.log_determinant = noise.log_determinant + self.chain.log_determinant - log_determinant

    def taken(self, scaled: Floats) -> Floats:
        """Return the drift's part of columns that were scaled by the inverse day noise."""
        return self.chain.forward(scaled)

    def inverse_times(self, columns: Floats) -> Floats:
        """Return V^-1 times columns of shape (2 T, k); 0 in empty slots."""
        scaled = self.noise.inverse_times(columns)
        back = self.chain.backward(self.taken(scaled))
        left: Floats = scaled - self.noise.inverse_times(back)
        return left


def _drift_precision(cells: Cells, ratios: Ratios) -> tuple[Floats, Floats, float]:
    """Return the inverse covariance of the drift as blocks, and its log determinant."""
    n_days = len(cells.days)
    kept, fresh = cells.kept(ratios.days)
    along = np.ones(n_days)
    along[1:] = 1 / fresh
    along[:-1] += kept**2 / fresh
    sides = inverse(ratios.drift * np.array([[1.0, ratios.rho], [ratios.rho, 1.0]]))
    log_determinant = -(
        2 * float(np.log(fresh).sum())
        + n_days * float(np.log1p(-(ratios.rho**2)))
        + 2 * n_days * float(np.log(ratios.drift))
    )
    return along[:, None, None] * sides, (-kept / fresh)[:, None, None] * sides, log_determinant

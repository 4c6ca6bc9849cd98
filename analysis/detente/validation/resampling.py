"""Bootstrap over blocks of statements, as sums over blocks where that is enough."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente import wording
from detente.errors import BadArgumentError

__all__ = ["MIN_BLOCKS", "Blocks", "Floats", "Options", "interval_of", "tail_of"]

Floats = NDArray[np.float64]

#: With fewer blocks there is no interval: so few can hardly be resampled.
MIN_BLOCKS = 5

#: Largest share of replicates in which a figure may be undefined.
_MAX_UNDEFINED = 0.1


@dataclass(frozen=True, slots=True)
class Options:
    """How intervals are made.

    Parameters
    ----------
    seed : int
        Seed of the resampling.
    n_boot : int
        Replicates, at least 50.
    confidence : float
        Coverage, in (0, 1).
    """

    seed: int = 0
    n_boot: int = 1000
    confidence: float = 0.95

    def __post_init__(self) -> None:
        if not isinstance(self.seed, (int, np.integer)) or self.seed < 0:
            raise BadArgumentError(f"seed={self.seed!r} was received; it is an integer from 0.")
        if not isinstance(self.n_boot, (int, np.integer)) or self.n_boot < 50:
            raise BadArgumentError(
                f"n_boot={self.n_boot!r} was received; it is an integer of at least 50."
            )
        if not 0 < self.confidence < 1:
            raise BadArgumentError(
                f"confidence={self.confidence} was received; it lies between 0 and 1, such as 0.95."
            )

    @property
    def words(self) -> str:
        """The name of the intervals, such as "95% confidence interval"."""
        return wording.say("{share} confidence interval", share=wording.share(self.confidence))

    @property
    def words_of_many(self) -> str:
        """Name of the intervals where several are told."""
        return wording.say("{share} confidence intervals", share=wording.share(self.confidence))


@dataclass(frozen=True, eq=False)
class Blocks:
    """Which block each row belongs to.

    Parameters
    ----------
    codes : ndarray of int, shape (n,)
        Block of each row, 0 to `n_blocks` - 1, none of them empty.
    n_blocks : int
        Number of blocks.
    strata : ndarray of int, shape (n_blocks,), optional
        Blocks are drawn within their stratum; default: one stratum.
    """

    codes: NDArray[np.intp]
    n_blocks: int
    strata: NDArray[np.intp] | None = None

    @classmethod
    def of(cls, labels: ArrayLike) -> Blocks:
        """Return the blocks of rows with the same label."""
        names, codes = np.unique(np.asarray(labels), return_inverse=True)
        return cls(codes.ravel().astype(np.intp), len(names))

    def sums(self, values: Floats) -> Floats:
        """Add up the rows of each block: (n, k) -> (n_blocks, k)."""
        return np.stack(
            [np.bincount(self.codes, column, self.n_blocks) for column in values.T], axis=1
        )

    def draws(self, options: Options) -> Floats:
        """Return how often each block stands in each replicate: (n_boot, n_blocks)."""
        rng = np.random.default_rng(options.seed)
        counts = np.zeros((options.n_boot, self.n_blocks))
        strata = np.zeros(self.n_blocks, dtype=np.intp) if self.strata is None else self.strata
        for stratum in np.unique(strata):
            members = np.flatnonzero(strata == stratum)
            chances = np.full(len(members), 1 / len(members))
            counts[:, members] = rng.multinomial(len(members), chances, size=options.n_boot)
        return counts

    @property
    def whole(self) -> Floats:
        """Each block once: the data themselves, shape (1, n_blocks)."""
        return np.ones((1, self.n_blocks))


def interval_of(
    draws: Floats, n_blocks: int | NDArray[np.intp], confidence: float
) -> tuple[Floats, Floats]:
    """Return expanded percentile intervals of replicates.

    Parameters
    ----------
    draws : ndarray, shape (n_boot, k)
        Replicates of k figures; NaN where one is not defined.
    n_blocks : int or ndarray of int, shape (k,)
        Blocks behind each figure.
    confidence : float
        Coverage, in (0, 1).

    Returns
    -------
    tuple of ndarray
        Lower and upper ends, shape (k,); NaN with fewer than `MIN_BLOCKS` blocks, or where
        more than a tenth of the replicates is not defined.

    Notes
    -----
    Plain percentiles are too narrow by the factor sqrt((n - 1) / n) and by the difference
    of the normal from Student's t; the percentiles are moved outward by both [1]_.

    References
    ----------
    .. [1] Hesterberg, T.C. (2015). What teachers should know about the bootstrap. The
       American Statistician 69(4), 371-386.

    Examples
    --------
    >>> lower, upper = interval_of(np.linspace(0, 1, 1001)[:, None], 1000, 0.9)
    >>> lower.round(2), upper.round(2)
    (array([0.05]), array([0.95]))
    """
    n_figures = draws.shape[1]
    lower, upper = np.full(n_figures, np.nan), np.full(n_figures, np.nan)
    for k, n in enumerate(np.broadcast_to(n_blocks, n_figures).tolist()):
        defined = draws[np.isfinite(draws[:, k]), k]
        if n < MIN_BLOCKS or len(defined) < (1 - _MAX_UNDEFINED) * len(draws):
            continue
        tail = tail_of(n, confidence)
        lower[k], upper[k] = np.quantile(defined, [tail, 1 - tail])
    return lower, upper


def tail_of(n_blocks: int, confidence: float) -> float:
    """Return the share of replicates that an interval leaves out at either end.

    Parameters
    ----------
    n_blocks : int
        Blocks behind the figure, 2 or more.
    confidence : float
        Coverage, in (0, 1).

    Returns
    -------
    float
        Less than (1 - `confidence`) / 2, the more so the fewer blocks; see `interval_of`.

    Examples
    --------
    >>> round(tail_of(1000, 0.95), 3), round(tail_of(8, 0.95), 3)
    (0.025, 0.006)
    """
    from scipy import stats  # takes a second to load, and few runs validate

    reach = sqrt(n_blocks / (n_blocks - 1)) * float(stats.t.ppf((1 + confidence) / 2, n_blocks - 1))
    return float(stats.norm.cdf(-reach))

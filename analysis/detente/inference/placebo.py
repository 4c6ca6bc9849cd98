"""Histories in which nothing happened, each fitted as the observed one is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from detente.inference.covariance import Cells, Covariance, DayNoise, Floats, Ratios

__all__ = ["GRID", "GridFits", "fit_on_grid", "placebo_p", "simulate"]

#: Where ratios are looked for in the simulated histories, ordered by `day`. Without drift its
#: time scale and correlation mean nothing.
GRID: tuple[Ratios, ...] = tuple(
    Ratios(drift, days, rho, day)
    for day in (1e-4, 0.1, 0.25, 0.45, 0.9)
    for drift, days, rho in (
        (1e-4, 30.0, 0.0),
        *(
            (drift, days, rho)
            for drift in (0.06, 0.12, 0.25, 0.5, 1.0, 2.0)
            for days in (7.0, 15.0, 30.0, 60.0, 120.0, 240.0, 600.0)
            for rho in (0.2, 0.6, 0.8, 0.95)
        ),
    )
)

#: Histories that are fitted on the whole grid, and the deviance beyond which a point is far.
_SCREENED = 60
_FAR = 1.0


@dataclass(frozen=True, eq=False)
class GridFits:
    """The best fits of many histories on a grid of covariances.

    Parameters
    ----------
    point : ndarray of int, shape (k,)
        Number of the best grid point of each history.
    coefficients, se : ndarray, shape (k, p)
        Generalised least squares at that point, tone.
    deviance : ndarray, shape (k,)
        Restricted deviance, up to a constant.
    """

    point: np.ndarray[tuple[int, ...], np.dtype[np.intp]]
    coefficients: Floats
    se: Floats
    deviance: Floats

    @property
    def t(self) -> Floats:
        """Coefficients over their standard errors, shape (k, p)."""
        values: Floats = self.coefficients / self.se
        return values


def simulate(
    cells: Cells,
    ratios: Ratios,
    noise: float,
    n: int,
    rng: np.random.Generator,
) -> tuple[Floats, Floats]:
    """Draw histories of the model without steps on the days of the statements.

    Parameters
    ----------
    cells : Cells
        Where statements are; their tones are not used.
    ratios : Ratios
        Covariance, relative to `noise`.
    noise : float
        Variance of one statement's own noise.
    n : int
        Number of histories.
    rng : numpy.random.Generator
        Source of the draws.

    Returns
    -------
    mean : ndarray, shape (2 T, n)
        Mean tone of each slot around zero; 0 in empty slots.
    within : ndarray, shape (n,)
        Sum of squares within slots.
    """
    n_days = len(cells.days)
    kept, fresh = cells.kept(ratios.days)
    fresh = np.sqrt(fresh)
    mix = np.array([[1.0, 0.0], [ratios.rho, np.sqrt(1 - ratios.rho**2)]])
    drift = np.empty((n_days, 2, n))
    for t in range(n_days):
        shock = mix @ rng.standard_normal((2, n))
        drift[t] = shock if t == 0 else kept[t - 1] * drift[t - 1] + fresh[t - 1] * shock
    values = np.sqrt(ratios.drift) * drift
    values += np.sqrt(ratios.day) * rng.standard_normal((n_days, 1, n))
    own = np.divide(1, np.sqrt(cells.n), out=np.zeros_like(cells.n), where=cells.n > 0)
    values += own[:, :, None] * rng.standard_normal((n_days, 2, n))
    values *= np.sqrt(noise) * (cells.n > 0)[:, :, None]
    spare = cells.n_statements - cells.n_filled
    within = noise * rng.chisquare(spare, n) if spare else np.zeros(n)
    return np.asfortranarray(values.reshape(2 * n_days, n)), within


def fit_on_grid(
    cells: Cells,
    columns: Floats,
    designs: Sequence[Floats],
    means: Floats,
    within: Floats,
    grid: Sequence[Ratios] = GRID,
) -> list[GridFits]:
    """Fit histories by restricted likelihood over a grid, for several designs at once.

    Parameters
    ----------
    cells : Cells
        Where statements are.
    columns : ndarray, shape (2 T, m)
        Columns that the designs are made of.
    designs : sequence of ndarray, shape (m, p)
        Each design is `columns` times one of these.
    means : ndarray, shape (2 T, k)
        Mean tones of the slots, a history a column.
    within : ndarray, shape (k,)
        Sums of squares within slots.
    grid : sequence of Ratios
        Neighbours with equal `day` share work.

    Returns
    -------
    list of GridFits
        One for each design.

    Notes
    -----
    The first `_SCREENED` histories are fitted on the whole grid. Points that are far from the
    best (by more than `_FAR` in deviance) for all of them in all designs are left out for the
    others, which takes most of the time away and changes next to none of the fits.
    """
    chosen = list(range(len(grid)))
    if means.shape[1] > 2 * _SCREENED:
        few = np.asfortranarray(means[:, :_SCREENED]), within[:_SCREENED]
        lowest = [np.full(_SCREENED, np.inf) for _ in designs]
        deviances: list[list[Floats]] = []
        for _, products in _walk(cells, columns, *few, grid, chosen):
            fits = [products.through(design).fit(cells.n_statements) for design in designs]
            deviances.append([fit[0] for fit in fits])
            lowest = [np.minimum(low, fit[0]) for low, fit in zip(lowest, fits, strict=True)]
        chosen = [
            number
            for number, own in zip(chosen, deviances, strict=True)
            if any((d < low + _FAR).any() for d, low in zip(own, lowest, strict=True))
        ]
    k = means.shape[1]
    best = [
        GridFits(
            np.zeros(k, dtype=np.intp),
            np.zeros((k, design.shape[1])),
            np.ones((k, design.shape[1])),
            np.full(k, np.inf),
        )
        for design in designs
    ]
    for number, products in _walk(cells, columns, means, within, grid, chosen):
        for design, kept in zip(designs, best, strict=True):
            deviance, coefficients, se = products.through(design).fit(cells.n_statements)
            better = deviance < kept.deviance
            kept.deviance[better] = deviance[better]
            kept.point[better] = number
            kept.coefficients[better] = coefficients[:, better].T
            kept.se[better] = se[:, better].T
    return best


def _walk(
    cells: Cells,
    columns: Floats,
    means: Floats,
    within: Floats,
    grid: Sequence[Ratios],
    chosen: Sequence[int],
) -> Iterator[tuple[int, _Products]]:
    """Yield the chosen grid points' numbers with the products weighed there."""
    for day, numbers in groupby(chosen, key=lambda number: grid[number].day):
        noise = DayNoise.of(cells, day)
        scaled, scaled_columns = noise.inverse_times(means), noise.inverse_times(columns)
        squares = np.einsum("ij,ij->j", means, scaled) + within
        inner, right = columns.T @ scaled_columns, columns.T @ scaled
        for number in numbers:
            covariance = Covariance(cells, grid[number], noise)
            taken, taken_columns = covariance.taken(scaled), covariance.taken(scaled_columns)
            yield (
                number,
                _Products(
                    inner - taken_columns.T @ taken_columns,
                    right - taken_columns.T @ taken,
                    squares - np.einsum("ij,ij->j", taken, taken),
                    covariance.log_determinant,
                ),
            )


@dataclass(frozen=True, eq=False)
class _Products:
    """Weighed products of columns X and histories Y: X'X, X'Y, the diagonal of Y'Y."""

    inner: Floats
    right: Floats
    squares: Floats
    log_determinant: float

    def through(self, design: Floats) -> _Products:
        return _Products(
            design.T @ self.inner @ design,
            design.T @ self.right,
            self.squares,
            self.log_determinant,
        )

    def fit(self, n_statements: int) -> tuple[Floats, Floats, Floats]:
        """Return restricted deviance (k,), coefficients (p, k) and standard errors (p, k)."""
        inverse = np.linalg.inv(self.inner)
        coefficients = inverse @ self.right
        df = n_statements - len(inverse)
        left = self.squares - np.einsum("ij,ij->j", self.right, coefficients)
        noise = np.maximum(left, np.finfo(float).tiny) / df
        deviance = df * np.log(noise) + self.log_determinant
        deviance += np.linalg.slogdet(self.inner)[1]
        return deviance, coefficients, np.sqrt(np.outer(np.diag(inverse), noise))


def placebo_p(observed: Floats, placebo: Floats) -> Floats:
    """Return the share of histories at least as far from zero as the observed one.

    Parameters
    ----------
    observed : ndarray, shape (p,)
        Observed t.
    placebo : ndarray, shape (k, p)
        t of the histories.

    Returns
    -------
    ndarray, shape (p,)
        (1 + number at least as large in size) / (k + 1), so never zero.
    """
    larger = (np.abs(placebo) >= np.abs(observed)).sum(axis=0)
    shares: Floats = (1.0 + larger) / (1.0 + len(placebo))
    return shares

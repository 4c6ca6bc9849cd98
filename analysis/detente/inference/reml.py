"""Restricted maximum likelihood, then generalised least squares, on days and sides."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.inference.covariance import Cells, Floats, Ratios
from detente.inference.restricted import Restricted

__all__ = ["LOWER", "UPPER", "RemlFit", "fit_reml", "gls", "restricted_deviance"]

#: Where the ratios may lie. A drift at the lower end is as good as none; a correlation of 1
#: would make two sides one.
LOWER = Ratios(drift=1e-4, days=7.0, rho=0.0, day=1e-4)
UPPER = Ratios(drift=50.0, days=3650.0, rho=0.98, day=20.0)

#: Ratios from which searches start: the best for each of these time scales, as the likelihood
#: often has a hill for a drift of days and another one for a drift of months.
_DAYS = (10.0, 40.0, 150.0, 800.0)
_STARTS = tuple(
    (drift, rho, day) for drift in (0.1, 0.5) for rho in (0.5, 0.9) for day in (0.05, 0.4)
)


@dataclass(frozen=True, eq=False)
class RemlFit:
    """Coefficients with the covariance parameters that fit best.

    Parameters
    ----------
    ratios : Ratios
        Covariance parameters, relative to `noise`.
    noise : float
        Variance of one statement's own noise, tone squared.
    coefficients : ndarray, shape (p,)
        Generalised least squares, tone.
    covariance : ndarray, shape (p, p)
        Their covariance, tone squared.
    deviance : float
        Minus twice the restricted log likelihood of the statements.
    df : int
        Statements minus coefficients.
    """

    ratios: Ratios
    noise: float
    coefficients: Floats
    covariance: Floats
    deviance: float
    df: int

    @property
    def se(self) -> Floats:
        """Standard errors of the coefficients, tone."""
        values: Floats = np.sqrt(np.diag(self.covariance))
        return values


def gls(cells: Cells, columns: Floats, ratios: Ratios) -> RemlFit:
    """Fit by generalised least squares where the ratios are known.

    Parameters
    ----------
    cells : Cells
        The statements.
    columns : ndarray, shape (2 T, p)
        What explains a slot; 0 in empty slots; of full rank.
    ratios : Ratios
        The covariance.

    Returns
    -------
    RemlFit
        The fit at these ratios; the noise is the restricted maximum.
    """
    found = Restricted(cells, columns, ratios)
    spread = (found.noise * np.linalg.inv(found.inner)).astype("float64")
    return RemlFit(ratios, found.noise, found.coefficients, spread, found.deviance, found.df)


def restricted_deviance(cells: Cells, columns: Floats, ratios: Ratios) -> float:
    """Return minus twice the restricted log likelihood, the noise profiled out.

    Parameters
    ----------
    cells, columns, ratios
        As in `gls`.

    Returns
    -------
    float
        The deviance of the single statements, all constants included.
    """
    return Restricted(cells, columns, ratios).deviance


def fit_reml(cells: Cells, columns: Floats, *, days: float | None = None) -> RemlFit:
    """Find the ratios of highest restricted likelihood, then fit.

    Parameters
    ----------
    cells : Cells
        The statements.
    columns : ndarray, shape (2 T, p)
        As in `gls`.
    days : float, optional
        Hold the time scale of the drift at this value, in days.

    Returns
    -------
    RemlFit
        The best fit between `LOWER` and `UPPER`.
    """
    from scipy.optimize import OptimizeResult, minimize

    lower, upper = _free(LOWER), _free(UPPER)
    if days is not None:
        lower[1] = upper[1] = np.log(days)

    def deviance(free: Floats) -> float:
        return restricted_deviance(cells, columns, _ratios(free))

    def both(free: Floats) -> tuple[float, Floats]:
        found = Restricted(cells, columns, _ratios(free))
        return found.deviance, found.slopes()

    def descend(start: Floats, ftol: float, gtol: float) -> OptimizeResult:
        return minimize(
            both,
            start,
            jac=True,
            method="L-BFGS-B",
            bounds=list(zip(lower, upper, strict=True)),
            options={"ftol": ftol, "gtol": gtol},
        )

    found = []
    for scale in _DAYS if days is None else (days,):
        starts = [
            np.clip(_free(Ratios(drift, scale, rho, day)), lower, upper)
            for drift, rho, day in _STARTS
        ]
        found.append(descend(min(starts, key=deviance), 1e-5, 1e-2))
    polished = descend(min(found, key=lambda one: float(one.fun)).x, 1e-13, 1e-5)
    # Rounded, so that the last digits of another machine's arithmetic change nothing. Not at
    # halves: the bundled study's own optimum lies a millionth from one.
    best = np.clip(np.floor(polished.x * 1000 + 0.51) / 1000, lower, upper)
    return gls(cells, columns, _ratios(best))


def _free(ratios: Ratios) -> Floats:
    return np.array(
        [np.log(ratios.drift), np.log(ratios.days), np.arctanh(ratios.rho), np.log(ratios.day)]
    )


def _ratios(free: Floats) -> Ratios:
    return Ratios(
        float(np.exp(free[0])),
        float(np.exp(free[1])),
        float(np.tanh(free[2])),
        float(np.exp(free[3])),
    )

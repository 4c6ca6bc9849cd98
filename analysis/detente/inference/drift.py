"""One direction's months as levels, a drift around them, and the noise of statements."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.index.chain import Law
from detente.index.evidence import Evidence
from detente.inference.series import Floats, RawSeries

__all__ = ["Drift", "fit_drift"]

#: Widest persistence that is tried, as in the index.
_MAX_PERSISTENCE = 0.995


@dataclass(frozen=True, eq=False)
class Drift:
    """Fitted levels with a mean-reverting drift around them.

    Parameters
    ----------
    persistence : float
        Share of the distance from the level that is left a month later, in [0, 1).
    sd : float
        Standard deviation of a month's change, degrees.
    levels : ndarray, shape (p,)
        Coefficients of the design, degrees.
    covariance : ndarray, shape (p, p)
        Theirs, persistence and sd taken for known.
    loglike : float
        Maximum of the log likelihood (restricted, if that was asked for).
    """

    persistence: float
    sd: float
    levels: Floats
    covariance: Floats
    loglike: float

    @property
    def n_parameters(self) -> int:
        """Parameters: the levels, persistence and sd."""
        return len(self.levels) + 2

    def simulate(self, n_months: int, n: int, rng: np.random.Generator) -> Floats:
        """Draw drifts around zero.

        Parameters
        ----------
        n_months : int
            Length of each.
        n : int
            How many.
        rng : numpy.random.Generator
            Source of the draws.

        Returns
        -------
        ndarray, shape (n, n_months)
            Degrees.
        """
        path = np.empty((n_months, n))
        at = rng.standard_normal(n) * self.sd / np.sqrt(1 - self.persistence**2)
        for t in range(n_months):
            path[t] = at
            at = self.persistence * at + self.sd * rng.standard_normal(n)
        return path.T


def fit_drift(
    series: RawSeries, design: Floats | None = None, *, restricted: bool = False
) -> Drift:
    """Fit levels and drift by maximum likelihood.

    Parameters
    ----------
    series : RawSeries
        The raw months; silent ones stay missing.
    design : ndarray, shape (n, p), optional
        Columns that levels belong to, a row per observed month; default: one level.
    restricted : bool, default False
        Whether to take the restricted likelihood, which is fair to the drift where there are
        several levels, but cannot compare designs.

    Returns
    -------
    Drift
        The fit.

    Notes
    -----
    y = X b + u + e with Cov(u_s, u_t) = sd^2 persistence^|s - t| / (1 - persistence^2) and e
    independent with the known variances of the months; b by generalised least squares.
    """
    from scipy.optimize import minimize

    seen = series.seen
    # Levels hold in observed months; what a design says of silent ones is never asked.
    columns = np.ones((len(series.value), 1))
    if design is not None:
        columns = np.zeros((len(series.value), design.shape[1]))
        columns[seen] = design
    evidence = Evidence(
        series.value[:, None],
        series.variance[:, None, None],
        columns,
        precision=0.0,
        integrated=restricted,
    )

    def law(theta: Floats) -> Law:
        persistence = np.tanh(theta[:1, None])
        changes = np.exp(2 * theta[1:, None])
        return Law(persistence, changes, changes / (1 - persistence**2))

    def loss(theta: Floats) -> tuple[float, Floats]:
        at = law(theta)
        found = evidence.under(at)
        slopes = found.slopes()
        kept, spare = float(at.transition[0, 0]), float(1 - at.transition[0, 0] ** 2)
        by_first = float((slopes.first * at.first).sum())
        by_kept = spare * float(slopes.transition[0, 0]) + 2 * kept * by_first
        by_sd = 2 * (float((slopes.changes * at.changes).sum()) + by_first)
        return -found.loglike, -np.array([by_kept, by_sd])

    bounds = [(0.0, float(np.arctanh(_MAX_PERSISTENCE))), (np.log(0.05), np.log(100.0))]
    spread = np.log(np.clip(np.std(series.value[seen]), 1.0, 90.0))
    best: tuple[Floats, float] | None = None
    for persistence, share in ((0.7, 0.4), (0.1, 0.2)):
        start = np.array([np.arctanh(persistence), spread + np.log(share)])
        found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
        if best is None or -float(found.fun) > best[1] + 1e-9:
            best = np.asarray(found.x, dtype="float64"), -float(found.fun)
    assert best is not None
    at = law(best[0])
    posterior = evidence.under(at)
    return Drift(
        persistence=float(at.transition[0, 0]),
        sd=float(np.sqrt(at.changes[0, 0])),
        levels=posterior.level,
        covariance=posterior.spread,
        loglike=posterior.loglike,
    )

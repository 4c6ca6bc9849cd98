"""One direction's months as levels, a drift around them, and the noise of statements."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

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
    y, noise = series.value[seen], np.diag(series.variance[seen] + 1e-9)
    lag = np.abs(np.subtract.outer(seen, seen)).astype("float64")
    x = np.ones((len(y), 1)) if design is None else design

    def fit(theta: Floats) -> Drift:
        persistence, sd = float(np.tanh(theta[0])), float(np.exp(theta[1]))
        root = np.linalg.cholesky(sd**2 / (1 - persistence**2) * persistence**lag + noise)
        white = np.linalg.solve(root, np.column_stack([x, y]))
        inner = white[:, :-1].T @ white[:, :-1]
        levels = np.linalg.solve(inner, white[:, :-1].T @ white[:, -1])
        left = white[:, -1] - white[:, :-1] @ levels
        loglike = -0.5 * (left @ left + len(y) * np.log(2 * np.pi)) - np.log(np.diag(root)).sum()
        if restricted:
            loglike -= 0.5 * np.linalg.slogdet(inner)[1]
        return Drift(persistence, sd, levels, np.linalg.inv(inner), float(loglike))

    def loss(theta: Floats) -> float:
        return -fit(theta).loglike

    bounds = [(0.0, float(np.arctanh(_MAX_PERSISTENCE))), (np.log(0.05), np.log(100.0))]
    spread = np.log(np.clip(np.std(y), 1.0, 90.0))
    best: Drift | None = None
    for persistence, share in ((0.7, 0.4), (0.1, 0.2)):
        start = np.array([np.arctanh(persistence), spread + np.log(share)])
        found = fit(
            np.asarray(minimize(loss, start, method="L-BFGS-B", bounds=bounds).x, dtype="float64")
        )
        if best is None or found.loglike > best.loglike + 1e-9:
            best = found
    assert best is not None
    return best

"""The restricted likelihood of statements at given ratios, and how it rises and falls with them."""

from __future__ import annotations

import numpy as np

from detente.inference.covariance import Cells, Covariance, DayNoise, Floats, Ratios

__all__ = ["Restricted"]


class Restricted:
    """Generalised least squares at given ratios, the noise of a statement profiled out.

    Parameters
    ----------
    cells : Cells
        The statements.
    columns : ndarray, shape (2 T, p)
        What explains a slot; 0 in empty slots; of full rank.
    ratios : Ratios
        The covariance.

    Attributes
    ----------
    noise : float
        Variance of one statement's own noise, tone squared.
    coefficients : ndarray, shape (p,)
        Tone.
    inner : ndarray, shape (p, p)
        X'V^-1 X, with V relative to `noise`.
    deviance : float
        Minus twice the restricted log likelihood of the single statements.
    df : int
        Statements minus coefficients.
    """

    def __init__(self, cells: Cells, columns: Floats, ratios: Ratios) -> None:
        self._cells, self._ratios = cells, ratios
        self._covariance = Covariance(cells, ratios, DayNoise.of(cells, ratios.day))
        p = columns.shape[1]
        self._both = np.column_stack([columns, cells.mean.ravel()])
        scaled = self._covariance.noise.inverse_times(self._both)
        self._taken = self._covariance.taken(scaled)
        products = self._both.T @ scaled - self._taken.T @ self._taken
        self.inner, right = products[:p, :p], products[:p, p]
        self.coefficients: Floats = np.linalg.solve(self.inner, right).astype("float64")
        self.df = cells.n_statements - p
        squares = cells.within + float(products[p, p] - right @ self.coefficients)
        self.noise = max(squares / self.df, float(np.finfo(float).tiny))
        self.deviance = float(
            self.df * (np.log(2 * np.pi * self.noise) + 1)
            + self._covariance.log_determinant
            + cells.log_counts
            + np.linalg.slogdet(self.inner)[1]
        )

    def slopes(self) -> Floats:
        """Return the slopes of the deviance.

        Returns
        -------
        ndarray, shape (4,)
            In the logs of drift and days, in the inverse hyperbolic tangent of rho, and in the
            log of day.

        Notes
        -----
        The slope of a likelihood is that of the joint density of what was seen and the drift,
        expected given what was seen. All that it needs of the drift are its second moments on
        a day and across two days that follow one another.
        """
        at, chain = self._ratios, self._covariance.chain
        shape = (len(self._cells.days), 2, -1)
        # Means, and what coefficients that are not known move them by; relative to the noise.
        root = np.linalg.cholesky(np.linalg.inv(self.inner))
        size = np.sqrt(self.noise)
        turn = np.zeros((len(root) + 1, len(root) + 1))
        turn[:-1, :-1], turn[:-1, -1], turn[-1, -1] = root, -self.coefficients / size, 1 / size
        solved = chain.backward(self._taken) @ turn
        drift, left = solved.reshape(shape), (self._both @ turn - solved).reshape(shape)
        one, two = np.ascontiguousarray(drift[:, 0]), np.ascontiguousarray(drift[:, 1])
        own, across = chain.covariance, chain.covariance_below
        # Moments of the two sides' drift on a day, and of a day's with that of the day before.
        same = own[:, 0, 0] + own[:, 1, 1] + _dots(one, one) + _dots(two, two)
        mixed = 2 * (own[:, 0, 1] + _dots(one, two))
        same_before = across[:, 0, 0] + across[:, 1, 1]
        same_before += _dots(one[1:], one[:-1]) + _dots(two[1:], two[:-1])
        mixed_before = across[:, 0, 1] + across[:, 1, 0]
        mixed_before += _dots(one[1:], two[:-1]) + _dots(two[1:], one[:-1])
        kept, fresh = self._cells.kept(at.days)
        alone = 1 - at.rho**2
        weight = at.drift * alone
        each = (same - at.rho * mixed) / weight
        lagged = (same_before - at.rho * mixed_before) / weight
        # Squares of the days' changes, on the scale of the drift.
        change = (each[1:] - 2 * kept * lagged + kept**2 * each[:-1]) / fresh
        mixed_change = mixed[1:] - 2 * kept * mixed_before + kept**2 * mixed[:-1]
        total = each[0] + change.sum()
        mixed_total = mixed[0] + (mixed_change / fresh).sum()
        n_days = len(each)
        later = kept * self._cells.gaps / at.days
        widened = -2 * kept * later / fresh
        by_days = widened * (2 - change) + 2 * later * (kept * each[:-1] - lagged) / fresh
        noise = self._covariance.noise
        pull = noise.diagonal + noise.across[:, None]
        pulled = pull[:, 0, None] * left[:, 0] + pull[:, 1, None] * left[:, 1]
        seen = (own * pull[:, :, None] * pull[:, None, :]).sum() + (pulled**2).sum()
        return np.array(
            [
                2 * n_days - total,
                by_days.sum(),
                2 * at.rho * (total - n_days) - mixed_total / at.drift,
                at.day * (pull.sum() - seen),
            ]
        )


def _dots(one: Floats, two: Floats) -> Floats:
    return np.asarray(np.einsum("tq,tq->t", one, two))

"""What the draw of coded statements adds to the covariance of steps."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from detente.inference.covariance import Cells, Covariance, DayNoise, Floats
from detente.inference.reml import RemlFit
from detente.inference.rows import Rows

__all__ = ["with_draw"]


def with_draw(fit: RemlFit, cells: Cells, columns: Floats, rows: Rows) -> RemlFit:
    """Give the coefficients of corrected tones the variance that the draw lends them.

    Parameters
    ----------
    fit : RemlFit
        Fit to corrected tones with one noise for all statements.
    cells : Cells
        The statements by day and side.
    columns : ndarray, shape (2 T, p)
        Those of the fit.
    rows : Rows
        The statements; without `drawn` the fit is returned as it is.

    Returns
    -------
    RemlFit
        The same coefficients; their covariance where the noise of a statement is not the mean
        noise but has its own part from the draw.

    Notes
    -----
    A corrected tone is right on average over coded and uncoded statements, not for either:
    uncoded ones keep the scorer's error, coded ones have it turned round. Weights must
    therefore not tell them apart. A noise of its own for coded statements in the weights would
    move the steps back to what the scorer says. So the coefficients A y keep the weights of
    one common noise, and only their covariance takes in that the noise is uneven: the fitted
    noise holds the mean m of the draw's variances d_i, so A (V + diag(d_i - m)) A' [1]_, with
    the estimates of d_i in `Rows.drawn`. m is at most the fitted noise, so that no statement
    has a variance below zero.

    References
    ----------
    .. [1] White, H. (1980). A heteroskedasticity-consistent covariance matrix estimator and a
       direct test for heteroskedasticity. Econometrica 48(4).
    """
    if rows.drawn is None or not rows.drawn.any():
        return fit
    position = np.searchsorted(cells.days, rows.day)
    slot = 2 * position + rows.side
    n = cells.n.ravel()
    filled = n > 0
    mean = min(float(rows.drawn.mean()), fit.noise)
    uneven = np.bincount(slot, rows.drawn - mean, len(n))[filled] / n[filled] ** 2
    covariance = Covariance(cells, fit.ratios, DayNoise.of(cells, fit.ratios.day))
    weighed = covariance.inverse_times(columns)
    weights = np.linalg.solve(columns.T @ weighed, weighed.T)[:, filled]
    spread = fit.covariance + (weights * uneven) @ weights.T
    return replace(fit, covariance=spread.astype("float64"))

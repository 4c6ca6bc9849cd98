"""Scored frames with a known course of tone, and dense twins of the state equations."""

from __future__ import annotations

import numpy as np
import pandas as pd


def scored_months(levels, *, n=4, noise=30.0, seed=0, silent=()):
    """Statements of both sides around monthly levels (degrees, (m,) or (m, 2))."""
    rng = np.random.default_rng(seed)
    levels = np.broadcast_to(np.asarray(levels, dtype="float64").T, (2, len(levels))).T
    months = pd.date_range("2010-01-01", periods=len(levels), freq="MS")
    rows = []
    for t, month in enumerate(months):
        for side, (source, target) in enumerate((("RUS", "TUR"), ("TUR", "RUS"))):
            for i in range(0 if t in silent else n):
                tone = np.clip((levels[t, side] + noise * rng.normal()) / 100, -1, 1)
                day = month + pd.Timedelta(days=int(rng.integers(0, 28)))
                rows.append((day, source, target, f"S{i}", tone))
    return pd.DataFrame(rows, columns=["date", "source", "target", "speaker", "tone"])


def drifting(m, *, persistence, sd, rho=0.5, cross=(0.0, 0.0), seed=0):
    """Draw the sides' course of a bivariate state equation, shape (m, 2)."""
    rng = np.random.default_rng(seed)
    matrix = np.array([[persistence, cross[0]], [cross[1], persistence]])
    root = np.linalg.cholesky(sd**2 * np.array([[1, rho], [rho, 1]]))
    path, at = np.empty((m, 2)), np.zeros(2)
    for t in range(-50, m):
        at = matrix @ at + root @ rng.normal(size=2)
        if t >= 0:
            path[t] = at
    return path


def dense_covariance(m, transition, changes, prior_sd=100.0):
    """Covariance of all months and sides of a stationary state around unknown levels."""
    stationary = changes.copy()
    for _ in range(5000):
        stationary = transition @ stationary @ transition.T + changes
    k = len(changes)
    blocks = np.empty((m, k, m, k))
    for s in range(m):
        for t in range(m):
            power = np.linalg.matrix_power(transition, abs(s - t))
            blocks[s, :, t, :] = power @ stationary if s >= t else stationary @ power.T
            blocks[s, :, t, :] += prior_sd**2 * np.eye(k)
    return blocks.reshape(m * k, m * k)

"""The model of steps, statement by statement, with dense matrices: slow and obvious."""

from __future__ import annotations

import numpy as np
import pandas as pd


def covariance(day, side, drift, days, rho, shared):
    """Covariance of statements relative to their own noise, entry by entry."""
    n = len(day)
    matrix = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            tie = 1.0 if side[i] == side[j] else rho
            matrix[i, j] = drift * tie * np.exp(-abs(day[i] - day[j]) / days)
            matrix[i, j] += shared * (day[i] == day[j]) + (i == j)
    return matrix


def restricted(y, x, v):
    """Coefficients, their covariance, noise and restricted deviance, from the definition."""
    inverse = np.linalg.inv(v)
    inner = x.T @ inverse @ x
    coefficients = np.linalg.solve(inner, x.T @ inverse @ y)
    residual = y - x @ coefficients
    df = len(y) - x.shape[1]
    noise = residual @ inverse @ residual / df
    deviance = (
        df * np.log(2 * np.pi * noise) + np.linalg.slogdet(v)[1] + np.linalg.slogdet(inner)[1] + df
    )
    return coefficients, noise * np.linalg.inv(inner), noise, deviance


def scored(days, tone, sources=("RUS", "TUR"), seed=0, noise=0.2):
    """Statements on the given days, sides in turn, with tones around the given ones."""
    rng = np.random.default_rng(seed)
    source = np.resize(sources, len(days))
    values = np.broadcast_to(tone, len(days)) + rng.normal(0, noise, len(days))
    return pd.DataFrame(
        {
            "date": pd.to_datetime(days),
            "source": source,
            "target": np.where(source == "RUS", "TUR", "RUS"),
            "speaker": "A",
            "tone": np.clip(values, -1, 1),
        }
    )


def events(*rows):
    """Events from (day, episode or "" for none, kind)."""
    return pd.DataFrame(
        {
            "date": pd.to_datetime([row[0] for row in rows]),
            "end_date": pd.Series([pd.NaT] * len(rows), dtype="datetime64[us]"),
            "label": [f"Event {number}" for number, _ in enumerate(rows)],
            "kind": [row[2] for row in rows],
            "expected": "cooling",
            "headline": [bool(row[1]) for row in rows],
            "episode": [row[1] or None for row in rows],
        }
    )

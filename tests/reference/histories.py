"""Histories of two sides and their statements, to try the index on where the truth is known."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from detente.index import monthly_index
from detente.index.likelihood import StateProblem

SIDES = ("RUS>TUR", "TUR>RUS")


def history(rng, m, persistence=0.75, sd=(12.0, 14.0), rho=0.75, level=20.0):
    """Draw a history of two sides, degrees."""
    changes = np.outer(sd, sd) * np.array([[1, rho], [rho, 1]])
    steps = rng.multivariate_normal([0, 0], changes, m)
    state = np.empty((m, 2))
    state[0] = steps[0] / np.sqrt(1 - persistence**2) if persistence < 1 else steps[0]
    for t in range(1, m):
        state[t] = persistence * state[t - 1] + steps[t]
    return state + level


def said(rng, frame, truth, months, *, statement=880.0, day=245.0):
    """Give statements the tone of their month plus noise, a tenth of the size to stay in range."""
    t = months.get_indexer(frame["date"].dt.to_period("M").dt.to_timestamp())
    side = (frame["source"] != "RUS").to_numpy().astype(int)
    number = frame["date"].factorize()[0]
    degrees = (
        truth[t, side]
        + rng.normal(0, day**0.5, number.max() + 1)[number]
        + rng.normal(0, statement**0.5, len(frame))
    )
    return frame.assign(tone=degrees / 1000)


class Truth(NamedTuple):
    """What histories are drawn from: the law of the state, and variances of the noise, degrees."""

    persistence: float = 0.75
    sd: tuple[float, float] = (12.0, 14.0)
    rho: float = 0.75
    statement: float = 880.0
    day: float = 245.0

    @classmethod
    def fitted(cls, result):
        """Take the model that an index was fitted with."""
        state, noise = result.state, result.noise
        scale = state.noise_scale
        return cls(
            state.persistence,
            tuple(state.sd),
            state.rho,
            noise.statement * scale,
            noise.day * scale,
        )

    @property
    def theta(self):
        """The parameters on the scale of the search, for tones a tenth of the size."""
        first = [np.arctanh(self.persistence)] if self.persistence < 1 else []
        return np.array([*first, *np.log(np.array(self.sd) / 10), 0.0, np.arctanh(self.rho)])


class Coverage(NamedTuple):
    """Shares of months that intervals cover; root mean squared errors over that of raw means."""

    covered: float
    covered_empty: float
    error_ratio: float
    known_ratio: float


def coverage(dated, seed, n, truth, crises=False):
    """Simulate n histories on these dates and compare the index with what was drawn.

    `known_ratio` is the error left when the true parameters are known: no fit does better.
    """
    rng = np.random.default_rng(seed)
    first = dated["date"].min().to_period("M").to_timestamp()
    months = pd.date_range(first, dated["date"].max(), freq="MS")
    law = "mean_reverting" if truth.persistence < 1 else "local_level"
    inside, empty, squared, known, raw = [], [], [], [], []
    for _ in range(n):
        drawn = history(rng, len(months), truth.persistence, truth.sd, truth.rho)
        frame = dated
        if crises:  # the colder a month, the more is said
            t = months.get_indexer(dated["date"].dt.to_period("M").dt.to_timestamp())
            odds = np.exp(-(drawn.mean(axis=1) - drawn.mean()) / 30)[t]
            rows = np.sort(rng.choice(len(dated), len(dated), p=odds / odds.sum()))
            frame = dated.iloc[rows].reset_index(drop=True)
            frame = frame.assign(speaker=[f"speaker {i}" for i in range(len(frame))])
        scored = said(rng, frame, drawn, months, statement=truth.statement, day=truth.day)
        result = monthly_index(scored, since=months[0], until=months[-1])
        state = result.state
        best, _ = StateProblem(state.raw, state.noise, 1e6, law).smooth(truth.theta)
        for i, name in enumerate(SIDES):
            table, goal = result.direction(name), drawn[:, i] / 10
            spoken = table["raw"].notna().to_numpy()
            hit = table["lower"].le(goal) & table["upper"].ge(goal)
            inside += hit[spoken].tolist()
            empty += hit[~spoken].tolist()
            squared += ((table["index"] - goal)[spoken] ** 2).tolist()
            known += ((best[:, i] - goal)[spoken] ** 2).tolist()
            raw += ((table["raw"] - goal)[spoken] ** 2).tolist()
    ratios = [float(np.sqrt(np.mean(each) / np.mean(raw))) for each in (squared, known)]
    return Coverage(float(np.mean(inside)), float(np.mean(empty)), *ratios)

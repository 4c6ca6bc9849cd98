"""Histories of two sides and their statements, to try the index on where the truth is known."""

from __future__ import annotations

import numpy as np
import pandas as pd

from detente.index import monthly_index

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


def coverage(dated, seed, n, persistence, crises=False):
    """Return coverage in months with and without statements, and error against raw means."""
    rng = np.random.default_rng(seed)
    first = dated["date"].min().to_period("M").to_timestamp()
    months = pd.date_range(first, dated["date"].max(), freq="MS")
    inside, empty, squared, raw = [], [], [], []
    for _ in range(n):
        sd = (12.0, 14.0) if persistence < 1 else (8.0, 9.0)
        truth = history(rng, len(months), persistence, sd)
        frame = dated
        if crises:  # the colder a month, the more is said
            t = months.get_indexer(dated["date"].dt.to_period("M").dt.to_timestamp())
            odds = np.exp(-(truth.mean(axis=1) - truth.mean()) / 30)[t]
            rows = np.sort(rng.choice(len(dated), len(dated), p=odds / odds.sum()))
            frame = dated.iloc[rows].reset_index(drop=True)
            frame = frame.assign(speaker=[f"speaker {i}" for i in range(len(frame))])
        scored = said(rng, frame, truth, months)
        result = monthly_index(scored, since=months[0], until=months[-1])
        for i, name in enumerate(SIDES):
            table, goal = result.direction(name), truth[:, i] / 10
            spoken = table["raw"].notna()
            hit = table["lower"].le(goal) & table["upper"].ge(goal)
            inside += hit[spoken].tolist()
            empty += hit[~spoken].tolist()
            squared += ((table["index"] - goal)[spoken] ** 2).tolist()
            raw += ((table["raw"] - goal)[spoken] ** 2).tolist()
    return np.mean(inside), np.mean(empty), np.sqrt(np.mean(squared) / np.mean(raw))

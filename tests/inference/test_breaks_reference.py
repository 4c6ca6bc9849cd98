"""The search for breaks against R's strucchange; see tests/reference/strucchange.R."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from detente.inference.partition import best_cuts, lowest_costs

REFERENCE = Path(__file__).parents[1] / "reference" / "strucchange.csv"
MADE = [
    *(12, 15, 9, 14, 11, 13, 10, 12, -8, -5, -11, -7, -9, -6, -10, -4),
    *(21, 18, 25, 19, 22, 20, 24, 17, 3, 6, 1, 5, 2, 4, 7, 0),
]


def squares(y, min_length):
    """Return the residual sum of squares of every stretch, as `stretch_costs` lays it out."""
    n = len(y)
    cost = np.full((1, n + 1, n + 1), np.inf)
    for j in range(n):
        for i in range(j + min_length, n + 1):
            cost[0, j, i] = np.sum((y[j:i] - y[j:i].mean()) ** 2)
    return cost


def references():
    lines = REFERENCE.read_text("utf-8").splitlines()
    nile = np.array(lines[-1].removeprefix("# Nile,").split(";"), dtype=float)
    for line in lines[1:-1]:
        name, n_breaks, positions, rss = line.split(",")
        y = nile if name == "nile" else np.array(MADE, dtype=float)
        yield pytest.param(
            y,
            int(n_breaks),
            [int(at) for at in positions.split(";")],
            float(rss),
            id=f"{name}-{n_breaks}",
        )


@pytest.mark.parametrize(("y", "n_breaks", "positions", "rss"), list(references()))
def test_cuts_and_costs_are_those_of_strucchange(y, n_breaks, positions, rss):
    totals, origins = lowest_costs(squares(y, 6), 3)
    assert totals[0, n_breaks] == pytest.approx(rss, abs=1e-5)
    assert best_cuts(origins, n_breaks)[0].tolist() == positions

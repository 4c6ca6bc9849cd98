"""How often the episode test sees what is not there, and what is: by simulation.

Run by the benchmark, not by a study: ``measure_size(scored, events, scenario="drift")``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, get_args

import numpy as np
import pandas as pd

from detente.countries import Dyad
from detente.errors import BadArgumentError
from detente.events import episodes_table
from detente.inference.covariance import Cells, Floats, Ratios
from detente.inference.episodes import contact_days
from detente.inference.placebo import GRID, fit_on_grid, simulate
from detente.inference.reml import LOWER, UPPER, RemlFit, fit_reml
from detente.inference.rows import Rows, day_number
from detente.inference.steps import groups_of

__all__ = ["Scenario", "measure_size", "upper_persistence"]

Scenario = Literal["none", "drift", "persistent"]

#: Deviance by which the upper 95 % bound of one parameter lies above the best fit.
_BOUND = 3.841


def measure_size(
    scored: pd.DataFrame,
    events: pd.DataFrame,
    dyad: Dyad | tuple[str, str] | str = ("RUS", "TUR"),
    *,
    scenario: Scenario = "drift",
    n_replications: int = 500,
    n_placebo: int = 199,
    planted: float = 0.0,
    seed: int = 0,
    grid: Sequence[Ratios] = GRID,
) -> pd.DataFrame:
    """Simulate histories on a study's days, and tell how often each step is seen.

    Parameters
    ----------
    scored, events, dyad
        As `estimate_episodes` takes them; statements give their days and the fitted noise.
    scenario : {"none", "drift", "persistent"}, default "drift"
        Histories without drift; with the drift of the fitted model without steps; with a
        drift whose time scale lies at its upper 95 % bound.
    n_replications : int, default 500
        Histories.
    n_placebo : int, default 199
        Histories that each of them is compared with.
    planted : float, default 0
        Step at every other episode, in turn up and down, in degrees; 0 for size.
    seed : int, default 0
        Seed.
    grid : sequence of Ratios, optional
        Grid of the fits; a part of the whole one saves time.

    Returns
    -------
    DataFrame
        One row per episode with a step: episode, planted (degrees), mean_estimate, bias
        (degrees), se_of_bias, share_t and share_placebo (seen at 5 % by Student's t and
        among the placebo histories).

    Raises
    ------
    BadArgumentError
        For an unknown scenario.

    Notes
    -----
    Bilateral steps. Every fit is made on the grid of `detente.inference.placebo`, so that the
    placebo histories of a replication depend on its grid point without steps alone: they are
    simulated once for each point that occurs.
    """
    if scenario not in get_args(Scenario):
        raise BadArgumentError(
            f"Unknown scenario {scenario!r}.", remedy=f"Use one of {', '.join(get_args(Scenario))}."
        )
    from scipy import stats

    rng = np.random.default_rng(seed)
    rows = Rows.of(scored, Dyad.parse(dyad)).without(contact_days(events))
    cells = rows.cells()
    episodes = episodes_table(events)
    starts = [day_number(day) for day in episodes["first_day"]]
    groups = groups_of(starts, rows.day)
    columns, base = _columns(cells, starts, groups)
    truth = _truth(fit_reml(cells, base), cells, base, scenario)
    means, within = simulate(cells, truth.ratios, truth.noise, n_replications, rng)
    steps = np.array([(1 - i % 4) * (i % 2 == 0) for i in range(len(groups))], dtype="float64")
    steps *= planted / 100
    means += (columns[:, base.shape[1] :] @ steps)[:, None]
    designs = [np.eye(columns.shape[1])[:, : base.shape[1]], np.eye(columns.shape[1])]
    null, full = fit_on_grid(cells, columns, designs, np.asfortranarray(means), within, grid)
    t = np.abs(full.t[:, base.shape[1] :])
    df = len(cells.days) - columns.shape[1]
    seen_t = t > stats.t.ppf(0.975, df)
    seen_placebo = np.zeros_like(seen_t)
    # Planted steps pass for drift in the fit without steps, as in a study.
    for point in np.unique(null.point):
        noise, extra = simulate(cells, grid[point], 1.0, n_placebo, rng)
        placebo = fit_on_grid(cells, columns, designs[1:], noise, extra, grid)[0].t[
            :, base.shape[1] :
        ]
        own = null.point == point
        larger = (np.abs(placebo)[None] >= t[own][:, None]).sum(axis=1)
        seen_placebo[own] = (1 + larger) / (1 + n_placebo) <= 0.05 + 1e-9
    estimate = 100 * full.coefficients[:, base.shape[1] :]
    return pd.DataFrame(
        {
            "episode": [episodes["episode"].iloc[group[0]] for group in groups],
            "planted": 100 * steps,
            "mean_estimate": estimate.mean(axis=0),
            "bias": estimate.mean(axis=0) - 100 * steps,
            "se_of_bias": estimate.std(axis=0, ddof=1) / np.sqrt(n_replications),
            "share_t": seen_t.mean(axis=0),
            "share_placebo": seen_placebo.mean(axis=0),
        }
    )


def upper_persistence(cells: Cells, columns: Floats) -> RemlFit:
    """Return the fit with the longest time scale that the data do not refuse at 95 %.

    Parameters
    ----------
    cells : Cells
        The statements.
    columns : ndarray, shape (2 T, p)
        What explains a slot.

    Returns
    -------
    RemlFit
        The fit at the upper end of the profile interval of the drift's time scale.
    """
    best = fit_reml(cells, columns)
    low, high = np.log(best.ratios.days), np.log(UPPER.days)
    found = best
    for _ in range(8):
        middle = (low + high) / 2
        fit = fit_reml(cells, columns, days=float(np.exp(middle)))
        if fit.deviance - best.deviance <= _BOUND:
            low, found = middle, fit
        else:
            high = middle
    return found


def _truth(fit: RemlFit, cells: Cells, base: Floats, scenario: Scenario) -> RemlFit:
    if scenario == "persistent":
        return upper_persistence(cells, base)
    if scenario == "none":
        r = fit.ratios
        # The drift's variance goes to the statements, so that the scatter stays the same.
        return replace(
            fit,
            ratios=Ratios(LOWER.drift, r.days, r.rho, r.day / (1 + r.drift)),
            noise=fit.noise * (1 + r.drift),
        )
    return fit


def _columns(
    cells: Cells, starts: list[int], groups: list[tuple[int, ...]]
) -> tuple[Floats, Floats]:
    """Return all columns (means, then steps), and the means alone."""
    filled = cells.n.ravel() > 0
    day, side = np.repeat(cells.days, 2), np.tile([0, 1], len(cells.days))
    base = [filled & (side == number) for number in (0, 1)]
    base = [column for column in base if column.any()]
    steps = [filled & (day >= starts[group[0]]) for group in groups]
    return (
        np.column_stack([*base, *steps]).astype("float64"),
        np.column_stack(base).astype("float64"),
    )

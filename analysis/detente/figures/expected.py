"""The level that the model of episodes expects in a window, with a step and without it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from detente.index import BILATERAL
from detente.inference import EpisodesResult
from detente.inference.covariance import Cells, Floats, Ratios
from detente.inference.rows import Rows, day_number
from detente.inference.steps import StepFit

__all__ = ["LEVEL_COLUMNS", "expected_level"]

LEVEL_COLUMNS = ("day", "level", "lower", "upper", "without", "stretch")

#: Days between two points of a curve.
_STEP = 3
#: Slots that a curve is drawn from at most, those nearest to the window; the drift forgets the
#: others.
_MOST = 1200


def expected_level(
    result: EpisodesResult, rows: Rows, episode: str, days: int | None = None
) -> pd.DataFrame:
    """Return the level around an episode as the joint model has it, both sides together.

    Parameters
    ----------
    result : EpisodesResult
        The changes.
    rows : Rows
        The statements that they were estimated from.
    episode : str
        One that was tested.
    days : int, optional
        Days before and after its first day; default: the window of `result`.

    Returns
    -------
    DataFrame
        `day` (since 1 January 1970), `level`, `lower`, `upper` (degrees), `without` (the level
        less the step of the episode, missing before it) and `stretch` (a number for each
        stretch between two steps, at whose ends the level is stated twice). No row where the
        episode has no step of its own.

    Notes
    -----
    Level at day t: the means of both sides, halved, the steps up to t, and the drift at t given
    all statements near it (universal kriging: generalised least squares, then the conditional
    mean of the drift). Its interval covers drift, noise and the fitted means and steps at the
    fitted variances, as by the normal distribution.
    """
    from scipy import stats

    fit = result.fits.get("common")
    number = result.episodes.index(episode)
    place = None if fit is None else fit.place(number)
    if fit is None or place is None or not len(rows):
        return pd.DataFrame(columns=list(LEVEL_COLUMNS))
    first_days = result.direction(BILATERAL)["first_day"]
    starts = np.array([day_number(first_days[step.starts[0]]) for step in fit.steps])
    own = day_number(first_days[number])
    reach = result.window if days is None else days
    at, stretch = _grid(own - reach, own + reach, starts)
    # A point on the first day of a step belongs to the step only in its second stretch.
    is_after = np.array([starts <= day for day in at])
    is_after[1:] &= ~(
        (at[1:, None] == starts) & (np.diff(stretch, append=stretch[-1] + 1) != 0)[1:, None]
    )
    level, se = _predict(fit, rows.cells(), at, is_after, starts)
    half = stats.norm.ppf(0.5 + result.confidence / 2) * se
    step = fit.steps[place].change
    without = np.where(is_after[:, place], level - step, np.nan)
    table = pd.DataFrame(
        {
            "day": at,
            "level": 100 * level,
            "lower": 100 * (level - half),
            "upper": 100 * (level + half),
            "without": 100 * without,
            "stretch": stretch,
        }
    )
    return table


def _grid(
    since: int, until: int, starts: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return days of a window, each start within it twice, and the stretch of each."""
    edges = [since, *sorted({int(s) for s in starts if since < s < until}), until]
    parts = [np.unique(np.append(np.arange(a, b, _STEP), b)) for a, b in pairwise(edges)]
    numbers = [np.full(len(part), i) for i, part in enumerate(parts)]
    return np.concatenate(parts), np.concatenate(numbers)


def _predict(
    fit: StepFit,
    cells: Cells,
    at: npt.NDArray[np.int64],
    is_after: npt.NDArray[np.bool_],
    starts: npt.NDArray[np.int64],
) -> tuple[Floats, Floats]:
    """Return level and standard error, tone, of both sides together."""
    reml, ratios = fit.reml, fit.reml.ratios
    day = np.repeat(cells.days, 2)
    side = np.tile([0, 1], len(cells.days))
    n, mean = cells.n.ravel(), cells.mean.ravel()
    present = [which for which in (0, 1) if (n[side == which] > 0).any()]
    middle = (at[0] + at[-1]) / 2
    filled = np.flatnonzero(n > 0)
    near = filled[np.argsort(np.abs(day[filled] - middle), kind="stable")[:_MOST]]
    near.sort()
    day, side, n, mean = day[near], side[near], n[near], mean[near]
    base = [(side == which).astype("float64") for which in present]
    design = np.column_stack([*base, (day[:, None] >= starts).astype("float64")])
    halves = np.full((len(at), len(present)), 1 / len(present))
    wanted = np.column_stack([halves, is_after.astype("float64")])
    covariance = _drift(ratios, day, side, day, side)
    covariance += ratios.day * (day[:, None] == day) + np.diag(1 / n)
    beside = np.mean(
        [_drift(ratios, at, np.full(len(at), which), day, side) for which in present], axis=0
    )
    weights = np.linalg.solve(covariance, beside.T).T
    level = wanted @ reml.coefficients + weights @ (mean - design @ reml.coefficients)
    own = ratios.drift * ((1 + ratios.rho) / 2 if len(present) == 2 else 1.0)
    left = wanted - weights @ design
    variance = reml.noise * np.maximum(own - np.einsum("ij,ij->i", weights, beside), 0)
    variance += np.einsum("ij,jk,ik->i", left, reml.covariance, left)
    return level, np.sqrt(variance)


def _drift(
    ratios: Ratios,
    day: npt.NDArray[np.int64],
    side: npt.NDArray[np.int64],
    other_day: npt.NDArray[np.int64],
    other_side: npt.NDArray[np.int64],
) -> Floats:
    """Return the covariance of the drift between two lists of slots, over the noise."""
    apart = np.abs(day[:, None] - other_day)
    across = np.where(side[:, None] == other_side, 1.0, ratios.rho)
    values: Floats = ratios.drift * across * np.exp(-apart / ratios.days)
    return values

"""Steps at given days, fitted jointly: which can be told apart, and how large they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from detente.inference.covariance import Cells, Floats
from detente.inference.placebo import fit_on_grid, placebo_p, simulate
from detente.inference.reml import RemlFit, fit_reml
from detente.inference.rows import Rows
from detente.inference.sampling import with_draw

__all__ = ["MIN_STATEMENTS", "POWER", "Step", "StepFit", "StepFits", "fit_steps", "groups_of"]

#: Fewer statements on a side of a step, or between two steps, cannot carry it.
MIN_STATEMENTS = 3

#: Chance with which a change of the size of `Step.mde` is seen.
POWER = 0.8

#: Free observations that a fit needs at least.
_MIN_DF = 5


@dataclass(frozen=True)
class Step:
    """One estimated step, in tone.

    Parameters
    ----------
    starts : tuple of int
        Numbers of the episodes that share it.
    change, se : float
        The step and its standard error.
    p, p_placebo : float
        By Student's t, and the share of histories without steps that show as much; NaN
        without histories.
    critical : float
        t beyond which a step is seen at the confidence asked for.
    mde : float
        The step that would be seen with a chance of 80 %.
    """

    starts: tuple[int, ...]
    change: float
    se: float
    p: float
    p_placebo: float
    critical: float
    mde: float

    @property
    def lower(self) -> float:
        """Lower end of the interval."""
        return self.change - self.critical * self.se

    @property
    def upper(self) -> float:
        """Upper end of the interval."""
        return self.change + self.critical * self.se


@dataclass(frozen=True, eq=False)
class StepFit:
    """The steps of one design.

    Parameters
    ----------
    steps : tuple of Step
        In order of time.
    covariance : ndarray, shape (k, k)
        Covariance of the steps, tone squared.
    reml : RemlFit
        The fit they come from.
    """

    steps: tuple[Step, ...]
    covariance: Floats
    reml: RemlFit

    def place(self, number: int) -> int | None:
        """Return the position of the step of an episode, None where it has none."""
        for place, step in enumerate(self.steps):
            if number in step.starts:
                return place
        return None

    def correlation(self, one: int, other: int) -> float:
        """Return the correlation of the estimates of two steps, by position."""
        v = self.covariance
        return float(v[one, other] / np.sqrt(v[one, one] * v[other, other]))

    def together(self, places: Sequence[int]) -> tuple[float, float, float]:
        """Return the sum of steps and the ends of its interval, by position."""
        pick = np.zeros(len(self.steps))
        pick[list(places)] = 1
        total = float(pick @ np.array([step.change for step in self.steps]))
        reach = max(self.steps[place].critical for place in places)
        half = reach * float(np.sqrt(pick @ self.covariance @ pick))
        return total, total - half, total + half


@dataclass(frozen=True, eq=False)
class StepFits:
    """All that was fitted to the statements.

    Parameters
    ----------
    by_kind : mapping of str to StepFit
        "common" (one step for both sides), "first" and "second" (side); a fit that the
        statements cannot carry is not in it.
    null : RemlFit or None
        The model without steps; None where no histories were asked for or no step has a fit.
    """

    by_kind: Mapping[str, StepFit]
    null: RemlFit | None

    def get(self, kind: str) -> StepFit | None:
        """Return one of the fits, None where there is none."""
        return self.by_kind.get(kind)


def groups_of(starts: Sequence[int], day: npt.NDArray[np.int64]) -> list[tuple[int, ...]]:
    """Gather steps that statements can tell apart.

    Parameters
    ----------
    starts : sequence of int
        Day from which each step holds, in any order.
    day : ndarray of int
        Days of the statements.

    Returns
    -------
    list of tuple of int
        Numbers of the steps, in order of time. Steps with fewer than `MIN_STATEMENTS`
        statements between them share a group; those with fewer before or after them than
        that are in no group.

    Examples
    --------
    >>> groups_of([10, 20, 12, 90], np.array([1, 2, 3, 11, 13, 14, 15, 30, 40, 50]))
    [(0, 2), (1,)]
    """
    order = np.argsort(np.asarray(starts), kind="stable")
    groups: list[tuple[int, ...]] = [(int(number),) for number in order]

    def between(left: int, right: int | None) -> int:
        """Count the statements from the start of one group to that of the next."""
        since = starts[groups[left][0]] if left >= 0 else np.iinfo(np.int64).min
        until = starts[groups[right][0]] if right is not None else np.iinfo(np.int64).max
        return int(((day >= since) & (day < until)).sum())

    while groups and between(-1, 0) < MIN_STATEMENTS:
        groups.pop(0)
    while groups and between(len(groups) - 1, None) < MIN_STATEMENTS:
        groups.pop()
    place = 0
    while place + 1 < len(groups):
        if between(place, place + 1) < MIN_STATEMENTS:
            groups[place : place + 2] = [groups[place] + groups[place + 1]]
        else:
            place += 1
    return groups


def fit_steps(
    rows: Rows,
    starts: Sequence[int],
    *,
    confidence: float,
    n_placebo: int,
    rng: np.random.Generator,
) -> StepFits:
    """Fit steps common to both sides, and steps of each side, with placebo histories.

    Parameters
    ----------
    rows : Rows
        The statements.
    starts : sequence of int
        Day from which each step holds.
    confidence : float
        Coverage of intervals, in (0, 1).
    n_placebo : int
        Histories to simulate; 0 for none, and then no model without steps.
    rng : numpy.random.Generator
        Source of the histories.

    Returns
    -------
    StepFits
        The fits with steps and without.
    """
    if not len(rows):
        return StepFits({}, None)
    cells = rows.cells()
    columns, named = _columns(cells, rows, starts)
    base = [place for place, (kind, _) in enumerate(named) if kind == "base"]
    wanted = {"common": ("common",), "sides": ("first", "second")}
    designs: dict[str, list[int]] = {}
    for name, kinds in wanted.items():
        steps = [place for place, (kind, _) in enumerate(named) if kind in kinds]
        places = _independent(columns, base, steps)
        if len(places) > len(base) and len(rows) - len(places) >= _MIN_DF:
            designs[name] = places
    fits = {name: fit_reml(cells, columns[:, places]) for name, places in designs.items()}
    # Tones without any scatter have no noise to weigh a step against.
    fits = {name: fit for name, fit in fits.items() if fit.noise > 1e-12}
    designs = {name: designs[name] for name in fits}
    null = fit_reml(cells, columns[:, base]) if designs and n_placebo else None
    placebo: dict[str, tuple[Floats, Floats]] = {}
    if null is not None:
        placebo = _placebo(cells, columns, null, designs, n_placebo, rng)
    for name, fit in fits.items():
        fits[name] = with_draw(fit, cells, columns[:, designs[name]], rows)
        if name in placebo:
            observed, histories = placebo[name]
            placebo[name] = observed * fit.se / fits[name].se, histories
    result: dict[str, StepFit] = {}
    for name, fit in fits.items():
        for kind in wanted[name]:
            positions = [i for i, place in enumerate(designs[name]) if named[place][0] == kind]
            if not positions:
                continue
            groups = [named[designs[name][i]][1] for i in positions]
            result[kind] = _judge(
                fit, positions, groups, placebo.get(name), len(cells.days), confidence
            )
    return StepFits(result, null)


def _columns(
    cells: Cells, rows: Rows, starts: Sequence[int]
) -> tuple[Floats, list[tuple[str, tuple[int, ...]]]]:
    """Return mean and step columns, each with its kind and the steps that it stands for."""
    filled = cells.n.ravel() > 0
    day = np.repeat(cells.days, 2)
    side = np.tile([0, 1], len(cells.days))
    columns: list[npt.NDArray[np.bool_]] = []
    named: list[tuple[str, tuple[int, ...]]] = []
    for number in (0, 1):
        if (rows.side == number).any():
            columns.append(filled & (side == number))
            named.append(("base", ()))
    for kind, own in (("common", None), ("first", 0), ("second", 1)):
        days = rows.day if own is None else rows.day[rows.side == own]
        mask = filled if own is None else filled & (side == own)
        for group in groups_of(starts, days):
            columns.append(mask & (day >= starts[group[0]]))
            named.append((kind, group))
    return np.column_stack(columns).astype("float64"), named


def _independent(columns: Floats, base: list[int], steps: list[int]) -> list[int]:
    """Return base and those steps that add something to what stands before them."""
    kept = list(base)
    for place in steps:
        if np.linalg.matrix_rank(columns[:, [*kept, place]]) > len(kept):
            kept.append(place)
    return kept


def _placebo(
    cells: Cells,
    columns: Floats,
    null: RemlFit,
    designs: dict[str, list[int]],
    n_placebo: int,
    rng: np.random.Generator,
) -> dict[str, tuple[Floats, Floats]]:
    """Return the observed t and those of the histories on the same grid, by design."""
    means, within = simulate(cells, null.ratios, null.noise, n_placebo, rng)
    found = fit_on_grid(
        cells,
        columns,
        [np.eye(columns.shape[1])[:, places] for places in designs.values()],
        np.asfortranarray(np.column_stack([cells.mean.ravel(), means])),
        np.concatenate([[cells.within], within]),
    )
    return {name: (fits.t[0], fits.t[1:]) for name, fits in zip(designs, found, strict=True)}


def _judge(
    fit: RemlFit,
    positions: list[int],
    groups: list[tuple[int, ...]],
    placebo: tuple[Floats, Floats] | None,
    n_days: int,
    confidence: float,
) -> StepFit:
    from scipy import stats

    change, se = fit.coefficients[positions], fit.se[positions]
    df = max(n_days - len(fit.coefficients), 1)
    p = 2 * stats.t.sf(np.abs(change / se), df)
    critical = np.full(len(positions), stats.t.ppf(0.5 + confidence / 2, df))
    p_placebo = np.full(len(positions), np.nan)
    if placebo is not None:
        observed, histories = (values[..., positions] for values in placebo)
        p_placebo = placebo_p(observed, histories)
        # The t that p_placebo calls seen, and no other.
        rank = max(int(np.floor((1 - confidence) * (len(histories) + 1) + 1e-9)), 1)
        critical = np.sort(np.abs(histories), axis=0)[-rank]
    mde = (critical + stats.norm.ppf(POWER)) * se
    steps = tuple(
        Step(group, *(float(x) for x in values))
        for group, *values in zip(groups, change, se, p, p_placebo, critical, mde, strict=True)
    )
    return StepFit(steps, fit.covariance[np.ix_(positions, positions)], fit)

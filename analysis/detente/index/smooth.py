"""Monthly means to the state-space index, or to the reason why there is none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from detente import wording
from detente.index.likelihood import Model
from detente.index.noise import Noise, estimate_noise, measurement_covariance
from detente.index.result import BILATERAL, IndexResult
from detente.index.sides import Floats, Side
from detente.index.state import StateFit, fit_state

__all__ = ["MIN_MONTHS", "smooth_index"]

#: A side that spoke in fewer months is not smoothed: persistence cannot be told from noise.
MIN_MONTHS = 12

#: Degrees; what rounding leaves of a side whose months all have one tone.
_FLAT = 1e-6


def smooth_index(result: IndexResult, sides: list[Side], model: Model) -> IndexResult:
    """Replace the monthly means of an index by the smoothed state behind them.

    Parameters
    ----------
    result : IndexResult
        The index by means.
    sides : list of Side
        Its two directions.
    model : {"mean_reverting", "local_level"}
        The state's law.

    Returns
    -------
    IndexResult
        With `method` "state_space". A side that cannot be fitted has a missing index and its
        reason in `reasons`.
    """
    noise = estimate_noise(sides)
    reasons = {side.name: reason for side in sides if (reason := _reason(side, noise))}
    fitted = [side for side in sides if side.name not in reasons]
    missing = ("index", "filtered", "lower", "upper", "se")
    table = result.table.assign(**dict.fromkeys(missing, np.nan))
    state = None
    if fitted:
        raw = np.column_stack([side.mean for side in fitted])
        state = fit_state(raw, measurement_covariance(fitted, noise), model, noise_df=noise.df)
        for i, side in enumerate(fitted):
            weight = np.eye(len(fitted))[i]
            _fill(table, side.name, state, weight, result.confidence)
        if len(fitted) == len(sides):
            weight = np.full(len(sides), 1 / len(sides))
            _fill(table, BILATERAL, state, weight, result.confidence)
    if reasons:
        reasons[BILATERAL] = (
            wording.say("one side has no index")
            if fitted
            else wording.say("neither side has an index")
        )
    return replace(
        result,
        table=table,
        method="state_space",
        state=state,
        noise=noise,
        sides=tuple(side.name for side in fitted),
        reasons=reasons,
    )


def _fill(
    table: pd.DataFrame, name: str, state: StateFit, weight: Floats, confidence: float
) -> None:
    from scipy import stats

    quantile = float(stats.norm.ppf((1 + confidence) / 2))
    smoothed = state.smoothed @ weight
    # Before a side has spoken, nothing was known of it but the prior.
    unseen = np.logical_and.accumulate(np.isnan(state.raw), axis=0)[:, weight != 0].any(axis=1)
    se = np.sqrt(np.einsum("i,mij,j->m", weight, state.covariance, weight))
    rows = table["direction"] == name
    columns = {
        "index": smoothed,
        "filtered": np.where(unseen, np.nan, state.filtered @ weight),
        "lower": smoothed - quantile * se,
        "upper": smoothed + quantile * se,
    }
    for column, values in columns.items():
        table.loc[rows, column] = np.clip(values, -100, 100)
    table.loc[rows, "se"] = se


def _reason(side: Side, noise: Noise) -> str:
    """Return why a side has no state-space index; "" where it has one."""
    observed = side.mean[np.isfinite(side.mean)]
    if len(observed) == 0:
        return wording.say("no statement has a tone")
    if len(observed) < MIN_MONTHS:
        return wording.say(
            "statements in only {months}; {n} are needed",
            months=wording.count(len(observed), "month"),
            n=wording.number(MIN_MONTHS),
        )
    if np.ptp(observed) < _FLAT:
        return wording.say("every month has the same tone")
    if not noise.is_known:
        return wording.say(
            "too few months hold two statements that differ, so noise and change look alike"
        )
    return ""

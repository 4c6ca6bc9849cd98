"""The raw months of one direction with the noise of each: what breaks and regimes are told from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from detente import wording
from detente.errors import BadArgumentError
from detente.index import BILATERAL, IndexResult, StateFit
from detente.index.sides import Floats

__all__ = ["Floats", "RawSeries", "raw_series", "state_of"]


@dataclass(frozen=True, eq=False)
class RawSeries:
    """Raw monthly means of one direction.

    Parameters
    ----------
    direction : str
        "A>B", "B>A" or "bilateral".
    words : str
        The direction in words.
    months : DatetimeIndex, length m
        All months of the period.
    value : ndarray, shape (m,)
        Weighted mean tone of the month's statements, degrees; NaN where silent.
    variance : ndarray, shape (m,)
        Variance that the noise of statements and of days leaves in it, degrees squared; 0
        where silent.
    weights : ndarray, shape (k,)
        How the direction is made up of the sides of the fitted model.
    """

    direction: str
    words: str
    months: pd.DatetimeIndex
    value: Floats
    variance: Floats
    weights: Floats

    @property
    def seen(self) -> np.ndarray[tuple[int, ...], np.dtype[np.intp]]:
        """Positions of the observed months, shape (n,)."""
        return np.flatnonzero(np.isfinite(self.value))

    @property
    def n_observed(self) -> int:
        """Number of observed months."""
        return len(self.seen)


def state_of(result: IndexResult, what: str) -> StateFit | None:
    """Return the fitted model of an index.

    Parameters
    ----------
    result : IndexResult
        The index.
    what : str
        What needs the model, for the error.

    Returns
    -------
    StateFit or None
        None where no side could be fitted; `result.reasons` says why.

    Raises
    ------
    BadArgumentError
        Where the index is one by means, which has no model.
    """
    if result.method != "state_space":
        # The report of a study by monthly means prints this as the reason.
        raise BadArgumentError(
            wording.say(
                "{what} needs the model of a state-space index; one by {method} was received.",
                what=what,
                method=wording.say_as("averages", "means"),
            ),
            remedy="Use monthly_index(..., method='state_space').",
        )
    return result.state


def raw_series(result: IndexResult, direction: str = BILATERAL) -> tuple[RawSeries | None, str]:
    """Return the raw months of a direction, or the reason why there are none to use.

    Parameters
    ----------
    result : IndexResult
        A state-space index.
    direction : str, default "bilateral"
        "A>B", "B>A" or "bilateral".

    Returns
    -------
    series : RawSeries or None
        None where the direction has no state-space index.
    reason : str
        Why there is none; "" where there is one.

    Raises
    ------
    BadArgumentError
        Where the dyad has no such direction, or the index is one by means.
    """
    result.direction(direction)  # complains of an unknown direction
    state = state_of(result, wording.say("What was asked for"))
    if direction in result.reasons or state is None:
        return None, result.reasons.get(direction, wording.say("no model was fitted"))
    weights = result.side_weights(direction)
    part = weights > 0
    # A side that the direction does not hold may be silent without making the month so.
    value = state.raw[:, part] @ weights[part]
    if np.isfinite(value).sum() < 2:
        return None, wording.say("both sides spoke in fewer than two months")
    variance = np.einsum("i,mij,j->m", weights, state.noise * state.noise_scale, weights)
    return RawSeries(
        direction=direction,
        words=result.direction_name(direction),
        months=result.months,
        value=value,
        variance=np.where(np.isfinite(value), variance, 0.0),
        weights=weights,
    ), ""

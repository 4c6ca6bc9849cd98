"""How long the index took to come back after an event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from detente import wording
from detente._checks import needs
from detente._tables import as_day
from detente._tables.records import records
from detente.errors import BadArgumentError
from detente.index import BILATERAL, IndexResult
from detente.inference.covariance import Floats

__all__ = ["RecoveryResult", "estimate_recovery"]

#: Observed months in a row that make a recovery, and that each side needs at least.
_RUN = 3

#: A decay must fit better than its rivals by so much in AIC.
_MARGIN = 2.0


@dataclass(frozen=True, eq=False)
class RecoveryResult:
    """When the months after an event came back to the level before it.

    Parameters
    ----------
    table : DataFrame
        One row per observed month after the event, up to the horizon: month, months_since
        (the event's month is 0), raw (degrees), distance (raw minus the level before),
        is_back.
    day : Timestamp
        The event.
    direction, direction_name : str
        "A>B", "B>A" or "bilateral", and the same in words.
    level_before : float
        Mean of the observed months before, degrees.
    departure : float
        Mean of the first three observed months after, minus the level before, degrees.
    status : str
        "recovered", "not recovered", "no departure" or "refused".
    months : int or None
        Months from the event's month to the first of the three; None unless recovered.
    half_life : float or None
        Months in which the distance halved; None where it is not identified.
    aic : mapping of str to float
        AIC of "none" (level before), "step" (another level) and "decay"; empty if refused.
    n_before, n_after : int
        Observed months used.
    within, months_before, horizon : float, int, int
        What was asked for.
    """

    table: pd.DataFrame
    day: pd.Timestamp
    direction: str
    direction_name: str
    level_before: float
    departure: float
    status: str
    months: int | None
    half_life: float | None
    aic: dict[str, float]
    n_before: int
    n_after: int
    within: float
    months_before: int
    horizon: int

    @property
    def sentence(self) -> str:
        """What happened after the event, in words."""
        told = {
            "day": wording.day_name(self.day),
            "direction": self.direction_name,
            "near": wording.number(self.within),
            "level": wording.degrees(self.level_before),
            "after": wording.count(self.n_after, "observed month"),
        }
        if self.status == "refused":
            return wording.say(
                "No recovery is looked for after the event of {day} ({direction}): {before} before "
                "and {after} after it, and three are needed.",
                **told,
                before=wording.count(self.n_before, "observed month"),
            )
        if self.status == "no departure":
            return wording.say(
                "After the event of {day} the index ({direction}) stayed within {near} degrees of "
                "the level before it, {level} degrees, so there was nothing to recover from.",
                **told,
            )
        told["change"] = wording.degrees(self.departure)
        if self.months is None:
            text = wording.say(
                "After the event of {day} the index ({direction}) moved {change} degrees and did "
                "not come back to within {near} degrees of the level before it, {level} degrees, "
                "for three observed months in a row, in the {after} after it.",
                **told,
            )
        else:
            text = wording.say_count(
                "After the event of {day} the index ({direction}) moved {change} degrees and came "
                "back to within {near} degrees of the level before it, {level} degrees, for three "
                "observed months in a row, the first of them {n} month after it.",
                "After the event of {day} the index ({direction}) moved {change} degrees and came "
                "back to within {near} degrees of the level before it, {level} degrees, for three "
                "observed months in a row, the first of them {n} months after it.",
                self.months,
                **told,
            )
        if self.half_life is None:
            return f"{text} {wording.say('Half-life of the distance: not identified.')}"
        half = wording.say(
            "Half-life of the distance: about {months} months.",
            months=wording.number(self.half_life, 1),
        )
        return f"{text} {half}"

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What must hold for the figures to mean what they say."""
        return (
            wording.say(
                "The raw months are taken as they are: with few statements a month can be near the "
                "level before by chance."
            ),
            wording.say(
                "Empty months are passed over; the three months in a row are observed ones."
            ),
            wording.say_count(
                "The level before is that of {n} month; whatever else happened later is not taken "
                "apart.",
                "The level before is that of {n} months; whatever else happened later is not taken "
                "apart.",
                self.months_before,
            ),
        )

    @property
    def parameters(self) -> dict[str, Any]:
        """What was asked for."""
        return {
            "day": f"{self.day:%Y-%m-%d}",
            "direction": self.direction,
            "within": self.within,
            "months_before": self.months_before,
            "horizon": self.horizon,
        }

    def to_dict(self) -> dict[str, Any]:
        """Return parameters, figures, sentence and table as plain values, ready for JSON."""
        numbers = pd.DataFrame(
            {
                "level_before": [self.level_before],
                "departure": [self.departure],
                "half_life": [self.half_life],
            }
        )
        return {
            "parameters": self.parameters,
            "status": self.status,
            "months": self.months,
            **records(numbers)[0],
            "aic": self.aic,
            "n_before": self.n_before,
            "n_after": self.n_after,
            "sentence": self.sentence,
            "assumptions": list(self.assumptions),
            "table": records(self.table),
        }

    def __repr__(self) -> str:
        return f"<RecoveryResult: {self.sentence}>"

    def _repr_html_(self) -> str:
        return wording.shown(self.sentence, self.table, 3)


def estimate_recovery(
    index: IndexResult,
    day: Any,
    direction: str = BILATERAL,
    *,
    within: float = 10.0,
    months_before: int = 12,
    horizon: int = 36,
) -> RecoveryResult:
    """Tell when the index came back to its level before an event.

    Parameters
    ----------
    index : IndexResult
        The index; its raw months are used, never smoothed ones.
    day : str, datetime.date or Timestamp
        Day of the event. Its month counts neither as before nor as after.
    direction : str, default "bilateral"
        "A>B", "B>A" or "bilateral".
    within : float, default 10
        Degrees from the level before that count as back, above 0. A month beyond that level,
        on the other side of where the index had gone, counts as back too.
    months_before : int, default 12
        Months before the event that give the level, at least 3.
    horizon : int, default 36
        Months after the event that are looked at, at least 3.

    Returns
    -------
    RecoveryResult
        Status, months until the first of three observed months in a row, half-life.

    Raises
    ------
    BadArgumentError
        For a day that is none or an unknown direction, or a number outside its range.

    Notes
    -----
    The distance from the level before is fitted, weighted by effective statements, as zero
    ("none"), a constant ("step") and d 2^(-t/h) ("decay"). The half-life h is told only where
    the decay's AIC is lower than both others' by 2 or more and h lies inside the time
    observed; else it is not identified.

    Examples
    --------
    >>> from detente.index import monthly_index
    >>> days = pd.date_range("2014-01-05", "2016-12-05", freq="MS") + pd.Timedelta(days=4)
    >>> tone = np.full(len(days), 0.4)
    >>> tone[13:18] = [-0.6, -0.6, -0.5, -0.5, 0.0]
    >>> scored = pd.concat([pd.DataFrame({
    ...     "date": days, "tone": tone, "speaker": "A", "source": a, "target": b})
    ...     for a, b in (("RUS", "TUR"), ("TUR", "RUS"))], ignore_index=True)
    >>> index = monthly_index(scored, method="means")
    >>> estimate_recovery(index, "2015-02-01").months
    6
    """
    needs(index, IndexResult, "index", "detente.monthly_index")
    event = pd.Timestamp(as_day(day, "day"))
    if not within > 0 or min(months_before, horizon) < _RUN:
        raise BadArgumentError(
            f"within={within}, months_before={months_before}, horizon={horizon} were received.",
            remedy=f"`within` is above 0, the others at least {_RUN}.",
        )
    rows = index.direction(direction)
    month = rows["month"].dt.year * 12 + rows["month"].dt.month
    since = (month - (event.year * 12 + event.month)).to_numpy("int64")
    seen = rows["raw"].notna().to_numpy()
    before = seen & (since < 0) & (since >= -months_before)
    after = seen & (since > 0) & (since <= horizon)
    raw = rows["raw"].to_numpy("float64")
    # Only months that are there say where the index was.
    level = float(raw[before].mean()) if before.any() else np.nan
    distance = raw[after] - level
    table = pd.DataFrame(
        {
            "month": rows.loc[after, "month"].to_numpy(),
            "months_since": since[after],
            "raw": raw[after],
            "distance": distance,
        }
    )
    n_before, n_after = int(before.sum()), int(after.sum())
    status, months, half_life, departure = "refused", None, None, np.nan
    aic: dict[str, float] = {}
    is_back = np.zeros(n_after, dtype=bool)
    if min(n_before, n_after) >= _RUN:
        departure = float(distance[:_RUN].mean())
        is_back = np.sign(departure) * distance <= within
        weights = rows["n_eff"].to_numpy("float64")[after]
        status, months = _status(departure, within, is_back, since[after])
        aic, half_life = _decay(since[after].astype("float64"), distance, weights)
        if status == "no departure":
            half_life = None
    return RecoveryResult(
        table=table.assign(is_back=is_back),
        day=event,
        direction=direction,
        direction_name=index.direction_name(direction),
        level_before=level,
        departure=departure,
        status=status,
        months=months,
        half_life=half_life,
        aic=aic,
        n_before=n_before,
        n_after=n_after,
        within=within,
        months_before=months_before,
        horizon=horizon,
    )


def _status(
    departure: float,
    within: float,
    is_back: np.ndarray[tuple[int, ...], np.dtype[np.bool_]],
    since: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
) -> tuple[str, int | None]:
    if abs(departure) <= within:
        return wording.mark("no departure"), None
    for first in range(len(is_back) - _RUN + 1):
        if is_back[first : first + _RUN].all():
            return wording.mark("recovered"), int(since[first])
    return wording.mark("not recovered"), None


def _decay(
    time: Floats, distance: Floats, weights: Floats
) -> tuple[dict[str, float], float | None]:
    """Return AIC of three courses, and the half-life where the decay is the best of them."""
    n = len(time)

    def aic(fitted: Floats, n_parameters: int) -> float:
        squares = float((weights * (distance - fitted) ** 2).sum() / weights.sum())
        return n * float(np.log(max(squares, 1e-9))) + 2 * n_parameters

    def course(shape: Floats) -> Floats:
        size = (weights * shape * distance).sum() / (weights * shape**2).sum()
        fitted: Floats = size * shape
        return fitted

    half_lives = np.geomspace(0.5, time.max(), 400)
    courses = [aic(course(2 ** (-time / half)), 2) for half in half_lives]
    best = int(np.argmin(courses))
    found = {
        "none": aic(np.zeros(n), 0),
        "step": aic(course(np.ones(n)), 1),
        "decay": courses[best],
    }
    is_inside = 0 < best < len(half_lives) - 1
    is_better = found["decay"] + _MARGIN <= min(found["none"], found["step"])
    return found, float(half_lives[best]) if is_inside and is_better else None

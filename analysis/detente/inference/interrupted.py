"""The interrupted time series of each episode: a description, not a test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from detente import wording
from detente._tables.records import records
from detente.countries import Dyad
from detente.errors import BadArgumentError
from detente.events import episodes_table
from detente.inference.episodes import contact_days
from detente.inference.rows import Rows, day_number, mappings

__all__ = ["InterruptedResult", "describe_interrupted"]

#: Fewer statements, or days, on a side give no line.
_MIN_STATEMENTS = 5

_YEAR = 365.25
_NUMBERS = ("level_change", "lower", "upper", "slope_before", "slope_after")


@dataclass(frozen=True, eq=False)
class InterruptedResult:
    """Lines before and after each episode, and the gap between them.

    Parameters
    ----------
    table : DataFrame
        One row per episode: episode, label, first_day, level_change (degrees, after minus
        before at the first day), lower, upper (clustered by day), slope_before, slope_after
        (degrees a year), n_before, n_after (statements in the window), reason (why there is
        no line; "" where there is one).
    dyad : Dyad
        The two countries.
    window : int
        Days on either side.
    confidence : float
        Coverage that the intervals would have if days were independent.
    """

    table: pd.DataFrame
    dyad: Dyad
    window: int
    confidence: float

    @property
    def sentence(self) -> str:
        """How many episodes are described, and that nothing is tested."""
        n = int(self.table["reason"].eq("").sum())
        return wording.say_count(
            "Lines before and after {n} episode of {all}, {days} on either side. They describe; "
            "they test nothing: where relations drift, such intervals exclude zero far too often.",
            "Lines before and after {n} episodes of {all}, {days} on either side. They describe; "
            "they test nothing: where relations drift, such intervals exclude zero far too often.",
            n,
            all=wording.number(len(self.table)),
            days=wording.count(self.window, "day"),
        )

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What must hold for the figures to mean what they say."""
        return (
            wording.say(
                "Tone follows a straight line before and another one after, and days are "
                "independent of each other; where tone drifts, they are not."
            ),
            wording.say("Other events in the window are not taken into account."),
        )

    @property
    def parameters(self) -> dict[str, Any]:
        """What was asked for."""
        return {"dyad": str(self.dyad), "window": self.window, "confidence": self.confidence}

    def to_dict(self) -> dict[str, Any]:
        """Return parameters, sentence and table as plain Python values, ready for JSON."""
        return {
            "parameters": self.parameters,
            "sentence": self.sentence,
            "assumptions": list(self.assumptions),
            "table": records(self.table),
        }

    def __repr__(self) -> str:
        return f"<InterruptedResult {self.dyad.slug}: {self.sentence}>"

    def _repr_html_(self) -> str:
        return wording.shown(self.sentence, self.table, 3)


def describe_interrupted(
    scored: pd.DataFrame,
    events: pd.DataFrame,
    dyad: Dyad | tuple[str, str] | str = ("RUS", "TUR"),
    *,
    labels: Mapping[str, str] | None = None,
    window: int = 365,
    confidence: float = 0.95,
    include_contacts: bool = False,
) -> InterruptedResult:
    """Describe each episode by a line before it and a line after it.

    Parameters
    ----------
    scored, events
        As `estimate_episodes` takes them. Not changed.
    dyad : Dyad, tuple of str or str, default ("RUS", "TUR")
        The two countries.
    labels : mapping of str to str, optional
        Episode -> its name on charts.
    window : int, default 365
        Days on either side, at least 30.
    confidence : float, default 0.95
        Coverage of intervals, in (0, 1), were days independent.
    include_contacts : bool, default False
        Whether statements of the day of a headline contact stay in.

    Returns
    -------
    InterruptedResult
        Its `table` has a row per episode and no p-value.

    Raises
    ------
    BadArgumentError
        As `estimate_episodes`.

    Notes
    -----
    Least squares of tone on a mean per direction, time, a step at the first day and a change
    of slope, within the window; the covariance is clustered by day [1]_. On series that drift
    without any step such intervals exclude zero in 9 to 62 % of cases, which is why nothing
    is tested here; `estimate_episodes` tests.

    References
    ----------
    .. [1] Bernal, J. L., Cummins, S. and Gasparrini, A. (2017). Interrupted time series
       regression for the evaluation of public health interventions: a tutorial.
       International Journal of Epidemiology 46(1).

    Examples
    --------
    >>> days = pd.date_range("2015-01-01", "2016-12-31", freq="5D")
    >>> scored = pd.DataFrame({
    ...     "date": days, "tone": np.where(days < "2016-01-01", 0.3, -0.1), "speaker": "A",
    ...     "source": np.resize(["RUS", "TUR"], len(days)),
    ...     "target": np.resize(["TUR", "RUS"], len(days))})
    >>> events = pd.DataFrame({
    ...     "date": pd.to_datetime(["2016-01-01"]), "end_date": pd.NaT, "label": "Turn",
    ...     "kind": "act", "expected": "cooling", "headline": True, "episode": "turn"})
    >>> describe_interrupted(scored, events).table["level_change"].round(1).tolist()
    [-40.0]
    """
    dyad = Dyad.parse(dyad)
    if window < 30 or not 0 < confidence < 1:
        raise BadArgumentError(
            f"window={window} and confidence={confidence} were received.",
            remedy="A window has at least 30 days, and confidence lies between 0 and 1.",
        )
    episodes = episodes_table(events, labels)
    rows = Rows.of(scored, dyad)
    if not include_contacts:
        rows = rows.without(contact_days(events))
    found = []
    for episode in mappings(episodes):
        time = rows.day - day_number(episode["first_day"])
        near = np.abs(time + 0.5) <= window
        own = Rows(time[near], rows.side[near], rows.tone[near])
        before, after = int((own.day < 0).sum()), int((own.day >= 0).sum())
        numbers = dict.fromkeys(_NUMBERS, np.nan)
        reason = wording.say("fewer than 5 statements, or days, on a side")
        sides = (own.day[own.day < 0], own.day[own.day >= 0])
        if min(len(np.unique(days)) for days in sides) >= _MIN_STATEMENTS:
            numbers, reason = _lines(own, confidence), ""
        found.append(
            {name: episode[name] for name in ("episode", "label", "first_day")}
            | numbers
            | {"n_before": before, "n_after": after, "reason": reason}
        )
    columns = ["episode", "label", "first_day", *_NUMBERS, "n_before", "n_after", "reason"]
    return InterruptedResult(pd.DataFrame(found, columns=columns), dyad, window, confidence)


def _lines(rows: Rows, confidence: float) -> dict[str, float]:
    from scipy import stats
    from statsmodels.regression.linear_model import OLS

    years = rows.day / _YEAR
    after = (rows.day >= 0).astype("float64")
    sides = [(rows.side == side).astype("float64") for side in np.unique(rows.side)]
    _, groups = np.unique(rows.day, return_inverse=True)
    design = np.column_stack([after, years, after * years, *sides])
    fit = OLS(100 * rows.tone, design).fit(
        cov_type="cluster", cov_kwds={"groups": groups, "use_correction": True}
    )
    step, slope, bend = (float(value) for value in fit.params[:3])
    half = float(stats.norm.ppf(0.5 + confidence / 2) * fit.bse[0])
    return dict(zip(_NUMBERS, (step, step - half, step + half, slope, slope + bend), strict=True))

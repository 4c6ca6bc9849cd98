"""How different unseen statements would have to be to undo a finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from detente import wording
from detente._tables.records import records
from detente.errors import BadArgumentError

__all__ = ["SHARES", "SelectionResult", "selection_needed"]

#: Shares of unseen statements for which a table is given.
SHARES = (0.25, 0.5, 0.75, 0.9)

#: Degrees between the two ends of the scale.
_SCALE = 200.0


@dataclass(frozen=True, eq=False)
class SelectionResult:
    """What selection would have to be worth to undo a finding.

    Parameters
    ----------
    table : DataFrame
        One row per share of unseen statements: `share_unseen`, `to_zero` (degrees that bring
        the estimate to zero), `to_interval` (degrees that bring the nearer end of the interval
        to zero; 0 where the interval has zero inside), `is_possible` (whether `to_zero` fits
        on the scale, 200 degrees).
    estimate, lower, upper : float
        The finding, degrees.
    share_unseen : float
        The share that the sentence speaks of.
    confidence : float
        Coverage of the interval.
    """

    table: pd.DataFrame
    estimate: float
    lower: float
    upper: float
    share_unseen: float
    confidence: float

    @property
    def to_zero(self) -> float:
        """Degrees that bring the estimate to zero at `share_unseen`."""
        return abs(self.estimate) / self.share_unseen

    @property
    def to_interval(self) -> float:
        """Degrees that bring the nearer end of the interval to zero at `share_unseen`."""
        return _nearest(self.estimate, self.lower, self.upper) / self.share_unseen

    @property
    def sentence(self) -> str:
        """What selection would have to be worth, in words."""
        if not np.isfinite(self.estimate):
            return wording.say("There is no estimate that selection could undo.")
        told = wording.estimate(self.estimate, self.lower, self.upper, self.confidence)
        if self.to_interval == 0:
            return wording.say(
                "The change of {change} includes zero: no selection is needed to undo it.",
                change=told,
            )
        size = wording.number(self.to_zero)
        other = (
            wording.say("{size} degrees colder than those found", size=size)
            if self.estimate > 0
            else wording.say("{size} degrees warmer than those found", size=size)
        )
        if self.to_interval > 0:
            other = wording.say(
                "{other}; {size} degrees would make it uncertain",
                other=other,
                size=wording.number(self.to_interval),
            )
        text = wording.say(
            "To undo the change of {change} by selection alone, statements that were not found, if "
            "they are {share} of all, would have to be {other}.",
            change=told,
            share=wording.share(self.share_unseen),
            other=other,
        )
        if self.to_zero > _SCALE:
            text += f" {wording.say('The scale has no room for the former.')}"
        return text

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What the numbers mean and what they do not."""
        return (
            wording.say(
                "The difference is that of unseen from seen statements after the change, over and "
                "above the same difference before it; selection that is alike before and after "
                "undoes nothing."
            ),
            wording.say("The share of unseen statements is supposed, not known."),
            wording.say(
                "It is not shown whether statements are selected so; only how strongly they would "
                "have to be."
            ),
        )

    @property
    def parameters(self) -> dict[str, Any]:
        """The finding and the share."""
        values = pd.DataFrame(
            [[self.estimate, self.lower, self.upper, self.share_unseen, self.confidence]],
            columns=["estimate", "lower", "upper", "share_unseen", "confidence"],
        )
        return records(values)[0]

    def to_dict(self) -> dict[str, Any]:
        """Return parameters, sentence and table as plain Python values.

        Returns
        -------
        dict
            Ready for JSON.
        """
        return {
            "parameters": self.parameters,
            "sentence": self.sentence,
            "assumptions": list(self.assumptions),
            "table": records(self.table),
        }

    def __repr__(self) -> str:
        return f"<SelectionResult: {self.sentence}>"

    def _repr_html_(self) -> str:
        return wording.shown(self.sentence, self.table)


def selection_needed(
    estimate: float,
    lower: float = np.nan,
    upper: float = np.nan,
    share_unseen: float = 0.5,
    *,
    confidence: float = 0.95,
) -> SelectionResult:
    """Say what selection would have to be worth to undo a finding.

    Parameters
    ----------
    estimate : float
        A change between two stretches of time, or at an episode, degrees; NaN where there is
        none.
    lower, upper : float, default NaN
        Ends of its interval, degrees.
    share_unseen : float, default 0.5
        Share of statements after the change that were made but not found, in (0, 1).
    confidence : float, default 0.95
        Coverage of the interval, for the sentence.

    Returns
    -------
    SelectionResult
        The degrees needed, for this and other shares.

    Raises
    ------
    BadArgumentError
        Where the share lies outside (0, 1), or the estimate lies outside its interval.

    Notes
    -----
    Let statements seen after the change have the mean m, those unseen the mean m + b, and u
    be the share of the unseen. Their mean is m + u b. Where unseen statements before the
    change differ from the seen by the same b and share, the change stays as it is; where only
    those after differ (or b is the difference between the two gaps), the true change is
    ``estimate + u b``. It is zero at ``b = -estimate / u``, and the nearer end of the interval is
    zero at ``b = -end / u``. The sizes of b are returned.

    Two means of tone differ by at most 200 degrees, so a larger b is impossible; a b that is
    possible need not be likely. It says nothing about the scorer's error.

    Examples
    --------
    >>> found = selection_needed(-40.0, -60.0, -20.0)
    >>> found.to_zero, found.to_interval
    (80.0, 40.0)
    """
    if not 0 < share_unseen < 1:
        raise BadArgumentError(
            f"share_unseen={share_unseen} was received; it lies between 0 and 1, such as 0.5."
        )
    if lower > estimate or upper < estimate:
        raise BadArgumentError(
            f"The estimate {estimate} lies outside its interval {lower} to {upper}.",
            remedy="Hand in estimate, lower, upper, in this order.",
        )
    shares = np.array(sorted({*SHARES, share_unseen}))
    table = pd.DataFrame(
        {
            "share_unseen": shares,
            "to_zero": abs(estimate) / shares,
            "to_interval": _nearest(estimate, lower, upper) / shares,
        }
    )
    return SelectionResult(
        table=table.assign(is_possible=table["to_zero"] <= _SCALE),
        estimate=float(estimate),
        lower=float(lower),
        upper=float(upper),
        share_unseen=share_unseen,
        confidence=confidence,
    )


def _nearest(estimate: float, lower: float, upper: float) -> float:
    """Return the distance from zero of the interval's nearer end; 0 with zero inside."""
    if np.isnan(estimate) or np.isnan(lower) or np.isnan(upper):
        return np.nan
    return float(max(lower, -upper, 0.0))

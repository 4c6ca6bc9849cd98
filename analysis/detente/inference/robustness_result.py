"""What `estimate_robustness` returns."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
import pandas as pd

from detente import wording
from detente._tables.records import records

__all__ = ["COLUMNS", "RobustnessResult"]

#: Columns of `RobustnessResult.table`, in their order.
COLUMNS = (
    *("quantity", "name", "scorer", "corrected", "rows", "weights", "model", "n_changed"),
    *("is_headline", "estimate", "lower", "upper", "n", "agrees", "excludes_zero"),
    *("status", "reason"),
)

_ROWS = {
    "all": "all statements",
    "stated_dates": "without inferred dates",
    "first_search": "without the second search",
    "no_phone_calls": "without telephone calls",
    "no_top_speaker": "without the top speaker",
    "no_first_days": "without days 0 to 3 after headline events",
}

#: Failed fits that a sentence names.
_TOLD = 5


@dataclass(frozen=True, eq=False)
class RobustnessResult:
    """The results under every reasonable choice.

    Parameters
    ----------
    table : DataFrame
        One row per quantity and specification, the headline first: `quantity` ("level": mean
        index of a window; "contrast": the same less the mean of all other months; "change": at
        an episode; "correlation": of the monthly index with the headline's), `name` (window
        or episode), the choices `scorer`, `corrected`, `rows`, `weights`, `model` ("" where
        a choice does not matter), `n_changed` (choices that differ from the headline's),
        `is_headline`, `estimate`, `lower`, `upper` (degrees; correlations have no ends), `n`
        (months with statements, statements around an episode, or months compared), `agrees`
        (in sign with the headline; missing where there is nothing to compare),
        `excludes_zero`, `status` ("estimated", "no estimate", "failed") and `reason`.
    summary : DataFrame
        One row per quantity and name: `quantity`, `name`, `estimate`, `lower`, `upper` (of the
        headline), `n_specifications` (others than the headline), `n_estimated`, `n_failed`,
        `share_agree`, `share_excludes_zero` (of those estimated; the latter on the headline's
        side), `smallest`, `median`, `largest`.
    direction : str
        "A>B", "B>A" or "bilateral".
    options : dict
        What was asked for.
    """

    table: pd.DataFrame
    summary: pd.DataFrame
    direction: str
    options: dict[str, Any]

    @property
    def failures(self) -> pd.DataFrame:
        """One row per fit that failed: its choices and the reason."""
        failed = self.table[self.table["status"] == "failed"]
        names = ["scorer", "corrected", "rows", "weights", "model", "reason"]
        return failed[names].drop_duplicates().reset_index(drop=True)

    @property
    def sentence(self) -> str:
        """What holds under other choices and what does not, in words."""
        parts = [self._contrasts(), self._changes(), self._curves(), self._failed()]
        return " ".join(part for part in parts if part)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What the shares mean and what they do not."""
        return (
            "Specifications share their statements, so they are not independent of each other: a "
            "share of them is no probability.",
            "A choice that leaves statements out also makes intervals wider, so an interval that "
            "takes in zero there need not speak against the headline.",
            "Scorers measure on scales of their own: signs and contrasts compare better than "
            "levels.",
            "What all specifications share is not varied: which statements were found.",
        )

    @property
    def parameters(self) -> dict[str, Any]:
        """What was asked for."""
        return {"direction": self.direction, **self.options}

    def to_dict(self) -> dict[str, Any]:
        """Return parameters, sentence and tables as plain Python values.

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
            "summary": records(self.summary),
            "failures": records(self.failures),
        }

    def __repr__(self) -> str:
        return f"<RobustnessResult: {self.sentence}>"

    def _repr_html_(self) -> str:
        return f"<p>{escape(self.sentence)}</p>" + str(
            self.summary.to_html(index=False, na_rep="", border=0, float_format="{:.2f}".format)
        )

    def _of(self, quantity: str) -> list[dict[str, Any]]:
        rows = self.summary[self.summary["quantity"] == quantity]
        return [{str(k): v for k, v in row.items()} for row in rows.to_dict("records")]

    def _contrasts(self) -> str:
        told = []
        for row in self._of("contrast"):
            if not np.isfinite(row["estimate"]) or not row["n_estimated"]:
                continue
            told.append(
                f"{row['name']} against all other months: {wording.degrees(row['estimate'])} "
                f"degrees in the headline, the same sign in "
                f"{wording.share(row['share_agree'])} of "
                f"{wording.count(int(row['n_estimated']), 'other specification')} "
                f"({wording.degrees(row['smallest'])} to {wording.degrees(row['largest'])}), "
                f"with an interval beyond zero in {wording.share(row['share_excludes_zero'])}."
            )
        return " ".join(told)

    def _changes(self) -> str:
        rows = [row for row in self._of("change") if np.isfinite(row["share_agree"])]
        if not rows:
            return ""
        turned = [row for row in rows if row["share_agree"] < 1]
        kept = len(rows) - len(turned)
        text = (
            f"Of {wording.count(len(rows), 'episode')} with an estimate, {kept} keep their sign "
            f"in every other specification"
        )
        if turned:
            named = [f"{row['name']} ({wording.share(row['share_agree'])})" for row in turned]
            text += f"; in part of them only: {wording.listing(named)}"
        firm = [row["name"] for row in rows if row["share_excludes_zero"] == 1]
        if firm:
            text += f". Beyond zero in every other specification: {wording.listing(firm)}"
        return f"{text}."

    def _curves(self) -> str:
        for row in self._of("correlation"):
            if row["n_estimated"]:
                n = wording.count(int(row["n_estimated"]), "other specification")
                return (
                    f"The curves of {n} "
                    f"correlate with the headline's by {wording.number(row['smallest'], 2)} to "
                    f"{wording.number(row['largest'], 2)} (median "
                    f"{wording.number(row['median'], 2)})."
                )
        return ""

    def _failed(self) -> str:
        failed = self.failures
        if failed.empty:
            return "No fit failed."
        named = [
            f"{_choices(row)} ({row['reason'].rstrip('.')})" for row in records(failed.head(_TOLD))
        ]
        more = len(failed) - len(named)
        rest = f", and {more} more" if more else ""
        return f"{wording.count(len(failed), 'fit')} failed: {'; '.join(named)}{rest}."


def _choices(row: dict[str, Any]) -> str:
    parts = [
        row["scorer"] + (", corrected" if row["corrected"] else ""),
        f"weights {row['weights']}" if row["weights"] else "",
        row["model"].replace("_", " "),
        _ROWS.get(row["rows"], row["rows"]),
    ]
    return ", ".join(part for part in parts if part)

"""What `estimate_robustness` returns."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
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
    "all": wording.mark("all statements"),
    "stated_dates": wording.mark("without inferred dates"),
    "first_search": wording.mark("without the second search"),
    "no_phone_calls": wording.mark("without telephone calls"),
    "no_top_speaker": wording.mark("without the top speaker"),
    "no_first_days": wording.mark("without days 0 to 3 after headline events"),
}

#: Weightings and models as they read.
_WEIGHTS = {
    "occasion": wording.mark("weights occasion"),
    "office": wording.mark("weights office"),
    "day": wording.mark("weights day"),
    "none": wording.mark("weights none"),
}
_MODELS = {
    "mean_reverting": wording.mark("mean reverting"),
    "local_level": wording.mark("local level"),
    "means": wording.mark("means"),
}

#: A window that is named by its first and last month.
_WINDOW = re.compile(r"(\d{4}-\d{2}) to (\d{4}-\d{2})")

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
        return self.told()

    def told(self, name_of: Callable[[str], str] | None = None) -> str:
        """Say what holds under other choices, with names for episodes and windows.

        Parameters
        ----------
        name_of : callable, optional
            Gives the name that a reader knows an episode or window by, from its `name` in the
            table; default: that name.

        Returns
        -------
        str
            The sentence.
        """
        names = name_of or _name
        parts = [self._contrasts(names), self._changes(names), self._curves(), self._failed()]
        return " ".join(part for part in parts if part)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What the shares mean and what they do not."""
        return (
            wording.say(
                "Specifications share their statements, so they are not independent of each other: "
                "a share of them is no probability."
            ),
            wording.say(
                "A choice that leaves statements out also makes intervals wider, so an interval "
                "that takes in zero there need not speak against the headline."
            ),
            wording.say(
                "Scorers measure on scales of their own: signs and contrasts compare better than "
                "levels."
            ),
            wording.say(
                "What all specifications share is not varied: which statements were found."
            ),
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
        return wording.shown(self.sentence, self.summary)

    def _of(self, quantity: str) -> list[dict[str, Any]]:
        rows = self.summary[self.summary["quantity"] == quantity]
        return [{str(k): v for k, v in row.items()} for row in rows.to_dict("records")]

    def _contrasts(self, name_of: Callable[[str], str]) -> str:
        told = []
        for row in self._of("contrast"):
            if not np.isfinite(row["estimate"]) or not row["n_estimated"]:
                continue
            told.append(
                wording.say_count(
                    "{window} against all other months: {value} degrees in the headline, the same "
                    "sign in {share} of {n} other specification ({smallest} to {largest}), with an "
                    "interval beyond zero in {beyond}.",
                    "{window} against all other months: {value} degrees in the headline, the same "
                    "sign in {share} of {n} other specifications ({smallest} to {largest}), with "
                    "an interval beyond zero in {beyond}.",
                    int(row["n_estimated"]),
                    window=name_of(row["name"]),
                    value=wording.degrees(row["estimate"]),
                    share=wording.share(row["share_agree"]),
                    smallest=wording.degrees(row["smallest"]),
                    largest=wording.degrees(row["largest"]),
                    beyond=wording.share(row["share_excludes_zero"]),
                )
            )
        return " ".join(told)

    def _changes(self, name_of: Callable[[str], str]) -> str:
        rows = [row for row in self._of("change") if np.isfinite(row["share_agree"])]
        if not rows:
            return ""
        turned = [row for row in rows if row["share_agree"] < 1]
        told = {
            "episodes": wording.count(len(rows), "episode"),
            "n": wording.number(len(rows) - len(turned)),
            "turned": wording.listing(
                [f"{name_of(row['name'])} ({wording.share(row['share_agree'])})" for row in turned]
            ),
        }
        text = (
            wording.say(
                "Of {episodes} with an estimate, {n} keep their sign in every other specification; "
                "in part of them only: {turned}.",
                **told,
            )
            if turned
            else wording.say(
                "Of {episodes} with an estimate, {n} keep their sign in every other specification.",
                **told,
            )
        )
        firm = [name_of(row["name"]) for row in rows if row["share_excludes_zero"] == 1]
        if not firm:
            return text
        beyond = wording.say(
            "Beyond zero in every other specification: {episodes}.", episodes=wording.listing(firm)
        )
        return f"{text} {beyond}"

    def _curves(self) -> str:
        for row in self._of("correlation"):
            if row["n_estimated"]:
                return wording.say_count(
                    "The curves of {n} other specification correlate with the headline's by "
                    "{smallest} to {largest} (median {median}).",
                    "The curves of {n} other specifications correlate with the headline's by "
                    "{smallest} to {largest} (median {median}).",
                    int(row["n_estimated"]),
                    **{
                        name: wording.number(row[name], 2)
                        for name in ("smallest", "largest", "median")
                    },
                )
        return ""

    def _failed(self) -> str:
        failed = self.failures
        if failed.empty:
            return wording.say("No fit failed.")
        named = [
            f"{_choices(row)} ({row['reason'].rstrip('.')})" for row in records(failed.head(_TOLD))
        ]
        fits, more = "; ".join(named), len(failed) - len(named)
        if more:
            fits = wording.say("{fits}, and {n} more", fits=fits, n=wording.number(more))
        return wording.say_count(
            "{n} fit failed: {fits}.", "{n} fits failed: {fits}.", len(failed), fits=fits
        )


def _name(name: str) -> str:
    ends = _WINDOW.fullmatch(name)
    return wording.say("{first} to {last}", first=ends[1], last=ends[2]) if ends else name


def _choices(row: dict[str, Any]) -> str:
    parts = [
        row["scorer"],
        wording.say("corrected") if row["corrected"] else "",
        wording.say(_WEIGHTS[row["weights"]]) if row["weights"] else "",
        wording.say(_MODELS[row["model"]]) if row["model"] else "",
        wording.say(_ROWS.get(row["rows"], row["rows"])),
    ]
    return ", ".join(part for part in parts if part)

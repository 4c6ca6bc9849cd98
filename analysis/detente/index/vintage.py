"""How an index changed between two vintages of its statements, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from detente import wording
from detente.countries import Dyad
from detente.errors import BadArgumentError
from detente.index.joint import BILATERAL
from detente.index.monthly import monthly_index

__all__ = ["STEPS", "DiffResult", "diff_index"]

#: What may change an index, in the order in which it is changed.
STEPS = ("rescored", "edited", "removed", "added", "settings")

#: The same as they read.
_STEP_NAMES = {
    "rescored": wording.mark("statements scored anew"),
    "edited": wording.mark("edited statements"),
    "removed": wording.mark("removed statements"),
    "added": wording.mark("added statements"),
    "settings": wording.mark("settings"),
}

#: What a month's number rests on; another value here is an edit.
_DATA = ("date", "source", "target", "speaker", "channel", "level", "text")

#: Without these no two statements can be compared.
_NEEDED = ("id", "date", "source", "target", "tone")


@dataclass(frozen=True, eq=False)
class DiffResult:
    """What moved past months between two vintages.

    Parameters
    ----------
    table : DataFrame
        A row per month and direction of the older vintage: `month`, `direction`, `old`, `new`
        and `change` of the index, and the part of each of `STEPS` in it, which add up to
        `change`; `old_raw`, `new_raw` of the month's own mean. Degrees, missing where a vintage
        has no value.
    n_rescored, n_edited, n_removed, n_added : int
        Statements of the dyad by what became of them.
    settings : dict of str to tuple
        Settings that differ: older and newer value.
    """

    table: pd.DataFrame
    n_rescored: int
    n_edited: int
    n_removed: int
    n_added: int
    settings: dict[str, tuple[Any, Any]]

    @property
    def largest(self) -> pd.DataFrame:
        """The bilateral months, largest change first."""
        rows = self.table[self.table["direction"] == BILATERAL].dropna(subset="change")
        order = rows["change"].abs().sort_values(ascending=False, kind="stable").index
        return rows.loc[order].reset_index(drop=True)

    @property
    def sentence(self) -> str:
        """What changed, in words."""
        text = wording.say("Between the vintages: {changes}.", changes=self._changes)
        largest = self.largest
        if largest.empty:
            return f"{text} {wording.say('No month has an index in both.')}"
        row = largest.iloc[0]
        if abs(row["change"]) < 0.05:
            return f"{text} {wording.say('No past month moved by a tenth of a degree.')}"
        parts = {step: float(row[step]) for step in STEPS}
        most = max(parts, key=lambda step: abs(parts[step]))
        moved = wording.say(
            "{month} moved most, from {old} to {new} degrees, the largest part through {step} "
            "({part}).",
            month=wording.month_name(row["month"]),
            old=wording.degrees(row["old"]),
            new=wording.degrees(row["new"]),
            step=wording.say(_STEP_NAMES[most]),
            part=wording.degrees(parts[most]),
        )
        return f"{text} {moved}"

    @property
    def _changes(self) -> str:
        """What differs, in words."""
        told = []
        if n := self.n_added:
            told.append(wording.say_count("{n} statement added", "{n} statements added", n))
        if n := self.n_removed:
            told.append(wording.say_count("{n} statement removed", "{n} statements removed", n))
        if n := self.n_edited:
            told.append(wording.say_count("{n} statement edited", "{n} statements edited", n))
        if n := self.n_rescored:
            told.append(
                wording.say_count("{n} statement scored anew", "{n} statements scored anew", n)
            )
        if self.settings:
            names = ", ".join(self.settings)
            told.append(wording.say("settings changed ({settings})", settings=names))
        return wording.listing(told) or wording.say("nothing in statements or settings")

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What the parts mean."""
        return (
            wording.say(
                "The parts are those of steps taken in this order: {steps}; another order would "
                "divide the change otherwise where steps touch the same months.",
                steps=", ".join(STEPS),
            ),
            wording.say(
                "A smoothed month also moves when its neighbours or the model's parameters do; "
                "old_raw and new_raw are the month's own statements alone."
            ),
        )

    @property
    def parameters(self) -> dict[str, Any]:
        """Counts, and the settings that differ."""
        return {
            "n_rescored": self.n_rescored,
            "n_edited": self.n_edited,
            "n_removed": self.n_removed,
            "n_added": self.n_added,
            "settings": {name: list(values) for name, values in self.settings.items()},
        }

    def to_dict(self) -> dict[str, Any]:
        """Return the result as plain Python values.

        Returns
        -------
        dict
            Parameters, sentence, assumptions and table; missing numbers are None.
        """
        table = self.table.assign(month=self.table["month"].dt.strftime("%Y-%m-%d")).astype(object)
        return {
            "parameters": self.parameters,
            "sentence": self.sentence,
            "assumptions": list(self.assumptions),
            "table": table.where(table.notna(), None).to_dict("records"),
        }

    def _repr_html_(self) -> str:
        return wording.shown(self.sentence, self.largest.head(10), 1)


def diff_index(
    old: pd.DataFrame,
    new: pd.DataFrame,
    dyad: Dyad | tuple[str, str] | str,
    *,
    old_settings: Mapping[str, Any] | None = None,
    new_settings: Mapping[str, Any] | None = None,
) -> DiffResult:
    """Tell how past months changed between two vintages of scored statements, and why.

    Parameters
    ----------
    old, new : DataFrame
        Scored statements of both vintages, with unique `id`; as for `monthly_index`.
    dyad : Dyad, tuple of str or str
        The two countries.
    old_settings, new_settings : mapping, optional
        Keyword arguments of `monthly_index` (such as `method`, `weights`, `model`, `since`,
        `until`) by which each vintage was made.

    Returns
    -------
    DiffResult
        The change of each month of the older vintage, divided among what changed.

    Raises
    ------
    BadArgumentError
        Where ids are missing or occur twice.

    Examples
    --------
    >>> rows = pd.DataFrame({
    ...     "id": ["a", "b"], "date": pd.to_datetime(["2020-01-02", "2020-01-09"]),
    ...     "source": "RUS", "target": "TUR", "speaker": ["A", "B"], "tone": [0.2, 0.4]})
    >>> diff = diff_index(rows[:1], rows, "RUS-TUR", old_settings={"method": "means"},
    ...                   new_settings={"method": "means"})
    >>> diff.table.loc[0, ["old", "new", "added"]].tolist()
    [20.0, 30.0, 10.0]
    """
    dyad = Dyad.parse(dyad)
    before, after = (_keyed(frame, dyad, name) for frame, name in ((old, "old"), (new, "new")))
    then, now = dict(old_settings or {}), dict(new_settings or {})
    shared = before.index.intersection(after.index)
    data = [name for name in _DATA if name in before.columns and name in after.columns]
    same = (
        before.loc[shared, data].astype(object).fillna("")
        == after.loc[shared, data].astype(object).fillna("")
    ).all(axis=1)
    tone = before.loc[shared, "tone"]
    other_tone = ~(
        tone.eq(after.loc[shared, "tone"]) | (tone.isna() & after.loc[shared, "tone"].isna())
    )
    rescored, edited = shared[same & other_tone], shared[~same]
    removed, added = before.index.difference(after.index), after.index.difference(before.index)

    stages = [before]
    step = before.copy()
    step.loc[rescored, "tone"] = after.loc[rescored, "tone"]
    stages.append(step)
    stages.append(pd.concat([step.drop(index=edited), after.loc[edited]]))
    stages.append(stages[-1].drop(index=removed))
    stages.append(pd.concat([stages[-1], after.loc[added]]))
    tables: list[pd.DataFrame] = []
    for i, stage in enumerate(stages):
        unchanged = i > 0 and stage is not stages[-1] and stage.equals(stages[i - 1])
        tables.append(tables[-1] if unchanged else _values(stage, dyad, then))
    tables.append(tables[-1] if then == now else _values(stages[-1], dyad, now))

    first = tables[0]
    values = [table.reindex(first.index) for table in tables]
    index = np.stack([table["index"].to_numpy() for table in values])
    table = pd.DataFrame(
        {
            "old": index[0],
            "new": index[-1],
            "change": index[-1] - index[0],
            **{name: index[i + 1] - index[i] for i, name in enumerate(STEPS)},
            "old_raw": values[0]["raw"].to_numpy(),
            "new_raw": values[-1]["raw"].to_numpy(),
        },
        index=first.index,
    ).reset_index()
    names = sorted({*then, *now})
    differing = {
        name: (then.get(name), now.get(name)) for name in names if then.get(name) != now.get(name)
    }
    return DiffResult(table, len(rescored), len(edited), len(removed), len(added), differing)


def _keyed(frame: pd.DataFrame, dyad: Dyad, name: str) -> pd.DataFrame:
    if missing := [column for column in _NEEDED if column not in frame.columns]:
        raise BadArgumentError(
            f"The {name} statements lack the column {wording.listing(list(map(repr, missing)))}.",
            remedy="Vintages are compared statement by statement, by id, in the tones that "
            "`detente run` wrote.",
        )
    direction = frame["source"].astype(str) + ">" + frame["target"].astype(str)
    rows = frame[direction.isin(dyad.directions)]
    twice = rows.loc[rows["id"].duplicated(), "id"]
    if len(twice):
        raise BadArgumentError(f"The id {twice.iloc[0]!r} occurs twice in the {name} statements.")
    return rows.set_index("id")


def _values(stage: pd.DataFrame, dyad: Dyad, settings: Mapping[str, Any]) -> pd.DataFrame:
    """Return index and raw mean by month and direction; nothing where no statement is left."""
    if stage.empty:
        keys = pd.MultiIndex.from_arrays([[], []], names=["month", "direction"])
        return pd.DataFrame({"index": [], "raw": []}, index=keys, dtype="float64")
    result = monthly_index(stage.reset_index(), dyad, **settings)
    return result.table.set_index(["month", "direction"])[["index", "raw"]]

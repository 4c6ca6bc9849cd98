"""Episodes: headline events that no data can separate, as one."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from detente.errors import BadArgumentError, did_you_mean

__all__ = ["episodes_table"]

_COLUMNS = ("episode", "first_day", "last_day", "label", "expected", "kind", "n_events")


def episodes_table(events: pd.DataFrame, labels: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Gather the headline events of each episode.

    Parameters
    ----------
    events : DataFrame
        Events as `read_events` gives them; unchanged.
    labels : mapping of str to str, optional
        Episode -> its name on charts; default: the label of its earliest headline event.

    Returns
    -------
    DataFrame
        One row per episode, in order of time: `episode`, `first_day` and `last_day` (dates;
        the last day of any of its events), `label`, `expected` (cooling or warming where
        all its events agree, else ambiguous), `kind` (contact where all its events are
        contacts, else act), `n_events` (headline events, 1 or more). No row where no event
        is a headline event.

    Raises
    ------
    BadArgumentError
        A column is missing, or `labels` names an episode that does not occur.

    Examples
    --------
    >>> episodes_table(pd.DataFrame({
    ...     "date": pd.to_datetime(["2015-11-28", "2015-11-24"]), "end_date": pd.NaT,
    ...     "label": ["Sanctions", "Jet shot down"], "kind": "act", "expected": "cooling",
    ...     "headline": True, "episode": "shootdown",
    ... }))
         episode  first_day   last_day          label expected kind  n_events
    0  shootdown 2015-11-24 2015-11-28  Jet shot down  cooling  act         2
    """
    needed = ["date", "end_date", "label", "kind", "expected", "headline", "episode"]
    if missing := [name for name in needed if name not in events.columns]:
        raise BadArgumentError(
            f"The events have no column {', '.join(missing)}.", remedy="Use read_events."
        )
    headline = events.loc[events["headline"].astype(bool), needed]
    headline = headline.sort_values("date", kind="stable")
    headline["end_date"] = headline["end_date"].fillna(headline["date"])
    names = dict(labels or {})
    for name in names:
        known = headline["episode"].unique()
        if name not in known:
            raise BadArgumentError(
                f"labels names the episode '{name}', which no headline event has.",
                remedy=did_you_mean(name, known) or f"The episodes are {', '.join(known)}.",
            )
    grouped = headline.groupby("episode", sort=False)
    table = grouped.agg(
        first_day=("date", "min"),
        last_day=("end_date", "max"),
        label=("label", "first"),
        expected=("expected", _agreed_expectation),
        kind=("kind", _joint_kind),
        n_events=("date", "size"),
    ).reset_index()
    table["label"] = [
        names.get(episode, label)
        for episode, label in zip(table["episode"], table["label"], strict=True)
    ]
    ordered = table.sort_values(["first_day", "episode"], ignore_index=True)
    return ordered[list(_COLUMNS)]


def _agreed_expectation(values: pd.Series) -> str:
    return str(values.iloc[0]) if values.eq(values.iloc[0]).all() else "ambiguous"


def _joint_kind(values: pd.Series) -> str:
    return "contact" if values.eq("contact").all() else "act"

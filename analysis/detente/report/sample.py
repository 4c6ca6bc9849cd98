"""Which statements the index rests on: who spoke, in which office, about what, and when."""

from __future__ import annotations

from typing import Any

import pandas as pd

from detente import wording
from detente.countries import country_name
from detente.index import IndexResult
from detente.tone import has_flag

__all__ = ["breakdowns", "extremes", "facts", "sample_of"]

#: Statements listed at each end.
N_EXTREMES = 10

#: Values of a column that get a row of their own.
_N_VALUES = 20

_BREAKDOWNS = {"level": "Office", "channel": "Channel", "topic": "Topic"}


def sample_of(statements: pd.DataFrame, index: IndexResult) -> pd.DataFrame:
    """Return the statements of the dyad and period of an index, in the order of their days.

    Parameters
    ----------
    statements : DataFrame
        Scored statements, other dyads and periods among them or not.
    index : IndexResult
        The index.

    Returns
    -------
    DataFrame
        A row per statement.
    """
    direction = statements["source"].astype(str) + ">" + statements["target"].astype(str)
    month = statements["date"].dt.to_period("M").dt.to_timestamp()
    rows = direction.isin(index.dyad.directions) & month.isin(index.months)
    chosen: pd.DataFrame = statements.loc[rows]
    return chosen.sort_values("date", kind="stable", ignore_index=True)


def breakdowns(sample: pd.DataFrame, index: IndexResult) -> list[dict[str, Any]]:
    """Count statements by office, channel and topic, a column for each side.

    Parameters
    ----------
    sample : DataFrame
        The statements of the dyad and period.
    index : IndexResult
        The index.

    Returns
    -------
    list of dict
        `head` and `rows` for each column that the statements have, the most frequent
        value first; a row has `name` and `cells`: one count for each side, then both.
    """
    sides = [sample["source"] == code for code in (index.dyad.a, index.dyad.b)]
    found = []
    for column, head in _BREAKDOWNS.items():
        if column not in sample.columns or sample[column].isna().all():
            continue
        values = sample[column].fillna("not stated")
        ranked = [str(value) for value in values.value_counts().index]
        rows = [
            _row(f"{value[:1].upper()}{value[1:]}".replace("_", " "), values == value, sides)
            for value in ranked[:_N_VALUES]
        ]
        rest = ranked[_N_VALUES:]
        if rest:
            rows.append(_row(wording.count(len(rest), "other value"), values.isin(rest), sides))
        found.append({"head": head, "rows": rows})
    return found


def _row(name: str, chosen: pd.Series[bool], sides: list[pd.Series[bool]]) -> dict[str, Any]:
    counts = [int((chosen & side).sum()) for side in sides]
    return {"name": name, "cells": [wording.number(n) for n in (*counts, sum(counts))]}


def facts(sample: pd.DataFrame, index: IndexResult) -> list[dict[str, str]]:
    """Say what a reader should know of these statements.

    Parameters
    ----------
    sample : DataFrame
        The statements of the dyad and period, at least one.
    index : IndexResult
        The index.

    Returns
    -------
    list of dict
        `head` and `text` of each point.
    """
    points = [{"head": "Sides", "text": _sides(sample, index)}]
    points.append({"head": "Speakers", "text": _speakers(sample, index)})
    if "dating" in sample.columns and sample["dating"].notna().any():
        n = int((sample["dating"] == "inferred").sum())
        points.append(
            {
                "head": "Days",
                "text": f"The day of {wording.count(n, 'statement')} "
                f"({wording.share(n / len(sample))}) is inferred from weekday and occasion; "
                "the page does not state it.",
            }
        )
    text = _scoring(sample)
    return [*points, {"head": "Scoring", "text": text}] if text else points


def extremes(sample: pd.DataFrame, *, warmest: bool) -> pd.DataFrame:
    """Return the statements with the highest or lowest tone, the most extreme first.

    Parameters
    ----------
    sample : DataFrame
        The statements of the dyad and period.
    warmest : bool
        True: the highest tone; False: the lowest.

    Returns
    -------
    DataFrame
        At most `N_EXTREMES` rows and at most half of those with a tone, so that no
        statement stands in both lists; of equal tones the earlier day comes first.
    """
    scored = sample[sample["tone"].notna()]
    ordered = scored.sort_values("tone", ascending=not warmest, kind="stable")
    return ordered.head(min(N_EXTREMES, len(scored) // 2))


def _sides(sample: pd.DataFrame, index: IndexResult) -> str:
    told = [
        f"{wording.count(n, 'statement')} of {country_name(code)} "
        f"({wording.share(n / len(sample))})"
        for code in (index.dyad.a, index.dyad.b)
        for n in [int((sample["source"] == code).sum())]
    ]
    return f"{wording.listing(told)}."


def _speakers(sample: pd.DataFrame, index: IndexResult) -> str:
    told = []
    for code in (index.dyad.a, index.dyad.b):
        speakers = sample.loc[sample["source"] == code, "speaker"].value_counts()
        if len(speakers):
            told.append(
                f"{speakers.index[0]} speaks in {wording.share(speakers.iloc[0] / speakers.sum())} "
                f"of the statements of {country_name(code)} "
                f"({wording.count(len(speakers), 'speaker')} in all)"
            )
    return f"{'; '.join(told)}."


def _scoring(sample: pd.DataFrame) -> str:
    """Say how many statements got no tone, or a fixed one for want of words; empty where none."""
    flags = sample["tone_flag"] if "tone_flag" in sample.columns else pd.Series("", sample.index)
    is_missing = sample["tone"].isna()
    told = []
    if is_missing.any():
        n = int(is_missing.sum())
        reasons = flags[is_missing].fillna("").replace("", "no reason noted").value_counts()
        listed = wording.listing([f"{str(k).replace('_', ' ')}: {v:,}" for k, v in reasons.items()])
        told.append(
            f"{wording.count(n, 'statement')} of {len(sample):,} could not be scored ({listed}) "
            "and count in no month."
        )
    given = sample.loc[has_flag(flags, "no_evaluative_words"), "tone"]
    if n := len(given):
        constant = wording.tone(float(given.iloc[0]))
        fixed = "zero" if (given == 0).all() else f"the model's constant ({constant})"
        told.append(
            f"In {wording.count(n, 'statement')} ({wording.share(n / len(sample))}) the scorer "
            f"knows no evaluative word; their tone is {fixed} and counts."
        )
    return " ".join(told)

"""Invented rows for a new study: placeholders speak, so that nobody is misquoted.

The rows tell a small story that holds for any two countries (a calm half year, a quarrel
over a border crossing, a settlement), so that a new study shows all parts of a chart.
"""

from __future__ import annotations

import csv
from importlib.resources import files

from detente import wording
from detente.countries import Dyad, country_in_text

__all__ = ["EXAMPLE_EPISODES", "example_events", "example_statements"]

#: Reader's labels of the example's headline episodes.
EXAMPLE_EPISODES = {"crossing-2023": "Crossing closed", "settlement-2024": "Crossing reopened"}


def example_statements(dyad: Dyad) -> list[dict[str, str]]:
    """Return invented statements of both sides, over eighteen months.

    Parameters
    ----------
    dyad : Dyad
        The two countries.

    Returns
    -------
    list of dict
        A row per statement, by the names of the schema; each speaker is a placeholder.

    Examples
    --------
    >>> rows = example_statements(Dyad("IND", "PAK"))
    >>> len(rows), rows[0]["speaker"], rows[0]["source"], rows[0]["target"]
    (42, 'Example President', 'IND', 'PAK')
    """
    codes = {"A": dyad.a, "B": dyad.b}
    rows = []
    for row in _rows("example_statements.csv"):
        source, target = codes[row["source"]], codes[row["target"]]
        names = {"us": country_in_text(source), "them": country_in_text(target)}
        row |= {name: row[name].format(**names) for name in ("role", "text")}
        rows.append(row | {"source": source, "target": target})
    return rows


def example_events(dyad: Dyad) -> list[dict[str, str]]:
    """Return the invented events that the example statements speak of.

    Parameters
    ----------
    dyad : Dyad
        The two countries.

    Returns
    -------
    list of dict
        A row per event, by the names of the schema.

    Examples
    --------
    >>> [row["episode"] for row in example_events(Dyad("IND", "PAK"))]
    ['', 'crossing-2023', 'crossing-2023', 'settlement-2024']
    """
    names = {"a": country_in_text(dyad.a), "b": country_in_text(dyad.b)}
    rows = _rows("example_events.csv")
    return [row | {"title": wording.capital(row["title"].format(**names))} for row in rows]


def _rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table that lies beside this module."""
    text = (files("detente.study") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))

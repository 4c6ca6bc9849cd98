"""Frames to plain Python values that JSON can hold."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

__all__ = ["records"]


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame as dictionaries ready for JSON.

    Parameters
    ----------
    table : DataFrame
        Any frame; its index is left out.

    Returns
    -------
    list of dict
        Missing values are None, days "YYYY-MM-DD", numbers Python's own.

    Examples
    --------
    >>> records(pd.DataFrame({"n": [1], "lower": [float("nan")]}))
    [{'n': 1, 'lower': None}]
    """
    return [
        {str(name): _plain(value) for name, value in row.items()}
        for row in table.to_dict("records")
    ]


def _plain(value: Any) -> Any:
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not np.isfinite(value):
        return None
    return value

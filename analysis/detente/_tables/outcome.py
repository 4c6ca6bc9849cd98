"""What comes back from reading a file against its schema."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from detente._checks import Problems

__all__ = ["TableRead"]


@dataclass(frozen=True, eq=False)
class TableRead:
    """The sound rows of a file, what was found on the way, and the file's digest.

    Parameters
    ----------
    frame : DataFrame
        One row per sound row of the file: the columns of the schema in their order, typed
        (empty cells are missing values), then the other columns of the file as text.
    problems : Problems
        Every error and warning.
    digest : str
        SHA-256 of the file's bytes, hexadecimal; "" for a frame.
    """

    frame: pd.DataFrame
    problems: Problems
    digest: str

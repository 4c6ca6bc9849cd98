"""Write the tables of a run as CSV whose bytes depend on the numbers alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from detente.study.result import StudyResult

__all__ = ["csv_bytes", "index_table", "jsonl_bytes", "statements_table", "write_tables"]

#: Digits after the point; degrees need fewer than tones.
_INDEX_DIGITS, _TONE_DIGITS = 4, 6

#: Notices that go into the rows: they forbid a use, the others are in results.json.
_GRAVE = ("EXAMPLE DATA", "bad row")


def write_tables(result: StudyResult, folder: Path) -> None:
    """Write index.csv, statements_scored.csv and, where rows were set aside, rejected.csv.

    Parameters
    ----------
    result : StudyResult
        The result.
    folder : Path
        A folder; made where missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tables = {
        "index": (index_table(result), _INDEX_DIGITS),
        "statements_scored": (statements_table(result), _TONE_DIGITS),
    }
    if len(result.data.rejected):
        tables["rejected"] = (result.data.rejected, _TONE_DIGITS)
    for name, (table, digits) in tables.items():
        (folder / f"{name}.csv").write_bytes(csv_bytes(table, digits=digits))


def index_table(result: StudyResult) -> pd.DataFrame:
    """Return the index as it is published.

    Parameters
    ----------
    result : StudyResult
        The result.

    Returns
    -------
    DataFrame
        A row per month and direction; a last column `notice` while there is a grave one.
    """
    return _noticed(result.index.table, result.notices)


def statements_table(result: StudyResult) -> pd.DataFrame:
    """Return the scored statements as they are published.

    Parameters
    ----------
    result : StudyResult
        The result.

    Returns
    -------
    DataFrame
        A row per statement; a last column `notice` while there is a grave one.
    """
    return _noticed(result.statements, result.notices)


def csv_bytes(table: pd.DataFrame, *, digits: int) -> bytes:
    r"""Return a table as UTF-8 CSV.

    Parameters
    ----------
    table : DataFrame
        Any table; days are written YYYY-MM-DD, missing values as empty cells.
    digits : int
        Digits after the point of every float.

    Returns
    -------
    bytes
        The file's content.

    Examples
    --------
    >>> csv_bytes(pd.DataFrame({"x": [0.5, None, -0.00001]}), digits=2)
    b'x\n0.50\n""\n0.00\n'
    """
    text = _rounded(table, digits).to_csv(
        index=False,
        float_format=f"%.{digits}f",
        date_format="%Y-%m-%d",
        lineterminator="\n",
    )
    return str(text).encode("utf-8")


def jsonl_bytes(table: pd.DataFrame, *, digits: int) -> bytes:
    r"""Return a table as JSON Lines, an object a row.

    Parameters
    ----------
    table : DataFrame
        Any table; days are written YYYY-MM-DD, missing values as null.
    digits : int
        Digits after the point of every float.

    Returns
    -------
    bytes
        The file's content.

    Examples
    --------
    >>> jsonl_bytes(pd.DataFrame({"day": pd.to_datetime(["2015-11-24"]), "x": [0.5]}), digits=2)
    b'{"day": "2015-11-24", "x": 0.5}\n'
    """
    rounded = _rounded(table, digits)
    days = {
        str(name): rounded[name].dt.strftime("%Y-%m-%d")
        for name in rounded.select_dtypes("datetime").columns
    }
    plain = rounded.assign(**days).astype(object)
    rows = plain.where(plain.notna(), None).to_dict("records")
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    return "".join(lines).encode("utf-8")


def _rounded(table: pd.DataFrame, digits: int) -> pd.DataFrame:
    # Adding zero turns the negative zeros that rounding makes into plain ones.
    floats = table.select_dtypes("float").columns
    return table.assign(**{str(name): table[name].round(digits) + 0.0 for name in floats})


def _noticed(table: pd.DataFrame, notices: Sequence[str]) -> pd.DataFrame:
    grave = [notice for notice in notices if any(mark in notice for mark in _GRAVE)]
    return table.assign(notice="; ".join(grave)) if grave else table

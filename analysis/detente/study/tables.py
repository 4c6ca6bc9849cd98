"""Write the tables of a run as CSV whose bytes depend on the numbers alone."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pandas as pd

from detente.study.findings import findings_tables
from detente.study.notices import GRAVE, REFUSED, noticed
from detente.study.result import StudyResult

__all__ = [
    "csv_bytes",
    "index_table",
    "jsonl_bytes",
    "rejected_bytes",
    "statements_table",
    "write_tables",
]

#: Digits after the point; degrees need fewer than tones.
_INDEX_DIGITS, _TONE_DIGITS = 4, 6

# What a spreadsheet takes for a formula, but for numbers.
_FORMULA = re.compile(r"[\t\r\n]*[=+\-@]")
_NUMBER = re.compile(r"[+-]?([0-9]+[.,]?[0-9]*|[.,][0-9]+)([eE][+-]?[0-9]+)?%?")


def write_tables(result: StudyResult, folder: Path) -> None:
    """Write the tables of a run: index, statements, draws, validation and findings.

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
    if result.validated is not None:
        tables["validation"] = (noticed(result.validated.table, result.notices), _TONE_DIGITS)
    if result.findings is not None:
        for name, table in findings_tables(result.findings).items():
            tables[name] = (noticed(table, result.notices), _INDEX_DIGITS)
    if result.index.state is not None:
        result.index.draws().write(folder / "index_draws.parquet")
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
        A row per month and direction, with `corrected`, `corrected_lower` and
        `corrected_upper` where codings with known chances correct it; a last column `notice`
        while there is a grave one.
    """
    table, corrected = result.index.table, result.index.corrected
    if corrected is not None:
        beside = corrected.table[["index", "lower", "upper"]].add_prefix("corrected_")
        table = table.join(beside.rename(columns={"corrected_index": "corrected"}))
    # In its rows alone a reader of the index could not see that it is not smoothed.
    return noticed(table, result.notices, marks=(*GRAVE, REFUSED))


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

    Notes
    -----
    Texts stay to the letter, so that the file can be read again as statements. A text that
    begins with "=" is a formula to a spreadsheet: import the column as text there.
    """
    return noticed(result.statements, result.notices)


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
        The file's content: lines end in a line feed, and a cell that holds any end of line,
        a lone carriage return too, stands in quotation marks.

    Examples
    --------
    >>> csv_bytes(pd.DataFrame({"x": [0.5, None, -0.00001]}), digits=2)
    b'x\n0.50\n""\n0.00\n'
    """
    lines = _Lines()
    _rounded(table, digits).to_csv(
        lines,
        index=False,
        float_format=f"%.{digits}f",
        date_format="%Y-%m-%d",
        lineterminator=_Lines.END,
    )
    return lines.getvalue().encode("utf-8")


def rejected_bytes(rejected: pd.DataFrame) -> bytes:
    r"""Return rows that were set aside as UTF-8 CSV for a spreadsheet.

    Parameters
    ----------
    rejected : DataFrame
        Rows as they stand in the user's file, then `row` and `reasons`.

    Returns
    -------
    bytes
        The file's content. People open it in a spreadsheet to correct the rows, so a cell
        that would act as a formula there (it begins with = + - or @ and is no number) has
        an apostrophe before it.

    Examples
    --------
    >>> rejected_bytes(pd.DataFrame({"text": ["=1+1", "-1.5", "No."], "row": [2, 3, 4]}))
    b"text,row\n'=1+1,2\n-1.5,3\nNo.,4\n"
    """
    texts = rejected.select_dtypes(["object", "str"]).columns
    harmless = rejected.assign(**{str(name): rejected[name].map(_harmless) for name in texts})
    return csv_bytes(harmless.rename(columns=_harmless), digits=_TONE_DIGITS)


def _harmless(cell: object) -> object:
    is_formula = isinstance(cell, str) and _FORMULA.match(cell) and not _NUMBER.fullmatch(cell)
    return f"'{cell}" if is_formula else cell


class _Lines(io.StringIO):
    """Text whose lines end in a line feed, written by the csv module a line at a time.

    The module quotes a cell for the characters of its line end alone; a lone carriage
    return, which readers take for a line end too, is quoted when the end is both.
    """

    END = "\r\n"

    def write(self, line: str, /) -> int:
        """Write one line."""
        return super().write(line.removesuffix(self.END) + "\n")


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

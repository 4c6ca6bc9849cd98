"""Write a table to a file in the format that its name asks for, or to the screen."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from detente.errors import did_you_mean

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["check_distinct", "check_suffix", "write_rejected", "write_result"]

_SUFFIXES = (".csv", ".jsonl", ".parquet")
_REMEDY = "Choose another file with --output, or make room or rights there."


def check_suffix(output: str) -> None:
    """Refuse an output whose format is not known, before any work is done.

    Parameters
    ----------
    output : str
        A file name, or "-" for the screen.

    Raises
    ------
    typer.BadParameter
        The name has another suffix.
    """
    suffix = Path(output).suffix.lower()
    if output != "-" and suffix not in _SUFFIXES:
        hint = did_you_mean(suffix, _SUFFIXES) or f"Use one of {', '.join(_SUFFIXES)}."
        raise typer.BadParameter(f"The format of {output!r} is not known. {hint}")


def check_distinct(output: str, inputs: Iterable[str | None]) -> None:
    """Refuse to write over a file that is read.

    Parameters
    ----------
    output : str
        A file name, or "-" for the screen.
    inputs : iterable of str or None
        What the command reads; addresses and None are passed over.

    Raises
    ------
    typer.BadParameter
        The output is one of the inputs.
    """
    if output == "-":
        return
    target = Path(output).expanduser().resolve()
    for name in inputs:
        if name and "://" not in name and Path(name).expanduser().resolve() == target:
            raise typer.BadParameter(
                f"{output!r} is read by this command and would be overwritten. "
                "Choose another file with --output."
            )


def write_result(table: pd.DataFrame, output: str, *, digits: int) -> None:
    """Write a table.

    Parameters
    ----------
    table : DataFrame
        The table.
    output : str
        A file name that `check_suffix` accepts, or "-" for CSV on the screen.
    digits : int
        Digits after the point of every float in CSV and JSON Lines.
    """
    from detente._files import replacing
    from detente.study.tables import csv_bytes, jsonl_bytes

    suffix = Path(output).suffix.lower()
    if output == "-":
        stream = typer.get_binary_stream("stdout")
        stream.write(csv_bytes(table, digits=digits))
        stream.flush()
        return
    with replacing(Path(output).expanduser(), remedy=_REMEDY) as part:
        if suffix == ".parquet":
            table.to_parquet(part, index=False)
        elif suffix == ".jsonl":
            part.write_bytes(jsonl_bytes(table, digits=digits))
        else:
            part.write_bytes(csv_bytes(table, digits=digits))


def write_rejected(rejected: pd.DataFrame, output: str) -> Path | None:
    """Write the bad rows that were set aside beside an output, as `run` does.

    Parameters
    ----------
    rejected : DataFrame
        The rows, with `row` and `reasons`.
    output : str
        The output: of "a/scored.parquet" the bad rows go to "a/scored.rejected.csv"; where
        there are none, such a file of an earlier command is removed. Of "-" they go nowhere.

    Returns
    -------
    Path or None
        The file; None where none was written.
    """
    from detente._files import replacing
    from detente.study.tables import rejected_bytes

    if output == "-":
        return None
    path = Path(output).expanduser().with_suffix(".rejected.csv")
    if rejected.empty:
        path.unlink(missing_ok=True)
        return None
    with replacing(path, remedy=_REMEDY) as part:
        part.write_bytes(rejected_bytes(rejected))
    return path

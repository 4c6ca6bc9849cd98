"""Write a table to a file in the format that its name asks for, or to the screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from detente.errors import did_you_mean

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["check_suffix", "write_result"]

_SUFFIXES = (".csv", ".jsonl", ".parquet")


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
    with replacing(Path(output).expanduser()) as part:
        if suffix == ".parquet":
            table.to_parquet(part, index=False)
        elif suffix == ".jsonl":
            part.write_bytes(jsonl_bytes(table, digits=digits))
        else:
            part.write_bytes(csv_bytes(table, digits=digits))

"""What a folder of parts was made of, and the refusal to go on with anything else."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import detente
from detente._tables import Bounds
from detente._tables.storage import file_name
from detente.errors import StudyError
from detente.tone import Scorer

__all__ = ["parameters_of", "refuse_other"]

_DIGITS = 12  # of a digest, as told


def parameters_of(
    scorer: Scorer,
    columns: Mapping[str, str],
    aliases: Mapping[str, Sequence[str]] | None,
    bounds: Bounds,
) -> dict[str, Any]:
    """Return all that decides what is in the parts, as JSON holds it.

    Parameters
    ----------
    scorer : Scorer
        What gives the tone.
    columns : mapping of str to str
        Schema name -> name in the file.
    aliases : mapping of str to sequence of str or None
        Further names of countries.
    bounds : Bounds
        Rows and characters of a part.

    Returns
    -------
    dict
        By name, releases included.
    """
    python = ".".join(platform.python_version_tuple()[:2])
    parameters = {
        "scorer": dict(scorer.parameters),
        "columns": dict(columns),
        "aliases": {code: list(names) for code, names in (aliases or {}).items()},
        "rows": bounds.rows,
        "size": bounds.size,
        "detente": str(detente.__version__),
        "python": python,
        "pandas": version("pandas"),
        "pyarrow": version("pyarrow"),
    }
    found: dict[str, Any] = json.loads(json.dumps(parameters, default=str))
    return found


def refuse_other(
    folder: Path, record: Mapping[str, Any], asked: Mapping[str, Any], file: str
) -> None:
    """Refuse to go on where input or parameters are others than those of the parts.

    Parameters
    ----------
    folder : Path
        The folder, which has parts.
    record : mapping
        Its manifest.
    asked : mapping
        Input and parameters of this run.
    file : str
        The input as the user named it.

    Raises
    ------
    StudyError
        They differ.
    """
    n = sum(1 for _ in folder.glob("part-*.parquet"))
    parts, belong = (
        ("1 finished part", "belongs") if n == 1 else (f"{n:,} finished parts", "belong")
    )
    anew = f"choose another folder with --output, or delete '{folder}' to score all anew in it."
    if record["input"] != asked["input"]:
        old, new = (known["input"]["sha256"][:_DIGITS] for known in (record, asked))
        said = (
            f"'{file}' is not the input that '{folder}' was begun with: it was changed since"
            if record["file"] == file_name(file)
            else f"'{folder}' was begun with another input, '{record['file']}'"
        )
        # Correcting a row is the usual reason; it could have been set aside.
        keep = (
            ""
            if record.get("is_complete")
            else " To keep the finished parts, give the former input again; bad rows in it can "
            "be set aside with skip_bad=True."
        )
        raise StudyError(
            f"{said} (SHA-256 {old}… then, {new}… now). The {parts} in the folder {belong} to the "
            "former input and cannot be used for this one.",
            remedy=f"To score this input, {anew}{keep}",
        )
    if record["parameters"] != asked["parameters"]:
        raise StudyError(
            f"'{folder}' was begun with other parameters: "
            f"{_difference(record['parameters'], asked['parameters'])}. The {parts} in the folder "
            f"{belong} to the former ones.",
            remedy=f"Ask for the former parameters to go on; to use the new ones, {anew}",
        )


#: Parameters that are set under another name.
_SET_AS = {"rows": "bounds.rows", "size": "bounds.size"}


def _difference(old: Mapping[str, Any], new: Mapping[str, Any], name: str = "") -> str:
    """Name the parameters that differ, with both values."""
    told = []
    for key in sorted({*old, *new}):
        one, two = old.get(key), new.get(key)
        if isinstance(one, dict) and isinstance(two, dict):
            told.append(_difference(one, two, f"{name}{key}."))
        elif one != two:
            called = f"{name}{_SET_AS.get(key, key)}"
            told.append(f"{called} was {_shown(one)} and is {_shown(two)}")
    return "; ".join(filter(None, told))


def _shown(value: Any) -> str:
    return "not given" if value is None else str(value)[:60]

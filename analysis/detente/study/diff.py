"""Compare two published vintages of a study."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from detente.errors import StudyError
from detente.index import DiffResult, diff_index

__all__ = ["diff_studies"]

_SETTINGS = ("method", "weights", "model", "since", "until")


def diff_studies(old: str | Path, new: str | Path) -> DiffResult:
    """Tell how past months of a study changed between two runs, and why.

    Parameters
    ----------
    old, new : str or Path
        Folders that runs wrote, such as ``reports/russia-turkey``, with
        `statements_scored.csv` and `manifest.json`.

    Returns
    -------
    DiffResult
        The change of each month of the older run, divided among what changed.

    Raises
    ------
    StudyError
        A file is missing or cannot be read, or the runs are of two dyads.
    """
    (before, then, one), (after, now, two) = (_vintage(Path(folder)) for folder in (old, new))
    if one != two:
        raise StudyError(
            f"{old} is about {one}, {new} about {two}.", remedy="Compare runs of one dyad."
        )
    return diff_index(before, after, one, old_settings=then, new_settings=now)


def _method(manifest: dict[str, Any]) -> str:
    """Return the method of the index that a run shows."""
    parameters = manifest["parameters"]
    return str(manifest.get("index_method") or parameters.get("index_method") or "means")


def _vintage(folder: Path) -> tuple[pd.DataFrame, dict[str, Any], str]:
    """Return statements, settings and dyad of a run."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        parameters = manifest["parameters"]
        dyad = str(parameters["dyad"])
        settings = {name: parameters[name] for name in _SETTINGS if parameters.get(name)}
        # What was shown: a run that was refused the model shows means, as did the first runs.
        settings["method"] = _method(manifest)
        frame = pd.read_csv(
            folder / "statements_scored.csv", dtype="str", keep_default_na=False, na_values=[""]
        )
        frame["date"] = pd.to_datetime(frame["date"])
        frame["tone"] = pd.to_numeric(frame["tone"])
        return frame, settings, dyad
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StudyError(
            f"{folder} holds no finished run: {_reason(folder, error)}.",
            remedy="Name a folder with statements_scored.csv and manifest.json, such as "
            "reports/russia-turkey; `detente run` writes them.",
        ) from error


def _reason(folder: Path, error: Exception) -> str:
    """Return in words what a folder lacks, or what of it cannot be read."""
    if not folder.is_dir():
        return "there is no such folder"
    for name in ("manifest.json", "statements_scored.csv"):
        if not (folder / name).is_file():
            return f"it has no {name}"
    if isinstance(error, OSError):
        return f"a file of it cannot be opened ({error.strerror})"
    if isinstance(error, KeyError):
        return f"{error} stands in neither its manifest nor its statements"
    if isinstance(error, json.JSONDecodeError):
        return f"manifest.json is no JSON (line {error.lineno})"
    if isinstance(error, TypeError | AttributeError):
        return "manifest.json is not that of a run"
    return f"a file of it cannot be read ({error})"

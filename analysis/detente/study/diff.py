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
        settings = {name: parameters[name] for name in _SETTINGS if parameters.get(name)}
        # What was shown: a run that was refused the model shows means, as did the first runs.
        settings["method"] = _method(manifest)
        frame = pd.read_csv(
            folder / "statements_scored.csv", dtype="str", keep_default_na=False, na_values=[""]
        )
        frame["date"] = pd.to_datetime(frame["date"])
        frame["tone"] = pd.to_numeric(frame["tone"])
        return frame, settings, str(parameters["dyad"])
    except (OSError, ValueError, KeyError) as error:
        raise StudyError(
            f"{folder} holds no finished run: {type(error).__name__}: {error}.",
            remedy="Name a folder with statements_scored.csv and manifest.json, such as "
            "reports/russia-turkey; `detente run` writes them.",
        ) from error

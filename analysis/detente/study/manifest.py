"""What a run was made of and what it found, as JSON without clock, host or path."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, version
from math import isfinite
from pathlib import Path
from platform import python_version
from typing import Any

import pandas as pd

from detente._tables.storage import file_name
from detente.index import BILATERAL, IndexResult, LevelResult, level_difference, mean_level
from detente.study.result import StudyResult
from detente.tone import get_scorer

__all__ = ["manifest", "results", "versions", "write_json"]

#: Libraries whose release can change a number or a drawing.
_LIBRARIES = (
    "fonttools",
    "matplotlib",
    "numpy",
    "pandas",
    "py3langid",
    "pyarrow",
    "scipy",
    "statsmodels",
    "typst",
    "vaderSentiment",
)

#: Digits after the point of every float; the last digits of a sum differ between machines.
_DIGITS = 6


def versions() -> dict[str, str]:
    """Return the versions of detente, Python and the main libraries.

    Returns
    -------
    dict
        Name and version; "unknown" where a library does not say.

    Examples
    --------
    >>> list(versions())[:2]
    ['detente', 'python']
    """
    return {
        "detente": _version("detente"),
        "python": python_version(),
        **{name: _version(name) for name in _LIBRARIES},
    }


def manifest(result: StudyResult) -> dict[str, Any]:
    """Return what the run was made of.

    Parameters
    ----------
    result : StudyResult
        The result.

    Returns
    -------
    dict
        Study, versions, inputs (file name and SHA-256), parameters, seed, counts.
    """
    study = result.study
    scorer = get_scorer(study.scorer)
    return {
        "study": study.name,
        "versions": versions(),
        "inputs": {
            which: {"file": file_name(str(study.path(which))), "sha256": digest}
            for which, digest in result.data.digests.items()
        },
        "parameters": {
            **{key: value for key, value in study.parameters.items() if key != "seed"},
            "columns": {
                "statements": dict(study.columns.statements),
                "events": dict(study.columns.events),
            },
            "scorer_parameters": dict(scorer.parameters),
            "confidence": result.index.confidence,
        },
        "seed": study.seed,
        "counts": counts(result),
    }


def results(result: StudyResult) -> dict[str, Any]:
    """Return what the run found.

    Parameters
    ----------
    result : StudyResult
        The result.

    Returns
    -------
    dict
        Counts, notices, sentences, headline numbers in degrees, episodes, and the index's
        parameters, assumptions and extremes. The monthly table itself is index.csv.
    """
    study, index = result.study, result.index
    levels = {name: mean_level(index, name) for name in (*index.dyad.directions, BILATERAL)}
    change = level_difference(index)
    return {
        "study": study.name,
        "title": study.title,
        "dyad": index.dyad.slug,
        "period": {"since": f"{index.months[0]:%Y-%m}", "until": f"{index.months[-1]:%Y-%m}"},
        "notices": list(result.notices),
        "counts": counts(result),
        "sentences": [index.sentence, levels[BILATERAL].sentence, change.sentence],
        "levels": {name: _level(level) for name, level in levels.items()},
        "recent_change": {
            "difference": change.difference,
            "lower": change.lower,
            "upper": change.upper,
            "confidence": change.confidence,
            "later": _level(change.later),
            "earlier": _level(change.earlier),
        },
        "episodes": _records(result.episodes),
        "index": {
            "parameters": index.parameters,
            "assumptions": list(index.assumptions),
            "coldest_months": _extremes(index, coldest=True),
            "warmest_months": _extremes(index, coldest=False),
        },
        "about": {
            "authors": list(study.about.authors),
            "licence": study.about.licence,
            "source": study.about.source,
            "limits": list(study.about.limits),
            "cite": study.about.cite,
        },
    }


def counts(result: StudyResult) -> dict[str, int]:
    """Return the counts that every output rests on.

    Parameters
    ----------
    result : StudyResult
        The result.

    Returns
    -------
    dict
        Names `n_x` and counts.
    """
    both = result.index.direction(BILATERAL)
    data = result.data
    return {
        "n_statements": len(result.statements),
        "n_scored": int(result.statements["tone"].notna().sum()),
        "n_unscored": int(result.statements["tone"].isna().sum()),
        "n_rejected": len(data.rejected),
        "n_set_aside": data.n_set_aside,
        "n_outside_period": data.n_outside,
        "n_months": len(both),
        "n_months_with_statements": int((both["n_statements"] > 0).sum()),
        "n_months_both_sides": int(both["index"].notna().sum()),
        "n_events": len(data.events),
        "n_episodes": len(data.episodes),
        "n_warnings": data.problems.n_warnings,
    }


def write_json(content: dict[str, Any], path: Path) -> None:
    """Write plain values as JSON for people: indented, floats rounded, no NaN.

    Parameters
    ----------
    content : dict
        What to write; days become YYYY-MM-DD, missing values null.
    path : Path
        The file, replaced where it exists.
    """
    text = json.dumps(_plain(content), indent=2, ensure_ascii=False, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "unknown"


def _level(level: LevelResult) -> dict[str, Any]:
    return {
        "mean": level.mean,
        "lower": level.lower,
        "upper": level.upper,
        "confidence": level.confidence,
        "since": f"{level.since:%Y-%m}",
        "until": f"{level.until:%Y-%m}",
        "n_months": level.n_months,
        "n_observed": level.n_observed,
    }


def _extremes(index: IndexResult, *, coldest: bool) -> list[dict[str, Any]]:
    ranked = index.ranked(BILATERAL)
    n = min(3, len(ranked) // 2)
    rows = ranked.head(n) if coldest else ranked.iloc[::-1].head(n)
    return _records(rows[["month", "index", "lower", "upper", "n_statements", "n_occasions"]])


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def _plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        return round(value, _DIGITS) + 0.0 if isfinite(value) else None
    return value

"""What a run was made of and what it found, as JSON without clock, host or path."""

from __future__ import annotations

import json
from math import isfinite
from pathlib import Path
from typing import Any

import pandas as pd

from detente._tables.storage import file_name
from detente.index import BILATERAL, IndexResult, LevelResult, level_difference, mean_level
from detente.report.versions import versions
from detente.study.findings import findings_record
from detente.study.result import StudyResult

__all__ = ["manifest", "results", "write_json"]

#: Digits after the point of every float; the last digits of a sum differ between machines.
_DIGITS = 6


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
                # Studies whose codings have the columns of the schema are told as before.
                **({"codings": dict(names)} if (names := study.columns.codings) else {}),
            },
            "scorer_parameters": dict(result.scorer.parameters),
            "index_method": result.index.method,
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
        Counts, notices, sentences, headline numbers in degrees, episodes, the index's
        parameters, assumptions and extremes, and the agreement with codings (None where
        nothing is coded). The monthly table itself is index.csv.
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
        "tone": result.tone_note,
        "counts": counts(result),
        "sentences": [
            *(index.sentence, levels[BILATERAL].sentence, change.sentence),
            *([index.sides_sentence] if index.sides_sentence else []),
        ],
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
        "findings": findings_record(result.findings),
        "validation": _validation(result),
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
        "n_months_both_sides": result.index.coverage.n_both,
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


def _validation(result: StudyResult) -> dict[str, Any] | None:
    validated = result.validated
    if validated is None:
        return None
    return {
        **validated.results[0].to_dict(),
        "training": validated.trained.get(result.scorer.name, ""),
        "coder_agreement": validated.agreement.to_dict(),
    }


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
    n = min(3, len(ranked) // 2) if index.can_rank else 0
    rows = ranked.head(n) if coldest else ranked.iloc[::-1].head(n)
    return _records(
        rows[["month", "index", "lower", "upper", "raw", "n_statements", "n_occasions"]]
    )


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

"""Everything that is asked of a study's index, and the tables that come of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from detente.engines import Engine
from detente.inference import Findings, estimate_findings
from detente.study.config import Study
from detente.study.result import Progress, StudyResult
from detente.study.scoring import score_study, study_scorer
from detente.study.vintage import StudyAsOf

__all__ = ["FINDING_TABLES", "findings_record", "findings_tables", "has_chances", "with_findings"]

#: Other scorers that the robustness page compares with a study's own.
_BESIDE = ("vader", "target", "calibrated")

#: Tables that findings are published as.
FINDING_TABLES = (
    "episodes",
    "episodes_corrected",
    "breaks",
    "regimes",
    "moves",
    "voices",
    "lead_lag",
    "forecast",
    "forecast_scores",
    "robustness",
)


def with_findings(
    result: StudyResult, progress: Progress, engine: Engine | None = None
) -> StudyResult:
    """Ask everything of a computed study.

    Parameters
    ----------
    result : StudyResult
        The study, computed.
    progress : callable
        Called as ``progress(step, n_done, n_all)``.
    engine : Engine, optional
        Where the parts are estimated; default: in this process.

    Returns
    -------
    StudyResult
        The same with `findings`.
    """
    study, scored = result.study, result.statements
    codings = result.data.codings
    found = estimate_findings(
        scored,
        result.index,
        result.events,
        labels=study.episodes,
        scorers={result.scorer.name: scored, **_beside(study, result)},
        codings=codings if has_chances(codings, scored) else None,
        chosen_before_tones=study.about.chosen_before_tones,
        scored_as_of=StudyAsOf(study, scored, codings, result.scorer),
        seed=study.seed,
        engine=engine,
        progress=progress,
    )
    return replace(result, findings=found)


def has_chances(codings: pd.DataFrame | None, scored: pd.DataFrame) -> bool:
    """Say whether codings can correct an index.

    Parameters
    ----------
    codings : DataFrame or None
        The codings of a study.
    scored : DataFrame
        Its scored statements.

    Returns
    -------
    bool
        Whether each coding tells the chance that its statement had of being coded, and some
        statement with a tone is coded. Where all chances are 1, as they are read from a file
        without the column ``pi``, every statement with a tone has to be coded: codings of a
        part whose chances nobody told correct nothing.
    """
    if codings is None or "pi" not in codings.columns or codings["pi"].isna().any():
        return False
    is_coded = scored.loc[scored["tone"].notna(), "id"].isin(codings["id"])
    return bool(is_coded.all() if codings["pi"].eq(1).all() else is_coded.any())


def findings_tables(findings: Findings) -> dict[str, pd.DataFrame]:
    """Return the findings as tables to publish.

    Parameters
    ----------
    findings : Findings
        What was found.

    Returns
    -------
    dict of str to DataFrame
        By file name without ".csv", some of `FINDING_TABLES`; degrees.
    """
    tables = {name: part.table for name, part in findings.parts().items()}
    if findings.episodes is not None and findings.episodes.corrected is not None:
        tables["episodes_corrected"] = findings.episodes.corrected.table
    if findings.voices is not None:
        tables["voices"] = findings.voices.groups
    if findings.forecast is not None:
        tables["forecast_scores"] = findings.forecast.scores
    return {name: tables[name] for name in FINDING_TABLES if name in tables}


def findings_record(findings: Findings | None) -> dict[str, Any] | None:
    """Return the findings in words and parameters, for results.json.

    Parameters
    ----------
    findings : Findings or None
        What was found.

    Returns
    -------
    dict or None
        For each part its sentence, assumptions and parameters; `reasons` of what is missing.
    """
    if findings is None:
        return None
    return {
        **{
            name: {
                "sentence": part.sentence,
                "assumptions": list(part.assumptions),
                "parameters": part.parameters,
            }
            for name, part in findings.parts().items()
        },
        "recovery": {name: part.sentence for name, part in findings.recovery.items()},
        "reasons": dict(findings.reasons),
    }


def _beside(study: Study, result: StudyResult) -> dict[str, pd.DataFrame]:
    """Return the statements scored by the other scorers."""
    names = [name for name in _BESIDE if name != result.scorer.name]
    return {
        name: score_study(result.data.statements, study, study_scorer(study, name))
        for name in names
    }

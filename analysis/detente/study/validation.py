"""What the codings of a study say of its scorer, and of others beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from detente._tables.records import records
from detente.errors import StudyError
from detente.statements import is_example
from detente.study.coded import HOW_TO_CODE
from detente.study.config import Study
from detente.study.load import STUDY_FILE
from detente.study.notices import study_notices
from detente.study.read import read_study
from detente.study.result import StudyData
from detente.study.scoring import score_study, study_scorer
from detente.study.trained import training_note
from detente.tone import Scorer
from detente.validation import (
    BASELINE,
    CoderAgreementResult,
    ValidationResult,
    coder_agreement,
    is_in_sample,
    is_trained,
    paired_differences,
    validate_scorer,
    written_with,
)
from detente.validation.resampling import Options
from detente.validation.standing import MIN_CLASS, MIN_STATEMENTS

__all__ = ["StudyValidation", "validate_scored", "validate_study"]


@dataclass(frozen=True, eq=False)
class StudyValidation:
    """How scorers agree with the codings of a study, and the coders with each other.

    Parameters
    ----------
    study : Study
        The study.
    results : tuple of ValidationResult
        One per scorer, in the order asked for; "vader" stands beside each of the others.
    agreement : CoderAgreementResult
        Agreement between the coders.
    trained : mapping of str to str
        Of each scorer that was trained on codings: how its tones of these statements come
        about, in words.
    notices : tuple of str
        What every output carries; empty where a run carries them itself.
    differences : DataFrame, optional
        The scorers compared two by two over the same statements, as `paired_differences` gives
        it; plain "vader" stands in `results`. None where there is one scorer.
    """

    study: Study
    results: tuple[ValidationResult, ...]
    agreement: CoderAgreementResult
    trained: dict[str, str]
    notices: tuple[str, ...] = ()
    differences: pd.DataFrame | None = None

    @property
    def coders(self) -> str:
        """Who coded, in words."""
        return self.results[0].coders

    @property
    def table(self) -> pd.DataFrame:
        """All figures, one a row.

        Columns: scorer (empty for the coders themselves), measure (one of
        `detente.validation.MEASURES`, "bias", "cohens_d", "pearson_difference",
        "macro_f1_difference", "alpha_interval" or "alpha_ordinal"), grouping and group (of a
        bias; for "cohens_d" what was measured; for a difference "less" and the other scorer),
        estimate, lower, upper, n, reason (why a measure has no interval, or is missing; else
        empty), fitted (of tones to these codings: "in_sample", "out_of_fold",
        "partly_out_of_fold", "no" or "unknown"), written_with (codings in view when the scorer's
        lexicon and rules were written) and coders.
        """
        parts = [_rows(result) for result in self.results]
        if all(result.scorer_name != BASELINE for result in self.results):
            first = self.results[0]
            if first.baseline_table is not None:
                parts.insert(0, first.baseline_table.assign(scorer=first.baseline_name))
        parts += [
            table.rename(columns={"difference": "estimate", "baseline": "group"}).assign(
                measure=table["measure"].astype("str") + "_difference", grouping="less"
            )
            for table in (*(one.differences for one in self.results), self.differences)
            if table is not None and len(table)
        ]
        alphas = self.agreement.table.rename(columns={"alpha": "estimate"})
        parts.append(alphas.assign(measure="alpha_" + alphas["metric"], scorer=""))
        table = pd.concat(parts, ignore_index=True)
        fitted = {result.scorer_name: result.fitted for result in self.results}
        written = {result.scorer_name: result.written_with for result in self.results}
        table = table.assign(
            fitted=table["scorer"].map({"": "", BASELINE: "no"} | fitted),
            written_with=table["scorer"].map(written).fillna(""),
            coders=self.coders,
        )
        texts = {
            name: table[name].fillna("").astype("str") for name in ("grouping", "group", "reason")
        }
        return table.assign(**texts)[list(_COLUMNS)]

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain Python values, ready for JSON."""
        return {
            "study": self.study.name,
            "notices": list(self.notices),
            "coders": self.coders,
            "trained": dict(self.trained),
            "scorers": [result.to_dict() for result in self.results],
            "differences": [] if self.differences is None else records(self.differences),
            "coder_agreement": self.agreement.to_dict(),
        }


_COLUMNS = (
    "scorer",
    "measure",
    "grouping",
    "group",
    "estimate",
    "lower",
    "upper",
    "n",
    "reason",
    "fitted",
    "written_with",
    "coders",
)


def validate_study(
    study: Study,
    scorers: Sequence[str] = (),
    *,
    crisis: tuple[Any, Any] | None = None,
    skip_bad: bool = False,
    progress: Callable[[str, int, int], None] | None = None,
) -> StudyValidation:
    """Compare scorers with the codings of a study.

    Parameters
    ----------
    study : Study
        A study with codings.
    scorers : sequence of str, optional
        Names of scorers; default: the study's own.
    crisis : tuple of date or str, optional
        First and last day, or month, of a crisis that is to stand out.
    skip_bad : bool, default False
        Set bad rows of the statements aside, in place of stopping.
    progress : callable, optional
        Called as ``progress(step, n_done, n_all)``.

    Returns
    -------
    StudyValidation
        A result per scorer, each with plain VADER beside, and the coders' agreement.

    Raises
    ------
    StudyError
        The study has no coding, or none that belongs to a statement of it.
    CheckError
        The data have errors.
    BadArgumentError
        There is no such scorer, or the crisis has too few statements.

    Examples
    --------
    >>> from detente.study import load_study
    >>> found = validate_study(load_study("japan-korea"), ["vader"])
    >>> found.results[0].scorer_name, "human" in found.coders
    ('vader', True)
    """
    if study.path("codings") is None:
        raise StudyError(
            f"The study {study.name} has no codings, so nothing can be validated.",
            remedy="Have statements coded (columns id, coder, code, coder_type; -3 hostile to +3 "
            f'cordial), and name the file in {STUDY_FILE}, below [files]: codings = "codings.csv".',
        )
    made = [study_scorer(study, name) for name in dict.fromkeys(scorers or (study.scorer,))]
    data = read_study(study, skip_bad=skip_bad)
    codings = data.codings
    if codings is None:  # read_study raises where they have errors
        raise StudyError(
            f"{study.path('codings')} has no coding yet, so nothing can be validated.",
            remedy=f"{HOW_TO_CODE} Figures worth reading take {MIN_STATEMENTS} coded statements, "
            f"{MIN_CLASS} of them cold, {MIN_CLASS} neutral and {MIN_CLASS} warm.",
        )
    if not has_coded(data):
        raise StudyError(
            f"No coding of {study.path('codings')} belongs to a statement of {study.name}.",
            remedy="Give codings the ids of the statements.",
        )
    coded = data.statements[data.statements["id"].isin(codings["id"])]
    # The crisis is looked at in all statements; without one the coded ones suffice.
    frame = data.statements if crisis is not None else coded
    beside = score_study(coded, study, study_scorer(study, BASELINE))
    results, by_scorer = [], {}
    for n_done, scorer in enumerate(made):
        if progress is not None:
            progress("Validate", n_done, len(made))
        scored = score_study(frame, study, scorer)
        results.append(_validated(scored, codings, scorer, beside, crisis, study.seed))
        if scorer.name != BASELINE:
            by_scorer[scorer.name] = scored
    if progress is not None:
        progress("Validate", len(made), len(made))
    agreement = coder_agreement(codings, seed=study.seed)
    differences = None
    if len(by_scorer) > 1:
        differences = paired_differences(by_scorer, codings, Options(study.seed))
    return StudyValidation(
        study, tuple(results), agreement, _training(made, results), _notices(data), differences
    )


def _notices(data: StudyData) -> tuple[str, ...]:
    """Return what outputs about these statements carry; tones are counted in the figures."""
    return study_notices(
        n_example=int(is_example(data.statements).sum()),
        n_rejected=len(data.rejected),
        n_set_aside=data.n_set_aside,
        n_outside=data.n_outside,
    )


def validate_scored(
    scored: pd.DataFrame, study: Study, scorer: Scorer, codings: pd.DataFrame
) -> StudyValidation | None:
    """Compare statements that a run has scored with the codings of its study.

    Parameters
    ----------
    scored : DataFrame
        The scored statements.
    study : Study
        The study.
    scorer : Scorer
        What scored them.
    codings : DataFrame
        As `read_codings` returns them.

    Returns
    -------
    StudyValidation or None
        The one result; None where no coded statement has a tone.
    """
    coded = scored[scored["id"].isin(codings["id"])]
    if coded["tone"].notna().sum() == 0:
        return None
    beside = score_study(
        coded.drop(columns=["tone", "tone_flag", "trace"], errors="ignore"),
        study,
        study_scorer(study, BASELINE),
    )
    result = _validated(coded, codings, scorer, beside, None, study.seed)
    agreement = coder_agreement(codings, seed=study.seed)
    return StudyValidation(study, (result,), agreement, _training([scorer], [result]))


def has_coded(data: StudyData) -> bool:
    """Tell whether any statement of a study is coded.

    Parameters
    ----------
    data : StudyData
        What was read.

    Returns
    -------
    bool
        False also where the study has no codings.
    """
    codings = data.codings
    return codings is not None and bool(data.statements["id"].isin(codings["id"]).any())


def _validated(
    scored: pd.DataFrame,
    codings: pd.DataFrame,
    scorer: Scorer,
    beside: pd.DataFrame,
    crisis: tuple[Any, Any] | None,
    seed: int,
) -> ValidationResult:
    return validate_scorer(
        scored,
        codings,
        scorer_name=scorer.name,
        baseline=None if scorer.name == BASELINE else beside,
        in_sample=is_in_sample(scorer),
        trained=is_trained(scorer),
        written_with=written_with(scorer),
        crisis=crisis,
        seed=seed,
    )


def _training(scorers: Sequence[Scorer], results: Sequence[ValidationResult]) -> dict[str, str]:
    notes = {
        scorer.name: training_note(scorer, result.n, result.n_out_of_fold)
        for scorer, result in zip(scorers, results, strict=True)
    }
    return {name: note for name, note in notes.items() if note}


def _rows(result: ValidationResult) -> pd.DataFrame:
    """Return all figures of one result as rows of the long table."""
    bias = result.by_group.rename(columns={"bias": "estimate"}).assign(measure="bias")
    parts = [result.table, bias[["measure", "grouping", "group", *_FIGURES]]]
    if result.known_groups is not None:
        known = result.known_groups.table
        parts.append(
            known.rename(columns={"d": "estimate"}).assign(
                measure="cohens_d",
                grouping="crisis",
                group=known["measure"],
                n=known["n_crisis"] + known["n_calm"],
            )[["measure", "grouping", "group", *_FIGURES]]
        )
    return pd.concat(parts, ignore_index=True).assign(scorer=result.scorer_name)


_FIGURES = ("estimate", "lower", "upper", "n")

"""Run a study: from statements to index, charts, tables and report.

`run_study` reads as the publication's table of contents; each step is a function.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

import detente
from detente import wording
from detente._files import staging
from detente.engines import Engine
from detente.errors import BadArgumentError, StudyError, did_you_mean
from detente.index import IndexResult, Month, as_day, monthly_index
from detente.report import FORMATS, check_sections, needs_findings
from detente.report.logo import read_logo
from detente.statements import is_example
from detente.study.config import Study
from detente.study.findings import FINDING_TABLES, has_chances, with_findings
from detente.study.manifest import manifest, results, write_json
from detente.study.notices import n_example_events, refusal, study_notices
from detente.study.publish import ChartFiles, ReportFile, publish
from detente.study.read import read_study
from detente.study.result import Progress, StudyResult
from detente.study.scoring import score_study, study_scorer
from detente.study.tables import rejected_bytes, write_tables
from detente.study.validation import validate_scored
from detente.study.vintage import scorer_as_of

__all__ = ["PARTS", "compute_study", "run_study"]

#: What a run can write.
PARTS = ("figures", "report", "tables", "findings")

_REMEDY = "Choose another folder (--output), or make room or rights there."


def run_study(
    study: Study,
    output: str | Path = ".",
    *,
    skip_bad: bool = False,
    progress: Progress | None = None,
    parts: Collection[str] = PARTS,
    engine: Engine | None = None,
    sections: Sequence[str] | None = None,
    logo: str | Path | None = None,
    format: str = "pdf",
    style: str | None = None,
    size: str | None = None,
) -> StudyResult:
    """Run a study and write all its outputs.

    Parameters
    ----------
    study : Study
        The study, as `load_study` gives it.
    output : str or Path, default "."
        Folder below which `figures/NAME/` and `reports/NAME/` are written; made where
        missing.
    skip_bad : bool, default False
        Set bad rows aside in `reports/NAME/rejected.csv`, whatever the parts, and count
        them in every output, in place of stopping.
    progress : callable, optional
        Called as ``progress(step, n_done, n_all)`` while the run goes on.
    parts : collection of {"figures", "report", "tables", "findings"}, default all
        What to write; "tables" are the CSV and JSON files, "findings" what report and tables
        tell beyond index and validation (episodes, breaks, robustness ...), which takes most of
        the time of a run; they are left out where a report alone is asked for, of sections that
        need none.
    engine : Engine, optional
        Where findings are estimated, charts drawn and the report typeset, as from `get_engine`;
        default: in this process. The outputs are the same in every byte.
    sections : sequence of str, optional
        Sections of the report, of `detente.report.SECTIONS`; default: all.
    logo : str or Path, optional
        SVG or PNG for the first page of the report.
    format : {"pdf", "html"}, default "pdf"
        What the report is: report.pdf, or report.html, one self-contained web page.
    style : {"paper", "slide", "dark"}, optional
        Look of the charts in `figures/NAME/`, as of `detente.figures.draw_in_style`; the report
        has its own. Default: what the study says, else "paper".
    size : {"page", "column"}, optional
        Their width: 7.2 inches, or 89 mm; not for slides. Default: what the study says, else
        "page".

    Returns
    -------
    StudyResult
        The result, with the files that were written. Its sentences are made when they are read:
        read them within `detente.wording.use_language` where the study has a language.

    Raises
    ------
    BadArgumentError
        A part, section, format, style or size is unknown, or the logo is no SVG or PNG.
    CheckError
        The data have errors, or a file cannot be read. Nothing is written, older outputs
        stay.
    MissingExtraError
        The scorer needs a part that is not installed.
    StudyError
        The output folder lies inside the installed package.
    DetenteError
        The output folder cannot be written to.

    Notes
    -----
    Outputs are written to a hidden folder beside their targets and moved when the run has
    succeeded, so an error or Ctrl-C leaves the outputs of the run before. The same input
    gives the same bytes: floats have a fixed number of digits, and the day of the report
    is SOURCE_DATE_EPOCH or the day of the last statement.

    Examples
    --------
    >>> import tempfile
    >>> from detente.study import init_study
    >>> folder = Path(tempfile.mkdtemp())
    >>> study = init_study(folder / "mine", ("IND", "PAK"))
    >>> result = run_study(study, folder, parts=("tables",))
    >>> [notice.partition(" (")[0] for notice in result.notices]
    ['EXAMPLE DATA', 'State-space index refused']
    >>> sorted(file.name for file in result.files)
    ['index.csv', 'manifest.json', 'results.json', 'statements_scored.csv']
    """
    target = _checked_output(output)
    for part in parts:
        if part not in PARTS:
            hint = did_you_mean(part, PARTS) or f"Use some of {', '.join(PARTS)}."
            raise BadArgumentError(f"A study has no part {part!r}.", remedy=hint)
    # All that may be refused is checked before the first minute of work.
    check_sections(sections)
    if format not in FORMATS:
        hint = did_you_mean(format, FORMATS) or f"Use one of {', '.join(FORMATS)}."
        raise BadArgumentError(f"A report has no format {format!r}.", remedy=hint)
    look = _look(study, style, size)
    if "figures" in parts:
        from detente.figures import check_style

        check_style(*look)
    mark = None if logo is None else Path(logo)
    if mark is not None:
        read_logo(mark)
    with wording.use_language(study.language or wording.language()):
        tell = progress or _silent
        result = compute_study(study, skip_bad=skip_bad, progress=tell)
        stale = [f"reports/{study.name}/rejected.csv"]
        if "tables" in parts:
            published = ("validation", *FINDING_TABLES)
            stale += [f"reports/{study.name}/{name}.csv" for name in published]
            stale.append(f"reports/{study.name}/index_draws.parquet")
        others = set(parts) - {"report", "findings"}
        # Opened first: a folder that cannot be written to is told before the longest step.
        with staging(target, remove=stale, remedy=_REMEDY) as staged:
            if "findings" in parts and (others or needs_findings(sections)):
                result = with_findings(result, tell, engine)
            reports = staged / "reports" / study.name
            charts = ChartFiles(staged / "figures" / study.name, *look)
            report = ReportFile(reports / f"report.{format}", sections, mark)
            publish(
                result,
                tell,
                charts=charts if "figures" in parts else None,
                report=report if "report" in parts else None,
                engine=engine,
            )
            if "tables" in parts:
                write_tables(result, reports)
                write_json(results(result), reports / "results.json")
                write_json(manifest(result), reports / "manifest.json")
            if len(result.data.rejected):
                reports.mkdir(parents=True, exist_ok=True)
                (reports / "rejected.csv").write_bytes(rejected_bytes(result.data.rejected))
            names = sorted(file.relative_to(staged) for file in staged.rglob("*") if file.is_file())
        return replace(result, files=tuple(target / name for name in names))


def compute_study(
    study: Study,
    *,
    skip_bad: bool = False,
    progress: Progress | None = None,
    as_of: Month | None = None,
) -> StudyResult:
    """Read, check and score a study and make its index, without writing anything.

    Parameters
    ----------
    study : Study
        The study.
    skip_bad : bool, default False
        Set bad rows aside, in place of stopping.
    progress : callable, optional
        Called as ``progress(step, n_done, n_all)``.
    as_of : str, datetime.date or Timestamp, optional
        Make the study as it was known at the end of this day: without later statements, with a
        scorer trained on codings of statements up to it (see `scorer_as_of`), the model of the
        index fitted to what was there.

    Returns
    -------
    StudyResult
        The result, without files.

    Raises
    ------
    CheckError
        The data have errors, or a file cannot be read.
    BadArgumentError
        Up to `as_of` there is no statement, or too little is coded to train on.

    Examples
    --------
    >>> import tempfile
    >>> from detente.study import init_study
    >>> study = init_study(Path(tempfile.mkdtemp()) / "mine", ("IND", "PAK"))
    >>> compute_study(study).index.dyad.slug
    'IND-PAK'
    """
    tell = progress or _silent
    tell("Read and check", 0, 1)
    data = read_study(study, skip_bad=skip_bad)
    known = None if as_of is None else as_day(as_of, "as_of")
    if known is None:
        scorer = study_scorer(study)
    else:
        scorer = scorer_as_of(study, data.statements, data.codings, known)
        data = replace(data, statements=_known_on(data.statements, known))
    tell("Read and check", 1, 1)
    n_rows, n_done = len(data.statements), 0

    def scored_more(n: int) -> None:
        nonlocal n_done
        n_done += n
        tell("Score", n_done, n_rows)

    scored = score_study(data.statements, study, scorer, progress=scored_more)
    index, refused = _study_index(scored, study, data.codings, known)
    notices = study_notices(
        refused=refused,
        n_example=int(is_example(scored).sum()) + n_example_events(data.events),
        n_rejected=len(data.rejected),
        n_unscored=int(scored["tone"].isna().sum()),
        n_set_aside=data.n_set_aside,
        n_outside=data.n_outside,
    )
    validated = None
    if data.codings is not None:
        tell("Validate", 0, 1)
        validated = validate_scored(scored, study, scorer, data.codings)
        tell("Validate", 1, 1)
    return StudyResult(study, data, scored, index, notices, scorer, validated)


def _known_on(statements: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Return the statements of a day and all days before it."""
    known = statements[statements["date"] <= day].reset_index(drop=True)
    if known.empty:
        first = statements["date"].min()
        raise BadArgumentError(
            f"Up to {day:%Y-%m-%d} there is no statement.",
            remedy=f"The first is of {first:%Y-%m-%d}.",
        )
    return known


def _earlier(until: str | None, known: pd.Timestamp | None) -> str | None:
    """Return the month in which the index ends."""
    last = None if known is None else f"{known:%Y-%m}"
    return min(filter(None, (until, last)), default=None)


def _study_index(
    scored: pd.DataFrame, study: Study, codings: pd.DataFrame | None, known: pd.Timestamp | None
) -> tuple[IndexResult, str]:
    """Return the index, by monthly means where the model is refused, and why it is."""
    corrected = codings if has_chances(codings, scored) else None
    index = monthly_index(
        scored,
        study.dyad,
        method=study.method,
        weights=study.weights,
        model=study.model,
        corrected=corrected,
        as_of=known,
        seed=study.seed,
        since=study.period.since,
        until=_earlier(study.period.until, known),
    )
    refused = refusal(index)
    if not refused:
        return index, ""
    # One side smoothed beside one that is not would be read as a difference between them.
    means = monthly_index(
        scored,
        study.dyad,
        method="means",
        weights=study.weights,
        corrected=corrected,
        as_of=known,
        seed=study.seed,
        since=study.period.since,
        until=_earlier(study.period.until, known),
    )
    return means, refused


def _checked_output(output: str | Path) -> Path:
    """Return the output folder, unless it lies inside the package."""
    target = Path(output).expanduser()
    package = Path(str(detente.__file__)).resolve().parent
    if target.resolve().is_relative_to(package):
        raise StudyError(
            f"{target} lies inside the installed package.",
            remedy="Run from another folder, or name one with --output.",
        )
    return target


def _look(study: Study, style: str | None, size: str | None) -> tuple[str, str]:
    """Return style and size of the charts: those asked for, else the study's."""
    chosen = study.figures.style if style is None else style
    if size is not None:
        return chosen, size
    # A slide asked for has a size of its own, whatever the study says of other charts.
    return chosen, "page" if chosen == "slide" else study.figures.size


def _silent(step: str, n_done: int, n_all: int) -> None:
    """Tell nobody."""

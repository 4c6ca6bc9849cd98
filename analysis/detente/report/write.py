"""Write the report of an index as a PDF."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from detente._files import replacing
from detente.errors import BadArgumentError, ReportError
from detente.events import episodes_table, no_events
from detente.index import IndexResult
from detente.inference import Findings
from detente.report.about import About, ReportFigure, ReportResult
from detente.report.content import report_content
from detente.report.drawings import report_figures, validity_figure
from detente.report.sample import sample_of
from detente.report.typeset import typeset
from detente.statements import EXAMPLE_DATA, is_example
from detente.validation import CoderAgreementResult, ValidationResult

__all__ = ["write_report"]

_NEEDED = ("date", "source", "target", "speaker", "text", "tone")


def write_report(
    path: str | Path,
    *,
    index: IndexResult,
    statements: pd.DataFrame,
    events: pd.DataFrame | None = None,
    episodes: pd.DataFrame | None = None,
    figures: Sequence[ReportFigure] | None = None,
    about: About | None = None,
    notices: Sequence[str] = (),
    date: datetime.date | None = None,
    validation: ValidationResult | None = None,
    coder_agreement: CoderAgreementResult | None = None,
    findings: Findings | None = None,
) -> ReportResult:
    """Write a report for readers who run no code.

    Parameters
    ----------
    path : str or Path
        The PDF to write; a missing folder is made, an older file is replaced.
    index : IndexResult
        The index of the dyad and period.
    statements : DataFrame
        The scored statements that the index was made from: `date`, `source`, `target`,
        `speaker`, `text`, `tone`, and the optional columns of the schema.
    events : DataFrame, optional
        The listed events.
    episodes : DataFrame, optional
        A row per headline episode; default: made from `events`.
    figures : sequence of ReportFigure, optional
        The first stands on page 1. Default: index, statements and calendar are drawn.
    about : About, optional
        What to say of the study; default: what the numbers themselves tell.
    notices : sequence of str, optional
        What every page must carry, such as "EXAMPLE DATA" or "3 bad rows set aside".
        While example rows remain, "EXAMPLE DATA" is added where it is missing.
    date : datetime.date, optional
        Day of the report, printed and in the metadata. Default: the day of the last
        statement, so that the same data give the same bytes.
    validation : ValidationResult, optional
        How the tone agrees with codings of these statements: the chapter "Validity" and a line
        on page 1. Default: the report has neither.
    coder_agreement : CoderAgreementResult, optional
        How the coders agree with each other, told in that chapter.
    findings : Findings, optional
        What `estimate_findings` found in this index and its statements: sentences on page 1,
        and a chapter on each part that is there. Default: the report lists events and tests
        none.

    Returns
    -------
    ReportResult
        The path, the number of pages and the number of characters printed as a box;
        usable as a path itself.

    Raises
    ------
    BadArgumentError
        A column is missing, or no statement belongs to the dyad and period.
    ReportError
        Typst refuses to typeset; nothing is written then.

    Notes
    -----
    The PDF is tagged (PDF/UA-1), has an outline, and alt texts for its figures. Texts of
    the data are printed as they are and cannot act as markup. A character that the
    shipped fonts lack is printed as a small box with its code point, and counted.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> from detente.index import monthly_index
    >>> scored = pd.DataFrame({
    ...     "date": pd.to_datetime(["2015-10-05", "2015-10-09", "2015-12-02", "2015-12-03"]),
    ...     "source": ["RUS", "RUS", "RUS", "TUR"], "target": ["TUR", "TUR", "TUR", "RUS"],
    ...     "speaker": ["A", "B", "A", "C"], "text": ["Good.", "Fair.", "Bad.", "Poor."],
    ...     "tone": [0.5, 0.1, -0.6, -0.2]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     result = write_report(f"{folder}/report.pdf", index=monthly_index(scored),
    ...                           statements=scored, figures=[])
    >>> result.path.name, result.n_boxed
    ('report.pdf', 0)
    """
    absent = [name for name in _NEEDED if name not in statements.columns]
    if absent:
        raise BadArgumentError(
            f"The statements lack the column {', '.join(map(repr, absent))}.",
            remedy="Score the statements first: score_statements(frame).",
        )
    if date is not None and not isinstance(date, datetime.date):
        raise BadArgumentError(
            f"date={date!r} was received.",
            remedy="Use datetime.date(2024, 12, 31) or the like.",
        )
    sample = sample_of(statements, index)
    if sample.empty:
        raise BadArgumentError(
            f"No statement belongs to {index.dyad.slug} and the period of the index.",
            remedy="Hand over the statements from which the index was made.",
        )
    events = no_events() if events is None else events[events["date"].notna()]
    if episodes is None:
        episodes = episodes_table(events)
    notices = list(notices)
    if is_example(sample).any() and not any(text.startswith(EXAMPLE_DATA) for text in notices):
        notices.insert(0, EXAMPLE_DATA)
    day = sample["date"].max().date() if date is None else date
    if figures is None:
        figures = report_figures(index, sample, episodes, notices)
    chapter = None if validation is None else validity_figure(validation, notices)
    content, n_boxed = report_content(
        index=index,
        statements=statements,
        events=events,
        episodes=episodes,
        figures=figures,
        about=about or About(),
        notices=notices,
        day=day,
        validation=validation,
        validity_figure=chapter,
        coder_agreement=coder_agreement,
        findings=findings,
    )
    try:
        drawings = [figure.content() for figure in (*figures, *([chapter] if chapter else []))]
    except OSError as error:
        raise ReportError(
            f"A figure cannot be read: {error}.", remedy="Draw the figures first."
        ) from error
    pdf, n_pages = typeset(content, drawings, day=day)
    with replacing(path) as part:
        part.write_bytes(pdf)
    return ReportResult(Path(path), n_pages, n_boxed)

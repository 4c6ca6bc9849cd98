"""Write the report of an index as a PDF or as one web page."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from detente._checks import needs
from detente._files import replacing
from detente.errors import BadArgumentError, ReportError, did_you_mean
from detente.events import episodes_table, no_events
from detente.index import IndexResult
from detente.inference import Findings
from detente.report.about import About, ReportFigure, ReportResult
from detente.report.content import files_of, page_content, report_content
from detente.report.drawings import report_figures, validity_figure
from detente.report.fixed import SECTION_NAMES
from detente.report.logo import read_logo
from detente.report.material import Material
from detente.report.sample import sample_of
from detente.report.typeset import typeset
from detente.report.webpage import web_page
from detente.statements import EXAMPLE_DATA, is_example
from detente.validation import CoderAgreementResult, ValidationResult

__all__ = ["FORMATS", "SECTIONS", "check_sections", "needs_findings", "write_report"]

#: Names of the sections, in their order.
SECTIONS = tuple(SECTION_NAMES)

#: Sections that are the same whatever was asked of the index.
_UNASKED = frozenset({"validity"})

#: What a report can be written as.
FORMATS = ("pdf", "html")

#: What the name of a report says of its format.
_SUFFIXES = {"": "pdf", ".pdf": "pdf", ".htm": "html", ".html": "html"}

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
    sections: Sequence[str] | None = None,
    logo: str | Path | None = None,
    format: str | None = None,
) -> ReportResult:
    """Write a report for readers who run no code.

    Parameters
    ----------
    path : str or Path
        The file to write; a missing folder is made, an older file is replaced.
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
        The first stands on page 1, the others in the first chapter. Default: the charts that
        index and findings allow are drawn.
    about : About, optional
        What to say of the study; default: what the numbers themselves tell.
    notices : sequence of str, optional
        What every page must carry, such as "EXAMPLE DATA" or "3 bad rows set aside".
        While example rows remain, "EXAMPLE DATA" is added where it is missing.
    date : datetime.date, optional
        Day of the report, printed and in the metadata. Default: the day of the last
        statement, so that the same data give the same bytes.
    validation : ValidationResult, optional
        How the tone agrees with codings of these statements: the chapter "Validity" and a number
        on page 1. Default: no chapter, and page 1 says that it is not known.
    coder_agreement : CoderAgreementResult, optional
        How the coders agree with each other, told in that chapter.
    findings : Findings, optional
        What `estimate_findings` found in this index and its statements: findings on page 1,
        and a chapter on each part that is there. Default: the report lists events and tests
        none.
    sections : sequence of str, optional
        Which to print, of `SECTIONS`; they keep their order. Default: all.
    logo : str or Path, optional
        SVG or PNG for the first page.
    format : {"pdf", "html"}, optional
        A PDF, or one self-contained web page with the same texts. Default: what
        the path ends with; "pdf" where that is nothing.

    Returns
    -------
    ReportResult
        The path, the number of pages (of a web page, 1) and the number of characters printed
        as a box; usable as a path itself.

    Raises
    ------
    BadArgumentError
        A column is missing, no statement belongs to the dyad and period, a section or format is
        unknown, the path ends with another suffix and no format is given, or the logo is no SVG
        or PNG.
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
    needs(index, IndexResult, "index", "detente.monthly_index")
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
    chosen = check_sections(sections)
    kind = _format(path, format)
    mark = None if logo is None else read_logo(logo)
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
    named = _named(figures)
    if named is None:
        labels = (
            {} if episodes.empty else dict(zip(episodes["episode"], episodes["label"], strict=True))
        )
        named = report_figures(index, sample, episodes, notices, findings, labels, events)
    if validation is not None:
        named["validity"] = validity_figure(validation, notices)
    material = Material(
        index=index,
        statements=statements,
        events=events,
        episodes=episodes,
        figures=named,
        about=about or About(),
        day=day,
        findings=findings,
        validation=validation,
        agreement=coder_agreement,
        chosen=chosen,
    )
    content = report_content(material, notices, "" if mark is None else mark[0])
    try:
        # Only what is printed is drawn.
        files = {name: named[name.removesuffix(".svg")].content() for name in files_of(content)}
    except OSError as error:
        raise ReportError(
            f"A figure cannot be read: {error}.", remedy="Draw the figures first."
        ) from error
    if mark is not None:
        files[mark[0]] = mark[1]
    if kind == "html":
        written, n_boxed = web_page(content, files)
        n_pages = 1
    else:
        page, n_boxed = page_content(content)
        written, n_pages = typeset(page, files, day=day)
    with replacing(path) as part:
        part.write_bytes(written)
    return ReportResult(Path(path), n_pages, n_boxed)


def check_sections(sections: Sequence[str] | None) -> frozenset[str]:
    """Check names of sections.

    Parameters
    ----------
    sections : sequence of str or None
        Names of `SECTIONS`; None for all.

    Returns
    -------
    frozenset of str
        The names.

    Raises
    ------
    BadArgumentError
        A name is unknown, or none is given.
    """
    if sections is None:
        return frozenset(SECTIONS)
    if isinstance(sections, str):
        sections = sections.split(",")
    names = [name.strip() for name in sections]
    every = f"Use some of {', '.join(SECTIONS)}."
    if not any(names):
        raise BadArgumentError("No section was named.", remedy=every)
    for name in names:
        if name not in SECTIONS:
            hint = did_you_mean(name, SECTIONS)
            raise BadArgumentError(
                f"A report has no section {name!r}.", remedy=f"{hint} {every}" if hint else every
            )
    return frozenset(names)


def needs_findings(sections: Sequence[str] | None) -> bool:
    """Say whether what was asked of the index stands in any of some sections.

    Parameters
    ----------
    sections : sequence of str or None
        As for `check_sections`.

    Returns
    -------
    bool
        False where a report of these sections alone is the same without findings.

    Examples
    --------
    >>> needs_findings(None), needs_findings(["validity"])
    (True, False)
    """
    return not check_sections(sections) <= _UNASKED


def _format(path: str | Path, asked: str | None) -> str:
    suffix = Path(path).suffix.lower()
    if asked is None:
        if suffix not in _SUFFIXES:
            raise BadArgumentError(
                f"A report cannot be written as {str(path)!r}.",
                remedy="Let its name end with .pdf or .html, or name the format: format='pdf'.",
            )
        return _SUFFIXES[suffix]
    if asked not in FORMATS:
        raise BadArgumentError(
            f"A report has no format {asked!r}.",
            remedy=did_you_mean(asked, FORMATS) or f"Use one of {', '.join(FORMATS)}.",
        )
    return asked


def _named(figures: Sequence[ReportFigure] | None) -> dict[str, ReportFigure] | None:
    """Give names to figures that were handed over; the first is that of page 1."""
    if figures is None:
        return None
    return {
        "temperature" if number == 1 else f"figure-{number}": figure
        for number, figure in enumerate(figures, start=1)
    }

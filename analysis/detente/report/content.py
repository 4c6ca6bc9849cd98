"""The whole report as plain Python values: what the template prints, in its order."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from detente import _fonts, wording
from detente.countries import country_name
from detente.index import IndexResult
from detente.inference import Findings
from detente.report import method, sample, summary, tables, validity
from detente.report.about import About, ReportFigure
from detente.report.boxes import boxed
from detente.report.chapters import chapters
from detente.report.headline import headline
from detente.report.versions import versions
from detente.statements import EXAMPLE_DATA
from detente.validation import CoderAgreementResult, ValidationResult

__all__ = ["report_content"]

#: Characters that a line of the running head holds.
_HEAD_LENGTH = 130

#: Sections in the report's own words, which get typographic apostrophes; data keep theirs.
_PROSE = ("summary", "uncorrected", "figures", "reading", "method")


def report_content(
    *,
    index: IndexResult,
    statements: pd.DataFrame,
    events: pd.DataFrame,
    episodes: pd.DataFrame,
    figures: Sequence[ReportFigure],
    about: About,
    notices: Sequence[str],
    day: date,
    validation: ValidationResult | None = None,
    validity_figure: ReportFigure | None = None,
    coder_agreement: CoderAgreementResult | None = None,
    findings: Findings | None = None,
) -> tuple[dict[str, Any], int]:
    """Build all texts and cells.

    Parameters
    ----------
    index, statements, events, episodes, figures, about, notices
        As `write_report` has them, all present.
    day : datetime.date
        Day printed as the day of the report.
    validation, validity_figure, coder_agreement
        What the chapter "Validity" tells; None: there is no such chapter.
    findings : Findings, optional
        What page 1 and the chapters after the figures tell; None: there are no such chapters.

    Returns
    -------
    dict
        Ready for JSON; texts as `boxed` leaves them.
    int
        Characters that are printed as a box.
    """
    rows = sample.sample_of(statements, index)
    names = [country_name(code) for code in (index.dyad.a, index.dyad.b)]
    period = wording.period_name(index.months[0], index.months[-1])
    title = about.title.strip() or f"Relations between {names[0]} and {names[1]}"
    keys = [str(key) for key in episodes["episode"]]
    numbers = {key: i for i, key in enumerate(keys, start=1)}
    content: dict[str, Any] = {
        "title": title,
        "short_title": tables.clipped(title, _HEAD_LENGTH // 2),
        "subtitle": about.subtitle or "A thermometer read from what officials say",
        "period": period,
        "confidence": wording.share(index.confidence),
        "day": wording.day_name(day),
        "notices": [
            {
                "text": text,
                "short": tables.clipped(text, _HEAD_LENGTH // max(1, len(notices))),
                "is_example": text.startswith(EXAMPLE_DATA),
            }
            for text in notices
        ],
        "uncorrected": _uncorrected(index, about, validation),
        "summary": summary.summary(index, rows, about, is_short=findings is not None),
        "ranking": summary.ranking(index),
        "figures": [_figure(figure, i) for i, figure in enumerate(figures, start=1)],
        "reading": method.reading(index),
        "episodes": tables.episodes_rows(episodes, rows),
        "episode_window": str(tables.EPISODE_WINDOW),
        "months": tables.months_table(index),
        "events": tables.events_rows(events, numbers),
        "findings": None
        if findings is None
        else {
            "sample": f"{wording.count(index.n_statements, 'statement')} with a tone",
            "points": headline(findings),
            "chapters": chapters(findings, episodes, numbers, index),
            "tells_episodes": findings.episodes is not None and len(findings.episodes.table) > 0,
        },
        "method": method.method(index, about, findings),
        "validity": None
        if validation is None or validity_figure is None
        else validity.validity(
            validation,
            coder_agreement,
            _figure(validity_figure, len(figures) + 1),
            about.scorer_note,
        ),
        "facts": [
            *([] if findings is None else [summary.coverage_point(index, rows, about)]),
            *sample.facts(rows, events, index),
        ],
        "sides": names,
        "breakdowns": sample.breakdowns(rows, index),
        "limits": method.limits(about, has_findings=findings is not None),
        "sources": list(about.sources),
        "licence": about.licence,
        "warmest": tables.statements_rows(sample.extremes(rows, warmest=True), index),
        "coldest": tables.statements_rows(sample.extremes(rows, warmest=False), index),
        "versions": _named(about.versions or versions()),
        "digests": _named(about.digests or {"Scored statements": _digest(statements)}),
        "parameters": _named(method.parameters(index)),
        "how_to_cite": about.how_to_cite or _citation(title, period, day),
    }
    content |= {name: _curled(content[name]) for name in _PROSE}
    if content["findings"] is not None:
        content["findings"] = _told(content["findings"])
    counts: Counter[str] = Counter()
    content = boxed(content, counts)
    content["boxes"] = _boxes(counts)
    content["document"] = {
        # Metadata is not set in any font, so it takes the written-out form.
        "title": _fonts.visible(f"{title}, {period}"),
        "date": [day.year, day.month, day.day],
    }
    return content, sum(counts.values())


def _curled(value: Any) -> Any:
    """Replace the apostrophes inside and after words in a content tree."""
    if isinstance(value, str):
        return re.sub(r"(?<=\w)'", "’", value)
    if isinstance(value, dict):
        return {key: _curled(item) for key, item in value.items()}
    return [_curled(item) for item in value] if isinstance(value, list) else value


def _told(findings: dict[str, Any]) -> dict[str, Any]:
    """Replace apostrophes in the sentences of the findings; tables keep those of the data."""
    for chapter in findings["chapters"]:
        chapter["blocks"] = [
            {**block, "note": _curled(block["note"])}
            if block["kind"] == "table"
            else _curled(block)
            for block in chapter["blocks"]
        ]
    return {**findings, "points": _curled(findings["points"])}


def _figure(figure: ReportFigure, number: int) -> dict[str, str]:
    return {
        "file": f"figure-{number}.svg",
        "ref": f"fig-{number}",
        "title": figure.title,
        "caption": figure.caption,
        "alt": _fonts.visible(figure.alt),
    }


def _uncorrected(index: IndexResult, about: About, validation: ValidationResult | None) -> str:
    scorer = f" ({about.scorer})" if about.scorer else ""
    covered = "the noise of these statements"
    if index.method == "state_space":
        covered += " and the uncertainty of the model's parameters"
    agreement = "" if validation is None else f" {validity.validity_note(validation)}"
    return (
        f"The tone is an {method.UNCORRECTED}{scorer}.{agreement} Rows were found, not sampled. "
        f"The intervals cover {covered}, neither the scorer's error nor the choice of statements. "
        "Degrees are not comparable across dyads."
    )


def _citation(title: str, period: str, day: date) -> str:
    made = f"Report made with detente {versions()['detente']}"
    return f"{title}, {period}. {made}, {wording.day_name(day)}."


def _digest(statements: pd.DataFrame) -> str:
    return hashlib.sha256(statements.to_csv(index=False).encode("utf-8", "replace")).hexdigest()


def _named(table: Any) -> list[dict[str, str]]:
    return [{"name": str(name), "value": str(value)} for name, value in table.items()]


def _boxes(counts: Counter[str]) -> str:
    if not counts:
        return "Every character of this report has a glyph in the fonts used."
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    told = [f"{point} ({n:,})" for point, n in ranked[:12]]
    rest = len(ranked) - len(told)
    more = f" and {wording.count(rest, 'other code point')}" if rest else ""
    return (
        f"{wording.count(counts.total(), 'character')} of the texts in this report "
        f"{'has' if counts.total() == 1 else 'have'} no glyph in the fonts used and "
        f"{'is' if counts.total() == 1 else 'are'} printed as a box with the code point: "
        f"{', '.join(told)}{more}."
    )

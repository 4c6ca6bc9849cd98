"""Draw the figures of a study and typeset its report."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente import wording
from detente._files import staging
from detente.engines import Engine, SerialEngine
from detente.errors import StudyError
from detente.report import About, write_report
from detente.report.versions import versions
from detente.study.manifest import write_json
from detente.study.notices import noticed
from detente.study.result import Progress, StudyResult
from detente.study.tables import csv_bytes
from detente.study.trained import training_note
from detente.validation.standing import n_out_of_fold

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from detente.figures import FindingFigure
    from detente.study.validation import StudyValidation

__all__ = ["ChartFiles", "ReportFile", "publish", "report_day", "write_validation"]

_REMEDY = "Choose another folder (--output), or make room or rights there."


@dataclass(frozen=True)
class ChartFiles:
    """Where the charts of a study go, and how they look.

    Each is an SVG, PNG and PDF, beside a text file with its title, caption and alternative text.

    Parameters
    ----------
    folder : Path
        Where the files go; made where missing.
    style, size : str
        As of `detente.figures.draw_in_style`.
    """

    folder: Path
    style: str = "paper"
    size: str = "page"


@dataclass(frozen=True)
class ReportFile:
    """Where the report of a study goes, and what it prints; it draws its own, smaller charts.

    Parameters
    ----------
    path : Path
        The file; a web page where it ends with ".html", else a PDF.
    sections : sequence of str, optional
        Sections to print; default: all.
    logo : Path, optional
        SVG or PNG for the first page.
    """

    path: Path
    sections: Sequence[str] | None = None
    logo: Path | None = None


def publish(
    result: StudyResult,
    progress: Progress,
    *,
    charts: ChartFiles | None = None,
    report: ReportFile | None = None,
    engine: Engine | None = None,
) -> None:
    """Draw the charts of a study and typeset its report.

    Parameters
    ----------
    result : StudyResult
        The result.
    progress : callable
        Called as ``progress(step, n_done, n_all)``.
    charts : ChartFiles, optional
        The charts; default: none.
    report : ReportFile, optional
        The report; default: none.
    engine : Engine, optional
        Where each is made; default: one after the other in this process. The files are the
        same in every byte.
    """
    work = _Work(result, charts, report, wording.language())
    names = list(work.drawings) if charts else []
    n_drawn, n_charts = 0, len(names)
    if report:
        progress("Typeset", 0, 1)
        names.insert(0, _REPORT)  # it takes longest, so that no core waits for it
    elif charts:
        progress("Draw", 0, n_charts)
    for name in (engine or SerialEngine()).map_batches(work.make, names):
        if name == _REPORT:
            progress("Typeset", 1, 1)
        else:
            n_drawn += 1
        # Results come in order: charts that are drawn beside the report are told after it.
        if charts:
            progress("Draw", n_drawn, n_charts)


#: The report among the names of what is made; no chart has it.
_REPORT = "report"


@dataclass(frozen=True, eq=False)
class _Work:
    """All that is to be made; goes to other processes whole, which make it one by one."""

    result: StudyResult
    charts: ChartFiles | None
    report: ReportFile | None
    language: str

    def __getstate__(self) -> dict[str, Any]:
        # What is cached holds functions that do not pickle; another process makes its own.
        state = {item.name: getattr(self, item.name) for item in fields(self)}
        # What the scorer says of itself takes its lexicon, which another process had to read.
        return state | {"about": self.about} if self.report else state

    @cached_property
    def about(self) -> About:
        """What the report is told about the study."""
        return _about(self.result)

    def make(self, name: str) -> str:
        """Draw one chart or typeset the report, in the language of the run; return its name."""
        with wording.use_language(self.language):
            if name == _REPORT:
                assert self.report is not None
                self._typeset(self.report)
            else:
                assert self.charts is not None
                self._draw(name, self.charts)
        return name

    @cached_property
    def drawings(self) -> dict[str, FindingFigure]:
        """What draws each chart, with its caption, by file name."""
        # Imported here: a study that is loaded, checked or indexed needs no matplotlib.
        from detente import figures
        from detente.figures.bias import bias_caption
        from detente.figures.captions import calendar_caption
        from detente.figures.validity import validity_caption

        result = self.result
        episodes = result.episodes if len(result.episodes) else None
        regimes = None if result.findings is None else result.findings.regimes
        captions = figures.figure_captions(
            result.index, scored=result.statements, episodes=episodes
        )
        draws: dict[str, Callable[..., Axes]] = {
            "index": partial(figures.plot_index, result.index, episodes=episodes, regimes=regimes),
            "statements": partial(
                figures.plot_statements,
                result.statements,
                result.index.dyad,
                result=result.index,
                episodes=episodes,
            ),
            "calendar": partial(figures.plot_calendar, result.index),
        }
        found = figures.finding_figures(
            result.index, result.findings, result.study.episodes, result.statements, result.events
        )
        if result.validation is not None:
            draws["validity"] = partial(figures.plot_validity, result.validation)
            captions["validity"] = validity_caption(result.validation)
            draws["bias"] = partial(figures.plot_bias, result.validation)
            captions["bias"] = bias_caption(result.validation)
        drawn = {name: figures.FindingFigure(captions[name], draw) for name, draw in draws.items()}
        tell = partial(calendar_caption, result.index)
        drawn["calendar"] = replace(drawn["calendar"], tell=tell)
        if result.validation is not None:
            told = partial(bias_caption, result.validation)
            drawn["bias"] = replace(drawn["bias"], tell=told)
        return drawn | found

    def _draw(self, name: str, charts: ChartFiles) -> None:
        from matplotlib import pyplot

        from detente import figures

        # Charts travel without their report, so each says what its tone is.
        tone = wording.say("Tone: {note}", note=self.result.tone_note)
        stated = self.result.study.about.source.strip() or wording.say_as("source", "not stated")
        source = ". ".join(part.rstrip(".") for part in (stated, tone))
        notices = self.result.notices
        figure = self.drawings[name]
        axes = figures.draw_in_style(
            figure.draw, charts.style, charts.size, source=source, notices=notices
        )
        caption = figure.caption_of(axes)
        figures.save_figure(axes, charts.folder / name)
        figures.write_caption(caption, charts.folder / name, source=source, notices=notices)
        # A figure that pyplot knows stays in memory until it is closed.
        pyplot.close(axes.get_figure(root=True))

    def _typeset(self, report: ReportFile) -> None:
        result = self.result
        write_report(
            report.path,
            index=result.index,
            statements=result.statements,
            events=result.events,
            episodes=result.episodes,
            about=self.about,
            notices=result.notices,
            date=report_day(result),
            validation=result.validation,
            findings=result.findings,
            coder_agreement=None if result.validated is None else result.validated.agreement,
            sections=report.sections,
            logo=report.logo,
        )


def write_validation(validation: StudyValidation, folder: Path) -> list[Path]:
    """Write a validation as table, as JSON, and as a figure per scorer.

    Parameters
    ----------
    validation : StudyValidation
        What `validate_study` found.
    folder : Path
        Where the files go; made where missing.

    Returns
    -------
    list of Path
        The files, sorted: validation.csv, validation.json and validity-SCORER.svg, .png, .pdf.

    Raises
    ------
    DetenteError
        The folder cannot be written to.
    """
    from matplotlib import pyplot

    from detente import figures

    folder = folder.expanduser()
    with staging(folder, remedy=_REMEDY) as staged:
        table = noticed(validation.table, validation.notices)
        (staged / "validation.csv").write_bytes(csv_bytes(table, digits=6))
        write_json(validation.to_dict(), staged / "validation.json")
        for result in validation.results:
            axes = figures.plot_validity(
                result, source=validation.study.about.source, notices=validation.notices
            )
            # Names such as "transformers:owner/model" are no names of files.
            name = re.sub(r"[^A-Za-z0-9._-]+", "-", result.scorer_name)
            figures.save_figure(axes, staged / f"validity-{name}")
            pyplot.close(axes.get_figure(root=True))
        names = sorted(file.name for file in staged.iterdir())
    return [folder / name for name in names]


def report_day(result: StudyResult) -> date:
    """Return the day that a report carries.

    Parameters
    ----------
    result : StudyResult
        The result.

    Returns
    -------
    date
        SOURCE_DATE_EPOCH where it is set, else the day of the last statement: never the
        clock, so that the same data give the same bytes.

    Raises
    ------
    StudyError
        SOURCE_DATE_EPOCH is no count of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        last: date = result.statements["date"].max().date()
        return last
    try:
        return datetime.fromtimestamp(int(epoch), tz=UTC).date()
    except (ValueError, OverflowError, OSError):
        raise StudyError(
            f"SOURCE_DATE_EPOCH is {epoch!r}, which is no count of seconds.",
            remedy="Set it to a whole number such as 1735689600, or remove it.",
        ) from None


def _about(result: StudyResult) -> About:
    """Return what the report is told about the study."""
    study = result.study
    scorer = result.scorer
    if result.validated is not None:
        # What is judged are the coded statements, not all that have a tone.
        note = result.validated.trained.get(scorer.name, "")
    else:
        tones = result.statements[result.statements["tone"].notna()]
        note = training_note(scorer, len(tones), n_out_of_fold(tones))
    library = [scorer.parameters.get(key) for key in ("library", "library_version")]
    return About(
        title=study.title,
        scorer=f"{scorer.name} ({' '.join(map(str, library))})" if all(library) else scorer.name,
        scorer_note=note,
        sources=tuple(text for text in (study.about.source, *study.about.authors) if text),
        licence=study.about.licence,
        limits=study.about.limits,
        n_rejected=len(result.data.rejected),
        n_set_aside=result.data.n_set_aside,
        versions=versions(),
        digests=dict(result.data.digests),
        how_to_cite=study.about.cite,
        chosen_before_tones=study.about.chosen_before_tones,
        rows_found=study.about.rows_found,
    )

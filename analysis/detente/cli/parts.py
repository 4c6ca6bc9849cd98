"""Run a study, whole or in part, and tell what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.cli.console import progress_bars, tell_result
from detente.cli.options import telling_usage

if TYPE_CHECKING:
    from detente.study import Study

__all__ = ["speaking", "write_parts"]


@contextmanager
def speaking(study: str | None, language: str | None) -> Iterator[Study]:
    """Load a study and make sentences in its language, within a block.

    Parameters
    ----------
    study : str or None
        The study, as `load_study` takes it.
    language : str or None
        In place of the study's.

    Yields
    ------
    Study
        The study, with the language asked for.
    """
    from detente import wording
    from detente.study import load_study

    chosen = load_study(study)
    if language is not None:
        with telling_usage():
            chosen = chosen.with_choices(language=language)
    with wording.use_language(chosen.language or wording.language()):
        yield chosen


def write_parts(
    study: str | None,
    output: Path,
    *parts: str,
    skip_bad: bool,
    quiet: bool,
    language: str | None = None,
    **report: Any,
) -> None:
    """Write parts of a study's outputs.

    Parameters
    ----------
    study : str or None
        The study, as `load_study` takes it.
    output : Path
        Folder below which the outputs go.
    *parts : {"figures", "report", "tables", "findings"}
        What to write; none: everything.
    skip_bad : bool
        Set bad rows aside, in place of stopping.
    quiet : bool
        Print nothing but errors.
    language : str, optional
        Of charts and report, in place of the study's.
    **report
        `sections`, `logo` and `format` of the report, `style` and `size` of the charts, as
        `run_study` takes them.
    """
    from detente.engines import available_cores, get_engine
    from detente.report import check_sections
    from detente.report.logo import read_logo
    from detente.study import PARTS, run_study

    with telling_usage():
        check_sections(report.get("sections"))
        if report.get("logo") is not None:
            read_logo(report["logo"])
    with speaking(study, language) as chosen:
        engine = get_engine("processes" if available_cores() > 1 else "serial")
        with progress_bars(quiet=quiet) as progress:
            result = run_study(
                chosen,
                output,
                skip_bad=skip_bad,
                progress=progress,
                parts=parts or PARTS,
                engine=engine,
                # The texts of choices, as the library takes them.
                **{name: getattr(value, "value", value) for name, value in report.items()},
            )
        # The sentences of a result are made when they are read.
        tell_result(result, quiet=quiet)

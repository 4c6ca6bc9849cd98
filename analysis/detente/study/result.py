"""What a run of a study gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from detente import wording
from detente._checks import Problems
from detente.index import IndexResult
from detente.study.config import Study
from detente.tone import Scorer

if TYPE_CHECKING:
    from detente.inference import Findings
    from detente.study.validation import StudyValidation
    from detente.validation import ValidationResult

__all__ = ["Progress", "StudyData", "StudyResult"]

#: Called with the step, how much of it is done, and how much there is to do.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, eq=False)
class StudyData:
    """The checked data of a study.

    Parameters
    ----------
    statements : DataFrame
        A row per statement of the dyad and period.
    events : DataFrame
        A row per event; no row where the study has no events.
    episodes : DataFrame
        A row per headline episode.
    problems : Problems
        What the checks found; no errors but those of rows set aside.
    rejected : DataFrame
        Bad rows that were set aside, with reasons.
    n_set_aside, n_outside : int
        Rows of another dyad; statements outside the period.
    digests : mapping of str to str
        Input ("statements", "events", "codings", "lexicon", "model") and the SHA-256 of its
        bytes.
    codings : DataFrame or None
        A row per coding; None where the study has none.
    """

    statements: pd.DataFrame
    events: pd.DataFrame
    episodes: pd.DataFrame
    problems: Problems
    rejected: pd.DataFrame
    n_set_aside: int
    n_outside: int
    digests: Mapping[str, str]
    codings: pd.DataFrame | None = None


@dataclass(frozen=True, eq=False)
class StudyResult:
    """The result of a study, and where its outputs lie.

    Parameters
    ----------
    study : Study
        The study that was run.
    data : StudyData
        What was read.
    statements : DataFrame
        The scored statements, a row per statement, with `tone` and `tone_flag`.
    index : IndexResult
        The monthly index.
    notices : tuple of str
        What every output carries.
    scorer : Scorer
        What gave the tone.
    validated : StudyValidation or None
        How that tone agrees with the study's codings, plain VADER beside, and the coders with
        each other; None where no statement with a tone is coded.
    findings : Findings or None
        What else was asked of the index; None where it was not asked.
    files : tuple of Path
        What was written, sorted; empty before anything was.
    """

    study: Study
    data: StudyData
    statements: pd.DataFrame
    index: IndexResult
    notices: tuple[str, ...]
    scorer: Scorer
    validated: StudyValidation | None = None
    findings: Findings | None = None
    files: tuple[Path, ...] = ()

    @property
    def events(self) -> pd.DataFrame:
        """The events, a row per event."""
        return self.data.events

    @property
    def episodes(self) -> pd.DataFrame:
        """The headline episodes, a row per episode."""
        return self.data.episodes

    @property
    def validation(self) -> ValidationResult | None:
        """How the tone agrees with the study's codings; None where nothing is coded."""
        return None if self.validated is None else self.validated.results[0]

    @property
    def report(self) -> Path | None:
        """The PDF report, where one was written."""
        return next((file for file in self.files if file.name == "report.pdf"), None)

    @property
    def tone_note(self) -> str:
        """What kind of number the tone is, for every output."""
        return wording.say("uncorrected machine score ({scorer})", scorer=self.scorer.name)

    @property
    def sentence(self) -> str:
        """The result in words."""
        return self.index.sentence

    def __repr__(self) -> str:
        return f"<StudyResult {self.study.name}: {self.sentence}>"

    def _repr_html_(self) -> str:
        notices = "".join(f"<li>{escape(notice)}</li>" for notice in self.notices)
        files = "".join(f"<li><code>{escape(str(file))}</code></li>" for file in self.files)
        return (
            f"<p><strong>{escape(self.study.title)}</strong>. {escape(self.sentence)}</p>"
            + (f"<p>Notices:</p><ul>{notices}</ul>" if notices else "")
            + (f"<p>Written:</p><ul>{files}</ul>" if files else "")
        )

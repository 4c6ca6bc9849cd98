"""All that a report is made from, in one hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import pandas as pd

from detente import wording
from detente.countries import country_in_text, country_name
from detente.index import IndexResult
from detente.inference import Findings
from detente.report.about import About, ReportFigure
from detente.report.blocks import figure
from detente.report.sample import sample_of
from detente.report.versions import versions
from detente.validation import CoderAgreementResult, ValidationResult

__all__ = ["FEW_STATEMENTS", "Material"]

#: With fewer statements a study is small: its report gathers the questions without an answer, and
#: has no lists of figures and tables.
FEW_STATEMENTS = 150


@dataclass(frozen=True, eq=False, kw_only=True)
class Material:
    """What chapters are written from.

    Parameters
    ----------
    index : IndexResult
        The index.
    statements : DataFrame
        Scored statements.
    events, episodes : DataFrame
        Listed events; a row per headline episode.
    figures : mapping of str to ReportFigure
        Charts by name; "temperature" stands on page 1.
    about : About
        What to say of the study.
    day : datetime.date
        Day of the report.
    findings : Findings or None
        What was found.
    validation : ValidationResult or None
        How the tone agrees with codings.
    agreement : CoderAgreementResult or None
        How coders agree.
    chosen : frozenset of str
        Sections that are printed.
    """

    index: IndexResult
    statements: pd.DataFrame
    events: pd.DataFrame
    episodes: pd.DataFrame
    figures: Mapping[str, ReportFigure]
    about: About
    day: date
    findings: Findings | None = None
    validation: ValidationResult | None = None
    agreement: CoderAgreementResult | None = None
    chosen: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def sample(self) -> pd.DataFrame:
        """The statements of the dyad and period."""
        return sample_of(self.statements, self.index)

    @cached_property
    def is_small(self) -> bool:
        """Whether the study has few statements with a tone."""
        return bool(self.sample["tone"].notna().sum() < FEW_STATEMENTS)

    @cached_property
    def sides(self) -> list[str]:
        """Names of the two countries."""
        return [country_name(code) for code in (self.index.dyad.a, self.index.dyad.b)]

    @cached_property
    def period(self) -> str:
        """First and last month."""
        return wording.period_name(self.index.months[0], self.index.months[-1])

    @cached_property
    def title(self) -> str:
        """Title of the report."""
        return self.about.title.strip() or wording.say(
            "Relations between {a} and {b}",
            a=country_in_text(self.index.dyad.a),
            b=country_in_text(self.index.dyad.b),
        )

    @property
    def is_day_of_data(self) -> bool:
        """Whether the report carries the day of its last statement, as it does by default."""
        return bool(self.day == self.sample["date"].max().date())

    @property
    def citation(self) -> str:
        """How to cite the report."""
        if self.about.how_to_cite:
            return self.about.how_to_cite
        parts = {
            "title": self.title,
            "period": self.period,
            "version": versions()["detente"],
            "day": wording.day_name(self.day),
        }
        if self.is_day_of_data:
            return wording.say(
                "{title}, {period}. Report made with detente {version}, data to {day}.", **parts
            )
        return wording.say("{title}, {period}. Report made with detente {version}, {day}.", **parts)

    @property
    def tells_episodes(self) -> bool:
        """Whether changes at episodes were tested."""
        own = None if self.findings is None else self.findings.episodes
        return own is not None and len(own.table) > 0

    @cached_property
    def labels(self) -> dict[str, str]:
        """Episode -> its name."""
        frames = [self.episodes]
        if self.findings is not None and self.findings.episodes is not None:
            frames.append(self.findings.episodes.table.drop_duplicates("episode"))
        return {
            str(episode): str(label)
            for frame in frames
            if len(frame)
            for episode, label in zip(frame["episode"], frame["label"], strict=True)
        }

    @cached_property
    def kinds(self) -> dict[str, str]:
        """Episode -> its kind, where it has one."""
        if "kind" not in self.episodes.columns:
            return {}
        named = self.episodes[self.episodes["kind"].notna()]
        return dict(zip(named["episode"].astype(str), named["kind"].astype(str), strict=True))

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Episode -> its number in this report."""
        own = None if self.findings is None else self.findings.episodes
        named = {} if own is None else {name: i for i, name in enumerate(own.episodes, start=1)}
        listed = {str(key): i for i, key in enumerate(self.episodes["episode"], start=1)}
        return named | listed

    def drawn(self, *names: str) -> list[dict[str, object]]:
        """Return the blocks of those of the named figures that are there."""
        return [figure(self.figure(name)) for name in names if name in self.figures]

    def figure(self, name: str) -> dict[str, str]:
        """Return a figure as the page takes it."""
        found = self.figures[name]
        return {
            "file": f"{name}.svg",
            "ref": f"fig-{name.replace('_', '-')}",
            "title": found.title,
            "caption": found.caption,
            "alt": found.alt,
        }

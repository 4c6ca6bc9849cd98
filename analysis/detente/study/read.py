"""Read and check the data of a study: every problem of every file in one go."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeVar

import pandas as pd

from detente import wording
from detente._checks import Problem, Problems
from detente._tables import TableRead
from detente.countries import country_in_text, has_leaders
from detente.errors import CheckError, ReadError, did_you_mean
from detente.events import episodes_table, load_events, no_events
from detente.statements import SET_ASIDE, StatementsRead, load_statements
from detente.study.coded import coding_warnings, load_codings
from detente.study.config import Study
from detente.study.lexicon import load_lexicon
from detente.study.load import STUDY_FILE
from detente.study.result import StudyData
from detente.study.scoring import model_digest

__all__ = ["check_study", "read_study"]

_Read = TypeVar("_Read", bound=TableRead)


def read_study(study: Study, *, skip_bad: bool = False) -> StudyData:
    """Read and check the data of a study.

    Parameters
    ----------
    study : Study
        The study.
    skip_bad : bool, default False
        Set bad rows of the statements aside, in place of stopping.

    Returns
    -------
    StudyData
        The statements of the dyad and period, the events and episodes, and what was
        left out.

    Raises
    ------
    CheckError
        The data have errors, a file cannot be read, or no statement is left; `problems`
        holds what `check_study` reports.
    """
    inputs = _read_inputs(study)
    found = inputs.statements
    if found is None or not inputs.others.ok:
        raise CheckError(inputs.problems)
    if not (skip_bad or found.problems.ok):
        raise CheckError(inputs.problems, remedy=SET_ASIDE)
    frame = _inside(found.frame, study)
    return StudyData(
        statements=frame,
        events=inputs.events,
        episodes=episodes_table(inputs.events, study.episodes or None),
        problems=inputs.problems,
        rejected=found.rejected,
        n_set_aside=found.n_set_aside,
        n_outside=len(found.frame) - len(frame),
        digests=inputs.digests,
        codings=inputs.codings,
    )


def check_study(study: Study) -> Problems:
    """Report every problem of a study's data, without stopping at one.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    Problems
        Errors and warnings of statements, events and episodes, as a run meets them, and
        which of the two countries has no leader whose name is known. A file that cannot be
        read is one error.
    """
    inputs = _read_inputs(study)
    found = inputs.statements
    return inputs.problems + (Problems() if found is None else _leaderless(found.frame, study))


def _leaderless(frame: pd.DataFrame, study: Study) -> Problems:
    """Tell the countries of which nobody in office is known in the years of the statements."""
    if (days := _inside(frame, study)["date"]).empty:
        return Problems()
    first, last = days.min().date(), days.max().date()
    years = f"{first.year}" if first.year == last.year else f"{first.year} to {last.year}"
    return Problems(
        [
            Problem(
                "warning",
                f"No leader of {country_in_text(code)} in {years} is known to detente: a text that "
                "names the country by such a name alone is read as if it did not name it.",
                f"Add the names, as texts write them, to study.toml below [aliases]: {code} = "
                '["First Last", "Last"]. Otherwise leave it as it is; this stops nothing.',
                file=STUDY_FILE,
            )
            for code in (study.dyad.a, study.dyad.b)
            if not study.aliases.get(code) and not has_leaders(code, first, last)
        ]
    )


@dataclass(frozen=True, eq=False)
class _Inputs:
    """What the files of a study give, each read once.

    Parameters
    ----------
    statements : StatementsRead or None
        Sound rows of the dyad, at least one; None where there are none.
    events : DataFrame
        The events; without a row where the study has none or they have errors.
    problems : Problems
        Everything that was found.
    others : Problems
        What was found in other places than rows of statements, so that no row that is set
        aside helps.
    digests : mapping of str to str
        Input and the SHA-256 of its bytes.
    codings : DataFrame or None
        The codings; None where the study has none yet or they have errors.
    """

    statements: StatementsRead | None
    events: pd.DataFrame
    problems: Problems
    others: Problems
    digests: Mapping[str, str]
    codings: pd.DataFrame | None


def _read_inputs(study: Study) -> _Inputs:
    """Read every file of a study once."""
    statements, problems = _attempt(
        partial(
            load_statements,
            str(study.path("statements")),
            columns=study.columns.statements,
            dyad=study.dyad,
            skip_bad=True,
            period=(study.period.first_day, study.period.last_day),
        )
    )
    others = Problems() if statements is None else _period_problems(statements.frame, study)
    if statements is not None and statements.n_set_aside:
        others += Problems([_foreign(statements.n_set_aside, study)])
    events, event_problems = no_events(), Problems()
    digests = {} if statements is None else {"statements": statements.digest}
    if (path := study.path("events")) is not None:
        frame = None if statements is None else statements.frame
        bounds = _bounds(frame, study)
        load = partial(load_events, path, columns=study.columns.events, period=bounds)
        read, event_problems = _attempt(load)
        if read is not None:
            events, digests["events"] = read.frame, read.digest
    others += event_problems
    # Of events with errors it is not known which episodes they have.
    if event_problems.ok:
        others += Problems(_episode_problems(events, study.episodes))
    codings = None
    if (path := study.path("codings")) is not None:
        coded, coding_problems = _attempt(
            partial(load_codings, path, columns=study.columns.codings)
        )
        others += coding_problems
        if coded is not None:
            digests["codings"] = coded.digest
            codings = coded.frame if coding_problems.ok and len(coded.frame) else None
    if codings is not None and statements is not None:
        others += coding_warnings(
            codings, statements.frame, _inside(statements.frame, study), str(path)
        )
    if (path := study.path("lexicon")) is not None:
        lexicon, lexicon_problems = _attempt(partial(load_lexicon, path))
        others += lexicon_problems + _unused(study, "lexicon", "target", "calibrated")
        if lexicon is not None:
            digests["lexicon"] = lexicon.digest
    if (path := study.path("model")) is not None:
        others += _unused(study, "model", "calibrated")
        try:
            digests["model"] = model_digest(path)
        except ReadError as error:
            others += Problems([_unreadable(error)])
    return _Inputs(statements, events, problems + others, others, digests, codings)


def _foreign(n: int, study: Study) -> Problem:
    """Tell rows of another dyad, which a run sets aside."""
    return Problem(
        "warning",
        f"{wording.count(n, 'row')} of another dyad than {study.dyad.slug}, set aside.",
        "Check source and target if they should count.",
        file=str(study.path("statements")),
    )


def _unused(study: Study, key: str, *scorers: str) -> Problems:
    """Tell a lexicon or model that the study's scorer does not look at."""
    if study.scorer in scorers:
        return Problems()
    wanted = " or ".join(f'"{name}"' for name in scorers)
    return Problems(
        [
            Problem(
                "warning",
                f"[files] names a {key}, which the scorer {study.scorer!r} does not read.",
                f"Set scorer = {wanted} below [study], or remove the line {key}.",
                file=STUDY_FILE,
                value=str(study.path(key)),
            )
        ]
    )


def _attempt(load: Callable[[], _Read]) -> tuple[_Read | None, Problems]:
    """Return what a file gives and its problems; None where it cannot be used."""
    try:
        read = load()
    except CheckError as error:
        return None, error.problems
    except ReadError as error:
        return None, Problems([_unreadable(error)])
    return read, read.problems


def _episode_problems(events: pd.DataFrame, labels: Mapping[str, str]) -> list[Problem]:
    """Compare the labels of study.toml with the headline episodes of the events.

    A study without labels takes those of its events.
    """
    if not labels:
        return []
    headline = events.loc[events["headline"] & events["episode"].notna(), "episode"]
    episodes = list(dict.fromkeys(headline))
    unknown = [_unknown_episode(key, episodes) for key in labels if key not in episodes]
    unlabelled = [
        Problem(
            "error",
            f"The headline episode {key!r} of the events has no label in [episodes].",
            f'Add a line to [episodes]: {key} = "..."',
            file=STUDY_FILE,
            value=key,
        )
        for key in episodes
        if key not in labels
    ]
    return unknown + unlabelled


def _unknown_episode(key: str, episodes: tuple[str, ...] | list[str]) -> Problem:
    return Problem(
        "error",
        "[episodes] labels an episode that no headline event has.",
        did_you_mean(key, episodes) or "Remove the line, or name the episode in the events.",
        file=STUDY_FILE,
        value=key,
    )


def _unreadable(error: ReadError) -> Problem:
    return Problem("error", error.message, error.remedy, file=error.file, row=error.row)


def _period_problems(frame: pd.DataFrame, study: Study) -> Problems:
    """Tell statements that the study's period leaves out."""
    n_outside = len(frame) - len(_inside(frame, study))
    if not n_outside:
        return Problems()
    first, last = frame["date"].min(), frame["date"].max()
    return Problems(
        [
            Problem(
                "error" if n_outside == len(frame) else "warning",
                f"{wording.count(n_outside, 'statement')} of {len(frame):,} outside the study's "
                f"period; the statements run from {first:%Y-%m-%d} to {last:%Y-%m-%d}.",
                "Compare the period in study.toml with the statements.",
                file=str(study.path("statements")),
                column="date",
            )
        ]
    )


def _bounds(frame: pd.DataFrame | None, study: Study) -> tuple[date | None, date | None]:
    """Return the study's first and last day: where it names none, of the statements' months."""
    first, last = study.period.first_day, study.period.last_day
    if frame is not None:
        first = first or frame["date"].min().to_period("M").start_time.date()
        last = last or frame["date"].max().to_period("M").end_time.date()
    return first, last


def _inside(frame: pd.DataFrame, study: Study) -> pd.DataFrame:
    """Return the statements of the study's period, freshly numbered."""
    first, last = study.period.first_day, study.period.last_day
    day = frame["date"].dt.normalize()
    keep = pd.Series(True, index=frame.index)
    if first is not None:
        keep &= day >= pd.Timestamp(first)
    if last is not None:
        keep &= day <= pd.Timestamp(last)
    return frame[keep].reset_index(drop=True)

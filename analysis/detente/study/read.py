"""Read and check the data of a study: every problem of every file in one go."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import pandas as pd

from detente import wording
from detente._checks import Problem, Problems
from detente._tables.storage import read_bytes
from detente.errors import CheckError, ReadError, did_you_mean
from detente.events import COLUMNS, check_events, episodes_table, read_events
from detente.statements import check_statements, load_statements, read_statements
from detente.study.config import Study
from detente.study.load import STUDY_FILE
from detente.study.result import StudyData

__all__ = ["check_study", "read_study"]


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
        The data have errors, or no statement is left; `problems` holds all of them.
    ReadError
        A file cannot be read at all.
    """
    event_problems = _event_problems(study)
    try:
        statements = load_statements(
            str(study.path("statements")),
            columns=study.columns.statements,
            dyad=study.dyad,
            skip_bad=skip_bad,
        )
    except CheckError as error:
        raise CheckError(error.problems + event_problems) from None
    frame = _inside(statements.frame, study)
    problems = statements.problems + event_problems + _period_problems(statements.frame, study)
    if not event_problems.ok or frame.empty:
        raise CheckError(problems)
    events = _events(study)
    return StudyData(
        statements=frame,
        events=events,
        episodes=episodes_table(events, study.episodes or None),
        problems=problems,
        rejected=statements.rejected,
        n_set_aside=statements.n_set_aside,
        n_outside=len(statements.frame) - len(frame),
        digests=_digests(study, statements.digest),
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
        Errors and warnings of statements, events and episodes. A file that cannot be
        read is one error.
    """
    path, columns = str(study.path("statements")), study.columns.statements
    first, last = study.period.first_day, study.period.last_day
    period = (first, last) if first is not None and last is not None else None
    try:
        found = check_statements(path, dyad=study.dyad, columns=columns, period=period)
        if found.ok:
            frame = read_statements(path, columns)
            direction = frame["source"] + ">" + frame["target"]
            found += _period_problems(frame[direction.isin(study.dyad.directions)], study)
    except ReadError as error:
        found = Problems([_unreadable(error)])
    return found + _event_problems(study)


def _event_problems(study: Study) -> Problems:
    """Return the problems of the events and of the study's table of episodes."""
    path = study.path("events")
    if path is None:
        unknown = [_unknown_episode(key, ()) for key in study.episodes]
        return Problems(unknown)
    try:
        found = check_events(path, columns=study.columns.events)
        if not found.ok:
            return found
        events = read_events(path, columns=study.columns.events)
    except ReadError as error:
        return Problems([_unreadable(error)])
    return found + Problems(_episode_problems(events, study.episodes))


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


def _events(study: Study) -> pd.DataFrame:
    """Return the events, or a table of the same columns without a row."""
    path = study.path("events")
    if path is not None:
        return read_events(path, columns=study.columns.events)
    kinds = {"date": "datetime64[us]", "end_date": "datetime64[us]", "headline": "bool"}
    names = [column.name for column in COLUMNS]
    return pd.DataFrame({name: pd.Series(dtype=kinds.get(name, "str")) for name in names})


def _digests(study: Study, statements: str) -> dict[str, str]:
    """Return the SHA-256 of the bytes of each input."""
    digests = {"statements": statements}
    for which in ("events", "codings"):
        path = study.path(which)
        if path is not None:
            digests[which] = hashlib.sha256(read_bytes(path)).hexdigest()
    return digests

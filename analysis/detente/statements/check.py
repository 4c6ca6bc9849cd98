"""Everything that can be wrong with statements, told at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from detente import wording
from detente._checks import Problems
from detente._tables import FilePath, Sheet, Table, as_day, as_table, last_possible_day
from detente.countries import Country, Dyad, country_in_text, is_country, mentions
from detente.errors import BadArgumentError
from detente.statements.coverage import THIN, month_counts, month_ranges, speaker_shares
from detente.statements.duplicates import SIMILARITY, find_repeats
from detente.statements.language import OTHER_SCRIPT, language_of
from detente.statements.schema import COLUMNS

__all__ = ["check_statements"]

DyadLike = Dyad | tuple[str, str] | str
DayLike = date | str
#: First and last day; None: that of the first or last statement.
PeriodLike = tuple[DayLike | None, DayLike | None]

_MAPPING = (
    'in study.toml below [columns.statements]: {name} = "{own}", or with --columns {name}={own}'
)

#: A speaker with a larger share of a side's statements is told.
_LARGEST_SHARE = 1 / 3


@dataclass(frozen=True)
class Assessment:
    """A sheet whose errors are noted.

    Parameters
    ----------
    sheet : Sheet
        Holds the problems.
    frame : DataFrame
        The sound rows, typed, labelled by their row in the file.
    set_aside : DataFrame
        Raw rows of other dyads.
    """

    sheet: Sheet
    frame: pd.DataFrame
    set_aside: pd.DataFrame


def check_statements(
    frame_or_path: pd.DataFrame | FilePath,
    *,
    dyad: DyadLike | None = None,
    columns: Mapping[str, str] | None = None,
    today: DayLike | None = None,
    period: PeriodLike | None = None,
) -> Problems:
    """Check statements against the schema and tell every problem at once.

    Parameters
    ----------
    frame_or_path : DataFrame, str or path-like
        Statements, typed or raw, or the file that holds them. A frame is not changed; its
        first row counts as row 2.
    dyad : Dyad, str or tuple of str, optional
        The dyad of the study; rows of other dyads are passed over.
    columns : mapping of str to str, optional
        Schema name -> name in the file, where they differ.
    today : date or str, optional
        Last day that a statement can have; default: the day after the clock's day in UTC.
    period : tuple of (date, str or None, twice), optional
        First and last day or month (both included) in which months without statements are
        told; default, also of each end: that of the first or last statement.

    Returns
    -------
    Problems
        Errors stop a run: dates that are none, ambiguous, impossible or in the future,
        unknown countries, a source that is its target, empty texts and speakers, repeated
        ids, rows with too many or too few fields, missing columns. Warnings are about rows
        without errors: repeated statements, texts that do not mention the target or are
        not English, thin months, dominant speakers, unknown offices and channels,
        characters from a wrong encoding.

    Raises
    ------
    ReadError
        The file cannot be read as a table at all.
    BadArgumentError
        `dyad`, `columns`, `today` or `period` cannot be used.

    Notes
    -----
    Two statements of one speaker and day count as repeated from a similarity of 90 %. A
    month is thin with fewer than 3 occasions (speaker x day x channel), a speaker dominant
    with more than a third of the statements of a side.

    Examples
    --------
    >>> found = check_statements(pd.DataFrame({
    ...     "date": ["24 November 2015", "2015-02-30"], "source": "RUS", "target": "TUR",
    ...     "speaker": "Sergey Lavrov", "text": "He cancelled his visit to Turkey.",
    ... }))
    >>> found.table.loc[found.table["severity"] == "error", ["row", "column", "value"]]
       row column       value
    0    3   date  2015-02-30
    """
    assessment = assess(as_table(frame_or_path), dyad=dyad, columns=columns, today=today)
    warn(assessment, dyad=dyad, period=period)
    return assessment.sheet.problems


def assess(
    table: Table,
    *,
    dyad: DyadLike | None = None,
    columns: Mapping[str, str] | None = None,
    today: DayLike | None = None,
) -> Assessment:
    """Set rows of other dyads aside and note every error of the rest."""
    last_day = last_possible_day(today)
    wanted = None if dyad is None else Dyad.parse(dyad)
    sheet = Sheet(table, COLUMNS, columns, mapping=_MAPPING)
    set_aside = sheet.drop(np.zeros(len(sheet.cells), dtype=bool))
    if not sheet.is_complete:
        return Assessment(sheet, sheet.frame().iloc[:0], set_aside)
    if sheet.cells.empty:
        sheet.note("error", "There is a header, but no statement.", "Add a row per statement.")
    elif wanted is not None:
        set_aside = _set_aside(sheet, wanted)
    days = sheet.read_days("date", last_day)
    _check_countries(sheet, () if wanted is None else (wanted.a, wanted.b))
    sheet.check_filled("speaker", "Name the person or body that made the statement.")
    sheet.check_filled("text", "Give what was said, or remove the row.")
    ids = sheet.read_ids()
    frame = sheet.frame(id=ids, date=days)
    return Assessment(sheet, frame, set_aside)


def _set_aside(sheet: Sheet, dyad: Dyad) -> pd.DataFrame:
    sides = sheet.cells[["source", "target"]]
    is_sound = is_country(sides["source"]) & is_country(sides["target"]) & ~sheet.is_bad
    is_sound &= sides["source"].ne(sides["target"]).to_numpy()
    direction = sides["source"] + ">" + sides["target"]
    is_other = is_sound & ~direction.isin(dyad.directions).to_numpy()
    if is_other.all():
        found = ", ".join(direction.value_counts().index[:5])
        sheet.note(
            "error",
            f"No statement is of the dyad {dyad.slug}.",
            f"The table has {found}. Name another dyad, or another file.",
        )
    return sheet.drop(is_other)


def _check_countries(sheet: Sheet, likely: tuple[str, ...]) -> None:
    for side in ("source", "target"):
        sheet.check_filled(side, "Write the country's code, for example TUR.")
        codes = sheet.cells[side].unique()
        unknown = [code for code in codes[~is_country(codes)] if code]
        reasons = {code: ("This is no country code.", _way_out(code, likely)) for code in unknown}
        sheet.note_values("error", side, reasons)
    sides = sheet.cells[["source", "target"]]
    is_same = sides["source"].eq(sides["target"]) & sides["source"].ne("")
    sheet.note_rows(
        "error",
        is_same,
        "target",
        "Source and target are the same country.",
        "Name the country that is spoken of.",
    )


def _way_out(code: str, likely: tuple[str, ...]) -> str:
    try:
        Country.parse(code, likely=likely)
    except BadArgumentError as error:
        # The first sentence says what is wrong, which the problem says already.
        return str(error).partition(". ")[2]
    return ""


def warn(
    assessment: Assessment,
    *,
    dyad: DyadLike | None = None,
    period: PeriodLike | None = None,
) -> None:
    """Note every warning about the sound rows."""
    sheet, frame = assessment.sheet, assessment.frame
    bounds = _bounds(period or (None, None))
    if not sheet.is_complete:
        return
    sheet.check_characters()
    for column in ("dating", "level", "channel"):
        sheet.check_vocabulary("warning", column)
    if frame.empty:
        return
    _warn_repeats(sheet, frame)
    _warn_targets(sheet, frame)
    _warn_languages(sheet, frame)
    seen = sorted(set(frame["source"] + ">" + frame["target"]))
    directions = seen if dyad is None else list(Dyad.parse(dyad).directions)
    first, last = bounds[0] or frame["date"].min(), bounds[1] or frame["date"].max()
    # A period that is open at one end may lie beyond all statements: then it has no month.
    months = pd.period_range(first, last, freq="M")
    _warn_months(sheet, frame, directions, months)
    _warn_speakers(sheet, frame)


def _bounds(period: PeriodLike) -> tuple[date | None, date | None]:
    first, last = (
        None
        if day is None
        else as_day(
            f"{day}-01" if isinstance(day, str) and len(day.strip()) == 7 else day, "period"
        )
        for day in period
    )
    if first is not None and last is not None and first > last:
        raise BadArgumentError(
            f"period runs from {first} back to {last}.", remedy="Give the earlier day first."
        )
    return first, last


def _warn_repeats(sheet: Sheet, frame: pd.DataFrame) -> None:
    texts = dict(zip(frame.index, frame["text"], strict=True))
    for repeat in find_repeats(frame):
        sheet.note(
            "warning",
            f"The same speaker said nearly the same in row {repeat.earlier} on that day "
            f"({wording.share(repeat.similarity)} alike; told from {wording.share(SIMILARITY)}).",
            "Remove one of the rows if they are one statement.",
            row=repeat.row,
            column="text",
            value=texts[repeat.row],
        )


def _warn_targets(sheet: Sheet, frame: pd.DataFrame) -> None:
    is_named = mentions(frame["text"], frame["target"], frame["date"])
    for row, text, target in frame.loc[~is_named, ["text", "target"]].itertuples():
        sheet.note(
            "warning",
            f"The text does not mention {country_in_text(target)}; "
            "its tone may be toward something else.",
            "Name the country in the paraphrase, or remove the row if it is not about it.",
            row=row,
            column="text",
            value=text,
        )


def _warn_languages(sheet: Sheet, frame: pd.DataFrame) -> None:
    languages = language_of(frame["text"])
    is_foreign = ~np.isin(languages, ["en", "und"])
    texts = frame.loc[is_foreign, "text"]
    for (row, text), language in zip(texts.items(), languages[is_foreign], strict=True):
        sheet.note(
            "warning",
            "The text is not English: most of its letters are not Latin."
            if language == OTHER_SCRIPT
            else f"The text is not English; its language looks like '{language}'.",
            "Translate it into English; other text gets no tone.",
            row=row,
            column="text",
            value=text,
        )


def _warn_months(
    sheet: Sheet, frame: pd.DataFrame, directions: list[str], months: pd.PeriodIndex
) -> None:
    direction = frame["source"] + ">" + frame["target"]
    for name in directions:
        counts = month_counts(frame[direction == name], months)
        is_empty, is_thin = counts.eq(0), counts.between(1, THIN - 1)
        said = []
        if is_empty.any():
            listed = month_ranges(months[is_empty])
            said.append(f"{is_empty.sum()} of {len(months)} months have no statement: {listed}.")
        if is_thin.any():
            listed = month_ranges(months[is_thin])
            said.append(
                f"{is_thin.sum()} of {len(months)} months have fewer than {THIN} occasions: "
                f"{listed}."
            )
        if said:
            sheet.note(
                "warning",
                " ".join([f"{name}:", *said]),
                "Look for more statements in these months; empty months stay missing.",
            )


def _warn_speakers(sheet: Sheet, frame: pd.DataFrame) -> None:
    shares = speaker_shares(frame, sorted(frame["source"].unique()))
    # Of one or two statements each speaker has more than a third.
    told = shares[(shares["share"] > _LARGEST_SHARE) & (shares["n_statements"] >= THIN)]
    for source, speaker, share, n_statements in told.itertuples(index=False):
        sheet.note(
            "warning",
            f"One speaker has {wording.share(share)} of the "
            f"{wording.count(n_statements, 'statement')} of {source}.",
            "Add statements by others, or read that side's index as largely this one voice.",
            column="speaker",
            value=speaker,
        )

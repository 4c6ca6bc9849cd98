"""A study's own entries of the lexicon: read from its file, every problem told at once."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Any

import pandas as pd

from detente._tables import Column, FilePath, Sheet, TableRead, read_table
from detente.errors import CheckError
from detente.tone.lookup import no_entry_since
from detente.tone.target import Entry
from detente.tone.target.inflection import expand_entry
from detente.tone.target.lexicon import KINDS

__all__ = ["LEXICON_COLUMNS", "LexiconRead", "load_lexicon", "sound_entries"]

#: A valence lies between minus this and plus this, as in VADER's lexicon.
LARGEST_VALENCE = 4

LEXICON_COLUMNS: tuple[Column, ...] = (
    Column(
        "entry",
        True,
        "A word or phrase.",
        "lower case; @v after a verb asks for all its forms, @n after a noun for its plural",
        "lodge@v a protest@n",
    ),
    Column("valence", True, "How cold or warm it is.", "a number from -4 to 4", "-2.5"),
    Column("kind", True, "How it finds what it is about.", ", ".join(KINDS), "verdict", KINDS),
    Column("note", False, "Why it has this valence.", "free text", "used of Ankara since 2012"),
)


@dataclass(frozen=True, eq=False)
class LexiconRead(TableRead):
    """A study's lexicon as it was read: `frame`, `problems` and `digest`, and the entries.

    Parameters
    ----------
    frame : DataFrame
        One row per sound row: entry, valence, kind, note, then other columns as text.
    problems : Problems
        Every error and warning.
    digest : str
        SHA-256 of the file's bytes.
    entries : tuple of Entry
        The sound rows as entries, with the origin "study".
    """

    entries: tuple[Entry, ...]


def load_lexicon(path: FilePath) -> LexiconRead:
    r"""Read a study's lexicon and tell every problem.

    Parameters
    ----------
    path : str or path-like
        A table with the columns entry, valence and kind and, if wanted, note.

    Returns
    -------
    LexiconRead
        The sound rows, and problems with row, column and value: an unknown kind, a valence that
        is no number or outside -4 to 4, an unknown mark, a wording that an earlier row has
        too, an empty cell, a missing column.

    Raises
    ------
    ReadError
        The file cannot be read as a table at all.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp()) / "lexicon.csv"
    >>> _ = path.write_text("entry,valence,kind\ngrain deal,1.5,contact\nfoe,-5,bond\n")
    >>> read = load_lexicon(path)
    >>> [entry.entry for entry in read.entries], read.problems.table["value"].tolist()
    (['grain deal'], ['-5'])
    """
    table = read_table(path)
    sheet = Sheet(table, LEXICON_COLUMNS)
    if not sheet.is_complete:
        return LexiconRead(sheet.frame().iloc[:0], sheet.problems, table.digest, ())
    if sheet.cells.empty:
        sheet.note(
            "warning",
            "There is a header, but no entry.",
            "Add a row per entry, or remove the line lexicon from study.toml.",
        )
    for name, remedy in (
        ("entry", "Write a word or phrase, or remove the row."),
        ("valence", f"Write a number from -{LARGEST_VALENCE} to {LARGEST_VALENCE}."),
        ("kind", f"Write one of {', '.join(KINDS)}."),
    ):
        sheet.check_filled(name, remedy)
    valences = _read_valences(sheet)
    sheet.check_vocabulary("error", "kind")
    _check_wordings(sheet)
    sheet.check_characters()
    frame = sheet.frame(valence=valences).reset_index(drop=True)
    entries = tuple(
        Entry(
            str(row["entry"]),
            float(row["valence"]),
            str(row["kind"]),
            "" if pd.isna(row["note"]) else str(row["note"]),
            "study",
        )
        for row in frame.to_dict("records")
    )
    return LexiconRead(frame, sheet.problems, table.digest, entries)


def sound_entries(path: FilePath) -> tuple[Entry, ...]:
    """Return the entries of a study's lexicon, or raise with all its problems.

    Parameters
    ----------
    path : str or path-like
        As for `load_lexicon`.

    Returns
    -------
    tuple of Entry
        In the order of the file.

    Raises
    ------
    ReadError
        The file cannot be read as a table at all.
    CheckError
        It has errors.
    """
    read = load_lexicon(path)
    if not read.problems.ok:
        raise CheckError(read.problems)
    return read.entries


def _read_valences(sheet: Sheet) -> pd.Series:
    """Return the valences (missing where there is none) and note what is none."""
    known: dict[str, float] = {}
    reasons: dict[str, tuple[str, str]] = {}
    remedy = f"Write a number from -{LARGEST_VALENCE} to {LARGEST_VALENCE}, such as -2.5."
    for value in sheet.cells["valence"].unique():
        try:
            # A typeset minus says the same.
            valence = float(value.replace("\N{MINUS SIGN}", "-"))
        except ValueError:
            if value:
                reasons[value] = ("This is no number.", remedy)
            continue
        if not isfinite(valence) or abs(valence) > LARGEST_VALENCE:
            reasons[value] = ("The valence is out of range.", remedy)
        else:
            known[value] = valence
    sheet.note_values("error", "valence", reasons)
    return sheet.cells["valence"].map(known).astype("float64")


def _check_wordings(sheet: Sheet) -> None:
    """Note entries that cannot be read, and those whose wording an earlier row has."""
    first: dict[tuple[str, ...], Any] = {}
    for row, entry in sheet.cells["entry"].items():
        if not entry:
            continue
        try:
            forms = expand_entry(entry)
        except (KeyError, IndexError):
            sheet.note(
                "error",
                "The entry has a mark that cannot be read.",
                "Marks are @v after a verb (its forms), @n after a noun (its plural) and not@x; "
                "or leave them out.",
                row=row,
                column="entry",
                value=entry,
            )
            continue
        wording = forms[0]
        if not all(any(map(str.isalpha, "".join(form))) for form in forms):
            sheet.note(
                "error",
                "The entry, or one of its forms, has no letter.",
                "Write a word or phrase, or remove the row.",
                row=row,
                column="entry",
                value=entry,
            )
        elif wording in first:
            sheet.note(
                "error",
                f"Row {first[wording]} has the same wording.",
                "Keep one row of a wording.",
                row=row,
                column="entry",
                value=entry,
            )
        else:
            first[wording] = row
            if reason := no_entry_since(entry):
                sheet.note(
                    "warning",
                    f"{reason} As an entry of the study it no longer does that.",
                    "Remove the row, or write the phrase that is meant.",
                    row=row,
                    column="entry",
                    value=entry,
                )

"""What a row of codings holds, and everything that can be wrong in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import isfinite

import numpy as np
import pandas as pd

from detente._tables import Column, Sheet, Table
from detente.errors import BadArgumentError, did_you_mean

__all__ = ["CODER_TYPES", "COLUMNS", "LARGEST_CODE", "assess"]

#: Who can code.
CODER_TYPES = ("human", "machine")

#: Codes run from minus this to plus this.
LARGEST_CODE = 3

_CODE = re.compile(r"([+\-\N{MINUS SIGN}]?)0*([0-9]+)(?:\.0*)?")
_MAPPING = (
    'in study.toml below [columns.codings]: {name} = "{own}", or in Python with '
    'columns={{"{name}": "{own}"}}'
)
#: Unknown ids that are compared with all known ones; the search is slow in long files.
_COMPARED = 25

COLUMNS: tuple[Column, ...] = (
    Column("id", True, "The statement that was coded.", "an id of the statements", "row-000001"),
    Column("coder", True, "Who coded it.", "a short name, always written the same way", "A"),
    Column(
        "code",
        True,
        "How warm or cold the source is toward the target, by the codebook.",
        "an integer from -3 (hostile) to +3 (cordial)",
        "-2",
    ),
    Column(
        "coder_type",
        True,
        "Whether a person or a machine read the statement.",
        ", ".join(CODER_TYPES),
        "human",
        CODER_TYPES,
    ),
    Column(
        "pi",
        False,
        "Chance that the statement had of being coded.",
        "a number above 0, at most 1; 1 for all where the column is absent",
        "0.5",
    ),
)


def assess(
    table: Table, columns: Mapping[str, str] | None, statements: pd.DataFrame | None
) -> tuple[Sheet, pd.DataFrame]:
    """Note every problem of a table of codings and type its sound rows.

    Parameters
    ----------
    table : Table
        Raw cells.
    columns : mapping of str to str or None
        Schema name -> name in the file, where they differ.
    statements : DataFrame or None
        The statements that can be coded, by `id`; None: any.

    Returns
    -------
    tuple of Sheet and DataFrame
        The sheet with its problems, and the sound rows.
    """
    sheet = Sheet(table, COLUMNS, columns, mapping=_MAPPING)
    if not sheet.is_complete:
        return sheet, sheet.frame().iloc[:0]
    if sheet.cells.empty:
        sheet.note("error", "There is a header, but no coding.", "Add a row per coding.")
    for name, remedy in (
        ("id", "Give the id of the statement."),
        ("coder", "Name the coder."),
        ("code", "Write an integer from -3 to 3, or remove the row."),
        ("coder_type", f"Write one of {', '.join(CODER_TYPES)}."),
    ):
        sheet.check_filled(name, remedy)
    sheet.check_vocabulary("error", "coder_type")
    codes = _read_codes(sheet)
    has_pi = (columns or {}).get("pi", "pi") in sheet.raw.columns
    chances = _read_chances(sheet) if has_pi else pd.Series(1.0, index=sheet.cells.index)
    _check_repeats(sheet)
    _check_coders(sheet)
    _check_spellings(sheet)
    if statements is not None:
        _check_ids(sheet, statements)
    sheet.check_characters()
    is_read = codes.notna() & chances.notna()
    frame = sheet.frame(code=codes.where(is_read, 0).astype("int64"), pi=chances)
    return sheet, frame.reset_index(drop=True)


def _read_codes(sheet: Sheet) -> pd.Series:
    """Return the codes (missing where there is none) and note what is no code."""
    known: dict[str, float] = {}
    reasons: dict[str, tuple[str, str]] = {}
    remedy = f"Write an integer from -{LARGEST_CODE} to {LARGEST_CODE}."
    for value in sheet.cells["code"].unique():
        found = _CODE.fullmatch(value)
        if found is None:
            if value:
                reasons[value] = ("The code is not an integer.", remedy)
        elif len(found[2]) > 1 or int(found[2]) > LARGEST_CODE:
            reasons[value] = ("The code is out of range.", remedy)
        else:
            # A file of numbers saved with decimals, and a typeset minus, say the same.
            known[value] = float(found[2]) * (-1 if found[1] in ("-", "\N{MINUS SIGN}") else 1)
    sheet.note_values("error", "code", reasons)
    return sheet.cells["code"].map(known).astype("float64")


def _read_chances(sheet: Sheet) -> pd.Series:
    known: dict[str, float] = {}
    reasons: dict[str, tuple[str, str]] = {}
    sheet.check_filled("pi", "Write the chance, or remove the column if all were coded.")
    for value in sheet.cells["pi"].unique():
        try:
            chance = float(value)
        except ValueError:
            if value:
                reasons[value] = ("This is no number.", "Write a number such as 0.5.")
            continue
        if isfinite(chance) and 0 < chance <= 1:
            known[value] = chance
        else:
            reasons[value] = (
                "A chance of being coded lies above 0 and is at most 1.",
                "Write a number such as 0.5.",
            )
    sheet.note_values("error", "pi", reasons)
    chances = sheet.cells["pi"].map(known).astype("float64")
    first = chances.groupby(sheet.cells["id"]).transform("first")
    differs = chances.notna() & chances.ne(first) & sheet.cells["id"].ne("")
    sheet.note_rows(
        "error",
        differs,
        "pi",
        "The chance differs from that of an earlier coding of the same statement.",
        "Write one chance per statement, whoever coded it.",
    )
    return chances


def _check_repeats(sheet: Sheet) -> None:
    keys = sheet.cells[["id", "coder"]]
    is_repeat = keys.duplicated() & sheet.cells["id"].ne("") & sheet.cells["coder"].ne("")
    sheet.note_rows(
        "error",
        is_repeat,
        "id",
        "This coder has coded this statement in an earlier row.",
        "Keep one coding of each coder and statement.",
    )


def _check_coders(sheet: Sheet) -> None:
    kinds = sheet.cells["coder_type"].where(sheet.cells["coder_type"].isin(CODER_TYPES))
    first = kinds.groupby(sheet.cells["coder"]).transform("first")
    sheet.note_rows(
        "error",
        kinds.notna() & kinds.ne(first) & sheet.cells["coder"].ne(""),
        "coder_type",
        "The coder has another type in an earlier row.",
        "A coder is a person or a machine; give two coders two names.",
    )


def _check_spellings(sheet: Sheet) -> None:
    """Tell coders who are one person by all but the way the name is typed."""
    first: dict[str, str] = {}
    for row, coder in sheet.cells["coder"].drop_duplicates().items():
        earlier = first.setdefault("".join(coder.casefold().split()), coder)
        if earlier != coder:
            sheet.note(
                "warning",
                f"The coder differs from {earlier!r} of an earlier row by capitals or blanks "
                "alone; they count as two coders.",
                "Write the name in one way if it is one coder.",
                row=row,
                column="coder",
                value=coder,
            )


def _check_ids(sheet: Sheet, statements: pd.DataFrame) -> None:
    if "id" not in statements:
        raise BadArgumentError(
            "The statements have no column 'id'.", remedy="Read them with read_statements."
        )
    known = list(dict.fromkeys(statements["id"].dropna().astype(str)))
    ids = pd.Series(sheet.cells["id"].unique())
    unknown = ids[~np.isin(ids, known) & ids.ne("")].tolist()
    remedy = "Correct the id, or remove the coding."
    sheet.note_values(
        "error",
        "id",
        {
            value: (
                "No statement has this id.",
                f"{did_you_mean(value, known) if place < _COMPARED else ''} {remedy}".strip(),
            )
            for place, value in enumerate(unknown)
        },
    )

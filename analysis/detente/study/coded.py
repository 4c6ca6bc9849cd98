"""The codings of a study: read, and held against its statements."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from scipy.stats import binomtest

from detente import wording
from detente._checks import Problem, Problems
from detente._tables import TableRead, read_table
from detente.errors import did_you_mean
from detente.validation.codebook import COLUMNS, assess

__all__ = ["HOW_TO_CODE", "coding_warnings", "load_codings"]

#: A share of coded statements that a draw gives more seldom than this is told: a warning that
#: hit sound draws would teach to pass over warnings.
_SELDOM = 0.001

#: What to do where nothing is coded.
HOW_TO_CODE = (
    "Write a row per coding: id of the statement, coder, code (-3 hostile to +3 cordial) and "
    "coder_type (human or machine)."
)


def load_codings(path: str, *, columns: Mapping[str, str]) -> TableRead:
    """Read codings with their problems, as the other inputs come.

    Parameters
    ----------
    path : str
        The file. One that has all columns and no row is a beginning, and no error.
    columns : mapping of str to str
        Schema name -> name in the file, where they differ.

    Returns
    -------
    TableRead
        The sound rows, what is wrong with the others, and the digest of the file.

    Raises
    ------
    ReadError
        The file cannot be read as a table at all.
    """
    table = read_table(path)
    needed = {columns.get(column.name, column.name) for column in COLUMNS if column.is_required}
    needed |= set(columns.values())
    if table.cells.empty and needed <= set(table.cells.columns):
        empty = Problem(
            "warning",
            "There is a header, but no coding yet: nothing says how far the scorer agrees with "
            "readers.",
            f"{HOW_TO_CODE} Or remove the line codings from study.toml.",
            file=table.file,
        )
        return TableRead(table.cells, Problems([empty]), table.digest)
    sheet, frame = assess(table, columns, None)
    return TableRead(frame, sheet.problems, table.digest)


def coding_warnings(
    codings: pd.DataFrame, statements: pd.DataFrame, inside: pd.DataFrame, file: str
) -> Problems:
    """Tell what is odd about codings beside the statements of a study.

    Parameters
    ----------
    codings : DataFrame
        Sound codings, at least one.
    statements : DataFrame
        The statements.
    inside : DataFrame
        Those of the study's period, from which codings may have been drawn.
    file : str
        The file of the codings.

    Returns
    -------
    Problems
        Warnings.
    """
    known = statements["id"].astype(str)
    return (
        _unmatched(codings, known, file)
        + _part_coded(codings, known, file)
        + _other_share(codings, inside["id"].astype(str), file)
    )


def _unmatched(codings: pd.DataFrame, known: pd.Series, file: str) -> Problems:
    """Tell coded ids that no statement has: rows set aside may have them, so it is no error."""
    unknown = codings.loc[~codings["id"].isin(known), "id"].drop_duplicates().tolist()
    if not unknown:
        return Problems()
    return Problems(
        [
            Problem(
                "warning",
                f"{wording.count(len(unknown), 'coded id')} that no sound statement of the dyad "
                "has; their codings count for nothing.",
                f"{did_you_mean(unknown[0], known)} Compare the ids with the statements.".strip(),
                file=file,
                column="id",
                value=unknown[0],
            )
        ]
    )


def _part_coded(codings: pd.DataFrame, known: pd.Series, file: str) -> Problems:
    """Tell that a part is coded and nobody said how it was drawn."""
    is_coded = known.isin(codings["id"])
    if is_coded.all() or not is_coded.any() or not codings["pi"].eq(1).all():
        return Problems()
    n, n_coded = len(is_coded), int(is_coded.sum())
    return Problems(
        [
            Problem(
                "warning",
                f"{wording.count(n_coded, 'statement')} of {wording.number(n)} are coded and no "
                "chance of being coded is below 1: these codings judge the scorer, but cannot "
                "correct the index.",
                "Write in a column pi the chance that each statement had of being coded, such as "
                f"{n_coded / n:.2g} where {wording.number(n_coded)} were drawn by lot.",
                file=file,
                column="pi",
            )
        ]
    )


def _other_share(codings: pd.DataFrame, known: pd.Series, file: str) -> Problems:
    """Tell one chance for all that cannot be the one by which so many were drawn."""
    chance = float(codings["pi"].iloc[0])
    # Of chances that differ, or of 1, other checks tell what can be told.
    if known.empty or chance == 1 or not codings["pi"].eq(chance).all():
        return Problems()
    n, n_coded = len(known), int(known.isin(codings["id"]).sum())
    if binomtest(n_coded, n, chance).pvalue >= _SELDOM:
        return Problems()
    return Problems(
        [
            Problem(
                "warning",
                f"The chance of being coded is {chance:g} for all, but {wording.number(n_coded)} "
                f"of {wording.count(n, 'statement')} are coded ({wording.share(n_coded / n)}): "
                "a draw with this chance hardly ever gives as many or as few.",
                "Write the chance by which these statements were drawn, or hand in all codings "
                "of the draw: the corrected index rests on it.",
                file=file,
                column="pi",
                value=f"{chance:g}",
            )
        ]
    )

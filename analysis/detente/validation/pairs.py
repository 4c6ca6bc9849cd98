"""Statements that have both a coding and a tone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from detente import wording
from detente.errors import BadArgumentError
from detente.validation.codings import as_codings, coder_types, describe_coders, gold_tone
from detente.validation.resampling import Blocks, Floats

__all__ = ["Pairs", "pair_codings"]


@dataclass(frozen=True, eq=False)
class Pairs:
    """Coded statements with a tone.

    Parameters
    ----------
    frame : DataFrame
        One row per statement: the columns of the statements, with `id` as text, `gold`
        (tone of the codings), `weight` (1 / pi, mean 1) and `month`.
    coders : str
        Who coded, in words.
    n_coded : int
        Coded statements that were received, with or without a tone.
    n_unmatched : int
        Coded ids that no statement has.
    coder_types : tuple of str
        Who coded, of `CODER_TYPES`.
    """

    frame: pd.DataFrame
    coders: str
    n_coded: int
    n_unmatched: int
    coder_types: tuple[str, ...] = ()

    @property
    def n_without_tone(self) -> int:
        """Coded statements without a tone; they are left out."""
        return self.n_coded - len(self.frame)

    @property
    def weights(self) -> Floats:
        """Weight of each statement."""
        return self.frame["weight"].to_numpy(np.float64)

    @property
    def gold(self) -> Floats:
        """Tone of the codings."""
        return self.frame["gold"].to_numpy(np.float64)

    @property
    def blocks(self) -> Blocks:
        """The months."""
        return Blocks.of(self.frame["month"].to_numpy())

    @property
    def quarters(self) -> Blocks:
        """The calendar quarters."""
        return Blocks.of(self.frame["month"].dt.to_period("Q").astype("str").to_numpy())


def pair_codings(
    statements: pd.DataFrame, codings: pd.DataFrame, *, needs: tuple[str, ...] = ("tone",)
) -> Pairs:
    """Join statements and codings by id and leave out what has no tone.

    Parameters
    ----------
    statements : DataFrame
        A row per statement with `id`, `date`, `source`, `target`, `text` and `needs`.
    codings : DataFrame
        As `read_codings` returns them.
    needs : tuple of str
        Columns of tone in [-1, 1]; a row with a missing one is left out.

    Returns
    -------
    Pairs
        In the order of the statements.

    Raises
    ------
    BadArgumentError
        For a missing column, an id that stands twice, a statement without a day, a tone
        outside [-1, 1], or no coded statement with a tone at all.
    CheckError
        The codings break the schema.
    """
    wanted = ("id", "date", "source", "target", "text", *needs)
    missing = [name for name in wanted if name not in statements]
    if missing:
        raise BadArgumentError(
            f"The statements have no column {wording.listing([repr(name) for name in missing])}.",
            remedy="Read them with read_statements and score them with score_statements.",
        )
    typed = as_codings(codings)
    gold = gold_tone(typed)
    pi = typed.drop_duplicates("id").set_index("id")["pi"]
    ids = statements["id"].astype("str")
    rows = statements.assign(id=ids)[ids.isin(gold.index).to_numpy()].reset_index(drop=True)
    twice = rows.loc[rows["id"].duplicated(), "id"]
    if len(twice):
        raise BadArgumentError(
            f"The id {twice.iloc[0]!r} stands twice in the statements.",
            remedy="Give each statement an id of its own.",
        )
    n_coded = len(rows)
    tones = rows[list(needs)].astype("float64")
    if (tones.abs() > 1).any(axis=None):
        raise BadArgumentError(
            "A tone outside [-1, 1] was received.", remedy="Score with score_statements."
        )
    rows = rows[tones.notna().all(axis=1).to_numpy()].reset_index(drop=True)
    if rows.empty:
        raise BadArgumentError(
            f"None of the {wording.count(len(gold), 'coded statement')} is among the statements "
            "with a tone.",
            remedy="Check that codings and statements have the same ids.",
        )
    dates = pd.to_datetime(rows["date"])
    if dates.isna().any():
        raise BadArgumentError(
            f"{wording.count(int(dates.isna().sum()), 'coded statement')} without a date.",
            remedy="Give each statement its day.",
        )
    weight = 1 / rows["id"].map(pi).to_numpy(np.float64)
    rows = rows.assign(
        gold=rows["id"].map(gold).to_numpy(np.float64),
        weight=weight / weight.mean(),
        month=dates.dt.to_period("M").dt.to_timestamp(),
    )
    n_unmatched = len(gold) - n_coded
    return Pairs(rows, describe_coders(typed), n_coded, n_unmatched, coder_types(typed))

"""Tones corrected by codings of a sample whose chances are known."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from detente import wording
from detente.errors import BadArgumentError

__all__ = ["corrected_tones"]

#: How far the number of statements that the coded ones stand for may lie from the number there
#: is: in standard errors of a draw with these chances, and as a share.
_SPREADS, _SLACK = 4.0, 0.03


def corrected_tones(scored: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """Correct the tone of scored statements by what readers found in a sample of them.

    Parameters
    ----------
    scored : DataFrame
        Scored statements with `id` and `tone`; ids unique. The tone of a coded statement must
        come from a scorer that did not learn from it.
    codings : DataFrame
        A row per coding: `id`, `code` (-3 to 3) and `pi`, the chance in (0, 1] that the
        statement had of being coded. Several codings of a statement are averaged.

    Returns
    -------
    DataFrame
        The statements, `tone` replaced by ``f + (R / pi) (y - f)``: f the scorer's tone, y the
        mean code divided by 3, R whether the statement is coded. Values may lie outside
        [-1, 1]: they are estimates whose means count, not tones of statements.

    Raises
    ------
    BadArgumentError
        Where a column is missing, an id occurs twice among the statements, a pi is no chance or
        differs within a statement, no coding belongs to a statement, or the sum of 1 / pi lies
        too far from the number of statements: then the codings are not the sample they claim.

    Notes
    -----
    The mean of corrected tones is unbiased for the mean code whatever errors the scorer makes,
    if the coded statements were drawn by the chances `pi` [1]_ [2]_. Their scatter holds the
    scorer's error, so intervals made from it cover that error too. They do not cover what
    coders have in common, nor the choice of statements.

    References
    ----------
    .. [1] Egami, N., Hinck, M., Stewart, B. and Wei, H. (2023). Using imperfect surrogates for
       downstream inference: design-based supervised learning. NeurIPS 36.
    .. [2] Angelopoulos, A. N. et al. (2023). Prediction-powered inference. Science 382(6671).

    Examples
    --------
    >>> scored = pd.DataFrame({"id": ["a", "b"], "tone": [0.2, 0.4]})
    >>> codings = pd.DataFrame({"id": ["a"], "code": [3], "pi": [0.5]})
    >>> corrected_tones(scored, codings)["tone"].round(2).tolist()
    [1.8, 0.4]
    """
    for what, frame, needed in (
        ("scored statements", scored, ("id", "tone")),
        ("codings", codings, ("id", "code", "pi")),
    ):
        absent = [name for name in needed if name not in frame.columns]
        if absent:
            raise BadArgumentError(
                f"The {what} lack the column {', '.join(map(repr, absent))}.",
                remedy="A correction needs ids, codes, and the chance pi of being coded.",
            )
    twice = scored.loc[scored["id"].duplicated(), "id"]
    if len(twice):
        raise BadArgumentError(f"The id {twice.iloc[0]!r} occurs twice among the statements.")
    code = pd.to_numeric(codings["code"], errors="coerce")
    chance = pd.to_numeric(codings["pi"], errors="coerce")
    for name, is_good, remedy in (
        ("code", code.between(-3, 3), "A code is a number from -3 to 3."),
        (
            "pi",
            chance.gt(0) & chance.le(1),
            "pi is the chance of being coded, above 0 and at most 1.",
        ),
    ):
        if not is_good.all():
            row = codings.loc[~is_good].iloc[0]
            raise BadArgumentError(
                f"{name}={row[name]} was received for the statement {row['id']!r}.",
                remedy=remedy,
            )
    by_id = pd.DataFrame({"id": codings["id"], "y": code / 3, "pi": chance}).groupby("id")
    differing = by_id["pi"].max() > by_id["pi"].min()
    if differing.any():
        raise BadArgumentError(
            f"The statement {differing[differing].index[0]!r} has several chances pi.",
            remedy="Give each statement the one chance that it had of being coded.",
        )
    coded = by_id.mean().reindex(scored["id"])
    found = coded["y"].notna().to_numpy() & scored["tone"].notna().to_numpy()
    if not found.any():
        raise BadArgumentError(
            wording.say(
                "None of {statements} is among the scored ones.",
                statements=wording.count(len(by_id), "coded statement"),
            ),
            remedy="Give statements and codings the same ids.",
        )
    _check_sample(coded["pi"].to_numpy()[found], int(scored["tone"].notna().sum()))
    tone = scored["tone"].to_numpy("float64")
    gap = np.where(found, coded["y"].to_numpy() - tone, 0.0)
    weight = np.where(found, 1 / coded["pi"].to_numpy(), 0.0)
    return scored.assign(tone=tone + weight * gap)


def _check_sample(pi: NDArray[np.float64], n: int) -> None:
    """Refuse codings that cannot be the sample that their chances speak of, such as half of it."""
    stands_for = float((1 / pi).sum())
    spread = float(np.sqrt(((1 - pi) / pi**2).sum()))
    if abs(stands_for - n) > max(_SPREADS * spread, _SLACK * n):
        raise BadArgumentError(
            wording.say_count(
                "{n} coded statement with these chances pi stands for {counted} statements, and "
                "{toned} have a tone.",
                "{n} coded statements with these chances pi stand for {counted} statements, and "
                "{toned} have a tone.",
                len(pi),
                counted=wording.number(stands_for),
                toned=wording.number(n),
            ),
            remedy="Hand in all codings of the sample, or the chances pi that hold for these; "
            "codings of some months alone cannot correct the others.",
        )

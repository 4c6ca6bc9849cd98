"""What moved a month: the change of the raw index, statement by statement."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
import pandas as pd

from detente._checks import needs
from detente.errors import BadArgumentError, did_you_mean
from detente.index import BILATERAL, MIN_OCCASIONS, IndexResult
from detente.index.months import Month, as_month
from detente.index.shares import statement_shares
from detente.inference.groups import NOT_STATED
from detente.inference.moves_result import MovesResult
from detente.inference.scatter import change_half_width
from detente.inference.shift import shift_share
from detente.inference.why_result import GROUPINGS, WhyResult

__all__ = ["Base", "largest_moves", "why"]

#: What a month is held against: the observed month before, or the mean of all of them.
Base = Literal["previous", "long_run"]

#: Degrees that rounding may leave between the index and its statements.
_ROUNDING = 1e-6


def why(
    result: IndexResult,
    month: Month,
    *,
    direction: str = BILATERAL,
    base: Base = "previous",
    scored: pd.DataFrame | None = None,
) -> WhyResult:
    """Say what moved a month of the raw index.

    Parameters
    ----------
    result : IndexResult
        The index.
    month : str, datetime.date or Timestamp
        The month, as "2015-11" or any day of it. It must have a raw value.
    direction : str, default "bilateral"
        "A>B", "B>A" or "bilateral" (months in which both sides spoke).
    base : {"previous", "long_run"}, default "previous"
        Hold the month against the observed month before it, or against the mean of all
        observed months.
    scored : DataFrame, optional
        The statements of the index, where `result.statements` is None.

    Returns
    -------
    WhyResult
        Contributions of statements and groups, which add up to the change.

    Raises
    ------
    BadArgumentError
        For an unknown direction or base, a month without a raw value or without an observed
        month before it, or statements that are not those of the index.

    Notes
    -----
    The raw index of a direction is the sum of share x tone over the statements of its month.
    With r the level before, a statement of the month contributes ``share (tone - r)`` and
    one of the month before ``-share (tone - r)``; the latter sum to zero by themselves, and
    say what went missing. The bilateral index is the mean of both directions, so their
    contributions are halved. Groups sum their statements and are split into composition and
    tone (`detente.inference.shift.shift_share`).

    The interval of the change is that of two means of noisy statements,
    ``statement sum(a_i^2) + day sum(A_day^2)`` with a_i the signed share of a statement and
    A_day that of a day, and the variances of `Noise`; for an index by means that of sums of
    its months, ``sum(b_m^2 se_m^2)`` with b_m the weight of a month in the change, and Student's
    t with the degrees of freedom of the index. It is clipped to +-200.

    The smoothed index of a month is made of all months, so only the raw one is split.

    Examples
    --------
    >>> from detente.index import monthly_index
    >>> scored = pd.DataFrame({
    ...     "date": pd.to_datetime(["2015-10-05", "2015-10-09", "2015-12-02"]),
    ...     "source": "RUS", "target": "TUR", "speaker": ["A", "B", "A"],
    ...     "tone": [0.5, 0.1, -0.6], "topic": ["trade", "syria", "syria"]})
    >>> result = monthly_index(scored, ("RUS", "TUR"), method="means")
    >>> found = why(result, "2015-12", direction="RUS>TUR")
    >>> round(found.change), f"{found.base_month:%Y-%m}"
    (-90, '2015-10')
    >>> found.totals.round(1).to_dict("records")[0]
    {'grouping': 'topic', 'composition': -37.5, 'tone_change': -52.5, 'change': -90.0}
    """
    needs(result, IndexResult, "result", "detente.monthly_index")
    if base not in get_args(Base):
        hint = did_you_mean(str(base), get_args(Base)) or f"Use one of {', '.join(get_args(Base))}."
        raise BadArgumentError(f"Unknown base {base!r}.", remedy=hint)
    rows = result.direction(direction)
    statements = _statements(result, scored)
    observed = rows[rows["raw"].notna()]
    at = as_month(month, "month")
    _check_observed(result, observed, at, direction)
    before = observed[observed["month"] < at]
    base_month = None
    if base == "previous":
        if before.empty:
            raise BadArgumentError(
                f"{at:%Y-%m} is the first observed month.",
                remedy="Hold it against the mean of all months: base='long_run'."
                + _one_side(result, at, direction, n_months=2),
            )
        base_month = before["month"].iloc[-1]
    names = result.dyad.directions if direction == BILATERAL else (direction,)
    weight = 1 / len(names)
    tables, parts, change = [], [], []
    for name in names:
        spoken = statements[statements["direction"] == name]
        spoken = spoken[spoken["month"].isin(observed["month"])]
        signed, level = _signed(spoken, at, base_month)
        tables.append(_groups(spoken, at, base_month, level).assign(direction=name))
        # The base's own distances sum to zero; of a long run they are no list to read.
        share = signed["later"] if base_month is None else signed["signed"]
        change.append(signed.assign(contribution=share * (signed["y"] - level)))
        parts.append((float((signed["later"] * signed["y"]).sum()), level))
    signed = pd.concat(change, ignore_index=True)
    signed[["signed", "contribution"]] *= weight
    table = pd.concat(tables, ignore_index=True)
    table[["composition", "tone_change", "contribution"]] *= weight
    raw, raw_before = (weight * sum(part[i] for part in parts) for i in (0, 1))
    half = change_half_width(result, signed, observed, at, base_month)
    shown = signed[signed["month"].isin([at, base_month])]
    return WhyResult(
        table=_sorted(table, ["grouping"])[_TABLE],
        statements=_sorted(shown, []).drop(columns=["signed", "later", "y"]),
        month=at,
        base=base,
        base_month=base_month,
        direction=direction,
        direction_name=result.direction_name(direction),
        raw=raw,
        raw_before=raw_before,
        change=raw - raw_before,
        lower=float(np.clip(raw - raw_before - half, -200, 200)),
        upper=float(np.clip(raw - raw_before + half, -200, 200)),
        confidence=result.confidence,
        weights=result.weights,
    )


def largest_moves(
    result: IndexResult,
    n: int = 5,
    *,
    direction: str = BILATERAL,
    min_occasions: int = MIN_OCCASIONS,
    scored: pd.DataFrame | None = None,
) -> MovesResult:
    """Find the largest moves of the raw index and say what moved them.

    Parameters
    ----------
    result : IndexResult
        The index.
    n : int, default 5
        How many moves at most, at least 1.
    direction : str, default "bilateral"
        "A>B", "B>A" or "bilateral" (months in which both sides spoke).
    min_occasions : int, default 3
        Months with fewer occasions are passed over: one remark is no month.
    scored : DataFrame, optional
        The statements of the index, where `result.statements` is None.

    Returns
    -------
    MovesResult
        The moves, largest in size first.

    Raises
    ------
    BadArgumentError
        Where `n` is below 1, the direction is unknown, or the statements are missing.

    Notes
    -----
    A move is the raw value of a month less that of the observed month before it. Both need
    `min_occasions`; a month with fewer stands between its neighbours and takes both its moves
    out of the comparison.
    """
    needs(result, IndexResult, "result", "detente.monthly_index")
    if n < 1:
        raise BadArgumentError(f"n={n} was received; it is at least 1.")
    rows = result.direction(direction)
    observed = rows[rows["raw"].notna()].reset_index(drop=True)
    enough = observed["n_occasions"] >= min_occasions
    change = observed["raw"].diff().where(enough & enough.shift(fill_value=False))
    order = change.dropna().abs().round(9).sort_values(ascending=False, kind="stable").index
    moves = tuple(
        why(result, observed.loc[i, "month"], direction=direction, scored=scored) for i in order[:n]
    )
    said = observed.set_index("month")["n_statements"]
    return MovesResult(
        table=pd.DataFrame([_row(move, said) for move in moves]),
        moves=moves,
        direction=direction,
        direction_name=result.direction_name(direction),
        n_compared=len(order),
        min_occasions=min_occasions,
    )


_TABLE = [
    *("grouping", "group", "direction", "share", "share_before", "mean", "mean_before"),
    *("composition", "tone_change", "contribution"),
]


def _statements(result: IndexResult, scored: pd.DataFrame | None) -> pd.DataFrame:
    statements = result.statements
    if scored is not None:
        statements = statement_shares(scored, result.dyad, result.weights)  # type: ignore[arg-type]
        statements = statements[statements["month"].isin(result.months)]
    if statements is None:
        raise BadArgumentError(
            "The index does not hold its statements.", remedy="Hand them in as scored=."
        )
    degrees = statements["share"] * statements["tone"] * 100
    sums = degrees.groupby([statements["direction"], statements["month"]]).sum()
    sides = result.table[result.table["direction"].isin(result.dyad.directions)]
    raw = sides.set_index(["direction", "month"])["raw"].dropna()
    gap = (raw - sums.reindex(raw.index)).abs()
    if len(sums) != len(raw) or not (gap < _ROUNDING).all():
        raise BadArgumentError(
            "The statements are not those of the index.",
            remedy="Hand in the frame that monthly_index was given.",
        )
    return statements


def _check_observed(
    result: IndexResult, observed: pd.DataFrame, at: pd.Timestamp, direction: str
) -> None:
    if at in set(observed["month"]):
        return
    who = result.direction_name(direction)
    far = (observed["month"] - at).abs().to_numpy()
    near = "No month has one."
    if len(far):
        near = f"The nearest month with one is {observed['month'].iloc[int(far.argmin())]:%Y-%m}."
    near += _one_side(result, at, direction, n_months=1)
    raise BadArgumentError(f"{at:%Y-%m} has no raw value, {who}.", remedy=near)


def _one_side(result: IndexResult, at: pd.Timestamp, direction: str, *, n_months: int) -> str:
    """Return which side alone has the month, and enough months up to it; "" for none."""
    if direction != BILATERAL:
        return ""
    spoke = []
    for name in result.dyad.directions:
        raw = result.direction(name).set_index("month")["raw"].dropna()
        if at in raw and len(raw[:at]) >= n_months:
            spoke.append(f"direction={name!r}")
    return f" Or take one side alone: {' or '.join(spoke)}." if spoke else ""


def _signed(
    spoken: pd.DataFrame, at: pd.Timestamp, base_month: pd.Timestamp | None
) -> tuple[pd.DataFrame, float]:
    """Return each statement's share now less its share before, and the level before."""
    y = spoken["tone"] * 100
    later = spoken["share"].where(spoken["month"] == at, 0.0)
    earlier = (
        spoken["share"] / spoken["month"].nunique()
        if base_month is None
        else spoken["share"].where(spoken["month"] == base_month, 0.0)
    )
    level = float((earlier * y).sum())
    frame = spoken.assign(signed=later - earlier, later=later, y=y)
    return frame, level


def _groups(
    spoken: pd.DataFrame, at: pd.Timestamp, base_month: pd.Timestamp | None, level: float
) -> pd.DataFrame:
    """Return the split of one direction's change by each grouping."""
    later = spoken[spoken["month"] == at]
    earlier = spoken
    if base_month is not None:
        earlier = spoken[spoken["month"] == base_month]
    tables = []
    for grouping in GROUPINGS:
        if grouping in spoken.columns:
            split = shift_share(
                _by(later, grouping),
                _by(earlier, grouping),
                _by(spoken, grouping)["mean"],
                level,
            )
            split = split.rename_axis("group").reset_index()
            tables.append(split.assign(grouping=grouping))
    return pd.concat(tables, ignore_index=True)


def _by(rows: pd.DataFrame, grouping: str) -> pd.DataFrame:
    """Return the share (over all rows) and mean of each group, degrees."""
    group = rows[grouping].fillna("").astype(str).replace("", NOT_STATED)
    share = rows["share"].groupby(group).sum()
    mean = (rows["share"] * rows["tone"] * 100).groupby(group).sum() / share
    return pd.DataFrame({"share": share / share.sum(), "mean": mean})


def _sorted(table: pd.DataFrame, first: list[str]) -> pd.DataFrame:
    """Sort by size of the contribution, within the groupings in their order."""
    order = table.assign(size=-table["contribution"].abs().round(9))
    if first:
        order["grouping"] = pd.Categorical(order["grouping"], list(GROUPINGS))
    order = order.sort_values([*first, "size"], kind="stable")
    return table.loc[order.index].reset_index(drop=True)


def _row(move: WhyResult, said: pd.Series[int]) -> dict[str, object]:
    assert move.base_month is not None
    row: dict[str, object] = {
        "month": move.month,
        "base_month": move.base_month,
        "raw": move.raw,
        "raw_before": move.raw_before,
        "change": move.change,
        "lower": move.lower,
        "upper": move.upper,
        "n_statements": int(said[move.month]),
        "n_statements_before": int(said[move.base_month]),
    }
    for grouping in ("speaker", "topic"):
        (name, value) = (move.largest(grouping, 1) or [("", np.nan)])[0]
        row |= {grouping: name, f"{grouping}_contribution": value}
    totals = {total["grouping"]: total for total in move.totals.to_dict("records")}
    for grouping in ("topic", "channel"):
        for part, column in (("composition", "composition"), ("tone", "tone_change")):
            row[f"{grouping}_{part}"] = totals.get(grouping, {}).get(column, np.nan)
    return row

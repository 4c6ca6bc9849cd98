"""Sums of statements by occasion: all that the index needs of them, in any number of batches."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from detente import wording
from detente.countries import Dyad
from detente.errors import BadArgumentError

__all__ = ["OccasionSums"]

_NEEDED = ("date", "source", "target", "speaker", "tone")

_KEYS = ["direction", "month", "day", "speaker", "channel"]

#: A tone is cut into five pieces of 16 bits, whole numbers all: it is exact where it is at least
#: 2**-27, and off by less than 2**-80 below. A sum in 64 bits holds the squares of 2**28 tones
#: of 1; of corrected tones, which lie beyond 1 but below 1024, of 2**11 and more.
_BITS, _N_PIECES = 16, 5
_ONE = 1 << _BITS * _N_PIECES
_PIECES = [f"tone_{i}" for i in range(_N_PIECES)]
_SQUARES = [f"square_{i}" for i in range(2 * _N_PIECES - 1)]
_SUMS = ["n_rows", "n_statements", *_PIECES, *_SQUARES]


class OccasionSums:
    """Counts, sums and sums of squares of the tone of each occasion, to which batches add.

    Parameters
    ----------
    dyad : Dyad, tuple of str or str
        The two countries; statements of others are passed over.
    is_corrected : bool, default False
        Whether tones were corrected by codings, and may lie outside [-1, 1].

    Notes
    -----
    All that the index needs of statements are, for each occasion (direction, day, speaker,
    channel): its number of statements, with and without a tone, the sum of their tones and of
    the squared tones, and the office of the first. The day's and the statement's variance
    (`Noise`) come from these too. They are summed as whole numbers, which has no rounding:
    the result is the same in every bit whatever the batches, and in any order of batches but
    for the office of an occasion whose statements name several. Memory grows with occasions,
    at some 200 bytes each, not with statements. The smallest and largest tone of an occasion
    are not kept, nor anything that needs single statements, such as their shares in a month.

    Examples
    --------
    >>> scored = pd.DataFrame({
    ...     "date": pd.to_datetime(["2015-10-05", "2015-10-05", "2015-12-02"]),
    ...     "source": "RUS", "target": "TUR", "speaker": "A", "tone": [0.5, 0.25, -0.6]})
    >>> sums = OccasionSums(("RUS", "TUR"))
    >>> for start in range(3):
    ...     sums.add(scored.iloc[start : start + 1])
    >>> sums.occasions()[["day", "tone", "n_statements"]]
             day   tone  n_statements
    0 2015-10-05  0.375             2
    1 2015-12-02 -0.600             1
    """

    def __init__(self, dyad: Dyad | tuple[str, str] | str, *, is_corrected: bool = False) -> None:
        self.dyad = Dyad.parse(dyad)
        self.is_corrected = is_corrected
        self._known: list[pd.DataFrame] = []

    def add(self, scored: pd.DataFrame) -> None:
        """Add a batch of statements.

        Parameters
        ----------
        scored : DataFrame
            As for `monthly_index`. The frame is not changed.

        Raises
        ------
        BadArgumentError
            As from `monthly_index`, for a missing column, a date that is none, a tone outside
            [-1, 1].
        """
        rows = occasion_rows(scored, self.dyad, is_corrected=self.is_corrected)
        tone = rows.pop("tone").to_numpy("float64")
        rows["n_rows"] = np.ones(len(rows), dtype=np.int64)
        rows["n_statements"] = np.isfinite(tone).astype(np.int64)
        pieces = _pieces(np.where(np.isfinite(tone), tone, 0.0))
        squares = [
            sum(
                pieces[i] * pieces[place - i]
                for i in range(max(0, place - _N_PIECES + 1), min(place, _N_PIECES - 1) + 1)
            )
            for place in range(len(_SQUARES))
        ]
        # In one block: column by column, a small frame took longer to put together than to sum.
        digits = pd.DataFrame(
            np.column_stack([*pieces, *squares]), index=rows.index, columns=[*_PIECES, *_SQUARES]
        )
        self._merge(_summed(pd.concat([rows, digits], axis=1)))

    def _merge(self, sums: pd.DataFrame) -> None:
        # Only tables of like size are joined, so that each row is touched a few times in all.
        while self._known and len(self._known[-1]) <= 2 * len(sums):
            sums = _summed(pd.concat([self._known.pop(), sums], ignore_index=True))
        self._known.append(sums)

    def occasions(self) -> pd.DataFrame:
        """Return the occasions so far.

        Returns
        -------
        DataFrame
            As `occasion_means` returns them.

        Raises
        ------
        BadArgumentError
            No batch was added.
        """
        if not self._known:
            raise BadArgumentError(
                "No batch of statements was received.", remedy="Add at least one."
            )
        # Of one table each row is an occasion already.
        parts = self._known
        sums = parts[0] if len(parts) == 1 else _summed(pd.concat(parts, ignore_index=True))
        n = sums["n_statements"].to_numpy()
        totals, squares = _whole(sums[_PIECES]), _whole(sums[_SQUARES])
        means, spreads = [], []
        for count, one, two in zip(n.tolist(), totals, squares, strict=True):
            means.append(one / _ONE / count if count else np.nan)
            # Of whole numbers, so that nothing cancels; the quotient is rounded once.
            spreads.append((count * two - one**2) / (count * _ONE**2) if count else 0.0)
        return (
            sums[[*_KEYS, "office"]]
            .drop(columns="channel")
            .assign(
                tone=np.array(means, dtype="float64"),
                squares=np.array(spreads, dtype="float64"),
                n_statements=n,
                n_unscored=sums["n_rows"].to_numpy() - n,
            )
        )


def _summed(rows: pd.DataFrame) -> pd.DataFrame:
    """Sum rows of one occasion; the office is that of the first."""
    occasions = rows.groupby(_KEYS, sort=True, observed=True)
    sums = occasions[_SUMS].sum()
    sums.insert(0, "office", occasions["office"].first())
    return sums.reset_index()


def _pieces(tone: NDArray[np.float64]) -> list[NDArray[np.int64]]:
    """Cut tones into whole numbers, each with the sign of its tone, the highest bits first."""
    sign, rest = np.sign(tone).astype(np.int64), np.abs(tone)
    pieces = []
    for _ in range(_N_PIECES):
        rest = rest * (1 << _BITS)  # a power of two: no rounding
        piece = np.floor(rest)
        rest = rest - piece
        pieces.append(sign * piece.astype(np.int64))
    return pieces


def _whole(pieces: pd.DataFrame) -> list[int]:
    """Put the pieces of each row together as one whole number."""
    totals = [0] * len(pieces)
    for name in pieces.columns:
        column = pieces[name].tolist()
        totals = [(total << _BITS) + piece for total, piece in zip(totals, column, strict=True)]
    return totals


def occasion_rows(scored: pd.DataFrame, dyad: Dyad, *, is_corrected: bool = False) -> pd.DataFrame:
    """Return the statements of a dyad with the keys of their occasions, or refuse the frame."""
    absent = [column for column in _NEEDED if column not in scored.columns]
    if absent:
        remedy = "Score the statements first: score_statements(frame)." if "tone" in absent else ""
        raise BadArgumentError(
            f"The scored statements lack the column {', '.join(map(repr, absent))}.", remedy=remedy
        )
    if not pd.api.types.is_datetime64_any_dtype(scored["date"]):
        raise BadArgumentError(
            f"The column 'date' holds {scored['date'].dtype}, not dates.",
            remedy="Read the statements with read_statements, or use pandas.to_datetime.",
        )
    if scored["date"].isna().any():
        n = int(scored["date"].isna().sum())
        raise BadArgumentError(
            f"{wording.count(n, 'statement')} of {len(scored):,} without a date received.",
            remedy="Date them, or leave them out: frame.dropna(subset='date').",
        )
    if not pd.api.types.is_numeric_dtype(scored["tone"]):
        raise BadArgumentError(
            f"The column 'tone' holds {scored['tone'].dtype}, not numbers.",
            remedy="Score the statements with score_statements, or use pandas.to_numeric.",
        )
    outside = scored["tone"].abs().gt(1)
    if outside.any() and not is_corrected:
        value = scored.loc[outside, "tone"].iloc[0]
        raise BadArgumentError(f"A tone of {value} was received; tone lies in [-1, 1].")
    direction = scored["source"].astype(str) + ">" + scored["target"].astype(str)
    rows = direction.isin(dyad.directions)
    # The day is that of the speaker's clock, whatever the zone of the time.
    day = scored.loc[rows, "date"].dt.tz_localize(None).dt.normalize()
    channel, office = (
        scored[name] if name in scored.columns else pd.Series("", scored.index)
        for name in ("channel", "level")
    )
    return pd.DataFrame(
        {
            "direction": direction[rows],
            "month": day.dt.to_period("M").dt.to_timestamp(),
            "day": day,
            "speaker": scored.loc[rows, "speaker"].fillna(""),
            "channel": channel[rows].fillna(""),
            "office": office[rows].fillna(""),
            "tone": scored.loc[rows, "tone"].astype("float64"),
        }
    )

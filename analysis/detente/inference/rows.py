"""The statements of a dyad that a model of steps can use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from detente.countries import Dyad
from detente.index import corrected_tones, occasion_means
from detente.index.occasions import no_statement
from detente.inference.covariance import Cells, Floats

__all__ = ["FIRST_DAYS", "Rows", "day_number", "days_from", "mappings"]

#: Days 0 to 3 after an event are left out in the second table of results.
FIRST_DAYS = 3


@dataclass(frozen=True, eq=False)
class Rows:
    """Statements of a dyad with a tone.

    Parameters
    ----------
    day : ndarray of int, shape (N,)
        Day of each statement, counted from 1 January 1970.
    side : ndarray of int, shape (N,)
        0 where the first country speaks, 1 where the second does.
    tone : ndarray, shape (N,)
        Tone, in [-1, 1]; corrected tones may lie outside.
    drawn : ndarray, shape (N,), or None, default None
        What the draw of the coded statements adds to the variance of each corrected tone, as
        `corrected` estimates it, tone squared; None where tones are not corrected.
    """

    day: npt.NDArray[np.int64]
    side: npt.NDArray[np.int64]
    tone: Floats
    drawn: Floats | None = None

    @classmethod
    def of(cls, scored: pd.DataFrame, dyad: Dyad, corrected: pd.DataFrame | None = None) -> Rows:
        """Take the statements of a dyad that have a tone.

        Parameters
        ----------
        scored : DataFrame
            A row per statement, as `monthly_index` takes it. Not changed.
        dyad : Dyad
            The two countries; rows of others are passed over.
        corrected : DataFrame, optional
            Codings with `id`, `code` and `pi`, by which tones are corrected.

        Returns
        -------
        Rows
            In order of time.

        Raises
        ------
        BadArgumentError
            As `monthly_index`, for columns that are missing or hold something else and where no
            statement is of the dyad, and as `corrected_tones`.

        Notes
        -----
        A corrected tone is f + (R / pi) (y - f). Over draws of R it varies by
        (1 - pi) / pi (y - f)^2 around y, which is known for coded statements alone;
        (1 - pi) (R / pi)^2 (y - f)^2 has it for its mean, and is what `drawn` holds.
        """
        occasion_means(scored, dyad)  # for its checks
        first = scored["source"].eq(dyad.a) & scored["target"].eq(dyad.b)
        second = scored["source"].eq(dyad.b) & scored["target"].eq(dyad.a)
        if not (first | second).any():
            raise no_statement(scored, dyad)
        kept = (first | second) & scored["tone"].notna()
        own = scored.loc[kept].sort_values("date", kind="stable")
        raw = own["tone"].to_numpy("float64")
        tone, drawn = raw, None
        if corrected is not None:
            tone = corrected_tones(own, corrected)["tone"].to_numpy("float64")
            chance = pd.to_numeric(corrected["pi"]).groupby(corrected["id"]).first()
            # A statement that is not coded has the tone that it had.
            pi = chance.reindex(own["id"]).fillna(1.0).to_numpy("float64")
            drawn = (1 - pi) * (tone - raw) ** 2
        return cls(
            days_from(own["date"]),
            own["source"].eq(dyad.b).to_numpy().astype("int64"),
            tone,
            drawn,
        )

    def __len__(self) -> int:
        return len(self.day)

    def without(self, days: npt.NDArray[np.int64]) -> Rows:
        """Return the statements of other days than these."""
        kept = ~np.isin(self.day, days)
        drawn = None if self.drawn is None else self.drawn[kept]
        return Rows(self.day[kept], self.side[kept], self.tone[kept], drawn)

    def cells(self) -> Cells:
        """Gather the statements by day and side."""
        return Cells.of(self.day, self.side, self.tone)


def days_from(dates: pd.Series) -> npt.NDArray[np.int64]:
    """Return dates as numbers of days.

    Parameters
    ----------
    dates : Series
        Dates, none missing.

    Returns
    -------
    ndarray of int
        Days since 1 January 1970.
    """
    return dates.to_numpy("datetime64[D]").astype("int64")


def mappings(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame as dictionaries.

    Parameters
    ----------
    table : DataFrame
        Any frame; its index is left out.

    Returns
    -------
    list of dict
        Column -> value, as it is.
    """
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def day_number(date: pd.Timestamp) -> int:
    """Return a date as a number of days.

    Parameters
    ----------
    date : Timestamp
        The date.

    Returns
    -------
    int
        Days since 1 January 1970.
    """
    return int(np.datetime64(date, "D").astype("int64"))

"""The raw months as they could have been known at a past month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd

from detente.index import IndexResult, Noise, as_day, occasion_means
from detente.index.noise import estimate_noise, measurement_covariance
from detente.index.sides import Side
from detente.inference.series import Floats

__all__ = ["KnownMonths", "ScoredAsOf", "months_known"]


class ScoredAsOf(Protocol):
    """Gives the statements with the tones that they could have had on a day."""

    def __call__(self, day: pd.Timestamp, /) -> pd.DataFrame | None:
        """Return the statements up to a day, as `monthly_index` takes them.

        Parameters
        ----------
        day : Timestamp
            Nothing later is known: neither statements nor what the scorer learned from.

        Returns
        -------
        DataFrame or None
            None where nothing was known.
        """

    @property
    def note(self) -> str:
        """How the tones came about, in a sentence or more; asked for after the last call."""


@dataclass(frozen=True, eq=False)
class KnownMonths:
    """What a model can be fitted to.

    Parameters
    ----------
    raw : ndarray, shape (m, k)
        Monthly means of the k sides of the index, degrees, NaN where silent.
    noise : ndarray, shape (m, k, k)
        Covariance that the noise of statements and days leaves in them, degrees squared.
    scatter : Noise
        Variances of statements and days that this noise comes from.
    """

    raw: Floats
    noise: Floats
    scatter: Noise


def months_known(
    result: IndexResult, scored_as_of: ScoredAsOf, origin: int, scatter: Noise | None = None
) -> KnownMonths | None:
    """Return the months up to an origin as they could have been known at its end.

    Parameters
    ----------
    result : IndexResult
        The index: its months, sides and weights count, its tones do not.
    scored_as_of : ScoredAsOf
        The statements as of a day. Later ones are left out here too.
    origin : int
        Position of the last month that is known.
    scatter : Noise, optional
        Variances of statements and days as an earlier origin knew them. Default: estimated.

    Returns
    -------
    KnownMonths or None
        None where no statement of the dyad was known.
    """
    months = result.months[: origin + 1]
    last = as_day(f"{months[-1]:%Y-%m}", "origin")
    scored = scored_as_of(last)
    if scored is None:
        return None
    scored = scored[scored["date"].dt.tz_localize(None).dt.normalize() <= last]
    occasions = occasion_means(scored, result.dyad)
    occasions = occasions[occasions["month"].isin(months)]
    if occasions.empty:
        return None
    directions = {
        name: Side.of(occasions, name, months, weights=result.weights)  # type: ignore[arg-type]
        for name in result.dyad.directions
    }
    if scatter is None:
        scatter = estimate_noise(list(directions.values()))
    sides = [directions[name] for name in result.sides]
    raw = np.column_stack([side.mean for side in sides])
    return KnownMonths(raw, measurement_covariance(sides, scatter), scatter)

"""Surface forms of the countries on each statement's day, made when they are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import overload

import pandas as pd

from detente.countries import surface_forms

__all__ = ["DatedForms"]


class DatedForms(Sequence[tuple[str, ...]]):
    """For each statement the surface forms of one country on its day, longest first.

    A scorer that reads no item pays nothing; each (country, day) is looked up once.

    Parameters
    ----------
    codes : sequence of str, length n
        ISO 3166-1 alpha-3 codes.
    dates : sequence of dates, length n
        Days said; where a date is missing, leaders of all times count.
    aliases : mapping of str to sequence of str, optional
        Further forms by country code.

    Examples
    --------
    >>> forms = DatedForms(["TUR", "TUR"], ["2015-11-24", None], {"TUR": ["Bosphorus"]})
    >>> len(forms), "Turkey" in forms[0], "Bosphorus" in forms[1]
    (2, True, True)
    """

    def __init__(
        self,
        codes: Sequence[object],
        dates: Sequence[object],
        aliases: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self._codes = tuple(codes)
        self._dates = tuple(dates)
        self._aliases = aliases or {}

    def __len__(self) -> int:
        return len(self._codes)

    @overload
    def __getitem__(self, position: int) -> tuple[str, ...]: ...
    @overload
    def __getitem__(self, position: slice) -> DatedForms: ...
    def __getitem__(self, position: int | slice) -> tuple[str, ...] | DatedForms:
        if isinstance(position, slice):
            return DatedForms(self._codes[position], self._dates[position], self._aliases)
        code = str(self._codes[position])
        extra = self._aliases.get(code, ())
        # A lone text goes on as it is, for surface_forms to refuse.
        return _forms(
            code, self._dates[position], extra if isinstance(extra, str) else tuple(extra)
        )


@cache
def _forms(code: str, date: object, extra: Sequence[str]) -> tuple[str, ...]:
    day = pd.to_datetime(date, errors="coerce")  # type: ignore[call-overload]
    return surface_forms(code, on=None if pd.isna(day) else day, extra=extra)

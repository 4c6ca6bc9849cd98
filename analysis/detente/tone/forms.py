"""Surface forms of the countries on each statement's day, made when they are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import overload

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from detente.countries import surface_forms
from detente.countries.leaders import change_days
from detente.errors import BadArgumentError

__all__ = ["DatedForms", "distinct_forms"]

Ints = NDArray[np.int64]


class DatedForms(Sequence[tuple[str, ...]]):
    """For each statement the surface forms of one country on its day, longest first.

    A scorer that reads no item pays nothing; each (country, day) is looked up once.

    Parameters
    ----------
    codes : sequence of str or Series, length n
        ISO 3166-1 alpha-3 codes.
    dates : sequence of dates or Series, length n
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
        codes: Sequence[object] | pd.Series,
        dates: Sequence[object] | pd.Series,
        aliases: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        if len(codes) != len(dates):
            raise BadArgumentError(
                f"{len(codes)} codes do not fit {len(dates)} dates.", remedy="Give one a statement."
            )
        self._given = (codes, dates)
        self._aliases = aliases or {}
        self._shared: _Shared | None = None
        self._of = _NONE

    def __len__(self) -> int:
        return len(self._given[0]) if self._shared is None else len(self._of)

    @overload
    def __getitem__(self, position: int) -> tuple[str, ...]: ...
    @overload
    def __getitem__(self, position: slice) -> DatedForms: ...
    def __getitem__(self, position: int | slice) -> tuple[str, ...] | DatedForms:
        shared = self._looked_up()
        if isinstance(position, slice):
            part = object.__new__(DatedForms)
            part.__dict__.update(self.__dict__, _of=self._of[position])
            return part
        return shared.forms(int(self._of[position]), self._aliases)

    def distinct(self) -> tuple[list[tuple[str, ...]], Ints]:
        """Return the distinct forms, and for each statement which of them it has."""
        shared = self._looked_up()
        of, keys = pd.factorize(self._of)
        return [shared.forms(key, self._aliases) for key in keys.tolist()], of

    def _looked_up(self) -> _Shared:
        if self._shared is None:
            self._shared, self._of = _share(*self._given)
        return self._shared


class _Shared:
    """The forms that slices of one `DatedForms` have in common.

    Parameters
    ----------
    keys : list of (str, int, date or None)
        Country codes with the number of a period in which the same people were in office, and
        a day of it.
    """

    def __init__(self, keys: list[tuple[str, int, date | None]]) -> None:
        self._keys = keys
        self._found: dict[int, tuple[str, ...]] = {}

    def forms(self, key: int, aliases: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
        found = self._found.get(key)
        if found is None:
            code, period, day = self._keys[key]
            extra = aliases.get(code, ())
            if len(extra):
                # A lone text goes on as it is, for surface_forms to refuse.
                extra = extra if isinstance(extra, str) else tuple(extra)
                found = surface_forms(code, on=day, extra=extra)
            else:
                found = _KNOWN.get((code, period))
                if found is None:
                    found = _KNOWN[code, period] = surface_forms(code, on=day)
            self._found[key] = found
        return found


#: Forms of every country and period met, without aliases: there are some 900 at most.
_KNOWN: dict[tuple[str, int], tuple[str, ...]] = {}


def _share(
    codes: Sequence[object] | pd.Series, dates: Sequence[object] | pd.Series
) -> tuple[_Shared, Ints]:
    """Return what statements have in common, and the number of the forms of each."""
    country, countries = pd.factorize(_column(codes))
    day_of, days = pd.factorize(_column(dates))
    day = np.append(_days(days), np.datetime64("NaT", "D"))[day_of]
    period = np.full(len(country), -1, dtype=np.int64)
    known = [str(one) for one in countries] + ["None"]
    for number, code in enumerate(known[:-1]):
        changes = np.array(change_days(code), dtype="datetime64[D]")
        rows = np.flatnonzero(country == number)
        period[rows] = np.searchsorted(changes, day[rows], side="right")
    period[np.isnat(day)] = -1
    base = int(period.max(initial=0)) + 2
    of, distinct = pd.factorize(country * base + period + 1)
    first = np.empty(len(distinct), dtype=np.int64)
    first[of[::-1]] = np.arange(len(of))[::-1]
    keys = [
        (
            known[int(country[row])],
            int(period[row]),
            None if np.isnat(day[row]) else day[row].astype(date),
        )
        for row in first.tolist()
    ]
    return _Shared(keys), of


def _column(values: Sequence[object] | pd.Series) -> pd.Series | pd.Index:
    if isinstance(values, (pd.Series, pd.Index)):
        return values
    column = np.empty(len(values), dtype=object)
    column[:] = list(values)
    return pd.Index(column, dtype=object)


def _days(values: pd.Index) -> NDArray[np.datetime64]:
    """Return dates as days, NaT where a value is no date."""
    if not isinstance(values, pd.DatetimeIndex):
        values = pd.DatetimeIndex([pd.to_datetime(value, errors="coerce") for value in values])
    # The day as it is written counts; a time zone would move it.
    return values.tz_localize(None).to_numpy().astype("datetime64[D]")


_NONE = np.zeros(0, dtype=np.int64)


def distinct_forms(forms: Sequence[Sequence[str]]) -> tuple[list[tuple[str, ...]], Ints]:
    """Return the distinct sets of surface forms, and which of them each text has.

    Parameters
    ----------
    forms : sequence of sequences of str, length n
        Surface forms of each text; `DatedForms` knows its own.

    Returns
    -------
    distinct : list of tuple of str
        Hardly any of them twice.
    of : ndarray of int, shape (n,)
        Positions in `distinct`.

    Examples
    --------
    >>> distinct, of = distinct_forms([["Turkey"], ["Russia"], ["Turkey"]])
    >>> distinct, of.tolist()
    ([('Turkey',), ('Russia',)], [0, 1, 0])
    """
    if isinstance(forms, DatedForms):
        return forms.distinct()
    number: dict[tuple[str, ...], int] = {}
    of = np.fromiter(
        (number.setdefault(tuple(one), len(number)) for one in forms), np.int64, len(forms)
    )
    return list(number), of

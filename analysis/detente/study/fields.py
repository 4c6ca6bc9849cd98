"""Types of the fields of a study: each checks its value and says what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Generic, TypeVar

from pydantic import AfterValidator, BeforeValidator, InstanceOf

from detente import wording
from detente.countries import Dyad

__all__ = ["AliasTable", "DyadField", "Filled", "Lines", "Month", "Names", "Table"]

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def _dyad(value: object) -> Dyad:
    if isinstance(value, list):
        value = tuple(value)
    if isinstance(value, tuple) and len(value) != 2:
        found = wording.count(len(value), "country")
        raise ValueError(f'names {found}; write two, such as ["RUS", "TUR"].')
    if not isinstance(value, Dyad | tuple | str):
        raise ValueError('is not a dyad; write two codes, such as ["RUS", "TUR"].')
    return Dyad.parse(value)


def _month(value: object) -> object:
    if value is not None and (not isinstance(value, str) or not _MONTH.fullmatch(value)):
        raise ValueError(f"{value!r} is not a month; write it in quotes as YYYY-MM.")
    return value


def _filled(value: str) -> str:
    if not value.strip():
        raise ValueError("is empty.")
    return value.strip()


def _listed(value: object) -> object:
    if isinstance(value, str):
        raise ValueError(f'is one text; write a list, such as ["{value}"].')
    return value


#: A text that is not empty.
Filled = Annotated[str, AfterValidator(_filled)]
#: Texts, none of them empty.
Lines = tuple[Filled, ...]
#: A month as YYYY-MM.
Month = Annotated[str | None, BeforeValidator(_month)]

_Value = TypeVar("_Value")


class Names(Mapping[str, _Value], Generic[_Value]):
    """A mapping by text that cannot change, so that a study can be hashed and copied.

    Parameters
    ----------
    names : mapping, optional
        What it holds; default: nothing.
    """

    def __init__(self, names: Mapping[str, _Value] | None = None) -> None:
        self._names = dict(names or {})

    def __getitem__(self, key: str) -> _Value:
        return self._names[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __hash__(self) -> int:
        return hash(tuple(self._names.items()))

    def __repr__(self) -> str:
        return repr(self._names)


#: Texts by text.
Table = Annotated[Mapping[str, Filled], AfterValidator(Names)]
#: Further names by the code of a country.
AliasTable = Annotated[
    Mapping[str, Annotated[Lines, BeforeValidator(_listed)]], AfterValidator(Names)
]

#: The two countries.
DyadField = Annotated[InstanceOf[Dyad], BeforeValidator(_dyad)]

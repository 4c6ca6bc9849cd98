"""The tables beside this module, read once, at the first question.

A cell of `aliases.csv` holds forms between bars. A form that begins with ``~`` is recorded
but never read as the country ("Brussels" in prose is mostly the European Union); one that
begins with ``=`` keeps its marks ("Malé", because "Male" is an English word).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from detente.countries.spelling import fold_marks

__all__ = ["Row", "country_rows", "decoy_phrases", "fips_codes", "read_table", "spelled"]


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of one country, each form with its twin without marks.

    Parameters
    ----------
    code : str
        ISO 3166-1 alpha-3.
    name : str
        The name a reader knows, with its marks.
    names, demonyms, capitals, metonyms : tuple of str
        Forms that stand for the country wherever they are found.
    weak : tuple of str
        Forms that stand for it only where no rival is named ("Korea").
    rivals : tuple of str
        Codes of the countries that share the weak forms.
    unread : tuple of str
        Forms that are recorded and never read as the country.
    """

    code: str
    name: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    metonyms: tuple[str, ...]
    weak: tuple[str, ...]
    rivals: tuple[str, ...]
    unread: tuple[str, ...]

    @property
    def strong(self) -> tuple[str, ...]:
        """All forms but the weak and the unread ones."""
        return self.names + self.demonyms + self.capitals + self.metonyms


def read_table(file: str) -> Iterator[dict[str, str]]:
    """Yield the rows of one of the tables in `_data`.

    Parameters
    ----------
    file : str
        Name of the file, with its ending.

    Yields
    ------
    dict
        One row, column name to cell.
    """
    # Imported here: it costs more than the rest of the package.
    from importlib.resources import files

    text = files("detente.countries").joinpath("_data", file).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def spelled(cell: str) -> tuple[str, ...]:
    """Return the forms of a cell that are read, each followed by its twin without marks.

    Parameters
    ----------
    cell : str
        Forms between bars, with their signs.

    Returns
    -------
    tuple of str
        In the order of the cell, none twice.

    Examples
    --------
    >>> spelled("Türkiye|=Malé|~Brussels")
    ('Türkiye', 'Turkiye', 'Malé')
    """
    forms: list[str] = []
    for form in filter(None, cell.split("|")):
        if form.startswith("~"):
            continue
        forms += [form[1:]] if form.startswith("=") else [form, fold_marks(form)]
    return tuple(dict.fromkeys(forms))


def _row(cells: Mapping[str, str]) -> Row:
    every = "|".join(cells[column] for column in ("names", "demonyms", "capitals", "metonyms"))
    return Row(
        code=cells["iso3"],
        name=cells["name"].removeprefix("="),
        names=spelled(cells["name"] + "|" + cells["names"]),
        demonyms=spelled(cells["demonyms"]),
        capitals=spelled(cells["capitals"]),
        metonyms=spelled(cells["metonyms"]),
        weak=spelled(cells["weak"]),
        rivals=tuple(filter(None, cells["rivals"].split("|"))),
        unread=tuple(form[1:] for form in every.split("|") if form.startswith("~")),
    )


@cache
def country_rows() -> Mapping[str, Row]:
    """Return the table of countries: alpha-3 code to row, in the order of the codes."""
    return MappingProxyType({cells["iso3"]: _row(cells) for cells in read_table("aliases.csv")})


@cache
def decoy_phrases() -> tuple[str, ...]:
    """Return the phrases that hold a form and are no mention ("Indian Ocean")."""
    return tuple(cells["phrase"] for cells in read_table("decoys.csv"))


@cache
def fips_codes() -> Mapping[str, str]:
    """Return FIPS 10-4 codes that differ from ISO 3166-1 alpha-2, to alpha-3."""
    return MappingProxyType({cells["fips"]: cells["iso3"] for cells in read_table("fips.csv")})

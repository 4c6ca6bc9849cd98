"""Who held which office when, and by which names prose calls them.

A surname has one of four rules: `alone` (it stands for its bearer wherever it is found),
`inside` (a word of other meanings, or a very common name, that `guards` looks at: "Moon"),
`titled` (only after a title: "Prime Minister May"), `never` (only the full name).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from detente.countries.table import read_table, spelled

__all__ = ["TITLES", "Term", "change_days", "guarded_surnames", "has_leaders", "terms"]

#: Titles that may stand before a surname, by office. Those of "" fit every office.
TITLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "": ("Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Minister", "Secretary"),
        "head_of_state": ("President", "Acting President", "Chairman"),
        "head_of_government": ("Prime Minister", "Premier", "PM", "Chancellor"),
        "foreign_minister": (
            "Foreign Minister",
            "Foreign Secretary",
            "External Affairs Minister",
            "Secretary of State",
            "FM",
        ),
        "defence_minister": ("Defence Minister", "Defense Minister"),
        "spokesperson": ("Spokesperson", "Spokesman", "Spokeswoman"),
    }
)


@dataclass(frozen=True, slots=True)
class Term:
    """One person in one office.

    Parameters
    ----------
    code : str
        ISO 3166-1 alpha-3.
    person : str
        Full name, with its marks.
    office : str
        A key of `TITLES`, or another office in words.
    forms : tuple of str
        What prose calls the person, titles included where the surname needs one.
    first, last : datetime.date
        First and last day in office, both included; `date.max` while it lasts.
    """

    code: str
    person: str
    office: str
    forms: tuple[str, ...]
    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Tell whether the term includes this day."""
        return self.first <= day <= self.last


def _forms(cells: Mapping[str, str]) -> tuple[str, ...]:
    surnames = spelled(cells["surname"])
    forms = spelled(cells["full"])
    if cells["rule"] in ("alone", "inside"):
        forms += surnames
    elif cells["rule"] == "titled":
        titles = TITLES[""] + TITLES.get(cells["office"], ())
        forms += tuple(f"{title} {surname}" for surname in surnames for title in titles)
    return tuple(dict.fromkeys(forms))


@cache
def _table() -> Mapping[str, tuple[Term, ...]]:
    found: dict[str, list[Term]] = {}
    for cells in read_table("leaders.csv"):
        found.setdefault(cells["iso3"], []).append(
            Term(
                code=cells["iso3"],
                person=cells["person"],
                office=cells["office"],
                forms=_forms(cells),
                first=date.fromisoformat(cells["from"]),
                last=date.fromisoformat(cells["to"]) if cells["to"] else date.max,
            )
        )
    return MappingProxyType({code: tuple(rows) for code, rows in found.items()})


def terms(code: str) -> tuple[Term, ...]:
    """Return all terms of office known for a country; none for some countries.

    Parameters
    ----------
    code : str
        ISO 3166-1 alpha-3.

    Returns
    -------
    tuple of Term
        In the order of the table.

    Examples
    --------
    >>> [term.person for term in terms("TUR") if term.holds(date(2012, 5, 1))][:2]
    ['Recep Tayyip Erdoğan', 'Abdullah Gül']
    """
    return _table().get(code, ())


def has_leaders(code: str, since: date = date.min, until: date = date.max) -> bool:
    """Tell whether somebody is known who held office in a country in these days.

    Parameters
    ----------
    code : str
        ISO 3166-1 alpha-3.
    since, until : datetime.date
        First and last day; left out, any time.

    Returns
    -------
    bool
        Whether a term lies in them, wholly or in part.

    Examples
    --------
    >>> has_leaders("TUR"), has_leaders("TUR", until=date(1990, 1, 1)), has_leaders("LUX")
    (True, False, False)
    """
    return any(term.first <= until and term.last >= since for term in terms(code))


@cache
def change_days(code: str) -> tuple[date, ...]:
    """Return the days on which the set of people in office changes.

    Parameters
    ----------
    code : str
        ISO 3166-1 alpha-3.

    Returns
    -------
    tuple of datetime.date
        Ascending; from one of them to the day before the next one the same people are in
        office.
    """
    days = {term.first for term in terms(code)}
    days |= {term.last + timedelta(days=1) for term in terms(code) if term.last < date.max}
    return tuple(sorted(days))


@cache
def guarded_surnames() -> frozenset[str]:
    """Return the surnames of rule `inside`: "Moon", "Park", "Kim" and the like."""
    return frozenset(
        surname
        for cells in read_table("leaders.csv")
        if cells["rule"] == "inside"
        for surname in spelled(cells["surname"])
    )

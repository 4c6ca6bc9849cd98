"""The surface forms of a country: what prose calls it, on a given day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache, lru_cache

from detente.countries.country import Country
from detente.countries.leaders import change_days, terms
from detente.countries.table import country_rows
from detente.errors import BadArgumentError

__all__ = ["checked_forms", "form_owners", "period_day", "surface_forms"]


def surface_forms(
    code: str, *, on: date | None = None, extra: Sequence[str] = ()
) -> tuple[str, ...]:
    """Return the forms by which a text may mention a country.

    Parameters
    ----------
    code : str
        ISO 3166-1 alpha-3 code.
    on : datetime.date or pandas.Timestamp, optional
        Day of the text: only leaders in office on that day are included, the first and the
        last day of a term counting as in office. None or NaT: all leaders known.
    extra : sequence of str, optional
        Further forms of a study, such as a company or a city; they are matched as they are
        written.

    Returns
    -------
    tuple of str
        Names, demonyms, capitals, government metonyms and leaders, and `extra`; none twice,
        longest first, forms of one length in alphabetical order.

    Raises
    ------
    BadArgumentError
        If `code` is no country, `on` is no day, or `extra` holds something else than text.

    Notes
    -----
    Weak forms ("Korea" for South Korea) and guarded surnames ("Moon") are among the forms;
    `mention_spans` knows when they do not count. Leaders are known for 156 countries and from
    2008 on; a term that is not known to have ended stays open.

    Examples
    --------
    >>> from datetime import date
    >>> forms = surface_forms("TUR", on=date(2010, 1, 1))
    >>> "Turkish" in forms, "Ankara" in forms, "Gül" in forms, "Fidan" in forms
    (True, True, True, False)
    """
    day: date | None = None
    if on is not None:
        if not isinstance(on, date):
            raise BadArgumentError(
                f"{on!r} is not a day.", remedy="Give a datetime.date or a pandas.Timestamp."
            )
        # NaT is a datetime that does not equal itself.
        if on == on:
            day = on.date() if isinstance(on, datetime) else on
    code = Country.parse(code).code
    return _forms(code, period_day(code, day), checked_forms(extra))


def period_day(code: str, day: date | None) -> date | None:
    """Return the first day on which the same people were in office as on this one.

    Parameters
    ----------
    code : str
        ISO 3166-1 alpha-3 code.
    day : datetime.date or None
        Any day; None stands for all times.

    Returns
    -------
    datetime.date or None
        The same for all days of a period, so that they share one set of forms; the stretch
        before the first known term has the day before it. None for None, and for a country of
        which no leader is known.

    Examples
    --------
    >>> period_day("TUR", date(2015, 3, 1)) == period_day("TUR", date(2015, 3, 2))
    True
    """
    changes = change_days(code)
    if day is None or not changes:
        return None
    place = bisect_right(changes, day)
    return changes[place - 1] if place else changes[0] - timedelta(days=1)


def checked_forms(forms: Sequence[str]) -> tuple[str, ...]:
    """Return the forms as a tuple; raise where one is no text or blank.

    Parameters
    ----------
    forms : sequence of str
        Surface forms; a single text is refused, since its letters would be taken for forms.

    Returns
    -------
    tuple of str
        In the order given.

    Raises
    ------
    BadArgumentError
        If `forms` is one text, or an entry is no text or blank.
    """
    if isinstance(forms, (str, bytes)):
        raise BadArgumentError(
            f"Surface forms are a sequence of texts, and received the text {forms!r}.",
            remedy=f"Write [{forms!r}].",
        )
    checked = tuple(forms)
    for form in checked:
        if not isinstance(form, str) or not form.strip():
            raise BadArgumentError(
                f"{form!r} is not a surface form.", remedy="Give texts that are not blank."
            )
    return checked


@lru_cache(maxsize=4096)
def _forms(code: str, day: date | None, extra: tuple[str, ...]) -> tuple[str, ...]:
    row = country_rows()[code]
    leaders = (
        form for term in terms(code) if day is None or term.holds(day) for form in term.forms
    )
    every = {*row.strong, *row.weak, *leaders, *extra}
    return tuple(sorted(every, key=lambda form: (-len(form), form)))


@cache
def form_owners() -> dict[str, frozenset[str]]:
    """Return every form of every country, leaders included, to the codes that have it."""
    owners: dict[str, set[str]] = {}
    for row in country_rows().values():
        for form in (*row.strong, *row.weak, *row.unread):
            owners.setdefault(form, set()).add(row.code)
        for term in terms(row.code):
            for form in term.forms:
                owners.setdefault(form, set()).add(row.code)
    return {form: frozenset(codes) for form, codes in owners.items()}

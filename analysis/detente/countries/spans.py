"""Where a text mentions a country: character spans, and a column of yes and no."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from detente.countries.aliases import checked_forms, surface_forms
from detente.countries.country import Country
from detente.countries.leaders import change_days
from detente.countries.matcher import matcher_of
from detente.errors import BadArgumentError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["mention_spans", "mentions"]


def mention_spans(text: str, forms: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return where a text holds one of the forms.

    Parameters
    ----------
    text : str
        Any text; positions count its characters from 0.
    forms : sequence of str
        Surface forms, as `surface_forms` gives them.

    Returns
    -------
    list of (int, int, str)
        Start (included), end (excluded) and form of each mention, from left to right, without
        overlap; at each place the longest form. ``text[start:end]`` is the form, up to white
        space, kind of quote and hyphen, composed or decomposed letters, and all capitals.

    Raises
    ------
    BadArgumentError
        If `text` is no text, or `forms` is one text or holds a blank one.

    Notes
    -----
    Forms end at word bounds and keep their capitals, so that "turkey farm", "Indiana" and
    "japanned" hold no country. A form within a longer name of another country, or within a
    phrase that only looks like one, is not a mention: "Korea" in "North Korea", "Indian" in
    "Indian Ocean", "Minsk" in "Minsk agreements". A weak form ("Korea", "Congo") counts only
    where the text names no rival. A surname such as "Moon" counts by the rule of `guards`.

    Not seen: pronouns, irony, and words that differ only in meaning (Georgia the country and
    the state, Jordan the country and the name).

    Examples
    --------
    >>> mention_spans("Ankara, Turkish turkey, the Kremlin", ["Turkish", "Ankara"])
    [(0, 6, 'Ankara'), (8, 15, 'Turkish')]
    >>> mention_spans("North Korea and South Korea", surface_forms("KOR"))
    [(16, 27, 'South Korea')]
    """
    if not isinstance(text, str):
        raise BadArgumentError(f"{text!r} is not a text.", remedy="Give a str.")
    return matcher_of(checked_forms(forms)).spans(text)


def mentions(
    texts: Iterable[object],
    codes: Iterable[str],
    dates: Iterable[object] | None = None,
    extra: Mapping[str, Sequence[str]] | None = None,
) -> NDArray[np.bool_]:
    """Tell for each text whether it mentions the country that stands beside it.

    Parameters
    ----------
    texts : iterable of str, length n
        Texts; a missing value mentions nothing.
    codes : iterable of str, length n
        ISO 3166-1 alpha-3 code for each text, such as the column `target`.
    dates : iterable of dates, length n, optional
        Day of each text; leaders count only while in office. Left out, or missing for a text:
        all leaders known count.
    extra : mapping of str to sequence of str, optional
        Further forms of a study, by code.

    Returns
    -------
    ndarray of bool, shape (n,)
        True where text i holds at least one span of country i, as `mention_spans` finds them.

    Raises
    ------
    BadArgumentError
        If the lengths differ, a code is unknown, or a date cannot be read.

    Examples
    --------
    >>> texts = ["Erdogan called.", "Erdogan called.", "A turkey farm."]
    >>> mentions(texts, ["TUR", "RUS", "TUR"]).tolist()
    [True, False, False]
    >>> mentions(["Medvedev spoke."], ["RUS"], dates=["2005-01-01"]).tolist()
    [False]
    """
    import numpy as np

    for name, given in (("texts", texts), ("codes", codes)):
        if isinstance(given, str):
            raise BadArgumentError(
                f"`{name}` is a column of values, and received the text {given!r}.",
                remedy=f"Write [{given!r}].",
            )
    rows, targets = list(texts), list(codes)
    if len(rows) != len(targets):
        raise BadArgumentError(
            f"{len(rows)} texts do not fit {len(targets)} codes.", remedy="Give one code a text."
        )
    days = _days(dates, len(rows))
    more = _checked_extra(extra)
    members_of: dict[str, list[int]] = {}
    for place, code in enumerate(targets):
        key = code if isinstance(code, str) else Country.parse(code).code
        members_of.setdefault(key, []).append(place)
    groups: dict[tuple[str, date | None], list[int]] = {}
    for code, members in members_of.items():
        Country.parse(code)
        for place, day in zip(members, _period_days(code, days[members]), strict=True):
            groups.setdefault((code, day), []).append(place)
    found = np.zeros(len(rows), dtype=np.bool_)
    for (code, day), members in groups.items():
        names = matcher_of(surface_forms(code, on=day, extra=more.get(code, ()))).names
        for place in members:
            text = rows[place]
            found[place] = isinstance(text, str) and names(text)
    return found


def _checked_extra(extra: Mapping[str, Sequence[str]] | None) -> dict[str, tuple[str, ...]]:
    return {Country.parse(code).code: checked_forms(forms) for code, forms in (extra or {}).items()}


def _days(dates: Iterable[object] | None, n: int) -> NDArray[np.datetime64]:
    """Return the dates as days, NaT where there is none."""
    import numpy as np

    if dates is None:
        return np.full(n, "NaT", dtype="datetime64[D]")
    if isinstance(dates, str):
        raise BadArgumentError(
            f"`dates` is a column of days, and received the text {dates!r}.",
            remedy=f"Write [{dates!r}] * n.",
        )
    values = list(dates)
    if len(values) != n:
        raise BadArgumentError(
            f"{n} texts do not fit {len(values)} dates.", remedy="Give one date a text."
        )
    return np.array([_day(value) for value in values], dtype="datetime64[D]")


def _day(value: object) -> date | None:
    """Return one value as a day, without its time; None where it is missing."""
    if isinstance(value, str):
        if not value.strip():
            return None
        try:
            # The day as it is written counts; a time zone would move it.
            return datetime.fromisoformat(value.strip()).date()
        except ValueError:
            pass
    else:
        import pandas as pd

        # pandas knows all ways to be missing; a value of several parts gives no single bool.
        if pd.isna(value) is True:  # type: ignore[call-overload]
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        if type(value).__name__ == "datetime64":
            return pd.Timestamp(value).date()  # type: ignore[arg-type]
    raise BadArgumentError(f"{value!r} is not a day.", remedy="Write days as 2015-11-24.")


def _period_days(code: str, days: NDArray[np.datetime64]) -> list[date | None]:
    """Return for each day the first day on which the same people were in office.

    Texts of one such period share one set of forms, and so one compiled pattern.
    """
    import numpy as np

    changes = change_days(code)
    if not changes:
        return [None] * len(days)
    # The stretch before the first change has its own day, on which nobody known is in office.
    firsts = (changes[0] - timedelta(days=1), *changes)
    at = np.searchsorted(np.array(changes, dtype="datetime64[D]"), days, side="right")
    return [
        None if missing else firsts[place]
        for place, missing in zip(at.tolist(), np.isnat(days).tolist(), strict=True)
    ]

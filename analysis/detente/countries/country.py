"""Countries by their ISO 3166-1 alpha-3 code, and nothing else; Kosovo, which has none, as XKX.

Two-letter codes are refused: the same two letters are different countries in ISO 3166-1 and
in FIPS 10-4, which event data still use ("CH" is Switzerland in one and China in the other).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

from detente import wording
from detente.countries.spelling import canonical, fold_marks
from detente.countries.table import country_rows, fips_codes
from detente.errors import BadArgumentError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Country", "country_in_text", "country_name", "is_country"]

#: Countries and territories whose English names have the article within a sentence: plurals,
#: names with a word such as "Republic", and the Gambia.
_WITH_ARTICLE = frozenset(
    "ALA ARE ATF BES BHS CAF CCK COD COG COK COM CYM DOM FLK FRO GBR GMB IMN IOT MDV MHL MNP NLD "
    "PHL SLB SYC TCA UMI USA VGB VIR".split()
)

#: Of the codes that ISO 3166-1 leaves to its users, the World Bank and others give these two to
#: Kosovo; the names of countries in other languages go by the second.
_KOSOVO, _KOSOVO_2 = "XKX", "XK"

_REMEDY = "Write the ISO 3166-1 alpha-3 code in capitals, such as 'TUR'."


@dataclass(frozen=True, slots=True, order=True)
class Country:
    """A country or territory of ISO 3166-1, or Kosovo (XKX).

    Parameters
    ----------
    code : str
        Alpha-3 code in capitals.
    name : str
        The name a reader knows: "Turkey", "South Korea", "Russia".

    Raises
    ------
    BadArgumentError
        If `code` is no alpha-3 code.

    Examples
    --------
    >>> Country.parse("TUR")
    Country(code='TUR', name='Turkey')
    >>> str(Country.parse("KOR"))
    'South Korea'
    """

    code: str
    name: str

    def __post_init__(self) -> None:
        _check(self.code)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def parse(cls, value: str | Country, *, likely: Sequence[str] = ()) -> Country:
        """Return the country with this code.

        Parameters
        ----------
        value : str or Country
            An alpha-3 code in capitals; a `Country` is given back as it is.
        likely : sequence of str, default ()
            Codes that are sooner meant than others where the value is none, such as those of
            a study.

        Returns
        -------
        Country
            With the reader's short name.

        Raises
        ------
        BadArgumentError
            If the value is no alpha-3 code in capitals. The message names what was received
            and, where one is near, the code that was probably meant.

        Examples
        --------
        >>> Country.parse("tur")
        Traceback (most recent call last):
        ...
        detente.errors.BadArgumentError: 'tur' is not a country code. Did you mean 'TUR' (Turkey)?
        """
        if isinstance(value, cls):
            return value
        code = _check(value, likely)
        return cls(code, country_rows()[code].name)


def country_name(code: str) -> str:
    """Return the name of a country that a reader knows.

    Parameters
    ----------
    code : str
        ISO 3166-1 alpha-3 code in capitals.

    Returns
    -------
    str
        A short name without article, in the reader's language: "Turkey", "United States".

    Raises
    ------
    BadArgumentError
        If `code` is no alpha-3 code.

    Examples
    --------
    >>> country_name("TUR"), country_name("PRK")
    ('Turkey', 'North Korea')
    """
    country = Country.parse(code)
    place = wording.locale()
    if place is None:
        return country.name
    import pycountry  # its index of two-letter codes is wanted here only

    found = pycountry.countries.get(alpha_3=country.code)
    return str(place.territories.get(found.alpha_2 if found else _KOSOVO_2, country.name))


def country_in_text(code: str) -> str:
    """Return the name of a country as it stands within a sentence.

    Parameters
    ----------
    code : str
        ISO 3166-1 alpha-3 code in capitals.

    Returns
    -------
    str
        The name of `country_name`, in English with the article where it has one.

    Raises
    ------
    BadArgumentError
        If `code` is no alpha-3 code.

    Examples
    --------
    >>> f"officials of {country_in_text('PHL')} and {country_in_text('TUR')}"
    'officials of the Philippines and Turkey'
    """
    name = country_name(code)
    return f"the {name}" if wording.locale() is None and code in _WITH_ARTICLE else name


def is_country(codes: Iterable[object]) -> NDArray[np.bool_]:
    """Tell which values are alpha-3 codes of ISO 3166-1, or XKX.

    Parameters
    ----------
    codes : iterable of str
        Any number of values, such as a column of a frame; a single text is refused. A missing
        value, a small letter or a space makes it no code.

    Returns
    -------
    ndarray of bool, shape (n,)
        True where the value is a code.

    Raises
    ------
    BadArgumentError
        If `codes` is one text.

    Examples
    --------
    >>> is_country(["TUR", "TR", "tur", None]).tolist()
    [True, False, False, False]
    """
    import numpy as np

    if isinstance(codes, str):
        raise BadArgumentError(
            f"is_country takes a sequence of codes, and received the text {codes!r}.",
            remedy=f"Write [{codes!r}].",
        )
    known = country_rows()
    return np.fromiter((isinstance(code, str) and code in known for code in codes), dtype=np.bool_)


def _check(value: object, likely: Sequence[str] = ()) -> str:
    """Return the value if it is a code; raise with a suggestion if not."""
    if isinstance(value, str) and value in country_rows():
        return value
    meant = _meant(value, likely) if isinstance(value, str) else ()
    if not meant:
        raise BadArgumentError(f"{value!r} is not a country code.", remedy=_REMEDY)
    *others, last = map(_named, meant)
    choice = f"{', '.join(others)} or {last}" if others else last
    message = f"{value!r} is not a country code. Did you mean {choice}?"
    fips = fips_codes().get(str(value).strip().upper())
    if fips and fips not in meant:
        message += f" (In FIPS 10-4 the same letters stand for {_named(fips)}.)"
    raise BadArgumentError(message)


def _named(code: str) -> str:
    return f"'{code}' ({country_rows()[code].name})"


def _meant(value: str, likely: Sequence[str]) -> tuple[str, ...]:
    """Return the code that was probably meant, or a few that may have been, or none."""
    rows = country_rows()
    wanted = value.strip().upper()
    if wanted in rows:
        return (wanted,)
    if len(wanted) == 2:
        import pycountry  # its index of two-letter codes is wanted here only

        found = pycountry.countries.get(alpha_2=wanted)
        code = found.alpha_3 if found else fips_codes().get(wanted)
        code = _KOSOVO if wanted == _KOSOVO_2 else code
        return (code,) if code else ()
    known = _by_alias()
    alias = fold_marks(canonical(value)).casefold()
    if alias in known:
        return (known[alias],)
    if len(wanted) == 3:
        # "GER" and "SWI" are how other lists abbreviate the English names; "TRU" is a slip.
        starts = [code for code, row in rows.items() if row.name.upper().startswith(wanted)]
        slips = [code for code in rows if sorted(code) == sorted(wanted)]
        own = [code for code in likely if code in starts or _is_slip(wanted, code)]
        # A usual abbreviation of another country's name may still be what was meant.
        others = [code for code in starts if code not in own] if not set(own) & {*starts} else []
        return tuple((own + others or slips or get_close_matches(wanted, rows, n=1))[:3])
    return tuple(known[near] for near in get_close_matches(alias, known, n=1, cutoff=0.75))


def _is_slip(value: str, code: str) -> bool:
    """Tell whether two of three letters stand in their places, or all three in another order."""
    n_same = sum(a == b for a, b in zip(value, code, strict=True))
    return n_same == len(code) - 1 or sorted(value) == sorted(code)


@cache
def _by_alias() -> dict[str, str]:
    """Names, demonyms and capitals in small letters without marks, to codes."""
    known: dict[str, str] = {}
    # Names come before demonyms and capitals, so that no capital takes a country's own name.
    for kind in ("names", "demonyms", "capitals", "unread", "weak"):
        for row in country_rows().values():
            for form in getattr(row, kind):
                known.setdefault(fold_marks(canonical(form)).casefold(), row.code)
    return known

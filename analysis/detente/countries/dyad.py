"""Two countries, in an order that matters."""

from __future__ import annotations

from dataclasses import dataclass

from detente import wording
from detente.countries.country import Country, country_in_text
from detente.errors import BadArgumentError

__all__ = ["Dyad"]

_REMEDY = "Write two alpha-3 codes, such as 'RUS-TUR' or ('RUS', 'TUR')."


@dataclass(frozen=True, slots=True, order=True)
class Dyad:
    """Two countries; ``Dyad("RUS", "TUR")`` is not ``Dyad("TUR", "RUS")``.

    Parameters
    ----------
    a : str
        ISO 3166-1 alpha-3 code of the country whose direction comes first.
    b : str
        Code of the other country, not the same one.

    Raises
    ------
    BadArgumentError
        If a code is no alpha-3 code, or both are the same.

    Examples
    --------
    >>> dyad = Dyad("RUS", "TUR")
    >>> dyad.slug, dyad.directions, str(dyad.reverse)
    ('RUS-TUR', ('RUS>TUR', 'TUR>RUS'), 'TUR>RUS')
    >>> Dyad("JPN", "PHL").in_text
    'Japan and the Philippines'
    """

    a: str
    b: str

    def __post_init__(self) -> None:
        a, b = Country.parse(self.a).code, Country.parse(self.b).code
        if a == b:
            raise BadArgumentError(
                f"A dyad needs two countries, and received {a!r} twice.", remedy=_REMEDY
            )
        # A `Country` was accepted in place of its code; what is kept is the code.
        object.__setattr__(self, "a", a)
        object.__setattr__(self, "b", b)

    def __str__(self) -> str:
        return f"{self.a}>{self.b}"

    @classmethod
    def parse(cls, value: Dyad | tuple[str, str] | str) -> Dyad:
        """Return the dyad that is meant.

        Parameters
        ----------
        value : Dyad, (str, str) or str
            A dyad, two codes, or one text: "RUS-TUR" as in file names or "RUS>TUR" as in
            tables. Spaces around a code are not accepted.

        Returns
        -------
        Dyad
            In the order of the value.

        Raises
        ------
        BadArgumentError
            If the value is none of these, or a code is not known.

        Examples
        --------
        >>> Dyad.parse("RUS-TUR") == Dyad.parse("RUS>TUR") == Dyad.parse(("RUS", "TUR"))
        True
        """
        if isinstance(value, cls):
            return value
        codes: tuple[object, ...] = ()
        if isinstance(value, str):
            codes = tuple(value.split(">" if ">" in value else "-"))
        elif isinstance(value, (tuple, list)):
            codes = tuple(value)
        if len(codes) != 2:
            raise BadArgumentError(f"{value!r} is not a dyad.", remedy=_REMEDY)
        first, second = codes
        return cls(first, second)  # type: ignore[arg-type]  # checked by the class itself

    @property
    def slug(self) -> str:
        """The dyad as file names hold it: "RUS-TUR"."""
        return f"{self.a}-{self.b}"

    @property
    def in_text(self) -> str:
        """Both countries as they stand within a sentence: "Japan and the Philippines"."""
        return wording.listing([country_in_text(self.a), country_in_text(self.b)])

    @property
    def directions(self) -> tuple[str, str]:
        """Both directed dyads as tables hold them: ("RUS>TUR", "TUR>RUS")."""
        return str(self), str(self.reverse)

    @property
    def reverse(self) -> Dyad:
        """The other direction."""
        return Dyad(self.b, self.a)

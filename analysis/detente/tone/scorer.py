"""What a scorer is, and the list of those that can be asked for by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeAlias, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from detente.errors import BadArgumentError, did_you_mean

__all__ = [
    "EvidenceScorer",
    "Forms",
    "Scorer",
    "available_scorers",
    "get_scorer",
    "register_scorer",
]

#: For each text the surface forms of one country: names, demonyms, capital, leaders.
Forms: TypeAlias = Sequence[Sequence[str]]


@runtime_checkable
class Scorer(Protocol):
    """An object that gives texts a tone.

    Attributes
    ----------
    name : str
        Name under which results are reported.
    parameters : mapping of str to object
        Everything that decides the numbers (library and version, rule of combination,
        limits), in values that JSON can hold; it is written into the manifest.

    Examples
    --------
    >>> isinstance(get_scorer("vader"), Scorer)
    True
    """

    @property
    def name(self) -> str:
        """Name under which results are reported."""
        ...

    @property
    def parameters(self) -> Mapping[str, object]:
        """Everything that decides the numbers, in values that JSON can hold."""
        ...

    def score(
        self, texts: Sequence[str], targets: Forms, sources: Forms | None = None
    ) -> NDArray[np.float64]:
        """Give each text its tone toward its target.

        Parameters
        ----------
        texts : sequence of str, length n
            Texts with at least one letter.
        targets, sources : sequence of sequences of str, length n
            Surface forms of the addressed and of the speaking country on the day of each
            text, longest first. Made when an item is read, so a scorer that needs none
            does not pay for them.

        Returns
        -------
        ndarray of float64, shape (n,)
            Tone in [-1, 1]; NaN where the scorer finds no tone.
        """
        ...


@runtime_checkable
class EvidenceScorer(Scorer, Protocol):
    """A scorer that can tell a balanced text from one without evaluative words.

    A tone of 0 is ambiguous: praise and blame may cancel, or the scorer may know none of
    the words. `score_statements` asks this question of texts with tone 0.
    """

    def has_evidence(self, texts: Sequence[str]) -> NDArray[np.bool_]:
        """Say for each text whether any word in it weighed on its tone; shape (n,)."""
        ...


_FACTORIES: dict[str, Callable[[], Scorer]] = {}
_MADE: dict[str, Scorer] = {}


def _factories() -> Mapping[str, Callable[[], Scorer]]:
    # The one place that knows where scorers come from; scorers that other distributions
    # announce by entry points are to be merged in here.
    return _FACTORIES


def register_scorer(name: str, factory: Callable[[], Scorer], *, replace: bool = False) -> None:
    """Make a scorer available by name.

    Parameters
    ----------
    name : str
        Name to ask for it by; not empty.
    factory : callable without arguments
        Returns the scorer; called when the scorer is first asked for, and once.
    replace : bool, default False
        Whether an existing scorer of that name may be replaced.

    Raises
    ------
    BadArgumentError
        If the name is empty or taken, or `factory` cannot be called.

    Examples
    --------
    >>> from detente.tone.vader import VaderScorer
    >>> register_scorer("vader", VaderScorer, replace=True)
    """
    if not isinstance(name, str) or not name.strip():
        raise BadArgumentError(
            f"A scorer needs a name that is not empty (received {name!r}).",
            remedy="Give it as text.",
        )
    if not callable(factory):
        raise BadArgumentError(
            f"The factory of scorer '{name}' cannot be called (received {factory!r}).",
            remedy="Pass a class or a function without arguments that returns the scorer.",
        )
    if name in _FACTORIES and not replace:
        raise BadArgumentError(
            f"A scorer named '{name}' exists already.",
            remedy="Choose another name, or pass replace=True.",
        )
    _FACTORIES[name] = factory
    _MADE.pop(name, None)


def available_scorers() -> tuple[str, ...]:
    """Return the names that `get_scorer` knows, sorted.

    Returns
    -------
    tuple of str
        Names, in alphabetical order.

    Examples
    --------
    >>> "vader" in available_scorers()
    True
    """
    return tuple(sorted(_factories()))


def get_scorer(name_or_scorer: str | Scorer) -> Scorer:
    """Return the scorer of that name; a scorer is passed through.

    Parameters
    ----------
    name_or_scorer : str or Scorer
        One of `available_scorers()`, or an object with `name`, `parameters` and `score`.

    Returns
    -------
    Scorer
        The same object for the same name each time.

    Raises
    ------
    BadArgumentError
        If no scorer has that name, or the object is not a scorer.

    Examples
    --------
    >>> get_scorer("vader").name
    'vader'
    >>> get_scorer("vadr")
    Traceback (most recent call last):
        ...
    detente.errors.BadArgumentError: There is no scorer named 'vadr'. Did you mean 'vader'? ...
    """
    if not isinstance(name_or_scorer, str):
        return _checked(name_or_scorer, "The scorer")
    name = name_or_scorer
    if name not in _MADE:
        factories = _factories()
        if name not in factories:
            known = ", ".join(f"'{choice}'" for choice in available_scorers())
            near = did_you_mean(name.strip().lower(), available_scorers())
            raise BadArgumentError(
                f"There is no scorer named '{name}'.", remedy=f"{near} Available: {known}.".strip()
            )
        _MADE[name] = _checked(factories[name](), f"What was registered as scorer '{name}'")
    return _MADE[name]


def _checked(candidate: object, what: str) -> Scorer:
    """Return the candidate if it is a scorer, or say what it lacks."""
    if isinstance(candidate, type):
        raise BadArgumentError(
            f"{what} is the class {candidate.__name__}, not an object.",
            remedy=f"Pass {candidate.__name__}() instead.",
        )
    if not isinstance(candidate, Scorer):
        missing = [n for n in ("name", "parameters", "score") if not hasattr(candidate, n)]
        raise BadArgumentError(
            f"{what} lacks {', '.join(missing)} (received {type(candidate).__name__}).",
            remedy="Pass a scorer's name, or an object with name, parameters and score.",
        )
    if not isinstance(candidate.name, str) or not isinstance(candidate.parameters, Mapping):
        raise BadArgumentError(
            f"{what} must have a text as name and a mapping as parameters "
            f"(received {candidate.name!r} and {candidate.parameters!r}).",
            remedy="See detente.tone.Scorer.",
        )
    return candidate

"""The list of scorers that can be asked for by name, wherever they come from."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping

from detente.errors import BadArgumentError, did_you_mean
from detente.tone.plugins import announced_scorers, distribution_of, load_announced
from detente.tone.protocol import EvidenceScorer, Forms, Scorer

__all__ = [
    "EvidenceScorer",
    "Forms",
    "Scorer",
    "available_scorers",
    "get_scorer",
    "is_scorer_name",
    "register_scorer",
]

_FACTORIES: dict[str, Callable[[], Scorer]] = {}
_MADE: dict[str, Scorer] = {}


def _transformers(name: str) -> Scorer:
    from detente.tone.transformers import scorer_of_name

    return scorer_of_name(name)


#: What makes the scorers whose names go on after a colon, as in "transformers:model@revision".
_FAMILIES: Mapping[str, Callable[[str], Scorer]] = {
    "transformers": _transformers,
    "transformers-pair": _transformers,
}


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
        If the name is empty, taken or announced by an installed plug-in, or `factory` cannot
        be called.

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
    if not replace and (name in _FACTORIES or name in announced_scorers()):
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
        Names, in alphabetical order: those of detente, those that were registered, and those
        that installed distributions announce by entry points of the group
        ``detente.scorers``, which are not imported for it.

    Notes
    -----
    Not listed, since there is no end of them: ``transformers:MODEL`` and
    ``transformers-pair:MODEL``, with the name or the folder of a Hugging Face model.

    Examples
    --------
    >>> "vader" in available_scorers()
    True
    """
    return tuple(sorted({*_FACTORIES, *announced_scorers()}))


def is_scorer_name(name: str) -> bool:
    """Tell whether `get_scorer` knows what to do with a name, without making the scorer.

    Parameters
    ----------
    name : str
        One of `available_scorers()`, or "transformers:MODEL" and its like.

    Returns
    -------
    bool
        True also where making the scorer may yet fail, for want of an extra or a model.

    Examples
    --------
    >>> is_scorer_name("vader"), is_scorer_name("transformers:some/model"), is_scorer_name("vadr")
    (True, True, False)
    """
    family, _, rest = name.partition(":")
    return (family in _FAMILIES and bool(rest)) or name in available_scorers()


def get_scorer(name_or_scorer: str | Scorer) -> Scorer:
    """Return the scorer of that name; a scorer is passed through.

    Parameters
    ----------
    name_or_scorer : str or Scorer
        One of `available_scorers()`; "transformers:MODEL" or "transformers:MODEL@REVISION"
        (see `detente.tone.transformers`); or an object with `name`, `parameters` and `score`.

    Returns
    -------
    Scorer
        The same object for the same name each time.

    Raises
    ------
    BadArgumentError
        If no scorer has that name, or the object is not a scorer.
    DetenteError
        If an announced scorer cannot be loaded, or two distributions announce the name.

    Warns
    -----
    UserWarning
        If a distribution announces a scorer under a name that detente or a call of
        `register_scorer` has taken; the taken one is returned.

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
    if name_or_scorer not in _MADE:
        _MADE[name_or_scorer] = _made(name_or_scorer)
    return _MADE[name_or_scorer]


def _made(name: str) -> Scorer:
    """Make the scorer of that name, wherever it comes from."""
    announced = announced_scorers()
    if name in _FACTORIES:
        if name in announced:
            who = " and ".join(f"'{distribution_of(point)}'" for point in announced[name])
            warnings.warn(
                f"{who} also announces a scorer named '{name}', which is not used.", stacklevel=3
            )
        return _checked(_FACTORIES[name](), f"What was registered as scorer '{name}'")
    if name in announced:
        what = f"What '{distribution_of(announced[name][0])}' announces as scorer '{name}'"
        return _checked(load_announced(name, announced[name]), what)
    family, _, rest = name.partition(":")
    if family in _FAMILIES and rest:
        return _FAMILIES[family](name)
    known = ", ".join(f"'{choice}'" for choice in available_scorers())
    near = did_you_mean(name.strip().lower(), available_scorers())
    raise BadArgumentError(
        f"There is no scorer named '{name}'.", remedy=f"{near} Available: {known}.".strip()
    )


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

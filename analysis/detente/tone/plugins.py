"""Scorers that other distributions announce by the entry points `detente.scorers`."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points

from detente.errors import DetenteError

__all__ = ["GROUP", "announced_scorers", "distribution_of", "load_announced"]

#: The group of entry points; a name in it is a scorer's name, its object the scorer, or a
#: class or function without arguments that makes it.
GROUP = "detente.scorers"


def announced_scorers() -> dict[str, tuple[EntryPoint, ...]]:
    """Return the scorers that installed distributions announce, none of them imported.

    Returns
    -------
    dict of str to tuple of EntryPoint
        By name, sorted; more than one entry point where distributions clash. Two lines that
        lead to the same object count as one.

    Examples
    --------
    >>> isinstance(announced_scorers(), dict)
    True
    """
    found: dict[str, dict[str, EntryPoint]] = {}
    for point in entry_points(group=GROUP):
        found.setdefault(point.name, {}).setdefault(point.value, point)
    return {name: tuple(found[name].values()) for name in sorted(found)}


def distribution_of(point: EntryPoint) -> str:
    """Return name and version of the distribution that announces an entry point.

    Parameters
    ----------
    point : EntryPoint
        As `announced_scorers` gives it.

    Returns
    -------
    str
        Such as "acme-tone 1.0".

    Examples
    --------
    >>> distribution_of(EntryPoint("acme", "acme:Scorer", "detente.scorers"))
    'an unknown distribution'
    """
    return f"{point.dist.name} {point.dist.version}" if point.dist else "an unknown distribution"


def load_announced(name: str, points: tuple[EntryPoint, ...]) -> object:
    """Import an announced scorer and make it.

    Parameters
    ----------
    name : str
        The scorer's name.
    points : tuple of EntryPoint
        What announces it; at least one.

    Returns
    -------
    object
        What the entry point leads to; if that is a class, or a function without a `score`
        of its own, what it returns.

    Raises
    ------
    DetenteError
        If several distributions announce the name, or its import or making fails. Errors
        that are a `DetenteError` already, such as a missing extra, are passed on.
    """
    if len(points) > 1:
        who = " and ".join(sorted(f"'{distribution_of(p)}' ({p.value})" for p in points))
        raise DetenteError(
            f"The scorer '{name}' is announced more than once: by {who}.",
            remedy="Uninstall all but one of them.",
        )
    (point,) = points
    try:
        found = point.load()
        if callable(found) and (isinstance(found, type) or not hasattr(found, "score")):
            found = found()
    except DetenteError:
        raise
    # Foreign code may fail in any way; whose it is matters more than how.
    except Exception as error:
        raise DetenteError(
            f"The scorer '{name}' of the distribution '{distribution_of(point)}' cannot be "
            f"loaded from {point.value}: {type(error).__name__}: {error}.",
            remedy="Update or uninstall that distribution, or ask its authors.",
        ) from error
    return found

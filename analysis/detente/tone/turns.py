"""Threads that share a scorer take turns: what it learns of one text it uses for the next."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import RLock
from typing import Concatenate, ParamSpec, Protocol, TypeVar

__all__ = ["taking_turns"]

_Arguments = ParamSpec("_Arguments")
_Returned = TypeVar("_Returned")


class _Shared(Protocol):
    _turn: RLock


_Scorer = TypeVar("_Scorer", bound=_Shared)


def taking_turns(
    method: Callable[Concatenate[_Scorer, _Arguments], _Returned],
) -> Callable[Concatenate[_Scorer, _Arguments], _Returned]:
    """Let one thread at a time into a method, and into all others so marked of the same object.

    Parameters
    ----------
    method : callable
        A method of an object with an `RLock` as `_turn`.

    Returns
    -------
    callable
        The method, which waits until no other thread is in it.

    Examples
    --------
    >>> class Counter:
    ...     def __init__(self):
    ...         self._turn, self.n = RLock(), 0
    ...     @taking_turns
    ...     def more(self):
    ...         self.n += 1
    ...         return self.n
    >>> Counter().more()
    1
    """

    @wraps(method)
    def one_at_a_time(
        scorer: _Scorer, /, *args: _Arguments.args, **kwargs: _Arguments.kwargs
    ) -> _Returned:
        with scorer._turn:
            return method(scorer, *args, **kwargs)

    return one_at_a_time

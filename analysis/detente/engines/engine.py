"""The one thing an engine does: a function over batches, in order, few of them at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, Protocol, TypeVar, runtime_checkable

from detente.errors import BadArgumentError, did_you_mean

__all__ = ["ENGINES", "Engine", "SerialEngine", "available_cores", "get_engine"]

B = TypeVar("B")
R = TypeVar("R")

#: Every engine by name.
ENGINES = ("serial", "processes", "dask")


@runtime_checkable
class Engine(Protocol):
    """Something that computes batches.

    Notes
    -----
    What a batch gives must depend on the batch alone; then every engine gives the same
    results in the same order.
    """

    @property
    def name(self) -> str:
        """One of `ENGINES`."""
        ...

    def map_batches(self, function: Callable[[B], R], batches: Iterable[B]) -> Iterator[R]:
        """Apply a function to batches.

        Parameters
        ----------
        function : callable
            Takes a batch; may be computed twice for the same one. Engines other than
            "serial" send it and the batches to other processes, so both must pickle.
        batches : iterable
            Taken one at a time, as there is room: only a few are held at once. A list is held
            anyway, so all of it may be under way: no worker then waits for the first result.

        Returns
        -------
        iterator
            What `function` gave, in the order of the batches. Closing it, or an error, ends
            the work.

        Raises
        ------
        DetenteError
            A worker was lost twice over the same batch, or cannot be reached.
        """
        ...


class SerialEngine:
    """Computes one batch after the other in this process.

    Examples
    --------
    >>> list(SerialEngine().map_batches(len, ["a", "bc"]))
    [1, 2]
    """

    name = "serial"

    def map_batches(self, function: Callable[[B], R], batches: Iterable[B]) -> Iterator[R]:
        """Apply a function to batches, as `Engine.map_batches` says."""
        for batch in batches:
            yield function(batch)


class Feed(Generic[B]):
    """Batches one at a time, with their numbers; an error on the way waits its turn.

    What was handed out before the error can then still be computed and used.
    """

    def __init__(self, batches: Iterable[B]) -> None:
        self._batches = enumerate(batches, start=1)
        self._error: Exception | None = None

    def take(self) -> tuple[int, B] | None:
        """Return the next batch and its number, from 1; None where no more can come."""
        if self._error is not None:
            return None
        try:
            return next(self._batches, None)
        except Exception as error:  # raised again by `finish`
            self._error = error
            return None

    def finish(self) -> None:
        """Raise the error that ended the batches, if one did."""
        if self._error is not None:
            raise self._error


def most_at_once(batches: Iterable[object], few: int) -> int:
    """Return how many batches may be under way at once.

    Parameters
    ----------
    batches : iterable
        As `Engine.map_batches` takes them.
    few : int
        How many of batches that come one by one.

    Returns
    -------
    int
        All where they are a list; at least `few`.
    """
    return max(few, len(batches)) if isinstance(batches, Sequence) else few


def available_cores() -> int:
    """Return the number of cores that this process may use.

    Returns
    -------
    int
        At least 1.

    Examples
    --------
    >>> available_cores() >= 1
    True
    """
    # Where a scheduler or a container has pinned the process, not all of the machine counts.
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def get_engine(name: str = "serial", *, workers: int | None = None, scheduler: str = "") -> Engine:
    """Return an engine by its name.

    Parameters
    ----------
    name : {"serial", "processes", "dask"}, default "serial"
        "serial": this process. "processes": one process per core of this machine. "dask":
        a Dask cluster, which needs the extra `detente[dask]`.
    workers : int, optional
        Number of processes, at least 1; of "processes" and of Dask's local cluster. Default:
        one per core.
    scheduler : str, optional
        Address of a running Dask scheduler, such as "tcp://10.0.0.1:8786"; default: a local
        cluster that ends with the work.

    Returns
    -------
    Engine
        Nothing is started before the first batch.

    Raises
    ------
    BadArgumentError
        For an unknown name, fewer workers than one, or a scheduler for another engine.
    MissingExtraError
        "dask" was asked for and is not installed.

    Examples
    --------
    >>> list(get_engine("serial").map_batches(str.upper, ["a", "b"]))
    ['A', 'B']
    """
    if name not in ENGINES:
        hint = did_you_mean(str(name), ENGINES) or f"Use one of {', '.join(ENGINES)}."
        raise BadArgumentError(f"Unknown engine {name!r}.", remedy=hint)
    if workers is not None and workers < 1:
        raise BadArgumentError(
            f"workers={workers} was received; it is at least 1.", remedy="Leave it out for all."
        )
    if scheduler and name != "dask":
        raise BadArgumentError(
            f"The scheduler {scheduler!r} is of no use to the engine {name!r}.",
            remedy="Ask for the engine dask with it.",
        )
    if name == "serial":
        return SerialEngine()
    if name == "processes":
        from detente.engines.processes import ProcessEngine

        return ProcessEngine(workers)
    from detente.engines.cluster import DaskEngine

    return DaskEngine(scheduler, workers=workers)

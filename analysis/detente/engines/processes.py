"""Batches on all cores of one machine; a worker that dies costs one batch's time, no more."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import Any, Generic, TypeVar

from detente.engines.engine import Feed, available_cores
from detente.errors import BadArgumentError, DetenteError

__all__ = ["ProcessEngine", "pickled"]

B = TypeVar("B")
R = TypeVar("R")


@dataclass
class _Part(Generic[B]):
    """A batch on its way; `is_lost` once a worker has died while it was under way."""

    number: int
    batch: B
    future: Future[Any] | None = None
    is_lost: bool = False

    @property
    def is_computed(self) -> bool:
        """Whether its result has arrived."""
        return bool(self.future and self.future.done() and not self.future.exception())


class ProcessEngine:
    """Computes batches in processes of this machine.

    Parameters
    ----------
    workers : int, optional
        Number of processes; default: one per core that this process may use.

    Notes
    -----
    At most one batch per worker and one more are under way. Where a worker dies (memory ran
    out, a library crashed), the batches under way are computed again, one at a time, so that
    the one which brings a worker down is known by its number; if it does so again the work
    ends. A worker ends by itself when this process is killed. A script that uses this
    engine needs ``if __name__ == "__main__":`` around its work, as multiprocessing asks for.

    Examples
    --------
    >>> ProcessEngine(workers=2).name
    'processes'
    """

    name = "processes"

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or available_cores()

    def map_batches(self, function: Callable[[B], R], batches: Iterable[B]) -> Iterator[R]:
        """Apply a function to batches, as `Engine.map_batches` says."""
        payload = pickled(function)
        feed = Feed(batches)
        parts: deque[_Part[B]] = deque()
        pool = self._pool(payload)
        is_done = False
        try:
            while True:
                self._fill(pool, parts, feed)
                if not parts:
                    feed.finish()
                    is_done = True
                    return
                head = parts[0]
                try:
                    if head.is_lost and not head.is_computed:
                        head.future = pool.submit(_call, head.batch)
                    if head.future is None:
                        raise BrokenProcessPool("It ended before this batch came.")
                    result: R = head.future.result()
                except BrokenProcessPool as error:
                    _end(pool)
                    if head.is_lost:
                        raise _lost_twice(head.number) from error
                    pool = self._pool(payload)
                    for part in parts:
                        part.is_lost = part.is_lost or not part.is_computed
                    continue
                parts.popleft()
                yield result
        finally:
            if is_done:
                pool.shutdown()
            else:
                _end(pool)

    def _fill(self, pool: ProcessPoolExecutor, parts: deque[_Part[B]], feed: Feed[B]) -> None:
        """Hand out batches while there is room; after a loss, wait for what was lost."""
        while len(parts) <= self.workers and not any(part.is_lost for part in parts):
            item = feed.take()
            if item is None:
                return
            part = _Part(*item)
            parts.append(part)
            try:
                part.future = pool.submit(_call, part.batch)
            except BrokenProcessPool:
                return

    def _pool(self, payload: bytes) -> ProcessPoolExecutor:
        # A fresh interpreter each: forked threads (pyarrow has some) can hang a child.
        return ProcessPoolExecutor(
            self.workers,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_start,
            initargs=(payload,),
        )


def pickled(function: Callable[..., Any]) -> bytes:
    """Return a function as bytes for other processes.

    Parameters
    ----------
    function : callable
        What the batches go through.

    Returns
    -------
    bytes
        Its pickle.

    Raises
    ------
    BadArgumentError
        It cannot be sent.

    Examples
    --------
    >>> pickle.loads(pickled(len)) is len
    True
    """
    try:
        return pickle.dumps(function)
    except Exception as error:  # whatever an object's own __reduce__ raises
        raise BadArgumentError(
            f"{function!r} cannot be sent to other processes: {error}.",
            remedy='Use the engine "serial".',
        ) from error


def _lost_twice(number: int) -> DetenteError:
    return DetenteError(
        f"A worker process ended twice while it computed batch {number}; memory may have run out.",
        remedy="Use fewer workers, or the engine serial, which shows the error itself.",
    )


def _end(pool: ProcessPoolExecutor) -> None:
    """End a pool at once; its workers write nothing, so nothing is left half done."""
    processes = list((getattr(pool, "_processes", None) or {}).values())
    for process in processes:
        process.terminate()
    pool.shutdown(wait=True, cancel_futures=True)


# The function of a worker process: sent once, not with each batch.
_PAYLOAD: list[bytes] = []
_FUNCTION: list[Callable[[Any], Any]] = []


def _start(payload: bytes) -> None:
    """Prepare a worker process."""
    _PAYLOAD[:] = [payload]
    # Ctrl-C reaches the whole group; the parent alone decides what then happens.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the parent is gone, however it went."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _call(batch: Any) -> Any:
    # Loaded here and not at the start: an error on the way is told as what it is.
    if not _FUNCTION:
        _FUNCTION.append(pickle.loads(_PAYLOAD[0]))
    return _FUNCTION[0](batch)

"""Batches on all cores of one machine; a worker that dies costs one batch's time, no more."""

from __future__ import annotations

import atexit
import multiprocessing
import os
import pickle
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from detente.engines.engine import Feed, available_cores, most_at_once
from detente.engines.threads import compute_on_one_core
from detente.errors import BadArgumentError, DetenteError

__all__ = ["ProcessEngine", "pickled"]

B = TypeVar("B")
R = TypeVar("R")


class _LostError(Exception):
    """The worker process ended before the whole of its result had come."""


class _RemoteError(Exception):
    """The traceback of an error, as the worker process saw it."""


@dataclass
class _Part(Generic[B]):
    """A batch on its way; `is_lost` once a worker has died over it."""

    number: int
    batch: B
    future: Future[Any] | None = None
    is_lost: bool = False


class ProcessEngine:
    """Computes batches in processes of this machine.

    Parameters
    ----------
    workers : int, optional
        Number of processes; default: one per core that this process may use.

    Notes
    -----
    At most one batch per worker and one more are under way, of a list all. Where a worker dies
    (memory ran out, a library crashed), also in the middle of sending its result, the batches
    that were lost are computed again, one at a time and with nothing beside them; a batch that
    brings a worker down again ends the work and is known by its number. A worker computes on one
    core and ends by itself when this process is killed. A script that uses this engine needs
    ``if __name__ == "__main__":`` around its work, as multiprocessing asks for.

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
        pool = _Pool(self.workers, pickled(function))
        feed = Feed(batches)
        at_once = most_at_once(batches, self.workers + 1)
        parts: deque[_Part[B]] = deque()
        try:
            while True:
                # After a loss nothing new is begun until what was lost is there.
                while len(parts) < at_once and not any(part.is_lost for part in parts):
                    item = feed.take()
                    if item is None:
                        break
                    parts.append(_Part(*item, future=pool.submit(item[1])))
                if not parts:
                    feed.finish()
                    return
                head = parts[0]
                head.future = head.future or pool.submit(head.batch)
                try:
                    result: R = head.future.result()
                except _LostError as error:
                    if head.is_lost:
                        raise _lost_twice(head.number) from error
                    _note_lost(parts)
                    continue
                parts.popleft()
                yield result
        finally:
            pool.end()


def _note_lost(parts: Iterable[_Part[Any]]) -> None:
    """Wait for what is under way, and take back what was lost, to be computed alone."""
    futures = [part.future for part in parts if part.future is not None]
    wait_for(futures)
    for part in parts:
        if part.future and isinstance(part.future.exception(), _LostError):
            part.is_lost, part.future = True, None


class _Pool:
    """Worker processes, each with a thread of this process that speaks with it alone.

    A pipe that several workers share blocks for ever when one of them dies in the middle of
    writing; a pipe of its own ends with its worker.
    """

    def __init__(self, n: int, payload: bytes) -> None:
        self._payload = payload
        # A fresh interpreter each: forked threads (pyarrow has some) can hang a child.
        self._context = multiprocessing.get_context("spawn")
        self._threads = ThreadPoolExecutor(n, thread_name_prefix="detente-worker")
        self._lock = threading.Lock()
        self._all: dict[Connection, BaseProcess] = {}
        self._idle: list[Connection] = []
        self._is_ended = False
        # Without this an iterator that is never closed would keep the interpreter from ending.
        atexit.register(self.end)

    def submit(self, batch: Any) -> Future[Any]:
        """Have a batch computed; the future may raise `_LostError`."""
        return self._threads.submit(self._compute, batch)

    def end(self) -> None:
        """End all processes at once.

        One may be writing a file: whoever runs the batches has them write into a folder that is
        dropped unless all of them succeed (`detente._files.staging`), or under another name.
        """
        atexit.unregister(self.end)
        with self._lock:
            self._is_ended = True
            for process in self._all.values():
                process.terminate()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for connection in list(self._all):
            self._forget(connection)

    def _compute(self, batch: Any) -> Any:
        content = pickle.dumps(batch)
        connection = self._worker()
        try:
            connection.send_bytes(content)
            ready = wait([connection, self._all[connection].sentinel])
            if connection not in ready:
                raise EOFError
            answer = connection.recv_bytes()
        except (EOFError, OSError) as error:
            self._forget(connection)
            raise _LostError from error
        with self._lock:
            self._idle.append(connection)
        return _opened(answer)

    def _worker(self) -> Connection:
        """Return the way to a worker that has nothing to do; a new one where there is none."""
        with self._lock:
            if self._is_ended:
                raise _LostError
            if self._idle:
                return self._idle.pop()
            ours, theirs = self._context.Pipe()
            process = self._context.Process(target=_serve, args=(theirs,), name="detente-worker")
            # A worker that Ctrl-C ends while it is being started would be waited for without end,
            # and leave a traceback; it begins deaf, as it is from `_serve` on.
            with _deaf():
                process.start()
            theirs.close()  # or the end of the worker would not end the pipe
            self._all[ours] = process
        # Not among the arguments: what is larger than a pipe can only be sent to one that reads.
        try:
            ours.send_bytes(self._payload)
        except OSError as error:
            self._forget(ours)
            raise _LostError from error
        return ours

    def _forget(self, connection: Connection) -> None:
        """Close the way to a worker that has ended or is ending."""
        # One at a time: the start of another process may collect one that is ending.
        with self._lock:
            process = self._all.pop(connection)
            process.terminate()
            process.join()
            with suppress(ValueError):  # collected elsewhere, which leaves nothing to close
                process.close()
        connection.close()


def _opened(answer: bytes) -> Any:
    """Return the result that a worker sent, or raise the error."""
    try:
        is_result, value, trace = pickle.loads(answer)
    except Exception as error:  # whatever an object's own __setstate__ raises
        raise DetenteError(
            f"What a worker process sent cannot be read: {error}.",
            remedy="Use the engine serial, which shows the error itself.",
        ) from error
    if is_result:
        return value
    raise value from _RemoteError(trace)


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


@contextmanager
def _deaf() -> Iterator[None]:
    """Keep Ctrl-C from a process that is started in the block, and from this thread meanwhile."""
    if not hasattr(signal, "pthread_sigmask"):  # as on Windows
        yield
        return
    # The first start of all starts this too, which before Python 3.12 lets the signal through.
    from multiprocessing import resource_tracker  # Windows has none

    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(connection: Connection) -> None:
    """Compute what comes, until nothing more can come; the whole life of a worker process."""
    # Ctrl-C reaches the whole group; the parent alone decides what then happens.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    compute_on_one_core()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    function: Callable[[Any], Any] | None = None
    with suppress(EOFError, OSError):
        payload = connection.recv_bytes()
        while True:
            batch = connection.recv_bytes()
            try:
                # Loaded here and not at the start: an error on the way is told as what it is.
                function = function or pickle.loads(payload)
                answer = pickle.dumps((True, function(pickle.loads(batch)), ""))
            except BaseException as error:
                answer = _told(error)
            connection.send_bytes(answer)


def _told(error: BaseException) -> bytes:
    """Return an error as bytes, with where it arose."""
    trace = "".join(traceback.format_exception(error))
    try:
        return pickle.dumps((False, error, trace))
    except Exception:  # an error that cannot be sent is told by its words
        return pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}"), trace))


def _end_with_parent() -> None:
    """End this process when the parent is gone, however it went."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)

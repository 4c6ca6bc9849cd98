"""Batches on a Dask cluster: a running one, or one of this machine's own."""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from typing import Any, TypeVar

from detente.engines.engine import Feed, available_cores, most_at_once
from detente.engines.processes import pickled
from detente.errors import DetenteError, MissingExtraError

__all__ = ["DaskEngine"]

B = TypeVar("B")
R = TypeVar("R")

#: Seconds until a scheduler that does not answer counts as absent.
_PATIENCE = 10

#: Seconds until a scheduler without a worker counts as one that will have none.
_NO_WORKER = 60

#: What Dask warns of as a large graph: here a batch travels with its task, on purpose.
_LARGE = "256MB"


class DaskEngine:
    """Computes batches on a Dask cluster.

    Parameters
    ----------
    scheduler : str, optional
        Address of a running scheduler, such as "tcp://10.0.0.1:8786". Default: a local
        cluster of processes, which ends with the work.
    workers : int, optional
        Processes of the local cluster; default: one per core. Of no use to a running one.

    Raises
    ------
    MissingExtraError
        Dask is not installed.

    Notes
    -----
    A scheduler is given a minute to have its first worker; later ones join as they come. Two
    batches per thread of the cluster are under way. The batch travels with its task, so
    Dask computes it again where a worker is lost, up to its own limit of three (its setting
    `distributed.scheduler.allowed-failures`). Workers of a running cluster need the same
    release of detente; they need no common disk.
    """

    name = "dask"

    def __init__(self, scheduler: str = "", *, workers: int | None = None) -> None:
        try:
            import distributed  # noqa: F401 -- asked for before any work is done
        except ImportError as error:
            raise MissingExtraError("dask", "The engine dask") from error
        self.scheduler = scheduler
        self.workers = workers or available_cores()

    def map_batches(self, function: Callable[[B], R], batches: Iterable[B]) -> Iterator[R]:
        """Apply a function to batches, as `Engine.map_batches` says."""
        import dask
        from distributed.client import FutureCancelledError
        from distributed.comm.core import CommClosedError
        from distributed.scheduler import KilledWorker

        payload = pickled(function)
        number = 0
        with ExitStack() as stack:
            stack.enter_context(
                dask.config.set({"distributed.admin.large-graph-warning-threshold": _LARGE})
            )
            client = self._client(stack)
            try:
                # As a task of its own the function is sent once a worker, and made anew where
                # the worker that holds it is lost.
                holder = client.submit(pickle.loads, payload, pure=False)
                waiting: deque[Any] = deque()
                feed = Feed(batches)
                while True:
                    while len(waiting) < most_at_once(batches, self._room(client)) and (
                        item := feed.take()
                    ):
                        batch = pickle.dumps(item[1])
                        waiting.append(client.submit(_call, holder, batch, pure=False))
                    if not waiting:
                        feed.finish()
                        return
                    number += 1
                    yield waiting.popleft().result()
            except KilledWorker as error:
                raise DetenteError(
                    f"Workers of the cluster ended again and again over batch {number} or one "
                    "under way beside it; memory may have run out.",
                    remedy="Give the workers more memory, or use the engine serial, which shows "
                    "the error itself.",
                ) from error
            except (CommClosedError, FutureCancelledError) as error:
                raise DetenteError(
                    f"The Dask scheduler was lost at batch {number}: {error}.",
                    remedy="Look after the cluster, and start the same command again.",
                ) from error
            except ModuleNotFoundError as error:
                raise DetenteError(
                    f"A worker of the cluster cannot load what it needs: {error}.",
                    remedy="Install the same release of detente on every worker.",
                ) from error

    def _client(self, stack: ExitStack) -> Any:
        from distributed import Client, LocalCluster

        if not self.scheduler:
            cluster = LocalCluster(  # type: ignore[no-untyped-call]
                n_workers=self.workers,
                threads_per_worker=1,
                processes=True,
                dashboard_address=None,
                silence_logs=50,  # a lost worker is dealt with, not shown as a traceback
            )
            stack.enter_context(cluster)
            return stack.enter_context(Client(cluster))  # type: ignore[no-untyped-call]
        try:
            client = stack.enter_context(Client(self.scheduler, timeout=_PATIENCE))  # type: ignore[no-untyped-call]
        except (OSError, ValueError) as error:
            raise DetenteError(
                f"No Dask scheduler answers at {self.scheduler}: {error}.",
                remedy="Check the address, or leave --scheduler out for a cluster of this machine.",
            ) from error
        try:
            client.wait_for_workers(1, timeout=_NO_WORKER)
        except TimeoutError as error:
            raise DetenteError(
                f"The Dask scheduler at {self.scheduler} has no workers; {_NO_WORKER} seconds were "
                "waited for one.",
                remedy=f"Start one on each machine: dask worker {self.scheduler}",
            ) from error
        return client

    def _room(self, client: Any) -> int:
        """Return how many batches may be under way now; workers come and go."""
        return max(2, 2 * int(sum(client.nthreads().values())))


def _call(function: Callable[[Any], Any], batch: bytes) -> Any:
    # Bytes, so that Dask does not look through a batch for tasks inside it.
    return function(pickle.loads(batch))

"""How many threads numerical libraries compute with, in programs of our own."""

from __future__ import annotations

import os
import sys

__all__ = ["compute_on_one_core", "keep_algebra_to_one_thread"]

#: What numerical libraries read, when they are loaded, for the number of their threads.
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
#: Of these, what linear algebra by numpy and scipy reads, and nothing else.
_ALGEBRA = "OPENBLAS_NUM_THREADS"


def keep_algebra_to_one_thread() -> None:
    """Have linear algebra compute with one thread, unless the user has set a number.

    Matrices here are of some hundred rows: threads that wait for one another made commands take
    a third longer and twice the work. A neural network keeps its threads. To be called by a
    program before numpy is loaded; later it reaches only programs that this one starts.
    """
    if os.environ.keys().isdisjoint(_THREADS):
        os.environ[_ALGEBRA] = "1"


def compute_on_one_core() -> None:
    """Have all numerical libraries of a worker process compute on one core.

    There are as many workers as cores; with as many threads in each they wait for one another,
    which made a run take half as long again. A number that the user has set stays.
    """
    asked = {name for name in _THREADS if name in os.environ}
    if asked and (asked != {_ALGEBRA} or os.environ[_ALGEBRA] != "1"):
        return
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    if "numpy" in sys.modules:  # by the user's script; what is loaded reads no environment
        from threadpoolctl import threadpool_limits

        threadpool_limits(1)

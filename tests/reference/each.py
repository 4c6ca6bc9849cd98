"""One test over many cases: each is tried, and all that fail are named."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any


def for_each(cases: Iterable[Any]) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """Run a test on every case (a tuple gives several arguments) and tell all failures at once.

    pytest spends more on the keeping of two thousand tests than they take to run.
    """
    cases = list(cases)
    assert cases

    def wrap(test: Callable[..., None]) -> Callable[[], None]:
        def run() -> None:
            failures = []
            for case in cases:
                try:
                    test(*case) if isinstance(case, tuple) else test(case)
                except Exception as error:
                    failures.append(f"{case}: {error!r}")
            assert not failures, "\n".join(failures)

        functools.update_wrapper(run, test)
        del run.__wrapped__  # pytest would ask for the arguments of the test inside
        return run

    return wrap

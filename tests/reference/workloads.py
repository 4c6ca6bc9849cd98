"""Functions that worker processes can import, some of which end their process."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from detente.errors import CheckError, ReadError


@dataclass(frozen=True)
class Double:
    """Twice the number, slower for even ones, so that results arrive out of order."""

    pause: float = 0.0

    def __call__(self, number: int) -> int:
        if number % 2 == 0:
            time.sleep(self.pause)
        return 2 * number


@dataclass(frozen=True)
class Fatal:
    """Twice the number; at one of them the process is killed, the first time or each time."""

    at: int
    marker: str
    always: bool = False

    def __call__(self, number: int) -> int:
        marker = Path(self.marker)
        if number == self.at and (self.always or not marker.exists()):
            with marker.open("a") as file:
                file.write(f"{os.getpid()}\n")
            os.kill(os.getpid(), signal.SIGKILL)
        return 2 * number


@dataclass(frozen=True)
class Torn:
    """A large result; that of one number is sent by halves: the process is killed between."""

    at: int
    marker: str
    always: bool = False

    def __call__(self, number: int) -> bytes:
        marker = Path(self.marker)
        if number == self.at and (self.always or not marker.exists()):
            with marker.open("a") as file:
                file.write(f"{os.getpid()}\n")
            sent = Connection._send

            def torn(self: Connection, buf: bytes) -> None:
                if len(buf) < 10_000:
                    return sent(self, buf)
                os.write(self.fileno(), bytes(buf[:1000]))
                return os.kill(os.getpid(), signal.SIGKILL)

            Connection._send = torn
        return bytes([number]) * 100_000


def refuse(number: int) -> int:
    """Raise the project's own error at 3."""
    if number == 3:
        raise ReadError("Row 3 is bad.", file="a.csv", row=3, remedy="Mend it.")
    return number


def refuse_by_check(number: int) -> int:
    """Raise an error that carries problems."""
    from detente._checks import Problem, Problems

    raise CheckError(Problems([Problem("error", "Not a date.", "Mend it.", row=number)]))


def unsendable(number: int) -> object:
    """Give what does not go through a pipe: a result, an error, and one that breaks there."""
    if number == 1:
        return lambda: number

    class OwnError(Exception):
        pass

    if number == 2:
        error: Exception = ValueError("of its own kind")
        error.kept = OwnError  # type: ignore[attr-defined]
        raise error
    return Unreadable()


class Unreadable:
    """Pickles, and cannot be unpickled."""

    def __setstate__(self, state: object) -> None:
        raise OSError("no")

    def __getstate__(self) -> object:
        return (1,)


@dataclass(frozen=True)
class Meeting:
    """The first of the batches ends only when the last has been computed by another worker."""

    sign: str
    last: int

    def __call__(self, number: int) -> int:
        if number == self.last:
            Path(self.sign).touch()
        deadline = time.monotonic() + 60
        while number == 0 and not Path(self.sign).exists():
            if time.monotonic() > deadline:
                raise TimeoutError(f"Batch {self.last} was not begun beside batch 0.")
            time.sleep(0.01)
        return number


def threads_of_blas(_: object) -> int:
    """Return with how many threads numpy multiplies matrices here."""
    import numpy  # noqa: F401 -- brings the library that is asked
    from threadpoolctl import threadpool_info

    return max(library["num_threads"] for library in threadpool_info())

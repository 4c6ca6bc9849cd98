"""How fast a file of any size is scored, drawn while it is."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from detente.cli import console

if TYPE_CHECKING:
    from detente.study.standing import Standing

__all__ = ["Pace", "progress_rate"]

_STEPS = {
    "input": "Looking through the input",
    "found": "Looking through the parts",
    "names": "Looking for columns",
    "parts": "Scoring",
}

#: Columns of a screen that has room for a clock beside the rest.
_WIDE = 100


class Pace:
    """What a run has done since it began to score: its rate, and the time that is left.

    Parameters
    ----------
    clock : callable, optional
        Seconds from any moment.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._begin = clock()
        self._step = ""
        self._n_found = 0

    def told(self, standing: Standing) -> str:
        """Return what is done and under way, the rate, and the time left, as far as known.

        Parameters
        ----------
        standing : Standing
            As `score_folder` tells it.

        Returns
        -------
        str
            In words; "" where nothing is known yet.
        """
        own_rows = standing.n_rows - standing.n_found
        own_share = standing.share - standing.share_found
        # What was found was passed over, not computed: the time counts from after it.
        is_passing = standing.n_found > self._n_found and not own_rows
        if standing.step != self._step or is_passing:
            self._begin = self._clock()
        self._step, self._n_found = standing.step, standing.n_found
        seconds = self._clock() - self._begin
        parts = []
        if standing.step == "parts":
            parts.append(f"{standing.n_rows:,} rows")
            if standing.n_read > standing.n_rows:
                parts.append(f"{standing.n_read - standing.n_rows:,} under way")
            if own_rows and seconds > 0:
                parts.append(f"{own_rows / seconds:,.0f}/s")
        if own_share > 0 and standing.share < 1 and seconds > 0:
            left = (1 - standing.share) / own_share * seconds
            parts.append(f"{timedelta(seconds=round(left))} left")
        return ", ".join(parts)


@contextmanager
def progress_rate(*, quiet: bool = False) -> Iterator[Callable[[Standing], None] | None]:
    """Draw what of a file is done and under way, at what rate, and the time left.

    Parameters
    ----------
    quiet : bool, default False
        Draw nothing.

    Yields
    ------
    callable or None
        What `score_folder` takes as `progress`; None where nothing is drawn.
    """
    if quiet or not console.is_terminal(sys.stderr):
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        SpinnerColumn,
        TaskProgressColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    screen = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),  # gives way where the line is short
        TaskProgressColumn(),
        TextColumn("{task.fields[told]}"),
        *([TimeElapsedColumn()] if screen.width >= _WIDE else []),
    )
    pace = Pace()
    with Progress(*columns, console=screen, transient=True, expand=True) as bars:
        task = bars.add_task("Starting", total=1.0, told="")

        def tell(standing: Standing) -> None:
            told = pace.told(standing)
            # At its whole the clock would stop, and a step comes after this one.
            share = min(standing.share, 0.999)
            bars.update(task, description=_STEPS[standing.step], completed=share, told=told)

        yield tell

"""How far the scoring of a file has come, told while it is under way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from detente._tables import Batch

__all__ = ["Standing", "Step", "Tally"]

#: "input": the input is looked through, to know it again; "found": so are the parts of a run that
#: had ended well, and nothing else is done; "names": the columns are looked for (of JSON lines
#: alone); "parts": the input is read and scored.
Step = Literal["input", "found", "names", "parts"]


@dataclass(frozen=True)
class Standing:
    """What is done of a file, and what of it is under way.

    Parameters
    ----------
    step : {"input", "found", "names", "parts"}
        What is being done, in this order.
    share : float
        How much of the file this step is done with, in [0, 1]; never less than before.
    n_rows : int
        Rows that are scored, or known to be bad.
    n_found : int
        Those among them that an earlier run had scored, which say nothing about the rate.
    share_found : float
        How much of `share` those are.
    n_read : int
        Rows that are read; what is beyond `n_rows` waits or is being scored.
    """

    step: Step
    share: float
    n_rows: int = 0
    n_found: int = 0
    share_found: float = 0.0
    n_read: int = 0


class Tally:
    """Adds up rows as they are read, scored and found, and tells each change."""

    def __init__(self, tell: Callable[[Standing], None]) -> None:
        self._tell = tell
        self._share = self._share_found = self._share_read = 0.0
        self._n_rows = self._n_found = self._n_read = 0
        # Place of a part under way -> its rows, and its share of the file.
        self._under_way: dict[int, tuple[int, float]] = {}

    def look(self, step: Step, share: float) -> None:
        """Tell how much of the file was looked through before it is scored."""
        self._tell(Standing(step, share))

    def read(self, batch: Batch, *, is_found: bool) -> None:
        """Take in a batch that was read; where its part was found, nothing is left to do."""
        n = len(batch.rows.numbers)
        self._n_read += n
        share = batch.share_read - self._share_read
        self._share_read = batch.share_read
        self._under_way[batch.number - 1] = n, share
        if is_found:
            self._n_found += n
            self._share_found += share
            self.done(batch.number - 1)
        else:
            self._say()

    def within(self, n: int) -> None:
        """Tell that rows of the part at hand are scored, where parts are made one by one."""
        n_part, share = next(iter(self._under_way.values()), (0, 0.0))
        n = min(n, n_part)
        self._say(n, share * n / max(1, n_part))

    def done(self, place: int) -> None:
        """Count a part that is written, or was found."""
        n, share = self._under_way.pop(place)
        self._n_rows += n
        self._share += share
        self._say()

    def end(self) -> None:
        """Tell that nothing is left to do."""
        self._share = 1.0  # the sum of shares is so but for rounding
        self._say()

    def _say(self, n_more: int = 0, share_more: float = 0.0) -> None:
        share = min(1.0, self._share + share_more)
        n_rows = self._n_rows + n_more
        found = self._n_found, self._share_found
        self._tell(Standing("parts", share, n_rows, *found, self._n_read))

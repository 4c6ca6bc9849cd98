"""The parts of a tone that weigh, and the others in one sum."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

__all__ = ["LEAST", "Digest", "digest"]

#: Parts that give less than this, toward either side, are summed ...
LEAST = 0.025
#: ... unless they are among so many of the strongest, and do not print as 0.00.
_N_STRONGEST, _NOTHING = 5, 0.005


@dataclass(frozen=True, eq=False)
class Digest:
    """Parts of a tone for a reader.

    Attributes
    ----------
    every : DataFrame
        All parts.
    parts : DataFrame
        Those shown one by one, in their order.
    rest : float
        What the others give together; 0 where there are none.
    is_full : bool
        Whether all parts were asked for.
    """

    every: pd.DataFrame
    parts: pd.DataFrame
    rest: float
    is_full: bool

    @property
    def n_summed(self) -> int:
        """Parts that are told in one sum."""
        return len(self.every) - len(self.parts)


def digest(parts: pd.DataFrame, *, is_full: bool = False) -> Digest:
    """Sum the parts of a tone that hardly weigh.

    Parameters
    ----------
    parts : DataFrame
        As `Explanation.parts`.
    is_full : bool, default False
        Sum none.

    Returns
    -------
    Digest
        One by one: parts that give `LEAST` or more, those of the five strongest that do not
        print as 0.00, and all parts where they are five or only one would be left to sum. Where
        all are as small as that, the five strongest.

    Examples
    --------
    >>> given = [0.5, 0.01, 0.01, -0.02, 0.1, 0.2, 0.3, 0.03]
    >>> short = digest(pd.DataFrame({"contribution": given}))
    >>> short.parts["contribution"].tolist(), short.n_summed, round(short.rest, 9)
    ([0.5, 0.1, 0.2, 0.3, 0.03], 3, 0.0)
    """
    size = parts["contribution"].abs().to_numpy(dtype=np.float64)
    kept = size >= LEAST
    strongest = np.argsort(-size, kind="stable")[:_N_STRONGEST]
    kept[strongest] = size[strongest] >= (_NOTHING if kept.any() else 0.0)
    if is_full or len(parts) <= _N_STRONGEST or np.sum(~kept) < 2:
        kept[:] = True
    rest = math.fsum(parts.loc[~kept, "contribution"])
    return Digest(parts, parts[kept], rest, is_full)

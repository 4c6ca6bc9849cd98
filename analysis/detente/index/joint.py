"""What the months of a state-space index say together."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from detente._checks import check_whole
from detente.countries import Dyad
from detente.errors import BadArgumentError
from detente.index.draws import IndexDraws
from detente.index.months import Month, as_month
from detente.index.state import StateFit

__all__ = ["BILATERAL", "JointMonths"]

#: Name of both directions together.
BILATERAL = "bilateral"


class JointMonths:
    """Sums, comparisons and draws over months; `IndexResult` has them."""

    dyad: Dyad
    state: StateFit | None
    sides: tuple[str, ...]
    reasons: dict[str, str]
    seed: int

    @property
    def months(self) -> pd.DatetimeIndex:
        """All months of the period."""
        raise NotImplementedError

    def combination(self, weights: NDArray[np.float64]) -> tuple[float, float]:
        """Return a weighted sum of smoothed months with its standard error.

        Parameters
        ----------
        weights : ndarray, shape (m, k)
            Weight of each month and side, sides as in `sides`.

        Returns
        -------
        tuple of float
            Degrees; both missing where no model was fitted.
        """
        if self.state is None:
            return np.nan, np.nan
        flat = weights.ravel()
        variance = float(flat @ self.state.joint_covariance @ flat)
        return float(flat @ self.state.smoothed.ravel()), float(np.sqrt(max(variance, 0.0)))

    def side_weights(self, name: str = BILATERAL) -> NDArray[np.float64]:
        """Return how a direction is made up of the fitted sides.

        Parameters
        ----------
        name : str, default "bilateral"
            "A>B", "B>A" or "bilateral".

        Returns
        -------
        ndarray, shape (k,)
            Weights of the sides in `sides`; all missing where the direction has no index.
        """
        if name in self.reasons or not self.sides:
            return np.full(len(self.sides), np.nan)
        if name == BILATERAL:
            return np.full(len(self.sides), 1 / len(self.sides))
        return np.asarray([float(side == name) for side in self.sides])

    def probability_colder(self, colder: Month, warmer: Month, name: str = BILATERAL) -> float:
        """Return how likely one month was colder than another.

        Parameters
        ----------
        colder, warmer : str, datetime.date or Timestamp
            The months.
        name : str, default "bilateral"
            "A>B", "B>A" or "bilateral".

        Returns
        -------
        float
            Probability in [0, 1] that the state of `colder` lay below that of `warmer`, given
            all statements; missing where the direction has no state-space index.

        Raises
        ------
        BadArgumentError
            Where a month lies outside the period.
        """
        from scipy import stats

        weights = np.zeros((len(self.months), len(self.sides)))
        for month, sign in ((as_month(colder, "colder"), 1), (as_month(warmer, "warmer"), -1)):
            if month not in self.months:
                raise BadArgumentError(
                    f"{month:%Y-%m} lies outside the period of the index.",
                    remedy=f"Name a month from {self.months[0]:%Y-%m} to {self.months[-1]:%Y-%m}.",
                )
            weights[self.months.get_loc(month)] += sign * self.side_weights(name)
        difference, se = self.combination(weights)
        if not se > 0:
            return np.nan
        return float(stats.norm.cdf(-difference / se))

    def draws(self, n: int = 1000) -> IndexDraws:
        """Draw whole histories that agree with the statements.

        Parameters
        ----------
        n : int, default 1000
            Number of paths, at least 2.

        Returns
        -------
        IndexDraws
            Joint paths of all directions that have a state-space index; not clipped to the
            scale.

        Raises
        ------
        BadArgumentError
            Where no direction has a state-space index, or n is below 2.
        """
        if self.state is None:
            raise BadArgumentError(
                "This index has no state-space model to draw from.",
                remedy='Use monthly_index(..., method="state_space").',
            )
        check_whole(n, "n")
        if n < 2:
            raise BadArgumentError(f"n={n} was received; at least 2 paths are drawn.")
        paths, smoothed = self.state.draws(n, self.seed), self.state.smoothed
        weights = {name: self.side_weights(name) for name in (*self.dyad.directions, BILATERAL)}
        weights = {name: w for name, w in weights.items() if np.isfinite(w).all()}
        return IndexDraws(
            paths={name: paths @ w for name, w in weights.items()},
            smoothed={name: smoothed @ w for name, w in weights.items()},
            months=self.months,
            seed=self.seed,
        )

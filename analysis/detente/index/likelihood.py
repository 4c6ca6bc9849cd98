"""The state-space model as numbers: parameters, likelihood, and months given what was seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from detente.index.chain import Law
from detente.index.evidence import PRIOR_SD, Evidence, Posterior
from detente.index.sides import Floats

__all__ = ["MODELS", "Model", "Parameters", "StateProblem"]

Model = Literal["mean_reverting", "local_level"]

#: The state's law: back to a level of its own, or nowhere.
MODELS: tuple[Model, ...] = ("mean_reverting", "local_level")

#: Widest persistence and correlation that are tried; at 1 nothing is left to estimate.
MAX_PERSISTENCE, MAX_RHO = 0.995, 0.995


@dataclass(frozen=True, slots=True)
class Parameters:
    """Parameters as they are spoken of; `StateFit` explains them."""

    persistence: float
    sd: Floats
    noise_scale: float
    rho: float

    @classmethod
    def of(cls, theta: Floats, law: Model, k: int) -> Parameters:
        """Read them from the scale of the search, for k sides."""
        first = 1 if law == "mean_reverting" else 0
        return cls(
            persistence=float(np.tanh(theta[0])) if first else 1.0,
            sd=np.exp(theta[first : first + k]),
            noise_scale=float(np.exp(theta[first + k])),
            rho=float(np.tanh(theta[-1])) if k == 2 else np.nan,
        )

    @property
    def changes(self) -> Floats:
        """Covariance of a month's changes."""
        k = len(self.sd)
        correlation = np.array([[1.0, self.rho], [self.rho, 1.0]]) if k == 2 else np.ones((1, 1))
        return np.asarray(correlation * np.outer(self.sd, self.sd))


class StateProblem:
    """The data with the model's law: likelihood and posterior at any parameters."""

    def __init__(self, raw: Floats, noise: Floats, noise_df: float, law: Model) -> None:
        self.raw, self.noise, self.noise_df, self.law = raw, noise, noise_df, law
        self.k = raw.shape[1]
        # A month that wanders off nowhere has no level beside it.
        levels = None if law == "mean_reverting" else np.empty((raw.size, 0))
        self._evidence = Evidence(raw, noise, levels)

    @property
    def bounds(self) -> list[tuple[float, float]]:
        """Ends of each parameter on the scale of the search."""
        law = [(0.0, float(np.arctanh(MAX_PERSISTENCE)))] if self.law == "mean_reverting" else []
        end = float(np.arctanh(MAX_RHO))
        sd = [(np.log(0.05), np.log(100.0))] * self.k
        return [*law, *sd, (-3.0, 3.0), *([(-end, end)] if self.k == 2 else [])]

    def at(self, theta: Floats) -> Posterior:
        """Return what the months say at these parameters."""
        natural = Parameters.of(theta, self.law, self.k)
        changes, kept = natural.changes, natural.persistence
        first = changes / (1 - kept**2) if kept < 1 else np.eye(self.k) * PRIOR_SD**2
        law = Law(kept * np.eye(self.k), changes, first)
        return self._evidence.under(law, natural.noise_scale)

    def loglike(self, theta: Floats) -> float:
        """Return the log likelihood."""
        return self.at(theta).loglike + self._within(theta)[0]

    def slopes(self, theta: Floats) -> tuple[float, Floats]:
        """Return the log likelihood and its slopes."""
        natural, k = Parameters.of(theta, self.law, self.k), self.k
        found = self.at(theta)
        raw, changes, kept = found.slopes(), natural.changes, natural.persistence
        within, by_scale = self._within(theta)
        slope: list[float] = []
        by_changes = raw.changes
        if self.law == "mean_reverting":
            spare = 1 - kept**2
            by_changes = by_changes + raw.first / spare
            by_first = float((raw.first * changes).sum()) * 2 * kept / spare**2
            slope.append(spare * (float(np.trace(raw.transition)) + by_first))
        slope += (2 * (by_changes * changes).sum(axis=1)).tolist()
        slope.append(raw.log_scale + by_scale)
        if k == 2:
            slope.append(2 * by_changes[0, 1] * float(natural.sd.prod()) * (1 - natural.rho**2))
        return found.loglike + within, np.asarray(slope)

    def maximise(self, start: Floats, *, fixed_rho: float | None = None) -> tuple[Floats, float]:
        """Return the parameters of the highest likelihood, and that."""
        from scipy.optimize import minimize

        bounds = self.bounds
        begin: Floats = np.clip(start, *np.asarray(bounds).T)
        if fixed_rho is not None:
            begin[-1] = fixed_rho
            bounds[-1] = (fixed_rho, fixed_rho)

        def loss(theta: Floats) -> tuple[float, Floats]:
            value, slopes = self.slopes(theta)
            return -value, -slopes

        found = minimize(
            loss,
            begin,
            jac=True,
            method="L-BFGS-B",
            bounds=bounds,
            options={"ftol": 1e-13, "gtol": 1e-6},
        )
        return np.asarray(found.x, dtype="float64"), -float(found.fun)

    def smooth(self, theta: Floats) -> tuple[Floats, Floats]:
        """Return mean (m, k) and covariance (m, k, k) of each month given what was seen."""
        found = self.at(theta)
        return found.mean, found.covariance

    def posterior(self, theta: Floats) -> tuple[Floats, Floats]:
        """Return mean (m, k) and joint covariance (m k, m k) of the months given what was seen."""
        found = self.at(theta)
        return found.mean, found.joint_covariance

    def _within(self, theta: Floats) -> tuple[float, float]:
        """Return what the scatter within months says of the noise's scale, and its slope."""
        # It is the noise's chi-squared; this is its log density.
        log_scale = float(theta[-2] if self.k == 2 else theta[-1])
        less = float(np.expm1(-log_scale))
        return -self.noise_df / 2 * (log_scale + less), self.noise_df / 2 * less

"""The state-space model as numbers: parameters, likelihood, and months given what was seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from detente.index.sides import Floats

__all__ = ["MODELS", "Model", "Parameters", "StateProblem"]

Model = Literal["mean_reverting", "local_level"]

#: The state's law: back to a level of its own, or nowhere.
MODELS: tuple[Model, ...] = ("mean_reverting", "local_level")

#: Degrees: a side's level is unknown beforehand, but the scale ends at 100.
_PRIOR_SD = 100.0

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
        # Imported here: statsmodels takes a second to load and most calls need none of it.
        from statsmodels.tsa.statespace.mlemodel import MLEModel

        self.raw, self.noise, self.noise_df, self.law = raw, noise, noise_df, law
        self.k = raw.shape[1]
        self.states = 2 * self.k if law == "mean_reverting" else self.k
        k, states = self.k, self.states
        model = MLEModel(raw, k_states=states, k_posdef=k)
        silent = np.isnan(raw)
        covariance = noise.copy()
        # A silent month's noise is never used, but must be a covariance.
        covariance[:, range(k), range(k)] += np.where(silent, 1.0, 1e-9)
        self._covariance = np.ascontiguousarray(covariance.transpose(1, 2, 0))
        model["obs_cov"] = self._covariance
        model["design"] = np.tile(np.eye(k), states // k)
        model["selection"] = np.eye(states, k)
        model["transition"] = np.eye(states)
        self.model: Any = model

    @property
    def bounds(self) -> list[tuple[float, float]]:
        """Ends of each parameter on the scale of the search."""
        law = [(0.0, float(np.arctanh(MAX_PERSISTENCE)))] if self.states > self.k else []
        end = float(np.arctanh(MAX_RHO))
        sd = [(np.log(0.05), np.log(100.0))] * self.k
        return [*law, *sd, (-3.0, 3.0), *([(-end, end)] if self.k == 2 else [])]

    def loglike(self, theta: Floats) -> float:
        """Return the log likelihood, and leave the model at these parameters."""
        natural, k = Parameters.of(theta, self.law, self.k), self.k
        self.model["state_cov"] = natural.changes
        self.model["obs_cov"] = self._covariance * natural.noise_scale
        prior = np.eye(self.states) * _PRIOR_SD**2
        if self.law == "mean_reverting":
            self.model["transition", range(k), range(k)] = natural.persistence
            prior[:k, :k] = natural.changes / (1 - natural.persistence**2)
        self.model.ssm.initialize_known(np.zeros(self.states), prior)
        # The scatter within months is the noise's chi-squared; this is its log density.
        log_scale = float(np.log(natural.noise_scale))
        within = -self.noise_df / 2 * (log_scale + np.expm1(-log_scale))
        return float(self.model.ssm.loglike() + within)

    def maximise(self, start: Floats, *, fixed_rho: float | None = None) -> tuple[Floats, float]:
        """Return the parameters of the highest likelihood, and that."""
        from scipy.optimize import minimize

        bounds = self.bounds
        begin: Floats = np.clip(start, *np.asarray(bounds).T)
        if fixed_rho is not None:
            begin[-1] = fixed_rho
            bounds[-1] = (fixed_rho, fixed_rho)

        def loss(theta: Floats) -> float:
            return -self.loglike(theta)

        found = minimize(loss, begin, method="L-BFGS-B", bounds=bounds)
        return np.asarray(found.x, dtype="float64"), -float(found.fun)

    def smooth(self, theta: Floats) -> tuple[Floats, Floats]:
        """Return mean (m, k) and covariance (m, k, k) of each month given what was seen."""
        self.loglike(theta)
        smoother, design = self.model.ssm.smooth(), self.model["design"]
        covariance = np.einsum("ij,jkm,lk->mil", design, smoother.smoothed_state_cov, design)
        return (design @ smoother.smoothed_state).T, covariance

    def posterior(self, theta: Floats) -> tuple[Floats, Floats]:
        """Return mean (m, k) and joint covariance (m k, m k) of the months given what was seen."""
        m, k = self.raw.shape
        natural = Parameters.of(theta, self.law, k)
        steps = np.arange(m)
        if self.law == "mean_reverting":
            lag = np.abs(np.subtract.outer(steps, steps))
            time = natural.persistence**lag / (1 - natural.persistence**2)
        else:
            time = np.minimum.outer(steps, steps).astype("float64")
        prior = np.kron(time, natural.changes) + np.kron(np.ones((m, m)), np.eye(k) * _PRIOR_SD**2)
        seen = np.flatnonzero(~np.isnan(self.raw.ravel()))
        error = np.zeros((m, k, m, k))
        error[steps, :, steps, :] = self.noise * natural.noise_scale
        among = (prior + error.reshape(m * k, m * k))[np.ix_(seen, seen)]
        gain = np.linalg.solve(among, prior[seen]).T
        mean = gain @ self.raw.ravel()[seen]
        covariance = prior - gain @ prior[seen]
        return mean.reshape(m, k), (covariance + covariance.T) / 2

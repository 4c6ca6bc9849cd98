"""The model of months by statsmodels' Kalman filter, and by dense matrices: slow and obvious."""

from __future__ import annotations

import numpy as np
from statsmodels.tsa.statespace.mlemodel import MLEModel

PRIOR_SD = 100.0


def kalman(raw, noise, transition, changes, first=None):
    """Return a model of months around unknown levels; without `first`, of months that wander."""
    k = raw.shape[1]
    states = k if first is None else 2 * k
    model = MLEModel(raw, k_states=states, k_posdef=k)
    covariance = noise.copy()
    covariance[:, range(k), range(k)] += np.where(np.isnan(raw), 1.0, 1e-9)
    model["obs_cov"] = np.ascontiguousarray(covariance.transpose(1, 2, 0))
    model["design"] = np.tile(np.eye(k), states // k)
    model["selection"] = np.eye(states, k)
    model["transition"] = np.eye(states)
    model["transition", :k, :k] = transition
    model["state_cov"] = changes
    prior = np.eye(states) * PRIOR_SD**2
    if first is not None:
        prior[:k, :k] = first
    model.ssm.initialize_known(np.zeros(states), prior)
    return model


def smoothed(model):
    """Return mean and covariance of each month given all, and its mean given those up to it."""
    design = model["design"]
    smoother, filtered = model.ssm.smooth(), model.ssm.filter()
    covariance = np.einsum("ij,jkt,lk->til", design, smoother.smoothed_state_cov, design)
    before = (design @ filtered.filtered_state).T
    return (design @ smoother.smoothed_state).T, covariance, before


def dense(raw, noise, law):
    """Return mean and joint covariance of all months around unknown levels, by dense matrices."""
    m, k = raw.shape
    prior = np.zeros((m, k, m, k))
    each = law.first
    for t in range(m):
        across = each
        for later in range(t, m):
            prior[later, :, t, :] = across
            prior[t, :, later, :] = across.T
            across = law.transition @ across
        each = law.transition @ each @ law.transition.T + law.changes
    prior = prior.reshape(m * k, m * k) + np.kron(np.ones((m, m)), np.eye(k) * PRIOR_SD**2)
    error = np.zeros((m, k, m, k))
    error[range(m), :, range(m), :] = noise
    seen = np.flatnonzero(np.isfinite(raw.ravel()))
    among = (prior + error.reshape(m * k, m * k))[np.ix_(seen, seen)]
    gain = np.linalg.solve(among, prior[seen]).T
    mean = gain @ raw.ravel()[seen]
    return mean.reshape(m, k), prior - gain @ prior[seen]


def differences(function, at, step=1e-5):
    """Return the slopes of a function of a vector by central differences."""
    steps = step * np.eye(len(at))
    return np.array([(function(at + h) - function(at - h)) / (2 * step) for h in steps])

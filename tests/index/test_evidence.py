"""The band-matrix likelihood of months against statsmodels, dense algebra and differences."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.index.chain import Chain, Law
from detente.index.evidence import Evidence
from detente.index.likelihood import MODELS, Parameters, StateProblem
from reference.kalman import dense, differences, kalman, smoothed


def seen(seed, m=40, k=2):
    """Months of k sides, a third of them silent, with a noise that differs between them."""
    rng = np.random.default_rng(seed)
    raw = 10 + np.cumsum(rng.normal(0, 8, (m, k)), axis=0)
    raw[rng.random((m, k)) < 0.3] = np.nan
    raw[:2] = np.nan
    apart = rng.normal(0, 6, (m, k, k))
    return raw, 60 * np.eye(k) + apart @ apart.transpose(0, 2, 1)


def parameters(law, k):
    ends = {"kept": (0.05, 2.5), "sd": (-1.0, 3.5), "scale": (-0.5, 0.5), "rho": (-1.5, 1.5)}
    names = ["kept"] * (law == "mean_reverting") + ["sd"] * k + ["scale"] + ["rho"] * (k == 2)
    return st.tuples(*(st.floats(*ends[name]) for name in names)).map(np.array)


cases = st.tuples(st.sampled_from(MODELS), st.sampled_from([1, 2])).flatmap(
    lambda case: st.tuples(st.just(case), parameters(*case), st.integers(0, 1000))
)


@given(cases)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_likelihood_and_months_are_those_of_the_kalman_smoother(case):
    (law, k), theta, seed = case
    raw, noise = seen(seed, k=k)
    problem = StateProblem(raw, noise, 80.0, law)
    natural = Parameters.of(theta, law, k)
    kept, changes = natural.persistence, natural.changes
    first = changes / (1 - kept**2) if law == "mean_reverting" else None
    theirs = kalman(raw, noise * natural.noise_scale, kept * np.eye(k), changes, first)
    # The scatter within months is chi-squared with 80 degrees of freedom.
    scale = natural.noise_scale
    within = -40 * (np.log(scale) + 1 / scale - 1)
    assert problem.loglike(theta) == pytest.approx(theirs.ssm.loglike() + within, abs=1e-8)
    mean, covariance, filtered = smoothed(theirs)
    found = problem.at(theta)
    np.testing.assert_allclose(found.mean, mean, atol=1e-8)
    np.testing.assert_allclose(found.covariance, covariance, atol=1e-7)
    np.testing.assert_allclose(found.filtered, filtered, atol=1e-8)


@given(cases)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_slopes_are_those_of_differences(case):
    (law, k), theta, seed = case
    problem = StateProblem(*seen(seed, k=k), 80.0, law)
    value, slopes = problem.slopes(theta)
    assert value == pytest.approx(problem.loglike(theta), abs=1e-9)
    np.testing.assert_allclose(slopes, differences(problem.loglike, theta), atol=2e-5, rtol=1e-6)


@pytest.mark.parametrize("k", [1, 2])
def test_all_months_together_are_those_of_dense_algebra(k):
    raw, noise = seen(4, k=k)
    mix = np.array([[0.7, 0.15], [-0.1, 0.5]])[:k, :k]
    changes = np.array([[90.0, 20.0], [20.0, 60.0]])[:k, :k]
    law = Law(mix, changes, 3 * changes)
    mean, joint = dense(raw, noise, law)
    found = Evidence(raw, noise).under(law)
    np.testing.assert_allclose(found.mean, mean, atol=1e-6)
    np.testing.assert_allclose(found.joint_covariance, joint, atol=1e-5)
    own = found.joint_covariance.reshape(40, k, 40, k)[range(40), :, range(40), :]
    np.testing.assert_allclose(found.covariance, own, atol=1e-8)


def test_two_months_by_hand():
    # x1 has variance 2, x2 = x1 / 2 + change of variance 1: var x2 = 3/2, cov = 1. Both are
    # seen as 1 with noise 1: V = [[3, 1], [1, 5/2]], |V| = 13/2, 1'V^-1 1 = (5/2 + 3 - 2) / 6.5.
    law = Law(np.array([[0.5]]), np.array([[1.0]]), np.array([[2.0]]))
    evidence = Evidence(np.ones((2, 1)), np.ones((2, 1, 1)), np.empty((2, 0)))
    expected = -0.5 * (2 * np.log(2 * np.pi) + np.log(6.5) + 3.5 / 6.5)
    assert evidence.under(law).loglike == pytest.approx(expected, abs=1e-8)


def test_neighbours_share_the_covariance_that_the_inverse_says():
    rng = np.random.default_rng(0)
    diagonal = np.tile(np.array([[4.0, -0.7], [-0.7, 5.0]]), (6, 1, 1))
    below = rng.normal(0, 0.8, (5, 2, 2))
    whole = np.zeros((12, 12))
    for t in range(6):
        whole[2 * t : 2 * t + 2, 2 * t : 2 * t + 2] = diagonal[t]
    for t in range(5):
        whole[2 * t + 2 : 2 * t + 4, 2 * t : 2 * t + 2] = below[t]
        whole[2 * t : 2 * t + 2, 2 * t + 2 : 2 * t + 4] = below[t].T
    inverse, chain = np.linalg.inv(whole), Chain(diagonal, below)
    np.testing.assert_allclose(chain.dense(), inverse, atol=1e-12)
    blocks = inverse.reshape(6, 2, 6, 2)
    np.testing.assert_allclose(chain.covariance, blocks[range(6), :, range(6)], atol=1e-12)
    np.testing.assert_allclose(chain.covariance_below, blocks[range(1, 6), :, range(5)], atol=1e-12)
    assert chain.log_determinant == pytest.approx(np.linalg.slogdet(whole)[1])
    with pytest.raises(np.linalg.LinAlgError, match="positive definite"):
        Chain(-diagonal, below)

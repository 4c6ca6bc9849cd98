"""Parameters of an index as a table."""

from __future__ import annotations

from detente import wording
from detente.countries import country_name
from detente.index import IndexResult
from detente.report.fit import PHI, RHO

__all__ = ["parameters"]

_METHODS = {
    "means": wording.mark("means of single months"),
    "state_space": wording.mark("state space, smoothed"),
}
_WEIGHTS = {
    "occasion": wording.mark("occasion"),
    "office": wording.mark("office"),
    "day": wording.mark("day"),
}
_MODELS = {
    "mean_reverting": wording.mark("mean-reverting"),
    "local_level": wording.mark("local level"),
}


def parameters(index: IndexResult) -> dict[str, str]:
    """Print what was asked for and what was estimated.

    Parameters
    ----------
    index : IndexResult
        The index.

    Returns
    -------
    dict of str to str
        Name and value, in their order.
    """
    asked = {
        wording.say("Dyad"): index.dyad.slug,
        wording.say("Method"): wording.say(_METHODS[index.method]),
        wording.say("Weights"): (
            wording.say(_WEIGHTS[index.weights])
            if index.weights in _WEIGHTS
            else wording.say_as("weights", "none")
        ),
        wording.say("Confidence"): wording.share(index.confidence),
        wording.say("Period"): wording.period_name(index.months[0], index.months[-1]),
    }
    if index.method == "means":
        covariance = wording.number(index.shared_day_covariance, 1)
        return asked | {
            wording.say("Spread within months (degrees)"): wording.number(index.spread, 2),
            wording.say("Degrees of freedom"): wording.number(index.df),
            wording.say("Covariance on shared days (squared)"): covariance,
        }
    state, noise = index.state, index.noise
    if noise is not None:
        statement, day = wording.number(noise.statement, 1), wording.number(noise.day, 1)
        asked |= {
            wording.say("Variance of a statement (degrees squared)"): statement,
            wording.say("Variance of a day (degrees squared)"): day,
        }
    if state is None:
        return asked
    is_mean_reverting = state.model == "mean_reverting"
    asked[wording.say("Model")] = wording.say(_MODELS[state.model])
    if is_mean_reverting:
        asked[wording.say("Persistence {phi}", phi=PHI)] = wording.number(state.persistence, 3)
    for name, level, sd in zip(index.sides, state.level, state.sd, strict=True):
        side = country_name(name.split(">")[0])
        if is_mean_reverting:
            head = wording.say("Level, {side} (degrees)", side=side)
            asked[head] = wording.degrees(level, 1)
        head = wording.say("Monthly change, {side} (degrees)", side=side)
        asked[head] = wording.number(sd, 1)
    if len(index.sides) == 2:
        low, high = state.rho_interval
        asked[wording.say("Correlation {rho} of the changes", rho=RHO)] = wording.say(
            "{value} ({share} profile interval {low} to {high})",
            value=wording.number(state.rho, 2),
            share=wording.share(0.95),
            low=wording.number(low, 2),
            high=wording.number(high, 2),
        )
    return asked | {
        wording.say("Log likelihood"): wording.number(state.loglike, 1),
        "AIC": wording.number(state.aic, 1),
    }

"""The state-space model of an index in words."""

from __future__ import annotations

from typing import Any

from detente import wording
from detente.index import IndexResult

__all__ = ["PHI", "RHO", "fit_told"]

#: Symbols of the model: persistence, and the correlation of both sides' changes.
PHI, ETA, RHO = (
    "\N{GREEK SMALL LETTER PHI}",
    "\N{GREEK SMALL LETTER ETA}",
    "\N{GREEK SMALL LETTER RHO}",
)


def fit_told(index: IndexResult) -> dict[str, Any]:
    """Tell the model and what was found by it.

    Parameters
    ----------
    index : IndexResult
        A state-space index.

    Returns
    -------
    dict
        `is_mean_reverting`, and the texts `noise`, `law`, `found` (empty where no side could be
        fitted) and `smoothing`.
    """
    state, noise = index.state, index.noise
    assert noise is not None  # a state-space index has one
    is_mean_reverting = state is None or state.model == "mean_reverting"
    refused = [
        wording.say(
            "{direction} has no index: {why}.",
            direction=index.direction_name(name),
            why=index.reasons[name],
        )
        for name in index.dyad.directions
        if name in index.reasons
    ]
    return {
        "is_mean_reverting": is_mean_reverting,
        "noise": wording.say(
            "The raw mean of a month is the tone that the side had, plus the noise e of its "
            "statements. A statement scatters around its month by a variance of its own, and by "
            "one that all statements of a day share, of either side. Both are estimated within "
            "months (Henderson's method III): here {statement} degrees squared for the statement "
            "and {day} for the day. With the weights w of a month's statements summing to one, "
            "and W the sum of those of one day, months with few statements have much noise, and "
            "the two sides share the noise of days on which both spoke:",
            statement=wording.number(noise.statement),
            day=wording.number(noise.day),
        ),
        "law": wording.say(
            "The tone itself wanders from month to month. It returns to a level c of the side by "
            "the same share each month: of its distance from c, {phi} is left a month later. Its "
            "changes {eta} have a standard deviation for each side and correlate by {rho}.",
            phi=PHI,
            eta=ETA,
            rho=RHO,
        )
        if is_mean_reverting
        else wording.say(
            "The tone itself wanders from month to month. It has no level to return to. Its "
            "changes {eta} have a standard deviation for each side and correlate by {rho}.",
            eta=ETA,
            rho=RHO,
        ),
        "found": " ".join([*([_found(index)] if state is not None else []), *refused]),
        "smoothing": wording.say(
            "The index is the smoothed state: the tone of a month given the statements of all "
            "months. A month without statements is bridged by the months around it. Its interval "
            "is that of the state given the parameters, widened by what is not known of the "
            "parameters (Hamilton's method). The column filtered of index.csv uses no later "
            "month, but the parameters of the whole period."
        ),
    }


def _found(index: IndexResult) -> str:
    state = index.state
    assert state is not None
    is_mean_reverting = state.model == "mean_reverting"
    found = []
    if is_mean_reverting:
        persistence = wording.number(state.persistence, 2)
        found.append(wording.say("{symbol} is {value}", symbol=PHI, value=persistence))
    for name, level, sd in zip(index.sides, state.level, state.sd, strict=True):
        side, change = index.direction_name(name), wording.number(sd, 1)
        found.append(
            wording.say(
                "{side}, level {level} and monthly changes of {change} degrees",
                side=side,
                level=wording.degrees(level, 1),
                change=change,
            )
            if is_mean_reverting
            else wording.say(
                "{side}, monthly changes of {change} degrees", side=side, change=change
            )
        )
    if len(index.sides) == 2:
        found.append(
            wording.say("{symbol} is {value}", symbol=RHO, value=wording.number(state.rho, 2))
        )
    return wording.say("By maximum likelihood, {found}.", found="; ".join(found))

"""How the findings were made and what they do not show, in words."""

from __future__ import annotations

from typing import Any

from detente import wording
from detente.inference import EpisodesResult, Findings
from detente.report.beforehand import how_chosen

__all__ = ["finding_limits", "procedures"]

_PATTERSON = (
    "Patterson, H. D. and Thompson, R. (1971). Recovery of inter-block information when block "
    "sizes are unequal. Biometrika 58(3)."
)
_BENJAMINI = (
    "Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the "
    "Royal Statistical Society B 57(1)."
)
_KITAGAWA = (
    "Kitagawa, E. M. (1955). Components of a difference between two rates. Journal of the "
    "American Statistical Association 50(272)."
)
_BAI = (
    "Bai, J. and Perron, P. (2003). Computation and analysis of multiple structural change "
    "models. Journal of Applied Econometrics 18(1)."
)
_HAMILTON = (
    "Hamilton, J. D. (1989). A new approach to the economic analysis of nonstationary time series "
    "and the business cycle. Econometrica 57(2)."
)
_KASS = (
    "Kass, R. E. and Raftery, A. E. (1995). Bayes factors. Journal of the American Statistical "
    "Association 90(430)."
)
_DURBIN = (
    "Durbin, J. and Koopman, S. J. (2012). Time Series Analysis by State Space Methods. Oxford "
    "University Press."
)
_DIEBOLD = (
    "Diebold, F. X. and Mariano, R. S. (1995). Comparing predictive accuracy. Journal of Business "
    "& Economic Statistics 13(3)."
)
_SIMONSOHN = (
    "Simonsohn, U., Simmons, J. P. and Nelson, L. D. (2020). Specification curve analysis. Nature "
    "Human Behaviour 4."
)


def procedures(findings: Findings) -> dict[str, Any]:
    """Tell how each part was made.

    Parameters
    ----------
    findings : Findings
        The results; parts that are None are not told.

    Returns
    -------
    dict
        `episodes` (list of texts, between which the template sets a formula; empty without
        episodes), `parts` (list of dict with `head` and `text`) and `references` (list of
        texts, in the order of their numbers).
    """
    references: list[str] = []

    def cited(*works: str) -> str:
        for work in works:
            if work not in references:
                references.append(work)
        return "".join(f"[{references.index(work) + 1}]" for work in works)

    episodes: list[str] = []
    if findings.episodes is not None and len(findings.episodes.table):
        episodes = _episodes(findings.episodes, cited(_PATTERSON), cited(_BENJAMINI))
    told: dict[str, str] = {}
    if findings.moves is not None:
        told[wording.say("Moves of the months")] = wording.say(
            "The change of a raw mean from one observed month to the next is taken apart exactly: "
            "into what other topics, channels or speakers bring with them and what another tone "
            "on the same ones brings {cited}, and into what each statement adds, counted from the "
            "level before. That is arithmetic and no test.",
            cited=cited(_KITAGAWA),
        )
    if findings.breaks is not None:
        told[wording.say("Breaks")] = _breaks(findings, cited(_BAI))
    if findings.regimes is not None:
        told[wording.say("Regimes")] = wording.say(
            "The raw months are described by levels between which a hidden chain switches; the "
            "likelihood passes a silent month without an observation {hamilton}. The number of "
            "levels has the lowest BIC. Held against it are one level with drift, and levels "
            "drawn anew each month; a difference in BIC below 6 is not taken for an answer "
            "{kass}.",
            hamilton=cited(_HAMILTON),
            kass=cited(_KASS),
        )
    if findings.lead_lag is not None:
        told[wording.say("Which side moves first")] = wording.say(
            "The state equation of the index gets cross terms: what one side's distance from its "
            "level adds to the other side a month later. They are estimated through the raw means "
            "with their known noise {cited}, never from smoothed or filled months, and tested by "
            "likelihood ratio. That neither side moves first is one of the answers.",
            cited=cited(_DURBIN),
        )
    if findings.forecast is not None:
        told[wording.say("What next")] = wording.say(
            "The fitted model is run on. Past forecasts are made anew from each month of the last "
            "{share} of the period, from the months up to it, and held against the raw month that "
            "came, beside the last raw month and the mean of all raw months until then; the "
            "interval of the difference follows Diebold and Mariano {cited}.",
            share=_rest(findings),
            cited=cited(_DIEBOLD),
        )
    if findings.voices is not None:
        told[wording.say("Who spoke and how")] = wording.say(
            "The channel is itself a sign of relations, so the index is not adjusted for it: it "
            "is estimated again from unilateral channels alone, without each of the speakers who "
            "say most, and under other weights."
        )
    if findings.robustness is not None:
        told[wording.say("Other choices")] = wording.say(
            "Index and changes at episodes are estimated again under every choice listed, as in a "
            "specification curve {cited}. Specifications share their statements; a share of them "
            "is no probability.",
            cited=cited(_SIMONSOHN),
        )
    told[wording.say("What the intervals cover")] = wording.say(
        "All intervals of the findings cover the noise of these statements and, where a model of "
        "drift is fitted, that drift. Those of forecasts also cover the parameters of the model. "
        "They cover the scorer's error only where tones are corrected by codings, and nowhere the "
        "choice of statements; how much hangs on the choice of method is shown by the other "
        "choices."
    )
    return {
        "episodes": episodes,
        "parts": [{"head": head, "text": text} for head, text in told.items()],
        "references": references,
    }


def _episodes(result: EpisodesResult, reml: str, adjusted: str) -> list[str]:
    model = wording.say(
        "All episodes are tested jointly, on single statements and their days, so that a change "
        "inside a month is seen. The tone y of a statement is the level a of its direction, a "
        "lasting step b from the first day of each episode on, and noise u."
    )
    first = " ".join([*how_chosen(result.chosen_before_tones), model])
    second = wording.say(
        "The noise drifts: its first part is alike within a direction, correlates by {rho} "
        "between the two (r), and falls off with the days between statements (over l). Statements "
        "of one day share the second part; the third is the statement's own. The variances are "
        "found by restricted maximum likelihood {reml}, the steps by generalised least squares.",
        rho="\N{GREEK SMALL LETTER RHO}",
        reml=reml,
    )
    judged = (
        wording.say(
            "To judge a step, {n} histories without any step are simulated from the fitted model "
            "on the days of the real statements, and each is fitted as the real one was: p is the "
            "share of histories in which the step of that episode is as far from zero, in units "
            "of its standard error. Interval and smallest visible change come from the same "
            "histories.",
            n=wording.number(result.n_placebo),
        )
        if result.n_placebo
        else wording.say("p is Student's here, without simulated histories.")
    )
    third = wording.say(
        "p is adjusted for the number of episodes {adjusted}, so that of the changes called "
        "cooled or warmed at most {share} are expected to be false. Episodes between which there "
        "are too few statements are not separated, and an episode with fewer than three "
        "statements on a side is not tested. What stands beside an episode in time may have other "
        "grounds.",
        adjusted=adjusted,
        share=wording.share(1 - result.confidence),
    )
    return [f"{first} {_kept(result)}", f"{second}{_noise(result)}", f"{judged} {third}"]


def _kept(result: EpisodesResult) -> str:
    if result.include_contacts:
        return wording.say(
            "Statements of the day of a headline contact, which are themselves the event, are kept."
        )
    if not result.n_left_out:
        return wording.say(
            "No statement is of the day of a headline contact, so none is left out as being "
            "itself the event."
        )
    return wording.say_count(
        "{n} statement of the day of a headline contact, which is itself the event, is left out.",
        "{n} statements of the day of a headline contact, which are themselves the event, are "
        "left out.",
        result.n_left_out,
    )


def _noise(result: EpisodesResult) -> str:
    noise = result.parameters["noise_without_steps"]
    if noise is None:
        return ""
    told = wording.say(
        "Without steps the drift has a standard deviation of {drift} degrees and falls off to a "
        "third in about {days} days; the day's part has {day} degrees, the statement's own "
        "{statement}.",
        **{name: wording.number(noise[name]) for name in ("drift", "days", "day", "statement")},
    )
    return f" {told}"


def _breaks(findings: Findings, bai: str) -> str:
    assert findings.breaks is not None
    options = findings.breaks.options
    size, n = options.get("size"), options.get("n_simulations")
    cut = wording.say(
        "The observed raw months are cut into stretches with a level each, a drift that begins "
        "anew, and the noise of their statements; the search is exact {cited}.",
        cited=bai,
    )
    parts = {"share": wording.share(size or 0), "n": wording.number(n or 0)}
    if size and n:
        least = wording.say(
            "A break must save more than a penalty in likelihood that lets at most {share} of "
            "{n} histories simulated from the fitted model without a break have one.",
            **parts,
        )
    elif size:
        least = wording.say(
            "A break must save more than a penalty in likelihood that lets at most {share} of "
            "histories simulated from the fitted model without a break have one.",
            **parts,
        )
    elif n:
        least = wording.say(
            "A break must save more than a penalty in likelihood that lets {n} histories "
            "simulated from the fitted model without a break have one.",
            **parts,
        )
    else:
        least = wording.say(
            "A break must save more than a penalty in likelihood that lets histories simulated "
            "from the fitted model without a break have one."
        )
    ends = wording.say("Intervals come from simulated histories with the breaks found.")
    return f"{cut} {least} {ends}"


def _rest(findings: Findings) -> str:
    assert findings.forecast is not None
    return wording.share(1 - float(findings.forecast.options.get("first_share", 0.6)))


def finding_limits() -> list[dict[str, str]]:
    """Return the limits that come with findings.

    Returns
    -------
    list of dict
        `head` and `text`.
    """
    return [
        {
            "head": wording.say("When, not why."),
            "text": wording.say(
                "A change at an episode says that tone moved then. The data cannot attribute it "
                "to one of the things that happened in the same window, listed here or not."
            ),
        },
        {
            "head": wording.say("No change seen is not no change."),
            "text": wording.say(
                "Where nothing stands out, a change smaller than the smallest visible one may "
                "have been there."
            ),
        },
        {
            "head": wording.say("Many questions."),
            "text": wording.say(
                "p-values of episodes are adjusted for the number of episodes. Breaks, regimes, "
                "sides and forecasts are further questions to the same statements, and no p is "
                "adjusted across them."
            ),
        },
    ]

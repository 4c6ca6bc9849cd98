"""How sure are we: five numbers for page 1."""

from __future__ import annotations

from math import isfinite

import pandas as pd

from detente import wording
from detente.countries import country_name
from detente.index import BILATERAL
from detente.inference import EpisodesResult, Findings, RobustnessResult
from detente.report.tables import clipped
from detente.validation import ValidationResult

__all__ = ["sure", "who_coded"]

_LONGEST = 34


def sure(
    sample: pd.DataFrame,
    findings: Findings | None,
    validation: ValidationResult | None,
) -> list[dict[str, str]]:
    """Return the five numbers, each with what it means.

    Parameters
    ----------
    sample : DataFrame
        The statements of the dyad and period.
    findings : Findings or None
        What was found.
    validation : ValidationResult or None
        How the tone agrees with codings.

    Returns
    -------
    list of dict
        Five: `number` and `text`.
    """
    toned = sample[sample["tone"].notna()]
    days = int(toned["date"].dt.normalize().nunique())
    found = [
        (
            wording.number(len(toned)),
            wording.say_count(
                "statement with a tone, on {days}",
                "statements with a tone, on {days}",
                len(toned),
                days=wording.count(days, "day"),
            ),
        ),
        _top(toned),
        _agreement(validation),
        _smallest(None if findings is None else findings.episodes),
        _specifications(None if findings is None else findings.robustness),
    ]
    return [{"number": number, "text": text} for number, text in found]


def _top(toned: pd.DataFrame) -> tuple[str, str]:
    speakers = toned.groupby(["source", "speaker"]).size()
    if speakers.empty:
        return wording.say_as("speakers", "none"), wording.say("speaks: no statement has a tone")
    # Of equal counts the first by name, so that the order of rows does not matter.
    n = int(speakers.max())
    source, name = speakers.index[int(speakers.to_numpy().argmax())]
    return (
        wording.share(n / len(toned)),
        wording.say(
            "of them by one speaker, {speaker} ({country})",
            speaker=clipped(str(name), _LONGEST),
            country=country_name(source),
        ),
    )


def who_coded(result: ValidationResult) -> str:
    """Tell who made the codings.

    Parameters
    ----------
    result : ValidationResult
        What `validate_scorer` found.

    Returns
    -------
    str
        "human", "machine", or "human and machine"; a code, the same in every language.
    """
    if result.has_human and result.has_machine:
        return "human and machine"
    return "human" if result.has_human else "machine"


def _agreement(result: ValidationResult | None) -> tuple[str, str]:
    if result is None:
        return wording.say("not known"), wording.say(
            "how far the score agrees with readers: no statement was coded"
        )
    told = _codings(result)
    value = result.table.set_index("measure")["estimate"]["pearson"]
    if not isfinite(value):
        return wording.say("not known"), told
    shown = wording.number(value, 2)
    # The interval, or why there is none, stands beside the number.
    beside = result.estimate("pearson").removeprefix(shown).strip()
    if result.n_out_of_fold:
        beside = f"{beside}, {result.standing},"
    return f"r = {shown}", f"{beside} {told}"


def _codings(result: ValidationResult) -> str:
    kind, statements = who_coded(result), wording.count(result.n, "statement")
    if kind == "human":
        return (
            wording.say(
                "with human codings of {statements}, to which the scorer was fitted",
                statements=statements,
            )
            if result.is_in_sample
            else wording.say("with human codings of {statements}", statements=statements)
        )
    if kind == "machine":
        return (
            wording.say(
                "with machine codings of {statements}, to which the scorer was fitted; no human "
                "coding yet",
                statements=statements,
            )
            if result.is_in_sample
            else wording.say(
                "with machine codings of {statements}; no human coding yet", statements=statements
            )
        )
    return (
        wording.say(
            "with human and machine codings of {statements}, to which the scorer was fitted",
            statements=statements,
        )
        if result.is_in_sample
        else wording.say("with human and machine codings of {statements}", statements=statements)
    )


def _smallest(result: EpisodesResult | None) -> tuple[str, str]:
    sizes = pd.Series(dtype="float64")
    if result is not None and len(result.table):
        sizes = result.direction(BILATERAL)["mde"].dropna()
    if sizes.empty:
        return wording.say("not known"), wording.say(
            "smallest change at an event that could have been seen: none was tested"
        )
    low, middle, high = (wording.number(x) for x in (sizes.min(), sizes.median(), sizes.max()))
    if low == high:
        return middle, wording.say(
            "degrees: the smallest change that could have been seen at a typical event"
        )
    return middle, wording.say(
        "degrees: the smallest change that could have been seen at a typical event ({low} to "
        "{high}, by event)",
        low=low,
        high=high,
    )


def _specifications(result: RobustnessResult | None) -> tuple[str, str]:
    if result is not None and len(result.summary):
        rows = result.summary
        rows = rows[rows["n_estimated"].gt(0) & rows["share_agree"].notna()]
        contrast = rows[rows["quantity"].eq("contrast")]
        if len(contrast):
            row = contrast.iloc[0]
            n = wording.count(int(row["n_estimated"]), "other specification")
            return (
                wording.share(row["share_agree"]),
                wording.say(
                    "of {specifications} agree that the cold stretch was colder", specifications=n
                )
                if row["estimate"] < 0
                else wording.say(
                    "of {specifications} agree that the cold stretch was warmer", specifications=n
                ),
            )
        changes = rows[rows["quantity"].eq("change")]
        if len(changes):
            n_changes = int(changes["n_estimated"].sum())
            agree = float((changes["share_agree"] * changes["n_estimated"]).sum()) / n_changes
            return (
                wording.share(agree),
                wording.say_count(
                    "of {n} other estimate of changes at events agree in sign",
                    "of {n} other estimates of changes at events agree in sign",
                    n_changes,
                ),
            )
    return wording.say("not known"), wording.say(
        "share of other specifications that agree: none was estimated"
    )

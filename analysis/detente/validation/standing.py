"""What a scorer owes to the codings it is judged by, and whether they are many."""

from __future__ import annotations

import pandas as pd

from detente import wording

__all__ = [
    "MIN_CLASS",
    "MIN_STATEMENTS",
    "basis_told",
    "few_told",
    "fitted_as",
    "fitted_told",
    "how_to_state",
    "n_out_of_fold",
    "standing_told",
]

#: With fewer coded statements, in all and of a class, a reader is warned: below these an interval
#: of Pearson's r is about .3 wide where r is about .7, and wider where it is lower (.5 at r of
#: .3); one statement moves the F1 of a class by .05 or more.
MIN_STATEMENTS, MIN_CLASS = 50, 10

#: The part of a trace that only a statement has that the scorer was trained on.
_OUT_OF_FOLD = '"out of fold"'


def n_out_of_fold(scored: pd.DataFrame) -> int | None:
    """Count statements whose tone is that of a model which did not see them.

    Parameters
    ----------
    scored : DataFrame
        Scored statements.

    Returns
    -------
    int or None
        Those with a part "out of fold" in their trace; None where no statement has a trace, so
        that it cannot be known.

    Examples
    --------
    >>> n_out_of_fold(pd.DataFrame({"trace": ['[{"entry":"out of fold"}]', "[]", None]}))
    1
    """
    if "trace" not in scored:
        return None
    traces = scored["trace"].dropna().astype("str")
    if traces.empty:
        return None
    return int(traces.str.contains(_OUT_OF_FOLD, regex=False).sum())


def fitted_as(n: int, n_out_of_fold: int | None, *, is_in_sample: bool) -> str:
    """Return the code of how tones were fitted to the codings they are compared with.

    Parameters
    ----------
    n : int
        Statements compared.
    n_out_of_fold : int or None
        Those of them with an out-of-fold tone; None where it is not known.
    is_in_sample : bool
        Whether the scorer was fitted to the codings and gives fitted tones.

    Returns
    -------
    str
        "in_sample", "out_of_fold" (of all statements), "partly_out_of_fold", "no" or, where
        nothing tells, "unknown".

    Examples
    --------
    >>> [fitted_as(40, n, is_in_sample=False) for n in (40, 12, 0, None)]
    ['out_of_fold', 'partly_out_of_fold', 'no', 'unknown']
    """
    if is_in_sample:
        return "in_sample"
    if n_out_of_fold is None:
        return "unknown"
    if not n_out_of_fold:
        return "no"
    return "out_of_fold" if n_out_of_fold == n else "partly_out_of_fold"


def standing_told(fitted: str, n: int, n_out_of_fold: int | None) -> str:
    """Say in a few words how tones were fitted.

    Parameters
    ----------
    fitted : str
        As `fitted_as` returns it.
    n : int
        Statements compared.
    n_out_of_fold : int or None
        Those of them with an out-of-fold tone.

    Returns
    -------
    str
        Empty for a scorer that was not fitted to these codings.

    Examples
    --------
    >>> standing_told("out_of_fold", 40, 40), standing_told("partly_out_of_fold", 40, 12)
    ('out-of-fold', 'out-of-fold for 12 of 40')
    >>> standing_told("unknown", 40, None)
    'not known whether out-of-fold'
    """
    if fitted == "unknown":
        return wording.say("not known whether out-of-fold")
    if fitted == "in_sample":
        return wording.say("in-sample")
    if fitted == "out_of_fold":
        return wording.say("out-of-fold")
    if n_out_of_fold:
        return wording.say(
            "out-of-fold for {n} of {all}", n=wording.number(n_out_of_fold), all=wording.number(n)
        )
    return ""


def fitted_told(fitted: str) -> str:
    """Say in a sentence what figures mean where tones were fitted, or where nobody can tell.

    Parameters
    ----------
    fitted : str
        As `fitted_as` returns it.

    Returns
    -------
    str
        A sentence; empty where nothing of this kind holds of all statements.

    Examples
    --------
    >>> fitted_told("unknown")
    'The statements have no trace: it is not known whether the scorer was trained on them.'
    """
    if fitted == "in_sample":
        return wording.say(
            "In-sample agreement: the scorer was fitted to these codings, so the figures say "
            "nothing about statements it has not seen."
        )
    if fitted == "out_of_fold":
        return wording.say(
            "The figures are out-of-fold: each statement is judged by a model that did not see it."
        )
    if fitted == "unknown":
        return wording.say(
            "The statements have no trace: it is not known whether the scorer was trained on them."
        )
    return ""


def how_to_state() -> str:
    """Say how it is stated whether a scorer was trained on the statements it is judged by.

    Returns
    -------
    str
        A sentence for those who can state it, beside what `fitted_told` says of "unknown".

    Examples
    --------
    >>> "trained_on" in how_to_state()
    True
    """
    return wording.say(
        "To state it: a scorer that was trained on no codings has no trained_on among its "
        "parameters (validate_scorer takes trained=False); one that was has a trace for each "
        "statement, with a part named out of fold where it learned from the statement."
    )


def basis_told(fitted: str, written_with: str) -> str:
    """Say what agreement with these codings owes to their having been seen.

    Parameters
    ----------
    fitted : str
        As `fitted_as` returns it.
    written_with : str
        Which codings were in view when lexicon and rules were written; "" for none.

    Returns
    -------
    str
        Sentences for a note; empty where nothing was seen.

    Examples
    --------
    >>> basis_told("no", "codings of the study x")
    'Lexicon and rules were written with the codings of the study x in view: agreement with these
    is flattered.'
    """
    told = []
    if fitted == "out_of_fold":
        told.append(
            wording.say("Out-of-fold: judged by a model that saw no statement of the same year.")
        )
    if fitted == "partly_out_of_fold":
        told.append(
            wording.say(
                "Where out-of-fold: judged by a model that saw no statement of the same year."
            )
        )
    if fitted == "unknown":
        told.append(fitted_told(fitted))
    if written_with:
        told.append(
            wording.say(
                "Lexicon and rules were written with the {codings} in view: agreement with these "
                "is flattered.",
                codings=wording.say(written_with),
            )
        )
    return " ".join(told)


def few_told(confusion: pd.DataFrame) -> str:
    """Warn of codings that are few.

    Parameters
    ----------
    confusion : DataFrame
        Numbers of statements, classes of the codings by row.

    Returns
    -------
    str
        What there is fewer of than `MIN_STATEMENTS` and `MIN_CLASS`; empty where nothing is.

    Examples
    --------
    >>> few_told(pd.DataFrame([[40], [9], [40]], index=["cold", "neutral", "warm"]))[:49]
    'Few codings: 9 coded neutral, where 10 are wanted'
    """
    counts = confusion.sum(axis=1)
    found = []
    if counts.sum() < MIN_STATEMENTS:
        found.append(
            wording.say_count(
                "{n} statement, where {least} are wanted",
                "{n} statements, where {least} are wanted",
                int(counts.sum()),
                least=wording.number(MIN_STATEMENTS),
            )
        )
    found += [
        wording.say(
            "{n} coded {tone}, where {least} are wanted",
            n=wording.number(n),
            tone=wording.say(str(name)),
            least=wording.number(MIN_CLASS),
        )
        if n
        else wording.say(
            "none coded {tone}, where {least} are wanted",
            tone=wording.say(str(name)),
            least=wording.number(MIN_CLASS),
        )
        for name, n in counts.items()
        if n < MIN_CLASS
    ]
    if not found:
        return ""
    return wording.say(
        "Few codings: {what}. Figures from so few move much with a few more, and their intervals, "
        "where there are any, tend to be too narrow.",
        what="; ".join(found),
    )

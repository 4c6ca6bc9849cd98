"""What a scorer owes to codings, in words."""

from __future__ import annotations

from collections.abc import Mapping

from detente import wording
from detente.tone import Scorer
from detente.validation import is_in_sample, written_with

__all__ = ["training_note"]


def training_note(scorer: Scorer, n: int | None = None, n_out_of_fold: int | None = None) -> str:
    """Say of a scorer that was trained on codings how its tones come about.

    Parameters
    ----------
    scorer : Scorer
        Any scorer.
    n : int, optional
        Statements that it judged here.
    n_out_of_fold : int, optional
        Those of them that it was trained on and judges by a model that did not see them. Left out,
        or None where it is not known, the note tells the rule and no number.

    Returns
    -------
    str
        Sentences; empty for a scorer that owes nothing to codings. Out-of-fold tones are spoken of
        only where there are any.

    Examples
    --------
    >>> from detente.tone import get_scorer
    >>> training_note(get_scorer("vader"))
    ''
    >>> "None of the statements judged here" in training_note(get_scorer("calibrated"), 40, 0)
    True
    """
    if is_in_sample(scorer):
        return wording.say(
            "The scorer {scorer} was fitted to codings and is in-sample: its agreement with them "
            "says nothing about statements it has not seen.",
            scorer=scorer.name,
        )
    codings = written_with(scorer)
    told = []
    if scorer.parameters.get("out_of_fold"):
        n_constructed = scorer.parameters.get("n_constructed")
        is_with_constructed = isinstance(n_constructed, int) and n_constructed > 0
        told += [
            _trained(scorer),
            _seen(n, n_out_of_fold),
            _constructed(n, n_out_of_fold) if is_with_constructed else "",
        ]
    if codings:
        told.append(
            wording.say(
                "Its lexicon and rules were written with the {codings} in view: agreement with "
                "these flatters it, and less is to be expected of other statements.",
                codings=wording.say(codings),
            )
        )
    return " ".join(part for part in told if part)


def _trained(scorer: Scorer) -> str:
    """Say on how much a scorer was trained."""
    trained_on, n_constructed = map(scorer.parameters.get, ("trained_on", "n_constructed"))
    on = wording.say("coded statements")
    if isinstance(trained_on, Mapping):
        on = wording.count(sum(trained_on.values()), "coded statement")
    if isinstance(n_constructed, int) and n_constructed:
        return wording.say(
            "The scorer {scorer} was trained on {coded} and {constructed}.",
            scorer=scorer.name,
            coded=on,
            constructed=wording.count(n_constructed, "constructed one"),
        )
    return wording.say("The scorer {scorer} was trained on {coded}.", scorer=scorer.name, coded=on)


def _seen(n: int | None, n_out_of_fold: int | None) -> str:
    """Say which statements it was trained on, and by what model these are judged."""
    if n is None or n_out_of_fold is None:
        return wording.say(
            "A statement among them is judged out-of-fold, by a model that saw no statement of its "
            "year."
        )
    if not n:
        return ""  # nothing is judged
    if not n_out_of_fold:
        return wording.say(
            "None of the statements judged here ({n}) was among them.", n=wording.number(n)
        )
    if n_out_of_fold == n:
        return wording.say(
            "All statements judged here ({n}) were among them and are judged out-of-fold, each by "
            "a model that saw no statement of its year.",
            n=wording.number(n),
        )
    return wording.say_count(
        "Of the statements judged here ({all}), {n} was among them and is judged out-of-fold, by a "
        "model that saw no statement of its year.",
        "Of the statements judged here ({all}), {n} were among them and are judged out-of-fold, "
        "each by a model that saw no statement of its year.",
        n_out_of_fold,
        all=wording.number(n),
    )


def _constructed(n: int | None, n_out_of_fold: int | None) -> str:
    """Say what constructed statements mean for the tones of a study."""
    if n is not None and n_out_of_fold == 0:
        return wording.say(
            "Constructed statements are invented; some may be on the same two countries."
        )
    return wording.say(
        "Constructed statements are invented and have no date: where a year is left out they stay "
        "in training, those on the same two countries too."
    )

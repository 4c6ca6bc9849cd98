"""What a scorer owes to codings, in words."""

from __future__ import annotations

from collections.abc import Mapping

from detente import wording
from detente.tone import Scorer
from detente.validation import is_in_sample, written_with

__all__ = ["training_note"]


def training_note(scorer: Scorer) -> str:
    """Say of a scorer that was trained on codings how its tones of them come about.

    Parameters
    ----------
    scorer : Scorer
        Any scorer.

    Returns
    -------
    str
        One or two sentences; empty for a scorer that owes nothing to codings.

    Examples
    --------
    >>> from detente.tone import get_scorer
    >>> training_note(get_scorer("vader"))
    ''
    """
    if is_in_sample(scorer):
        return wording.say(
            "The scorer {scorer} was fitted to codings and is in-sample: its agreement with them "
            "says nothing about statements it has not seen.",
            scorer=scorer.name,
        )
    codings = written_with(scorer)
    flattered = (
        wording.say(
            "Its lexicon and rules were written with the {codings} in view: agreement with these "
            "flatters it, and less is to be expected of other statements.",
            codings=wording.say(codings),
        )
        if codings
        else ""
    )
    if not scorer.parameters.get("out_of_fold"):
        return flattered
    trained_on, n_constructed = map(scorer.parameters.get, ("trained_on", "n_constructed"))
    on = wording.say("coded statements")
    if isinstance(trained_on, Mapping):
        on = wording.count(sum(trained_on.values()), "coded statement")
    if isinstance(n_constructed, int) and n_constructed:
        trained = wording.say(
            "The scorer {scorer} was trained on {coded} and {constructed}; a statement among them "
            "is judged out-of-fold, by a model that saw no statement of its year (of a constructed "
            "one, its dyad). Constructed statements are invented and have no date: where a year is "
            "left out they stay in training, those on the same two countries too.",
            scorer=scorer.name,
            coded=on,
            constructed=wording.count(n_constructed, "constructed one"),
        )
    else:
        trained = wording.say(
            "The scorer {scorer} was trained on {coded}; a statement among them is judged "
            "out-of-fold, by a model that saw no statement of its year.",
            scorer=scorer.name,
            coded=on,
        )
    return f"{trained} {flattered}".strip()

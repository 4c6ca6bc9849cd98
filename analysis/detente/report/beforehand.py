"""What is known of when episodes were chosen, and what verdicts on them rest on."""

from __future__ import annotations

from collections.abc import Sequence

from detente import wording

__all__ = ["how_chosen", "how_expected", "how_judged"]


def how_chosen(before_tones: bool | None) -> Sequence[str]:
    """Say how episodes came about, for the chapter on the method.

    Parameters
    ----------
    before_tones : bool or None
        Whether they were chosen before any tone was known; None: not stated.

    Returns
    -------
    sequence of str
        Sentences.
    """
    return (
        wording.say("Headline events that no data could separate form one episode."),
        wording.say(
            "Headline events, and the direction expected of each, are judged from the event alone."
        )
        if before_tones
        else wording.say(
            "Which events are headline events, and the direction expected of each, is the study's "
            "own choice."
        ),
    )


def how_expected(before_tones: bool | None) -> str:
    """Say where the direction expected of each episode comes from.

    Parameters
    ----------
    before_tones : bool or None
        As of `how_chosen`.

    Returns
    -------
    str
        A sentence.
    """
    if before_tones:
        return wording.say("The direction expected of each was judged from the event alone.")
    return wording.say("The direction expected of each is the study's own judgement.")


def how_judged(before_tones: bool | None, share: str) -> Sequence[str]:
    """Say what a verdict on an episode means.

    Parameters
    ----------
    before_tones : bool or None
        As of `how_chosen`.
    share : str
        Share of the verdicts that may be wrong.

    Returns
    -------
    sequence of str
        Sentences.
    """
    if before_tones:
        return (
            wording.say(
                "The direction expected of each was judged from the event alone, before any tone "
                "was known."
            ),
            wording.say(
                "Statements cooled or warmed only where the change stands out after adjustment "
                "for the number of episodes: of such verdicts, at most {share} are expected to be "
                "wrong.",
                share=share,
            ),
        )
    return (
        how_expected(before_tones),
        wording.say(
            "Statements cooled or warmed only where the change stands out after adjustment for "
            "the number of episodes: of such verdicts, at most {share} are expected to be wrong "
            "if the episodes were chosen before any tone was known.",
            share=share,
        ),
        wording.say("The study does not state whether they were.")
        if before_tones is None
        else wording.say("Here they were not, so more may be wrong."),
    )

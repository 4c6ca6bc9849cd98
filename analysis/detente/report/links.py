"""Sentences that refer to another place of the report."""

from __future__ import annotations

from typing import Any

from detente.report.blocks import linked

__all__ = ["linking"]


def linking(sentence: str, ref: str) -> list[str | dict[str, Any]]:
    """Return the parts of a sentence with a reference, for `see`.

    Parameters
    ----------
    sentence : str
        The sentence in the reader's language, with ``{place}`` where the reference stands.
    ref : str
        Name of the place, such as "tab-months".

    Returns
    -------
    list of str or dict
        Text before, the reference, text after.

    Examples
    --------
    >>> linking("It is in {place}.", "tab-months")
    ['It is in ', {'ref': 'tab-months'}, '.']
    """
    before, _, after = sentence.partition("{place}")
    return [text for text in (before, linked(ref), after) if text]

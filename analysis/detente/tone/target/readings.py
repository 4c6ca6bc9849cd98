"""Words that are noun or verb by what stands beside them: "the blasts", "blasts the decision"."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.tone.target.groups import (
    AND,
    DEMONYM,
    DETERMINER,
    HE,
    HEAD,
    POSSESSIVE,
    THING,
    TO_DO,
    WHICH,
)
from detente.tone.target.tokens import Ints, TokenTable

__all__ = ["BASE", "PARTICIPLE", "THIRD_PERSON", "form_of", "is_verb"]

#: Forms of a verb that look like another word: "block", "blocks", "imposing".
BASE, THIRD_PERSON, PARTICIPLE = 1, 2, 3


def form_of(word: str, entry: str) -> int:
    """Tell which form of a verb a word is.

    Parameters
    ----------
    word : str
        A form of the entry.
    entry : str
        The entry, with its mark for verbs.

    Returns
    -------
    int
        `BASE`, `THIRD_PERSON` or `PARTICIPLE`, past forms included.

    Examples
    --------
    >>> [form_of(word, "block@v") for word in ("block", "blocks", "blocking")]
    [1, 2, 3]
    """
    if word == entry.partition("@")[0]:
        return BASE
    return THIRD_PERSON if word.endswith("s") else PARTICIPLE


def is_verb(table: TokenTable, who: Ints, at: Ints, form: Ints) -> NDArray[np.bool_]:
    """Tell which words are verbs: they have an object, and before them somebody who does it.

    Parameters
    ----------
    table : TokenTable
        The tokens.
    who : ndarray of int, shape (n_tokens,)
        Side named at each token.
    at : ndarray of int
        Positions of the words.
    form : ndarray of int
        Which form of a verb each would be.

    Returns
    -------
    ndarray of bool, shape of `at`
        "Will block the plan" and "Ankara blocks the plan", not "the Turkish block" or "signs that".
    """
    n, group, sentence = len(table), table.group, table.sentence

    def near(step: int) -> tuple[Ints, NDArray[np.bool_]]:
        there = (at + step).clip(0, n - 1)
        inside = (there == at + step) & (sentence[there] == sentence[at])
        return np.where(inside, group[there], 0), inside & (who[there] != 0)

    before, is_named = near(-1)
    behind, names = near(1)
    has_object = names | ((behind & (DETERMINER | THING)) > 0)
    # "Signs that", "blocks and".
    has_object &= (behind & (AND | WHICH)) == 0
    to_do = (before & TO_DO) > 0
    somebody = is_named & ((before & DEMONYM) == 0)
    somebody |= (before & (HE | HEAD | WHICH | THING)) > 0
    free = (before & (DETERMINER | POSSESSIVE)) == 0
    does = np.where(form == BASE, to_do, np.where(form == THIRD_PERSON, somebody, free))
    result: NDArray[np.bool_] = has_object & does
    return result

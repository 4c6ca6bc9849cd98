"""How far the valences set by hand are off, asked of coded statements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from detente.errors import BadArgumentError
from detente.tone.columns import Labels
from detente.tone.target.context import Floats
from detente.tone.target.scorer import TargetScorer

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["BOUND", "find_moves"]

#: A valence moves by this much at most, and never to the other sign.
BOUND = 1.0
#: Statements that an entry must stand in, the ridge penalty, digits of a move.
_LEAST, _PENALTY, _DIGITS = 3, 0.1, 1
#: Kinds that are there for what they do to other words.
_FIXED = ("ender", "breaker", "denial", "topic", "terror")


def find_moves(
    texts: Sequence[str],
    targets: Sequence[Sequence[str]],
    sources: Sequence[Sequence[str]],
    gold: Floats,
) -> pd.DataFrame:
    """Find by how much each entry's valence should move for tones to agree with codes.

    Parameters
    ----------
    texts : sequence of str, length n
        Coded statements.
    targets, sources : sequence of sequences of str, length n
        Surface forms of the addressed and of the speaking side.
    gold : ndarray of float, shape (n,)
        Mean code of each divided by 3, in [-1, 1].

    Returns
    -------
    DataFrame
        One row an entry that moves, sorted by entry: entry (as the trace names it), move
        (-1 to 1, one digit) and n (statements it stands in, with its own valence).

    Raises
    ------
    BadArgumentError
        If the lengths differ, or a code lies outside -1 to 1.

    Notes
    -----
    What the tone by valences set by hand leaves of the codes is explained, by ridge regression,
    by the factor with which each entry stands in each statement: the entry's share of the
    error. Entries in fewer than three statements stay, as do words of VADER's lexicon,
    expressions whose valence a rule has settled, and words that end, deny or are a topic. A
    move is at most `BOUND`, and none takes a valence to 0 or to the other sign. That the tone
    is not quite linear in the valences is left out of account.

    Examples
    --------
    >>> texts = ["He thanked Turkey.", "He praised Turkey."] * 20
    >>> forms = [("Turkey", "Turkish")] * 40, [("Russia", "Russian")] * 40
    >>> moves = find_moves(texts, *forms, np.array([1.0, 0.2] * 20))
    >>> moves.set_index("entry")["move"].to_dict()
    {'praise@v': -1.0, 'thank@v': 1.0}
    """
    import pandas as pd
    from scipy import sparse
    from sklearn.linear_model import Ridge

    gold = np.asarray(gold, dtype=np.float64)
    if not len(texts) == len(targets) == len(sources) == len(gold):
        raise BadArgumentError(
            "Texts, targets, sources and codes differ in number "
            f"({len(texts)}, {len(targets)}, {len(sources)}, {len(gold)}).",
            remedy="Give one of each for every statement.",
        )
    if not np.all(np.abs(gold) <= 1):
        raise BadArgumentError(
            "A code lies outside -1 to 1 or is missing.", remedy="Give mean codes divided by 3."
        )
    scorer = TargetScorer(is_moved=False)
    columns = scorer.trace_columns(texts, targets, sources)
    label = Labels.of(columns.entry)
    # An entry is found in many forms; what moves is the entry.
    names, first, number = np.unique(
        np.asarray(label.names, dtype=str), return_index=True, return_inverse=True
    )
    entries = [scorer._matcher.entries[k] for k in first.tolist()]
    number = number[label.code]
    hand = np.array([entry.valence for entry in entries])
    is_free = np.array([e.origin == "detente" and e.kind not in _FIXED for e in entries])
    own = is_free[number] & (columns.factor != 0)
    own &= np.abs(columns.valence - hand[number]) < 1e-9
    place, n = (columns.text[own], number[own]), (len(texts), len(entries))
    share = sparse.csr_array((columns.factor[own], place), shape=n)
    count = np.diff(share.tocsc().indptr)
    known = np.flatnonzero(count >= _LEAST)
    scored = np.flatnonzero(~np.isnan(columns.tone))
    left = gold[scored] - columns.tone[scored]
    move = np.zeros(len(known))
    if len(known) and len(scored):
        ridge = Ridge(alpha=_PENALTY, fit_intercept=False, solver="sparse_cg", tol=1e-10)
        move = ridge.fit(share[scored][:, known], left).coef_
    before = hand[known]
    after = np.round(before + np.clip(move, -BOUND, BOUND), _DIGITS).clip(-4.0, 4.0)
    # An entry without tone would be none, and turn nothing that stands beside it.
    after = np.where(after * before > 0, after, np.sign(before) * 10.0**-_DIGITS)
    found = pd.DataFrame(
        {
            "entry": names[known],
            "move": np.round(after - before, 2) + 0.0,
            "n": count[known],
        }
    )
    found = found[found["move"] != 0]
    return found.sort_values("entry", kind="stable").reset_index(drop=True)

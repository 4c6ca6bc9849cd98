"""From weighted expressions to one number a text.

Each sentence's tone is ``SCALE * sum(v f) / (sum(w) + SHRINK) ** POWER`` with ``w`` the weight
of evidence of each expression, and the text's tone the mean of its sentences, weighted by
whether they name the target and hold evidence. Nothing here saturates with length: with
``POWER`` near 1 it is a shrunken mean. Last, the text's tone is spread as coders spread theirs:
mild words are enough for a mild code, and many strong ones for no more than the strongest.
"""

from __future__ import annotations

import numpy as np

from detente.tone.target.around import FAR, Around
from detente.tone.target.context import Bools, Context, Floats
from detente.tone.target.links import LINKS
from detente.tone.target.matching import Hits
from detente.tone.target.notes import Notes
from detente.tone.target.tokens import Ints, TokenTable

__all__ = [
    "POWER",
    "PROCEDURAL",
    "SCALE",
    "SHRINK",
    "SPREAD",
    "UNSOURCED",
    "UNSOURCED_COLD",
    "contribution_scale",
    "procedure_scale",
    "spread_scale",
    "unsourced_scale",
]

SCALE = 0.29
#: Prose of nobody's side (no source given) is measured on a scale of its own, set on the training
#: split of NewsMTSC, like the shares below: a reporter's words are fainter than an official's.
#: Cold words are rarer there than what they stand for, and fainter, so they count for more.
UNSOURCED, UNSOURCED_COLD = 2.5, 1.9
#: Share that is left, in such prose, of a sentence in which the target is the one who speaks.
SPEAKING = 0.3
#: Shares there of a warm word in a sentence that the target opens, within so many words, and in
#: another; of what the target itself holds against somebody.
OPENING, WARM_PLACE, JUDGING = 3, (1.8, 0.56), 0.75
#: Weight there by link: who stands in the clause says more than in an official's prose, and
#: other names are less often strangers to the matter.
BY_LINK = {"target": 1.9, "carried": 0.7, "third": 2.2, "source": 1.9, "relation": 1.5}
SHRINK = 0.8
POWER = 0.7
#: What is moved to 0.25, the edge of the classes, and the power by which all else is drawn to it.
SPREAD = (0.21, 0.85)
_EDGE, _LEAST = 0.25, 0.01
#: The most to which words of procedure and fainter ones add up in a text, before it is spread,
#: and the valence below which a warm word is fainter.
PROCEDURAL, _FAINT = 0.09, 0.35
#: How far weak expressions dilute strong ones: 0 a plain mean, 1 hardly.
DILUTION = 0.7
#: How far cold words outweigh the warm ones of their sentence, which often say what is missed.
DOMINANCE = 0.5

#: Weight of a sentence: with evidence and the target, with evidence alone, with the target
#: alone, with neither.
_SENTENCE_WEIGHTS = np.array([1.0, 0.5, 0.3, 0.05])


def contribution_scale(hits: Hits, valence: Floats, signed: Floats, context: Context) -> Floats:
    """Return by what each hit's ``valence * factor`` is multiplied to add up to its text's tone.

    Parameters
    ----------
    hits : Hits
        Expressions that carry tone.
    valence, signed : ndarray of float
        Valence, and the factor so far.
    context : Context
        Their surroundings.

    Returns
    -------
    ndarray of float, shape of hits
        Not negative.
    """
    sentence = context.table.sentence
    n_sentences = len(context.sentence_has_target)
    of = sentence[hits.first]
    share = np.abs(signed)
    pull = np.abs(valence * signed)
    is_cold = valence * signed < 0
    cold = np.bincount(of, weights=np.where(is_cold, pull, 0.0), minlength=n_sentences)
    all_pull = np.bincount(of, weights=pull, minlength=n_sentences)
    cold_share = cold / np.maximum(all_pull, 1e-9)
    dominated = np.where(is_cold, 1.0, 1.0 - DOMINANCE * cold_share[of])
    share = share * dominated
    weight = np.minimum(np.abs(valence) / 2, 1.0) ** DILUTION * np.minimum(share, 1.0)
    evidence = np.bincount(of, weights=weight, minlength=n_sentences)
    has_evidence = evidence > 0
    named = context.sentence_has_target
    case = np.where(has_evidence, np.where(named, 0, 1), np.where(named, 2, 3))
    sentence_weight = _SENTENCE_WEIGHTS[case]
    _, border = context.segments("sentence")
    present = np.flatnonzero(border[1:] > border[:-1])
    text_of = context.table.text[border[present]]
    total = np.bincount(text_of, weights=sentence_weight[present], minlength=context.table.n_texts)
    per_sentence = SCALE / (evidence + SHRINK) ** POWER
    result: Floats = per_sentence[of] * sentence_weight[of] / total[context.table.text[hits.first]]
    return result * dominated


def procedure_scale(
    hits: Hits, signed: Floats, procedure: Bools, table: TokenTable, notes: Notes | None = None
) -> Floats:
    """Return by what words of procedure are multiplied so that they add up to little.

    A delegation that visits for a meeting is one event, told dryly, and no three signs of warmth.

    Parameters
    ----------
    hits : Hits
        Expressions that carry tone.
    signed : ndarray of float
        Their contributions so far.
    procedure : ndarray of bool
        Hits that tell how things are done, not how somebody is disposed.
    table : TokenTable
        Their tokens.
    notes : Notes, optional
        Is told which were changed.

    Returns
    -------
    ndarray of float, shape of hits
        In (0, 1]; 1 for all other hits, and where the text's sum is within the bound.
    """
    faint = (signed > 0) & (procedure | (np.abs(hits.valence) < _FAINT))
    text = table.text[hits.first]
    total = np.bincount(text, np.where(faint, signed, 0.0), table.n_texts)
    share = PROCEDURAL / np.maximum(total, PROCEDURAL)
    result: Floats = np.where(faint, share[text], 1.0)
    if notes is not None:
        notes.add(result < 1, "a word of procedure, which weighs little")
    return result


def spread_scale(unclipped: Floats) -> Floats:
    """Return by what each text's tone is multiplied to be spread as codes are.

    Parameters
    ----------
    unclipped : ndarray of float
        Sums of the texts' contributions.

    Returns
    -------
    ndarray of float
        Positive; the product rises with the sum.
    """
    mild, power = SPREAD
    size = np.maximum(np.abs(unclipped), _LEAST) / mild
    result: Floats = _EDGE / mild * size ** (power - 1)
    return result


def unsourced_scale(
    around: Around,
    signed: Floats,
    link: Ints,
    is_unsourced: Bools,
    notes: Notes | None = None,
) -> Floats:
    """Return by what hits of prose of nobody's side are multiplied; 1 elsewhere.

    Parameters
    ----------
    around : Around
        The surroundings of the expressions that carry tone.
    signed : ndarray of float
        Valence times the factor so far.
    link : ndarray of int
        Index into `LINKS`.
    is_unsourced : ndarray of bool, shape (n_texts,)
        Texts for which no source is given.
    notes : Notes, optional
        Is told which sentences the target speaks.

    Returns
    -------
    ndarray of float, shape of hits
        Not negative.
    """
    hits, context = around.hits, around.context
    table = context.table
    rows = is_unsourced[table.text[hits.first]]
    if not rows.any():
        return np.ones(len(rows))
    says = context.role("saying")
    saying = Around(says, context)
    beside = saying.left("target", "sentence") <= 2
    beside |= saying.right("target", "sentence") == 1
    speaks = np.zeros(len(context.sentence_has_target), dtype=bool)
    speaks[table.sentence[says.first[beside]]] = True
    spoken = rows & speaks[table.sentence[hits.first]]
    if notes is not None:
        notes.add(spoken, "said by the target itself")
    scale = np.where(signed < 0, UNSOURCED_COLD, UNSOURCED) * np.where(spoken, SPEAKING, 1.0)
    scale *= np.array([BY_LINK.get(name, 1.0) for name in LINKS])[link]
    scale *= _by_place(around, signed < 0)
    result: Floats = np.where(rows, scale, 1.0)
    return result


def _by_place(around: Around, cold: Bools) -> Floats:
    """Return the share of each hit by where the target stands in its sentence.

    Whoever opens a sentence is whom it is about, also in its later clauses.
    """
    hits, context = around.hits, around.context
    of, border = context.segments("sentence")
    targets = context.sides["target"]
    opens = np.zeros(len(context.sentence_has_target), dtype=bool)
    opens[of[targets[targets - border[of[targets]] <= OPENING]]] = True
    warm_share = np.where(opens[of[hits.first]], *WARM_PLACE)
    judging = hits.are("verdict", "demand", "denial", "regret") & (around.left("target") < FAR)
    result: Floats = np.where(cold, np.where(judging, JUDGING, 1.0), warm_share)
    return result

"""Learning a calibrated model from codings, with figures that no training has touched."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from detente.errors import BadArgumentError
from detente.tone.calibrated.corpus import Corpus, make_corpus, reasons_against
from detente.tone.calibrated.grams import LEAST_LENGTH, count_scale
from detente.tone.calibrated.model import DIGITS, CalibratedModel
from detente.tone.calibrated.quality import Figures, agreement
from detente.tone.calibrated.rules import SHARE, Bools, Floats, Ints, RuleReader
from detente.tone.calibrated.stretch import COLD, WARM, stretch

if TYPE_CHECKING:
    import pandas as pd

    from .design import Design
    from .fitting import Fit

__all__ = [
    "CONSTRUCTED",
    "Training",
    "bundled_training",
    "check_enough",
    "made_model",
    "train",
    "train_with_report",
]

#: Name of the constructed statements among the dyads of `Training.transfer`.
CONSTRUCTED = "constructed"
#: Constructed dyads that are left out together.
_DYADS_A_FOLD = 4


@dataclass(frozen=True, eq=False)
class Training:
    """A model and how it did on statements it was not trained on.

    Attributes
    ----------
    model : CalibratedModel
        Trained on all statements.
    out_of_fold : Figures
        All dated statements, each year scored by a model of the other years (and of the
        constructed statements, where there are any).
    by_dyad : dict of str to Figures
        The same, one dyad at a time.
    transfer : dict of str to Figures
        Each dated dyad scored by a model of the other dyads, where they suffice; under
        "constructed" the constructed dyads, four at a time scored by a model of all others.
        What there is on the same two countries, dated or constructed, is left out together.
    """

    model: CalibratedModel
    out_of_fold: Figures
    by_dyad: dict[str, Figures]
    transfer: dict[str, Figures]


def train(
    statements: pd.DataFrame,
    codings: pd.DataFrame,
    seed: int = 0,
    *,
    aliases: Mapping[str, Sequence[str]] | None = None,
) -> CalibratedModel:
    """Learn a model from codings.

    Parameters
    ----------
    statements : DataFrame
        Statements with unique id, date, source, target, text and, if known, topic. Statements
        of several dyads may be put together. Rows without a date are constructed statements,
        sentences invented for training: they are learned from, and no figure but
        `Training.transfer` is of them.
    codings : DataFrame
        Codes of them: id and code, -3 to 3; several of one statement are averaged.
    seed : int, default 0
        Of the bootstrap intervals; the weights do not hang on it.
    aliases : mapping of str to sequence of str, optional
        Further forms by which texts mention a country, by its code. Give scoring the same:
        a statement that was trained on is known by its text with both countries renamed.

    Returns
    -------
    CalibratedModel
        Its `about` holds settings, figures and versions. Save it with `save`; score with
        ``CalibratedScorer(folder)``.

    Raises
    ------
    BadArgumentError
        If the frames do not fit, or the codings are too few (all reasons are named): asked for
        are 150 coded statements, three years with ten each, fifteen statements in each of the
        classes cold, neutral and warm, and two topics where topics are given.

    Notes
    -----
    The tone is ``intercept + rule_weight * rule tone + sum(weight * value)``, stretched (see
    `stretch`). An n-gram is a feature if it occurs in five statements (one in two thousand,
    where there are more than 10,000), three blocks and two topics of what a model is trained on;
    a block is a year, or a constructed dyad, so that three constructed dyads support an n-gram
    as three years do. The penalty is chosen, and the scale that undoes the shrinkage is fitted,
    by blocks left out inside the training data. The figures come from blocks left out around
    that, each scaled by the out-of-fold tones of the other blocks. The share of the rule tone
    is set. Which words count as common is learned from all texts, without regard to codings.
    """
    return train_with_report(statements, codings, seed, aliases=aliases).model


def train_with_report(
    statements: pd.DataFrame,
    codings: pd.DataFrame,
    seed: int = 0,
    *,
    aliases: Mapping[str, Sequence[str]] | None = None,
) -> Training:
    """Learn a model as `train` does, and return it with its figures.

    Parameters
    ----------
    statements, codings, seed, aliases
        As for `train`.

    Returns
    -------
    Training
        The model and its figures.
    """
    corpus = make_corpus(statements, codings, aliases)
    check_enough(corpus)
    # scikit-learn is loaded to learn, never to score.
    from .design import make_design
    from .fitting import MIN_TRANSFER, choose, fit, scale_of

    design = make_design(corpus)
    every = np.arange(len(corpus))
    tones, dated = np.empty(len(corpus)), corpus.is_dated
    folds = [np.isin(corpus.block, blocks) for blocks in _folds(corpus)]
    for held in folds:
        known = ~held
        if not dated[held].any():
            known &= ~np.isin(corpus.pair, corpus.pair[held])
        if not known.any():  # all there is, is on these two countries
            known = ~held
        inside = np.flatnonzero(known)
        penalty, _, _ = choose(design, inside)
        tones[held] = fit(design, inside, penalty).predict(design, np.flatnonzero(held))
    linear = tones.copy()
    for held in folds:
        rest = dated & ~held
        scale, shift = scale_of(corpus.gold[rest], linear[rest])
        tones[held] = np.clip(stretch(shift + scale * linear[held]), -1.0, 1.0)
    tones = np.round(tones, DIGITS)
    by_dyad: dict[str, Figures] = {}
    transfer: dict[str, Figures] = {}
    for number in np.unique(corpus.dyad[dated]).tolist():
        name, own = corpus.dyads[number], corpus.dyad == number
        by_dyad[name] = _figures(corpus, tones, own, seed)
        # Constructed statements on the two countries are left out with theirs.
        rest = ~np.isin(corpus.pair, corpus.pair[own])
        if np.sum(rest) >= MIN_TRANSFER:
            moved = np.zeros(len(corpus))
            moved[own] = _tones(design, np.flatnonzero(rest), np.flatnonzero(own))
            transfer[name] = _figures(corpus, moved, own, seed)
    if not dated.all():
        transfer[CONSTRUCTED] = _figures(corpus, tones, ~dated, seed)
    figures = _figures(corpus, tones, dated, seed)

    penalty, steep, base = choose(design, every)
    final = fit(design, every, penalty)
    about: dict[str, object] = {
        "n": len(corpus),
        "n_constructed": int(np.sum(~dated)),
        "n_years": len(np.unique(corpus.block[dated])),
        "trained_on": {name: figures.n for name, figures in by_dyad.items()},
        "training_digest": corpus.digest,
        "seed": seed,
        "settings": {
            "share": SHARE,
            "penalty": penalty,
            "least_length": LEAST_LENGTH,
            "stretch": {"cold": COLD, "warm": WARM},
        },
        "scale": round(steep, DIGITS),
        "out_of_fold": figures.to_dict(),
        "out_of_fold_by_dyad": {name: one.to_dict() for name, one in by_dyad.items()},
        "transfer": {name: one.to_dict() for name, one in transfer.items()},
        "rules": RuleReader().parameters,
        "versions": {name: version(name) for name in ("numpy", "scikit-learn", "scipy")},
    }
    model = made_model(design, final, steep, base, tones, about)
    return Training(model, figures, by_dyad, transfer)


def check_enough(corpus: Corpus) -> None:
    """Refuse a corpus that is too small to learn from.

    Parameters
    ----------
    corpus : Corpus
        The coded statements.

    Raises
    ------
    BadArgumentError
        With every reason that `reasons_against` gives.
    """
    reasons = reasons_against(corpus)
    if reasons:
        listed = ";".join(f"\n- {reason}" for reason in reasons)
        raise BadArgumentError(
            f"The codings do not suffice to train on:{listed}.",
            remedy="Code more statements, or score with 'target', which needs no training.",
        )


def made_model(
    design: Design,
    final: Fit,
    steep: float,
    base: float,
    tones: Floats,
    about: Mapping[str, object],
) -> CalibratedModel:
    """Put a fit and out-of-fold tones into a model.

    Parameters
    ----------
    design : Design
        What the fit was made of.
    final : Fit
        The fit to all its rows.
    steep, base : float
        Scale and shift that undo the shrinkage.
    tones : ndarray of float, shape (n,)
        Out-of-fold tones of its rows, rounded; NaN where there is none.
    about : mapping
        As `CalibratedModel.about`.

    Returns
    -------
    CalibratedModel
        Numbers rounded as they are stored.
    """
    corpus = design.corpus
    return CalibratedModel(
        intercept=round(base + steep * final.intercept, DIGITS),
        rule_weight=round(steep * SHARE, DIGITS),
        features=tuple(design.features[i] for i in final.kept.tolist()),
        wording=tuple(design.wording[i] for i in final.kept.tolist()),
        # The scale of each n-gram's values goes into its weight, so that weights compare.
        weight=np.round(steep * final.weight * count_scale(final.count), DIGITS) + 0.0,
        count=final.count,
        common=design.common,
        by_role=_by_digest(corpus.role_digest, tones),
        by_text=_by_digest(_unique_texts(corpus), tones),
        about=about,
    )


def _tones(design: Design, inside: Ints, outside: Ints) -> Floats:
    """Return tones of rows outside from a model chosen, fitted and scaled inside."""
    from .fitting import choose, fit

    penalty, steep, base = choose(design, inside)
    one = fit(design, inside, penalty)
    return np.clip(stretch(base + steep * one.predict(design, outside)), -1.0, 1.0)


def _folds(corpus: Corpus) -> list[Ints]:
    """Return the blocks that are left out together: a year, or some constructed dyads."""
    years = [np.array([year]) for year in np.unique(corpus.block[corpus.is_dated])]
    constructed = np.unique(corpus.block[~corpus.is_dated])
    n_folds = math.ceil(len(constructed) / _DYADS_A_FOLD)
    return [*years, *(constructed[k::n_folds] for k in range(n_folds))]


def _figures(corpus: Corpus, tones: Floats, rows: Bools, seed: int) -> Figures:
    return agreement(corpus.gold[rows], tones[rows], corpus.month[rows], seed=seed)


def _unique_texts(corpus: Corpus) -> tuple[str, ...]:
    """Return the digests of texts, "" for one said by several sides about one another."""
    roles: dict[str, str] = {}
    shared = {
        text
        for text, role in zip(corpus.text_digest, corpus.role_digest, strict=True)
        if roles.setdefault(text, role) != role
    }
    return tuple("" if text in shared else text for text in corpus.text_digest)


def _by_digest(digests: tuple[str, ...], tones: Floats) -> dict[str, float]:
    """Return the mean tone of each digest; "" is left out."""
    total: Counter[str] = Counter()
    times = Counter(digests)
    for digest, tone in zip(digests, tones.tolist(), strict=True):
        total[digest] += tone
    means = {key: round(total[key] / times[key], DIGITS) for key in times if key}
    return {key: mean for key, mean in means.items() if not math.isnan(mean)}


def bundled_training(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return coded statements of several folders, put together.

    Parameters
    ----------
    folder : Path
        Holds folders with statements.csv and codings.csv: studies, and constructed statements
        without a column date.

    Returns
    -------
    statements, codings : DataFrame
        Ids carry the folder's name before them.
    """
    import pandas as pd

    statements: list[pd.DataFrame] = []
    codings: list[pd.DataFrame] = []
    for study in sorted(path.parent for path in folder.glob("*/codings.csv")):
        for frames, name in ((statements, "statements.csv"), (codings, "codings.csv")):
            frame = pd.read_csv(study / name)
            frames.append(frame.assign(id=f"{study.name}/" + frame["id"].astype(str)))
    if not statements:
        raise BadArgumentError(
            f"No study with codings in {folder}.", remedy="Give the folder that holds studies."
        )
    return pd.concat(statements, ignore_index=True), pd.concat(codings, ignore_index=True)

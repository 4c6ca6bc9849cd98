"""A study as it was known on a day: its statements, and a scorer that learned no later."""

from __future__ import annotations

import pandas as pd

from detente.errors import BadArgumentError
from detente.study.config import Study
from detente.study.load import data_folder
from detente.study.scoring import study_scorer
from detente.tone import Scorer

__all__ = ["scorer_as_of"]


def scorer_as_of(
    study: Study, statements: pd.DataFrame, codings: pd.DataFrame | None, day: pd.Timestamp
) -> Scorer:
    """Make the scorer of a study as it could have been trained on a day.

    Parameters
    ----------
    study : Study
        The study.
    statements : DataFrame
        Its statements.
    codings : DataFrame or None
        Its codings.
    day : Timestamp
        Codings of statements after this day are not learned from.

    Returns
    -------
    Scorer
        The study's own scorer, where it learns from no codings; "calibrated" trained anew on
        what was coded up to the day: the study's codings where the study has a model of its
        own, else those of the bundled studies with the constructed statements.

    Raises
    ------
    BadArgumentError
        Up to the day too little is coded to train on; the reasons and the way out are named.

    Notes
    -----
    The lexicon and the rules of "target" are those of today: they were written with later
    statements in view, and no vintage of them is kept.
    """
    if study.scorer != "calibrated":
        return study_scorer(study)
    from detente.study.lexicon import sound_entries
    from detente.tone.calibrated import CalibratedScorer, bundled_training, train

    if study.path("model") is not None and codings is not None:
        coded = statements
    else:
        coded, codings = bundled_training(data_folder())
    date = pd.to_datetime(coded["date"])
    known = coded[date.isna() | (date <= day)]
    try:
        model = train(known, codings[codings["id"].isin(known["id"])], study.seed)
    except BadArgumentError as error:
        raise BadArgumentError(
            f"Up to {day:%Y-%m-%d}: {error.message}",
            remedy='Choose a later day, or set scorer = "target", which learns from no codings.',
        ) from error
    lexicon = study.path("lexicon")
    return CalibratedScorer(model, extra=() if lexicon is None else sound_entries(lexicon))

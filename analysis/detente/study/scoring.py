"""The scorer that a study asks for, with its own lexicon, model and names."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from detente.errors import ReadError
from detente.study.config import Study
from detente.study.lexicon import sound_entries
from detente.tone import Scorer, get_scorer, score_statements

__all__ = ["model_digest", "score_study", "study_scorer"]


def study_scorer(study: Study, name: str | None = None) -> Scorer:
    """Make the scorer of a study.

    Parameters
    ----------
    study : Study
        The study.
    name : str, optional
        Another scorer than the study's own, with the study's lexicon or model where it takes
        one.

    Returns
    -------
    Scorer
        "target" with the entries of `[files] lexicon`; "calibrated" with these entries and the
        model of `[files] model`; else what `get_scorer` returns.

    Raises
    ------
    CheckError
        The lexicon has errors; all are named.
    ReadError
        The lexicon or the model cannot be read.
    BadArgumentError
        There is no such scorer.

    Examples
    --------
    >>> from detente.study import load_study
    >>> study_scorer(load_study("russia-turkey"), "vader").name
    'vader'
    """
    wanted = name or study.scorer
    lexicon, model = study.path("lexicon"), study.path("model")
    if wanted == "target" and lexicon is not None:
        from detente.tone.target import TargetScorer

        return TargetScorer(extra=sound_entries(lexicon))
    if wanted == "calibrated" and (lexicon is not None or model is not None):
        from detente.tone.calibrated import CalibratedScorer

        return CalibratedScorer(
            None if model is None else _model_folder(model),
            extra=() if lexicon is None else sound_entries(lexicon),
        )
    return get_scorer(wanted)


def score_study(
    statements: pd.DataFrame,
    study: Study,
    scorer: Scorer,
    *,
    progress: Callable[[int], None] | None = None,
) -> pd.DataFrame:
    """Give statements their tone with the names that a study adds.

    Parameters
    ----------
    statements : DataFrame
        As `score_statements` takes them.
    study : Study
        Its `[aliases]` are further names of the two countries.
    scorer : Scorer
        As `study_scorer` makes it.
    progress : callable, optional
        As for `score_statements`.

    Returns
    -------
    DataFrame
        What `score_statements` returns.
    """
    return score_statements(statements, scorer, aliases=study.aliases, progress=progress)


def model_digest(folder: str) -> str:
    """Return one digest of a model's files.

    Parameters
    ----------
    folder : str
        The folder that `detente train` wrote.

    Returns
    -------
    str
        SHA-256 over names and bytes of its CSV and JSON files, hexadecimal.

    Raises
    ------
    ReadError
        There is no such folder, or the model in it cannot be read.
    """
    from detente.tone.calibrated import CalibratedModel

    place = _model_folder(folder)
    CalibratedModel.load(place)
    digest = hashlib.sha256()
    for file in sorted(place.iterdir()):
        if file.suffix in (".csv", ".json"):
            content = file.read_bytes()
            digest.update(f"{file.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _model_folder(folder: str) -> Path:
    place = Path(folder)
    if not place.is_dir():
        raise ReadError(
            f"The model {folder!r} is no folder.",
            file=folder,
            remedy="Train one with `detente train STUDY`, or remove model from study.toml.",
        )
    return place

"""Fit the scorer "calibrated" to the codings of a study."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import detente
from detente import wording
from detente._files import staging
from detente.errors import BadArgumentError, StudyError
from detente.study.coded import HOW_TO_CODE
from detente.study.config import Study
from detente.study.load import STUDY_FILE
from detente.study.read import read_study
from detente.tone.calibrated import Training, train_with_report
from detente.tone.calibrated.corpus import MIN_STATEMENTS, MIN_YEARS
from detente.validation import describe_coders

__all__ = ["StudyTraining", "train_study"]

_HEAD = ["Judged on", "Statements", "Pearson's r", "Macro-F1", "Slope of codes on scores"]


@dataclass(frozen=True, eq=False)
class StudyTraining:
    """A model trained on a study's codings, and where it lies.

    Parameters
    ----------
    study : Study
        The study.
    training : Training
        The model and its out-of-fold figures.
    coders : str
        Who coded, in words.
    folder : Path
        Where the model lies.
    files : tuple of Path
        Its files.
    """

    study: Study
    training: Training
    coders: str
    folder: Path
    files: tuple[Path, ...]

    @property
    def sentence(self) -> str:
        """What was fitted to what, in words."""
        n_features = wording.count(len(self.training.model.features), "word pattern")
        return (
            f"Fitted to {self.coders} of {wording.count(self.training.out_of_fold.n, 'statement')}"
            f" of {self.study.title}, with {n_features} beside the tone of 'target'. Out-of-fold "
            "agreement with these codings, each year judged by a model of the other years, with "
            "95% bootstrap intervals over months:"
        )

    @property
    def rows(self) -> tuple[list[str], list[list[str]]]:
        """The figures as head and cells of a table."""
        found = [("all statements", self.training.out_of_fold)]
        if len(self.training.by_dyad) > 1:
            found += [*self.training.by_dyad.items()]
        cells = []
        for name, figures in found:
            told = [
                f"{wording.number(figure.value, 2)} "
                f"({wording.number(figure.lower, 2)} to {wording.number(figure.upper, 2)})"
                for figure in (figures.pearson, figures.macro_f1, figures.slope)
            ]
            cells.append([name, wording.number(figures.n), *told])
        return _HEAD, cells

    @property
    def usage(self) -> tuple[str, ...]:
        """The lines of study.toml that use the model."""
        inside = self.folder.resolve().is_relative_to(self.study.folder.resolve())
        folder = (
            self.folder.resolve().relative_to(self.study.folder.resolve()).as_posix()
            if inside
            else str(self.folder.resolve())
        )
        return (
            "[study]",
            'scorer = "calibrated"',
            "[files]",
            f"model = {json.dumps(folder, ensure_ascii=False)}",
        )


def train_study(study: Study, folder: str | Path | None = None) -> StudyTraining:
    """Fit the scorer "calibrated" to a study's own codings and write the model.

    Parameters
    ----------
    study : Study
        A study with codings.
    folder : str or Path, optional
        Where the model goes; made where missing. Default: "model" in the study's folder.

    Returns
    -------
    StudyTraining
        The model with its out-of-fold figures.

    Raises
    ------
    StudyError
        The study has no codings, they are too few (all reasons are named), or no folder was
        given for a study that comes with detente.
    CheckError
        The data have errors.
    DetenteError
        The folder cannot be written to.

    Notes
    -----
    The intervals are those of `detente.tone.calibrated`: months drawn anew. The figures say
    how the procedure does on years it has not seen, not how the codings agree with people.

    The constructed statements that the shipped model learned from have no part in this: with
    them, out-of-fold agreement of a model of one bundled study with its own codings fell (Pearson's
    r and macro-F1) from .848, .720 to .835, .690 on Russia-Turkey and from .837, .646 to .837, .624
    on Japan-Korea.
    The entries of `[files] lexicon` have none either.

    Examples
    --------
    >>> import tempfile
    >>> from detente.study import init_study
    >>> train_study(init_study(Path(tempfile.mkdtemp()) / "mine", ("IND", "PAK")))
    Traceback (most recent call last):
        ...
    detente.errors.StudyError: ...codings.csv has no coding yet, so there is nothing to learn ...
    """
    if study.path("codings") is None:
        raise StudyError(
            f"The study {study.name} has no codings to learn from.",
            remedy="Have statements coded (columns id, coder, code, coder_type; -3 hostile to +3 "
            f'cordial), and name the file in {STUDY_FILE}, below [files]: codings = "codings.csv".',
        )
    target = Path(folder).expanduser() if folder is not None else study.folder / "model"
    package = Path(str(detente.__file__)).resolve().parent
    if target.resolve().is_relative_to(package):
        raise StudyError(
            f"{target} lies inside the installed package.",
            remedy="Name a folder for the model with --output.",
        )
    data = read_study(study)
    if data.codings is None:  # read_study raises where they have errors
        raise StudyError(
            f"{study.path('codings')} has no coding yet, so there is nothing to learn from.",
            remedy=f"{HOW_TO_CODE} Training takes {MIN_STATEMENTS} coded statements or more, over "
            f"{MIN_YEARS} years or more.",
        )
    try:
        training = train_with_report(
            data.statements, data.codings, study.seed, aliases=study.aliases
        )
    except BadArgumentError as error:
        raise StudyError(error.message, remedy=error.remedy) from error
    contents = training.model.files()
    with staging(target, remedy="Choose another folder with --output.") as staged:
        for name, content in contents.items():
            (staged / name).write_text(content, encoding="utf-8", newline="\n")
    coders = describe_coders(data.codings)
    files = tuple(target / name for name in sorted(contents))
    return StudyTraining(study, training, coders, target, files)

"""A study as it was known on a day: its statements, and a scorer that learned no later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from detente import wording
from detente.errors import BadArgumentError
from detente.study.config import Study
from detente.study.load import data_folder
from detente.study.scoring import score_study, study_scorer
from detente.tone import Scorer
from detente.tone.forms import DatedForms

if TYPE_CHECKING:
    from detente.tone.calibrated import CalibratedScorer, CodingHistory

__all__ = ["StudyAsOf", "scorer_as_of"]

#: What is taken as known on every day, though it was made later.
_TIMELESS = wording.mark(
    "The lexicon, the rules and the constructed statements, which have no date, count as known "
    "throughout: they are part of the method."
)


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
    statements in view, and no vintage of them is kept. Constructed statements have no date and
    count as known on every day, for the same reason. A coding counts as known on the day of its
    statement, whenever it was made. On the last day the scorer is the one trained on everything
    (see `CodingHistory.model`).
    """
    scorer = study_scorer(study)
    if study.scorer != "calibrated":
        return scorer
    try:
        model = _history(study, statements, codings).model(day)
    except BadArgumentError as error:
        raise BadArgumentError(
            f"Up to {day:%Y-%m-%d}: {error.message}",
            remedy='Choose a later day, or set scorer = "target", which learns from no codings.',
        ) from error
    return _calibrated(scorer).with_model(model)


class StudyAsOf:
    """The scored statements of a study as of a day, for many days.

    Parameters
    ----------
    study : Study
        The study.
    scored : DataFrame
        Its statements with today's tone.
    codings : DataFrame or None
        Its codings.
    scorer : Scorer
        What gave today's tone.

    Notes
    -----
    One scorer serves the days of a year: the one that could have been trained at the end of the
    year before, so it never knows more than the day, and up to a year less. Where the codings
    did not suffice by then, "target" stands in, which learns from none and is what the scorer
    "calibrated" starts from.

    Examples
    --------
    >>> from detente.study import compute_study, load_study
    >>> study = load_study("japan-korea").model_copy(update={"scorer": "target"})
    >>> result = compute_study(study)
    >>> known = StudyAsOf(study, result.statements, result.data.codings, result.scorer)
    >>> bool(known(pd.Timestamp("2015-06-30"))["date"].max() <= pd.Timestamp("2015-06-30"))
    True
    """

    def __init__(
        self, study: Study, scored: pd.DataFrame, codings: pd.DataFrame | None, scorer: Scorer
    ) -> None:
        self._study, self._codings, self._scorer = study, codings, scorer
        self._scored = scored
        self._day = scored["date"].dt.tz_localize(None).dt.normalize()
        self._tones: dict[pd.Timestamp, pd.Series[float]] = {}
        self._without: list[pd.Timestamp] = []
        self._coded: CodingHistory | None = None

    def __call__(self, day: pd.Timestamp, /) -> pd.DataFrame | None:
        """Return the statements up to a day with the tones that they could have had then.

        Parameters
        ----------
        day : Timestamp
            The day.

        Returns
        -------
        DataFrame or None
            None where there was no statement.
        """
        known = self._day <= day
        if not known.any():
            return None
        frame: pd.DataFrame = self._scored.loc[known]
        if self._study.scorer != "calibrated":
            return frame
        # The last turn of a year that the day does not precede.
        following = day + pd.Timedelta(days=1)
        trained = pd.Timestamp(year=following.year, month=1, day=1) - pd.Timedelta(days=1)
        if trained not in self._tones:
            self._tones[trained] = self._tones_by(trained)
        return frame.assign(tone=self._tones[trained].loc[known])

    @property
    def note(self) -> str:
        """How the tones came about, in words."""
        if self._study.scorer != "calibrated":
            return wording.say(
                "The scorer '{scorer}' learns from no codings, so it is the same at every origin; "
                "it was made with later statements in view.",
                scorer=self._scorer.name,
            )
        trained = wording.say(
            "The scorer is the one that could have been trained, with its settings chosen, on the "
            "codings of statements up to the end of the year before the origin ({scorers}); "
            "statements it learned from have their out-of-fold tones, and a coding counts as known "
            "on the day of its statement.",
            scorers=wording.count(len(self._tones), "scorer"),
        )
        told = f"{trained} {wording.say(_TIMELESS)}"
        if not self._without:
            return told
        years = wording.listing([str(day.year + 1) for day in sorted(self._without)])
        without = wording.say(
            "For origins in {years} too little had been coded to train on, and 'target' stood in.",
            years=years,
        )
        return f"{told} {without}"

    def _tones_by(self, trained: pd.Timestamp) -> pd.Series[float]:
        """Return the tones of a scorer trained by a day, of the year after it and before."""
        if self._coded is None:
            self._coded = _history(self._study, self._scored, self._codings)
        rows = self._scored[self._day <= trained + pd.DateOffset(years=1)]
        tones = pd.Series(np.nan, index=self._scored.index)
        if self._coded.reasons(trained):
            self._without.append(trained)
            plain = study_scorer(self._study, "target")
            tones[rows.index] = score_study(rows, self._study, plain)["tone"]
            return tones
        # What has no tone today (another language, no letters) had none then.
        rows = rows[rows["tone"].notna()]
        scorer = _calibrated(self._scorer).with_model(self._coded.model(trained))
        tones[rows.index] = scorer.score(
            rows["text"].tolist(),
            *(
                DatedForms(rows[side].tolist(), rows["date"].tolist(), self._study.aliases)
                for side in ("target", "source")
            ),
        )
        return tones


def _history(study: Study, statements: pd.DataFrame, codings: pd.DataFrame | None) -> CodingHistory:
    """Return what the scorer of a study learned from."""
    from detente.tone.calibrated import CodingHistory, bundled_training

    if study.path("model") is not None and codings is not None:
        return CodingHistory(statements, codings, aliases=study.aliases)
    return CodingHistory(*bundled_training(data_folder()))


def _calibrated(scorer: Scorer) -> CalibratedScorer:
    from detente.tone.calibrated import CalibratedScorer

    assert isinstance(scorer, CalibratedScorer)
    return scorer

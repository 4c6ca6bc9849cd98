"""What `estimate_episodes` returns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from detente import wording
from detente._tables.records import records
from detente.countries import Dyad
from detente.errors import BadArgumentError, did_you_mean
from detente.index import BILATERAL
from detente.inference import caveats, episodes_text, verdicts
from detente.inference.reml import RemlFit
from detente.inference.steps import StepFits

__all__ = ["EpisodesResult", "noise_of"]


@dataclass(frozen=True, eq=False)
class EpisodesResult:
    """The change of tone at each episode.

    Parameters
    ----------
    dyad : Dyad
        The two countries.
    table : DataFrame
        One row per episode and direction ("bilateral", "A>B", "B>A"): episode, direction,
        first_day, last_day, label, expected, level_change, lower, upper (degrees), p,
        p_placebo, p_adjusted, mde (degrees, above 0), n_before, n_after (statements in the
        window, cut at neighbouring episodes), overlaps (episodes, "; " between them), verdict
        ("cooled", "warmed", "cannot tell", "not separable", "refused"), reason. Numbers of
        episodes that were not tested are missing.
    without_first_days : DataFrame
        The same without the statements of days 0 to 3 of every headline event; no histories
        were simulated for it.
    context : DataFrame
        Other listed events within 30 days: episode, date, label, kind, expected, days (from
        the episode's first day), headline.
    fits : StepFits
        The models behind it.
    n_statements, n_left_out : int
        Statements in the model, and those left out because they are the event.
    n_calm_months : int
        Months of the period without a listed event within two months.
    confidence : float
        Coverage of intervals.
    n_placebo, seed : int
        Simulated histories, and their seed.
    include_contacts : bool
        Whether statements that are the event were kept.
    window : int
        Days on either side in which statements are counted.
    is_corrected : bool, default False
        Whether these are changes of tones corrected by codings.
    corrected : EpisodesResult or None, default None
        The changes of corrected tones, where codings were handed in.
    chosen_before_tones : bool or None, default None
        Whether the episodes were chosen before any tone was known; None: not known.
    """

    dyad: Dyad
    table: pd.DataFrame
    without_first_days: pd.DataFrame
    context: pd.DataFrame
    fits: StepFits
    n_statements: int
    n_left_out: int
    n_calm_months: int
    confidence: float
    n_placebo: int
    seed: int
    include_contacts: bool
    window: int
    is_corrected: bool = False
    corrected: EpisodesResult | None = None
    chosen_before_tones: bool | None = None

    @property
    def episodes(self) -> tuple[str, ...]:
        """Names of the episodes, in order of time."""
        return tuple(self.table["episode"].drop_duplicates())

    def direction(self, name: str = BILATERAL) -> pd.DataFrame:
        """Return the rows of one direction.

        Parameters
        ----------
        name : str, default "bilateral"
            "A>B", "B>A" or "bilateral".

        Returns
        -------
        DataFrame
            A row per episode, in order of time, with a fresh index.

        Raises
        ------
        BadArgumentError
            Where the dyad has no such direction.
        """
        names = (BILATERAL, *self.dyad.directions)
        if name not in names:
            raise BadArgumentError(
                f"Unknown direction {name!r}.",
                remedy=did_you_mean(name, names) or f"Use one of {', '.join(names)}.",
            )
        return self.table[self.table["direction"].eq(name)].reset_index(drop=True)

    def change(self, episode: str, direction: str = BILATERAL) -> dict[str, Any]:
        """Return one row of the table.

        Parameters
        ----------
        episode : str
            Name of the episode.
        direction : str, default "bilateral"
            "A>B", "B>A" or "bilateral".

        Returns
        -------
        dict
            The columns of `table`.

        Raises
        ------
        BadArgumentError
            Where there is no such episode or direction.
        """
        rows = self.direction(direction)
        rows = rows[rows["episode"].eq(episode)]
        if rows.empty:
            raise BadArgumentError(
                f"There is no episode {episode!r}.",
                remedy=did_you_mean(episode, self.episodes)
                or f"The episodes are {', '.join(self.episodes) or 'none'}.",
            )
        return {str(name): value for name, value in rows.iloc[0].items()}

    def together(self, episodes: Sequence[str]) -> tuple[float, float, float] | None:
        """Return the change over several episodes, both directions together.

        Parameters
        ----------
        episodes : sequence of str
            Names of episodes.

        Returns
        -------
        tuple of float or None
            Sum of their steps and the ends of its interval, degrees; None where one of them
            has no step.
        """
        fit = self.fits.get("common")
        numbers = [self.episodes.index(episode) for episode in episodes]
        places = {None if fit is None else fit.place(number) for number in numbers}
        if fit is None or None in places:
            return None
        total, lower, upper = fit.together(sorted(p for p in places if p is not None))
        return 100 * total, 100 * lower, 100 * upper

    def is_borderline(self, row: Mapping[Any, Any]) -> bool:
        """Tell whether the verdict of a row hangs on which histories were simulated.

        Parameters
        ----------
        row : mapping
            A row of `table`.

        Returns
        -------
        bool
            Whether other histories may decide otherwise.
        """
        return verdicts.is_borderline(row, self.confidence, self.n_placebo)

    def sentence_for(self, episode: str) -> str:
        """Say what was seen at one episode.

        Parameters
        ----------
        episode : str
            Name of the episode.

        Returns
        -------
        str
            The change, how small a one could have been seen, and what qualifies it.

        Raises
        ------
        BadArgumentError
            Where there is no such episode.
        """
        return episodes_text.sentence_for(self, episode)

    @property
    def sentence(self) -> str:
        """What was seen at which episodes, in words."""
        return episodes_text.headline(self)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What must hold for the figures to mean what they say."""
        return caveats.assumptions(self)

    @property
    def parameters(self) -> dict[str, Any]:
        """What was asked for, and the noise that was fitted with steps and without."""
        common = self.fits.get("common")
        return {
            "dyad": str(self.dyad),
            "confidence": self.confidence,
            "n_placebo": self.n_placebo,
            "seed": self.seed,
            "include_contacts": self.include_contacts,
            "window": self.window,
            "is_corrected": self.is_corrected,
            "noise": None if common is None else noise_of(common.reml),
            "noise_without_steps": None if self.fits.null is None else noise_of(self.fits.null),
        }

    def to_dict(self) -> dict[str, Any]:
        """Return parameters, counts, sentences and tables as plain Python values.

        Returns
        -------
        dict
            Ready for JSON: missing numbers are None, days "YYYY-MM-DD".
        """
        told: dict[str, Any] = {
            "parameters": self.parameters,
            "n_statements": self.n_statements,
            "n_left_out": self.n_left_out,
            "n_calm_months": self.n_calm_months,
            "sentence": self.sentence,
            "sentences": {episode: self.sentence_for(episode) for episode in self.episodes},
            "assumptions": list(self.assumptions),
            "table": records(self.table),
            "without_first_days": records(self.without_first_days),
            "context": records(self.context),
        }
        if self.corrected is not None:
            told["corrected"] = self.corrected.to_dict()
        return told

    def __repr__(self) -> str:
        return f"<EpisodesResult {self.dyad.slug}: {self.sentence}>"

    def _repr_html_(self) -> str:
        return wording.shown(self.sentence, self.table, 3)


def noise_of(fit: RemlFit) -> dict[str, float]:
    """Return the covariance parameters of a fit in readers' units.

    Parameters
    ----------
    fit : RemlFit
        The fit.

    Returns
    -------
    dict of str to float
        Standard deviations `statement`, `day` and `drift` in degrees, `days` in which the
        drift's correlation falls to 1/e, `rho` between the sides.
    """
    ratios = fit.ratios
    return {
        "statement": 100 * fit.noise**0.5,
        "day": 100 * (fit.noise * ratios.day) ** 0.5,
        "drift": 100 * (fit.noise * ratios.drift) ** 0.5,
        "days": ratios.days,
        "rho": ratios.rho,
    }

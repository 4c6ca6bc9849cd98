"""All that is asked of an index and its statements, in one go."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

import pandas as pd

from detente import wording
from detente._checks import needs
from detente.engines import Engine, SerialEngine
from detente.errors import BadArgumentError
from detente.events import episodes_table
from detente.index import IndexResult
from detente.inference.breaks import detect_breaks
from detente.inference.breaks_result import BreaksResult
from detente.inference.episodes import estimate_episodes
from detente.inference.episodes_result import EpisodesResult
from detente.inference.forecast import forecast_index
from detente.inference.forecast_result import ForecastResult
from detente.inference.leadlag import LeadLagResult, estimate_lead_lag
from detente.inference.moves import largest_moves
from detente.inference.moves_result import MovesResult
from detente.inference.origins import ScoredAsOf
from detente.inference.recovery import RecoveryResult, estimate_recovery
from detente.inference.regimes import estimate_regimes
from detente.inference.regimes_result import RegimesResult
from detente.inference.robustness import estimate_robustness
from detente.inference.robustness_result import RobustnessResult
from detente.inference.voices import estimate_voices
from detente.inference.voices_result import VoicesResult

__all__ = ["PARTS", "Findings", "estimate_findings"]

#: What is asked, in the order of the report.
PARTS = (
    "episodes",
    "moves",
    "breaks",
    "regimes",
    "voices",
    "lead_lag",
    "forecast",
    "robustness",
)

#: The same, what takes longest first, so that no core waits for the last one.
_BY_TIME = (
    "forecast",
    "robustness",
    "episodes",
    "voices",
    "breaks",
    "lead_lag",
    "moves",
    "regimes",
)

#: Observed months that the coldest stretch needs to be compared with the others.
_MIN_OBSERVED = 3


@dataclass(frozen=True, eq=False)
class Findings:
    """What was found; a part that could not be estimated is None and has its reason.

    Parameters
    ----------
    episodes : EpisodesResult or None
        Changes at the headline episodes.
    moves : MovesResult or None
        The five largest moves of the raw index and what moved them.
    breaks : BreaksResult or None
        Lasting steps that the drift of the index does not explain.
    regimes : RegimesResult or None
        Levels that the index switches between.
    voices : VoicesResult or None
        Who spoke and how.
    lead_lag : LeadLagResult or None
        Whether one side moves earlier.
    forecast : ForecastResult or None
        The next six months, and how well such forecasts did.
    robustness : RobustnessResult or None
        The same numbers under other choices.
    recovery : mapping of str to RecoveryResult
        For each episode at which statements cooled, the time until the level was back.
    reasons : mapping of str to str
        Part that is None -> why.
    """

    episodes: EpisodesResult | None = None
    moves: MovesResult | None = None
    breaks: BreaksResult | None = None
    regimes: RegimesResult | None = None
    voices: VoicesResult | None = None
    lead_lag: LeadLagResult | None = None
    forecast: ForecastResult | None = None
    robustness: RobustnessResult | None = None
    recovery: Mapping[str, RecoveryResult] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)

    def parts(self) -> dict[str, Any]:
        """Return the results that are there, by name, in the order of the report."""
        named = {item.name: getattr(self, item.name) for item in fields(self)}
        return {name: named[name] for name in PARTS if named[name] is not None}


def estimate_findings(
    scored: pd.DataFrame,
    index: IndexResult,
    events: pd.DataFrame,
    *,
    labels: Mapping[str, str] | None = None,
    scorers: Mapping[str, pd.DataFrame] | None = None,
    codings: pd.DataFrame | None = None,
    scored_as_of: ScoredAsOf | None = None,
    chosen_before_tones: bool | None = None,
    n_placebo: int = 999,
    seed: int = 0,
    engine: Engine | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Findings:
    """Ask everything of an index and its statements.

    Parameters
    ----------
    scored : DataFrame
        The scored statements that the index was made from.
    index : IndexResult
        The index.
    events : DataFrame
        As `read_events` gives them; may be empty.
    labels : mapping of str to str, optional
        Episode -> its name.
    scorers : mapping of str to DataFrame, optional
        Name of a scorer -> the statements with its tone, that of `scored` first; the
        robustness page compares them. Default: `scored` alone.
    codings : DataFrame, optional
        Codings with known chance `pi`, by which the changes at episodes and the robustness page
        are given corrected, too.
    scored_as_of : ScoredAsOf, optional
        The statements with the tones known on a day, for the forecasts made anew from past
        months; as for `forecast_index`.
    chosen_before_tones : bool, optional
        Whether the episodes were chosen before any tone was known. Default: not known.
    n_placebo : int, default 999
        Histories for the placebo of the episodes, at least 99; 0 for none.
    seed : int, default 0
        Of all random numbers.
    engine : Engine, optional
        Where the parts are estimated, as from `get_engine`; default: one after the other in this
        process. The results are the same.
    progress : callable, optional
        Called as ``progress(step, n_done, n_all)``.

    Returns
    -------
    Findings
        Each part, or the reason why it is not there.

    Notes
    -----
    A part that the data are too few for is left out with its reason; no other part is touched.
    """
    needs(index, IndexResult, "index", "detente.monthly_index")
    questions = _Questions(
        scored=scored,
        index=index,
        events=events,
        labels=labels,
        scorers=scorers,
        codings=codings,
        scored_as_of=scored_as_of,
        chosen_before_tones=chosen_before_tones,
        n_placebo=n_placebo,
        seed=seed,
        language=wording.language(),
    )
    tell = progress or _silent
    tell("Estimate", 0, len(PARTS))
    # The robustness page needs to know the coldest regime, so that is asked first.
    answers = {"regimes": questions.ask(("regimes", None))}
    regimes = answers["regimes"].result
    rest = [(name, regimes) for name in _BY_TIME if name not in answers]
    for answer in (engine or SerialEngine()).map_batches(questions.ask, rest):
        answers[answer.name] = answer
        tell("Estimate", len(answers), len(PARTS))
    found = {name: answers[name].result for name in PARTS}
    reasons = {name: answers[name].reason for name in PARTS if found[name] is None}
    return Findings(**found, recovery=_recovery(index, found["episodes"]), reasons=reasons)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came of one part: its result, or the reason why there is none."""

    name: str
    result: Any
    reason: str = ""


@dataclass(frozen=True, eq=False)
class _Questions:
    """What all parts are asked of; goes to other processes whole."""

    scored: pd.DataFrame
    index: IndexResult
    events: pd.DataFrame
    labels: Mapping[str, str] | None
    scorers: Mapping[str, pd.DataFrame] | None
    codings: pd.DataFrame | None
    scored_as_of: ScoredAsOf | None
    chosen_before_tones: bool | None
    n_placebo: int
    seed: int
    #: What reasons and names are said in, wherever the question is asked.
    language: str

    def ask(self, question: tuple[str, RegimesResult | None]) -> _Answer:
        """Answer for one part, by its name; with the regimes where they are known."""
        with wording.use_language(self.language):
            return self._answer(*question)

    def _answer(self, name: str, regimes: RegimesResult | None) -> _Answer:
        asked: dict[str, Callable[[], Any]] = {
            "episodes": self._episodes,
            "moves": lambda: largest_moves(self.index, scored=self.scored),
            "breaks": lambda: detect_breaks(
                self.index,
                episodes=episodes_table(self.events, self.labels) if self._has_episodes else None,
                seed=self.seed,
            ),
            "regimes": lambda: estimate_regimes(self.index),
            "voices": lambda: estimate_voices(
                self.scored, self.index.dyad, headline=self.index, seed=self.seed
            ),
            "lead_lag": lambda: estimate_lead_lag(self.index),
            "forecast": lambda: forecast_index(self.index, scored_as_of=self.scored_as_of),
            "robustness": lambda: self._robustness(regimes),
        }
        try:
            return _Answer(name, asked[name]())
        except BadArgumentError as error:
            return _Answer(name, None, error.message)

    @property
    def _has_episodes(self) -> bool:
        return len(self.events) > 0 and bool(self.events["headline"].any())

    def _episodes(self) -> EpisodesResult:
        if not self._has_episodes:
            raise BadArgumentError(wording.say("the study lists no headline events"))
        return estimate_episodes(
            self.scored,
            self.events,
            self.index.dyad,
            labels=self.labels,
            corrected=self.codings,
            n_placebo=self.n_placebo,
            seed=self.seed,
            confidence=self.index.confidence,
            chosen_before_tones=self.chosen_before_tones,
        )

    def _robustness(self, regimes: RegimesResult | None) -> RobustnessResult:
        return estimate_robustness(
            self.scorers or {"scorer": self.scored},
            self.events if self._has_episodes else None,
            self.index.dyad,
            windows=_coldest(regimes),
            corrected=self.codings,
            cross="one",
            confidence=self.index.confidence,
            since=self.index.months[0],
            until=self.index.months[-1],
        )


def _silent(step: str, n_done: int, n_all: int) -> None:
    """Take the place of a progress bar where there is none."""


def _coldest(regimes: RegimesResult | None) -> dict[str, tuple[Any, Any]]:
    """Return the coldest stretch, where the index has more than one regime."""
    if regimes is None or regimes.table.empty or regimes.table["regime"].nunique() < 2:
        return {}
    cold = regimes.table[regimes.table["level"] == regimes.table["level"].min()]
    row = cold.sort_values(
        ["n_observed", "probability", "since"], ascending=[False, False, True], kind="stable"
    ).iloc[0]
    if row["n_observed"] < _MIN_OBSERVED:
        return {}
    return {f"{row['since']:%Y-%m} to {row['until']:%Y-%m}": (row["since"], row["until"])}


def _recovery(index: IndexResult, episodes: EpisodesResult | None) -> dict[str, RecoveryResult]:
    """Return, for each episode at which statements cooled, when the level was back."""
    if episodes is None:
        return {}
    rows = episodes.direction()
    recovered = {}
    for row in rows[rows["verdict"] == "cooled"].itertuples():
        try:
            recovered[str(row.episode)] = estimate_recovery(index, row.first_day)
        except BadArgumentError:
            continue  # the level before or after the episode is not known
    return recovered

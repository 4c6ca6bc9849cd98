"""The change of tone at one event outside the episodes, with every caveat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

from detente import wording
from detente._tables import as_day
from detente._tables.records import records
from detente.countries import Dyad
from detente.errors import BadArgumentError
from detente.events import no_events
from detente.index import BILATERAL
from detente.inference.caveats import assumptions, by_direction, qualifications
from detente.inference.episodes import WINDOW, estimate_episodes
from detente.inference.episodes_result import EpisodesResult
from detente.inference.episodes_text import coincides, name_of, p_value, untested
from detente.inference.rows import mappings
from detente.inference.verdicts import TESTED, adjust, rarely_seen

__all__ = ["ChangeResult", "estimate_change"]

#: Name under which the event stands among the episodes.
_OWN = "this event"


@dataclass(frozen=True, eq=False)
class ChangeResult:
    """The change of tone at one event.

    Parameters
    ----------
    joint : EpisodesResult
        The model, in which the event stands beside the headline episodes; its episode is
        called "this event".
    table : DataFrame
        One row per direction, "bilateral" first; the columns of `EpisodesResult.table`, with
        `p_adjusted` equal to `p_placebo`: one event is tested.
    kind : str
        "act" or "contact".
    chosen_after_looking : bool or None
        Whether the event was chosen after the tone was seen; None where that is not known.
    """

    joint: EpisodesResult
    table: pd.DataFrame
    kind: str
    chosen_after_looking: bool | None

    def change(self, direction: str = BILATERAL) -> dict[str, Any]:
        """Return the row of one direction.

        Parameters
        ----------
        direction : str, default "bilateral"
            "A>B", "B>A" or "bilateral".

        Returns
        -------
        dict
            The columns of `table`.

        Raises
        ------
        BadArgumentError
            Where the dyad has no such direction.
        """
        self.joint.direction(direction)  # for its check
        rows = self.table[self.table["direction"].eq(direction)]
        return {str(name): value for name, value in rows.iloc[0].items()}

    @property
    def without_first_days(self) -> pd.DataFrame:
        """The rows without the statements of days 0 to 3."""
        rows = self.joint.without_first_days
        return rows[rows["episode"].eq(_OWN)].reset_index(drop=True)

    @property
    def context(self) -> pd.DataFrame:
        """Other listed events within 30 days, a row per event."""
        rows = self.joint.context
        return rows[rows["episode"].eq(_OWN)].reset_index(drop=True)

    @property
    def sentence(self) -> str:
        """What was seen, what stands beside it, and what must be kept in mind."""
        row = self.change()
        parts = [self._finding(row)]
        if row["verdict"] in TESTED:
            parts += qualifications(self.joint, row)
        return " ".join([*parts, *by_direction(self.joint, _OWN), *self.caveats])

    def _finding(self, row: Mapping[str, Any]) -> str:
        if row["verdict"] not in TESTED:
            return untested(row)
        change = wording.estimate(
            row["level_change"], row["lower"], row["upper"], self.joint.confidence
        )
        p = p_value(row["p_adjusted"])
        if row["verdict"] != "cannot tell":
            return coincides(row, change, p)
        return wording.say(
            "At {episode} no change could be seen: {change}, {p}; {reach}.",
            episode=name_of(row),
            change=change,
            p=p,
            reach=rarely_seen(row["mde"]),
        )

    @property
    def caveats(self) -> tuple[str, ...]:
        """What a reader of the p-value must know."""
        told = {
            True: wording.say(
                "The event was chosen after the tone had been seen: p is smaller than it would be "
                "for an event chosen before, and proves nothing."
            ),
            False: wording.say("The event was chosen before the tone was seen."),
            None: wording.say(
                "p means what it says only if the event was chosen before the tone was seen, and "
                "if no other event was tried."
            ),
        }
        caveats = [told[self.chosen_after_looking]]
        if self.kind == "contact":
            caveats.append(
                wording.say(
                    "The event is a contact: statements of its day are the event itself, and were "
                    "kept."
                )
                if self.joint.include_contacts
                else wording.say(
                    "The event is a contact: statements of its day are the event itself and were "
                    "left out."
                )
            )
        if self.joint.context.empty and len(self.joint.episodes) == 1:
            caveats.append(
                wording.say("No other events were given, so none could be taken into account.")
            )
        return tuple(caveats)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What must hold for the figures to mean what they say."""
        return (*self.caveats, *assumptions(self.joint, tells_choice=False))

    @property
    def parameters(self) -> dict[str, Any]:
        """What was asked for, and the noise that was fitted."""
        return {
            **self.joint.parameters,
            "kind": self.kind,
            "chosen_after_looking": self.chosen_after_looking,
        }

    def to_dict(self) -> dict[str, Any]:
        """Return parameters, sentence, caveats and tables as plain Python values.

        Returns
        -------
        dict
            Ready for JSON: missing numbers are None, days "YYYY-MM-DD".
        """
        return {
            "parameters": self.parameters,
            "n_statements": self.joint.n_statements,
            "sentence": self.sentence,
            "caveats": list(self.caveats),
            "assumptions": list(self.assumptions),
            "table": records(self.table),
            "without_first_days": records(self.without_first_days),
            "context": records(self.context),
        }

    def __repr__(self) -> str:
        return f"<ChangeResult: {self.sentence}>"

    def _repr_html_(self) -> str:
        return wording.shown(self.sentence, self.table, 3)


def estimate_change(
    scored: pd.DataFrame,
    event: Any,
    dyad: Dyad | tuple[str, str] | str = ("RUS", "TUR"),
    *,
    events: pd.DataFrame | None = None,
    labels: Mapping[str, str] | None = None,
    chosen_after_looking: bool | None = None,
    confidence: float = 0.95,
    n_placebo: int = 999,
    seed: int = 0,
    include_contacts: bool = False,
    window: int = WINDOW,
) -> ChangeResult:
    """Estimate the change of tone at one event, beside the headline episodes.

    Parameters
    ----------
    scored : DataFrame
        As `estimate_episodes` takes it. Not changed.
    event : str, datetime.date, Timestamp, mapping or Series
        A day; the `id` or `label` of a row of `events`; or a row with `date` and, where
        known, `end_date`, `label`, `kind` ("act" where absent) and `expected`.
    dyad : Dyad, tuple of str or str, default ("RUS", "TUR")
        The two countries.
    events : DataFrame, optional
        Events as `read_events` gives them: the headline episodes are fitted beside, the
        others are named. Not changed.
    labels : mapping of str to str, optional
        Episode -> its name in sentences.
    chosen_after_looking : bool, optional
        Whether the event was picked after the tone was seen; it is told in the caveats.
    confidence : float, default 0.95
        Coverage of intervals, in (0, 1).
    n_placebo : int, default 999
        Histories without any step, at least 99; 0 for none.
    seed : int, default 0
        Seed of the histories.
    include_contacts : bool, default False
        Whether statements of the day of a contact stay in.
    window : int, default 180
        Days before and after in which statements are counted.

    Returns
    -------
    ChangeResult
        Its `table` has a row per direction, in degrees.

    Raises
    ------
    BadArgumentError
        For a day that is none, a label that is not there or not alone, an event that is
        part of a headline episode, and as `estimate_episodes`.

    Notes
    -----
    The estimand and the model are those of `estimate_episodes`, with one step more. Nothing
    is adjusted for the choice of the event, which nobody but the user knows.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> days = pd.date_range("2014-01-03", "2017-12-28", freq="9D")
    >>> tone = np.where(days < "2015-11-24", 0.4, -0.3) + rng.normal(0, 0.2, len(days))
    >>> scored = pd.DataFrame({
    ...     "date": days, "tone": tone.clip(-1, 1), "speaker": "A",
    ...     "source": np.resize(["RUS", "TUR"], len(days)),
    ...     "target": np.resize(["TUR", "RUS"], len(days))})
    >>> estimate_change(scored, "2015-11-24", n_placebo=99).change()["verdict"]
    'cooled'
    """
    known = no_events() if events is None else events
    row, rest = _event_row(event, known)
    own = pd.DataFrame([row]).astype({"date": known["date"].dtype, "end_date": "datetime64[us]"})
    joint = estimate_episodes(
        scored,
        own if rest.empty else pd.concat([rest, own], ignore_index=True),
        dyad,
        labels=labels,
        confidence=confidence,
        n_placebo=n_placebo,
        seed=seed,
        include_contacts=include_contacts,
        window=window,
    )
    table = joint.table[joint.table["episode"].eq(_OWN)]
    is_tested = table["verdict"].isin(TESTED)
    table = table.assign(verdict=table["verdict"].mask(is_tested, ""))
    rows = mappings(table)
    return ChangeResult(
        joint, adjust(rows, confidence, n_placebo), str(row["kind"]), chosen_after_looking
    )


def _same(events: pd.DataFrame, given: Mapping[str, Any]) -> pd.Series[bool]:
    """Return which rows are the event itself: of its id or, without one, its day and label."""
    names = ("id",) if "id" in events and given.get("id") else ("date", "label")
    same = pd.Series(True, index=events.index)
    for name in names:
        same &= events[name].eq(given[name]) if given.get(name) is not None else False
    return same


def _event_row(event: Any, events: pd.DataFrame) -> tuple[dict[str, Any], pd.DataFrame]:
    """Return the event as a headline row, and the other events."""
    rest = events
    if isinstance(event, str):
        named = events["label"].eq(event)
        if "id" in events:
            named |= events["id"].eq(event)
        if named.sum() > 1:
            raise BadArgumentError(
                f"{wording.count(int(named.sum()), 'event')} are called {event!r}.",
                remedy="Name the event by its id, or give its day.",
            )
        if named.any():
            event, rest = events[named].iloc[0], events[~named]
    if isinstance(event, Mapping | pd.Series):
        given = {str(key): value for key, value in event.items()}
        rest = rest[~_same(rest, given)]
        if "date" not in given:
            raise BadArgumentError(
                "The event has no date.", remedy="Give a day, or a row of read_events."
            )
    elif isinstance(event, Real):
        raise BadArgumentError(
            f"event={event!r} was received, a number.",
            remedy="Give a day as '2015-11-24', the id or label of an event, or its row.",
        )
    else:
        given = {"date": event}
    day = pd.Timestamp(as_day(given["date"], "event"))
    end = given.get("end_date")
    if given.get("headline") is True or given.get("headline") is np.True_:
        raise BadArgumentError(
            f"The event of {wording.day_name(day)} is part of the episode '{given['episode']}'.",
            remedy=f"Use estimate_episodes(...).change('{given['episode']}').",
        )
    return {
        "id": _OWN,
        "date": day,
        "end_date": pd.NaT if end is None or pd.isna(end) else pd.Timestamp(end),
        "label": str(given.get("label", wording.say("the event"))),
        "kind": str(given.get("kind", "act")),
        "expected": str(given.get("expected", "ambiguous")),
        "headline": True,
        "episode": _OWN,
    }, rest

"""What `estimate_voices` returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from detente import wording
from detente._tables.records import records
from detente.index import BILATERAL, IndexResult
from detente.inference.counting import counts_told
from detente.inference.groups import UNILATERAL_CHANNELS, group_name

__all__ = ["VoicesResult"]

_UNITS = {
    "occasion": wording.mark("occasion"),
    "office": wording.mark("office"),
    "day": wording.mark("day"),
    "none": wording.mark("statement"),
}


#: Degrees under which two indices print as the same.
_SAME = 0.5


@dataclass(frozen=True, eq=False)
class VoicesResult:
    """Who spoke and how, and what that means for the index.

    Parameters
    ----------
    table : DataFrame
        One row per month and direction ("A>B", "B>A", "bilateral"): `month`, `direction`,
        `index`, `lower`, `upper` of the headline index and `unilateral`, `unilateral_lower`,
        `unilateral_upper`, `unilateral_raw` of the unilateral channels (degrees),
        `n_statements` and `n_unilateral`.
    groups : DataFrame
        Mean tone by speaker, office, topic and channel: see `tone_by_group`.
    contacts : DataFrame
        Calls, meetings, letters and joint statements: see `contact_frequency`.
    speakers : DataFrame
        The index without each of the top speakers: see `leave_out_speakers`.
    weightings : DataFrame
        The index under each weighting: see `reweight`.
    counts : DataFrame
        Number of statements and tone: see `count_and_tone`.
    searches : DataFrame
        What later searches brought: see `search_gap`.
    headline : IndexResult
        The index of all statements.
    unilateral : IndexResult or None
        The index of the unilateral channels; None where no channel is known.
    unilateral_difference : dict
        How far the latter lies from the former: see `compare`.
    options : dict
        What was asked for.
    """

    table: pd.DataFrame
    groups: pd.DataFrame
    contacts: pd.DataFrame
    speakers: pd.DataFrame
    weightings: pd.DataFrame
    counts: pd.DataFrame
    searches: pd.DataFrame
    headline: IndexResult
    unilateral: IndexResult | None
    unilateral_difference: dict[str, Any]
    options: dict[str, Any]

    @property
    def unilateral_sentence(self) -> str:
        """How the index of unilateral channels compares with the headline, in words."""
        found = self.unilateral_difference
        if self.unilateral is None:
            return wording.say(
                "The statements have no channel, so unilateral ones cannot be told apart."
            )
        if not found["n_months"]:
            none = wording.say("no month has both")
            return wording.say(
                "The unilateral channels alone give no index: {reason}.",
                reason=self.unilateral.reasons.get(BILATERAL, none),
            )
        told = {
            "size": wording.number(abs(found["mean_difference"]), 1),
            "r": wording.number(found["correlation"], 2),
            **_largest(found),
        }
        if _is_same(found):
            return wording.say(
                "The index of remarks, interviews, speeches and written statements alone differs "
                "from that of all channels in no month by half a degree or more."
            )
        if found["mean_difference"] > 0:
            return wording.say(
                "The index of remarks, interviews, speeches and written statements alone is on "
                "average {size} degrees warmer than that of all channels and correlates with it by "
                "{r}; they differ most in {month}, by {difference} degrees.",
                **told,
            )
        return wording.say(
            "The index of remarks, interviews, speeches and written statements alone is on average "
            "{size} degrees colder than that of all channels and correlates with it by {r}; they "
            "differ most in {month}, by {difference} degrees.",
            **told,
        )

    @property
    def contacts_sentence(self) -> str:
        """How the share of contacts moved over the years, in words."""
        years = self.contacts
        if years.empty:
            return ""
        years = years[(years["unit"] == "year") & (years["direction"] == BILATERAL)]
        years = years[years["n_occasions"] > 0]
        n, n_contact = int(years["n_occasions"].sum()), int(years["n_contact"].sum())
        told = {
            "occasions": wording.count(n_contact, "occasion"),
            "all": wording.number(n),
            "share": wording.share(n_contact / n),
        }
        if len(years) < 2 or not n_contact:
            return wording.say(
                "Calls, meetings, letters and joint statements are {occasions} of {all} ({share}).",
                **told,
            )
        order = years.sort_values(["share", "period"], kind="stable")
        low, high = order.iloc[0], order.iloc[-1]
        return wording.say(
            "Calls, meetings, letters and joint statements are {occasions} of {all} ({share}), "
            "from {low} in {low_year} to {high} in {high_year}.",
            **told,
            low=wording.share(low["share"]),
            low_year=low["period"].year,
            high=wording.share(high["share"]),
            high_year=high["period"].year,
        )

    @property
    def speakers_sentence(self) -> str:
        """What the index is without the speaker who says most, in words."""
        if self.speakers.empty:
            return ""
        top = _plain(self.speakers, 0)
        told = {
            "speaker": top["speaker"],
            "share": wording.share(top["share"]),
            "share_direction": wording.share(top["share_direction"]),
            "direction": self.headline.direction_name(top["direction"]),
        }
        if not top["n_months"]:
            return wording.say(
                "{speaker} makes {share} of all statements ({share_direction} of {direction}); "
                "without them there is no index.",
                **told,
            )
        if (self.speakers["largest_difference"].abs().fillna(0) < _SAME).all():
            return wording.say(
                "{speaker} makes {share} of all statements ({share_direction} of {direction}). No "
                "month that is left moves by half a degree or more without them; this tells "
                "nothing where a side has one statement a month.",
                **told,
            )
        text = wording.say(
            "{speaker} makes {share} of all statements ({share_direction} of {direction}); without "
            "them the mean level moves by {change} degrees, and most in {month}, by {difference} "
            "degrees.",
            **told,
            change=wording.degrees(top["mean_difference"], 1),
            **_largest(top),
        )
        rest = self.speakers[self.speakers["n_months"] > 0]
        worst = _plain(rest, int(rest["largest_difference"].abs().round(9).argmax()))
        if worst["speaker"] != top["speaker"]:
            most = wording.say(
                "The largest move of any month is without {speaker}: {month}, by {difference} "
                "degrees.",
                speaker=worst["speaker"],
                **_largest(worst),
            )
            text += f" {most}"
        return text

    @property
    def weightings_sentence(self) -> str:
        """How far the index moves under other weightings, in words."""
        rest = self.weightings[~self.weightings["is_headline"] & (self.weightings["n_months"] > 0)]
        if rest.empty:
            return ""
        rows = rest.to_dict("records")
        names = wording.listing([wording.say(_UNITS[row["weights"]]) for row in rows])
        correlations = wording.listing([wording.number(row["correlation"], 2) for row in rows])
        worst = _plain(rest, int(rest["largest_difference"].abs().round(9).argmax()))
        if _is_same(worst):
            return wording.say(
                "Weighted by {units} instead of by {unit}, the index differs in no month by half a "
                "degree or more; this tells nothing where a side has one statement a month.",
                units=names,
                unit=wording.say(_UNITS[self.headline.weights]),
            )
        return wording.say(
            "Weighted by {units} instead of by {unit}, the index correlates with the headline by "
            "{correlations}; the month that differs most, weighted by {worst}, is {month}, by "
            "{difference} degrees.",
            units=names,
            unit=wording.say(_UNITS[self.headline.weights]),
            correlations=correlations,
            worst=wording.say(_UNITS[worst["weights"]]),
            **_largest(worst),
        )

    @property
    def counts_sentence(self) -> str:
        """Whether months with many statements were colder or warmer, in words."""
        row = _plain(self.counts[self.counts["direction"] == BILATERAL], 0)
        return counts_told(row, self.headline.confidence)

    @property
    def searches_sentence(self) -> str:
        """How different the statements of later searches were, in words; "" without one."""
        return " ".join(
            wording.say_count(
                "The {n} statement of search {search} differ from those of the first search, "
                "within direction and year, by {gap}.",
                "The {n} statements of search {search} differ from those of the first search, "
                "within direction and year, by {gap}.",
                int(row["n_statements"]),
                search=wording.number(int(row["wave"])),
                gap=wording.estimate(
                    row["gap"], row["lower"], row["upper"], self.headline.confidence
                ),
            )
            for row in self.searches.to_dict("records")
        )

    @property
    def sentence(self) -> str:
        """Who spoke and how, in words."""
        parts = (
            self.speakers_sentence,
            self.unilateral_sentence,
            self.contacts_sentence,
            self.weightings_sentence,
            self.counts_sentence,
            self.searches_sentence,
        )
        return " ".join(part for part in parts if part)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What the numbers mean and what they do not."""
        return (
            wording.say(
                "Unilateral channels are {channels}.",
                channels=wording.listing([group_name(code) for code in UNILATERAL_CHANNELS]),
            ),
            wording.say(
                "The channel is itself a sign of relations (sides that do not talk make no joint "
                "statement), so the headline is not adjusted for it; the unilateral index stands "
                "beside."
            ),
            wording.say(
                "Mean tones by group describe the statements found; groups speak at different "
                "times and on different topics, so their difference is not one of temper."
            ),
            wording.say(
                "Their intervals cluster by day and cover neither the scorer's error nor the "
                "choice of statements."
            ),
            wording.say(
                "Contacts are counted as found: those made known by neither side are missing."
            ),
            wording.say(
                "The number of statements of a month is that of statements found, which depends on "
                "what was printed as well as on what was said."
            ),
        )

    @property
    def parameters(self) -> dict[str, Any]:
        """What was asked for."""
        return {"dyad": self.headline.dyad.slug, **self.options}

    def to_dict(self) -> dict[str, Any]:
        """Return parameters, sentence and tables as plain Python values.

        Returns
        -------
        dict
            Ready for JSON.
        """
        return {
            "parameters": self.parameters,
            "sentence": self.sentence,
            "assumptions": list(self.assumptions),
            "table": records(self.table),
            "groups": records(self.groups),
            "contacts": records(self.contacts),
            "speakers": records(self.speakers),
            "weightings": records(self.weightings),
            "counts": records(self.counts),
            "searches": records(self.searches),
            "unilateral_difference": records(pd.DataFrame([self.unilateral_difference]))[0],
        }

    def __repr__(self) -> str:
        return f"<VoicesResult: {self.sentence}>"

    def _repr_html_(self) -> str:
        return wording.shown(self.sentence, self.speakers)


def _is_same(found: dict[str, Any]) -> bool:
    """Tell whether no month differs by what is printed as a degree."""
    return bool(abs(found["largest_difference"]) < _SAME)


def _largest(found: dict[str, Any]) -> dict[str, str]:
    return {
        "month": wording.month_name(found["month"]),
        "difference": wording.degrees(found["largest_difference"]),
    }


def _plain(table: pd.DataFrame, position: int) -> dict[str, Any]:
    return {str(name): value for name, value in table.iloc[position].items()}

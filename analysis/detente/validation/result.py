"""What `validate_scorer` returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from detente import wording
from detente._tables.records import records
from detente.validation.known import KnownGroupsResult
from detente.validation.phrases import (
    MEASURE_NAMES,
    dashes_told,
    difference,
    ends,
    figure,
    gaps_told,
)
from detente.validation.resampling import Options
from detente.validation.standing import basis_told, few_told, fitted_as, fitted_told, standing_told

__all__ = ["MIN_GROUP", "ValidationResult"]

#: A group of fewer statements is not named in sentences.
MIN_GROUP = 20

#: What the sentence tells of a scorer.
_TOLD = ("pearson", "macro_f1", "mean_absolute_error", "slope")


@dataclass(frozen=True, eq=False)
class ValidationResult:
    """How the tone of a scorer agrees with codings.

    Parameters
    ----------
    scorer_name : str
        The scorer.
    table : DataFrame
        One row per measure: measure, estimate, lower, upper, n (statements; for
        "slope_quarterly" quarters), reason (why interval or figure is missing; else empty).
    by_group : DataFrame
        One row per grouping and group: grouping, group, bias (mean tone minus mean tone of
        the codings), lower, upper, mean_tone, mean_gold, pearson, n, n_months.
    by_code : DataFrame
        One row per code: code, gold, mean_tone, lower, upper, n.
    confusion : DataFrame
        Numbers of statements; rows are the classes of the codings, columns those of the
        scorer (cold, neutral, warm).
    misses : DataFrame
        The statements with the largest error, largest first: id, date, source, target,
        text, gold, tone, error and, where the scored frame has it, trace.
    pairs : DataFrame
        One row per statement: id, month, gold, tone, and baseline_tone where there is one.
    baseline_name : str
        The scorer beside; "" where the scorer is itself the baseline.
    baseline_table, baseline_by_code : DataFrame or None
        As `table` and `by_code`, on the statements that both scorers gave a tone.
    differences : DataFrame
        One row per compared measure: scorer, baseline, measure, difference, lower, upper,
        n (paired over the same statements).
    known_groups : KnownGroupsResult or None
        The crisis that was named, if any.
    coders : str
        Who coded, in words.
    n_coded, n_without_tone, n_unmatched, n_months : int
        Coded statements received, those left out for want of a tone, coded ids that no
        statement has, and months with a statement in the figures.
    is_in_sample : bool
        Whether the scorer was fitted to these codings.
    is_weighted : bool
        Whether statements had different chances of being coded.
    options : Options
        How intervals were made.
    coder_types : tuple of str
        Who coded, of `CODER_TYPES`.
    n_out_of_fold : int or None
        Statements in the figures that the scorer was trained on and judges by a model that did
        not see them; None where it is not known.
    written_with : str
        Which codings were in view when lexicon and rules were written; "" for none.
    """

    scorer_name: str
    table: pd.DataFrame
    by_group: pd.DataFrame
    by_code: pd.DataFrame
    confusion: pd.DataFrame
    misses: pd.DataFrame
    pairs: pd.DataFrame
    baseline_name: str
    baseline_table: pd.DataFrame | None
    baseline_by_code: pd.DataFrame | None
    differences: pd.DataFrame
    known_groups: KnownGroupsResult | None
    coders: str
    n_coded: int
    n_without_tone: int
    n_unmatched: int
    n_months: int
    is_in_sample: bool
    is_weighted: bool
    options: Options
    coder_types: tuple[str, ...] = ()
    n_out_of_fold: int | None = None
    written_with: str = ""

    @property
    def n(self) -> int:
        """Statements in the figures."""
        return len(self.pairs)

    @property
    def has_human(self) -> bool:
        """Whether a person has coded."""
        return "human" in self.coder_types

    @property
    def has_machine(self) -> bool:
        """Whether a machine has coded."""
        return "machine" in self.coder_types

    @property
    def fitted(self) -> str:
        """How tones were fitted to these codings, as `fitted_as` codes it."""
        return fitted_as(self.n, self.n_out_of_fold, is_in_sample=self.is_in_sample)

    @property
    def standing(self) -> str:
        """The same in a few words, such as "out-of-fold"; empty for "no"."""
        return standing_told(self.fitted, self.n, self.n_out_of_fold)

    @property
    def basis(self) -> str:
        """What agreement owes to the codings having been seen, for a note; may be empty."""
        return basis_told(self.fitted, self.written_with)

    @property
    def title(self) -> str:
        """A heading: "Validation" only where the scorer was not fitted to the codings."""
        if self.is_in_sample:
            return wording.say(
                "In-sample agreement of '{scorer}' with the codings", scorer=self.scorer_name
            )
        title = wording.say("Validation of '{scorer}' against codings", scorer=self.scorer_name)
        return f"{title}, {self.standing}" if self.standing else title

    def estimate(self, measure: str, *, baseline: bool = False) -> str:
        """Return a measure with its interval, in words.

        Parameters
        ----------
        measure : str
            One of `detente.validation.MEASURES`.
        baseline : bool, default False
            That of the scorer beside.

        Returns
        -------
        str
            Such as "0.46 (0.38 to 0.53)"; NaN ends are said in words.
        """
        table = self.baseline_table if baseline and self.baseline_table is not None else self.table
        row = next(row for row in table.to_dict("records") if row["measure"] == measure)
        return figure(row["estimate"], row["lower"], row["upper"], reason=row["reason"])

    @property
    def dashes(self) -> str:
        """Why some figures have a dash, for a note; empty where none has."""
        return dashes_told(self.table, self.baseline_table)

    @property
    def largest_bias(self) -> pd.DataFrame:
        """Groups of at least `MIN_GROUP` statements, the largest bias in size first."""
        rows = self.by_group[
            (self.by_group["n"] >= MIN_GROUP) & self.by_group["grouping"].ne("all")
        ]
        order = rows["bias"].abs().sort_values(ascending=False, kind="stable").index
        return rows.loc[order].reset_index(drop=True)

    @property
    def sentence(self) -> str:
        """What was found, in words, from the numbers of the tables."""
        figures = wording.listing(
            [f"{wording.say(MEASURE_NAMES[name])} {self.estimate(name)}" for name in _TOLD]
        )
        text = wording.say(
            "Tone by '{scorer}' against {coders}, on {statements} of {months}, with {intervals}: "
            "{figures}.",
            scorer=self.scorer_name,
            coders=self.coders,
            statements=wording.count(self.n, "statement"),
            months=wording.count(self.n_months, "month"),
            intervals=self.options.words_of_many,
            figures=figures,
        )
        few, gaps = few_told(self.confusion), gaps_told(self.n_without_tone, self.n_unmatched)
        parts = (fitted_told(self.fitted), text, self._difference_text, self._bias_text, gaps, few)
        return " ".join(part for part in parts if part)

    @property
    def _difference_text(self) -> str:
        if self.differences.empty:
            return ""
        told = [
            f"{wording.say(MEASURE_NAMES[row['measure']])}: "
            + difference(row["difference"], row["lower"], row["upper"], self.options)
            for row in self.differences.to_dict("records")
        ]
        if self.baseline_name == "vader":
            return wording.say(
                "Against plain VADER on the same statements: {differences}.",
                differences="; ".join(told),
            )
        return wording.say(
            "Against '{scorer}' on the same statements: {differences}.",
            scorer=self.baseline_name,
            differences="; ".join(told),
        )

    @property
    def _bias_text(self) -> str:
        rows = self.largest_bias
        if rows.empty:
            return ""
        n_clear = int(((rows["lower"] > 0) | (rows["upper"] < 0)).sum())
        top = rows.iloc[0]
        by_chance = (1 - self.options.confidence) * len(rows)
        has_interval = pd.notna(top["lower"]) and pd.notna(top["upper"])
        interval = (
            ends(top["lower"], top["upper"], signed=True)
            if has_interval
            else wording.say("no interval")
        )
        few = (
            wording.say("about {n}", n=wording.number(by_chance))
            if by_chance >= 1
            else wording.say("fewer than one")
        )
        return wording.say_count(
            "The largest bias among the {n} group with at least {least} statements is {bias} "
            "({group}); the interval excludes zero in {clear} of them, where {few} would by "
            "chance.",
            "The largest bias among the {n} groups with at least {least} statements is {bias} "
            "({group}); the interval excludes zero in {clear} of them, where {few} would by "
            "chance.",
            len(rows),
            least=wording.number(MIN_GROUP),
            bias=wording.tone(top["bias"]),
            group=f"{wording.say(top['grouping'])} {_group_name(top)}, {interval}",
            clear=wording.number(n_clear) if n_clear else wording.say("none"),
            few=few,
        )

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What must hold for the figures to mean what they say."""
        told = [
            wording.say(
                "Codings say how statements read to their coders, and agreement with them is "
                "agreement with these alone: {coders}.",
                coders=self.coders,
            ),
            wording.say(
                "Statements of different months are independent; the intervals resample whole "
                "months ({n}).",
                n=wording.number(self.n_months),
            ),
            wording.say(
                "The intervals cover the choice of months, not the choice of statements or coders."
            ),
        ]
        if not self.has_human:
            told.append(
                wording.say(
                    "Machine codings share their errors: two of them agree more than two people "
                    "would."
                )
            )
        if self.is_weighted:
            told.append(
                wording.say(
                    "Statements are weighted by the inverse of their chance of being coded."
                )
            )
        if self.is_in_sample:
            told.append(
                wording.say("The scorer was fitted to these codings: the figures are in-sample.")
            )
        return tuple(told)

    @property
    def parameters(self) -> dict[str, Any]:
        """What was asked for."""
        return {
            "scorer": self.scorer_name,
            "baseline": self.baseline_name,
            "fitted": self.fitted,
            "written_with": self.written_with,
            "seed": self.options.seed,
            "n_boot": self.options.n_boot,
            "confidence": self.options.confidence,
        }

    def to_dict(self) -> dict[str, Any]:
        """Return parameters, counts, sentence and tables as plain Python values.

        Returns
        -------
        dict
            Ready for JSON: missing numbers are None. The single pairs are not in it.
        """
        beside = self.baseline_table
        return {
            "title": self.title,
            "parameters": self.parameters,
            "coders": self.coders,
            "n_statements": self.n,
            "n_coded": self.n_coded,
            "n_without_tone": self.n_without_tone,
            "n_unmatched": self.n_unmatched,
            "n_months": self.n_months,
            "sentence": self.sentence,
            "assumptions": list(self.assumptions),
            "table": records(self.table),
            "baseline_table": None if beside is None else records(beside),
            "differences": records(self.differences),
            "by_group": records(self.by_group),
            "by_code": records(self.by_code),
            "confusion": records(self.confusion.reset_index()),
            "misses": records(self.misses),
            "known_groups": None if self.known_groups is None else self.known_groups.to_dict(),
        }

    def __repr__(self) -> str:
        return f"<ValidationResult: {self.sentence}>"

    def _repr_html_(self) -> str:
        counts = wording.say("Statements by class, codings by row:")
        return wording.shown(self.sentence, self.table, title=self.title) + wording.shown(
            counts, self.confusion, has_index=True
        )


def _group_name(row: pd.Series[Any]) -> str:
    """Name a group: our codes in the reader's language, a study's own words as they are."""
    is_ours = row["grouping"] in ("channel", "level", "target_mention")
    return wording.say(row["group"]) if is_ours else str(row["group"])

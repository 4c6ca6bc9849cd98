"""Several scorers on the same statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from detente import wording
from detente._tables.records import records
from detente.errors import BadArgumentError
from detente.tone import Scorer, get_scorer, score_statements
from detente.validation.estimates import COMPARED, estimate_tones
from detente.validation.pairs import pair_codings
from detente.validation.phrases import MEASURE_NAMES, difference, figure
from detente.validation.resampling import Options
from detente.validation.standing import basis_told, fitted_as, n_out_of_fold, standing_told
from detente.validation.validate import BASELINE, is_in_sample, is_trained, written_with

__all__ = ["ComparisonResult", "compare_scorers"]


@dataclass(frozen=True, eq=False)
class ComparisonResult:
    """Several scorers against the same codings of the same statements.

    Parameters
    ----------
    table : DataFrame
        One row per scorer and measure: scorer, measure, estimate, lower, upper, n, reason (why
        there is no interval, or no figure; else empty), fitted (of tones to these codings:
        "in_sample", "out_of_fold", "partly_out_of_fold", "no" or "unknown") and written_with
        (codings in view when the scorer's lexicon and rules were written).
    differences : DataFrame
        One row per scorer other than the baseline and measure ("pearson", "macro_f1"):
        scorer, baseline, measure, difference, lower, upper, n.
    coders : str
        Who coded, in words.
    n, n_months : int
        Statements that every scorer gave a tone, and their months.
    n_left_out : int
        Coded statements that some scorer gave no tone.
    without_tone : dict of str to int
        Coded statements without tone, by scorer.
    n_out_of_fold : dict of str to int or None
        Statements in the figures that a scorer was trained on and judges by a model that did not
        see them, by scorer; None where it is not known.
    options : Options
        How intervals were made.
    """

    table: pd.DataFrame
    differences: pd.DataFrame
    coders: str
    n: int
    n_months: int
    n_left_out: int
    without_tone: dict[str, int]
    n_out_of_fold: dict[str, int | None]
    options: Options

    @property
    def scorers(self) -> tuple[str, ...]:
        """Names of the scorers, the baseline first."""
        return tuple(dict.fromkeys(self.table["scorer"]))

    @property
    def in_sample(self) -> tuple[str, ...]:
        """Names of the scorers that were fitted to codings and gave fitted tones."""
        return tuple(dict.fromkeys(self.table.loc[self.table["fitted"].eq("in_sample"), "scorer"]))

    @property
    def wide(self) -> pd.DataFrame:
        """Estimates alone: a row per scorer, a column per measure."""
        names = list(dict.fromkeys(self.table["measure"]))
        wide = self.table.set_index(["scorer", "measure"])["estimate"].unstack("measure")  # noqa: PD010
        return wide.loc[list(self.scorers), names]

    @property
    def sentence(self) -> str:
        """What was found, in words, from the numbers of the tables."""
        told = []
        for name in self.scorers:
            rows = self.table[self.table["scorer"] == name].to_dict("records")
            parts = [
                f"{wording.say(MEASURE_NAMES[row['measure']])} "
                + figure(row["estimate"], row["lower"], row["upper"], reason=row["reason"])
                for row in rows
                if row["measure"] in COMPARED
            ]
            named = f"'{name}'"
            if name in self.in_sample:
                named = wording.say("{scorer} (in-sample: fitted to codings)", scorer=named)
            elif standing := standing_told(rows[0]["fitted"], self.n, self.n_out_of_fold[name]):
                named = f"{named} ({standing})"
            told.append(f"{named} {wording.listing(parts)}")
        sentences = [
            wording.say(
                "On {statements} of {months}, against {coders}, with {intervals}: {figures}.",
                statements=wording.count(self.n, "statement"),
                months=wording.count(self.n_months, "month"),
                coders=self.coders,
                intervals=self.options.words_of_many,
                figures="; ".join(told),
            )
        ]
        sentences += [
            wording.say(
                "{measure} of '{scorer}' against '{baseline}': {difference}.",
                measure=wording.say(MEASURE_NAMES[row["measure"]]),
                scorer=row["scorer"],
                baseline=row["baseline"],
                difference=difference(row["difference"], row["lower"], row["upper"], self.options),
            )
            for row in self.differences.to_dict("records")
        ]
        if self.n_left_out:
            sentences.append(
                wording.say_count(
                    "Left out: {n} coded statement without tone.",
                    "Left out: {n} coded statements without tone.",
                    self.n_left_out,
                )
            )
        return " ".join(sentences)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What must hold for the figures to mean what they say."""
        told = [
            wording.say(
                "All scorers are judged on the same statements, against {coders}.",
                coders=self.coders,
            ),
            wording.say(
                "Statements of different months are independent; the intervals resample whole "
                "months, the same months for all scorers."
            ),
        ]
        if self.in_sample:
            names = wording.listing([f"'{name}'" for name in self.in_sample])
            told.append(
                wording.say(
                    "Fitted to codings and so in-sample, with nothing said about unseen "
                    "statements: {scorers}.",
                    scorers=names,
                )
            )
        for row in self.table.drop_duplicates("scorer").to_dict("records"):
            if basis := basis_told(row["fitted"], row["written_with"]):
                told.append(f"'{row['scorer']}': {basis}")
        return tuple(told)

    @property
    def parameters(self) -> dict[str, Any]:
        """What was asked for."""
        return {
            "scorers": list(self.scorers),
            "seed": self.options.seed,
            "n_boot": self.options.n_boot,
            "confidence": self.options.confidence,
        }

    def to_dict(self) -> dict[str, Any]:
        """Return parameters, counts, sentence and tables as plain Python values.

        Returns
        -------
        dict
            Ready for JSON: missing numbers are None.
        """
        return {
            "parameters": self.parameters,
            "coders": self.coders,
            "n_statements": self.n,
            "n_months": self.n_months,
            "n_left_out": self.n_left_out,
            "without_tone": dict(self.without_tone),
            "n_out_of_fold": dict(self.n_out_of_fold),
            "sentence": self.sentence,
            "assumptions": list(self.assumptions),
            "table": records(self.table),
            "differences": records(self.differences),
        }

    def __repr__(self) -> str:
        return f"<ComparisonResult: {self.sentence}>"

    def _repr_html_(self) -> str:
        return wording.shown(self.sentence, self.wide, has_index=True)


def compare_scorers(
    frame: pd.DataFrame,
    codings: pd.DataFrame,
    scorers: Sequence[str | Scorer] = (BASELINE,),
    *,
    baseline: str = BASELINE,
    seed: int = 0,
    n_boot: int = 1000,
    confidence: float = 0.95,
) -> ComparisonResult:
    """Score the coded statements by several scorers and compare them.

    Parameters
    ----------
    frame : DataFrame
        Statements with `id`, `date`, `source`, `target` and `text`; only coded ones are
        scored. Not changed.
    codings : DataFrame
        As `read_codings` returns them.
    scorers : sequence of str or Scorer, default ("vader",)
        Scorers or their names.
    baseline : str, default "vader"
        The scorer that the others are compared with; put first, and added where it is not
        among them.
    seed : int, default 0
        Seed of the bootstrap.
    n_boot : int, default 1000
        Replicates, at least 50.
    confidence : float, default 0.95
        Coverage of the intervals, in (0, 1).

    Returns
    -------
    ComparisonResult
        `table` for all scorers on the statements that every one gave a tone, and
        `differences` with paired intervals.

    Raises
    ------
    BadArgumentError
        For an unknown scorer, two scorers of one name, a missing column, or no statement
        that every scorer gave a tone.
    CheckError
        The codings break the schema.

    Notes
    -----
    Measures and intervals are those of `validate_scorer`; the difference of two scorers is
    taken in each replicate.

    Examples
    --------
    >>> frame = pd.DataFrame({"id": list("abcd"), "source": "RUS", "target": "TUR",
    ...     "date": pd.to_datetime(["2015-10-05", "2015-11-26"] * 2),
    ...     "text": ["We thank our friends in Ankara.", "Ankara's act is a crime.",
    ...              "They met in Ankara today.", "We condemn what Ankara did."]})
    >>> codings = pd.DataFrame({"id": list("abcd"), "coder": "A", "code": [2, -2, 0, -2],
    ...     "coder_type": "human"})
    >>> compare_scorers(frame, codings).wide["pearson"].round(1)
    scorer
    vader    1.0
    Name: pearson, dtype: float64
    """
    options = Options(seed, n_boot, confidence)
    if isinstance(scorers, str):
        raise BadArgumentError(
            f"scorers={scorers!r} was received; it is a sequence of scorers.",
            remedy=f"Pass ({scorers!r},).",
        )
    made = [get_scorer(scorer) for scorer in scorers]
    if baseline not in [scorer.name for scorer in made]:
        made.insert(0, get_scorer(baseline))
    made.sort(key=lambda scorer: scorer.name != baseline)
    names = [scorer.name for scorer in made]
    if len(set(names)) < len(names):
        raise BadArgumentError(
            f"Two scorers have the same name (received {', '.join(names)}).",
            remedy="Give each scorer a name of its own.",
        )
    coded = pair_codings(frame, codings, needs=())
    scored = {scorer.name: score_statements(coded.frame, scorer) for scorer in made}
    tones = {name: frame["tone"].to_numpy(np.float64) for name, frame in scored.items()}
    columns = {f"tone {place}": tone for place, tone in enumerate(tones.values())}
    pairs = pair_codings(coded.frame.assign(**columns), codings, needs=tuple(columns))
    table, differences = estimate_tones(
        pairs,
        {
            name: pairs.frame[column].to_numpy(np.float64)
            for name, column in zip(tones, columns, strict=True)
        },
        baseline,
        options,
    )
    is_kept = coded.frame["id"].isin(pairs.frame["id"]).to_numpy()
    unseen = {
        scorer.name: n_out_of_fold(scored[scorer.name][is_kept]) if is_trained(scorer) else 0
        for scorer in made
    }
    fitted = {
        scorer.name: fitted_as(
            len(pairs.frame), unseen[scorer.name], is_in_sample=is_in_sample(scorer)
        )
        for scorer in made
    }
    written = {scorer.name: written_with(scorer) for scorer in made}
    return ComparisonResult(
        table=table.assign(
            fitted=table["scorer"].map(fitted), written_with=table["scorer"].map(written)
        ),
        differences=differences,
        coders=pairs.coders,
        n=len(pairs.frame),
        n_months=pairs.blocks.n_blocks,
        n_left_out=pairs.n_without_tone,
        without_tone={name: int(np.isnan(tone).sum()) for name, tone in tones.items()},
        n_out_of_fold=unseen,
        options=options,
    )

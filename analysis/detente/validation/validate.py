"""A scorer's tone against codings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from detente.errors import BadArgumentError
from detente.tone import Scorer, get_scorer, score_statements
from detente.validation.estimates import code_means, confusion_table, estimate_tones, group_bias
from detente.validation.known import known_groups
from detente.validation.pairs import Pairs, pair_codings
from detente.validation.resampling import Floats, Options
from detente.validation.result import ValidationResult
from detente.validation.standing import n_out_of_fold

__all__ = ["BASELINE", "is_in_sample", "is_trained", "validate_scorer", "written_with"]

#: The scorer that stands beside every other.
BASELINE = "vader"

_N_MISSES = 20
_MISS_COLUMNS = ("id", "date", "source", "target", "text", "gold", "tone", "error", "trace")


def validate_scorer(
    scored: pd.DataFrame,
    codings: pd.DataFrame,
    *,
    scorer_name: str,
    baseline: pd.DataFrame | None = None,
    baseline_name: str = BASELINE,
    in_sample: bool = False,
    trained: bool | None = None,
    written_with: str = "",
    crisis: tuple[Any, Any] | None = None,
    seed: int = 0,
    n_boot: int = 1000,
    confidence: float = 0.95,
) -> ValidationResult:
    """Compare the tone of scored statements with codings of the same statements.

    Parameters
    ----------
    scored : DataFrame
        A row per statement as `detente.tone.score_statements` returns it: `id`, `date`,
        `source`, `target`, `text`, `tone` (in [-1, 1]; rows without tone are left out and
        counted). `topic`, `channel`, `level`, `tone_flag` and `trace` are used where they
        are there. Not changed.
    codings : DataFrame
        As `read_codings` returns them. Not changed.
    scorer_name : str
        Name of the scorer that gave the tone.
    baseline : DataFrame, optional
        The same statements scored by the scorer to stand beside (`id`, `tone`). Default:
        plain VADER, scored here, unless `scorer_name` is "vader".
    baseline_name : str, default "vader"
        Name of that scorer.
    in_sample : bool, default False
        Whether the scorer was fitted to these codings (see `is_in_sample`); then the result
        says so and does not call itself a validation.
    trained : bool, optional
        Whether the scorer was trained on any codings (see `is_trained`). Default: it may have
        been, unless it is "vader". Then the column `trace` tells which tones are out-of-fold,
        and without it `fitted` of the result is "unknown".
    written_with : str, default ""
        Which codings were in view when the scorer's lexicon and rules were written, such as
        "codings of the study x"; the result says so.
    crisis : tuple of date or str, optional
        First and last day of a crisis for `known_groups`.
    seed : int, default 0
        Seed of the bootstrap.
    n_boot : int, default 1000
        Replicates, at least 50.
    confidence : float, default 0.95
        Coverage of the intervals, in (0, 1).

    Returns
    -------
    ValidationResult
        `table`, `by_group`, `by_code`, `confusion`, `misses`, `differences` to the
        baseline, `known_groups`, `sentence`.

    Raises
    ------
    BadArgumentError
        For a missing column, an id that stands twice, no coded statement with a tone, or
        a number out of range.
    CheckError
        The codings break the schema.

    Notes
    -----
    Gold tone y is the mean code / 3; classes are cold below -0.25, warm above 0.25, else
    neutral, for y and for the tone f. Macro-F1 is the mean F1 of the classes that occur in
    either. Slope and intercept are those of y on f by least squares; "slope_quarterly" is
    that of the quarterly means of y on those of f, each quarter once. Statements weigh
    1 / pi. Intervals are expanded percentiles of a bootstrap over months, with all
    statements of a month together (over quarters for "slope_quarterly"); with fewer than 5
    months there is none. "slope_quarterly" is missing with fewer than 8 quarters. It, and slope
    and intercept, are missing too where as many replicates as an interval leaves out at one end
    have less than a tenth of the variance of the scores; column `reason` says so.

    Examples
    --------
    >>> scored = pd.DataFrame({
    ...     "id": list("abcd"), "date": pd.to_datetime(["2015-10-05", "2015-11-26"] * 2),
    ...     "source": "RUS", "target": "TUR", "text": "...", "tone": [0.5, -0.6, 0.0, -0.2]})
    >>> codings = pd.DataFrame({"id": list("abcd"), "coder": "A", "code": [2, -2, 1, 0],
    ...     "coder_type": "human"})
    >>> result = validate_scorer(scored, codings, scorer_name="vader")
    >>> result.table.set_index("measure")["estimate"].round(2)[["pearson", "macro_f1"]]
    measure
    pearson     0.97
    macro_f1    0.78
    Name: estimate, dtype: float64
    """
    options = Options(seed, n_boot, confidence)
    if trained is None:
        trained = scorer_name != BASELINE
    pairs = pair_codings(scored, codings)
    tone = pairs.frame["tone"].to_numpy(np.float64)
    table, differences = estimate_tones(pairs, {scorer_name: tone}, None, options)
    shown = pairs.frame[["id", "month", "gold", "tone"]]
    beside: dict[str, Any] = {
        "baseline_name": "",
        "baseline_table": None,
        "baseline_by_code": None,
        "differences": differences,
    }
    if baseline is not None or scorer_name != baseline_name:
        base = _baseline_tone(pairs, baseline, baseline_name)
        shown = shown.assign(baseline_tone=base)
        beside = _beside(pairs, {scorer_name: tone, baseline_name: base}, options)
    error = tone - pairs.gold
    frame = pairs.frame.assign(error=error)
    order = np.lexsort((frame["id"].to_numpy(dtype=object).astype(str), -np.abs(error)))
    misses = frame.loc[order[:_N_MISSES], [name for name in _MISS_COLUMNS if name in frame]]
    return ValidationResult(
        scorer_name=scorer_name,
        table=table.drop(columns="scorer"),
        by_group=group_bias(pairs, tone, options),
        by_code=code_means(pairs, tone, options),
        confusion=confusion_table(pairs, tone),
        misses=misses.reset_index(drop=True),
        pairs=shown.reset_index(drop=True),
        known_groups=None
        if crisis is None
        else known_groups(scored, crisis, codings, seed=seed, n_boot=n_boot, confidence=confidence),
        coders=pairs.coders,
        n_coded=pairs.n_coded,
        n_without_tone=pairs.n_without_tone,
        n_unmatched=pairs.n_unmatched,
        n_months=pairs.blocks.n_blocks,
        is_in_sample=bool(in_sample),
        n_out_of_fold=n_out_of_fold(pairs.frame) if trained else 0,
        written_with=written_with,
        is_weighted=bool(np.ptp(pairs.weights) > 1e-12),
        options=options,
        coder_types=pairs.coder_types,
        **beside,
    )


def is_in_sample(scorer: str | Scorer) -> bool:
    """Tell whether a scorer was trained on codings and gives the same texts fitted tones.

    Parameters
    ----------
    scorer : str or Scorer
        A scorer or its name.

    Returns
    -------
    bool
        True where its parameters have a `trained_on` that is not empty, unless they also
        say `out_of_fold` (statements it was trained on get the tone of a model that did
        not see them).

    Examples
    --------
    >>> is_in_sample("vader")
    False
    """
    made = get_scorer(scorer)
    return is_trained(made) and not bool(made.parameters.get("out_of_fold"))


def is_trained(scorer: str | Scorer) -> bool:
    """Tell whether a scorer was trained on codings, whatever tones it then gives to them.

    Parameters
    ----------
    scorer : str or Scorer
        A scorer or its name.

    Returns
    -------
    bool
        True where its parameters have a `trained_on` that is not empty.

    Examples
    --------
    >>> is_trained("vader"), is_trained("calibrated")
    (False, True)
    """
    return bool(get_scorer(scorer).parameters.get("trained_on"))


def written_with(scorer: str | Scorer) -> str:
    """Return which codings were in view when a scorer's lexicon and rules were written.

    Parameters
    ----------
    scorer : str or Scorer
        A scorer or its name.

    Returns
    -------
    str
        Such as "codings of the study x"; "" for none.

    Examples
    --------
    >>> written_with("vader"), "russia-turkey" in written_with("target")
    ('', True)
    """
    parameters = get_scorer(scorer).parameters
    rules = parameters.get("rules_in_use", parameters)
    return str(rules.get("written_with") or "") if isinstance(rules, Mapping) else ""


def _baseline_tone(pairs: Pairs, baseline: pd.DataFrame | None, name: str) -> Floats:
    """Return the baseline's tone of each statement; NaN where it has none."""
    if baseline is None:
        return score_statements(pairs.frame, name)["tone"].to_numpy(np.float64)
    missing = [column for column in ("id", "tone") if column not in baseline]
    if missing:
        raise BadArgumentError(
            f"The baseline has no column '{missing[0]}'.",
            remedy="Score the statements with score_statements.",
        )
    tones = baseline.assign(id=baseline["id"].astype("str")).drop_duplicates("id").set_index("id")
    return pairs.frame["id"].map(tones["tone"]).to_numpy(np.float64)


def _beside(pairs: Pairs, tones: dict[str, Floats], options: Options) -> dict[str, Any]:
    """Compare with the baseline on the statements that both gave a tone."""
    if len(tones) < 2:
        raise BadArgumentError(
            "The scorer and the baseline have the same name.",
            remedy="Name the baseline with baseline_name.",
        )
    name, base = list(tones.items())[-1]
    is_both = np.isfinite(base)
    if not is_both.any():
        raise BadArgumentError(
            f"The baseline '{name}' gave no coded statement a tone.",
            remedy="Pass a baseline that scored the same statements.",
        )
    both = replace(pairs, frame=pairs.frame[is_both].reset_index(drop=True))
    table, differences = estimate_tones(
        both, {key: tone[is_both] for key, tone in tones.items()}, name, options
    )
    rows = table[table["scorer"] == name]
    return {
        "baseline_name": name,
        "baseline_table": rows.drop(columns="scorer").reset_index(drop=True),
        "baseline_by_code": code_means(both, base[is_both], options),
        "differences": differences,
    }

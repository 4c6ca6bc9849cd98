"""Known groups: a crisis that everyone agrees on against the calm around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from detente import wording
from detente._tables import as_day
from detente._tables.records import records
from detente.errors import BadArgumentError
from detente.validation.codings import as_codings, gold_tone
from detente.validation.phrases import figure
from detente.validation.resampling import Blocks, Floats, Options, interval_of
from detente.validation.scores import ratio

__all__ = ["KnownGroupsResult", "known_groups"]


@dataclass(frozen=True, eq=False)
class KnownGroupsResult:
    """How far tone parts a crisis from the year before and after it.

    Parameters
    ----------
    table : DataFrame
        One row per measure ("codings", "scores on coded statements", "scores on all
        statements"): measure, d (Cohen's d, positive where the crisis is colder), lower,
        upper, mean_crisis, mean_calm (tone), n_crisis, n_calm.
    first, last : Timestamp
        First and last day of the crisis, both in it.
    years : int
        Years before and after that are the calm.
    options : Options
        How intervals were made.
    """

    table: pd.DataFrame
    first: pd.Timestamp
    last: pd.Timestamp
    years: int
    options: Options

    @property
    def parameters(self) -> dict[str, Any]:
        """What was asked for."""
        return {
            "first": f"{self.first:%Y-%m-%d}",
            "last": f"{self.last:%Y-%m-%d}",
            "years": self.years,
            "seed": self.options.seed,
            "n_boot": self.options.n_boot,
            "confidence": self.options.confidence,
        }

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What must hold for the figures to mean what they say."""
        return (
            wording.say(
                "The crisis was colder than the time around it, by common knowledge and not by "
                "these statements."
            ),
            wording.say(
                "Months of the crisis, and months of the calm, are independent of each other."
            ),
        )

    @property
    def sentence(self) -> str:
        """The period and the distance by each measure, in words."""
        parts = [
            f"{wording.say(row['measure'])} {figure(row['d'], row['lower'], row['upper'])}"
            for row in self.table.to_dict("records")
        ]
        return wording.say_count(
            "From {first} to {last} against the year before and after, Cohen's d (positive: the "
            "crisis is colder) with {intervals}: {figures}.",
            "From {first} to {last} against the {n} years before and after, Cohen's d (positive: "
            "the crisis is colder) with {intervals}: {figures}.",
            self.years,
            first=wording.day_name(self.first),
            last=wording.day_name(self.last),
            intervals=self.options.words_of_many,
            figures="; ".join(parts),
        )

    def to_dict(self) -> dict[str, Any]:
        """Return parameters, sentence and table as plain Python values, ready for JSON."""
        return {
            "parameters": self.parameters,
            "sentence": self.sentence,
            "assumptions": list(self.assumptions),
            "table": records(self.table),
        }

    def _repr_html_(self) -> str:
        return wording.shown(self.sentence, self.table)


def known_groups(
    scored: pd.DataFrame,
    crisis: tuple[Any, Any],
    codings: pd.DataFrame | None = None,
    *,
    years: int = 1,
    seed: int = 0,
    n_boot: int = 1000,
    confidence: float = 0.95,
) -> KnownGroupsResult:
    """Measure how far tone parts a crisis from the years before and after it.

    Parameters
    ----------
    scored : DataFrame
        A row per statement with `date` and `tone`, and `id` where codings are given.
        Statements without tone are left out. Not changed.
    crisis : tuple of date or str
        First and last day, both in it; of a month ("2016-05") its first or last day.
    codings : DataFrame, optional
        Adds the distance by the codings, and by the scores on the coded statements.
    years : int, default 1
        Length of the calm before, and of that after.
    seed : int, default 0
        Seed of the bootstrap.
    n_boot : int, default 1000
        Replicates, at least 50.
    confidence : float, default 0.95
        Coverage of the intervals, in (0, 1).

    Returns
    -------
    KnownGroupsResult
        Its `table` has a row per measure.

    Raises
    ------
    BadArgumentError
        For a missing column, a crisis that ends before it starts, or fewer than two
        statements in the crisis or the calm.
    CheckError
        The codings break the schema.

    Notes
    -----
    d = (mean of the calm - mean of the crisis) / pooled standard deviation of statements.
    The bootstrap draws months of the crisis and months of the calm apart.

    Examples
    --------
    >>> scored = pd.DataFrame({
    ...     "date": pd.to_datetime(["2015-10-01", "2015-10-09", "2016-01-05", "2016-01-06"]),
    ...     "tone": [0.4, 0.2, -0.5, -0.3]})
    >>> result = known_groups(scored, ("2015-11-24", "2016-05"))
    >>> float(result.table["d"].round(2).iloc[0])
    4.95
    """
    options = Options(seed, n_boot, confidence)
    first, last = _bounds(crisis)
    if not isinstance(years, int) or years < 1:
        raise BadArgumentError(f"years={years!r} was received; it is an integer from 1.")
    wanted = ("date", "tone") if codings is None else ("id", "date", "tone")
    missing = [name for name in wanted if name not in scored]
    if missing:
        raise BadArgumentError(
            f"The statements have no column {wording.listing([repr(name) for name in missing])}.",
            remedy="Score them first, with detente.tone.score_statements.",
        )
    days = pd.to_datetime(scored["date"]).dt.normalize()
    is_crisis = days.between(first, last)
    before, after = first - pd.DateOffset(years=years), last + pd.DateOffset(years=years)
    is_near = days.between(before, after)
    frame = pd.DataFrame(
        {
            "month": days.dt.strftime("%Y-%m"),
            "is_crisis": is_crisis,
            "tone": scored["tone"].astype("float64"),
        }
    )
    samples: dict[str, tuple[pd.DataFrame, str]] = {}
    if codings is not None:
        typed = as_codings(codings)
        ids = scored["id"].astype("str")
        pi = ids.map(typed.drop_duplicates("id").set_index("id")["pi"])
        frame = frame.assign(gold=ids.map(gold_tone(typed)), weight=1 / pi)
        coded = frame[frame["gold"].notna() & frame["tone"].notna() & is_near]
        samples[wording.mark("codings")] = (coded, "gold")
        samples[wording.mark("scores on coded statements")] = (coded, "tone")
    samples[wording.mark("scores on all statements")] = (
        frame[frame["tone"].notna() & is_near].assign(weight=1.0),
        "tone",
    )
    rows = [
        {"measure": measure, **_distance(sample, column, options)}
        for measure, (sample, column) in samples.items()
    ]
    return KnownGroupsResult(pd.DataFrame(rows), first, last, years, options)


def _bounds(crisis: tuple[Any, Any]) -> tuple[pd.Timestamp, pd.Timestamp]:
    if isinstance(crisis, str) or len(crisis) != 2:
        raise BadArgumentError(
            f"crisis={crisis!r} was received; it is a first and a last day.",
            remedy="Write ('2015-11-24', '2016-05-31').",
        )
    is_month = [isinstance(end, str) and len(end.strip()) == 7 for end in crisis]
    first, last = (
        pd.Timestamp(as_day(f"{end}-01" if month else end, "crisis"))
        for end, month in zip(crisis, is_month, strict=True)
    )
    if is_month[1]:
        last += pd.offsets.MonthEnd(0)
    if last < first:
        raise BadArgumentError(
            f"crisis runs from {first:%Y-%m-%d} back to {last:%Y-%m-%d}.",
            remedy="Give the earlier day first.",
        )
    return first, last


def _distance(sample: pd.DataFrame, column: str, options: Options) -> dict[str, float]:
    is_crisis = sample["is_crisis"].to_numpy(bool)
    sizes = {"crisis": int(is_crisis.sum()), "calm": int((~is_crisis).sum())}
    for name, n in sizes.items():
        if n < 2:
            raise BadArgumentError(
                f"The {name} has {wording.count(n, 'statement')} with a tone; 2 are needed.",
                remedy="Name another period.",
            )
    labels = sample["month"].to_numpy(dtype=object).astype(str)
    plain = Blocks.of(np.char.add(np.where(is_crisis, "1 ", "0 "), labels))
    strata = np.zeros(plain.n_blocks, dtype=np.intp)
    strata[plain.codes] = is_crisis
    blocks = Blocks(plain.codes, plain.n_blocks, strata)
    weight = sample["weight"].to_numpy(np.float64)
    value = sample[column].to_numpy(np.float64)
    sums = blocks.sums(np.stack([weight, weight * value, weight * value**2], axis=1))

    def moments(counts: Floats, stratum: int) -> tuple[Floats, Floats]:
        total, first, second = (counts @ (sums * (strata == stratum)[:, None])).T
        mean = first / total
        return mean, np.maximum(second / total - mean**2, 0)

    counts = np.concatenate([blocks.whole, blocks.draws(options)])
    (crisis_mean, crisis_var), (calm_mean, calm_var) = moments(counts, 1), moments(counts, 0)
    n_crisis, n_calm = sizes["crisis"], sizes["calm"]
    pooled = (n_crisis * crisis_var + n_calm * calm_var) / (n_crisis + n_calm - 2)
    pooled = np.where(pooled > 1e-12, pooled, 0.0)
    d = ratio(calm_mean - crisis_mean, np.sqrt(pooled))[:, None]
    n_months = int(min(strata.sum(), len(strata) - strata.sum()))
    lower, upper = interval_of(d[1:], n_months, options.confidence)
    return {
        "d": float(d[0, 0]),
        "lower": float(lower[0]),
        "upper": float(upper[0]),
        "mean_crisis": float(crisis_mean[0]),
        "mean_calm": float(calm_mean[0]),
        "n_crisis": n_crisis,
        "n_calm": n_calm,
    }

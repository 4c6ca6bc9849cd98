"""Studies to draw, made from chance with a fixed seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from detente.index import IndexResult
from detente.inference import (
    BreaksResult,
    EpisodesResult,
    Findings,
    ForecastResult,
    LeadLagResult,
    MovesResult,
    RegimesResult,
    RobustnessResult,
    VoicesResult,
    WhyResult,
)
from detente.inference.breaks_result import BREAK_COLUMNS
from detente.inference.steps import StepFits

mpl.use("Agg")

MakeScored = Callable[..., pd.DataFrame]
MakeEpisodes = Callable[..., pd.DataFrame]


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    yield
    from matplotlib import pyplot

    pyplot.close("all")


@pytest.fixture
def sides_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tones made from chance do not tell the sides apart; here they count as told."""
    monkeypatch.setattr(IndexResult, "sides_sentence", property(lambda _: "They move as two."))


@pytest.fixture
def sides_one(monkeypatch: pytest.MonkeyPatch) -> None:
    told = "The two smoothed curves cannot be told apart."
    monkeypatch.setattr(IndexResult, "sides_sentence", property(lambda _: told))


@pytest.fixture(scope="session")
def make_scored() -> MakeScored:
    def make(
        n: int = 400,
        first: str = "2009-02-01",
        days: int = 3000,
        *,
        one_side: bool = False,
        apart: bool = False,
    ) -> pd.DataFrame:
        chance = np.random.default_rng(3)
        is_first = np.ones(n, dtype=bool) if one_side else chance.random(n) < 0.5
        tone = np.clip(chance.normal(0.1, 0.5, n), -1, 1)
        tone[chance.random(n) < 0.04] = np.nan
        day = chance.integers(0, days, n)
        # One month is crowded, and in one stretch nobody speaks.
        day[: n // 5] = days * 2 // 5 + chance.integers(0, min(25, days // 4 + 1), n // 5)
        day[(day > 0.7 * days) & (day < 0.75 * days)] -= days // 10
        if apart:  # the sides warm and cool in turn, so that their curves are two
            wave = 0.5 * np.sin(2 * np.pi * day / 700)
            tone = np.clip(0.5 * tone + np.where(is_first, wave, -wave), -1, 1)
        return pd.DataFrame(
            {
                "date": pd.Timestamp(first) + pd.to_timedelta(day, unit="D"),
                "source": np.where(is_first, "RUS", "TUR"),
                "target": np.where(is_first, "TUR", "RUS"),
                "speaker": chance.choice(list("ABCDEFGH"), n),
                "tone": tone,
            }
        )

    return make


@pytest.fixture(scope="session")
def make_episodes() -> MakeEpisodes:
    def make(n: int, first: str = "2009-06-01", days: int = 2600) -> pd.DataFrame:
        chance = np.random.default_rng(n)
        at = pd.Timestamp(first) + pd.to_timedelta(np.sort(chance.integers(0, days, n)), unit="D")
        return pd.DataFrame(
            {
                "episode": [f"episode-{i}" for i in range(n)],
                "first_day": at,
                "last_day": at,
                "label": [f"Event {i} with a name" for i in range(n)],
            }
        )

    return make


@pytest.fixture(scope="session")
def texts_of() -> Callable[..., list[Text]]:
    """All texts of an Axes and its panels that say something, optionally of one kind."""

    def texts(ax: Axes, gid: str | None = None) -> list[Text]:
        return [
            text
            for text in ax.figure.findobj(Text)
            if text.get_text().strip()
            and text.get_visible()
            and (gid is None or text.get_gid() == gid)
        ]

    return texts


@pytest.fixture(scope="session")
def boxes_of() -> Callable[[list[Text]], list[Bbox]]:
    """Boxes of texts in pixels, drawn by Agg in the look of detente."""

    def boxes(texts: list[Text]) -> list[Bbox]:
        from detente.figures import theme

        with theme():
            # Places are settled without a pixel being painted.
            texts[0].get_figure(root=True).draw_without_rendering()
            return [text.get_window_extent() for text in texts]

    return boxes


@pytest.fixture(scope="session")
def make_findings() -> Callable[..., Findings]:
    """Findings put together by hand for an index: as many breaks, speakers ... as one likes."""

    def make(
        index: IndexResult,
        *,
        n_breaks: int = 2,
        n_regimes: int = 2,
        n_speakers: int = 12,
        n_specifications: int = 14,
        n_ahead: int = 6,
        n_episodes: int = 8,
        n_statements: int = 0,
        name: str = "Speaker {}",
    ) -> Findings:
        return Findings(
            episodes=_episodes(index, n_episodes, n_statements, name),
            breaks=_breaks(index, n_breaks),
            regimes=_regimes(index, n_regimes),
            lead_lag=_lead_lag(index),
            forecast=_forecast(index, n_ahead),
            voices=_voices(index, n_speakers, name),
            robustness=_robustness(n_specifications, name),
            moves=_moves(index, n_speakers, name),
        )

    return make


def _episodes(index: IndexResult, n: int, n_statements: int, name: str) -> EpisodesResult:
    """Changes of every verdict; without fits, so that no level can be drawn."""
    kinds = ("cooled", "cannot tell", "warmed", "refused", "cannot tell", "not separable")
    at = index.months[np.arange(n) * len(index.months) // max(n, 1)]
    rows = []
    for i in range(n):
        verdict = kinds[i % len(kinds)]
        is_tested = verdict not in ("refused", "not separable")
        change = {"cooled": -44.0, "warmed": 61.0}.get(verdict, 7.0 - i % 5)
        half = 20.0 + 9 * (i % 4)
        numbers = (change, change - half, change + half, 0.1, 0.1, 0.2, 1.4 * half)
        rows.append(
            {
                "episode": f"episode-{i}",
                "direction": "bilateral",
                "first_day": at[i] + pd.Timedelta(days=3),
                "last_day": at[i] + pd.Timedelta(days=3),
                "label": name.format(i),
                "expected": "cooling",
                **dict(
                    zip(
                        ("level_change", "lower", "upper", "p", "p_placebo", "p_adjusted", "mde"),
                        numbers if is_tested else (np.nan,) * 7,
                        strict=True,
                    )
                ),
                "n_before": 10 + i,
                "n_after": 12,
                "overlaps": "",
                "verdict": verdict,
                "reason": "" if is_tested else "no statement in the 180 days before",
            }
        )
    columns = ["episode", "direction", "first_day", "last_day", "label", "expected"]
    columns += ["level_change", "lower", "upper", "p", "p_placebo", "p_adjusted", "mde"]
    columns += ["n_before", "n_after", "overlaps", "verdict", "reason"]
    table = pd.DataFrame(rows, columns=columns)
    context = pd.DataFrame(
        {
            "episode": "episode-1",
            "date": index.months[0],
            "label": [f"Event {name.format(i)}" for i in range(12)],
            "kind": "act",
            "expected": "cooling",
            "days": np.arange(12) * 4 - 20,
            "headline": False,
        }
    )
    return EpisodesResult(
        dyad=index.dyad,
        table=table,
        without_first_days=table,
        context=context,
        fits=StepFits({}, None),
        n_statements=n_statements,
        n_left_out=0,
        n_calm_months=2,
        confidence=0.95,
        n_placebo=999,
        seed=0,
        include_contacts=True,
        window=180,
    )


def _breaks(index: IndexResult, n: int) -> BreaksResult:
    months = index.months
    at = [len(months) * (i + 1) // (n + 1) for i in range(n)]
    starts = [0, *at]
    levels = pd.DataFrame(
        [
            {
                "since": months[start],
                "until": months[end - 1],
                "level": 30.0 if i % 2 == 0 else -20.5,
                "lower": 20.0 if i % 2 == 0 else -33.0,
                "upper": 40.0 if i % 2 == 0 else -8.0,
                "n_months": end - start,
                "n_observed": end - start,
            }
            for i, (start, end) in enumerate(zip(starts, [*at, len(months)], strict=True))
        ]
    )
    rows = []
    for i, k in enumerate(at):
        before, after = levels["level"][i], levels["level"][i + 1]
        change = after - before
        ends = (months[max(k - 1, 0)], months[min(k + 1, len(months) - 1)])
        rows.append(
            (
                months[k],
                *ends,
                "bilateral",
                before,
                after,
                change,
                change - 9,
                change + 9,
                20,
                20,
                "",
                np.nan,
            )
        )
    return BreaksResult(
        "bilateral",
        "both sides together",
        pd.DataFrame(rows, columns=list(BREAK_COLUMNS)),
        levels,
        candidates=(months[len(months) // 2],),
        p=0.12,
        detectable=40.0,
        options={"within_months": 2, "size": 0.05},
    )


def _regimes(index: IndexResult, n: int) -> RegimesResult:
    months = index.months
    place = np.arange(len(months)) * 2 * n // len(months) % n
    chance = np.full((len(months), n), 0.1 / max(n - 1, 1))
    chance[np.arange(len(months)), place] = 0.9 if n > 1 else 1.0
    level = np.linspace(-40, 45, n) if n > 1 else np.array([12.0])
    edges = [0, *(np.flatnonzero(np.diff(place)) + 1), len(months)]
    table = pd.DataFrame(
        [
            {
                "regime": place[a] + 1,
                "since": months[a],
                "until": months[b - 1],
                "n_months": b - a,
                "n_observed": b - a,
                "probability": 0.9,
                "level": level[place[a]],
            }
            for a, b in pairwise(edges)
        ]
    )
    levels = pd.DataFrame(
        {
            "regime": np.arange(1, n + 1),
            "level": level,
            "lower": level - 7,
            "upper": level + 7,
            "duration": 10.0,
            "share": chance.mean(axis=0),
        }
    )
    own = "1 regime" if n == 1 else f"{n} regimes"
    models = pd.DataFrame(
        {
            "model": [own, "one level with drift"],
            "is_regimes": [True, False],
            "loglike": 0.0,
            "n_parameters": 3,
            "aic": 0.0,
            "bic": [100.0, 104.0],
        }
    )
    names = {f"regime_{i + 1}": chance[:, i] for i in range(n)}
    probabilities = pd.DataFrame({"month": months, **names})
    return RegimesResult(
        "bilateral",
        "both sides together",
        table,
        levels,
        probabilities,
        models,
        options={"confidence": 0.95},
    )


def _lead_lag(index: IndexResult) -> LeadLagResult:
    first, second = index.dyad.directions
    rows = [
        (second, first, 0.1, -0.33, 1.47, 0.2, 0.6645, 1.0, 1.28, "cannot tell"),
        (first, second, -0.08, -0.5, np.inf, 0.1, 0.0004, 0.0008, np.inf, "Granger-predicts"),
    ]
    columns = ["leading", "following", "cross_term", "lower", "upper", "lr", "p"]
    table = pd.DataFrame(rows, columns=[*columns, "p_adjusted", "detectable", "verdict"])
    names = {side: index.direction_name(side) for side in index.dyad.directions}
    options = {"confidence": 0.95, "negligible": 0.2}
    return LeadLagResult(table, names, np.eye(2), 1.0, 0.6, options=options)


def _forecast(index: IndexResult, n_ahead: int) -> ForecastResult:
    names = {name: index.direction_name(name) for name in ("bilateral", *index.dyad.directions)}
    start = index.months[-1] + pd.DateOffset(months=1)
    table = pd.DataFrame(
        {
            "month": pd.date_range(start, periods=n_ahead, freq="MS"),
            "ahead": np.arange(1, n_ahead + 1),
            "direction": "bilateral",
            "forecast": 17.0,
            "lower": -10.0,
            "upper": 44.0,
            "raw_lower": -26.0,
            "raw_upper": 60.0,
        }
    )
    rows = index.direction("bilateral").dropna(subset="raw").iloc[1:]
    past = pd.concat(
        [
            pd.DataFrame(
                {
                    "direction": "bilateral",
                    "month": rows["month"],
                    "ahead": ahead,
                    "forecast": 15.0,
                    "se": 20.0,
                    "raw": rows["raw"],
                }
            )
            for ahead in (1, 3, 6)
        ],
        ignore_index=True,
    )
    scores = pd.DataFrame(
        {
            "direction": "bilateral",
            "ahead": [1, 3, 6],
            "n": len(rows),
            "rmse": [21.0, 21.5, 22.0],
            "rmse_naive": [28.0, 28.5, 31.0],
            "rmse_mean": [20.0, 20.5, 20.0],
            "noise": 17.0,
            "coverage": float(((rows["raw"] - 15).abs() <= 1.959964 * 20).mean()),
            "verdict": ["beats naive only", "beats neither", "cannot tell"],
        }
    )
    if len(rows) == 0:
        past = scores = pd.DataFrame()
    return ForecastResult(table, scores, past, names, options={"confidence": 0.95})


def _voices(index: IndexResult, n: int, name: str) -> VoicesResult:
    rows = []
    kinds = (("speaker", n, name), ("topic", 8, "topic_{}"), ("channel", 5, "channel_{}"))
    for grouping, k, names in kinds:
        for side, direction in enumerate(index.dyad.directions):
            for i in range(k):
                mean = float(60 * np.sin(3.0 * i + side))
                ends = (np.nan, np.nan) if i == k - 1 else (mean - 15, mean + 15)
                group = names.format(f"{'AB'[side]}{i}" if grouping == "speaker" else i)
                rows.append((grouping, group, direction, mean, *ends, 90 - i, 80 - i, 70 - i, 0.1))
    columns = ["grouping", "group", "direction", "mean", "lower", "upper"]
    columns += ["n_statements", "n_occasions", "n_days", "share"]
    years = pd.DatetimeIndex(index.months.to_period("Y").to_timestamp().unique())
    contacts = pd.DataFrame(
        {
            "unit": "year",
            "period": years,
            "direction": "bilateral",
            "n_occasions": 20 + np.arange(len(years)),
            "n_contact": 9,
            "phone_call": 4,
            "meeting": 3,
            "letter": 1,
            "joint_statement": 1,
            "share": 9 / (20 + np.arange(len(years))),
            "lower": 0.1,
            "upper": 0.7,
        }
    )
    none = pd.DataFrame()
    return VoicesResult(
        table=none,
        groups=pd.DataFrame(rows, columns=columns),
        contacts=contacts,
        speakers=none,
        weightings=none,
        counts=none,
        searches=none,
        headline=index,
        unilateral=None,
        unilateral_difference={"n_months": 0},
        options={},
    )


def _robustness(n: int, name: str) -> RobustnessResult:
    chance = np.random.default_rng(n)
    estimate = chance.normal(-30, 8, n)
    table = pd.DataFrame(
        {
            "quantity": "contrast",
            "name": "2015-07 to 2016-05",
            "scorer": [name.format("scorer"), *(["vader", "target"] * n)][:n],
            "corrected": False,
            "rows": ["all", *(["stated_dates", "no_top_speaker", "all"] * n)][:n],
            "weights": "occasion",
            "model": ["mean_reverting", *(["means", "local_level"] * n)][:n],
            "n_changed": [0, *([1] * n)][:n],
            "is_headline": [True, *([False] * n)][:n],
            "estimate": estimate,
            "lower": estimate - 12,
            "upper": estimate + 12,
            "n": 11,
            "agrees": pd.array(np.sign(estimate) == np.sign(estimate[:1].sum()), "boolean"),
            "excludes_zero": pd.array(np.abs(estimate) > 12, "boolean"),
            "status": "estimated",
            "reason": "",
        }
    )
    return RobustnessResult(table, pd.DataFrame(), "bilateral", {"confidence": 0.95})


def _moves(index: IndexResult, n: int, name: str) -> MovesResult:
    month, before = index.months[-1], index.months[0]
    size = np.array([(-1) ** i * 20.0 / (i + 1) - 2 for i in range(n)])
    table = pd.DataFrame(
        {
            "grouping": "speaker",
            "group": [name.format(i) for i in range(n)],
            "direction": index.dyad.directions[0],
            "composition": size / 4,
            "tone_change": size * 3 / 4,
            "contribution": size,
        }
    )
    statements = pd.DataFrame(
        {
            "month": [before, before, *[month] * 4],
            "direction": index.dyad.directions[0],
            "date": [before, before, *[month + pd.Timedelta(days=i) for i in range(4)]],
            "speaker": list("aabcde"),
            "contribution": 0.0,
        }
    )
    total = float(size.sum())
    move = WhyResult(
        table=table,
        statements=statements,
        month=month,
        base="previous",
        base_month=before,
        direction="bilateral",
        direction_name="both sides together",
        raw=40.0 + total,
        raw_before=40.0,
        change=total,
        lower=total - 20,
        upper=total + 20,
        confidence=0.95,
        weights="occasion",
    )
    return MovesResult(pd.DataFrame(), (move,), "bilateral", "both sides together", 9, 3)

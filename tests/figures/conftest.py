"""Studies to draw, made from chance with a fixed seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from detente.index import IndexResult

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
            texts[0].get_figure(root=True).canvas.draw()
            return [text.get_window_extent() for text in texts]

    return boxes

"""What lies beyond the intervals: correction by codings, and the choice of statements."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from detente.index import monthly_index
from detente.inference import estimate_episodes
from detente.report.beyond import corrected_blocks, selection_blocks


@pytest.fixture(scope="module")
def scored():
    rng = np.random.default_rng(4)
    days = pd.date_range("2014-01-02", "2017-12-28", freq="5D")
    side = np.arange(len(days)) % 2
    tone = np.where(days < "2016-01-01", 0.4, -0.3) + rng.normal(0, 0.15, len(days))
    return pd.DataFrame(
        {
            "id": [f"s{i}" for i in range(len(days))],
            "date": days,
            "source": np.where(side == 0, "RUS", "TUR"),
            "target": np.where(side == 0, "TUR", "RUS"),
            "speaker": [f"p{i % 7}" for i in range(len(days))],
            "tone": np.clip(tone, -1, 1),
        }
    )


def test_the_corrected_index_is_told_beside_the_other(scored):
    codings = pd.DataFrame({"id": scored["id"], "code": np.rint(scored["tone"] * 3) - 1, "pi": 1.0})
    codings["code"] = codings["code"].clip(-3, 3)
    index = monthly_index(scored, corrected=codings)
    (head, text) = corrected_blocks(index)
    assert head["text"] == "Corrected by codings"
    level = index.corrected.direction()["index"].mean()
    assert f"{abs(level):.0f} degrees" in text["text"]
    assert "index.csv" in text["text"]
    assert corrected_blocks(monthly_index(scored)) == []


def test_each_change_that_stands_out_says_what_selection_would_need(scored):
    events = pd.DataFrame(
        {
            "id": ["e1"],
            "date": pd.to_datetime(["2016-01-01"]),
            "end_date": pd.to_datetime([None]),
            "label": ["A turn"],
            "title": ["A turn"],
            "category": ["politics"],
            "kind": ["act"],
            "expected": ["cooling"],
            "headline": [True],
            "episode": ["turn"],
        }
    )
    found = estimate_episodes(scored, events, ("RUS", "TUR"), n_placebo=99)
    row = found.direction().iloc[0]
    assert row["verdict"] == "cooled"
    _, told = selection_blocks(found, {"turn": "The turn"})
    assert told["items"][0]["head"] == "The turn:"
    needed = abs(row["level_change"]) / 0.5
    assert f"{needed:.0f} degrees" in told["items"][0]["text"]

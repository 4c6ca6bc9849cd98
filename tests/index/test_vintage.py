from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from detente.errors import BadArgumentError
from detente.index import STEPS, diff_index

MEANS = {"method": "means"}


def archive(seed, n=90):
    rng = np.random.default_rng(seed)
    side = rng.integers(0, 2, n)
    return pd.DataFrame(
        {
            "id": [f"s{i}" for i in range(n)],
            "date": pd.Timestamp("2019-01-01") + pd.to_timedelta(rng.integers(0, 700, n), "D"),
            "source": np.where(side == 0, "RUS", "TUR"),
            "target": np.where(side == 0, "TUR", "RUS"),
            "speaker": rng.choice(["A", "B", "C"], n),
            "text": [f"text {i}" for i in range(n)],
            "tone": rng.uniform(-0.6, 0.6, n),
        }
    )


@pytest.mark.parametrize("method", ["means", "state_space"])
def test_parts_add_up_to_the_change_of_every_month(method):
    old = archive(1)
    new = old.drop(index=[3, 20, 41]).reset_index(drop=True)
    new.loc[5, "tone"] = 0.9
    new.loc[8, ["text", "tone"]] = ["another text", -0.9]
    extra = archive(2, 12).assign(id=[f"new{i}" for i in range(12)])
    new = pd.concat([new, extra], ignore_index=True)
    settings = {"method": method}
    diff = diff_index(
        old, new, "RUS-TUR", old_settings=settings, new_settings={**settings, "weights": "none"}
    )
    whole = diff.table.dropna(subset=["change", *STEPS])
    assert len(whole) > 20
    np.testing.assert_allclose(whole[list(STEPS)].sum(axis=1), whole["change"], atol=1e-9)
    np.testing.assert_allclose(whole["new"] - whole["old"], whole["change"], atol=1e-9)
    assert (diff.n_rescored, diff.n_edited, diff.n_removed, diff.n_added) == (1, 1, 3, 12)
    assert diff.settings == {"weights": (None, "none")}


def test_a_change_is_told_where_it_happened_and_nowhere_else():
    old = archive(1)
    new = old.copy()
    new.loc[10, "tone"] = -1.0
    diff = diff_index(old, new, ("RUS", "TUR"), old_settings=MEANS, new_settings=MEANS)
    moved = diff.table[diff.table["change"].abs() > 1e-9]
    assert set(moved["month"]) == {old.loc[10, "date"].to_period("M").to_timestamp()}
    assert (moved["rescored"] == moved["change"]).all()
    assert "1 statement scored anew" in diff.sentence


def test_equal_vintages_say_so_and_order_of_rows_is_no_change():
    old = archive(1)
    diff = diff_index(old, old.sample(frac=1, random_state=1), "RUS-TUR")
    assert (diff.table["change"].abs().dropna() < 1e-6).all()
    assert "nothing in statements or settings" in diff.sentence
    assert "No past month moved" in diff.sentence


def test_statements_are_known_by_id():
    old = archive(1)
    with pytest.raises(BadArgumentError, match="lack the column 'id'"):
        diff_index(old.drop(columns="id"), old, "RUS-TUR")
    with pytest.raises(BadArgumentError, match="twice in the new"):
        diff_index(old, old.assign(id="a"), "RUS-TUR")


def test_the_largest_part_may_exceed_the_change():
    old = archive(3)
    new = pd.concat(
        [old.assign(tone=old["tone"] * 0.5), archive(4).assign(id=lambda x: x["id"] + "n")]
    )
    told = diff_index(old, new, "RUS-TUR", old_settings=MEANS, new_settings=MEANS).sentence
    assert "the largest part through" in told
    assert "most of it" not in told


@pytest.mark.parametrize("column", ["id", "source", "tone", "date"])
def test_a_missing_column_is_named(column):
    old = archive(3)
    with pytest.raises(BadArgumentError, match=f"new statements lack the column '{column}'"):
        diff_index(old, old.drop(columns=column), "RUS-TUR")

"""All questions in one go, on data that can answer few of them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from detente.events import no_events
from detente.index import monthly_index
from detente.inference import estimate_findings
from detente.inference.findings import PARTS


def said(days, sides, tone):
    other = {"RUS": "TUR", "TUR": "RUS"}
    return pd.DataFrame(
        {
            "id": [f"s{i}" for i in range(len(days))],
            "date": pd.DatetimeIndex(days),
            "source": list(sides),
            "target": [other[side] for side in sides],
            "speaker": "A",
            "text": "text",
            "tone": np.asarray(tone, dtype="float64"),
        }
    )


def months_of(start, n, per_month=3):
    return [
        month + pd.Timedelta(days=9 * i)
        for month in pd.date_range(start, periods=n, freq="MS")
        for i in range(per_month)
    ]


def noise(n, seed=3):
    return np.random.default_rng(seed).uniform(-0.6, 0.6, n)


EARLY, LATE = months_of("2010-01-01", 20), months_of("2020-01-01", 20)
CASES = {
    "one statement": said(["2020-01-05"], ["RUS"], [0.3]),
    "no tone at all": said(EARLY, ["RUS", "TUR"] * 30, [np.nan] * 60),
    "one side silent": said(EARLY, ["RUS"] * 60, noise(60)),
    "all alike": said(EARLY, ["RUS", "TUR"] * 30, [0.4] * 60),
    "one month": said(months_of("2020-01-01", 1), ["RUS", "TUR", "RUS"], noise(3)),
    "sides years apart": said([*EARLY, *LATE], ["RUS"] * 60 + ["TUR"] * 60, noise(120)),
}


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("name", CASES)
def test_every_question_has_an_answer_or_a_reason(name):
    scored = CASES[name]
    index = monthly_index(scored)
    found = estimate_findings(scored, index, no_events(), n_placebo=0)
    for part in PARTS:
        result = getattr(found, part)
        assert (result is None) == (part in found.reasons)
        assert found.reasons.get(part, "x")
        if result is not None:
            assert result.sentence
    assert "episodes" in found.reasons


def test_nothing_is_known_before_the_first_statement():
    scored = said([*EARLY, *LATE], ["RUS"] * 60 + ["TUR"] * 60, noise(120))
    index = monthly_index(scored, since="2009-01")
    first, both = index.direction("RUS>TUR"), index.direction()
    assert first.loc[first["month"] < "2010-01-01", "filtered"].isna().all()
    assert first.loc[first["month"] >= "2010-01-01", "filtered"].notna().all()
    assert both.loc[both["month"] < "2020-01-01", "filtered"].isna().all()
    assert first["index"].notna().all()

"""Findings are told in the language that they were asked for in, wherever they are estimated."""

from __future__ import annotations

import json
import multiprocessing
from concurrent.futures import ProcessPoolExecutor

import numpy as np
import pandas as pd
import pytest

from detente import wording
from detente.engines import get_engine
from detente.errors import BadArgumentError
from detente.events import no_events
from detente.index import monthly_index
from detente.index.corrected import corrected_tones
from detente.inference import estimate_findings, estimate_robustness
from detente.inference.findings import PARTS


class Forked:
    """An engine of a process that was begun before a language was chosen."""

    def __init__(self):
        self.pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork"))
        self.pool.submit(wording.language).result()

    def map_batches(self, function, batches):
        return self.pool.map(function, batches)

    def close(self):
        self.pool.shutdown()


class Spawned:
    """The package's own engine of processes."""

    def __init__(self):
        self.engine = get_engine("processes", workers=1)

    def map_batches(self, function, batches):
        return self.engine.map_batches(function, batches)

    def close(self):
        pass


@pytest.fixture(scope="module")
def scored():
    days = [
        month + pd.Timedelta(days=9 * i)
        for month in pd.date_range("2010-01-01", periods=13, freq="MS")
        for i in range(3)
    ]
    n = len(days)
    return pd.DataFrame(
        {
            "id": [f"s{i}" for i in range(n)],
            "date": pd.DatetimeIndex(days),
            "source": np.resize(["RUS", "TUR"], n),
            "target": np.resize(["TUR", "RUS"], n),
            "speaker": "A",
            "text": "text",
            "tone": np.random.default_rng(3).uniform(-0.6, 0.6, n),
        }
    )


def told(scored, engine=None):
    """All that findings say and hold, made and read in Turkish."""
    with wording.use_language("tr"):
        index = monthly_index(scored)
        found = estimate_findings(scored, index, no_events(), n_placebo=0, engine=engine)
        parts = {name: part.to_dict() for name, part in found.parts().items()}
        return found, json.dumps([parts, dict(found.reasons)], default=str)


@pytest.fixture(scope="module")
def here(scored):
    return told(scored)


@pytest.mark.filterwarnings("ignore::RuntimeWarning", "ignore::DeprecationWarning")
@pytest.mark.parametrize("engine", [Forked, Spawned])
def test_findings_of_another_process_are_told_in_the_language_of_the_run(scored, here, engine):
    made = engine()
    try:
        found, texts = told(scored, made)
    finally:
        made.close()
    assert wording.language() == "en"
    # What was named in the workers is read here without any language.
    assert "Türkiye" in found.lead_lag.names["RUS>TUR"]
    assert "Rusya" in found.forecast.names["RUS>TUR"]
    assert texts == here[1]


def test_values_for_machines_are_the_same_in_every_language(scored, here):
    found, _ = here
    english = estimate_findings(scored, monthly_index(scored), no_events(), n_placebo=0)
    assert set(english.parts()) == set(found.parts()) == set(PARTS) - set(english.reasons)
    for name, part in english.parts().items():
        other = getattr(found, name).table
        kept = [column for column in part.table if column != "reason"]
        pd.testing.assert_frame_equal(part.table[kept], other[kept])
    pd.testing.assert_frame_equal(english.regimes.models, found.regimes.models)
    assert english.regimes.rival == found.regimes.rival
    assert english.lead_lag.verdict == found.lead_lag.verdict


def test_reasons_of_fits_that_failed_are_told_in_the_language_too(scored):
    """A correction that does not fit what a choice leaves, and a calculation that broke down."""

    def breaks(rows, events, dyad, **options):
        raise np.linalg.LinAlgError("Singular matrix")

    codings = pd.DataFrame({"id": scored["id"], "code": 1.0, "pi": 1.0}).head(3)
    with wording.use_language("tr"):
        found = estimate_robustness(
            {"a": scored},
            no_events(),
            windows={"2010": ("2010-01", "2010-12")},
            models=["means"],
            weights=["occasion"],
            corrected=codings,
            episodes=breaks,
        )
        reasons = set(found.failures["reason"])
    assert any("kodlanmış açıklama, 3 açıklamayı temsil ediyor" in reason for reason in reasons)
    assert "sayısal hata (Singular matrix)" in reasons
    with pytest.raises(BadArgumentError, match=r"3 coded statements with these chances pi stand"):
        corrected_tones(scored, codings)


def test_an_index_by_means_has_its_reason_in_the_language(scored):
    with wording.use_language("ru"):
        index = monthly_index(scored, ("RUS", "TUR"), method="means")
        reasons = estimate_findings(scored, index, no_events(), n_placebo=0).reasons
    assert "получен другой индекс (средние)" in reasons["breaks"]
    english = [word for reason in reasons.values() for word in ("means", "needs", "received")
               if word in reason]  # fmt: skip
    assert not english

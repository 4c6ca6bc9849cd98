"""Commands that are called in the process of the tests."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def one_core(monkeypatch):
    """Stay in this process, as on a machine of one core.

    What comes of all cores is tested with whole runs (tests/study, tests/end_to_end).
    """
    monkeypatch.setattr("detente.engines.available_cores", lambda: 1)

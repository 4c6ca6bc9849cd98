"""Commands that are called in the process of the tests."""

from __future__ import annotations

from functools import partial

import pytest

from detente import figures


@pytest.fixture(autouse=True)
def one_core(monkeypatch):
    """Stay in this process, as on a machine of one core.

    What comes of all cores is tested with whole runs (tests/study, tests/end_to_end).
    """
    monkeypatch.setattr("detente.engines.available_cores", lambda: 1)


@pytest.fixture(autouse=True)
def one_format(monkeypatch):
    """Save charts as SVG alone, since nobody asks a command's charts for more.

    Their other formats take two thirds of the time; whole runs write them (tests/study).
    """
    monkeypatch.setattr(figures, "save_figure", partial(figures.save_figure, formats=["svg"]))

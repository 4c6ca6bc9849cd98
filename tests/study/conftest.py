"""A small study that runs quickly, and the bundled ones."""

from __future__ import annotations

import pytest

from detente.study import compute_study, init_study, load_study


@pytest.fixture
def example(tmp_path):
    """A fresh study of India and Pakistan."""
    return init_study(tmp_path / "mine", ("IND", "PAK"))


@pytest.fixture(scope="session")
def bundled(once):
    """Return a function that gives a bundled study, computed once."""
    return lambda name: once(name, lambda: compute_study(load_study(name)))


@pytest.fixture(scope="session")
def japan_korea(bundled):
    """The smaller bundled study, computed once."""
    return bundled("japan-korea")


@pytest.fixture
def edited(example):
    """Return a function that changes the example's statements and loads it again."""

    def edit(change):
        path = example.folder / "statements.csv"
        path.write_text(change(path.read_text("utf-8")), encoding="utf-8")
        return load_study(example.folder)

    return edit

"""Scorers of other distributions, announced by entry points."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from detente.errors import BadArgumentError, DetenteError, MissingExtraError
from detente.tone import (
    VaderScorer,
    available_scorers,
    get_scorer,
    is_scorer_name,
    register_scorer,
    score_statements,
    scorer,
)

SOURCE = """
import numpy as np

class Acme:
    name = "acme"
    parameters = {"is_target_directed": False}

    def score(self, texts, targets, sources=None):
        return np.full(len(texts), 0.5)

def make():
    return Acme()

made = Acme()
number = 3

def fail():
    raise RuntimeError("no dice")

def lack():
    from detente.errors import MissingExtraError
    raise MissingExtraError("acme", "The scorer 'acme'")
"""


@pytest.fixture(autouse=True)
def _registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leave the list of scorers and of modules as it was."""
    monkeypatch.setattr(scorer, "_FACTORIES", dict(scorer._FACTORIES))
    monkeypatch.setattr(scorer, "_MADE", {})
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        if name.startswith("acme"):
            del sys.modules[name]


class Site:
    """A folder on the path into which distributions are put."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def install(self, distribution: str, lines: str, source: str = SOURCE) -> str:
        """Add a distribution with a module of its name; return the module's name."""
        module = distribution.replace("-", "_")
        (self.folder / f"{module}.py").write_text(source, encoding="utf-8")
        info = self.folder / f"{module}-1.2.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.2\n", encoding="utf-8"
        )
        (info / "entry_points.txt").write_text(f"[detente.scorers]\n{lines}\n", encoding="utf-8")
        return module


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.syspath_prepend(tmp_path)
    return Site(tmp_path)


@pytest.mark.parametrize("what", ["Acme", "make", "made"])
def test_announced_scorer_is_listed_unimported_and_made_when_asked_for(
    site: Site, what: str
) -> None:
    module = site.install("acme-tone", f"acme = acme_tone:{what}")
    assert "acme" in available_scorers()
    assert is_scorer_name("acme")
    assert module not in sys.modules
    made = get_scorer("acme")
    assert module in sys.modules
    assert made is get_scorer("acme")
    assert made.score(["a"], [()]).tolist() == [0.5]


def test_announced_scorer_scores_statements(site: Site) -> None:
    import pandas as pd

    site.install("acme-tone", "acme = acme_tone:Acme")
    frame = pd.DataFrame(
        {
            "date": pd.Timestamp("2020-01-01"),
            "source": "RUS",
            "target": "TUR",
            "text": ["They met."],
        }
    )
    assert score_statements(frame, "acme")["tone"].tolist() == [0.5]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("acme = acme_gone:Acme", "ModuleNotFoundError"),
        ("acme = acme_tone:Gone", "AttributeError"),
        ("acme = acme_tone:fail", "RuntimeError: no dice"),
    ],
)
def test_plugin_that_fails_is_named_when_asked_for_and_only_then(
    site: Site, line: str, message: str
) -> None:
    site.install("acme-tone", line)
    assert "acme" in available_scorers()
    assert get_scorer("vader").name == "vader"
    with pytest.raises(DetenteError, match=message) as caught:
        get_scorer("acme")
    assert "'acme-tone 1.2'" in str(caught.value)
    assert "'acme'" in str(caught.value)


def test_module_that_breaks_on_import_is_named(site: Site) -> None:
    site.install("acme-broken", "acme = acme_broken:Acme", source="def (:\n")
    with pytest.raises(DetenteError, match=r"'acme-broken 1\.2'.*SyntaxError"):
        get_scorer("acme")


def test_missing_extra_of_a_plugin_passes_through(site: Site) -> None:
    site.install("acme-tone", "acme = acme_tone:lack")
    with pytest.raises(MissingExtraError, match=r"detente\[acme\]"):
        get_scorer("acme")


def test_plugin_that_is_no_scorer_is_named(site: Site) -> None:
    site.install("acme-tone", "acme = acme_tone:number")
    with pytest.raises(BadArgumentError, match=r"'acme-tone 1.2' announces .*lacks name"):
        get_scorer("acme")


def test_two_plugins_of_one_name_are_told_apart_only_by_the_user(site: Site) -> None:
    site.install("acme-one", "acme = acme_one:Acme\nsolo = acme_one:Acme")
    site.install("acme-two", "acme = acme_two:Acme")
    assert available_scorers().count("acme") == 1
    assert get_scorer("solo").name == "acme"
    with pytest.raises(DetenteError, match="more than once") as caught:
        get_scorer("acme")
    assert "'acme-one 1.2'" in str(caught.value)
    assert "'acme-two 1.2'" in str(caught.value)


def test_plugin_never_displaces_a_shipped_scorer(site: Site) -> None:
    site.install("acme-tone", "vader = acme_tone:Acme")
    assert available_scorers().count("vader") == 1
    with pytest.warns(UserWarning, match="'acme-tone 1.2' also announces a scorer named 'vader'"):
        assert isinstance(get_scorer("vader"), VaderScorer)
    assert isinstance(get_scorer("vader"), VaderScorer)  # told once


def test_announced_name_is_taken(site: Site) -> None:
    site.install("acme-tone", "acme = acme_tone:Acme")
    with pytest.raises(BadArgumentError, match="exists already"):
        register_scorer("acme", VaderScorer)
    register_scorer("acme", VaderScorer, replace=True)
    with pytest.warns(UserWarning, match="acme-tone"):
        assert isinstance(get_scorer("acme"), VaderScorer)


def test_near_miss_of_an_announced_name_gets_it(site: Site) -> None:
    site.install("acme-tone", "acme = acme_tone:Acme")
    with pytest.raises(BadArgumentError, match="Did you mean 'acme'"):
        get_scorer("acmee")

"""What more than one folder of tests needs."""

from __future__ import annotations

import gc
import os
import pickle
import sqlite3
import sys
from collections.abc import Callable, Generator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# One core a worker: threads of the linear algebra that wait for one another's core made the
# suite twice as long. Set before numpy is loaded; workers and commands inherit it.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

TESTS = Path(__file__).parent
sys.path.insert(0, str(TESTS))  # so that tests can import their slow twins from reference/

# No clock decides a test: a busy machine is no fault of the code. Where a change is judged
# the examples are the same each time; at a desk they are new ones.
settings.register_profile(
    "detente",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("detente")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that `make test` gives."""
    told = "print which lines and branches of the package the tests did not reach"
    parser.addoption("--reached", action="store_true", help=told)


def pytest_configure(config: pytest.Config) -> None:
    """Measure coverage from before the package is imported, where it was asked for."""
    if config.getoption("--reached"):
        try:
            from reached import Reached
        except ModuleNotFoundError as error:
            if error.name != "slipcover":
                raise
            told = (
                "--reached needs slipcover, which is not installed. "
                "Run: python -m pip install --require-hashes -r requirements.lock"
            )
            raise pytest.UsageError(told) from error

        config.pluginmanager.register(Reached(config))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep what is collected out of all searches for garbage: thousands of tests, to the end.

    Each search of the oldest objects went through them again, an eighth of the time of a test
    and a fifth of that of collecting them.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that take long, so that none is left to one worker at the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def repository() -> Path:
    """Root of the checkout."""
    return TESTS.parent


@pytest.fixture(scope="session")
def shared_data(repository: Path) -> Path:
    """Folder of third-party data that stay outside the repository."""
    folder = repository.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("needs the third-party data, which are not part of the repository")
    return folder


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[], Any]], Any]:
    """Return a function that makes a value once per test run, whichever worker asks first.

    Every worker reads its own copy of what the first one made. The lock is a transaction of
    SQLite: it works on every system and goes away with a worker that dies.
    """
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # of all workers of this run, and of no other run

    def ask(name: str, make: Callable[[], Any]) -> Any:
        place = folder / f"once-{name}.sqlite"
        with closing(sqlite3.connect(place, timeout=1800, isolation_level=None)) as kept:
            kept.execute("begin exclusive")
            kept.execute("create table if not exists made (value blob)")
            row = kept.execute("select value from made").fetchone()
            if row is None:
                value = make()
                kept.execute("insert into made values (?)", (pickle.dumps(value),))
                kept.execute("commit")
                return value
        return pickle.loads(row[0])

    return ask


@pytest.fixture(scope="session")
def example_run(tmp_path_factory, once):
    """One finished run of the example study in this process, and where its outputs lie."""
    from detente.study import init_study, run_study

    def make():
        folder = tmp_path_factory.mktemp("example run")
        study = init_study(folder / "mine", ("IND", "PAK"))
        return run_study(study, folder / "out"), folder / "out"

    return once("example-run", make)


@pytest.fixture(scope="session")
def read_pages() -> Callable[..., list[str]]:
    """Return a function that gives the text of each page of a PDF.

    Runs of white space are one space, unless the lines are asked for. PDFium reads a report
    in a thirtieth of the time that pypdf takes, which the tests keep for tags and metadata.
    """
    from pypdfium2 import PdfDocument

    def read(path: Path, *, lines: bool = False) -> list[str]:
        with PdfDocument(path) as document:
            texts = [page.get_textpage().get_text_range() for page in document]
        return texts if lines else [" ".join(text.split()) for text in texts]

    return read

"""The option `--reached`, on a package of four lines."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

import pytest

# Stand at the end of conftest.py, in place of a slipcover that is missing or fails.
NOT_INSTALLED = """
sys.modules["slipcover"] = None
"""
BROKEN = """
import slipcover

def _broken(self):
    raise KeyError("lines")

slipcover.Slipcover.get_coverage = _broken
"""


@pytest.fixture
def run(repository, tmp_path):
    """Return a function that runs two tests, of which one may fail, with `--reached`."""
    package, tests = tmp_path / "analysis" / "detente", tmp_path / "tests"
    package.mkdir(parents=True)
    tests.mkdir()
    (package / "__init__.py").write_text("def f(x):\n    if x:\n        return 1\n    return 2\n")
    (tmp_path / "pyproject.toml").write_text("[tool.pytest.ini_options]\ntestpaths = ['tests']\n")
    shutil.copy(repository / "tests" / "reached.py", tests)

    def run(*words: str, slipcover: str = "", expected: int = 1) -> tuple[int, str]:
        conftest = (repository / "tests" / "conftest.py").read_text(encoding="utf-8")
        (tests / "conftest.py").write_text(conftest + slipcover, encoding="utf-8")
        (tests / "test_f.py").write_text(
            "from detente import f\n\n"
            f"def test_one():\n    assert f(1) == {expected}\n\n"
            "def test_other():\n    assert f(2) == 1\n"
        )
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--reached", *words],
            cwd=tmp_path,
            env={
                **os.environ,
                "PYTHONPATH": str(package.parent),
                "COLUMNS": "100",
                # Of the plugins that happen to be installed only the one that is asked for.
                "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
                "PYTEST_PLUGINS": "xdist.plugin",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    return run


@pytest.mark.parametrize("n", ["0", "2"])
def test_what_was_not_reached_is_printed(run, n):
    status, text = run("-n", n)
    assert status == 0, text
    assert re.search(r"__init__\.py .*\b4\b", text), text


@pytest.mark.parametrize("n", ["0", "2"])
def test_a_sum_that_fails_leaves_the_status_of_the_tests(run, n):
    for expected, wanted in ((1, 0), (5, 1)):
        status, text = run("-n", n, slipcover=BROKEN, expected=expected)
        assert status == wanted, text
        assert text.count("Coverage could not be summed: KeyError('lines')") == 1
        assert "INTERNALERROR" not in text


def test_without_slipcover_the_way_to_install_it_is_told(run):
    status, text = run(slipcover=NOT_INSTALLED)
    assert status == pytest.ExitCode.USAGE_ERROR
    assert "pip install --require-hashes -r requirements.lock" in text
    assert "Traceback" not in text

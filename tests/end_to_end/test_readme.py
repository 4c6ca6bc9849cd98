from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys

import pandas as pd
import pytest


def blocks(repository, language):
    text = (repository / "README.md").read_text("utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


@pytest.mark.long
def test_the_python_of_the_readme_runs(repository, tmp_path):
    (code,) = blocks(repository, "python")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.long
def test_the_commands_of_the_readme_run_with_the_installed_package(repository, site, tmp_path):
    """From any folder, with all that the wheel holds, and without writing into it."""
    here = tmp_path / "some where"
    here.mkdir()
    before = digest_of(site)
    environment = os.environ | {"PYTHONPATH": str(site), "PYTHONDONTWRITEBYTECODE": "1"}

    def run(*words):
        done = subprocess.run(
            [sys.executable, *words],
            cwd=here,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (words, done.stderr)
        return done.stdout

    assert str(site) in run("-c", "import detente; print(detente.__file__)")
    lines = "".join(blocks(repository, "sh")).splitlines()
    told = [line.partition("#")[0].strip() for line in lines if line.startswith("detente ")]
    commands = [command.split() for command in dict.fromkeys(told)]  # each once
    assert ["detente", "init", "my-study", "--dyad", "IND", "PAK"] in commands
    # The archive that the README speaks of is the reader's own.
    own = pd.read_csv(repository / "data/russia-turkey/statements.csv").head(60)
    own.to_csv(here / "archive.csv.gz", index=False)
    # The smaller study too; whole runs of both of them: .ci/reproduce.py.
    commands.append(["detente", "index", "japan-korea"])
    printed = [run("-m", *command) for command in commands]
    assert "JPN>KOR" in printed[-1]
    (default,) = [text for text, words in zip(printed, commands, strict=True) if "--as-of" in words]
    assert "RUS>TUR" in default  # of the study that runs by default
    assert (here / "reports" / "my-study" / "report.pdf").read_bytes()[:5] == b"%PDF-"
    assert (here / "figures" / "my-study" / "index.svg").exists()
    assert digest_of(site) == before, "a run must not write into the installed package"


def digest_of(folder):
    """Return a digest of every file's name and bytes."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        total.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "data/README.md"])
def test_links_and_pictures_of_the_pages_are_there(repository, name):
    page = repository / name
    links = re.findall(r"\]\(([^)#\s]+)\)", page.read_text("utf-8"))
    missing = [x for x in links if "://" not in x and not (page.parent / x).exists()]
    assert not missing

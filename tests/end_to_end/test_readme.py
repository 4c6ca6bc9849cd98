from __future__ import annotations

import re
import subprocess
import sys

import pandas as pd
import pytest


def blocks(repository, language):
    text = (repository / "README.md").read_text("utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def test_the_python_of_the_readme_runs(repository, tmp_path):
    (code,) = blocks(repository, "python")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")


def test_the_commands_of_the_readme_run(repository, tmp_path):
    lines = "".join(blocks(repository, "sh")).splitlines()
    told = [line.partition("#")[0].strip() for line in lines if line.startswith("detente ")]
    commands = [command.split() for command in dict.fromkeys(told)]  # each once
    assert ["detente", "init", "my-study", "--dyad", "IND", "PAK"] in commands
    # The archive that the README speaks of is the reader's own.
    own = pd.read_csv(repository / "data/russia-turkey/statements.csv").head(60)
    own.to_csv(tmp_path / "archive.csv.gz", index=False)
    for command in commands:
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (command, done.stderr)
    assert (tmp_path / "reports" / "my-study" / "report.pdf").exists()


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "data/README.md"])
def test_links_and_pictures_of_the_pages_are_there(repository, name):
    page = repository / name
    links = re.findall(r"\]\(([^)#\s]+)\)", page.read_text("utf-8"))
    missing = [x for x in links if "://" not in x and not (page.parent / x).exists()]
    assert not missing

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from itertools import groupby

import pandas as pd
import pytest

#: Commands one after the other in one process, which loads the package and its lexicon once.
#: That a command is a process of its own is tested with `run`, and in tests/cli.
COMMANDS = """
import json, sys
from detente.cli import app
for words in json.loads(sys.argv[1]):
    try:
        app(words)
    except SystemExit as end:
        if end.code:
            raise
    print(end="\\0", flush=True)
"""


def blocks(repository, language):
    text = (repository / "README.md").read_text("utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


@pytest.mark.long
def test_the_python_of_the_readme_runs(repository, tmp_path, monkeypatch):
    from matplotlib import pyplot

    (code,) = blocks(repository, "python")
    monkeypatch.chdir(tmp_path)
    exec(compile(code, "README.md", "exec"), {"__name__": "__main__"})
    pyplot.close("all")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.long
def test_the_commands_of_the_readme_run_with_the_installed_package(
    repository, site, tmp_path, example_run
):
    """From any folder, with all that the wheel holds, and without writing into it.

    The run of a study, on all cores, gives the bytes that one in the process of the tests gives,
    which stands elsewhere and draws one chart after the other.
    """
    here = tmp_path / "some where"
    here.mkdir()
    before = digests(site)
    environment = os.environ | {"PYTHONPATH": str(site), "PYTHONDONTWRITEBYTECODE": "1"}
    odd = {"PYTHONHASHSEED": "7", "TZ": "Asia/Kathmandu", "LC_ALL": "C", "COLUMNS": "30"}

    def run(*words):
        done = subprocess.run(
            [sys.executable, *words],
            cwd=here,
            env=environment | (odd if "run" in words else {}),
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
    # The name is the reader's own: here that of the study of `example_run`.
    commands = [["mine" if word == "my-study" else word for word in words] for words in commands]
    # The archive that the README speaks of is the reader's own.
    own = pd.read_csv(repository / "data/russia-turkey/statements.csv").head(60)
    own.to_csv(here / "archive.csv.gz", index=False)
    # The smaller study too; whole runs of both of them: .ci/reproduce.py.
    commands.append(["detente", "check", "japan-korea"])
    printed = []
    for is_run, several in groupby(commands, key=lambda words: "run" in words):
        if is_run:
            printed += [run("-m", *words) for words in several]
        else:
            told = json.dumps([words[1:] for words in several])
            printed += run("-c", COMMANDS, told).split("\0")[:-1]
    assert "0 errors" in printed[-1]
    (default,) = [text for text, words in zip(printed, commands, strict=True) if "--as-of" in words]
    assert "RUS>TUR" in default  # of the study that runs by default
    _, out = example_run
    assert (out / "reports" / "mine" / "report.pdf").read_bytes()[:5] == b"%PDF-"
    assert (out / "figures" / "mine" / "index.svg").exists()
    for part in ("figures", "reports"):
        assert digests(here / part) == digests(out / part)
    assert digests(site) == before, "a run must not write into the installed package"


def digests(folder):
    """Return every file below a folder with the digest of its bytes."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "data/README.md"])
def test_links_and_pictures_of_the_pages_are_there(repository, name):
    page = repository / name
    links = re.findall(r"\]\(([^)#\s]+)\)", page.read_text("utf-8"))
    missing = [x for x in links if "://" not in x and not (page.parent / x).exists()]
    assert not missing

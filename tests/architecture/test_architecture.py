"""The house rules of the design, asked of the code itself."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import detente

PACKAGE = Path(detente.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
HEAVY = [
    "matplotlib", "pandas", "scipy", "statsmodels", "typst", "pyarrow", "rich.progress",
    "sklearn", "torch", "dask", "distributed",
]  # fmt: skip


def test_layers_hold(repository):
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-cache"], cwd=repository, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def loaded_by(statements, names, folder):
    """Run statements in one fresh process; return what is loaded after each, of these names."""
    code = "import sys\n" + "".join(
        f"{statement}\nprint([m for m in {names!r} if m in sys.modules])\n"
        for statement in statements
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=folder
    )
    return dict(zip(statements, done.stdout.splitlines(), strict=True))


def test_importing_loads_nothing_heavy(tmp_path):
    loaded = loaded_by(["import detente", "import detente.cli"], HEAVY, tmp_path)
    assert set(loaded.values()) == {"[]"}, loaded


def test_what_draws_nothing_loads_nothing_that_draws(tmp_path):
    statements = [
        "import detente",
        "detente.load_study('russia-turkey')",
        "detente.init_study('mine', ('IND', 'PAK'))",
        "detente.study.check_study(detente.load_study('japan-korea'))",
        "detente.study.compute_study(detente.load_study('japan-korea'))",
    ]
    loaded = loaded_by(statements, ["matplotlib", "typst", "torch"], tmp_path)
    assert set(loaded.values()) == {"[]"}, loaded


def test_every_public_name_of_the_facade_is_there_and_listed():
    assert detente.__all__
    for name in detente.__all__:
        assert getattr(detente, name) is not None
    assert set(detente.__all__) <= set(dir(detente))
    with pytest.raises(AttributeError, match="nothing_of_this_name"):
        _ = detente.nothing_of_this_name


def test_modules_are_small_and_well_named():
    forbidden = {"utils", "util", "helpers", "misc", "common", "manager"}
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert not {path.name for path in MODULES if path.stem in forbidden}
    assert not {path.name: n for path, n in lengths.items() if n > 350}


def public_objects():
    """Yield every function and class that a module lists in __all__."""
    for info in pkgutil.walk_packages([str(PACKAGE)], "detente."):
        if any(part.startswith("_") for part in info.name.split(".")):
            continue  # no public names in there
        module = importlib.import_module(info.name)
        for name in getattr(module, "__all__", ()):
            value = getattr(module, name)
            if getattr(value, "__module__", None) == info.name and (
                inspect.isfunction(value) or inspect.isclass(value)
            ):
                yield f"{info.name}.{name}", value


PUBLIC = dict(public_objects())


@pytest.mark.parametrize("name", PUBLIC)
def test_public_docstrings_name_every_parameter(name):
    value = PUBLIC[name]
    doc = inspect.getdoc(value) or ""
    assert doc.splitlines()[0].endswith((".", "?")), f"{name} lacks a summary line"
    if not inspect.isfunction(value) or name.startswith("detente.cli"):
        return
    parameters = [p for p in inspect.signature(value).parameters if p not in ("self", "cls")]
    section = doc.partition("Parameters\n----------\n")[2].partition("\n\n")[0]
    named = {
        word.strip(" *")
        for line in section.splitlines()
        if not line.startswith(" ")
        for word in line.partition(" :")[0].split(",")
    }
    missing = set(parameters) - named
    assert not missing, f"{name} does not document {missing}"
    returns = inspect.signature(value).return_annotation
    if returns not in (None, "None", inspect.Signature.empty):
        assert "Returns\n-------\n" in doc or "Yields\n------\n" in doc, f"{name}: no Returns"


def test_every_module_says_what_it_is():
    for path in MODULES:
        assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), path


def tracked(repository):
    try:
        listed = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
            cwd=repository,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs a git checkout")
    return [repository / line for line in listed.stdout.splitlines()]


def test_no_file_holds_a_path_of_one_machine_or_the_address_of_a_package_index(repository):
    # Put together at run time, so that this file does not hold them either.
    banned = [
        "/" + "root/",
        "/" + "home/",
        "/" + "work/main",
        "pypi" + ".org",
        "python" + "hosted.org",
        "registry." + "npmjs",
        "--index" + "-url",
        str(Path.home()) + "/",
    ]
    found = []
    for path in tracked(repository):
        if not path.is_file():
            continue
        text = path.read_bytes().decode("utf-8", "ignore")
        found += [(path.name, word) for word in banned if word in text]
    assert not found

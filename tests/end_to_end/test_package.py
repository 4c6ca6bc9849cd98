from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zipfile

import pytest


@pytest.fixture(scope="module")
def wheel(repository, tmp_path_factory):
    """Build the wheel once, outside the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=repository, check=True, capture_output=True, text=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_studies_fonts_and_data(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for study in ("russia-turkey", "japan-korea"):
        for name in ("study.toml", "statements.csv", "events.csv", "README.md"):
            assert f"detente/_bundled/{study}/{name}" in names
    assert "detente/_bundled/russia-turkey/codings.csv" in names
    assert "detente/_fonts/NotoSans-Regular.ttf" in names
    assert "detente/_fonts/OFL.txt" in names
    assert "detente/report/report.typ" in names
    assert "detente/figures/detente.mplstyle" in names


def test_the_installed_package_runs_its_own_study_from_any_folder(wheel, tmp_path):
    site, here = tmp_path / "site", tmp_path / "some where"
    here.mkdir()
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*command, "--target", site, wheel], check=True, capture_output=True)
    before = digest_of(site)
    environment = os.environ | {"PYTHONPATH": str(site), "PYTHONDONTWRITEBYTECODE": "1"}
    run = [sys.executable, "-c", "import detente; print(detente.__file__)"]
    done = subprocess.run(
        run, cwd=here, env=environment, capture_output=True, text=True, check=True
    )
    assert str(site) in done.stdout

    # The index of the study that runs by default, the charts of the smaller one, and all that a
    # run makes of a study started here. Whole runs of the bundled studies: .ci/reproduce.py.
    for words in (
        ["index", "-o", "default.csv"],
        ["figures", "japan-korea"],
        ["init", "mine", "--dyad", "JPN", "KOR"],
        ["run", "mine"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "detente", *words],
            cwd=here,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    assert "RUS>TUR" in (here / "default.csv").read_text("utf-8")
    assert (here / "reports" / "mine" / "report.pdf").read_bytes()[:5] == b"%PDF-"
    assert (here / "figures" / "japan-korea" / "index.svg").exists()
    assert digest_of(site) == before, "a run must not write into the installed package"


def digest_of(folder):
    """Return a digest of every file's name and bytes."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        total.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()

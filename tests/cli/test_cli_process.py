"""The real command in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from detente.study import init_study

DETENTE = [sys.executable, "-m", "detente"]


def run(*words, cwd, **options):
    return subprocess.run(
        [*DETENTE, *map(str, words)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        **options,
    )


def test_the_installed_command_and_the_module_are_the_same(tmp_path):
    script = Path(sys.executable).with_name("detente")
    if not script.exists():
        pytest.skip("needs the installed command")
    told = subprocess.run([script, "--help"], capture_output=True, text=True, check=True).stdout
    assert run("--help", cwd=tmp_path).stdout == told


def test_help_is_quick_because_nothing_heavy_is_imported(tmp_path):
    code = (
        "import sys; from detente.cli import app\n"
        "try: app(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'pandas', 'matplotlib', 'numpy', 'pydantic', 'typst', 'pyarrow'}\n"
        "sys.stderr.write(repr(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stderr == "set()"
    assert "Usage" in done.stdout


@pytest.mark.parametrize(("asked", "expected"), [({}, "1"), ({"OMP_NUM_THREADS": "2"}, "asked")])
def test_linear_algebra_keeps_to_one_thread_unless_the_user_says_otherwise(asked, expected):
    code = (
        "import os; from detente.cli import app\n"
        "try: app(['lexicon', '-h'])\n"  # any command; what it does is not the point
        "except SystemExit: pass\n"
        "print(os.environ.get('OPENBLAS_NUM_THREADS', 'asked'))"
    )
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    rest = {name: value for name, value in os.environ.items() if name not in names}
    done = subprocess.run(
        [sys.executable, "-c", code], env=rest | asked, capture_output=True, text=True, check=True
    )
    assert done.stdout.split()[-1] == expected


def test_a_reader_that_stops_early_is_no_error(tmp_path):
    with subprocess.Popen(
        [*DETENTE, "score", str(long_file(tmp_path)), "--scorer", "vader"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline().startswith("id,date,")
        process.stdout.close()
        assert process.wait(timeout=120) == 0
        assert process.stderr.read() == ""


def long_file(folder):
    """Write more text than any pipe holds."""
    path = folder / "statements.csv"
    rows = [
        f"2015-{1 + i % 12:02d}-{1 + i % 28:02d},RUS,TUR,Speaker {i},He praised Turkey {i} times. "
        + "x" * 500
        for i in range(300)
    ]
    path.write_text("date,source,target,speaker,text\n" + "\n".join(rows) + "\n")
    return path


def test_an_interrupt_signal_leaves_the_folder_as_it_was(tmp_path):
    study = init_study(tmp_path / "mine", ("IND", "PAK"))
    out = tmp_path / "out"
    out.mkdir()
    (out / "kept").write_text("")
    with subprocess.Popen(
        [*DETENTE, "figures", str(study.folder), "--output", str(out)],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        # The hidden folder shows that it is in the middle of writing.
        until = time.monotonic() + 120
        while not list(out.glob(".detente-*")) and time.monotonic() < until:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=120)
    assert process.returncode == 130
    assert told.startswith("Interrupted.")
    assert "Traceback" not in told
    assert [path.name for path in out.rglob("*")] == ["kept"]


def test_a_terminal_without_unicode_gets_stand_ins(tmp_path):
    init_study(tmp_path / "mine", ("IND", "PAK"))
    done = run(
        "index", "mine", "-o", "a.csv", cwd=tmp_path, env=os.environ | {"PYTHONIOENCODING": "ascii"}
    )
    assert (done.returncode, done.stderr.isascii()) == (0, True)
    assert done.stderr.startswith("Notice: EXAMPLE DATA.\nNotice: State-space index refused (")


def test_check_of_the_bundled_study_finds_no_error(tmp_path):
    # The other one: tests/end_to_end/test_readme.py.
    done = run("check", "russia-turkey", "--quiet", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []

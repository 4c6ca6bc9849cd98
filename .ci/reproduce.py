"""Build the bundled studies twice; fail where a byte, a committed number or file differs.

The first comparison is of bytes: two runs on one machine must agree in every file. The
second is of numbers: a committed CSV may differ from a fresh one by 1e-6 at most, so that
what the repository shows is what its code computes; and it shows no file of a study that
a fresh run does not make. What an optimiser found (the index and all that is estimated from
it) may differ by 0.02 degrees between machines whose libraries round otherwise.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
TOLERANCE, OPTIMISED = 1e-6, 0.02

#: Tables without an optimiser behind them.
EXACT = ("statements_scored.csv", "validation.csv")

#: Files too large to keep; two runs must still agree in them.
NOT_COMMITTED = ("index_draws.parquet",)


def build(study: Path, *outputs: Path) -> None:
    """Run a study into two folders at a time, each run on half of the cores.

    A hash seed of its own for each shows an order that leans on hashing.
    """
    affinity = hasattr(os, "sched_setaffinity")  # not on every system; then they share the cores
    cores = sorted(os.sched_getaffinity(0)) if affinity else []
    command = [sys.executable, "-m", "detente", "run", str(study), "--quiet", "--output"]
    runs = []
    for i, output in enumerate(outputs):
        environment = os.environ | {"PYTHONHASHSEED": str(i + 1)}
        runs.append(subprocess.Popen([*command, str(output)], cwd=output, env=environment))
        if own := cores[i :: len(outputs)]:
            os.sched_setaffinity(runs[-1].pid, own)
    for status in [run.wait() for run in runs]:
        if status:
            raise SystemExit(f"reproduce: {study.parent.name}: the run ended with status {status}")


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a folder by relative name."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def difference_of_tables(committed: Path, fresh: Path) -> str:
    """Say how two CSVs differ, or return an empty string."""
    old, new = (pd.read_csv(path, keep_default_na=False, dtype=str) for path in (committed, fresh))
    if list(old.columns) != list(new.columns):
        return f"columns {list(old.columns)} became {list(new.columns)}"
    if len(old) != len(new):
        return f"{len(old)} rows became {len(new)}"
    for name in old.columns:
        left, right = old[name], new[name]
        numbers = [pd.to_numeric(side, errors="coerce") for side in (left, right)]
        allowed = TOLERANCE if fresh.name in EXACT else OPTIMISED
        near = np.isclose(numbers[0], numbers[1], rtol=0, atol=allowed)
        wrong = ~near & (left != right).to_numpy()
        if wrong.any():
            row = int(wrong.argmax())
            return f"column {name}, row {row + 2}: {left[row]!r} became {right[row]!r}"
    return ""


def leftovers(name: str, made: set[str], root: Path = ROOT) -> list[str]:
    """Return the files of a study below figures/ and reports/ that no fresh run makes."""
    found = {
        f"{part}/{name}/{inner}"
        for part in ("figures", "reports")
        for inner in files_of(root / part / name)
    }
    return sorted(found - made)


def compare(study: Path, first: Path, second: Path) -> list[str]:
    """Build a study into two folders and return what differs or is not committed."""
    build(study, first, second)
    one, two = files_of(first), files_of(second)
    failures = [
        f"{name}: two runs differ"
        for name in sorted(one.keys() | two.keys())
        if one.get(name) != two.get(name)
    ]
    for name in sorted(one):
        if name.endswith(NOT_COMMITTED):
            continue
        if not (ROOT / name).exists():
            failures.append(f"{name}: is not committed; run 'make studies'")
        elif name.endswith(".csv") and (told := difference_of_tables(ROOT / name, first / name)):
            failures.append(f"{name}: {told}; run 'make studies'")
    failures += [
        f"{name}: a fresh run does not make it; delete it"
        for name in leftovers(study.parent.name, set(one))
    ]
    print(f"{study.parent.name}: {len(one)} files built twice and compared")
    return failures


def main() -> int:
    """Compare every bundled study; return the exit status."""
    failures: list[str] = []
    for study in sorted(ROOT.glob("data/*/study.toml")):
        with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
            failures += compare(study, Path(first), Path(second))
    for failure in failures:
        print(f"reproduce: {failure}", file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

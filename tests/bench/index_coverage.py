"""Coverage and error of the state-space index on the real dates of the bundled study.

Run it by `make bench-index`; it takes some minutes and writes reports/bench/index_coverage.csv.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))

from detente.statements import read_statements
from detente.study import load_study
from reference.histories import coverage

TRUTHS = {
    "mean reverting": (0.75, False),
    "local level": (1.0, False),
    "more is said in crises": (0.75, True),
}


def main(n: int = 200, output: str = "reports/bench/index_coverage.csv") -> None:
    """Simulate n histories under each truth and write what was found."""
    dated = read_statements(load_study("russia-turkey").folder / "statements.csv")
    rows = []
    for name, (persistence, crises) in TRUTHS.items():
        covered, empty, ratio = coverage(dated, 20151124, n, persistence, crises)
        rows.append((name, n, covered, empty, ratio))
        print(
            f"{name}: 95 % intervals cover {covered:.1%} of months with statements and "
            f"{empty:.1%} of empty ones; error {ratio:.2f} of that of raw means ({n} histories)",
            flush=True,
        )
    columns = ["truth", "n_histories", "coverage", "coverage_empty", "error_ratio"]
    table = pd.DataFrame(rows, columns=columns)
    Path(output).parent.mkdir(parents=True, exist_ok=True)
    table.to_csv(output, index=False, float_format="%.4f", lineterminator="\n")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))

"""Coverage and error of the state-space index on the real dates of the bundled study.

Histories are drawn from the model that fits the study. It takes some minutes and writes
reports/bench/index_coverage.csv.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))

from detente.index import Model, monthly_index
from reference.histories import Truth, coverage

#: Name -> model that is fitted to the study to draw histories from, and whether more is said
#: in cold months.
TRUTHS: dict[str, tuple[Model, bool]] = {
    "mean reverting": ("mean_reverting", False),
    "local level": ("local_level", False),
    "more is said in crises": ("mean_reverting", True),
}


def main(n: int = 200, output: str = "reports/bench/index_coverage.csv") -> None:
    """Simulate n histories under each truth and write what was found."""
    dated = pd.read_csv("reports/russia-turkey/statements_scored.csv", parse_dates=["date"])
    rows = []
    for name, (model, crises) in TRUTHS.items():
        truth = Truth.fitted(monthly_index(dated, model=model))
        found = coverage(dated, 20151124, n, truth, crises)
        rows.append((name, n, *found))
        print(
            f"{name}: 95 % intervals cover {found.covered:.1%} of months with statements and "
            f"{found.covered_empty:.1%} of empty ones; error {found.error_ratio:.3f} of that of "
            f"raw means, {found.known_ratio:.3f} if the parameters were known ({n} histories)",
            flush=True,
        )
    columns = ["truth", "n_histories", "coverage", "coverage_empty", "error_ratio", "known_ratio"]
    table = pd.DataFrame(rows, columns=columns)
    Path(output).parent.mkdir(parents=True, exist_ok=True)
    table.to_csv(output, index=False, float_format="%.4f", lineterminator="\n")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))

"""Size and power of the episode test on the real dates of the bundled study.

Run it by `make bench-inference`; 2,000 replications of each take about half an hour. It writes
reports/bench/episodes_size.csv.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from detente.events import read_events
from detente.inference.size import measure_size
from detente.study import load_study

ROOT = Path(__file__).parents[2]
SCENARIOS = (("none", 0.0), ("drift", 0.0), ("persistent", 0.0))
PLANTED = (20.0, 40.0, 60.0)


def main(n: int = 2000, output: str = "reports/bench/episodes_size.csv") -> None:
    """Simulate n histories under each scenario, and fewer with planted steps."""
    scored = pd.read_csv(
        ROOT / "reports" / "russia-turkey" / "statements_scored.csv", parse_dates=["date"]
    )
    events = read_events(load_study("russia-turkey").folder / "events.csv")
    tables = []
    plan = [*SCENARIOS, *(("drift", step) for step in PLANTED)]
    for scenario, planted in plan:
        table = measure_size(
            scored,
            events,
            scenario=scenario,
            planted=planted,
            n_replications=n if planted == 0 else max(n // 4, 20),
        )
        tables.append(table.assign(scenario=scenario, planted=planted))
        print(scenario, planted, table.mean(numeric_only=True).round(4).to_dict(), flush=True)
    Path(output).parent.mkdir(parents=True, exist_ok=True)
    pd.concat(tables).to_csv(output, index=False, float_format="%.4f", lineterminator="\n")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))

"""Speed and memory of scoring, against plain vaderSentiment in the same run.

``python tests/bench/speed.py [N ...]`` (default: 10,000, 100,000 and 1,000,000 statements) makes
an archive of bundled texts for each N and has every way of scoring read it, score it and write
what it found, each in a process of its own. It writes reports/bench/speed.csv, speed.md (with
the machine named) and a chart. The last size takes some ten minutes.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).parent))

from streaming import watched, write_archive

#: Name -> how it is told, and whether it is compared by the time of scoring alone, too.
WAYS = {
    "library": "vaderSentiment, a loop over texts",
    "columns": "columnar VADER, one thread",
    "threads": "columnar VADER, two threads",
    "target": "scorer target, tones",
    "trace": "scorer target, tones and traces",
    "stream-vader": "detente score, vader, all cores",
    "stream-target": "detente score, target, all cores",
}


def score(way: str, archive: Path, output: Path) -> float:
    """Read an archive, score it, write it; return the seconds of scoring alone."""
    import pyarrow.parquet as pq

    frame = pq.read_table(archive, columns=["text", "source", "target", "date"]).to_pandas()
    texts = [] if way in ("target", "trace") else frame["text"].tolist()
    if way == "library":
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

        score_of = SentimentIntensityAnalyzer().polarity_scores
        began = time.perf_counter()
        found = pd.DataFrame([score_of(text) for text in texts])
    elif way in ("columns", "threads"):
        from detente.tone.vader import polarity

        polarity(texts[:1000])
        began = time.perf_counter()
        if way == "columns":
            found = polarity(texts)
        else:
            half = len(texts) // 2
            with ThreadPoolExecutor(2) as pool:
                found = pd.concat(list(pool.map(polarity, [texts[:half], texts[half:]])))
    else:
        found, began = _by_target(frame, is_traced=way == "trace")
    seconds = time.perf_counter() - began
    found.to_parquet(output)
    return seconds


def _by_target(frame: pd.DataFrame, *, is_traced: bool) -> tuple[pd.DataFrame, float]:
    from detente.tone import get_scorer, score_statements
    from detente.tone.forms import DatedForms
    from detente.tone.score import CHUNK_ROWS

    scorer = get_scorer("target")
    score_statements(frame.head(1000), scorer)
    began = time.perf_counter()
    if is_traced:
        return score_statements(frame, scorer).drop(columns="text"), began
    tones = []
    for first in range(0, len(frame), CHUNK_ROWS):
        chunk = frame.iloc[first : first + CHUNK_ROWS]
        targets, sources = (DatedForms(chunk[side], chunk["date"]) for side in ("target", "source"))
        tones.append(pd.Series(scorer.score(chunk["text"].tolist(), targets, sources)))
    return pd.DataFrame({"tone": pd.concat(tones)}), began


def measure(n: int) -> list[dict[str, object]]:
    """Score n statements in every way; a row for each."""
    rows: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "archive.parquet"
        write_archive(archive, n)
        for way, told in WAYS.items():
            note = Path(folder) / "seconds.json"
            words = [sys.executable, __file__, "--one", way, str(archive), str(note)]
            if way.startswith("stream-"):
                words = [sys.executable, "-m", "detente", "score", str(archive), "--quiet"]
                words += ["-o", f"{folder}/{way}/", "--scorer", way.removeprefix("stream-")]
            seconds, peak = watched(words)
            inner = None if way.startswith("stream-") else json.loads(note.read_text())
            rows.append({"n": n, "way": told, "seconds": seconds, "scoring_seconds": inner}
                        | {"peak_mb": peak / 2**20})  # fmt: skip
            print(
                f"{n:>10,} {told:36} {n / seconds:>10,.0f}/s {peak / 2**20:>7,.0f} MB", flush=True
            )
    return rows


def table_of(rows: list[dict[str, object]]) -> pd.DataFrame:
    """Return rates, and ratios to the library at the same number of statements."""
    table = pd.DataFrame(rows)
    table["per_second"] = table["n"] / table["seconds"]
    table["scoring_per_second"] = table["n"] / table["scoring_seconds"].astype("float64")
    library = table[table["way"].eq(WAYS["library"])].set_index("n")
    for column in ("per_second", "scoring_per_second"):
        table[f"ratio_{column.removesuffix('_per_second').replace('per_second', 'whole')}"] = table[
            column
        ] / table["n"].map(library[column])
    return table


def write(table: pd.DataFrame, folder: Path) -> None:
    """Write table, text and chart."""
    folder.mkdir(parents=True, exist_ok=True)
    table.round(3).to_csv(folder / "speed.csv", index=False, lineterminator="\n")
    lines = [
        "# Speed of scoring",
        "",
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {_processor()}; "
        f"Python {platform.python_version()}. Whole: a process that reads Parquet, scores and "
        "writes Parquet. Scoring: the texts in memory. Ratios are to the library in this run.",
        "",
        "| statements | way | whole, per second | ratio | scoring, per second | ratio | peak MB |",
        "|---:|---|---:|---:|---:|---:|---:|",
    ]
    for row in table.to_dict("records"):
        inner = pd.notna(row["scoring_seconds"])
        alone = f"{row['scoring_per_second']:,.0f} | {row['ratio_scoring']:.1f}" if inner else " | "
        lines.append(
            f"| {row['n']:,} | {row['way']} | {row['per_second']:,.0f} | "
            f"{row['ratio_whole']:.1f} | {alone} | {row['peak_mb']:,.0f} |"
        )
    (folder / "speed.md").write_text("\n".join(lines) + "\n", "utf-8")
    _draw(table, folder / "speed.png")


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or "unnamed processor"
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or "unnamed processor"


def _draw(table: pd.DataFrame, path: Path) -> None:
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    figure, panels = plt.subplots(1, 2, figsize=(11, 4.6), layout="constrained", sharex=True)
    marks = "osD^vP*"
    for (way, own), mark in zip(table.groupby("way", sort=False), marks, strict=False):
        for panel, column in zip(panels, ("per_second", "peak_mb"), strict=True):
            panel.plot(own["n"], own[column], marker=mark, label=way)
    panels[0].set_title("Statements per second, reading and writing included", loc="left")
    panels[1].set_title("Peak memory of all its processes, MB", loc="left")
    for panel in panels:
        panel.set(xscale="log", yscale="log", xlabel="statements")
        panel.spines[["top", "right"]].set_visible(False)
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside lower center", ncols=3)
    figure.savefig(path, dpi=150)
    plt.close(figure)


def main(sizes: list[int]) -> None:
    """Measure every size, then write."""
    rows = [row for n in sizes for row in measure(n)]
    write(table_of(rows), Path("reports/bench"))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        own_way, source, goal = sys.argv[2:5]
        spent = score(own_way, Path(source), Path(source).with_name("scored.parquet"))
        Path(goal).write_text(json.dumps(spent))
    else:
        main([int(size) for size in sys.argv[1:]] or [10_000, 100_000, 1_000_000])

"""Find the moves of the lexicon's valences anew: ``python -m detente.tone.target CODED [FILE]``.

CODED is a folder with statements.csv and codings.csv, such as data/constructed. FILE, by default
the shipped table, receives the moves.
"""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path

import pandas as pd

from detente.countries import surface_forms
from detente.tone.target.moving import find_moves

if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 3:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    code = pd.read_csv(folder / "codings.csv").groupby("id")["code"].mean()
    statements = pd.read_csv(folder / "statements.csv").sort_values("id").set_index("id")
    statements = statements.loc[statements.index.intersection(code.index)]
    moves = find_moves(
        statements["text"].tolist(),
        [surface_forms(one) for one in statements["target"]],
        [surface_forms(one) for one in statements["source"]],
        code.loc[statements.index].to_numpy() / 3,
    )
    shipped = Path(str(files("detente.tone.target"))) / "_data" / "moved.csv"
    moves.to_csv(sys.argv[2] if len(sys.argv) == 3 else shipped, index=False, lineterminator="\n")
    print(f"{len(moves)} of the lexicon's entries moved, on {len(statements)} statements.")

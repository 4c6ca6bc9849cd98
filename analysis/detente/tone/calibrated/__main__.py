"""Train the shipped model anew: ``python -m detente.tone.calibrated CODED [FOLDER]``.

CODED holds folders with statements.csv and codings.csv: studies, and constructed statements,
which have no column date. FOLDER, by default the shipped one, receives the model.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from detente.tone.calibrated.scorer import BUNDLED
from detente.tone.calibrated.training import bundled_training, train

if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 3:
        sys.exit(__doc__)
    model = train(*bundled_training(Path(sys.argv[1])))
    model.save(sys.argv[2] if len(sys.argv) == 3 else BUNDLED)
    shown = ("trained_on", "n_constructed", "out_of_fold", "transfer")
    print(json.dumps({name: model.about[name] for name in shown}, indent=2))

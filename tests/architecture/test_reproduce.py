"""The check that committed outputs are those of a fresh run."""

from __future__ import annotations

import runpy


def test_a_committed_file_that_no_run_makes_is_noticed(repository, tmp_path):
    script = repository / ".ci" / "reproduce.py"
    leftovers = runpy.run_path(str(script))["leftovers"]
    for name in ("figures/a/index.svg", "figures/a/old.svg", "reports/a/b/c.csv", "reports/z/d"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    made = {"figures/a/index.svg"}
    assert leftovers("a", made, tmp_path) == ["figures/a/old.svg", "reports/a/b/c.csv"]
    assert leftovers("nothing yet", made, tmp_path) == []

"""Lines and branches of the package that the tests reach, measured by slipcover.

Coverage.py follows every line of every library on Python 3.11, and the tests take half as long
again. Slipcover marks the package's own code when it is imported, and takes a mark out of the
code once it was met. A module of the package that is named as a file on the command line is not
measured: pytest imports it itself, to rewrite its assertions. `make test` names none.
"""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
import slipcover


class Reached:
    """Measures in each process that runs tests; the one that began them prints the sum."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.is_worker = hasattr(config, "workeroutput")
        source = str(config.rootpath / "analysis" / "detente")
        # Files that no test imports are counted once, where the sum is made.
        unseen = None if self.is_worker else [source]
        self.measured = slipcover.Slipcover(immediate=True, branch=True, source=unseen)
        self.parts: list[dict[str, Any]] = []
        self.faults: list[str] = []
        if self.is_worker or not config.getoption("numprocesses", None):
            slipcover.ImportManager(
                self.measured, slipcover.FileMatcher(sources=[source])
            ).__enter__()

    def pytest_sessionfinish(self) -> None:
        if not self.is_worker:
            return
        # What goes wrong here says nothing about the tests, whose exit status is to stand.
        try:
            self.config.workeroutput["reached"] = json.dumps(self.measured.get_coverage())
        except Exception as error:
            self.config.workeroutput["fault"] = repr(error)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        given = getattr(node, "workeroutput", {})
        if "fault" in given:
            self.faults.append(given["fault"])
        elif "reached" in given:  # a worker that died has neither
            self.parts.append(json.loads(given["reached"]))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        try:
            table = "" if self.faults else self._table()
        except Exception as error:
            self.faults.append(repr(error))
        if self.faults:
            terminalreporter.write_line(f"Coverage could not be summed: {self.faults[0]}")
            return
        terminalreporter.section("coverage")
        terminalreporter.write(table)

    def _table(self) -> str:
        total = self.measured.get_coverage()
        for part in self.parts:
            slipcover.merge_coverage(total, part)
        printed = io.StringIO()
        slipcover.print_coverage(total, outfile=printed, skip_covered=True, missing_width=60)
        return printed.getvalue()

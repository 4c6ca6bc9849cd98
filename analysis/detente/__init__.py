"""detente: a thermometer for the relations between two countries.

Statements go in, a monthly relations index, charts and a PDF report come out::

    import detente

    statements = detente.read_statements("statements.csv")
    scored = detente.score_statements(statements)
    result = detente.monthly_index(scored, dyad=("RUS", "TUR"))
    detente.plot_index(result)

or, for a whole study, ``detente.run_study(detente.load_study("russia-turkey"))``.

A name is imported when it is first used, so ``import detente`` itself is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.countries import Dyad
    from detente.errors import CheckError, DetenteError
    from detente.events import check_events, episodes_table, read_events
    from detente.figures import (
        plot_bias,
        plot_breaks,
        plot_calendar,
        plot_episodes,
        plot_forecast,
        plot_forest,
        plot_index,
        plot_lead_lag,
        plot_moves,
        plot_regimes,
        plot_robustness,
        plot_sides,
        plot_statements,
        plot_validity,
        plot_voices,
    )
    from detente.index import diff_index, mean_level, monthly_index
    from detente.inference import (
        detect_breaks,
        estimate_change,
        estimate_episodes,
        estimate_lead_lag,
        estimate_regimes,
        estimate_robustness,
        estimate_voices,
        forecast_index,
        needed_statements,
        why,
    )
    from detente.report import write_report
    from detente.statements import check_statements, read_statements
    from detente.study import bundled_studies, init_study, load_study, run_study
    from detente.tone import explain, score_statements
    from detente.validation import read_codings, validate_scorer

    __version__: str

__all__ = [
    "CheckError",
    "DetenteError",
    "Dyad",
    "__version__",
    "bundled_studies",
    "check_events",
    "check_statements",
    "detect_breaks",
    "diff_index",
    "episodes_table",
    "estimate_change",
    "estimate_episodes",
    "estimate_lead_lag",
    "estimate_regimes",
    "estimate_robustness",
    "estimate_voices",
    "explain",
    "forecast_index",
    "init_study",
    "load_study",
    "mean_level",
    "monthly_index",
    "needed_statements",
    "plot_bias",
    "plot_breaks",
    "plot_calendar",
    "plot_episodes",
    "plot_forecast",
    "plot_forest",
    "plot_index",
    "plot_lead_lag",
    "plot_moves",
    "plot_regimes",
    "plot_robustness",
    "plot_sides",
    "plot_statements",
    "plot_validity",
    "plot_voices",
    "read_codings",
    "read_events",
    "read_statements",
    "run_study",
    "score_statements",
    "validate_scorer",
    "why",
    "write_report",
]

#: Public name -> the package that has it.
_HOMES = {
    "CheckError": "errors",
    "DetenteError": "errors",
    "Dyad": "countries",
    "bundled_studies": "study",
    "check_events": "events",
    "detect_breaks": "inference",
    "diff_index": "index",
    "estimate_change": "inference",
    "estimate_episodes": "inference",
    "estimate_lead_lag": "inference",
    "estimate_regimes": "inference",
    "estimate_robustness": "inference",
    "estimate_voices": "inference",
    "forecast_index": "inference",
    "needed_statements": "inference",
    "why": "inference",
    "check_statements": "statements",
    "episodes_table": "events",
    "explain": "tone",
    "init_study": "study",
    "load_study": "study",
    "mean_level": "index",
    "monthly_index": "index",
    "plot_bias": "figures",
    "plot_breaks": "figures",
    "plot_calendar": "figures",
    "plot_episodes": "figures",
    "plot_forecast": "figures",
    "plot_forest": "figures",
    "plot_index": "figures",
    "plot_lead_lag": "figures",
    "plot_moves": "figures",
    "plot_regimes": "figures",
    "plot_robustness": "figures",
    "plot_sides": "figures",
    "plot_statements": "figures",
    "plot_validity": "figures",
    "plot_voices": "figures",
    "read_codings": "validation",
    "read_events": "events",
    "read_statements": "statements",
    "run_study": "study",
    "score_statements": "tone",
    "validate_scorer": "validation",
    "write_report": "report",
}

#: Packages that are there as attributes without an import of their own, as in
#: ``detente.tone.get_scorer("vader")``.
_PACKAGES = frozenset({*_HOMES.values(), "wording"})


def __getattr__(name: str) -> Any:
    """Import a public name or a package when it is first asked for."""
    value: Any
    if name == "__version__":
        value = _version()
    elif name in _HOMES:
        value = getattr(import_module(f"detente.{_HOMES[name]}"), name)
    elif name in _PACKAGES:
        value = import_module(f"detente.{name}")
    else:
        raise AttributeError(f"module 'detente' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names, also those not imported yet."""
    return sorted({*__all__, *_PACKAGES})


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("detente")
    except PackageNotFoundError:
        # The source tree is on the path without being installed.
        return "0+source"

"""Events and the episodes that they form."""

from detente.events.episodes import episodes_table
from detente.events.table import COLUMNS, check_events, load_events, no_events, read_events

__all__ = [
    "COLUMNS",
    "check_events",
    "episodes_table",
    "load_events",
    "no_events",
    "read_events",
]

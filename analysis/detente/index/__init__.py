"""Scored statements to the monthly relations index and its levels."""

from detente.index.level import DifferenceResult, LevelResult, level_difference, mean_level
from detente.index.monthly import monthly_index
from detente.index.occasions import occasion_means
from detente.index.result import (
    BILATERAL,
    COLUMNS,
    MAX_HALF_WIDTH,
    MIN_OCCASIONS,
    Coverage,
    IndexResult,
    is_thin,
)

__all__ = [
    "BILATERAL",
    "COLUMNS",
    "MAX_HALF_WIDTH",
    "MIN_OCCASIONS",
    "Coverage",
    "DifferenceResult",
    "IndexResult",
    "LevelResult",
    "is_thin",
    "level_difference",
    "mean_level",
    "monthly_index",
    "occasion_means",
]

"""Scored statements to the monthly relations index and its levels."""

from detente.index.batches import index_of_batches
from detente.index.corrected import corrected_tones
from detente.index.coverage import MAX_HALF_WIDTH, MIN_OCCASIONS, Coverage, is_thin
from detente.index.draws import IndexDraws, RegressionResult
from detente.index.level import DifferenceResult, LevelResult, level_difference, mean_level
from detente.index.likelihood import MODELS, Model
from detente.index.monthly import METHODS, Method, monthly_index
from detente.index.months import Month, as_day
from detente.index.noise import Noise
from detente.index.occasions import occasion_means
from detente.index.result import BILATERAL, COLUMNS, IndexResult
from detente.index.sides import Weights
from detente.index.smooth import MIN_MONTHS
from detente.index.state import StateFit, fit_state
from detente.index.sums import OccasionSums
from detente.index.vintage import STEPS, DiffResult, diff_index

__all__ = [
    "BILATERAL",
    "COLUMNS",
    "MAX_HALF_WIDTH",
    "METHODS",
    "MIN_MONTHS",
    "MIN_OCCASIONS",
    "MODELS",
    "STEPS",
    "Coverage",
    "DiffResult",
    "DifferenceResult",
    "IndexDraws",
    "IndexResult",
    "LevelResult",
    "Method",
    "Model",
    "Month",
    "Noise",
    "OccasionSums",
    "RegressionResult",
    "StateFit",
    "Weights",
    "as_day",
    "corrected_tones",
    "diff_index",
    "fit_state",
    "index_of_batches",
    "is_thin",
    "level_difference",
    "mean_level",
    "monthly_index",
    "occasion_means",
]

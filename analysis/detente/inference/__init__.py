"""What changed when things happened, and what else the index and its statements can answer."""

from detente.inference.breaks import detect_breaks
from detente.inference.breaks_result import BreaksResult
from detente.inference.change import ChangeResult, estimate_change
from detente.inference.episodes import estimate_episodes
from detente.inference.episodes_result import EpisodesResult
from detente.inference.findings import Findings, estimate_findings
from detente.inference.forecast import forecast_index
from detente.inference.forecast_result import ForecastResult
from detente.inference.interrupted import InterruptedResult, describe_interrupted
from detente.inference.leadlag import LeadLagResult, estimate_lead_lag
from detente.inference.moves import largest_moves, why
from detente.inference.moves_result import MovesResult
from detente.inference.power import PowerResult, needed_statements
from detente.inference.recovery import RecoveryResult, estimate_recovery
from detente.inference.regimes import estimate_regimes
from detente.inference.regimes_result import RegimesResult
from detente.inference.robustness import estimate_robustness
from detente.inference.robustness_result import RobustnessResult
from detente.inference.selection import SelectionResult, selection_needed
from detente.inference.voices import CONTACT_CHANNELS, UNILATERAL_CHANNELS, estimate_voices
from detente.inference.voices_result import VoicesResult
from detente.inference.why_result import WhyResult

__all__ = [
    "CONTACT_CHANNELS",
    "UNILATERAL_CHANNELS",
    "BreaksResult",
    "ChangeResult",
    "EpisodesResult",
    "Findings",
    "ForecastResult",
    "InterruptedResult",
    "LeadLagResult",
    "MovesResult",
    "PowerResult",
    "RecoveryResult",
    "RegimesResult",
    "RobustnessResult",
    "SelectionResult",
    "VoicesResult",
    "WhyResult",
    "describe_interrupted",
    "detect_breaks",
    "estimate_change",
    "estimate_episodes",
    "estimate_findings",
    "estimate_lead_lag",
    "estimate_recovery",
    "estimate_regimes",
    "estimate_robustness",
    "estimate_voices",
    "forecast_index",
    "largest_moves",
    "needed_statements",
    "selection_needed",
    "why",
]

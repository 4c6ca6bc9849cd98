"""Where work runs: here, on all cores, or on a cluster; always with the same results."""

from detente.engines.engine import ENGINES, Engine, SerialEngine, available_cores, get_engine

__all__ = ["ENGINES", "Engine", "SerialEngine", "available_cores", "get_engine"]

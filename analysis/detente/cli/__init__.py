"""The command line `detente`."""

from detente.cli.app import app

__all__ = ["app"]

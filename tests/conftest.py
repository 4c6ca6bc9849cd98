"""What more than one folder of tests needs."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

TESTS = Path(__file__).parent
sys.path.insert(0, str(TESTS))  # so that tests can import their slow twins from reference/

# No clock decides a test: a busy machine is no fault of the code. Where a change is judged
# the examples are the same each time; at a desk they are new ones.
settings.register_profile(
    "detente",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("detente")


@pytest.fixture(scope="session")
def repository() -> Path:
    """Root of the checkout."""
    return TESTS.parent


@pytest.fixture(scope="session")
def shared_data(repository: Path) -> Path:
    """Folder of third-party data that stay outside the repository."""
    folder = repository.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("needs the third-party data, which are not part of the repository")
    return folder

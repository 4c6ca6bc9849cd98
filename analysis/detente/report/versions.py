"""Which software made a report or a run."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version
from platform import python_version

import detente

__all__ = ["versions"]

#: Libraries whose release can change a number or a drawing.
_LIBRARIES = (
    "fonttools",
    "matplotlib",
    "numpy",
    "pandas",
    "py3langid",
    "pyarrow",
    "scipy",
    "statsmodels",
    "typst",
    "vaderSentiment",
)


def versions() -> dict[str, str]:
    """Return the versions of detente, Python and the main libraries.

    Returns
    -------
    dict
        Name and version; "unknown" where a library does not say.

    Examples
    --------
    >>> list(versions())[:2]
    ['detente', 'python']
    """
    return {
        "detente": str(detente.__version__),
        "python": python_version(),
        **{name: _version(name) for name in _LIBRARIES},
    }


@cache  # reading the metadata of ten packages takes as long as typesetting a page
def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "unknown"

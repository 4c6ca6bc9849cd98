"""A logo for the first page, checked before anything is typeset."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from detente.errors import BadArgumentError

__all__ = ["read_logo"]

#: Bytes of the largest logo that is taken.
_LARGEST = 5_000_000
_PNG = b"\x89PNG\r\n\x1a\n"
_REMEDY = "Use an SVG or PNG file, such as --logo logo.svg."


def read_logo(path: str | Path) -> tuple[str, bytes]:
    """Read and check a logo.

    Parameters
    ----------
    path : str or Path
        An SVG or PNG file of at most 5 MB.

    Returns
    -------
    tuple of (str, bytes)
        "logo.svg" or "logo.png", by what the file holds, and its content.

    Raises
    ------
    BadArgumentError
        The file cannot be read, is too large, or is neither a whole PNG nor an SVG.
    """
    place = Path(path).expanduser()
    try:
        size = place.stat().st_size
        if size > _LARGEST:
            raise BadArgumentError(
                f"The logo {place} has {size:,} bytes.",
                remedy=f"Use a file of at most {_LARGEST:,} bytes.",
            )
        content = place.read_bytes()
    except OSError as error:
        raise BadArgumentError(
            f"The logo {place} cannot be read: {error.strerror or error}.", remedy=_REMEDY
        ) from error
    if content.startswith(_PNG):
        _check_png(place, content)
        return "logo.png", content
    _check_svg(place, content)
    return "logo.svg", content


def _check_png(place: Path, content: bytes) -> None:
    sides = [int.from_bytes(content[at : at + 4], "big") for at in (16, 20)]
    if content[12:16] != b"IHDR" or not all(sides) or content[-8:-4] != b"IEND":
        raise BadArgumentError(
            f"The logo {place} is a PNG that ends early or has no size.", remedy=_REMEDY
        )


def _check_svg(place: Path, content: bytes) -> None:
    if b"<!ENTITY" in content:
        # An entity may stand for gigabytes of text, or for another file.
        raise BadArgumentError(
            f"The logo {place} declares XML entities.", remedy="Save the SVG without them."
        )
    try:
        root = ElementTree.fromstring(content)
    except (ElementTree.ParseError, ValueError) as error:
        raise BadArgumentError(
            f"The logo {place} is neither a PNG nor a well-formed SVG: {error}.", remedy=_REMEDY
        ) from error
    if root.tag.rpartition("}")[2] != "svg":
        raise BadArgumentError(
            f"The logo {place} is XML, but its first element is {root.tag[:60]!r}, not svg.",
            remedy=_REMEDY,
        )
    if "viewBox" not in root.attrib and not {"width", "height"} <= set(root.attrib):
        raise BadArgumentError(
            f"The logo {place} is an SVG without a size.",
            remedy="Give it a viewBox, or width and height.",
        )

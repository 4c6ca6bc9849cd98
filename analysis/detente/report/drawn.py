"""Drawings made safe to stand inside a web page."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from detente.errors import ReportError

__all__ = ["inlined"]

_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
#: Elements that run, load or hold foreign markup.
_ACTING = frozenset(
    "script foreignObject iframe object embed audio video handler set animate "
    "animateTransform animateMotion metadata".split()
)
_URL = re.compile(r"url\(\s*['\"]?([^)'\"]*)['\"]?\s*\)")


def inlined(svg: bytes, name: str, alt: str) -> str:
    """Return a drawing as an element of a page.

    Parameters
    ----------
    svg : bytes
        An SVG file.
    name : str
        Put before every id, so that two drawings of a page do not mix.
    alt : str
        Escaped text for a reader who does not see it.

    Returns
    -------
    str
        The element; without scripts and without links to anything outside itself.

    Raises
    ------
    ReportError
        The file is no well-formed SVG.

    Examples
    --------
    >>> drawing = b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"><script/><g id="a"/></svg>'
    >>> inlined(drawing, "fig", "A line.")
    '<svg role="img" aria-label="A line."><g id="fig-a" /></svg>'
    """
    try:
        if b"<!ENTITY" in svg:
            raise ValueError("it declares XML entities")
        root = ElementTree.fromstring(svg)
    except (ElementTree.ParseError, ValueError) as error:
        raise ReportError(
            f"A figure is no well-formed SVG: {error}.",
            remedy="Check the figures that were handed over.",
        ) from error
    _clean(root, name)
    for element in root.iter():
        # The page is HTML, where the elements of SVG have no prefix.
        element.tag = str(element.tag).rpartition("}")[2]
    given = {key: value for key, value in root.attrib.items() if "{" not in key}
    if "viewBox" in given:
        given.pop("width", None) if name.startswith("fig") else None
        given.pop("height", None) if name.startswith("fig") else None
    root.attrib.clear()
    root.attrib.update(given)
    body = ElementTree.tostring(root, encoding="unicode", short_empty_elements=True)
    return body.replace("<svg", f'<svg role="img" aria-label="{alt}"', 1)


def _clean(element: ElementTree.Element, name: str) -> None:
    for child in list(element):
        if not isinstance(child.tag, str) or child.tag.rpartition("}")[2] in _ACTING:
            element.remove(child)
            continue
        _clean(child, name)
    for key, value in list(element.attrib.items()):
        plain = key.rpartition("}")[2]
        if plain.lower().startswith("on"):
            del element.attrib[key]
        elif plain == "id":
            element.attrib[key] = f"{name}-{value}"
        elif plain in ("href", "src"):
            del element.attrib[key]
            if value.startswith("#"):
                element.attrib["href"] = f"#{name}-{value[1:]}"
            elif value.startswith(("data:image/png", "data:image/jpeg")):
                element.attrib["href"] = value
        elif "url(" in value:
            element.attrib[key] = _own(value, name)
    if element.text and element.tag.rpartition("}")[2] == "style":
        element.text = _own(element.text.replace("@import", ""), name)


def _own(value: str, name: str) -> str:
    """Point references of a style to the drawing itself; others lead nowhere."""
    return _URL.sub(
        lambda found: f"url(#{name}-{found[1][1:]})" if found[1].startswith("#") else "none",
        value,
    )

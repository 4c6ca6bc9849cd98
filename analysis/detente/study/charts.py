"""How the charts of a study look, as its table [figures] says."""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator

from detente.errors import did_you_mean

__all__ = ["Charts", "Size", "Style"]

#: Looks and widths of charts, as `detente.figures` has them; said again so that a study can be
#: read without matplotlib.
Style = Literal["paper", "slide", "dark"]
Size = Literal["page", "column"]


class Charts(BaseModel):
    """How the charts of a study look, where a command does not say otherwise.

    Parameters
    ----------
    style : {"paper", "slide", "dark"}, default "paper"
        For paper, for slides, or light on dark.
    size : {"page", "column"}, default "page"
        7.2 inches or 89 mm wide; not for slides.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)

    style: Style = "paper"
    size: Size = "page"

    @field_validator("style", "size", mode="before")
    @classmethod
    def _known(cls, value: object, info: ValidationInfo) -> object:
        known = get_args(Style if info.field_name == "style" else Size)
        if value not in known:
            hint = did_you_mean(str(value), known) or f"Use one of {', '.join(known)}."
            raise ValueError(f"is an unknown {info.field_name} of charts. {hint}")
        return value

    @field_validator("size")
    @classmethod
    def _has_size(cls, value: str, info: ValidationInfo) -> str:
        if value != "page" and info.data.get("style") == "slide":
            raise ValueError(
                "is no size of a slide, which has its own. Leave the size out, or use the style "
                "paper or dark."
            )
        return value

"""What a reader sees: numbers, units and sentences, each formatted in one place."""

from detente.wording.columns import lined
from detente.wording.language import (
    LANGUAGES,
    figures,
    language,
    locale,
    mark,
    say,
    say_as,
    say_count,
    use_language,
)
from detente.wording.names import (
    capital,
    count,
    day_name,
    days_name,
    direction_name,
    listing,
    month_name,
    period_name,
)
from detente.wording.numbers import degrees, difference, estimate, interval, number, share, tone
from detente.wording.shown import shown

__all__ = [
    "LANGUAGES",
    "capital",
    "count",
    "day_name",
    "days_name",
    "degrees",
    "difference",
    "direction_name",
    "estimate",
    "figures",
    "interval",
    "language",
    "lined",
    "listing",
    "locale",
    "mark",
    "month_name",
    "number",
    "period_name",
    "say",
    "say_as",
    "say_count",
    "share",
    "shown",
    "tone",
    "use_language",
]

"""Countries, dyads, and how texts mention them."""

from detente.countries.aliases import surface_forms
from detente.countries.country import Country, country_in_text, country_name, is_country
from detente.countries.dyad import Dyad
from detente.countries.leaders import has_leaders
from detente.countries.spans import mention_spans, mentions

__all__ = [
    "Country",
    "Dyad",
    "country_in_text",
    "country_name",
    "has_leaders",
    "is_country",
    "mention_spans",
    "mentions",
    "surface_forms",
]

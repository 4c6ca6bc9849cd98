"""The tables in `_data` against ISO 3166-1 and against themselves."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date, timedelta
from importlib.resources import files
from itertools import pairwise

import pycountry
import pytest

from detente.countries import mentions, surface_forms
from detente.countries.leaders import guarded_surnames
from reference.each import for_each

ISO = {entry.alpha_3: entry.alpha_2 for entry in pycountry.countries}
# Kosovo goes by codes that ISO 3166-1 leaves to its users.
CODES = {*ISO, "XKX"}
# Nobody lives there for good, so no word for the people is in use.
WITHOUT_PEOPLE = {"ATF", "BVT", "HMD", "SGS", "UMI"}
WITHOUT_CAPITAL = {"ATA", "BVT", "HKG", "HMD", "IOT", "MAC", "TKL", "UMI"}
FULL_OFFICES = {"RUS", "TUR", "JPN", "KOR"}
OTHERS = "USA GBR FRA DEU ITA ESP GRC CYP ISR IRN IRQ SYR EGY SAU UKR ARM AZE GEO CHN IND PAK PRK"
WITH_FOREIGN_MINISTERS = {*FULL_OFFICES, *OTHERS.split(), "POL", "HUN", "SRB"}
HEADS_ONLY = """BLR KAZ MDA ROU BGR XKX ALB MKD HRV ETH ERI SDN KEN NGA ZAF DZA MAR TUN LBY ARE QAT
LBN JOR AFG BGD IDN MYS THA VNM PHL AUS NZL CAN BRA ARG VEN COL MEX CUB FIN SWE NOR DNK NLD LTU LVA
EST CZE SVK AUT KGZ TJK UZB TKM MNG TWN MMR LKA NPL KHM LAO SGP PRT BEL IRL ISL SVN MNE MLT CHL
PER ECU BOL PRY URY GTM HND SLV NIC CRI PAN DOM HTI YEM KWT BHR OMN MDV SOM SSD COD RWA UGA TZA
ZMB ZWE MOZ AGO GHA CIV SEN MLI BFA NER TCD CMR CAF COG GAB GIN LBR SLE BEN TGO MRT DJI BDI MWI
NAM BWA MDG GMB GNQ PNG FJI JAM MUS"""
WANTED = {*WITH_FOREIGN_MINISTERS, *HEADS_ONLY.split()}
# Two governments at once: who led the country is in doubt. South Sudan was none before July 2011.
NOBODY_SURE = {("LBY", 2014), ("LBY", 2015), ("SSD", 2008), ("SSD", 2009), ("SSD", 2010)}
# Who held one office beside another: an acting head, a rival, one party chief over presidents.
AT_ONCE = {
    ("BRA", "Michel Temer"),
    ("CIV", "Alassane Ouattara"),
    ("KGZ", "Roza Otunbayeva"),
    ("KOR", "Choi Sang-mok"),
    ("LBY", "Mustafa Abdul Jalil"),
    ("VNM", "Nông Đức Mạnh"),
    ("VNM", "Nguyễn Phú Trọng"),
    ("VNM", "Tô Lâm"),
}


def _rows(file: str) -> list[dict[str, str]]:
    text = files("detente.countries").joinpath("_data", file).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


ALIASES = _rows("aliases.csv")
LEADERS = _rows("leaders.csv")


def test_every_code_has_one_row_and_no_code_is_unknown() -> None:
    codes = [row["iso3"] for row in ALIASES]
    assert codes == sorted(CODES)


@for_each(ALIASES)
def test_every_row_has_name_demonym_and_capital(row: dict[str, str]) -> None:
    assert None not in row
    assert None not in row.values()
    assert row["name"]
    has_demonym = bool(row["demonyms"] or row["weak"])
    assert has_demonym == (row["iso3"] not in WITHOUT_PEOPLE)
    assert bool(row["capitals"]) == (row["iso3"] not in WITHOUT_CAPITAL)


@for_each(ALIASES)
def test_no_form_is_blank_padded_or_written_twice(row: dict[str, str]) -> None:
    forms = [
        form
        for column in ("name", "names", "demonyms", "capitals", "metonyms", "weak")
        for form in row[column].split("|")
        if row[column]
    ]
    for form in forms:
        assert form == form.strip() != ""
        assert form.lstrip("~=")[0].isalnum(), "a form begins with a letter or a digit"
    # A city state is its own capital.
    assert len(set(forms)) >= len(forms) - (row["name"] == row["capitals"])


@for_each(sorted(ISO))
def test_the_iso_name_mentions_its_country(code: str) -> None:
    entry = pycountry.countries.get(alpha_3=code)
    name = entry.name
    head, comma, tail = name.partition(", ")
    if comma and " and " not in tail:
        name = f"{tail} {head}"  # "Korea, Republic of" is no prose
    assert mentions([name], [code], [date(1900, 1, 1)]).all()


def test_a_form_belongs_to_two_countries_only_where_it_is_weak() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    weak: dict[str, set[str]] = {row["iso3"]: set(row["weak"].split("|")) for row in ALIASES}
    for code in CODES:
        for form in surface_forms(code):
            owners[form].add(code)
    shared = {form: codes for form, codes in owners.items() if len(codes) > 1}
    for form, codes in shared.items():
        is_weak = all(form in weak[code] for code in codes)
        is_leader = not any(form in surface_forms(code, on=date(1900, 1, 1)) for code in codes)
        assert is_weak or is_leader, (form, codes)
    assert shared["Congo"] == {"COD", "COG"}
    assert shared["Dominican"] == {"DMA", "DOM"}


def test_weak_forms_name_rivals_that_exist() -> None:
    for row in ALIASES:
        assert bool(row["weak"]) == bool(row["rivals"])
        assert set(filter(None, row["rivals"].split("|"))) <= CODES - {row["iso3"]}


def test_decoys_hold_a_form_and_are_none() -> None:
    decoys = [row["phrase"] for row in _rows("decoys.csv")]
    assert len(set(decoys)) == len(decoys)
    forms = {form for code in CODES for form in surface_forms(code, on=date(1900, 1, 1))}
    leaders = {form for code in CODES for form in surface_forms(code)}
    assert not set(decoys) & forms
    for phrase in decoys:
        words = phrase.replace("-", " ").replace(",", " ").split()
        parts = {
            " ".join(words[first:last])
            for first in range(len(words))
            for last in range(first + 1, len(words) + 1)
        } | {f"{word}-" for word in words}
        assert parts & leaders, phrase


def test_fips_codes_are_unique_and_differ_from_iso() -> None:
    rows = _rows("fips.csv")
    assert len({row["fips"] for row in rows}) == len(rows)
    for row in rows:
        assert ISO.get(row["iso3"], "XK") != row["fips"]


@for_each(LEADERS)
def test_every_term_is_well_formed(row: dict[str, str]) -> None:
    assert row["iso3"] in CODES
    assert row["rule"] in {"alone", "inside", "titled", "never"}
    assert bool(row["surname"]) == (row["rule"] != "never")
    assert row["full"].split("|")[0] == row["person"]
    last = date.fromisoformat(row["to"]) if row["to"] else date.max
    assert date.fromisoformat(row["from"]) < last
    assert last >= date(2008, 1, 1), "the term ended before the years that are covered"


def test_nobody_holds_one_office_twice_at_once_and_the_wanted_countries_are_there() -> None:
    terms: dict[tuple[str, str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in LEADERS:
        key = (row["iso3"], row["person"], row["office"])
        terms[key].append((row["from"], row["to"] or "9999-12-31"))
    for key, spans in terms.items():
        spans.sort()
        for (_, last), (first, _) in pairwise(spans):
            assert last < first, key
    assert {row["iso3"] for row in LEADERS} == WANTED
    with_ministers = {row["iso3"] for row in LEADERS if row["office"] == "foreign_minister"}
    assert with_ministers == WITH_FOREIGN_MINISTERS


def test_a_term_ends_when_that_of_the_next_in_office_begins() -> None:
    offices: dict[tuple[str, str], list[tuple[date, date, str]]] = defaultdict(list)
    for row in LEADERS:
        if row["office"] != "spokesperson" and (row["iso3"], row["person"]) not in AT_ONCE:
            last = date.fromisoformat(row["to"]) if row["to"] else date.max
            term = (date.fromisoformat(row["from"]), last, row["person"])
            offices[row["iso3"], row["office"]].append(term)
    for office, terms in offices.items():
        for (_, last, before), (first, _, after) in pairwise(sorted(terms)):
            assert last <= first + timedelta(days=7), (office, before, after)


def test_no_leader_shares_a_form_with_another_country() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for code in CODES:
        nobody = set(surface_forms(code, on=date(1900, 1, 1)))
        for form in nobody:
            owners[form].add("a country")
        for form in set(surface_forms(code)) - nobody - guarded_surnames():
            owners[form].add(code)
    shared = {form: codes for form, codes in owners.items() if len(codes) > 1}
    assert not shared, shared


@for_each(
    (code, year)
    for code in sorted(WANTED)
    for year in range(2008, 2026)
    if (code, year) not in NOBODY_SURE
)
def test_somebody_leads_each_wanted_country_in_each_year(code: str, year: int) -> None:
    in_office = set(surface_forms(code, on=date(year, 9, 1)))
    assert in_office - set(surface_forms(code, on=date(1900, 1, 1)))


def test_a_test_over_no_case_at_all_is_refused() -> None:
    with pytest.raises(AssertionError):
        for_each(iter(()))

"""The report as chapters, in their order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from detente import wording
from detente.report.ahead import forecast_blocks
from detente.report.beyond import changes_corrected_blocks, corrected_blocks, selection_blocks
from detente.report.blocks import prose
from detente.report.choices import choices_blocks
from detente.report.course import course_blocks
from detente.report.episodes import episodes_blocks
from detente.report.fixed import SECTION_NAMES
from detente.report.formulas import method_blocks
from detente.report.glossary import codebook_blocks, glossary_blocks
from detente.report.listings import episodes_listing, events_listing
from detente.report.making import making_blocks
from detente.report.material import Material
from detente.report.months import months_block
from detente.report.quotes import extremes_blocks, moved_blocks
from detente.report.sides import two_sides_blocks
from detente.report.sources import data_blocks
from detente.report.unanswered import answered, unanswered_blocks
from detente.report.validity import uncoded_blocks, validity_blocks
from detente.report.voices import voices_blocks

__all__ = ["chapters"]

Blocks = list[dict[str, Any]]


def chapters(m: Material) -> list[dict[str, Any]]:
    """Return the chapters that were chosen and have something to tell.

    Parameters
    ----------
    m : Material
        What the report is made from.

    Returns
    -------
    list of dict
        `title`, `ref`, `is_appendix`, and `blocks`, which page and web page print.
    """
    made: dict[str, Callable[[Material], Blocks]] = {
        "course": course_blocks,
        "events": _events,
        "sides": two_sides_blocks,
        "voices": _voices,
        "forecast": _forecast,
        "validity": _validity,
        "robustness": _robustness,
        # These know what was asked, with an answer or without.
        "open": lambda _: unanswered_blocks(m),
        "method": lambda _: method_blocks(m),
        "data": data_blocks,
    }
    told_here = answered(m)
    told = [
        (wording.say(SECTION_NAMES[name]), f"sec-{name}", make(told_here), False)
        for name, make in made.items()
        if name in m.chosen
    ]
    if "appendix" in m.chosen:
        told += [(title, ref, blocks, True) for title, ref, blocks in _appendix(told_here)]
    return [
        {"title": title, "ref": ref, "is_appendix": is_appendix, "blocks": blocks}
        for title, ref, blocks, is_appendix in told
        if blocks
    ]


def _events(m: Material) -> Blocks:
    own = None if m.findings is None else m.findings.episodes
    if own is None or not m.tells_episodes or m.findings is None:
        return episodes_listing(m.episodes, m.sample, m.about.chosen_before_tones)
    blocks = episodes_blocks(own, m.findings.recovery, m.numbers, m.kinds)
    told = next((i for i, block in enumerate(blocks) if block["kind"] == "heading"), len(blocks))
    windows = m.drawn("episodes")
    return [*blocks[:2], *m.drawn("forest"), *blocks[2 : told + 1], *windows, *blocks[told + 1 :]]


def _voices(m: Material) -> Blocks:
    if m.findings is None or m.findings.voices is None:
        return []
    return [*m.drawn("voices"), *voices_blocks(m.findings.voices)]


def _forecast(m: Material) -> Blocks:
    if m.findings is None or m.findings.forecast is None:
        return []
    return forecast_blocks(m.findings.forecast, m.drawn("forecast"))


def _validity(m: Material) -> Blocks:
    if m.validation is None:
        # Who asks for chosen chapters, this one among them, is told why it is empty.
        return [] if m.chosen >= frozenset(SECTION_NAMES) else uncoded_blocks()
    return validity_blocks(m.validation, m.agreement, m.drawn("validity"), m.about.scorer_note)


def _robustness(m: Material) -> Blocks:
    found = m.findings
    blocks: Blocks = []
    if found is not None and found.robustness is not None:
        blocks += choices_blocks(found.robustness, m.labels, m.drawn("robustness"))
    blocks += corrected_blocks(m.index)
    if found is not None and found.episodes is not None:
        blocks += changes_corrected_blocks(found.episodes, m.labels)
        blocks += selection_blocks(found.episodes, m.labels)
    return blocks


def _appendix(m: Material) -> list[tuple[str, str, Blocks]]:
    moves = None if m.findings is None else m.findings.moves
    return [
        (wording.say("All listed events"), "sec-all-events", events_listing(m.events, m.numbers)),
        (wording.say("The index month by month"), "sec-months", [months_block(m.index)]),
        (
            wording.say("Statements behind the largest moves"),
            "sec-moved",
            []
            if moves is None or not moves.moves
            else moved_blocks(moves, m.sample, only_clear=m.is_small),
        ),
        (
            wording.say("Warmest and coldest statements"),
            "sec-extremes",
            extremes_blocks(m.sample, m.index),
        ),
        (wording.say("Codebook"), "sec-codebook", codebook_blocks(m.sample)),
        (wording.say("Glossary"), "sec-glossary", glossary_blocks()),
        (wording.say("How to cite"), "sec-cite", [prose(m.citation, is_data=True)]),
        (wording.say("Versions and digests"), "sec-making", making_blocks(m)),
    ]

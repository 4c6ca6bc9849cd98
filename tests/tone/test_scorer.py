"""Asking for scorers by name, and adding one's own."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import numpy as np
import pytest

from detente.errors import BadArgumentError
from detente.tone import (
    Scorer,
    TracingScorer,
    available_scorers,
    get_scorer,
    is_scorer_name,
    register_scorer,
    scorer,
)
from detente.tone.calibrated import CalibratedScorer
from detente.tone.target import TargetScorer
from detente.tone.vader import VaderScorer


class Constant:
    """A scorer that gives every text the same tone."""

    name = "constant"
    parameters = {"value": 0.5}  # noqa: RUF012 -- what a user would write

    def score(self, texts, targets, sources=None):  # noqa: ARG002 -- as the protocol
        return np.full(len(texts), 0.5)


@pytest.fixture(autouse=True)
def _registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leave the list of scorers as it was, and begin with "vader" alone."""
    monkeypatch.setattr(scorer, "_FACTORIES", {"vader": scorer._FACTORIES["vader"]})
    monkeypatch.setattr(scorer, "_MADE", {})
    return


def test_shipped_scorers_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert {"target", "vader"} <= set(available_scorers())


def test_vader_is_there_and_made_once() -> None:
    assert available_scorers() == ("vader",)
    assert get_scorer("vader") is get_scorer("vader")
    assert isinstance(get_scorer("vader"), Scorer)


@pytest.mark.parametrize("name", ["vadr", "Vader", "VADER", " vader "])
def test_unknown_name_gets_the_nearest(name: str) -> None:
    with pytest.raises(BadArgumentError, match="Did you mean 'vader'"):
        get_scorer(name)


def test_name_like_no_other_gets_the_list() -> None:
    with pytest.raises(BadArgumentError, match=r"'zzz'\. Available: 'vader'\."):
        get_scorer("zzz")


def test_own_scorer_passes_through_unregistered() -> None:
    own = Constant()
    assert get_scorer(own) is own


def test_factory_is_called_once_and_only_when_asked_for() -> None:
    made: list[Constant] = []

    def factory() -> Constant:
        made.append(Constant())
        return made[-1]

    register_scorer("constant", factory)
    assert available_scorers() == ("constant", "vader")
    assert made == []
    assert get_scorer("constant") is get_scorer("constant") is made[0]
    assert len(made) == 1


def test_taken_name_needs_replace() -> None:
    register_scorer("constant", Constant)
    before = get_scorer("constant")
    with pytest.raises(BadArgumentError, match="exists already"):
        register_scorer("constant", Constant)
    register_scorer("constant", Constant, replace=True)
    assert get_scorer("constant") is not before


@pytest.mark.parametrize(("name", "factory"), [("", Constant), (" ", Constant), ("x", Constant())])
def test_bad_registration_is_refused(name: str, factory: object) -> None:
    with pytest.raises(BadArgumentError):
        register_scorer(name, factory)
    assert available_scorers() == ("vader",)


def test_class_instead_of_object_is_told() -> None:
    with pytest.raises(BadArgumentError, match=r"Pass Constant\(\) instead"):
        get_scorer(Constant)


@pytest.mark.parametrize("thing", [None, 3, object(), ["vader"]])
def test_what_is_no_scorer_is_told(thing: object) -> None:
    with pytest.raises(BadArgumentError, match="lacks"):
        get_scorer(thing)


def test_missing_parts_are_named() -> None:
    class Nameless:
        parameters = {}  # noqa: RUF012

        def score(self, texts, targets, sources=None):  # noqa: ARG002 -- as the protocol
            return np.zeros(len(texts))

    with pytest.raises(BadArgumentError, match="lacks name "):
        get_scorer(Nameless())


def test_parts_of_the_wrong_kind_are_told() -> None:
    odd = Constant()
    odd.name = 3
    with pytest.raises(BadArgumentError, match="text as name"):
        get_scorer(odd)


def test_factory_that_makes_no_scorer_is_told() -> None:
    register_scorer("odd", dict)
    with pytest.raises(BadArgumentError, match="registered as scorer 'odd' lacks"):
        get_scorer("odd")


def test_known_names_are_told_without_making_a_scorer() -> None:
    register_scorer("broken", lambda: 1 / 0)
    assert is_scorer_name("broken")
    assert is_scorer_name("vader")
    assert not is_scorer_name("vadr")
    assert not is_scorer_name("")


def test_tracing_is_told_by_its_method() -> None:
    class Tracing(Constant):
        def trace_batch(self, texts, targets, sources=None):  # noqa: ARG002 -- as the protocol
            return []

    assert isinstance(Tracing(), TracingScorer)
    assert not isinstance(Constant(), TracingScorer)
    assert not isinstance(get_scorer("vader"), TracingScorer)


@pytest.mark.parametrize("make", [VaderScorer, TargetScorer, CalibratedScorer])
def test_a_scorer_that_went_to_another_process_gives_the_same_tones(make):
    scorer = make()
    texts = ["Ankara stabbed us in the back.", "He thanked Turkey for its friendship."]
    forms = [("Turkey", "Ankara")] * 2, [("Russia", "Moscow")] * 2
    sent = pickle.loads(pickle.dumps(scorer))
    assert sent.score(texts, *forms).tolist() == scorer.score(texts, *forms).tolist()
    assert sent.parameters == scorer.parameters


def test_a_scorer_knows_nothing_of_the_names_that_another_has_read():
    TargetScorer().score(["Zubrowka thanked Absurdistan."], [("Absurdistan",)], [("Zubrowka",)])
    later = TargetScorer()
    (part,) = later.explain(
        "Lavrov praised Absurdistan.", ["Ruritania"], ["Russia", "Lavrov"]
    ).parts
    assert (part.entry, part.link) == ("praise@v", "implicit")

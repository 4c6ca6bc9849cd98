from __future__ import annotations

import itertools
import json
import subprocess
import sys
import time

import numpy as np
import pandas as pd
import pytest

from detente.countries import mention_spans, surface_forms
from detente.errors import BadArgumentError
from detente.tone import Scorer, TracingScorer
from detente.tone.calibrated import CalibratedScorer
from detente.tone.calibrated.naming import text_digest
from detente.tone.target import TargetScorer
from detente.tone.target.lexicon import Entry

FRESH = [
    ("Lavrov warned Turkey that a second strike would have grave consequences.", "TUR", "RUS"),
    (
        "Erdogan thanked Putin for his friendship and called Russia a strategic partner.",
        "RUS",
        "TUR",
    ),
    ("Peskov said Ankara and Moscow would discuss grain exports on 24 May.", "TUR", "RUS"),
    ("Putin condemned the attack in Istanbul and offered Turkey condolences.", "TUR", "RUS"),
    (
        "The Turkish side regretted the Kremlin's decision, though Russian tourists are welcome.",
        "RUS",
        "TUR",
    ),
    (
        "If Moscow apologises, said Cavusoglu, relations with Russia will return to normal.",
        "RUS",
        "TUR",
    ),
]


@pytest.fixture(scope="module")
def scorer():
    return CalibratedScorer()


def forms(code):
    return surface_forms(code, on=pd.Timestamp("2016-06-01"))


def swapped(text, a, b):
    """Put b's forms in the place of a's, and a's in the place of b's, in turn."""
    found = []
    for here, there in ((a, b), (b, a)):
        others = itertools.cycle(f for f in forms(there) if not f.endswith("-"))
        found += [(s, e, next(others)) for s, e, _ in mention_spans(text, forms(here))]
    for start, end, other in sorted(found, reverse=True):
        text = text[:start] + other + text[end:]
    return text


def test_it_is_a_scorer(scorer):
    assert isinstance(scorer, Scorer)
    assert isinstance(scorer, TracingScorer)
    assert scorer.name == "calibrated"
    parameters = json.loads(json.dumps(dict(scorer.parameters)))
    assert len(parameters["training_digest"]) == 64
    assert parameters["n"] > 738
    assert parameters["out_of_fold"]["pearson"][0] > 0.75


@pytest.mark.parametrize(("text", "target", "source"), FRESH)
def test_swapping_the_countries_changes_nothing(scorer, text, target, source):
    other = swapped(text, target, source)
    assert other != text
    before = scorer.score([text], [forms(target)], [forms(source)])
    after = scorer.score([other], [forms(source)], [forms(target)])
    np.testing.assert_allclose(after, before, atol=1e-9, rtol=0)


def test_another_dyad_in_their_place_changes_nothing(scorer):
    text = "Lavrov warned Turkey of grave consequences."
    other = "Kishida warned South Korea of grave consequences."
    a = scorer.score([text], [("Turkey",)], [("Lavrov",)])
    b = scorer.score([other], [("South Korea",)], [("Kishida",)])
    assert a == b


@pytest.mark.parametrize(("text", "target", "source"), FRESH)
def test_the_parts_add_up_to_the_tone(scorer, text, target, source):
    trace = scorer.explain(text, forms(target), forms(source))
    assert sum(p.contribution for p in trace.parts) == pytest.approx(trace.unclipped, abs=1e-12)
    tone = scorer.score([text], [forms(target)], [forms(source)])[0]
    assert trace.tone == pytest.approx(tone, abs=1e-12)
    for part in trace.parts:
        assert (part.link == "model") == (part.end == 0)
        assert 0 <= part.start <= part.end <= len(text)
    links = {part.link for part in trace.parts}
    assert "ngram" in links
    assert links - {"ngram", "model"}
    json.dumps(trace.to_dict())


def test_a_part_stands_where_its_words_stand(scorer):
    text = "Putin thanked Turkey, saying he thanked Turkey."
    trace = scorer.explain(text, ("Turkey",), ("Putin",))
    spots = {p.entry: text[p.start : p.end] for p in trace.parts if p.link == "ngram"}
    assert spots["thank TARGET"] == "thanked Turkey"
    assert text.index(spots["thank TARGET"]) == 6


def test_signs(scorer):
    tones = scorer.score(
        [text for text, _, _ in FRESH], [forms(t) for _, t, _ in FRESH],
        [forms(s) for _, _, s in FRESH],
    )  # fmt: skip
    assert tones[0] < -0.25
    assert tones[1] > 0.5
    assert tones[3] > 0.25


def test_bad_input_has_a_defined_result(scorer):
    texts = ["", "?!", "🙂 123", "Спасибо Turkey 谢谢", "no mention at all", "word " * 20_000]
    tones = scorer.score(texts, [("Turkey",)] * len(texts), None)
    assert np.isnan(tones[:3]).all()
    assert np.isfinite(tones[3:]).all()
    assert np.abs(tones[3:]).max() <= 1
    assert scorer.explain("", ("Turkey",)).flags == ("no_letters",)
    assert "implicit_target" in scorer.explain("no mention at all", ("Turkey",)).flags
    assert scorer.score([], []).shape == (0,)


def test_company_and_order_change_no_tone(scorer):
    texts, targets, sources = (list(column) for column in zip(*FRESH, strict=True))
    targets, sources = [forms(c) for c in targets], [forms(c) for c in sources]
    together = scorer.score(texts, targets, sources)
    alone = [
        scorer.score([x], [t], [s])[0] for x, t, s in zip(texts, targets, sources, strict=True)
    ]
    np.testing.assert_allclose(together, alone, atol=1e-12)
    reverse = scorer.score(texts[::-1], targets[::-1], sources[::-1])
    np.testing.assert_allclose(together, reverse[::-1], atol=1e-12)


def test_the_model_was_trained_with_the_rules_in_use(scorer):
    # If this fails the rule scorer has changed: train anew, see _data/README.md.
    assert scorer.parameters["rules"] == scorer.parameters["rules_in_use"]


def test_another_model_reads_the_lexicon_no_second_time(monkeypatch):
    scorer = CalibratedScorer()
    text, target, source = ["He thanked Turkey."], [("Turkey",)], [("Russia",)]
    tone = scorer.score(text, target, source)

    def read_again(*_):
        raise AssertionError("the lexicon was read again")

    monkeypatch.setattr("detente.tone.calibrated.rules.TargetScorer", read_again)
    assert scorer.with_model(scorer.model).score(text, target, source) == tone


def test_an_entry_that_cannot_be_used_is_told_before_anything_is_scored():
    with pytest.raises(BadArgumentError, match="valence 9"):
        CalibratedScorer(extra=[Entry("friendly fire", 9.0, "stance")])


def test_evidence(scorer):
    found = scorer.has_evidence(["He thanked them.", "xyzzy"])
    assert found.tolist() == [True, False]


@pytest.mark.parametrize(
    "text",
    [
        *("The", "the", "And", "He", "No", "TURKEY", "Turkey", "Putin", "2016 Moscow", "of the"),
        *("Turkey and Russia", "TURKEY AND RUSSIA", "Turkey and Russia and 🙂", "🙂 The"),
        *("Заявление МИД", "заявление", "Спасибо", "土耳其", "xyzzy", "The Foreign Ministry"),
        *("Putin and Erdogan and", "It is in the", "Türkiye ve Rusya"),
    ],
)
def test_a_text_without_content_is_about_neutral_and_says_so(scorer, text):
    target, source = ("Turkey", "Erdogan"), ("Russia", "Moscow", "Putin")
    assert abs(scorer.score([text], [target], [source])[0]) <= 0.15
    assert "no_evaluative_words" in scorer.explain(text, target, source).flags
    assert not scorer.has_evidence([text])[0]


def test_both_scorers_name_the_word_that_turned_an_expression(scorer):
    text, forms = "Putin said Turkey was not a friend.", (("Turkey",), ("Putin",))
    for one in (scorer, TargetScorer()):
        notes = {part.entry: part.notes for part in one.explain(text, *forms).parts}
        assert "negated by 'not'" in notes["friend@n"]


def test_features_meet_their_rule(scorer):
    model = scorer.model
    assert model.count.min() >= 5
    assert list(model.features) == sorted(model.features)
    assert max(len(f.split()) for f in model.features) <= 3
    assert len(text_digest("")) == 64


def test_scoring_loads_no_scikit_learn():
    code = (
        "import sys; from detente.tone import calibrated\n"
        "calibrated.CalibratedScorer().score(['He thanked Turkey.'], [('Turkey',)])\n"
        "sys.exit('sklearn' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, env={"PYTHONPATH": ":".join(sys.path)}
    )
    assert done.returncode == 0


def test_cost_grows_with_length_only_linearly(scorer):
    def seconds(n):
        text = "Lavrov warned Turkey of grave consequences. " * n
        began = time.perf_counter()
        scorer.score([text], [("Turkey",)], [("Lavrov",)])
        return time.perf_counter() - began

    seconds(10)
    assert seconds(2000) < 12 * max(seconds(500), 0.01)

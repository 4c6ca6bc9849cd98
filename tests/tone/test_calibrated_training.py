from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from detente.countries import surface_forms
from detente.errors import BadArgumentError, ReadError
from detente.tone.calibrated import CalibratedModel, CalibratedScorer, train, train_with_report
from detente.tone.calibrated.corpus import make_corpus
from detente.tone.calibrated.quality import agreement, macro_f1, pearson, slope

WARM = ["praised the friendship with", "thanked", "spoke of brotherly ties with"]
COLD = ["protested sharply against the conduct of", "accused", "condemned the lies of"]
FLAT = ["noted the calendar of", "described the procedure for", "listed the items sent by"]
ENDS = ["in trade", "in energy", "on the border", "at sea", "at the meeting", "by letter"]


def coded(n_years: int = 5, a_year: int = 48) -> tuple[pd.DataFrame, pd.DataFrame]:
    rows, codes = [], []
    for i in range(n_years * a_year):
        code = (-2, 0, 2)[i % 3]
        phrase = {-2: COLD, 0: FLAT, 2: WARM}[code][(i // 3) % 3]
        year, month = 2010 + i // a_year, 1 + i % 12
        rows.append(
            {
                "id": f"s{i}",
                "date": f"{year}-{month:02d}-11",
                "source": "RUS" if i % 2 else "TUR",
                "target": "TUR" if i % 2 else "RUS",
                "topic": ("trade", "energy", "border")[(i // 7) % 3],
                "text": f"The minister {phrase} {'Turkey' if i % 2 else 'Russia'} "
                f"{ENDS[(i // 9) % 6]} {'and so on ' * (i % 4)}number {i}.",
            }
        )
        codes.append({"id": f"s{i}", "coder": "A", "code": code})
    return pd.DataFrame(rows), pd.DataFrame(codes)


@pytest.fixture(scope="module")
def training():
    return train_with_report(*coded())


def forms(frame):
    target = [
        surface_forms(c, on=pd.Timestamp(d)) for c, d in zip(frame.target, frame.date, strict=True)
    ]
    source = [
        surface_forms(c, on=pd.Timestamp(d)) for c, d in zip(frame.source, frame.date, strict=True)
    ]
    return target, source


def test_it_learns_what_the_codings_say(training):
    assert training.out_of_fold.pearson.value > 0.9
    assert 0.9 < training.out_of_fold.slope.value < 1.1
    assert training.out_of_fold.pearson.lower <= training.out_of_fold.pearson.value
    assert training.transfer == {}  # one dyad only
    grams = dict(training.model.strongest(1000))
    assert grams["thanked TARGET"] > 0 > grams["accused TARGET"]


def test_no_feature_names_a_country_or_a_number(training):
    words = {word for feature in training.model.features for word in feature.split()}
    assert not words & {"turkey", "russia", "turkish", "russian", "moscow", "ankara"}
    assert not any(any(c.isdigit() for c in word) for word in words)


def test_statements_trained_on_get_their_out_of_fold_tone(training):
    statements, _ = coded()
    scorer = CalibratedScorer(training.model)
    tones = scorer.score(statements.text, *forms(statements))
    np.testing.assert_array_equal(tones, [training.model.by_role[d] for d in digests(statements)])
    assert scorer.score(["  " + statements.text[0].upper().lower()], [("Nowhere",)])[0] == tones[0]
    first = scorer.explain(statements.text[0], *(f[0] for f in forms(statements)))
    assert first.is_out_of_fold
    assert first.tone == pytest.approx(tones[0], abs=1e-12)
    assert not scorer.explain("He thanked Turkey.", ["Turkey"]).is_out_of_fold


def digests(statements):
    order = make_corpus(*coded())
    by_text = dict(zip(order.text_digest, order.role_digest, strict=True))
    from detente.tone.calibrated.naming import text_digest

    return [by_text[text_digest(text)] for text in statements.text]


def test_save_and_load_keep_every_byte(training, tmp_path):
    training.model.save(tmp_path / "a")
    again = CalibratedModel.load(tmp_path / "a")
    again.save(tmp_path / "b")
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()
    text = ["The minister thanked Turkey warmly and praised it."]
    target, source = [("Turkey",)], [("Russia",)]
    assert CalibratedScorer(again).score(text, target, source) == CalibratedScorer(
        training.model
    ).score(text, target, source)


def test_training_again_gives_the_same_bytes(training):
    statements, codings = coded()
    again = train(statements.sample(frac=1, random_state=1), codings[::-1])
    assert again.files() == training.model.files()


def test_the_callers_frames_are_left_alone():
    statements, codings = coded()
    before = statements.copy(), codings.copy()
    make_corpus(statements, codings)
    pd.testing.assert_frame_equal(statements, before[0])
    pd.testing.assert_frame_equal(codings, before[1])


def test_too_few_codings_are_refused_with_every_reason():
    statements, codings = coded(n_years=2, a_year=30)
    with pytest.raises(BadArgumentError) as caught:
        train(statements, codings.assign(code=2))
    for reason in (
        "coded statements: 60 found, 150 needed",
        "2 found",
        "cold: 0 found",
        "neutral: 0 found",
    ):
        assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda s, c: (s.drop(columns="text"), c), "lack the column"),
        (lambda s, c: (s, c.assign(code=4)), "outside -3 to 3"),
        (lambda s, c: (pd.concat([s, s]), c), "occurs twice"),
        (lambda s, c: (s, c.assign(id="x")), "No coding belongs"),
    ],
)
def test_bad_frames_are_refused(change, words):
    with pytest.raises(BadArgumentError, match=words):
        train(*change(*coded()))


def test_a_broken_folder_is_refused(training, tmp_path):
    with pytest.raises(ReadError):
        CalibratedModel.load(tmp_path / "none")
    training.model.save(tmp_path)
    (tmp_path / "weights.csv").write_text("a,b\n1,2\n")
    with pytest.raises(ReadError):
        CalibratedModel.load(tmp_path)


def test_topics_may_be_missing():
    statements, codings = coded()
    model = train(statements.drop(columns="topic"), codings)
    assert len(model.features) > 10


def test_figures_by_hand():
    gold = np.array([-1.0, 0.0, 1.0, 1.0])
    tone = np.array([-0.5, 0.0, 0.5, 0.0])
    assert macro_f1(gold, tone) == pytest.approx((1 + 2 / 3 + 2 / 3) / 3)
    assert pearson(gold, gold) == pytest.approx(1)
    assert slope(gold, gold / 2) == pytest.approx(2)
    assert pearson(gold, np.zeros(4)) == 0.0
    figures = agreement(gold, tone, np.arange(4), seed=1)
    assert figures == agreement(gold, tone, np.arange(4), seed=1)
    assert figures.pearson.lower <= figures.pearson.value <= figures.pearson.upper

"""The chapter "Validity" and its line on page 1."""

from __future__ import annotations

import json
import re

import numpy as np
import pandas as pd
import pytest

from detente.report.sure import sure, who_coded
from detente.report.validity import strongest_parts
from detente.tone import score_statements
from detente.validation import coder_agreement, validate_scorer

FORBIDDEN = re.compile(r"(?i)\bceiling\b|\bexpert|ground truth|\bnan\b")


def codings_of(scored: pd.DataFrame, coder_type: str = "machine") -> pd.DataFrame:
    random = np.random.default_rng(5)
    code = np.clip(np.round(scored["tone"] * 3 + random.normal(0, 1, len(scored))), -3, 3)
    one = pd.DataFrame({"id": scored["id"], "coder": "A", "code": code.astype(int)})
    both = pd.concat([one, one.assign(coder="B", code=one["code"].clip(-2, 2))])
    return both.assign(coder_type=coder_type)


@pytest.fixture
def coded(scored):
    return scored.assign(id=[f"s{i:03d}" for i in range(len(scored))])


def made(coded, coder_type="machine", **options):
    codings = codings_of(coded, coder_type)
    result = validate_scorer(coded, codings, scorer_name="target", n_boot=60, **options)
    return result, coder_agreement(codings, n_boot=60)


def test_a_report_without_validation_has_no_such_chapter(plain_text):
    assert "Validity" not in plain_text
    assert "Agreement with" not in plain_text


def test_who_asks_for_the_chapter_of_a_study_without_codings_is_told_how_to_add_them(report, read):
    text = " ".join(read(report(sections=["validity", "data"]).path).split())
    assert "No statement of this study that has a tone was coded" in text
    for part in ("id, coder, code and coder_type", 'codings = "codings.csv"'):
        assert part in text
    assert "No statement of this study" not in read(report(sections=["data"]).path)


def test_the_chapter_prints_the_figures_of_the_result(report, read, coded):
    result, agreement = made(coded)
    written = report(statements=coded, validation=result, coder_agreement=agreement)
    text = read(written.path).replace("’", "'")
    assert FORBIDDEN.findall(text) == []
    for part in ("Validity", "Who coded", "two machine codings (no human coding yet)"):
        assert part in text
    assert f"Pearson's r {result.estimate('pearson')}" in text
    assert result.estimate("pearson", baseline=True) in text
    assert result.estimate("slope_quarterly") in text
    assert f"r = {result.estimate('pearson')} with machine codings of {result.n} statements" in text
    assert "; no human coding yet" in text
    assert "Krippendorff's alpha" in text
    for _, row in result.misses.head(3).iterrows():
        assert row["text"] in text
    assert "Validation of ‘target' against codings" in text


def test_a_clear_bias_is_printed_and_an_unclear_one_is_not(report, read, coded):
    warm = coded.assign(tone=np.where(coded["topic"] == "trade", 1.0, coded["tone"]))
    codings = codings_of(coded)
    result = validate_scorer(warm, codings, scorer_name="target", n_boot=60)
    text = read(report(statements=warm, validation=result).path)
    assert "Groups with a bias clear of zero" in text
    assert re.search(r"topic trade \+0\.\d\d", text)
    assert not re.search(r"topic syria [+−]0\.\d\d", text)


def test_in_sample_figures_are_not_called_a_validation(report, read, coded):
    result, _ = made(coded, in_sample=True)
    text = read(report(statements=coded, validation=result).path).replace("’", "'")
    assert "In-sample agreement of ‘target' with the codings" in text
    assert f"with machine codings of {result.n} statements, to which the scorer was fitted" in text
    assert "Validation of" not in text


def test_out_of_fold_figures_say_so_in_the_chapter_and_on_page_one(report, read, coded):
    trace = '[{"start":0,"end":0,"entry":"out of fold","valence":0.1,"factor":1.0,"link":"model"}]'
    result, _ = made(coded.assign(trace=trace), written_with="codings of the study y")
    text = " ".join(read(report(statements=coded, validation=result).path).split())
    text = text.replace("’", "'")
    assert "against codings, out-of-fold" in text
    assert "target, out-of-fold Plain VADER" in text
    assert "Out-of-fold: judged by a model that saw no statement of the same year." in text
    assert "the codings of the study y in view: agreement with these is flattered." in text
    assert f"r = {result.estimate('pearson')}, out-of-fold, with machine codings" in text
    assert "(learned from: difference to a model that never saw its year) +0.10" in text


def test_page_one_names_who_coded(coded):
    human, _ = made(coded, "human")
    assert who_coded(human) == "human"
    agreement = sure(coded, None, human)[2]
    assert f"{agreement['number']} {agreement['text']}" == (
        f"r = {human.estimate('pearson')} with human codings of {human.n} statements"
    )
    kinds = np.where(codings_of(coded)["coder"] == "A", "human", "machine")
    codings = codings_of(coded).assign(coder_type=kinds)
    both = validate_scorer(coded, codings, scorer_name="target", n_boot=60)
    assert who_coded(both) == "human and machine"
    assert "no human" not in sure(coded, None, both)[2]["text"]
    assert sure(coded, None, None)[2]["number"] == "not known"


def test_misses_show_the_strongest_parts_of_their_trace():
    frame = pd.DataFrame(
        {
            "date": pd.to_datetime(["2016-01-02"]),
            "source": "RUS",
            "target": "TUR",
            "text": "Putin condemned Turkey and thanked Greece.",
        }
    )
    scored = score_statements(frame, "target")
    trace = scored["trace"].iloc[0]
    told = strongest_parts(frame["text"].iloc[0], trace)
    parts = sorted(json.loads(trace), key=lambda part: -abs(part["valence"] * part["factor"]))
    first = frame["text"].iloc[0][parts[0]["start"] : parts[0]["end"]]
    assert told.startswith(f"“{first}”")
    assert strongest_parts("Any.", None) == ""


def test_the_same_validation_gives_the_same_bytes(report, coded, tmp_path):
    result, agreement = made(coded)
    files = [
        report(
            path=tmp_path / name,
            statements=coded,
            validation=result,
            coder_agreement=agreement,
        ).path.read_bytes()
        for name in ("a.pdf", "b.pdf")
    ]
    assert files[0] == files[1]

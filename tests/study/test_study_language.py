"""A run in another language: sentences follow it, values for machines do not."""

from __future__ import annotations

import json
import pickle

import pandas as pd

from detente import wording
from detente.study import run_study
from detente.study.notices import noticed, study_notices

#: Columns that are sentences.
SAID = {"reason", "notice", "coders"}


def read(folder, name):
    return pd.read_csv(folder / name, keep_default_na=False)


def sentence(folder):
    text = (folder / "reports" / "mine" / "results.json").read_text("utf-8")
    return json.loads(text)["sentences"][0]


def test_tables_have_the_same_columns_and_verdicts_in_every_language(example_run, tmp_path):
    english, out = example_run
    study = english.study.with_choices(language="tr")
    result = run_study(study, tmp_path, parts=("tables", "findings"))
    here, there = (folder / "reports" / study.name for folder in (out, tmp_path))
    tables = sorted(path.name for path in there.glob("*.csv"))
    assert "episodes.csv" in tables
    for name in tables:
        one, other = read(here, name), read(there, name)
        assert list(one.columns) == list(other.columns)
        kept = [column for column in one.columns if column not in SAID]
        pd.testing.assert_frame_equal(one[kept], other[kept])
    record = json.loads((there / "results.json").read_text("utf-8"))
    with wording.use_language("tr"):
        first, last = result.index.months[[0, -1]]
        period = wording.period_name(first, last)
    assert record["sentences"][0].startswith(period)
    assert period not in (here / "results.json").read_text("utf-8")
    assert (
        json.loads((there / "manifest.json").read_text("utf-8"))["parameters"]["language"] == "tr"
    )
    assert wording.language() == "en"


def test_a_study_of_no_language_is_told_in_that_of_its_run(example, tmp_path):
    with wording.use_language("ru"):
        result = run_study(example, tmp_path, parts=("tables",))
        russian = wording.month_name(result.index.months[0])
    assert sentence(tmp_path).startswith(russian)
    with wording.use_language("ru"):
        run_study(example.with_choices(language="en"), tmp_path, parts=("tables",))
    assert sentence(tmp_path).startswith(wording.month_name(result.index.months[0]))


def test_grave_notices_are_found_by_their_code_in_other_processes_too():
    notices = pickle.loads(pickle.dumps(study_notices(n_example=2, n_rejected=1, n_unscored=3)))
    assert [notice.code for notice in notices] == ["example", "rejected", "unscored"]
    table = noticed(pd.DataFrame({"x": [1]}), notices)
    assert table["notice"].tolist() == ["EXAMPLE DATA; 1 bad row set aside"]
    assert "notice" not in noticed(pd.DataFrame({"x": [1]}), notices[2:])


def test_a_notice_has_a_short_form_where_it_is_long():
    notices = pickle.loads(pickle.dumps(study_notices(refused="both sides: few", n_rejected=1)))
    assert [notice.short for notice in notices] == ["Index by monthly means", "1 bad row set aside"]

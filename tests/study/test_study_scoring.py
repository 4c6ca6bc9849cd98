"""The scorer of a study, with its own lexicon, model and names; and its validation."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from detente.errors import CheckError, ReadError, StudyError
from detente.study import check_study, compute_study, load_study, run_study
from detente.study.lexicon import load_lexicon
from detente.study.scoring import study_scorer
from detente.study.trained import training_note
from detente.study.validation import validate_study
from detente.tone import get_scorer
from detente.tone.calibrated import CalibratedScorer


@pytest.fixture
def changed(example):
    """Return a function that rewrites study.toml and adds files."""

    def change(*pairs, **files):
        path = example.folder / "study.toml"
        text = path.read_text("utf-8")
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new)
        path.write_text(text, "utf-8")
        for name, content in files.items():
            (example.folder / f"{name}.csv").write_text(content, "utf-8")
        return load_study(example.folder)

    return change


TARGET = ('scorer = "calibrated"', 'scorer = "target"')
LEXICON = ('# lexicon = "', 'lexicon = "')
CODINGS = ('codings = "', 'codings = "')


def codings_of(study, code):
    """Return codings of the example, each code by a function of the row."""
    frame = pd.read_csv(study.path("statements"))
    rows = [f"{row.id},A,{code(i)},machine" for i, row in enumerate(frame.itertuples())]
    return "\n".join(["id,coder,code,coder_type", *rows]) + "\n"


def test_without_files_of_its_own_a_study_has_the_plain_scorer(example):
    assert study_scorer(example).name == "calibrated"
    assert study_scorer(example, "target").parameters["extra_entries"] == 0


def test_a_lexicon_goes_into_the_scorer_target_and_no_other(changed):
    study = changed(TARGET, LEXICON, lexicon="entry,valence,kind\nborder,3,bond\n")
    assert study_scorer(study).parameters["extra_entries"] == 1
    assert study_scorer(study, "vader").name == "vader"
    study = changed((TARGET[1], 'scorer = "vader"'))
    problems = compute_study(study).data.problems
    assert any("'vader' does not read" in problem.problem for problem in problems)


def test_a_lexicon_changes_the_tone_of_a_run_and_the_manifest_has_its_digest(changed, tmp_path):
    before = compute_study(changed(TARGET)).statements["tone"]
    study = changed(LEXICON, lexicon="entry,valence,kind\ndelegation,-4,stance\n")
    result = run_study(study, tmp_path / "out", parts=["tables"])
    after = result.statements["tone"]
    touched = result.statements["text"].str.contains("delegation")
    assert touched.any()
    assert (after[touched] < before[touched]).any()
    assert after[~touched].tolist() == before[~touched].tolist()
    manifest = json.loads((tmp_path / "out/reports/mine/manifest.json").read_text("utf-8"))
    assert manifest["inputs"]["lexicon"]["file"] == "lexicon.csv"
    assert manifest["inputs"]["lexicon"]["sha256"] == result.data.digests["lexicon"]
    assert manifest["parameters"]["scorer_parameters"]["extra_entries"] == 1


def test_a_faulty_lexicon_stops_the_run(changed):
    study = changed(TARGET, LEXICON, lexicon="entry,valence,kind\nborder,5,bond\n")
    with pytest.raises(CheckError, match=r"lexicon\.csv, row 2, column valence.*'5'"):
        compute_study(study)
    with pytest.raises(CheckError, match="out of range"):
        study_scorer(study)


def test_a_model_that_is_not_there_is_one_of_the_problems(changed):
    study = changed(('# model = "', 'model = "'))
    with pytest.raises(CheckError, match="detente train"):
        compute_study(study)
    with pytest.raises(ReadError, match="detente train"):
        study_scorer(study)


def test_a_model_folder_is_used_and_its_digest_kept(changed):
    study = changed(('# model = "', 'model = "'))
    model = CalibratedScorer().model
    model.save(study.folder / "model")
    first = compute_study(study)
    assert first.scorer.model.features == model.features
    assert first.scorer is not study_scorer(load_study("russia-turkey"), "calibrated")
    weights = study.folder / "model" / "weights.csv"
    weights.write_text(weights.read_text("utf-8").replace(",rule,", ",rule,0", 1), "utf-8")
    assert compute_study(study).data.digests["model"] != first.data.digests["model"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('XYZ = ["a"]', "'XYZ', which is no country of the dyad; use IND and PAK"),
        ('PAK = "Islamabad side"', r'write a list, such as \["Islamabad side"\]'),
        ('PAK = [" "]', "is empty"),
    ],
)
def test_wrong_aliases_are_refused(changed, line, says):
    with pytest.raises(StudyError, match=says):
        changed(('# PAK = ["the government there"]', line))


def test_aliases_are_mentions_of_their_country(changed):
    study = changed(TARGET)
    frame = study.folder / "statements.csv"
    frame.write_text(frame.read_text("utf-8").replace("Pakistan", "our neighbour of the west"))
    n_before = compute_study(study).statements["tone_flag"].str.contains("implicit").sum()
    study = changed(('# PAK = ["the government there"]', 'PAK = ["our neighbour of the west"]'))
    assert study.aliases == {"PAK": ("our neighbour of the west",)}
    n_after = compute_study(study).statements["tone_flag"].str.contains("implicit").sum()
    assert n_after < n_before


def test_a_study_without_codings_has_no_validation(example_run):
    result, folder = example_run
    assert result.validation is None
    assert not (folder / "reports" / "mine" / "validation.csv").exists()
    results = json.loads((folder / "reports" / "mine" / "results.json").read_text("utf-8"))
    assert results["validation"] is None
    with pytest.raises(StudyError, match=r"codings.csv has no coding yet.*10 of them cold"):
        validate_study(result.study)


def test_a_study_that_names_no_codings_is_told_how_to_add_them(changed):
    study = changed(('codings = "codings.csv"', ""))
    with pytest.raises(StudyError, match=r"has no codings.*below \[files\]"):
        validate_study(study)
    assert not [p for p in check_study(study) if "coding" in p.problem]


def test_a_file_of_codings_with_a_header_alone_stops_nothing(example, changed):
    (told,) = [p for p in check_study(example) if "coding" in p.problem]
    assert told.severity == "warning"
    assert "no coding yet" in told.problem
    assert "remove the line codings" in told.remedy
    assert compute_study(example).validation is None
    # A header that is not one of codings is an error as before.
    problems = check_study(changed(codings="id,code\n"))
    assert not problems.ok
    assert "no coding yet" not in str([p.problem for p in problems])


def test_a_study_with_codings_is_validated_by_its_run(changed, example, tmp_path):
    study = changed(TARGET, CODINGS, codings=codings_of(example, lambda i: i % 7 - 3))
    result = run_study(study, tmp_path / "out", parts=["tables"])
    assert result.validation.scorer_name == "target"
    assert result.validation.baseline_name == "vader"
    assert result.validation.n == 42
    folder = tmp_path / "out" / "reports" / "mine"
    table = pd.read_csv(folder / "validation.csv", keep_default_na=False)
    assert table["notice"].eq("EXAMPLE DATA").all()
    found = table[(table["scorer"] == "target") & (table["measure"] == "pearson")]
    stated = result.validation.table.set_index("measure")["estimate"]["pearson"]
    assert float(found["estimate"].iloc[0]) == pytest.approx(stated, abs=1e-6)
    part = json.loads((folder / "results.json").read_text("utf-8"))["validation"]
    assert part["coders"] == "one machine coding (no human coding yet)"
    assert part["coder_agreement"]["n_coders"] == 1
    # Once the codings are gone, so is their table.
    run_study(changed((CODINGS[1], '# codings = "')), tmp_path / "out", parts=["tables"])
    assert not (folder / "validation.csv").exists()


def test_the_run_and_validate_give_the_same_figures(changed, example):
    study = changed(TARGET, CODINGS, codings=codings_of(example, lambda i: i % 7 - 3))
    ran, asked = compute_study(study).validation, validate_study(study).results[0]
    assert ran.to_dict() == asked.to_dict()
    crisis = validate_study(study, crisis=("2023-07", "2023-12")).results[0]
    assert crisis.table.equals(asked.table)
    assert crisis.known_groups is not None


def test_the_seed_moves_the_intervals_of_the_validation_alone(changed, example):
    study = changed(CODINGS, codings=codings_of(example, lambda i: i % 7 - 3))
    first, second = (compute_study(study.model_copy(update={"seed": n})) for n in (1, 2))
    assert first.index.table.equals(second.index.table)
    one, other = first.validation.table, second.validation.table
    assert one["estimate"].equals(other["estimate"])
    assert not one["lower"].equals(other["lower"])


def test_codings_of_a_part_without_chances_correct_nothing(changed, example):
    codings = codings_of(example, lambda i: i % 7 - 3).splitlines(keepends=True)
    whole, part = ("".join(codings[:n]) for n in (None, 21))
    corrected = compute_study(changed(CODINGS, codings=whole))
    result = compute_study(changed(codings=part))
    assert corrected.index.corrected is not None
    assert result.index.corrected is None
    assert result.validation is not None
    told = [one for one in result.data.problems if "cannot correct the index" in one.problem]
    assert [one.severity for one in told] == ["warning"]
    assert "20 statements of 42 are coded" in told[0].problem
    assert "0.48" in told[0].remedy


def test_an_entry_that_is_a_grammar_word_or_a_name_is_warned_of(tmp_path):
    path = tmp_path / "lexicon.csv"
    path.write_text("entry,valence,kind\nnot,-2,stance\nturkey,1,bond\nblue homeland,-1,stance\n")
    problems = list(load_lexicon(path).problems)
    assert [(one.severity, one.row, one.value) for one in problems] == [
        ("warning", 2, "not"),
        ("warning", 3, "turkey"),
    ]
    assert "'not' is a grammar word (negator)" in problems[0].problem
    assert "'turkey' is a name" in problems[1].problem


def test_codings_of_no_statement_are_told_and_validate_nothing(changed):
    codings = "id,coder,code,coder_type\nnope,A,3,machine\n"
    study = changed(CODINGS, codings=codings)
    result = compute_study(study)
    assert result.validation is None
    assert any("1 coded id that" in problem.problem for problem in result.data.problems)
    with pytest.raises(StudyError, match="belongs to a statement"):
        validate_study(study)


def test_faulty_codings_are_told_by_row(changed):
    study = changed(CODINGS, codings="id,coder,code,coder_type\nx,A,4,expert\n")
    with pytest.raises(CheckError) as caught:
        compute_study(study)
    errors = [problem for problem in caught.value.problems if problem.severity == "error"]
    assert [(p.row, p.column, p.value) for p in errors] == [
        (2, "coder_type", "expert"),
        (2, "code", "4"),
    ]


def test_the_table_of_several_scorers_has_vader_once(changed, example):
    study = changed(CODINGS, codings=codings_of(example, lambda i: i % 7 - 3))
    table = validate_study(study, ["target", "calibrated"]).table
    pearson = table[table["measure"] == "pearson"]
    assert pearson["scorer"].tolist() == ["vader", "target", "calibrated"]
    alone = validate_study(study, ["vader"]).table
    assert alone[alone["measure"] == "pearson"]["scorer"].tolist() == ["vader"]


def test_the_note_on_a_trained_scorer_counts_what_it_learned_from():
    calibrated = get_scorer("calibrated")
    none, some, one, every = (training_note(calibrated, 40, n) for n in (0, 12, 1, 40))
    assert "None of the statements judged here (40) was among them." in none
    assert "fold" not in none
    assert "some may be on the same two countries" in none
    assert "Of the statements judged here (40), 12 were among them and are judged out" in some
    assert "Of the statements judged here (40), 1 was among them and is judged out" in one
    assert "All statements judged here (40) were among them" in every
    for note in (some, one, every):
        assert "those on the same two countries too." in note
    # Where nobody knows which, the rule alone is told.
    assert "A statement among them is judged out-of-fold" in training_note(calibrated)
    assert training_note(get_scorer("vader"), 40, 0) == ""
    # Where nothing is judged, nothing is said of what is.
    assert "judged here" not in training_note(calibrated, 0, 0)


def test_the_report_counts_the_coded_statements_as_judged(changed, example, tmp_path):
    coded = codings_of(example, lambda i: i % 7 - 3).splitlines()
    study = changed(CODINGS, codings="\n".join(coded[:31]) + "\n")
    n = len(pd.read_csv(study.path("statements")))
    assert n > 30
    run_study(study, tmp_path, parts=("report",), format="html", sections=["validity", "method"])
    (page,) = tmp_path.rglob("*.html")
    text = page.read_text("utf-8")
    assert "None of the statements judged here (30) was among them." in text
    assert f"judged here ({n})" not in text

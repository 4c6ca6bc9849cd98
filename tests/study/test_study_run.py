"""A run writes everything or nothing, and the same input gives the same bytes."""

from __future__ import annotations

import hashlib
import json
import re
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

import detente
from detente.errors import BadArgumentError, CheckError, DetenteError, StudyError
from detente.index import COLUMNS
from detente.report import needs_findings
from detente.statements import read_statements
from detente.study import check_study, compute_study, init_study, load_study, publish, read_study
from detente.study import run_study as run_whole_study
from detente.study.charts import Charts
from detente.study.manifest import results as found

REPORTS = {"report.pdf", "index.csv", "statements_scored.csv", "results.json", "manifest.json"}
#: What every study with events has; the rest needs the state-space model.
FOUND = {"episodes.csv", "moves.csv", "robustness.csv", "voices.csv"}
#: The charts of that; the example has no move of a month to show.
DRAWN = ("forest", "episodes", "robustness", "voices")


def run_study(*arguments, parts=("figures", "report", "tables"), **options):
    """Run a study without its findings, which have tests of their own and take their time."""
    return run_whole_study(*arguments, parts=parts, **options)


def digests(folder: Path) -> dict[str, str]:
    """Every file below a folder, hidden ones too, with the digest of its bytes."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def without_refusal(notices) -> tuple[str, ...]:
    """Notices but the one that the example is too small for a state-space index."""
    return tuple(text for text in notices if not text.startswith("State-space index refused"))


def outputs(folder: Path, name: str = "mine") -> set[str]:
    return {path.name for path in (folder / "reports" / name).iterdir()}


# What a run writes


def test_a_run_writes_every_output_and_says_so(example_run):
    result, out = example_run
    figures = {path.name for path in (out / "figures" / "mine").iterdir()}
    assert figures == {
        f"{name}.{suffix}"
        for name in ("index", "statements", "calendar", "sides", *DRAWN)
        for suffix in ("svg", "png", "pdf", "txt")
    }
    told = (out / "figures" / "mine" / "index.txt").read_text(encoding="utf-8")
    assert "EXAMPLE DATA" in told
    assert "\n\nAlternative text: " in told
    assert " Source: not stated. Tone: uncorrected machine score" in told
    assert outputs(out) == REPORTS | FOUND
    assert set(result.files) == {path for path in out.rglob("*") if path.is_file()}
    assert result.report == out / "reports" / "mine" / "report.pdf"
    assert not [path for path in out.rglob(".*")]


def test_index_csv_has_the_columns_and_numbers_of_the_table(example_run):
    result, out = example_run
    table = pd.read_csv(out / "reports" / "mine" / "index.csv", parse_dates=["month"])
    assert tuple(table.columns) == (*COLUMNS, "notice")
    own = result.index.table
    pd.testing.assert_frame_equal(table[list(COLUMNS)], own, check_dtype=False, atol=5.1e-5, rtol=0)
    text = (out / "reports" / "mine" / "index.csv").read_text()
    assert re.search(r"^2023-01-01,IND>PAK,-?\d+\.\d{4},", text, re.MULTILINE)
    assert "-0.0000" not in text


def test_statements_scored_csv_holds_every_statement_with_tone_and_flag(example_run):
    result, out = example_run
    table = pd.read_csv(out / "reports" / "mine" / "statements_scored.csv", keep_default_na=False)
    assert len(table) == len(result.statements) == 42
    assert table["text"].tolist() == result.statements["text"].tolist()
    assert table["tone"].astype(float).between(-1, 1).all()
    assert list(table.columns[-4:]) == ["tone", "tone_flag", "trace", "notice"]
    assert set(table["notice"]) == {"EXAMPLE DATA"}


def test_results_hold_counts_notices_and_sentences_of_the_same_numbers(example_run):
    result, out = example_run
    results = json.loads((out / "reports" / "mine" / "results.json").read_text("utf-8"))
    assert results["notices"] == list(result.notices)
    assert without_refusal(result.notices) == ("EXAMPLE DATA",)
    assert results["counts"]["n_statements"] == 42
    assert results["counts"]["n_scored"] + results["counts"]["n_unscored"] == 42
    assert results["counts"]["n_episodes"] == len(results["episodes"]) == 2
    assert results["sentences"][0] == result.index.sentence
    assert set(results["levels"]) == {"IND>PAK", "PAK>IND", "bilateral"}
    both = result.index.direction("bilateral")
    assert results["levels"]["bilateral"]["mean"] == pytest.approx(both["index"].mean(), abs=1e-6)
    assert results["episodes"][0]["first_day"] == "2023-07-10"


def test_the_manifest_names_inputs_and_versions_but_no_clock_host_or_path(example_run):
    result, out = example_run
    text = (out / "reports" / "mine" / "manifest.json").read_text("utf-8")
    manifest = json.loads(text)
    assert manifest["versions"]["detente"] == detente.__version__
    assert {"python", "pandas", "matplotlib", "typst"} <= set(manifest["versions"])
    assert manifest["seed"] == 1
    assert manifest["parameters"]["scorer"] == "calibrated"
    own = digests(result.study.folder)
    assert manifest["inputs"] == {
        "statements": {"file": "statements.csv", "sha256": own["statements.csv"]},
        "events": {"file": "events.csv", "sha256": own["events.csv"]},
        "codings": {"file": "codings.csv", "sha256": own["codings.csv"]},
    }
    assert str(out) not in text
    assert str(result.study.folder.parent) not in text
    assert str(Path.home()) not in text


def test_no_output_names_the_folders_of_this_machine(example_run):
    result, out = example_run
    place = str(result.study.folder.parent).encode()
    assert [
        path.name for path in out.rglob("*") if path.is_file() if place in path.read_bytes()
    ] == []


def test_the_report_carries_the_notice_and_the_figures_show_it(example_run, read_pages):
    result, out = example_run
    pages = read_pages(result.report)
    assert "EXAMPLE DATA" in pages[0]
    assert "EXAMPLE DATA" in pages[-1]
    for name in ("index", "statements", "calendar"):
        (page,) = read_pages(out / "figures" / "mine" / f"{name}.pdf")
        assert "EXAMPLE DATA" in page


def test_parts_can_be_made_alone(example, tmp_path):
    out = tmp_path / "out"
    result = run_study(example, out, parts=("tables",))
    assert {path.name for path in result.files} == REPORTS - {"report.pdf"}
    assert result.report is None
    assert not (out / "figures").exists()
    with pytest.raises(BadArgumentError, match="Did you mean 'figures'"):
        run_study(example, out, parts=("figure",))


def test_the_look_of_charts_is_that_of_the_study_or_what_was_asked_for(
    example, tmp_path, monkeypatch
):
    from detente import figures
    from detente.figures.styles import DARK_PAPER

    # The SVG of one chart tells the look of all; the rest would take most of the time.
    monkeypatch.setattr(figures, "save_figure", partial(figures.save_figure, formats=["svg"]))
    draw = publish._Work._draw
    monkeypatch.setattr(
        publish._Work,
        "_draw",
        lambda work, name, charts: draw(work, name, charts) if name == "calendar" else None,
    )
    column = example.model_copy(update={"figures": Charts(style="dark", size="column")})
    looks = {}
    for name, options in {
        "study": {},
        "asked": {"style": "paper", "size": "page"},
        "slide": {"style": "slide"},
    }.items():
        run_study(column, tmp_path / name, parts=("figures",), **options)
        svg = (tmp_path / name / "figures" / "mine" / "calendar.svg").read_text("utf-8")
        width = float(re.search(r'width="([0-9.]+)pt"', svg)[1])
        looks[name] = round(width / 72 * 25.4), DARK_PAPER in svg
    assert looks == {"study": (89, True), "asked": (183, False), "slide": (203, False)}


def test_a_report_of_sections_that_need_no_findings_asks_for_none(example, tmp_path):
    parts = ("report", "findings")
    result = run_whole_study(example, tmp_path, parts=parts, sections=["validity"])
    assert result.findings is None
    assert result.report is not None
    # Tables are those of a whole run, whatever the report prints.
    assert needs_findings(["brief", "validity"])
    assert needs_findings(None)


def test_progress_is_told_from_nothing_to_all(example, tmp_path):
    told = []
    run_study(example, tmp_path, parts=("tables",), progress=lambda *step: told.append(step))
    steps = list(dict.fromkeys(step for step, _, _ in told))
    assert steps[:2] == ["Read and check", "Score"]
    for step in steps:
        done = [(n, of) for name, n, of in told if name == step]
        assert done == sorted(done)
        assert done[-1][0] == done[-1][1]


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        (
            ("report", "figures"),
            [("Typeset", 0), ("Typeset", 1), ("Draw", 0), ("Draw", 1), ("Draw", 2)],
        ),
        (("report",), [("Typeset", 0), ("Typeset", 1)]),
        (("figures",), [("Draw", 0), ("Draw", 1), ("Draw", 2)]),
    ],
)
def test_charts_are_told_once_the_report_is_there(parts, told, monkeypatch):
    monkeypatch.setattr(publish._Work, "drawings", {"index": None, "calendar": None})
    monkeypatch.setattr(publish._Work, "make", lambda _work, name: name)
    seen = []
    publish.publish(
        None,
        lambda step, n, _of: seen.append((step, n)),
        charts=publish.ChartFiles(Path("charts")) if "figures" in parts else None,
        report=publish.ReportFile(Path("report.pdf")) if "report" in parts else None,
    )
    assert seen == told


def test_the_result_shows_itself_without_letting_texts_act_as_markup(example, tmp_path):
    study = example.model_copy(update={"title": "<b>A & B</b>"})
    html = run_study(study, tmp_path, parts=("tables",))._repr_html_()
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in html
    assert "EXAMPLE DATA" in html


# What the index is


def test_a_study_too_small_for_the_model_shows_means_and_says_so_on_every_output(
    example_run, read_pages
):
    result, out = example_run
    assert result.study.method == "state_space"
    assert result.index.method == "means"
    (notice,) = set(result.notices) - {"EXAMPLE DATA"}
    assert re.fullmatch(
        r"State-space index refused \((both sides: )?.+\); monthly means shown", notice
    )
    reports, figures = out / "reports" / "mine", out / "figures" / "mine"
    results, manifest = (
        json.loads((reports / f"{name}.json").read_text("utf-8"))
        for name in ("results", "manifest")
    )
    assert notice in results["notices"]
    assert results["index"]["parameters"]["method"] == "means"
    assert manifest["parameters"]["method"] == "state_space"
    assert manifest["parameters"]["index_method"] == "means"
    table = pd.read_csv(reports / "index.csv")
    assert set(table["notice"]) == {f"EXAMPLE DATA; {notice}"}
    assert table["filtered"].isna().all()
    for path in (reports / "report.pdf", *(figures / f"{n}.pdf" for n in ("index", "calendar"))):
        assert "monthly means shown" in read_pages(path)[0], path


def test_a_study_large_enough_has_a_smoothed_index(japan_korea):
    assert japan_korea.index.method == "state_space"
    assert not [text for text in japan_korea.notices if "refused" in text]
    parameters = found(japan_korea)["index"]["parameters"]
    assert parameters["model"] == "mean_reverting"
    assert japan_korea.index.sides_sentence in found(japan_korea)["sentences"]
    counts = found(japan_korea)["counts"]
    both = japan_korea.index.direction("bilateral")
    # Smoothed months without a statement are not months in which both sides spoke.
    assert both["index"].notna().all()
    assert counts["n_months_both_sides"] == both["raw"].notna().sum() < len(both)


def test_means_asked_for_come_without_a_notice(example):
    result = compute_study(example.with_choices(method="means", weights="day"))
    assert result.notices == ("EXAMPLE DATA",)
    assert (result.index.method, result.index.weights) == ("means", "day")


def test_one_refused_side_is_named(edited):
    # In one half-year the second side falls silent, and it never agrees with itself.
    study = edited(
        lambda text: (
            "\n".join(
                line
                for i, line in enumerate(text.splitlines())
                if i == 0 or ",IND,PAK," in line or ",2023-0" in line
            )
            + "\n"
        )
    )
    result = compute_study(study)
    (notice,) = [text for text in result.notices if "refused" in text]
    assert "Pakistan on India: statements in only" in notice
    assert result.index.method == "means"


# Same input, same bytes


# Of a whole run in another process, elsewhere and on all cores: tests/end_to_end/test_readme.py.


def test_a_second_run_into_the_same_folder_changes_nothing(example, tmp_path):
    run_study(example, tmp_path / "out", parts=("tables",))
    before = digests(tmp_path / "out")
    run_study(example, tmp_path / "out", parts=("tables",))
    assert digests(tmp_path / "out") == before


def test_source_date_epoch_sets_the_day_of_the_report(example, tmp_path, monkeypatch):
    from pypdf import PdfReader

    # The day does not hang on the charts.
    monkeypatch.setattr(publish, "write_report", partial(publish.write_report, figures=[]))

    def day(folder):
        result = run_study(example, folder, parts=("report",))
        return PdfReader(result.report).metadata.creation_date.date().isoformat()

    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    last = pd.read_csv(example.folder / "statements.csv")["date"].max()
    assert day(tmp_path / "a") == last
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735689600")
    assert day(tmp_path / "b") == "2025-01-01"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    with pytest.raises(StudyError, match="SOURCE_DATE_EPOCH is 'soon'"):
        run_study(example, tmp_path / "c", parts=("report",))
    assert not (tmp_path / "c").exists()


# Errors stop the run with nothing written


def faulty(text: str) -> str:
    """Spoil the day of the first row and the country of the second."""
    lines = text.splitlines()
    lines[1] = lines[1].replace("2023-01-03", "2023-02-30")
    lines[2] = lines[2].replace(",PAK,IND,", ",PK,IND,")
    return "\n".join(lines) + "\n"


def test_errors_are_told_all_at_once_and_nothing_is_written(edited, tmp_path):
    study = edited(faulty)
    events = study.folder / "events.csv"
    events.write_text(events.read_text().replace(",act,", ",deed,"))
    with pytest.raises(CheckError) as caught:
        run_study(study, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    errors = [problem for problem in caught.value.problems if problem.severity == "error"]
    assert {(p.file.rpartition("/")[2], p.column, p.value) for p in errors} == {
        ("statements.csv", "date", "2023-02-30"),
        ("statements.csv", "source", "PK"),
        ("events.csv", "kind", "deed"),
    }
    assert {p.row for p in errors if p.column != "kind"} == {2, 3}


def test_an_error_keeps_the_outputs_of_the_run_before(example, edited, tmp_path):
    run_study(example, tmp_path / "out", parts=("tables",))
    before = digests(tmp_path / "out")
    with pytest.raises(CheckError):
        run_study(edited(faulty), tmp_path / "out")
    assert digests(tmp_path / "out") == before


def with_nuls(text: str) -> str:
    """Put NUL characters into texts of statements."""
    return text.replace("said", "sa\0id").replace("the ", "th\0e ")


@pytest.fixture(scope="module")
def odd_run(tmp_path_factory, once):
    """A run of the example with two bad rows and with NUL characters, and its folder."""

    def make():
        folder = tmp_path_factory.mktemp("odd run")
        init_study(folder / "mine", ("IND", "PAK"))
        path = folder / "mine" / "statements.csv"
        path.write_text(with_nuls(faulty(path.read_text("utf-8"))), encoding="utf-8")
        return run_study(load_study(folder / "mine"), folder / "out", skip_bad=True), folder / "out"

    return once("odd-run", make)


def test_skip_bad_sets_rows_aside_and_counts_them_in_every_output(odd_run, read_pages):
    result, out = odd_run
    reports = out / "reports" / "mine"
    notice = "2 bad rows set aside"
    assert without_refusal(result.notices) == ("EXAMPLE DATA", notice)
    rejected = pd.read_csv(reports / "rejected.csv")
    assert rejected["row"].tolist() == [2, 3]
    assert rejected["date"].tolist() == ["2023-02-30", "2023-01-03"]
    assert rejected["reasons"].str.contains("date|source").all()
    assert json.loads((reports / "results.json").read_text())["notices"][-1] == notice
    assert json.loads((reports / "manifest.json").read_text())["counts"]["n_rejected"] == 2
    for name in ("index.csv", "statements_scored.csv"):
        (own,) = set(pd.read_csv(reports / name)["notice"])
        assert without_refusal(own.split("; ", 1)[:1]) == ("EXAMPLE DATA",)
        assert own.endswith(f"; {notice}")
    assert notice in read_pages(result.report)[0]
    for name in ("index", "statements", "calendar"):
        (page,) = read_pages(out / "figures" / "mine" / f"{name}.pdf")
        assert notice in page


def test_a_rejected_csv_of_an_earlier_run_goes_when_no_row_is_bad(example, edited, tmp_path):
    clean = (example.folder / "statements.csv").read_text()
    run_study(edited(faulty), tmp_path / "out", skip_bad=True, parts=("tables",))
    assert "rejected.csv" in outputs(tmp_path / "out")
    run_study(edited(lambda _: clean), tmp_path / "out", skip_bad=True, parts=("tables",))
    assert outputs(tmp_path / "out") == REPORTS - {"report.pdf"}


@pytest.mark.parametrize("part", ["figures", "report", "tables"])
def test_bad_rows_are_written_whatever_the_part(edited, tmp_path, part, example, monkeypatch):
    # What the part itself writes beside them is tested above, and by the commands.
    monkeypatch.setattr("detente.study.run.publish", lambda *_, **__: None)
    clean = (example.folder / "statements.csv").read_text()
    result = run_study(edited(faulty), tmp_path / "out", skip_bad=True, parts=(part,))
    path = tmp_path / "out" / "reports" / "mine" / "rejected.csv"
    assert path in result.files
    assert pd.read_csv(path)["row"].tolist() == [2, 3]
    run_study(edited(lambda _: clean), tmp_path / "out", parts=(part,))
    assert not path.exists()


def test_skip_bad_is_offered_only_where_it_helps(edited, example):
    with pytest.raises(CheckError) as caught:
        read_study(edited(faulty))
    assert "skip_bad=True" in caught.value.remedy
    events = example.folder / "events.csv"
    events.write_text(events.read_text().replace("2023-07-10", "2023-07-32"))
    for skip_bad in (False, True):
        with pytest.raises(CheckError) as caught:
            read_study(edited(lambda text: text), skip_bad=skip_bad)
        assert caught.value.remedy == ""


def test_skip_bad_does_not_hide_errors_of_the_events(example, tmp_path):
    events = example.folder / "events.csv"
    events.write_text(events.read_text().replace("2023-07-10", "2023-07-32"))
    with pytest.raises(CheckError, match="2023-07-32"):
        run_study(example, tmp_path / "out", skip_bad=True)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("stop", [KeyboardInterrupt, RuntimeError])
def test_an_interruption_leaves_the_outputs_of_the_run_before(example, tmp_path, monkeypatch, stop):
    import detente.study.run as run

    out = tmp_path / "out"
    run_study(example, out, parts=("tables",))
    before = digests(tmp_path)

    def interrupted(*args, **kwargs):
        raise stop

    for step in ("score_study", "write_tables", "write_json"):
        with monkeypatch.context() as patch:
            patch.setattr(run, step, interrupted)
            with pytest.raises(stop):
                run_study(example.model_copy(update={"weights": "none"}), out, parts=("tables",))
        assert digests(tmp_path) == before, step


def test_an_interruption_while_drawing_leaves_not_even_the_folder(example, tmp_path, monkeypatch):
    def typeset(path, **_):
        path.parent.mkdir(parents=True)
        path.write_text("%PDF")

    def interrupted(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(publish, "write_report", typeset)
    monkeypatch.setattr("detente.figures.save_figure", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run_study(example, tmp_path / "out" / "deeper")
    assert not (tmp_path / "out").exists()


def test_outputs_never_go_into_the_installed_package(example):
    package = Path(detente.__file__).parent
    before = {path for path in package.rglob("*") if "__pycache__" not in path.parts}
    for folder in (package, package / "study" / "new"):
        with pytest.raises(StudyError, match=r"inside the installed package.*--output"):
            run_study(example, folder)
    assert {path for path in package.rglob("*") if "__pycache__" not in path.parts} == before


def test_running_a_bundled_study_does_not_touch_its_folder(tmp_path, monkeypatch):
    study = load_study("japan-korea")
    before = digests(study.folder)
    monkeypatch.chdir(tmp_path)
    run_study(study, parts=("tables",))
    assert digests(study.folder) == before
    tables = REPORTS - {"report.pdf"} | {"validation.csv", "index_draws.parquet"}
    assert outputs(tmp_path, "japan-korea") == tables


def test_an_output_that_is_a_file_is_told(example, tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(DetenteError, match=r"Cannot write to .*--output"):
        run_study(example, tmp_path / "out", parts=("tables",))
    assert (tmp_path / "out").read_text() == "mine"


# Which rows count


def test_statements_outside_the_period_are_left_out_and_counted(example, tmp_path):
    period = example.period.model_copy(update={"until": "2023-12"})
    study = example.model_copy(update={"period": period})
    result = compute_study(study)
    assert result.statements["date"].max() < pd.Timestamp("2024-01-01")
    n_outside = 42 - len(result.statements)
    assert without_refusal(result.notices) == (
        "EXAMPLE DATA",
        f"{n_outside} statements outside the period set aside",
    )
    told = [p for p in check_study(study) if "outside the study's period" in p.problem]
    assert [(p.severity, p.column) for p in told] == [("warning", "date")]
    # A last day of the period counts in full.
    assert result.index.months[-1] == pd.Timestamp("2023-12-01")


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [
        (None, None, []),
        ("2023-07", "2023-12", [(2, "2023-04-12", "is over before"), (5, "2024-01-15", "begins")]),
        # Without a period it is that of the statements' months, 2023-01 to 2024-06.
        (None, None, [(3, "2022-12-31", "is over before"), (4, "2024-07-01", "begins after")]),
    ],
)
def test_events_outside_the_period_are_told_with_row_and_date(example, since, until, told):
    path = example.folder / "events.csv"
    text = path.read_text("utf-8")
    if told and since is None:
        text = text.replace("2023-07-10,", "2022-12-31,")
        text = text.replace("2023-07-14,2023-07-16,", "2024-07-01,2024-07-02,")
    path.write_text(text, "utf-8")
    period = example.period.model_copy(update={"since": since, "until": until})
    found = check_study(example.model_copy(update={"period": period}))
    events = [p for p in found if p.file == str(path) and "study's period" in p.problem]
    assert [(p.severity, p.row, p.column, p.value) for p in events] == [
        ("warning", row, "date", value) for row, value, _ in told
    ]
    for problem, (_, _, words) in zip(events, told, strict=True):
        assert words in problem.problem
        assert "Compare the date with the period in study.toml" in problem.remedy


def test_an_event_that_reaches_into_the_period_is_inside(example):
    path = example.folder / "events.csv"
    text = path.read_text("utf-8").replace("2023-07-14,2023-07-16,", "2022-12-30,2023-01-01,")
    path.write_text(text, "utf-8")
    assert not [p for p in check_study(example) if "study's period" in p.problem]


def test_a_period_without_any_statement_is_an_error(example):
    period = example.period.model_copy(update={"since": "1990-01", "until": "1990-12"})
    study = example.model_copy(update={"period": period})
    with pytest.raises(CheckError, match="statements run from 2023-01-03"):
        read_study(study)
    assert not check_study(study).ok


def test_rows_of_another_dyad_are_set_aside_and_counted(edited):
    study = edited(
        lambda text: text + "x-1,2023-03-01,,,CHN,IND,Somebody,,,,,He praised India.,en,,\n"
    )
    result = compute_study(study)
    assert len(result.statements) == 42
    assert result.notices[-1] == "1 row of another dyad set aside"


def test_text_in_another_language_is_counted_as_without_tone(edited):
    turkish = "Türkiye ile Rusya arasındaki dostluk ve iş birliği her geçen gün güçleniyor."
    study = edited(lambda text: text + f"x-1,2023-03-01,,,IND,PAK,Somebody,,,,,{turkish},tr,,\n")
    result = compute_study(study)
    assert result.notices[-1] == "1 statement without tone"
    assert result.index.n_unscored == 1
    assert result.statements["tone_flag"].iloc[-1] == "not_english"


def test_the_notice_of_example_data_goes_with_the_last_example_row(edited):
    study = edited(lambda text: text.replace("Example ", "Somebody's "))
    assert without_refusal(compute_study(study).notices) == (
        "EXAMPLE DATA",
    )  # the events are still invented
    events = study.folder / "events.csv"
    events.write_text(events.read_text("utf-8").replace("Example ", "Somebody's "), "utf-8")
    assert without_refusal(compute_study(study).notices) == ()


def test_a_study_without_events_runs(example, tmp_path):
    files = example.files.model_copy(update={"events": None})
    study = example.model_copy(update={"files": files, "episodes": {}})
    # The command `run` makes its charts and its report too (tests/cli).
    result = run_study(study, tmp_path / "out", parts=("tables",))
    assert len(result.events) == len(result.episodes) == 0
    assert outputs(tmp_path / "out") == REPORTS - {"report.pdf"}


# Episodes of study.toml against those of the events


def test_labels_of_study_toml_name_the_episodes(example):
    episodes = example.model_copy(update={"episodes": {}})
    assert read_study(episodes).episodes["label"].tolist() == [
        "Crossing closed",
        "Crossing reopened",
    ]
    labels = {"crossing-2023": "Quarrel", "settlement-2024": "Peace"}
    named = example.model_copy(update={"episodes": labels})
    assert read_study(named).episodes["label"].tolist() == ["Quarrel", "Peace"]


def test_a_misspelt_and_a_forgotten_episode_are_both_told(example):
    study = example.model_copy(update={"episodes": {"crosing-2023": "Quarrel"}})
    with pytest.raises(CheckError) as caught:
        read_study(study)
    text = str(caught.value)
    assert "Did you mean 'crossing-2023'" in text
    assert "'settlement-2024' of the events has no label" in text
    assert not check_study(study).ok


def test_labels_without_events_are_told(example):
    files = example.files.model_copy(update={"events": None})
    with pytest.raises(CheckError, match="labels an episode"):
        read_study(example.model_copy(update={"files": files}))


# Columns, formats and places of the data


def test_any_column_mapping_gives_the_same_numbers(example, tmp_path):
    frame = pd.read_csv(example.folder / "statements.csv", dtype="str", keep_default_na=False)
    theirs = {name: f"Spalte {name.upper()} ü" for name in frame.columns}
    frame.rename(columns=theirs).to_csv(example.folder / "statements.csv", index=False)
    toml = (example.folder / "study.toml").read_text("utf-8")
    lines = "\n".join(f'{name} = "{name_there}"' for name, name_there in theirs.items())
    toml = toml.replace("[columns.statements]\n", f"[columns.statements]\n{lines}\n")
    before = compute_study(init_study(tmp_path / "other", ("IND", "PAK")))
    (example.folder / "study.toml").write_text(toml, encoding="utf-8")
    after = compute_study(load_study(example.folder))
    pd.testing.assert_frame_equal(after.index.table, before.index.table)
    assert dict(after.study.columns.statements) == theirs


def coded(example, header, rows, lines=""):
    """Write codings and return the study that has them, with these lines on their columns."""
    path = example.folder / "codings.csv"
    path.write_text("\n".join([header, *rows]) + "\n", "utf-8")
    toml = example.folder / "study.toml"
    text = toml.read_text("utf-8").replace("[columns.codings]\n", f"[columns.codings]\n{lines}\n")
    toml.write_text(text, "utf-8")
    return load_study(example.folder)


def test_columns_of_codings_can_be_mapped(example, tmp_path):
    names = 'id = "statement"\ncoder = "Reader"\npi = "chance"'
    header, rows = (
        "statement,Reader,code,coder_type,chance",
        [f"example-{n:03},A,2,human,0.5" for n in range(1, 22)],
    )
    study = coded(example, header, rows, names)
    codings = read_study(study).codings
    assert codings.loc[0, ["id", "coder", "code", "pi"]].tolist() == ["example-001", "A", 2, 0.5]
    run_study(study, tmp_path / "out", parts=("tables",))
    manifest = json.loads((tmp_path / "out" / "reports/mine/manifest.json").read_text("utf-8"))
    assert manifest["parameters"]["columns"]["codings"] == {
        "id": "statement",
        "coder": "Reader",
        "pi": "chance",
    }
    # A header alone is a beginning under any names.
    assert check_study(coded(example, header, [])).ok


def test_a_missing_column_of_codings_is_told_with_the_way_out(example):
    study = coded(example, "id,coders,code,coder_type", ["example-001,A,2,human"])
    (told,) = (p for p in check_study(study) if p.severity == "error")
    assert (told.column, told.row) == ("coder", 1)
    assert 'in study.toml below [columns.codings]: coder = "coders"' in told.remedy
    mapped = coded(example, "id,coder,code,coder_type", ["example-001,A,2,human"], 'pi = "odds"')
    (told,) = (p for p in check_study(mapped) if p.severity == "error")
    assert (told.column, told.problem) == ("odds", "The column mapped to 'pi' is not there.")


@pytest.mark.parametrize(
    ("n_coded", "chances", "is_told"),
    [
        (28, (0.3, 0.3), True),
        (4, (0.5, 0.5), True),
        (42, (0.5, 0.5), True),
        # What chance draws give: of 42 statements half, or a few more or fewer.
        (21, (0.5, 0.5), False),
        (30, (0.5, 0.5), False),
        (12, (0.5, 0.5), False),
        # Chances of their own are no share of all.
        (28, (0.3, 0.2), False),
        (42, (1, 1), False),
    ],
)
def test_a_chance_that_the_share_of_coded_statements_belies_is_told(
    example, n_coded, chances, is_told
):
    rows = [f"example-{n:03},A,1,human,{chances[n % 2]}" for n in range(1, n_coded + 1)]
    study = coded(example, "id,coder,code,coder_type,pi", rows)
    told = [p for p in check_study(study) if p.column == "pi"]
    assert [(p.severity, p.value) for p in told] == is_told * [("warning", f"{chances[0]:g}")]
    if is_told:
        assert f"{n_coded} of 42 statements are coded" in told[0].problem


def test_statements_outside_the_period_count_for_no_share_of_coded_ones(example):
    days = pd.read_csv(example.folder / "statements.csv")
    ids = days.loc[days["date"] < "2023-05", "id"]
    rows = [f"{name},A,1,human,0.9" for name in ids]
    study = coded(example, "id,coder,code,coder_type,pi", rows)
    assert [p.column for p in check_study(study) if p.column == "pi"] == ["pi"]
    period = study.period.model_copy(update={"until": "2023-04"})
    study = study.model_copy(update={"period": period})
    assert not [p for p in check_study(study) if p.column == "pi"]


@pytest.mark.parametrize("suffix", ["tsv", "jsonl", "parquet", "xlsx"])
def test_statements_of_every_format_give_the_same_index(example, suffix):
    before = compute_study(example).index.table
    frame = pd.read_csv(example.folder / "statements.csv", dtype="str", keep_default_na=False)
    path = example.folder / f"statements.{suffix}"
    if suffix == "tsv":
        frame.to_csv(path, sep="\t", index=False)
    elif suffix == "jsonl":
        frame.to_json(path, orient="records", lines=True)
    elif suffix == "parquet":
        frame.to_parquet(path)
    else:
        frame.to_excel(path, index=False)
    files = example.files.model_copy(update={"statements": path.name})
    after = compute_study(example.model_copy(update={"files": files})).index.table
    pd.testing.assert_frame_equal(after, before)


def test_statements_at_a_url_are_read_and_named_without_their_place(example, tmp_path):
    import fsspec

    content = (example.folder / "statements.csv").read_bytes()
    with fsspec.open("memory://secret-place/remote.csv", "wb") as file:
        file.write(content)
    files = example.files.model_copy(update={"statements": "memory://secret-place/remote.csv"})
    run_study(example.model_copy(update={"files": files}), tmp_path / "out", parts=("tables",))
    text = (tmp_path / "out" / "reports" / "mine" / "manifest.json").read_text()
    assert json.loads(text)["inputs"]["statements"]["file"] == "remote.csv"
    assert "secret-place" not in text


def test_a_missing_file_is_an_error_of_the_check_and_stops_a_run(example, tmp_path):
    (example.folder / "events.csv").unlink()
    found = check_study(example)
    assert [p.severity for p in found if "events.csv" in p.text()] == ["error"]
    with pytest.raises(CheckError, match=r"events\.csv"):
        run_study(example, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("which", ["statements", "events", "codings"])
def test_check_and_run_tell_the_same_of_a_missing_file(example, which):
    files = example.files.model_copy(update={which: "nowhere.csv"})
    study = example.model_copy(update={"files": files})
    found = check_study(study)
    assert [p.severity for p in found if "nowhere.csv" in p.text()] == ["error"]
    with pytest.raises(CheckError) as caught:
        read_study(study)
    assert list(caught.value.problems) == list(found)
    assert caught.value.remedy == ""


@pytest.mark.parametrize("since", ["2022-01", None])
@pytest.mark.parametrize("until", ["2025-06", None])
def test_check_and_run_tell_the_same_of_a_sound_study(example, since, until):
    period = example.period.model_copy(update={"since": since, "until": until})
    study = example.model_copy(update={"period": period})
    found = check_study(study)
    assert list(found) == list(read_study(study).problems)
    told = " ".join(p.problem for p in found)
    assert ("2022-01 to 2022-12" in told) == (since is not None)
    assert ("2024-07 to 2025-06" in told) == (until is not None)


def test_every_file_is_read_once(example, monkeypatch):
    from detente._tables import storage

    (example.folder / "codings.csv").write_text("id,coder,code,coder_type\nexample-001,A,1,human\n")
    files = example.files.model_copy(update={"codings": "codings.csv"})
    read, reads = Path.read_bytes, []

    def noted(self):
        reads.append(self.name)
        return read(self)

    monkeypatch.setattr(storage.Path, "read_bytes", noted)
    data = read_study(example.model_copy(update={"files": files}))
    assert sorted(reads) == ["codings.csv", "events.csv", "statements.csv"]
    assert data.digests == {
        name.removesuffix(".csv"): hashlib.sha256(read(example.folder / name)).hexdigest()
        for name in reads
    }


def test_a_nul_character_in_a_statement_stops_nothing(odd_run, edited):
    study = edited(with_nuls)
    assert "\0" in (study.folder / "statements.csv").read_text()
    assert check_study(study).ok
    assert "control character" in check_study(study).table["problem"].str.cat()
    result, out = odd_run
    assert result.report.read_bytes().startswith(b"%PDF")
    assert result.statements["text"].str.contains("\0", regex=False).sum() > 9
    assert len(read_statements(out / "reports/mine/statements_scored.csv")) == 40

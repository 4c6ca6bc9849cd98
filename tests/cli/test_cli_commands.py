"""The commands, called as typer calls them."""

from __future__ import annotations

import io
import json
import re
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import detente
from detente import figures
from detente.cli import app
from detente.study import init_study, load_study

VERBS = (
    *("run", "check", "score", "index", "figures", "report", "init"),
    *("why", "diff", "power", "explain", "lexicon", "validate", "train"),
)


@pytest.fixture(autouse=True)
def one_format(monkeypatch):
    """Save charts as SVG alone, since nobody asks a command's charts for more.

    Their other formats take two thirds of the time; whole runs write them (tests/study).
    """
    monkeypatch.setattr(figures, "save_figure", partial(figures.save_figure, formats=["svg"]))


@pytest.fixture
def detente_in(tmp_path, monkeypatch):
    """Return a function that runs a command line in a fresh working directory."""
    monkeypatch.chdir(tmp_path)

    def run(*words):
        return CliRunner().invoke(app, [str(word) for word in words])

    return run


@pytest.fixture
def example(tmp_path):
    """A fresh study in a folder whose name has a space and an umlaut."""
    return init_study(tmp_path / "meine Übung", ("IND", "PAK"))


@pytest.fixture
def calm(example):
    """The example without events: a run that tests no episode is soon done."""
    toml = example.folder / "study.toml"
    head, _, rest = toml.read_text("utf-8").partition("[episodes]\n")
    head = head.replace('\nevents = "events.csv"', "")
    toml.write_text(f"{head}[about]{rest.partition('[about]')[2]}", "utf-8")
    return load_study(example.folder)


@pytest.fixture
def spoilt(example):
    """The example with an impossible day in row 2."""
    path = example.folder / "statements.csv"
    path.write_text(path.read_text("utf-8").replace("2023-01-03", "2023-02-30", 1), "utf-8")
    return example


def test_help_lists_every_verb_with_examples_and_exit_statuses(detente_in):
    done = detente_in("--help")
    assert done.exit_code == 0
    for verb in VERBS:
        assert re.search(rf"^  {verb} ", done.stdout, re.MULTILINE)
    text = " ".join(done.stdout.split())
    assert "0 fine; 1 errors in the data or the study; 2 wrong usage; 130 interrupted" in text
    assert "detente init my-study --dyad IND PAK" in text


@pytest.mark.parametrize("verb", VERBS)
def test_the_help_of_each_verb_has_examples_and_whole_sentences(detente_in, verb):
    done = detente_in(verb, "-h")
    assert done.exit_code == 0
    assert re.search(rf"^ +detente {verb}", done.stdout, re.MULTILINE)
    (summary,) = re.findall(rf"^  {verb} +(.*)$", detente_in("-h").stdout, re.MULTILINE)
    assert summary.endswith(".")
    assert not summary.endswith("...")


def test_version(detente_in):
    assert detente_in("--version").stdout.strip() == f"detente {detente.__version__}"


def test_run_writes_below_the_output_folder_and_tells_where(detente_in, calm, tmp_path):
    done = detente_in("run", calm.folder, "--output", "my out")
    assert done.exit_code == 0, done.output
    report = tmp_path / "my out" / "reports" / "meine Übung" / "report.pdf"
    assert report.read_bytes().startswith(b"%PDF")
    assert (tmp_path / "my out" / "figures" / "meine Übung" / "index.svg").is_file()
    # Without events there is no table of episodes.
    assert {path.name for path in report.parent.iterdir()} == {
        "report.pdf", "index.csv", "statements_scored.csv", "results.json", "manifest.json",
        "moves.csv", "robustness.csv", "voices.csv",
    }  # fmt: skip
    for part in ("India and Pakistan", "Notice: EXAMPLE DATA.", "report.pdf"):
        assert part in done.stdout
    assert done.stderr == ""


def test_quiet_prints_nothing(detente_in, example):
    done = detente_in("index", example.folder, "-o", "index.csv", "--quiet")
    assert (done.exit_code, done.output) == (0, "")


@pytest.mark.parametrize("verb", ["run", "index", "figures", "report"])
def test_errors_in_the_data_exit_with_1_and_write_nothing(detente_in, spoilt, tmp_path, verb):
    done = detente_in(verb, spoilt.folder)
    assert done.exit_code == 1
    assert done.stdout == ""
    assert "row 2, column date" in done.stderr
    assert "'2023-02-30'" in done.stderr
    assert "--skip-bad" in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["meine Übung"]


def test_index_takes_another_method_model_and_weighting_than_the_study(detente_in):
    tables = {}
    for name, words in {
        "own": (),
        "means": ("--method", "means"),
        "level": ("--model", "local_level"),
        "day": ("--weights", "day"),
    }.items():
        done = detente_in("index", "japan-korea", "-o", f"{name}.csv", *words)
        assert done.exit_code == 0, done.output
        # The table has a row of each side even so.
        told = "two smoothed curves cannot be told apart" in " ".join(done.stderr.split())
        assert told == (name != "means")
        tables[name] = pd.read_csv(f"{name}.csv")
    own, means = tables["own"], tables["means"]
    assert own["index"].notna().all()
    # Before both sides have spoken, nothing was known of both together.
    for _, rows in own.groupby("direction"):
        known = rows["filtered"].notna()
        assert known.any()
        assert known.is_monotonic_increasing
        assert known[rows["raw"].notna()].all()
    assert means["filtered"].isna().all()
    pd.testing.assert_series_equal(means["index"], means["raw"], check_names=False)
    pd.testing.assert_series_equal(own["raw"], means["raw"])
    assert not own["index"].equals(tables["level"]["index"])
    assert not own["raw"].equals(tables["day"]["raw"])


def test_a_refused_model_is_told_on_the_screen(detente_in, example):
    done = detente_in("index", example.folder, "-o", "index.csv")
    assert done.exit_code == 0
    assert "State-space index refused (" in " ".join(done.output.split())
    assert set(pd.read_csv("index.csv")["notice"].str[-19:]) == {"monthly means shown"}


def test_skip_bad_goes_on(detente_in, spoilt):
    done = detente_in("index", spoilt.folder, "--skip-bad")
    assert done.exit_code == 0
    assert "1 bad row set aside" in done.stdout
    assert "row 2, column date: There is no such day in the calendar." in done.stderr


def test_each_part_is_made_alone_with_the_bad_rows_beside_it(detente_in, calm, spoilt):
    assert detente_in("index", spoilt.folder, "--skip-bad", "-o", "a/i.parquet").exit_code == 0
    assert pd.read_csv("a/i.rejected.csv")["row"].tolist() == [2]
    for verb in ("figures", "report"):
        done = detente_in(verb, spoilt.folder, "--skip-bad", "--output", verb)
        assert done.exit_code == 0
        path = Path(verb) / "reports" / "meine Übung" / "rejected.csv"
        assert f"Wrote {path}" in done.stdout
        assert pd.read_csv(path)["row"].tolist() == [2]
    assert {path.name for path in Path("report").rglob("*.*")} == {"report.pdf", "rejected.csv"}
    assert {path.name for path in Path("figures/reports").rglob("*.*")} == {"rejected.csv"}
    assert len(list(Path("figures/figures/meine Übung").glob("*.svg"))) >= 3


def test_skip_bad_is_not_offered_where_it_cannot_help(detente_in, example):
    statements = example.folder / "statements.csv"
    whole = statements.read_text("utf-8")
    statements.write_text(whole.replace("speaker,", "spkr,", 1), "utf-8")
    done = detente_in("run", example.folder)
    assert done.exit_code == 1
    assert "--skip-bad" not in done.stderr
    statements.write_text(whole, "utf-8")
    events = example.folder / "events.csv"
    events.write_text(events.read_text().replace(",act,", ",deed,", 1))
    for words in ((), ("--skip-bad",)):
        done = detente_in("run", example.folder, *words)
        assert done.exit_code == 1
        assert "--skip-bad" not in done.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["rnu"], "Did you mean 'run'"),
        (["run", "--ouput", "x"], "--output"),
        (["run", "a", "b"], "unexpected"),
        (["init", "x"], "--dyad"),
        (["init", "x", "--dyad", "IND"], "2 arg"),
        (["init", "x", "--dyad", "IND", "PK"], "PAK"),
        (["init", "x", "--dyad", "IND-PK"], "2 arg"),
        (["why", "June", "russia-turkey"], "MONTH 'June' was received, which names no month"),
        (["why", "phl", "2022-03"], "The month comes first: detente why 2022-03 phl"),
        (["why", "2015-11", "--language", "de"], "Unknown language 'de'"),
        (["run", "--language", "de"], "Unknown language 'de'"),
        (["run", "--logo", "gone.svg"], "gone.svg cannot be read"),
        (["report", "--sections", "evnts"], "Did you mean 'events'"),
        (["index", "--as-of", "2016-13"], "--as-of must be a day"),
        (["score"], "IN"),
        (["score", "a.csv", "-o", "out.doc"], "format of 'out.doc'"),
        (["score", "a.csv", "--columns", "date"], "NAME=YOURS"),
        (["score", "a.csv", "--columns", "dat=Day"], "Did you mean 'date'"),
        (["score", "a.csv", "--scorer", "vadr"], "Did you mean 'vader'"),
        (["index", "-o", "index"], "format of 'index'"),
        (["index", "--method", "mean"], "Did you mean 'means'"),
        (["index", "--model", "arima"], "Use one of mean_reverting, local_level"),
        (["index", "--weights", "dya"], "Did you mean 'day'"),
        (["check", "russia-turkey", "--columns", "date=Day"], "study.toml"),
    ],
)
def test_wrong_usage_exits_with_2_and_says_what_is_meant(detente_in, tmp_path, words, says):
    done = detente_in(*words)
    assert done.exit_code == 2
    assert says in " ".join(done.stderr.replace("│", " ").split())
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_study_exits_with_1_and_asks_what_was_meant(detente_in):
    done = detente_in("run", "rusia-turkey")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "Did you mean 'russia-turkey'?" in done.stderr


def test_an_interruption_exits_with_130_without_traceback(detente_in, example, monkeypatch):
    def interrupted(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr("detente.study.run.score_study", interrupted)
    done = detente_in("run", example.folder)
    assert done.exit_code == 130
    assert done.stderr.startswith("Interrupted.")
    assert not Path("figures").exists()


def test_an_output_that_cannot_be_written_exits_with_1(detente_in, example, tmp_path):
    (tmp_path / "out").write_text("")
    done = detente_in("figures", example.folder, "--output", "out")
    assert done.exit_code == 1
    assert "Cannot write to out" in done.stderr
    assert "--output" in done.stderr


# check


def test_check_tells_every_problem_and_the_count(detente_in, spoilt):
    events = spoilt.folder / "events.csv"
    events.write_text(events.read_text().replace(",act,", ",deed,", 1))
    done = detente_in("check", spoilt.folder)
    assert done.exit_code == 1
    assert "statements.csv, row 2, column date" in done.stdout
    assert "events.csv, row 3, column kind" in done.stdout
    assert re.search(r"^2 errors, \d+ warnings?\.$", done.stdout, re.MULTILINE)
    assert done.stdout.index("error: ") < done.stdout.index("warning: ")


def test_check_of_a_sound_study_exits_with_0(detente_in, example):
    done = detente_in("check", example.folder)
    assert done.exit_code == 0
    assert "0 errors" in done.stdout
    assert detente_in("check", example.folder, "--quiet").stdout == ""


def test_check_takes_a_bare_file_with_any_columns(detente_in):
    Path("my remarks.tsv").write_text(
        "Tag\tvon\tüber\twer\tWortlaut\n"
        "2015-11-24\tRUS\tTUR\tA\tHe criticised Turkey.\n"
        "2015-11-25\tTUR\tTUR\tB\tHe criticised Russia.\n",
        "utf-8",
    )
    names = "date=Tag,source=von,target=über"
    done = detente_in(
        "check", "my remarks.tsv", "--columns", names, "--columns", "speaker=wer,text=Wortlaut"
    )
    assert done.exit_code == 1
    assert "row 3" in done.stdout
    assert "1 error," in done.stdout


def test_check_tells_like_warnings_together_and_errors_one_by_one(detente_in):
    silent = [
        f"2015-11-{day:02},RUS,TUR,A,He spoke well of the harvest no. {day}." for day in range(1, 9)
    ]
    bad = [f"2015-02-{day},RUS,TUR,A,He praised Turkey." for day in (30, 31)]
    Path("a.csv").write_text("\n".join(["date,source,target,speaker,text", *silent, *bad, ""]))
    done = detente_in("check", "a.csv")
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    (line,) = [line for line in lines if "does not mention Turkey" in line]
    assert line.startswith("warning: a.csv, column text, 8 rows (2, 3, 4, 5, 6 and 3 more): The")
    assert "harvest no. 1." in line
    assert [line[:20] for line in lines[:2]] == ["error: a.csv, row 10", "error: a.csv, row 11"]
    assert lines[-1].startswith("2 errors, ")
    n_warnings = int(lines[-1].split(", ")[1].split()[0])
    assert n_warnings >= 8, "each is counted"
    n_lines = sum(line.startswith("warning: ") for line in lines)
    assert lines[-1].endswith(f"{n_warnings} warnings ({n_lines} kind{'s' * (n_lines != 1)}).")


def test_warnings_that_differ_in_a_number_are_alike_and_the_first_is_told(detente_in):
    said = "He praised Turkey for its help with the harvest and the trains and the ports."
    rows = [
        f"2015-11-{day:02},RUS,TUR,A,{said}{end}" for day in (1, 2, 3) for end in ("", " Again.")
    ]
    Path("a.csv").write_text("\n".join(["date,source,target,speaker,text", *rows, ""]))
    done = detente_in("check", "a.csv")
    (line,) = [line for line in done.stdout.splitlines() if "nearly the same" in line]
    assert "3 rows (3, 5, 7): First: The same speaker said nearly the same in row 2" in line


def test_check_of_a_misspelt_file_asks_what_was_meant(detente_in):
    Path("statements.csv").write_text("date,source,target,speaker,text\n")
    done = detente_in("check", "statments.csv")
    assert done.exit_code == 1
    assert "Did you mean 'statements.csv'?" in done.stderr


def test_check_of_a_broken_study_file_exits_with_1(detente_in, example):
    (example.folder / "study.toml").write_text("[study]\nscroer = 1\n")
    done = detente_in("check", example.folder)
    assert done.exit_code == 1
    assert "Did you mean 'scorer'?" in done.stderr


# score and index


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_score_writes_the_format_that_the_name_asks_for(detente_in, example, suffix):
    done = detente_in("score", example.folder / "statements.csv", "-o", f"a b{suffix}")
    assert done.exit_code == 0, done.output
    assert "42 statements, 0 without tone" in done.stdout
    reader = {
        ".csv": pd.read_csv,
        ".jsonl": lambda path: pd.read_json(path, lines=True),
        ".parquet": pd.read_parquet,
    }[suffix]
    table = reader(f"a b{suffix}")
    own = detente.score_statements(detente.read_statements(example.folder / "statements.csv"))
    assert table["tone"].round(6).tolist() == own["tone"].round(6).tolist()
    assert pd.to_datetime(table["date"]).tolist() == own["date"].tolist()


def test_score_to_the_screen_is_plain_csv(detente_in, example):
    done = detente_in("score", example.folder / "statements.csv")
    assert done.exit_code == 0
    table = pd.read_csv(io.StringIO(done.stdout))
    assert len(table) == 42
    assert set(table["notice"]) == {"EXAMPLE DATA"}
    mood, notice = done.stderr.splitlines()
    assert notice == "Notice: EXAMPLE DATA."
    assert mood.startswith("Scorer: vader, the mood of the words")
    assert "--scorer target" in mood
    assert detente_in("score", example.folder / "statements.csv", "-q").stderr == ""


@pytest.mark.parametrize("chosen", [("--scorer", "vader"), ("--study", "mine")])
def test_who_chose_the_scorer_is_not_told_what_it_reads(detente_in, example, chosen):
    words = [str(example.folder) if word == "mine" else word for word in chosen]
    done = detente_in("score", example.folder / "statements.csv", *words)
    assert done.stderr == "Notice: EXAMPLE DATA.\n"


@pytest.mark.parametrize("verb", ["score", "explain"])
def test_the_help_tells_the_scorers_apart_and_the_default(detente_in, verb):
    told = " ".join(detente_in(verb, "--help").stdout.replace("│", " ").split())
    assert "the mood of the words" in told
    assert "toward the other country" in told
    assert f"else {'vader' if verb == 'score' else 'target'}" in told


def test_score_takes_any_columns_and_sets_bad_rows_aside(detente_in):
    Path("in.csv").write_text(
        "Day,source,target,speaker,text\n2015-11-24,RUS,TUR,A,He praised Turkey.\nx,RUS,TUR,A,No.\n"
    )
    words = ("score", "in.csv", "-o", "out.jsonl", "--columns", "date=Day")
    assert detente_in(*words).exit_code == 1
    assert not Path("out.jsonl").exists()
    done = detente_in(*words, "--skip-bad")
    assert done.exit_code == 0
    assert "1 bad row set aside" in done.stdout
    assert "Notice: 1 bad row set aside." in done.stderr
    assert "in.csv, row 3, column Day: This is no date." in done.stderr
    (row,) = [json.loads(line) for line in Path("out.jsonl").read_text().splitlines()]
    assert row["tone"] > 0
    assert row["date"] == "2015-11-24"
    assert row["channel"] is None
    assert row["notice"] == "1 bad row set aside"
    rejected = pd.read_csv("out.rejected.csv")
    assert rejected[["Day", "row"]].to_numpy().tolist() == [["x", 3]]
    assert rejected["reasons"].tolist() == ["Day: This is no date."]
    Path("in.csv").write_text(Path("in.csv").read_text().replace("x,RUS", "2015-11-25,RUS"))
    assert detente_in(*words).exit_code == 0
    assert not Path("out.rejected.csv").exists()


def test_index_to_the_screen_and_to_a_file_are_the_same_bytes(detente_in, example):
    screen = detente_in("index", example.folder)
    assert detente_in("index", example.folder, "-o", "index.csv").exit_code == 0
    assert screen.stdout_bytes == Path("index.csv").read_bytes()
    assert screen.stdout.startswith("month,direction,index,lower,upper,filtered,raw,")


def test_index_of_the_study_in_the_working_directory(detente_in, example, monkeypatch):
    monkeypatch.chdir(example.folder)
    done = CliRunner().invoke(app, ["index"])
    assert "IND>PAK" in done.stdout


# init


@pytest.mark.parametrize(
    "words", [("--dyad", "IND", "PAK"), ("--dyad", "IND-PAK"), ("--dyad=IND>PAK",)]
)
def test_init_says_what_to_do_next_and_that_command_works(detente_in, words):
    done = detente_in("init", "my study", *words)
    assert done.exit_code == 0, done.output
    assert 'detente run "my study"' in done.stdout
    assert detente_in("check", "my study").exit_code == 0
    assert "IND>PAK" in detente_in("index", "my study").stdout


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc, where nothing is made")
def test_a_place_where_nothing_can_be_made_is_told_without_traceback(detente_in, calm):
    done = detente_in("figures", calm.folder, "--output", "/proc/foo")
    assert done.exit_code == 1
    assert "Cannot write to /proc/foo" in done.stderr
    assert "--output" in done.stderr
    for words in (
        ("init", "/proc/foo", "--dyad", "IND", "PAK"),
        ("init", "x" * 300, "--dyad", "IND", "PAK"),
    ):
        done = detente_in(*words)
        assert done.exit_code == 1
        assert isinstance(done.exception, SystemExit)
        assert "--output" not in done.stderr


def test_init_refuses_a_folder_that_is_not_empty(detente_in, example):
    done = detente_in("init", example.folder, "--dyad", "IND", "PAK")
    assert done.exit_code == 1
    assert "not empty" in done.stderr


def test_columns_with_square_brackets_are_no_markup_on_a_terminal(detente_in, monkeypatch):
    from detente.cli import problems

    Path("a.csv").write_text(
        "date,source,target,speaker,text\n[bold]x,RUS,TUR,A,He praised Turkey.\n"
    )
    monkeypatch.setattr(problems, "is_terminal", lambda _: True)
    done = detente_in("check", "a.csv")
    assert done.exit_code == 1
    assert "[bold]" in done.stdout

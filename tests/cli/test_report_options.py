"""detente report: its sections, its logo, its formats."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from detente.cli import app
from detente.study import init_study

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0H4"/></svg>'


@pytest.fixture
def detente_in(tmp_path, monkeypatch):
    """Run a command line in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def calm(tmp_path):
    """The example without events: a run that tests no episode is soon done."""
    study = init_study(tmp_path / "mine", ("IND", "PAK"))
    toml = study.folder / "study.toml"
    head, _, rest = toml.read_text("utf-8").partition("[episodes]\n")
    head = head.replace('\nevents = "events.csv"', "")
    toml.write_text(f"{head}[about]{rest.partition('[about]')[2]}", "utf-8")
    return study.folder


def test_a_part_of_the_report_is_a_web_page_with_a_logo(detente_in, calm):
    Path("logo.svg").write_text(SVG, "utf-8")
    done = detente_in(
        "report", calm, "--sections", "brief, data", "--format", "html", "--logo", "logo.svg",
        "--output", "out",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    (path,) = Path("out").rglob("*.*")
    assert path.name == "report.html"
    page = path.read_text("utf-8")
    assert "How sure are we?" in page
    assert "Data, coverage and limits" in page
    assert 'class="logo"' in page
    assert "Glossary" not in page


def test_a_whole_run_takes_a_logo_too(detente_in, calm, monkeypatch):
    taken = {}

    def stop(study, output, **options):
        taken.update(options)
        raise KeyboardInterrupt

    monkeypatch.setattr("detente.study.run_study", stop)
    Path("logo.svg").write_text(SVG)
    done = detente_in("run", calm, "--logo", "logo.svg")
    assert done.exit_code == 130
    assert taken["logo"] == Path("logo.svg")


def test_a_run_whose_logo_is_none_is_refused_before_any_work(detente_in, calm):
    done = detente_in("run", calm, "--logo", "gone.png", "--output", "out")
    assert done.exit_code == 2
    assert "gone.png cannot be read" in " ".join(done.output.split())
    assert not Path("out").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--sections", "brief,evnts"), "Did you mean 'events'"),
        (("--sections", ""), "No section was named"),
        (("--logo", "gone.png"), "gone.png cannot be read"),
        (("--format", "docx"), "docx"),
    ],
)
def test_what_is_wrong_is_told_before_any_work(detente_in, calm, words, told):
    done = detente_in("report", calm, "--output", "out", *words)
    assert done.exit_code == 2
    assert told in " ".join(done.output.replace("│", " ").split())
    assert not Path("out").exists()

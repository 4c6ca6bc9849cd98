"""The commands of tone: explain, lexicon, validate, train, and score with a study."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from detente.cli import app
from detente.study import init_study, load_study
from detente.tone import explain, register_scorer, scorer
from detente.tone.calibrated import CalibratedModel
from detente.tone.lexicon import lexicon_folder

TEXT = "Ankara's step is a stab in the back."


@pytest.fixture
def detente_in(tmp_path, monkeypatch):
    """Return a function that runs a command line in a fresh working directory."""
    monkeypatch.chdir(tmp_path)

    def run(*words, **options):
        return CliRunner().invoke(app, [str(word) for word in words], **options)

    return run


@pytest.fixture
def study(tmp_path):
    """Return a function that makes a study of Russia and Turkey with changed settings."""

    def make(**changes):
        init_study(tmp_path / "mine", ("RUS", "TUR"))
        path = tmp_path / "mine" / "study.toml"
        text = path.read_text("utf-8")
        for old, new in changes.pop("replaced", {}).items():
            assert old in text
            text = text.replace(old, new)
        path.write_text(text, "utf-8")
        for name, content in changes.items():
            (tmp_path / "mine" / f"{name}.csv").write_text(content, "utf-8")
        return tmp_path / "mine"

    return make


WITH_LEXICON = {
    '# lexicon = "lexicon.csv"': 'lexicon = "lexicon.csv"',
    '"calibrated"\n': '"target"\n',
}
LEXICON = "entry,valence,kind,note\ngrain deal,2.5,contact,ours\nthank@v,0.4,verdict,polite\n"


def toned(text):
    """Return the tone that an explanation's sentence prints."""
    return re.search(r"Tone (\S+) toward", text).group(1)


@pytest.mark.parametrize("verb", ["explain", "lexicon", "validate", "train"])
def test_help_has_examples_and_a_whole_sentence(detente_in, verb):
    done = detente_in(verb, "-h")
    assert done.exit_code == 0
    assert re.search(rf"^ +detente {verb}", done.stdout, re.MULTILINE)
    (summary,) = re.findall(rf"^  {verb} +(.*)$", detente_in("-h").stdout, re.MULTILINE)
    assert summary.endswith(".")
    assert not summary.endswith("...")


def test_explain_prints_what_the_library_finds(detente_in):
    done = detente_in("explain", TEXT, "--source", "RUS", "--target", "TUR")
    assert done.exit_code == 0, done.output
    assert "stab in the back" in done.stdout
    found = explain(TEXT, "RUS", "TUR")
    assert done.stdout == found.text() + "\n"
    full = detente_in("explain", TEXT, "--source", "RUS", "--target", "TUR", "--all").stdout
    assert full == found.text(is_full=True) + "\n" != done.stdout


def test_explain_reads_standard_input_and_gives_json(detente_in):
    words = ("explain", "-", "--source", "RUS", "--target", "TUR", "--json")
    done = detente_in(*words, "--on", "2015-11-24", input=TEXT)
    found = json.loads(done.stdout)
    assert found["text"] == TEXT
    parts = sum(part["contribution"] for part in found["parts"])
    assert parts == pytest.approx(found["unclipped"], abs=1e-9)
    nothing = detente_in(*words, input="")
    empty = json.loads(nothing.stdout)
    assert (nothing.exit_code, empty["tone"], empty["flags"]) == (1, None, ["empty"])


def test_explain_refuses_standard_input_that_is_not_utf_8(detente_in):
    words = ("explain", "-", "--source", "RUS", "--target", "TUR")
    done = detente_in(*words, input="Türkiye".encode("cp1254"))
    assert done.exit_code == 2
    assert "not UTF-8 (byte 2 is 0xfc)" in " ".join(done.output.split())


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("24.11 !!", "no letter of any script"),
        ("", "no text, or white space only"),
        ("Россия - наш друг.", "the text is in another language than English"),
    ],
)
def test_explain_of_a_text_without_tone_says_why(detente_in, text, why):
    done = detente_in("explain", text, "--source", "RUS", "--target", "TUR")
    assert done.exit_code == 1
    assert done.stdout.strip().endswith(f"No tone toward Turkey: {why}.")
    assert not done.stdout.startswith("\n")
    assert "exit status is 1 where the text has no tone" in " ".join(
        detente_in("explain", "-h").stdout.split()
    )


def test_explain_of_a_file_says_how_to_give_its_text(detente_in, tmp_path):
    (tmp_path / "remark.txt").write_text(TEXT, "utf-8")
    done = detente_in("explain", "remark.txt", "--source", "RUS", "--target", "TUR")
    assert done.exit_code == 2
    assert 'explain - ... < "remark.txt"' in " ".join(done.output.replace("│", " ").split())
    # What merely looks like a name, or is too long for one, is a statement.
    for text in ("remark.md", "x" * 5000, "a\0b"):
        assert detente_in("explain", text, "--source", "RUS", "--target", "TUR").exit_code != 2


def test_explain_of_a_long_text_shows_all_of_it_where_asked_for(detente_in):
    text = "Delegates attended the opening of the hall. " * 200 + TEXT
    words = ("explain", "-", "--source", "RUS", "--target", "TUR")
    short = detente_in(*words, input=text).stdout
    assert "stab in the back" in short
    assert "All of it: --all." in short
    assert short.count("Delegates") < 5
    assert detente_in(*words, "--all", input=text).stdout.count("Delegates") == 200


def test_score_of_a_study_says_what_to_write(detente_in, study):
    folder = study()
    for name in (folder, "russia-turkey"):
        done = detente_in("score", name)
        assert done.exit_code == 2
        told = " ".join(done.output.replace("│", " ").split())
        assert "is a study." in told
        assert "statements.csv" in told


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["explain", "x", "--source", "TR", "--target", "RUS"], "TUR"),
        (["explain", "x", "--source", "TUR"], "--target"),
        (["explain", "x", "--source", "TUR", "--target", "RUS", "--on", "soon"], "2015-11-24"),
        (["explain", "x", "--source", "TUR", "--target", "RUS", "--scorer", "targt"], "'target'"),
        (["lexicon", " "], "no word"),
        (["lexicon", "a@q"], "mark"),
        (["lexicon", "-o", "a.doc"], "format"),
        (["validate", "--crisis", "2015"], "FROM..TO"),
        (["validate", "-o", "found.csv"], "a folder, such as found"),
        (["validate", "--scorer", "targt"], "Did you mean 'target'"),
        (["train"], "STUDY"),
    ],
)
def test_wrong_usage_exits_with_2_and_says_what_is_right(detente_in, words, says):
    done = detente_in(*words)
    assert done.exit_code == 2
    assert says in " ".join(done.output.replace("│", " ").split())


def test_lexicon_shows_an_entry_in_any_form_and_what_vader_has(detente_in):
    done = detente_in("lexicon", "Summoned")
    assert done.exit_code == 0
    assert re.search(
        r"^summon@v +−\d\.\d +−\d\.\d +verdict +not in VADER", done.stdout, re.MULTILINE
    )
    war = detente_in("lexicon", "war").stdout
    assert re.search(r"^war +0\.0 +topic +−2\.9 +what is spoken of", war, re.MULTILINE)
    assert "these words; where one is found" in war


def test_longer_entries_are_listed_those_first_that_begin_so_and_capped(detente_in):
    done = detente_in("lexicon", "the")
    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) < 50
    begins, holds = done.stdout.split("longer entries hold these words")
    rows = [line for line in begins.splitlines() if re.search(r" [+−]?\d\.\d ", line)]
    assert len(rows) == 15
    assert all(line.startswith("the ") for line in rows)
    assert begins.count("more; all of them: --all, or -o FILE") == 1
    assert holds.count("more; all of them: --all, or -o FILE") == 1
    few, every = (detente_in("lexicon", "welcome", *words).stdout for words in ((), ("--all",)))
    assert "more; all of them" in few
    assert "more; all of them" not in every
    n = int(re.search(r"^([\d,]+) longer entries begin", every, re.MULTILINE)[1].replace(",", ""))
    assert len(every.splitlines()) > n > 15


def test_a_form_of_two_entries_shows_both(detente_in):
    shown = detente_in("lexicon", "complicated").stdout
    first, second = shown.split("Also a form of what follows")
    assert re.search(r"^complicated +−\d\.\d +(?:−\d\.\d +)?situation", first, re.MULTILINE)
    assert re.search(r"^complicate@v +−\d\.\d +situation", second, re.MULTILINE)
    assert "@v: all forms of the verb" in second


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("was summoned by", "Within it are found: 'summoned' (summon@v −"),
        ("reportedly", "is a grammar word (hedge)"),
        ("Russia", "is a name"),
        ("xyzzy", "The lexicon has no entry for 'xyzzy', and VADER's has none."),
    ],
)
def test_what_is_no_entry_is_told_what_it_is(detente_in, words, told):
    done = detente_in("lexicon", words)
    assert (done.exit_code, done.stdout) == (1, "")
    assert told in done.stderr


def test_an_unknown_entry_exits_with_1_and_offers_the_nearest(detente_in):
    done = detente_in("lexicon", "unaceptable")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "Did you mean 'unacceptable'" in done.stderr


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("filling", []),
        ("condem", ["condemn", "condemns", "condemned", "condemning"]),
        ("hostle", ["hostile", "hostiles"]),
    ],
)
def test_only_words_of_the_stem_or_misspelt_ones_are_offered(detente_in, word, near):
    done = detente_in("lexicon", word)
    assert re.findall(r"'([a-z]+)'", done.stderr.partition("Did you mean")[2]) == near


def test_score_without_a_good_row_says_so_and_writes_the_bad_ones(detente_in, tmp_path):
    (tmp_path / "bad.csv").write_text(
        "date,source,target,speaker,text\n2024-02-30,SRB,XKX,A,They met.\n", "utf-8"
    )
    done = detente_in("score", "bad.csv", "--skip-bad", "-o", "out.csv")
    assert done.exit_code == 1
    assert "No good row is left." in done.stderr
    assert "out.rejected.csv" in done.stderr
    assert not (tmp_path / "out.csv").exists()
    rejected = pd.read_csv(tmp_path / "out.rejected.csv")
    assert rejected["reasons"].tolist() == ["date: There is no such day in the calendar."]
    shown = detente_in("score", "bad.csv", "--skip-bad")
    assert "No good row is left." in shown.stderr
    assert ".rejected" not in shown.stderr


def test_the_summary_counts_what_the_file_holds(detente_in, tmp_path):
    shown = detente_in("lexicon").stdout
    assert detente_in("lexicon", "-o", "all.csv").exit_code == 0
    table = pd.read_csv(tmp_path / "all.csv", keep_default_na=False, low_memory=False)
    assert f"{len(table):,} entries in force" in shown
    n_vader = (table["origin"] == "vaderSentiment").sum()
    assert f"{len(table) - n_vader:,} of detente's own, from" in shown
    with (lexicon_folder() / "diplomatic.csv").open(encoding="utf-8") as lines:
        assert f"from {sum(1 for _ in lines) - 1:,} rows of" in shown
    assert f"{n_vader:,} single words of VADER's" in shown
    moved = pd.read_csv(lexicon_folder() / "moved.csv")
    assert f"moved the valences of {len(moved):,}." in shown
    assert table["valence"].astype(float).between(-4, 4).all()
    for kind in set(table["kind"]):
        row = next(line for line in shown.splitlines() if line.startswith(f"{kind} "))
        assert row.rstrip()[-1].isalpha(), f"{kind} has no meaning"


def test_a_studys_entries_are_shown_with_what_they_take_the_place_of(detente_in, study):
    folder = study(replaced=WITH_LEXICON, lexicon=LEXICON)
    shown = detente_in("lexicon", "--study", folder).stdout
    assert re.search(
        r"^thank@v +\+0\.4 .* thank@v \+\d\.\d \(verdict\).* polite$", shown, re.MULTILINE
    )
    assert "2 entries" in shown
    found = detente_in("lexicon", "thanked", "--study", folder).stdout
    assert re.search(r"^thank@v +\+0\.4", found, re.MULTILINE)


def test_a_studys_lexicon_and_names_move_explain_and_score(detente_in, study, tmp_path):
    named = {"# TUR = ": "TUR = ", "the government there": "the Porte"}
    folder = study(replaced=WITH_LEXICON | named, lexicon=LEXICON)
    text = "Putin thanked the Porte."
    words = ("explain", text, "--source", "RUS", "--target", "TUR", "--scorer", "target")
    plain, own = detente_in(*words).stdout, detente_in(*words, "--study", folder).stdout
    assert "not named" in plain
    assert "not named" not in own
    assert float(toned(own)) < float(toned(plain))
    (tmp_path / "in.csv").write_text(
        f"date,source,target,speaker,text\n2016-01-02,RUS,TUR,Putin,{text}\n", "utf-8"
    )
    done = detente_in("score", "in.csv", "--study", folder, "-o", "out.csv")
    assert done.exit_code == 0, done.output
    scored = pd.read_csv(tmp_path / "out.csv", keep_default_na=False)
    assert f"{scored['tone'].iloc[0]:+.2f}" == toned(own)
    assert scored["tone_flag"].tolist() == [""]


def test_check_tells_every_problem_of_a_lexicon(detente_in, study):
    bad = (
        "entry,valence,kind\ngrain deal,1.5,contact\ngrain deal,1.2,contact\nfoe,-9,bond\n"
        "pal,two,bond\npal@z,2,bond\nchum,2,frend\n,1,bond\n!!,1,bond\n"
    )
    done = detente_in("check", study(replaced=WITH_LEXICON, lexicon=bad), "-q")
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    places = [re.search(r"lexicon\.csv, row (\d+), column (\w+)", line).groups() for line in lines]
    assert places == [
        ("3", "entry"),
        ("4", "valence"),
        ("5", "valence"),
        ("6", "entry"),
        ("7", "kind"),
        ("8", "entry"),
        ("9", "entry"),
    ]
    assert "'-9'" in lines[1]
    assert "Known are bond" in lines[4] or "Did you mean" in lines[4]


@pytest.mark.parametrize("verb", ["validate", "train"])
def test_a_study_without_codings_is_told_the_way_out(detente_in, study, verb):
    folder = study()
    done = detente_in(verb, folder)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "codings.csv has no coding yet" in done.stderr
    assert "coder_type" in done.stderr
    settings = folder / "study.toml"
    settings.write_text(settings.read_text("utf-8").replace('codings = "codings.csv"', ""), "utf-8")
    done = detente_in(verb, folder)
    assert (done.exit_code, done.stdout) == (1, "")
    assert 'codings = "codings.csv"' in done.stderr


def test_train_refuses_too_few_codings_with_all_reasons(detente_in, study):
    folder = study()
    ids = pd.read_csv(folder / "statements.csv")["id"].head(5)
    rows = [f"{i},A,2,machine" for i in ids]
    (folder / "codings.csv").write_text("\n".join(["id,coder,code,coder_type", *rows]) + "\n")
    done = detente_in("train", folder)
    assert (done.exit_code, done.stdout) == (1, "")
    first, *reasons, remedy = done.stderr.splitlines()
    assert first == "The codings do not suffice to train on:"
    assert reasons == [
        "- coded statements: 5 found, 150 needed;",
        "- years with 10 coded statements or more: 0 found, 3 needed;",
        "- statements coded cold: 0 found, 15 needed;",
        "- statements coded neutral: 0 found, 15 needed;",
        "- statements coded warm: 5 found, 15 needed.",
    ]
    assert remedy.startswith("Code more statements")
    assert not (folder / "model").exists()


def test_validate_writes_what_it_prints(detente_in, tmp_path):
    words = ("validate", "russia-turkey", "--scorer", "vader", "--scorer", "target")
    done = detente_in(*words, "--crisis", "2015-11-24..2016-05", "-o", "out")
    assert done.exit_code == 0, done.output
    text = done.stdout
    assert "two machine codings (no human coding yet)" in text
    assert not re.search(r"\bceiling\b|\bexpert|ground truth|human codings", text)
    for part in ("Pearson's r", "Cohen's d", "Bias by group", "Worst misses", "Krippendorff"):
        assert part in text
    table = pd.read_csv(tmp_path / "out" / "validation.csv", keep_default_na=False)
    assert set(table["scorer"]) == {"vader", "target", ""}
    figures = table[(table["measure"] == "pearson") & (table["scorer"] == "target")]
    assert f"{float(figures['estimate'].iloc[0]):.2f} (" in text
    assert not table.duplicated(["scorer", "measure", "grouping", "group"]).any()
    parts = json.loads((tmp_path / "out" / "validation.json").read_text("utf-8"))
    assert [one["parameters"]["scorer"] for one in parts["scorers"]] == ["vader", "target"]
    assert parts["scorers"][1]["parameters"]["baseline"] == "vader"
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {f"validity-target.{kind}" for kind in ("svg", "png", "pdf")} <= names


def test_validate_says_what_was_seen_and_compares_the_scorers(detente_in, tmp_path):
    words = ("validate", "japan-korea", "--scorer", "target", "--scorer", "calibrated")
    done = detente_in(*words, "-o", "out")
    assert done.exit_code == 0, done.output
    text = done.stdout
    assert "Validation of 'calibrated' against codings, out-of-fold" in text
    assert "Constructed statements are invented and have no date" in text
    assert "those on the same two countries too" in text
    _, _, compared = text.partition("The scorers compared")
    assert re.search(
        r"^Pearson's r, calibrated less target: [+−]?0\.\d\d \(", compared, re.MULTILINE
    )
    table = pd.read_csv(tmp_path / "out" / "validation.csv", keep_default_na=False)
    assert "in_sample" not in table
    told = table.drop_duplicates("scorer").set_index("scorer")
    assert told["fitted"].to_dict() == {
        **{"vader": "no", "target": "no", "calibrated": "out_of_fold", "": ""}
    }
    assert told["written_with"].str.contains("japan-korea").to_dict() == {
        **{"vader": False, "target": True, "calibrated": True, "": False}
    }
    less = table[table["grouping"] == "less"]
    assert less[["scorer", "group"]].drop_duplicates().to_numpy().tolist() == [
        ["target", "vader"],
        ["calibrated", "vader"],
        ["calibrated", "target"],
    ]
    assert not table.duplicated(["scorer", "measure", "grouping", "group"]).any()
    parts = json.loads((tmp_path / "out" / "validation.json").read_text("utf-8"))
    assert {row["baseline"] for row in parts["differences"]} == {"target"}


def test_few_codings_are_warned_of(detente_in, study):
    folder = study()
    ids = pd.read_csv(folder / "statements.csv")["id"].head(12)
    rows = [f"{i},A,{(-2, 0, 2)[k % 3]},human" for k, i in enumerate(ids)]
    (folder / "codings.csv").write_text("\n".join(["id,coder,code,coder_type", *rows]) + "\n")
    text = detente_in("validate", folder, "--scorer", "vader").stdout
    assert "Few codings: 12 statements, where 50 are wanted; 4 coded cold, where 10" in text
    assert "No group has 20 coded statements, so no bias is printed." in text


def test_statements_never_seen_are_told_as_such(detente_in, study):
    folder = study()
    ids = pd.read_csv(folder / "statements.csv")["id"].head(12)
    rows = [f"{i},A,{(-2, 0, 2)[k % 3]},human" for k, i in enumerate(ids)]
    (folder / "codings.csv").write_text("\n".join(["id,coder,code,coder_type", *rows]) + "\n")
    done = detente_in("validate", folder, "-o", "out")
    assert done.exit_code == 0, done.output
    assert "None of the statements judged here (12) was among them." in done.stdout
    assert "fold" not in done.stdout
    assert re.search(r"slope of quarterly means +– \(too few quarters\)", done.stdout)
    assert "We cannot tell what has a dash: fewer than 8 quarters have codings" in done.stdout
    table = pd.read_csv("out/validation.csv", keep_default_na=False).set_index("measure")
    slopes = table.loc["slope_quarterly"]
    assert set(slopes["estimate"]) == {""}
    assert set(slopes["reason"]) == {"too_few_quarters"}
    both = json.loads(Path("out/validation.json").read_text("utf-8"))["scorers"][0]
    assert both["table"][-1]["reason"] == "too_few_quarters"


@pytest.fixture
def blind(monkeypatch):
    """A scorer that says it was trained and judges out-of-fold, and shows no trace."""

    class Blind:
        name = "blind"
        parameters = {"trained_on": "codings", "out_of_fold": True}  # noqa: RUF012

        def score(self, texts, targets, sources=None):  # noqa: ARG002
            return np.array([len(text) % 7 / 7 - 0.5 for text in texts])

    for name in ("_FACTORIES", "_MADE"):
        monkeypatch.setattr(scorer, name, dict(getattr(scorer, name)))
    register_scorer("blind", Blind)
    return "blind"


def test_what_is_not_known_of_a_scorer_is_told_with_how_to_state_it(detente_in, blind):
    done = detente_in("validate", "japan-korea", "--scorer", blind)
    assert done.exit_code == 0, done.output
    assert "blind, not known whether out-of-fold" in done.stdout
    assert "it is not known whether the scorer was trained on them. To state it:" in done.stdout
    assert "To state it" not in detente_in("validate", "japan-korea", "--scorer", "vader").stdout


def test_a_crisis_without_statements_is_wrong_usage(detente_in):
    done = detente_in("validate", "russia-turkey", "--crisis", "2051-01..2051-03")
    assert done.exit_code == 2
    assert "0 statements" in " ".join(done.output.split())


def test_train_writes_a_model_that_the_study_then_uses(detente_in, tmp_path):
    bundled = load_study("russia-turkey").folder
    folder = tmp_path / "mine"
    folder.mkdir()
    for name in ("statements", "events", "codings"):
        (folder / f"{name}.csv").write_bytes((bundled / f"{name}.csv").read_bytes())
    toml = (bundled / "study.toml").read_text("utf-8")
    (folder / "study.toml").write_text(toml, "utf-8")
    done = detente_in("train", folder)
    assert done.exit_code == 0, done.output
    assert "Out-of-fold" in done.stdout
    assert 'model = "model"' in done.stdout
    model = CalibratedModel.load(folder / "model")
    assert model.about["n"] == 529
    toml = re.sub(r'scorer = ".*"', 'scorer = "calibrated"', toml)
    toml = toml.replace("[files]\n", '[files]\nmodel = "model"\n')
    (folder / "study.toml").write_text(toml, "utf-8")
    done = detente_in("validate", folder)
    assert done.exit_code == 0, done.output
    assert "was trained on 529 coded statements" in done.stdout
    assert "All statements judged here (529) were among them" in done.stdout
    assert "judged out-of-fold" in done.stdout
    # What training printed is what validation finds: the tones are the same.
    assert f"{model.about['out_of_fold']['pearson'][0]:.2f} (" in done.stdout

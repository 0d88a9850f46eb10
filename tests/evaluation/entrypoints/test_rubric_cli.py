"""Rubrics on the command line, as somebody types it who has only docs/rubrics.md."""

from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

from services.evaluation.entrypoints.cli import app

EXAMPLES = Path(__file__).resolve().parents[3] / "docs/examples"
RUBRIC, VALUES = EXAMPLES / "rubric_towns.yaml", EXAMPLES / "rubric_towns_values.csv"


@pytest.fixture(name="run")
def _run():
    def run(*words):
        return CliRunner().invoke(app, [str(word) for word in words])

    return run


def test_a_sound_rubric_is_usable(run):
    """Status 0 and one line that says so."""
    done = run("rubric", "check", RUBRIC)
    assert 0 == done.exit_code, done.output
    assert "可以使用 USABLE" in done.output


def test_several_rubrics_are_checked_at_once(run, tmp_path):
    """One that cannot be used makes the status 1, and the others are told too."""
    broken = tmp_path / "broken.yaml"
    broken.write_text("format: shouxian-rubric-1\nid: b\ntitle: 坏\nparts: []\ntotal: x\n", encoding="utf-8")
    done = run("rubric", "check", broken, RUBRIC)
    assert 1 == done.exit_code
    assert f"{broken}: 不能使用 UNUSABLE" in done.output
    assert f"{RUBRIC}: 可以使用 USABLE" in done.output
    assert f"{broken}:5 total" in done.output


def test_check_without_a_file_is_wrong_use(run):
    """Status 2 is the command itself, not the rubric."""
    assert 2 == run("rubric", "check").exit_code


def test_scores_as_a_table(run):
    """Without further words the ranking is printed."""
    done = run("score", RUBRIC, VALUES, "--as-of", "2022-12-31")
    assert 0 == done.exit_code, done.output
    assert "99.60" in done.stdout
    assert "数据不全 incomplete" in done.stdout


@pytest.mark.parametrize(
    ("ending", "begins"), [("json", b"{"), ("csv", b"\xef\xbb\xbfunit,"), ("txt", "示例县".encode())]
)
def test_the_ending_decides_the_form(run, tmp_path, ending, begins):
    """A file is written in the form of its ending, the same bytes each time, and named."""
    files = [tmp_path / f"{number}.{ending}" for number in (1, 2)]
    for file in files:
        done = run("score", RUBRIC, VALUES, "--out", file)
        assert 0 == done.exit_code, done.output
        assert str(file) in done.stdout
    first, second = (file.read_bytes() for file in files)
    assert first == second
    assert first.startswith(begins)


def test_the_form_may_be_said(run):
    """``--format json`` prints JSON and nothing else on standard output."""
    done = run("score", RUBRIC, VALUES, "--format", "json")
    assert "shouxian-rubric-result-1" == orjson.loads(done.stdout)["format"]


def test_a_number_is_explained(run):
    """``--explain`` answers for one item of one unit."""
    done = run("score", RUBRIC, VALUES, "--explain", "甲镇:1.4")
    assert 0 == done.exit_code, done.output
    assert "max(10 − 2 × (2 − 1), 0)" in done.stdout


def test_what_cannot_be_explained(run):
    """Status 1 and what there is, in both languages."""
    done = run("score", RUBRIC, VALUES, "--explain", "甲镇:9")
    assert 1 == done.exit_code
    assert "甲镇:9" in done.stderr
    assert "it has" in done.stderr


def test_wrong_values_are_refused_with_their_lines(run, tmp_path):
    """Status 1, every fault with its line, nothing on standard output."""
    values = tmp_path / "values.csv"
    values.write_text("unit,item,value\n甲镇,1.9,1\n甲镇,1.4,2022-02-30\n", encoding="utf-8")
    done = run("score", RUBRIC, values)
    assert (1, "") == (done.exit_code, done.stdout)
    assert f"{values}:2" in done.stderr
    assert f"{values}:3" in done.stderr


def test_a_word_where_a_number_is_needed_is_refused_with_its_line(run, tmp_path):
    """What only the rule knows to be wrong names the line too."""
    values = tmp_path / "values.csv"
    text = VALUES.read_text(encoding="utf-8").replace("甲镇,1.4,62%", "甲镇,1.4,很高")
    values.write_text(text, encoding="utf-8")
    done = run("score", RUBRIC, values)
    assert 1 == done.exit_code
    assert f"{values}:8 第1.4项" in done.stderr


def test_a_rubric_with_errors_scores_nobody(run, tmp_path):
    """What does not add up must be put right or accepted before anybody is scored by it."""
    rubric = tmp_path / "rubric.yaml"
    rubric.write_text(
        RUBRIC.read_text(encoding="utf-8").replace("total: 100", "total: 110"), encoding="utf-8"
    )
    done = run("score", rubric, VALUES)
    assert 1 == done.exit_code
    assert "total_does_not_add_up" in done.stderr


def test_a_folder_cannot_be_written_to(run, tmp_path):
    """A name that is a folder is refused in a sentence."""
    done = run("score", RUBRIC, VALUES, "--out", tmp_path)
    assert 1 == done.exit_code
    assert "cannot write" in done.stderr


def test_a_blank_values_file_is_printed(run, tmp_path):
    """The file names every cell of the units asked for, and is accepted as it is: all values are missing."""
    values = tmp_path / "values.csv"
    done = run("rubric", "blank", RUBRIC, "甲镇", "--out", values)
    assert 0 == done.exit_code, done.output
    assert "甲镇,1.1,,done," in values.read_text(encoding="utf-8-sig")
    filled = values.read_text(encoding="utf-8-sig").replace("甲镇,1.1,,done,,,,", "甲镇,1.1,,done,,,川道镇,")
    values.write_text(filled, encoding="utf-8")
    done = run("score", RUBRIC, values)
    assert 0 == done.exit_code, done.output
    assert "数据不全 incomplete" in done.stdout


def test_a_rubric_that_needs_the_day_says_so(run, tmp_path):
    """Without ``--as-of`` a rubric with checkpoints is refused in each language by itself."""
    rubric, values = tmp_path / "rubric.yaml", tmp_path / "values.csv"
    rule = "{type: checkpoint, targets: {2022-07-31: 40%}, rule: {type: proportional, target: target}}"
    rubric.write_text(
        "format: shouxian-rubric-1\nid: r\ntitle: 例\nparts:\n  - id: P\n    name: 例\n    items:\n"
        f"      - {{id: '1', name: 进度, points: 8, rule: {rule}}}\n",
        encoding="utf-8",
    )
    values.write_text("unit,item,value\n甲镇,1,20%\n", encoding="utf-8")
    done = run("score", rubric, values)
    assert 1 == done.exit_code
    zh, en = done.stderr.splitlines()
    assert "须指定考核截止日" in zh
    assert "scoring needs its day" in en
    done = run("score", rubric, values, "--as-of", "2022-08-01")
    assert "4.00" in done.stdout

import hashlib
from datetime import date
from decimal import Decimal

import pytest

from shared.parameters.load import load_figures
from shared.parameters.strict_yaml import ParameterFileError, read_document

DAY = date(2022, 5, 1)

WHOLE = """
line:
  label: {zh: 监测线, en: monitoring line}
  unit: fen per year
  values:
    2022-01-01: {value: 670000, source: "paper 2", confirmed: false}
    2021-01-01: {value: 600000, source: "paper 1", confirmed: true, note: first year}
    2023-01-01: {value: null, source: "paper 3", confirmed: true}
"""


def figure(values: str, unit: str = "share") -> str:
    return f"k:\n  label: {{zh: 甲, en: a}}\n  unit: {unit}\n  values:\n    {values}\n"


@pytest.fixture(name="write")
def _write(tmp_path):
    def write(text: str):
        file = tmp_path / "policy.yaml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


class TestLoadFigures:
    def test_reads_every_part(self, write):
        """Values come back in the order of their days with source, confirmation, label and unit."""
        policy = load_figures(write(WHOLE))
        line = policy.whole("line")
        assert line.on(DAY) == 670_000
        assert line.entry_on(DAY).confirmed is False
        assert [2021, 2022, 2023] == [entry.since.year for entry in line.entries]
        assert line.entries[0].note == "first year"
        assert (line.label.text("zh"), line.label.text("en")) == ("监测线", "monitoring line")
        assert line.unit == "fen per year"
        assert line.in_force_on(date(2023, 1, 1)) is False

    def test_digest_is_of_the_bytes(self, write):
        """The SHA-256 is that of the file, so that a score can name what it was made with."""
        file = write(WHOLE)
        assert hashlib.sha256(file.read_bytes()).hexdigest() == load_figures(file).sha256

    def test_decimal_is_exact(self, write):
        """A rate is the Decimal that was written; no float comes in between."""
        file = write(figure("2021-01-01: {value: 0.1, source: p, confirmed: true}"))
        rate = load_figures(file).decimal("k").on(DAY)
        assert isinstance(rate, Decimal)
        assert Decimal("0.1") == rate

    def test_whole_numbers_serve_as_decimals(self, write):
        """A figure written with and without decimals over the years is Decimal throughout."""
        text = figure(
            "2020-01-01: {value: 1, source: p, confirmed: true}\n"
            "    2021-01-01: {value: 0.5, source: p, confirmed: true}"
        )
        figure_read = load_figures(write(text)).decimal("k")
        assert [Decimal(1), Decimal("0.5")] == [entry.value for entry in figure_read.entries]
        assert {Decimal} == {type(entry.value) for entry in figure_read.entries}

    def test_only_whole_as_decimal(self, write):
        """A figure with whole values only may be asked for as Decimal."""
        file = write(figure("2020-01-01: {value: 3, source: p, confirmed: true}"))
        value = load_figures(file).decimal("k").on(DAY)
        assert (Decimal, Decimal(3)) == (type(value), value)

    def test_codes_stay_text(self, write):
        """Codes with leading zeros, and the words YAML 1.1 turns into booleans, stay what was written."""
        text = figure("2020-01-01: {value: [007, on, no, 1:30, 1e3], source: p, confirmed: true}")
        assert load_figures(write(text)).many("k").on(DAY) == ("007", "on", "no", "1:30", "1e3")

    def test_table_is_read_only(self, write):
        """A value that is a mapping can be read, not changed."""
        text = figure("2020-01-01: {value: {a: 1, b: [2]}, source: p, confirmed: true}")
        table = load_figures(write(text)).table("k").on(DAY)
        assert dict(table) == {"a": 1, "b": (2,)}
        with pytest.raises(TypeError):
            table["a"] = 2  # type: ignore[index]

    def test_asking_for_the_wrong_kind(self, write):
        """Asking for a key of another kind, or one that is not there, fails when the file is loaded."""
        policy = load_figures(write(WHOLE))
        with pytest.raises(ParameterFileError, match=r"policy\.yaml: line: must be text"):
            policy.text("line")
        with pytest.raises(ParameterFileError, match=r"policy\.yaml: other: is missing"):
            policy.whole("other")

    def test_true_is_no_number(self, write):
        """A flag is not taken for the number one."""
        policy = load_figures(write(figure("2020-01-01: {value: true, source: p, confirmed: true}")))
        assert policy.flag("k").on(DAY) is True
        with pytest.raises(ParameterFileError, match="whole number"):
            policy.whole("k")


OK = "source: p, confirmed: true"
WRONG = {
    "no value": ("2021-01-01: {source: p, confirmed: true}", "k.2021-01-01.value"),
    "no source": ("2021-01-01: {value: 1, confirmed: true}", "k.2021-01-01.source"),
    "empty source": ("2021-01-01: {value: 1, source: ' ', confirmed: true}", "k.2021-01-01.source"),
    "source is a number": ("2021-01-01: {value: 1, source: 2, confirmed: true}", "k.2021-01-01.source"),
    "no confirmed": ("2021-01-01: {value: 1, source: p}", "k.2021-01-01.confirmed"),
    "confirmed: yes": ("2021-01-01: {value: 1, source: p, confirmed: yes}", "k.2021-01-01.confirmed"),
    "confirmed: 1": ("2021-01-01: {value: 1, source: p, confirmed: 1}", "k.2021-01-01.confirmed"),
    "a typing error": ("2021-01-01: {value: 1, sorce: p, confirmed: true}", "k.2021-01-01.sorce"),
    "entry is a number": ("2021-01-01: 5", "k.2021-01-01"),
    "day is text": ('"2021-01-01": {value: 1, %s}'.replace("%s", OK), "k.values.2021-01-01"),
    "day is a year": ("2021: {value: 1, %s}".replace("%s", OK), "k.values.2021"),
    "mixed kinds": (
        "2021-01-01: {value: 1, %s}\n    2022-01-01: {value: a, %s}".replace("%s", OK),
        "k.values",
    ),
    "values is a list": ("- 1", "k.values"),
    "values is empty": ("", "k.values"),
    "impossible day": ("2021-02-30: {value: 1, %s}".replace("%s", OK), "line 5"),
    "day twice": ("2021-01-01: {value: 1, %s}\n    2021-01-01: {value: 2, %s}".replace("%s", OK), "line 6"),
    "not YAML": ("2021-01-01: {value: 1", "line"),
}


@pytest.mark.parametrize(("values", "key"), WRONG.values(), ids=WRONG)
def test_says_what_is_wrong(write, values, key):
    """A file that cannot be used is refused with its name and the place of the mistake."""
    with pytest.raises(ParameterFileError) as refused:
        load_figures(write(figure(values)))
    assert key in refused.value.key or key.replace("k.", "k.values.") == refused.value.key
    assert str(refused.value).startswith(str(refused.value.file))
    assert refused.value.why


@pytest.mark.parametrize(
    ("unit", "value"),
    [("fen per year", "0.5"), ("fen", "'5'"), ("yuan", "5")],
    ids=["fraction of a fen", "text", "yuan"],
)
def test_money_is_whole_fen(write, unit, value):
    """A figure of money is whole fen: no fraction, no text, no yuan."""
    text = figure(f"2021-01-01: {{value: {value}, {OK}}}", unit)
    with pytest.raises(ParameterFileError, match="whole fen"):
        load_figures(write(text))


@pytest.mark.parametrize(
    "text",
    [
        "- 1",
        "k: 1",
        "k: {unit: days, values: {}}",
        "k: {label: {zh: 甲}, unit: d, values: {}}",
        "k: {extra: 1}",
    ],
)
def test_refuses_a_figure_without_its_parts(write, text):
    """A figure needs a label in both languages, a unit and values, and has nothing else."""
    with pytest.raises(ParameterFileError):
        load_figures(write(text))


def test_missing_file(tmp_path):
    """A file that is not there is named."""
    with pytest.raises(ParameterFileError, match=r"none\.yaml"):
        read_document(tmp_path / "none.yaml")


def test_not_utf8(tmp_path):
    """Bytes that are not UTF-8 are refused, not guessed at."""
    file = tmp_path / "policy.yaml"
    file.write_bytes(b"\xb0\xa1: 1")
    with pytest.raises(ParameterFileError, match="UTF-8"):
        read_document(file)


@pytest.mark.parametrize(
    "text",
    [
        "!!python/object:os.system {}",
        "a: !!float 1.5e",
        "a: !!float NaN",
        "a: !!int 0x1",
        "a: !!bool on",
        "? [a]\n: 1",
        "a: &x 1\nb: !foo 1",
    ],
)
def test_refuses_what_a_policy_file_has_no_use_for(write, text):
    """Tags, keys that are lists and other cleverness are refused."""
    with pytest.raises(ParameterFileError):
        read_document(write(text))

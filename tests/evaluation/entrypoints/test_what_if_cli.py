import json
from datetime import date
from decimal import Decimal

import pytest
from typer import Typer
from typer.testing import CliRunner

from services.evaluation.entrypoints import cli
from services.evaluation.entrypoints.what_if_cli import add_what_if_command, suppositions
from services.evaluation.service_layer import what_if as suppose
from services.evaluation.service_layer.what_if import CannotSupposeError
from tests.evaluation.samples import TODAY, Year, sealed

NONE: dict[str, list[str]] = {
    name: [] for name in ("points", "number", "method", "figure", "without", "mark")
}


@pytest.fixture(name="ask")
def _ask(service, tell, monkeypatch):
    """Ask the command on a county of a small year."""
    tell(service, sealed(Year(4).events))
    monkeypatch.setattr(cli, "open_service", lambda _folder=None: service)
    app = Typer()
    add_what_if_command(app, cli.open_service)
    days = ["--as-of", "2022-12-31", "--known-at", TODAY.isoformat()]
    return lambda *options: CliRunner().invoke(app, [*days, *options])


def test_two_boards_in_a_table(ask):
    """Every unit before and after, and each line that moved."""
    said = ask("--points", "I01-4=40").stdout
    assert "→" in said
    assert "I01-4" in said


def test_the_whole_difference_as_json(ask):
    """The same as data, for whoever works on with it."""
    found = json.loads(ask("--points", "I01-4=40", "--json").stdout)
    assert {"I01-4"} == {line["indicator"] for unit in found["units"] for line in unit["lines"]}


@pytest.mark.parametrize("option", [("--points", "I01-4"), ("--number", "I01-4=3"), ("--mark", "x=1")])
def test_what_cannot_be_read_is_refused(ask, option):
    """An option written otherwise is refused with what was written."""
    assert 1 == ask(*option).exit_code


def test_every_option_is_read(tmp_path):
    """Each option is the supposition it says."""
    event = {"id": "e1", "type": "x.y.v1", "data": {"occurred_on": "2022-05-01", "area_code": "610327109001"}}
    (tmp_path / "events.jsonl").write_text(json.dumps(event) + "\n")
    given = {
        "points": ["I01-1=3"],
        "number": ["I01-1.deduct=0.2"],
        "method": ['I01-1={"type": "proportional", "target": 100}'],
        "figure": ["helper_days=15"],
        "without": ["e0"],
        "mark": ["610327109:review=8"],
    }
    found = suppositions(given, tmp_path / "events.jsonl")
    kinds = ["Without", "PointsOf", "FigureOf", "NumberOf", "MarkOf", "MethodOf", "With"]
    assert kinds == [type(one).__name__ for one in found]
    assert suppose.NumberOf("I01-1", "deduct", Decimal("0.2")) == found[3]
    added = found[6]
    assert isinstance(added, suppose.With)
    fact = added.fact
    assert ("e1", date(2022, 5, 1), "610327109") == (fact.event_id, fact.occurred_on, fact.town)


def test_a_method_that_is_none():
    """A method written wrongly is refused."""
    with pytest.raises(CannotSupposeError):
        suppositions({**NONE, "method": ["I01-1={"]}, None)

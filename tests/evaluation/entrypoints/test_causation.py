import json
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from typer import Typer
from typer.testing import CliRunner

from services.evaluation.entrypoints.causation_cli import add_causation_command
from services.evaluation.service_layer.journal import record_events
from shared.contracts.envelope import Envelope
from shared.contracts.evaluation.v1.supervision import AccountabilityTriggered
from shared.contracts.monitoring.v1.household import VisitRecorded
from shared.kernel.clock import at_hour
from tests.evaluation.samples import FIRST, TODAY, household

TOWN, ELSEWHERE = "610327109203", "610327112200"
"""A village of the town that signs in, and one of another."""
YEAR_END = "2022-12-31"


def visit(number, area):
    return VisitRecorded(
        occurred_on=FIRST + timedelta(days=number),
        household_id="h",
        area_code=area,
        visit_id=f"v{number}",
        kind="helper",
        risk_found=False,
    )


def trigger():
    return AccountabilityTriggered(
        occurred_on=TODAY,
        trigger_id="t",
        unit="610327109",
        kind="recurrence",
        about_id="p",
        times=2,
        cause_events=("x",),
        rule_confirmed=False,
    )


@pytest.fixture(name="chain")
def _chain(service):
    """A chain in the journal: a household, a visit in its town, one elsewhere, and a secret trigger."""
    numbers = iter(range(100))
    told: list[Envelope] = []

    def tell(event, cause=None):
        at = at_hour(TODAY, 9) + timedelta(seconds=90 * len(told))
        told.append(Envelope.seal(event, ids=lambda: f"e{next(numbers)}", at=at, cause=cause))
        return told[-1]

    root = tell(household("h", area_code=TOWN))
    near = tell(visit(1, TOWN), root)
    tell(visit(2, ELSEWHERE), root)
    tell(trigger(), near)
    with service.uow() as uow:
        record_events(told, uow)
        uow.commit()
    return {"root": root.id, "near": near.id, "far": told[2].id, "secret": told[3].id}


@pytest.fixture(name="county")
def _county(service, chain):
    return service


def rows(browser, event_id):
    answer = browser.get(f"/api/events/{event_id}/causation?as_of={YEAR_END}&known_at={TODAY}")
    assert 200 == answer.status_code
    return answer.json()["rows"]


def shown(found):
    return [(row["level"], row["kind"], row["event"]) for row in found if row["kind"] != "line"]


def test_whoever_sees_all(chain, as_person):
    """From any event of it the supervision office sees the whole chain under the command that began it."""
    expected = [
        (0, "command", ""),
        (1, "event", chain["root"]),
        (2, "event", chain["near"]),
        (3, "event", chain["secret"]),
        (2, "event", chain["far"]),
    ]
    assert expected == shown(rows(as_person("pinggu"), chain["far"]))


def test_a_town(chain, as_person):
    """A town sees what happened elsewhere as a closed box, and of a trigger nothing at all."""
    expected = [
        (0, "command", ""),
        (1, "event", chain["root"]),
        (2, "event", chain["near"]),
        (2, "closed", ""),
    ]
    found = rows(as_person("guguan"), chain["near"])
    assert expected == shown(found)
    closed = next(row for row in found if row["kind"] == "closed")
    assert (None, None, "", None) == tuple(
        closed[name] for name in ("told_at", "waited", "path", "publisher")
    )


def test_what_may_not_be_opened_has_no_tree(chain, as_person):
    """No tree is shown from an event the officer may not open, by whatever name."""
    town = as_person("guguan")
    paths = (
        f"/events/{chain['secret']}/causation",
        f"/events/{chain['far']}/causation.svg",
        "/causation/none",
    )
    assert [403, 403, 403] == [town.get(path).status_code for path in paths]


def test_lines_are_those_of_the_officer(chain, as_person):
    """The lines the events decided are linked; a town sees its own and no department's."""
    query = f"?as_of={YEAR_END}&known_at={TODAY}"

    def units(login):
        lines = [row["path"] for row in rows(as_person(login), chain["near"]) if row["points"]]
        assert lines
        assert all(path.endswith(query) for path in lines)
        return {path.split("/")[2] for path in lines}

    assert {"610327109"} == units("guguan")
    assert units("guguan") < units("pinggu")


def test_page_and_picture(chain, as_person):
    """The event's page leads to the tree; the tree has a picture, and the picture is a well-formed file."""
    browser = as_person("pinggu")
    path = f"/events/{chain['near']}/causation"
    assert path in browser.get(f"/events/{chain['near']}").text
    page = browser.get(path).text
    assert "<svg" in page
    assert "1.5 分钟" in page.replace("90 秒", "1.5 分钟")
    picture = browser.get(f"{path}.svg")
    assert "image/svg+xml" == picture.headers["content-type"]
    assert ET.fromstring(picture.content).tag.endswith("svg")


def test_of_a_household_and_of_a_correlation(chain, as_person):
    """A household's tree is that of a day, and the page of a correlation shows the same chain."""
    browser = as_person("pinggu")
    whole = shown(rows(browser, chain["root"]))
    for path in (f"/api/causation/{chain['root']}", "/api/households/h/causation?day=2022-01-02"):
        assert whole == shown(browser.get(path).json()["rows"])
    assert 404 == browser.get("/api/households/h/causation?day=2022-06-01").status_code


@pytest.fixture(name="ask")
def _ask(county):
    """Ask the command, whose operator sees the database and so everything."""
    app = Typer()
    add_causation_command(app, lambda _folder: county)
    return lambda *options: CliRunner().invoke(app, [*options, "--as-of", YEAR_END])


def test_the_command(chain, ask, tmp_path):
    """Text by default, JSON and a picture when asked for; the lag stands beside each event."""
    text = ask(chain["far"], "--svg", str(tmp_path / "tree.svg")).stdout
    assert ["经办登记，或到期事项", "└─ [监测] 农户信息登记   2023-01-10 09:00:00"] == text.splitlines()[:2]
    assert "起因后 90 秒" in text
    assert "90 s after its cause" in ask("--correlation", chain["root"], "--english").stdout
    assert 5 == len(shown(json.loads(ask(chain["far"], "--json").stdout)))
    assert ET.parse(tmp_path / "tree.svg").getroot().tag.endswith("svg")


@pytest.mark.parametrize("given", [(), ("e1", "--household", "h"), ("unknown",), ("--household", "nobody")])
def test_what_names_no_chain_is_refused(ask, given):
    """Nothing, two names at once, or a name nobody knows: a refusal in two languages, exit 1."""
    done = ask(*given)
    assert 1 == done.exit_code
    assert 2 == len(done.stderr.splitlines())

"""The reading of logs finds what may not be there."""

import json
from pathlib import Path

import pytest

from deploy.simulation.people import families
from tests.support.kept_logs import faults, lines_in

RIGHT = {"event": "request", "level": "info", "at": "2022-05-01T08:00:00Z", "service": "web", "account": "a1"}
PERSON = families("3", 6)[0].people[0]


def found(**more: object) -> list[str]:
    return faults([("web.log:1", json.dumps({**RIGHT, **more}, ensure_ascii=False) + "\n")])


def test_a_right_line_is_left():
    """Ids, codes, routes and what was removed are no fault."""
    assert [] == found(
        route="/households/{household_id}", ms=3.5, name="[removed]", failure={"kind": "KeyError"}
    )


@pytest.mark.parametrize(
    "planted",
    [
        {"hint": PERSON.name},
        {"hint": f"of {PERSON.id_number}"},
        {"hint": PERSON.phone},
        {"failure": {"where": [f"x.py:3 {PERSON.name}"]}},
        {"seen": [1, int(PERSON.phone)]},
        {"phone": "none"},
        {"note": "x"},
        {"event": f"visited {PERSON.id_number}"},
        {"event": "unnamed_event"},
    ],
)
def test_a_planted_one_is_found(planted):
    """A simulated person's name or number, a field for one, a name not static, wherever it stands."""
    assert found(**planted)


@pytest.mark.parametrize("line", ["Traceback (most recent call last):", "[1]", '{"event":"x"}'])
def test_what_is_no_log_line_is_found(line):
    """A traceback or anything else that is not our object is found."""
    assert faults([("web.log:1", line + "\n")])


def test_the_place_is_told_and_not_the_line(tmp_path: Path):
    """Who reads the finding learns where to look, nothing of the person; a cut last line is left out."""
    (tmp_path / "1.web.log").write_text(json.dumps({**RIGHT, "hint": PERSON.phone}) + "\n" + '{"event":"cu')
    (only,) = faults(lines_in(tmp_path))
    assert only.startswith("1.web.log:1: ")
    assert PERSON.phone not in only

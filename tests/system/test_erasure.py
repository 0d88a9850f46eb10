"""A person is erased from a county whose year has been scored; what was sealed stays as it was sealed."""

from datetime import date
from pathlib import Path

from sqlalchemy import select

from deploy.embedded.courier import Courier
from services.evaluation.entrypoints.cli import report_on_pack
from services.monitoring.adapters.tables import members
from services.monitoring.service_layer.erasure import AskErasure, SettleErasure, ask_erasure, confirm_erasure
from shared.kernel.clock import SetClock, at_hour
from tests.support.county_on import TestCounty, open_on, sqlite_in
from tests.support.household_story import mixed_stories

FIRST_DAY, TODAY = date(2022, 3, 1), date(2022, 6, 1)


def _pack(county: TestCounty, folder: Path) -> dict[str, bytes]:
    county.evaluation.write_pack(folder, as_of=TODAY)
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_pack_is_the_same_bytes_after_an_erasure(tmp_path: Path) -> None:
    """The pack written before and the pack written after an erasure are equal in every byte, and verify."""
    clock = SetClock(at_hour(TODAY, 9))
    county = open_on(sqlite_in(tmp_path), f"memory://{tmp_path}", tmp_path / "clock.json", clock=clock)
    (story,) = mixed_stories(1, FIRST_DAY)
    with Courier(county.services) as courier:
        for step in story.steps:
            story.take(step, county)
            courier.deliver()
        before = _pack(county, tmp_path / "before")
        monitoring = county.monitoring
        person = story.results["people"][1]
        asked = AskErasure(person_id=person, ground="unlawful", reason="误登记，申请人已核实", by="first")
        one = ask_erasure(asked, monitoring.uow(), monitoring.erasure_policy)
        settled = SettleErasure(erasure_id=one, by="second")
        confirm_erasure(settled, monitoring.uow(), monitoring.erasure_policy)
        courier.deliver()
        after = _pack(county, tmp_path / "after")
    with monitoring.engine.connect() as connection:
        named = select(members.c.name).where(members.c.id == person)
        assert "已删除" == connection.execute(named).scalar_one()
    assert before
    assert before == after
    assert 0 == report_on_pack(tmp_path / "after")
    county.close()

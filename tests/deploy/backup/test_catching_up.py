import csv

import pytest
from sqlalchemy import select

from deploy.backup.catching_up import adopt, catch_up, write_lost
from deploy.backup.restoring import restore
from deploy.embedded.courier import Courier
from shared.audit.verify import verify
from tests.deploy.backup.conftest import database_of, play
from tests.support.county_on import metadata_of, state_of


def inbox_of(county, name):
    inbox = metadata_of(name).tables["inbox"]
    with county.service(name).engine.connect() as connection:
        return set(connection.execute(select(inbox.c.event_id)).scalars())


def outbox_of(county, name):
    outbox = metadata_of(name).tables["outbox"]
    with county.service(name).engine.connect() as connection:
        return list(connection.execute(select(outbox.c.id).order_by(outbox.c.position)).scalars())


def catch_up_employment(county):
    others = [county.monitoring.engine, county.finance.engine]
    found = catch_up(county.employment, others, county.evaluation.engine)
    adopt(county.employment, found)
    return found


def test_what_was_told_to_a_lost_service_comes_back(lost):
    """After restore and catching up the service has taken in all it had, and the county stands as before."""
    county = lost.county
    before, heard = state_of(county), inbox_of(county, "employment")
    restore(database_of(county, "employment"), lost.directory, replace=True)
    assert inbox_of(county, "employment") < heard
    found = catch_up_employment(county)
    with Courier(county.services) as courier:
        courier.deliver()
    assert heard == inbox_of(county, "employment")
    after = state_of(county)
    others = [table for table in before if not table.startswith("employment.")]
    assert [before[table] for table in others] == [after[table] for table in others]
    assert 0 == found.replayed.set_aside
    assert before["employment.labourer"] == after["employment.labourer"]
    assert None is verify(county.employment.engine).finding


def test_what_people_had_entered_since_is_named_exactly(lost, tmp_path):
    """The list has each fact somebody caused after the backup, no other, and nobody's name."""
    county = lost.county
    restore(database_of(county, "employment"), lost.directory, replace=True)
    found = catch_up(county.employment, [county.monitoring.engine], county.evaluation.engine)
    assert lost.told_since
    assert lost.told_since == {event.id for event in found.lost}
    write_lost(found, tmp_path / "lost.csv")
    with (tmp_path / "lost.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert lost.told_since == {row["事件 event"] for row in rows}


def test_ids_and_positions_go_on(lost):
    """The outbox has every fact the county has heard again, each once, none in another's place."""
    county = lost.county
    before = outbox_of(county, "employment")
    restore(database_of(county, "employment"), lost.directory, replace=True)
    catch_up_employment(county)
    after = outbox_of(county, "employment")
    assert sorted(before) == sorted(after)
    assert before[: lost.manifest.figures.outbox_count] == after[: lost.manifest.figures.outbox_count]


def test_a_second_catching_up_finds_nothing(lost):
    """Once caught up, a service is caught up: nothing is taken in, rebuilt or lost a second time."""
    county = lost.county
    restore(database_of(county, "employment"), lost.directory, replace=True)
    catch_up_employment(county)
    again = catch_up_employment(county)
    assert (0, 0, (), ()) == (again.replayed.taken, again.rebuilt, again.lost, again.only_ids)


@pytest.mark.connected
@pytest.mark.chaos
@pytest.mark.long
@pytest.mark.timeout(240)
def test_on_postgresql_and_rabbitmq(postgresql, vhost, tmp_path):
    """The same on the servers of a real county: dropped, restored, caught up, drained."""
    names = ("monitoring", "employment", "finance", "evaluation")
    addresses = {name: postgresql.create_database(f"lost_{name}") for name in names}
    lost = play(addresses, vhost, tmp_path)
    county = lost.county
    before, heard = state_of(county), inbox_of(county, "employment")
    county.employment.engine.dispose()
    postgresql.drop_database("lost_employment")
    postgresql.create_database("lost_employment")
    restore(database_of(county, "employment"), lost.directory)
    found = catch_up_employment(county)
    with Courier(county.services) as courier:
        courier.deliver()
    after = state_of(county)
    others = [table for table in before if not table.startswith("employment.")]
    assert heard == inbox_of(county, "employment")
    assert [before[table] for table in others] == [after[table] for table in others]
    assert lost.told_since == {one.id for one in found.lost}
    county.close()
    for name in names:
        postgresql.drop_database(f"lost_{name}")

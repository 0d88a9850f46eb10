"""What a key per person costs: households registered, read, corrected, with and without, in one run.

    python -m bench person_keys [households]

Ratios of processor seconds on a SQLite each; the order changes from round to round, so that neither
kind is always the first.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from statistics import median

from sqlalchemy import delete, select

from deploy.simulation.people import Family, families
from services.monitoring.adapters.household_version import household_as_of
from services.monitoring.adapters.personal import vault_on
from services.monitoring.adapters.tables import members, person_sealing
from services.monitoring.bootstrap import Monitoring, bootstrap
from services.monitoring.service_layer.household import RegisterHousehold, register_households
from services.monitoring.service_layer.member import Person
from services.monitoring.settings import Settings
from shared.kernel.clock import SetClock, at_hour

DAY = date(2022, 3, 1)
AT_ONCE = 100
ROUNDS = 5


def _command(family: Family) -> RegisterHousehold:
    return RegisterHousehold(
        household_no=family.number,
        area_code=family.area_code,
        persons=tuple(
            Person(
                name=person.name,
                sex=person.sex,
                born_on=person.born_on,
                relation=person.relation,
                labour_skill=person.labour_skill,
                id_number=person.id_number,
                education=person.education,
                school_status=person.school_status,
            )
            for person in family.people
        ),
        on=DAY,
        household_type=family.household_type,
        lifted_out=family.lifted_out,
        lifted_out_year=2018 if family.lifted_out else None,
    )


def _parts(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]


def _register(service: Monitoring, commands: list[RegisterHousehold]) -> list[str]:
    ids: list[str] = []
    for start in range(0, len(commands), AT_ONCE):
        ids += register_households(commands[start : start + AT_ONCE], service.uow(), service.checks)
    return ids


def _read(service: Monitoring, ids: list[str]) -> None:
    for part in _parts(ids):
        with service.uow() as uow:
            uow.households.get_many(part)


def _list(service: Monitoring, _ids: list[str]) -> None:
    with service.engine.connect() as connection:
        connection.execute(select(members.c.id, members.c.name, members.c.id_number)).all()


def _past(service: Monitoring, ids: list[str]) -> None:
    with service.engine.connect() as connection:
        for one in ids[::10]:
            household_as_of(connection, one, at_hour(date(2022, 4, 1), 9))


def _correct(service: Monitoring, ids: list[str]) -> None:
    for part in _parts(ids):
        with service.uow() as uow:
            uow.households.save_many(list(uow.households.get_many(part).values()))
            uow.commit()


def _measured(directory: Path, commands: list[RegisterHousehold], *, by_person: bool) -> dict[str, float]:
    directory.mkdir()
    clock = SetClock(at_hour(DAY, 9))
    service = bootstrap(Settings(database_url=f"sqlite:///{directory}/monitoring.db"), clock=clock)
    service.upgrade_database()
    if not by_person:
        with service.engine.begin() as connection:
            connection.execute(delete(person_sealing))
    seconds: dict[str, float] = {}
    ids: list[str] = []
    steps: tuple[tuple[str, Callable[[], object]], ...] = (
        ("register", lambda: ids.extend(_register(service, commands))),
        ("read whole", lambda: _read(service, ids)),
        ("list numbers", lambda: _list(service, ids)),
        ("read as of a day", lambda: _past(service, ids)),
        ("save again", lambda: _correct(service, ids)),
    )
    for name, step in steps:
        started = time.process_time()
        step()
        seconds[name] = time.process_time() - started
    assert by_person == vault_on(service.engine.dialect).by_person
    service.engine.dispose()
    seconds["bytes"] = sum(one.stat().st_size for one in directory.iterdir()) / 1
    return seconds


def main(count: int = 2000) -> None:
    """Print the median of each step without and with keys, and their ratio."""
    commands = [_command(family) for family in families("keys", count)]
    found: dict[bool, list[dict[str, float]]] = {False: [], True: []}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(ROUNDS):
            for by_person in (False, True) if number % 2 == 0 else (True, False):
                place = Path(folder, f"{number}{by_person}")
                found[by_person].append(_measured(place, commands, by_person=by_person))
    print(f"{count} households, median of {ROUNDS} rounds, processor seconds")
    for name in found[True][0]:
        without, with_keys = (median(one[name] for one in found[kind]) for kind in (False, True))
        print(f"{name:<18}{without:>14.3f}{with_keys:>14.3f}   x {with_keys / without:.2f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

"""Erasing a person from every table: the key is deleted, names are overwritten, hashes and texts emptied.

What becomes of which column stands in ``personal_columns.yaml``. Why so: docs/adr/0024-erasure.md.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Table,
    Text,
    and_,
    delete,
    false,
    func,
    or_,
    select,
    type_coerce,
    update,
)

from services.monitoring.adapters.household import Households
from services.monitoring.adapters.person_text import keys_of, writes_by_person
from services.monitoring.adapters.snapshot import ERASED, household_from, owners_in
from services.monitoring.adapters.tables import (
    erased_persons,
    household_versions,
    idempotency,
    import_file_parts,
    import_jobs,
    import_rows,
    members,
    metadata,
    person_keys,
)
from services.monitoring.adapters.tables import households as household_rows
from services.monitoring.domain.erasure_errors import FileStillAtWorkError, NotSealedByPersonError
from services.monitoring.domain.household import Household
from services.monitoring.domain.member import HEAD, masked
from shared.messaging.bulk import insert_new
from shared.messaging.columns import JsonText
from shared.parameters.strict_yaml import read_document

CLASSES = ("identifies", "emptied", "year", "text", "key", "content", "officer", "plain")
_SHORTEST_NAME = 2
_SHORTEST_NUMBER = 7
"""No telephone and no account is shorter; what is would be taken out of figures in every note."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who is erased: every row the register has of the person, the households, and what texts may say."""

    ids: tuple[str, ...]
    households: tuple[str, ...]
    names: frozenset[str]
    numbers: frozenset[str]
    """Documents and telephones, and of a household whose head or last person goes its own numbers."""
    strays: tuple[str, ...] = ()
    """Rows of files that were found to be of no household, with one of the numbers in them."""


@cache
def classified() -> Mapping[str, Mapping[str, Any]]:
    """Return what each column holds of people, by table, as ``personal_columns.yaml`` says."""
    file = Path(__file__).with_name("personal_columns.yaml")
    found: Mapping[str, Mapping[str, Any]] = read_document(file).data
    return found


def same_person(connection: Connection, person_id: str) -> tuple[str, ...]:
    """Return the ids under which the person stands in any household, by number; () for nobody."""
    own = select(members.c.id_hash).where(members.c.id == person_id)
    hashed = connection.execute(
        own.with_only_columns(type_coerce(members.c.id_hash, Text))
    ).scalar_one_or_none()
    if not hashed:
        return () if hashed is None else (person_id,)
    same = select(members.c.id).where(type_coerce(members.c.id_hash, Text) == hashed).order_by(members.c.id)
    return tuple(connection.execute(same).scalars())


def erase(connection: Connection, person_id: str, erasure_id: str, *, by: str, at: datetime) -> int:
    """Erase the person in the caller's transaction and return how many rows were changed.

    Raises NotSealedByPersonError while history is sealed as a whole, and FileStillAtWorkError.
    """
    if not writes_by_person(connection):
        raise NotSealedByPersonError
    kept = Households(connection, lambda _one: None, lambda: at, lambda: by)
    ids = same_person(connection, person_id)
    where = select(members.c.household_id).where(members.c.id.in_(ids)).distinct()
    homes = tuple(sorted(connection.execute(where).scalars()))
    present = kept.get_many(homes)
    person = _known_as(connection, ids, homes, present)
    _refuse_open_files(connection, person)
    done = _delete_keys(connection, person, present, erasure_id, at)
    done += _erase_registered(connection, person, present)
    done += sum(_erase_in(connection, table, person) for table in _others())
    done += _erase_copies(connection, person)
    # A form opened before must not write the name back: everybody's version is a new one.
    kept.save_many(list(kept.get_many(homes).values()))
    return done


def erase_again(
    connection: Connection, tombstones: Sequence[tuple[str, str]], *, by: str, at: datetime
) -> list[tuple[str, str]]:
    """Erase those whom a backup has brought back: by their ids and erasures; return whom it erased."""
    again = []
    for person_id, erasure_id in tombstones:
        row = connection.execute(select(members.c.name).where(members.c.id == person_id)).one_or_none()
        if row is not None and row.name != ERASED:
            erase(connection, person_id, erasure_id, by=by, at=at)
            again.append((person_id, erasure_id))
    return again


def tombstones(connection: Connection) -> list[tuple[str, str]]:
    """Return the ids of everybody erased, each with its erasure: what must be kept beside every backup."""
    query = select(erased_persons.c.owner_id, erased_persons.c.erasure_id)
    return [tuple(row) for row in connection.execute(query.order_by(erased_persons.c.owner_id))]


def _known_as(
    connection: Connection, ids: tuple[str, ...], homes: tuple[str, ...], present: Mapping[str, Household]
) -> Person:
    """Gather every name and number the person ever had, from now and from history."""
    columns = household_versions.c
    rows = connection.execute(
        select(columns.snapshot, columns.by_person).where(columns.household_id.in_(homes))
    ).all()
    if not all(row.by_person for row in rows):
        raise NotSealedByPersonError
    keys = keys_of(connection, set().union(*(owners_in(row.snapshot) for row in rows)))
    every = [*present.values(), *(household_from(row.snapshot, keys) for row in rows)]
    known = [one for household in every for one in household.members if one.id in ids]
    names = {one.name for one in known if len(one.name) >= _SHORTEST_NAME}
    numbers = {number for one in known for number in (one.id_number, one.phone) if number}
    person = Person(ids, homes, frozenset(names - {ERASED}), frozenset(numbers))
    lost = _losing_numbers(connection, person, present)
    own = (number for one in every if one.id in lost for number in (one.phone, one.bank_account))
    numbers.update(number for number in own if number and len(number) >= _SHORTEST_NUMBER)
    person = replace(person, numbers=frozenset(numbers))
    return replace(person, strays=tuple(_strays(connection, person)))


def _losing_numbers(connection: Connection, person: Person, present: Mapping[str, Household]) -> set[str]:
    """Return the households whose telephone and account go: their head or their last person does."""
    headed = {one.id for one in present.values() for member in one.members if _heads(member, person)}
    return headed | _emptied(connection, person, present)


def _strays(connection: Connection, person: Person) -> Iterator[str]:
    """Yield rows of no household with one of the numbers in them; they are sealed, so each is opened."""
    if not person.numbers:
        return
    columns = import_rows.c
    query = select(columns.id, columns.content).where(
        columns.household_id.is_(None), columns.content.is_not(None)
    )
    for row in connection.execute(query, execution_options={"yield_per": 1_000}):
        said = json.dumps(row.content, ensure_ascii=False)
        if any(number in said for number in person.numbers):
            yield row.id


def _refuse_open_files(connection: Connection, person: Person) -> None:
    open_job = select(import_jobs.c.id).where(
        import_jobs.c.id.in_(_jobs(person)), import_jobs.c.ended_at.is_(None)
    )
    if connection.execute(open_job.limit(1)).first() is not None:
        raise FileStillAtWorkError


def _jobs(person: Person) -> Any:  # noqa: ANN401  (a subquery)
    return select(import_rows.c.job_id).where(_imported(person))


def _imported(person: Person) -> ColumnElement[bool]:
    numbers = select(household_rows.c.household_no).where(household_rows.c.id.in_(person.households))
    columns = import_rows.c
    return or_(
        columns.household_id.in_(person.households),
        columns.household_no.in_(numbers),
        columns.id.in_(person.strays),
    )


def _delete_keys(
    connection: Connection, person: Person, present: Mapping[str, Household], erasure_id: str, at: datetime
) -> int:
    """Delete the person's keys, and a household's when its head or its last person goes."""
    emptied, losing = _emptied(connection, person, present), _losing_numbers(connection, person, present)
    gone = [{"owner_id": one, "erasure_id": erasure_id, "erased_at": at} for one in (*person.ids, *emptied)]
    insert_new(connection, erased_persons, gone)
    lost = delete(person_keys).where(person_keys.c.owner_id.in_({*person.ids, *losing}))
    return connection.execute(lost).rowcount


def _heads(member: Any, person: Person) -> bool:  # noqa: ANN401  (a Member)
    return member.id in person.ids and member.relation == HEAD


def _emptied(connection: Connection, person: Person, present: Mapping[str, Household]) -> set[str]:
    """Return the households of which nobody is left who was not erased."""
    everybody = [member.id for one in present.values() for member in one.members]
    query = select(erased_persons.c.owner_id).where(erased_persons.c.owner_id.in_(everybody))
    gone = {*connection.execute(query).scalars(), *person.ids}
    return {one.id for one in present.values() if all(member.id in gone for member in one.members)}


def _erase_registered(connection: Connection, person: Person, present: Mapping[str, Household]) -> int:
    done = 0
    emptied = _emptied(connection, person, present)
    for home in present.values():
        mine = [member for member in home.members if member.id in person.ids]
        for member in mine:
            change = update(members).where(members.c.id == member.id)
            done += connection.execute(change.values(_blank(members, member.born_on))).rowcount
        if home.id in emptied or any(_heads(member, person) for member in mine):
            of_it = _blank(household_rows) if home.id in emptied else _blank(household_rows, of_head=True)
            done += connection.execute(
                update(household_rows).where(household_rows.c.id == home.id).values(of_it)
            ).rowcount
    return done


_OF_THE_HEAD = frozenset({"phone", "phone_hash", "bank", "bank_account"})


def _blank(table: Table, born_on: date | None = None, *, of_head: bool = False) -> dict[str, Any]:
    """Return what an erased row holds, by column."""
    classes = classified()[table.name]
    if of_head:
        return {name: "" for name in classes["emptied"] if name in _OF_THE_HEAD}
    values: dict[str, Any] = dict.fromkeys(classes.get("identifies", ()), ERASED)
    for name in classes.get("emptied", ()):
        values[name] = _nothing(table.c[name])
    if born_on is not None:
        values |= {name: born_on.replace(month=1, day=1) for name in classes.get("year", ())}
    return values


def _nothing(column: Column[Any]) -> object:
    if column.nullable:
        return None
    return [] if isinstance(column.type, JsonText) else ""


def _others() -> Iterator[Table]:
    """Yield the tables, besides the register's own, of which some column is about people."""
    for name, classes in sorted(classified().items()):
        if name not in {"members", "households"} and {"identifies", "emptied", "text"} & classes.keys():
            yield metadata.tables[name]


def _erase_in(connection: Connection, table: Table, person: Person) -> int:
    """Overwrite what *table* says of the person; return how many rows were changed."""
    classes = classified()[table.name]
    of_person = table.c.person_id.in_(person.ids) if "person_id" in table.c else None
    done = 0
    named = [table.c[name] for name in classes.get("identifies", ())]
    ours = or_(false(), *_ours(table, named, of_person, person))
    for name in classes.get("text", ()):  # first: whose row it is, its name says
        done += _erase_text(connection, table.c[name], of_person, ours, person)
    if named:
        done += connection.execute(update(table).where(ours).values(_blank(table))).rowcount
    elif of_person is not None and "emptied" in classes:
        done += connection.execute(update(table).where(of_person).values(_blank(table))).rowcount
    return done


def _ours(
    table: Table, named: Collection[Column[Any]], of_person: ColumnElement[bool] | None, person: Person
) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions under which a row with a name in it is the person's."""
    if of_person is not None:
        yield of_person
    for column in named:
        if (home := _of_household(table, person)) is not None:
            yield and_(home, column.in_(person.names))
        if "masked_number" in table.c:
            shown = [masked(number) for number in person.numbers]
            yield and_(column.in_(person.names), table.c.masked_number.in_(shown))


def _erase_text(
    connection: Connection,
    column: Column[Any],
    of_person: ColumnElement[bool] | None,
    ours: ColumnElement[bool],
    person: Person,
) -> int:
    """Overwrite a text in the person's rows, and take names out of the household's, numbers out of all.

    *ours*: also the rows that are the person's by name and number only.
    """
    table, raw, done = column.table, type_coerce(column, Text), 0
    if of_person is not None and not isinstance(column.type, JsonText):
        own = update(table).where(of_person, raw != "", raw != ERASED)
        done += connection.execute(own.values({column.name: ERASED})).rowcount
    of_home = _of_household(table, person)
    home = ours if of_home is None else or_(of_home, ours)
    marks: list[tuple[str, ColumnElement[bool] | None]] = [
        (number, None) for number in sorted(person.numbers)
    ]
    marks += [(name, home) for name in sorted(person.names, key=len, reverse=True)]
    for mark, where in marks:
        without = func.replace(raw, mark, ERASED)
        length = getattr(column.type, "length", None)
        change = update(table).where(raw.contains(mark, autoescape=True), *([] if where is None else [where]))
        changed = func.substr(without, 1, length) if length else without
        done += connection.execute(change.values({column: type_coerce(changed, column.type)})).rowcount
    return done


def _of_household(table: Table, person: Person) -> ColumnElement[bool] | None:
    """Return the condition that a row belongs to one of the person's households, or None."""
    if "household_id" in table.c:
        return table.c.household_id.in_(person.households)
    for name in ("from_household_id", "to_household_id"):
        if name in table.c:
            return or_(
                table.c.from_household_id.in_(person.households),
                table.c.to_household_id.in_(person.households),
            )
    within = classified()[table.name].get("within")
    if within is None:
        return None
    column, parent = table.c[within[0]], metadata.tables[within[1]]
    of_parent = _of_household(parent, person)
    return None if of_parent is None else column.in_(select(parent.c.id).where(of_parent))


def _erase_copies(connection: Connection, person: Person) -> int:
    """Delete rows and files that came in, and answers kept for repeated requests."""
    done = 0
    hashes = select(import_jobs.c.file_hash).where(import_jobs.c.id.in_(_jobs(person)))
    parts = delete(import_file_parts).where(import_file_parts.c.hash.in_(hashes))
    done += connection.execute(parts).rowcount
    done += connection.execute(update(import_rows).where(_imported(person)).values(content=None)).rowcount
    body = idempotency.c.body
    marks = (*person.ids, *person.households, *person.names, *person.numbers)
    named = or_(*(body.contains(mark, autoescape=True) for mark in marks))
    return done + connection.execute(update(idempotency).where(named).values(body=None)).rowcount

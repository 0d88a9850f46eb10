from datetime import date

import pytest
from sqlalchemy import String, Text, delete, insert, select, text, type_coerce, update

from services.monitoring.adapters.erasing import CLASSES, classified, erase, erase_again, tombstones
from services.monitoring.adapters.household_version import versions_of
from services.monitoring.adapters.person_text import BY_PERSON
from services.monitoring.adapters.personal import vault_on
from services.monitoring.adapters.sealing_by_person import seal_by_person
from services.monitoring.adapters.snapshot import ERASED, PRIVATE_OF_HOUSEHOLD, PRIVATE_OF_MEMBER
from services.monitoring.adapters.tables import (
    department_list_rows,
    department_lists,
    erased_persons,
    erasures,
    household_versions,
    households,
    idempotency,
    import_file_parts,
    import_jobs,
    import_rows,
    members,
    metadata,
    person_keys,
    person_sealing,
    visits,
)
from services.monitoring.domain.erasure_errors import FileStillAtWorkError, NotSealedByPersonError
from services.monitoring.domain.member import masked
from services.monitoring.service_layer.household import (
    CorrectHousehold,
    correct_household,
    register_household,
)
from shared.kernel.errors import StaleVersionError
from shared.persistence.backfill import fill
from tests.monitoring.kit import family, person, wife

PHONE, OTHER_PHONE = "13909170001", "13909170002"
HEAD, WIFE = person(phone=PHONE), wife()


@pytest.fixture(name="household_id")
def _household_id(service):
    """A household of two with an address, telephones and an account; two versions of it are kept."""
    given = family(persons=(HEAD, WIFE), phone=OTHER_PHONE, address="示例村一组1号")
    made = register_household(given, service.uow(), service.checks)
    change = CorrectHousehold(household_id=made, changes={"village_group": "二组"}, on=given.on)
    correct_household(change, service.uow(), service.checks)
    return made


def ids_of(service, household_id):
    """Return the ids of head and wife."""
    with service.engine.connect() as connection:
        query = select(members.c.id).where(members.c.household_id == household_id)
        return connection.execute(query.order_by(members.c.position)).scalars().all()


def erased(service, person_id):
    """Erase a person in a transaction of its own."""
    with service.uow() as uow:
        done = erase(uow.connection, person_id, "erasure-1", by="acc-1", at=service.clock())
        uow.commit()
    return done


def everything(service):
    """Return every row of every table as it lies in the database, but what is about nobody."""
    with service.engine.connect() as connection:
        return {
            name: repr(connection.execute(text(f"SELECT * FROM {name}")).all()) for name in metadata.tables
        }


def opened(service):
    """Return all rows of the tables with sealed columns, read as the program reads them."""
    with service.engine.connect() as connection:
        tables = (members, households, household_versions)
        return repr([connection.execute(select(table)).all() for table in tables])


def test_every_column_is_classified():
    """Each text column of each table, and each column of persons and households, is of one known class."""
    for table in metadata.sorted_tables:
        classes = {
            name: given for name, given in classified().get(table.name, {}).items() if name != "within"
        }
        assert set(classes) <= set(CLASSES), table.name
        listed = [column for columns in classes.values() for column in columns]
        wanted = {
            column.name
            for column in table.columns
            if table.name in {"members", "households"}
            or isinstance(getattr(column.type, "impl", column.type), String)
        }
        assert wanted <= set(listed), (table.name, wanted - set(listed))
        assert len(listed) == len(set(listed)), table.name
        assert set(listed) <= set(table.columns.keys()), table.name
    assert set(classified()) <= set(metadata.tables)


def test_what_history_seals_by_person_is_what_is_personal():
    """What an erasure takes from a member's or household's row, history seals with the owner's key."""

    def taken(table):
        classes = classified()[table]
        return {name for kind in ("identifies", "emptied", "year") for name in classes.get(kind, ())}

    of_member = {"id_hash", "phone_hash", "document", "low_income", "destitute", "destitute_support_fen"}
    of_member |= {"posts", "work_place", "industry", "absence_reason"}
    assert taken("members") - of_member == PRIVATE_OF_MEMBER
    assert taken("households") - {"phone_hash"} == PRIVATE_OF_HOUSEHOLD


def test_an_erased_person_is_nowhere(service, household_id):
    """No table, opened or raw, holds the name, number, telephone or hash; the other person is untouched."""
    head, spouse = ids_of(service, household_id)
    digest = vault_on(service.engine.dialect).digest(HEAD.id_number, "id_number")
    with service.engine.begin() as connection:
        note = f"走访{HEAD.name}，电话{PHONE}、{OTHER_PHONE}；{WIFE.name}在家"
        row = {"id": "v1", "version": 1, "household_id": household_id, "area_code": family().area_code}
        row |= {"kind": "routine", "made_on": family().on, "result": "1", "risks": [], "made_by": "acc-1"}
        connection.execute(insert(visits).values(**row, note=note))
        reason = f"{HEAD.name}（{HEAD.id_number}）误登记"
        connection.execute(insert(erasures).values(**_request(household_id, head), override_reason=reason))
        kept = {"key": "k", "fingerprint": "f", "attempt": "a", "at": service.clock(), "status": 200}
        connection.execute(insert(idempotency).values(**kept, body=f'{{"name": "{HEAD.name}"}}'))
    assert 0 < erased(service, head)
    secrets = (HEAD.name, HEAD.id_number, PHONE, OTHER_PHONE, digest)
    raw = everything(service)
    assert [] == [(one, name) for one in secrets for name, rows in raw.items() if one in rows]
    assert [] == [one for one in secrets if one in opened(service)]
    assert WIFE.id_number in opened(service)
    assert f"走访{ERASED}，电话{ERASED}、{ERASED}；{WIFE.name}在家" in raw["visits"]
    with service.engine.connect() as connection:
        assert {spouse} == set(connection.execute(select(person_keys.c.owner_id)).scalars()) - {household_id}
        assert [(head, "erasure-1")] == tombstones(connection)


def _request(household_id, person_id):
    given = {"id": "e0", "version": 1, "household_id": household_id, "area_code": family().area_code}
    given |= {"person_id": person_id, "ground": "other", "doubts": ["present"], "asked_by": "acc-1"}
    return given | {"asked_on": family().on, "state": "asked", "settled_by": ""}


def test_the_households_number_stays_while_its_head_does(service, household_id):
    """Whoever is not the head takes only own numbers along."""
    with service.engine.begin() as connection:
        row = {"id": "v1", "version": 1, "household_id": household_id, "area_code": family().area_code}
        row |= {"kind": "routine", "made_on": family().on, "result": "1", "risks": [], "made_by": "acc-1"}
        connection.execute(insert(visits).values(**row, note=OTHER_PHONE))
    erased(service, ids_of(service, household_id)[1])
    assert OTHER_PHONE in everything(service)["visits"]


def test_on_both_databases(both_services):
    """The backfill, the reading of what it sealed, and an erasure do the same on PostgreSQL as on SQLite."""
    _as_before_keys(both_services)
    given = family(persons=(HEAD, WIFE), phone=OTHER_PHONE)
    made = register_household(given, both_services.uow(), both_services.checks)
    assert [2, 4] == list(fill(both_services, seal_by_person, limit=2))
    head, _ = ids_of(both_services, made)
    with both_services.uow() as uow:
        assert (HEAD.id_number, OTHER_PHONE) == _numbers(uow.households.get(made))
    erased(both_services, head)
    with both_services.uow() as uow:
        assert ("", "") == _numbers(uow.households.get(made))
    assert [] == [one for one in (HEAD.name, HEAD.id_number) if one in opened(both_services)]


def _numbers(household):
    return household.members[0].id_number, household.phone


def test_history_without_the_key(service, household_id):
    """Past versions show 已删除 with the year of birth, and everything that says nothing of who it was."""
    head, _ = ids_of(service, household_id)
    with service.engine.connect() as connection:
        before = versions_of(connection, household_id)
    erased(service, head)
    with service.engine.connect() as connection:
        after = versions_of(connection, household_id)
    assert 3 == len(after)
    first = after[-1].household
    assert (ERASED, "", "") == (first.members[0].name, first.members[0].id_number, first.members[0].phone)
    assert date(HEAD.born_on.year, 1, 1) == first.members[0].born_on
    assert before[-1].household.members[1] == first.members[1]
    assert before[-1].household.members[0].relation == first.members[0].relation


def test_the_tokens_of_history_stay_as_they_were(service, household_id):
    """An erasure does not rewrite history: the rows' bytes are the same, only the key is gone."""
    query = select(household_versions.c.version, type_coerce(household_versions.c.snapshot, Text))
    query = query.where(household_versions.c.version < 3).order_by(household_versions.c.version)
    with service.engine.connect() as connection:
        before = connection.execute(query).all()
    erased(service, ids_of(service, household_id)[0])
    with service.engine.connect() as connection:
        assert before == connection.execute(query).all()


def test_the_last_person_takes_the_household_along(service, household_id):
    """When everybody is erased, address, telephone and account of the household go too."""
    for one in ids_of(service, household_id):
        erased(service, one)
    raw = everything(service)
    assert "示例村一组1号" not in raw["households"]
    assert "示例村一组1号" not in opened(service)
    assert "[]" == raw["person_keys"]


def test_a_form_opened_before_does_not_write_the_name_back(service, household_id):
    """Whoever read the household before the erasure cannot save it after."""
    head, _ = ids_of(service, household_id)
    with service.uow() as uow:
        stale = uow.households.get(household_id)
    erased(service, head)
    with service.uow() as uow, pytest.raises(StaleVersionError):
        uow.households.save(stale)


def test_the_household_can_be_corrected_after(service, household_id):
    """What is recorded later leaves the erased person as erased, and makes no new key."""
    head, _ = ids_of(service, household_id)
    erased(service, head)
    change = CorrectHousehold(household_id=household_id, changes={"village_group": "三组"}, on=family().on)
    correct_household(change, service.uow(), service.checks)
    with service.engine.connect() as connection:
        assert ERASED == versions_of(connection, household_id)[0].household.members[0].name
        assert head not in set(connection.execute(select(person_keys.c.owner_id)).scalars())


def test_one_person_in_two_households(service, household_id):
    """Somebody who moved out is erased in both households: it is the same number."""
    head, _ = ids_of(service, household_id)
    with service.engine.begin() as connection:
        left = update(members).where(members.c.id == head)
        connection.execute(left.values(left_on=family().on, left_reason="01"))
    other = register_household(family(household_no="H2", persons=(HEAD,)), service.uow(), service.checks)
    erased(service, head)
    assert HEAD.name not in opened(service)
    assert {head, *ids_of(service, other), other} == {one for one, _ in _tombstones(service)}


def _tombstones(service):
    with service.engine.connect() as connection:
        return tombstones(connection)


def _import(service, household_id, *, ended, content=None):
    job = {
        "id": "j1",
        "version": 1,
        "format": "x",
        "file_hash": "h",
        "file_name": "名单.xlsx",
        "file_size": 1,
    }
    job |= {"area_code": "610327", "department": "", "month": "", "complete": False, "uploaded_by": "a"}
    job |= {"uploaded_at": service.clock(), "state": "applied", "counts": {}, "approved_by": "b"}
    job |= {"problem_code": "", "problem_zh": "", "problem_en": ""}
    row = {"id": "r1", "job_id": "j1", "number": 1, "household_no": "", "household_id": household_id}
    row |= {"outcome": "changed", "problems": [], "content": content or {"name": HEAD.name}}
    with service.engine.begin() as connection:
        connection.execute(insert(import_jobs).values(**job, ended_at=service.clock() if ended else None))
        connection.execute(insert(import_rows).values(row))
        connection.execute(insert(import_file_parts).values(hash="h", position=0, content=b"whole file"))


def test_files_that_came_in(service, household_id):
    """Rows of the household that came in, and the whole files they stood in, are deleted."""
    _import(service, household_id, ended=True)
    erased(service, ids_of(service, household_id)[0])
    with service.engine.connect() as connection:
        assert [None] == connection.execute(select(import_rows.c.content)).scalars().all()
        assert [] == connection.execute(select(import_file_parts.c.hash)).all()


def test_a_row_that_was_found_to_be_of_no_household(service, household_id):
    """A row with the person's number in it is deleted although no household was found for it."""
    _import(service, None, ended=True, content={"said": HEAD.id_number})
    erased(service, ids_of(service, household_id)[0])
    with service.engine.connect() as connection:
        assert [None] == connection.execute(select(import_rows.c.content)).scalars().all()
        assert [] == connection.execute(select(import_file_parts.c.hash)).all()


def test_a_line_of_a_list_that_was_found_to_be_nobody(service, household_id):
    """What a department said of the person goes also where name and masked number are all there is."""
    head, _ = ids_of(service, household_id)
    given = {"id": "l1", "version": 1, "department": "x", "kind": "x", "month": "202206", "digest": "d"}
    given |= {"received_on": family().on, "received_by": "a", "complete": False}
    given |= dict.fromkeys(("rows", "matched", "by_name", "unmatched", "warnings", "differences"), 0)
    line = {"list_id": "l1", "line": 1, "matched": "unmatched", "reason": "", "area_code": family().area_code}
    line |= {"said": {"who": HEAD.name, "months": 3}, "name": HEAD.name}
    with service.engine.begin() as connection:
        connection.execute(insert(department_lists).values(given))
        connection.execute(insert(department_list_rows).values(**line, masked_number=masked(HEAD.id_number)))
    erased(service, head)
    with service.engine.connect() as connection:
        row = connection.execute(select(department_list_rows)).one()
    assert (ERASED, "", {"who": ERASED, "months": 3}) == (row.name, row.masked_number, row.said)


def test_a_file_that_is_still_at_work(service, household_id):
    """While an import of the household is not over, nobody of it is erased."""
    _import(service, household_id, ended=False)
    with pytest.raises(FileStillAtWorkError):
        erased(service, ids_of(service, household_id)[0])


def test_what_a_backup_brings_back_is_erased_again(service, household_id):
    """The list of tombstones, applied to a database in which the person is back, erases once more."""
    head, _spouse = ids_of(service, household_id)
    with service.uow() as uow:
        again = erase_again(uow.connection, [(head, "e1"), ("gone", "e2")], by="", at=service.clock())
        uow.commit()
    assert [(head, "e1")] == again
    assert HEAD.name not in opened(service)
    with service.uow() as uow:
        assert [] == erase_again(uow.connection, _tombstones(service), by="", at=service.clock())


def _as_before_keys(service):
    """Let the service write as the release before did."""
    with service.engine.begin() as connection:
        connection.execute(delete(person_sealing))
    vault_on(service.engine.dialect).by_person = False


def test_the_backfill(service):
    """Without the switch nothing is sealed by person; the backfill seals all, in steps, and then nothing."""
    _as_before_keys(service)
    made = register_household(family(persons=(HEAD, WIFE), phone=PHONE), service.uow(), service.checks)
    before = opened(service)
    head, _ = ids_of(service, made)
    with pytest.raises(NotSealedByPersonError):
        erased(service, head)
    assert [1, 2, 3, 4] == list(fill(service, seal_by_person, limit=1))
    assert 0 == seal_by_person(service.uow(), 1)
    with service.engine.connect() as connection:
        tokens = connection.execute(select(type_coerce(members.c.id_number, Text))).scalars().all()
        assert all(token.startswith(BY_PERSON) for token in tokens)
        assert 3 == len(connection.execute(select(person_keys.c.owner_id)).all())
    assert HEAD.id_number in before
    assert HEAD.id_number in opened(service)
    erased(service, head)
    assert HEAD.name not in opened(service)
    assert 2 == len({*_tombstones(service), ("", "")})


def test_nobody_is_erased_while_history_is_sealed_as_a_whole(service, household_id):
    """A version that the release before wrote after the switch stops an erasure until it is filled."""
    with service.engine.begin() as connection:
        connection.execute(update(household_versions).values(by_person=False))
    with pytest.raises(NotSealedByPersonError):
        erased(service, ids_of(service, household_id)[0])


def test_an_erased_person_has_a_tombstone_only(service, household_id):
    """What is kept of an erasure itself are ids and a time."""
    erased(service, ids_of(service, household_id)[1])
    assert {"owner_id", "erasure_id", "erased_at"} == set(erased_persons.columns.keys())

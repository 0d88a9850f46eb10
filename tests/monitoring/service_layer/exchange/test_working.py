from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from services.monitoring.adapters.tables import households, import_rows, members
from services.monitoring.domain.exchange.import_errors import FailedRowsError
from services.monitoring.service_layer.exchange import working
from services.monitoring.service_layer.exchange.importing import ImportStep, approve
from services.monitoring.service_layer.exchange.recording import record
from services.monitoring.service_layer.exchange.working import village_named, work_on, work_on_waiting
from services.monitoring.service_layer.household import CorrectHousehold, correct_household
from tests.monitoring.exchange_kit import LIST, applied, job, person_row, previewed, sent, staged, table
from tests.monitoring.kit import VILLAGE


@pytest.fixture
def wanted(service):
    return service.formats[LIST]


def counted(service, table_):
    with service.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(table_)).scalar()


def families(count, size=3):
    return [person_row(number, place) for number in range(1, count + 1) for place in range(1, size + 1)]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_list_is_previewed_and_then_recorded(service, tmp_path, wanted, outbox, ending):
    """The preview changes nothing; approved, every household is on record and told of."""
    path = table(tmp_path / f"名单.{ending}", families(4), wanted)
    one = previewed(service, path)
    assert ("previewed", 12, 0, 4) == (one.state, one.counts.new, one.counts.failed, one.counts.households)
    assert 0 == counted(service, households)
    approve(ImportStep(import_id=one.id, by="county-1"), service.uow(), service.formats)
    assert work_on(one.id, service.desk())
    assert ("applied", 4, 12) == (
        job(service, one.id).state,
        counted(service, households),
        counted(service, members),
    )
    assert 4 == len(outbox("monitoring.household_recorded.v1"))
    assert 0 == counted(service, import_rows)


def test_the_same_file_again_changes_nothing(service, tmp_path, wanted, outbox):
    """A re-import finds every row unchanged, and applying it tells nothing."""
    path = table(tmp_path / "a.xlsx", families(3), wanted)
    applied(service, path)
    told = len(outbox())
    again = previewed(service, path)
    assert (0, 0, 9, 0) == (
        again.counts.new,
        again.counts.changed,
        again.counts.unchanged,
        again.counts.failed,
    )
    assert "applied" == applied(service, path).state
    assert told == len(outbox())


def test_the_same_open_file_is_the_same_import(service, tmp_path, wanted):
    """Sending a file twice while it is open gives the one import."""
    path = table(tmp_path / "a.csv", families(1), wanted)
    assert sent(service, path) == sent(service, path)


def test_a_complete_list_is_another_import_than_the_same_file_as_a_part(service, tmp_path):
    """Who sent a file as a part and sends it as the complete list gets an import that says so."""
    rows = [{"id_number": person_row()["id_number"], "insured": True}]
    path = table(tmp_path / "a.csv", rows, service.formats["insured"])
    part = sent(service, path, "insured", month="202206")
    whole = sent(service, path, "insured", month="202206", complete=True)
    assert (False, True) == (job(service, part).complete, job(service, whole).complete)
    assert whole == sent(service, path, "insured", month="202206", complete=True)


def test_a_file_that_breaks_its_reader_stops_no_other(service, tmp_path, wanted):
    """It is rejected as damaged, and the worker goes on to the next."""
    bad = sent(service, table(tmp_path / "a.csv", families(1), wanted))
    good = sent(service, table(tmp_path / "b.csv", families(2), wanted))
    desk, opened = service.desk(), service.desk().open_table

    def breaking(path, format_):
        if path.read_bytes() == (tmp_path / "a.csv").read_bytes():
            raise UnicodeDecodeError("utf-16", b"", 0, 1, "truncated data")
        return opened(path, format_)

    assert 2 == work_on_waiting(replace(desk, open_table=breaking))
    assert ("rejected", "file_broken", "previewed") == (
        job(service, bad).state,
        job(service, bad).problem_code,
        job(service, good).state,
    )


def test_a_change_is_shown_field_by_field_and_recorded(service, tmp_path, wanted):
    """What differs is staged with what was there before; blank cells change nothing."""
    applied(service, table(tmp_path / "a.csv", families(2), wanted))
    rows = families(2)
    rows[0] |= {"labour_skill": "003", "household_phone": "13900139000", "education": None}
    rows[1] |= {"household_phone": "13900139000"}
    rows[2] |= {"household_phone": "13900139000"}
    path = table(tmp_path / "b.csv", rows, wanted)
    one = previewed(service, path)
    (row,) = staged(service, one.id)
    assert (1, 5, 1) == (one.counts.changed, one.counts.unchanged, one.counts.households)
    assert ({"labour_skill": "003"}, {"phone": "13900139000"}) == (row.person, row.household)
    assert {"labour_skill": "001", "phone": None} == row.before
    applied(service, path)
    with service.uow() as uow:
        household = uow.households.get(row.household_id)
    assert ("13900139000", "003", "003") == (
        household.phone,
        household.members[0].labour_skill,
        household.members[0].education,
    )


def test_wrong_rows_are_named_and_nothing_is_imported(service, tmp_path, wanted):
    """Each kind of mistake has its reason; an import with one cannot be approved."""
    rows = families(7)
    rows[0]["id_number"] = rows[0]["id_number"][:-1] + ("0" if rows[0]["id_number"][-1] != "0" else "1")
    rows[4]["relation"] = "邻居"
    rows[7]["household_phone"] = "12345"
    rows[9]["village_name"] = "无此村"
    rows[13]["id_number"] = rows[12]["id_number"]
    rows[16]["relation"] = "001"
    rows[19]["household_type"] = "100A03A02"
    one = previewed(service, table(tmp_path / "a.xlsx", rows, wanted))
    codes = {problem[1] for row in staged(service, one.id) for problem in row.problems}
    assert {
        "id_number_wrong",
        "unknown_label",
        "phone_wrong",
        "village_unknown",
        "twice_in_file",
        "household_differs",
    } <= codes
    assert {"not_one_head", "relation_sex"} & codes
    with pytest.raises(FailedRowsError):
        approve(ImportStep(import_id=one.id), service.uow(), service.formats)
    assert 0 == counted(service, households)


def test_people_of_other_households_and_new_members_are_told(service, tmp_path, wanted):
    """Somebody on record elsewhere, and somebody new in a known household, are decided by people."""
    applied(service, table(tmp_path / "a.csv", families(2), wanted))
    rows = [person_row(1, 4), person_row(2, 1, household_no="H000001")]
    one = previewed(service, table(tmp_path / "b.csv", rows, wanted))
    codes = [problem[1] for row in staged(service, one.id) for problem in row.problems]
    assert ["new_member", "person_elsewhere"] == codes


def test_a_town_imports_only_its_own(service, tmp_path, wanted):
    """Rows of another area than the sender's are wrong."""
    path = table(tmp_path / "a.csv", families(1), wanted)
    one = previewed(service, path, area_code="610327112")
    assert {"outside_area"} == {problem[1] for row in staged(service, one.id) for problem in row.problems}
    assert 3 == previewed(service, path, area_code="610327109").counts.new


def test_what_changed_since_the_preview_turns_the_import_back(service, tmp_path, wanted):
    """Nothing is overwritten unseen: the import goes back to its preview, with the reason."""
    applied(service, table(tmp_path / "a.csv", families(2), wanted))
    rows = [row | {"labour_skill": "003"} for row in families(2)]
    one = previewed(service, table(tmp_path / "b.csv", rows, wanted))
    approve(ImportStep(import_id=one.id), service.uow(), service.formats)
    changed = staged(service, one.id)[0].household_id
    with service.uow() as uow:
        on = uow.households.get(changed).recorded_on
    correct_household(
        CorrectHousehold(household_id=changed, changes={"address": "沟口"}, on=on), service.uow()
    )
    work_on(one.id, service.desk())
    turned = job(service, one.id)
    assert "previewed" == turned.state
    assert turned.problem_zh
    ids = {row.household_id for row in staged(service, one.id)}
    with service.uow() as uow:
        labour = {uow.households.get(id_).members[0].labour_skill for id_ in ids}
    assert {"001"} == labour


def test_what_is_no_table_is_rejected_in_words(service, tmp_path):
    """A file without the headings ends as rejected, and says why."""
    path = tmp_path / "a.csv"
    path.write_text("随便,什么\n1,2\n", encoding="utf-8")
    one = previewed(service, path)
    assert ("rejected", "headings_missing") == (one.state, one.problem_code)
    assert "户编号" in one.problem_zh


def test_a_crash_in_the_middle_records_nothing(service, tmp_path, wanted, monkeypatch):
    """When the process dies while it applies, nothing is on record; another takes it over later."""
    one = previewed(service, table(tmp_path / "a.csv", families(6, 2), wanted))
    approve(ImportStep(import_id=one.id), service.uow(), service.formats)
    monkeypatch.setattr(working, "AT_ONCE", 2)
    real, calls = record, []

    def dying(*given):
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(*given)

    monkeypatch.setattr(working, "record", dying)
    with pytest.raises(KeyboardInterrupt):
        work_on(one.id, service.desk())
    assert (0, "approved") == (counted(service, households), job(service, one.id).state)
    monkeypatch.setattr(working, "record", real)
    assert not work_on(one.id, service.desk())
    service.clock.set(service.clock() + timedelta(minutes=11))
    assert 1 == work_on_waiting(service.desk())
    assert (6, "applied") == (counted(service, households), job(service, one.id).state)


def test_monitored_classes_are_not_imported(service, tmp_path, wanted):
    """A monitored household is registered as what it is besides; only its case gives it the class."""
    rows = [row | {"household_type": "100A03001"} for row in families(1)]
    applied(service, table(tmp_path / "a.csv", rows, wanted))
    with service.engine.connect() as connection:
        assert "100A03A03" == connection.execute(select(households.c.household_type)).scalar()


def test_a_departments_list_goes_to_the_comparison(service, tmp_path):
    """Approved, the list of a department is taken whole by the comparison, with what it warns of."""
    applied(service, table(tmp_path / "a.csv", families(2), service.formats[LIST]))
    wanted = service.formats["medical_cost"]
    rows = [
        {"id_number": person_row(1, 1)["id_number"], "inpatient": 600_000},
        {"id_number": person_row(2, 1)["id_number"], "inpatient": 100},
    ]
    path = table(tmp_path / "b.xlsx", rows, wanted)
    given = {"month": "202206", "department": "县医保局"}
    assert "applied" == applied(service, path, "medical_cost", **given).state
    with service.uow() as uow:
        kept = uow.department_lists.current("medical_cost", "202206")
    assert (2, 2) == (kept.rows, kept.matched)


def test_the_monthly_watch_of_work_is_the_list_of_employment(service, tmp_path):
    """Who has stopped working is without work since then."""
    applied(service, table(tmp_path / "a.csv", families(1), service.formats[LIST]))
    rows = [{"id_number": person_row(1, 1)["id_number"], "working": True}]
    path = table(tmp_path / "b.xlsx", rows, service.formats["work_away"])
    assert "applied" == applied(service, path, "work_away", month="202206").state


def test_a_list_row_about_nobody_is_wrong(service, tmp_path):
    """Without ID number and without name, birth and village nobody can be found."""
    path = table(tmp_path / "a.csv", [{"name": "李四", "insured": True}], service.formats["insured"])
    one = previewed(service, path, "insured", month="202206")
    assert (0, 1) == (one.counts.new, one.counts.failed)


@pytest.mark.parametrize(
    ("expected", "town", "village"),
    [
        (VILLAGE, "固关镇", "上岔村"),
        (VILLAGE, "固关", "上岔"),
        (VILLAGE, "固关镇", "上岔村村民委员会"),
        (None, "固关镇", "无此村"),
        (None, "无此镇", "上岔村"),
    ],
)
def test_villages_are_found_by_the_names_people_write(expected, town, village):
    """With or without 镇 and 村; a name that is not of this county is nobody's."""
    assert expected == village_named(town, village)

"""Training, resident teams and the register of work as the county hears of them."""

from collections.abc import Iterable

from services.evaluation.domain.field_work import cadre, point_account, training, work_entry
from services.evaluation.service_layer.publishing.publish import publish
from shared.contracts.envelope import EventData
from shared.contracts.evaluation.v1 import field_work as v1


@publish.register
def _(fact: cadre.Enrolled) -> Iterable[EventData]:
    one = fact.cadre
    yield v1.CadreEnrolled(
        occurred_on=one.since,
        area_code=one.area_code,
        cadre_id=one.id,
        unit=one.unit,
        kind=one.kind,  # type: ignore[arg-type]  # the command has refused any other
        how=one.how,  # type: ignore[arg-type]  # the command has refused any other
        due_on=one.train_by,
        limit_confirmed=one.limit_confirmed,
    )


@publish.register
def _(fact: cadre.Left) -> Iterable[EventData]:
    one = fact.cadre
    yield v1.CadreLeft(
        occurred_on=fact.on,
        area_code=one.area_code,
        cadre_id=one.id,
        unit=one.unit,
        kind=one.kind,  # type: ignore[arg-type]  # the command has refused any other
    )


@publish.register
def _(fact: training.ClassPlanned) -> Iterable[EventData]:
    yield v1.TrainingClassPlanned(
        occurred_on=fact.on, class_id=fact.one.id, unit=fact.one.unit, due_on=fact.one.due_on
    )


@publish.register
def _(fact: training.ClassHeld) -> Iterable[EventData]:
    one = fact.one
    yield v1.TrainingClassHeld(
        occurred_on=fact.on,
        class_id=one.id,
        unit=one.unit,
        method=one.method,  # type: ignore[arg-type]  # the command has refused any other
        attended=one.attended,
    )
    for person in fact.attended:
        yield v1.TrainingAttended(
            occurred_on=fact.on,
            area_code=person.area_code,
            cadre_id=person.cadre_id,
            unit=person.unit,
            kind=person.kind,  # type: ignore[arg-type]  # the command has refused any other
            class_id=one.id,
            passed=person.passed,
        )


@publish.register
def _(fact: training.ClassCancelled) -> Iterable[EventData]:
    yield v1.TrainingClassCancelled(occurred_on=fact.on, class_id=fact.one.id, unit=fact.one.unit)


@publish.register
def _(fact: point_account.AccountOpened) -> Iterable[EventData]:
    one = fact.account
    yield v1.PointAccountOpened(
        occurred_on=fact.on, area_code=one.area_code, account_id=one.id, year=one.year, opening=one.opening
    )


@publish.register
def _(fact: point_account.PointsAdded) -> Iterable[EventData]:
    yield v1.PointsEntered(
        occurred_on=fact.on,
        area_code=fact.account.area_code,
        account_id=fact.account.id,
        sequence=fact.sequence,
        reason=fact.reason,
        points=fact.points,
        balance=fact.balance,
    )


@publish.register
def _(fact: point_account.LineReached) -> Iterable[EventData]:
    yield v1.PointLineReached(
        occurred_on=fact.on,
        area_code=fact.account.area_code,
        account_id=fact.account.id,
        act=fact.line.act,  # type: ignore[arg-type]  # the policy file names no other
        line=fact.line.at,
        balance=fact.balance,
    )


@publish.register
def _(fact: work_entry.Entered) -> Iterable[EventData]:
    one = fact.entry
    yield v1.WorkEntered(
        occurred_on=one.done_on,
        area_code=one.area_code,
        entry_id=one.id,
        kind=one.kind,  # type: ignore[arg-type]  # the command has refused any other
        unit=one.unit,
        about=one.about,
        level=one.level,
        field=one.field,
        month=one.month,
        quantity=one.quantity,
        passed=one.passed,
    )


@publish.register
def _(fact: work_entry.Withdrawn) -> Iterable[EventData]:
    one = fact.entry
    # It never was: true from the day entered, known since it was taken back (the envelope's time).
    yield v1.WorkWithdrawn(
        occurred_on=one.done_on,
        area_code=one.area_code,
        entry_id=one.id,
        kind=one.kind,  # type: ignore[arg-type]  # the command has refused any other
        unit=one.unit,
        about=one.about,
    )

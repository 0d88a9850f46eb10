"""Commands on working methods: the county edits a check-list, anybody fills it in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.method import MethodRecord, MethodText, MethodVersion, items_in
from services.monitoring.domain.screening_errors import MethodNotFoundError
from services.monitoring.service_layer.given import not_after_today, text_in
from services.monitoring.service_layer.ports import UnitOfWork
from shared.kernel.clock import day_of

Methods = Mapping[str, MethodText]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditMethod:
    """A new version of a check-list; *confirmed* when the county's paper (*source*) has this wording."""

    method: str
    zh: str
    en: str
    items: tuple[str, ...]
    confirmed: bool = False
    source: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FillInMethod:
    """A check-list filled in for a household, or with *household_id* None for the village *area_code*."""

    method: str
    ticked: tuple[str, ...]
    on: date
    area_code: str
    household_id: str | None = None
    by: str = ""
    note: str = field(default="", repr=False)


def edit_method(command: EditMethod, uow: UnitOfWork, proposed: Methods) -> int:
    """Keep the next version of a check-list and return its number; earlier ones stay with their records."""
    if command.method not in proposed:
        raise MethodNotFoundError
    # A wording without a paper is nobody's: it stays unconfirmed whatever was ticked.
    source = text_in(command.source.strip(), ("文件", "paper"), most=300, least=int(command.confirmed))
    with uow:
        last = uow.method_versions.latest().get(command.method)
        number = last.number + 1 if last is not None else 1
        version = MethodVersion(
            id=uow.ids(),
            method=command.method,
            number=number,
            zh=text_in(command.zh.strip(), ("名称", "name"), most=60, least=1),
            en=text_in(command.en.strip(), ("英文名称", "English name"), most=120, least=1),
            items=items_in(command.items),
            confirmed=command.confirmed,
            source=source or "县级修订，未注明文件 / edited by the county, no paper named",
            since=day_of(uow.clock()),
            edited_by=command.by,
        )
        uow.method_versions.add(version)
        uow.commit()
    return number


def fill_in_method(command: FillInMethod, uow: UnitOfWork, proposed: Methods) -> str:
    """Keep a check-list that was filled in, whatever is not ticked, and return its id."""
    with uow:
        number, text = method_in_use(command.method, uow.method_versions.latest(), proposed)
        area_code = command.area_code
        if command.household_id is not None:
            area_code = uow.households.get(command.household_id).area_code
        record = MethodRecord.fill_in(
            text.items,
            command.ticked,
            id=uow.ids(),
            method=command.method,
            number=number,
            area_code=area_code,
            household_id=command.household_id,
            made_on=not_after_today(command.on, uow.clock),
            made_by=command.by,
            note=command.note.strip(),
        )
        uow.method_records.add(record)
        uow.commit()
    return record.id


def method_in_use(
    method: str, edited: Mapping[str, MethodVersion], proposed: Methods
) -> tuple[int, MethodText]:
    """Return number and text of the check-list in use; 0 is the proposal nobody has edited yet."""
    if method in edited:
        return edited[method].number, edited[method].text
    if method not in proposed:
        raise MethodNotFoundError
    return 0, proposed[method]


def methods_in_use(
    edited: Mapping[str, MethodVersion], proposed: Methods
) -> Sequence[tuple[str, int, MethodText]]:
    """Return every check-list in use: key, number, text."""
    return [(key, *method_in_use(key, edited, proposed)) for key in proposed]

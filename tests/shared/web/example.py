"""A tiny site with everything real but its subject: wells, kept in SQLite."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

import sqlalchemy as sa
from pydantic import Field, model_validator

from shared.audit.tables import audit_tables
from shared.kernel.clock import Clock
from shared.kernel.errors import ConflictError, StaleVersionError
from shared.messaging.idempotency import idempotency_table
from shared.persistence.engine import WRITING
from shared.persistence.unit_of_work import InTransaction
from shared.web.asking import Act, Ask, Crumb, Done, TimelineEntry, View
from shared.web.forms import AreaCode, Choice, Form, Label, Note, Version, wrong
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import NoInput, Section

metadata = sa.MetaData()
idempotency_table(metadata)
audit_tables(metadata)
wells = sa.Table(
    "wells",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("name", sa.String(100)),
    sa.Column("area_code", sa.String(12)),
    sa.Column("depth_m", sa.Integer),
    sa.Column("cost_fen", sa.Integer),
    sa.Column("version", sa.Integer),
)


class WellTooDeepError(ConflictError):
    code = "well_too_deep"
    zh = "水井深度不得超过 {most} 米"
    en = "A well is at most {most} m deep"


@dataclass(frozen=True)
class Well:
    id: str
    name: str
    area_code: str
    depth_m: int
    cost_fen: int
    version: int

    @property
    def badge(self) -> Badge:
        return Badge("blue", Words("正常", "In order"))


class Uow:
    """One writing transaction that claims the request's key at its start."""

    def __init__(self, engine: sa.Engine, with_it: InTransaction | None) -> None:
        self._engine, self._with_it = engine.execution_options(**WRITING), with_it

    @contextmanager
    def begun(self) -> Iterator[sa.Connection]:
        with self._engine.begin() as connection:
            if self._with_it is not None:
                self._with_it.claim(connection)
            yield connection


@dataclass(frozen=True)
class WellService:
    engine: sa.Engine
    clock: Clock

    def uow(self, with_it: InTransaction | None = None) -> Uow:
        return Uow(self.engine, with_it)

    def all(self) -> list[Well]:
        with self.engine.connect() as connection:
            return [
                Well(**row) for row in connection.execute(sa.select(wells).order_by(wells.c.id)).mappings()
            ]

    def well(self, well_id: str) -> Well | None:
        return next((well for well in self.all() if well.id == well_id), None)

    def found(self, well_id: str) -> Well:
        return next(well for well in self.all() if well.id == well_id)


class Pipe(Form):
    length_m: Annotated[int, Field(ge=1, le=10_000), Label("长度（米）", "Length (m)")]
    laid_on: Annotated[date | None, Label("铺设日期", "Laid on")] = None


class DigForm(Form):
    name: Annotated[
        str, Field(min_length=2, max_length=40), Label("名称", "Name", hint_zh="地名", hint_en="Where")
    ]
    area_code: AreaCode
    depth_m: Annotated[int, Field(ge=1, le=500), Label("深度（米）", "Depth (m)")]
    cost_fen: Annotated[int, Field(ge=0, le=10**12), Label("造价（元）", "Cost (yuan)", widget="yuan")] = 0
    kind: Annotated[
        Literal["tube", "dug"],
        Label(
            "类型", "Kind", choices=(Choice("tube", "管井", "Tube well"), Choice("dug", "土井", "Dug well"))
        ),
    ] = "tube"
    uses: Annotated[
        tuple[str, ...],
        Field(max_length=3),
        Label(
            "用途", "Uses", choices=(Choice("drink", "饮用", "Drinking"), Choice("farm", "灌溉", "Farming"))
        ),
    ] = ()
    pipes: Annotated[tuple[Pipe, ...], Field(max_length=5), Label("管道", "Pipes", rows=2)] = ()
    share: Annotated[Decimal | None, Field(ge=0, le=1), Label("自筹比例", "Own share")] = None
    public: Annotated[bool, Label("公用", "Public")] = False
    note: Note = ""

    @model_validator(mode="after")
    def _dug_wells_are_shallow(self) -> "DigForm":
        if self.kind == "dug" and self.depth_m > 30:
            raise wrong("土井深度不超过 30 米", "a dug well is at most 30 m deep")
        return self


class DeepenForm(Form):
    version: Version
    depth_m: Annotated[int, Field(ge=1), Label("深度（米）", "Depth (m)")]


section = Section("well", "/wells")


def area_of_well(ask: Ask[WellService], given: Mapping[str, Any]) -> str | None:
    well = ask.service.well(given["well_id"])
    return None if well is None else well.area_code


def own_area(ask: Ask[WellService], given: Mapping[str, Any]) -> str:
    return ask.officer.area_code


COLUMNS = (
    Column[Well]("名称", "Name", lambda well: well.name, link=lambda well: f"/wells/{well.id}"),
    Column[Well]("状态", "State", lambda well: well.badge),
    Column[Well]("深度（米）", "Depth (m)", lambda well: well.depth_m, "number"),
    Column[Well]("造价（元）", "Cost (yuan)", lambda well: well.cost_fen, "yuan"),
)


@section.page("", "well.read", "wells.html", area_of=own_area)
def list_wells(ask: Ask[WellService], deeper_than: int = 0) -> View:
    """List the wells of the officer's area."""
    mine = [
        one for one in ask.service.all() if ask.officer.may_see(one.area_code) and one.depth_m > deeper_than
    ]
    rows = mine[ask.paging.offset : ask.paging.offset + ask.paging.size]
    return View(Words("水井", "Wells"), listing=Listing(COLUMNS, rows, len(mine), ask.paging))


@section.page("/{well_id}", "well.read", "well.html", area_of=area_of_well)
def show_well(ask: Ask[WellService], well_id: str) -> View:
    """Show one well."""
    well = ask.service.found(well_id)
    history = [TimelineEntry(ask.service.clock(), Words("建成", "Dug"), event_ids=("e1",))]
    crumbs = (Crumb(Words("水井", "Wells"), "/wells"), Crumb(Words(well.name, well.name)))
    return View(Words("水井", "Well"), {"well": well, "history": history}, crumbs=crumbs)


@section.page("/broken/page", "well.close", "well.html")
def broken(ask: Ask[WellService]) -> View:
    """Fail as no page should."""
    raise RuntimeError("张三 610327199001011234")


@section.action("", "well.dig", Words("新建", "Dig"), DigForm, area_of=lambda ask, given: given["area_code"])
def dig(act: Act[WellService, Uow], form: DigForm) -> Done:
    well_id = f"w{len(act.service.all()) + 1}"
    row = {
        "id": well_id,
        "version": 1,
        **form.model_dump(include={"name", "area_code", "depth_m", "cost_fen"}),
    }
    with act.uow().begun() as connection:
        connection.execute(sa.insert(wells).values(row))
    return Done(f"/wells/{well_id}", "水井已登记", "The well is recorded", {"id": well_id}, created=True)


@section.action("/{well_id}/deepen", "well.deepen", Words("加深", "Deepen"), DeepenForm, area_of=area_of_well)
def deepen(act: Act[WellService, Uow], form: DeepenForm, well_id: str) -> Done:
    if form.depth_m > 500:
        raise WellTooDeepError(most=500)
    with act.uow().begun() as connection:
        changed = connection.execute(
            sa.update(wells)
            .where(wells.c.id == well_id, wells.c.version == form.version)
            .values(depth_m=form.depth_m, version=form.version + 1)
        )
        if changed.rowcount != 1:
            raise StaleVersionError
    return Done(f"/wells/{well_id}", body={"id": well_id, "version": form.version + 1})


@section.action("/{well_id}/close", "well.close", Words("停用", "Close"), danger=True)
def close(act: Act[WellService, Uow], form: NoInput, well_id: str) -> Done:
    with act.uow().begun() as connection:
        connection.execute(sa.delete(wells).where(wells.c.id == well_id))
    return Done("/wells", "已停用", "Closed")

"""The monthly sample on pages: drawn once, with its seed beside it."""

from typing import Annotated

from pydantic import Field

from services.evaluation.adapters.inspection_sample import sample_of
from services.evaluation.adapters.read_models_supervision import SampleRow, samples
from services.evaluation.domain.inspection_sample import Drawn
from services.evaluation.domain.supervision_errors import NothingToDrawError
from services.evaluation.entrypoints.web.dependencies import EvaluationAct, EvaluationAsk
from services.evaluation.entrypoints.web.labels import same
from services.evaluation.service_layer.inspection_sample import DrawSample, draw_sample
from shared.areas import areas
from shared.kernel.period import Month
from shared.persistence.engine import reading
from shared.web.asking import Crumb, Done, View
from shared.web.forms import Form, Label
from shared.web.i18n import Words
from shared.web.paging import Column, Listing
from shared.web.section import Section

section = Section("inspection_sample", prefix="/inspection-samples")
TITLE = Words("每月抽样", "Monthly samples")


class DrawForm(Form):
    """The seed is announced before the draw, so that nobody can choose the outcome."""

    seed: Annotated[
        str,
        Field(min_length=1, max_length=200),
        Label(
            "随机种子",
            "Seed",
            hint_zh="事先公布，如当日公开摇奖号码",
            hint_en="announced before, such as a lottery's number",
        ),
    ]


def _villages(row: SampleRow) -> Words:
    return same("、".join(areas().full_name(code) if code in areas() else code for code in row.villages))


_COLUMNS = (
    Column[SampleRow](
        "月份", "Month", lambda row: row.month, link=lambda row: f"/inspection-samples/{row.month}"
    ),
    Column[SampleRow]("抽取日期", "Drawn on", lambda row: row.drawn_on),
    Column[SampleRow]("种子", "Seed", lambda row: row.seed),
    Column[SampleRow]("村", "Villages", _villages),
)
_HOUSEHOLDS = (
    Column[Drawn](
        "村", "Village", lambda row: areas().full_name(row.village) if row.village in areas() else row.village
    ),
    Column[Drawn](
        "户编号",
        "Household",
        lambda row: row.household_id,
        link=lambda row: f"/households/{row.household_id}",
    ),
    Column[Drawn](
        "类别",
        "Class",
        lambda row: Words("建档立卡（监测）户", "registered") if row.registered else Words("其他户", "other"),
    ),
)


@section.page("", "inspection.sample", "evaluation/inspection_samples.html")
def list_samples(ask: EvaluationAsk) -> View:
    """List every month's draw and offer this month's."""
    policy = ask.service.supervision
    with reading(ask.service.engine) as connection:
        rows = samples(connection)
    part = rows[ask.paging.offset : ask.paging.offset + ask.paging.size]
    data = {
        "drawn": any(row.month == str(Month.of(ask.today)) for row in rows),
        "villages": policy.sample_villages.entry_on(ask.today),
        "registered": policy.sample_registered.entry_on(ask.today),
        "others": policy.sample_others.entry_on(ask.today),
    }
    return View(TITLE, data, Listing(_COLUMNS, part, len(rows), ask.paging))


@section.page("/{month}", "inspection.sample", "evaluation/inspection_sample.html")
def show_sample(ask: EvaluationAsk, month: str) -> View:
    """Show the households of a month's sample, to take along or to draw again."""
    with reading(ask.service.engine) as connection:
        sample = sample_of(connection, month)
    if sample is None:
        raise NothingToDrawError
    part = sample.households[ask.paging.offset : ask.paging.offset + ask.paging.size]
    title = Words(f"{month}抽样", f"Sample of {month}")
    return View(
        title,
        {"month": sample.month, "seed": sample.seed, "drawn_on": sample.drawn_on},
        Listing(_HOUSEHOLDS, part, len(sample.households), ask.paging),
        (Crumb(TITLE, "/inspection-samples"), Crumb(title)),
    )


@section.action(
    "",
    "inspection.draw",
    Words("抽取本月样本", "Draw this month's sample"),
    DrawForm,
    permission="inspection.carry_out",
)
def draw(act: EvaluationAct, form: DrawForm) -> Done:
    draw_sample(DrawSample(form.seed), act.uow(), act.service.supervision)
    month = str(Month.of(act.today))
    return Done(f"/inspection-samples/{month}", "已抽定", "Drawn", {"month": month}, created=True)

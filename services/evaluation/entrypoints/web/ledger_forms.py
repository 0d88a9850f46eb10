"""What officers are asked for at each step of a problem."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import Field

from services.evaluation.adapters.ledger import problem_from, problem_of
from services.evaluation.domain.ledger.state import LEVEL_WORDS, Level, Source
from services.evaluation.entrypoints.web.dependencies import EvaluationAsk
from services.evaluation.entrypoints.web.ledger_words import (
    category_choices,
    cause_choices,
    choices_from,
    department_choices,
    own_unit_choices,
    source_choices,
    village_choices,
)
from shared.persistence.engine import reading
from shared.web.forms import Choice, Form, Label, Upload, Version

Unit = Annotated[str, Field(max_length=64), Label("责任单位", "Responsible unit", choices=own_unit_choices)]
Category = Annotated[str, Field(max_length=32), Label("类别", "Category", choices=category_choices)]
Cause = Annotated[str, Field(min_length=1, max_length=32), Label("原因", "Cause", choices=cause_choices)]
Systemic = Annotated[
    bool,
    Label(
        "共性问题",
        "Systemic",
        hint_zh="共性问题销号前须建立长效机制",
        hint_en="needs a mechanism before close-out",
    ),
]
Reason = Annotated[str, Field(min_length=1, max_length=1000), Label("原因", "Reason", lines=2)]
Remark = Annotated[str, Field(max_length=1000), Label("说明", "Remark", lines=2)]
Text = Field(min_length=1, max_length=2000)


def _reach(ask: EvaluationAsk) -> Iterable[Choice]:
    """Offer the stages of this problem's plan that are not reached."""
    with reading(ask.service.engine) as connection:
        row = connection.execute(problem_of(ask.request.path_params["problem_id"])).mappings().first()
    for place, node in enumerate(problem_from(dict(row)).plan.nodes if row else ()):
        if node.done_on is None:
            words = f"{node.due_on} {node.what}"
            yield Choice(str(place), words, words)


class EnterForm(Form):
    """A new problem; a town or department enters what it found itself."""

    unit: Unit
    source: Annotated[Source, Label("来源", "Source", choices=source_choices)]
    category: Category
    text: Annotated[
        str, Text, Label("问题", "Problem", lines=3, hint_zh="不写个人姓名", hint_en="name no person")
    ]
    found_on: Annotated[date, Label("反馈（发现）日期", "Found or fed back on")]
    area_code: Annotated[str, Field(max_length=12), Label("涉及镇村", "Where", choices=village_choices)] = ""
    document_no: Annotated[str, Field(max_length=100), Label("文号", "Document number")] = ""
    systemic: Systemic = False


class ConfirmForm(Form):
    version: Version
    unit: Unit
    category: Category
    cause: Cause
    systemic: Systemic = False


class ReasonForm(Form):
    version: Version
    reason: Reason


class FixForm(Form):
    version: Version
    what: Annotated[str, Text, Label("当场怎样整改", "What was done", lines=2)]
    evidence: Annotated[str, Field(max_length=500), Label("佐证", "Evidence")] = ""


class HandOverForm(Form):
    version: Version
    level: Annotated[Level, Label("责任层级", "Level", choices=choices_from(LEVEL_WORDS))]
    due_on: Annotated[date, Label("整改时限", "To be closed by")]
    lead_unit: Annotated[
        str, Field(max_length=64), Label("牵头单位", "Lead unit", choices=department_choices)
    ] = ""
    supervising_unit: Annotated[str, Field(max_length=64), Label("督办单位", "Supervised by")] = ""
    leader: Annotated[str, Field(max_length=50), Label("责任领导", "Leader in charge")] = ""
    person: Annotated[str, Field(max_length=50), Label("责任人", "Person in charge")] = ""


class NodeFields(Form):
    what: Annotated[str, Field(min_length=1, max_length=100), Label("节点", "Stage")]
    due_on: Annotated[date, Label("完成日期", "By")]


class PlanForm(Form):
    version: Version
    measures: Annotated[str, Text, Label("整改措施", "Measures", lines=3)]
    target: Annotated[str, Text, Label("整改目标", "Target", lines=2)]
    standard: Annotated[str, Text, Label("完成标准", "Complete when", lines=2)]
    nodes: Annotated[tuple[NodeFields, ...], Field(max_length=10), Label("阶段节点", "Stages", rows=2)] = ()


class ProgressForm(Form):
    version: Version
    on: Annotated[date, Label("日期", "Day")]
    text: Annotated[str, Text, Label("进展", "Progress", lines=3)]
    evidence: Annotated[
        str,
        Field(max_length=500),
        Label(
            "佐证", "Evidence", hint_zh="照片、票据、文件存放处", hint_en="photos, receipts: where they lie"
        ),
    ] = ""
    reached: Annotated[
        tuple[Annotated[int, Field(ge=0, le=9)], ...], Label("已完成的节点", "Stages reached", choices=_reach)
    ] = ()


class EvidenceForm(Form):
    version: Version
    file: Annotated[
        Upload,
        Label(
            "佐证材料",
            "Evidence",
            hint_zh="PDF、JPG、PNG、XLSX、DOCX，不超过 10 MB；归入最近一条进展",
            hint_en="PDF, JPG, PNG, XLSX or DOCX of at most 10 MB; it goes with the latest progress",
        ),
    ]


class AskForm(Form):
    version: Version
    completed_on: Annotated[date, Label("完成日期", "Completed on")]
    mechanism: Annotated[
        str,
        Field(max_length=1000),
        Label(
            "长效机制",
            "Mechanism",
            lines=2,
            hint_zh="共性问题必填：制度、办法名称",
            hint_en="needed if systemic",
        ),
    ] = ""


class PassForm(Form):
    version: Version
    note: Remark = ""


class LookBackForm(Form):
    version: Version
    held: Annotated[
        str,
        Field(pattern="^(held|back)$"),
        Label(
            "结果",
            "Result",
            choices=[Choice("held", "未反弹", "held"), Choice("back", "反弹，重开", "came back")],
        ),
    ]
    note: Remark = ""

"""A unit's own sheet in an assessment: its points, its gaps, what is frozen, and the appeal."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Annotated, Any

from pydantic import Field

from services.evaluation.adapters.read_models_assessment import AppealSearch
from services.evaluation.domain.appeal import STATE_WORDS, Appeal, AppealState
from services.evaluation.domain.assessment import Stage
from services.evaluation.domain.assessment_errors import NotOwnPointError
from services.evaluation.domain.errors import UnknownUnitError
from services.evaluation.domain.ranking import two_decimals
from services.evaluation.domain.rule import Target
from services.evaluation.entrypoints.web.assessment import (
    crumbs_to,
    is_own,
    may_see_unit,
    seen_part,
    seen_version,
    stage_badge,
)
from services.evaluation.entrypoints.web.dependencies import EvaluationAct, EvaluationAsk, path_to
from services.evaluation.entrypoints.web.figure_view import target_unit, target_words
from services.evaluation.entrypoints.web.labels import STATUS, same
from services.evaluation.entrypoints.web.scheme_words import scheme_words
from services.evaluation.service_layer.appeal import FileAppeal, file_appeal
from shared.web.asking import Crumb, Done, View
from shared.web.forms import Choice, Form, Label
from shared.web.i18n import Words
from shared.web.paging import Badge, Colour
from shared.web.section import Section

section = Section("assessment_sheet", prefix="/assessments/{assessment_id}/units/{unit_id}")

_COLOURS: dict[AppealState, Colour] = {
    AppealState.FILED: "yellow",
    AppealState.UNDER_REVIEW: "yellow",
    AppealState.UPHELD: "green",
    AppealState.REJECTED: "red",
    AppealState.WITHDRAWN: "grey",
}
FROZEN = Badge("yellow", Words("申诉中，已冻结", "under appeal, frozen"))


def _points(ask: EvaluationAsk) -> Iterable[Choice]:
    """Return the points the officer's unit is assessed by."""
    rulebook, officer = ask.service.rulebook, ask.officer
    for one in rulebook.indicators:
        if one.of_towns if officer.role == "town" else officer.unit in rulebook.responsible_for(one):
            yield Choice(one.id, f"{one.id} {one.name.zh}", f"{one.id} {one.name.en}")


class AppealForm(Form):
    """One appeal is about one point."""

    indicator: Annotated[
        str,
        Field(min_length=1, max_length=32),
        Label("申诉的得分点", "The point", choices=_points),
    ]
    reason: Annotated[
        str,
        Field(min_length=1, max_length=1000),
        Label("申诉理由", "Why", lines=4, hint_zh="不写个人姓名", hint_en="name no person"),
    ]
    evidence: Annotated[
        str,
        Field(max_length=500),
        Label(
            "佐证材料",
            "Evidence",
            lines=2,
            hint_zh="文号、台账页码或附件编号",
            hint_en="number of the paper or file",
        ),
    ] = ""


def appeal_badge(appeal: Appeal) -> Badge:
    """Return where an appeal stands; one that came late says so."""
    zh, en = STATE_WORDS[appeal.state]
    late = ("（逾期提出）", " (late)") if appeal.late else ("", "")
    return Badge(_COLOURS[appeal.state], Words(zh + late[0], en + late[1]))


@section.page("", "assessment.sheet", "evaluation/assessment_sheet.html")
def show_sheet(ask: EvaluationAsk, assessment_id: str, unit_id: str, number: int = 0) -> View:
    """Show a unit's lines in a version, the widest gap first, with its appeals and what changed."""
    if not may_see_unit(ask.officer, unit_id):
        raise NotOwnPointError
    row, found, _ = seen_version(ask, assessment_id, number)
    unit = next(
        (one for group in ("towns", "departments") for one in found.board[group] if one["unit"] == unit_id),
        None,
    )
    if unit is None:
        raise UnknownUnitError(unit=unit_id[:64])
    appeals = ask.service.reads.appeals(AppealSearch(row.id, unit_id))
    frozen = {one.point.indicator for one in appeals if one.open}
    changed = {one["unit"]: one for one in found.difference.get("units", ())}
    data = {
        "row": row,
        "version": seen_part(ask.officer, found),
        "stage": stage_badge(found.stage),
        "unit": unit,
        "grade": scheme_words(unit["grade"]) if unit["grade"] else None,
        "composition": [(scheme_words(one["name"]), one) for one in unit.get("composition") or ()],
        "lines": sorted(
            (_line(ask, line, frozen) for line in found.lines if line["unit"] == unit_id),
            key=lambda line: (-line["lost_exact"], line["indicator"]),
        ),
        "appeals": [(one, appeal_badge(one)) for one in appeals],
        "frozen": bool(frozen),
        "changed": unit_id in changed,
        "may_appeal": is_own(ask.officer, unit_id)
        and row.stage is Stage.PRELIMINARY
        and found.number == row.number,
        "late": row.appeals_until is not None and ask.today > row.appeals_until,
        "score_path": path_to("units", unit_id),
        "paper_path": path_to("assessments", row.id, "units", unit_id),
        "same_days": f"?as_of={found.as_of}&known_at={found.known_at}",
    }
    name = same(str(unit["name"]))
    return View(name, data, crumbs=crumbs_to(row, Crumb(name)))


def _line(ask: EvaluationAsk, line: Mapping[str, Any], frozen: set[str]) -> dict[str, Any]:
    lost = Fraction(0)
    if line["points_exact"] is not None:
        points = Fraction(line["points_exact"])
        lost = -points if line["deduction"] else max(Fraction(line["max_points"]) - points, Fraction(0))
    badge = FROZEN if line["indicator"] in frozen else STATUS[line["status"]]
    shown = {
        "value": _value(line),
        "target_words": _target(line),
        "value_unit": scheme_words(line["value_unit"]),
    }
    shown["name_words"] = indicator_name(ask, line["indicator"], line["name"])
    return {**line, **shown, "lost_exact": lost, "lost": two_decimals(lost), "badge": badge}


def indicator_name(ask: EvaluationAsk, indicator: str, name: str) -> Words:
    """Return what an indicator of a frozen version is called; in English as today's rules call it."""
    known = {one.id: one.name.en for one in ask.service.rulebook.indicators}
    return Words(name, known.get(indicator, name))


def _value(line: Mapping[str, Any]) -> str | None:
    """Return a rate with two decimals, a number of things as it is."""
    value: str | None = line["value"]
    return value.removesuffix(".00") if value is not None and line["value_unit"] != "%" else value


def _target(line: Mapping[str, Any]) -> Words:
    """Return the target of a frozen line as pages say it; of a split target the unit's own part first."""
    op, _, value = str(line["target"]).partition(" ")
    target, rate = Target(op, value, line["target_source"]), line["value_unit"] == "%"
    unit = target_unit(target, "" if rate else line["value_unit"], rate=rate)
    part = line.get("unit_target")
    return target_words(target, unit, None if part is None else Fraction(part))


@section.action("/appeals", "appeal.file", Words("提出申诉", "Appeal"), AppealForm)
def appeal(act: EvaluationAct, form: AppealForm, assessment_id: str, unit_id: str) -> Done:
    if not is_own(act.officer, unit_id):
        raise NotOwnPointError
    command = FileAppeal(assessment_id, unit_id, form.indicator, form.reason, form.evidence)
    appeal_id = file_appeal(command, act.uow())
    return Done(
        f"/appeals/{appeal_id}",
        "申诉已提出，该得分点已冻结",
        "The appeal is filed and the point is frozen",
        {"id": appeal_id},
        created=True,
    )

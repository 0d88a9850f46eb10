"""What may be refused about a household's plan of measures."""

from shared.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError


class PlanNotFoundError(NotFoundError):
    code = "plan_not_found"
    zh = "该户尚未制定帮扶计划"
    en = "The household has no plan of measures yet"


class MeasureNotFoundError(NotFoundError):
    """Raised when no measure of this household has the id."""

    code = "measure_not_found"
    zh = "没有找到这项帮扶措施"
    en = "There is no such measure"


class PlanTooEarlyError(ConflictError):
    """Raised before the county has identified the household, unless help comes first."""

    code = "plan_too_early"
    zh = "县级认定前不能制定帮扶计划（绿色通道除外）"
    en = "Measures are planned after the county has decided, unless help comes first"


class PlanClosedError(ConflictError):
    code = "plan_closed"
    zh = "该案件已不在监测帮扶中，不能改动帮扶计划"
    en = "The case is no longer open; its plan cannot be changed"


class MeasureStatusError(ConflictError):
    """Raised when the status of a measure does not permit the step."""

    code = "measure_status"
    zh = "该措施处于“{status_zh}”，不能这样办理"
    en = "The measure is “{status_en}”; this is not possible now"


class PlanDayError(InvalidInputError):
    """Raised when measures are asked for on a day before that was possible."""

    code = "plan_day_too_early"
    zh = "下达日期不得早于 {first}"
    en = "Measures cannot have been asked for before {first}"


class AnswerDayError(InvalidInputError):
    """Raised when a unit's answer is dated before it was asked."""

    code = "answer_before_request"
    zh = "答复日期不得早于下达日期 {first}"
    en = "The answer cannot have been given before the measure was asked for, on {first}"


class UnknownDeclineReasonError(InvalidInputError):
    """Raised when a unit declines for a reason that is no code of the list; the words are not repeated."""

    code = "unknown_decline_reason"
    zh = "请选择不予受理的原因"
    en = "Choose one of the reasons for declining"


class NothingPlannedError(ConflictError):
    code = "nothing_planned"
    zh = "没有待下达的帮扶措施"
    en = "No measure is waiting to be requested"


class RiskNotCoveredError(ConflictError):
    """Raised when a confirmed rule of 4.3 asks for a measure the plan does not have."""

    code = "risk_not_covered"
    zh = "“{risk_zh}”没有对应的帮扶措施，须有其一：{needed_zh}"
    en = "Nothing in the plan answers “{risk_en}”; one of these is needed: {needed_en}"


class NothingToProposeError(ConflictError):
    """Raised when every measure the rules know for a risk was tried; an official must choose."""

    code = "nothing_to_propose"
    zh = "没有可自动建议的替代措施，请人工选择"
    en = "The rules propose nothing further; choose a measure"


class UnknownRiskError(InvalidInputError):
    """Raised when a measure names a risk the case does not have."""

    code = "risk_not_on_case"
    zh = "案件没有登记这项风险"
    en = "The case does not have this risk"


class UnknownMeasureError(InvalidInputError):
    code = "unknown_measure"
    zh = "没有这个帮扶措施代码：{category}-{measure_code}"
    en = "There is no measure with the code {category}-{measure_code}"


class RelocationNotPossibleError(InvalidInputError):
    """Raised for 搬迁: not valid for cases identified since 2021 (rule J-30)."""

    code = "relocation_not_possible"
    zh = "2021 年以后认定的监测对象不能安排搬迁措施"
    en = "Relocation is not a measure for households identified since 2021"


class PersonNotCapableError(InvalidInputError):
    code = "person_not_capable"
    zh = "该成员不是本户的劳动力，不能安排这项措施"
    en = "This person is not one of the household's labourers"


class MeasureOfOtherUnitError(ForbiddenError):
    """Raised when a unit answers for a measure asked of another, or one that another service answers."""

    code = "measure_of_other_unit"
    zh = "该措施由{department}负责办理"
    en = "The measure is answered by {department}"

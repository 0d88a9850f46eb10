"""What is refused about the year's assessment, appeals, corrections and judged marks."""

from shared.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError


class AssessmentStepError(ConflictError):
    """Raised when the stage the assessment is in does not permit the step."""

    code = "assessment_step_not_permitted"
    zh = "考评处于“{stage_zh}”阶段，不能{step_zh}"
    en = "The assessment is {stage_en}: it cannot be {step_en}"


class AppealPeriodRunningError(ConflictError):
    """Raised when a result would be final while units may still appeal."""

    code = "appeal_period_running"
    zh = "申诉期到 {until} 为止，期满次日才能定稿"
    en = "Units may appeal until {until}; it can be made final from the day after"


class OpenAppealsError(ConflictError):
    """Raised when a result would be final while an appeal is undecided."""

    code = "open_appeals"
    zh = "还有 {count} 件申诉未办结，不能定稿"
    en = "{count} appeals are undecided; the result cannot be final"


class RulingNotCountedError(ConflictError):
    """Raised when what is to be published was scored before a correction was made."""

    code = "ruling_not_counted"
    zh = "有更正尚未计入，请先重新定稿"
    en = "A correction is not counted yet: make a new version first"


class UnknownVersionError(NotFoundError):
    code = "unknown_assessment_version"
    zh = "这次考评没有第 {number} 版"
    en = "The assessment has no version {number}"


class UnknownAppealError(NotFoundError):
    code = "unknown_appeal"
    zh = "没有这件申诉：{appeal_id}"
    en = "There is no appeal {appeal_id}"


class AppealStepError(ConflictError):
    """Raised when the state of the appeal does not permit the step."""

    code = "appeal_step_not_permitted"
    zh = "申诉{state_zh}，不能再{step_zh}"
    en = "The appeal is {state_en}: it cannot be {step_en}"


class AppealTooLateError(ConflictError):
    """Raised only where the period is confirmed by a paper; otherwise a late appeal is marked and taken."""

    code = "appeal_too_late"
    zh = "申诉期已于 {until} 届满"
    en = "The period for appeals ended on {until}"


class NotOpenToAppealError(ConflictError):
    """Raised for an appeal against what is not shown as preliminary."""

    code = "not_open_to_appeal"
    zh = "只有公示中的初评结果可以申诉"
    en = "Only a preliminary result can be appealed against"


class PointUnderAppealError(ConflictError):
    """Raised for a second appeal against a point while the first is open."""

    code = "point_under_appeal"
    zh = "{indicator} 已在申诉中，办结后才能再提"
    en = "{indicator} is under appeal already; wait until it is decided"


class NotOwnPointError(ForbiddenError):
    """Raised when somebody appeals for another unit, or handles its appeal."""

    code = "not_own_point"
    zh = "只能查看本单位的得分表和申诉，对本单位的得分提出申诉"
    en = "A unit sees its own sheet and appeals, and appeals against its own points only"


class AppealReasonMissingError(InvalidInputError):
    code = "appeal_reason_missing"
    zh = "请写明理由"
    en = "Say why"


class WrongCorrectionError(InvalidInputError):
    """Raised for a correction that does not say what it must, or names what is not there."""

    code = "wrong_correction"
    zh = "更正内容不完整或不成立：{what_zh}"
    en = "The correction does not hold: {what_en}"


class UnknownMarkItemError(InvalidInputError):
    code = "unknown_mark_item"
    zh = "没有“{item}”这项评鉴"
    en = "Nothing called {item} is judged"


class MarkOutOfRangeError(InvalidInputError):
    """Raised for a mark outside 0 to the item's most."""

    code = "mark_out_of_range"
    zh = "评分应在 0 到 {most} 之间"
    en = "A mark lies between 0 and {most}"


class MarkPeriodError(InvalidInputError):
    """Raised when a monthly item is judged without its month, or a yearly one with a month."""

    code = "mark_period"
    zh = "按月评鉴的项目须填月份，其他项目不填"
    en = "What is judged month by month needs its month; nothing else has one"

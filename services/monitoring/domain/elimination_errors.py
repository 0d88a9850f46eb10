"""What may be refused on the way to eliminating a risk."""

from shared.kernel.errors import ConflictError, InvalidInputError, NotFoundError


class EliminationNotFoundError(NotFoundError):
    code = "elimination_not_found"
    zh = "没有找到这次风险消除"
    en = "There is no such elimination"


class EliminationOpenError(ConflictError):
    """Raised when a second elimination of one case is proposed beside an open one."""

    code = "elimination_open"
    zh = "该案件的风险消除正在办理"
    en = "An elimination of this case is being dealt with already"


class CaseNotMonitoredError(ConflictError):
    code = "case_not_monitored"
    zh = "该户不在监测帮扶中，不能提出风险消除"
    en = "The household is not being monitored; its risk cannot be eliminated"


class NoLabourError(ConflictError):
    """Raised for a household without any labour: it is kept and supported, not eliminated by help (A9)."""

    code = "whole_household_without_labour"
    zh = "整户无劳动能力，落实兜底保障后暂不标注风险消除"
    en = "Nobody in the household can work: it stays monitored after support is in place"


class CriterionNotMetError(ConflictError):
    """Raised when a confirmed criterion of 5.1 is not met; *criteria* are its keys."""

    code = "elimination_criterion_not_met"
    zh = "不符合风险消除标准：{criteria_zh}"
    en = "The standard of elimination is not met: {criteria_en}"


class CriterionReasonError(InvalidInputError):
    """Raised when only unconfirmed criteria are not met and no reason was written down."""

    code = "elimination_reason_missing"
    zh = "以下（未确认的）标准不满足，须由县级写明理由：{criteria_zh}"
    en = "These (unconfirmed) criteria are not met; a county official must give a reason: {criteria_en}"


class SnapshotIncompleteError(ConflictError):
    """Raised when the record after elimination (5.2, check J-3) cannot be filled."""

    code = "elimination_snapshot_incomplete"
    zh = "风险消除后信息不完整：缺少入户核查或收入台账"
    en = "The record after elimination is incomplete: the visit or the income ledger is missing"


class EliminationStepError(ConflictError):
    """Raised when the state of the elimination does not lead to this step."""

    code = "elimination_step_not_permitted"
    zh = "当前处于“{state_zh}”环节，不能办理“{step_zh}”"
    en = "At “{state_en}” the step “{step_en}” is not possible"

"""What the comparison with departments refuses, each with its code and both languages."""

from shared.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError


class UnreadableRowError(InvalidInputError):
    """Raised for the first row that cannot be used; nothing of its list is kept."""

    code = "unreadable_row"
    zh = "第{line}行“{column_zh}”填写有误，整份名单未接收"
    en = "Line {line}: “{column_en}” cannot be used; nothing of the list was taken"


class UnknownListKindError(InvalidInputError):
    code = "unknown_department_list"
    zh = "没有这种名单：{kind}"
    en = "There is no list of kind {kind}"


class ForeignListError(ForbiddenError):
    """Raised when a department delivers a list that is another's."""

    code = "foreign_department_list"
    zh = "“{kind_zh}”名单由{department}报送"
    en = "The list “{kind_en}” is delivered by {department}"


class ListMonthError(InvalidInputError):
    """Raised for a month that is not written YYYYMM or has not come yet."""

    code = "list_month"
    zh = "月份应写作YYYYMM且不晚于本月：{month}"
    en = "The month is written YYYYMM and is not later than this one: {month}"


class EmptyListError(InvalidInputError):
    code = "empty_department_list"
    zh = "名单中没有任何一行"
    en = "The list has no row"


class DepartmentListNotFoundError(NotFoundError):
    code = "department_list_not_found"
    zh = "没有找到这份名单"
    en = "There is no such list"


class ListRowNotFoundError(NotFoundError):
    code = "list_row_not_found"
    zh = "没有找到名单中的这一行"
    en = "The list has no such row"


class RowNotToConfirmError(ConflictError):
    """Raised when somebody confirms a row that was not matched by name, or was decided on before."""

    code = "row_not_to_confirm"
    zh = "这一行不是待确认的按姓名匹配"
    en = "This row is not one that was matched by name and waits"


class WarningStepError(ConflictError):
    code = "warning_step_not_permitted"
    zh = "预警处于“{state_zh}”，不能这样办理"
    en = "The warning is “{state_en}”; this step is not permitted"


class DifferenceNotFoundError(NotFoundError):
    code = "difference_not_found"
    zh = "没有找到这条比对差异"
    en = "There is no such difference"


class DifferenceStepError(ConflictError):
    """Raised when a difference is closed already, or waits for the other side."""

    code = "difference_step_not_permitted"
    zh = "这条差异{state_zh}，现在不能这样办理"
    en = "The difference {state_en}; this step is not permitted now"


class StillDifferentError(ConflictError):
    """Raised when the register is said to be corrected and still says the same."""

    code = "still_different"
    zh = "台账记录仍与部门名单不一致，请先更正成员信息，再办结差异"
    en = "The register still disagrees with the list: correct the member first"


class ExplanationMissingError(InvalidInputError):
    code = "explanation_missing"
    zh = "请说明原因"
    en = "Say why"


class PushNotFoundError(NotFoundError):
    code = "push_not_found"
    zh = "没有找到这次推送"
    en = "There is no such push"


class PushAnsweredError(ConflictError):
    code = "push_answered"
    zh = "这次推送已经答复"
    en = "This push has been answered"


class DifferencesWaitError(ConflictError):
    """Raised when a push of differences is answered while some still wait for the department."""

    code = "differences_wait"
    zh = "还有 {open} 条差异没有逐条答复"
    en = "{open} differences still wait for an answer of their own"


class NothingToPushError(ConflictError):
    code = "nothing_to_push"
    zh = "没有需要推送给{department}的内容"
    en = "There is nothing to push to {department}"


class CaseComparisonNotFoundError(NotFoundError):
    code = "case_comparison_not_found"
    zh = "没有找到这项比对请求"
    en = "There is no such comparison request"


class CaseComparisonClosedError(ConflictError):
    code = "case_comparison_closed"
    zh = "这项比对请求已经答复或撤回"
    en = "This comparison request was answered or withdrawn"


class ForeignCheckError(InvalidInputError):
    """Raised when a department answers a check it was not asked."""

    code = "foreign_check"
    zh = "本次没有请贵单位比对这一项：{check}"
    en = "This check was not asked: {check}"


class FindingNoteMissingError(InvalidInputError):
    """Raised when a finding is recorded without saying what was found: the household must answer to it."""

    code = "finding_note_missing"
    zh = "比对发现异常的，请写明情况，供农户说明"
    en = "Say what was found: the household must be able to explain it"


class NotOursError(ForbiddenError):
    """Raised when a department acts on what belongs to another."""

    code = "not_this_department"
    zh = "这项工作由{department}办理"
    en = "This belongs to {department}"

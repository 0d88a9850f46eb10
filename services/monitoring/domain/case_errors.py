"""What may be refused on the way from a verified clue to identification."""

from shared.kernel.errors import ConflictError, InvalidInputError, NotFoundError


class CaseNotFoundError(NotFoundError):
    """Raised when no case has this id."""

    code = "case_not_found"
    zh = "没有找到这个识别案件"
    en = "There is no such case"


class HouseholdHasOpenCaseError(ConflictError):
    """Raised when a second case is opened, or taken up again, beside an open one."""

    code = "household_has_open_case"
    zh = "该户已有正在办理的识别案件"
    en = "The household has an open case already"


class StepNotPermittedError(ConflictError):
    """Raised when the state of the procedure does not lead to this step."""

    code = "step_not_permitted"
    zh = "当前处于“{state_zh}”环节，不能办理“{step_zh}”"
    en = "At “{state_en}” the step “{step_en}” is not possible"


class StepTooEarlyError(InvalidInputError):
    """Raised when a step is dated before the one it follows."""

    code = "step_too_early"
    zh = "办理日期不得早于上一环节的日期 {first}"
    en = "The day must not be before that of the last step, {first}"


class StepInFutureError(InvalidInputError):
    """Raised when a step is dated after today."""

    code = "step_in_future"
    zh = "办理日期不得晚于今天 {today}"
    en = "The day must not be after today, {today}"


class HelperMissingError(InvalidInputError):
    code = "helper_missing"
    zh = "请填写帮扶责任人编号"
    en = "Give the number of the responsible helper"


class AuthorisationMissingError(ConflictError):
    code = "authorisation_missing"
    zh = "农户尚未签署《承诺授权书》"
    en = "The household has not signed the authorisation"


class AuthorisationGivenError(ConflictError):
    code = "authorisation_given"
    zh = "《承诺授权书》已经签署"
    en = "The authorisation has been signed already"


class ComparisonNotPassedError(ConflictError):
    code = "comparison_not_passed"
    zh = "信息比对尚未通过"
    en = "The comparison with the departments' data has not been passed yet"


class ComparisonStepError(ConflictError):
    code = "comparison_step_not_permitted"
    zh = "信息比对处于“{state_zh}”，不能办理“{step_zh}”"
    en = "While the comparison is “{state_en}”, the step “{step_en}” is not possible"


class NoticeTooShortError(ConflictError):
    """Raised before the notice has hung for its full days; *earliest* is the first day it may end."""

    code = "notice_too_short"
    zh = "公示须满 {days} 天，最早 {earliest} 结束"
    en = "The notice must hang for {days} full days; it may end on {earliest} at the earliest"


class ObjectionOpenError(ConflictError):
    code = "objection_open"
    zh = "尚有 {count} 条异议没有处理"
    en = "{count} objections have not been resolved"


class ObjectionNotFoundError(NotFoundError):
    code = "objection_not_found"
    zh = "没有这条待处理的异议"
    en = "There is no such open objection"


class VoteMissingError(ConflictError):
    code = "vote_missing"
    zh = "尚未民主评议"
    en = "The village meeting has not voted yet"


class VoteNotValidError(InvalidInputError):
    code = "vote_not_valid"
    zh = "票数不合理：至少有一票；登记了到会人数的，三种票合计不能超过到会人数"
    en = "These votes are not possible: at least one was cast, and no more than were present"


class ClassDoesNotFitError(InvalidInputError):
    """Raised when the monitored class contradicts the household's type (domain 1.1)."""

    code = "monitored_class_does_not_fit"
    zh = "监测对象类别与农户类型不符：脱贫不稳定户只能是脱贫户，边缘易致贫户只能是一般农户"
    en = "Class and household do not fit: unstable is for lifted-out households, marginal for the others"


class UnknownClassError(InvalidInputError):
    code = "unknown_monitored_class"
    zh = "没有这个监测对象类别：{monitored_class}"
    en = "There is no monitored class {monitored_class}"


class IncomeDoesNotFitError(InvalidInputError):
    """Raised when a confirmed line contradicts the class and no reason was written down."""

    code = "income_does_not_fit"
    zh = "人均纯收入与监测范围不符，须说明综合判断的理由"
    en = "The income does not fit the line of this class; give the reason of the overall judgement"


class IncomePeriodError(InvalidInputError):
    """Raised when the newest ledger is not of the reference period (domain 2.3) and no reason was given."""

    code = "income_period"
    zh = "最近的收入台账期间为 {period}，不是认定参考期，须说明理由"
    en = "The newest ledger is of {period}, not of the reference period; give a reason"


class TooManyRisksError(InvalidInputError):
    code = "too_many_risks"
    zh = "每户风险不少于一项、不超过 {most} 项"
    en = "A household has at least one and at most {most} risks"


class RiskAlreadyNotedError(ConflictError):
    code = "risk_already_noted"
    zh = "该风险已经登记"
    en = "This risk is on record already"


class UnknownCheckError(InvalidInputError):
    code = "unknown_comparison_check"
    zh = "没有这个比对项目：{check}"
    en = "There is no comparison check {check}"


class NoticeNotPublishableError(InvalidInputError):
    """Raised when the text of a notice would show what must not be published; *kinds* names it."""

    code = "notice_not_publishable"
    zh = "公示内容含有不得公开的信息：{kinds}"
    en = "The notice would show what must not be published: {kinds}"

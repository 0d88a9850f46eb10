"""What is refused of reports."""

from shared.kernel.errors import ConflictError, NotFoundError


class ReportNotFoundError(NotFoundError):
    code = "report_not_found"
    zh = "没有找到这份报表"
    en = "There is no such report"


class ReportStepError(ConflictError):
    """Raised when the state of a report does not lead to this step."""

    code = "report_step_not_permitted"
    zh = "报表处于“{state_zh}”状态，不能{step_zh}"
    en = "The report is {state_en}; it cannot be {step_en}"


class ResponsibilityNotFoundError(NotFoundError):
    code = "responsibility_not_found"
    zh = "责任清单中没有这一项"
    en = "The list has no such item"

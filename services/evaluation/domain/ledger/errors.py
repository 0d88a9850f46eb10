"""What the rectification ledger refuses, each with its code and in both languages."""

from shared.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError


class UnknownProblemError(NotFoundError):
    code = "unknown_problem"
    zh = "没有找到这个问题"
    en = "There is no such problem"


class UnknownProblemListError(NotFoundError):
    code = "unknown_problem_list"
    zh = "没有找到这份反馈问题清单"
    en = "There is no such list of problems"


class StepNotPermittedError(ConflictError):
    code = "problem_step_not_permitted"
    zh = "问题现为“{state_zh}”，不能办理“{step_zh}”"
    en = "The problem is “{state_en}”: “{step_en}” is not possible now"


class NotYoursError(ForbiddenError):
    code = "problem_not_yours"
    zh = "“{step_zh}”应由{who_zh}办理"
    en = "“{step_en}” is for {who_en}"


class UnknownLedgerUnitError(InvalidInputError):
    code = "unknown_ledger_unit"
    zh = "“{unit}”不是列入考评的镇或部门"
    en = "“{unit}” is not a town or department that is assessed"


class UnknownLedgerCodeError(InvalidInputError):
    code = "unknown_ledger_code"
    zh = "{what_zh}“{value}”不在代码表中"
    en = "{what_en} “{value}” is not in the code list"


class PlaceElsewhereError(InvalidInputError):
    """Raised when a town would enter a problem in another town's place, whose officers would then see it."""

    code = "problem_place_elsewhere"
    zh = "“涉及镇村”不在本镇，请改选本镇的村，或报督查考核机构登记"
    en = "The place is not in your town: choose one that is, or have the office enter it"


class LedgerDayError(InvalidInputError):
    code = "ledger_day"
    zh = "{what_zh}不能{how_zh}{bound}"
    en = "{what_en} cannot be {how_en} {bound}"


class NoProgressError(ConflictError):
    code = "no_progress_recorded"
    zh = "本轮整改还没有登记进展，不能申请销号"
    en = "No progress has been recorded since the last plan or return: close-out cannot be asked"


class MechanismMissingError(ConflictError):
    code = "mechanism_missing"
    zh = "共性问题须先建立长效机制（制度或办法）再申请销号"
    en = "A systemic problem needs a rule or mechanism on file before close-out is asked"


class WrongStageError(ConflictError):
    code = "wrong_recheck_stage"
    zh = "现在应办理的复核环节是“{due_zh}”"
    en = "The re-check that is due now is “{due_en}”"


class NothingAboveError(ConflictError):
    code = "nothing_above_county"
    zh = "县级问题不能再上提"
    en = "A problem of the county level cannot be passed up"


class NothingToImportError(InvalidInputError):
    code = "nothing_to_import"
    zh = "文件中没有可以导入的问题"
    en = "The file has no problem that can be imported"


class ListAppliedError(ConflictError):
    code = "problem_list_applied"
    zh = "这份清单已经导入或作废"
    en = "This list has been imported or discarded"


class ProblemFileError(InvalidInputError):
    code = "problem_file"
    zh = "文件不能读取：{why_zh}"
    en = "The file cannot be read: {why_en}"

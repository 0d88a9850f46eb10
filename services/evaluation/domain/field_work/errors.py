"""What field work refuses, each with its code and its sentence in both languages."""

from shared.kernel.errors import ConflictError, InvalidInputError, NotFoundError


class UnknownFieldWorkError(NotFoundError):
    """Raised for a cadre, class, account or entry that is not there."""

    code = "field_work_not_found"
    zh = "没有找到这条工作登记"
    en = "There is no such record of field work"


class FieldWorkStepError(ConflictError):
    """Raised when a step does not fit the state of the thing."""

    code = "field_work_step_refused"
    zh = "当前为“{state_zh}”，不能{step_zh}"
    en = "It is {state_en}; it can't be {step_en}"


class NumberTakenError(ConflictError):
    code = "cadre_number_taken"
    zh = "编号 {number} 已登记"
    en = "The number {number} is taken"


class WrongEntryError(InvalidInputError):
    """Raised when an entry lacks what its kind needs."""

    code = "entry_incomplete"
    zh = "“{kind_zh}”应填写{what_zh}"
    en = "{kind_en}: give the {what_en}"


class DayInFutureError(InvalidInputError):
    code = "field_work_day_in_future"
    zh = "{day} 尚未到来"
    en = "{day} has not come yet"


class NoPointsError(InvalidInputError):
    code = "points_are_zero"
    zh = "加减分不能为零"
    en = "Points added or taken off can't be zero"


class OutsideTownError(InvalidInputError):
    """Raised when a resident team's member is given no village."""

    code = "resident_without_village"
    zh = "驻村队员应填写所驻的村"
    en = "Say in which village the resident team is"

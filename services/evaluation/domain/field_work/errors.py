"""What field work refuses, each with its code and its sentence in both languages."""

from shared.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError


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


class HomeEnteredError(ConflictError):
    """Raised when a home is entered again: each would be checked, and counted, by itself."""

    code = "home_entered"
    zh = "该村的“{name}”已登记，不再重复登记；检查请从已登记的幸福院进入"
    en = "“{name}” of this village is entered already; enter its checks there"


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


class UnknownNumberError(InvalidInputError):
    """Raised for a number that nobody in post has: something typed wrongly, not something that is gone."""

    code = "number_unknown"
    zh = "没有编号为“{number}”的在岗人员，请核对后重新提交"
    en = "Nobody in post has the number “{number}”; correct it and send again"


class PersonalNumberError(InvalidInputError):
    """Raised for an ID or telephone number in the place of the unit's own number; it is not repeated."""

    code = "number_is_personal"
    zh = "“编号”里有像身份证号或手机号的内容，请改填本单位自编的编号"
    en = "A number looks like an ID card's or a telephone's; give the unit's own number"


class OtherUnitError(InvalidInputError):
    """Raised when somebody enters something for a unit that is not theirs."""

    code = "field_work_of_another_unit"
    zh = "只能登记本单位的事项，请把单位改为本单位"
    en = "Only your own unit's work can be entered; change the unit to yours"


class CheckedByOfficeError(ForbiddenError):
    """Raised when who is checked would enter or take back the check."""

    code = "checked_by_office"
    zh = "“{kind_zh}”由考核机构登记和撤回"
    en = "{kind_en}: entered and withdrawn by the supervision office"

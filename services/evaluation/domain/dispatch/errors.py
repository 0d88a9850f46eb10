"""What dispatch refuses, each with its code and its sentence in both languages."""

from shared.kernel.errors import ConflictError, InvalidInputError, NotFoundError


class UnknownDispatchError(NotFoundError):
    """Raised for a report, meeting, site or undertaking that is not there."""

    code = "dispatch_not_found"
    zh = "没有找到这条调度记录"
    en = "There is no such record of dispatch"


class DispatchStepError(ConflictError):
    """Raised when a step does not fit the state of the thing."""

    code = "dispatch_step_refused"
    zh = "当前为“{state_zh}”，不能{step_zh}"
    en = "It is {state_en}; it can't be {step_en}"


class TasksDoneError(InvalidInputError):
    code = "more_tasks_done_than_due"
    zh = "完成数 {done} 大于应完成数 {due}，请核对"
    en = "{done} tasks done are more than the {due} due"


class EmptyTextError(InvalidInputError):
    """Raised when something that people must be told was left out."""

    code = "dispatch_text_missing"
    zh = "请填写{what_zh}"
    en = "Give the {what_en}"


class UnknownActionError(InvalidInputError):
    code = "unknown_action"
    zh = "没有这个提升行动：{action}"
    en = "There is no improvement action {action}"


class WrongPlaceError(InvalidInputError):
    """Raised when a site or project lies outside the town it belongs to."""

    code = "site_outside_its_town"
    zh = "地点 {area_code} 不在应建示范点的镇内"
    en = "{area_code} does not lie in the town that owes it"


class FutureDayError(InvalidInputError):
    code = "dispatch_day_in_future"
    zh = "{day} 尚未到来"
    en = "{day} has not come yet"


class DueBeforeError(InvalidInputError):
    """Raised when something is to be done by a day before it was undertaken."""

    code = "due_before_undertaken"
    zh = "完成时限 {due_on} 早于议定日期 {made_on}"
    en = "Due on {due_on}, before it was undertaken on {made_on}"


class NotOwedError(ConflictError):
    """Raised when a meeting is recorded for a quarter or action of which none is owed."""

    code = "meeting_not_owed"
    zh = "{quarter} 没有应召开的“{action}”例会"
    en = "No meeting on {action} is owed in {quarter}"


class DecisionElsewhereError(InvalidInputError):
    """Raised when a decision is put under an action the meeting was not on: its lead would answer for it."""

    code = "decision_of_another_action"
    zh = "议定事项所属的行动“{action}”不在本次例会“涉及的提升行动”之内，请改选"
    en = "The decision belongs to “{action}”, which is not among the meeting's actions; choose one that is"


class MeetingEnteredError(ConflictError):
    """Raised when the same meeting is entered again: its decisions and orders would all be doubled."""

    code = "meeting_entered"
    zh = "{held_on} 关于这些行动的例会已登记（编号 {number}），不再重复登记；请在“季例会”中查看"
    en = "The meeting of {held_on} on these actions is entered already as {number}: see quarterly meetings"


class NotForThisUnitError(InvalidInputError):
    """Raised when somebody burdens a unit that is not theirs to burden."""

    code = "dispatch_for_another_unit"
    zh = "不能为这个单位登记，请改选本单位或表中所列单位"
    en = "This can't be entered for that unit; choose your own or one of those listed"

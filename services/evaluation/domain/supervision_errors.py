"""What is refused of inspections, orders, interviews and accountability."""

from shared.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError


class InspectionNotFoundError(NotFoundError):
    code = "inspection_not_found"
    zh = "没有找到这次督查"
    en = "There is no such inspection"


class InspectionStepError(ConflictError):
    """Raised when the state of an inspection does not lead to this step."""

    code = "inspection_step_not_permitted"
    zh = "督查处于“{state_zh}”状态，不能{step_zh}"
    en = "The inspection is {state_en}; it cannot be {step_en}"


class InspectionIncompleteError(ConflictError):
    """Raised when an inspection would be filed with subjects nobody has answered."""

    code = "inspection_incomplete"
    zh = "还有 {missing} 项没有检查结果，不能归档"
    en = "{missing} subjects have no result yet; it cannot be filed"


class NothingToInspectError(InvalidInputError):
    code = "inspection_without_subjects"
    zh = "请至少选择一项督查内容"
    en = "Choose at least one subject to inspect"


class UnknownSubjectError(InvalidInputError):
    code = "inspection_subject_unknown"
    zh = "督查清单中没有这一项：{subject}"
    en = "The check-list has no subject {subject}"


class FindingWithoutTextError(InvalidInputError):
    code = "inspection_finding_without_text"
    zh = "查出问题的，请写明问题"
    en = "Say what the problem is"


class OrderNotFoundError(NotFoundError):
    code = "order_not_found"
    zh = "没有找到这件督办"
    en = "There is no such order"


class OrderNumberTakenError(ConflictError):
    """Raised when another letter bears the number: a letter is known by it."""

    code = "order_number_taken"
    zh = "文号 {number} 已被另一件督办使用，请换一个，或留空自动编号"
    en = "The number {number} is another letter's; choose a different one, or leave it empty"


class OrderStepError(ConflictError):
    """Raised when the state of an order does not lead to this step."""

    code = "order_step_not_permitted"
    zh = "督办处于“{state_zh}”状态，不能{step_zh}"
    en = "The order is {state_en}; it cannot be {step_en}"


class OrderDeadlineError(InvalidInputError):
    """Raised for a deadline that is not after the moment it is set."""

    code = "order_deadline_past"
    zh = "办结时限必须晚于现在"
    en = "The deadline must lie after now"


class NotYourOrderError(ForbiddenError):
    """Raised when a unit would answer an order issued to another."""

    code = "not_your_order"
    zh = "这件督办不是交给本单位的"
    en = "This order was issued to another unit"


class WithoutWordsError(InvalidInputError):
    """Raised where something must be said in words: a matter, a reply, a reason."""

    code = "supervision_without_words"
    zh = "请填写内容"
    en = "Say it in words"


class TriggerNotFoundError(NotFoundError):
    code = "trigger_not_found"
    zh = "没有找到这条问责线索"
    en = "There is no such trigger"


class TriggerStepError(ConflictError):
    """Raised when the state of a trigger does not lead to this step."""

    code = "trigger_step_not_permitted"
    zh = "问责线索处于“{state_zh}”状态，不能{step_zh}"
    en = "The trigger is {state_en}; it cannot be {step_en}"


class TriggerWithoutFileError(InvalidInputError):
    """Raised when a trigger would rest on nothing: each has the events that led to it."""

    code = "trigger_without_file"
    zh = "问责线索必须附有引发它的事件"
    en = "A trigger must name the events that led to it"


class UnknownCategoryError(InvalidInputError):
    code = "outcome_category_unknown"
    zh = "没有这种处理结果：{category}"
    en = "There is no outcome {category}"


class DayOutOfOrderError(InvalidInputError):
    code = "supervision_day_out_of_order"
    zh = "日期 {day} 不合理：早于前一步或晚于今天"
    en = "The day {day} is before the step before it, or after today"


class SampleDrawnError(ConflictError):
    """Raised when a month's sample would be drawn a second time: a draw that can be repeated is no draw."""

    code = "inspection_sample_drawn"
    zh = "{month} 的样本已经抽定，不得重抽"
    en = "The sample of {month} is drawn and stays as it is"


class NothingToDrawError(ConflictError):
    code = "inspection_sample_empty"
    zh = "没有可抽取的村"
    en = "There is no village to draw from"


class AboutUnknownError(InvalidInputError):
    code = "supervision_about_unknown"
    zh = "请从所列事项中选择"
    en = "Choose one of the matters listed"

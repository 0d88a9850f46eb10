"""What the employment department may refuse, under which code and in which words."""

from shared.kernel.errors import ConflictError, InvalidInputError, NotFoundError


class LabourerNotFoundError(NotFoundError):
    """Raised when no household snapshot taken in so far holds the person."""

    code = "labourer_not_found"
    zh = "没有找到该人员：{person_id}"
    en = "There is no person {person_id}"


class LabourerLeftError(ConflictError):
    code = "labourer_left_household"
    zh = "该人员已不在户内，不能登记：{person_id}"
    en = "Person {person_id} is no longer in the household"


class JobNotFoundError(NotFoundError):
    code = "job_not_found"
    zh = "没有找到务工记录：{job_id}"
    en = "There is no job {job_id}"


class PlaceCodeError(InvalidInputError):
    code = "place_code_invalid"
    zh = "务工所在县应填六位区划代码：{place_code}"
    en = "The workplace is a six-digit division code, not {place_code}"


class NotYetError(InvalidInputError):
    """Raised for a day that has not come: what is planned is not recorded as done."""

    code = "day_in_future"
    zh = "日期 {day} 还没有到，不能登记为已发生"
    en = "{day} has not come yet"


class EndBeforeStartError(InvalidInputError):
    code = "end_before_start"
    zh = "结束日期 {ended_on} 早于开始日期 {started_on}"
    en = "The end {ended_on} lies before the start {started_on}"


class UnderWorkingAgeError(InvalidInputError):
    """Raised for anybody below the working age of the labour law (16)."""

    code = "under_working_age"
    zh = "开始时不满 {lowest} 周岁（{age} 周岁），不能登记"
    en = "At the start the person was {age}; the working age is {lowest}"


class JobOverlapsError(ConflictError):
    code = "job_overlaps"
    zh = "与该人员另一段务工时间重叠（{started_on} 起）"
    en = "The person has another job at that time, since {started_on}"


class JobEndedError(ConflictError):
    code = "job_already_ended"
    zh = "这段务工已于 {ended_on} 结束"
    en = "This job already ended on {ended_on}"


class PayInvalidError(InvalidInputError):
    code = "pay_invalid"
    zh = "月收入不能是负数"
    en = "Pay cannot be negative"


class PostNotFoundError(NotFoundError):
    code = "post_not_found"
    zh = "没有找到公益岗位：{post_id}"
    en = "There is no post {post_id}"


class PostKindError(InvalidInputError):
    code = "post_kind_unknown"
    zh = "没有这种公益岗位类别：{kind}"
    en = "There is no kind of post {kind}"


class VacanciesInvalidError(InvalidInputError):
    code = "vacancies_invalid"
    zh = "岗位数应为正整数"
    en = "A post is offered for at least one person"


class PostClosedError(ConflictError):
    code = "post_closed"
    zh = "该岗位已于 {closed_on} 停止使用"
    en = "The post was closed on {closed_on}"


class NoVacancyError(ConflictError):
    code = "post_full"
    zh = "该岗位 {vacancies} 个名额已满"
    en = "All {vacancies} places of the post are taken"


class AlreadyOnPostError(ConflictError):
    """Raised when somebody on a post gets another without a reason; the rule itself is unconfirmed."""

    code = "already_on_post"
    zh = "该人员已在公益岗位上（{placement_id}）；一人一岗未确认，如确需上岗请写明理由"
    en = "The person is already on a post ({placement_id}); an unconfirmed rule: give a reason to go on"


class FullTimeJobError(ConflictError):
    """Raised when somebody in full-time work is placed without a reason; the rule itself is unconfirmed."""

    code = "full_time_job_running"
    zh = "该人员正在全日制务工；该规则未确认，如确需上岗请写明理由"
    en = "The person is in full-time work; the rule is unconfirmed, so give a reason to go on"


class PlacementNotFoundError(NotFoundError):
    code = "placement_not_found"
    zh = "没有找到上岗记录：{placement_id}"
    en = "There is no placement {placement_id}"


class PlacementEndedError(ConflictError):
    code = "placement_already_ended"
    zh = "该人员已于 {ended_on} 退岗"
    en = "The placement already ended on {ended_on}"


class AttendanceMonthError(InvalidInputError):
    code = "attendance_month_outside"
    zh = "{month} 不在上岗期内或者还没有到"
    en = "{month} is outside the placement or has not begun"


class AttendanceRecordedError(ConflictError):
    code = "attendance_already_recorded"
    zh = "{month} 的考核已经登记"
    en = "The check of {month} is already recorded"


class MeasureNotFoundError(NotFoundError):
    code = "measure_not_found"
    zh = "没有找到帮扶需求：{measure_id}"
    en = "There is no requested measure {measure_id}"


class MeasureStepError(ConflictError):
    code = "measure_step_not_permitted"
    zh = "该措施当前为“{state_zh}”，不能{step_zh}"
    en = "The measure is {state}; it cannot be {step} now"


class DeliveryMismatchError(ConflictError):
    """Raised when what is named as delivery is not of this household, person or kind."""

    code = "delivery_mismatch"
    zh = "所选的务工或上岗记录与该措施的对象或类别不符"
    en = "The job or placement named does not belong to this measure"


class DeliveryBeforeRequestError(InvalidInputError):
    code = "delivery_before_request"
    zh = "落实日期 {delivered_on} 早于提出日期 {requested_on}"
    en = "Delivery on {delivered_on} lies before the request of {requested_on}"


class NoteNeededError(InvalidInputError):
    code = "note_needed"
    zh = "原因选“其他”时必须填写说明"
    en = "The reason “other” needs a note"


class DeliveryNotRunningError(ConflictError):
    """Raised when the job or placement named had not begun, or had ended, on the day of delivery."""

    code = "delivery_not_running"
    zh = "所选务工或上岗记录在落实日期 {delivered_on} 尚未开始或已经结束"
    en = "The job or placement named was not running on {delivered_on}"

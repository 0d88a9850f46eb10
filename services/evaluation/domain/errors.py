"""What the supervision office refuses, each with its code and its sentence in both languages."""

from shared.kernel.errors import ConflictError, InvalidInputError, NotFoundError


class BeforeFirstDayError(InvalidInputError):
    """Raised when a score is asked for a day before the plan began to count."""

    code = "as_of_before_first_day"
    zh = "{as_of} 早于工作要点开始考核的日期 {first_day}"
    en = "{as_of} is before {first_day}, the first day the work points count"


class KnownBeforeItHappenedError(InvalidInputError):
    """Raised when the day of knowledge lies before the day that is judged."""

    code = "known_before_as_of"
    zh = "知悉日 {known_at} 不得早于截止日 {as_of}"
    en = "The day of knowledge {known_at} may not be before the day judged {as_of}"


class UnknownScoreError(NotFoundError):
    """Raised when a score line named by its id does not exist."""

    code = "unknown_score"
    zh = "没有这条得分记录：{score}"
    en = "There is no score line {score}"


class UnknownUnitError(NotFoundError):
    """Raised for a town or department that is not assessed."""

    code = "unknown_unit"
    zh = "没有这个被考核单位：{unit}"
    en = "There is no assessed unit {unit}"


class UnknownIndicatorError(NotFoundError):
    code = "unknown_indicator"
    zh = "没有这项指标：{indicator}"
    en = "There is no indicator {indicator}"


class UnknownHouseholdError(NotFoundError):
    code = "unknown_household"
    zh = "没有这户的记录：{household}"
    en = "Nothing is recorded of household {household}"


class UnknownEventError(NotFoundError):
    code = "unknown_event"
    zh = "没有这条事件：{event_id}"
    en = "There is no event {event_id}"


class UnknownAssessmentError(NotFoundError):
    code = "unknown_assessment"
    zh = "没有这次考评：{assessment_id}"
    en = "There is no assessment {assessment_id}"


class AssessmentPublishedError(ConflictError):
    """Raised when a published assessment would be changed."""

    code = "assessment_already_published"
    zh = "考评结果已于 {published_on} 公布，不得更改"
    en = "The assessment was published on {published_on} and stays as it is"


class YearAssessedError(ConflictError):
    """Raised when a year's result would be replaced by one that judges no later day."""

    code = "year_already_assessed"
    zh = "{year} 年度截至 {as_of} 的考评结果已公布，只有截止日更晚的考评可再公布"
    en = "The result of {year} as of {as_of} is published; only one as of a later day may follow"


class DayNotReachedError(ConflictError):
    """Raised when an assessment is drafted for a day that has not come."""

    code = "day_not_reached"
    zh = "{day} 尚未到来，不能据以考评"
    en = "{day} has not come yet; nothing can be assessed as of it"


class UnknownNoticeLevelError(InvalidInputError):
    code = "unknown_notice_level"
    zh = "通报层级只有县、市、省三级，没有“{level}”"
    en = "A notice is of the county, the city or the province, not of {level}"


class EmptyReasonError(InvalidInputError):
    code = "notice_without_reason"
    zh = "请写明通报事由"
    en = "Say what the notice is about"


class CountyTwiceError(ConflictError):
    """Raised when two packs of one county are to be added: one of them would count twice."""

    code = "county_twice"
    zh = "县 {county} 给了两次"
    en = "County {county} is given twice"


class PackUnsoundError(ConflictError):
    """Raised when a pack to be added does not verify, or is not the one that was published."""

    code = "pack_unsound"
    zh = "{pack} 的数据包未通过核验：{file} {what}"
    en = "The pack {pack} does not verify: {file}: {what}"


class PacksDifferError(ConflictError):
    """Raised when packs cannot be added because they are of other days, or count by other rules."""

    code = "packs_differ"
    zh = "{pack} 与其他数据包的 {what} 不同，不能相加"
    en = "The pack {pack} has another {what} than the others and cannot be added to them"

"""What data quality may refuse."""

from shared.kernel.errors import ConflictError, InvalidInputError, NotFoundError


class DataErrorNotFoundError(NotFoundError):
    """Raised when there is no such error."""

    code = "data_error_not_found"
    zh = "没有找到这条错误信息"
    en = "There is no such data error"


class DataErrorAnsweredError(ConflictError):
    """Raised when an error that was answered, or is gone, is answered again."""

    code = "data_error_answered"
    zh = "这条错误信息已经办结"
    en = "This data error was answered already, or is gone"


class RuleStillBrokenError(ConflictError):
    """Raised when an error is called corrected while the record still breaks the rule."""

    code = "rule_still_broken"
    zh = "记录仍不符合规则 {rule}：请先更正信息，确实无误的请作说明"
    en = "The record still breaks rule {rule}: correct it first, or explain why it is right"


class OnlyAskedCanBeRejectedError(InvalidInputError):
    """Raised when an error a rule found is rejected: it can be corrected or explained."""

    code = "only_asked_can_be_rejected"
    zh = "规则查出的错误只能更正或说明，不能驳回"
    en = "An error found by a rule is corrected or explained, not rejected"


class RecordCycleNotFoundError(NotFoundError):
    """Raised when there is no such change on its way through the gates."""

    code = "record_cycle_not_found"
    zh = "没有找到这条待审信息"
    en = "There is no such changed record"


class GateNotPermittedError(ConflictError):
    """Raised when the record is not where this gate takes it up."""

    code = "gate_not_permitted"
    zh = "信息目前处于“{state_zh}”，不能办理“{step_zh}”"
    en = "The record is at “{state_en}”; “{step_en}” is not possible"


class OwnEntryError(ConflictError):
    """Raised when somebody signs off what he entered himself."""

    code = "own_entry"
    zh = "本人录入的信息须由他人审核"
    en = "Somebody else must sign off what you entered yourself"


class AlertsOpenError(ConflictError):
    """Raised when a record is to pass the last gate while errors of it are open."""

    code = "alerts_open"
    zh = "还有 {open} 条错误信息未更正或说明"
    en = "{open} data errors of the record are neither corrected nor explained"


class CleaningRoundError(ConflictError):
    """Raised when a month's round is opened twice, or closed when it is not open."""

    code = "cleaning_round_state"
    zh = "本月的集中清洗已经开始或已经结束"
    en = "This month's cleaning round was opened, or closed, before"


class CleaningRoundNotFoundError(NotFoundError):
    """Raised when there is no such round."""

    code = "cleaning_round_not_found"
    zh = "没有找到这一轮集中清洗"
    en = "There is no such cleaning round"

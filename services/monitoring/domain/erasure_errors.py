"""What monitoring refuses about erasures."""

from shared.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError


class ErasureNotFoundError(NotFoundError):
    code = "erasure_not_found"
    zh = "没有这项个人信息删除申请"
    en = "There is no such request for an erasure"


class NobodyToEraseError(NotFoundError):
    """Raised for a person who is not on record, or was erased already."""

    code = "nobody_to_erase"
    zh = "没有这个人，或其个人信息已删除"
    en = "There is no such person, or the person has been erased"


class UnknownGroundError(InvalidInputError):
    code = "unknown_ground"
    zh = "没有这种删除依据：{ground}"
    en = "There is no such ground for an erasure: {ground}"


class ErasureDoubtedError(ConflictError):
    """Raised when the policy speaks against it and nobody gave a reason to pass over that."""

    code = "erasure_doubted"
    zh = "不能直接删除（{doubts}）：须说明理由并由另一人确认"
    en = "Not without a reason and a second person ({doubts})"


class PersonalReasonError(InvalidInputError):
    """Raised for a reason with a number of somebody in it."""

    code = "personal_reason"
    zh = "理由中不要写电话或身份证号"
    en = "The reason must not hold a telephone or ID number"


class ErasureAskedAlreadyError(ConflictError):
    code = "erasure_asked_already"
    zh = "此人已有一项待确认的删除申请"
    en = "An erasure of this person waits to be confirmed already"


class ErasureSettledError(ConflictError):
    code = "erasure_settled"
    zh = "这项申请已办结"
    en = "This request is settled"


class SecondPersonNeededError(ForbiddenError):
    """Raised when whoever asked wants to confirm."""

    code = "second_person_needed"
    zh = "删除须由申请人以外的另一名县级人员确认"
    en = "Somebody of the county other than whoever asked confirms an erasure"


class NotSealedByPersonError(ConflictError):
    """Raised while history is still sealed as a whole: the person would stay readable in it."""

    code = "not_sealed_by_person"
    zh = "历史数据尚未按人加密，请先运行 shouxian db backfill monitoring"
    en = "The history is not sealed by person yet: run shouxian db backfill monitoring first"


class FileStillAtWorkError(ConflictError):
    """Raised when the person stands in a file whose import is not over."""

    code = "file_still_at_work"
    zh = "此人所在的导入文件尚未办结，请先完成或退回该导入"
    en = "The person stands in a file whose import is not over; end that first"

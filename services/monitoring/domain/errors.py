"""What the monitoring department may refuse, each with its code and both languages."""

from shared.kernel.errors import ConflictError, InvalidInputError, NotFoundError

# --- household -----------------------------------------------------------------------------------


class HouseholdNotFoundError(NotFoundError):
    """Raised when no household has this id."""

    code = "household_not_found"
    zh = "没有找到这个农户"
    en = "There is no such household"


class DuplicateHouseholdNoError(ConflictError):
    """Raised when a household with this number is on record already."""

    code = "duplicate_household_no"
    zh = "户编号 {household_no} 已经登记"
    en = "Household number {household_no} is on record already"


class HouseholdTypeMismatchError(InvalidInputError):
    """Raised when a type is given that only a lifted-out, or only another, household may have (1.1)."""

    code = "household_type_mismatch"
    zh = "户类型 {household_type} 与是否脱贫户不符"
    en = "Household type {household_type} contradicts whether the household was lifted out of poverty"


class MonitoredClassError(ConflictError):
    """Raised when a household is made a monitored one, or no longer one, other than by its case (1.1)."""

    code = "monitored_class_by_case_only"
    zh = "监测对象类别只能由识别程序的县级审定确定，不能直接登记或更正"
    en = "A monitored class is decided on the household's case, never recorded or corrected directly"


class InvalidNumberError(InvalidInputError):
    """Raised for a number that is published and would be personal, or is too long; it is not repeated."""

    code = "invalid_number"
    zh = "{field_zh}只能由字母、数字和连字符组成，不超过{most}位，且不能是身份证号码或电话号码"
    en = "The {field_en} has up to {most} letters, digits and hyphens, and is no ID or telephone number"


class TextTooLongError(InvalidInputError):
    """Raised when a text is missing that must be given, or is longer than what is kept of it."""

    code = "text_length"
    zh = "{field_zh}应填写且不超过{most}个字符"
    en = "The {field_en} is given with at most {most} characters"


class AmountTooLargeError(InvalidInputError):
    code = "amount_too_large"
    zh = "金额过大，请核对：{item}"
    en = "The amount is too large to be true: {item}"


class NotOneHeadError(InvalidInputError):
    """Raised when a household would have no head, or two (B-1, B-2)."""

    code = "not_one_head"
    zh = "一户必须有且只有一名户主，现有 {heads} 名"
    en = "A household has exactly one head; this one would have {heads}"


class TwoSpousesError(InvalidInputError):
    """Raised when a household would have more than one spouse of its head (B-3)."""

    code = "two_spouses"
    zh = "一户最多有一名配偶"
    en = "A household has at most one spouse of its head"


class SpouseSexError(InvalidInputError):
    """Raised when head and spouse are of one sex (B-4)."""

    code = "spouse_same_sex"
    zh = "户主与配偶的性别相同，请核对"
    en = "Head and spouse are recorded with the same sex"


class RelationSexError(InvalidInputError):
    """Raised when a relation contradicts the sex, e.g. a male mother (B-5)."""

    code = "relation_sex"
    zh = "与户主关系 {relation} 与性别不符"
    en = "Relation {relation} contradicts the sex"


class InvalidIdNumberError(InvalidInputError):
    """Raised when an ID number fails GB 11643, or its card has the wrong length; it is not repeated."""

    code = "invalid_id_number"
    zh = "证件号码不正确，请核对后重新填写"
    en = "The document number is not valid"


class IdNumberContradictsError(InvalidInputError):
    """Raised when birth date, sex or disability do not agree with the document number."""

    code = "id_number_contradicts"
    zh = "证件号码与所填的{field_zh}不一致"
    en = "The document number contradicts the {field_en}"


class DuplicateIdNumberError(ConflictError):
    """Raised when a document number is on record already; names the household, masked, not the person."""

    code = "duplicate_id_number"
    zh = "该证件号码已登记在户编号 {household_no} 的农户中；确需转入本户的，请报县级办理“转入”"
    en = "This document number is on record in household {household_no} already; the county can take it over"


class MemberNotFoundError(NotFoundError):
    """Raised when the household has no such member, or the person has left it."""

    code = "member_not_found"
    zh = "该户没有这名家庭成员"
    en = "The household has no such member"


class InvalidPhoneError(InvalidInputError):
    """Raised when a telephone number is not one of eleven digits (A-8). The number is not repeated."""

    code = "invalid_phone"
    zh = "联系电话应为11位手机号码"
    en = "A telephone number has eleven digits"


class HealthError(InvalidInputError):
    """Raised when *healthy* stands beside an illness, or nothing is given (8.3, 100A13)."""

    code = "health_not_exclusive"
    zh = "“健康”不能与其他健康状况同时填写，且不能空缺"
    en = "“Healthy” stands alone, and something must be given"


class LivingContradictsError(InvalidInputError):
    """Raised when two answers about how a household lives cannot both be true."""

    code = "living_contradicts"
    zh = "{both_zh}互相矛盾"
    en = "These contradict each other: {both_en}"


class InvalidMonthError(InvalidInputError):
    """Raised when a month is not written as YYYYMM."""

    code = "invalid_month"
    zh = "{field_zh}应写成六位年月，如202106"
    en = "The {field_en} is a year and a month in six digits, such as 202106"


class OutOfRangeError(InvalidInputError):
    """Raised when a figure cannot be true whatever the household: negative, or beyond any of its kind."""

    code = "figure_out_of_range"
    zh = "{field_zh}的数值不合理"
    en = "The figure for the {field_en} is not possible"


class PersonNotFoundError(NotFoundError):
    """Raised when nobody of this document number is on record in the officer's area; says not where else."""

    code = "person_not_found"
    zh = "本辖区内没有登记使用该证件号码的人员"
    en = "Nobody of this document number is on record in your area"


class PersonNotOnRecordError(NotFoundError):
    """Raised when nobody of this document number is present in any household."""

    code = "person_not_on_record"
    zh = "全县没有登记使用该证件号码的人员，请直接“增加家庭成员”"
    en = "Nobody of this document number is on record in the county; add the person as a new member"


class SameHouseholdError(ConflictError):
    """Raised when somebody is moved into the household the person belongs to already."""

    code = "same_household"
    zh = "该人员已在本户"
    en = "The person belongs to this household already"


class NobodyStaysError(ConflictError):
    """Raised when a household is split and everybody goes: that is no split."""

    code = "nobody_stays"
    zh = "分户后原户至少应保留一人"
    en = "Somebody has to stay in the household that is split"


class NoHelperError(NotFoundError):
    """Raised when a household has no helper in charge."""

    code = "no_helper_in_charge"
    zh = "该户目前没有帮扶责任人"
    en = "The household has no helper in charge"


class InvalidDayError(InvalidInputError):
    """Raised when a day lies in the future, or before what it must follow."""

    code = "invalid_day"
    zh = "日期不合理：{day}，不能晚于今天，也不能早于此前的环节"
    en = "This day is not possible: {day}. It is not after today, nor before what it follows"


class ReasonMissingError(InvalidInputError):
    """Raised when a reason must be given in words and was not."""

    code = "reason_missing"
    zh = "请说明理由（至少{least}个字）"
    en = "Give a reason of at least {least} characters"


# --- income, visit, change -----------------------------------------------------------------------


class UnknownIncomeItemError(InvalidInputError):
    """Raised when an amount is given for something that is not in the ledger of domain 2.2."""

    code = "unknown_income_item"
    zh = "收入台账没有这一项：{item}"
    en = "The income ledger has no item {item}"


class NegativeAmountError(InvalidInputError):
    """Raised when an amount is negative; costs have items of their own."""

    code = "negative_amount"
    zh = "金额不能为负数：{item}"
    en = "An amount must not be negative: {item}"


class InvalidPeriodError(InvalidInputError):
    """Raised when a ledger does not cover twelve whole months that have ended."""

    code = "invalid_income_period"
    zh = "收入台账应为已结束的12个整月：{first} 至 {last}"
    en = "A ledger covers twelve whole months that have ended: {first} to {last}"


class VisitRisksError(InvalidInputError):
    """Raised when a visit says both that a risk was found and that none was, or names more than five."""

    code = "visit_risks"
    zh = "发现风险时应选择1至5项风险；未发现风险或未见到人时不应选择"
    en = "Name one to five risks when a risk was found, and none otherwise"


class ChangePersonError(InvalidInputError):
    """Raised when a change that happens to a person names nobody."""

    code = "change_person_missing"
    zh = "请选择是哪一名家庭成员"
    en = "Say which member of the household it happened to"


class ChangeNotFoundError(NotFoundError):
    """Raised when no change has this id."""

    code = "change_not_found"
    zh = "没有找到这条户情变化"
    en = "There is no such change"


class ChangeResolvedError(ConflictError):
    """Raised when a change is resolved a second time."""

    code = "change_already_resolved"
    zh = "这条户情变化已经办结"
    en = "This change is resolved already"


class RiskDetailMissingError(InvalidInputError):
    """Raised when a risk is given without what its code needs: 100A27006 its kind, 100A27011 a note (4.1)."""

    code = "risk_detail_missing"
    zh = "“{risk_zh}”须填写{needed_zh}"
    en = "“{risk_en}” needs {needed_en}"


class HelpFirstWithoutRiskError(InvalidInputError):
    """Raised when a clue is closed as no risk, yet help is to come first."""

    code = "help_first_without_risk"
    zh = "没有风险的线索不能选择先行帮扶"
    en = "Help cannot come first where there is no risk"


# --- clue ----------------------------------------------------------------------------------------


class ClueNotFoundError(NotFoundError):
    """Raised when no clue has this id."""

    code = "clue_not_found"
    zh = "没有找到这条线索"
    en = "There is no such clue"


class ClueClosedError(ConflictError):
    """Raised when a clue is verified that was verified already and not reported again since."""

    code = "clue_closed"
    zh = "这条线索已经核实"
    en = "This clue has been verified"


class NotMonitoredError(ConflictError):
    """Raised when a clue is closed as *already monitored* but the household has no case."""

    code = "not_monitored"
    zh = "该户没有在办或监测中的个案，不能按“已是监测对象”核销"
    en = "The household has no case, so the clue cannot be closed as already monitored"

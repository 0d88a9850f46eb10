"""What the finance department may refuse, under which code and in which words."""

from shared.kernel.errors import ConflictError, InvalidInputError, NotFoundError


class HouseholdNotFoundError(NotFoundError):
    """Raised when no household snapshot taken in so far is of this household."""

    code = "household_not_found"
    zh = "没有找到该户：{household_id}"
    en = "There is no household {household_id}"


class NumberTakenError(ConflictError):
    """Raised when a project, an asset, a line of money or a facility of that number is on record."""

    code = "number_taken"
    zh = "编号 {number} 已经登记"
    en = "The number {number} is on record already"


class BorrowerNotMemberError(InvalidInputError):
    code = "borrower_not_member"
    zh = "借款人不是该户在户成员：{person_id}"
    en = "Person {person_id} is not a present member of the household"


class LoanNotFoundError(NotFoundError):
    code = "loan_not_found"
    zh = "没有找到贷款：{loan_id}"
    en = "There is no loan {loan_id}"


class AmountError(InvalidInputError):
    code = "amount_invalid"
    zh = "金额应大于零且不超过 {highest_yuan} 元"
    en = "The amount must be above zero and at most {highest_yuan} yuan"


class AmountNotPositiveError(InvalidInputError):
    code = "amount_not_positive"
    zh = "金额应大于零"
    en = "The amount must be above zero"


class TermError(InvalidInputError):
    code = "term_invalid"
    zh = "期限至少一个月"
    en = "The term is at least one month"


class RateError(InvalidInputError):
    """Raised for a rate that can only be a slip: 3.7 instead of 0.037."""

    code = "rate_invalid"
    zh = "年利率应为 0 到 1 之间的小数（3.7% 填 0.037）"
    en = "The yearly rate is a fraction between 0 and 1 (3.7 % is 0.037)"


class UseUnknownError(InvalidInputError):
    code = "use_unknown"
    zh = "没有这种贷款用途代码：{use_code}"
    en = "There is no use code {use_code}"


class NotYetError(InvalidInputError):
    """Raised for a day that has not come: what is planned is not recorded as done."""

    code = "day_in_future"
    zh = "日期 {day} 还没有到，不能登记为已发生"
    en = "{day} has not come yet"


class DayOrderError(InvalidInputError):
    code = "day_before_earlier_step"
    zh = "日期 {day} 早于前一步骤的日期 {earlier}"
    en = "{day} lies before the step of {earlier}"


class LoanStepError(ConflictError):
    code = "loan_step_not_permitted"
    zh = "该笔贷款当前为“{state_zh}”，不能{step_zh}"
    en = "The loan is {state}; {step} is not permitted now"


class NotEligibleError(ConflictError):
    """Raised when a confirmed condition of the loan policy is not met."""

    code = "loan_not_eligible"
    zh = "不符合贷款条件：{conditions_zh}"
    en = "Conditions of the loan policy are not met: {conditions_en}"


class OverrideNeededError(ConflictError):
    """Raised when an unconfirmed condition is not met and no officer has given a reason to go on."""

    code = "override_reason_needed"
    zh = "以下未确认的条件不满足，继续办理须写明理由：{conditions_zh}"
    en = "Unconfirmed conditions are not met; give a reason to go on: {conditions_en}"


class ParentLoanError(InvalidInputError):
    code = "parent_loan_invalid"
    zh = "续贷的原贷款必须是该户已发放的贷款"
    en = "A renewal continues a disbursed loan of the same household"


class MaturityError(InvalidInputError):
    code = "maturity_invalid"
    zh = "展期后的到期日应晚于原到期日 {due_on}"
    en = "An extension must end after {due_on}"


class ExtendedTooLateError(ConflictError):
    code = "extension_after_maturity"
    zh = "展期须在到期日 {due_on} 前申请"
    en = "An extension is applied for before maturity on {due_on}"


class ExtendedTooLongError(ConflictError):
    """Raised when a loan's whole term, its extension included, is longer than a loan may run."""

    code = "extension_too_long"
    zh = "含展期在内，自放款日起最长 {months} 个月"
    en = "With its extension a loan runs at most {months} months from the day it was paid out"


class NoteNeededError(InvalidInputError):
    code = "note_needed"
    zh = "原因选“其他”时必须填写说明"
    en = "The reason “other” needs a note"


class MeasureNotFoundError(NotFoundError):
    code = "measure_not_found"
    zh = "没有找到帮扶需求：{measure_id}"
    en = "There is no requested measure {measure_id}"


class MeasureStepError(ConflictError):
    code = "measure_step_not_permitted"
    zh = "该措施当前为“{state_zh}”，不能{step_zh}"
    en = "The measure is {state}; it cannot be {step} now"


class DeliveryMismatchError(ConflictError):
    """Raised when the loan named is not of this household, or was never paid out."""

    code = "delivery_mismatch"
    zh = "所选贷款不是该户已发放的贷款"
    en = "The loan named is not a disbursed loan of this household"


class DeliveryBeforeRequestError(InvalidInputError):
    code = "delivery_before_request"
    zh = "落实日期 {delivered_on} 早于提出日期 {requested_on}"
    en = "Delivery on {delivered_on} lies before the request of {requested_on}"

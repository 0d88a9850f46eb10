"""What the guarantees of people (education, medical care, social assistance) may refuse."""

from shared.kernel.errors import ConflictError, InvalidInputError, NotFoundError


class GuaranteeNotFoundError(NotFoundError):
    """Raised when the register has no such entry."""

    code = "guarantee_not_found"
    zh = "没有找到这条保障记录"
    en = "There is no such entry in the register"


class StepRefusedError(ConflictError):
    """Raised when a step is tried in a state that does not permit it."""

    code = "step_refused"
    zh = "当前为“{state_zh}”，不能办理“{step_zh}”"
    en = "It is “{state_en}”: “{step_en}” is not possible now"


class AlreadyOpenError(ConflictError):
    """Raised when the person or household has an open entry of this kind."""

    code = "already_open"
    zh = "已有未办结的同类记录，请在原记录上办理"
    en = "There is an open entry of this kind already: go on with that one"


class SameAidTwiceError(ConflictError):
    """Raised when somebody would get the same kind of aid a second time."""

    code = "same_aid_twice"
    zh = "本人或本户已享受{kind_zh}，不能重复享受；如需变更，请先停发原待遇"
    en = "The person or household gets {kind_en} already: end that before granting another"


class OfHouseholdError(InvalidInputError):
    """Raised when the allowance of whole households is asked for one person."""

    code = "of_household"
    zh = "农村低保以户为单位，请不要选择个人；重病重残人员请选“重病重残单人保”"
    en = "Subsistence allowance is of the whole household; choose the single-person allowance for one person"


class DropoutOpenError(ConflictError):
    """Raised when a dropout is closed as a change of the household while the child's case is open."""

    code = "dropout_open"
    zh = "该学生的劝返正在办理，由镇或县教体局在控辍保学中办结，户情变化随之办结"
    en = "The child's case is under way; the town or 县教体局 ends it, which resolves the change"


class PartsExceedTotalError(InvalidInputError):
    """Raised when what the layers of cover paid is more than the stay cost."""

    code = "parts_exceed_total"
    zh = "三重保障支付合计超过医疗总费用，请核对"
    en = "The three layers pay more than the stay cost: check the amounts"


class AmountBoundsError(InvalidInputError):
    """Raised for an amount below zero, of nothing where something is paid, or too large to be true."""

    code = "amount_bounds"
    zh = "金额不正确，请核对：{item_zh}"
    en = "The amount cannot be true: {item_en}"


class UnknownResponsibleError(InvalidInputError):
    """Raised for a role that is not one of the seven responsible (七长)."""

    code = "unknown_responsible"
    zh = "“七长”中没有这个责任人：{role}"
    en = "There is no such role among the seven responsible: {role}"


class TermError(InvalidInputError):
    """Raised for a term that is not a year and 1 (spring) or 2 (autumn)."""

    code = "term_invalid"
    zh = "学期应为年份加1（春季）或2（秋季），例如20222：{term}"
    en = "A term is the year and 1 (spring) or 2 (autumn), e.g. 20222: {term}"


class MonthError(InvalidInputError):
    """Raised for a month that is not six digits of a year and a month."""

    code = "month_invalid"
    zh = "月份应为六位数字，例如202206：{month}"
    en = "A month is six digits, e.g. 202206: {month}"


class MonthAheadError(InvalidInputError):
    """Raised when a month is to be paid that has not come on the day of payment."""

    code = "month_ahead"
    zh = "{month}还没有到，不能提前发放"
    en = "{month} has not come yet: nothing is paid ahead"


class TooManyRowsError(InvalidInputError):
    """Raised when one command is given more rows than one transaction takes."""

    code = "too_many_rows"
    zh = "一次最多办理{most}条，请分批提交"
    en = "At most {most} rows at once: send them in parts"


class ListRowError(InvalidInputError):
    """Raised for a line of a list that cannot be read; the line's number says which."""

    code = "list_row_invalid"
    zh = "第{line}行无法识别，请按格式填写"
    en = "Line {line} cannot be read: follow the format"


class UnknownPersonNoError(InvalidInputError):
    """Raised for a line of a list whose person is not on record."""

    code = "unknown_person_no"
    zh = "第{line}行的人员编号没有登记"
    en = "Line {line}: nobody on record has this person's number"


class NotYourRegisterError(ConflictError):
    """Raised when a department acts on a kind that another department answers for."""

    code = "not_your_register"
    zh = "这一类由{unit}办理"
    en = "This kind is dealt with by {unit}"

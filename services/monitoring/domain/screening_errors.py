"""What is refused of screening rounds, judgements, samples, check-lists and what follows an elimination."""

from shared.kernel.errors import ConflictError, InvalidInputError, NotFoundError


class RoundNotFoundError(NotFoundError):
    """Raised when no screening round has this id."""

    code = "screening_round_not_found"
    zh = "没有找到这一轮集中排查"
    en = "There is no such screening round"


class RoundDaysError(InvalidInputError):
    """Raised when a round would end before it begins."""

    code = "screening_round_days"
    zh = "排查结束日期不能早于开始日期"
    en = "A round cannot end before it begins"


class RoundOverlapsError(ConflictError):
    """Raised when another round has days of this one: a visit would belong to two."""

    code = "screening_round_overlaps"
    zh = "与另一轮集中排查（{name}）的日期重叠"
    en = "Another round ({name}) has some of these days"


class RoundClosedError(ConflictError):
    """Raised when a round is over."""

    code = "screening_round_closed"
    zh = "这一轮集中排查已经结束"
    en = "This round is over"


class RoundNotOverError(ConflictError):
    """Raised when a round is to be closed early while households have not been reached."""

    code = "screening_round_not_over"
    zh = "排查到 {last} 为止，还有 {left} 户未入户，不能提前结束"
    en = "The round lasts until {last} and {left} households are not reached; it cannot be closed early"


class VisitOutsideRoundError(InvalidInputError):
    """Raised when visits are entered for a round on a day that is not one of it."""

    code = "visit_outside_round"
    zh = "走访日期不在这一轮排查的起止日期之内（{first} 至 {last}）"
    en = "The day is not one of this round ({first} to {last})"


class HouseholdElsewhereError(InvalidInputError):
    """Raised when one of many households is not of the village they are entered for."""

    code = "household_elsewhere"
    zh = "有农户不属于本村，请刷新页面后重新勾选"
    en = "A household is not of this village; load the page again and tick anew"


class JudgementIncompleteError(InvalidInputError):
    """Raised when a judgement finds a risk that cannot be coped with and does not say why or which."""

    code = "judgement_incomplete"
    zh = "存在风险时应填写风险类型；不具备自主应对能力时应填写原因"
    en = "A risk is named; that a household cannot cope needs its reason"


class JudgementContradictsError(InvalidInputError):
    """Raised when what is decided contradicts what was found and no note says why."""

    code = "judgement_contradicts"
    zh = "处置结果与判定不一致，请在说明中写明理由"
    en = "What is decided contradicts what was found: the note must say why"


class SampleNotFoundError(NotFoundError):
    """Raised when no sample inspection, or no household of it, has this id."""

    code = "sample_inspection_not_found"
    zh = "没有找到这次抽样检查或该农户"
    en = "There is no such sample inspection, or no such household in it"


class SampleDrawnError(ConflictError):
    """Raised when a sample is drawn a second time: the first draw stands."""

    code = "sample_drawn"
    zh = "样本已经抽取，不能重抽"
    en = "The sample is drawn; it is not drawn again"


class SampleNotDrawnError(ConflictError):
    """Raised when a household is inspected before the draw."""

    code = "sample_not_drawn"
    zh = "尚未抽取样本"
    en = "The sample is not drawn yet"


class SampleSeedError(InvalidInputError):
    """Raised for a seed too short to be drawn by lot in public."""

    code = "sample_seed"
    zh = "抽样种子应为 {least} 至 {most} 位字母或数字，并在现场当众产生"
    en = "A seed has {least} to {most} letters or digits and is found in public"


class SampleEmptyError(ConflictError):
    """Raised when there is nobody to draw from."""

    code = "sample_empty"
    zh = "没有可供抽样的农户"
    en = "There are no households to draw from"


class SampleInspectedError(ConflictError):
    """Raised when a household of a sample was inspected already."""

    code = "sample_inspected"
    zh = "该户已经检查过"
    en = "This household was inspected already"


class SampleOpenError(ConflictError):
    """Raised when an inspection is closed while households of it wait."""

    code = "sample_open"
    zh = "还有 {left} 户没有检查"
    en = "{left} households are not inspected yet"


class SampleFindingError(InvalidInputError):
    """Raised when a finding lacks the risk it points to, or the case it is about."""

    code = "sample_finding_incomplete"
    zh = "发现应纳未纳或体外循环时须填写风险类型；其余问题须有监测案件"
    en = "Somebody missed needs the risk; the other findings need a case"


class ReopeningNotFoundError(NotFoundError):
    """Raised when no reopening has this id."""

    code = "reopening_not_found"
    zh = "没有找到这项复核事项"
    en = "There is no such reopening"


class ReopeningSettledError(ConflictError):
    """Raised when a reopening was settled already."""

    code = "reopening_settled"
    zh = "这项复核事项已经办结"
    en = "This reopening is settled already"


class ReopeningOutcomeError(InvalidInputError):
    """Raised when only a doubt about an elimination can be settled by rolling it back."""

    code = "reopening_outcome"
    zh = "只有对风险消除的复核才能以回退办结"
    en = "Only a doubt about an elimination is settled by a rollback"


class NotEliminatedError(ConflictError):
    """Raised when a return visit is made to a household whose risk is not eliminated."""

    code = "not_eliminated"
    zh = "该案件的风险没有标注消除，不需要回访"
    en = "The risk of this case is not eliminated; there is nothing to revisit"


class NewRiskMissingError(InvalidInputError):
    """Raised when a new risk was found and not named, or named and not found."""

    code = "new_risk_missing"
    zh = "发现新风险时应选择风险类型；没有发现则不选"
    en = "A new risk is named; without one none is"


class EscalationNotFoundError(NotFoundError):
    """Raised when no escalation has this id."""

    code = "escalation_not_found"
    zh = "没有找到这项督办"
    en = "There is no such escalation"


class EscalationClosedError(ConflictError):
    """Raised when an escalation was answered or needs no answer any more."""

    code = "escalation_closed"
    zh = "这项督办已经处理"
    en = "This escalation is dealt with"


class MethodNotFoundError(NotFoundError):
    """Raised when no method has this key."""

    code = "method_not_found"
    zh = "没有找到这个工作法"
    en = "There is no such method"


class MethodItemsError(InvalidInputError):
    """Raised for a check-list without items, with too many, or with one twice."""

    code = "method_items"
    zh = "清单应有 1 至 {most} 项，每项不超过 {length} 字，不能重复"
    en = "A check-list has 1 to {most} items of {length} characters at most, none twice"


class MethodTicksError(InvalidInputError):
    """Raised when something is ticked that this version of the check-list does not have."""

    code = "method_ticks"
    zh = "清单已修订，请刷新页面后重新填写"
    en = "The check-list was revised; load the page again"


class NoAnswerDueError(ConflictError):
    """Raised when an informant is answered of a clue that waits, or that was answered already."""

    code = "no_answer_due"
    zh = "这条线索没有待答复的事项"
    en = "No answer is due on this clue"

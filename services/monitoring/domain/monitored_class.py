"""The three monitored classes, who may be in which, and the check of the income (domain 1.1, 2.1)."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.monitoring.domain.case_errors import (
    ClassDoesNotFitError,
    IncomeDoesNotFitError,
    IncomePeriodError,
    UnknownClassError,
)
from shared.kernel.errors import Language
from shared.kernel.money import yuan_text

UNSTABLE = "100A03001"
MARGINAL = "100A03002"
SUDDEN = "100A03003"

CLASSES: Mapping[str, tuple[str, str]] = {
    UNSTABLE: ("脱贫不稳定户", "unstable lifted-out household"),
    MARGINAL: ("边缘易致贫户", "marginal household"),
    SUDDEN: ("突发严重困难户", "household in sudden severe hardship"),
}


@dataclass(frozen=True, slots=True)
class IncomeShown:
    """What the ledger says of one head in a year, in fen, and the line of that year.

    *reference* is the reference income: net income plus insurance compensation
    less compliant self-paid spending (domain 2.2). *current* says whether the ledger
    is of the reference period of the day it is looked at (domain 2.3), *period* of which it is.
    """

    ledger_id: str
    net_fen: int
    reference_fen: int
    line_fen: int
    line_confirmed: bool
    current: bool = True
    period: str = ""


@dataclass(frozen=True, slots=True)
class ClassCheck:
    """Whether the income fits the class; *fits* is None without a ledger of the reference period."""

    fits: bool | None
    confirmed: bool
    zh: str
    en: str

    def text(self, language: Language = "zh") -> str:
        return self.zh if language == "zh" else self.en


def possible_classes(*, lifted_out: bool) -> tuple[str, ...]:
    """Return the classes a household may be in: the first only when lifted out, the second only when not."""
    return (UNSTABLE if lifted_out else MARGINAL, SUDDEN)


def income_check(monitored_class: str, income: IncomeShown | None) -> ClassCheck:
    """Compare the income with the line: at or below it for the first two, above for sudden hardship.

    For sudden hardship the reference income must in turn be at or below the line.
    """
    if income is None:
        return ClassCheck(
            None, confirmed=False, zh="没有收入台账，无法比对", en="No income ledger to compare"
        )
    below = income.net_fen <= income.line_fen
    fits = below
    if monitored_class == SUDDEN:
        fits = not below and income.reference_fen <= income.line_fen
    mark_zh = "" if income.line_confirmed else "（未确认）"
    mark_en = "" if income.line_confirmed else " (unconfirmed)"
    net, reference, line = (
        yuan_text(amount) for amount in (income.net_fen, income.reference_fen, income.line_fen)
    )
    if not income.current:
        mark_zh += f"；台账期间 {income.period}，不是认定参考期，不能据此判断"
        mark_en += f"; the ledger is of {income.period}, not of the reference period, and decides nothing"
    return ClassCheck(
        fits if income.current else None,
        income.line_confirmed,
        zh=f"人均纯收入 {net} 元，扣除刚性支出后 {reference} 元，监测范围 {line} 元{mark_zh}",
        en=f"Net income a head {net} yuan, {reference} after rigid spending; line {line}{mark_en}",
    )


def check_class(
    monitored_class: str, *, lifted_out: bool, income: IncomeShown | None, reason: str
) -> ClassCheck:
    """Refuse a class the household cannot be in; return the income check otherwise.

    A confirmed line that contradicts the class asks for a written *reason* (the
    line is a reference, not the only test: A6); an unconfirmed one only warns. A
    ledger of other months than the reference period asks for a reason, too.
    """
    if monitored_class not in CLASSES:
        raise UnknownClassError(monitored_class=monitored_class[:20])
    if monitored_class not in possible_classes(lifted_out=lifted_out):
        raise ClassDoesNotFitError
    check = income_check(monitored_class, income)
    if income is not None and not income.current and not reason.strip():
        raise IncomePeriodError(period=income.period)
    if check.fits is False and check.confirmed and not reason.strip():
        raise IncomeDoesNotFitError
    return check

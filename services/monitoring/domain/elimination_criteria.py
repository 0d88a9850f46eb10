"""Whether a risk may be eliminated: each criterion of 5.1 computed, with what it rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.monitoring.domain.measure_rules import Labour
from services.monitoring.domain.monitored_class import IncomeShown
from services.monitoring.domain.timer import Limits
from shared.kernel.errors import Language
from shared.kernel.money import yuan_text
from shared.kernel.period import Month, add_months

Way = Literal["01", "02"]
BY_HELP: Way = "01"
NATURALLY: Way = "02"
_ZONGYANG = "枞阳县公开的风险消除标准 / Zongyang county"
_NEWER = "较新的县级消除标准 / a newer county standard"
_HAINAN = "海南省风险消除问答 / questions and answers, Hainan"
_RECORD = "全国信息系统校验规则4_11_011 / check 4_11_011 of the national record"
SAFEGUARD_CHANGES = ("dropout", "house_damage", "water")
"""Changes that break a safeguard until they are put right; what others left behind the visit answers."""
WAYS: Mapping[str, tuple[str, str]] = {
    BY_HELP: ("帮扶消除", "by help"),
    NATURALLY: ("自然消除", "naturally"),
}


@dataclass(frozen=True, slots=True)
class Findings:
    """What the visit to the household found. The first four are problems: True is bad (5.2)."""

    dropout: bool
    house_damaged: bool
    uninsured: bool
    water_damaged: bool
    rigid_spending_solved: bool
    risks_removed: bool
    income_stable: bool
    signed: bool

    @property
    def problems(self) -> tuple[tuple[str, str], ...]:
        """The safeguards that are broken, in both languages."""
        every = (
            (self.dropout, ("失学辍学", "a child out of school")),
            (self.house_damaged, ("住房损毁", "the house is damaged")),
            (self.uninsured, ("未参加基本医保", "somebody is not insured")),
            (self.water_damaged, ("饮水设施损毁", "the water supply is damaged")),
        )
        return tuple(words for is_so, words in every if is_so)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything the criteria look at. *deliveries* gives per risk the first day a measure was delivered.

    *open_changes* are those of ``SAFEGUARD_CHANGES`` that nobody has put right.
    """

    identified_on: date
    risks: tuple[str, ...]
    deliveries: Mapping[str, date]
    measure_ids: tuple[str, ...]
    labour: Labour
    income: IncomeShown | None
    open_changes: tuple[str, ...]
    open_clues: tuple[str, ...]
    findings: Findings | None


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: *met* is None while the visit that decides it has not taken place.

    *confirmed* is False where the rule or its figure is not: then it warns and
    asks for a reason, and never refuses by itself. *ids* are what it rests on.
    """

    key: str
    label: tuple[str, str]
    met: bool | None
    shown: tuple[str, str]
    confirmed: bool
    source: str
    ids: tuple[str, ...] = ()

    def text(self, language: Language = "zh") -> str:
        return self.label[0] if language == "zh" else self.label[1]

    def evidence(self, language: Language = "zh") -> str:
        return self.shown[0] if language == "zh" else self.shown[1]


def criteria(evidence: Evidence, way: Way, on: date, limits: Limits) -> tuple[Criterion, ...]:
    """Return every criterion, in the order of 5.1, as it stands *on* this day."""
    of_help = (_measures_delivered(evidence, on, limits),) if way == BY_HELP else ()
    return (
        _identified_long_ago(evidence, on, limits),
        *of_help,
        _income(evidence),
        _safeguards(evidence),
        _found(evidence, "income_stable", ("收入持续稳定", "the income is stable"), _ZONGYANG),
        _found(
            evidence,
            "rigid_spending_solved",
            ("大额刚性支出稳定解决", "large rigid spending is solved"),
            _NEWER,
        ),
        _found(evidence, "risks_removed", ("风险点稳定消除", "the risks are gone for good"), _ZONGYANG),
        _no_new_risk(evidence),
        _labour(evidence, way),
    )


def not_met(found: Sequence[Criterion]) -> tuple[Criterion, ...]:
    """Return what is known not to be met; what waits for the visit is left out."""
    return tuple(criterion for criterion in found if criterion.met is False)


def _identified_long_ago(evidence: Evidence, on: date, limits: Limits) -> Criterion:
    entry = limits.elimination_months.entry_on(on)
    months = Month.of(on).since(Month.of(evidence.identified_on))
    return Criterion(
        "identified_months",
        (f"认定满 {entry.value} 个月", f"{entry.value} months since identification"),
        months >= entry.value,
        (f"{Month.of(evidence.identified_on)} 认定，已 {months} 个月", f"{months} months"),
        entry.confirmed,
        entry.source,
    )


def _measures_delivered(evidence: Evidence, on: date, limits: Limits) -> Criterion:
    entry = limits.delivered_months.entry_on(on)
    missing = [risk for risk in evidence.risks if risk not in evidence.deliveries]
    days = [evidence.deliveries[risk] for risk in evidence.risks if risk in evidence.deliveries]
    months = _full_months(max(days), on) if days else 0
    shown = (f"最晚一项风险的措施落实已 {months} 个月", f"the last risk was answered {months} months ago")
    if missing:
        shown = (
            f"{len(missing)} 项风险没有已落实的措施",
            f"{len(missing)} risks without a delivered measure",
        )
    return Criterion(
        "measures_months",
        (f"针对性措施落实满 {entry.value} 个月", f"measures delivered for {entry.value} months"),
        bool(days) and not missing and months >= entry.value,
        shown,
        entry.confirmed,
        entry.source,
        evidence.measure_ids,
    )


def _full_months(since: date, on: date) -> int:
    """Return how many whole months have passed: delivery is a day, so half a year ends on a day."""
    months = Month.of(on).since(Month.of(since))
    return months if add_months(since, months) <= on else months - 1


def _income(evidence: Evidence) -> Criterion:
    label = ("人均纯收入高于当年监测范围", "income a head above this year's line")
    income = evidence.income
    if income is None:
        shown = ("没有收入台账", "no income ledger")
        return Criterion("income", label, met=False, shown=shown, confirmed=False, source=_ZONGYANG)
    net, line = yuan_text(income.net_fen), yuan_text(income.line_fen)
    above, shown = income.net_fen > income.line_fen, (f"{net} 元 / {line} 元", f"{net} / {line} yuan")
    if not income.current:
        period = income.period
        shown = (
            f"{shown[0]}；台账期间 {period}，不是近12个整月",
            f"{shown[1]}; of {period}, not of the last twelve whole months",
        )
    return Criterion(
        "income",
        label,
        above and income.current,
        shown,
        # What an old ledger lacks is a reason in writing, never by itself a refusal.
        income.line_confirmed and (income.current or not above),
        _ZONGYANG,
        (income.ledger_id,),
    )


def _safeguards(evidence: Evidence) -> Criterion:
    findings = evidence.findings
    problems = findings.problems if findings else ()
    met = None if findings is None and not evidence.open_changes else not (problems or evidence.open_changes)
    count = len(evidence.open_changes)
    return Criterion(
        "safeguards",
        ("三保障和饮水安全持续巩固", "school, health, housing and water are secure"),
        met,
        (
            "；".join([*(zh for zh, _ in problems), f"未解决的变故 {count} 件"]),
            "; ".join([*(en for _, en in problems), f"{count} unresolved changes"]),
        ),
        confirmed=True,
        source=_HAINAN,
        ids=evidence.open_changes,
    )


def _found(evidence: Evidence, key: str, label: tuple[str, str], source: str) -> Criterion:
    met = None if evidence.findings is None else bool(getattr(evidence.findings, key))
    shown = {
        None: ("待入户核查", "the visit decides"),
        True: ("入户核查：是", "found so at the visit"),
        False: ("入户核查：否", "not found so at the visit"),
    }[met]
    return Criterion(key, label, met, shown, confirmed=True, source=source)


def _no_new_risk(evidence: Evidence) -> Criterion:
    count = len(evidence.open_clues)
    return Criterion(
        "no_new_risk",
        ("没有新的风险线索", "no new clue of a risk"),
        count == 0,
        (f"待核实线索 {count} 条", f"{count} open clues"),
        confirmed=True,
        source=_NEWER,
        ids=evidence.open_clues,
    )


def _labour(evidence: Evidence, way: Way) -> Criterion:
    count = len(evidence.labour.any)
    return Criterion(
        "labour",
        ("不是整户无劳动能力", "somebody in the household can work"),
        way == NATURALLY or count > 0,
        (f"劳动力 {count} 人", f"{count} labourers"),
        confirmed=True,
        source=_RECORD,
    )

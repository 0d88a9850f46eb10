"""The policy files of cases and measures into what the domain asks for; a missing figure stops the start."""

from pathlib import Path

from services.monitoring.adapters.policy import load_monitoring_line
from services.monitoring.adapters.working_calendar import OfficialCalendar
from services.monitoring.domain.case_policy import CasePolicy
from services.monitoring.domain.measure_rules import Category, MeasureRules, RiskRule
from services.monitoring.domain.timer import Limits
from shared.parameters.load import PolicyFile, load_figures

_PROPOSED = "_proposed"
_NEEDS = {"dropout": "100A27002", "uninsured": "100A27001", "without_labour": "100A27010"}
"""What a household needs whatever its risks are, and the risk each belongs to when the case has it."""
_NO_RISKS = ("for_able", "for_weak", *_NEEDS)


def load_case_policy(directory: Path) -> CasePolicy:
    """Return limits, monitoring line and the checks of the comparison."""
    figures = load_figures(directory / "limits.yaml")
    checks = load_figures(directory / "comparison.yaml")
    return CasePolicy(
        limits=Limits(
            identification_days=figures.whole("identification_days"),
            notice_days=figures.whole("notice_days"),
            measure_months=figures.whole("measure_months"),
            elimination_months=figures.whole("elimination_months"),
            delivered_months=figures.whole("delivered_months"),
            helper_working_days=figures.whole("helper_working_days"),
            elimination_days=figures.whole("elimination_days"),
            near_days=figures.whole("near_days"),
            vote_share=figures.decimal("vote_share"),
            calendar=OfficialCalendar(),
        ),
        line=load_monitoring_line(directory),
        checks={key: checks.text(key) for key in checks.figures},
    )


def load_measure_rules(directory: Path) -> MeasureRules:
    """Return categories, what each risk needs, and what is proposed."""
    categories = load_figures(directory / "measures.yaml")
    risks = load_figures(directory / "risk_measures.yaml")
    codes = [key for key in risks.figures if not key.endswith(_PROPOSED) and key not in _NO_RISKS]
    return MeasureRules(
        categories={key: _category(categories, key) for key in categories.figures},
        risks={code: _risk(risks, code) for code in codes},
        for_able=risks.many("for_able"),
        for_weak=risks.many("for_weak"),
        **{key: _risk(risks, key, belongs_to=risk) for key, risk in _NEEDS.items()},
    )


def _category(file: PolicyFile, key: str) -> Category:
    # The list is of codes, not of figures that change: the newest entry is the one used.
    figure = file.table(key)
    entry = figure.entries[-1]
    body = entry.value or {}
    return Category(
        code=key,
        label=(figure.label.zh, figure.label.en),
        kind=body["kind"],
        department=body["department"],
        service=body["service"],
        personal=body["personal"],
        values={code: (label["zh"], label["en"]) for code, label in body["values"].items()},
        confirmed=entry.confirmed,
        source=entry.source,
    )


def _risk(file: PolicyFile, code: str, *, belongs_to: str = "") -> RiskRule:
    figure = file.many(code)
    return RiskRule(
        code=belongs_to or code,
        label=(figure.label.zh, figure.label.en),
        any_of=figure,
        proposed=file.many(code + _PROPOSED),
    )

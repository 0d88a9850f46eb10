"""The policy files of the comparison with departments into what the domain asks for."""

from pathlib import Path

from services.monitoring.adapters.policy import load_warning_thresholds
from services.monitoring.adapters.working_calendar import OfficialCalendar
from services.monitoring.domain.comparison.policy import ComparisonPolicy
from services.monitoring.domain.comparison.rule import RulePolicy
from shared.parameters.load import PolicyFile, load_figures

_BORROWED = {"YB-01": "threshold", "YB-02": "threshold", "NY-01": "share"}
"""The name under which a rule reads a figure that stands in ``warning_thresholds.yaml``."""


def load_comparison_policy(directory: Path) -> ComparisonPolicy:
    """Return who owes which list, the rules and the limits."""
    duties = load_figures(directory / "department_lists.yaml")
    rules = load_figures(directory / "warning_rules.yaml")
    limits = load_figures(directory / "comparison_limits.yaml")
    checks = load_figures(directory / "comparison.yaml")
    return ComparisonPolicy(
        duties={kind: duties.table(kind) for kind in duties.figures},
        rules={id_: _rule(rules, id_, directory) for id_ in rules.figures},
        checks={check: checks.text(check) for check in checks.figures},
        difference_days=limits.whole("difference_days"),
        push_days=limits.whole("push_days"),
        check_days=limits.whole("check_days"),
        recall_days=limits.whole("recall_days"),
        calendar=OfficialCalendar(),
    )


def _rule(rules: PolicyFile, id_: str, directory: Path) -> RulePolicy:
    figure = rules.table(id_)
    if id_ not in _BORROWED:
        return RulePolicy(figure)
    name = (figure.entries[-1].value or {})["threshold_in"]
    thresholds = load_warning_thresholds(directory)
    return RulePolicy(figure, {_BORROWED[id_]: getattr(thresholds, name)})

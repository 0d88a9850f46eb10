"""The whole catalogue of rules, put together: which rules read a list of a kind."""

from services.monitoring.domain.comparison import rules_health, rules_place, rules_welfare, rules_work
from services.monitoring.domain.comparison.rule import RULES, Rule

_GROUPS = (rules_health, rules_welfare, rules_work, rules_place)
"""Named here so that whoever asks for a rule has them all."""


def rules_of(kind: str) -> tuple[Rule, ...]:
    """Return the rules that read a list of *kind*, in the order of their ids."""
    return tuple(one for _, one in sorted(RULES.items()) if kind in one.kinds)


def rule_of(id_: str) -> Rule:
    """Return the rule *id_*."""
    return RULES[id_]

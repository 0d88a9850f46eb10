"""The catalogue of quality rules and its figures, out of their files; what does not fit stops the start."""

from pathlib import Path
from typing import Any

from services.monitoring.adapters.id_number import id_number_valid
from services.monitoring.adapters.policy import load_monitoring_line
from services.monitoring.domain.quality.catalogue import Catalogue
from services.monitoring.domain.quality.given import FIGURE_KEYS
from services.monitoring.domain.quality.policy import QualityPolicy
from services.monitoring.domain.quality.rule import Rule
from shared.areas import areas
from shared.contracts.codes import codes
from shared.parameters.load import load_figures
from shared.parameters.strict_yaml import ParameterFileError, read_document

_SOURCE = (
    "全国信息系统校验规则（长顺县公开） / checks of the national record, as Changshun county published them"
)
_INFERRED = "推定 / inferred"
_FILE = "quality_rules.yaml"
_SEVERITIES = range(1, 6)


def load_rules(directory: Path) -> dict[str, Rule]:
    """Return every entry of the catalogue by id; raises ParameterFileError."""
    file = directory / _FILE
    rules: dict[str, Rule] = {}
    for entry in read_document(file).data:
        rule = _rule(file, entry)
        if rule.id in rules:
            raise ParameterFileError(file, rule.id, "is written twice")
        rules[rule.id] = rule
    return rules


def load_quality_policy(directory: Path, kept: frozenset[str]) -> QualityPolicy:
    """Return the policy; *kept* names what of the rules' reading this county's database keeps."""
    figures = load_figures(directory / "quality_figures.yaml")
    risks = load_figures(directory / "risk_measures.yaml")
    return QualityPolicy(
        catalogue=Catalogue(load_rules(directory), kept),
        figures={key: figures.whole(key) for key in FIGURE_KEYS},
        due_days={severity: figures.whole(f"due_days_{severity}") for severity in _SEVERITIES},
        sample_percent=figures.whole("sample_percent"),
        always_fires_percent=figures.whole("always_fires_percent"),
        cleaning_day=figures.whole("cleaning_day"),
        gate_days=figures.whole("gate_days"),
        line=load_monitoring_line(directory),
        risk_needs={
            risk.value: risks.many(risk.value) for risk in codes()["risk"] if risk.value in risks.figures
        },
        relation_sex={code.value: code.extra.get("sex") for code in codes()["relation"]},
        id_number_valid=id_number_valid,
        county=areas().county.code[:6],
    )


def _rule(file: Path, entry: dict[str, Any]) -> Rule:
    given = dict(entry)
    evidence = given.get("evidence", "SYS")
    try:
        rule = Rule(
            **{
                **given,
                "evidence": evidence,
                "numbers": tuple(given.get("numbers", ())),
                "figures": tuple(given.get("figures", ())),
                "reads": tuple(given.get("reads", ())),
                "source": _INFERRED if evidence == "INF" else _source(given.get("numbers", ())),
                "confirmed": evidence != "INF",
            }
        )
    except TypeError as error:
        raise ParameterFileError(file, str(given.get("id")), f"is not a rule: {error}") from error
    if rule.severity not in _SEVERITIES:
        raise ParameterFileError(file, rule.id, "has no severity from 1 to 5")
    return rule


def _source(numbers: list[str]) -> str:
    if any(not number.startswith("C6") for number in numbers):
        return _SOURCE
    return "外县运行中的数据校验 / checks running in another county's system"
